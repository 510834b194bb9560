/* SPDX-License-Identifier: Apache-2.0
 *
 * Maps: many keys, order, replacing, and running out of memory.
 */
#include "../check.h"

static void test_empty(void **state) {
    (void)state;
    cn_map m = {0};
    assert_null(cn_map_get(&m, CN_S("a")));
    assert_false(cn_map_has(&m, CN_S("")));
    CN_MAP_EACH(e, &m) fail();
}

static void test_many_keys_in_order_of_insertion(void **state) {
    (void)state;
    enum { MANY = 20000 };
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_map m = {0};
    static int values[MANY];
    for (int i = 0; i < MANY; i++) {
        cn_slice key;
        assert_true(cn_arena_print(a, &key, "key %d", i));
        assert_false(cn_map_has(&m, key));
        values[i] = i;
        assert_true(cn_map_put(a, &m, key, &values[i]));
    }
    assert_int_equal(m.count, MANY);
    int i = 0;
    CN_MAP_EACH(e, &m) {
        assert_ptr_equal(e->value, &values[i]);
        assert_ptr_equal(cn_map_get(&m, e->key), &values[i]);
        i++;
    }
    assert_int_equal(i, MANY);
    assert_null(cn_map_get(&m, CN_S("key 20000")));
}

static void test_replacing_keeps_place_and_count(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_map m = {0};
    int x = 0, y = 0;
    assert_true(cn_map_put(a, &m, CN_S(""), &x));
    assert_true(cn_map_put(a, &m, CN_S("\0"), &x));
    assert_true(cn_map_put(a, &m, CN_S(""), &y));
    assert_int_equal(m.count, 2);
    assert_ptr_equal(cn_map_get(&m, (cn_slice){0}), &y);
    assert_ptr_equal(m.first->value, &y);
    cn_map_entry *e = cn_map_at(a, &m, CN_S("new"));
    assert_non_null(e);
    assert_null(e->value);
    assert_true(cn_map_has(&m, CN_S("new")));
    assert_ptr_equal(cn_map_at(a, &m, CN_S("new")), e);
    assert_int_equal(m.count, 3);
}

static void test_no_memory_leaves_the_map_as_it_was(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_map m = {0};
    int x = 0;
    assert_true(cn_map_put(a, &m, CN_S("a"), &x));
    cn_arena_fail_after(a, 1);
    assert_null(cn_map_at(a, &m, CN_S("b")));
    assert_false(cn_map_put(a, &m, CN_S("c"), &x));
    assert_true(cn_map_put(a, &m, CN_S("a"), NULL));
    assert_int_equal(m.count, 1);
    assert_ptr_equal(m.first, m.last);
    assert_false(cn_map_has(&m, CN_S("b")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_many_keys_in_order_of_insertion),
        cmocka_unit_test(test_replacing_keeps_place_and_count),
        cmocka_unit_test(test_no_memory_leaves_the_map_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
