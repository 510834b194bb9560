/* SPDX-License-Identifier: Apache-2.0
 *
 * Conversions of credits and levels: the worked examples of those who published them, exact fractions, and what
 * nobody has mapped.
 */
#include "../check.h"

#include "rules/convert.h"

static cn_tables tables_on(cn_arena *a) {
    cn_tables t;
    cn_err err;
    assert_true(cn_tables_read(a, &t, &err));
    return t;
}

static void check_amount(cn_arena *a, const cn_amount *v, char point, const char *expected, bool exact) {
    cn_buf b = cn_buf_on(a, 0);
    bool is = cn_amount_write(&b, v, point);
    cn_slice text = cn_buf_slice(&b);
    if (!cn_slice_eq(text, cn_slice_of(expected)) || is != exact) fail_msg("%.*s, not %s", CN_ARG(text), expected);
}

static void test_credits(void **state) {
    (void)state;
    static const struct {
        const char *from, *value, *to;
        cn_conversion_route route;
        const char *low, *high; /* NULL: no official mapping */
        bool exact;
    } cases[] = {
        {"NZ", "15", "ECTS", CN_BY_HOURS, "5", "6", true},
        {"NZ", "15", "ECTS", CN_BY_YEAR, "7.5", "7.5", true},
        {"UK", "15", "ECTS", CN_BY_YEAR, "7.5", "7.5", true},
        {"UK", "15", "ECTS", CN_BY_HOURS, "5", "6", true},
        {"NZ", "15", "hours", CN_BY_HOURS, "150", "150", true},
        {"ECTS", "4", "hours", CN_BY_HOURS, "100", "120", true},
        {"QC", "3", "hours", CN_BY_HOURS, "135", "135", true},
        {"QC", "3", "ECTS", CN_BY_HOURS, "4.5", "5.4", true},
        {"NCrF", "40", "hours", CN_BY_HOURS, "1200", "1200", true},
        {"hours", "60", "ECTS", CN_BY_HOURS, "2", "2.4", true},
        {"MT-ECTS", "3.125", "hours", CN_BY_HOURS, "78.125", "78.125", true},
        {"ECTS", "999999999.999", "hours", CN_BY_HOURS, "24999999999.975", "29999999999.97", true},
        {"NZ", "10", "QC", CN_BY_HOURS, "2.222", "2.222", false},
        {"NZ", "0", "ECTS", CN_BY_HOURS, "0", "0", true},
        {"NZ", "15", "hours", CN_BY_YEAR, NULL, NULL, false},
        {"QC", "3", "ECTS", CN_BY_YEAR, NULL, NULL, false},
        {"MY", "3", "ECTS", CN_BY_HOURS, NULL, NULL, false}, /* recalled: nobody has confirmed it */
        {"HKQF", "3", "hours", CN_BY_HOURS, NULL, NULL, false},
        {"US-SH", "3", "hours", CN_BY_HOURS, NULL, NULL, false}, /* in a secondary source only */
        {"US-SH", "3", "ECTS", CN_BY_HOURS, NULL, NULL, false},
        {"hours", "45", "US-SH", CN_BY_HOURS, NULL, NULL, false},
        {"AU-MELB", "12.5", "ECTS", CN_BY_HOURS, NULL, NULL, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_tables t = tables_on(a);
        cn_credit_conversion c[CN_CONVERSION_ROUTES];
        cn_err err;
        if (!cn_convert_credits(&t, cn_slice_of(cases[i].from), cn_slice_of(cases[i].value),
                                cn_slice_of(cases[i].to), c, &err))
            fail_msg("%s: %s", cases[i].from, err.detail);
        const cn_credit_conversion *is = &c[cases[i].route];
        if (is->mapped != (cases[i].low != NULL)) fail_msg("%s to %s", cases[i].from, cases[i].to);
        if (!is->mapped) continue;
        check_amount(a, &is->low, '.', cases[i].low, cases[i].exact);
        check_amount(a, &is->high, '.', cases[i].high, cases[i].exact);
    }
}

static void test_routes_name_what_they_rest_on(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_tables t = tables_on(a);
    cn_credit_conversion c[CN_CONVERSION_ROUTES];
    cn_err err;
    assert_true(cn_convert_credits(&t, CN_S("ECTS"), CN_S("1"), CN_S("UK"), c, &err));
    assert_true(c[CN_BY_YEAR].agreement.n && !c[CN_BY_HOURS].agreement.n);
    assert_int_equal(c[CN_BY_HOURS].from_confidence, 'V');
    assert_int_equal(c[CN_BY_HOURS].to_confidence, 'S');
    check_amount(a, &c[CN_BY_YEAR].low, ',', "2", true);
    assert_int_equal(c[CN_BY_YEAR].agreement_confidence, 'S');
    assert_int_equal(cn_credit_conversion_confidence(&c[CN_BY_YEAR]), 'S');
    assert_true(cn_convert_credits(&t, CN_S("QC"), CN_S("3"), CN_S("hours"), c, &err));
    assert_int_equal(cn_credit_conversion_confidence(&c[CN_BY_HOURS]), 'S');
    assert_true(cn_convert_credits(&t, CN_S("ECTS"), CN_S("1"), CN_S("NZ"), c, &err));
    assert_int_equal(cn_credit_conversion_confidence(&c[CN_BY_HOURS]), 'V');
    assert_int_equal(c[CN_BY_YEAR].agreement_confidence, 0);
    assert_true(cn_convert_credits(&t, CN_S("hours"), CN_S("10"), CN_S("NZ"), c, &err));
    assert_true(!c[CN_BY_HOURS].from_source.n && c[CN_BY_HOURS].to_source.n && !c[CN_BY_HOURS].from_confidence);
}

static void test_bad_amounts(void **state) {
    (void)state;
    static const struct {
        const char *from, *value, *to, *id;
    } cases[] = {
        {"NZ", "", "ECTS", "convert.value"},       {"NZ", "-1", "ECTS", "convert.value"},
        {"NZ", "1.", "ECTS", "convert.value"},     {"NZ", ".5", "ECTS", "convert.value"},
        {"NZ", "1.2345", "ECTS", "convert.value"}, {"NZ", "1e3", "ECTS", "convert.value"},
        {"NZ", "1,5", "ECTS", "convert.value"},    {"NZ", "1234567890", "ECTS", "convert.value"},
        {"XX", "1", "ECTS", "convert.system"},     {"NZ", "1", "XX", "convert.system"},
        {"NZ", "1", "NZ", "convert.same"},
    };
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_tables t = tables_on(a);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cn_credit_conversion c[CN_CONVERSION_ROUTES];
        cn_err err;
        assert_false(cn_convert_credits(&t, cn_slice_of(cases[i].from), cn_slice_of(cases[i].value),
                                        cn_slice_of(cases[i].to), c, &err));
        assert_string_equal(err.id, cases[i].id);
    }
}

static void test_levels(void **state) {
    (void)state;
    static const struct {
        const char *from, *level, *to, *expected; /* with a space between; empty: no official mapping */
        bool table;
    } cases[] = {
        {"NFQ", "5", "NZQCF", "3 4", true}, {"NZQCF", "7", "EQF", "6", true}, {"NZQCF", "8", "EQF", "", true},
        {"EQF", "1", "NZQCF", "", true},    {"EQF", "6", "NFQ", "7 8", true}, {"AQF", "8", "NZQCF", "8", true},
        {"AQF", "6", "EQF", "", false}, /* composed, and published by nobody */
        {"OQF", "6", "EQF", "", false},     {"NFQ", "11", "EQF", "", true},   {"NFQ", "5.5", "EQF", "", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_tables t = tables_on(a);
        cn_level_conversion c;
        cn_err err;
        cn_buf b = cn_buf_on(a, 0);
        assert_true(cn_convert_level(&t, cn_slice_of(cases[i].from), cn_slice_of(cases[i].level),
                                     cn_slice_of(cases[i].to), &c, &err));
        for (size_t k = 0; k < c.n; k++) cn_buf_print(&b, "%s%.*s", k ? " " : "", CN_ARG(c.levels[k]));
        if (!cn_slice_eq(cn_buf_slice(&b), cn_slice_of(cases[i].expected)) || (c.table.n > 0) != cases[i].table)
            fail_msg("%s %s in %s: %.*s", cases[i].from, cases[i].level, cases[i].to, CN_ARG(cn_buf_slice(&b)));
    }
}

static void test_scales(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_tables t = tables_on(a);
    const cn_scale *systems, *frameworks;
    size_t systems_n, frameworks_n;
    cn_err err;
    assert_true(cn_tables_systems(a, &t, &systems, &systems_n, &err));
    assert_true(cn_tables_frameworks(a, &t, &frameworks, &frameworks_n, &err));
    assert_true(systems_n == 13 && frameworks_n == 5);
    assert_true(cn_slice_eq(systems[0].id, CN_S("hours")));
    for (size_t i = 0; i < systems_n; i++)
        assert_true(systems[i].id.n && systems[i].title.en.n && systems[i].title.fr.n);
    for (size_t i = 0; i < frameworks_n; i++) assert_true(frameworks[i].title.en.n && frameworks[i].title.fr.n);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_credits),     cmocka_unit_test(test_routes_name_what_they_rest_on),
        cmocka_unit_test(test_bad_amounts), cmocka_unit_test(test_levels),
        cmocka_unit_test(test_scales),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
