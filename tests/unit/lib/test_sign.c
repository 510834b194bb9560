/* SPDX-License-Identifier: Apache-2.0 */
#include "bench.h"

static const char challenge[] = "c-1", domain[] = "https://verifier.example";

static cn_signer *signer_of(bench *b, const char *kind) {
    uint8_t seed[66] = {0};
    size_t n = strcmp(kind, "p384") == 0 ? 48 : strcmp(kind, "p521") == 0 ? 66 : 32;
    cn_signer *s = NULL;
    seed[n - 1] = 7;
    assert_true(cn_signer_from_seed(b->engine, kind, seed, n, &s, NULL));
    return s;
}

static cn_slice form_of(bench *b, const cn_signer *s, cn_signer_form form) {
    cn_bytes out;
    cn_slice kept;
    assert_true(cn_signer_write(b->engine, s, form, &out, NULL));
    assert_true(cn_arena_copy(b->arena, cn_slice_bytes(out.p, out.n), &kept));
    cn_bytes_free(&out);
    return kept;
}

/* A credential of the signer's for somebody; on the arena. */
static cn_slice credential_by(bench *b, const cn_signer *s) {
    cn_slice did = form_of(b, s, CN_AS_DID_KEY), out;
    assert_true(cn_arena_print(
        b->arena, &out,
        "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\",\"https://purl.imsglobal.org/spec/ob/v3p0/"
        "context-3.0.3.json\"],\"id\":\"urn:uuid:1\",\"type\":[\"VerifiableCredential\",\"OpenBadgeCredential\"],"
        "\"issuer\":{\"id\":\"%.*s\",\"type\":[\"Profile\"]},\"validFrom\":\"2026-01-01T00:00:00Z\",\"name\":"
        "\"Knots\",\"credentialSubject\":{\"id\":\"urn:uuid:2\",\"type\":[\"AchievementSubject\"],\"achievement\":"
        "{\"id\":\"urn:uuid:3\",\"type\":[\"Achievement\"],\"name\":\"Knots\",\"description\":\"Ties "
        "them.\",\"criteria\":{\"narrative\":\"Ten knots.\"}}}}",
        CN_ARG(did)));
    return out;
}

static cn_bytes issued(bench *b, const cn_signer *s, const cn_engine_issue_options *how) {
    cn_slice credential = credential_by(b, s);
    cn_bytes out = {0};
    cn_error error;
    if (!cn_engine_issue(b->engine, credential.p, credential.n, s, how, &out, &error))
        fail_msg("%s %s: %s", error.id, error.where, error.detail);
    return out;
}

static void expect(bench *b, const cn_bytes *bytes, cn_engine_verdict verdict, const char *problem) {
    bench_expect(b->engine, cn_slice_bytes(bytes->p, bytes->n), verdict, problem);
}

/* ---- Keys ---- */

static void a_key_has_many_forms(void **state) {
    static const uint8_t seed[32] = {0};
    bench *b = *state;
    cn_signer *s, *again;
    assert_true(cn_signer_from_seed(b->engine, "ed25519", seed, sizeof seed, &s, NULL));
    /* The first test vector of the specification of did:key. */
    assert_true(
        cn_slice_eq(form_of(b, s, CN_AS_MULTIKEY), CN_S("z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp")));
    cn_slice did = form_of(b, s, CN_AS_DID_KEY), method = form_of(b, s, CN_AS_METHOD);
    assert_true(cn_slice_starts(method, did));
    assert_true(cn_slice_starts(form_of(b, s, CN_AS_DID_JWK), CN_S("did:jwk:eyJ")));
    assert_true(cn_slice_starts(form_of(b, s, CN_AS_JWK), CN_S("{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":")));
    assert_int_equal(form_of(b, s, CN_AS_THUMBPRINT).n, 43);
    for (cn_signer_form form = CN_AS_SECRET_MULTIKEY; form <= CN_AS_SECRET_JWK; form++) {
        cn_slice secret = form_of(b, s, form);
        assert_true(cn_signer_read(b->engine, secret.p, secret.n, &again, NULL));
        assert_true(cn_slice_eq(form_of(b, again, CN_AS_METHOD), method));
        cn_signer_free(again);
    }
    cn_signer_free(s);
}

static void a_key_in_a_file_says_what_it_signs_as(void **state) {
    bench *b = *state;
    cn_signer *s = signer_of(b, "p256"), *again;
    cn_slice secret = form_of(b, s, CN_AS_SECRET_MULTIKEY), text;
    cn_error error;
    assert_true(cn_arena_print(b->arena, &text, "{\"id\":\"did:web:a.example#k\",\"secretKeyMultibase\":\"%.*s\"}",
                               CN_ARG(secret)));
    assert_true(cn_signer_read(b->engine, text.p, text.n, &again, &error));
    assert_true(cn_slice_eq(form_of(b, again, CN_AS_METHOD), CN_S("did:web:a.example#k")));
    cn_signer_free(again);
    bench_fails(cn_signer_read(b->engine, "{}", 2, &again, &error), &error, "keyfile.none");
    cn_signer_free(s);
}

static void a_new_key_takes_randomness(void **state) {
    bench *b = *state;
    cn_engine *poor = bench_engine(NULL);
    cn_signer *s = NULL;
    cn_error error;
    for (size_t i = 0; i < 4; i++) {
        static const char *const kinds[] = {"ed25519", "p256", "p384", "p521"};
        assert_true(cn_signer_new(b->engine, kinds[i], &s, &error));
        cn_signer_free(s);
    }
    s = NULL;
    bench_fails(cn_signer_new(b->engine, "rsa", &s, &error), &error, "key.kind");
    bench_fails(cn_signer_new(poor, "ed25519", &s, &error), &error, "engine.random");
    b->no_random = true;
    bench_fails(cn_signer_new(b->engine, "ed25519", &s, &error), &error, "crypto.random");
    bench_fails(cn_signer_from_seed(b->engine, "p256", "short", 5, &s, &error), &error, "key.private");
    bench_fails(cn_signer_from_seed(b->engine, "p256", (uint8_t[32]){0}, 32, &s, &error), &error, "key.private");
    assert_null(s);
    cn_engine_free(poor);
}

/* ---- Issuing ---- */

static void every_suite_signs_what_verifies(void **state) {
    static const char *const suites[][2] = {
        {"ed25519", NULL},
        {"ed25519", "eddsa-rdfc-2022"},
        {"ed25519", "eddsa-jcs-2022"},
        {"p256", NULL},
        {"p256", "ecdsa-rdfc-2019"},
        {"p384", "ecdsa-rdfc-2019"},
        {"p256", "ecdsa-jcs-2019"},
        {"p384", "ecdsa-jcs-2019"},
        {"ed25519", "vc+jwt"},
        {"p256", "vc+jwt"},
        {"p384", "vc+jwt"},
        {"p521", "vc+jwt"},
        {"ed25519", "vc+sd-jwt"},
    };
    bench *b = *state;
    for (size_t i = 0; i < sizeof suites / sizeof *suites; i++) {
        cn_signer *s = signer_of(b, suites[i][0]);
        cn_bytes out = issued(
            b, s, &(cn_engine_issue_options){.size = sizeof(cn_engine_issue_options), .suite = suites[i][1]});
        expect(b, &out, CN_IS_VERIFIED, NULL);
        out.p[out.n / 2] ^= 1;
        expect(b, &out, CN_IS_NOT_VERIFIED, NULL);
        cn_bytes_free(&out);
        cn_signer_free(s);
    }
}

static void what_is_not_good_is_not_signed(void **state) {
    static const char bad[] = "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\"],"
                              "\"type\":[\"VerifiableCredential\"],\"credentialSubject\":{\"x\":1}}";
    bench *b = *state;
    cn_signer *s = signer_of(b, "ed25519");
    cn_engine_issue_options how = {.size = sizeof how};
    cn_bytes out;
    cn_error error;
    bench_fails(cn_engine_issue(b->engine, bad, sizeof bad - 1, s, &how, &out, &error), &error,
                "issue.credential");
    assert_string_equal(error.where, "/issuer");
    how.suite = "ecdsa-rdfc-2019";
    how.flags = CN_ISSUE_UNCHECKED;
    bench_fails(cn_engine_issue(b->engine, bad, sizeof bad - 1, s, &how, &out, &error), &error, "sign.suite");
    how.suite = NULL;
    bench_fails(cn_engine_issue(b->engine, bad, sizeof bad - 1, s, &how, &out, &error), &error,
                "jsonld.dropped-property");
    how.suite = "eddsa-jcs-2022";
    bench_fails(cn_engine_issue(b->engine, "{\"a\":1,\"a\":2}", 13, s, &how, &out, &error), &error,
                "json.duplicate-key");
    bench_fails(cn_engine_issue(b->engine, bad, sizeof bad - 1, NULL, &how, &out, &error), &error,
                "argument.null");
    how.holder = "did:key:z6Mk";
    bench_fails(cn_engine_issue(b->engine, bad, sizeof bad - 1, s, &how, &out, &error), &error, "issue.options");
    how = (cn_engine_issue_options){.size = sizeof how, .suite = "vc+jwt", .id = "urn:proof"};
    bench_fails(cn_engine_issue(b->engine, bad, sizeof bad - 1, s, &how, &out, &error), &error, "issue.options");
    cn_signer_free(s);
}

static void proofs_build_on_each_other(void **state) {
    bench *b = *state;
    cn_signer *s = signer_of(b, "ed25519");
    int64_t early = BENCH_NOW - 3600, late = BENCH_NOW + 3600;
    cn_bytes first = issued(b, s,
                            &(cn_engine_issue_options){.size = sizeof(cn_engine_issue_options),
                                                       .id = "urn:uuid:p1",
                                                       .created = &early,
                                                       .expires = &late}),
             both;
    cn_engine_issue_options how = {
        .size = sizeof how, .previous = (const char *const[]){"urn:uuid:p1"}, .previous_n = 1};
    assert_true(cn_engine_issue(b->engine, first.p, first.n, s, &how, &both, NULL));
    expect(b, &both, CN_IS_VERIFIED, NULL);
    assert_non_null(strstr(both.p, "\"previousProof\":\"urn:uuid:p1\""));
    assert_non_null(strstr(both.p, "\"created\":\"2026-05-31T23:00:00Z\",\"expires\":\"2026-06-01T01:00:00Z\""));
    cn_bytes_free(&first);
    cn_bytes_free(&both);
    cn_signer_free(s);
}

/* ---- Showing a part ---- */

static void a_part_is_shown(void **state) {
    static const char *const mandatory[] = {"/issuer", "/validFrom"}, *const shown[] = {"/name"},
                             *const nothing[] = {"/nothing"};
    bench *b = *state;
    cn_signer *s = signer_of(b, "p256");
    cn_bytes base = issued(b, s,
                           &(cn_engine_issue_options){.size = sizeof(cn_engine_issue_options),
                                                      .suite = "ecdsa-sd-2023",
                                                      .mandatory = mandatory,
                                                      .mandatory_n = 2}),
             part;
    cn_error error;
    expect(b, &base, CN_IS_NOT_VERIFIED, "\"problem\":\"base-proof\"");
    assert_true(cn_engine_derive(b->engine, base.p, base.n, shown, 1, &part, &error));
    assert_non_null(strstr(part.p, "\"name\":\"Knots\""));
    assert_null(strstr(part.p, "Ten knots."));
    cn_bytes report;
    cn_engine_verdict verdict;
    assert_true(cn_engine_verify(b->engine, part.p, part.n, NULL, &verdict, &report, NULL));
    assert_non_null(strstr(report.p, "\"proof\":true"));
    cn_bytes_free(&report);
    cn_bytes_free(&part);
    bench_fails(cn_engine_derive(b->engine, base.p, base.n, nothing, 1, &part, &error), &error, "sd.pointer");
    bench_fails(cn_engine_derive(b->engine, base.p, base.n, NULL, 1, &part, &error), &error, "argument.null");
    bench_fails(cn_engine_derive(b->engine, "{}", 2, shown, 1, &part, &error), &error, "sd.no-base");
    cn_bytes_free(&base);
    cn_signer_free(s);
}

static void an_sd_jwt_is_bound_to_its_holder(void **state) {
    static const char *const kept[] = {"/name", "/credentialSubject/achievement/criteria"};
    bench *b = *state;
    cn_signer *s = signer_of(b, "ed25519"), *holder = signer_of(b, "p256");
    cn_slice did = form_of(b, holder, CN_AS_DID_JWK);
    cn_bytes whole = issued(b, s,
                            &(cn_engine_issue_options){.size = sizeof(cn_engine_issue_options),
                                                       .suite = "vc+sd-jwt",
                                                       .withhold = kept,
                                                       .withhold_n = 2,
                                                       .holder = did.p}),
             part, bound;
    cn_engine_present_options how = {.size = sizeof how,
                                     .form = "sd-jwt",
                                     .challenge = challenge,
                                     .domain = domain,
                                     .reveal = kept,
                                     .reveal_n = 1};
    assert_true(cn_engine_derive(b->engine, whole.p, whole.n, kept, 1, &part, NULL));
    assert_true(part.n < whole.n);
    assert_true(cn_engine_present(b->engine, &whole, 1, holder, &how, &bound, NULL));
    cn_error error;
    how.method = "https://holder.example/keys#1"; /* the SD-JWT says whose key it is */
    bench_fails(cn_engine_present(b->engine, &whole, 1, holder, &how, &part, &error), &error, "present.options");
    cn_engine_verify_options asked = {.size = sizeof asked, .challenge = challenge, .domain = domain};
    cn_engine_verdict verdict;
    assert_true(cn_engine_verify(b->engine, bound.p, bound.n, &asked, &verdict, NULL, NULL));
    assert_int_equal(verdict, CN_IS_VERIFIED);
    asked.challenge = "another";
    assert_true(cn_engine_verify(b->engine, bound.p, bound.n, &asked, &verdict, NULL, NULL));
    assert_int_equal(verdict, CN_IS_NOT_VERIFIED);
    cn_bytes_free(&whole);
    cn_bytes_free(&part);
    cn_bytes_free(&bound);
    cn_signer_free(holder);
    cn_signer_free(s);
}

/* ---- Presenting ---- */

static void presentations_answer_who_asked(void **state) {
    static const char *const forms[] = {NULL, "vp", "jwt"};
    bench *b = *state;
    cn_signer *s = signer_of(b, "ed25519"), *holder = signer_of(b, "p256");
    cn_bytes shown[2] = {
        issued(b, s, NULL),
        issued(b, s, &(cn_engine_issue_options){.size = sizeof(cn_engine_issue_options), .suite = "vc+jwt"})};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        cn_engine_present_options how = {
            .size = sizeof how, .form = forms[i], .challenge = challenge, .domain = domain};
        cn_engine_verify_options asked = {.size = sizeof asked, .challenge = challenge, .domain = domain};
        cn_engine_verdict verdict;
        cn_bytes vp;
        assert_true(cn_engine_present(b->engine, shown, 2, holder, &how, &vp, NULL));
        assert_true(cn_engine_verify(b->engine, vp.p, vp.n, &asked, &verdict, NULL, NULL));
        assert_int_equal(verdict, CN_IS_VERIFIED);
        asked.domain = "https://other.example";
        assert_true(cn_engine_verify(b->engine, vp.p, vp.n, &asked, &verdict, NULL, NULL));
        assert_int_equal(verdict, CN_IS_NOT_VERIFIED);
        assert_true(cn_engine_verify(b->engine, vp.p, vp.n, NULL, &verdict, NULL, NULL));
        assert_int_equal(verdict, CN_IS_NOT_VERIFIED);
        cn_bytes_free(&vp);
    }
    cn_bytes_free(&shown[0]);
    cn_bytes_free(&shown[1]);
    cn_signer_free(holder);
    cn_signer_free(s);
}

static void a_presentation_needs_an_occasion(void **state) {
    bench *b = *state;
    cn_signer *s = signer_of(b, "ed25519");
    cn_bytes shown = issued(b, s, NULL), many[17] = {{0}}, vp;
    cn_engine_present_options how = {.size = sizeof how, .challenge = challenge};
    cn_error error;
    bench_fails(cn_engine_present(b->engine, &shown, 1, s, &how, &vp, &error), &error, "present.occasion");
    how.domain = domain;
    bench_fails(cn_engine_present(b->engine, &shown, 0, s, &how, &vp, &error), &error, "present.many");
    bench_fails(cn_engine_present(b->engine, many, 17, s, &how, &vp, &error), &error, "present.many");
    bench_fails(cn_engine_present(b->engine, NULL, 1, s, &how, &vp, &error), &error, "present.many");
    how.form = "xml";
    bench_fails(cn_engine_present(b->engine, &shown, 1, s, &how, &vp, &error), &error, "present.form");
    how.form = "jwt";
    how.suite = "eddsa-jcs-2022";
    bench_fails(cn_engine_present(b->engine, &shown, 1, s, &how, &vp, &error), &error, "present.options");
    cn_bytes_free(&shown);
    cn_signer_free(s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_key_has_many_forms, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(a_key_in_a_file_says_what_it_signs_as, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(a_new_key_takes_randomness, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(every_suite_signs_what_verifies, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(what_is_not_good_is_not_signed, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(proofs_build_on_each_other, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(a_part_is_shown, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(an_sd_jwt_is_bound_to_its_holder, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(presentations_answer_who_asked, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(a_presentation_needs_an_occasion, bench_new, bench_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
