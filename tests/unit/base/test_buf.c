/* SPDX-License-Identifier: Apache-2.0
 *
 * Buffers: growing, the maximum, and what a full buffer does.
 */
#include "../check.h"

static void test_grows_on_an_arena_and_on_malloc(void **state) {
    (void)state;
    cn_arena *arena CN_ARENA_AUTO = cn_arena_new(0);
    cn_arena *const where[] = {arena, NULL};
    for (size_t k = 0; k < 2; k++) {
        cn_buf b CN_BUF_AUTO = cn_buf_on(where[k], 0);
        for (int i = 0; i < 10000; i++) cn_buf_byte(&b, (char)('a' + i % 26));
        assert_true(cn_buf_ok(&b));
        assert_int_equal(b.n, 10000);
        for (int i = 0; i < 10000; i++) assert_int_equal(b.p[i], 'a' + i % 26);
    }
}

static void test_all_that_appends(void **state) {
    (void)state;
    cn_buf b CN_BUF_AUTO = cn_buf_on(NULL, 0);
    assert_int_equal(cn_buf_slice(&b).n, 0);
    cn_buf_add(&b, (cn_slice){0});
    cn_buf_add(&b, CN_S("x\0y"));
    cn_buf_print(&b, "[%5.1f|%s]", 2.25, "é");
    cn_buf_u64(&b, 0);
    cn_buf_byte(&b, ' ');
    cn_buf_u64(&b, UINT64_MAX);
    cn_buf_utf8(&b, 0x7f);
    cn_buf_utf8(&b, 0x20ac);
    cn_buf_utf8(&b, 0x10ffff);
    check_text(cn_buf_slice(&b), "x\0y[  2.2|é]0 18446744073709551615\x7f€\xf4\x8f\xbf\xbf");
}

static void test_maximum_drops_the_write_and_all_later(void **state) {
    (void)state;
    cn_buf b CN_BUF_AUTO = cn_buf_on(NULL, 10);
    cn_buf_add(&b, CN_S("12345678"));
    assert_true(cn_buf_ok(&b));
    cn_buf_add(&b, CN_S("abc"));
    assert_false(cn_buf_ok(&b));
    cn_buf_byte(&b, 'z');
    cn_buf_print(&b, "z");
    cn_buf_utf8(&b, 'z');
    check_text(cn_buf_slice(&b), "12345678");
    cn_buf_clear(&b);
    assert_true(cn_buf_ok(&b));
    cn_buf_add(&b, CN_S("1234567890"));
    assert_true(cn_buf_ok(&b));
    check_text(cn_buf_slice(&b), "1234567890");
    cn_buf_byte(&b, '1');
    assert_false(cn_buf_ok(&b));
}

static void test_huge_requests(void **state) {
    (void)state;
    cn_buf b CN_BUF_AUTO = cn_buf_on(NULL, 100);
    cn_buf_byte(&b, 'a');
    assert_false(cn_buf_reserve(&b, SIZE_MAX));
    assert_false(cn_buf_ok(&b));
    cn_buf_clear(&b);
    assert_true(cn_buf_reserve(&b, 100));
    assert_false(cn_buf_reserve(&b, 101));
}

static void test_arena_at_its_maximum(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(600);
    cn_buf b = cn_buf_on(a, 0);
    for (int i = 0; i < 1000; i++) cn_buf_byte(&b, 'a');
    assert_false(cn_buf_ok(&b));
    assert_int_equal(b.n, 256);
    assert_int_equal(b.p[255], 'a');
}

static void test_print_just_fits(void **state) {
    (void)state;
    cn_buf b CN_BUF_AUTO = cn_buf_on(NULL, 5), none CN_BUF_AUTO = cn_buf_on(NULL, 5);
    cn_buf_print(&b, "%d", 12345);
    assert_true(cn_buf_ok(&b));
    check_text(cn_buf_slice(&b), "12345");
    cn_buf_print(&b, "%s", "");
    assert_true(cn_buf_ok(&b));
    cn_buf_print(&b, "%d", 6);
    assert_false(cn_buf_ok(&b));
    cn_buf_print(&none, "%s", "");
    assert_true(cn_buf_ok(&none));
}

static void test_done_empties(void **state) {
    (void)state;
    cn_buf b = cn_buf_on(NULL, 0);
    cn_buf_add(&b, CN_S("abc"));
    cn_buf_done(&b);
    assert_int_equal(b.n, 0);
    cn_buf_add(&b, CN_S("d"));
    check_text(cn_buf_slice(&b), "d");
    cn_buf_done(&b);
    cn_buf_done(&b);
    cn_buf_done(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_grows_on_an_arena_and_on_malloc),
        cmocka_unit_test(test_all_that_appends),
        cmocka_unit_test(test_maximum_drops_the_write_and_all_later),
        cmocka_unit_test(test_huge_requests),
        cmocka_unit_test(test_arena_at_its_maximum),
        cmocka_unit_test(test_print_just_fits),
        cmocka_unit_test(test_done_empties),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
