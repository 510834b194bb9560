/* SPDX-License-Identifier: Apache-2.0
 *
 * Time: XML Schema dateTimes to seconds and back, by civil-day arithmetic.
 */
#include "base/base.h"

enum { DAY = 86400 };

static bool is_leap(int64_t year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in(int64_t year, int month) {
    static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year));
}

/* Days from 1970-01-01 to a date: years are counted from March, so that the leap day comes last. */
static int64_t days_from_civil(int64_t year, int month, int day) {
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

/* ---- Reading ---- */

typedef struct reader {
    cn_slice rest;
    bool ok;
} reader;

static bool take(reader *r, char c) {
    if (!r->rest.n || r->rest.p[0] != c) return false;
    r->rest = cn_slice_from(r->rest, 1);
    return true;
}

static void expect(reader *r, char c) {
    r->ok = take(r, c) && r->ok;
}

static int digits(reader *r, size_t n, int low, int high) {
    uint64_t v = 0;
    r->ok = r->ok && r->rest.n >= n && cn_slice_to_u64(cn_slice_sub(r->rest, 0, n), (uint64_t)high, &v) &&
            (int)v >= low;
    r->rest = cn_slice_from(r->rest, n);
    return r->ok ? (int)v : low;
}

/* Four digits, or more without a leading zero; nine are plenty. */
static int64_t read_year(reader *r) {
    bool negative = take(r, '-');
    size_t n = 0;
    while (n < r->rest.n && r->rest.p[n] >= '0' && r->rest.p[n] <= '9') n++;
    r->ok = n >= 4 && n <= 9 && (n == 4 || r->rest.p[0] != '0');
    int64_t year = digits(r, n, 0, 999999999);
    return negative ? -year : year;
}

static int32_t read_fraction(reader *r) {
    if (!take(r, '.')) return 0;
    int32_t ns = 0, unit = 100000000;
    size_t n = 0;
    for (; n < r->rest.n && r->rest.p[n] >= '0' && r->rest.p[n] <= '9'; n++, unit /= 10)
        ns += (r->rest.p[n] - '0') * unit;
    r->ok = r->ok && n > 0;
    r->rest = cn_slice_from(r->rest, n);
    return ns;
}

/* Seconds to subtract; *zoned where a zone is named. */
static int64_t read_zone(reader *r, bool *zoned) {
    *zoned = r->rest.n > 0;
    if (!*zoned || take(r, 'Z')) return 0;
    bool west = take(r, '-');
    if (!west) expect(r, '+');
    int hours = digits(r, 2, 0, 14);
    expect(r, ':');
    int minutes = digits(r, 2, 0, hours == 14 ? 0 : 59);
    int64_t offset = hours * 3600 + minutes * 60;
    return west ? -offset : offset;
}

static int64_t read_day(reader *r) {
    int64_t year = read_year(r);
    expect(r, '-');
    int month = digits(r, 2, 1, 12);
    expect(r, '-');
    int day = digits(r, 2, 1, days_in(year, month));
    return days_from_civil(year, month, day) * DAY;
}

static int64_t read_clock(reader *r, int32_t *ns) {
    int hour = digits(r, 2, 0, 24);
    expect(r, ':');
    int minute = digits(r, 2, 0, 59);
    expect(r, ':');
    int second = digits(r, 2, 0, 60);
    *ns = read_fraction(r);
    if (hour == 24 && (minute || second || *ns)) r->ok = false;
    return hour * 3600 + minute * 60 + second;
}

bool cn_time_read(cn_slice s, cn_time *out, bool *zoned) {
    reader r = {s, true};
    cn_time t = {0};
    bool has_zone = false;
    t.sec = read_day(&r);
    expect(&r, 'T');
    t.sec += read_clock(&r, &t.ns);
    t.sec -= read_zone(&r, &has_zone);
    if (!r.ok || r.rest.n) return false;
    *out = t;
    if (zoned) *zoned = has_zone;
    return true;
}

bool cn_time_read_loose(cn_slice s, cn_time *out) {
    reader r = {s, true};
    int64_t midnight = read_day(&r);
    if (!r.ok || r.rest.n) return cn_time_read(s, out, NULL);
    *out = (cn_time){midnight, 0};
    return true;
}

/* ---- Writing ---- */

cn_date cn_time_date(cn_time t) {
    int64_t days = t.sec / DAY, rest = t.sec % DAY;
    if (rest < 0) rest += DAY, days--;
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month = (int)((5 * day_of_year + 2) / 153);
    int day = (int)(day_of_year - (153 * month + 2) / 5 + 1);
    month += month < 10 ? 3 : -9;
    return (cn_date){(int32_t)(year_of_era + era * 400 + (month <= 2)),
                     month,
                     day,
                     (int)(rest / 3600),
                     (int)(rest / 60 % 60),
                     (int)(rest % 60)};
}

void cn_time_write(cn_buf *b, cn_time t) {
    cn_date d = cn_time_date(t);
    cn_buf_print(b, "%s%04d-%02d-%02dT%02d:%02d:%02d", d.year < 0 ? "-" : "", d.year < 0 ? -d.year : d.year,
                 d.month, d.day, d.hour, d.minute, d.second);
    if (t.ns) {
        char fraction[16];
        int n = snprintf(fraction, sizeof fraction, ".%09d", (int)t.ns);
        while (fraction[n - 1] == '0') n--;
        cn_buf_add(b, cn_slice_bytes(fraction, (size_t)n));
    }
    cn_buf_byte(b, 'Z');
}

cn_day cn_time_day(cn_time t) {
    cn_day day;
    cn_date d = cn_time_date(t);
    (void)snprintf(day.text, sizeof day.text, "%04d-%02d-%02d", (int)d.year, d.month, d.day);
    return day;
}

cn_slice cn_time_day_text(cn_arena *a, cn_time t) {
    cn_slice out;
    return cn_arena_print(a, &out, "%s", cn_time_day(t).text) ? out : (cn_slice){0};
}

int cn_time_cmp(cn_time a, cn_time b) {
    if (a.sec != b.sec) return a.sec < b.sec ? -1 : 1;
    return (a.ns > b.ns) - (a.ns < b.ns);
}

cn_time cn_time_months_later(cn_time from, int months) {
    cn_date d = cn_time_date(from);
    int month = d.month - 1 + months;
    int64_t year = d.year + month / 12, days;
    month = month % 12 + 1;
    days = days_from_civil(year, month, d.day < days_in(year, month) ? d.day : days_in(year, month));
    return (cn_time){.sec = days * DAY + d.hour * 3600 + d.minute * 60 + d.second, .ns = from.ns};
}
