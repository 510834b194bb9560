/* SPDX-License-Identifier: Apache-2.0
 *
 * Attestations, as rows. That a statement of a version stands once is the database's own rule.
 */
#include "store/attestations.h"
#include "store/people_inside.h"

static bool read_row(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    cn_attestation *v = out;
    v->number = cn_rows_int(rows, 0);
    v->stated_at.sec = cn_rows_int(rows, 5);
    v->withdrawn_at.sec = cn_rows_int(rows, 6);
    v->version = (int)cn_rows_int(rows, 7);
    return cn_rows_bytes(a, rows, 1, &v->id, err) && cn_rows_bytes(a, rows, 2, &v->statement, err) &&
           cn_rows_bytes(a, rows, 3, &v->name, err) && cn_rows_bytes(a, rows, 4, &v->document, err);
}

typedef struct change {
    int64_t achievement;
    const cn_attestation *what;
    cn_slice id;
    cn_time now;
    const cn_audit *why;
} change;

static bool put(cn_db *db, void *self, cn_err *err) {
    const change *c = self;
    const cn_value row[] = {CN_TEXT_VALUE(c->what->id),        CN_INT_VALUE(c->achievement),
                            CN_TEXT_VALUE(c->what->statement), CN_TEXT_VALUE(c->what->name),
                            CN_TEXT_VALUE(c->what->document),  CN_INT_VALUE(c->now.sec),
                            CN_INT_VALUE(c->what->version)};
    int64_t number;
    if (cn_db_one(NULL, db, &cn_sql_attestation_put, row, cn_row_int, &number, err))
        return cn_audit_insert(db, c->why, c->now, err);
    return err->code == CN_NOT_FOUND
               ? cn_fail(err, CN_CONFLICT, "attestation.stated", "The same is stated already.")
               : false;
}

bool cn_store_attestation_put(cn_store *s, int64_t achievement, const cn_attestation *what, cn_time now,
                              const cn_audit *why, cn_err *err) {
    change c = {.achievement = achievement, .what = what, .now = now, .why = why};
    return cn_store_change(s, put, &c, err);
}

static bool withdraw(cn_db *db, void *self, cn_err *err) {
    const change *c = self;
    const cn_value row[] = {CN_INT_VALUE(c->achievement), CN_TEXT_VALUE(c->id), CN_INT_VALUE(c->now.sec)};
    int64_t changed;
    return cn_db_run(db, &cn_sql_attestation_withdraw, row, &changed, err) &&
           (changed || cn_fail(err, CN_NOT_FOUND, "store.none", "No such statement stands.")) &&
           cn_audit_insert(db, c->why, c->now, err);
}

bool cn_store_attestation_withdraw(cn_store *s, int64_t achievement, cn_slice id, cn_time now, const cn_audit *why,
                                   cn_err *err) {
    change c = {.achievement = achievement, .id = id, .now = now, .why = why};
    return cn_store_change(s, withdraw, &c, err);
}

bool cn_store_attestations_of(cn_arena *a, cn_store *s, int64_t achievement, cn_attestations *out, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(achievement)};
    void *v;
    if (!cn_store_all(a, s, &cn_sql_attestations_of, values, read_row, sizeof *out->v, &v, &out->n, err))
        return false;
    out->v = v;
    return true;
}
