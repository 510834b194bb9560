/* SPDX-License-Identifier: Apache-2.0
 *
 * An organisation out of one database and into another: every column of every row arrives, and nothing of anybody
 * else; what is not whole is refused and changes nothing.
 *
 * The rows are made from what SQLite says of the tables, each value another, so that a column that is forgotten or
 * mistaken for another is found, one that is added later too.
 */
#include "../store/place.h"
#include "randoms.h"
#include "app/move.h"
#include "store/move_inside.h"

static const cn_time NOW = {1780000000, 0}, LATER = {1790000000, 0};
#define PASSPHRASE CN_S("correct horse battery staple")
static const char secret_key[] = "the private key";

typedef struct bench {
    place here, there; /* in one folder */
    cn_arena *a;
    cn_crypto *crypto;
    uint8_t next;
    cn_random random;
    cn_master masters[2];
    cn_app from, to;
    cn_err err;
} bench;

/* ---- Rows ---- */

static sqlite3 *open_db(const place *p) {
    sqlite3 *db;
    assert_int_equal(sqlite3_open(p->db, &db), SQLITE_OK);
    return db;
}

/* Everything a statement answers with, a row a line. */
static cn_slice ask(cn_arena *a, sqlite3 *db, const char *sql) {
    cn_buf out = cn_buf_on(a, 0);
    sqlite3_stmt *st;
    if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) != SQLITE_OK) fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    int rc;
    while ((rc = sqlite3_step(st)) == SQLITE_ROW)
        for (int i = 0; i < sqlite3_column_count(st); i++) {
            const char *text = (const char *)sqlite3_column_text(st, i);
            cn_buf_print(&out, "%s%c", text ? text : "", i + 1 < sqlite3_column_count(st) ? '|' : '\n');
        }
    if (rc != SQLITE_DONE) fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    sqlite3_finalize(st);
    return cn_buf_slice(&out);
}

static const cn_table *table_of(const char *name) {
    for (int i = 0; i < cn_tables_count; i++)
        if (!strcmp(cn_tables[i].name, name)) return &cn_tables[i];
    fail_msg("no table %s", name);
    return NULL;
}

static const char *referred(const cn_moved *m, const char *column) {
    for (size_t i = 0; i < CN_MOVED_REFERENCES && m->references[i].column; i++)
        if (!strcmp(m->references[i].column, column)) return m->references[i].table;
    return NULL;
}

/* Row `i` of a table of organisation `owner` ('A', 'B', 'C') has the number 10, 20 or 30 and i; an organisation
 * has one row. */
static int number_of(char owner, const char *table, int i) {
    return (owner - 'A' + 1) * 10 + (strcmp(table, "organisation") ? i : 1);
}

static void value(cn_buf *sql, sqlite3 *db, const cn_moved *m, const char *column, char owner, int i) {
    static int counter;
    const char *target = referred(m, column), *type;
    if (!strcmp(column, "number")) cn_buf_print(sql, "%d", number_of(owner, m->table, i));
    else if (target) cn_buf_print(sql, "%d", number_of(owner, target, i));
    else if (!strcmp(column, "main")) cn_buf_print(sql, "1");
    else {
        assert_int_equal(sqlite3_table_column_metadata(db, NULL, m->table, column, &type, NULL, NULL, NULL, NULL),
                         SQLITE_OK);
        if (!strcmp(type, "INTEGER")) cn_buf_print(sql, "%d", 100000 + ++counter);
        else cn_buf_print(sql, "CAST('%c.%s.%s.%d \xc3\xa9' AS %s)", owner, m->table, column, i, type);
    }
}

static void fill(const place *p, char owner) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    sqlite3 *db = open_db(p);
    for (size_t t = 0; t < cn_moved_tables_n; t++) {
        const cn_table *table = table_of(cn_moved_tables[t].table);
        for (int i = 1; i <= (t == 0 ? 1 : 2); i++) {
            cn_buf sql = cn_buf_on(a, 0);
            cn_buf_print(&sql, "INSERT INTO %s VALUES (", table->name);
            for (int c = 0; c < table->n; c++) {
                if (c) cn_buf_add(&sql, CN_S(", "));
                value(&sql, db, &cn_moved_tables[t], table->columns[c], owner, i);
            }
            cn_buf_add(&sql, CN_S(")\0"));
            (void)ask(a, db, sql.p);
        }
    }
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* A column by which a row is known whatever its number. */
static const char *known_by(const char *table) {
    static const struct {
        const char *table, *column;
    } others[] = {{"version", "document"}, {"signing_key", "issuer"}, {"review", "digest"}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (!strcmp(table, others[i].table)) return others[i].column;
    return "id";
}

/* The rows of an organisation, with names for numbers, in order. */
static cn_slice rows_of(cn_arena *a, const place *p, char owner) {
    cn_buf all = cn_buf_on(a, 0);
    sqlite3 *db = open_db(p);
    for (size_t t = 0; t < cn_moved_tables_n; t++) {
        const cn_table *table = table_of(cn_moved_tables[t].table);
        cn_buf sql = cn_buf_on(a, 0);
        cn_buf_print(&sql, "SELECT '%s'", table->name);
        for (int c = 0; c < table->n; c++) {
            const char *column = table->columns[c], *target = referred(&cn_moved_tables[t], column);
            if (!strcmp(column, "number") || !strcmp(column, "sealed")) continue;
            if (target)
                cn_buf_print(&sql,
                             " || ' %s=' || coalesce((SELECT quote(%s) FROM %s x WHERE x.number = t.%s), '-')",
                             column, known_by(target), target, column);
            else cn_buf_print(&sql, " || ' %s=' || quote(t.%s)", column, column);
        }
        cn_buf_print(&sql,
                     " AS line FROM %s t WHERE line LIKE '%%''%c.%%' AND line NOT LIKE '%%organisation.%%ported%%'"
                     " ORDER BY line%c",
                     table->name, owner, 0);
        cn_buf_add(&all, ask(a, db, sql.p));
    }
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    return cn_buf_slice(&all);
}

/* Everything there is, as far as a refused file could have changed it. */
static cn_slice everything(cn_arena *a, const place *p) {
    cn_buf sql = cn_buf_on(a, 0);
    sqlite3 *db = open_db(p);
    cn_buf_add(&sql, CN_S("SELECT ''"));
    for (int t = 0; t < cn_tables_count; t++)
        cn_buf_print(&sql, " || (SELECT count(*) FROM %s) || ' '", cn_tables[t].name);
    cn_buf_add(&sql, CN_S("\0"));
    cn_slice out = ask(a, db, sql.p);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    return out;
}

/* ---- The bench ---- */

static void seal_key(bench *b) {
    cn_slice sealed;
    sqlite3 *db = open_db(&b->here);
    sqlite3_stmt *st;
    assert_true(cn_seal(b->a, &b->masters[0], &b->random, cn_slice_of(secret_key), &sealed, &b->err));
    assert_int_equal(sqlite3_prepare_v2(db, "UPDATE signing_key SET sealed = ?", -1, &st, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_bind_blob(st, 1, sealed.p, (int)sealed.n, SQLITE_STATIC), SQLITE_OK);
    assert_int_equal(sqlite3_step(st), SQLITE_DONE);
    sqlite3_finalize(st);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static int bench_start(void **state) {
    static bench b;
    void *p;
    place_make(&p);
    b = (bench){.here = *(place *)p, .there = *(place *)p, .a = cn_arena_new(0)};
    b.random = (cn_random){&b.next, count_up};
    (void)snprintf(b.there.db, sizeof b.there.db, "%s/there.db", b.there.folder);
    for (int i = 0; i < 2; i++) assert_true(cn_master_new(&b.random, &b.masters[i], &b.err));
    assert_true(cn_crypto_new(&b.crypto, &b.err));
    b.from = (cn_app){.store = place_open(&b.here),
                      .crypto = b.crypto,
                      .random = &b.random,
                      .origin = CN_S("https://old.example"),
                      .master = &b.masters[0]};
    b.to = b.from;
    b.to.store = place_open(&b.there);
    b.to.origin = CN_S("https://new.example");
    b.to.master = &b.masters[1];
    fill(&b.here, 'A');
    fill(&b.here, 'B');
    fill(&b.there, 'C');
    seal_key(&b);
    *state = &b;
    return 0;
}

static int bench_end(void **state) {
    bench *b = *state;
    cn_store_close(b->from.store);
    cn_store_close(b->to.store);
    cn_crypto_free(b->crypto);
    cn_arena_free(b->a);
    place_empty(b->here.folder);
    return 0;
}

static bool write_buf(void *self, cn_slice bytes, cn_err *err) {
    cn_buf_add(self, bytes);
    return cn_buf_ok(self) || cn_fail_memory(err);
}

static bool read_slice(void *self, cn_slice *line, bool *more, cn_err *err) {
    cn_slice *rest = self;
    (void)err;
    *more = rest->n != 0;
    if (*more) (void)cn_slice_cut(*rest, '\n', line, rest);
    return true;
}

static cn_slice export(bench *b, cn_move_summary *summary) {
    cn_buf out = cn_buf_on(b->a, 0);
    cn_move_writer to = {&out, write_buf};
    if (!cn_app_move_out(b->a, &b->from, NOW, CN_S("A.organisation.id.1 \xc3\xa9"), PASSPHRASE, &to, summary,
                         &b->err))
        fail_msg("%s: %s", b->err.id, b->err.detail);
    return cn_buf_slice(&out);
}

static bool import(bench *b, cn_slice file, cn_slice passphrase, cn_move_summary *summary) {
    cn_move_reader from = {&file, read_slice};
    b->err = (cn_err){0};
    return cn_app_move_in(b->a, &b->to, LATER, passphrase, &from, summary, &b->err);
}

static void refused(bench *b, cn_slice file, cn_slice passphrase, cn_code code, const char *id) {
    cn_move_summary summary;
    cn_slice before = everything(b->a, &b->there);
    assert_false(import(b, file, passphrase, &summary));
    check_err(b->err, code, id);
    assert_true(cn_slice_eq(before, everything(b->a, &b->there)));
}

/* ---- Tests ---- */

static void everything_of_the_organisation_arrives_and_nothing_else(void **state) {
    bench *b = *state;
    cn_move_summary out, in;
    cn_slice there = rows_of(b->a, &b->there, 'C'), before = rows_of(b->a, &b->here, 'A');
    cn_slice file = export(b, &out);
    if (!import(b, file, PASSPHRASE, &in)) fail_msg("%s: %s %s", b->err.id, b->err.detail, b->err.where);
    cn_slice after = rows_of(b->a, &b->there, 'A');
    if (!cn_slice_eq(before, after)) fail_msg("%.*s\n-----\n%.*s", CN_ARG(before), CN_ARG(after));
    assert_true(before.n > 2000);
    assert_true(cn_slice_eq(there, rows_of(b->a, &b->there, 'C')));
    assert_int_equal(rows_of(b->a, &b->there, 'B').n, 0);
    assert_true(cn_slice_find(file, CN_S("B.")) == SIZE_MAX);
    assert_int_equal(place_sql(&b->there, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
    check_text(in.origin, "https://old.example");
    check_text(in.name_en, "A.organisation.name_en.1 \xc3\xa9");
    assert_int_equal(in.at.sec, NOW.sec);
    assert_int_equal(in.counts_n, cn_moved_tables_n);
    for (size_t i = 0; i < in.counts_n; i++) assert_int_equal(in.counts[i].n, out.counts[i].n);
    assert_int_equal(cn_move_count(&in, CN_S("award")), 2);
    assert_int_equal(cn_move_count(&in, CN_S("organisation")), 1);
    assert_int_equal(cn_move_count(&in, CN_S("session")), 0);
}

static void both_databases_note_it(void **state) {
    bench *b = *state;
    cn_move_summary summary;
    assert_true(import(b, export(b, &summary), PASSPHRASE, &summary));
    assert_int_equal(place_sql(&b->here, "SELECT organisation FROM audit WHERE at = 1780000000 AND person IS NULL "
                                         "AND action = 'organisation.exported'"),
                     11);
    assert_int_equal(place_sql(&b->there,
                               "SELECT count(*) FROM audit a JOIN organisation o ON o.number = a.organisation "
                               "WHERE at = 1790000000 AND action = 'organisation.imported' "
                               "AND o.id = subject AND subject LIKE 'A.%'"),
                     1);
}

static void keys_are_sealed_for_the_file_and_for_their_new_place(void **state) {
    bench *b = *state;
    cn_move_summary summary;
    cn_slice file = export(b, &summary), sealed, plain;
    cn_buf base64 = cn_buf_on(b->a, 0);
    assert_true(cn_slice_find(file, cn_slice_of(secret_key)) == SIZE_MAX);
    cn_base64_write(&base64, CN_BASE64, cn_slice_of(secret_key));
    assert_true(cn_slice_find(file, cn_buf_slice(&base64)) == SIZE_MAX);
    assert_true(import(b, file, PASSPHRASE, &summary));
    sqlite3 *db = open_db(&b->there);
    cn_slice hex = ask(b->a, db, "SELECT hex(sealed) FROM signing_key WHERE issuer LIKE 'A.%' LIMIT 1");
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    assert_true(cn_hex_read(b->a, cn_slice_trim(hex), &sealed, &b->err));
    assert_true(cn_unseal(b->a, &b->masters[1], sealed, &plain, &b->err));
    check_text(plain, "the private key");
    assert_false(cn_unseal(b->a, &b->masters[0], sealed, &plain, &b->err));
}

static void what_is_here_already_is_refused(void **state) {
    bench *b = *state;
    cn_move_summary summary;
    cn_slice file = export(b, &summary);
    assert_true(import(b, file, PASSPHRASE, &summary));
    refused(b, file, PASSPHRASE, CN_CONFLICT, "move.there");
}

/* An award's id is taken by another organisation's award: it is a forgery, or a mistake. */
static void a_row_that_cannot_stand_here_is_refused(void **state) {
    bench *b = *state;
    cn_move_summary summary;
    place_sql(&b->there, "UPDATE award SET id = 'A.award.id.2 \xc3\xa9' WHERE number = 31");
    refused(b, export(b, &summary), PASSPHRASE, CN_CONFLICT, "move.conflict");
}

/* Somebody is known by the main address, another by the id; their names and addresses stay. */
static void who_is_here_already_stays_and_gains_roles_and_awards(void **state) {
    bench *b = *state;
    cn_move_summary summary;
    place_sql(&b->there, "UPDATE address SET email = 'A.address.email.1 \xc3\xa9' WHERE person = 31");
    place_sql(&b->there, "UPDATE person SET id = 'A.person.id.2 \xc3\xa9' WHERE number = 32");
    assert_true(import(b, export(b, &summary), PASSPHRASE, &summary));
    assert_int_equal(place_sql(&b->there, "SELECT count(*) FROM person"), 2);
    assert_int_equal(place_sql(&b->there, "SELECT count(*) FROM address"), 2);
    assert_int_equal(place_sql(&b->there, "SELECT count(*) FROM person WHERE name LIKE 'C.%'"), 2);
    assert_int_equal(place_sql(&b->there, "SELECT count(*) FROM member WHERE person IN (31, 32)"), 4);
    assert_int_equal(place_sql(&b->there, "SELECT holder FROM award WHERE id LIKE 'A.award.id.1%'"), 31);
    assert_int_equal(place_sql(&b->there, "SELECT holder FROM award WHERE id LIKE 'A.award.id.2%'"), 32);
}

/* An address that has become somebody else's second one is theirs. */
static void an_address_of_somebody_else_is_not_taken(void **state) {
    bench *b = *state;
    cn_move_summary summary;
    place_sql(&b->here, "INSERT INTO address VALUES ('second@example.org', 11, 0, 5)");
    place_sql(&b->there, "INSERT INTO address VALUES ('second@example.org', 31, 0, 5)");
    assert_true(import(b, export(b, &summary), PASSPHRASE, &summary));
    assert_int_equal(place_sql(&b->there, "SELECT person FROM address WHERE email = 'second@example.org'"), 31);
}

static void of_holders_the_main_address_alone_is_told(void **state) {
    bench *b = *state;
    cn_move_summary summary;
    place_sql(&b->here, "DELETE FROM member WHERE person = 12");
    place_sql(&b->here, "INSERT INTO address VALUES ('private@example.org', 12, 0, 5)");
    place_sql(&b->here, "INSERT INTO address VALUES ('work@example.org', 11, 0, 5)");
    cn_slice file = export(b, &summary);
    assert_true(cn_slice_find(file, CN_S("private@example.org")) == SIZE_MAX);
    assert_true(cn_slice_find(file, CN_S("work@example.org")) != SIZE_MAX);
    assert_true(import(b, file, PASSPHRASE, &summary));
    assert_int_equal(place_sql(&b->there, "SELECT count(*) FROM address WHERE email LIKE 'A.%'"), 2);
}

static void a_wrong_passphrase_is_told(void **state) {
    bench *b = *state;
    cn_move_summary summary;
    cn_slice file = export(b, &summary);
    refused(b, file, CN_S("correct horse battery stable"), CN_DENIED, "move.passphrase");
    refused(b, file, CN_S(""), CN_DENIED, "move.passphrase");
}

/* At the end of every third line, and in the middle of one; but for the last line feed, which nobody misses. */
static void a_file_that_is_cut_is_refused(void **state) {
    bench *b = *state;
    cn_move_summary summary;
    cn_slice file = export(b, &summary);
    size_t lines = 0;
    for (size_t i = 0; i + 1 < file.n; i++)
        if (file.p[i] == '\n' && lines++ % 3 == 0)
            refused(b, cn_slice_sub(file, 0, i + 1), PASSPHRASE, CN_INVALID, "move.cut");
    assert_true(lines > 20);
    refused(b, cn_slice_sub(file, 0, file.n / 2), PASSPHRASE, CN_INVALID, "move.changed");
    assert_true(b->err.where[0] != 0);
    refused(b, cn_slice_sub(file, 0, 0), PASSPHRASE, CN_INVALID, "move.cut");
    assert_true(import(b, cn_slice_sub(file, 0, file.n - 1), PASSPHRASE, &summary));
}

/* Whatever it does to the line: no JSON, no row, a row that cannot be, a row that could be another's. */
static void a_changed_byte_is_refused(void **state) {
    bench *b = *state;
    cn_move_summary summary;
    cn_slice file = export(b, &summary), changed;
    size_t step = file.n / 23;
    for (size_t i = file.n - 4; i > step; i -= step) {
        cn_slice before = everything(b->a, &b->there);
        assert_true(cn_arena_copy(b->a, file, &changed));
        ((char *)changed.p)[i] ^= 1;
        if (import(b, changed, PASSPHRASE, &summary)) fail_msg("byte %zu was changed, and it was taken", i);
        assert_true(b->err.code == CN_INVALID || b->err.code == CN_DENIED || b->err.code == CN_CONFLICT);
        assert_true(cn_slice_eq(before, everything(b->a, &b->there)));
    }
}

/* A row put in, taken out, or put elsewhere is a change, though each line is a line. */
static void a_line_too_many_is_refused(void **state) {
    bench *b = *state;
    cn_move_summary summary;
    cn_slice file = export(b, &summary), all;
    assert_true(cn_arena_print(b->a, &all, "%.*s{}\n", CN_ARG(file)));
    refused(b, all, PASSPHRASE, CN_INVALID, "move.changed");
    size_t from = cn_slice_find(file, CN_S("{\"table\":\"member\"")),
           n = cn_slice_find_byte(cn_slice_from(file, from), '\n');
    cn_slice head = cn_slice_sub(file, 0, from), tail = cn_slice_from(file, from + n + 1);
    assert_true(cn_arena_print(b->a, &all, "%.*s%.*s", CN_ARG(head), CN_ARG(tail)));
    refused(b, all, PASSPHRASE, CN_INVALID, "move.changed");
    assert_true(cn_arena_print(b->a, &all,
                               "%.*s{\"table\":\"setting\",\"row\":{\"name\":\"origin\",\"value\":\"x\"}}\n%.*s",
                               CN_ARG(head), CN_ARG(tail)));
    refused(b, all, PASSPHRASE, CN_INVALID, "move.row");
}

static void what_is_no_such_file_is_told(void **state) {
    bench *b = *state;
    refused(b, CN_S("hello\n"), PASSPHRASE, CN_INVALID, "move.format");
    refused(b, CN_S("{\"format\":\"other\",\"version\":1}\n"), PASSPHRASE, CN_INVALID, "move.format");
    static const char *const heads[] = {
        "{\"format\":\"cairn-organisation\",\"version\":1}\n", /* without reviews and reuse */
        "{\"format\":\"cairn-organisation\",\"version\":99}\n", "{\"format\":\"cairn-organisation\"}\n"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        refused(b, cn_slice_of(heads[i]), PASSPHRASE, CN_INVALID, "move.format");
        assert_non_null(strstr(b->err.detail, "another version"));
    }
}

static void an_export_that_cannot_be_is_refused(void **state) {
    bench *b = *state;
    cn_buf out = cn_buf_on(b->a, 0);
    cn_move_writer to = {&out, write_buf};
    cn_move_summary summary;
    cn_slice id = CN_S("A.organisation.id.1 \xc3\xa9");
    assert_false(cn_app_move_out(b->a, &b->from, NOW, CN_S("nobody"), PASSPHRASE, &to, &summary, &b->err));
    check_err(b->err, CN_NOT_FOUND, "store.none");
    assert_false(cn_app_move_out(b->a, &b->from, NOW, id, CN_S("short"), &to, &summary, &b->err));
    check_err(b->err, CN_INVALID, "move.passphrase");
    b->from.master = NULL;
    assert_false(cn_app_move_out(b->a, &b->from, NOW, id, PASSPHRASE, &to, &summary, &b->err));
    check_err(b->err, CN_UNAVAILABLE, "keys.master");
    assert_int_equal(out.n, 0);
    b->from.master = &b->masters[1];
    assert_false(cn_app_move_out(b->a, &b->from, NOW, id, PASSPHRASE, &to, &summary, &b->err));
    check_err(b->err, CN_DENIED, "seal.broken");
    b->from.master = &b->masters[0];
    place_sql(&b->here, "UPDATE upload SET state = 1 WHERE number = 12");
    assert_false(cn_app_move_out(b->a, &b->from, NOW, id, PASSPHRASE, &to, &summary, &b->err));
    check_err(b->err, CN_CONFLICT, "move.working");
}

/* A table that is new is either an organisation's or named here. */
static void every_table_is_moved_or_stays_for_a_reason(void **state) {
    static const char *const stay[] = {
        "migration",           "registry_list", "setting", "quality_body", "audit_link", "scope",
        "endorsement_request", "session",       "ticket",  "passkey",      "challenge",  "mail",
        "framework",           "item",          "relation"};
    size_t kept = 0;
    (void)state;
    for (int t = 0; t < cn_tables_count; t++) {
        bool stays = false;
        for (size_t i = 0; i < sizeof stay / sizeof *stay; i++) stays |= !strcmp(stay[i], cn_tables[t].name);
        kept += stays;
        if (stays == (cn_moved_find(cn_slice_of(cn_tables[t].name)) != SIZE_MAX))
            fail_msg("%s: does it move with an organisation?", cn_tables[t].name);
    }
    assert_int_equal(kept, sizeof stay / sizeof *stay);
}

#define move_test(function) cmocka_unit_test_setup_teardown(function, bench_start, bench_end)

int main(void) {
    const struct CMUnitTest tests[] = {
        move_test(everything_of_the_organisation_arrives_and_nothing_else),
        move_test(both_databases_note_it),
        move_test(keys_are_sealed_for_the_file_and_for_their_new_place),
        move_test(what_is_here_already_is_refused),
        move_test(a_row_that_cannot_stand_here_is_refused),
        move_test(who_is_here_already_stays_and_gains_roles_and_awards),
        move_test(an_address_of_somebody_else_is_not_taken),
        move_test(of_holders_the_main_address_alone_is_told),
        move_test(a_wrong_passphrase_is_told),
        move_test(a_file_that_is_cut_is_refused),
        move_test(a_changed_byte_is_refused),
        move_test(a_line_too_many_is_refused),
        move_test(what_is_no_such_file_is_told),
        move_test(an_export_that_cannot_be_is_refused),
        cmocka_unit_test(every_table_is_moved_or_stays_for_a_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
