/* SPDX-License-Identifier: Apache-2.0
 *
 * For tests of the store: a folder of its own for every test, and SQL by SQLite itself.
 */
#ifndef CN_TESTS_STORE_PLACE_H
#define CN_TESTS_STORE_PLACE_H

#include <dirent.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../check.h"
#include "store/store.h"

typedef struct place {
    char folder[32], db[64];
} place;

static inline int place_make(void **state) {
    static place p;
    p = (place){.folder = "/tmp/cairn-store-XXXXXX"};
    assert_non_null(mkdtemp(p.folder));
    (void)snprintf(p.db, sizeof p.db, "%s/cairn.db", p.folder);
    *state = &p;
    return 0;
}

static inline void place_empty(const char *folder) {
    DIR *d = opendir(folder);
    for (struct dirent *e; d && (e = readdir(d));) {
        char *path;
        if (e->d_name[0] == '.') continue;
        assert_true(asprintf(&path, "%s/%s", folder, e->d_name) > 0);
        if (unlink(path)) place_empty(path);
        free(path);
    }
    if (d) closedir(d);
    (void)rmdir(folder);
}

static inline int place_remove(void **state) {
    place_empty(((place *)*state)->folder);
    return 0;
}

/* One statement by SQLite itself; the first column of the first row. */
static inline int64_t place_sql(const place *p, const char *sql) {
    sqlite3 *db;
    sqlite3_stmt *st;
    assert_int_equal(sqlite3_open(p->db, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &st, NULL), SQLITE_OK);
    int64_t got = sqlite3_step(st) == SQLITE_ROW ? sqlite3_column_int64(st, 0) : 0;
    assert_int_equal(sqlite3_finalize(st), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    return got;
}

static inline cn_store *place_open(const place *p) {
    cn_store *s = NULL;
    cn_err err = {0};
    if (!cn_store_open(cn_slice_of(p->db), &(cn_store_options){.now = {1780000000, 0}, .busy_ms = 50}, &s, &err))
        fail_msg("%s: %s", err.id, err.detail);
    return s;
}

static inline void place_refused(const char *path, cn_code code, const char *id, const char *words) {
    cn_store *s = NULL;
    cn_err err = {0};
    assert_false(cn_store_open(cn_slice_of(path), &(cn_store_options){.busy_ms = 50}, &s, &err));
    assert_null(s);
    check_err(err, code, id);
    if (!strstr(err.detail, words)) fail_msg("\"%s\" does not hold \"%s\"", err.detail, words);
}

#define place_test(function) cmocka_unit_test_setup_teardown(function, place_make, place_remove)

#endif
