/* SPDX-License-Identifier: Apache-2.0
 *
 * Flattening: JSON-LD 1.1 Processing Algorithms and API, 7.1, and flatten() of 9.1.
 */
#include "jsonld/compact.h"
#include "jsonld/node_map.h"

#include <stdlib.h>

#include "base/base.h"

typedef struct flattening {
    cn_ld ld;
    cn_node_map *map;
} flattening;

/* ---- Entries of a map, in the order that the options ask for ---- */

typedef struct entries {
    const cn_map_entry **v;
    size_t n;
} entries;

static int by_key(const void *x, const void *y) {
    return cn_slice_cmp((*(const cn_map_entry *const *)x)->key, (*(const cn_map_entry *const *)y)->key);
}

static bool entries_of(flattening *f, const cn_map *map, entries *out) {
    out->n = 0;
    out->v = CN_NEW_ARRAY(f->ld.a, const cn_map_entry *, map->count);
    if (!out->v) return cn_ld_memory(&f->ld);
    CN_MAP_EACH(e, map) out->v[out->n++] = e;
    if (f->ld.options->ordered && out->n > 1) qsort(out->v, out->n, sizeof *out->v, by_key);
    return true;
}

/* ---- A node as JSON ---- */

static bool item_to_json(flattening *f, const cn_ld_item *item, const cn_json **out);

/* As deep as lists are in the node map, which has a limit. */
static bool items_to_json(flattening *f, const cn_ld_items *items, cn_json **out) {
    cn_json *array = cn_json_array(f->ld.a);
    if (!array) return cn_ld_memory(&f->ld);
    for (size_t i = 0; i < items->n; i++) {
        const cn_json *item;
        if (!item_to_json(f, &items->v[i], &item)) return false;
        if (!cn_json_push(f->ld.a, array, item)) return cn_ld_memory(&f->ld);
    }
    *out = array;
    return true;
}

static bool item_to_json(flattening *f, const cn_ld_item *item, const cn_json **out) {
    *out = item->kind == CN_LD_VALUE ? item->value : NULL;
    if (*out) return true;
    cn_json *object = cn_json_object(f->ld.a), *list;
    *out = object;
    if (item->kind == CN_LD_NODE) return cn_ld_set_text(&f->ld, object, CN_KW_ID, item->id);
    return items_to_json(f, item->list, &list) && cn_ld_set(&f->ld, object, CN_KW_LIST, list);
}

static bool types_to_json(flattening *f, const cn_ld_items *types, cn_json *node) {
    if (types->n == 0) return true;
    cn_json *array = cn_json_array(f->ld.a);
    for (size_t i = 0; i < types->n; i++)
        if (!array || !cn_json_push(f->ld.a, array, cn_json_string(f->ld.a, types->v[i].id)))
            return cn_ld_memory(&f->ld);
    return cn_ld_set(&f->ld, node, CN_KW_TYPE, array);
}

static bool node_to_json(flattening *f, const cn_ld_node *node, cn_json **out) {
    cn_json *result = cn_json_object(f->ld.a), *values;
    entries properties;
    if (!cn_ld_set_text(&f->ld, result, CN_KW_ID, node->id) || !types_to_json(f, &node->types, result))
        return false;
    if (node->index && !cn_ld_set(&f->ld, result, CN_KW_INDEX, node->index)) return false;
    if (!entries_of(f, &node->properties, &properties)) return false;
    for (size_t i = 0; i < properties.n; i++) {
        if (!items_to_json(f, properties.v[i]->value, &values)) return false;
        if (!cn_json_set(f->ld.a, result, properties.v[i]->key, values)) return cn_ld_memory(&f->ld);
    }
    *out = result;
    return true;
}

/* ---- 7.1.2 ---- */

static bool graph_to_json(flattening *f, const cn_ld_graph *graph, bool whole, cn_json **out);

/* 4.2 to 4.4: the graph that a node of the default graph names. */
static bool add_graph(flattening *f, const cn_ld_node *node, cn_json *result) {
    const cn_ld_graph *graph = cn_map_get(&f->map->graphs, node->id);
    cn_json *nodes;
    if (!graph) return true;
    return graph_to_json(f, graph, false, &nodes) && cn_ld_set(&f->ld, result, CN_KW_GRAPH, nodes);
}

/* 4.4 and 6: the nodes that say more than their name. */
static bool graph_to_json(flattening *f, const cn_ld_graph *graph, bool whole, cn_json **out) {
    cn_json *array = cn_json_array(f->ld.a), *node;
    entries nodes;
    if (!array) return cn_ld_memory(&f->ld);
    if (!entries_of(f, &graph->nodes, &nodes)) return false;
    for (size_t i = 0; i < nodes.n; i++) {
        if (!node_to_json(f, nodes.v[i]->value, &node)) return false;
        if (whole && !add_graph(f, nodes.v[i]->value, node)) return false;
        if (cn_json_count(node) > 1 && !cn_json_push(f->ld.a, array, node)) return cn_ld_memory(&f->ld);
    }
    *out = array;
    return true;
}

/* 4.1: every graph is named by a node of the default graph. */
static bool name_graphs(flattening *f) {
    CN_MAP_EACH(e, &f->map->graphs) {
        cn_map_entry *named = cn_map_at(f->ld.a, &f->map->default_graph.nodes, e->key);
        if (!named) return cn_ld_memory(&f->ld);
        if (named->value) continue;
        cn_ld_node *node = CN_NEW(f->ld.a, cn_ld_node);
        if (!node) return cn_ld_memory(&f->ld);
        node->id = e->key;
        named->value = node;
    }
    return true;
}

bool cn_jsonld_flatten(cn_arena *a, const cn_json *input, const cn_json *context, const cn_jsonld_options *options,
                       const cn_json **out, cn_err *err) {
    cn_jsonld_options given = options ? *options : (cn_jsonld_options){0}, unordered = given;
    const cn_json *expanded;
    cn_node_map map;
    flattening f = {.map = &map};
    cn_json *flat;
    unordered.ordered = false;
    cn_ld_start(&f.ld, a, &given, err);
    if (!cn_jsonld_expand(a, input, &unordered, &expanded, err) ||
        !cn_node_map_make(a, expanded, 4 * f.ld.max_depth, true, &map, err) || !name_graphs(&f) ||
        !graph_to_json(&f, &map.default_graph, true, &flat))
        return false;
    *out = flat;
    if (!context || context->type == CN_JSON_NULL) return true;
    return cn_ld_compact_expanded(a, flat, context, &given, out, err);
}
