/* SPDX-License-Identifier: Apache-2.0
 *
 * Ends that come near: who is written to on which day, by a clock that is given, and that nobody is told twice.
 */
#include "../store/place.h"
#include "randoms.h"
#include "app/approval.h"
#include "app/lapses.h"
#include "app/letters.h"

enum { DAY = 86400 };
static const cn_time NOW = {1780000000, 0};

typedef struct bench {
    const place *at;
    cn_arena *a;
    cn_crypto *crypto;
    uint8_t next;
    cn_random random;
    cn_app app;
    cn_organisation own, body;
    cn_err err;
} bench;

static void good(const bench *b, bool done) {
    if (!done) fail_msg("%s: %s", b->err.id, b->err.detail);
}

static cn_time day(int64_t n) {
    return (cn_time){NOW.sec + n * DAY, 0};
}

static void begin(bench *b, const char *en, const char *fr, cn_organisation *out) {
    cn_organisation o = {.name = {cn_slice_of(en), cn_slice_of(fr)}};
    good(b, cn_app_organisation_new(b->a, &b->app, NOW, &o, 0, out, &b->err));
}

static void join(bench *b, const char *email, const char *language, unsigned roles) {
    cn_person p;
    good(b, cn_app_person_of_address(b->a, &b->app, NOW, cn_slice_of(email), CN_S("Ana Roy"),
                                     cn_slice_of(language), &p, &b->err));
    good(b, cn_app_member_set(b->a, &b->app, NOW, 0, b->own.number, &p, roles, &b->err));
}

static cn_slice grant(bench *b, int64_t until) {
    cn_stored_scope s = {.organisation = {.number = b->own.number},
                         .body = {.number = b->body.number},
                         .purpose = CN_S("provide"),
                         .valid_until = until ? day(until) : (cn_time){0}};
    cn_slice id;
    good(b, cn_app_scope_grant(b->a, &b->app, NOW, 0, &s, &id, &b->err));
    return id;
}

/* A college with an administrator who reads French, a designer, and a body that has registered it. */
static void start(bench *b, const place *at) {
    *b = (bench){.at = at, .a = cn_arena_new(0)};
    good(b, cn_crypto_new(&b->crypto, &b->err));
    b->random = (cn_random){&b->next, count_up};
    b->app = (cn_app){.store = place_open(at),
                      .crypto = b->crypto,
                      .random = &b->random,
                      .origin = CN_S("https://cairn.example")};
    begin(b, "North College", "Coll\xc3\xa8ge du Nord", &b->own);
    begin(b, "Quality Council", "Conseil", &b->body);
    join(b, "admin@college.example", "fr", CN_ROLE_ADMINISTRATOR);
    join(b, "designer@college.example", "en", CN_ROLE_DESIGNER);
    good(b, cn_app_quality_body_set(&b->app, NOW, &b->body, true, &b->err));
}

static void end(bench *b) {
    cn_store_close(b->app.store);
    cn_crypto_free(b->crypto);
    cn_arena_free(b->a);
}

static void act(bench *b, cn_flow_action action, cn_slice id, int64_t until) {
    const cn_organisation *who = cn_flow_rule_of(action)->body ? &b->body : &b->own;
    cn_flow_act what = {
        .action = action, .organisation = who->number, .id = id, .reason = CN_S("r"), .until = day(until)};
    good(b, cn_app_flow_act(b->a, &b->app, NOW, &what, &b->err));
}

static void approve(bench *b, cn_slice id, int64_t until) {
    act(b, CN_FLOW_SUBMIT, id, 0);
    act(b, CN_FLOW_APPROVE, id, until);
}

static cn_slice publish(bench *b, const char *en, const char *fr, int64_t until) {
    cn_achievement_text e = {.name = cn_slice_of(en), .description = CN_S("d"), .criteria = CN_S("c")}, f = e;
    cn_slice id;
    int version;
    f.name = cn_slice_of(fr);
    cn_draft draft = {.en = e, .fr = f};
    good(b, cn_app_achievement_new(b->a, &b->app, NOW, b->own.number, 0, &draft, &id, &b->err));
    approve(b, id, until);
    good(b,
         cn_app_achievement_publish(b->a, &b->app, NOW, b->own.number, 0, id, (cn_slice){0}, &version, &b->err));
    place_sql(b->at, "DELETE FROM mail"); /* of the approval itself */
    return id;
}

/* How many letters there are once the work was done on a day, twice. */
static int64_t letters_on(bench *b, int64_t n) {
    bool more = true;
    for (int i = 0; i < 2; i++) {
        good(b, cn_app_lapses_work(b->a, &b->app, day(n), &more, &b->err));
        assert_false(more);
    }
    return place_sql(b->at, "SELECT count(*) FROM mail");
}

static cn_letter last(bench *b, cn_letter_kind kind) {
    cn_stored_mails mails;
    cn_letter l;
    good(b, cn_store_mails_newest(b->a, b->app.store, 1, &mails, &b->err));
    assert_int_equal(mails.n, 1);
    good(b, cn_app_letter_read(b->a, &b->app, &mails.v[0], &l, &b->err));
    assert_int_equal(l.kind, kind);
    return l;
}

static void an_approval_is_told_of_four_times(void **state) {
    bench b;
    start(&b, *state);
    grant(&b, 0);
    publish(&b, "Bookkeeping", "Tenue de livres", 200);
    assert_int_equal(letters_on(&b, 109), 0);
    assert_int_equal(letters_on(&b, 110), 1);
    cn_letter l = last(&b, CN_LETTER_APPROVAL_ENDS);
    check_text(l.recipient, "admin@college.example"); /* and not the designer */
    check_text(l.language, "fr");
    check_text(l.achievement.fr, "Tenue de livres");
    check_text(l.organisation.fr, "Coll\xc3\xa8ge du Nord");
    assert_true(cn_slice_ends(l.link, CN_S("/reviews")));
    assert_int_equal(l.until.sec, day(200).sec);
    assert_int_equal(l.more, 0);
    assert_int_equal(letters_on(&b, 169), 1);
    assert_int_equal(letters_on(&b, 170), 2);
    assert_int_equal(letters_on(&b, 192), 2);
    assert_int_equal(letters_on(&b, 193), 3);
    last(&b, CN_LETTER_APPROVAL_ENDS);
    assert_int_equal(letters_on(&b, 199), 3);
    assert_int_equal(letters_on(&b, 200), 4);
    last(&b, CN_LETTER_APPROVAL_ENDED);
    assert_int_equal(letters_on(&b, 4000), 4);
    assert_int_equal(place_sql(b.at, "SELECT count(*) FROM audit WHERE action LIKE '%laps%'"), 0);
    end(&b);
}

/* A server that was off for months tells of the threshold that is reached, not of those in between. */
static void what_was_missed_is_told_of_once(void **state) {
    bench b;
    start(&b, *state);
    grant(&b, 0);
    publish(&b, "Bookkeeping", "Tenue de livres", 200);
    assert_int_equal(letters_on(&b, 196), 1);
    assert_int_equal(letters_on(&b, 229), 2);
    end(&b);
}

/* The first run after an upgrade finds what ended long ago, and nobody was told of it. */
static void what_ended_long_ago_is_not_told_of(void **state) {
    bench b;
    start(&b, *state);
    grant(&b, 200);
    publish(&b, "Bookkeeping", "Tenue de livres", 200);
    assert_int_equal(letters_on(&b, 230), 0);
    assert_int_equal(letters_on(&b, 229), 2);
    end(&b);
}

static void a_short_approval_is_told_of_from_the_next_threshold_on(void **state) {
    bench b;
    start(&b, *state);
    grant(&b, 0);
    publish(&b, "Bookkeeping", "Tenue de livres", 20);
    assert_int_equal(letters_on(&b, 1), 0);
    assert_int_equal(letters_on(&b, 12), 0);
    assert_int_equal(letters_on(&b, 13), 1);
    end(&b);
}

static void those_of_one_day_are_told_of_together(void **state) {
    bench b;
    start(&b, *state);
    grant(&b, 0);
    publish(&b, "Bookkeeping", "Tenue de livres", 201);
    publish(&b, "Java", "Java", 200);
    publish(&b, "Welding", "Soudage", 202);
    assert_int_equal(letters_on(&b, 115), 1);
    cn_letter l = last(&b, CN_LETTER_APPROVAL_ENDS);
    check_text(l.achievement.en, "Java"); /* which ends first */
    assert_int_equal(l.more, 2);
    /* One has ended, and the others are near: two letters. */
    assert_int_equal(letters_on(&b, 200), 3);
    end(&b);
}

static void what_is_reviewed_again_withdrawn_or_retired_is_not_told_of(void **state) {
    bench b;
    start(&b, *state);
    grant(&b, 0);
    cn_slice again = publish(&b, "Bookkeeping", "Tenue de livres", 200),
             withdrawn = publish(&b, "Java", "Java", 200), retired = publish(&b, "Welding", "Soudage", 200);
    approve(&b, again, 1000);
    act(&b, CN_FLOW_WITHDRAW, withdrawn, 0);
    act(&b, CN_FLOW_RETIRE, retired, 0);
    place_sql(b.at, "DELETE FROM mail");
    assert_int_equal(letters_on(&b, 195), 0);
    assert_int_equal(letters_on(&b, 200), 0);
    assert_int_equal(letters_on(&b, 995), 1);
    end(&b);
}

static void a_scope_is_told_of_as_well(void **state) {
    bench b;
    start(&b, *state);
    cn_slice first = grant(&b, 200);
    assert_int_equal(letters_on(&b, 110), 1);
    cn_letter l = last(&b, CN_LETTER_SCOPE_ENDS);
    check_text(l.organisation.en, "North College");
    assert_int_equal(letters_on(&b, 199), 2);
    last(&b, CN_LETTER_SCOPE_ENDS);
    assert_int_equal(letters_on(&b, 200), 3);
    last(&b, CN_LETTER_SCOPE_ENDED);
    /* Given anew, for longer, the end of the first matters no more; nor of what was withdrawn. */
    cn_slice second = grant(&b, 400);
    assert_int_equal(place_sql(b.at, "UPDATE scope SET reminded = NULL"), 0);
    assert_int_equal(letters_on(&b, 250), 3);
    assert_int_equal(letters_on(&b, 395), 4);
    good(&b, cn_app_scope_withdraw(&b.app, day(396), 0, b.body.number, second, CN_S("r"), &b.err));
    good(&b, cn_app_scope_withdraw(&b.app, day(396), 0, b.body.number, first, CN_S("r"), &b.err));
    assert_int_equal(letters_on(&b, 401), 4);
    end(&b);
}

static size_t due_on(bench *b, int64_t n) {
    cn_review_due *reviews;
    cn_scopes scopes;
    size_t found;
    good(b, cn_app_reviews_due(b->a, &b->app, day(n), b->own.number, 30, &reviews, &found, &b->err));
    good(b, cn_app_scopes_due(b->a, &b->app, day(n), b->own.number, 30, &scopes, &b->err));
    return found + scopes.n;
}

/* The longer one holds, also where it was given first. */
static void of_two_that_hold_the_longer_is_told_of(void **state) {
    bench b;
    start(&b, *state);
    grant(&b, 0);
    cn_slice id = publish(&b, "Bookkeeping", "Tenue de livres", 200);
    approve(&b, id, 100);
    place_sql(b.at, "DELETE FROM mail");
    assert_int_equal(letters_on(&b, 95), 0);
    assert_int_equal(due_on(&b, 95), 0);
    assert_int_equal(letters_on(&b, 195), 1);
    assert_int_equal(due_on(&b, 195), 1);
    end(&b);
}

/* What begins only after the end leaves a time in which nothing can be awarded; once it has begun, that is over.
 */
static void a_gap_is_told_of(void **state) {
    bench b;
    start(&b, *state);
    grant(&b, 0);
    cn_slice id = publish(&b, "Bookkeeping", "Tenue de livres", 200), scope;
    cn_flow_act next = {
        .action = CN_FLOW_APPROVE, .organisation = b.body.number, .id = id, .from = day(220), .until = day(600)};
    cn_stored_scope s = {.organisation = {.number = b.own.number},
                         .body = {.number = b.body.number},
                         .purpose = CN_S("endorse"),
                         .valid_until = day(200)};
    act(&b, CN_FLOW_SUBMIT, id, 0);
    good(&b, cn_app_flow_act(b.a, &b.app, NOW, &next, &b.err));
    good(&b, cn_app_scope_grant(b.a, &b.app, NOW, 0, &s, &scope, &b.err));
    s.valid_from = day(220);
    s.valid_until = day(600);
    good(&b, cn_app_scope_grant(b.a, &b.app, NOW, 0, &s, &scope, &b.err));
    place_sql(b.at, "DELETE FROM mail");
    assert_int_equal(due_on(&b, 195), 2);
    assert_int_equal(due_on(&b, 219), 2);
    assert_int_equal(due_on(&b, 220), 0);
    assert_int_equal(letters_on(&b, 220), 0);
    assert_int_equal(letters_on(&b, 195), 2);
    end(&b);
}

static void who_has_no_address_gets_no_letter(void **state) {
    bench b;
    start(&b, *state);
    grant(&b, 0);
    publish(&b, "Bookkeeping", "Tenue de livres", 200);
    place_sql(b.at, "DELETE FROM address");
    assert_int_equal(letters_on(&b, 110), 0);
    assert_int_equal(place_sql(b.at, "SELECT reminded FROM approval"), 90);
    end(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        place_test(an_approval_is_told_of_four_times),
        place_test(what_was_missed_is_told_of_once),
        place_test(what_ended_long_ago_is_not_told_of),
        place_test(a_short_approval_is_told_of_from_the_next_threshold_on),
        place_test(those_of_one_day_are_told_of_together),
        place_test(what_is_reviewed_again_withdrawn_or_retired_is_not_told_of),
        place_test(a_scope_is_told_of_as_well),
        place_test(of_two_that_hold_the_longer_is_told_of),
        place_test(a_gap_is_told_of),
        place_test(who_has_no_address_gets_no_letter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
