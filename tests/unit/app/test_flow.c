/* SPDX-License-Identifier: Apache-2.0
 *
 * The way of an achievement to what may be awarded: which step may follow which, what a walk leaves behind, and
 * whether a version may be awarded on a day.
 */
#include "../store/place.h"
#include "randoms.h"
#include "app/approval.h"
#include "app/move.h"
#include "store/chain.h"

enum { DAY = 86400 };
static const cn_time NOW = {1780000000, 0};

typedef struct bench {
    cn_arena *a;
    cn_crypto *crypto;
    uint8_t next;
    cn_random random;
    cn_app app;
    int64_t own, body;
    cn_slice id;
    cn_time now;
    cn_err err;
} bench;

static int64_t organisation(bench *b, cn_slice id) {
    int64_t number;
    cn_stored_organisation o = {.id = id, .name_en = id, .name_fr = id};
    if (!cn_store_organisation_put(b->a, b->app.store, &o, NOW, &number, &b->err)) fail_msg("%s", b->err.detail);
    return number;
}

static cn_draft draft_of(cn_slice name) {
    cn_achievement_text t = {.name = name, .description = CN_S("d"), .criteria = CN_S("c")};
    return (cn_draft){.en = t, .fr = t};
}

static const cn_app *app_of(bench *b) {
    b->random = (cn_random){&b->next, count_up};
    b->app.random = &b->random;
    return &b->app;
}

static void good(const bench *b, bool done) {
    if (!done) fail_msg("%s: %s", b->err.id, b->err.detail);
}

/* An organisation and a quality body; with one achievement. */
static bench start(const place *p) {
    bench b = {.a = cn_arena_new(0), .now = NOW};
    cn_draft draft = draft_of(CN_S("Java"));
    if (!cn_crypto_new(&b.crypto, &b.err)) fail_msg("%s", b.err.detail);
    b.app = (cn_app){.store = place_open(p), .crypto = b.crypto, .origin = CN_S("https://cairn.example")};
    b.own = organisation(&b, CN_S("own"));
    b.body = organisation(&b, CN_S("body"));
    good(&b, cn_app_achievement_new(b.a, app_of(&b), NOW, b.own, 0, &draft, &b.id, &b.err));
    return b;
}

static void end(bench *b) {
    cn_store_close(b->app.store);
    cn_crypto_free(b->crypto);
    cn_arena_free(b->a);
}

static void register_provider(bench *b) {
    cn_organisation body;
    cn_stored_scope scope = {
        .organisation = {.number = b->own}, .body = {.number = b->body}, .purpose = CN_S("provide")};
    cn_slice id;
    good(b, cn_app_organisation_get(b->a, app_of(b), b->body, &body, &b->err));
    good(b, cn_app_quality_body_set(app_of(b), b->now, &body, true, &b->err));
    good(b, cn_app_scope_grant(b->a, app_of(b), b->now, 0, &scope, &id, &b->err));
}

static bool act_with(bench *b, cn_flow_action action, const char *reason, int64_t from, int64_t until) {
    cn_flow_act act = {.action = action,
                       .organisation = cn_flow_rule_of(action)->body ? b->body : b->own,
                       .id = b->id,
                       .reason = cn_slice_of(reason),
                       .from = {from, 0},
                       .until = {until, 0}};
    return cn_app_flow_act(b->a, app_of(b), b->now, &act, &b->err);
}

static bool act(bench *b, cn_flow_action action, const char *reason) {
    return act_with(b, action, reason, 0, 0);
}

static void change(bench *b, cn_slice name) {
    cn_draft draft = draft_of(name);
    cn_achievement_change to = {.organisation = b->own, .id = b->id, .draft = &draft};
    good(b, cn_app_achievement_save(b->a, app_of(b), b->now, &to, &b->err));
}

static bool publish(bench *b) {
    int version;
    return cn_app_achievement_publish(b->a, app_of(b), b->now, b->own, 0, b->id, (cn_slice){0}, &version, &b->err);
}

static cn_flow flow_of(bench *b) {
    cn_achievement is;
    cn_flow flow;
    good(b, cn_app_achievement_get(b->a, app_of(b), b->own, b->id, &is, &b->err));
    good(b, cn_app_flow(b->a, app_of(b), b->now, &is, &flow, &b->err));
    return flow;
}

/* "yes", or why the version may not be awarded. */
static cn_slice award_word(bench *b, int number) {
    cn_version version;
    cn_may_award may;
    good(b, cn_app_version_of(b->a, app_of(b), b->id, number, &version, &b->err));
    good(b, cn_app_may_award(b->a, app_of(b), b->now, &version, &may, &b->err));
    bool checked = cn_app_check_award(b->a, app_of(b), b->now, &version, &b->err);
    assert_int_equal(checked, may.yes);
    if (!may.yes) assert_int_equal(b->err.code, CN_CONFLICT);
    return may.yes ? CN_S("yes") : may.word;
}

/* Every pair of a state and an action: what is not named here is refused. The letters are the states' own, in
 * their order: draft, submitted, in review, approved, returned, published, superseded, retired, withdrawn. */
static void test_table(void **state) {
    (void)state;
    static const char letters[] = "dsiarpuxw";
    static const struct {
        const char *as_is, *changed;
    } allowed[CN_FLOW_ACTIONS] = {
        [CN_FLOW_SUBMIT] = {"drpxw", "dsiarpxw"},
        [CN_FLOW_RECALL] = {"si", "si"},
        [CN_FLOW_TAKE] = {"s", "s"},
        [CN_FLOW_APPROVE] = {"si", ""},
        [CN_FLOW_RETURN] = {"si", "si"},
        [CN_FLOW_PUBLISH] = {"a", ""},
        [CN_FLOW_WITHDRAW] = {"dsiarpxw", "dsiarpxw"},
        [CN_FLOW_RETIRE] = {"darpw", "darpw"},
    };
    for (cn_flow_action a = 0; a < CN_FLOW_ACTIONS; a++)
        for (cn_flow_state s = 0; s < CN_FLOW_STATES; s++) {
            bool as_is = strchr(allowed[a].as_is, letters[s]), changed = strchr(allowed[a].changed, letters[s]);
            if (cn_flow_allows(a, s, false) != as_is || cn_flow_allows(a, s, true) != changed)
                fail_msg("%.*s after %.*s", CN_ARG(cn_flow_rule_of(a)->word), CN_ARG(cn_flow_state_word(s)));
        }
    for (cn_flow_action a = 0; a < CN_FLOW_ACTIONS; a++) {
        const cn_flow_rule *rule = cn_flow_rule_of(a);
        unsigned role = a == CN_FLOW_PUBLISH || a == CN_FLOW_RETIRE ? CN_ROLE_ADMINISTRATOR
                        : rule->body                                ? CN_ROLE_REVIEWER
                                                                    : CN_ROLE_DESIGNER;
        assert_int_equal(rule->role, role);
        assert_int_equal(rule->reason, a == CN_FLOW_RETURN || a == CN_FLOW_WITHDRAW || a == CN_FLOW_RETIRE);
    }
}

static void count_wake(void *self) {
    ++*(int *)self;
}

static void test_own(void **state) {
    bench b = start(*state);
    int woken = 0;
    b.app.wake = count_wake;
    b.app.wake_self = &woken;
    good(&b, publish(&b));
    assert_int_equal(woken, 1); /* files may wait for it */
    check_text(award_word(&b, 1), "yes");
    cn_flow flow = flow_of(&b);
    assert_true(flow.own && flow.state == CN_FLOW_PUBLISHED && !flow.changed);
    assert_int_equal(flow.n, 4); /* draft, submitted, approved, published */
    assert_int_equal(flow.v[3].version, 1);
    assert_int_equal(place_sql(*state, "SELECT count(*) FROM audit WHERE action IN ('achievement.submitted', "
                                       "'review.approved', 'achievement.published')"),
                     3);
    change(&b, CN_S("Java 2"));
    assert_true(flow_of(&b).changed);
    check_text(award_word(&b, 1), "yes");
    good(&b, publish(&b));
    check_text(award_word(&b, 1), "yes"); /* a file that was begun with it goes on */
    check_text(award_word(&b, 2), "yes");
    end(&b);
}

static void test_body(void **state) {
    bench b = start(*state);
    register_provider(&b);
    assert_false(publish(&b));
    check_err(b.err, CN_CONFLICT, "flow.unapproved");
    assert_int_equal(place_sql(*state, "SELECT count(*) FROM review"), 0);
    assert_false(act(&b, CN_FLOW_TAKE, ""));
    check_err(b.err, CN_CONFLICT, "flow.state");
    good(&b, act(&b, CN_FLOW_SUBMIT, "Please."));
    b.now.sec += 3 * DAY;
    good(&b, act(&b, CN_FLOW_TAKE, ""));
    assert_false(act(&b, CN_FLOW_RETURN, " \n"));
    check_err(b.err, CN_INVALID, "flow.reason");
    b.now.sec += 2 * DAY + 5;
    good(&b, act(&b, CN_FLOW_RETURN, "Say who assesses."));
    cn_flow flow = flow_of(&b);
    assert_int_equal(flow.v[1].days, 3);
    assert_int_equal(flow.v[2].days, 2);
    check_text(flow.v[3].reason, "Say who assesses.");
    good(&b, act(&b, CN_FLOW_SUBMIT, "")); /* the same again: they may have misunderstood */
    change(&b, CN_S("Java 2"));
    assert_false(act_with(&b, CN_FLOW_APPROVE, "", 0, b.now.sec + DAY));
    check_err(b.err, CN_CONFLICT, "flow.changed");
    good(&b, act(&b, CN_FLOW_SUBMIT, ""));
    assert_false(act(&b, CN_FLOW_APPROVE, "")); /* a body's approval ends some day … */
    check_err(b.err, CN_INVALID, "flow.dates");
    assert_false(act_with(&b, CN_FLOW_APPROVE, "", b.now.sec + 2 * DAY, b.now.sec + DAY)); /* … after it began */
    check_err(b.err, CN_INVALID, "flow.dates");
    good(&b, act_with(&b, CN_FLOW_APPROVE, "", 0, b.now.sec + 10 * DAY));
    change(&b, CN_S("Java 3"));
    assert_false(publish(&b));
    check_err(b.err, CN_CONFLICT, "flow.unapproved");
    change(&b, CN_S("Java 2")); /* it is the very draft again */
    good(&b, publish(&b));
    check_text(award_word(&b, 1), "yes");
    end(&b);
}

static void test_dates(void **state) {
    bench b = start(*state);
    cn_review_due *due;
    size_t n;
    register_provider(&b);
    good(&b, act(&b, CN_FLOW_SUBMIT, ""));
    good(&b, act_with(&b, CN_FLOW_APPROVE, "", b.now.sec + DAY, b.now.sec + 10 * DAY));
    good(&b, publish(&b));
    check_text(award_word(&b, 1), "early");
    b.now.sec += DAY;
    check_text(award_word(&b, 1), "yes");
    good(&b, cn_app_reviews_due(b.a, app_of(&b), b.now, b.body, 5, &due, &n, &b.err));
    assert_int_equal(n, 0);
    b.now.sec += 9 * DAY - 1;
    check_text(award_word(&b, 1), "yes");
    b.now.sec++;
    check_text(award_word(&b, 1), "lapsed");
    good(&b, cn_app_reviews_due(b.a, app_of(&b), b.now, b.body, 5, &due, &n, &b.err));
    assert_true(n == 1 && due[0].lapsed && !due[0].own);
    good(&b, act(&b, CN_FLOW_SUBMIT, "")); /* as it stands */
    good(&b, act_with(&b, CN_FLOW_APPROVE, "", 0, b.now.sec + 10 * DAY));
    check_text(award_word(&b, 1), "yes");
    assert_int_equal(flow_of(&b).state, CN_FLOW_PUBLISHED);
    assert_int_equal(place_sql(*state, "SELECT count(*) FROM version"), 1);
    good(&b, act(&b, CN_FLOW_WITHDRAW, "Never taught."));
    check_text(award_word(&b, 1), "withdrawn");
    assert_false(act(&b, CN_FLOW_WITHDRAW, "Again."));
    good(&b, act(&b, CN_FLOW_RETIRE, "It ends."));
    check_text(award_word(&b, 1), "retired");
    good(&b, cn_app_reviews_due(b.a, app_of(&b), b.now, b.body, 5, &due, &n, &b.err));
    assert_int_equal(n, 0);
    end(&b);
}

static void test_others(void **state) {
    bench b = start(*state);
    cn_achievement is;
    cn_flow flow;
    int64_t other = organisation(&b, CN_S("other"));
    register_provider(&b);
    good(&b, act(&b, CN_FLOW_SUBMIT, ""));
    const int64_t wrong[] = {b.own, other};
    for (size_t i = 0; i < 2; i++) {
        cn_flow_act act = {.action = CN_FLOW_TAKE, .organisation = wrong[i], .id = b.id};
        assert_false(cn_app_flow_act(b.a, app_of(&b), b.now, &act, &b.err));
        check_err(b.err, CN_NOT_FOUND, "store.none");
    }
    good(&b, cn_app_review_get(b.a, app_of(&b), b.now, b.body, b.id, &is, &flow, &b.err));
    assert_false(cn_app_review_get(b.a, app_of(&b), b.now, other, b.id, &is, &flow, &b.err));
    check_err(b.err, CN_NOT_FOUND, "store.none");
    assert_false(cn_app_flow_comment(b.a, app_of(&b), b.now, other, 0, b.id, CN_S("?"), &b.err));
    good(&b, cn_app_flow_comment(b.a, app_of(&b), b.now, b.body, 0, b.id, CN_S(" Who assesses? "), &b.err));
    cn_flow_comment *comments;
    size_t n;
    good(&b, cn_app_flow_comments(b.a, app_of(&b), &is, b.body, &comments, &n, &b.err));
    assert_int_equal(n, 1);
    check_text(comments[0].text, "Who assesses?");
    check_text(comments[0].organisation.en, "body");
    end(&b);
}

/* ---- What was approved is withdrawn ---- */

static void submit_and_approve(bench *b, int days) {
    good(b, act(b, CN_FLOW_SUBMIT, ""));
    good(b, act_with(b, CN_FLOW_APPROVE, "", 0, b->now.sec + (int64_t)days * DAY));
}

/* A newer approval of the same version is withdrawn, and the older one with it. */
static void test_withdrawn_with_the_older(void **state) {
    bench b = start(*state);
    register_provider(&b);
    submit_and_approve(&b, 400);
    good(&b, publish(&b));
    b.now.sec += DAY;
    submit_and_approve(&b, 800);
    good(&b, act(&b, CN_FLOW_WITHDRAW, "Never taught."));
    check_text(award_word(&b, 1), "withdrawn");
    assert_int_equal(flow_of(&b).state, CN_FLOW_WITHDRAWN);
    end(&b);
}

/* The approval of a draft is not all there is to withdraw, nor the only thing. */
static void test_withdrawn_with_the_draft(void **state) {
    bench b = start(*state);
    register_provider(&b);
    submit_and_approve(&b, 400);
    good(&b, publish(&b));
    change(&b, CN_S("Java 2"));
    submit_and_approve(&b, 400);
    good(&b, act(&b, CN_FLOW_WITHDRAW, "Never taught."));
    check_text(award_word(&b, 1), "withdrawn");
    assert_false(publish(&b));
    assert_false(act(&b, CN_FLOW_WITHDRAW, "Again."));
    check_err(b.err, CN_CONFLICT, "flow.state");
    assert_int_equal(place_sql(*state, "SELECT version FROM review WHERE state = 8"), 1);
    end(&b);
}

/* The next version waits for its review: what is said of the one before changes nothing of that. */
static void test_withdrawn_while_the_next_waits(void **state) {
    bench b = start(*state);
    cn_review_waiting *waiting;
    size_t n;
    register_provider(&b);
    submit_and_approve(&b, 400);
    good(&b, publish(&b));
    change(&b, CN_S("Java 2"));
    good(&b, act(&b, CN_FLOW_SUBMIT, ""));
    good(&b, act(&b, CN_FLOW_TAKE, ""));
    b.now.sec += DAY;
    good(&b, act(&b, CN_FLOW_WITHDRAW, "Never taught."));
    check_text(award_word(&b, 1), "withdrawn");
    cn_flow flow = flow_of(&b);
    assert_int_equal(flow.state, CN_FLOW_IN_REVIEW);
    assert_true(!flow.changed && flow.v[flow.n - 2].last && !flow.v[flow.n - 1].last);
    assert_int_equal(flow.v[flow.n - 2].days, 1);
    good(&b, cn_app_review_queue(b.a, app_of(&b), b.now, b.body, &waiting, &n, &b.err));
    assert_int_equal(n, 1);
    good(&b, act_with(&b, CN_FLOW_APPROVE, "", 0, b.now.sec + DAY));
    good(&b, publish(&b));
    check_text(award_word(&b, 2), "yes");
    check_text(award_word(&b, 1), "withdrawn");
    end(&b);
}

/* A withdrawal that changes nothing does not cut short what goes on. */
static void test_days_run_on(void **state) {
    bench b = start(*state);
    register_provider(&b);
    submit_and_approve(&b, 400);
    good(&b, publish(&b));
    change(&b, CN_S("Java 2"));
    good(&b, act(&b, CN_FLOW_SUBMIT, ""));
    b.now.sec += 2 * DAY;
    good(&b, act(&b, CN_FLOW_WITHDRAW, "Never taught."));
    b.now.sec += 3 * DAY;
    good(&b, act(&b, CN_FLOW_TAKE, ""));
    b.now.sec += 4 * DAY;
    cn_flow flow = flow_of(&b);
    assert_int_equal(flow.v[flow.n - 3].days, 5);
    assert_int_equal(flow.v[flow.n - 1].days, 4);
    end(&b);
}

/* ---- Two bodies ---- */

static void change_class(bench *b, const char *cip) {
    char design[80];
    cn_draft draft = draft_of(cn_slice_of(cip));
    (void)snprintf(design, sizeof design, "{\"classification\":{\"cip\":[\"%s\"]}}", cip);
    cn_slice text;
    assert_true(cn_arena_copy(b->a, cn_slice_of(design), &text));
    good(b, cn_json_read(b->a, text, NULL, &draft.design, &b->err));
    cn_achievement_change to = {.organisation = b->own, .id = b->id, .draft = &draft};
    good(b, cn_app_achievement_save(b->a, app_of(b), b->now, &to, &b->err));
}

static int64_t register_for(bench *b, cn_slice name, cn_slice fields) {
    cn_organisation body;
    cn_stored_scope scope = {.organisation = {.number = b->own}, .purpose = CN_S("provide"), .fields = fields};
    cn_slice id;
    good(b, cn_app_organisation_get(b->a, app_of(b), organisation(b, name), &body, &b->err));
    scope.body.number = body.number;
    good(b, cn_app_quality_body_set(app_of(b), b->now, &body, true, &b->err));
    good(b, cn_app_scope_grant(b->a, app_of(b), b->now, 0, &scope, &id, &b->err));
    return body.number;
}

/* A business body and a computing one; the first has approved version 1, which is published. */
static bench start_two(const place *p, int64_t *business, int64_t *computing) {
    bench b = start(p);
    *business = register_for(&b, CN_S("business"), CN_S("cip:52"));
    *computing = register_for(&b, CN_S("computing"), CN_S("cip:11"));
    change_class(&b, "52.0201");
    b.body = *business;
    submit_and_approve(&b, 400);
    good(&b, publish(&b));
    check_text(award_word(&b, 1), "yes");
    return b;
}

/* What the provider writes into its draft takes nothing from who approved the version. */
static void test_who_approved_withdraws(void **state) {
    int64_t business, computing;
    bench b = start_two(*state, &business, &computing);
    cn_achievement is;
    cn_flow flow;
    change_class(&b, "11.0201");
    b.body = computing;
    assert_false(act(&b, CN_FLOW_WITHDRAW, "It is ours now."));
    check_err(b.err, CN_NOT_FOUND, "store.none");
    good(&b, act(&b, CN_FLOW_SUBMIT, "For computing alone."));
    good(&b, act_with(&b, CN_FLOW_APPROVE, "Fine.", 0, b.now.sec + DAY));
    place_sql(*state, "INSERT INTO person VALUES (1, 'ana', 'Ana Roy', 'en', 1)");
    place_sql(*state, "UPDATE review SET person = 1");
    good(&b, cn_app_review_get(b.a, app_of(&b), b.now, business, b.id, &is, &flow, &b.err));
    assert_true(cn_flow_has_given(&flow, business, b.now));
    for (size_t i = 0; i < flow.n; i++) assert_int_equal(flow.v[i].reason.n, 0); /* it is between the others … */
    check_text(flow.v[flow.n - 3].person, "Ana Roy"); /* … who published for all … */
    for (size_t i = flow.n - 2; i < flow.n; i++) assert_int_equal(flow.v[i].person.n, 0); /* … and who did that */
    assert_non_null(memmem(flow.document.p, flow.document.n, "52.0201", 7));
    assert_null(memmem(flow.document.p, flow.document.n, "11.0201", 7));
    b.body = business;
    good(&b, act(&b, CN_FLOW_WITHDRAW, "Never taught."));
    check_text(award_word(&b, 1), "withdrawn");
    assert_int_equal(flow_of(&b).state, CN_FLOW_APPROVED); /* what the other approved stands */
    good(&b, publish(&b));
    check_text(award_word(&b, 2), "yes");
    b.body = computing;
    good(&b, act(&b, CN_FLOW_WITHDRAW, "Outdated."));
    check_text(award_word(&b, 2), "withdrawn");
    assert_int_equal(flow_of(&b).state, CN_FLOW_WITHDRAWN);
    end(&b);
}

/* What one body returned stays so, whatever becomes of what the other approved. */
static void test_withdrawn_beside_what_was_returned(void **state) {
    int64_t business, computing;
    bench b = start_two(*state, &business, &computing);
    change_class(&b, "11.0201");
    good(&b, act(&b, CN_FLOW_SUBMIT, ""));
    b.body = computing;
    good(&b, act(&b, CN_FLOW_RETURN, "Say who assesses."));
    b.body = business;
    good(&b, act(&b, CN_FLOW_WITHDRAW, "Never taught."));
    check_text(award_word(&b, 1), "withdrawn");
    assert_int_equal(flow_of(&b).state, CN_FLOW_RETURNED);
    end(&b);
}

/* Who was asked decides; the other is asked by submitting it anew. */
static void test_who_was_asked_decides(void **state) {
    int64_t business, computing;
    bench b = start_two(*state, &business, &computing);
    change_class(&b, "52.0301");
    good(&b, act(&b, CN_FLOW_SUBMIT, ""));
    change_class(&b, "11.0201");
    assert_int_equal(flow_of(&b).body.number, business);
    assert_int_equal(flow_of(&b).next.number, computing);
    b.body = computing;
    assert_false(act(&b, CN_FLOW_TAKE, ""));
    check_err(b.err, CN_NOT_FOUND, "store.none");
    b.body = business;
    good(&b, act(&b, CN_FLOW_TAKE, ""));
    assert_int_equal(place_sql(*state, "SELECT body FROM review ORDER BY number DESC LIMIT 1"), business);
    good(&b, act(&b, CN_FLOW_RETURN, "It is no business."));
    good(&b, act(&b, CN_FLOW_SUBMIT, ""));
    b.body = computing;
    good(&b, act_with(&b, CN_FLOW_APPROVE, "", 0, b.now.sec + DAY));
    assert_int_equal(place_sql(*state, "SELECT body FROM approval ORDER BY number DESC LIMIT 1"), computing);
    end(&b);
}

/* What it asked of itself, before a body registered it, is not for itself to approve any more. */
static void test_registered_meanwhile(void **state) {
    bench b = start(*state);
    good(&b, act(&b, CN_FLOW_SUBMIT, ""));
    register_provider(&b);
    int64_t body = b.body;
    b.body = b.own;
    assert_false(act_with(&b, CN_FLOW_APPROVE, "", 0, b.now.sec + DAY));
    check_err(b.err, CN_CONFLICT, "flow.body");
    assert_false(publish(&b));
    check_err(b.err, CN_CONFLICT, "flow.unapproved");
    good(&b, act(&b, CN_FLOW_RECALL, ""));
    b.body = body;
    submit_and_approve(&b, 1);
    good(&b, publish(&b));
    end(&b);
}

/* ---- Retired ---- */

/* Designers and reviewers do not award again what an administrator retired. */
static void test_retired_stays_so(void **state) {
    bench b = start(*state);
    register_provider(&b);
    submit_and_approve(&b, 400);
    good(&b, publish(&b));
    assert_false(publish(&b));
    check_err(b.err, CN_CONFLICT, "achievement.published");
    good(&b, act(&b, CN_FLOW_RETIRE, "It ends."));
    assert_false(publish(&b));
    check_err(b.err, CN_CONFLICT, "flow.unapproved");
    submit_and_approve(&b, 800);
    assert_int_equal(flow_of(&b).state, CN_FLOW_APPROVED);
    check_text(award_word(&b, 1), "retired");
    good(&b, publish(&b));
    check_text(award_word(&b, 1), "yes");
    assert_int_equal(place_sql(*state, "SELECT count(*) FROM version"), 1);
    assert_int_equal(flow_of(&b).state, CN_FLOW_PUBLISHED);
    end(&b);
}

/* The body answers for its approval all the same: without it, an administrator does not award it again. */
static void test_retired_and_withdrawn(void **state) {
    bench b = start(*state);
    register_provider(&b);
    submit_and_approve(&b, 400);
    good(&b, publish(&b));
    good(&b, act(&b, CN_FLOW_RETIRE, "It ends."));
    good(&b, act(&b, CN_FLOW_WITHDRAW, "Never taught."));
    assert_int_equal(flow_of(&b).state, CN_FLOW_RETIRED);
    assert_int_equal(place_sql(*state, "SELECT count(*) FROM approval WHERE withdrawn_at IS NULL"), 0);
    assert_false(publish(&b));
    check_err(b.err, CN_CONFLICT, "flow.unapproved");
    end(&b);
}

static void test_retired_by_itself(void **state) {
    bench b = start(*state);
    good(&b, publish(&b));
    good(&b, act(&b, CN_FLOW_RETIRE, "It ends."));
    check_text(award_word(&b, 1), "retired");
    good(&b, publish(&b));
    check_text(award_word(&b, 1), "yes");
    assert_int_equal(place_sql(*state, "SELECT count(*) FROM version"), 1);
    end(&b);
}

/* ---- What each reads ---- */

static size_t comments_for(bench *b, int64_t reader) {
    cn_achievement is;
    cn_flow_comment *v;
    size_t n;
    good(b, cn_app_achievement_get(b->a, app_of(b), b->own, b->id, &is, &b->err));
    good(b, cn_app_flow_comments(b->a, app_of(b), &is, reader, &v, &n, &b->err));
    return n;
}

static void say(bench *b, int64_t who) {
    good(b, cn_app_flow_comment(b->a, app_of(b), b->now, who, 0, b->id, CN_S("Well?"), &b->err));
}

/* What is said with one body is not for the next. */
static void test_comments_are_of_a_review(void **state) {
    int64_t business, computing;
    bench b = start_two(*state, &business, &computing);
    say(&b, business), say(&b, b.own);
    change_class(&b, "11.0201");
    good(&b, act(&b, CN_FLOW_SUBMIT, ""));
    assert_int_equal(comments_for(&b, computing), 0);
    say(&b, computing), say(&b, b.own), say(&b, b.own);
    assert_int_equal(comments_for(&b, computing), 3);
    assert_int_equal(comments_for(&b, business), 2);
    assert_int_equal(comments_for(&b, b.own), 5);
    end(&b);
}

/* ---- What was decided stays as it was ---- */

static cn_chain_report chain_of(bench *b) {
    cn_chain_report out;
    good(b, cn_store_chain_verify(b->app.store, &(cn_chain_ask){0}, &out, &b->err));
    return out;
}

/* As SQLite itself does it, with its own guards. */
static bool sql_refused(const place *p, const char *sql) {
    sqlite3 *db;
    assert_int_equal(sqlite3_open(p->db, &db), SQLITE_OK);
    bool refused = sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_CONSTRAINT;
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    return refused;
}

static void approve_and_withdraw(bench *b) {
    register_provider(b);
    submit_and_approve(b, 400);
    good(b, publish(b));
    b->now.sec += DAY;
    good(b, act(b, CN_FLOW_WITHDRAW, "Never taught."));
    b->now.sec += DAY;
    submit_and_approve(b, 400);
}

static void test_guards(void **state) {
    static const char *const refused[] = {
        "UPDATE review SET state = 3",
        "UPDATE review SET reason = 'x' WHERE state = 8",
        "UPDATE review SET at = at + 1",
        "UPDATE review SET body = NULL",
        "DELETE FROM review",
        "UPDATE approval SET until_at = until_at + 1",
        "UPDATE approval SET until_at = NULL",
        "UPDATE approval SET from_at = 0",
        "UPDATE approval SET body = 1",
        "UPDATE approval SET withdrawn_at = NULL WHERE withdrawn_at IS NOT NULL",
        "UPDATE approval SET version = NULL WHERE withdrawn_at IS NOT NULL",
        "DELETE FROM approval",
        "UPDATE audit SET step = 1",
    };
    static const char *const done[] = {"UPDATE review SET person = NULL",
                                       "UPDATE approval SET withdrawn_at = 5 WHERE number = 2"};
    bench b = start(*state);
    approve_and_withdraw(&b);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        if (!sql_refused(*state, refused[i])) fail_msg("%s", refused[i]);
    for (size_t i = 0; i < sizeof done / sizeof *done; i++)
        if (sql_refused(*state, done[i])) fail_msg("%s", done[i]);
    end(&b);
}

/* Whoever can write the file can drop the guards: the chain tells. The steps: 1 submitted, 2 approved, 3
 * published, 4 withdrawn, 5 submitted, 6 approved, 7 published. */
static void test_chain_tells(void **state) {
    static const struct {
        const char *sql;
        cn_chain_fault_kind kind;
        const char *first; /* SQL: of which row, or step */
    } altered[] = {
        {"UPDATE review SET reason = 'Taught.' WHERE number = 4", CN_CHAIN_ALTERED,
         "SELECT number FROM audit WHERE step = 4"},
        {"UPDATE review SET state = 3 WHERE number = 5", CN_CHAIN_ALTERED,
         "SELECT number FROM audit WHERE step = 5"},
        {"UPDATE review SET body = 1 WHERE number = 1", CN_CHAIN_ALTERED,
         "SELECT number FROM audit WHERE step = 1"},
        {"UPDATE review SET document = '{}' WHERE number = 1", CN_CHAIN_ALTERED,
         "SELECT number FROM audit WHERE step = 1"},
        {"UPDATE approval SET until_at = until_at + 1 WHERE number = 2", CN_CHAIN_ALTERED,
         "SELECT number FROM audit WHERE step = 6"},
        {"UPDATE approval SET until_at = NULL WHERE number = 2", CN_CHAIN_ALTERED,
         "SELECT number FROM audit WHERE step = 6"},
        {"UPDATE approval SET withdrawn_at = NULL WHERE number = 1", CN_CHAIN_STEP, "SELECT 4"},
        {"UPDATE approval SET withdrawn_at = 5 WHERE number = 2", CN_CHAIN_STEP, "SELECT 6"},
        {"INSERT INTO approval (achievement, digest, version, body, body_en, body_fr, from_at, made_at) "
         "SELECT achievement, digest, version, body, body_en, body_fr, from_at, made_at FROM approval WHERE "
         "number = 1",
         CN_CHAIN_STEP, "SELECT 0"},
        {"INSERT INTO review (achievement, state, version, digest, document, body, reason, at) "
         "SELECT achievement, 3, version, digest, '', body, '', at FROM review WHERE number = 6",
         CN_CHAIN_STEP, "SELECT 8"},
        {"UPDATE audit SET step = NULL WHERE step = 6", CN_CHAIN_ALTERED,
         "SELECT max(number) FROM audit WHERE action = 'review.approved'"},
    };
    static const char *const guards[] = {"review_stays", "approval_stays", "audit_stays"};
    bench b = start(*state);
    approve_and_withdraw(&b);
    assert_int_equal(chain_of(&b).faults_n, 0);
    for (size_t i = 0; i < sizeof guards / sizeof *guards; i++) {
        char sql[64];
        (void)snprintf(sql, sizeof sql, "DROP TRIGGER %s", guards[i]);
        assert_false(sql_refused(*state, sql));
    }
    for (size_t i = 0; i < sizeof altered / sizeof *altered; i++) {
        place copy = *(place *)*state;
        char command[200];
        (void)snprintf(copy.db, sizeof copy.db, "%s/copy.db", copy.folder);
        (void)snprintf(command, sizeof command, "VACUUM INTO '%s'", copy.db);
        assert_false(sql_refused(*state, command));
        assert_false(sql_refused(&copy, altered[i].sql));
        cn_store *kept = b.app.store;
        b.app.store = place_open(&copy);
        cn_chain_report r = chain_of(&b);
        bool found = r.faults_n >= 1 && r.faults[0].kind == altered[i].kind &&
                     r.faults[0].first == place_sql(&copy, altered[i].first);
        if (!found)
            fail_msg("%s: %zu faults, %d, %lld", altered[i].sql, r.faults_n, (int)r.faults[0].kind,
                     (long long)r.faults[0].first);
        cn_store_close(b.app.store);
        b.app.store = kept;
        assert_int_equal(unlink(copy.db), 0);
    }
    end(&b);
}

/* ---- On another server ---- */

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

/* The organisation goes to a database of its own, without those who reviewed; the bench goes with it. */
static void move(bench *b, const place *there) {
    cn_slice passphrase = CN_S("correct horse battery staple");
    cn_buf file = cn_buf_on(b->a, 0);
    cn_move_writer to = {&file, write_buf};
    cn_move_summary summary;
    cn_master master;
    (void)app_of(b);
    good(b, cn_master_new(&b->random, &master, &b->err));
    b->app.master = &master;
    good(b, cn_app_move_out(b->a, &b->app, b->now, CN_S("own"), passphrase, &to, &summary, &b->err));
    cn_store_close(b->app.store);
    b->app.store = place_open(there);
    cn_slice lines = cn_buf_slice(&file);
    cn_move_reader from = {&lines, read_slice};
    good(b, cn_app_move_in(b->a, &b->app, b->now, passphrase, &from, &summary, &b->err));
    b->app.master = NULL;
    b->own = place_sql(there, "SELECT number FROM organisation WHERE id = 'own'");
}

/* Bodies that stay behind are no number there: their steps are told of all the same, and what one of them withdrew
 * takes nothing from what the other approved. */
static void test_moved_without_its_bodies(void **state) {
    int64_t business, computing;
    place there = *(place *)*state;
    bench b = start_two(*state, &business, &computing);
    (void)snprintf(there.db, sizeof there.db, "%s/there.db", there.folder);
    change_class(&b, "11.0201");
    b.body = computing;
    b.now.sec += DAY;
    submit_and_approve(&b, 400);
    good(&b, publish(&b));
    b.now.sec += DAY;
    b.body = business;
    good(&b, act(&b, CN_FLOW_WITHDRAW, "Never taught."));
    assert_int_equal(flow_of(&b).state, CN_FLOW_PUBLISHED);
    assert_int_equal(chain_of(&b).faults_n, 0);
    move(&b, &there);
    assert_int_equal(place_sql(&there, "SELECT count(*) FROM review WHERE body IS NOT NULL"), 0);
    assert_int_equal(chain_of(&b).faults_n, 0);
    assert_int_equal(flow_of(&b).state, CN_FLOW_PUBLISHED);
    check_text(award_word(&b, 1), "withdrawn");
    check_text(award_word(&b, 2), "yes");
    assert_false(sql_refused(&there, "DROP TRIGGER approval_stays"));
    assert_false(sql_refused(&there, "UPDATE approval SET withdrawn_at = NULL"));
    assert_true(chain_of(&b).faults_n > 0);
    end(&b);
}

/* Of two who decide at once, one does. */
static void test_at_once(void **state) {
    bench b = start(*state);
    int64_t number;
    cn_achievement is;
    cn_stored_step step = {.state = CN_FLOW_RETIRED};
    good(&b, cn_app_achievement_get(b.a, app_of(&b), b.own, b.id, &is, &b.err));
    step.achievement = is.number;
    good(&b, cn_store_step_put(b.app.store, &step, 0, b.now, NULL, &number, &b.err));
    assert_false(cn_store_step_put(b.app.store, &step, 0, b.now, NULL, &number, &b.err));
    check_err(b.err, CN_CONFLICT, "flow.moved");
    end(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        place_test(test_own),
        place_test(test_body),
        place_test(test_dates),
        place_test(test_others),
        place_test(test_withdrawn_with_the_older),
        place_test(test_withdrawn_with_the_draft),
        place_test(test_withdrawn_while_the_next_waits),
        place_test(test_days_run_on),
        place_test(test_who_approved_withdraws),
        place_test(test_withdrawn_beside_what_was_returned),
        place_test(test_who_was_asked_decides),
        place_test(test_registered_meanwhile),
        place_test(test_retired_stays_so),
        place_test(test_retired_and_withdrawn),
        place_test(test_retired_by_itself),
        place_test(test_comments_are_of_a_review),
        place_test(test_guards),
        place_test(test_chain_tells),
        place_test(test_moved_without_its_bodies),
        place_test(test_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
