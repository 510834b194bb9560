/* SPDX-License-Identifier: Apache-2.0
 *
 * The audit's chain: what was done to it past the program is found, and what may lawfully happen to it is not told
 * of.
 */
#include <sys/wait.h>

#include "place.h"
#include "store/chain.h"

enum { ROWS = 10, FIRST_PERSON = 1, SECOND_PERSON = 2 };
static const cn_time now = {1780000000, 0};

/* Whoever can write the file can drop what guards it. */
static void without_guards(const place *p) {
    static const char *const triggers[] = {"audit_stays", "audit_link_stays", "audit_remains",
                                           "audit_link_remains"};
    for (size_t i = 0; i < sizeof triggers / sizeof *triggers; i++) {
        char sql[64];
        (void)snprintf(sql, sizeof sql, "DROP TRIGGER %s", triggers[i]);
        (void)place_sql(p, sql);
    }
}

static void write_row(cn_store *s, int64_t person, const char *action, int64_t at) {
    cn_audit what = {.organisation = 1, .person = person, .action = cn_slice_of(action), .subject = CN_S("it")};
    cn_err err;
    if (!cn_store_audit(s, &what, (cn_time){at, 0}, &err)) fail_msg("%s", err.detail);
}

/* Ten rows, a day from each to the next: by nobody, the first person, the second, and so on. */
static cn_store *fill(const place *p) {
    cn_store *s = place_open(p);
    place_sql(p, "INSERT INTO organisation (id, name_en, name_fr, url, domain, fictional, created_at) "
                 "VALUES ('o', 'O', 'O', '', '', 0, 1)");
    place_sql(p, "INSERT INTO person (id, name, language, created_at) VALUES ('first', 'A', 'en', 1), "
                 "('second', 'B', 'en', 1)");
    for (int i = 0; i < ROWS; i++) write_row(s, i % 3, "thing.done", now.sec + i * 86400);
    return s;
}

static cn_chain_report verify(cn_store *s, const cn_chain_head *noted) {
    cn_chain_report out;
    cn_err err;
    cn_chain_ask ask = {.noted = noted};
    if (!cn_store_chain_verify(s, &ask, &out, &err)) fail_msg("%s: %s", err.id, err.detail);
    return out;
}

static cn_chain_head head(cn_store *s) {
    cn_chain_head out;
    cn_err err;
    assert_true(cn_store_chain_head(s, &out, &err));
    return out;
}

static void assert_holds(cn_store *s, int64_t rows) {
    cn_chain_report r = verify(s, NULL);
    if (r.faults_n) fail_msg("fault %d at %lld", (int)r.faults[0].kind, (long long)r.faults[0].first);
    assert_true(r.whole);
    assert_int_equal(r.looked, rows);
}

static void assert_fault(const cn_chain_report *r, size_t i, cn_chain_fault_kind kind, int64_t first,
                         int64_t last) {
    assert_true(i < r->faults_n);
    assert_int_equal(r->faults[i].kind, kind);
    assert_int_equal(r->faults[i].first, first);
    assert_int_equal(r->faults[i].last, last);
}

/* One thing is done past the program: one fault, the rows before it are good. */
static void finds(void **state, const char *sql, cn_chain_fault_kind kind, int64_t first, int64_t last,
                  int64_t good) {
    cn_store *s = fill(*state);
    assert_holds(s, ROWS);
    without_guards(*state);
    place_sql(*state, sql);
    cn_chain_report r = verify(s, NULL);
    assert_int_equal(r.faults_n, 1);
    assert_fault(&r, 0, kind, first, last);
    assert_int_equal(r.good, good);
    if (kind == CN_CHAIN_ALTERED) assert_int_equal(r.faults[0].at.sec, now.sec + (first - 1) * 86400);
    cn_store_close(s);
}

/* ---- What is found ---- */

static void an_empty_chain_holds(void **state) {
    cn_store *s = place_open(*state);
    assert_holds(s, 0);
    assert_int_equal(head(s).number, 0);
    cn_store_close(s);
}

#define FINDS(name, sql, kind, first, last, good)                                                                 \
    static void name(void **state) {                                                                              \
        finds(state, sql, kind, first, last, good);                                                               \
    }
FINDS(an_altered_action, "UPDATE audit SET action = 'thing.undone' WHERE number = 5", CN_CHAIN_ALTERED, 5, 5, 4)
FINDS(an_altered_subject, "UPDATE audit SET subject = 'other' WHERE number = 1", CN_CHAIN_ALTERED, 1, 1, 0)
FINDS(another_person, "UPDATE audit SET person = 2 WHERE number = 5", CN_CHAIN_ALTERED, 5, 5, 4)
FINDS(a_person_for_nobody, "UPDATE audit SET person = 1 WHERE number = 4", CN_CHAIN_ALTERED, 4, 4, 3)
FINDS(nobody_for_a_person, "UPDATE audit SET person = NULL WHERE number = 5", CN_CHAIN_ALTERED, 5, 5, 4)
FINDS(another_actor, "UPDATE audit_link SET actor = 'second' WHERE number = 5", CN_CHAIN_ALTERED, 5, 5, 4)
FINDS(no_organisation, "UPDATE audit SET organisation = NULL WHERE number = 7", CN_CHAIN_ALTERED, 7, 7, 6)
FINDS(a_link_altered, "UPDATE audit_link SET organisation = 2 WHERE number = 7", CN_CHAIN_ALTERED, 7, 7, 6)
FINDS(a_row_removed, "DELETE FROM audit WHERE number = 6", CN_CHAIN_REMOVED, 6, 6, 5)
FINDS(a_link_removed, "DELETE FROM audit_link WHERE number = 6", CN_CHAIN_FOREIGN, 6, 6, 10)
FINDS(a_row_put_in,
      "INSERT INTO audit (number, at, organisation, person, action, subject) VALUES (99, 1, 1, 1, 'a.b', '')",
      CN_CHAIN_FOREIGN, 99, 99, 10)

/* Who did it is taken out as for a deleted account, and no account was deleted. */
static void who_it_was_cannot_be_taken_out_unseen(void **state) {
    cn_store *s = fill(*state);
    without_guards(*state);
    place_sql(*state, "UPDATE audit_link SET actor = '', salt = x'' WHERE number IN (5, 6)");
    place_sql(*state, "UPDATE audit SET person = NULL WHERE number IN (5, 6)");
    cn_chain_report r = verify(s, NULL);
    assert_int_equal(r.faults_n, 1);
    assert_fault(&r, 0, CN_CHAIN_FORGOT, 0, 2);
    cn_store_close(s);
}

static void rows_and_links_removed_from_the_middle(void **state) {
    cn_store *s = fill(*state);
    without_guards(*state);
    place_sql(*state, "DELETE FROM audit WHERE number BETWEEN 4 AND 6");
    place_sql(*state, "DELETE FROM audit_link WHERE number BETWEEN 4 AND 6");
    cn_chain_report r = verify(s, NULL);
    assert_int_equal(r.faults_n, 1);
    assert_fault(&r, 0, CN_CHAIN_REMOVED, 4, 6);
    assert_int_equal(r.good, 3);
    assert_int_equal(r.good_at.sec, now.sec + 2 * 86400);
    cn_store_close(s);
}

static void the_beginning_removed(void **state) {
    cn_store *s = fill(*state);
    without_guards(*state);
    place_sql(*state, "DELETE FROM audit WHERE number < 4");
    place_sql(*state, "DELETE FROM audit_link WHERE number < 4");
    cn_chain_report r = verify(s, NULL);
    assert_int_equal(r.faults_n, 1);
    assert_fault(&r, 0, CN_CHAIN_REMOVED, 1, 3);
    cn_store_close(s);
}

static void rows_swapped(void **state) {
    cn_store *s = fill(*state);
    without_guards(*state);
    place_sql(*state, "UPDATE audit SET number = 100 WHERE number = 5");
    place_sql(*state, "UPDATE audit SET number = 5 WHERE number = 8");
    place_sql(*state, "UPDATE audit SET number = 8 WHERE number = 100");
    cn_chain_report r = verify(s, NULL);
    assert_int_equal(r.faults_n, 2);
    assert_fault(&r, 0, CN_CHAIN_ALTERED, 5, 5);
    assert_fault(&r, 1, CN_CHAIN_ALTERED, 8, 8);
    cn_store_close(s);
}

/* Without a head that was noted it is not seen; with the next row it is, by its number. */
static void the_end_removed(void **state) {
    cn_store *s = fill(*state);
    cn_chain_head noted = head(s);
    assert_int_equal(noted.number, ROWS);
    without_guards(*state);
    place_sql(*state, "DELETE FROM audit WHERE number > 7");
    place_sql(*state, "DELETE FROM audit_link WHERE number > 7");
    assert_holds(s, 7);
    cn_chain_report r = verify(s, &noted);
    assert_int_equal(r.faults_n, 1);
    assert_fault(&r, 0, CN_CHAIN_REMOVED, 8, ROWS);
    assert_int_equal(r.good, 7);
    cn_store_close(s);
}

/* All hashes are made anew behind an altered row, so that the chain holds: the noted head tells. */
static void all_of_it_written_anew(void **state) {
    cn_store *s = fill(*state);
    cn_chain_head noted = head(s);
    cn_store_close(s);
    without_guards(*state);
    place_sql(*state, "DELETE FROM audit_link WHERE number > 4");
    place_sql(*state, "DELETE FROM audit WHERE number > 4");
    place_sql(*state, "UPDATE sqlite_sequence SET seq = 4 WHERE name = 'audit'");
    s = place_open(*state);
    for (int i = 4; i < ROWS; i++) write_row(s, i % 3, i == 6 ? "thing.other" : "thing.done", now.sec + i * 86400);
    assert_holds(s, ROWS);
    cn_chain_report r = verify(s, &noted);
    assert_int_equal(r.faults_n, 1);
    assert_fault(&r, 0, CN_CHAIN_HEAD, ROWS, ROWS);
    assert_int_equal(r.good, 0);
    cn_store_close(s);
}

static void a_head_that_was_noted_still_holds(void **state) {
    cn_store *s = fill(*state);
    cn_chain_head noted = head(s);
    write_row(s, 1, "thing.done", now.sec);
    assert_int_equal(verify(s, &noted).faults_n, 0);
    noted.hash[31] ^= 1;
    assert_int_equal(verify(s, &noted).faults_n, 1);
    cn_store_close(s);
}

/* ---- What may happen ---- */

static void an_account_is_deleted(void **state) {
    cn_store *s = fill(*state);
    cn_err err;
    if (!cn_store_person_delete(s, FIRST_PERSON, now, &err)) fail_msg("%s", err.detail);
    assert_holds(s, ROWS + 1);
    assert_int_equal(place_sql(*state, "SELECT count(*) FROM audit_link WHERE actor = 'first' OR length(salt) > 0 "
                                       "AND actor <> 'second'"),
                     0);
    assert_int_equal(place_sql(*state, "SELECT count(*) FROM audit_link WHERE length(who) = 32"), 6);
    assert_int_equal(place_sql(*state, "SELECT subject FROM audit WHERE action = 'account.deleted'"), 3);
    cn_store_close(s);
}

static void accounts_become_one(void **state) {
    cn_store *s = fill(*state);
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_err err;
    place_sql(*state, "INSERT INTO address (email, person, main, proven_at) VALUES ('b@b.example', 2, 1, 1)");
    cn_told told = {.why = {.person = FIRST_PERSON, .action = CN_S("address.added")},
                    .letter = {.recipient = CN_S("a@a.example"),
                               .language = CN_S("en"),
                               .kind = CN_S("address"),
                               .facts = CN_S("{}")},
                    .now = now};
    if (!cn_store_address_add(a, s, FIRST_PERSON, CN_S("b@b.example"), &told, &err)) fail_msg("%s", err.detail);
    assert_int_equal(place_sql(*state, "SELECT count(*) FROM audit WHERE person = 2"), 0);
    assert_holds(s, ROWS + 2);
    assert_true(cn_store_person_delete(s, FIRST_PERSON, now, &err));
    assert_holds(s, ROWS + 3);
    assert_int_equal(place_sql(*state, "SELECT count(*) FROM audit_link WHERE actor <> ''"), 0);
    cn_store_close(s);
}

static void an_organisation_goes(void **state) {
    cn_store *s = fill(*state);
    cn_audit why = {.action = CN_S("organisation.removed"), .subject = CN_S("o")};
    cn_err err;
    if (!cn_store_organisation_remove(s, 1, now, &why, &err)) fail_msg("%s", err.detail);
    assert_holds(s, ROWS + 1);
    cn_store_close(s);
}

static void retention_takes_rows_out(void **state) {
    cn_store *s = fill(*state);
    cn_chain_head early = head(s), noted;
    cn_chain_report r;
    int64_t gone;
    cn_err err;
    assert_true(cn_store_chain_prune(s, (cn_time){now.sec + 4 * 86400, 0}, (cn_time){now.sec + 20 * 86400, 0},
                                     &gone, &err));
    assert_int_equal(gone, 4);
    assert_holds(s, ROWS - 4 + 1);
    r = verify(s, NULL);
    assert_int_equal(r.pruned, 4);
    assert_int_equal(r.since.sec, now.sec + 4 * 86400);
    assert_int_equal(verify(s, &early).faults_n, 0);
    noted = early;
    noted.number = 2;
    cn_chain_ask ask = {.noted = &noted};
    assert_false(cn_store_chain_verify(s, &ask, &r, &err));
    check_err(err, CN_NOT_FOUND, "audit.head");
    assert_true(cn_store_chain_prune(s, (cn_time){now.sec + 8 * 86400, 0}, (cn_time){now.sec + 21 * 86400, 0},
                                     &gone, &err));
    assert_int_equal(gone, 4);
    assert_holds(s, 4);
    assert_true(cn_store_chain_prune(s, (cn_time){1, 0}, now, &gone, &err));
    assert_int_equal(gone, 0);
    without_guards(*state);
    place_sql(*state, "DELETE FROM audit WHERE number = 9");
    place_sql(*state, "DELETE FROM audit_link WHERE number = 9");
    r = verify(s, NULL);
    assert_fault(&r, 0, CN_CHAIN_REMOVED, 9, 9);
    cn_store_close(s);
}

/* The database itself says no to what the program never does. */
static void the_guards_hold(void **state) {
    static const char *const never[] = {"UPDATE audit SET action = 'x' WHERE number = 3",
                                        "UPDATE audit SET number = 30 WHERE number = 3",
                                        "UPDATE audit SET organisation = 2 WHERE number = 3",
                                        "DELETE FROM audit WHERE number = 10",
                                        "DELETE FROM audit_link WHERE number = 1",
                                        "UPDATE audit_link SET hash = x'00' WHERE number = 3",
                                        "UPDATE audit_link SET actor = 'second' WHERE number = 3"};
    cn_store *s = fill(*state);
    sqlite3 *db;
    assert_int_equal(sqlite3_open(((place *)*state)->db, &db), SQLITE_OK);
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        assert_int_equal(sqlite3_exec(db, never[i], NULL, NULL, NULL), SQLITE_CONSTRAINT);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    assert_holds(s, ROWS);
    cn_store_close(s);
}

/* ---- Where it comes from ---- */

/* A database from before the chain, and what came after it: its rows are linked once. */
static void rows_from_before_are_chained_once(void **state) {
    cn_store *s = fill(*state);
    cn_store_close(s);
    without_guards(*state);
    place_sql(*state, "DROP INDEX audit_person");
    place_sql(*state, "DROP INDEX audit_account");
    place_sql(*state, "DROP TABLE audit_link");
    place_sql(*state, "DROP TABLE reuse");
    place_sql(*state, "DROP TABLE relation");
    place_sql(*state, "DROP TABLE item_words");
    place_sql(*state, "DROP TABLE item");
    place_sql(*state, "DROP TABLE framework");
    place_sql(*state, "DROP INDEX attestation_once");
    place_sql(*state, "ALTER TABLE attestation DROP COLUMN version");
    place_sql(*state, "CREATE INDEX attestation_once ON attestation (achievement)");
    place_sql(*state, "DROP INDEX approval_ending");
    place_sql(*state, "ALTER TABLE approval DROP COLUMN reminded");
    place_sql(*state, "ALTER TABLE scope DROP COLUMN reminded");
    place_sql(*state, "ALTER TABLE scope DROP COLUMN kinds");
    place_sql(*state, "ALTER TABLE endorsement_request DROP COLUMN asked_by");
    place_sql(*state, "DROP TRIGGER review_stays");
    place_sql(*state, "DROP TRIGGER approval_stays");
    place_sql(*state, "DROP TRIGGER approval_remains");
    place_sql(*state, "DROP INDEX audit_step");
    place_sql(*state, "DROP INDEX approval_step");
    place_sql(*state, "ALTER TABLE audit DROP COLUMN step");
    place_sql(*state, "ALTER TABLE approval DROP COLUMN step");
    place_sql(*state, "ALTER TABLE review_comment DROP COLUMN body");
    place_sql(*state, "DELETE FROM migration WHERE number >= (SELECT number FROM migration WHERE name = 'chain')");
    s = place_open(*state);
    assert_holds(s, ROWS);
    cn_store_close(s);
    place_sql(*state, "INSERT INTO audit (at, action, subject) VALUES (1, 'a.b', '')");
    s = place_open(*state);
    cn_chain_report r = verify(s, NULL);
    assert_fault(&r, 0, CN_CHAIN_FOREIGN, ROWS + 1, ROWS + 1);
    cn_store_close(s);
}

static void the_last_links_alone(void **state) {
    cn_store *s = fill(*state);
    cn_chain_report r;
    cn_err err;
    without_guards(*state);
    place_sql(*state, "UPDATE audit SET action = 'thing.undone' WHERE number = 5");
    for (int64_t most = 1; most <= ROWS + 1; most++) {
        cn_chain_ask ask = {.most = most};
        assert_true(cn_store_chain_verify(s, &ask, &r, &err));
        assert_int_equal(r.looked, most < ROWS ? most : ROWS);
        assert_int_equal(r.whole, most >= ROWS);
        assert_int_equal(r.faults_n, most >= 6);
    }
    cn_store_close(s);
}

/* Processes that write at once do not fork it. */
static void several_processes_write(void **state) {
    enum { PROCESSES = 4, EACH = 50 };
    cn_store *s = fill(*state);
    pid_t children[PROCESSES];
    cn_store_close(s);
    for (int i = 0; i < PROCESSES; i++) {
        children[i] = fork();
        assert_true(children[i] >= 0);
        if (children[i]) continue;
        cn_err err = {0};
        cn_store *own = NULL;
        cn_store_options options = {.now = now};
        bool good = cn_store_open(cn_slice_of(((place *)*state)->db), &options, &own, &err);
        cn_audit what = {.organisation = 1, .person = 1, .action = CN_S("thing.done")};
        for (int row = 0; good && row < EACH; row++) good = cn_store_audit(own, &what, now, &err);
        _exit(good ? 0 : 1);
    }
    for (int i = 0; i < PROCESSES; i++) {
        int status;
        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    s = place_open(*state);
    assert_holds(s, ROWS + PROCESSES * EACH);
    cn_store_close(s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        place_test(an_empty_chain_holds),
        place_test(an_altered_action),
        place_test(an_altered_subject),
        place_test(another_person),
        place_test(a_person_for_nobody),
        place_test(nobody_for_a_person),
        place_test(another_actor),
        place_test(no_organisation),
        place_test(a_link_altered),
        place_test(a_row_removed),
        place_test(a_link_removed),
        place_test(a_row_put_in),
        place_test(who_it_was_cannot_be_taken_out_unseen),
        place_test(rows_and_links_removed_from_the_middle),
        place_test(the_beginning_removed),
        place_test(rows_swapped),
        place_test(the_end_removed),
        place_test(all_of_it_written_anew),
        place_test(a_head_that_was_noted_still_holds),
        place_test(an_account_is_deleted),
        place_test(accounts_become_one),
        place_test(an_organisation_goes),
        place_test(retention_takes_rows_out),
        place_test(the_guards_hold),
        place_test(rows_from_before_are_chained_once),
        place_test(the_last_links_alone),
        place_test(several_processes_write),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
