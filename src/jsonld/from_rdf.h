/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `jsonld`: a dataset as nodes by graph, on the way from RDF to JSON-LD (JSON-LD 1.1 Processing
 * Algorithms and API, 8.4), shared by from_rdf.c and from_rdf_lists.c; and the conversion of one term (8.5).
 */
#ifndef CN_JSONLD_FROM_RDF_H
#define CN_JSONLD_FROM_RDF_H

#include "jsonld/internal.h"

typedef struct cn_from_graph cn_from_graph;
typedef struct cn_from_node cn_from_node;

/* A place where a node is referred to: {"@id": …} among the values of a property. */
typedef struct cn_from_usage {
    cn_from_node *node;
    cn_slice property;
    cn_json *value;
} cn_from_usage;

/* The values of one property. */
typedef struct cn_from_values {
    cn_json *array;
    cn_map *seen; /* their keys, once there are many */
} cn_from_values;

struct cn_from_node {
    cn_slice id;
    cn_from_graph *graph;
    cn_json *types; /* NULL: none */
    cn_map types_seen;
    cn_map properties;    /* IRI -> cn_from_values */
    bool directed;        /* has rdf:direction */
    bool removed;         /* it has become part of a list, or of a value */
    const cn_json *list;  /* the items of the list of which it was a cell */
    cn_from_node *holder; /* where it has: the node in which that stands */
};

struct cn_from_graph {
    cn_slice name;       /* empty: the default graph */
    cn_map nodes;        /* id -> cn_from_node */
    cn_from_usage *ends; /* where rdf:nil is referred to */
    size_t ends_n, ends_cap;
};

/* What a blank node is used for, in all graphs. */
typedef struct cn_from_blank {
    cn_from_usage usage;          /* the reference to it */
    size_t references;            /* how many there are; it can be folded into the one place only if it is one */
    const cn_from_graph *subject; /* where it has properties */
    bool pinned;                  /* it names a graph or a type, or is a subject in two graphs */
} cn_from_blank;

typedef struct cn_from {
    cn_ld ld;
    cn_from_graph default_graph;
    cn_map graphs; /* name -> cn_from_graph, without the default graph */
    cn_map blanks; /* label -> cn_from_blank */
} cn_from;

/* The one reference to a blank node, where all there is of it stands in this graph; otherwise NULL. */
const cn_from_usage *cn_from_only_usage(const cn_from *f, const cn_from_graph *graph, cn_slice id);
/* The only value of a property, or NULL. */
const cn_json *cn_from_only_value(const cn_from_node *node, cn_slice property);

/* 8.4.2, step 6: compound literals and lists of one graph become values. */
CN_MUST_USE bool cn_from_fold(cn_from *f, cn_from_graph *graph);
/* 8.5.2 */
CN_MUST_USE bool cn_ld_rdf_to_object(cn_ld *ld, const cn_term *term, cn_json **out);

#endif
