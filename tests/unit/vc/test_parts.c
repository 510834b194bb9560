/* SPDX-License-Identifier: Apache-2.0
 *
 * src/vc/parts.c: endorsements and the credentials of a record. A bad endorsement is seen and takes nothing with
 * it; a record is no better than what it holds.
 */
#include "bench.h"

#include "base/base.h"

static cn_report report_of(bench *b, const char *name) {
    char path[80];
    (void)snprintf(path, sizeof path, "%s.json", name);
    return bench_verify(b, bench_file(b->arena, path));
}

static const struct {
    const char *file;
    cn_verdict verdict;
    const char *step;
    cn_outcome outcome;
    const char *problem, *where;
    size_t n, good;
} cases[] = {
    {"good", CN_VERIFIED, "endorsements", CN_NOT_APPLICABLE, "", "", 0, 0},
    {"endorsed", CN_VERIFIED, "endorsements", CN_PASS, "", "", 1, 1},
    {"endorsed-badly", CN_VERIFIED, "endorsements", CN_PASS, "endorsement-invalid",
     "/credentialSubject/achievement/endorsement/1", 3, 1},
    {"endorsed-once", CN_VERIFIED, "endorsements", CN_PASS, "endorsement-ended",
     "/credentialSubject/achievement/endorsement/0", 1, 0},
    {"endorsed-elsewhere", CN_VERIFIED, "endorsements", CN_PASS, "endorsement-of-other", "/issuer/endorsement/0",
     1, 1},
    {"endorsed-from-afar", CN_VERIFIED, "endorsements", CN_PASS, "endorsement-unverifiable", "/endorsement", 1, 0},
    {"endorsed-jwt", CN_VERIFIED, "endorsements", CN_PASS, "", "", 1, 1},
    {"endorsed-jwt-badly", CN_VERIFIED, "endorsements", CN_PASS, "endorsement-invalid", "/endorsementJwt/2", 4, 2},
    {"endorsed-jwt-undefined", CN_NOT_VERIFIED, "endorsements", CN_PASS, "", "", 1, 1},
    {"endorsed-jwt-undefined", CN_NOT_VERIFIED, "context", CN_FAIL, "data-loss", "/endorsementJwt", 1, 1},
    {"good", CN_VERIFIED, "parts", CN_NOT_APPLICABLE, "", "", 0, 0},
    {"record", CN_VERIFIED, "parts", CN_PASS, "", "", 2, 2},
    {"record-forged", CN_NOT_VERIFIED, "parts", CN_FAIL, "part-invalid",
     "/credentialSubject/verifiableCredential/1", 2, 1},
    {"record-unsigned", CN_NOT_VERIFIED, "parts", CN_FAIL, "part-invalid",
     "/credentialSubject/verifiableCredential/0", 1, 0},
    {"record-ended", CN_VERIFIED, "parts", CN_PASS, "part-ended", "/credentialSubject/verifiableCredential/0", 2,
     0},
    {"record-unknown", CN_VERDICT_UNKNOWN, "parts", CN_UNKNOWN, "part-unverifiable",
     "/credentialSubject/verifiableCredential/0", 1, 0},
};

static void each_part_is_verified_by_itself(void **state) {
    bench *b = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cn_report r = report_of(b, cases[i].file);
        const cn_step *s = bench_step(&r, cases[i].step);
        bool parts = !strcmp(cases[i].step, "parts");
        const cn_part *all = parts ? r.parts : r.endorsements;
        size_t n = parts ? r.parts_n : r.endorsements_n, good = 0;
        for (size_t k = 0; k < n; k++) good += all[k].verdict == CN_VERIFIED;
        if (r.verdict != cases[i].verdict || s->outcome != cases[i].outcome ||
            strcmp(s->problem, cases[i].problem) || !cn_slice_eq(s->where, cn_slice_of(cases[i].where)) ||
            n != cases[i].n || good != cases[i].good)
            fail_msg("%s: %s, %s %s \"%s\" at %.*s, %zu of %zu good: %.*s", cases[i].file,
                     cn_verdict_name(r.verdict), s->id, cn_outcome_name(s->outcome), s->problem, CN_ARG(s->where),
                     good, n, CN_ARG(s->detail));
    }
}

/* Who signed, and not who it says it is by, stands in the report. */
static void who_signed_a_part_is_told(void **state) {
    bench *b = *state;
    cn_report r = report_of(b, "endorsed-badly");
    assert_true(cn_slice_eq(r.endorsements[0].controller, r.endorsements[0].issuer));
    assert_true(cn_slice_starts(r.endorsements[0].controller, CN_S("did:key:z6Mk")));
    assert_int_equal(r.endorsements[1].controller.n, 0);
    assert_string_equal(r.endorsements[1].problem, "invalid-signature");
    assert_true(r.endorsements[2].ended && !r.endorsements[1].ended);
    r = report_of(b, "endorsed");
    assert_true(cn_slice_find(bench_step(&r, "endorsements")->detail, r.endorsements[0].controller) != SIZE_MAX);
    cn_buf text = cn_buf_on(b->arena, 0);
    cn_err err;
    assert_true(cn_report_write(b->arena, &r, CN_S("x"), &text, &err));
    const cn_json *part =
        cn_json_item(cn_json_get(bench_json(b->arena, cn_buf_slice(&text).p), CN_S("endorsements")), 0);
    assert_true(cn_json_is_string(cn_json_get(part, CN_S("verdict")), CN_S("verified")));
}

/* A record of `n` times the same item, unsigned. */
static cn_report record_of(bench *b, const char *item, const char *member, size_t n) {
    cn_buf text = cn_buf_on(b->arena, 0);
    cn_buf_print(&text, "{\"%s\":[", member);
    for (size_t i = 0; i < n; i++) cn_buf_print(&text, "%s%s", i ? "," : "", item);
    cn_buf_add(&text, CN_S("]}"));
    assert_true(cn_buf_ok(&text));
    cn_json *c = cn_json_copy_shallow(b->arena, bench_json(b->arena, bench_file(b->arena, "good.json").p));
    cn_buf_byte(&text, 0);
    assert_true(c && cn_json_set(b->arena, c, CN_S("credentialSubject"), bench_json(b->arena, text.p)));
    cn_buf whole = cn_buf_on(b->arena, 0);
    cn_json_write(&whole, c);
    return bench_verify(b, cn_buf_slice(&whole));
}

static void there_is_an_end_to_parts(void **state) {
    bench *b = *state;
    cn_report r = record_of(b, "null", "verifiableCredential", 65);
    assert_string_equal(bench_step(&r, "parts")->problem, "too-complex");
    assert_int_equal(r.parts_n, 64);
    r = record_of(b, "{\"endorsement\":{}}", "achievement", 17);
    assert_int_equal(r.endorsements_n, 16);
    assert_string_equal(bench_step(&r, "endorsements")->problem, "endorsements-too-many");
}

/* A JWT, in a string or an envelope, is opened; its signature is as bad as the one that stands there. */
static void parts_come_as_jwt_too(void **state) {
    static const char *const items[] = {
        "\"eyJhbGciOiJFZERTQSJ9.e30.AA\"",
        "{\"type\":\"EnvelopedVerifiableCredential\",\"id\":\"data:application/"
        "vc+jwt,eyJhbGciOiJFZERTQSJ9.e30.AA\"}",
    };
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
        cn_report r = record_of(*state, items[i], "verifiableCredential", 1);
        assert_int_equal(r.parts_n, 1);
        assert_string_equal(r.parts[0].problem, "context-missing");
    }
    cn_report r = record_of(*state, "17", "verifiableCredential", 1);
    assert_string_equal(r.parts[0].problem, "not-a-credential");
}

/* endorsementJwt: the words of others as JWTs, in a credential that is one too, which needs no context for them.
 */
static void endorsements_come_as_jwt(void **state) {
    bench *b = *state;
    cn_report r = report_of(b, "endorsed-jwt");
    assert_true(cn_slice_starts(r.endorsements[0].controller, CN_S("did:key:z6Mk")));
    assert_true(cn_slice_eq(r.endorsements[0].controller, r.endorsements[0].issuer));
    r = report_of(b, "endorsed-jwt-badly");
    assert_true(r.endorsements[0].elsewhere && !r.endorsements[1].elsewhere && r.endorsements[3].ended);
    assert_int_equal(r.endorsements[2].verdict, CN_NOT_VERIFIED);
    r = bench_verify(b, bench_file(b->arena, "endorsed-jwt-inside.jwt"));
    assert_int_equal(r.verdict, CN_VERIFIED);
    assert_int_equal(r.endorsements_n, 2);
    assert_true(cn_slice_eq(r.endorsements[0].where, CN_S("/issuer/endorsementJwt/0")));
    assert_int_equal(r.endorsements[0].verdict, CN_NOT_VERIFIED);
    assert_true(cn_slice_eq(r.endorsements[1].where, CN_S("/credentialSubject/achievement/endorsementJwt/0")));
    assert_int_equal(r.endorsements[1].verdict, CN_VERIFIED);
    assert_string_equal(bench_step(&r, "endorsements")->problem, "endorsement-invalid");
    assert_string_equal(bench_step(&r, "context")->problem, "data-loss");
    assert_int_equal(bench_step(&r, "context")->outcome, CN_PASS);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_part_is_verified_by_itself, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(who_signed_a_part_is_told, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(there_is_an_end_to_parts, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(parts_come_as_jwt_too, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(endorsements_come_as_jwt, bench_new, bench_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
