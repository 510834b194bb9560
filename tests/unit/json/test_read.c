/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading JSON: what is accepted, what is refused and where, limits, duplicates,
 * and running out of memory. JSONTestSuite is run by tests/conformance/test_json.c.
 */
#include <time.h>

#include "../check.h"
#include "json/json.h"

static const cn_json *must_read(cn_arena *a, cn_slice text) {
    const cn_json *v = NULL;
    cn_err err;
    if (!cn_json_read(a, text, NULL, &v, &err)) fail_msg("%.*s: %s %s", CN_ARG(text), err.where, err.detail);
    return v;
}

static void test_every_type_and_its_place(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    const cn_json *v = must_read(a, CN_S(" [null, true,false ,1.50,\"x\",[],{\"k\" : 2}]\r\n\t"));
    const cn_json_type types[] = {CN_JSON_NULL,   CN_JSON_TRUE,  CN_JSON_FALSE, CN_JSON_NUMBER,
                                  CN_JSON_STRING, CN_JSON_ARRAY, CN_JSON_OBJECT};
    const uint32_t places[] = {2, 8, 13, 20, 25, 29, 32};
    assert_int_equal(v->at, 1);
    assert_int_equal(cn_json_count(v), 7);
    for (size_t i = 0; i < 7; i++) {
        assert_true(cn_json_is(cn_json_item(v, i), types[i]));
        assert_int_equal(cn_json_item(v, i)->at, places[i]);
    }
    check_text(cn_json_item(v, 3)->string, "1.50");
    assert_true(cn_json_item(v, 3)->number == 1.5);
    assert_int_equal(cn_json_get(cn_json_item(v, 6), CN_S("k"))->at, 39);
}

static void check_string(cn_slice text, cn_slice wanted) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_slice got = cn_json_text(must_read(a, text));
    if (!cn_slice_eq(got, wanted)) fail_msg("%.*s gives %.*s", CN_ARG(text), CN_ARG(got));
}

static void test_strings(void **state) {
    (void)state;
    check_string(CN_S("\"\""), CN_S(""));
    check_string(CN_S("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\""), CN_S("\"\\/\b\f\n\r\t"));
    check_string(CN_S("\"a\\u0000b\""), CN_S("a\0b"));
    check_string(CN_S("\"\\u00e9\\u20AC\\uD83d\\uDe00\\uffff\""), CN_S("é€😀\xef\xbf\xbf"));
    check_string(CN_S("\"\\ud800\\udc00\\udbff\\udfff\""), CN_S("\xf0\x90\x80\x80\xf4\x8f\xbf\xbf"));
    check_string(CN_S("\"\x7f\xe2\x80\xa8\""), CN_S("\x7f\xe2\x80\xa8"));
}

/* The scan goes by words of eight bytes: an escape or the end at every offset from them. */
static void test_escapes_at_every_offset(void **state) {
    (void)state;
    for (size_t before = 0; before < 20; before++) {
        for (size_t after = 0; after < 20; after++) {
            char text[64] = "\"", wanted[64];
            memset(text + 1, 'a', before);
            memcpy(text + 1 + before, "\\n", 2);
            memset(text + 3 + before, 'z', after);
            text[3 + before + after] = '"';
            memset(wanted, 'a', before);
            wanted[before] = '\n';
            memset(wanted + before + 1, 'z', after);
            check_string(cn_slice_bytes(text, before + after + 4), cn_slice_bytes(wanted, before + after + 1));
        }
    }
}

static void test_plain_strings_are_borrowed(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_slice text = CN_S("{\"key\":\"value\"}");
    const cn_json *v = must_read(a, text);
    assert_ptr_equal(v->object.v[0].key.p, text.p + 2);
    assert_ptr_equal(cn_json_get_text(v, CN_S("key")).p, text.p + 8);
}

static void check_refused(cn_slice text, const cn_json_options *o, cn_code code, const char *id,
                          const char *where) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    const cn_json *v = NULL;
    cn_err err = {0};
    if (cn_json_read(a, text, o, &v, &err)) fail_msg("%.*s was read", CN_ARG(text));
    assert_null(v);
    if (strcmp(err.where, where) != 0) fail_msg("%.*s: %s instead of %s", CN_ARG(text), err.where, where);
    check_err(err, code, id);
}

static void test_errors_have_places(void **state) {
    (void)state;
    const struct {
        cn_slice text;
        const char *where;
    } cases[] = {
        {CN_S(""), "byte 0 (line 1, column 1)"},
        {CN_S(" \n "), "byte 3 (line 2, column 2)"},
        {CN_S("\xef\xbb\xbf{}"), "byte 0 (line 1, column 1)"},
        {CN_S("1 2"), "byte 2 (line 1, column 3)"},
        {CN_S("[1,]"), "byte 3 (line 1, column 4)"},
        {CN_S("[1"), "byte 2 (line 1, column 3)"},
        {CN_S("[1}"), "byte 2 (line 1, column 3)"},
        {CN_S("[,1]"), "byte 1 (line 1, column 2)"},
        {CN_S("{\n\"é\": 1,\n\"é\" 2}"), "byte 16 (line 3, column 5)"},
        {CN_S("{\"a\":1,}"), "byte 7 (line 1, column 8)"},
        {CN_S("{a:1}"), "byte 1 (line 1, column 2)"},
        {CN_S("{\"a\":}"), "byte 5 (line 1, column 6)"},
        {CN_S("nul"), "byte 0 (line 1, column 1)"},
        {CN_S("nullx"), "byte 4 (line 1, column 5)"},
        {CN_S("True"), "byte 0 (line 1, column 1)"},
        {CN_S("[01]"), "byte 1 (line 1, column 2)"},
        {CN_S("[1.]"), "byte 1 (line 1, column 2)"},
        {CN_S("+1"), "byte 0 (line 1, column 1)"},
        {CN_S("\"abc"), "byte 4 (line 1, column 5)"},
        {CN_S("\"a\nb\""), "byte 2 (line 1, column 3)"},
        {CN_S("\"a\0b\""), "byte 2 (line 1, column 3)"},
        {CN_S("\"abcdefgh\x1f\""), "byte 9 (line 1, column 10)"},
        {CN_S("\"a\\x\""), "byte 2 (line 1, column 3)"},
        {CN_S("\"a\\"), "byte 2 (line 1, column 3)"},
        {CN_S("\"\\u12\""), "byte 1 (line 1, column 2)"},
        {CN_S("\"\\u12g4\""), "byte 1 (line 1, column 2)"},
        {CN_S("\"é\\ud800\""), "byte 3 (line 1, column 3)"},
        {CN_S("\"\\udc00\""), "byte 1 (line 1, column 2)"},
        {CN_S("\"\\ud800\\ud800\""), "byte 1 (line 1, column 2)"},
        {CN_S("\"\\ud800\\udbff\""), "byte 1 (line 1, column 2)"},
        {CN_S("\"\\ud800\\ue000\""), "byte 1 (line 1, column 2)"},
        {CN_S("\"\\ud800\\n1234\""), "byte 1 (line 1, column 2)"},
        {CN_S("'a'"), "byte 0 (line 1, column 1)"},
        {CN_S("[1]//"), "byte 3 (line 1, column 4)"},
        {CN_S("[1\v]"), "byte 2 (line 1, column 3)"},
        {CN_S("1\0"), "byte 1 (line 1, column 2)"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_refused(cases[i].text, NULL, CN_INVALID, "json.syntax", cases[i].where);
    check_refused((cn_slice){0}, NULL, CN_INVALID, "json.syntax", "byte 0 (line 1, column 1)");
    check_refused(CN_S("[\n\"\xe9\"]"), NULL, CN_INVALID, "json.utf8", "byte 3 (line 2, column 2)");
    check_refused(CN_S("[1, -1e400]"), NULL, CN_INVALID, "json.number", "byte 4 (line 1, column 5)");
}

static void test_every_prefix_is_refused(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_slice whole = CN_S("{\"a\\u00e9\":[1.5e+3,true,null,\"\\ud83d\\ude00\",{\"b\":{}}]}");
    assert_non_null(must_read(a, whole));
    for (size_t n = 0; n < whole.n; n++) {
        const cn_json *v;
        cn_err err;
        assert_false(cn_json_read(a, cn_slice_sub(whole, 0, n), NULL, &v, &err));
        check_err(err, CN_INVALID, "json.syntax");
    }
}

static void test_depth(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    const size_t asked[] = {0, 1, 20, 1024, 5000}, allowed[] = {128, 1, 20, 1024, 1024};
    static char text[250000];
    for (size_t i = 0; i < 5; i++) {
        size_t n = allowed[i];
        cn_json_options o = {.max_depth = asked[i]};
        const cn_json *v;
        cn_err err;
        memset(text, '[', n);
        memset(text + n, ']', n);
        assert_true(cn_json_read(a, cn_slice_bytes(text, 2 * n), &o, &v, &err));
        memset(text, '[', sizeof text);
        assert_false(cn_json_read(a, cn_slice_bytes(text, sizeof text), &o, &v, &err));
        check_err(err, CN_LIMIT, "json.depth");
        char where[64];
        (void)snprintf(where, sizeof where, "byte %zu (line 1, column %zu)", n, n + 1);
        assert_string_equal(err.where, where);
    }
    check_refused(CN_S("{\"a\":[{}]}"), &(cn_json_options){.max_depth = 2}, CN_LIMIT, "json.depth",
                  "byte 6 (line 1, column 7)");
    const cn_json *v;
    cn_err err;
    assert_true(cn_json_read(a, CN_S("[[],[],{}]"), &(cn_json_options){.max_depth = 2}, &v, &err));
}

static void test_size(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    const cn_json *v;
    cn_err err;
    assert_true(cn_json_read(a, CN_S("[1]"), &(cn_json_options){.max_bytes = 3}, &v, &err));
    check_refused(CN_S("[1] "), &(cn_json_options){.max_bytes = 3}, CN_LIMIT, "json.size", "");
}

static void test_duplicates(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    const cn_json *v = must_read(a, CN_S("{\"a\":1,\"b\":2,\"\\u0061\":3}"));
    assert_int_equal(cn_json_count(v), 2);
    check_text(v->object.v[0].key, "a");
    assert_true(cn_json_get(v, CN_S("a"))->number == 3);
    cn_json_options strict = {.refuse_duplicates = true};
    check_refused(CN_S("{\"a\":1,\"b\":2,\"\\u0061\":3}"), &strict, CN_INVALID, "json.duplicate-key",
                  "byte 13 (line 1, column 14)");
    check_refused(CN_S("[{\"\":1,\n\"\":1}]"), &strict, CN_INVALID, "json.duplicate-key",
                  "byte 8 (line 2, column 1)");
    check_refused(
        CN_S("{\"0\":0,\"1\":0,\"2\":0,\"3\":0,\"4\":0,\"5\":0,\"6\":0,\"7\":0,\"8\":0,\"9\":0,\"3\":0}"), &strict,
        CN_INVALID, "json.duplicate-key", "byte 61 (line 1, column 62)");
    const cn_json *fine;
    cn_err err;
    assert_true(cn_json_read(a, CN_S("{\"a\":{\"a\":1},\"A\":2,\"\":[{\"a\":3}]}"), &strict, &fine, &err));
}

/* 200,000 members take a moment, not the minutes that comparing each with each takes. */
static void test_many_members_are_not_quadratic(void **state) {
    (void)state;
    enum { MANY = 200000 };
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_buf b CN_BUF_AUTO = cn_buf_on(NULL, 0);
    for (int i = 0; i < MANY; i++) cn_buf_print(&b, "%c\"key%d\":%d", i ? ',' : '{', i, i);
    cn_buf_byte(&b, '}');
    const cn_json *v;
    cn_err err;
    clock_t start = clock();
    assert_true(cn_json_read(a, cn_buf_slice(&b), &(cn_json_options){.refuse_duplicates = true}, &v, &err));
    for (int i = 0; i < MANY; i += 1000) {
        char key[16];
        int n = snprintf(key, sizeof key, "key%d", i);
        assert_true(cn_json_get(v, cn_slice_bytes(key, (size_t)n))->number == i);
    }
    assert_true(clock() - start < 20 * CLOCKS_PER_SEC);
    assert_int_equal(cn_json_count(v), MANY);
}

static void test_every_failed_allocation_is_a_limit(void **state) {
    (void)state;
    cn_slice text =
        CN_S("[{\"a\":1,\"b\":2,\"c\":3,\"d\":4,\"e\":5,\"f\":6,\"g\":7,\"h\":8,\"i\":\"\\n\",\"j\":[]},{},1e5]");
    for (size_t n = 1;; n++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_arena_fail_after(a, n);
        const cn_json *v = NULL;
        cn_err err;
        if (cn_json_read(a, text, NULL, &v, &err)) {
            assert_true(n > 20);
            return;
        }
        assert_null(v);
        check_err(err, CN_LIMIT, "memory.limit");
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_type_and_its_place),
        cmocka_unit_test(test_strings),
        cmocka_unit_test(test_escapes_at_every_offset),
        cmocka_unit_test(test_plain_strings_are_borrowed),
        cmocka_unit_test(test_errors_have_places),
        cmocka_unit_test(test_every_prefix_is_refused),
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_size),
        cmocka_unit_test(test_duplicates),
        cmocka_unit_test(test_many_members_are_not_quadratic),
        cmocka_unit_test(test_every_failed_allocation_is_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
