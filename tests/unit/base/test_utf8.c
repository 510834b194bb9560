/* SPDX-License-Identifier: Apache-2.0
 *
 * UTF-8: every code point, every malformed kind at every offset, UTF-16 order.
 */
#include "../check.h"

static bool is_scalar(uint32_t cp) {
    return cp < 0xd800 || (cp > 0xdfff && cp < 0x110000);
}

static void test_every_code_point_goes_there_and_back(void **state) {
    (void)state;
    for (uint32_t cp = 0; cp < 0x110000; cp++) {
        if (!is_scalar(cp)) continue;
        char bytes[4];
        size_t n = cn_utf8_put(cp, bytes), pos = 0;
        cn_slice s = cn_slice_bytes(bytes, n);
        if (cn_utf8_invalid(s) != SIZE_MAX || cn_utf8_next(s, &pos) != cp || pos != n) fail_msg("U+%04X", cp);
        if (n > 1 && cn_utf8_invalid(cn_slice_sub(s, 0, n - 1)) != 0) fail_msg("U+%04X cut", cp);
    }
}

static const cn_slice malformed[] = {CN_S_INIT("\x80"), /* a tail alone */
                                     CN_S_INIT("\xbf"),
                                     CN_S_INIT("\xc0\x80"), /* overlong */
                                     CN_S_INIT("\xc1\xbf"),
                                     CN_S_INIT("\xe0\x9f\xbf"),
                                     CN_S_INIT("\xf0\x8f\xbf\xbf"),
                                     CN_S_INIT("\xed\xa0\x80"), /* surrogates */
                                     CN_S_INIT("\xed\xbf\xbf"),
                                     CN_S_INIT("\xf4\x90\x80\x80"), /* above U+10FFFF */
                                     CN_S_INIT("\xf5\x80\x80\x80"),
                                     CN_S_INIT("\xff"),
                                     CN_S_INIT("\xfe"),
                                     CN_S_INIT("\xc3"), /* cut */
                                     CN_S_INIT("\xc3("),
                                     CN_S_INIT("\xe2\x82"),
                                     CN_S_INIT("\xe2\x82("),
                                     CN_S_INIT("\xf0\x9f\x98"),
                                     CN_S_INIT("\xf0\x9f\x98("),
                                     CN_S_INIT("\xf0\x9f((")};

static void test_malformed_at_every_offset(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof malformed / sizeof *malformed; i++) {
        for (size_t lead = 0; lead < 20; lead++) {
            char text[40];
            memset(text, 'a', sizeof text);
            memcpy(text + lead, malformed[i].p, malformed[i].n);
            size_t at = cn_utf8_invalid(cn_slice_bytes(text, lead + malformed[i].n));
            assert_int_equal(at, lead);
            assert_int_equal(cn_utf8_invalid(cn_slice_bytes(text, sizeof text)), lead);
        }
    }
    assert_true(cn_utf8_invalid((cn_slice){0}) == SIZE_MAX);
}

static void test_prefix_keeps_characters_whole(void **state) {
    (void)state;
    cn_slice s = CN_S("aé€😀");
    const size_t wanted[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 10};
    for (size_t max = 0; max < 12; max++) assert_int_equal(cn_utf8_prefix(s, max).n, wanted[max]);
}

/* The order of code units, computed the plain way. */
static int cmp_units(uint32_t a, uint32_t b) {
    uint32_t x = a < 0x10000 ? a << 16 : (0xd800 + ((a - 0x10000) >> 10)) << 16 | (0xdc00 + (a & 0x3ff));
    uint32_t y = b < 0x10000 ? b << 16 : (0xd800 + ((b - 0x10000) >> 10)) << 16 | (0xdc00 + (b & 0x3ff));
    return (x > y) - (x < y);
}

static void test_utf16_order(void **state) {
    (void)state;
    const uint32_t points[] = {0,      1,      0x7f,   0x80,    0x7ff,   0x800,   0xd7ff,  0xe000,
                               0xfb33, 0xfffd, 0xffff, 0x10000, 0x103ff, 0x10400, 0x1f600, 0x10ffff};
    size_t count = sizeof points / sizeof *points;
    for (size_t i = 0; i < count * count; i++) {
        char x[6] = "k", y[6] = "k";
        uint32_t a = points[i / count], b = points[i % count];
        cn_slice s = cn_slice_bytes(x, 1 + cn_utf8_put(a, x + 1)),
                 t = cn_slice_bytes(y, 1 + cn_utf8_put(b, y + 1));
        assert_int_equal(cn_utf8_cmp_utf16(s, t), cmp_units(a, b));
    }
    assert_int_equal(cn_utf8_cmp_utf16(CN_S(""), CN_S("a")), -1);
    assert_int_equal(cn_utf8_cmp_utf16(CN_S("ab"), CN_S("a")), 1);
    assert_int_equal(cn_utf8_cmp_utf16(CN_S("é"), CN_S("é")), 0);
}

static void check_place(size_t pos, size_t line, size_t column) {
    size_t l, c;
    cn_utf8_place(CN_S("é€\n\n😀x"), pos, &l, &c);
    assert_int_equal(l, line);
    assert_int_equal(c, column);
}

static void test_place(void **state) {
    (void)state;
    check_place(0, 1, 1);
    check_place(2, 1, 2);
    check_place(5, 1, 3);
    check_place(6, 2, 1);
    check_place(7, 3, 1);
    check_place(11, 3, 2);
    check_place(12, 3, 3);
    check_place(99, 3, 3);
}

static void test_line(void **state) {
    static const cn_slice lines[] = {CN_S_INIT(""), CN_S_INIT("Zo\u00eb O\u2019Neil"),
                                     CN_S_INIT("\u05d3\u05d5\u05d3"), CN_S_INIT("\u00a0\u2027\u202f\u2065\u206a")};
    static const cn_slice others[] = {CN_S_INIT("a\nb"),     CN_S_INIT("a\tb"),     CN_S_INIT("\x7f"),
                                      CN_S_INIT("\xc2\x80"), CN_S_INIT("\xc2\x9b"), CN_S_INIT("a\u2028"),
                                      CN_S_INIT("\u202aa"),  CN_S_INIT("a\u202e"),  CN_S_INIT("\u2066"),
                                      CN_S_INIT("a\u2069b"), CN_S_INIT("a\xff")};
    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) assert_true(cn_utf8_is_line(lines[i]));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) assert_false(cn_utf8_is_line(others[i]));
    assert_false(cn_utf8_is_line(cn_slice_bytes("a\0b", 3)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_code_point_goes_there_and_back),
        cmocka_unit_test(test_malformed_at_every_offset),
        cmocka_unit_test(test_prefix_keeps_characters_whole),
        cmocka_unit_test(test_utf16_order),
        cmocka_unit_test(test_place),
        cmocka_unit_test(test_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
