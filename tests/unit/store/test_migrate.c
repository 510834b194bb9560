/* SPDX-License-Identifier: Apache-2.0 */
#include "place.h"
#include "store/inside.h"

static void a_new_database_has_every_migration(void **state) {
    const place *p = *state;
    cn_store_close(place_open(p));
    assert_int_equal(place_sql(p, "SELECT count(*) FROM migration"), cn_migrations_count);
    assert_int_equal(place_sql(p, "SELECT max(number) FROM migration"), cn_migrations_count);
    assert_int_equal(place_sql(p, "SELECT min(applied_at) FROM migration"), 1780000000);
    assert_int_equal(place_sql(p, "PRAGMA application_id"), 0x43616972);
}

static void opening_again_changes_nothing(void **state) {
    const place *p = *state;
    cn_store_close(place_open(p));
    int64_t before = place_sql(p, "PRAGMA schema_version");
    cn_store_close(place_open(p));
    assert_int_equal(place_sql(p, "PRAGMA schema_version"), before);
}

static void a_newer_database_is_refused(void **state) {
    const place *p = *state;
    cn_store_close(place_open(p));
    place_sql(p, "INSERT INTO migration VALUES (9000, 'later', 0)");
    place_refused(p->db, CN_CONFLICT, "store.newer", "9000");
    assert_int_equal(place_sql(p, "SELECT count(*) FROM migration"), cn_migrations_count + 1);
}

static void the_database_of_another_program_is_left_alone(void **state) {
    const place *p = *state;
    place_sql(p, "CREATE TABLE mine (a)");
    place_refused(p->db, CN_CONFLICT, "store.foreign", "another program");
    assert_int_equal(place_sql(p, "SELECT count(*) FROM sqlite_schema"), 1);
    assert_int_equal(unlink(p->db), 0);
    place_sql(p, "PRAGMA application_id=7");
    place_sql(p, "VACUUM");
    place_refused(p->db, CN_CONFLICT, "store.foreign", "another program");
}

static void no_database_at_all_is_refused(void **state) {
    const place *p = *state;
    FILE *f = fopen(p->db, "w");
    assert_non_null(f);
    for (int i = 0; i < 1000; i++) fputs("this is a text. ", f);
    assert_int_equal(fclose(f), 0);
    place_refused(p->db, CN_INVALID, "store.corrupt", "not a database");
}

static void a_file_held_by_another_is_busy(void **state) {
    const place *p = *state;
    sqlite3 *other;
    cn_store_close(place_open(p));
    assert_int_equal(sqlite3_open(p->db, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    place_refused(p->db, CN_UNAVAILABLE, "store.busy", "locked");
    assert_int_equal(sqlite3_close(other), SQLITE_OK);
    cn_store_close(place_open(p));
}

/* A migration that fails half way leaves nothing behind. */
static void a_script_that_fails_is_taken_back(void **state) {
    const place *p = *state;
    cn_db *db;
    cn_err err;
    cn_store_close(place_open(p));
    assert_true(cn_db_open(p->db, 50, NULL, &db, &err));
    assert_true(cn_db_begin(db, &err));
    assert_false(cn_db_script(db, "CREATE TABLE half (a); CREATE TABEL other (b);", &err));
    check_err(err, CN_INTERNAL, "store.sql");
    cn_db_rollback(db);
    cn_db_rollback(db);
    cn_db_close(db);
    assert_int_equal(place_sql(p, "SELECT count(*) FROM sqlite_schema WHERE name = 'half'"), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        place_test(a_new_database_has_every_migration), place_test(opening_again_changes_nothing),
        place_test(a_newer_database_is_refused),        place_test(the_database_of_another_program_is_left_alone),
        place_test(no_database_at_all_is_refused),      place_test(a_file_held_by_another_is_busy),
        place_test(a_script_that_fails_is_taken_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
