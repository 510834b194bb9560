/* SPDX-License-Identifier: Apache-2.0
 *
 * Multipart forms as browsers write them, byte for byte, and bodies that are nearly such.
 */
#include "../check.h"
#include "http/http.h"

#define TYPE CN_S("multipart/form-data; boundary=XX")
#define TEXT(name, value) "--XX\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n" value "\r\n"
#define FILE_PART(disposition, value)                                                                             \
    "--XX\r\nContent-Disposition: form-data; " disposition "\r\nContent-Type: application/json\r\n\r\n" value     \
    "\r\n"
#define END "--XX--\r\n"

static void test_browser(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_form form;
    cn_err err;
    cn_slice type = CN_S("multipart/form-data; charset=utf-8; boundary=\"----WebKitFormBoundary7MA4YWxk\"");
    cn_slice body = CN_S("------WebKitFormBoundary7MA4YWxk\r\n"
                         "Content-Disposition: form-data; name=\"badge\"; filename=\"m\xc3\xa9tier.json\"\r\n"
                         "Content-Type: application/json\r\n\r\n"
                         "{\"a\":\0\xff\r\n--XX}\r\n"
                         "------WebKitFormBoundary7MA4YWxk\r\n"
                         "content-disposition:form-data;name=lang\r\n\r\n"
                         "fr\r\n"
                         "------WebKitFormBoundary7MA4YWxk--\r\n");
    assert_true(cn_form_read_multipart(a, body, type, &form, &err));
    assert_int_equal(form.n, 2);
    check_text(form.v[0].name, "badge");
    check_text(form.v[0].filename, "m\xc3\xa9tier.json");
    check_text(form.v[0].media_type, "application/json");
    check_text(form.v[0].value, "{\"a\":\0\xff\r\n--XX}");
    assert_true(form.v[0].file);
    check_text(form.v[1].name, "lang");
    check_text(form.v[1].value, "fr");
    assert_false(form.v[1].file);
}

static void read_one(cn_arena *a, cn_slice body, cn_form_part *out) {
    cn_form form;
    cn_err err;
    if (!cn_form_read_multipart(a, body, TYPE, &form, &err)) fail_msg("%s: %s", body.p, err.detail);
    assert_int_equal(form.n, 1);
    *out = form.v[0];
}

static void test_parts(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_form_part p;
    read_one(a, CN_S(FILE_PART("name=\"f\"; filename=\"\"", "") END), &p); /* no file chosen */
    assert_true(p.file && !p.filename.n && !p.value.n);
    read_one(a, CN_S(FILE_PART("name=\"f\"; filename=\"C:\\dir\\a.png\"", "x") END), &p);
    check_text(p.filename, "a.png");
    read_one(a, CN_S(FILE_PART("name=\"f\"; filename=\"../../a.png\"", "x") END), &p);
    check_text(p.filename, "a.png");
    read_one(a, CN_S(FILE_PART("name=\"f\"; filename=\"a\\\"b; name=x\"", "x") END), &p);
    check_text(p.filename, "a\"b; name=x");
    read_one(a, CN_S(FILE_PART("filename=\"a\"; name=\"f\"", "\r\n\r\n--X") END), &p);
    check_text(p.value, "\r\n\r\n--X");
    read_one(a, CN_S(TEXT("t", "") "--XX--"), &p); /* without the last line end */
    check_text(p.value, "");
    read_one(a, CN_S(TEXT("t", "--XX") END), &p); /* no delimiter: it does not begin a line */
    check_text(p.value, "--XX");
}

static void refuse_of(cn_slice type, cn_slice body, cn_code code, const char *id) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_form form;
    cn_err err;
    if (cn_form_read_multipart(a, body, type, &form, &err)) fail_msg("accepted: %s", body.p);
    check_err(err, code, id);
}

static void test_refused(void **state) {
    (void)state;
    const cn_slice bad[] = {
        CN_S(""),
        CN_S("--XX"),
        CN_S("--XX\r\n"),
        CN_S("\r\n" TEXT("a", "b") END), /* a preamble */
        CN_S("preamble\r\n" TEXT("a", "b") END),
        CN_S(TEXT("a", "b")), /* no end */
        CN_S(TEXT("a", "b") "--XX-"),
        CN_S(TEXT("a", "b") "--XX--x"), /* an epilogue */
        CN_S(TEXT("a", "b") "--XX--\r\nmore"),
        CN_S(TEXT("a", "b") "--XX \r\n" END), /* padding */
        CN_S(TEXT("a", "b\r\n--XXX") END),    /* a longer delimiter */
        CN_S("--XX\n"
             "Content-Disposition: form-data; name=a\n\nb\n--XX--\n"), /* bare LF */
        CN_S("--XX\r\n\r\nb\r\n" END),                                 /* no headers */
        CN_S("--XX\r\nContent-Type: text/plain\r\n\r\nb\r\n" END),
        CN_S("--XX\r\nContent-Disposition: form-data\r\n\r\nb\r\n" END),
        CN_S("--XX\r\nContent-Disposition: attachment; name=a\r\n\r\nb\r\n" END),
        CN_S("--XX\r\nContent-Disposition: form-data; name=\"a\r\n\r\nb\r\n" END),
        CN_S("--XX\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\nb\r\n" END),
        CN_S("--XX\r\nContent-Disposition: form-data; name=a; filename=b; filename=c\r\n\r\nb\r\n" END),
        CN_S("--XX\r\nContent-Disposition: form-data; name=a\r\nContent-Disposition: form-data; "
             "name=b\r\n\r\nb\r\n" END),
        CN_S("--XX\r\nContent-Disposition : form-data; name=a\r\n\r\nb\r\n" END),
        CN_S("--XX\r\nContent-Disposition: form-data;\r\n name=a\r\n\r\nb\r\n" END), /* folded */
        CN_S("--XX\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: "
             "base64\r\n\r\nb\r\n" END),
        CN_S("--XX\r\nContent-Disposition: form-data; name=a\r\n" END),
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) refuse_of(TYPE, bad[i], CN_INVALID, "form.syntax");
    refuse_of(TYPE, CN_S(TEXT("a", "\xff") END), CN_INVALID, "form.utf8");
    refuse_of(TYPE, CN_S(TEXT("a", "\0") END), CN_INVALID, "form.utf8");
    refuse_of(TYPE, CN_S(TEXT("\xff", "b") END), CN_INVALID, "form.utf8");
    refuse_of(TYPE, CN_S(FILE_PART("name=a; filename=\"\x01\"", "b") END), CN_INVALID, "form.utf8");
}

static void test_boundaries(void **state) {
    (void)state;
    const cn_slice types[] = {
        CN_S("multipart/form-data"),
        CN_S("multipart/form-data; boundary="),
        CN_S("multipart/form-data; boundary=\"\""),
        CN_S("multipart/form-data; boundary=\"XX"),
        CN_S("multipart/form-data; boundary=\"X X\""),
        CN_S("multipart/form-data; boundary=XX; boundary=YY"),
        CN_S("multipart/form-data; "
             "boundary=0123456789012345678901234567890123456789012345678901234567890123456789x"),
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        refuse_of(types[i], CN_S(TEXT("a", "b") END), CN_INVALID, "form.syntax");
}

static void add_parts(cn_buf *b, int n) {
    for (int i = 0; i < n; i++) cn_buf_add(b, CN_S(TEXT("a", "b")));
    cn_buf_add(b, CN_S(END));
}

static void test_limits(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_buf b = cn_buf_on(a, 0);
    cn_form form;
    cn_err err;
    add_parts(&b, 64);
    assert_true(cn_form_read_multipart(a, cn_buf_slice(&b), TYPE, &form, &err));
    assert_int_equal(form.n, 64);
    cn_buf_clear(&b);
    add_parts(&b, 65);
    refuse_of(TYPE, cn_buf_slice(&b), CN_LIMIT, "form.parts");
    cn_buf_clear(&b);
    cn_buf_add(&b, CN_S("--XX\r\nX: "));
    for (int i = 0; i < 4000; i++) cn_buf_byte(&b, 'x');
    refuse_of(TYPE, cn_buf_slice(&b), CN_LIMIT, "form.header");
    cn_buf_clear(&b);
    cn_buf_add(&b, CN_S("--XX\r\n"));
    for (int i = 0; i < 9; i++) cn_buf_add(&b, CN_S("X: y\r\n"));
    cn_buf_add(&b, CN_S("\r\n"));
    refuse_of(TYPE, cn_buf_slice(&b), CN_LIMIT, "form.header");
    cn_buf_clear(&b);
    cn_buf_add(&b, CN_S("--XX\r\nContent-Disposition: form-data; name="));
    for (int i = 0; i < 257; i++) cn_buf_byte(&b, 'x');
    cn_buf_add(&b, CN_S("\r\n\r\nb\r\n" END));
    refuse_of(TYPE, cn_buf_slice(&b), CN_INVALID, "form.utf8");
}

/* Every prefix of a good body is refused: nothing is taken for whole that was cut. */
static void test_prefixes(void **state) {
    (void)state;
    cn_slice whole = CN_S(TEXT("a", "b") FILE_PART("name=\"f\"; filename=\"g\"", "c") "--XX--");
    for (size_t n = 0; n < whole.n; n++) refuse_of(TYPE, cn_slice_sub(whole, 0, n), CN_INVALID, "form.syntax");
}

static void test_memory(void **state) {
    (void)state;
    for (size_t n = 1;; n++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_form form;
        cn_err err;
        cn_arena_fail_after(a, n);
        if (cn_form_read_multipart(a, CN_S(FILE_PART("name=\"f\"; filename=\"a\\\"b\"", "x") END), TYPE, &form,
                                   &err))
            break;
        check_err(err, CN_LIMIT, "memory.limit");
        assert_true(n < 50);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_browser),    cmocka_unit_test(test_parts),  cmocka_unit_test(test_refused),
        cmocka_unit_test(test_boundaries), cmocka_unit_test(test_limits), cmocka_unit_test(test_prefixes),
        cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests_name("http multipart", tests, NULL, NULL);
}
