/* SPDX-License-Identifier: Apache-2.0
 *
 * Urlencoded forms: order, repeated names, escapes, and what is refused.
 */
#include "../check.h"
#include "http/http.h"

static void test_fields(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_form form;
    cn_err err;
    assert_true(
        cn_form_read_urlencoded(a, CN_S("text=a+b%0D%0Ac&text=2&&%C3%A9=%e2%82%ac&flag&=x&p=%2B+"), &form, &err));
    assert_int_equal(form.n, 6);
    check_text(form.v[0].name, "text");
    check_text(form.v[0].value, "a b\r\nc");
    check_text(form.v[1].value, "2");
    check_text(form.v[2].name, "\xc3\xa9");
    check_text(form.v[2].value, "\xe2\x82\xac");
    check_text(form.v[3].name, "flag");
    check_text(form.v[3].value, "");
    check_text(form.v[4].name, "");
    check_text(form.v[5].value, "+ ");
    for (size_t i = 0; i < form.n; i++) assert_false(form.v[i].file);
    assert_true(cn_form_read_urlencoded(a, CN_S(""), &form, &err));
    assert_int_equal(form.n, 0);
}

static void refuse(cn_slice body, const char *id) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_form form;
    cn_err err;
    if (cn_form_read_urlencoded(a, body, &form, &err)) fail_msg("accepted: %s", body.p);
    check_err(err, CN_INVALID, id);
}

static void test_refused(void **state) {
    (void)state;
    refuse(CN_S("a=%"), "form.percent");
    refuse(CN_S("a=%4"), "form.percent");
    refuse(CN_S("%zz=1"), "form.percent");
    refuse(CN_S("a=%u00e9"), "form.percent");
    refuse(CN_S("a=%ff"), "form.utf8");
    refuse(CN_S("a=%00"), "form.utf8");
    refuse(CN_S("a=\xff"), "form.utf8");
    refuse(CN_S("a=\0"), "form.utf8");
}

static void test_many(void **state) {
    (void)state;
    for (int n = 256; n <= 257; n++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_buf b = cn_buf_on(a, 0);
        cn_form form;
        cn_err err;
        for (int i = 0; i < n; i++) cn_buf_add(&b, CN_S("a=1&"));
        assert_int_equal(cn_form_read_urlencoded(a, cn_buf_slice(&b), &form, &err), n == 256);
        if (n == 257) check_err(err, CN_LIMIT, "form.parts");
    }
}

static void test_memory(void **state) {
    (void)state;
    for (size_t n = 1;; n++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_form form;
        cn_err err;
        cn_arena_fail_after(a, n);
        if (cn_form_read_urlencoded(a, CN_S("a=%41&b+c=d"), &form, &err)) break;
        check_err(err, CN_LIMIT, "memory.limit");
        assert_true(n < 50);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fields),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_many),
        cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests_name("http form_urlencoded", tests, NULL, NULL);
}
