/* SPDX-License-Identifier: Apache-2.0
 *
 * Scopes: who may give one, which designs lie within, and what the answer says where they do not.
 */
#include "../store/place.h"
#include "app/scopes.h"

typedef struct desk {
    place *at;
    cn_arena *a;
    cn_crypto *crypto;
    cn_random random;
    cn_app app;
    cn_organisation body, college, firm;
    uint64_t drawn;
} desk;

static const cn_time now = {1780000000, 0};
enum { DAY = 86400 };

static bool fill(void *self, uint8_t *out, size_t n) {
    desk *d = self;
    for (size_t i = 0; i < n; i++) {
        uint64_t seed = d->drawn++;
        out[i] = (uint8_t)cn_slice_hash(cn_slice_bytes(&seed, sizeof seed));
    }
    return true;
}

static void begin(desk *d, const char *name, bool body, cn_organisation *out) {
    cn_organisation o = {.name = {cn_slice_of(name), cn_slice_of(name)}};
    cn_err err;
    assert_true(cn_app_organisation_new(d->a, &d->app, now, &o, 0, out, &err));
    assert_false(out->quality_body);
    if (!body) return;
    assert_true(cn_app_quality_body_set(&d->app, now, out, true, &err));
    assert_true(cn_app_organisation_get(d->a, &d->app, out->number, out, &err));
    assert_true(out->quality_body);
}

static int set_up(void **state) {
    static desk d;
    void *at;
    cn_err err;
    (void)place_make(&at);
    d = (desk){.at = at, .a = cn_arena_new(0)};
    assert_true(cn_crypto_new(&d.crypto, &err));
    d.random = (cn_random){&d, fill};
    d.app = (cn_app){
        .store = place_open(at), .crypto = d.crypto, .random = &d.random, .origin = CN_S("https://cairn.example")};
    begin(&d, "Quality North", true, &d.body);
    begin(&d, "North College", false, &d.college);
    begin(&d, "A Firm", false, &d.firm);
    *state = &d;
    return 0;
}

static int tear_down(void **state) {
    desk *d = *state;
    void *at = d->at;
    cn_store_close((cn_store *)(uintptr_t)d->app.store);
    cn_crypto_free(d->crypto);
    cn_arena_free(d->a);
    return place_remove(&at);
}

static cn_stored_scope scope(const desk *d, const char *purpose, const char *fields) {
    return (cn_stored_scope){.organisation = {.number = d->college.number},
                             .body = {.number = d->body.number},
                             .purpose = cn_slice_of(purpose),
                             .fields = cn_slice_of(fields)};
}

static cn_slice grant(desk *d, const cn_stored_scope *s) {
    cn_slice id;
    cn_err err;
    if (!cn_app_scope_grant(d->a, &d->app, now, 0, s, &id, &err)) fail_msg("%s: %s", err.id, err.detail);
    return id;
}

/* The word of the answer: "yes", or why not. */
static cn_scope_answer ask_at(desk *d, const char *purpose, const char *design, cn_time at) {
    const cn_json *json = NULL;
    cn_scope_answer out;
    cn_err err;
    if (design) assert_true(cn_json_read(d->a, cn_slice_of(design), NULL, &json, &err));
    assert_true(cn_app_scope_allows(d->a, &d->app, d->college.number, cn_slice_of(purpose), json, at, &out, &err));
    if (out.allowed) {
        assert_int_equal(out.word.n, 0);
        out.word = CN_S("yes");
        return out;
    }
    assert_false(cn_scope_refuse(&out, &err));
    assert_int_equal(err.code, CN_DENIED);
    assert_true(cn_slice_ends(cn_slice_of(err.id), out.word));
    return out;
}

#define assert_says(d, purpose, design, expected)                                                                 \
    assert_true(cn_slice_eq(ask_at(d, purpose, design, now).word, CN_S(expected)))

#define IT "{\"classification\": {\"isced\": \"0613\", \"cip\": \"11.0802\", \"noc\": [\"21231\", \"21232\"]}}"

/* ---- Who is bound ---- */

static void test_nobody_is_bound_before_a_body_says_so(void **state) {
    desk *d = *state;
    assert_says(d, "provide", IT, "yes");
    assert_says(d, "provide", NULL, "yes");
    assert_false(ask_at(d, "provide", IT, now).bound);
    assert_says(d, "endorse", IT, "none");
}

static void test_who_was_registered_stays_bound(void **state) {
    desk *d = *state;
    cn_stored_scope s = scope(d, "provide", "");
    cn_err err;
    s.valid_from = (cn_time){now.sec + DAY, 0};
    s.valid_until = (cn_time){now.sec + 10 * DAY, 0};
    cn_slice id = grant(d, &s);
    assert_says(d, "provide", IT, "early");
    assert_true(cn_slice_eq(ask_at(d, "provide", IT, (cn_time){now.sec + DAY, 0}).word, CN_S("yes")));
    assert_true(cn_slice_eq(ask_at(d, "provide", IT, (cn_time){now.sec + 10 * DAY - 1, 0}).word, CN_S("yes")));
    assert_true(cn_slice_eq(ask_at(d, "provide", IT, (cn_time){now.sec + 10 * DAY, 0}).word, CN_S("ended")));
    assert_true(cn_app_scope_withdraw(&d->app, now, 0, d->body.number, id, CN_S("closed"), &err));
    cn_scope_answer no = ask_at(d, "provide", IT, now);
    assert_true(cn_slice_eq(no.word, CN_S("withdrawn")));
    assert_true(no.bound && cn_slice_eq(no.scope.reason, CN_S("closed")) &&
                cn_slice_eq(no.scope.body.name_en, CN_S("Quality North")));
    assert_says(d, "endorse", IT, "none");
}

static void test_a_body_that_is_none_any_more_says_nothing(void **state) {
    desk *d = *state;
    cn_stored_scope s = scope(d, "endorse", ""), p = scope(d, "provide", "cip:52");
    cn_err err;
    (void)grant(d, &s);
    cn_slice id = grant(d, &p);
    assert_says(d, "endorse", IT, "yes");
    assert_says(d, "provide", IT, "field");
    assert_false(
        cn_app_quality_body_set(&d->app, now, &d->body, false, &err)); /* it would free who it registered */
    check_err(err, CN_CONFLICT, "scope.given");
    assert_says(d, "provide", IT, "field");
    assert_true(cn_app_scope_withdraw(&d->app, now, 0, d->body.number, id, CN_S("closed"), &err));
    assert_true(cn_app_quality_body_set(&d->app, now, &d->body, false, &err));
    assert_says(d, "endorse", IT, "none");
    assert_says(d, "provide", IT, "withdrawn");
}

/* ---- What lies within ---- */

static void test_fields_are_beginnings_of_codes(void **state) {
    desk *d = *state;
    cn_stored_scope s = scope(d, "endorse", "isced:061, cip:11.08 cip:52; noc:212");
    cn_slice id = grant(d, &s);
    cn_scope_answer no;
    assert_says(d, "endorse", IT, "yes");
    assert_says(d, "endorse", "{\"classification\": {\"cip\": \"52.0301\"}}", "yes");
    assert_says(d, "endorse", "{\"classification\": {\"cip\": [\"52.0301\", \"11.0801\"]}}", "yes");
    assert_says(d, "endorse", "{\"classification\": {\"cip\": \"110801\"}}", "yes");
    no = ask_at(d, "endorse", "{\"classification\": {\"cip\": \"11.0901\", \"isced\": \"0613\"}}", now);
    assert_true(cn_slice_eq(no.word, CN_S("field")) && cn_slice_eq(no.outside, CN_S("cip 11.0901")));
    assert_says(d, "endorse", "{\"classification\": {\"noc\": [\"21231\", \"72600\"]}}", "field");
    assert_says(d, "endorse", "{\"classification\": {\"isced\": \"06\"}}", "field");
    assert_says(d, "endorse", "{\"classification\": {\"nzsced\": \"020100\"}}", "unclassified");
    assert_says(d, "endorse", "{\"classification\": {\"cip\": \"\"}}", "unclassified");
    assert_says(d, "endorse", NULL, "unclassified");
    cn_err err;
    assert_true(cn_app_scope_get(d->a, &d->app, id, &s, &err));
    assert_true(cn_slice_eq(s.fields, CN_S("isced:061 cip:11.08 cip:52 noc:212")));
}

static void test_kinds_are_those_of_designs(void **state) {
    desk *d = *state;
    cn_stored_scope s = scope(d, "provide", "isced:061");
    cn_err err;
    s.kinds = CN_S("micro-credential  digital-badge micro-credential");
    cn_slice id = grant(d, &s);
    assert_true(cn_app_scope_get(d->a, &d->app, id, &s, &err));
    assert_true(cn_slice_eq(s.kinds, CN_S("digital-badge micro-credential"))); /* each once, in one order */
    assert_says(d, "provide",
                "{\"credential_type\": \"micro-credential\", \"classification\": {\"isced\": \"0613\"}}", "yes");
    assert_says(d, "provide", "{\"credential_type\": \"micro-credential\"}", "unclassified");
    assert_says(d, "provide", IT, "kind-unstated");
    assert_says(d, "provide", NULL, "kind-unstated");
    cn_scope_answer no = ask_at(d, "provide", "{\"credential_type\": \"micro-course\"}", now);
    assert_true(cn_slice_eq(no.word, CN_S("kind")) && cn_slice_eq(no.outside, CN_S("micro-course")));
    /* Its dates are told of before. */
    no = ask_at(d, "provide", "{\"credential_type\": \"micro-course\"}", (cn_time){now.sec - DAY, 0});
    assert_true(cn_slice_eq(no.word, CN_S("early")));
}

static void test_levels_have_a_most(void **state) {
    desk *d = *state;
    cn_stored_scope s = scope(d, "provide", "");
    s.level_framework = CN_S("EQF");
    s.level_most = 5;
    (void)grant(d, &s);
    assert_says(d, "provide", "{\"levels\": [{\"framework\": \"EQF\", \"level\": 5}]}", "yes");
    assert_says(d, "provide", "{\"levels\": [{\"framework\": \"NFQ\", \"level\": 8}]}", "level-unstated");
    assert_says(d, "provide", "{}", "level-unstated");
    cn_scope_answer no = ask_at(d, "provide", "{\"levels\": [{\"framework\": \"EQF\", \"level\": 6}]}", now);
    assert_true(cn_slice_eq(no.word, CN_S("level")) && cn_slice_eq(no.outside, CN_S("EQF 6")));
}

/* One that allows is enough; of those that do not, the nearest is told of. */
static void test_of_several_the_nearest_answers(void **state) {
    desk *d = *state;
    cn_stored_scope old = scope(d, "provide", "isced:061"), cip = scope(d, "provide", "cip:52");
    cn_err err;
    cn_slice id = grant(d, &old);
    assert_true(cn_app_scope_withdraw(&d->app, now, 0, d->body.number, id, CN_S("r"), &err));
    assert_says(d, "provide", IT, "withdrawn");
    id = grant(d, &cip);
    assert_says(d, "provide", IT, "field");
    assert_true(cn_slice_eq(ask_at(d, "provide", IT, now).scope.id, id));
    id = grant(d, &old);
    assert_says(d, "provide", IT, "yes");
    assert_true(cn_slice_eq(ask_at(d, "provide", IT, now).scope.id, id));
}

/* ---- Who may give, and what ---- */

static void assert_refused(desk *d, const cn_stored_scope *s, const char *id) {
    cn_slice made;
    cn_scopes all;
    cn_err err;
    assert_false(cn_app_scope_grant(d->a, &d->app, now, 0, s, &made, &err));
    assert_string_equal(err.id, id);
    assert_true(cn_app_scopes_given(d->a, &d->app, s->body.number, &all, &err));
    assert_int_equal(all.n, 0);
}

static void test_what_cannot_be_a_scope_is_refused(void **state) {
    desk *d = *state;
    static const char *const no_kinds[] = {"diploma", "oqf-degree", "micro-credential,digital-badge", "\xff"};
    static const char *const wrong[] = {"isced",   "61",     "isced:0", "isced:06131", "cip:.1",
                                        "cip:11.", "noc:2a", "x:1",     ":06",         "isced:06 cip"};
    cn_stored_scope s = scope(d, "provide", "");
    for (size_t i = 0; i < sizeof no_kinds / sizeof *no_kinds; i++) {
        s.kinds = cn_slice_of(no_kinds[i]);
        assert_refused(d, &s, "scope.kinds");
    }
    s.kinds = (cn_slice){0};
    s.body.number = d->firm.number;
    assert_refused(d, &s, "scope.body");
    s.body.number = s.organisation.number = d->body.number;
    assert_refused(d, &s, "scope.self");
    s = scope(d, "sing", "");
    assert_refused(d, &s, "scope.purpose");
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        s = scope(d, "endorse", wrong[i]);
        assert_refused(d, &s, "scope.fields");
    }
    s = scope(d, "endorse", "");
    s.valid_until = now;
    assert_refused(d, &s, "scope.dates");
    s = scope(d, "endorse", "");
    s.level_framework = CN_S("EQF");
    s.level_most = 100;
    assert_refused(d, &s, "scope.level");
    s = scope(d, "endorse", "");
    s.organisation.number = 999;
    assert_refused(d, &s, "store.none");
}

static void test_only_who_gave_it_withdraws_it_and_once(void **state) {
    desk *d = *state;
    cn_stored_scope s = scope(d, "provide", "");
    cn_slice id = grant(d, &s);
    cn_err err;
    assert_false(cn_app_scope_withdraw(&d->app, now, 0, d->firm.number, id, CN_S("r"), &err));
    assert_string_equal(err.id, "store.none");
    assert_false(cn_app_scope_withdraw(&d->app, now, 0, d->body.number, id, CN_S(""), &err));
    assert_string_equal(err.id, "scope.reason");
    assert_true(cn_app_scope_withdraw(&d->app, now, 0, d->body.number, id, CN_S("r"), &err));
    assert_false(cn_app_scope_withdraw(&d->app, now, 0, d->body.number, id, CN_S("r"), &err));
    assert_string_equal(err.id, "store.none");
}

static void test_an_organisation_with_scopes_stays(void **state) {
    desk *d = *state;
    cn_stored_scope s = scope(d, "provide", "");
    cn_err err;
    (void)grant(d, &s);
    assert_false(cn_app_organisation_remove(&d->app, now, &d->college, &err));
    assert_string_equal(err.id, "organisation.used");
    assert_false(cn_app_organisation_remove(&d->app, now, &d->body, &err));
    assert_string_equal(err.id, "organisation.used");
    begin(d, "Another body", true, &d->firm);
    assert_true(cn_app_organisation_remove(&d->app, now, &d->firm, &err));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_nobody_is_bound_before_a_body_says_so, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_who_was_registered_stays_bound, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_body_that_is_none_any_more_says_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_fields_are_beginnings_of_codes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_kinds_are_those_of_designs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_levels_have_a_most, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_of_several_the_nearest_answers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_cannot_be_a_scope_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_only_who_gave_it_withdraws_it_and_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_an_organisation_with_scopes_stays, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
