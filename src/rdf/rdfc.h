/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `rdf`: the canonicalization state of RDFC-1.0 (section 4.2), shared
 * by canonize.c (4.4 and 4.6) and rdfc_ndegree.c (4.7 and 4.8).
 *
 * Blank nodes are small numbers, in order of first mention. A quad is written as text
 * once, with "_:z" for each blank node: only the letter is changed while a
 * node's first-degree hash is made.
 */
#ifndef CN_RDF_RDFC_H
#define CN_RDF_RDFC_H

#include "rdf/sort.h"

#define CN_RDFC_NONE UINT32_MAX

enum { CN_RDFC_S, CN_RDFC_O, CN_RDFC_G, CN_RDFC_PLACES };

/* A quad with at least one blank node, or a ground one (all nodes CN_RDFC_NONE). */
typedef struct cn_rdfc_quad {
    const cn_quad *quad;
    char *text;                    /* its line, with the line feed; behind it, `node` as bytes */
    size_t n;                      /* bytes of the line */
    size_t hole[CN_RDFC_PLACES];   /* where in the line the letter of a blank node stands */
    uint32_t node[CN_RDFC_PLACES]; /* subject, object, graph name */
} cn_rdfc_quad;

typedef struct cn_rdfc_node {
    cn_slice label;
    cn_digest first; /* 4.6: its first-degree hash */
    uint32_t *quads; /* the blank node to quads map: indices; see hash_first_degree */
    size_t quads_n;
    uint32_t canonical; /* the number issued by the canonical issuer, or CN_RDFC_NONE */
    uint32_t temporary; /* the same of the temporary issuer at work */
} cn_rdfc_node;

/* An identifier issuer (4.5): the nodes in the order in which numbers were given. */
typedef struct cn_rdfc_issuer {
    uint32_t *order; /* room for every node */
    uint32_t n;
} cn_rdfc_issuer;

typedef struct cn_rdfc_state {
    const cn_crypto *crypto;
    cn_hash hash;
    cn_arena *arena; /* scratch */
    cn_err *err;
    size_t work, max_work;
    cn_rdfc_quad *quads;
    size_t quads_n;
    cn_rdfc_node *nodes;
    size_t nodes_n;
    cn_rdfc_issuer canonical;
    cn_rdfc_issuer temporary; /* copies of an issuer are lengths to go back to */
    cn_buf input;             /* of 4.7; room for any is reserved beforehand */
} cn_rdfc_state;

void cn_rdfc_issue_canonical(cn_rdfc_state *s, uint32_t node);
void cn_rdfc_issue_temporary(cn_rdfc_state *s, uint32_t node);
/* Takes back the temporary numbers from `n` on. */
void cn_rdfc_take_back(cn_rdfc_state *s, uint32_t n);

/* 4.8, Hash N-Degree Quads. Extends the temporary issuer. */
CN_MUST_USE bool cn_rdfc_hash_n_degree(cn_rdfc_state *s, uint32_t node, size_t depth, cn_digest *out);

#endif
