/* SPDX-License-Identifier: Apache-2.0
 *
 * The door of the room `rdf`: datasets, N-Quads (RDF 1.1), and the dataset
 * canonicalisation algorithm RDFC-1.0.
 */
#ifndef CN_RDF_RDF_H
#define CN_RDF_RDF_H

#include "crypto/crypto.h"

typedef enum cn_term_kind {
    CN_TERM_DEFAULT, /* as a graph name: the default graph */
    CN_TERM_IRI,
    CN_TERM_BLANK,
    CN_TERM_LITERAL
} cn_term_kind;

typedef struct cn_term {
    cn_term_kind kind;
    cn_slice value;    /* the IRI; the label without "_:"; the lexical form */
    cn_slice datatype; /* literals: its IRI, never empty */
    cn_slice language; /* literals of rdf:langString: the tag as given */
    bool plain;        /* the IRI, of a literal its datatype, is known to hold nothing that N-Quads would escape */
} cn_term;

typedef struct cn_quad {
    cn_term s, p, o, g;
} cn_quad;

/* Quads in order of insertion, possibly with duplicates. All slices borrowed from the
 * arena it was made on, or from the text it was read from. A zeroed one is empty. */
typedef struct cn_dataset {
    cn_quad *v;
    size_t n, cap;
} cn_dataset;

#define CN_XSD "http://www.w3.org/2001/XMLSchema#"
#define CN_RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

bool cn_term_eq(const cn_term *x, const cn_term *y);
/* False at the arena's maximum. */
CN_MUST_USE bool cn_dataset_add(cn_arena *a, cn_dataset *d, cn_quad quad);

/* Reads N-Quads (RDF 1.1 N-Quads, section 4), comments and blank lines included.
 * max_quads 0 means 1,000,000. INVALID "nquads.syntax" with "byte N (line L, column C)";
 * LIMIT "nquads.quads". */
CN_MUST_USE bool cn_nquads_read(cn_arena *a, cn_slice text, size_t max_quads, cn_dataset *out, cn_err *err);
/* Canonical N-Quads (RDFC-1.0, section 5), in the dataset's order, duplicates included. */
void cn_nquads_write(cn_buf *b, const cn_dataset *d);
void cn_nquads_write_quad(cn_buf *b, const cn_quad *quad);

enum { CN_RDFC_MAX_WORK = 100000 }; /* unless told otherwise; the W3C test suite takes 6,436 at most */

typedef struct cn_rdfc_options {
    cn_hash hash;    /* CN_SHA256 by default, or CN_SHA384 */
    size_t max_work; /* calls of Hash N-Degree Quads, related nodes hashed, nodes placed in a path, and each 256
                      * bytes hashed on the way: some 0.3 us each; 0 means CN_RDFC_MAX_WORK */
} cn_rdfc_options;

typedef struct cn_rdfc_map_entry {
    cn_slice from, to; /* labels without "_:" */
} cn_rdfc_map_entry;

typedef struct cn_rdfc {
    cn_slice nquads;        /* the canonical form: sorted, without duplicates */
    cn_rdfc_map_entry *map; /* the issued identifiers map, in order of issue */
    size_t map_n;
    size_t work; /* what of max_work was used */
} cn_rdfc;

/* RDFC-1.0, section 4. The result is on `a`, `from` borrowed from the dataset; scratch memory is on an
 * arena of its own, which may grow to what `a` has left. LIMIT "rdfc.work" for graphs that would take
 * more than max_work (poison graphs), or more than 4,000 calls within calls. */
CN_MUST_USE bool cn_rdfc_canonize(const cn_crypto *c, cn_arena *a, const cn_dataset *d,
                                  const cn_rdfc_options *options, cn_rdfc *out, cn_err *err);

#endif
