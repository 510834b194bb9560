/* SPDX-License-Identifier: Apache-2.0
 *
 * Offerings of micro-credentials.
 */
#include "store/offerings.h"
#include "store/people_inside.h"

static bool read_offering(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    cn_stored_offering *o = out;
    o->number = cn_rows_int(rows, 0);
    o->achievement = cn_rows_int(rows, 2);
    o->closed_at = (cn_time){cn_rows_int(rows, 4), 0};
    o->created_at = (cn_time){cn_rows_int(rows, 5), 0};
    o->updated_at = (cn_time){cn_rows_int(rows, 6), 0};
    return cn_rows_bytes(a, rows, 1, &o->id, err) && cn_rows_bytes(a, rows, 3, &o->details, err);
}

typedef struct change {
    const cn_sql *sql;
    const cn_value *values;
    const cn_offering_place *place;
    const cn_audit *why;
    cn_time now;
} change;

/* A statement that changes one row, and the audit's row. */
static bool run(cn_db *db, void *self, cn_err *err) {
    const change *c = self;
    cn_audit why = *c->why;
    int64_t changed = 0;
    why.subject = c->place->achievement;
    if (!cn_db_run(db, c->sql, c->values, &changed, err)) return false;
    if (!changed) return cn_fail(err, CN_NOT_FOUND, "store.none", "there is no such offering.");
    return cn_audit_insert(db, &why, c->now, err);
}

bool cn_store_offering_put(cn_store *s, const cn_offering_place *place, cn_slice details, cn_time now,
                           const cn_audit *why, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(place->organisation), CN_TEXT_VALUE(place->achievement),
                         CN_TEXT_VALUE(place->id), CN_TEXT_VALUE(details), CN_INT_VALUE(now.sec)};
    change c = {&cn_sql_offering_put, values, place, why, now};
    return cn_store_change(s, run, &c, err);
}

bool cn_store_offering(cn_arena *a, cn_store *s, const cn_offering_place *place, cn_stored_offering *out,
                       cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(place->organisation), CN_TEXT_VALUE(place->achievement),
                         CN_TEXT_VALUE(place->id)};
    return cn_store_one(a, s, &cn_sql_offering_get, values, read_offering, out, err);
}

bool cn_store_offerings_of(cn_arena *a, cn_store *s, int64_t achievement, cn_stored_offering **out, size_t *n,
                           cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(achievement)};
    void *v;
    if (!cn_store_all(a, s, &cn_sql_offerings_of, values, read_offering, sizeof **out, &v, n, err)) return false;
    *out = v;
    return true;
}

bool cn_store_offering_set(cn_store *s, const cn_offering_place *place, cn_slice seen, cn_slice details,
                           cn_time now, const cn_audit *why, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(place->organisation),
                         CN_TEXT_VALUE(place->achievement),
                         CN_TEXT_VALUE(place->id),
                         CN_TEXT_VALUE(seen),
                         CN_TEXT_VALUE(details),
                         CN_INT_VALUE(now.sec)};
    change c = {&cn_sql_offering_set, values, place, why, now};
    return cn_store_change(s, run, &c, err);
}

bool cn_store_offering_close(cn_store *s, const cn_offering_place *place, cn_time closed, cn_time now,
                             const cn_audit *why, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(place->organisation), CN_TEXT_VALUE(place->achievement),
                         CN_TEXT_VALUE(place->id), CN_NUMBER_VALUE(closed.sec)};
    change c = {&cn_sql_offering_close, values, place, why, now};
    return cn_store_change(s, run, &c, err);
}
