/* SPDX-License-Identifier: Apache-2.0
 *
 * The canonical form: the order of members, scratch memory, and running out of it.
 */
#include "../check.h"
#include "json/json.h"

static void check_canonical(cn_slice text, cn_slice wanted) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_buf b = cn_buf_on(a, 0);
    const cn_json *v;
    cn_err err;
    assert_true(cn_json_read(a, text, NULL, &v, &err));
    assert_true(cn_json_canonize(a, v, &b, &err));
    if (!cn_slice_eq(cn_buf_slice(&b), wanted))
        fail_msg("%.*s gives %.*s", CN_ARG(text), CN_ARG(cn_buf_slice(&b)));
}

static void test_order_of_members(void **state) {
    (void)state;
    check_canonical(CN_S("{}"), CN_S("{}"));
    check_canonical(CN_S("{\"b\":1,\"a\":2,\"\":3,\"aa\":4,\"A\":5,\"10\":6,\"2\":7}"),
                    CN_S("{\"\":3,\"10\":6,\"2\":7,\"A\":5,\"a\":2,\"aa\":4,\"b\":1}"));
    /* RFC 8785, 3.2.3: surrogates come before U+FB33, though the code point is larger. */
    check_canonical(
        CN_S("{\"\\ufb33\":1,\"\\ud83d\\ude00\":2,\"\\u20ac\":3,\"\\u0080\":4,\"\\r\":5,\"1\":6,\"ö\":7}"),
        CN_S("{\"\\r\":5,\"1\":6,\"\xc2\x80\":4,\"ö\":7,\"€\":3,\"😀\":2,\"\xef\xac\xb3\":1}"));
}

/* Members of the outer object wait on the stack while inner ones come and go, and it moves as it grows. */
static void test_nested_objects(void **state) {
    (void)state;
    check_canonical(
        CN_S("{\"z\":{\"b\":{\"y\":1,\"x\":[{\"d\":1,\"c\":{}}]},\"a\":{\"h\":0,\"g\":0,\"f\":0,\"e\":0,"
             "\"d\":0,\"c\":0,\"b\":0,\"a\":0}},\"y\":[3,2,1],\"a\":null}"),
        CN_S("{\"a\":null,\"y\":[3,2,1],\"z\":{\"a\":{\"a\":0,\"b\":0,\"c\":0,\"d\":0,\"e\":0,\"f\":0,"
             "\"g\":0,\"h\":0},\"b\":{\"x\":[{\"c\":{},\"d\":1}],\"y\":1}}}"));
}

static void test_the_value_stays_as_it_was(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_buf b = cn_buf_on(a, 0), after = cn_buf_on(a, 0);
    const cn_json *v;
    cn_err err;
    cn_slice text = CN_S("{\"b\":{\"d\":1,\"c\":2},\"a\":3}");
    assert_true(cn_json_read(a, text, NULL, &v, &err));
    assert_true(cn_json_canonize(a, v, &b, &err));
    cn_json_write(&after, v);
    assert_true(cn_slice_eq(cn_buf_slice(&after), text));
}

static void test_limits(void **state) {
    (void)state;
    cn_arena *text_arena CN_ARENA_AUTO = cn_arena_new(0);
    const cn_json *v;
    cn_err err;
    assert_true(cn_json_read(text_arena, CN_S("[{\"b\":[{\"d\":{}}],\"a\":\"x\"}]"), NULL, &v, &err));
    size_t n = 1;
    for (bool ok = false; !ok; n++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_buf b = cn_buf_on(a, 0);
        cn_arena_fail_after(a, n);
        ok = cn_json_canonize(a, v, &b, &err);
        if (!ok) check_err(err, CN_LIMIT, "memory.limit");
    }
    assert_true(n > 2);
    cn_buf small CN_BUF_AUTO = cn_buf_on(NULL, 5);
    assert_false(cn_json_canonize(text_arena, v, &small, &err));
    check_err(err, CN_LIMIT, "memory.limit");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order_of_members),
        cmocka_unit_test(test_nested_objects),
        cmocka_unit_test(test_the_value_stays_as_it_was),
        cmocka_unit_test(test_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
