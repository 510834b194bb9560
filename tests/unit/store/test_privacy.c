/* SPDX-License-Identifier: Apache-2.0 */
#include "place.h"
#include "store/privacy.h"

static const cn_privacy_column *find(const char *table, const char *column) {
    for (size_t i = 0; i < cn_privacy_columns_n; i++) {
        const cn_privacy_column *c = &cn_privacy_columns[i];
        if (!strcmp(c->table, table) && !strcmp(c->column, column)) return c;
    }
    return NULL;
}

/* SQLite itself says which columns a new database has; indexes and its own tables hold copies, or nothing of ours.
 */
static void every_column_of_a_new_database_is_there_and_no_other(void **state) {
    static const char all[] = "SELECT m.name, c.name FROM pragma_table_list m, pragma_table_info(m.name) c "
                              "WHERE m.type = 'table' AND m.schema = 'main' AND m.name NOT LIKE 'sqlite_%'";
    const place *p = *state;
    sqlite3 *db;
    sqlite3_stmt *st;
    size_t n = 0;
    cn_store_close(place_open(p));
    assert_int_equal(sqlite3_open(p->db, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, all, -1, &st, NULL), SQLITE_OK);
    for (; sqlite3_step(st) == SQLITE_ROW; n++) {
        const char *table = (const char *)sqlite3_column_text(st, 0);
        const char *column = (const char *)sqlite3_column_text(st, 1);
        if (!find(table, column)) fail_msg("nothing is said of %s.%s", table, column);
    }
    assert_int_equal(sqlite3_finalize(st), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    assert_int_equal(n, cn_privacy_columns_n);
}

static void a_column_says_all_three_or_nothing(void **state) {
    size_t personal = 0;
    (void)state;
    for (size_t i = 0; i < cn_privacy_columns_n; i++) {
        const cn_privacy_column *c = &cn_privacy_columns[i];
        bool some = c->purpose != CN_PURPOSE_NONE;
        assert_true(some == (c->readers != 0) && some == (c->keep != CN_KEEP_NONE));
        personal += some;
    }
    assert_true(personal > 0 && personal < cn_privacy_columns_n);
}

/* The lists are made from the enumerations: each word stands where its number says. */
static void words_stand_at_their_numbers(void **state) {
    (void)state;
    assert_string_equal(cn_privacy_purposes[CN_PURPOSE_NONE], "none");
    assert_string_equal(cn_privacy_purposes[CN_PURPOSE_SECURITY], "security");
    assert_string_equal(cn_privacy_purposes[CN_PURPOSE_EVIDENCE], "evidence");
    assert_null(cn_privacy_purposes[CN_PURPOSE_EVIDENCE + 1]);
    assert_string_equal(cn_privacy_keeps[CN_KEEP_REGISTER], "register");
    assert_null(cn_privacy_keeps[CN_KEEP_REGISTER + 1]);
    const cn_reader readers[] = {CN_READER_SELF, CN_READER_STAFF, CN_READER_PUBLIC, CN_READER_OPERATOR,
                                 CN_READER_NOBODY};
    const char *const names[] = {"self", "staff", "public", "operator", "nobody", NULL};
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        assert_int_equal(readers[i], 1 << i);
        assert_string_equal(cn_privacy_readers[i], names[i]);
    }
    assert_null(cn_privacy_readers[sizeof readers / sizeof *readers]);
}

/* Two columns as they stand in the files. */
static void what_is_written_behind_a_column_arrives(void **state) {
    (void)state;
    const cn_privacy_column *name = find("award", "name"), *number = find("award", "number");
    assert_non_null(name);
    assert_int_equal(name->purpose, CN_PURPOSE_AWARD);
    assert_int_equal(name->readers, CN_READER_SELF | CN_READER_STAFF | CN_READER_PUBLIC);
    assert_int_equal(name->keep, CN_KEEP_REGISTER);
    assert_non_null(number);
    assert_int_equal(number->purpose, CN_PURPOSE_NONE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        place_test(every_column_of_a_new_database_is_there_and_no_other),
        cmocka_unit_test(a_column_says_all_three_or_nothing),
        cmocka_unit_test(words_stand_at_their_numbers),
        cmocka_unit_test(what_is_written_behind_a_column_arrives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
