/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `rdf`: the pieces that the N-Quads reader, the writer and the
 * canonicalisation share.
 */
#ifndef CN_RDF_TERMS_H
#define CN_RDF_TERMS_H

#include "rdf/rdf.h"

/* Whether an ASCII byte may stand as itself in an IRIREF (N-Quads, production [8]). */
bool cn_rdf_is_iri_byte(uint8_t byte);
/* IRIs that were seen to need no escape, by their address: datasets repeat a few. Good for as long as none of the
 * memory is given back. A zeroed one knows none. */
typedef struct cn_rdf_plain {
    cn_slice iris[64];
} cn_rdf_plain;

/* Canonical N-Quads of one term: an IRI in angle brackets, "_:" and a label, a literal. */
void cn_rdf_write_term(cn_buf *b, const cn_term *term, cn_rdf_plain *plain);

#endif
