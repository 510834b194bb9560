/* SPDX-License-Identifier: Apache-2.0
 *
 * Errors: words, places, and texts that are too long.
 */
#include "../check.h"

static void test_filling(void **state) {
    (void)state;
    cn_err err = {.where = "before"};
    assert_false(cn_fail(&err, CN_DENIED, "a.b", "No %s for %d.", "entry", 7));
    check_err(err, CN_DENIED, "a.b");
    assert_string_equal(err.detail, "No entry for 7.");
    assert_string_equal(err.where, "");
    assert_false(cn_fail_at(&err, CN_INVALID, "c", CN_S("/x/0"), "%%"));
    assert_string_equal(err.where, "/x/0");
    assert_string_equal(err.detail, "%");
    assert_false(cn_fail_memory(&err));
    check_err(err, CN_LIMIT, "memory.limit");
    assert_string_equal(err.where, "");
}

static void test_place_only_where_there_is_none(void **state) {
    (void)state;
    cn_err err = {0};
    assert_false(cn_fail_place(&err, CN_S("/first")));
    assert_false(cn_fail_place(&err, CN_S("/second")));
    assert_string_equal(err.where, "/first");
}

static void test_long_texts_are_cut_at_a_character(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    for (size_t lead = 0; lead < 4; lead++) {
        cn_buf b = cn_buf_on(a, 0);
        for (size_t i = 0; i < lead; i++) cn_buf_byte(&b, 'x');
        for (size_t i = 0; i < 300; i++) cn_buf_utf8(&b, 0x1f600);
        cn_err err;
        assert_false(cn_fail_at(&err, CN_INVALID, "id", cn_buf_slice(&b), "%.*s", CN_ARG(cn_buf_slice(&b))));
        size_t detail = strlen(err.detail), where = strlen(err.where);
        assert_true(cn_utf8_invalid(cn_slice_of(err.detail)) == SIZE_MAX);
        assert_true(cn_utf8_invalid(cn_slice_of(err.where)) == SIZE_MAX);
        assert_in_range(detail, sizeof err.detail - 4, sizeof err.detail - 1);
        assert_in_range(where, sizeof err.where - 4, sizeof err.where - 1);
    }
}

static void test_bytes_that_are_no_utf8(void **state) {
    (void)state;
    cn_err err;
    assert_false(cn_fail_at(&err, CN_INVALID, "id", CN_S("/\xff\xc3\xa9\xc3"), "%s.", "\x80\xe2\x82x"));
    assert_string_equal(err.where, "/?\xc3\xa9?");
    assert_string_equal(err.detail, "???x.");
}

static void test_every_code_has_a_name(void **state) {
    (void)state;
    for (int c = CN_OK; c <= CN_INTERNAL; c++) assert_non_null(cn_code_name((cn_code)c));
    assert_string_equal(cn_code_name(CN_NOT_FOUND), "not-found");
    assert_string_equal(cn_code_name(CN_INTERNAL), "internal");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_filling),
        cmocka_unit_test(test_place_only_where_there_is_none),
        cmocka_unit_test(test_long_texts_are_cut_at_a_character),
        cmocka_unit_test(test_bytes_that_are_no_utf8),
        cmocka_unit_test(test_every_code_has_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
