/* SPDX-License-Identifier: Apache-2.0
 *
 * Lists and compound literals on the way from RDF: JSON-LD 1.1 Processing Algorithms and API, 8.4.2, step 6.
 *
 * A blank node is folded into the place that refers to it only where nothing is lost: all there is of it stands in
 * one graph, one reference leads to it, and that reference is not in itself.
 */
#include "jsonld/from_rdf.h"

#include "base/base.h"

const cn_from_usage *cn_from_only_usage(const cn_from *f, const cn_from_graph *graph, cn_slice id) {
    const cn_from_blank *blank = cn_uri_blank(id) ? cn_map_get(&f->blanks, id) : NULL;
    if (!blank || blank->references != 1 || blank->pinned || blank->usage.node->graph != graph) return NULL;
    return &blank->usage;
}

const cn_json *cn_from_only_value(const cn_from_node *node, cn_slice property) {
    const cn_from_values *values = cn_map_get(&node->properties, property);
    return values && values->array->array.n == 1 ? values->array->array.v[0] : NULL;
}

/* Whether what stands in `holder` would stand in `node` itself, or in the list that is being folded. */
static bool is_inside(cn_from *f, const cn_from_node *holder, const cn_from_node *node, const cn_json *list,
                      bool *inside) {
    size_t steps = 0;
    for (; holder->removed && holder != node && holder->list != list; holder = holder->holder)
        if (++steps > f->ld.max_depth)
            return cn_fail(f->ld.err, CN_LIMIT, "jsonld.depth", "Lists are in lists deeper than %zu levels.",
                           f->ld.max_depth);
    *inside = holder == node || holder->list == list;
    return true;
}

/* Makes an object an empty one. */
static void clear(cn_json *object) {
    object->object.n = 0;
    object->object.index = NULL;
}

/* ---- 6.1: compound literals ---- */

static cn_slice only_text(const cn_from_node *node, cn_slice property) {
    const cn_json *value = cn_from_only_value(node, property);
    return cn_json_count(value) == 1 ? cn_json_text(cn_kw_get(value, CN_KW_VALUE)) : (cn_slice){0};
}

/* rdf:value, rdf:direction and perhaps rdf:language, each one plain string, and nothing else. */
static bool is_compound(const cn_from_node *node) {
    cn_slice text = only_text(node, CN_S(CN_RDF "value")), language = only_text(node, CN_S(CN_RDF "language"));
    return !node->types && text.p && only_text(node, CN_S(CN_RDF "direction")).p &&
           node->properties.count == 2u + (language.p != NULL);
}

static bool fold_compound(cn_from *f, cn_from_node *node) {
    cn_ld *ld = &f->ld;
    cn_slice language = only_text(node, CN_S(CN_RDF "language")), text = only_text(node, CN_S(CN_RDF "value"));
    cn_slice direction = only_text(node, CN_S(CN_RDF "direction"));
    const cn_from_usage *usage = cn_from_only_usage(f, node->graph, node->id);
    if (!usage || !is_compound(node)) return true;
    if (language.p && !cn_language_well_formed(language))
        return cn_ld_fail(ld, NULL, "jsonld.invalid-language-tagged-string",
                          "The rdf:language of %.*s is no language tag.", CN_ARG(node->id));
    if (!cn_slice_eq(direction, CN_S("ltr")) && !cn_slice_eq(direction, CN_S("rtl")))
        return cn_ld_fail(ld, NULL, "jsonld.invalid-base-direction",
                          "The rdf:direction of %.*s is neither \"ltr\" nor \"rtl\".", CN_ARG(node->id));
    clear(usage->value);
    node->removed = true;
    node->holder = usage->node;
    return cn_ld_set_text(ld, usage->value, CN_KW_VALUE, text) &&
           (!language.p || cn_ld_set_text(ld, usage->value, CN_KW_LANGUAGE, language)) &&
           cn_ld_set_text(ld, usage->value, CN_KW_DIRECTION, direction);
}

/* ---- 6.2 to 6.4: lists ---- */

static bool is_type_list(const cn_json *types) {
    return !types || (types->array.n == 1 && cn_json_is_string(types->array.v[0], CN_S(CN_RDF "List")));
}

/* 6.4.3: a cell, and the reference to it. */
static const cn_from_usage *cell_usage(const cn_from *f, const cn_from_node *node) {
    if (node->properties.count != 2 || !is_type_list(node->types)) return NULL;
    if (!cn_from_only_value(node, CN_S(CN_RDF "first")) || !cn_from_only_value(node, CN_S(CN_RDF "rest")))
        return NULL;
    return cn_from_only_usage(f, node->graph, node->id);
}

/* 6.4.4 to 6.4.7: the items were met from the last to the first. */
static bool set_list(cn_from *f, cn_json *head, cn_json *items) {
    for (size_t i = 0, j = items->array.n; i + 1 < j; i++) {
        const cn_json *item = items->array.v[i];
        items->array.v[i] = items->array.v[--j];
        items->array.v[j] = item;
    }
    clear(head);
    return cn_ld_set(&f->ld, head, CN_KW_LIST, items);
}

/* 6.4: from a reference to rdf:nil back to the head. */
static bool fold_list(cn_from *f, const cn_from_usage *end) {
    cn_json *items = cn_json_array(f->ld.a);
    cn_from_usage at = *end;
    if (!items) return cn_ld_memory(&f->ld);
    while (cn_slice_eq(at.property, CN_S(CN_RDF "rest"))) {
        cn_from_node *cell = at.node;
        const cn_from_usage *up = cell_usage(f, cell);
        bool inside;
        if (!up) break;
        if (!is_inside(f, up->node, cell, items, &inside)) return false;
        if (inside) break;
        if (!cn_json_push(f->ld.a, items, cn_from_only_value(cell, CN_S(CN_RDF "first"))))
            return cn_ld_memory(&f->ld);
        cell->removed = true;
        cell->list = items;
        cell->holder = up->node;
        at = *up;
    }
    for (cn_from_node *cell = end->node, *next; cell != at.node;
         cell = next) { /* all cells are where the head is */
        next = cell->holder;
        cell->holder = at.node;
    }
    return set_list(f, at.value, items);
}

bool cn_from_fold(cn_from *f, cn_from_graph *graph) {
    if (f->ld.options->direction == CN_DIRECTION_COMPOUND) {
        CN_MAP_EACH(e, &graph->nodes) {
            cn_from_node *node = e->value;
            if (node->directed && !fold_compound(f, node)) return false;
        }
    }
    for (size_t i = 0; i < graph->ends_n; i++)
        if (!fold_list(f, &graph->ends[i])) return false;
    return true;
}
