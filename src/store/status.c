/* SPDX-License-Identifier: Apache-2.0
 *
 * Status lists: places that are given once, lists that are published with what is revoked, revoking.
 */
#include "store/endorsements.h"
#include "store/people_inside.h"

static bool read_status(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    cn_stored_status *l = out;
    l->number = cn_rows_int(rows, 0);
    l->signing_key = cn_rows_int(rows, 1);
    l->length = cn_rows_int(rows, 3);
    l->taken = cn_rows_int(rows, 4);
    l->updated_at = (cn_time){.sec = cn_rows_int(rows, 6)};
    return cn_rows_bytes(a, rows, 2, &l->id, err) && cn_rows_bytes(a, rows, 5, &l->document, err);
}

bool cn_store_status(cn_arena *a, cn_store *s, int64_t number, cn_stored_status *out, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(number)};
    return cn_store_one(a, s, &cn_sql_status_get, values, read_status, out, err);
}

bool cn_store_status_by_id(cn_arena *a, cn_store *s, cn_slice id, cn_stored_status *out, cn_err *err) {
    cn_value values[] = {CN_TEXT_VALUE(id)};
    return cn_store_one(a, s, &cn_sql_status_by_id, values, read_status, out, err);
}

/* ---- Places ---- */

typedef struct reserving {
    cn_arena *arena;
    const cn_status_ask *ask;
    size_t n;
    cn_status_place *places;
} reserving;

static bool begin_list(cn_arena *a, cn_db *db, const cn_status_ask *ask, cn_stored_status *out, cn_err *err) {
    cn_value row[] = {CN_TEXT_VALUE(ask->new_id), CN_INT_VALUE(ask->signing_key), CN_INT_VALUE(ask->length),
                      CN_INT_VALUE(ask->now.sec)};
    cn_value number[1];
    int64_t made;
    if (!cn_db_one(a, db, &cn_sql_status_put, row, cn_row_int, &made, err)) return false;
    number[0] = CN_INT_VALUE(made);
    return cn_db_one(a, db, &cn_sql_status_get, number, read_status, out, err);
}

/* The key's latest list, or a new one where that would be more than half full. */
static bool open_list(const reserving *r, cn_db *db, cn_stored_status *out, cn_err *err) {
    cn_value key[] = {CN_INT_VALUE(r->ask->signing_key)};
    bool found = cn_db_one(r->arena, db, &cn_sql_status_latest, key, read_status, out, err);
    if (!found && err->code != CN_NOT_FOUND) return false;
    if (found && out->taken + (int64_t)r->n <= out->length / 2) return true;
    return begin_list(r->arena, db, r->ask, out, err);
}

/* A place that is free: at most every second one is taken, so the chance to miss so often is one in 2^100. */
static bool draw(const reserving *r, cn_db *db, const cn_stored_status *list, uint64_t *place, cn_err *err) {
    enum { TRIES = 100 };
    for (int i = 0; i < TRIES; i++) {
        uint32_t random;
        int64_t changed;
        if (!r->ask->random->fill(r->ask->random->self, (uint8_t *)&random, sizeof random))
            return cn_fail(err, CN_INTERNAL, "secret.random", "there is no randomness to be had.");
        *place = random & (uint64_t)(list->length - 1); /* a power of two: each is as likely as the next */
        cn_value row[] = {CN_INT_VALUE(list->number), CN_INT_VALUE((int64_t)*place)};
        if (!cn_db_run(db, &cn_sql_status_place_put, row, &changed, err)) return false;
        if (changed) return true;
    }
    return cn_fail(err, CN_INTERNAL, "status.full", "there is no free place in a list that is half empty.");
}

static bool reserve(cn_db *db, void *self, cn_err *err) {
    const reserving *r = self;
    cn_stored_status list;
    if (!open_list(r, db, &list, err)) return false;
    for (size_t i = 0; i < r->n; i++) {
        r->places[i] = (cn_status_place){.list = list.number, .list_id = list.id};
        if (!draw(r, db, &list, &r->places[i].place, err)) return false;
    }
    cn_value taken[] = {CN_INT_VALUE(list.number), CN_INT_VALUE((int64_t)r->n)};
    return cn_db_run(db, &cn_sql_status_take, taken, NULL, err);
}

bool cn_store_status_reserve(cn_arena *a, cn_store *s, const cn_status_ask *ask, size_t n, cn_status_place *places,
                             cn_err *err) {
    reserving r = {a, ask, n, places};
    assert((ask->length & (ask->length - 1)) == 0 && (int64_t)n <= ask->length / 2);
    return cn_store_change(s, reserve, &r, err);
}

/* ---- Publishing ---- */

static bool set_bits(cn_db *db, const cn_stored_status *list, uint8_t *bits, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(list->number)};
    cn_rows rows;
    bool row;
    if (!cn_rows_start(db, &cn_sql_status_revoked, values, &rows, err)) return false;
    while (cn_rows_next(&rows, &row, err)) {
        if (!row) return true;
        int64_t place = cn_rows_int(&rows, 0);
        assert(place >= 0 && place < list->length);
        bits[place / 8] |= (uint8_t)(0x80 >> place % 8);
    }
    return false;
}

static bool publish(cn_arena *a, cn_db *db, int64_t number, cn_time now, const cn_status_maker *maker,
                    cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(number)};
    cn_stored_status list;
    cn_stored_key key;
    cn_slice document;
    if (!cn_db_one(a, db, &cn_sql_status_get, values, read_status, &list, err)) return false;
    if (!cn_key_find(a, db, list.signing_key, &key, err)) return false;
    size_t n = (size_t)list.length / 8;
    uint8_t *bits = cn_arena_alloc(a, n);
    if (!bits) return cn_fail_memory(err);
    if (!set_bits(db, &list, bits, err)) return false;
    if (!maker->make(maker->self, a, &list, &key, cn_slice_bytes(bits, n), &document, err)) return false;
    cn_value row[] = {CN_INT_VALUE(number), CN_TEXT_VALUE(document), CN_INT_VALUE(now.sec)};
    return cn_db_run(db, &cn_sql_status_document, row, NULL, err);
}

typedef struct publishing {
    cn_arena *arena;
    int64_t list;
    cn_time now;
    const cn_status_maker *maker;
} publishing;

static bool publish_one(cn_db *db, void *self, cn_err *err) {
    const publishing *p = self;
    return publish(p->arena, db, p->list, p->now, p->maker, err);
}

bool cn_store_status_publish(cn_arena *a, cn_store *s, int64_t list, cn_time now, const cn_status_maker *maker,
                             cn_err *err) {
    publishing p = {a, list, now, maker};
    return cn_store_change(s, publish_one, &p, err);
}

/* ---- Revoking ---- */

typedef struct revoking {
    cn_arena *arena;
    const cn_sql *list, *row; /* of the table that it stands in */
    const cn_revocation *what;
    const cn_status_maker *maker;
    bool done;
} revoking;

static bool revoke(cn_db *db, void *self, cn_err *err) {
    revoking *r = self;
    const cn_revocation *w = r->what;
    cn_value id[] = {CN_INT_VALUE(w->organisation), CN_TEXT_VALUE(w->award)};
    cn_value row[] = {CN_INT_VALUE(w->organisation), CN_TEXT_VALUE(w->award), CN_INT_VALUE(w->now.sec),
                      CN_TEXT_VALUE(w->code), CN_TEXT_VALUE(w->reason)};
    int64_t list, changed;
    if (!cn_db_one(NULL, db, r->list, id, cn_row_int, &list, err)) return false;
    if (!cn_db_run(db, r->row, row, &changed, err)) return false;
    r->done = changed > 0;
    if (!changed) return true;
    return publish(r->arena, db, list, w->now, r->maker, err) && cn_audit_insert(db, w->why, w->now, err) &&
           (!w->mail || cn_mail_insert(db, w->mail, err));
}

static bool revoke_one(cn_store *s, revoking *r, bool *done, cn_err *err) {
    if (!cn_store_change(s, revoke, r, err)) return false;
    *done = r->done;
    return true;
}

bool cn_store_award_revoke(cn_arena *a, cn_store *s, const cn_revocation *what, const cn_status_maker *maker,
                           bool *done, cn_err *err) {
    revoking r = {a, &cn_sql_award_list, &cn_sql_award_revoke, what, maker, false};
    return revoke_one(s, &r, done, err);
}

bool cn_store_endorsement_revoke(cn_arena *a, cn_store *s, const cn_revocation *what, const cn_status_maker *maker,
                                 bool *done, cn_err *err) {
    revoking r = {a, &cn_sql_endorsement_list, &cn_sql_endorsement_revoke, what, maker, false};
    return revoke_one(s, &r, done, err);
}
