/* SPDX-License-Identifier: Apache-2.0
 *
 * Registry lists that the operator has imported. What is in a list, and whether it holds, is the business of
 * src/vc/registry.c; here it is bytes with a name.
 */
#include "store/inside.h"

static bool put(cn_db *db, const cn_stored_list *l, int64_t *number, cn_err *err) {
    cn_value values[] = {CN_TEXT_VALUE(l->name),        CN_TEXT_VALUE(l->signer),
                         CN_TEXT_VALUE(l->source),      CN_BYTES_VALUE(l->document),
                         CN_TEXT_VALUE(l->valid_until), CN_INT_VALUE(l->imported_at.sec)};
    cn_rows rows;
    bool row;
    if (!cn_rows_start(db, &cn_sql_registry_put, values, &rows, err)) return false;
    if (!cn_rows_next(&rows, &row, err)) return false;
    assert(row);
    int64_t given = cn_rows_int(&rows, 0);
    /* The change is made when the last row has been asked for. */
    if (!cn_rows_next(&rows, &row, err)) return false;
    assert(!row);
    *number = given;
    return true;
}

bool cn_store_registry_put(cn_store *s, const cn_stored_list *list, int64_t *number, cn_err *err) {
    cn_db *db;
    if (!cn_store_take(s, &db, err)) return false;
    bool good = put(db, list, number, err);
    cn_store_give(s, db);
    return good;
}

/* The columns as registry_all.sql names them. */
static bool read_row(cn_arena *a, const cn_rows *rows, cn_stored_list *out, cn_err *err) {
    out->number = cn_rows_int(rows, 0);
    out->imported_at.sec = cn_rows_int(rows, 6);
    return cn_rows_bytes(a, rows, 1, &out->name, err) && cn_rows_bytes(a, rows, 2, &out->signer, err) &&
           cn_rows_bytes(a, rows, 3, &out->source, err) && cn_rows_bytes(a, rows, 4, &out->document, err) &&
           cn_rows_bytes(a, rows, 5, &out->valid_until, err);
}

static bool add_row(cn_arena *a, const cn_rows *rows, cn_stored_lists *lists, cn_err *err) {
    cn_stored_list *v = cn_arena_grow(a, lists->v, lists->n, &lists->cap, lists->n + 1, sizeof *v);
    if (!v) return cn_fail_memory(err);
    lists->v = v;
    v[lists->n] = (cn_stored_list){0};
    return read_row(a, rows, &v[lists->n++], err);
}

static bool read_all(cn_arena *a, cn_db *db, cn_stored_lists *lists, cn_err *err) {
    cn_rows rows;
    bool row;
    if (!cn_rows_start(db, &cn_sql_registry_all, NULL, &rows, err)) return false;
    while (cn_rows_next(&rows, &row, err)) {
        if (!row) return true;
        if (!add_row(a, &rows, lists, err)) return cn_rows_end(&rows), false;
    }
    return false;
}

bool cn_store_registry_all(cn_arena *a, cn_store *s, cn_stored_lists *out, cn_err *err) {
    cn_stored_lists lists = {0};
    cn_db *db;
    if (!cn_store_take(s, &db, err)) return false;
    bool good = read_all(a, db, &lists, err);
    cn_store_give(s, db);
    if (good) *out = lists;
    return good;
}

bool cn_store_registry_remove(cn_store *s, int64_t number, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(number)};
    int64_t changed = 0;
    cn_db *db;
    if (!cn_store_take(s, &db, err)) return false;
    bool good = cn_db_run(db, &cn_sql_registry_remove, values, &changed, err);
    cn_store_give(s, db);
    if (!good || changed) return good;
    return cn_fail(err, CN_NOT_FOUND, "store.none", "no list has the number %lld.", (long long)number);
}
