/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `jsonld`: the node map, a document's nodes gathered by graph
 * and by identifier, in order of first appearance.
 */
#ifndef CN_JSONLD_NODE_MAP_H
#define CN_JSONLD_NODE_MAP_H

#include "jsonld/jsonld.h"

typedef enum cn_ld_kind { CN_LD_NODE, CN_LD_VALUE, CN_LD_LIST } cn_ld_kind;

typedef struct cn_ld_items cn_ld_items;

/* What a property holds: a reference to a node, a value object, or a list. */
typedef struct cn_ld_item {
    cn_ld_kind kind;
    union {
        cn_slice id;          /* NODE: an IRI, or "_:b0" as issued */
        const cn_json *value; /* VALUE: as expanded; borrowed */
        cn_ld_items *list;    /* LIST */
    };
} cn_ld_item;

struct cn_ld_items {
    cn_ld_item *v;
    size_t n, cap;
    cn_map *seen; /* keys of the items, once there are many */
};

typedef struct cn_ld_node {
    cn_slice id;
    cn_ld_items types;    /* all of kind NODE */
    cn_map properties;    /* IRI or "_:b0" -> cn_ld_items, perhaps none */
    const cn_json *index; /* NULL: none */
} cn_ld_node;

typedef struct cn_ld_graph {
    cn_slice name; /* id of the node that holds it; of no meaning for the default graph */
    cn_map nodes;  /* id -> cn_ld_node */
} cn_ld_graph;

/* Issues blank node identifiers (JSON-LD 1.1 API, 7.4): "_:b0", "_:b1", … */
typedef struct cn_ld_issuer {
    cn_map issued; /* identifier in the document -> cn_slice* issued */
    size_t next;
} cn_ld_issuer;

typedef struct cn_node_map {
    cn_ld_graph default_graph;
    cn_map graphs; /* name -> cn_ld_graph */
    cn_ld_issuer issuer;
    size_t items; /* types and values, of all nodes and lists */
} cn_node_map;

/* A new identifier. False at the arena's maximum. */
CN_MUST_USE bool cn_ld_issue(cn_arena *a, cn_ld_issuer *issuer, cn_slice *out);

/* Node map generation (7.2) of an expanded document. Borrows from it. `sorted`: members are visited in the order
 * of their keys, as the text has it, and not as they stand; that changes labels only. INVALID
 * "jsonld.conflicting-indexes"; LIMIT "jsonld.depth" where objects nest deeper than max_depth. */
CN_MUST_USE bool cn_node_map_make(cn_arena *a, const cn_json *expanded, size_t max_depth, bool sorted,
                                  cn_node_map *out, cn_err *err);

#endif
