/* SPDX-License-Identifier: Apache-2.0
 *
 * Sealed signing keys, and what the operator has chosen once.
 */
#include "store/keys.h"
#include "store/people_inside.h"

/* ---- Settings ---- */

static bool read_text(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    return cn_rows_bytes(a, rows, 0, out, err);
}

bool cn_store_setting(cn_arena *a, cn_store *s, cn_slice name, cn_slice *out, cn_err *err) {
    cn_value values[] = {CN_TEXT_VALUE(name)};
    cn_slice value = {0};
    if (!cn_store_one(a, s, &cn_sql_setting_get, values, read_text, &value, err) && err->code != CN_NOT_FOUND)
        return false;
    *out = value;
    return true;
}

bool cn_store_setting_set(cn_store *s, cn_slice name, cn_slice value, cn_err *err) {
    cn_value values[] = {CN_TEXT_VALUE(name), CN_TEXT_VALUE(value)};
    return cn_store_run(s, &cn_sql_setting_set, values, NULL, err);
}

bool cn_store_awards_ever(cn_store *s, int64_t *out, cn_err *err) {
    return cn_store_one(NULL, s, &cn_sql_awards_ever, NULL, cn_row_int, out, err);
}

/* ---- Keys ---- */

static bool read_key(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    cn_stored_key *k = out;
    k->number = cn_rows_int(rows, 0);
    k->organisation = cn_rows_int(rows, 1);
    k->created_at = (cn_time){.sec = cn_rows_int(rows, 6)};
    k->retired_at = (cn_time){.sec = cn_rows_int(rows, 7)};
    return cn_rows_bytes(a, rows, 2, &k->issuer, err) && cn_rows_bytes(a, rows, 3, &k->method, err) &&
           cn_rows_bytes(a, rows, 4, &k->public_key, err) && cn_rows_bytes(a, rows, 5, &k->sealed, err);
}

bool cn_store_key_current(cn_arena *a, cn_store *s, int64_t organisation, cn_stored_key *out, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(organisation)};
    return cn_store_one(a, s, &cn_sql_key_current, values, read_key, out, err);
}

bool cn_store_key(cn_arena *a, cn_store *s, int64_t number, cn_stored_key *out, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(number)};
    return cn_store_one(a, s, &cn_sql_key_get, values, read_key, out, err);
}

bool cn_key_find(cn_arena *a, cn_db *db, int64_t number, cn_stored_key *out, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(number)};
    return cn_db_one(a, db, &cn_sql_key_get, values, read_key, out, err);
}

bool cn_store_keys_of(cn_arena *a, cn_store *s, int64_t organisation, cn_stored_keys *out, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(organisation)};
    void *v = NULL;
    size_t n = 0;
    if (!cn_store_all(a, s, &cn_sql_keys_of, values, read_key, sizeof *out->v, &v, &n, err)) return false;
    *out = (cn_stored_keys){v, n};
    return true;
}

bool cn_store_issuer(cn_store *s, cn_slice issuer, int64_t *organisation, cn_err *err) {
    cn_value values[] = {CN_TEXT_VALUE(issuer)};
    return cn_store_one(NULL, s, &cn_sql_key_issuer, values, cn_row_int, organisation, err);
}

static bool put_key(cn_db *db, const cn_key_change *change, cn_err *err) {
    const cn_stored_key *k = change->next;
    cn_value owner[] = {CN_INT_VALUE(k->organisation), CN_INT_VALUE(change->now.sec)};
    cn_value row[] = {CN_INT_VALUE(k->organisation), CN_TEXT_VALUE(k->issuer),  CN_TEXT_VALUE(k->method),
                      CN_TEXT_VALUE(k->public_key),  CN_BYTES_VALUE(k->sealed), CN_INT_VALUE(change->now.sec)};
    cn_value domain[] = {CN_INT_VALUE(k->organisation), CN_TEXT_VALUE(change->domain)};
    return cn_db_run(db, &cn_sql_key_retire, owner, NULL, err) && cn_db_run(db, &cn_sql_key_put, row, NULL, err) &&
           cn_db_run(db, &cn_sql_organisation_domain, domain, NULL, err) &&
           cn_audit_insert(db, change->why, change->now, err);
}

static bool change_key(cn_db *db, void *self, cn_err *err) {
    const cn_key_change *change = self;
    cn_value owner[] = {CN_INT_VALUE(change->next->organisation)};
    int64_t have = 0;
    if (change->first && !cn_db_one(NULL, db, &cn_sql_key_count, owner, cn_row_int, &have, err)) return false;
    return have || put_key(db, change, err);
}

bool cn_store_key_change(cn_store *s, const cn_key_change *change, cn_err *err) {
    cn_key_change work = *change;
    return cn_store_change(s, change_key, &work, err);
}
