/* SPDX-License-Identifier: Apache-2.0
 *
 * Passkeys of staff, and the challenges given to browsers for them.
 */
#include "store/people_inside.h"

static bool read_key(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    cn_passkey *k = out;
    k->person = cn_rows_int(rows, 1);
    k->algorithm = cn_rows_int(rows, 2);
    k->counter = cn_rows_int(rows, 4);
    k->created_at = (cn_time){cn_rows_int(rows, 6), 0};
    k->used_at = (cn_time){cn_rows_int(rows, 7), 0};
    return cn_rows_bytes(a, rows, 0, &k->id, err) && cn_rows_bytes(a, rows, 3, &k->public_key, err) &&
           cn_rows_bytes(a, rows, 5, &k->label, err);
}

/* ---- Adding one ---- */

typedef struct adding {
    const cn_passkey *key;
    bool first;
    const cn_told *told;
} adding;

static bool add(cn_db *db, void *self, cn_err *err) {
    const adding *w = self;
    const cn_passkey *k = w->key;
    cn_value row[] = {CN_BYTES_VALUE(k->id),          CN_INT_VALUE(k->person),  CN_INT_VALUE(k->algorithm),
                      CN_BYTES_VALUE(k->public_key),  CN_INT_VALUE(k->counter), CN_TEXT_VALUE(k->label),
                      CN_INT_VALUE(k->created_at.sec)};
    cn_value person[] = {CN_INT_VALUE(k->person)};
    int64_t changed = 0, has = 0;
    if (!cn_db_one(NULL, db, &cn_sql_passkey_count, person, cn_row_int, &has, err)) return false;
    if (has && w->first) return cn_fail(err, CN_DENIED, "passkey.needed", "The account has a passkey already.");
    if (!cn_db_run(db, &cn_sql_passkey_put, row, &changed, err)) return false;
    if (!changed) return cn_fail(err, CN_CONFLICT, "passkey.known", "This key has been added before.");
    return cn_told_insert(db, w->told, err);
}

bool cn_store_passkey_put(cn_store *s, const cn_passkey *key, bool first, const cn_told *told, cn_err *err) {
    adding w = {key, first, told};
    return cn_store_change(s, add, &w, err);
}

/* ---- Finding and using one ---- */

bool cn_store_passkey(cn_arena *a, cn_store *s, cn_slice id, cn_passkey *out, cn_err *err) {
    cn_value values[] = {CN_BYTES_VALUE(id)};
    return cn_store_one(a, s, &cn_sql_passkey_get, values, read_key, out, err);
}

bool cn_store_passkeys_of(cn_arena *a, cn_store *s, int64_t person, cn_passkey **out, size_t *n, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(person)};
    void *v = NULL;
    if (!cn_store_all(a, s, &cn_sql_passkey_of, values, read_key, sizeof **out, &v, n, err)) return false;
    *out = v;
    return true;
}

bool cn_store_passkey_used(cn_store *s, cn_slice id, int64_t counter, cn_time now, cn_err *err) {
    cn_value values[] = {CN_BYTES_VALUE(id), CN_INT_VALUE(counter), CN_INT_VALUE(now.sec)};
    return cn_store_run(s, &cn_sql_passkey_used, values, NULL, err);
}

/* ---- Taking them away ---- */

typedef struct removing {
    const cn_sql *sql;
    const cn_value *values;
    int64_t person;
    cn_slice but; /* the session that stays */
    const cn_told *told;
} removing;

static bool take_away(cn_db *db, void *self, cn_err *err) {
    const removing *w = self;
    cn_value sessions[] = {CN_INT_VALUE(w->person), CN_BYTES_VALUE(w->but)};
    int64_t changed = 0;
    if (!cn_db_run(db, w->sql, w->values, &changed, err)) return false;
    if (!changed) return cn_fail(err, CN_NOT_FOUND, "store.none", "the person has no such key.");
    return cn_db_run(db, &cn_sql_session_end_all, sessions, NULL, err) &&
           cn_db_run(db, &cn_sql_session_unprove, sessions, NULL, err) && cn_told_insert(db, w->told, err);
}

bool cn_store_passkey_remove(cn_store *s, int64_t person, cn_slice id, cn_slice but, const cn_told *told,
                             cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(person), CN_BYTES_VALUE(id)};
    removing w = {&cn_sql_passkey_remove, values, person, but, told};
    return cn_store_change(s, take_away, &w, err);
}

bool cn_store_passkeys_reset(cn_store *s, int64_t person, const cn_told *told, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(person)};
    removing w = {&cn_sql_person_passkeys_delete, values, person, CN_S(""), told};
    return cn_store_change(s, take_away, &w, err);
}

/* ---- Challenges ---- */

bool cn_store_challenge_put(cn_store *s, cn_slice hash, int64_t person, cn_time expires, cn_err *err) {
    cn_value row[] = {CN_BYTES_VALUE(hash), CN_NUMBER_VALUE(person), CN_INT_VALUE(expires.sec)};
    return cn_store_run(s, &cn_sql_challenge_put, row, NULL, err);
}

bool cn_store_challenge_take(cn_store *s, cn_slice hash, int64_t person, cn_time now, cn_err *err) {
    cn_value values[] = {CN_BYTES_VALUE(hash), CN_INT_VALUE(person), CN_INT_VALUE(now.sec)};
    int64_t changed = 0;
    if (!cn_store_run(s, &cn_sql_challenge_take, values, &changed, err)) return false;
    return changed || cn_fail(err, CN_NOT_FOUND, "store.none", "there is no such challenge.");
}
