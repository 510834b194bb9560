/* SPDX-License-Identifier: Apache-2.0
 *
 * The format of URI templates (RFC 6570, 2), all four levels.
 */
#include "schema/inside.h"

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_hex(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool at_triplet(cn_slice s, size_t at) {
    return at + 2 < s.n && s.p[at] == '%' && is_hex(s.p[at + 1]) && is_hex(s.p[at + 2]);
}

/* 2.1, with erratum 6937: an apostrophe is a literal. What is not ASCII is. */
static bool literals(cn_slice s) {
    for (size_t i = 0; i < s.n; i++) {
        uint8_t c = (uint8_t)s.p[i];
        if (at_triplet(s, i)) continue;
        if (c <= ' ' || c == 0x7f || strchr("\"%<>\\^`{|}", c)) return false;
    }
    return true;
}

/* 2.3: varchars, each with a dot before it perhaps. */
static bool is_name(cn_slice s) {
    bool dot = true;
    for (size_t i = 0; i < s.n; i++) {
        bool triplet = at_triplet(s, i), c = triplet || is_digit(s.p[i]) || is_letter(s.p[i]) || s.p[i] == '_';
        if (!c && (s.p[i] != '.' || dot)) return false;
        dot = !c;
        if (triplet) i += 2;
    }
    return !dot;
}

/* 2.4.1: 1 to 9999. */
static bool is_prefix(cn_slice s) {
    uint64_t value;
    return s.n && s.p[0] != '0' && cn_slice_to_u64(s, 9999, &value);
}

static bool is_variable(cn_slice s) {
    cn_slice name, prefix;
    if (cn_slice_cut(s, ':', &name, &prefix)) return is_name(name) && is_prefix(prefix);
    return is_name(cn_slice_sub(s, 0, s.n - (cn_slice_ends(s, CN_S("*")) ? 1 : 0)));
}

/* 2.2: what stands between braces. */
static bool is_expression(cn_slice s) {
    cn_slice variable;
    if (s.n && s.p[0] && strchr("+#./;?&=,!@|", s.p[0])) s = cn_slice_from(s, 1);
    for (bool more = true; more;) {
        more = cn_slice_cut(s, ',', &variable, &s);
        if (!is_variable(variable)) return false;
    }
    return true;
}

bool cn_format_uri_template(cn_slice s) {
    while (s.n) {
        cn_slice text, expression;
        bool more = cn_slice_cut(s, '{', &text, &s);
        if (!literals(text)) return false;
        if (more && (!cn_slice_cut(s, '}', &expression, &s) || !is_expression(expression))) return false;
    }
    return true;
}
