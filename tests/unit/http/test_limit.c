/* SPDX-License-Identifier: Apache-2.0
 *
 * Token buckets by a clock that the test turns: refill, waiting time, IPv6 by its /64, and a full table.
 */
#include <pthread.h>

#include "../check.h"
#include "http/inside.h"

static bool take(cn_limit *l, const char *address, int cost, int64_t at) {
    int wait;
    return cn_limit_take(l, cn_slice_of(address), cost, at, &wait);
}

static void test_bucket(void **state) {
    (void)state;
    cn_limit *l = cn_limit_new(60, 3, 8); /* one a second */
    int wait = 0;
    for (int i = 0; i < 3; i++) assert_true(take(l, "192.0.2.1", 1, 1000));
    assert_false(cn_limit_take(l, CN_S("192.0.2.1"), 1, 1000, &wait));
    assert_int_equal(wait, 1);
    assert_false(cn_limit_take(l, CN_S("192.0.2.1"), 3, 1000, &wait));
    assert_int_equal(wait, 3);
    assert_false(take(l, "192.0.2.1", 1, 1999));
    assert_true(take(l, "192.0.2.1", 1, 2000));
    assert_false(take(l, "192.0.2.1", 1, 2000));
    for (int i = 0; i < 3; i++) assert_true(take(l, "192.0.2.1", 1, 100000)); /* never more than the burst */
    assert_false(take(l, "192.0.2.1", 1, 100000));
    assert_true(take(l, "192.0.2.1", 0, 100000)); /* what costs nothing */
    assert_false(take(l, "192.0.2.1", 1, 50000)); /* a clock that went back gives nothing */
    cn_limit_free(l);
}

static void test_more_than_a_bucket(void **state) {
    (void)state;
    cn_limit *l = cn_limit_new(60, 3, 8);
    assert_true(take(l, "192.0.2.1", 10, 0));
    assert_false(take(l, "192.0.2.1", 1, 0));
    assert_true(take(l, "192.0.2.1", 10, 3000));
    cn_limit_free(l);
}

static void test_addresses(void **state) {
    (void)state;
    const struct {
        const char *one, *other;
        bool same;
    } rows[] = {
        {"192.0.2.1", "192.0.2.2", false},
        {"192.0.2.1", "::ffff:192.0.2.1", true},
        {"2001:db8:1:2::1", "2001:db8:1:2:ffff::", true},
        {"2001:db8:1:2::1", "2001:db8:1:3::1", false},
        {"::", "0.0.0.0", false},
        {"", "nonsense", true},
        {"192.0.2.1", "", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        cn_limit *l = cn_limit_new(1, 1, 8);
        assert_true(take(l, rows[i].one, 1, 0));
        if (take(l, rows[i].other, 1, 0) == rows[i].same) fail_msg("%s and %s", rows[i].one, rows[i].other);
        cn_limit_free(l);
    }
}

/* The address seen longest ago makes room; one that keeps coming stays. */
static void test_eviction(void **state) {
    (void)state;
    cn_limit *l = cn_limit_new(1, 1, 4);
    char address[32];
    assert_true(take(l, "10.9.9.9", 1, 0));
    for (int i = 0; i < 1000; i++) {
        (void)snprintf(address, sizeof address, "10.0.%d.%d", i / 256, i % 256);
        assert_true(take(l, address, 1, 0));
        assert_false(take(l, "10.9.9.9", 1, 0));
    }
    assert_false(take(l, "10.0.3.231", 1, 0)); /* the last one is still known */
    assert_true(take(l, "10.0.0.0", 1, 0));    /* the first is forgotten */
    cn_limit_free(l);
    cn_limit_free(NULL);
}

static void *take_many(void *limit) {
    size_t had = 0;
    for (int i = 0; i < 1000; i++) had += take(limit, "192.0.2.1", 1, 0);
    return (void *)had;
}

static void test_threads(void **state) {
    (void)state;
    cn_limit *l = cn_limit_new(1, 2000, 4);
    pthread_t threads[4];
    size_t had = 0;
    for (int i = 0; i < 4; i++) assert_int_equal(pthread_create(&threads[i], NULL, take_many, l), 0);
    for (int i = 0; i < 4; i++) {
        void *n;
        (void)pthread_join(threads[i], &n);
        had += (size_t)n;
    }
    assert_int_equal(had, 2000);
    cn_limit_free(l);
}

static void test_at_once(void **state) {
    (void)state;
    cn_limit *l = cn_limit_new(60, 3, 1);
    assert_true(cn_limit_enter(l, CN_S("192.0.2.1"), 2, 0));
    assert_true(cn_limit_enter(l, CN_S("192.0.2.1"), 2, 0));
    assert_false(cn_limit_enter(l, CN_S("192.0.2.1"), 2, 0));
    assert_true(take(l, "192.0.2.1", 3, 0)); /* tokens are another matter */
    cn_limit_leave(l, CN_S("192.0.2.1"));
    assert_true(cn_limit_enter(l, CN_S("192.0.2.1"), 2, 0));
    assert_true(cn_limit_enter(l, CN_S("192.0.2.2"), 1, 0)); /* takes the only row */
    cn_limit_leave(l, CN_S("192.0.2.1"));
    assert_false(cn_limit_enter(l, CN_S("192.0.2.2"), 1, 0));
    cn_limit_free(l);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bucket),    cmocka_unit_test(test_more_than_a_bucket),
        cmocka_unit_test(test_addresses), cmocka_unit_test(test_eviction),
        cmocka_unit_test(test_threads),   cmocka_unit_test(test_at_once),
    };
    return cmocka_run_group_tests_name("http limit", tests, NULL, NULL);
}
