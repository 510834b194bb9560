/* SPDX-License-Identifier: Apache-2.0
 *
 * The formats of the network: hosts, addresses, URLs (RFC 1123, 2673, 4291, 5321, 3986, 3987).
 */
#include "schema/inside.h"

static bool is_alnum(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_hex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool is_one_of(char c, const char *set) {
    return c && strchr(set, c) != NULL;
}

/* ---- Hosts ---- */

static bool is_label(cn_slice s) {
    if (!s.n || s.n > 63 || s.p[0] == '-' || s.p[s.n - 1] == '-') return false;
    for (size_t i = 0; i < s.n; i++)
        if (!is_alnum(s.p[i]) && s.p[i] != '-') return false;
    /* RFC 5891, 4.2.3.1: hyphens in the third and fourth place belong to A-labels */
    bool hyphens = s.n >= 4 && s.p[2] == '-' && s.p[3] == '-';
    return !hyphens || (cn_slice_eq_nocase(cn_slice_sub(s, 0, 2), CN_S("xn")) && s.n > 4);
}

bool cn_format_hostname(cn_slice s) {
    cn_slice label;
    if (!s.n || s.n > 253) return false;
    for (bool more = true; more;) {
        more = cn_slice_cut(s, '.', &label, &s);
        if (!is_label(label)) return false;
    }
    return true;
}

bool cn_format_ipv4(cn_slice s) {
    cn_slice part;
    uint64_t value;
    size_t n = 0;
    for (bool more = true; more; n++) {
        more = cn_slice_cut(s, '.', &part, &s);
        if (part.n > 3 || (part.n > 1 && part.p[0] == '0') || !cn_slice_to_u64(part, 255, &value)) return false;
    }
    return n == 4;
}

static bool is_group(cn_slice s) {
    for (size_t i = 0; i < s.n; i++)
        if (!is_hex(s.p[i])) return false;
    return s.n >= 1 && s.n <= 4;
}

/* Groups parted by colons; the last may be an IPv4 address, which counts as two. */
static bool groups(cn_slice s, bool last, size_t *count) {
    cn_slice group;
    for (bool more = s.n != 0; more; ++*count) {
        more = cn_slice_cut(s, ':', &group, &s);
        if (is_group(group)) continue;
        if (more || !last || !cn_format_ipv4(group)) return false;
        ++*count;
    }
    return true;
}

bool cn_format_ipv6(cn_slice s) {
    size_t n = 0, gap = cn_slice_find(s, CN_S("::"));
    if (gap == SIZE_MAX) return groups(s, true, &n) && n == 8;
    return groups(cn_slice_sub(s, 0, gap), false, &n) && groups(cn_slice_from(s, gap + 2), true, &n) && n <= 7;
}

/* ---- E-mail: RFC 5321, 4.1.2 ---- */

static bool is_atext(char c, bool idn) {
    return is_alnum(c) || is_one_of(c, "!#$%&'*+-/=?^_`{|}~.") || (idn && (unsigned char)c >= 0x80);
}

static bool is_quoted(cn_slice s, bool idn) {
    if (s.n < 2 || s.p[0] != '"' || s.p[s.n - 1] != '"') return false;
    for (size_t i = 1; i + 1 < s.n; i++) {
        if (s.p[i] == '\\') i++;
        else if (s.p[i] == '"') return false;
        if (i + 1 >= s.n || (unsigned char)s.p[i] < ' ' || (!idn && (unsigned char)s.p[i] >= 0x7f)) return false;
    }
    return true;
}

static bool is_local(cn_slice s, bool idn) {
    if (is_quoted(s, idn)) return true;
    if (!s.n || s.p[0] == '.' || s.p[s.n - 1] == '.' || cn_slice_find(s, CN_S("..")) != SIZE_MAX) return false;
    for (size_t i = 0; i < s.n; i++)
        if (!is_atext(s.p[i], idn)) return false;
    return true;
}

static bool is_literal(cn_slice s) {
    if (s.n < 2 || s.p[0] != '[' || s.p[s.n - 1] != ']') return false;
    s = cn_slice_sub(s, 1, s.n - 1);
    if (cn_slice_eq_nocase(cn_slice_sub(s, 0, 5), CN_S("IPv6:"))) return cn_format_ipv6(cn_slice_from(s, 5));
    return cn_format_ipv4(s);
}

static bool email(cn_slice s, bool idn) {
    size_t at = s.n;
    while (at && s.p[at - 1] != '@') at--;
    if (!at || !is_local(cn_slice_sub(s, 0, at - 1), idn)) return false;
    cn_slice domain = cn_slice_from(s, at);
    if (is_literal(domain) || cn_format_hostname(domain)) return true;
    bool beyond = false;
    for (size_t i = 0; i < domain.n; i++) beyond = beyond || (unsigned char)domain.p[i] >= 0x80;
    return idn && beyond;
}

bool cn_format_email(cn_slice s) {
    return email(s, false);
}

bool cn_format_idn_email(cn_slice s) {
    return email(s, true);
}

/* ---- URLs ---- */

/* Whether all characters are unreserved, percent-encoded, or of the set; `beyond`: or above ASCII. */
static bool all_of(cn_slice s, const char *set, bool beyond) {
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '%') {
            if (i + 2 >= s.n || !is_hex(s.p[i + 1]) || !is_hex(s.p[i + 2])) return false;
            i += 2;
        } else if (!is_alnum(s.p[i]) && !is_one_of(s.p[i], "-._~") && !is_one_of(s.p[i], set) &&
                   !(beyond && (unsigned char)s.p[i] >= 0x80)) {
            return false;
        }
    }
    return true;
}

#define SUB_DELIMS "!$&'()*+,;="

/* Nothing, or a colon and digits, of which there may be none. */
static bool is_port(cn_slice s) {
    for (size_t i = 1; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9') return false;
    return !s.n || s.p[0] == ':';
}

static bool authority(cn_slice s, bool beyond) {
    size_t at = cn_slice_find_byte(s, '@');
    if (at != SIZE_MAX) {
        if (!all_of(cn_slice_sub(s, 0, at), SUB_DELIMS ":", beyond)) return false;
        s = cn_slice_from(s, at + 1);
    }
    size_t close = cn_slice_find_byte(s, ']');
    if (cn_slice_starts(s, CN_S("["))) {
        if (close == SIZE_MAX) return false;
        cn_slice literal = cn_slice_sub(s, 1, close);
        bool future = literal.n && is_one_of(literal.p[0], "vV") && all_of(literal, SUB_DELIMS ":", false);
        return (cn_format_ipv6(literal) || future) && is_port(cn_slice_from(s, close + 1));
    }
    size_t colon = cn_slice_find_byte(s, ':');
    return is_port(cn_slice_from(s, colon)) && all_of(cn_slice_sub(s, 0, colon), SUB_DELIMS, beyond);
}

static size_t scheme(cn_slice s) {
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == ':') return i;
        if (!is_alnum(s.p[i]) && (i == 0 || !is_one_of(s.p[i], "+-."))) return 0;
        if (i == 0 && s.p[i] >= '0' && s.p[i] <= '9') return 0;
    }
    return 0;
}

static bool reference(cn_slice s, bool absolute, bool beyond) {
    cn_slice fragment, query, host;
    (void)cn_slice_cut(s, '#', &s, &fragment);
    (void)cn_slice_cut(s, '?', &s, &query);
    size_t n = scheme(s);
    if (absolute && !n) return false;
    if (n) s = cn_slice_from(s, n + 1);
    if (cn_slice_starts(s, CN_S("//"))) {
        s = cn_slice_from(s, 2);
        size_t end = cn_slice_find_byte(s, '/');
        host = cn_slice_sub(s, 0, end < s.n ? end : s.n);
        if (!authority(host, beyond)) return false;
        s = cn_slice_from(s, host.n);
    } else if (!n) { /* 4.2: no colon in the first segment of a relative path */
        size_t colon = cn_slice_find_byte(s, ':'), slash = cn_slice_find_byte(s, '/');
        if (colon != SIZE_MAX && colon < slash) return false;
    }
    return all_of(s, SUB_DELIMS ":@/", beyond) && all_of(query, SUB_DELIMS ":@/?", beyond) &&
           all_of(fragment, SUB_DELIMS ":@/?", beyond);
}

bool cn_format_uri(cn_slice s) {
    return reference(s, true, false);
}

bool cn_format_uri_reference(cn_slice s) {
    return reference(s, false, false);
}

bool cn_format_iri(cn_slice s) {
    return reference(s, true, true);
}

bool cn_format_iri_reference(cn_slice s) {
    return reference(s, false, true);
}
