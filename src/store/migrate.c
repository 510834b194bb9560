/* SPDX-License-Identifier: Apache-2.0
 *
 * The form of the database: the migrations it has had, and those it needs.
 */
#include "store/chain_inside.h"

/* What a migration does beside its script. */
static bool follow(cn_db *db, const cn_migration *m, cn_err *err) {
    return strcmp(m->name, "chain") != 0 || cn_chain_begin(db, err);
}

static bool last_migration(cn_db *db, int64_t *out, cn_err *err) {
    cn_rows rows;
    bool row;
    if (!cn_rows_start(db, &cn_sql_migration_last, NULL, &rows, err) || !cn_rows_next(&rows, &row, err))
        return false;
    *out = row ? cn_rows_int(&rows, 0) : 0;
    cn_rows_end(&rows);
    return true;
}

/* Another process may have been here since the last look: each transaction looks again. */
static bool apply_next(cn_db *db, const char *path, cn_time now, int64_t *last, cn_err *err) {
    if (!cn_db_claim(db, err) || !cn_db_run(db, &cn_sql_migration_table, NULL, NULL, err) ||
        !last_migration(db, last, err))
        return false;
    if (*last > cn_migrations_count)
        return cn_fail(err, CN_CONFLICT, "store.newer",
                       "a newer Cairn has worked on the database %s (its form is %lld, this program knows %d): "
                       "use that program, or a copy made before.",
                       path, (long long)*last, cn_migrations_count);
    if (*last == cn_migrations_count) return true;
    const cn_migration *m = &cn_migrations[*last];
    cn_value row[] = {CN_INT_VALUE(m->number), CN_TEXT_VALUE(cn_slice_of(m->name)), CN_INT_VALUE(now.sec)};
    return cn_db_script(db, m->text, err) && follow(db, m, err) &&
           cn_db_run(db, &cn_sql_migration_add, row, NULL, err);
}

bool cn_store_migrate(cn_db *db, const char *path, cn_time now, cn_err *err) {
    for (int64_t last = -1; last < cn_migrations_count;) {
        if (!cn_db_begin(db, err)) return false;
        if (!apply_next(db, path, now, &last, err) || !cn_db_commit(db, err)) return cn_db_rollback(db), false;
    }
    return true;
}
