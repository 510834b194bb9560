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
        {"\xef\xbb\xbf", "empty", "byte 0", ""},
        {"\xef\xbb\xbf{\"a\":1,}", "not-json", "byte 7", "json"},
        {"\xef\xbb\xbf\xef\xbb\xbf{}", "not-json", "byte 0", ""},
        {" \xef\xbb\xbf{}", "not-json", "byte 1", ""},
        {"\xff\xfe{", "utf-16", "byte 0", ""},
        {"\xfe\xff", "utf-16", "byte 0", ""},
        {"{", "not-json", "byte 1", "json"},
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

/* Text in UTF-16 of either order, with its mark or without. */
static cn_slice in_utf16(cn_arena *a, cn_slice text, bool little, bool mark) {
    cn_buf b = cn_buf_on(a, 0);
    if (mark) cn_buf_add(&b, little ? CN_S("\xff\xfe") : CN_S("\xfe\xff"));
    for (size_t i = 0; i < text.n; i++) {
        if (!little) cn_buf_byte(&b, 0);
        cn_buf_byte(&b, text.p[i]);
        if (little) cn_buf_byte(&b, 0);
    }
    return cn_buf_slice(&b);
}

static void utf_16_is_called_so(void **state) {
    static const cn_slice texts[] = {CN_S_INIT("{\"a\":1}"), CN_S_INIT("eyJhbGciOiJub25lIn0.e30.")};
    bench *b = *state;
    for (unsigned i = 0; i < 8; i++) {
        cn_report r = bench_verify(b, in_utf16(b->arena, texts[i >> 2], i & 1, i & 2));
        assert_string_equal(bench_step(&r, "read")->problem, "utf-16");
        assert_int_equal(r.verdict, CN_NOT_VERIFIED);
    }
}

static void a_byte_order_mark_is_passed_over(void **state) {
    bench *b = *state;
    cn_slice good = bench_file(b->arena, "good.json"), marked;
    assert_true(cn_arena_print(b->arena, &marked, "\xef\xbb\xbf%.*s", CN_ARG(good)));
    cn_report r = bench_verify(b, marked);
    assert_int_equal(r.verdict, CN_VERIFIED);
    r = bench_verify(b, CN_S("\xef\xbb\xbf"
                             "eyJhbGciOiJub25lIn0.e30."));
    assert_true(cn_slice_eq(r.format, CN_S("jwt")));
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
        cmocka_unit_test_setup_teardown(utf_16_is_called_so, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(a_byte_order_mark_is_passed_over, bench_new, bench_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
