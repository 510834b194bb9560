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

/* By ASCII character: 0 as it is, U as \uXXXX, else the letter behind a backslash. */
enum { U = 'u' };

// clang-format off
static const char literal_escape[128] = {
    U, U, U, U, U, U, U, U, 'b', 't', 'n', U, 'f', 'r', U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U,
    ['"'] = '"', ['\\'] = '\\', [0x7f] = U,
};

static const char iri_escape[128] = {
    U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U,
    [' '] = U, ['<'] = U, ['>'] = U, ['"'] = U, ['{'] = U, ['}'] = U, ['|'] = U, ['^'] = U, ['`'] = U, ['\\'] = U,
};
// clang-format on

bool cn_rdf_is_iri_byte(uint8_t byte) {
    return byte >= 0x80 || iri_escape[byte] == 0;
}

static void write_escaped(cn_buf *b, cn_slice s, const char table[128]) {
    size_t plain = 0; /* where what may be copied in one piece begins */
    for (size_t i = 0; i < s.n; i++) {
        uint8_t byte = (uint8_t)s.p[i];
        if (byte >= 0x80 || table[byte] == 0) continue;
        cn_buf_add(b, cn_slice_sub(s, plain, i));
        plain = i + 1;
        if (table[byte] == U) {
            const char *hex = "0123456789ABCDEF";
            char text[6] = {'\\', 'u', '0', '0', hex[byte >> 4], hex[byte & 15]};
            cn_buf_add(b, cn_slice_bytes(text, sizeof text));
        } else {
            char text[2] = {'\\', table[byte]};
            cn_buf_add(b, cn_slice_bytes(text, sizeof text));
        }
    }
    cn_buf_add(b, cn_slice_from(s, plain));
}

void cn_rdf_write_iri(cn_buf *b, cn_slice iri) {
    cn_buf_byte(b, '<');
    write_escaped(b, iri, iri_escape);
    cn_buf_byte(b, '>');
}

static void write_literal(cn_buf *b, const cn_term *term) {
    cn_buf_byte(b, '"');
    write_escaped(b, term->value, literal_escape);
    cn_buf_byte(b, '"');
    if (term->language.n) {
        cn_buf_byte(b, '@');
        cn_buf_add(b, term->language);
    } else if (!cn_slice_eq(term->datatype, CN_S(CN_XSD "string"))) {
        cn_buf_add(b, CN_S("^^"));
        cn_rdf_write_iri(b, term->datatype);
    }
}

void cn_rdf_write_term(cn_buf *b, const cn_term *term) {
    switch (term->kind) {
    case CN_TERM_DEFAULT: break;
    case CN_TERM_IRI: cn_rdf_write_iri(b, term->value); break;
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
