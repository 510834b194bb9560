/* SPDX-License-Identifier: Apache-2.0
 *
 * Writing JSON: layouts, escapes, numbers, buffers that are full, values too deep.
 */
#include "../check.h"
#include "json/json.h"

static const cn_json *read_text(cn_arena *a, cn_slice text) {
    const cn_json *v = NULL;
    cn_err err;
    if (!cn_json_read(a, text, NULL, &v, &err)) fail_msg("%.*s: %s", CN_ARG(text), err.detail);
    return v;
}

static void test_one_line(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_buf b = cn_buf_on(a, 0);
    cn_json_write(&b,
                  read_text(a, CN_S(" { \"b\" : [ 1.50 , -0 , 1E3, [ ] ] , \"a\" : { } , \"\\u0062\" : [ true , "
                                    "false, null, \"\\/\" ] } ")));
    check_text(cn_buf_slice(&b), "{\"b\":[true,false,null,\"/\"],\"a\":{}}");
    cn_buf_clear(&b);
    cn_json_write(&b, read_text(a, CN_S("[1.50,-0,1E3,1e-7,1e21,123456789012345678901]")));
    check_text(cn_buf_slice(&b), "[1.5,0,1000,1e-7,1e+21,123456789012345680000]");
}

static void test_pretty(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_buf b = cn_buf_on(a, 0);
    cn_json_write_pretty(&b, read_text(a, CN_S("{\"a\":[1,{\"b\":null}],\"c\":{},\"d\":[]}")));
    check_text(cn_buf_slice(&b), "{\n"
                                 "  \"a\": [\n"
                                 "    1,\n"
                                 "    {\n"
                                 "      \"b\": null\n"
                                 "    }\n"
                                 "  ],\n"
                                 "  \"c\": {},\n"
                                 "  \"d\": []\n"
                                 "}");
}

static void test_every_byte_of_ascii(void **state) {
    (void)state;
    for (int c = 0; c < 0x80; c++) {
        char byte = (char)c, wanted[16];
        cn_buf b CN_BUF_AUTO = cn_buf_on(NULL, 0);
        cn_json_write_string(&b, cn_slice_bytes(&byte, 1));
        const char *letter = c ? strchr("\bb\tt\nn\ff\rr\"\"\\\\", c) : NULL;
        if (letter && (c < 0x20 || c == '"' || c == '\\'))
            (void)snprintf(wanted, sizeof wanted, "\"\\%c\"", letter[1]);
        else if (c < 0x20) (void)snprintf(wanted, sizeof wanted, "\"\\u%04x\"", (unsigned)c);
        else (void)snprintf(wanted, sizeof wanted, "\"%c\"", c);
        assert_true(cn_slice_eq(cn_buf_slice(&b), cn_slice_of(wanted)));
    }
}

static void test_strings(void **state) {
    (void)state;
    cn_buf b CN_BUF_AUTO = cn_buf_on(NULL, 0);
    cn_json_write_string(&b, (cn_slice){0});
    cn_json_write_string(&b, CN_S("12345678\n12345678901\x1f/é€😀\x7f\xe2\x80\xa8</script>"));
    check_text(cn_buf_slice(&b), "\"\"\"12345678\\n12345678901\\u001f/é€😀\x7f\xe2\x80\xa8</script>\"");
}

static void test_full_buffer(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_slice text = CN_S("{\"a\":[1.5,\"\\n\",true],\"b\":{}}");
    const cn_json *v = read_text(a, text);
    for (size_t max = 1; max <= text.n; max++) {
        cn_buf b CN_BUF_AUTO = cn_buf_on(NULL, max);
        cn_json_write(&b, v);
        assert_int_equal(cn_buf_ok(&b), max == text.n);
        assert_true(cn_slice_starts(text, cn_buf_slice(&b)));
    }
}

/* Only building makes values this deep. */
static void test_too_deep(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    const cn_json *v = cn_json_null();
    for (int i = 0; i < 100000; i++) {
        cn_json *around = cn_json_array(a);
        assert_true(cn_json_push(a, around, v));
        v = around;
    }
    cn_buf b = cn_buf_on(a, 0);
    cn_err err;
    cn_json_write(&b, v);
    assert_false(cn_buf_ok(&b));
    cn_buf_clear(&b);
    assert_false(cn_json_canonize(a, v, &b, &err));
    check_err(err, CN_LIMIT, "json.depth");
    assert_false(cn_json_equal(v, cn_json_copy_shallow(a, cn_json_item(v, 0))));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_line),
        cmocka_unit_test(test_pretty),
        cmocka_unit_test(test_every_byte_of_ascii),
        cmocka_unit_test(test_strings),
        cmocka_unit_test(test_full_buffer),
        cmocka_unit_test(test_too_deep),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
