/* SPDX-License-Identifier: Apache-2.0
 *
 * The formats of texts (2020-12 validation, 7.3): times, identifiers, pointers.
 */
#include "schema/inside.h"

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_hex(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* n digits at the beginning, which are cut off. */
static bool digits(cn_slice *s, size_t n, int *out) {
    *out = 0;
    if (s->n < n) return false;
    for (size_t i = 0; i < n; i++) {
        if (!is_digit(s->p[i])) return false;
        *out = *out * 10 + (s->p[i] - '0');
    }
    *s = cn_slice_from(*s, n);
    return true;
}

static bool byte(cn_slice *s, const char *any_of) {
    if (!s->n || !s->p[0] || !strchr(any_of, s->p[0])) return false;
    *s = cn_slice_from(*s, 1);
    return true;
}

/* ---- RFC 3339 ---- */

static int days_of(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : days[month - 1];
}

static bool take_date(cn_slice *s) {
    int year, month, day;
    if (!digits(s, 4, &year) || !byte(s, "-") || !digits(s, 2, &month) || !byte(s, "-") || !digits(s, 2, &day))
        return false;
    return month >= 1 && month <= 12 && day >= 1 && day <= days_of(year, month);
}

static bool take_offset(cn_slice *s, int *minutes) {
    int hour, minute, sign = s->n && s->p[0] == '-' ? -1 : 1;
    *minutes = 0;
    if (byte(s, "zZ")) return true;
    if (!byte(s, "+-") || !digits(s, 2, &hour) || !byte(s, ":") || !digits(s, 2, &minute)) return false;
    *minutes = sign * (hour * 60 + minute);
    return hour <= 23 && minute <= 59;
}

static bool take_time(cn_slice *s) {
    int hour, minute, second, offset, fraction;
    if (!digits(s, 2, &hour) || !byte(s, ":") || !digits(s, 2, &minute) || !byte(s, ":") || !digits(s, 2, &second))
        return false;
    if (byte(s, ".")) {
        if (!digits(s, 1, &fraction)) return false;
        while (digits(s, 1, &fraction)) {
        }
    }
    if (hour > 23 || minute > 59 || second > 60 || !take_offset(s, &offset)) return false;
    /* 5.7: a leap second is the last of a day in UTC */
    int utc = ((hour * 60 + minute - offset) % 1440 + 1440) % 1440;
    return second < 60 || utc == 1439;
}

static bool format_date(cn_slice s) {
    return take_date(&s) && !s.n;
}

static bool format_time(cn_slice s) {
    return take_time(&s) && !s.n;
}

static bool format_date_time(cn_slice s) {
    return take_date(&s) && byte(&s, "tT") && take_time(&s) && !s.n;
}

/* RFC 3339, appendix A: units in their order, none left out between two, at least one. */
static bool take_units(cn_slice *s, const char *units, bool *any) {
    int value;
    const char *from = units;
    for (bool first = true; s->n && is_digit(s->p[0]); first = false) {
        while (digits(s, 1, &value)) {
        }
        const char *unit = s->n ? strchr(from, s->p[0]) : NULL;
        if (!unit || !*unit || (!first && unit != from)) return false;
        from = unit + 1;
        *s = cn_slice_from(*s, 1);
        *any = true;
    }
    return true;
}

static bool format_duration(cn_slice s) {
    bool any = false, any_time = false;
    if (!byte(&s, "P")) return false;
    if (cn_slice_ends(s, CN_S("W"))) return take_units(&s, "W", &any) && any && !s.n;
    if (!take_units(&s, "YMD", &any)) return false;
    if (!s.n) return any;
    return byte(&s, "T") && take_units(&s, "HMS", &any_time) && any_time && !s.n;
}

/* ---- Identifiers and pointers ---- */

static bool format_uuid(cn_slice s) {
    if (s.n != 36) return false;
    for (size_t i = 0; i < s.n; i++) {
        bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
        if (hyphen ? s.p[i] != '-' : !is_hex(s.p[i])) return false;
    }
    return true;
}

static bool format_json_pointer(cn_slice s) {
    if (s.n && s.p[0] != '/') return false;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '~' && (i + 1 == s.n || (s.p[i + 1] != '0' && s.p[i + 1] != '1'))) return false;
    return true;
}

static bool format_relative_json_pointer(cn_slice s) {
    int digit;
    bool zero = s.n && s.p[0] == '0';
    if (!digits(&s, 1, &digit)) return false;
    while (!zero && digits(&s, 1, &digit)) {
    }
    return cn_slice_eq(s, CN_S("#")) || format_json_pointer(s);
}

static const struct {
    cn_slice name;
    cn_format *check;
} formats[] = {
    {CN_S_INIT("date"), format_date},
    {CN_S_INIT("date-time"), format_date_time},
    {CN_S_INIT("time"), format_time},
    {CN_S_INIT("duration"), format_duration},
    {CN_S_INIT("email"), cn_format_email},
    {CN_S_INIT("idn-email"), cn_format_idn_email},
    {CN_S_INIT("hostname"), cn_format_hostname},
    {CN_S_INIT("ipv4"), cn_format_ipv4},
    {CN_S_INIT("ipv6"), cn_format_ipv6},
    {CN_S_INIT("uri"), cn_format_uri},
    {CN_S_INIT("uri-reference"), cn_format_uri_reference},
    {CN_S_INIT("iri"), cn_format_iri},
    {CN_S_INIT("iri-reference"), cn_format_iri_reference},
    {CN_S_INIT("uri-template"), cn_format_uri_template},
    {CN_S_INIT("uuid"), format_uuid},
    {CN_S_INIT("json-pointer"), format_json_pointer},
    {CN_S_INIT("relative-json-pointer"), format_relative_json_pointer},
    {CN_S_INIT("regex"), cn_ecma_valid},
};

cn_format *cn_format_find(cn_slice name) {
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        if (cn_slice_eq(formats[i].name, name)) return formats[i].check;
    return NULL;
}
