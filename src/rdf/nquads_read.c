/* SPDX-License-Identifier: Apache-2.0
 *
 * Reads N-Quads (RDF 1.1 N-Quads, section 4; the numbers in brackets are its
 * productions). Terms borrow from the text; only one with escapes is copied.
 * IRIs must be absolute, as RDF asks for, and an escape in one may not stand for a
 * character that it could not hold.
 */
#include "rdf/terms.h"
#include "base/base.h"

enum { DEFAULT_MAX_QUADS = 1000000, LINE_GUESS = 64 /* bytes: room for so many quads is made at once */ };

typedef struct reader {
    cn_arena *arena;
    cn_slice text;
    size_t at;
    cn_err *err;
} reader;

static bool refuse(reader *r, size_t at, const char *what) {
    size_t line, column;
    cn_utf8_place(r->text, at, &line, &column);
    char where[96];
    int n = snprintf(where, sizeof where, "byte %zu (line %zu, column %zu)", at, line, column);
    return cn_fail_at(r->err, CN_INVALID, "nquads.syntax", cn_slice_bytes(where, (size_t)n), "%s", what);
}

/* The byte ahead, or -1 at the end. */
static int peek(const reader *r) {
    return r->at < r->text.n ? (uint8_t)r->text.p[r->at] : -1;
}

static bool take(reader *r, char byte) {
    if (peek(r) != (uint8_t)byte) return false;
    r->at++;
    return true;
}

static void skip_space(reader *r) {
    while (peek(r) == ' ' || peek(r) == '\t') r->at++;
}

static bool is_alpha(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(int c) {
    return c >= '0' && c <= '9';
}

static int hex_value(int c) {
    if (is_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/* [10] UCHAR; the reader stands behind "\u" or "\U". */
static bool read_uchar(reader *r, int digits, uint32_t *out) {
    size_t start = r->at;
    uint32_t cp = 0;
    for (int i = 0; i < digits; i++, r->at++) {
        int value = hex_value(peek(r));
        if (value < 0) return refuse(r, r->at, "A hexadecimal digit is missing in an escape.");
        if (cp > 0x10ffff) break;
        cp = cp << 4 | (uint32_t)value;
    }
    if (cp > 0x10ffff || (cp >= 0xd800 && cp <= 0xdfff))
        return refuse(r, start, "An escape names no Unicode character.");
    *out = cp;
    return true;
}

/* [153s] ECHAR: the character of a letter behind a backslash, or 0. */
static char echar(int letter) {
    static const char letters[] = "tbnrf\"'\\", values[] = "\t\b\n\r\f\"'\\";
    for (size_t i = 0; i < sizeof letters - 1; i++)
        if (letters[i] == letter) return values[i];
    return 0;
}

/* An escape in an IRI (UCHAR alone) or a literal, behind its backslash. */
static bool read_escape(reader *r, bool in_iri, cn_buf *b) {
    int letter = peek(r);
    uint32_t cp = 0;
    if (letter == 'u' || letter == 'U') {
        size_t start = r->at++;
        if (!read_uchar(r, letter == 'u' ? 4 : 8, &cp)) return false;
        if (in_iri && cp < 0x80 && !cn_rdf_is_iri_byte((uint8_t)cp))
            return refuse(r, start, "An escape stands for a character that no IRI may hold.");
        cn_buf_utf8(b, cp);
        return true;
    }
    char plain = in_iri || letter < 0 ? 0 : echar(letter);
    if (!plain) return refuse(r, r->at, "This is no escape sequence.");
    cn_buf_byte(b, plain);
    r->at++;
    return true;
}

static bool is_literal_byte(char c) {
    return c != '"' && c != '\\' && c != '\n' && c != '\r';
}

/* The first byte from `i` on that does not stand for itself in a literal, eight at a time while none is near. A
 * borrow reaches a byte's top bit only from a byte that is looked for. */
static size_t literal_end(cn_slice s, size_t i) {
    const uint64_t ones = 0x0101010101010101, tops = 0x8080808080808080;
    for (uint64_t w; s.n - i >= sizeof w; i += sizeof w) {
        memcpy(&w, s.p + i, sizeof w);
        uint64_t quote = w ^ (ones * '"'), solidus = w ^ (ones * '\\');
        uint64_t low = (w - ones * 0x0e) & ~w; /* line ends, and what is rarer */
        if ((((quote - ones) & ~quote) | ((solidus - ones) & ~solidus) | low) & tops) break;
    }
    while (i < s.n && is_literal_byte(s.p[i])) i++;
    return i;
}

static size_t iri_end(cn_slice s, size_t i) {
    while (i < s.n && cn_rdf_is_iri_byte((uint8_t)s.p[i])) i++;
    return i;
}

/* Up to the closing byte, which is taken: borrowed when no escape occurs, else unescaped on the arena. */
static bool read_quoted(reader *r, bool in_iri, cn_slice *out) {
    cn_buf b = cn_buf_on(r->arena, 0);
    b.max = r->text.n; /* an escape is longer than what it stands for */
    bool escaped = false;
    for (;;) {
        size_t start = r->at;
        r->at = in_iri ? iri_end(r->text, start) : literal_end(r->text, start);
        cn_slice plain = cn_slice_sub(r->text, start, r->at);
        if (escaped) cn_buf_add(&b, plain);
        if (take(r, in_iri ? '>' : '"')) {
            *out = escaped ? cn_buf_slice(&b) : plain;
            return cn_buf_ok(&b) || cn_fail_memory(r->err);
        }
        if (!take(r, '\\'))
            return refuse(r, r->at, in_iri ? "An IRI may not hold this." : "A literal is not closed.");
        if (!escaped) cn_buf_add(&b, plain);
        escaped = true;
        if (!read_escape(r, in_iri, &b)) return false;
    }
}

/* RFC 3986, 3.1: a letter, then letters, digits, "+", "-", "."; then a colon. */
static bool has_scheme(cn_slice iri) {
    size_t i = 0;
    while (i < iri.n && (is_alpha(iri.p[i]) ||
                         (i && (is_digit(iri.p[i]) || iri.p[i] == '+' || iri.p[i] == '-' || iri.p[i] == '.'))))
        i++;
    return i && i < iri.n && iri.p[i] == ':';
}

/* [8] IRIREF */
static bool read_iri(reader *r, cn_slice *out) {
    size_t start = r->at;
    if (!take(r, '<')) return refuse(r, start, "An IRI in angle brackets is missing.");
    if (!read_quoted(r, true, out)) return false;
    return has_scheme(*out) || refuse(r, start, "An IRI must be absolute.");
}

/* [157s] PN_CHARS_BASE above ASCII, [158s] and [160s] beside the ASCII ones. */
static bool is_name_char(uint32_t c, bool first) {
    static const struct range {
        uint32_t from, to;
    } base[] = {{0xc0, 0xd6},     {0xd8, 0xf6},     {0xf8, 0x2ff},    {0x370, 0x37d},
                {0x37f, 0x1fff},  {0x200c, 0x200d}, {0x2070, 0x218f}, {0x2c00, 0x2fef},
                {0x3001, 0xd7ff}, {0xf900, 0xfdcf}, {0xfdf0, 0xfffd}, {0x10000, 0xeffff}};
    if (c < 0x80) return is_alpha((int)c) || is_digit((int)c) || c == '_' || c == ':' || (!first && c == '-');
    if (!first && (c == 0xb7 || (c >= 0x300 && c <= 0x36f) || c == 0x203f || c == 0x2040)) return true;
    for (size_t i = 0; i < sizeof base / sizeof *base; i++)
        if (c >= base[i].from && c <= base[i].to) return true;
    return false;
}

/* [141s] BLANK_NODE_LABEL: a dot may stand inside a label, not at its end. */
static bool read_label(reader *r, cn_slice *out) {
    size_t start = r->at;
    if (!take(r, '_') || !take(r, ':')) return refuse(r, start, "A blank node begins with \"_:\".");
    size_t label = r->at, end = label, at = label;
    while (at < r->text.n) {
        bool dot = r->text.p[at] == '.';
        uint32_t c = cn_utf8_next(r->text, &at);
        if (!(dot ? end > label : is_name_char(c, end == label))) break;
        if (!dot) end = at;
    }
    if (end == label) return refuse(r, label, "The label of a blank node is missing.");
    r->at = end;
    *out = cn_slice_sub(r->text, label, end);
    return true;
}

/* [144s] LANGTAG, behind the "@". */
static bool read_language(reader *r, cn_slice *out) {
    size_t start = r->at, part = start;
    while (is_alpha(peek(r)) || (part > start && is_digit(peek(r))) || (peek(r) == '-' && r->at > part))
        if (r->text.p[r->at++] == '-') part = r->at;
    if (r->at == part) return refuse(r, r->at, "A language tag is not complete.");
    *out = cn_slice_sub(r->text, start, r->at);
    return true;
}

/* [6] literal */
static bool read_literal(reader *r, cn_term *out) {
    out->kind = CN_TERM_LITERAL;
    out->plain = true;
    r->at++;
    if (!read_quoted(r, false, &out->value)) return false;
    if (take(r, '@')) {
        out->datatype = CN_S(CN_RDF "langString");
        return read_language(r, &out->language);
    }
    if (!take(r, '^')) {
        out->datatype = CN_S(CN_XSD "string");
        return true;
    }
    if (!take(r, '^')) return refuse(r, r->at, "A datatype begins with \"^^\".");
    return read_iri(r, &out->datatype);
}

/* [3] subject, [5] object, [6] graphLabel */
static bool read_term(reader *r, bool literal_allowed, cn_term *out) {
    int c = peek(r);
    if (c == '"' && literal_allowed) return read_literal(r, out);
    out->kind = c == '_' ? CN_TERM_BLANK : CN_TERM_IRI;
    out->plain = true;
    return c == '_' ? read_label(r, &out->value) : read_iri(r, &out->value);
}

/* [2] statement */
static bool read_statement(reader *r, cn_quad *q) {
    if (!read_term(r, false, &q->s)) return false;
    skip_space(r);
    q->p.kind = CN_TERM_IRI;
    q->p.plain = true;
    if (!read_iri(r, &q->p.value)) return false;
    skip_space(r);
    if (!read_term(r, true, &q->o)) return false;
    skip_space(r);
    if (peek(r) != '.') {
        if (!read_term(r, false, &q->g)) return false;
        skip_space(r);
    }
    return take(r, '.') || refuse(r, r->at, "A statement ends with a dot.");
}

/* What may follow a statement, or stand alone on a line. */
static bool read_line_end(reader *r) {
    skip_space(r);
    if (peek(r) == '#')
        while (peek(r) >= 0 && peek(r) != '\n' && peek(r) != '\r') r->at++;
    return peek(r) < 0 || peek(r) == '\n' || peek(r) == '\r' || refuse(r, r->at, "A statement ends its line.");
}

/* [1] nquadsDoc */
bool cn_nquads_read(cn_arena *a, cn_slice text, size_t max_quads, cn_dataset *out, cn_err *err) {
    reader r = {.arena = a, .text = text, .err = err};
    cn_dataset d = {0};
    size_t bad = cn_utf8_invalid(text), max = max_quads ? max_quads : DEFAULT_MAX_QUADS;
    if (bad != SIZE_MAX) return refuse(&r, bad, "This is not UTF-8.");
    d.cap = text.n / LINE_GUESS + 1;
    if (!(d.v = CN_NEW_ARRAY(a, cn_quad, d.cap))) return cn_fail_memory(err);
    for (;;) {
        skip_space(&r);
        int c = peek(&r);
        if (c >= 0 && c != '#' && c != '\n' && c != '\r') {
            cn_quad q = {0};
            if (!read_statement(&r, &q)) return false;
            if (d.n == max) return cn_fail(err, CN_LIMIT, "nquads.quads", "There are more than %zu quads.", max);
            if (!cn_dataset_add(a, &d, q)) return cn_fail_memory(err);
        }
        if (!read_line_end(&r)) return false;
        if (peek(&r) < 0) break;
        r.at++;
    }
    *out = d;
    return true;
}
