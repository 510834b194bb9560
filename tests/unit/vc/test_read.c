/* SPDX-License-Identifier: Apache-2.0 */
#include "bench.h"

static void what_is_no_credential_is_said_with_its_place(void **state) {
    static const struct {
        const char *input, *problem, *where, *format;
    } cases[] = {
        {"", "empty", "byte 0", ""},
        {" \n", "empty", "byte 0", ""},
        {"hello", "not-json", "byte 0", ""},
        {"{\"a\":1,}", "not-json", "byte 7", "json"},
        {"{\"a\":1,\"a\":2}", "duplicate-key", "byte 7", "json"},
        {"[1,2]", "not-a-credential", "", ""},
        {"{\"a\":\"\xff\"}", "not-json", "byte 6", "json"},
        {"\xef\xbb\xbf{}", "not-json", "byte 0", ""},
    };
    bench *b = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cn_report r = bench_verify(b, cn_slice_of(cases[i].input));
        const cn_step *s = bench_step(&r, "read");
        if (strcmp(s->problem, cases[i].problem) != 0 || !cn_slice_starts(s->where, cn_slice_of(cases[i].where)) ||
            !cn_slice_eq(r.format, cn_slice_of(cases[i].format)))
            fail_msg("%s: %s at %.*s, %.*s", cases[i].input, s->problem, CN_ARG(s->where), CN_ARG(r.format));
        assert_int_equal(r.verdict, CN_NOT_VERIFIED);
        assert_int_equal(r.proof, CN_FAIL);
        assert_int_equal(r.steps_n, 1);
        assert_null(r.credential);
    }
}

static void deep_nesting_is_refused(void **state) {
    bench *b = *state;
    static char deep[250000];
    memset(deep, '[', sizeof deep);
    cn_report r = bench_verify(b, cn_slice_bytes(deep, sizeof deep));
    assert_string_equal(bench_step(&r, "read")->problem, "too-deep");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_no_credential_is_said_with_its_place, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(deep_nesting_is_refused, bench_new, bench_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
