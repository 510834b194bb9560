/* SPDX-License-Identifier: Apache-2.0 */
#include "place.h"
#include "store/inside.h"

static cn_db *open_db(const place *p) {
    cn_db *db;
    cn_err err;
    cn_store_close(place_open(p));
    assert_true(cn_db_open(p->db, 50, NULL, &db, &err));
    return db;
}

static int64_t ask(cn_db *db, const char *text) {
    cn_sql sql = {"ask", text, 0, 0};
    cn_rows rows;
    cn_err err;
    bool row;
    assert_true(cn_rows_start(db, &sql, NULL, &rows, &err));
    assert_true(cn_rows_next(&rows, &row, &err) && row);
    int64_t got = cn_rows_int(&rows, 0);
    cn_rows_end(&rows);
    cn_rows_end(&rows);
    return got;
}

static void a_connection_is_set_up_to_keep_what_is_committed(void **state) {
    const struct {
        const char *pragma;
        int64_t value;
    } wanted[] = {{"PRAGMA synchronous", 2},
                  {"PRAGMA foreign_keys", 1},
                  {"SELECT journal_mode = 'wal' FROM pragma_journal_mode", 1},
                  {"PRAGMA busy_timeout", 50},
                  {"PRAGMA trusted_schema", 0}};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        cn_db *db = open_db(*state);
        assert_int_equal(ask(db, wanted[i].pragma), wanted[i].value);
        cn_db_close(db);
    }
}

/* SQLite numbers placeholders by where they stand first: binding goes by name. */
static void placeholders_go_by_their_names(void **state) {
    cn_db *db = open_db(*state);
    cn_sql sql = {"order", "SELECT $3, $1, $2, $3", 0, 3};
    cn_value values[] = {CN_INT_VALUE(1), CN_INT_VALUE(2), CN_INT_VALUE(3)};
    const int64_t wanted[] = {3, 1, 2, 3};
    cn_rows rows;
    cn_err err;
    bool row;
    assert_true(cn_rows_start(db, &sql, values, &rows, &err));
    assert_true(cn_rows_next(&rows, &row, &err) && row);
    for (int i = 0; i < 4; i++) assert_int_equal(cn_rows_int(&rows, i), wanted[i]);
    assert_true(cn_rows_next(&rows, &row, &err) && !row);
    cn_db_close(db);
}

static void bytes_come_back_as_they_were(void **state) {
    cn_db *db = open_db(*state);
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_sql sql = {"bytes", "SELECT $1, $2, $3", 0, 3};
    cn_value values[] = {CN_BYTES_VALUE(CN_S("a\0\xff")), CN_TEXT_VALUE(CN_S("\xc3\xa9\0x")),
                         CN_TEXT_VALUE(((cn_slice){0}))};
    cn_rows rows;
    cn_err err;
    cn_slice got;
    bool row;
    assert_true(cn_rows_start(db, &sql, values, &rows, &err));
    assert_true(cn_rows_next(&rows, &row, &err) && row);
    assert_true(cn_rows_bytes(a, &rows, 0, &got, &err));
    check_text(got, "a\0\xff");
    assert_true(cn_rows_bytes(a, &rows, 1, &got, &err));
    check_text(got, "\xc3\xa9\0x");
    assert_true(cn_rows_bytes(a, &rows, 2, &got, &err));
    check_text(got, "");
    cn_arena_fail_after(a, 1);
    assert_false(cn_rows_bytes(a, &rows, 0, &got, &err));
    check_err(err, CN_LIMIT, "memory.limit");
    cn_rows_end(&rows);
    cn_db_close(db);
}

static void a_bad_statement_is_our_own_fault(void **state) {
    cn_db *db = open_db(*state);
    cn_sql sql = {"bad", "SELEKT 1", 0, 0};
    cn_rows rows;
    cn_err err;
    assert_false(cn_rows_start(db, &sql, NULL, &rows, &err));
    check_err(err, CN_INTERNAL, "store.sql");
    assert_non_null(strstr(err.detail, "SELEKT"));
    assert_false(cn_db_run(db, &sql, NULL, NULL, &err));
    cn_db_close(db);
}

static void a_full_disk_is_said(void **state) {
    cn_db *db = open_db(*state);
    cn_err err;
    assert_true(cn_db_script(db, "CREATE TABLE t (a); PRAGMA max_page_count=1;", &err));
    assert_false(cn_db_script(db, "INSERT INTO t VALUES (zeroblob(10000000));", &err));
    check_err(err, CN_UNAVAILABLE, "store.file");
    cn_db_close(db);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        place_test(a_connection_is_set_up_to_keep_what_is_committed),
        place_test(placeholders_go_by_their_names),
        place_test(bytes_come_back_as_they_were),
        place_test(a_bad_statement_is_our_own_fault),
        place_test(a_full_disk_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
