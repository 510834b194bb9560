/* SPDX-License-Identifier: Apache-2.0
 *
 * Decimals: order, whole numbers, multiples, all exact where doubles are not.
 */
#include "../check.h"

#include "schema/inside.h"

static cn_json number(const char *text) {
    return (cn_json){.type = CN_JSON_NUMBER, .string = cn_slice_of(text)};
}

static cn_decimal decimal(const char *text) {
    cn_json v = number(text);
    return cn_decimal_of(&v);
}

static void test_order(void **state) {
    (void)state;
    static const char *const rising[] = {"-1e308",
                                         "-10.5",
                                         "-10",
                                         "-0.1",
                                         "0",
                                         "1e-400",
                                         "0.01",
                                         "0.010000000000000000001",
                                         "0.1",
                                         "1",
                                         "1.05",
                                         "1.5",
                                         "9",
                                         "10",
                                         "11",
                                         "9007199254740992",
                                         "9007199254740993",
                                         "1e308",
                                         "1.1e308"};
    const size_t n = sizeof rising / sizeof rising[0];
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++) {
            cn_decimal x = decimal(rising[i]), y = decimal(rising[k]);
            int order = cn_decimal_cmp(&x, &y), wanted = (i > k) - (i < k);
            if (order != wanted) fail_msg("%s and %s: %d", rising[i], rising[k], order);
        }
}

static void test_the_same_number_written_otherwise(void **state) {
    (void)state;
    static const char *const same[][2] = {
        {"1", "1.0"},        {"100", "1e2"},   {"0.5", "5E-1"},    {"-0", "0"},       {"0.0e5", "0"},
        {"12.50", "125e-1"}, {"1000e-3", "1"}, {"10.0", "1.0e+1"}, {"0.001", "1e-3"}, {"120", "0.12e3"}};
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        cn_decimal x = decimal(same[i][0]), y = decimal(same[i][1]);
        if (cn_decimal_cmp(&x, &y) != 0) fail_msg("%s is not %s", same[i][0], same[i][1]);
    }
}

static void test_counts(void **state) {
    (void)state;
    static const struct {
        const char *text;
        bool is;
        size_t count;
    } cases[] = {{"0", true, 0},
                 {"3", true, 3},
                 {"2.0", true, 2},
                 {"1.2e1", true, 12},
                 {"300", true, 300},
                 {"-1", false, 0},
                 {"1.5", false, 0},
                 {"1e-1", false, 0},
                 {"1e300", true, SIZE_MAX},
                 {"-0", true, 0},
                 {"1e999999999999999999999", true, SIZE_MAX},
                 {"18446744073709551614", true, SIZE_MAX - 1}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cn_decimal d = decimal(cases[i].text);
        size_t count = 0;
        bool is = cn_decimal_count(&d, &count);
        if (is != cases[i].is || count != cases[i].count) fail_msg("%s: %d, %zu", cases[i].text, is, count);
    }
}

static void test_multiples(void **state) {
    (void)state;
    static const struct {
        const char *number, *by;
        bool is;
    } cases[] = {
        {"0.3", "0.1", true},
        {"4.35", "0.01", true},
        {"0.0075", "0.0001", true},
        {"0.00751", "0.0001", false},
        {"1e308", "1e-8", true},
        {"1e308", "0.123456789", false},
        {"10", "3", false},
        {"9", "3", true},
        {"-9", "3", true},
        {"0", "7", true},
        {"4.5", "1.5", true},
        {"1", "2", false},
        {"15", "10", false},
        {"1e20", "1e19", true},
        {"5e19", "1e20", false},
        {"1e1000000000", "7", false},
        {"1e1000000000", "16", true},
        {"123456789012345678901234567890", "10", true},
        {"123456789012345678901234567891", "10", false},
        {"999999999999999999000000000000000000", "999999999999999999", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cn_decimal d = decimal(cases[i].number), by = decimal(cases[i].by);
        cn_divisor divisor;
        assert_true(cn_divisor_of(&by, &divisor));
        if (cn_decimal_is_multiple(&d, &divisor) != cases[i].is)
            fail_msg("%s by %s", cases[i].number, cases[i].by);
    }
}

static void test_divisors_that_are_none(void **state) {
    (void)state;
    static const char *const refused[] = {"0", "-1", "0.0", "1234567890123456789"};
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        cn_decimal d = decimal(refused[i]);
        cn_divisor divisor;
        assert_false(cn_divisor_of(&d, &divisor));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_the_same_number_written_otherwise),
        cmocka_unit_test(test_counts),
        cmocka_unit_test(test_multiples),
        cmocka_unit_test(test_divisors_that_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
