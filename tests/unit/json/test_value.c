/* SPDX-License-Identifier: Apache-2.0
 *
 * JSON values: asking, equality, pointers (the samples of RFC 6901) and building.
 */
#include "../check.h"
#include "json/json.h"

static const cn_json *read_text(cn_arena *a, cn_slice text) {
    const cn_json *v = NULL;
    cn_err err;
    if (!cn_json_read(a, text, NULL, &v, &err)) fail_msg("%.*s: %s", CN_ARG(text), err.detail);
    return v;
}

static void test_asking_nothing(void **state) {
    (void)state;
    assert_null(cn_json_get(NULL, CN_S("a")));
    assert_null(cn_json_item(NULL, 0));
    assert_int_equal(cn_json_count(NULL), 0);
    assert_false(cn_json_is(NULL, CN_JSON_NULL));
    assert_false(cn_json_is_string(NULL, CN_S("")));
    assert_false(cn_json_is_bool(NULL));
    assert_int_equal(cn_json_text(NULL).n, 0);
    assert_int_equal(cn_json_get_text(NULL, CN_S("a")).n, 0);
    assert_int_equal(cn_json_many(NULL), 0);
    assert_null(cn_json_one(NULL, 0));
    assert_null(cn_json_point(NULL, CN_S("")));
    assert_true(cn_json_equal(NULL, NULL));
    assert_false(cn_json_equal(NULL, cn_json_null()));
}

static void test_asking_the_wrong_type(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    const cn_json *v = read_text(a, CN_S("[\"s\",{\"k\":\"t\",\"n\":null},1]"));
    assert_null(cn_json_get(v, CN_S("0")));
    assert_null(cn_json_item(v, 3));
    assert_null(cn_json_item(v, SIZE_MAX));
    assert_null(cn_json_item(cn_json_item(v, 1), 0));
    assert_int_equal(cn_json_count(cn_json_item(v, 0)), 0);
    check_text(cn_json_text(cn_json_item(v, 2)), "");
    check_text(cn_json_get_text(cn_json_item(v, 1), CN_S("k")), "t");
    check_text(cn_json_get_text(cn_json_item(v, 1), CN_S("n")), "");
    assert_true(cn_json_is(cn_json_get(cn_json_item(v, 1), CN_S("n")), CN_JSON_NULL));
    assert_true(cn_json_is_string(cn_json_item(v, 0), CN_S("s")));
    assert_false(cn_json_is_string(cn_json_item(v, 2), CN_S("1")));
    assert_true(cn_json_is_bool(cn_json_bool(false)));
    assert_true(cn_json_is(cn_json_bool(true), CN_JSON_TRUE));
    assert_false(cn_json_is_bool(cn_json_null()));
}

static void test_one_or_many(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    const cn_json *many = read_text(a, CN_S("[1,[2]]")), *one = read_text(a, CN_S("{}"));
    assert_int_equal(cn_json_many(many), 2);
    assert_ptr_equal(cn_json_one(many, 1), many->array.v[1]);
    assert_null(cn_json_one(many, 2));
    assert_int_equal(cn_json_many(one), 1);
    assert_ptr_equal(cn_json_one(one, 0), one);
    assert_null(cn_json_one(one, 1));
    assert_int_equal(cn_json_many(read_text(a, CN_S("[]"))), 0);
}

static void check_equal(cn_slice x, cn_slice y, bool wanted) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    const cn_json *v = read_text(a, x), *w = read_text(a, y);
    if (cn_json_equal(v, w) != wanted || cn_json_equal(w, v) != wanted)
        fail_msg("%.*s and %.*s", CN_ARG(x), CN_ARG(y));
}

static void test_equality(void **state) {
    (void)state;
    check_equal(CN_S("{\"a\":1,\"b\":[true,null]}"), CN_S("{\"b\":[true,null],\"a\":1.0}"), true);
    check_equal(CN_S("[-0,100,\"\\u00e9\"]"), CN_S("[0.0,1e2,\"é\"]"), true);
    check_equal(CN_S("[1,2]"), CN_S("[2,1]"), false);
    check_equal(CN_S("[1]"), CN_S("[1,1]"), false);
    check_equal(CN_S("{\"a\":1}"), CN_S("{\"a\":1,\"b\":1}"), false);
    check_equal(CN_S("{\"a\":1}"), CN_S("{\"b\":1}"), false);
    check_equal(CN_S("{\"a\":null}"), CN_S("{\"b\":null}"), false);
    check_equal(CN_S("true"), CN_S("false"), false);
    check_equal(CN_S("\"1\""), CN_S("1"), false);
    check_equal(CN_S("{}"), CN_S("[]"), false);
    check_equal(CN_S("\"a\""), CN_S("\"b\""), false);
    check_equal(CN_S("{\"0\":0,\"1\":0,\"2\":0,\"3\":0,\"4\":0,\"5\":0,\"6\":0,\"7\":0,\"8\":0}"),
                CN_S("{\"8\":0,\"1\":0,\"2\":0,\"3\":0,\"4\":0,\"5\":0,\"6\":0,\"7\":0,\"0\":0}"), true);
}

static void check_point(const cn_json *v, cn_slice pointer, const cn_json *wanted) {
    if (cn_json_point(v, pointer) != wanted) fail_msg("%.*s", CN_ARG(pointer));
}

/* RFC 6901, section 5. */
static void test_pointers(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    const cn_json *v =
        read_text(a, CN_S("{\"foo\":[\"bar\",\"baz\"],\"\":0,\"a/b\":1,\"c%d\":2,\"e^f\":3,\"g|h\":4,"
                          "\"i\\\\j\":5,\"k\\\"l\":6,\" \":7,\"m~n\":8}"));
    check_point(v, CN_S(""), v);
    check_point(v, CN_S("/foo"), cn_json_get(v, CN_S("foo")));
    check_point(v, CN_S("/foo/0"), cn_json_item(cn_json_get(v, CN_S("foo")), 0));
    const cn_slice pointers[] = {CN_S("/"),     CN_S("/a~1b"), CN_S("/c%d"), CN_S("/e^f"), CN_S("/g|h"),
                                 CN_S("/i\\j"), CN_S("/k\"l"), CN_S("/ "),   CN_S("/m~0n")};
    for (size_t i = 0; i < 9; i++) {
        const cn_json *at = cn_json_point(v, pointers[i]);
        assert_non_null(at);
        assert_true(at->number == (double)i);
    }
    const cn_slice nowhere[] = {CN_S("foo"),     CN_S("/foo/2"),  CN_S("/foo/-"),
                                CN_S("/foo/01"), CN_S("/foo/+1"), CN_S("/foo/"),
                                CN_S("//"),      CN_S("/m~n"),    CN_S("/m~2n"),
                                CN_S("/m~"),     CN_S("/m~0"),    CN_S("/m~0nn"),
                                CN_S("/a/b"),    CN_S("/foo/0/"), CN_S("/foo/0/0"),
                                CN_S("#/foo"),   CN_S("/FOO"),    CN_S("/foo/18446744073709551616")};
    for (size_t i = 0; i < sizeof nowhere / sizeof *nowhere; i++) check_point(v, nowhere[i], NULL);
    check_point(read_text(a, CN_S("{\"~1\":{\"/~\":[0]}}")), CN_S("/~1"), NULL);
    assert_non_null(cn_json_point(read_text(a, CN_S("{\"~1\":{\"/~\":[0]}}")), CN_S("/~01/~1~0/0")));
}

static void test_writing_pointers(void **state) {
    (void)state;
    cn_buf b CN_BUF_AUTO = cn_buf_on(NULL, 0);
    cn_json_pointer_key(&b, CN_S("a/b~c~1"));
    cn_json_pointer_index(&b, 12);
    cn_json_pointer_key(&b, CN_S(""));
    check_text(cn_buf_slice(&b), "/a~1b~0c~01/12/");
}

static void test_building(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_json *o = cn_json_object(a), *list = cn_json_array(a);
    assert_true(cn_json_set(a, o, CN_S("list"), list));
    assert_true(cn_json_push(a, list, cn_json_number(a, 1.25)));
    assert_true(cn_json_push(a, list, cn_json_string(a, CN_S("x\0y"))));
    assert_true(cn_json_push(a, list, cn_json_null()));
    assert_true(cn_json_set(a, o, CN_S("yes"), cn_json_bool(true)));
    assert_true(cn_json_set(a, o, CN_S("list2"), list));
    assert_true(cn_json_set(a, o, CN_S("yes"), cn_json_bool(false)));
    assert_false(cn_json_set(a, o, CN_S("nothing"), NULL));
    assert_false(cn_json_push(a, list, NULL));
    check_text(list->array.v[0]->string, "1.25");
    const cn_json *wanted = read_text(
        a, CN_S("{\"list\":[1.25,\"x\\u0000y\",null],\"yes\":false,\"list2\":[1.25,\"x\\u0000y\",null]}"));
    assert_true(cn_json_equal(o, wanted));
    check_text(o->object.v[1].key, "yes");
}

/* Beyond a few members an index is kept: both sides of that line must answer alike. */
static void test_members_as_they_grow(void **state) {
    (void)state;
    static const char keys[] = "abcdefghijklmnopqrstuvwxyz";
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_json *o = cn_json_object(a);
    for (size_t n = 1; n <= 26; n++) {
        assert_true(cn_json_set(a, o, cn_slice_bytes(&keys[n - 1], 1), cn_json_number(a, (double)n)));
        assert_true(cn_json_set(a, o, CN_S("a"), cn_json_number(a, (double)n)));
        assert_int_equal(cn_json_count(o), n);
        for (size_t i = 1; i < n; i++)
            assert_true(cn_json_get(o, cn_slice_bytes(&keys[i], 1))->number == (double)i + 1);
        assert_true(cn_json_get(o, CN_S("a"))->number == (double)n);
        assert_null(cn_json_get(o, CN_S("A")));
        cn_json *copy = cn_json_copy_shallow(a, o), *less = cn_json_without(a, o, CN_S("a"));
        assert_true(cn_json_equal(copy, o));
        assert_int_equal(cn_json_count(less), n - 1);
        assert_null(cn_json_get(less, CN_S("a")));
        if (n > 1) assert_ptr_equal(cn_json_get(less, CN_S("b")), cn_json_get(o, CN_S("b")));
        assert_true(cn_json_set(a, copy, CN_S("new"), cn_json_null()));
        assert_null(cn_json_get(o, CN_S("new")));
        assert_non_null(cn_json_get(copy, CN_S("new")));
    }
    assert_int_equal(cn_json_count(cn_json_without(a, o, CN_S("not there"))), 26);
}

static void test_copies_of_arrays_are_apart(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_json *list = cn_json_array(a), *copy = cn_json_copy_shallow(a, list);
    assert_true(cn_json_push(a, copy, cn_json_null()));
    assert_int_equal(cn_json_count(list), 0);
    cn_json *again = cn_json_copy_shallow(a, copy);
    assert_true(cn_json_equal(again, copy));
    assert_true(cn_json_push(a, again, cn_json_null()));
    assert_int_equal(cn_json_count(copy), 1);
}

static bool build(cn_arena *a) {
    static const char keys[] = "abcdefghijkl";
    cn_json *list = cn_json_array(a), *o = cn_json_object(a);
    if (!list || !o) return false;
    for (size_t i = 0; i < 12; i++) {
        if (!cn_json_push(a, list, cn_json_number(a, 0.5))) return false;
        if (!cn_json_set(a, o, cn_slice_bytes(&keys[i], 1), cn_json_string(a, CN_S("x")))) return false;
    }
    return cn_json_copy_shallow(a, list) && cn_json_copy_shallow(a, o) && cn_json_without(a, o, CN_S("a"));
}

static void test_every_failed_allocation_shows(void **state) {
    (void)state;
    size_t n = 1;
    for (bool ok = false; !ok; n++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_arena_fail_after(a, n);
        ok = build(a);
    }
    assert_true(n > 50);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_asking_nothing),
        cmocka_unit_test(test_asking_the_wrong_type),
        cmocka_unit_test(test_one_or_many),
        cmocka_unit_test(test_equality),
        cmocka_unit_test(test_pointers),
        cmocka_unit_test(test_writing_pointers),
        cmocka_unit_test(test_building),
        cmocka_unit_test(test_members_as_they_grow),
        cmocka_unit_test(test_copies_of_arrays_are_apart),
        cmocka_unit_test(test_every_failed_allocation_shows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
