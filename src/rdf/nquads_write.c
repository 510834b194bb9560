/* SPDX-License-Identifier: Apache-2.0
 *
 * Canonical N-Quads (RDFC-1.0, section 5): one space between terms, " ." and a
 * line feed behind them, the short escapes where there are any, \uXXXX for the
 * other control characters, everything else as it is.
 *
 * A departure: what no IRI may hold (a space, "<", ">" ...) is written as \uXXXX.
 * Valid IRIs are not touched, and no term can pass itself off as another quad.
 */
#include "rdf/terms.h"
#include "base/base.h"

/* By byte: 0 as it is, U as \uXXXX, else the letter behind a backslash. */
enum { U = 'u' };

// clang-format off
static const char literal_escape[256] = {
    U, U, U, U, U, U, U, U, 'b', 't', 'n', U, 'f', 'r', U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U,
    ['"'] = '"', ['\\'] = '\\', [0x7f] = U,
};

const char cn_rdf_iri_escape[256] = {
    U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U,
    [' '] = U, ['<'] = U, ['>'] = U, ['"'] = U, ['{'] = U, ['}'] = U, ['|'] = U, ['^'] = U, ['`'] = U, ['\\'] = U,
};
// clang-format on

static void write_escape(cn_buf *b, uint8_t byte, char letter) {
    if (letter == U) {
        const char *hex = "0123456789ABCDEF";
        char text[6] = {'\\', 'u', '0', '0', hex[byte >> 4], hex[byte & 15]};
        cn_buf_add(b, cn_slice_bytes(text, sizeof text));
    } else {
        char text[2] = {'\\', letter};
        cn_buf_add(b, cn_slice_bytes(text, sizeof text));
    }
}

static void write_escaped(cn_buf *b, cn_slice s, size_t from, const char table[256]) {
    size_t plain = 0; /* where what may be copied in one piece begins */
    for (size_t i = from; i < s.n; i++) {
        uint8_t byte = (uint8_t)s.p[i];
        if (table[byte] == 0) continue;
        cn_buf_add(b, cn_slice_sub(s, plain, i));
        plain = i + 1;
        write_escape(b, byte, table[byte]);
    }
    cn_buf_add(b, cn_slice_from(s, plain));
}

static void write_iri(cn_buf *b, cn_slice iri, bool plain) {
    cn_buf_byte(b, '<');
    if (plain) cn_buf_add(b, iri);
    else write_escaped(b, iri, 0, cn_rdf_iri_escape);
    cn_buf_byte(b, '>');
}

/* How far the literal goes at least without anything to escape: eight bytes at a time. A borrow reaches a byte's
 * top bit only from a byte that is looked for. */
static size_t plain_words(cn_slice s) {
    const uint64_t ones = 0x0101010101010101, tops = 0x8080808080808080;
    size_t i = 0;
    for (uint64_t w; s.n - i >= sizeof w; i += sizeof w) {
        memcpy(&w, s.p + i, sizeof w);
        uint64_t quote = w ^ (ones * '"'), solidus = w ^ (ones * '\\'), del = w ^ (ones * 0x7f);
        uint64_t hit = ((quote - ones) & ~quote) | ((solidus - ones) & ~solidus) | ((del - ones) & ~del) |
                       ((w - ones * 0x20) & ~w);
        if (hit & tops) break;
    }
    return i;
}

static void write_literal(cn_buf *b, const cn_term *term) {
    cn_buf_byte(b, '"');
    write_escaped(b, term->value, plain_words(term->value), literal_escape);
    cn_buf_byte(b, '"');
    if (term->language.n) {
        cn_buf_byte(b, '@');
        cn_buf_add(b, term->language);
    } else if (!cn_slice_eq(term->datatype, CN_S(CN_XSD "string"))) {
        cn_buf_add(b, CN_S("^^"));
        write_iri(b, term->datatype, term->plain);
    }
}

void cn_rdf_write_term(cn_buf *b, const cn_term *term) {
    switch (term->kind) {
    case CN_TERM_DEFAULT: break;
    case CN_TERM_IRI: write_iri(b, term->value, term->plain); break;
    case CN_TERM_LITERAL: write_literal(b, term); break;
    case CN_TERM_BLANK:
        cn_buf_add(b, CN_S("_:"));
        cn_buf_add(b, term->value);
        break;
    }
}

void cn_nquads_write_quad(cn_buf *b, const cn_quad *quad) {
    cn_rdf_write_term(b, &quad->s);
    cn_buf_byte(b, ' ');
    cn_rdf_write_term(b, &quad->p);
    cn_buf_byte(b, ' ');
    cn_rdf_write_term(b, &quad->o);
    if (quad->g.kind != CN_TERM_DEFAULT) {
        cn_buf_byte(b, ' ');
        cn_rdf_write_term(b, &quad->g);
    }
    cn_buf_add(b, CN_S(" .\n"));
}

void cn_nquads_write(cn_buf *b, const cn_dataset *d) {
    for (size_t i = 0; i < d->n; i++) cn_nquads_write_quad(b, &d->v[i]);
}
