/* SPDX-License-Identifier: Apache-2.0
 *
 * src/vc/ob2.c, ob2_check.c: badges of Open Badges 2.0 and older are read and shown as what they are, and whatever
 * can be said for them, none is called verified. The signed ones were made with OpenSSL; their key was not kept.
 */
#include "bench.h"

#include "base/base.h"

static const struct {
    const char *file;
    cn_verdict verdict;
    cn_outcome proof;
    const char *step;
    cn_outcome outcome;
    const char *problem, *where;
} cases[] = {
    {"ob2-hosted.json", CN_VERDICT_UNKNOWN, CN_UNKNOWN, "proof", CN_PASS, "ob2-hosted", "/id"},
    {"ob2-hosted.json", CN_VERDICT_UNKNOWN, CN_UNKNOWN, "issuer", CN_PASS, "ob2-own-host", "/badge/issuer"},
    {"ob2-hosted.json", CN_VERDICT_UNKNOWN, CN_UNKNOWN, "standard", CN_UNKNOWN, "open-badges-2", "/@context"},
    {"ob2-address.png", CN_VERDICT_UNKNOWN, CN_UNKNOWN, "issuer", CN_PASS, "ob2-own-host", NULL},
    {"ob2.svg", CN_VERDICT_UNKNOWN, CN_UNKNOWN, "issuer", CN_PASS, "ob2-own-host", NULL},
    {"ob2-old.json", CN_VERDICT_UNKNOWN, CN_UNKNOWN, "issuer", CN_NOT_APPLICABLE, "", NULL},
    {"ob2-changed.json", CN_NOT_VERIFIED, CN_FAIL, "proof", CN_FAIL, "ob2-differs", "/recipient"},
    {"ob2-nowhere.json", CN_VERDICT_UNKNOWN, CN_UNKNOWN, "proof", CN_UNKNOWN, "ob2-unavailable", "/id"},
    {"ob2-no-address.json", CN_NOT_VERIFIED, CN_UNKNOWN, "model", CN_FAIL, "ob2-invalid", "/id"},
    {"ob2-invalid.json", CN_NOT_VERIFIED, CN_FAIL, "model", CN_FAIL, "ob2-invalid", "/badge"},
    {"ob2-elsewhere.json", CN_NOT_VERIFIED, CN_UNKNOWN, "issuer", CN_FAIL, "issuer-key-mismatch", "/badge/issuer"},
    {"ob2-ended.json", CN_NOT_VERIFIED, CN_UNKNOWN, "validity", CN_FAIL, "expired", "/validUntil"},
    {"ob2-revoked.json", CN_NOT_VERIFIED, CN_UNKNOWN, "status", CN_FAIL, "revoked", "/id"},
    {"ob2-signed.jwt", CN_VERDICT_UNKNOWN, CN_PASS, "proof", CN_PASS, "", ""},
    {"ob2-signed.jwt", CN_VERDICT_UNKNOWN, CN_PASS, "issuer", CN_PASS, "", ""},
    {"ob2-signed.jwt", CN_VERDICT_UNKNOWN, CN_PASS, "status", CN_PASS, "", ""},
    {"ob2-signed.png", CN_VERDICT_UNKNOWN, CN_PASS, "issuer", CN_PASS, "", ""},
    {"ob2-signed-changed.jwt", CN_NOT_VERIFIED, CN_FAIL, "proof", CN_FAIL, "invalid-signature", "signature"},
    {"ob2-signed-revoked.jwt", CN_NOT_VERIFIED, CN_PASS, "status", CN_FAIL, "revoked", "/id"},
    {"ob2-signed-by-other.jwt", CN_NOT_VERIFIED, CN_PASS, "issuer", CN_FAIL, "issuer-key-mismatch",
     "/badge/issuer"},
    {"ob2-signed-hmac.jwt", CN_VERDICT_UNKNOWN, CN_UNKNOWN, "proof", CN_UNKNOWN, "jwt-alg-unsupported",
     "header/alg"},
};

static void each_badge_comes_to_what_it_must(void **state) {
    bench *b = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cn_report r = bench_verify(b, bench_file(b->arena, cases[i].file));
        const cn_step *s = bench_step(&r, cases[i].step);
        assert_true(cn_slice_eq(r.format, CN_S("ob2")));
        if (r.verdict != cases[i].verdict || r.proof != cases[i].proof || s->outcome != cases[i].outcome ||
            strcmp(s->problem, cases[i].problem) ||
            (cases[i].where && !cn_slice_eq(s->where, cn_slice_of(cases[i].where))))
            fail_msg("%s: %s, proof %s, %s %s \"%s\" at %.*s: %.*s", cases[i].file, cn_verdict_name(r.verdict),
                     cn_outcome_name(r.proof), s->id, cn_outcome_name(s->outcome), s->problem, CN_ARG(s->where),
                     CN_ARG(s->detail));
    }
}

/* Whoever can be had or not: nothing of this standard is ever verified. */
static void none_is_called_verified(void **state) {
    bench *b = *state;
    b->options.resolver = NULL;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cn_report r = bench_verify(b, bench_file(b->arena, cases[i].file));
        assert_int_not_equal(r.verdict, CN_VERIFIED);
        assert_int_equal(r.controller.n, 0);
        assert_string_equal(bench_step(&r, "standard")->problem, "open-badges-2");
    }
}

static void what_it_claims_is_shown(void **state) {
    bench *b = *state;
    cn_report r = bench_verify(b, bench_file(b->arena, "ob2-signed.jwt"));
    cn_buf text = cn_buf_on(b->arena, 0);
    cn_err err;
    assert_true(cn_report_write(b->arena, &r, CN_S("x"), &text, &err));
    cn_buf_byte(&text, 0);
    const cn_json *c = cn_json_get(bench_json(b->arena, text.p), CN_S("credential"));
    static const struct {
        const char *pointer, *text;
    } members[] = {
        {"/format", "ob2"},
        {"/type", "Assertion"},
        {"/name", "Soil Sampling"},
        {"/issuer/name", "Cairn Test College"},
        {"/issuer/id", "https://college.example/ob2/issuer"},
        {"/achievement/name", "Soil Sampling"},
        {"/subject/id", "sha256$ecf5409f3f4b91ab60cc5ef4c02aef7032354375e70cf4d8e43f6a1d29891942"},
        {"/validFrom", "2019-05-04T08:00:00Z"},
    };
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        assert_true(
            cn_json_is_string(cn_json_point(c, cn_slice_of(members[i].pointer)), cn_slice_of(members[i].text)));
    assert_true(cn_slice_eq(r.controller, CN_S("https://college.example/ob2/issuer")));
}

/* A credential is not mistaken for one, and neither is one that only looks like it. */
static void others_are_none(void **state) {
    static const char *const texts[] = {
        "{}", "{\"@context\":\"https://w3id.org/openbadges/v2\",\"type\":\"VerifiableCredential\"}",
        "{\"badge\":\"https://a.example/\"}"};
    bench *b = *state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        cn_report r = bench_verify(b, cn_slice_of(texts[i]));
        assert_true(cn_slice_eq(r.format, CN_S("json")));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_badge_comes_to_what_it_must, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(none_is_called_verified, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(what_it_claims_is_shown, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(others_are_none, bench_new, bench_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
