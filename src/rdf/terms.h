/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `rdf`: the pieces that the N-Quads reader, the writer and the
 * canonicalisation share.
 */
#ifndef CN_RDF_TERMS_H
#define CN_RDF_TERMS_H

#include "rdf/rdf.h"

/* By byte: 0 where it may stand as itself in an IRIREF (N-Quads, production [8]). */
extern const char cn_rdf_iri_escape[256];

static inline bool cn_rdf_is_iri_byte(uint8_t byte) {
    return cn_rdf_iri_escape[byte] == 0;
}
/* Canonical N-Quads of one term: an IRI in angle brackets, "_:" and a label, a literal. */
void cn_rdf_write_term(cn_buf *b, const cn_term *term);

#endif
