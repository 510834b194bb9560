/* SPDX-License-Identifier: Apache-2.0
 *
 * What most verbs are made of: a statement that is run, that answers with one row or with many, or several in one
 * transaction.
 */
#include "store/inside.h"

/* ---- On a connection ---- */

static bool run_out(cn_rows *rows, cn_err *err) {
    bool row = true;
    while (row)
        if (!cn_rows_next(rows, &row, err)) return false;
    return true;
}

bool cn_db_one(cn_arena *a, cn_db *db, const cn_sql *sql, const cn_value *values, cn_row_reader *read, void *out,
               cn_err *err) {
    cn_rows rows;
    bool row;
    if (!cn_rows_start(db, sql, values, &rows, err) || !cn_rows_next(&rows, &row, err)) return false;
    if (!row) return cn_fail(err, CN_NOT_FOUND, "store.none", "there is no such row (%s).", sql->name);
    if (!read(a, &rows, out, err)) return cn_rows_end(&rows), false;
    return run_out(&rows, err);
}

bool cn_db_all(cn_arena *a, cn_db *db, const cn_sql *sql, const cn_value *values, cn_row_reader *read, size_t size,
               void **out, size_t *n, cn_err *err) {
    char *items = NULL;
    size_t used = 0, cap = 0;
    cn_rows rows;
    bool row;
    if (!cn_rows_start(db, sql, values, &rows, err)) return false;
    while (cn_rows_next(&rows, &row, err)) {
        if (!row) return *out = items, *n = used, true;
        char *grown = cn_arena_grow(a, items, used, &cap, used + 1, size);
        if (!grown) return cn_rows_end(&rows), cn_fail_memory(err);
        items = grown;
        memset(items + used * size, 0, size);
        if (!read(a, &rows, items + used++ * size, err)) return cn_rows_end(&rows), false;
    }
    return false;
}

bool cn_row_int(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    (void)a, (void)err;
    *(int64_t *)out = cn_rows_int(rows, 0);
    return true;
}

/* ---- On a store ---- */

bool cn_store_run(cn_store *s, const cn_sql *sql, const cn_value *values, int64_t *changed, cn_err *err) {
    cn_db *db;
    if (!cn_store_take(s, &db, err)) return false;
    bool good = cn_db_run(db, sql, values, changed, err);
    cn_store_give(s, db);
    return good;
}

bool cn_store_one(cn_arena *a, cn_store *s, const cn_sql *sql, const cn_value *values, cn_row_reader *read,
                  void *out, cn_err *err) {
    cn_db *db;
    if (!cn_store_take(s, &db, err)) return false;
    bool good = cn_db_one(a, db, sql, values, read, out, err);
    cn_store_give(s, db);
    return good;
}

bool cn_store_all(cn_arena *a, cn_store *s, const cn_sql *sql, const cn_value *values, cn_row_reader *read,
                  size_t size, void **out, size_t *n, cn_err *err) {
    cn_db *db;
    if (!cn_store_take(s, &db, err)) return false;
    bool good = cn_db_all(a, db, sql, values, read, size, out, n, err);
    cn_store_give(s, db);
    return good;
}

bool cn_store_change(cn_store *s, bool (*work)(cn_db *db, void *self, cn_err *err), void *self, cn_err *err) {
    cn_db *db;
    if (!cn_store_take(s, &db, err)) return false;
    bool good = cn_db_begin(db, err);
    if (good) {
        good = work(db, self, err) && cn_db_commit(db, err);
        if (!good) cn_db_rollback(db);
    }
    cn_store_give(s, db);
    return good;
}
