/* SPDX-License-Identifier: Apache-2.0
 *
 * Time: XML Schema dateTimes, the calendar against the C library's, and back.
 */
#include "../check.h"

static void check_time(cn_slice text, int64_t sec, int32_t ns, bool zoned) {
    cn_time t = {-1, -1};
    bool z = !zoned;
    if (!cn_time_read(text, &t, &z)) fail_msg("%.*s", CN_ARG(text));
    if (t.sec != sec || t.ns != ns || z != zoned)
        fail_msg("%.*s: %lld.%09d", CN_ARG(text), (long long)t.sec, (int)t.ns);
}

static void test_reading(void **state) {
    (void)state;
    check_time(CN_S("1970-01-01T00:00:00Z"), 0, 0, true);
    check_time(CN_S("1969-12-31T23:59:59Z"), -1, 0, true);
    check_time(CN_S("2026-06-01T00:00:00Z"), 1780272000, 0, true);
    check_time(CN_S("2026-06-01T00:00:00"), 1780272000, 0, false);
    check_time(CN_S("2026-06-01T02:00:00+02:00"), 1780272000, 0, true);
    check_time(CN_S("2026-05-31T19:30:00-04:30"), 1780272000, 0, true);
    check_time(CN_S("2026-06-01T00:00:00+00:00"), 1780272000, 0, true);
    check_time(CN_S("2026-06-01T14:00:00+14:00"), 1780272000, 0, true);
    check_time(CN_S("2026-05-31T24:00:00Z"), 1780272000, 0, true);
    check_time(CN_S("2026-05-31T23:59:60Z"), 1780272000, 0, true);
    check_time(CN_S("2026-06-01T00:00:00.5Z"), 1780272000, 500000000, true);
    check_time(CN_S("2026-06-01T00:00:00.000000001Z"), 1780272000, 1, true);
    check_time(CN_S("2026-06-01T00:00:00.1234567899999Z"), 1780272000, 123456789, true);
    check_time(CN_S("2000-02-29T00:00:00Z"), 951782400, 0, true);
    check_time(CN_S("9999-12-31T23:59:59Z"), 253402300799, 0, true);
    check_time(CN_S("12026-01-01T00:00:00Z"), 317336745600, 0, true);
    check_time(CN_S("0001-01-01T00:00:00Z"), -62135596800, 0, true);
    check_time(CN_S("0000-01-01T00:00:00Z"), -62167219200, 0, true);
    check_time(CN_S("-0001-12-31T00:00:00Z"), -62167305600, 0, true);
    assert_true(cn_time_read(CN_S("2026-06-01T00:00:00Z"), &(cn_time){0}, NULL));
}

static void test_what_is_no_time(void **state) {
    (void)state;
    const cn_slice bad[] = {CN_S(""),
                            CN_S("2026-06-01"),
                            CN_S("2026-06-01T00:00Z"),
                            CN_S("2026-06-01 00:00:00Z"),
                            CN_S("2026-06-01t00:00:00z"),
                            CN_S("2026-6-1T00:00:00Z"),
                            CN_S("2026-02-29T00:00:00Z"),
                            CN_S("1900-02-29T00:00:00Z"),
                            CN_S("2026-04-31T00:00:00Z"),
                            CN_S("2026-00-01T00:00:00Z"),
                            CN_S("2026-13-01T00:00:00Z"),
                            CN_S("2026-01-00T00:00:00Z"),
                            CN_S("2026-01-01T24:00:01Z"),
                            CN_S("2026-01-01T24:00:00.5Z"),
                            CN_S("2026-01-01T25:00:00Z"),
                            CN_S("2026-01-01T00:60:00Z"),
                            CN_S("2026-01-01T00:00:61Z"),
                            CN_S("2026-01-01T00:00:00.Z"),
                            CN_S("2026-01-01T00:00:00,5Z"),
                            CN_S("2026-01-01T00:00:00+14:01"),
                            CN_S("2026-01-01T00:00:00+15:00"),
                            CN_S("2026-01-01T00:00:00+0100"),
                            CN_S("2026-01-01T00:00:00+01"),
                            CN_S("2026-01-01T00:00:00ZZ"),
                            CN_S("2026-01-01T00:00:00Z "),
                            CN_S(" 2026-01-01T00:00:00Z"),
                            CN_S("+2026-01-01T00:00:00Z"),
                            CN_S("02026-01-01T00:00:00Z"),
                            CN_S("226-01-01T00:00:00Z"),
                            CN_S("99999999999-01-01T00:00:00Z"),
                            CN_S("2026-01-01T00:00:00Z\0"),
                            CN_S("2026-01-01T"),
                            CN_S("2026-01-01T-1:00:00Z")};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        cn_time t = {7, 7};
        if (cn_time_read(bad[i], &t, NULL)) fail_msg("%.*s", CN_ARG(bad[i]));
        assert_int_equal(t.sec, 7);
    }
}

static void test_loose(void **state) {
    (void)state;
    cn_time t = {7, 7};
    assert_true(cn_time_read_loose(CN_S("2026-06-01"), &t));
    assert_int_equal(t.sec, 1780272000);
    assert_int_equal(t.ns, 0);
    assert_true(cn_time_read_loose(CN_S("2026-06-01T00:00:01Z"), &t));
    assert_int_equal(t.sec, 1780272001);
    assert_false(cn_time_read_loose(CN_S("2026-06-31"), &t));
    assert_false(cn_time_read_loose(CN_S("2026-06"), &t));
    assert_int_equal(t.sec, 1780272001);
}

/* A step of some 11 days and a bit over 4,000 years on both sides. */
static void test_the_calendar_is_the_c_librarys(void **state) {
    (void)state;
    for (int64_t sec = -126227808000; sec < 126227808000; sec += 950401) {
        time_t c = (time_t)sec;
        struct tm tm;
        assert_non_null(gmtime_r(&c, &tm));
        cn_date d = cn_time_date((cn_time){sec, 0});
        if (d.year != tm.tm_year + 1900 || d.month != tm.tm_mon + 1 || d.day != tm.tm_mday ||
            d.hour != tm.tm_hour || d.minute != tm.tm_min || d.second != tm.tm_sec)
            fail_msg("%lld", (long long)sec);
    }
}

static void test_what_is_written_is_read_again(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_buf b = cn_buf_on(a, 0);
    for (int64_t sec = -80000000000; sec < 280000000000; sec += 9876543) {
        cn_time t = {sec, (int32_t)((sec & 0x3ff) * 976562)}, again;
        bool zoned;
        cn_buf_clear(&b);
        cn_time_write(&b, t);
        if (!cn_time_read(cn_buf_slice(&b), &again, &zoned)) fail_msg("%.*s", CN_ARG(cn_buf_slice(&b)));
        assert_true(zoned);
        assert_int_equal(cn_time_cmp(t, again), 0);
    }
}

static void check_written(cn_time t, const char *wanted) {
    cn_buf b CN_BUF_AUTO = cn_buf_on(NULL, 0);
    cn_time_write(&b, t);
    if (!cn_slice_eq(cn_buf_slice(&b), cn_slice_of(wanted)))
        fail_msg("%.*s instead of %s", CN_ARG(cn_buf_slice(&b)), wanted);
}

static void test_writing(void **state) {
    (void)state;
    check_written((cn_time){1780272000, 0}, "2026-06-01T00:00:00Z");
    check_written((cn_time){-1, 0}, "1969-12-31T23:59:59Z");
    check_written((cn_time){0, 120000000}, "1970-01-01T00:00:00.12Z");
    check_written((cn_time){0, 1}, "1970-01-01T00:00:00.000000001Z");
    check_written((cn_time){-62135596801, 0}, "0000-12-31T23:59:59Z");
    check_written((cn_time){-62167219201, 0}, "-0001-12-31T23:59:59Z");
    check_written((cn_time){253402300800, 0}, "10000-01-01T00:00:00Z");
}

static void test_days(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    assert_string_equal(cn_time_day((cn_time){1780272000, 0}).text, "2026-06-01");
    assert_string_equal(cn_time_day((cn_time){1780271999, 999999999}).text, "2026-05-31");
    assert_string_equal(cn_time_day((cn_time){-62135596801, 0}).text, "0000-12-31");
    assert_true(cn_slice_eq(cn_time_day_text(a, (cn_time){-1, 0}), CN_S("1969-12-31")));
}

static void test_order(void **state) {
    (void)state;
    assert_true(cn_time_cmp((cn_time){1, 0}, (cn_time){2, 0}) < 0);
    assert_true(cn_time_cmp((cn_time){-1, 999999999}, (cn_time){0, 0}) < 0);
    assert_true(cn_time_cmp((cn_time){1, 2}, (cn_time){1, 1}) > 0);
    assert_int_equal(cn_time_cmp((cn_time){1, 1}, (cn_time){1, 1}), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reading),
        cmocka_unit_test(test_what_is_no_time),
        cmocka_unit_test(test_loose),
        cmocka_unit_test(test_the_calendar_is_the_c_librarys),
        cmocka_unit_test(test_what_is_written_is_read_again),
        cmocka_unit_test(test_writing),
        cmocka_unit_test(test_days),
        cmocka_unit_test(test_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
