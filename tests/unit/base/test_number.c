/* SPDX-License-Identifier: Apache-2.0
 *
 * Numbers: the grammar of RFC 8259, the samples of RFC 8785, appendix B, and xsd:double.
 * Node is the oracle for many more (tests/conformance/json_node.mjs).
 */
#include <math.h>

#include "../check.h"

static double from_bits(uint64_t bits) {
    double v;
    memcpy(&v, &bits, sizeof v);
    return v;
}

static void test_reading(void **state) {
    (void)state;
    const struct {
        cn_slice text;
        double value;
    } good[] = {
        {CN_S("0"), 0},
        {CN_S("10"), 10},
        {CN_S("-1.5"), -1.5},
        {CN_S("1e3"), 1000},
        {CN_S("1E+3"), 1000},
        {CN_S("1e-3"), 0.001},
        {CN_S("0e0"), 0},
        {CN_S("0.0e-0"), 0},
        {CN_S("1e00000000000000000002"), 100},
        {CN_S("999999999999999"), 999999999999999},
        {CN_S("-99999999999999"), -99999999999999},
        {CN_S("9007199254740993"), 9007199254740992},
        {CN_S("9007199254740993.00000000000000000000000000000000000000000000000000000000000000000001"),
         9007199254740994},
        {CN_S("1e-400"), 0},
        {CN_S("5e-324"), 5e-324},
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        double v = -7;
        assert_true(cn_number_read(good[i].text, &v));
        assert_true(v == good[i].value);
    }
    double v;
    assert_true(cn_number_read(CN_S("-0"), &v) && v == 0 && signbit(v));
    assert_true(cn_number_read(CN_S("1e400"), &v) && isinf(v) && v > 0);
    assert_true(cn_number_read(CN_S("-1e400"), &v) && isinf(v) && v < 0);
}

static void test_what_is_no_number(void **state) {
    (void)state;
    const cn_slice bad[] = {CN_S(""),     CN_S("-"),        CN_S("+1"),   CN_S("01"),  CN_S("-01"), CN_S("00"),
                            CN_S("1."),   CN_S(".5"),       CN_S("1.e1"), CN_S("1e"),  CN_S("1e+"), CN_S("1e1.5"),
                            CN_S("0x10"), CN_S("inf"),      CN_S("NaN"),  CN_S(" 1"),  CN_S("1 "),  CN_S("1\0"),
                            CN_S("--1"),  CN_S("Infinity"), CN_S("1,5"),  CN_S("1_0"), CN_S("1f"),  CN_S("1e5x")};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        double v = -7;
        assert_false(cn_number_read(bad[i], &v));
        assert_true(v == -7);
    }
    double v = -7;
    assert_false(cn_number_read((cn_slice){0}, &v));
}

static void test_longer_than_any_buffer(void **state) {
    (void)state;
    static char text[100000];
    memset(text, '0', sizeof text);
    text[0] = '1';
    text[1] = '.';
    text[sizeof text - 1] = '1';
    double v;
    assert_true(cn_number_read(cn_slice_bytes(text, sizeof text), &v));
    assert_true(v == 1);
}

static void check_written(double v, const char *wanted) {
    char out[CN_NUMBER_MAX];
    size_t n = cn_number_write(v, out);
    assert_true(n < CN_NUMBER_MAX);
    cn_slice text = cn_slice_bytes(out, n);
    if (!cn_slice_eq(text, cn_slice_of(wanted))) fail_msg("%.*s instead of %s", CN_ARG(text), wanted);
}

static void test_writing(void **state) {
    (void)state;
    const struct {
        uint64_t bits;
        const char *text;
    } samples[] = {
        {0x0000000000000000, "0"},
        {0x8000000000000000, "0"},
        {0x0000000000000001, "5e-324"},
        {0x8000000000000001, "-5e-324"},
        {0x7fefffffffffffff, "1.7976931348623157e+308"},
        {0xffefffffffffffff, "-1.7976931348623157e+308"},
        {0x4340000000000000, "9007199254740992"},
        {0xc340000000000000, "-9007199254740992"},
        {0x4430000000000000, "295147905179352830000"},
        {0x44b52d02c7e14af5, "9.999999999999997e+22"},
        {0x44b52d02c7e14af6, "1e+23"},
        {0x44b52d02c7e14af7, "1.0000000000000001e+23"},
        {0x444b1ae4d6e2ef4e, "999999999999999700000"},
        {0x444b1ae4d6e2ef4f, "999999999999999900000"},
        {0x444b1ae4d6e2ef50, "1e+21"},
        {0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"},
        {0x3eb0c6f7a0b5ed8d, "0.000001"},
        {0x41b3de4355555553, "333333333.3333332"},
        {0x41b3de4355555554, "333333333.33333325"},
        {0x41b3de4355555555, "333333333.3333333"},
        {0x41b3de4355555556, "333333333.3333334"},
        {0x41b3de4355555557, "333333333.33333343"},
        {0xbecbf647612f3696, "-0.0000033333333333333333"},
        {0x43143ff3c1cb0959, "1424953923781206.2"},
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        check_written(from_bits(samples[i].bits), samples[i].text);
    check_written(1e15, "1000000000000000");
    check_written(999999999999999, "999999999999999");
    check_written(-123.456, "-123.456");
    check_written(1e-7, "1e-7");
    check_written(1.5e300, "1.5e+300");
    check_written(0.1 + 0.2, "0.30000000000000004");
}

/* At a power of two the gap below is half the gap above. */
static void test_powers_of_two_come_back(void **state) {
    (void)state;
    for (int e = -1074; e < 1024; e++) {
        char out[CN_NUMBER_MAX];
        double v = ldexp(1, e), again;
        assert_true(cn_number_read(cn_slice_bytes(out, cn_number_write(v, out)), &again));
        assert_true(v == again);
    }
}

static void test_writing_xsd(void **state) {
    (void)state;
    const struct {
        double value;
        const char *text;
    } samples[] = {{0, "0.0E0"},
                   {-0.0, "-0.0E0"},
                   {1, "1.0E0"},
                   {-1, "-1.0E0"},
                   {10, "1.0E1"},
                   {5.3, "5.3E0"},
                   {1.5e-7, "1.5E-7"},
                   {1e21, "1.0E21"},
                   {123456, "1.23456E5"},
                   {0.1 + 0.2, "3.0E-1"},
                   {1.0 / 3, "3.333333333333333E-1"},
                   {5e-324, "4.940656458412465E-324"},
                   {1.7976931348623157e308, "1.797693134862316E308"}};
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        char out[CN_NUMBER_MAX];
        cn_slice text = cn_slice_bytes(out, cn_number_write_xsd(samples[i].value, out));
        if (!cn_slice_eq(text, cn_slice_of(samples[i].text)))
            fail_msg("%.*s instead of %s", CN_ARG(text), samples[i].text);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reading),
        cmocka_unit_test(test_what_is_no_number),
        cmocka_unit_test(test_longer_than_any_buffer),
        cmocka_unit_test(test_writing),
        cmocka_unit_test(test_powers_of_two_come_back),
        cmocka_unit_test(test_writing_xsd),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
