/* SPDX-License-Identifier: Apache-2.0
 *
 * The record of an achievement: what a draft, a design and a profile say is what rules find.
 */
#include "../store/place.h"
#include "randoms.h"
#include "app/approval.h"
#include "app/design.h"
#include "app/offerings.h"
#include "app/profile.h"
#include "app/record.h"
#include "json/decimal.h"
#include "net/net.h"
#include "rules/rules.h"

static const cn_time NOW = {1780000000, 0};

typedef struct bench {
    cn_arena *a;
    cn_crypto *crypto;
    uint8_t next;
    cn_random random;
    cn_app app;
    cn_organisation org;
    const cn_json *sample; /* "offering" of docs/samples/record.json */
    cn_err err;
} bench;

static void good(bench *b, bool so) {
    if (!so) fail_msg("%s: %s", b->err.id, b->err.detail);
}

static void start(bench *b, const place *p) {
    cn_stored_organisation o = {.id = CN_S("own"), .name_en = CN_S("Inst"), .name_fr = CN_S("\xc3\x89tab")};
    const cn_json *record;
    cn_slice text;
    int64_t number;
    b->a = cn_arena_new(0);
    b->random = (cn_random){&b->next, count_up};
    good(b, cn_crypto_new(&b->crypto, &b->err));
    b->app = (cn_app){.store = place_open(p),
                      .crypto = b->crypto,
                      .random = &b->random,
                      .origin = CN_S("https://cairn.example")};
    good(b, cn_store_organisation_put(b->a, b->app.store, &o, NOW, &number, &b->err));
    good(b, cn_app_organisation_get(b->a, &b->app, number, &b->org, &b->err));
    good(b, cn_file_read(b->a, CN_S(PROJECT "/docs/samples/record.json"), 1 << 20, &text, &b->err));
    good(b, cn_json_read(b->a, text, NULL, &record, &b->err));
    b->sample = cn_json_get(record, CN_S("offering"));
}

static void end(bench *b) {
    cn_store_close(b->app.store);
    cn_crypto_free(b->crypto);
    cn_arena_free(b->a);
}

/* What the sample says as a design: without what others say, outcomes by their place. */
static const cn_json *design_of(bench *b) {
    static const char *const others[] = {"title",    "description",   "learning_outcomes",
                                         "issuer",   "awarding_body", "endorsements",
                                         "approval", "listing",       "outcome_alignment"};
    static const char more[] =
        "{\"alignment\": [{\"outcome\": 2, \"kind\": \"skill\"}, {\"outcome\": 3, \"kind\": "
        "\"skill\"}], \"evidence\": [{\"uri\": \"https://e.example\", "
        "\"visible_to_employer\": true}], \"purpose\": {\"en\": \"p\", \"fr\": \"q\"}}";
    const cn_json *extra;
    cn_json *design = cn_json_copy_shallow(b->a, b->sample);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        design = cn_json_without(b->a, design, cn_slice_of(others[i]));
    good(b, cn_json_read(b->a, cn_slice_of(more), NULL, &extra, &b->err));
    assert_true(cn_json_set(b->a, design, CN_S("outcome_alignment"), cn_json_get(extra, CN_S("alignment"))));
    assert_true(cn_json_set(b->a, design, CN_S("evidence"), cn_json_get(extra, CN_S("evidence"))));
    assert_true(cn_json_set(b->a, design, CN_S("target_group"), cn_json_get(extra, CN_S("purpose"))));
    return design;
}

static cn_achievement achievement(bench *b, const cn_json *design) {
    static cn_slice outcomes[] = {CN_S_INIT("o1"), CN_S_INIT("o2")};
    cn_achievement_text t = {.name = CN_S("Applied Data Handling"),
                             .description = CN_S("d"),
                             .criteria = CN_S("c"),
                             .outcomes = outcomes,
                             .outcomes_n = 2};
    cn_draft draft = {.en = t, .fr = t, .design = design};
    cn_achievement out;
    cn_slice id;
    draft.fr.name = CN_S("Traitement des donn\xc3\xa9"
                         "es");
    good(b, cn_app_achievement_new(b->a, &b->app, NOW, b->org.number, 0, &draft, &id, &b->err));
    good(b, cn_app_achievement_get(b->a, &b->app, b->org.number, id, &out, &b->err));
    return out;
}

static const cn_json *record_of(bench *b, const cn_achievement *is) {
    const cn_json *record = NULL;
    good(b, cn_app_record(b->a, &b->app, NOW, &b->org, is, &record, &b->err));
    return record;
}

static void say_who(bench *b) {
    cn_profile profile = {.country = CN_S("CA"),
                          .type = CN_S("institution"),
                          .sector = CN_S("college"),
                          .regulated = CN_SAID_YES,
                          .quality_assured = CN_SAID_YES,
                          .delivers = CN_SAID_NO};
    good(b, cn_app_profile_set(b->a, &b->app, NOW, 0, b->org.number, &profile, &b->err));
}

/* ---- */

/* What the sample says comes out of the store again as the sample says it, numbers to the last digit. */
static void test_offering(void **state) {
    static const char *const differ[] = {"outcome_alignment", "endorsements", "approval",   "listing",
                                         "target_group",      "issuer",       "title_other"};
    bench b = {0};
    start(&b, *state);
    say_who(&b);
    cn_achievement is = achievement(&b, design_of(&b));
    const cn_json *record = record_of(&b, &is), *offering = cn_json_get(record, CN_S("offering"));
    cn_json *expected = cn_json_copy_shallow(b.a, b.sample), *got = cn_json_copy_shallow(b.a, offering);
    for (size_t i = 0; i < sizeof differ / sizeof *differ; i++) {
        expected = cn_json_without(b.a, expected, cn_slice_of(differ[i]));
        got = cn_json_without(b.a, got, cn_slice_of(differ[i]));
    }
    assert_true(cn_json_same(expected, got));
    check_text(cn_json_get_text(offering, CN_S("target_group")), "p");
    assert_int_equal(cn_json_count(cn_json_get(offering, CN_S("outcome_alignment"))), 1); /* there is no third */
    check_text(cn_json_text(cn_json_point(offering, CN_S("/outcome_alignment/0/outcome"))), "o2");
    check_text(cn_json_text(cn_json_point(offering, CN_S("/issuer/country"))), "CA");
    assert_true(cn_json_is(cn_json_point(offering, CN_S("/issuer/delivers")), CN_JSON_FALSE));
    check_text(cn_json_text(cn_json_point(record, CN_S("/award/issued"))), "2026-05-28");
    check_text(cn_json_text(cn_json_point(record, CN_S("/award/evidence/0/uri"))), "https://e.example");
    assert_null(cn_json_get(offering, CN_S("evidence")));
    end(&b);
}

static const cn_rule_result *check_pack(bench *b, const cn_json *record, const cn_pack **pack) {
    const cn_rule_result *results = NULL;
    cn_packs packs;
    good(b, cn_packs_builtin(b->a, &packs, &b->err));
    good(b, cn_packs_choose(&packs, CN_S("on-ecampus"), CN_S("2026-05-28"), pack, &b->err));
    good(b, cn_pack_check(b->a, *pack, record, CN_S("2026-05-28"), &results, &b->err));
    return results;
}

/* Every rule of Ontario's framework holds, but for what endorsers and members have to state. */
static void test_pack(void **state) {
    bench b = {0};
    const cn_pack *pack;
    start(&b, *state);
    cn_achievement is = achievement(&b, design_of(&b));
    const cn_rule_result *bare = check_pack(&b, record_of(&b, &is), &pack);
    size_t failed = 0;
    for (size_t i = 0; i < pack->rules_n; i++) failed += bare[i].outcome == CN_RULE_FAIL;
    assert_int_equal(failed, 2); /* nobody has said what the issuer is; nobody endorses */
    say_who(&b);
    const cn_rule_result *results = check_pack(&b, record_of(&b, &is), &pack);
    for (size_t i = 0; i < pack->rules_n; i++) {
        cn_rule_outcome expected = cn_slice_eq(results[i].rule->id, CN_S("ON-F-07"))   ? CN_RULE_FAIL
                                   : cn_slice_eq(results[i].rule->id, CN_S("ON-F-08")) ? CN_RULE_SKIP
                                   : cn_slice_eq(results[i].rule->id, CN_S("ON-D-01")) ? CN_RULE_ATTEST
                                                                                       : CN_RULE_PASS;
        if (results[i].outcome != expected)
            fail_msg("%.*s: %s", CN_ARG(results[i].rule->id), cn_rule_outcome_name(results[i].outcome));
    }
    end(&b);
}

/* Nothing is made up: a draft that says nothing fails where it says nothing. */
static void test_nothing(void **state) {
    bench b = {0};
    start(&b, *state);
    cn_achievement is = {.draft = {.fr = {.name = CN_S("Nom")}}, .id = CN_S("x")};
    const cn_json *offering = cn_json_get(record_of(&b, &is), CN_S("offering"));
    check_text(cn_json_get_text(offering, CN_S("title")), "Nom");
    assert_null(cn_json_get(offering, CN_S("description")));
    assert_null(cn_json_get(offering, CN_S("hours")));
    assert_int_equal(cn_json_count(cn_json_get(offering, CN_S("issuer"))), 1); /* its name */
    end(&b);
}

/* A name in both languages takes away nothing that is said in French alone. */
static void test_languages(void **state) {
    static cn_slice fr[] = {CN_S_INIT("Souder"), CN_S_INIT("Mesurer")}, en[] = {CN_S_INIT("Weld")};
    bench b = {0};
    const cn_json *design;
    start(&b, *state);
    good(&b, cn_json_read(b.a,
                          CN_S("{\"outcome_alignment\":[{\"outcome\":1,\"kind\":\"skill\"},{\"outcome\":2,"
                               "\"kind\":\"knowledge\"}]}"),
                          NULL, &design, &b.err));
    cn_achievement is = {.draft = {.en = {.name = CN_S("Welding")},
                                   .fr = {.name = CN_S("Dipl\xc3\xb4me de soudure"),
                                          .description = CN_S("Le soudage."),
                                          .outcomes = fr,
                                          .outcomes_n = 2},
                                   .design = design},
                         .id = CN_S("x")};
    const cn_json *offering = cn_json_get(record_of(&b, &is), CN_S("offering"));
    check_text(cn_json_get_text(offering, CN_S("title")), "Welding");
    check_text(cn_json_text(cn_json_point(offering, CN_S("/title_other/0"))), "Dipl\xc3\xb4me de soudure");
    check_text(cn_json_get_text(offering, CN_S("description")), "Le soudage.");
    check_text(cn_json_text(cn_json_point(offering, CN_S("/learning_outcomes/1"))), "Mesurer");
    check_text(cn_json_text(cn_json_point(offering, CN_S("/outcome_alignment/0/outcome"))), "Souder");
    is.draft.en.outcomes = en, is.draft.en.outcomes_n = 1;
    offering = cn_json_get(record_of(&b, &is), CN_S("offering"));
    check_text(cn_json_text(cn_json_point(offering, CN_S("/learning_outcomes/0"))), "Weld");
    check_text(cn_json_text(cn_json_point(offering, CN_S("/outcome_alignment/1/outcome"))), "Mesurer");
    end(&b);
}

static void offer(bench *b, const cn_achievement *is, const char *details) {
    const cn_json *v;
    cn_slice id;
    good(b, cn_json_read(b->a, cn_slice_of(details), NULL, &v, &b->err));
    cn_offering_change change = {.organisation = b->org.number, .achievement = is->id, .details = v};
    good(b, cn_app_offering_save(b->a, &b->app, NOW, &change, &id, &b->err));
}

/* Prices are compared in one currency: Canada's, where some are in it. */
static void test_price(void **state) {
    bench b = {0};
    start(&b, *state);
    cn_achievement is = achievement(&b, NULL);
    assert_null(cn_json_point(record_of(&b, &is), CN_S("/offering/price")));
    offer(&b, &is, "{\"start_any_time\":true,\"seats\":9}");
    offer(&b, &is, "{\"start_any_time\":true,\"price\":250,\"currency\":\"EUR\"}");
    offer(&b, &is, "{\"start_any_time\":true,\"price\":240,\"currency\":\"USD\"}");
    assert_true(cn_json_point(record_of(&b, &is), CN_S("/offering/price"))->number == 250);
    check_text(cn_json_text(cn_json_point(record_of(&b, &is), CN_S("/offering/currency"))), "EUR");
    offer(&b, &is, "{\"start_any_time\":true,\"price\":340,\"currency\":\"CAD\"}");
    offer(&b, &is, "{\"start_any_time\":true,\"price\":330,\"currency\":\"CAD\"}");
    assert_true(cn_json_point(record_of(&b, &is), CN_S("/offering/price"))->number == 330);
    check_text(cn_json_text(cn_json_point(record_of(&b, &is), CN_S("/offering/currency"))), "CAD");
    end(&b);
}

static bool is_approved(bench *b, const cn_achievement *is) {
    cn_achievement now;
    good(b, cn_app_achievement_get(b->a, &b->app, b->org.number, is->id, &now, &b->err));
    return cn_json_is(cn_json_point(record_of(b, &now), CN_S("/offering/approval/granted")), CN_JSON_TRUE);
}

/* What was approved is what was published; a draft that waits for its review was approved by nobody. */
static void test_approval(void **state) {
    bench b = {0};
    int version;
    start(&b, *state);
    cn_achievement is = achievement(&b, NULL);
    cn_draft next = is.draft;
    cn_achievement_change change = {.organisation = b.org.number, .id = is.id, .draft = &next};
    cn_flow_act submit = {.action = CN_FLOW_SUBMIT, .organisation = b.org.number, .id = is.id},
                recall = {.action = CN_FLOW_RECALL, .organisation = b.org.number, .id = is.id};
    good(&b,
         cn_app_achievement_publish(b.a, &b.app, NOW, b.org.number, 0, is.id, (cn_slice){0}, &version, &b.err));
    assert_true(is_approved(&b, &is));
    next.en.name = CN_S("Another");
    good(&b, cn_app_achievement_save(b.a, &b.app, NOW, &change, &b.err));
    assert_false(is_approved(&b, &is));
    good(&b, cn_app_flow_act(b.a, &b.app, NOW, &submit, &b.err));
    assert_false(is_approved(&b, &is));
    good(&b, cn_app_flow_act(b.a, &b.app, NOW, &recall, &b.err));
    assert_false(is_approved(&b, &is));
    next.en.name = is.draft.en.name;
    good(&b, cn_app_achievement_save(b.a, &b.app, NOW, &change, &b.err));
    assert_true(is_approved(&b, &is));
    end(&b);
}

/* ---- Every field of every rule ---- */

/* Something that may stand in a field. */
static cn_slice word_of(const cn_blank *f) {
    static const cn_slice codes[] = {CN_S_INIT("11.0101"), CN_S_INIT("21222"), CN_S_INIT("0611"),
                                     CN_S_INIT("123456")};
    if (f->words) return f->words[0];
    if (f->kind == CN_BLANK_URL) return CN_S("https://x.example/");
    if (f->kind == CN_BLANK_DATE) return CN_S("2026-01-01");
    for (size_t i = 0; f->good && i < sizeof codes / sizeof *codes; i++)
        if (f->good(codes[i])) return codes[i];
    return CN_S("said");
}

static const cn_json *both(cn_arena *a) {
    cn_json *v = cn_json_object(a);
    assert_true(cn_json_set(a, v, CN_S("en"), cn_json_string(a, CN_S("said"))));
    assert_true(cn_json_set(a, v, CN_S("fr"), cn_json_string(a, CN_S("dit"))));
    return v;
}

static const cn_json *list_of(cn_arena *a, const cn_json *one) {
    cn_json *v = cn_json_array(a);
    assert_true(cn_json_push(a, v, one));
    return v;
}

static const cn_json *something(cn_arena *a, const cn_blank *f) {
    cn_json *row;
    switch (f->kind) {
    case CN_BLANK_BOTH:
    case CN_BLANK_TEXTS: return both(a);
    case CN_BLANK_LISTS: return list_of(a, both(a));
    case CN_BLANK_LINES:
    case CN_BLANK_SOME: return list_of(a, cn_json_string(a, word_of(f)));
    case CN_BLANK_NUMBER:
    case CN_BLANK_COUNT:
    case CN_BLANK_LEVEL: return cn_json_number(a, 1);
    case CN_BLANK_SAID: return cn_json_bool(true);
    case CN_BLANK_ROWS:
    case CN_BLANK_ALIGNMENT:
        row = cn_json_object(a);
        for (size_t i = 0; i < f->columns_n; i++)
            assert_true(cn_json_set(a, row, f->columns[i].path, something(a, &f->columns[i])));
        return list_of(a, row);
    case CN_BLANK_LINE:
    case CN_BLANK_URL:
    case CN_BLANK_ONE:
    case CN_BLANK_DATE:
    case CN_BLANK_KINDS: break;
    }
    return cn_json_string(a, word_of(f));
}

/* A design that says all there is to say. */
static const cn_json *full_design(bench *b) {
    cn_json *design = cn_json_object(b->a);
    const cn_json *tidy;
    cn_blank_problems problems;
    for (size_t i = 0; i < cn_design_fields.n; i++)
        assert_true(
            cn_blank_set(b->a, design, cn_design_fields.v[i].path, something(b->a, &cn_design_fields.v[i])));
    good(b, cn_blanks_read(b->a, cn_design_fields, design, CN_S("en"), &tidy, &problems, &b->err));
    for (size_t i = 0; i < problems.n; i++)
        fail_msg("%.*s: %.*s", CN_ARG(problems.v[i].at), CN_ARG(problems.v[i].id));
    return tidy;
}

/* What no design, profile or offering says: who says it, and where that is tested. */
static const struct {
    cn_slice begins;
    const char *why;
} said_by_others[] = {
    {CN_S_INIT("attestations."), "members state it (test_attestations.c)"},
    {CN_S_INIT("learner."), "of the person who asks for funding (test_framework_pages.py, the self-check)"},
    {CN_S_INIT("application."), "of what the person asks for (the same)"},
    {CN_S_INIT("offering.endorsements"), "another organisation signs it (test_endorsements.c)"},
    {CN_S_INIT("offering.approval.decision_ref"), "a reviewer decides it (test_reviews.py)"},
};

static bool is_said_by_others(cn_slice field) {
    for (size_t i = 0; i < sizeof said_by_others / sizeof *said_by_others; i++)
        if (cn_slice_starts(field, said_by_others[i].begins)) return true;
    return false;
}

static bool stands(const cn_json *record, cn_slice path) {
    const cn_json *v = record;
    for (cn_slice name; v && path.n;) {
        (void)cn_slice_cut(path, '.', &name, &path);
        v = cn_json_get(v, name);
    }
    return v && !cn_json_is(v, CN_JSON_NULL);
}

static size_t check_rule(bench *b, const cn_json *record, const cn_rule *rule) {
    const cn_slice *fields;
    size_t n, found = 0;
    good(b, cn_rule_fields(b->a, rule, &fields, &n, &b->err));
    for (size_t i = 0; i < n; i++) {
        if (is_said_by_others(fields[i])) continue;
        if (!stands(record, fields[i]))
            fail_msg("%.*s: no design gives a record with %.*s", CN_ARG(rule->id), CN_ARG(fields[i]));
        found++;
    }
    return found;
}

/* No rule asks for what cannot be said on the pages. */
static void test_every_rule(void **state) {
    bench b = {0};
    cn_packs packs;
    size_t found = 0, rules = 0;
    start(&b, *state);
    say_who(&b);
    cn_achievement is = achievement(&b, full_design(&b));
    offer(&b, &is, "{\"start_any_time\":true,\"price\":1,\"currency\":\"CAD\"}");
    const cn_json *record = record_of(&b, &is);
    good(&b, cn_packs_builtin(b.a, &packs, &b.err));
    for (size_t i = 0; i < packs.n; i++)
        for (size_t k = 0; k < packs.v[i]->rules_n; k++, rules++)
            found += check_rule(&b, record, &packs.v[i]->rules[k]);
    assert_int_equal(rules, 195);
    assert_true(found > 150);
    check_text(cn_json_text(cn_json_point(record, CN_S("/variants/0"))), "said");
    end(&b);
}

/* Rules that ask for what an award states hold where the design says it, and the experiment it is part of counts.
 */
static void test_awards_and_variants(void **state) {
    static const struct {
        const char *pack, *rule, *design;
        cn_rule_outcome outcome;
    } cases[] = {
        {"ca-cican", "CICAN-06", "{}", CN_RULE_FAIL},
        {"ca-cican", "CICAN-06", "{\"transcript_entry\":{\"en\":\"MC\",\"fr\":\"MC\"}}", CN_RULE_PASS},
        {"eu", "EU-O-03", "{\"grade\":false}", CN_RULE_FAIL},
        {"eu", "EU-O-03", "{\"grade\":true}", CN_RULE_PASS},
        {"nl-npuls", "NL-E1", "{\"credits\":[{\"system\":\"ECTS\",\"value\":1}]}", CN_RULE_FAIL},
        {"nl-npuls", "NL-E1",
         "{\"credits\":[{\"system\":\"ECTS\",\"value\":1}],\"variants\":[\"university experiment\"]}",
         CN_RULE_PASS},
    };
    bench b = {0};
    cn_packs packs;
    start(&b, *state);
    good(&b, cn_packs_builtin(b.a, &packs, &b.err));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const cn_json *design;
        const cn_pack *pack;
        const cn_rule_result *results;
        size_t at = 0;
        good(&b, cn_json_read(b.a, cn_slice_of(cases[i].design), NULL, &design, &b.err));
        cn_achievement is = {.draft = {.en = {.name = CN_S("N")}, .design = design}, .id = CN_S("x")};
        good(&b, cn_packs_choose(&packs, cn_slice_of(cases[i].pack), CN_S("2026-06-01"), &pack, &b.err));
        good(&b, cn_pack_check(b.a, pack, record_of(&b, &is), CN_S("2026-06-01"), &results, &b.err));
        while (!cn_slice_eq(pack->rules[at].id, cn_slice_of(cases[i].rule))) at++;
        if (results[at].outcome != cases[i].outcome)
            fail_msg("%s of %s: %s", cases[i].rule, cases[i].design, cn_rule_outcome_name(results[at].outcome));
    }
    end(&b);
}

static void test_profile(void **state) {
    bench b = {0};
    start(&b, *state);
    cn_profile p;
    static const struct {
        cn_profile profile;
        const char *id;
    } wrong[] = {{{.country = CN_S_INIT("ca")}, "profile.country"},
                 {{.country = CN_S_INIT("CAN")}, "profile.country"},
                 {{.type = CN_S_INIT("school")}, "profile.type"},
                 {{.sector = CN_S_INIT("institution")}, "profile.sector"}};
    good(&b, cn_app_profile_get(b.a, &b.app, b.org.number, &p, &b.err));
    assert_true(!p.country.n && !p.type.n && p.regulated == CN_UNSAID);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_false(cn_app_profile_set(b.a, &b.app, NOW, 0, b.org.number, &wrong[i].profile, &b.err));
        check_err(b.err, CN_INVALID, wrong[i].id);
    }
    say_who(&b);
    good(&b, cn_app_profile_get(b.a, &b.app, b.org.number, &p, &b.err));
    check_text(p.country, "CA");
    check_text(p.sector, "college");
    assert_true(p.regulated == CN_SAID_YES && p.delivers == CN_SAID_NO);
    assert_int_equal(place_sql(*state, "SELECT count(*) FROM audit WHERE action = 'organisation.profile'"), 1);
    end(&b);
}

/* Whatever allocation fails, it is told. */
static void test_memory(void **state) {
    bench b = {0};
    const cn_json *record = NULL;
    start(&b, *state);
    cn_achievement is = achievement(&b, design_of(&b));
    for (size_t nth = 1; !record; nth++) {
        cn_arena *small CN_ARENA_AUTO = cn_arena_new(0);
        cn_arena_fail_after(small, nth);
        if (!cn_app_record(small, &b.app, NOW, &b.org, &is, &record, &b.err))
            check_err(b.err, CN_LIMIT, "memory.limit");
        assert_true(nth < 5000);
    }
    end(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        place_test(test_offering),   place_test(test_pack),
        place_test(test_nothing),    place_test(test_languages),
        place_test(test_price),      place_test(test_approval),
        place_test(test_every_rule), place_test(test_awards_and_variants),
        place_test(test_profile),    place_test(test_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
