/* SPDX-License-Identifier: Apache-2.0
 *
 * The fields of a scope: beginnings of codes of a few classifications, as people type them and as they are kept.
 * Codes are compared by their digits alone, so that 11.0802 begins with 11.08 and with 1108.
 */
#include "app/scopes.h"

const cn_slice cn_scope_systems[] = {CN_S_INIT("isced"), CN_S_INIT("cip"), CN_S_INIT("noc"), CN_S_INIT("nzsced")};
const size_t cn_scope_systems_n = sizeof cn_scope_systems / sizeof *cn_scope_systems;

/* Digits of the broadest group of each, and of a whole code. */
static const struct { size_t least, most; } digits[] = {{2, 4}, {2, 6}, {1, 5}, {2, 6}};

static size_t system_of(cn_slice name) {
    size_t i = 0;
    while (i < cn_scope_systems_n && !cn_slice_eq(name, cn_scope_systems[i])) i++;
    return i;
}

/* Digits, with points between them. */
static bool is_beginning(cn_slice s, size_t system) {
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        bool digit = s.p[i] >= '0' && s.p[i] <= '9';
        if (!digit && (s.p[i] != '.' || !n || i + 1 == s.n)) return false;
        n += digit;
    }
    return n >= digits[system].least && n <= digits[system].most;
}

static bool is_gap(char c) {
    return c == ' ' || c == ',' || c == ';' || c == '\t' || c == '\r' || c == '\n';
}

/* The next word of what somebody typed; false at its end. */
static bool next_word(cn_slice *rest, cn_slice *word) {
    size_t from = 0, to;
    while (from < rest->n && is_gap(rest->p[from])) from++;
    to = from;
    while (to < rest->n && !is_gap(rest->p[to])) to++;
    *word = cn_slice_sub(*rest, from, to);
    *rest = cn_slice_from(*rest, to);
    return word->n > 0;
}

bool cn_scope_fields_add(cn_buf *fields, cn_slice system, cn_slice typed, cn_err *err) {
    size_t at = system_of(system);
    cn_slice word;
    while (next_word(&typed, &word)) {
        if (at == cn_scope_systems_n || !is_beginning(word, at))
            return cn_fail_at(
                err, CN_INVALID, "scope.fields", system,
                "\"%.*s\" is not the beginning of a code of ISCED-F, CIP, NOC or NZSCED, as isced:061 "
                "and cip:11.08 are.",
                CN_ARG(word));
        if (fields->n) cn_buf_byte(fields, ' ');
        cn_buf_print(fields, "%.*s:%.*s", CN_ARG(system), CN_ARG(word));
    }
    return true;
}

bool cn_scope_fields_read(cn_arena *a, cn_slice text, cn_slice *out, cn_err *err) {
    cn_buf b = cn_buf_on(a, 0);
    cn_slice word, system, prefix;
    while (next_word(&text, &word)) {
        if (!cn_slice_cut(word, ':', &system, &prefix) || !prefix.n) system = CN_S(""), prefix = word;
        if (!cn_scope_fields_add(&b, system, prefix, err)) return false;
    }
    if (!cn_buf_ok(&b)) return cn_fail_memory(err);
    *out = cn_buf_slice(&b);
    return true;
}

bool cn_scope_fields_next(cn_slice *rest, cn_slice *system, cn_slice *prefix) {
    cn_slice word;
    return next_word(rest, &word) && cn_slice_cut(word, ':', system, prefix);
}
