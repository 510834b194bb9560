/* SPDX-License-Identifier: Apache-2.0
 *
 * Arenas: alignment, the maximum, marks, and allocations told to fail.
 */
#include <inttypes.h>

#include "../check.h"

static void test_memory_is_zeroed_and_aligned(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    for (size_t n = 0; n < 300; n++) {
        char *p = cn_arena_alloc(a, n);
        assert_non_null(p);
        assert_int_equal((uintptr_t)p % 16, 0);
        for (size_t i = 0; i < n; i++) assert_int_equal(p[i], 0);
        memset(p, 0xff, n);
    }
}

static void test_larger_than_any_block(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    char *small = cn_arena_alloc(a, 10), *large = cn_arena_alloc(a, 5 << 20), *after = cn_arena_alloc(a, 10);
    assert_non_null(small);
    assert_non_null(large);
    assert_non_null(after);
    large[0] = large[(5 << 20) - 1] = 1;
    assert_int_equal(cn_arena_used(a), (5 << 20) + 32);
}

static void test_maximum_is_exact(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(1008);
    assert_int_equal(cn_arena_max(a), 1008);
    assert_non_null(cn_arena_alloc(a, 992));
    assert_null(cn_arena_alloc(a, 17));
    assert_non_null(cn_arena_alloc(a, 16));
    assert_null(cn_arena_alloc(a, 1));
    assert_null(cn_arena_alloc(a, SIZE_MAX));
    assert_int_equal(cn_arena_used(a), 1008);
}

/* What is handed out in small pieces, or in none, takes memory too. */
static void test_small_pieces_reach_the_maximum(void **state) {
    (void)state;
    for (size_t size = 0; size < 2; size++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(1600);
        for (int i = 0; i < 100; i++) assert_non_null(cn_arena_alloc(a, size));
        assert_null(cn_arena_alloc(a, size));
    }
    cn_arena *odd CN_ARENA_AUTO = cn_arena_new(1000);
    assert_non_null(cn_arena_alloc(odd, 992));
    assert_null(cn_arena_alloc(odd, 8));
}

static void test_product_that_overflows(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    volatile size_t half = SIZE_MAX / 2;
    assert_null(cn_arena_array(a, half, 3));
    assert_null(cn_arena_array(a, half, 2));
    assert_non_null(cn_arena_array(a, 0, half));
}

static void test_mark_gives_back(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(1 << 20);
    cn_arena_mark empty = cn_arena_get_mark(a);
    char *kept = cn_arena_alloc(a, 100);
    assert_non_null(kept);
    memset(kept, 7, 100);
    cn_arena_mark mark = cn_arena_get_mark(a);
    for (int round = 0; round < 20; round++) {
        for (int i = 0; i < 9; i++) {
            char *p = cn_arena_alloc(a, 100000);
            assert_non_null(p);
            assert_int_equal(p[0] | p[99999], 0);
            p[0] = p[99999] = 1;
        }
        cn_arena_reset(a, mark);
        assert_int_equal(cn_arena_used(a), 112);
    }
    assert_int_equal(cn_arena_peak(a), 900112);
    assert_int_equal(kept[0], 7);
    assert_int_equal(kept[99], 7);
    cn_arena_reset(a, empty);
    assert_int_equal(cn_arena_used(a), 0);
    assert_non_null(cn_arena_alloc(a, 1 << 20));
}

static void test_told_to_fail(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_arena_fail_after(a, 3);
    assert_non_null(cn_arena_alloc(a, 1));
    assert_non_null(cn_arena_alloc(a, 1));
    assert_null(cn_arena_alloc(a, 1));
    assert_null(cn_arena_alloc(a, 0));
    cn_arena_fail_after(a, 1);
    assert_null(cn_arena_alloc(a, 1));
    cn_arena_fail_after(a, 0);
    assert_non_null(cn_arena_alloc(a, 1));
}

static void test_grow_moves_and_doubles(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    int *v = NULL;
    size_t n = 0, cap = 0;
    for (int i = 0; i < 1000; i++) {
        size_t before = cap;
        v = cn_arena_grow(a, v, n, &cap, n + 1, sizeof *v);
        assert_non_null(v);
        assert_true(cap == before || cap >= 2 * before);
        v[n++] = i;
    }
    for (int i = 0; i < 1000; i++) assert_int_equal(v[i], i);
    size_t same = cap;
    assert_ptr_equal(cn_arena_grow(a, v, n, &cap, cap, sizeof *v), v);
    assert_int_equal(cap, same);
    cn_arena_fail_after(a, 1);
    assert_null(cn_arena_grow(a, v, n, &cap, cap + 1, sizeof *v));
    assert_int_equal(cap, same);
    cn_arena_fail_after(a, 0);
    assert_null(cn_arena_grow(a, v, n, &cap, SIZE_MAX / 2, sizeof *v));
    assert_int_equal(cap, same);
}

static void test_copy_and_print(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_slice s = {0};
    assert_true(cn_arena_copy(a, CN_S("a\0b"), &s));
    check_text(s, "a\0b");
    assert_int_equal(s.p[3], 0);
    assert_true(cn_arena_copy(a, (cn_slice){0}, &s));
    assert_int_equal(s.n, 0);
    assert_int_equal(s.p[0], 0);
    assert_true(cn_arena_print(a, &s, "%d-%s", 42, "x"));
    check_text(s, "42-x");
    assert_int_equal(s.p[4], 0);
    cn_arena_fail_after(a, 1);
    assert_false(cn_arena_copy(a, CN_S("z"), &s));
    assert_false(cn_arena_print(a, &s, "z"));
    check_text(s, "42-x");
    cn_arena_free(NULL);
}

static void test_numbered(void **state) {
    (void)state;
    static const uint64_t numbers[] = {0, 9, 10, 99, 100, 1234567890, UINT64_MAX};
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        cn_slice plain, printed;
        assert_true(cn_arena_print(a, &printed, "_:b%" PRIu64, numbers[i]));
        assert_true(cn_arena_numbered(a, CN_S("_:b"), numbers[i], &plain));
        assert_true(cn_slice_eq(plain, printed));
    }
    cn_slice s;
    assert_true(cn_arena_numbered(a, CN_S(""), 7, &s));
    assert_true(cn_slice_eq(s, CN_S("7")));
    cn_arena_fail_after(a, 1);
    assert_false(cn_arena_numbered(a, CN_S("x"), 7, &s));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memory_is_zeroed_and_aligned),
        cmocka_unit_test(test_larger_than_any_block),
        cmocka_unit_test(test_maximum_is_exact),
        cmocka_unit_test(test_small_pieces_reach_the_maximum),
        cmocka_unit_test(test_product_that_overflows),
        cmocka_unit_test(test_mark_gives_back),
        cmocka_unit_test(test_told_to_fail),
        cmocka_unit_test(test_grow_moves_and_doubles),
        cmocka_unit_test(test_copy_and_print),
        cmocka_unit_test(test_numbered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
