/* SPDX-License-Identifier: Apache-2.0
 *
 * Attestations: stated once, signed so that the engine verifies them, in the record until they are withdrawn.
 */
#include "../store/place.h"
#include "randoms.h"
#include "app/approval.h"
#include "app/attestations.h"
#include "app/keys.h"
#include "app/record.h"
#include "rules/rules.h"

static const cn_time NOW = {1780000000, 0}, LATER = {1780000100, 0}; /* 2026-05-28 */

typedef struct bench {
    cn_arena *a;
    cn_crypto *crypto;
    uint64_t seed;
    cn_random random;
    cn_loader contexts, own;
    cn_master master;
    cn_app app;
    cn_organisation college, other;
    cn_slice id;
    cn_err err;
} bench;

static void good(bench *b, bool answer) {
    if (!answer) fail_msg("%s: %s (%s)", b->err.id, b->err.detail, b->err.where);
}

static void put(bench *b, const char *id, cn_organisation *out) {
    cn_stored_organisation o = {
        .id = cn_slice_of(id), .name_en = CN_S("College"), .name_fr = CN_S("Coll\xc3\xa8ge")};
    int64_t number;
    good(b, cn_store_organisation_put(b->a, b->app.store, &o, NOW, &number, &b->err));
    good(b, cn_app_organisation_get(b->a, &b->app, number, out, &b->err));
}

static bench *start(void **state) {
    bench *b = calloc(1, sizeof *b);
    assert_non_null(b);
    b->a = cn_arena_new(0);
    good(b, cn_crypto_new(&b->crypto, &b->err));
    b->random = (cn_random){&b->seed, mix};
    b->contexts = cn_builtin_loader(NULL);
    assert_true(cn_master_new(&b->random, &b->master, &b->err));
    b->app = (cn_app){.store = place_open(*state),
                      .crypto = b->crypto,
                      .contexts = &b->contexts,
                      .random = &b->random,
                      .origin = CN_S("https://cairn.example"),
                      .master = &b->master};
    b->own = (cn_loader){&b->app, cn_app_own_load};
    put(b, "college", &b->college);
    put(b, "other", &b->other);
    cn_achievement_text text = {
        .name = CN_S("Bookkeeping"), .description = CN_S("Books"), .criteria = CN_S("An exam")};
    cn_draft d = {.en = text, .fr = text};
    good(b, cn_app_achievement_new(b->a, &b->app, NOW, b->college.number, 0, &d, &b->id, &b->err));
    return b;
}

static void end(bench *b) {
    cn_store_close(b->app.store);
    cn_crypto_free(b->crypto);
    cn_arena_free(b->a);
    free(b);
}

static cn_attest attest(const bench *b, const char *statement) {
    return (cn_attest){.organisation = b->college.number,
                       .achievement = b->id,
                       .statement = cn_slice_of(statement),
                       .name = CN_S("Ren\xc3\xa9"
                                    "e Person")};
}

static cn_achievement achievement(bench *b) {
    cn_achievement is;
    good(b, cn_app_achievement_get(b->a, &b->app, b->college.number, b->id, &is, &b->err));
    return is;
}

static cn_attestations all(bench *b) {
    cn_attestations list;
    good(b, cn_app_attestations_of(b->a, &b->app, achievement(b).number, &list, &b->err));
    return list;
}

static const cn_json *record_of(bench *b, int version) {
    cn_achievement is = achievement(b);
    const cn_json *record;
    cn_version v;
    if (version) good(b, cn_app_version_of(b->a, &b->app, b->id, version, &v, &b->err));
    good(b, version ? cn_app_record_version(b->a, &b->app, NOW, &b->college, &v, &record, &b->err)
                    : cn_app_record(b->a, &b->app, NOW, &b->college, &is, &record, &b->err));
    return record;
}

/* Of a version, or of the draft (0). */
static cn_rule_outcome outcome_of(bench *b, int version, const char *pack, const char *rule) {
    const cn_rule_result *results;
    const cn_json *record = record_of(b, version);
    const cn_pack *p;
    cn_packs packs;
    good(b, cn_packs_builtin(b->a, &packs, &b->err));
    good(b, cn_packs_choose(&packs, cn_slice_of(pack), CN_S("2026-06-01"), &p, &b->err));
    good(b, cn_pack_check(b->a, p, record, CN_S("2026-06-01"), &results, &b->err));
    for (size_t i = 0; i < p->rules_n; i++)
        if (cn_slice_eq(p->rules[i].id, cn_slice_of(rule))) return results[i].outcome;
    fail_msg("no rule %s", rule);
    return CN_RULE_SKIP;
}

static cn_rule_outcome outcome(bench *b, const char *pack, const char *rule) {
    return outcome_of(b, 0, pack, rule);
}

static void test_a_statement_counts_until_it_is_withdrawn(void **state) {
    bench *b = start(state);
    cn_attest what = attest(b, "outcome_based");
    assert_int_equal(outcome(b, "au-nmf", "AU-P-01"), CN_RULE_ATTEST);
    good(b, cn_app_attest(b->a, &b->app, NOW, &what, &b->err));
    assert_int_equal(outcome(b, "au-nmf", "AU-P-01"), CN_RULE_PASS);
    assert_int_equal(outcome(b, "au-nmf", "AU-P-03"), CN_RULE_ATTEST);
    assert_false(cn_app_attest(b->a, &b->app, LATER, &what, &b->err));
    check_err(b->err, CN_CONFLICT, "attestation.stated");
    cn_slice id = all(b).v[0].id;
    assert_false(cn_app_attestation_withdraw(b->a, &b->app, LATER, b->other.number, 0, b->id, id, &b->err));
    check_err(b->err, CN_NOT_FOUND, "store.none");
    good(b, cn_app_attestation_withdraw(b->a, &b->app, LATER, b->college.number, 0, b->id, id, &b->err));
    assert_int_equal(outcome(b, "au-nmf", "AU-P-01"), CN_RULE_ATTEST);
    assert_false(cn_app_attestation_withdraw(b->a, &b->app, LATER, b->college.number, 0, b->id, id, &b->err));
    check_err(b->err, CN_NOT_FOUND, "store.none");
    good(b, cn_app_attest(b->a, &b->app, LATER, &what, &b->err));
    assert_int_equal(all(b).n, 2); /* what was signed stays */
    assert_int_equal(place_sql(*state, "SELECT count(*) FROM audit WHERE action = 'achievement.attested'"), 2);
    assert_int_equal(
        place_sql(*state, "SELECT count(*) FROM audit WHERE action = 'achievement.attestation-withdrawn'"), 1);
    end(b);
}

static void verify(bench *b, cn_slice document, cn_verdict verdict) {
    cn_report report;
    cn_verify_options how = {.crypto = b->crypto, .contexts = &b->contexts, .resolver = &b->own, .now = LATER};
    assert_true(cn_verify(b->a, document, &how, &report, &b->err));
    if (report.verdict != verdict) fail_msg("%.*s", CN_ARG(document));
}

static void test_a_statement_verifies_and_says_who_and_when(void **state) {
    bench *b = start(state);
    cn_attest what = attest(b, "lifelong_learning");
    const cn_json *signed_statement;
    good(b, cn_app_attest(b->a, &b->app, NOW, &what, &b->err));
    cn_slice document = all(b).v[0].document;
    verify(b, document, CN_VERIFIED);
    good(b, cn_json_read(b->a, document, NULL, &signed_statement, &b->err));
    const cn_json *subject = cn_json_get(signed_statement, CN_S("credentialSubject")),
                  *statement = cn_json_get(subject, CN_S("statement"));
    assert_true(
        cn_slice_starts(cn_json_get_text(subject, CN_S("id")), CN_S("https://cairn.example/achievements/")));
    assert_true(cn_slice_ends(cn_json_get_text(subject, CN_S("id")), CN_S("/versions/1")));
    assert_true(cn_slice_eq(cn_json_get_text(statement, CN_S("identifier")), what.statement));
    assert_true(cn_slice_eq(cn_json_get_text(statement, CN_S("dateCreated")), CN_S("2026-05-28")));
    assert_true(cn_slice_eq(cn_json_get_text(cn_json_get(statement, CN_S("author")), CN_S("name")), what.name));
    assert_true(cn_json_get_text(cn_json_get(statement, CN_S("text")), CN_S("fr")).n);
    /* Every word of it is signed. */
    cn_slice other;
    assert_true(cn_arena_copy(b->a, document, &other));
    char *name = strstr((char *)(uintptr_t)other.p, "e Person");
    assert_non_null(name);
    name[2] = 'X';
    verify(b, other, CN_NOT_VERIFIED);
    end(b);
}

static void publish(bench *b) {
    int version;
    good(b, cn_app_achievement_publish(b->a, &b->app, NOW, b->college.number, 0, b->id, (cn_slice){0}, &version,
                                       &b->err));
}

static void change_the_draft(bench *b) {
    cn_draft d = achievement(b).draft;
    d.en.description = CN_S("Other books");
    cn_achievement_change change = {.organisation = b->college.number, .id = b->id, .draft = &d};
    good(b, cn_app_achievement_save(b->a, &b->app, LATER, &change, &b->err));
}

static bool is_approved(bench *b, int version) {
    const cn_json *granted = cn_json_point(record_of(b, version), CN_S("/offering/approval/granted"));
    assert_true(cn_json_is_bool(granted));
    return cn_json_is(granted, CN_JSON_TRUE);
}

/* A new version begins without statements, and the old one keeps its own; so it is with its approval. */
static void test_a_statement_is_of_one_version(void **state) {
    bench *b = start(state);
    cn_attest what = attest(b, "outcome_based");
    good(b, cn_app_attest(b->a, &b->app, NOW, &what, &b->err));
    assert_false(is_approved(b, 0));
    publish(b);
    assert_int_equal(outcome(b, "au-nmf", "AU-P-01"), CN_RULE_PASS); /* it says the same still */
    assert_int_equal(outcome_of(b, 1, "au-nmf", "AU-P-01"), CN_RULE_PASS);
    assert_true(is_approved(b, 0));
    change_the_draft(b);
    assert_int_equal(outcome(b, "au-nmf", "AU-P-01"), CN_RULE_ATTEST);
    assert_int_equal(outcome_of(b, 1, "au-nmf", "AU-P-01"), CN_RULE_PASS);
    assert_false(is_approved(b, 0));
    assert_true(is_approved(b, 1));
    good(b, cn_app_attest(b->a, &b->app, LATER, &what, &b->err));
    assert_int_equal(all(b).v[0].version, 1);
    assert_int_equal(all(b).v[1].version, 2);
    good(b,
         cn_app_attestation_withdraw(b->a, &b->app, LATER, b->college.number, 0, b->id, all(b).v[0].id, &b->err));
    assert_int_equal(outcome(b, "au-nmf", "AU-P-01"), CN_RULE_PASS);
    assert_int_equal(outcome_of(b, 1, "au-nmf", "AU-P-01"), CN_RULE_ATTEST);
    publish(b);
    assert_int_equal(outcome_of(b, 2, "au-nmf", "AU-P-01"), CN_RULE_PASS);
    cn_flow_act no = {.action = CN_FLOW_WITHDRAW,
                      .organisation = b->college.number,
                      .id = b->id,
                      .reason = CN_S("The rubric was lost.")};
    good(b, cn_app_flow_act(b->a, &b->app, LATER, &no, &b->err));
    assert_false(is_approved(b, 2));
    end(b);
}

static void test_what_cannot_be_stated(void **state) {
    static const struct {
        const char *statement;
        cn_slice name;
        cn_code code;
        const char *id;
    } cases[] = {
        {"the_moon_is_cheese", CN_S_INIT("A"), CN_INVALID, "attestation.statement"},
        {"", CN_S_INIT("A"), CN_INVALID, "attestation.statement"},
        {"outcome_based", CN_S_INIT(""), CN_INVALID, "attestation.name"},
        {"outcome_based", CN_S_INIT("A\nB"), CN_INVALID, "attestation.name"},
    };
    bench *b = start(state);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cn_attest what = attest(b, cases[i].statement);
        what.name = cases[i].name;
        assert_false(cn_app_attest(b->a, &b->app, NOW, &what, &b->err));
        check_err(b->err, cases[i].code, cases[i].id);
    }
    cn_attest what = attest(b, "outcome_based");
    what.organisation = b->other.number;
    assert_false(cn_app_attest(b->a, &b->app, NOW, &what, &b->err));
    check_err(b->err, CN_NOT_FOUND, "store.none");
    b->app.master = NULL;
    what.organisation = b->college.number;
    assert_false(cn_app_attest(b->a, &b->app, NOW, &what, &b->err));
    check_err(b->err, CN_UNAVAILABLE, "keys.master");
    assert_int_equal(all(b).n, 0);
    end(b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        place_test(test_a_statement_counts_until_it_is_withdrawn),
        place_test(test_a_statement_verifies_and_says_who_and_when),
        place_test(test_a_statement_is_of_one_version),
        place_test(test_what_cannot_be_stated),
    };
    return cmocka_run_group_tests_name("app/attestations", tests, NULL, NULL);
}
