/* SPDX-License-Identifier: Apache-2.0
 *
 * Regular expressions: from ECMA-262 (with the flag u, section 22.2.1; Annex B where that is harmless) to
 * PCRE2. What PCRE2 reads otherwise is written out, and what only PCRE2 knows is refused.
 */
#include "schema/inside.h"

typedef struct reader {
    cn_slice in;
    size_t i;
    cn_buf out;
    const char *why;
    bool atom;   /* something that can be repeated stands before */
    size_t open; /* groups */
} reader;

static bool fail(reader *r, const char *why) {
    r->why = why;
    return false;
}

static char peek(const reader *r, size_t ahead) {
    return r->i + ahead < r->in.n ? r->in.p[r->i + ahead] : '\0';
}

static bool looking_at(const reader *r, cn_slice text) {
    return cn_slice_starts(cn_slice_from(r->in, r->i), text);
}

static bool is_one_of(char c, const char *set) {
    return c && strchr(set, c) != NULL;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int hex(char c) {
    if (is_digit(c)) return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* A code point, so that it stands for itself wherever it is written. */
static void put(reader *r, uint32_t cp) {
    if (cp < 0x80 && (is_letter((char)cp) || is_digit((char)cp))) cn_buf_byte(&r->out, (char)cp);
    else cn_buf_print(&r->out, "\\x{%x}", (unsigned)cp);
}

/* ---- Escapes ---- */

/* 22.2.2.9: white space and line ends, and all else. */
#define SPACES                                                                                                    \
    "\\x{9}-\\x{d}\\x{20}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{"    \
    "feff}"
#define NO_SPACES                                                                                                 \
    "\\x{0}-\\x{8}\\x{e}-\\x{1f}\\x{21}-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}"           \
    "\\x{202a}-\\x{202e}\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10ffff}"

/* The long names that PCRE2 does not know. */
static const char *const categories[][2] = {
    {"Cased_Letter", "L&"},
    {"Close_Punctuation", "Pe"},
    {"Connector_Punctuation", "Pc"},
    {"Control", "Cc"},
    {"cntrl", "Cc"},
    {"Currency_Symbol", "Sc"},
    {"Dash_Punctuation", "Pd"},
    {"Decimal_Number", "Nd"},
    {"digit", "Nd"},
    {"Enclosing_Mark", "Me"},
    {"Final_Punctuation", "Pf"},
    {"Format", "Cf"},
    {"Initial_Punctuation", "Pi"},
    {"Letter", "L"},
    {"Letter_Number", "Nl"},
    {"Line_Separator", "Zl"},
    {"Lowercase_Letter", "Ll"},
    {"Mark", "M"},
    {"Combining_Mark", "M"},
    {"Math_Symbol", "Sm"},
    {"Modifier_Letter", "Lm"},
    {"Modifier_Symbol", "Sk"},
    {"Nonspacing_Mark", "Mn"},
    {"Number", "N"},
    {"Open_Punctuation", "Ps"},
    {"Other", "C"},
    {"Other_Letter", "Lo"},
    {"Other_Number", "No"},
    {"Other_Punctuation", "Po"},
    {"Other_Symbol", "So"},
    {"Paragraph_Separator", "Zp"},
    {"Private_Use", "Co"},
    {"Punctuation", "P"},
    {"punct", "P"},
    {"Separator", "Z"},
    {"Space_Separator", "Zs"},
    {"Spacing_Mark", "Mc"},
    {"Surrogate", "Cs"},
    {"Symbol", "S"},
    {"Titlecase_Letter", "Lt"},
    {"Unassigned", "Cn"},
    {"Uppercase_Letter", "Lu"},
    {"LC", "L&"},
};

static cn_slice category(cn_slice name) {
    for (size_t i = 0; i < sizeof categories / sizeof categories[0]; i++)
        if (cn_slice_eq(name, cn_slice_of(categories[i][0]))) return cn_slice_of(categories[i][1]);
    return name;
}

static bool is_name(cn_slice s) {
    for (size_t i = 0; i < s.n; i++)
        if (!is_letter(s.p[i]) && !is_digit(s.p[i]) && s.p[i] != '_') return false;
    return s.n != 0;
}

/* \p{…}: a category, a script by its key, or a property that is there or not. */
static bool property(reader *r, char p) {
    cn_slice rest = cn_slice_from(r->in, r->i), inside, name, value, after;
    if (!cn_slice_starts(rest, CN_S("{")) || !cn_slice_cut(cn_slice_from(rest, 1), '}', &inside, &after))
        return fail(r, "\\p needs a name in braces");
    bool keyed = cn_slice_cut(inside, '=', &name, &value);
    if (!is_name(name) || (keyed && !is_name(value))) return fail(r, "\\p needs the name of a property");
    const char *prefix = "";
    if (cn_slice_eq(name, CN_S("Script")) || cn_slice_eq(name, CN_S("sc"))) prefix = "sc:";
    else if (cn_slice_eq(name, CN_S("Script_Extensions")) || cn_slice_eq(name, CN_S("scx"))) prefix = "scx:";
    else if (keyed && !cn_slice_eq(name, CN_S("General_Category")) && !cn_slice_eq(name, CN_S("gc")))
        return fail(r, "\\p knows no such key");
    name = keyed ? value : name;
    if (!*prefix) name = category(name);
    cn_buf_print(&r->out, "\\%c{%s%.*s}", p, prefix, CN_ARG(name));
    r->i += inside.n + 2;
    return true;
}

static bool hex_digits(reader *r, size_t n, uint32_t *out) {
    *out = 0;
    for (size_t k = 0; k < n; k++, r->i++) {
        int digit = hex(peek(r, 0));
        if (digit < 0) return fail(r, "an escape lacks hexadecimal digits");
        *out = *out * 16 + (uint32_t)digit;
    }
    return true;
}

/* Behind \u: four digits, two times four where they are a pair of surrogates, or any in braces. */
static bool unicode_escape(reader *r, uint32_t *out) {
    uint32_t low;
    if (peek(r, 0) == '{') {
        size_t end = cn_slice_find_byte(cn_slice_from(r->in, r->i), '}');
        r->i++;
        if (end == SIZE_MAX || end < 2 || end > 9 || !hex_digits(r, end - 1, out))
            return fail(r, "\\u{} lacks hexadecimal digits");
        r->i++;
    } else {
        if (!hex_digits(r, 4, out)) return false;
        if (*out >= 0xd800 && *out < 0xdc00 && looking_at(r, CN_S("\\u"))) {
            r->i += 2;
            if (!hex_digits(r, 4, &low)) return false;
            if (low < 0xdc00 || low > 0xdfff) return fail(r, "half a pair of surrogates stands alone");
            *out = 0x10000 + ((*out - 0xd800) << 10) + (low - 0xdc00);
        }
    }
    if (*out > 0x10ffff || (*out >= 0xd800 && *out <= 0xdfff)) return fail(r, "an escape names no character");
    return true;
}

/* The character of an escape; r->i stands behind its letter. */
static bool character(reader *r, char c, uint32_t *out) {
    static const char letters[] = "tnvfr0", values[] = "\t\n\v\f\r";
    const char *letter = c ? strchr(letters, c) : NULL;
    if (c == '0' && is_digit(peek(r, 0))) return fail(r, "octal escapes are not known");
    if (letter) return *out = (uint32_t)values[letter - letters], true;
    if (c == 'x') return hex_digits(r, 2, out);
    if (c == 'u') return unicode_escape(r, out);
    if (c == 'c') {
        if (!is_letter(peek(r, 0))) return fail(r, "\\c needs a letter");
        *out = (uint32_t)r->in.p[r->i++] & 31;
        return true;
    }
    if (is_letter(c) || is_digit(c) || (unsigned char)c >= 0x80 || !c) return fail(r, "an escape is not known");
    *out = (uint32_t)c;
    return true;
}

static void spaces(reader *r, bool negative, bool in_class) {
    if (!in_class) cn_buf_byte(&r->out, '[');
    if (negative) cn_buf_add(&r->out, CN_S(NO_SPACES));
    else cn_buf_add(&r->out, CN_S(SPACES));
    if (!in_class) cn_buf_byte(&r->out, ']');
}

/* \d, \s, \w, \p and their opposites. */
static bool set(reader *r, char c, bool in_class, bool *is_set) {
    *is_set = is_one_of(c, "dDwWsSpP");
    if (!*is_set) return true;
    r->i++;
    if (is_one_of(c, "pP")) return property(r, c);
    if (is_one_of(c, "sS")) spaces(r, c == 'S', in_class);
    else cn_buf_print(&r->out, "\\%c", c);
    return true;
}

static bool reference(reader *r) {
    if (peek(r, 0) == 'k') {
        size_t end = cn_slice_find_byte(cn_slice_from(r->in, r->i), '>');
        cn_slice name = end == SIZE_MAX ? CN_S("") : cn_slice_sub(r->in, r->i + 2, r->i + end);
        if (peek(r, 1) != '<' || !is_name(name)) return fail(r, "\\k needs a name");
        cn_buf_print(&r->out, "\\k<%.*s>", CN_ARG(name));
        r->i += end + 1;
        return true;
    }
    cn_buf_add(&r->out, CN_S("\\g{"));
    while (is_digit(peek(r, 0))) cn_buf_byte(&r->out, r->in.p[r->i++]);
    cn_buf_byte(&r->out, '}');
    return true;
}

static bool escape(reader *r) {
    uint32_t cp;
    bool is_set;
    r->i++;
    char c = peek(r, 0);
    r->atom = !is_one_of(c, "bB");
    if (!r->atom) {
        cn_buf_print(&r->out, "\\%c", c);
        r->i++;
        return true;
    }
    if (c == 'k' || (c >= '1' && c <= '9')) return reference(r);
    if (!set(r, c, false, &is_set) || is_set) return is_set && !r->why;
    r->i++;
    if (!character(r, c, &cp)) return false;
    put(r, cp);
    return true;
}

/* ---- Classes ---- */

/* A member of a class: a character, or a set, which has been written. */
static bool class_item(reader *r, uint32_t *cp, bool *is_set) {
    *is_set = false;
    if (peek(r, 0) != '\\') {
        *cp = cn_utf8_next(r->in, &r->i);
        return true;
    }
    r->i++;
    char c = peek(r, 0);
    if (c == 'b') return *cp = '\b', r->i++, true;
    if (!set(r, c, true, is_set) || *is_set) return *is_set && !r->why;
    r->i++;
    return character(r, c, cp);
}

/* A character, a set, or a range. Annex B: beside a set a hyphen stands for itself. */
static bool class_range(reader *r) {
    uint32_t from = 0, to = 0;
    bool is_set, to_is_set;
    if (!class_item(r, &from, &is_set)) return false;
    if (!is_set) put(r, from);
    if (peek(r, 0) != '-' || peek(r, 1) == ']' || r->i + 1 >= r->in.n) return true;
    r->i++;
    if (is_set || (peek(r, 0) == '\\' && is_one_of(peek(r, 1), "dDwWsSpP"))) return put(r, '-'), true;
    cn_buf_byte(&r->out, '-');
    if (!class_item(r, &to, &to_is_set)) return false;
    if (to < from) return fail(r, "a range of a class is out of order");
    put(r, to);
    return true;
}

static bool class(reader *r) {
    r->atom = true;
    if (looking_at(r, CN_S("[]"))) return cn_buf_add(&r->out, CN_S("(?!)")), r->i += 2, true;
    if (looking_at(r, CN_S("[^]"))) return cn_buf_add(&r->out, CN_S("[\\x{0}-\\x{10ffff}]")), r->i += 3, true;
    cn_buf_byte(&r->out, '[');
    r->i++;
    if (peek(r, 0) == '^') cn_buf_byte(&r->out, r->in.p[r->i++]);
    while (r->i < r->in.n && r->in.p[r->i] != ']')
        if (!class_range(r)) return false;
    if (r->i >= r->in.n) return fail(r, "a class is not closed");
    cn_buf_byte(&r->out, ']');
    r->i++;
    return true;
}

/* ---- Groups, repetitions ---- */

static bool group(reader *r) {
    static const char *const kinds[] = {"(?:", "(?=", "(?!", "(?<=", "(?<!"};
    r->atom = false;
    r->open++;
    if (peek(r, 1) != '?') return cn_buf_byte(&r->out, '('), r->i++, true;
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        cn_slice kind = cn_slice_of(kinds[k]);
        if (!looking_at(r, kind)) continue;
        cn_buf_add(&r->out, kind);
        r->i += kind.n;
        return true;
    }
    size_t end = cn_slice_find_byte(cn_slice_from(r->in, r->i), '>');
    cn_slice name = end == SIZE_MAX ? CN_S("") : cn_slice_sub(r->in, r->i + 3, r->i + end);
    if (peek(r, 2) != '<' || !is_name(name)) return fail(r, "a group is of no known kind");
    cn_buf_print(&r->out, "(?<%.*s>", CN_ARG(name));
    r->i += end + 1;
    return true;
}

/* The length of {n}, {n,} or {n,m}, or 0. */
static size_t braces(cn_slice s) {
    size_t i = 1, digits = 0;
    for (; i < s.n && is_digit(s.p[i]); i++) digits++;
    if (!digits) return 0;
    if (i < s.n && s.p[i] == ',')
        for (i++; i < s.n && is_digit(s.p[i]);) i++;
    return i < s.n && s.p[i] == '}' ? i + 1 : 0;
}

static bool repetition(reader *r) {
    cn_slice rest = cn_slice_from(r->in, r->i);
    size_t n = rest.p[0] == '{' ? braces(rest) : 1;
    if (!n) { /* Annex B: a brace that stands for itself */
        put(r, '{');
        return r->atom = true, r->i++, true;
    }
    if (!r->atom) return fail(r, "there is nothing to repeat");
    cn_buf_add(&r->out, cn_slice_sub(rest, 0, n));
    r->i += n;
    if (peek(r, 0) == '?') cn_buf_byte(&r->out, r->in.p[r->i++]);
    r->atom = false;
    return true;
}

static bool plain(reader *r) {
    char c = r->in.p[r->i];
    if (c == '.') {
        r->i++;
        cn_buf_add(&r->out, CN_S("[^\\n\\r\\x{2028}\\x{2029}]"));
        return r->atom = true;
    }
    if (c == ')' && !r->open--) return fail(r, "a group is closed that was not opened");
    if (is_one_of(c, "^$|)")) {
        cn_buf_byte(&r->out, c);
        r->i++;
        r->atom = c == ')';
        return true;
    }
    put(r, cn_utf8_next(r->in, &r->i));
    return r->atom = true;
}

static bool term(reader *r) {
    switch (r->in.p[r->i]) {
    case '\\': return escape(r);
    case '[': return class(r);
    case '(': return group(r);
    case '*':
    case '+':
    case '?':
    case '{': return repetition(r);
    default: return plain(r);
    }
}

static bool terms(reader *r) {
    while (r->i < r->in.n)
        if (!term(r)) return false;
    return !r->open || fail(r, "a group is not closed");
}

bool cn_ecma_translate(cn_arena *a, cn_slice pattern, cn_slice *out, const char **why) {
    reader r = {.in = pattern, .out = cn_buf_on(a, 0)};
    bool ok = terms(&r);
    *why = r.why;
    if (!ok || !cn_buf_ok(&r.out)) return false;
    *out = cn_buf_slice(&r.out);
    return true;
}

bool cn_ecma_valid(cn_slice pattern) {
    reader r = {.in = pattern, .out = cn_buf_on(NULL, 0)};
    bool ok = terms(&r);
    cn_buf_done(&r.out);
    return ok;
}
