/* SPDX-License-Identifier: Apache-2.0
 *
 * Bytes as text: the vectors of RFC 4648 and of the base58 draft, and what is refused.
 */
#include "../check.h"

static void check_base64(cn_base64 kind, cn_slice bytes, const char *wanted) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_buf b = cn_buf_on(a, 0);
    cn_slice back;
    cn_err err;
    cn_base64_write(&b, kind, bytes);
    assert_true(cn_slice_eq(cn_buf_slice(&b), cn_slice_of(wanted)));
    assert_true(cn_base64_read(a, kind, cn_buf_slice(&b), &back, &err));
    assert_true(cn_slice_eq(back, bytes));
}

static void test_base64_vectors(void **state) {
    (void)state;
    const char *const padded[] = {"", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"};
    const char *const bare[] = {"", "Zg", "Zm8", "Zm9v", "Zm9vYg", "Zm9vYmE", "Zm9vYmFy"};
    for (size_t n = 0; n <= 6; n++) {
        check_base64(CN_BASE64, cn_slice_sub(CN_S("foobar"), 0, n), padded[n]);
        check_base64(CN_BASE64_URL, cn_slice_sub(CN_S("foobar"), 0, n), bare[n]);
    }
    check_base64(CN_BASE64, CN_S("\xfb\xff\xfe"), "+//+");
    check_base64(CN_BASE64_URL, CN_S("\xfb\xff\xfe"), "-__-");
}

static void refuse_base64(cn_base64 kind, cn_slice text) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_slice out;
    cn_err err;
    if (cn_base64_read(a, kind, text, &out, &err)) fail_msg("%.*s", CN_ARG(text));
    check_err(err, CN_INVALID, "base64.syntax");
    assert_true(err.where[0] != 0);
}

static void test_base64_is_strict(void **state) {
    (void)state;
    const cn_slice bad[] = {CN_S("Zg"),   CN_S("Zg="),      CN_S("Zg==="),  CN_S("Z==="),    CN_S("===="),
                            CN_S("Zh=="), CN_S("Zm9="),     CN_S("Zm9v\n"), CN_S(" Zm9v"),   CN_S("Zm 9v="),
                            CN_S("-__-"), CN_S("Zg==Zg=="), CN_S("Zm9\0"),  CN_S("Zm9\xc3"), CN_S("=")};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) refuse_base64(CN_BASE64, bad[i]);
    const cn_slice bad_url[] = {CN_S("Zg=="), CN_S("Z"),    CN_S("Zm9vY"), CN_S("Zh"),
                                CN_S("Zm9"),  CN_S("+//+"), CN_S("Zg\n"),  CN_S("Zm8=")};
    for (size_t i = 0; i < sizeof bad_url / sizeof *bad_url; i++) refuse_base64(CN_BASE64_URL, bad_url[i]);
}

static void check_base58(cn_slice bytes, const char *wanted) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_buf b = cn_buf_on(a, 0);
    cn_slice back;
    cn_err err;
    cn_base58_write(&b, bytes);
    if (wanted) assert_true(cn_slice_eq(cn_buf_slice(&b), cn_slice_of(wanted)));
    assert_true(cn_base58_read(a, cn_buf_slice(&b), &back, &err));
    assert_true(cn_slice_eq(back, bytes));
}

static void test_base58(void **state) {
    (void)state;
    check_base58(CN_S("Hello World!"), "2NEpo7TZRRrLZSi2U");
    check_base58(CN_S("The quick brown fox jumps over the lazy dog."),
                 "USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z");
    check_base58(CN_S("\0\0\x28\x7f\xb4\xcd"), "11233QC4");
    check_base58(CN_S(""), "");
    check_base58(CN_S("\0"), "1");
    check_base58(CN_S("\0\0\0"), "111");
    check_base58(CN_S("\x39"), "z");
    check_base58(CN_S("\x3a"), "21");
    check_base58(CN_S("\x27\x1f\x35\x9f"), "zzzzz"); /* where five letters end */
    check_base58(CN_S("\x27\x1f\x35\xa0"), "211111");
    char bytes[700];
    for (size_t n = 0; n < 70; n++) {
        for (size_t i = 0; i < n; i++) bytes[i] = (char)(i * 37 + n);
        check_base58(cn_slice_bytes(bytes, n), NULL);
    }
    for (size_t n = 0; n < sizeof bytes; n += 23) {
        memset(bytes, n % 2 ? 0xff : 0, sizeof bytes);
        if (n) bytes[n - 1] = (char)n;
        check_base58(cn_slice_bytes(bytes, n), NULL);
    }
}

static void test_base58_refuses(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    const cn_slice bad[] = {CN_S("0"), CN_S("O"), CN_S("I"), CN_S("l"), CN_S("2 3"), CN_S("2\0"), CN_S("2\xc3")};
    cn_slice out;
    cn_err err;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(cn_base58_read(a, bad[i], &out, &err));
        check_err(err, CN_INVALID, "base58.syntax");
    }
    char text[1025];
    memset(text, 'z', sizeof text);
    assert_true(cn_base58_read(a, cn_slice_bytes(text, 1024), &out, &err));
    assert_false(cn_base58_read(a, cn_slice_bytes(text, 1025), &out, &err));
    assert_int_equal(err.code, CN_LIMIT);
    memset(text, '1', sizeof text);
    assert_true(cn_base58_read(a, cn_slice_bytes(text, 1024), &out, &err));
    assert_int_equal(out.n, 1024);
}

static void test_multibase(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_slice out;
    cn_err err;
    assert_true(cn_multibase_read(a, CN_S("z2NEpo7TZRRrLZSi2U"), &out, &err));
    check_text(out, "Hello World!");
    assert_true(cn_multibase_read(a, CN_S("uZm9vYg"), &out, &err));
    check_text(out, "foob");
    assert_true(cn_multibase_read(a, CN_S("z"), &out, &err));
    check_text(out, "");
    assert_false(cn_multibase_read(a, CN_S(""), &out, &err));
    check_err(err, CN_INVALID, "multibase.prefix");
    assert_false(cn_multibase_read(a, CN_S("mZm9v"), &out, &err));
    check_err(err, CN_INVALID, "multibase.prefix");
    assert_false(cn_multibase_read(a, CN_S("z0"), &out, &err));
    check_err(err, CN_INVALID, "base58.syntax");
    assert_false(cn_multibase_read(a, CN_S("uZg=="), &out, &err));
    check_err(err, CN_INVALID, "base64.syntax");
}

static void test_hex(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_buf b = cn_buf_on(a, 0);
    cn_slice out;
    cn_err err;
    cn_hex_write(&b, CN_S("\x00\x9f\xff"));
    check_text(cn_buf_slice(&b), "009fff");
    assert_true(cn_hex_read(a, CN_S("009FfF"), &out, &err));
    check_text(out, "\x00\x9f\xff");
    assert_true(cn_hex_read(a, CN_S(""), &out, &err));
    assert_int_equal(out.n, 0);
    const cn_slice bad[] = {CN_S("0"), CN_S("0g"), CN_S("0x00"), CN_S(" 00 "), CN_S("00\n")};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(cn_hex_read(a, bad[i], &out, &err));
        check_err(err, CN_INVALID, "hex.syntax");
    }
}

static void test_just_fits(void **state) {
    (void)state;
    static const size_t url[] = {0, 2, 3, 4, 6, 7, 8}, padded[] = {0, 4, 4, 4, 8, 8, 8};
    for (size_t n = 1; n < 7; n++) {
        cn_buf b CN_BUF_AUTO = cn_buf_on(NULL, url[n]), c CN_BUF_AUTO = cn_buf_on(NULL, padded[n]);
        cn_base64_write(&b, CN_BASE64_URL, cn_slice_sub(CN_S("foobar"), 0, n));
        cn_base64_write(&c, CN_BASE64, cn_slice_sub(CN_S("foobar"), 0, n));
        assert_true(cn_buf_ok(&b) && b.n == url[n]);
        assert_true(cn_buf_ok(&c) && c.n == padded[n]);
        cn_buf short_one CN_BUF_AUTO = cn_buf_on(NULL, url[n] - 1);
        cn_base64_write(&short_one, CN_BASE64_URL, cn_slice_sub(CN_S("foobar"), 0, n));
        assert_false(cn_buf_ok(&short_one));
    }
}

static void test_no_memory(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_slice out;
    cn_err err;
    cn_arena_fail_after(a, 1);
    assert_false(cn_base64_read(a, CN_BASE64, CN_S("Zm9v"), &out, &err));
    check_err(err, CN_LIMIT, "memory.limit");
    assert_false(cn_base58_read(a, CN_S("z"), &out, &err));
    check_err(err, CN_LIMIT, "memory.limit");
    assert_false(cn_hex_read(a, CN_S("00"), &out, &err));
    check_err(err, CN_LIMIT, "memory.limit");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_base64_vectors), cmocka_unit_test(test_base64_is_strict),
        cmocka_unit_test(test_base58),         cmocka_unit_test(test_base58_refuses),
        cmocka_unit_test(test_multibase),      cmocka_unit_test(test_hex),
        cmocka_unit_test(test_just_fits),      cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
