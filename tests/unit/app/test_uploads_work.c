/* SPDX-License-Identifier: Apache-2.0
 *
 * The work after a confirmation: what is signed, when it ends, who gets which letter; what cannot be signed holds
 * up nobody; what fails leaves everything as it was.
 */
#include "../store/place.h"
#include "randoms.h"
#include "app/achievements.h"
#include "app/awards.h"
#include "app/letters.h"
#include "app/uploads.h"
#include "json/json.h"
#include "vc/vc.h"

static const cn_time NOW = {1801353600, 0}; /* 2027-01-31 */

typedef struct bench {
    const place *p;
    cn_arena *a;
    cn_crypto *crypto;
    uint64_t seed;
    cn_random random;
    cn_loader contexts;
    cn_master master;
    cn_app app;
    int64_t organisation, version;
    cn_err err;
} bench;

static void good(bench *b, bool answer) {
    if (!answer) fail_msg("%s: %s (%s)", b->err.id, b->err.detail, b->err.where);
}

static void publish(bench *b) {
    cn_achievement_text en = {.name = CN_S("Java"), .description = CN_S("d"), .criteria = CN_S("c")};
    cn_achievement_text fr = {.name = CN_S("Programmation Java"), .description = CN_S("d"), .criteria = CN_S("c")};
    cn_draft draft = {.en = en, .fr = fr, .valid_months = 1};
    cn_achievement made;
    cn_versions all;
    cn_slice id;
    int version;
    good(b, cn_app_achievement_new(b->a, &b->app, NOW, b->organisation, 0, &draft, &id, &b->err));
    good(b, cn_app_achievement_get(b->a, &b->app, b->organisation, id, &made, &b->err));
    good(b, cn_app_achievement_publish(b->a, &b->app, NOW, b->organisation, 0, id, made.seen, &version, &b->err));
    good(b, cn_app_versions_of(b->a, &b->app, b->organisation, &all, &b->err));
    b->version = all.v[0].number;
}

static bench *start(void **state) {
    bench *b = calloc(1, sizeof *b);
    assert_non_null(b);
    b->p = *state;
    b->a = cn_arena_new(0);
    good(b, cn_crypto_new(&b->crypto, &b->err));
    b->seed = 1;
    b->random = (cn_random){&b->seed, mix};
    b->contexts = cn_builtin_loader(NULL);
    assert_true(cn_master_new(&b->random, &b->master, &b->err));
    b->app = (cn_app){.store = place_open(b->p),
                      .crypto = b->crypto,
                      .contexts = &b->contexts,
                      .random = &b->random,
                      .origin = CN_S("https://cairn.example"),
                      .master = &b->master};
    cn_stored_organisation o = {
        .id = CN_S("north"), .name_en = CN_S("North Shore College"), .name_fr = CN_S("Collège de la Rive-Nord")};
    good(b, cn_store_organisation_put(b->a, b->app.store, &o, NOW, &b->organisation, &b->err));
    publish(b);
    return b;
}

static void end(bench *b) {
    cn_store_close(b->app.store);
    cn_crypto_free(b->crypto);
    cn_arena_free(b->a);
    free(b);
}

/* An upload that is confirmed, whatever is wrong with its rows. */
static cn_upload confirmed(bench *b, cn_slice bytes) {
    cn_upload_file file = {
        .organisation = b->organisation, .version = b->version, .language = CN_S("en"), .bytes = bytes};
    cn_upload_report report;
    cn_upload u;
    cn_slice id;
    good(b, cn_app_upload_new(b->a, &b->app, NOW, &file, &report, &id, &b->err));
    assert_true(report.good);
    good(b, cn_app_upload_get(b->a, &b->app, b->organisation, id, &u, &b->err));
    good(b, cn_store_upload_confirm(b->app.store, &u, NULL, NOW, &b->err));
    return u;
}

static int work(bench *b) {
    bool more = true;
    int times = -1;
    for (; more; times++) good(b, cn_app_uploads_work(b->a, &b->app, NOW, &more, &b->err));
    return times;
}

static cn_awards awards(bench *b) {
    cn_award_query q = {.organisation = b->organisation, .max = 1000};
    cn_awards all;
    good(b, cn_app_awards_of(b->a, &b->app, &q, &all, &b->err));
    return all;
}

#define TABLE "id,name,email,language,result,date\n"

static void test_one(void **state) {
    bench *b = start(state);
    cn_upload u = confirmed(b, CN_S(TABLE "1,Zoé Roy,Zoe@Learner.test,fr,85 %,2027-01-15\n"));
    cn_stored_mails mails;
    cn_letter letter;
    cn_award w;
    assert_int_equal(work(b), 1);
    good(b, cn_app_upload_get(b->a, &b->app, b->organisation, u.id, &u, &b->err));
    assert_int_equal(u.state, CN_UPLOAD_DONE);
    assert_int_equal(u.rows[CN_ROW_AWARDED], 1);
    good(b, cn_app_award_get(b->a, &b->app, awards(b).v[0].id, &w, &b->err));
    check_text(w.email, "zoe@learner.test");
    assert_int_equal(w.check_code.n, 10);
    cn_date until = cn_time_date(w.valid_until);
    assert_int_equal(until.month, 2);
    assert_int_equal(until.day, 28);
    good(b, cn_store_mails_newest(b->a, b->app.store, 10, &mails, &b->err));
    assert_int_equal(mails.n, 1);
    assert_int_equal(mails.v[0].award, w.number);
    good(b, cn_app_letter_read(b->a, &b->app, &mails.v[0], &letter, &b->err));
    check_text(letter.achievement.fr, "Programmation Java");
    check_text(letter.language, "fr");
    assert_true(cn_slice_starts(letter.link, CN_S("https://cairn.example/claim/")));
    end(b);
}

static void test_what_is_signed_verifies(void **state) {
    bench *b = start(state);
    cn_report report;
    cn_award w;
    cn_verify_options how = {.crypto = b->crypto, .contexts = &b->contexts, .now = NOW};
    (void)confirmed(b, CN_S(TABLE "1,Zoé Roy,zoe@learner.test,fr,85 %,2027-01-15\n"));
    (void)work(b);
    good(b, cn_app_award_get(b->a, &b->app, awards(b).v[0].id, &w, &b->err));
    good(b, cn_verify(b->a, w.document, &how, &report, &b->err));
    assert_int_equal(report.verdict, CN_UNKNOWN); /* nobody is asked for the status */
    for (size_t i = 0; i < report.steps_n; i++) assert_int_not_equal(report.steps[i].outcome, CN_FAIL);
    const cn_json *c = report.credential;
    check_text(cn_json_text(cn_json_point(c, CN_S("/validFrom"))), "2027-01-31T00:00:00Z");
    assert_int_equal(cn_slice_find(w.document, CN_S("zoe@learner.test")), SIZE_MAX);
    end(b);
}

static void test_refused_row_holds_up_nobody(void **state) {
    bench *b = start(state);
    cn_upload u =
        confirmed(b, CN_S(TABLE "1,Zoé Roy,zoe@,fr,85 %,2027-01-15\n2,,ann@learner.test,fr,1,2027-01-15\n"
                                "3,Ann Lee,ann@learner.test,en,1,2027-01-15\n4,Sam,s@learner.test,en,,\n"
                                ",Key Less,k@learner.test,en,1,2027-01-15\n"));
    assert_int_equal(work(b), 1);
    good(b, cn_app_upload_get(b->a, &b->app, b->organisation, u.id, &u, &b->err));
    assert_int_equal(u.state, CN_UPLOAD_DONE);
    assert_int_equal(u.rows[CN_ROW_REFUSED], 4);
    assert_int_equal(u.rows[CN_ROW_AWARDED], 1);
    assert_int_equal(awards(b).n, 1);
    assert_int_equal(place_sql(b->p, "SELECT count(*) FROM claim"), 1);
    end(b);
}

static void test_awarded_before(void **state) {
    bench *b = start(state);
    cn_slice file = CN_S(TABLE "1,Zoé Roy,zoe@learner.test,fr,85 %,2027-01-15\n");
    (void)confirmed(b, file);
    (void)work(b);
    cn_upload u = confirmed(b, file);
    int64_t places = place_sql(b->p, "SELECT count(*) FROM status_place");
    assert_int_equal(work(b), 1);
    good(b, cn_app_upload_get(b->a, &b->app, b->organisation, u.id, &u, &b->err));
    assert_int_equal(u.rows[CN_ROW_BEFORE], 1);
    assert_int_equal(awards(b).n, 1);
    assert_int_equal(place_sql(b->p, "SELECT count(*) FROM status_place"), places);
    assert_int_equal(place_sql(b->p, "SELECT count(*) FROM mail"), 1);
    end(b);
}

static void test_without_a_master_key(void **state) {
    bench *b = start(state);
    cn_upload u = confirmed(b, CN_S(TABLE "1,Zoé Roy,zoe@learner.test,fr,85 %,2027-01-15\n"));
    bool more = false;
    b->app.master = NULL;
    assert_false(cn_app_uploads_work(b->a, &b->app, NOW, &more, &b->err));
    check_err(b->err, CN_UNAVAILABLE, "keys.master");
    good(b, cn_app_upload_get(b->a, &b->app, b->organisation, u.id, &u, &b->err));
    assert_int_equal(u.rows[CN_ROW_WAITING], 1);
    b->app.master = &b->master;
    assert_int_equal(work(b), 1);
    assert_int_equal(awards(b).n, 1);
    end(b);
}

/* Two chunks: a hundred rows at a time. */
static void test_chunks(void **state) {
    bench *b = start(state);
    cn_buf file = cn_buf_on(b->a, 0);
    cn_buf_add(&file, CN_S(TABLE));
    for (int i = 0; i < 101; i++) cn_buf_print(&file, "%d,Person %d,p%d@learner.test,en,1,2027-01-15\n", i, i, i);
    (void)confirmed(b, cn_buf_slice(&file));
    assert_int_equal(work(b), 2);
    assert_int_equal(awards(b).n, 101);
    assert_int_equal(place_sql(b->p, "SELECT count(DISTINCT check_code) FROM award"), 101);
    end(b);
}

static void test_memory(void **state) {
    bench *b = start(state);
    (void)confirmed(b, CN_S(TABLE "1,Zoé Roy,zoe@learner.test,fr,85 %,2027-01-15\n"));
    /* Each allocation takes too long: steps grow. */
    for (size_t n = 1;; n += 1 + n / 16) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        bool more;
        cn_arena_fail_after(a, n);
        if (!cn_app_uploads_work(a, &b->app, NOW, &more, &b->err)) check_err(b->err, CN_LIMIT, "memory.limit");
        else if (place_sql(b->p, "SELECT count(*) FROM award")) break;
        assert_int_equal(place_sql(b->p, "SELECT count(*) FROM upload WHERE problem NOT IN ('', 'memory.limit')"),
                         0);
        (void)place_sql(b->p, "UPDATE upload SET retry_at = 0");
        assert_int_equal(place_sql(b->p, "SELECT count(*) FROM award"), 0);
        assert_true(n < 100000);
    }
    assert_int_equal(place_sql(b->p, "SELECT count(*) FROM award"), 1);
    end(b);
}

/* Its database refuses this upload's awards, and no others. */
static void refuse(bench *b, const cn_upload *u) {
    char sql[300];
    (void)snprintf(sql, sizeof sql,
                   "CREATE TRIGGER refusal BEFORE INSERT ON award WHEN new.upload = %lld "
                   "BEGIN SELECT raise(ABORT, 'refused'); END",
                   (long long)u->number);
    (void)place_sql(b->p, sql);
}

static void test_one_that_fails_does_not_hold_up_the_others(void **state) {
    bench *b = start(state);
    cn_upload stuck = confirmed(b, CN_S(TABLE "1,Zoé Roy,zoe@learner.test,fr,85 %,2027-01-15\n"));
    cn_upload other = confirmed(b, CN_S(TABLE "2,Sam Lee,sam@learner.test,fr,85 %,2027-01-15\n"));
    bool more;
    refuse(b, &stuck);
    good(b, cn_app_uploads_stuck(b->a, &b->app, &b->err));
    (void)work(b);
    assert_int_equal(awards(b).n, 1);
    good(b, cn_app_upload_get(b->a, &b->app, b->organisation, other.id, &other, &b->err));
    assert_int_equal(other.state, CN_UPLOAD_DONE);
    good(b, cn_app_upload_get(b->a, &b->app, b->organisation, stuck.id, &stuck, &b->err));
    assert_int_equal(stuck.state, CN_UPLOAD_CONFIRMED);
    assert_int_equal(stuck.failures, 1);
    check_text(stuck.problem, "store.sql");
    assert_int_equal(stuck.retry_at.sec, NOW.sec + 60);
    assert_false(cn_app_uploads_stuck(b->a, &b->app, &b->err));
    check_err(b->err, CN_CONFLICT, "upload.stuck");
    /* Not before its time, and then the wait is longer. */
    assert_int_equal(work(b), 0);
    const cn_time later = {NOW.sec + 60, 0};
    good(b, cn_app_uploads_work(b->a, &b->app, later, &more, &b->err));
    good(b, cn_app_upload_get(b->a, &b->app, b->organisation, stuck.id, &stuck, &b->err));
    assert_int_equal(stuck.failures, 2);
    assert_int_equal(stuck.retry_at.sec, later.sec + 120);
    /* What was promised is kept as soon as it can be. */
    (void)place_sql(b->p, "DROP TRIGGER refusal");
    good(b, cn_app_uploads_work(b->a, &b->app, stuck.retry_at, &more, &b->err));
    good(b, cn_app_upload_get(b->a, &b->app, b->organisation, stuck.id, &stuck, &b->err));
    assert_int_equal(stuck.state, CN_UPLOAD_DONE);
    assert_int_equal(stuck.failures, 0);
    good(b, cn_app_uploads_stuck(b->a, &b->app, &b->err));
    assert_int_equal(awards(b).n, 2);
    end(b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_one, place_make, place_remove),
        cmocka_unit_test_setup_teardown(test_what_is_signed_verifies, place_make, place_remove),
        cmocka_unit_test_setup_teardown(test_refused_row_holds_up_nobody, place_make, place_remove),
        cmocka_unit_test_setup_teardown(test_awarded_before, place_make, place_remove),
        cmocka_unit_test_setup_teardown(test_without_a_master_key, place_make, place_remove),
        cmocka_unit_test_setup_teardown(test_chunks, place_make, place_remove),
        cmocka_unit_test_setup_teardown(test_memory, place_make, place_remove),
        cmocka_unit_test_setup_teardown(test_one_that_fails_does_not_hold_up_the_others, place_make, place_remove),
    };
    return cmocka_run_group_tests_name("app uploads_work", tests, NULL, NULL);
}
