/* SPDX-License-Identifier: Apache-2.0
 *
 * Issuing what somebody else has written, and verifying what has been read; what a caller leaves out.
 */
#include "bench.h"
#include "vc/issue.h"

static const cn_json *unsigned_one(bench *b) {
    return cn_json_without(b->arena, bench_json(b->arena, bench_file(b->arena, "good.json").p), CN_S("proof"));
}

static const cn_json *with(bench *b, const char *member, const char *value) {
    cn_json *one = cn_json_copy_shallow(b->arena, unsigned_one(b));
    assert_true(one && cn_json_set(b->arena, one, cn_slice_of(member), bench_json(b->arena, value)));
    return one;
}

static void what_is_good_is_signed(void **state) {
    bench *b = *state;
    cn_private_key key;
    cn_sign_options o = bench_signer(b, &key);
    cn_report report;
    const cn_json *out;
    cn_err err;
    assert_true(cn_issue(b->arena, unsigned_one(b), &o, &report, &out, &err));
    assert_non_null(out);
    assert_int_equal(report.steps_n, 3);
    assert_true(cn_verify_value(b->arena, out, &b->options, &report, &err));
    assert_int_equal(report.verdict, CN_VERIFIED);
}

static void what_is_not_is_told_by_its_step(void **state) {
    static const struct {
        const char *member, *value, *step, *problem;
    } cases[] = {
        {"type", "[]", "model", "type-invalid"},
        {"validUntil", "\"soon\"", "model", "date-invalid"},
        {"unknownTerm", "1", "context", "data-loss"},
        {"proof", "{\"proofValue\":\"z3\"}", "model", "proof-malformed"},
        {"proof", "\"z3\"", "model", "proof-malformed"},
    };
    bench *b = *state;
    cn_private_key key;
    cn_sign_options o = bench_signer(b, &key);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cn_report report;
        const cn_json *out;
        cn_err err;
        assert_true(cn_issue(b->arena, with(b, cases[i].member, cases[i].value), &o, &report, &out, &err));
        assert_null(out);
        assert_string_equal(bench_step(&report, cases[i].step)->problem, cases[i].problem);
    }
}

static void what_is_no_object_is_no_credential(void **state) {
    bench *b = *state;
    static const char *const texts[] = {"null", "[]", "\"x\"", "7"};
    cn_private_key key;
    cn_sign_options o = bench_signer(b, &key);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        cn_report report;
        const cn_json *out;
        cn_err err;
        assert_true(cn_issue(b->arena, bench_json(b->arena, texts[i]), &o, &report, &out, &err));
        assert_null(out);
        assert_string_equal(bench_step(&report, "read")->problem, "not-a-credential");
    }
}

static void a_context_for_proofs_is_added_where_it_lacks(void **state) {
    bench *b = *state;
    static const struct {
        const char *before;
        size_t after;
    } cases[] = {
        {"[\"https://www.w3.org/2018/credentials/v1\"]", 2},
        {"\"https://www.w3.org/2018/credentials/v1\"", 2},
        {"[\"https://www.w3.org/2018/credentials/v1\",\"https://w3id.org/security/data-integrity/v1\"]", 2},
        {"[\"https://www.w3.org/ns/credentials/v2\"]", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const cn_json *out;
        cn_err err;
        assert_true(cn_issue_ready(b->arena, with(b, "@context", cases[i].before), &out, &err));
        assert_int_equal(cn_json_many(cn_json_get(out, CN_S("@context"))), cases[i].after);
    }
}

static void suites_and_strangers(void **state) {
    bench *b = *state;
    cn_key_kind p384 = CN_KEY_P384, ed25519 = CN_KEY_ED25519;
    cn_slice stranger;
    cn_err err;
    assert_true(cn_issue_suite(CN_S("ecdsa-rdfc-2019"), &p384));
    assert_false(cn_issue_suite(CN_S("ecdsa-sd-2023"), &p384));
    assert_false(cn_issue_suite(CN_S("ecdsa-sd-2023"), &ed25519));
    assert_true(cn_issue_suite(CN_S("ecdsa-sd-2023"), NULL));
    assert_false(cn_issue_suite(CN_S("bbs-2023"), NULL));
    assert_true(cn_issue_stranger(b->arena, unsigned_one(b), &stranger, &err));
    assert_int_equal(stranger.n, 0);
    assert_true(cn_issue_stranger(b->arena, with(b, "badExtension", "{}"), &stranger, &err));
    assert_true(cn_slice_eq(stranger, CN_S("badExtension")));
}

static cn_report left(bench *b, const cn_json *credential, unsigned leave) {
    cn_report report;
    cn_err err;
    b->options.leave = leave;
    assert_true(cn_verify_value(b->arena, credential, &b->options, &report, &err));
    return report;
}

static void what_is_left_out_is_a_warning_or_is_not_looked_at(void **state) {
    bench *b = *state;
    cn_private_key key;
    cn_sign_options o = bench_signer(b, &key);
    const cn_json *late, *others;
    cn_err err;
    assert_true(cn_integrity_add(b->arena, with(b, "validUntil", "\"2025-02-01T00:00:00Z\""), &o, &late, &err));
    assert_true(cn_integrity_add(b->arena, with(b, "issuer", "\"https://other.example/\""), &o, &others, &err));
    cn_report r = left(b, late, 0);
    assert_int_equal(r.verdict, CN_NOT_VERIFIED);
    r = left(b, late, CN_LEAVE_VALIDITY);
    assert_int_equal(r.verdict, CN_VERIFIED);
    assert_string_equal(bench_step(&r, "validity")->problem, "expired");
    r = left(b, others, CN_LEAVE_VALIDITY | CN_LEAVE_STATUS);
    assert_int_equal(r.verdict, CN_NOT_VERIFIED);
    r = left(b, others, CN_LEAVE_ISSUER | CN_LEAVE_STATUS);
    assert_int_equal(r.verdict, CN_VERIFIED);
    assert_string_equal(bench_step(&r, "issuer")->problem, "issuer-key-mismatch");
    for (size_t i = 0; i < r.steps_n; i++) assert_string_not_equal(r.steps[i].id, "status");
}

static void a_proof_cannot_be_left_out(void **state) {
    bench *b = *state;
    cn_report r = left(b, unsigned_one(b), CN_LEAVE_ISSUER | CN_LEAVE_VALIDITY | CN_LEAVE_STATUS);
    assert_int_equal(r.verdict, CN_NOT_VERIFIED);
    assert_string_equal(bench_step(&r, "proof")->problem, "no-proof");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_good_is_signed, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(what_is_not_is_told_by_its_step, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(what_is_no_object_is_no_credential, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(a_context_for_proofs_is_added_where_it_lacks, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(suites_and_strangers, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(what_is_left_out_is_a_warning_or_is_not_looked_at, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(a_proof_cannot_be_left_out, bench_new, bench_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
