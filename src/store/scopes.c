/* SPDX-License-Identifier: Apache-2.0
 *
 * Scopes: rows that a body adds and withdraws, each with its row of the audit.
 */
#include "store/scopes.h"
#include "store/people_inside.h"

static bool read_party(cn_arena *a, const cn_rows *rows, int column, cn_scope_party *out, cn_err *err) {
    out->number = cn_rows_int(rows, column);
    return cn_rows_bytes(a, rows, column + 1, &out->id, err) &&
           cn_rows_bytes(a, rows, column + 2, &out->name_en, err) &&
           cn_rows_bytes(a, rows, column + 3, &out->name_fr, err);
}

/* The columns as scope_get.sql names them. */
static bool read_scope(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    enum { LEVEL_MOST = 5, FROM, UNTIL, GRANTED, WITHDRAWN, REASON, ORGANISATION, BODY = ORGANISATION + 4 };
    cn_stored_scope *s = out;
    *s = (cn_stored_scope){.level_most = cn_rows_int(rows, LEVEL_MOST),
                           .valid_from = {cn_rows_int(rows, FROM), 0},
                           .valid_until = {cn_rows_int(rows, UNTIL), 0},
                           .granted_at = {cn_rows_int(rows, GRANTED), 0},
                           .withdrawn_at = {cn_rows_int(rows, WITHDRAWN), 0}};
    cn_slice *const texts[LEVEL_MOST] = {&s->id, &s->purpose, &s->fields, &s->kinds, &s->level_framework};
    for (int i = 0; i < LEVEL_MOST; i++)
        if (!cn_rows_bytes(a, rows, i, texts[i], err)) return false;
    return cn_rows_bytes(a, rows, REASON, &s->reason, err) &&
           read_party(a, rows, ORGANISATION, &s->organisation, err) && read_party(a, rows, BODY, &s->body, err);
}

/* ---- A change with its row of the audit ---- */

typedef struct change {
    const cn_sql *sql;
    const cn_value *values;
    const cn_audit *why;
    cn_time now;
} change;

static bool change_one(cn_db *db, void *self, cn_err *err) {
    const change *c = self;
    int64_t changed = 0;
    if (!cn_db_run(db, c->sql, c->values, &changed, err)) return false;
    if (!changed) return cn_fail(err, CN_NOT_FOUND, "store.none", "there is no such row (%s).", c->sql->name);
    return cn_audit_insert(db, c->why, c->now, err);
}

bool cn_store_scope_put(cn_store *s, const cn_stored_scope *o, const cn_audit *why, cn_err *err) {
    const cn_value row[] = {CN_TEXT_VALUE(o->id),
                            CN_INT_VALUE(o->organisation.number),
                            CN_INT_VALUE(o->body.number),
                            CN_TEXT_VALUE(o->purpose),
                            CN_TEXT_VALUE(o->fields),
                            CN_TEXT_VALUE(o->kinds),
                            CN_TEXT_VALUE(o->level_framework),
                            CN_INT_VALUE(o->level_most),
                            CN_INT_VALUE(o->valid_from.sec),
                            CN_NUMBER_VALUE(o->valid_until.sec),
                            CN_INT_VALUE(o->granted_at.sec)};
    change c = {&cn_sql_scope_put, row, why, o->granted_at};
    return cn_store_change(s, change_one, &c, err);
}

bool cn_store_scope_withdraw(cn_store *s, int64_t body, cn_slice id, cn_slice reason, cn_time now,
                             const cn_audit *why, cn_err *err) {
    const cn_value values[] = {CN_TEXT_VALUE(id), CN_INT_VALUE(body), CN_INT_VALUE(now.sec),
                               CN_TEXT_VALUE(reason)};
    change c = {&cn_sql_scope_withdraw, values, why, now};
    return cn_store_change(s, change_one, &c, err);
}

bool cn_store_organisation_body(cn_store *s, int64_t organisation, bool body, cn_time now, const cn_audit *why,
                                cn_err *err) {
    const cn_value values[] = {CN_INT_VALUE(organisation), CN_INT_VALUE(now.sec)};
    change c = {body ? &cn_sql_quality_body_put : &cn_sql_quality_body_leave, values, why, now};
    return cn_store_change(s, change_one, &c, err);
}

/* ---- Reading ---- */

bool cn_store_scope(cn_arena *a, cn_store *s, cn_slice id, cn_stored_scope *out, cn_err *err) {
    const cn_value values[] = {CN_TEXT_VALUE(id)};
    return cn_store_one(a, s, &cn_sql_scope_get, values, read_scope, out, err);
}

static bool list(cn_arena *a, cn_store *s, const cn_sql *sql, const cn_value *values, cn_stored_scope **out,
                 size_t *n, cn_err *err) {
    void *v = NULL;
    if (!cn_store_all(a, s, sql, values, read_scope, sizeof **out, &v, n, err)) return false;
    *out = v;
    return true;
}

bool cn_store_scopes_given(cn_arena *a, cn_store *s, int64_t body, cn_stored_scope **out, size_t *n, cn_err *err) {
    const cn_value values[] = {CN_INT_VALUE(body)};
    return list(a, s, &cn_sql_scopes_given, values, out, n, err);
}

bool cn_store_scopes_had(cn_arena *a, cn_store *s, int64_t organisation, cn_slice purpose, cn_stored_scope **out,
                         size_t *n, cn_err *err) {
    const cn_value values[] = {CN_INT_VALUE(organisation), CN_TEXT_VALUE(purpose)};
    return list(a, s, &cn_sql_scopes_had, values, out, n, err);
}

bool cn_store_scopes_due(cn_arena *a, cn_store *s, int64_t organisation, cn_time now, cn_time before,
                         cn_stored_scope **out, size_t *n, cn_err *err) {
    const cn_value values[] = {CN_INT_VALUE(organisation), CN_INT_VALUE(before.sec), CN_INT_VALUE(now.sec)};
    return list(a, s, &cn_sql_scopes_due, values, out, n, err);
}
