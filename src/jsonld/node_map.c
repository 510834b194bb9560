/* SPDX-License-Identifier: Apache-2.0
 *
 * Node map generation: JSON-LD 1.1 Processing Algorithms and API, 7.2, with the
 * blank node issuer of 7.4. Leaves turning nodes into quads to to_rdf.c.
 *
 * Order decides only which labels blank nodes get: to-RDF visits members in document order, since
 * canonicalization replaces those labels.
 */
#include "jsonld/node_map.h"

#include <stdlib.h>

#include "jsonld/internal.h"

#include "base/base.h"

/* From this many items on, a property finds repeated values by a map instead of looking at each. */
enum { MANY_ITEMS = 8 };

/* Where the walk is. Passed by pointer; each level changes a copy of its own. */
typedef struct place {
    cn_ld_graph *graph;
    cn_ld_node *subject;    /* NULL at the top */
    cn_slice property;      /* of the subject; empty at the top */
    cn_ld_items *items;     /* what the property holds, where that is known already */
    cn_ld_items *list;      /* items go here where not NULL */
    const cn_slice *parent; /* of a reverse property: the node that values point at, else NULL */
    size_t depth;           /* objects that may still be nested */
} place;

typedef struct walk {
    cn_arena *a;
    cn_node_map *map;
    bool sorted;
    cn_err *err;
} walk;

/* ---- 7.4: identifiers ---- */

bool cn_ld_issue(cn_arena *a, cn_ld_issuer *issuer, cn_slice *out) {
    if (!cn_arena_numbered(a, CN_S("_:b"), issuer->next, out)) return false;
    issuer->next++;
    return true;
}

/* A blank node identifier of the document becomes the one issued for it; an IRI stays. */
static bool relabel(walk *w, cn_slice id, cn_slice *out) {
    *out = id;
    if (!cn_uri_blank(id)) return true;
    cn_ld_issuer *issuer = &w->map->issuer;
    cn_map_entry *e = cn_map_at(w->a, &issuer->issued, id);
    if (!e) return cn_fail_memory(w->err);
    if (!e->value) {
        cn_slice *fresh = CN_NEW(w->a, cn_slice);
        if (!fresh || !cn_ld_issue(w->a, issuer, fresh)) return cn_fail_memory(w->err);
        e->value = fresh;
    }
    *out = *(const cn_slice *)e->value;
    return true;
}

/* ---- Items ---- */

static bool same_item(const cn_ld_item *x, const cn_ld_item *y) {
    if (x->kind != y->kind || x->kind == CN_LD_LIST) return false;
    return x->kind == CN_LD_NODE ? cn_slice_eq(x->id, y->id) : cn_json_equal(x->value, y->value);
}

/* Equal for equal items and no others: an identifier, or a value's canonical JSON, which begins with a brace
 * and so is no identifier. */
static bool item_key(walk *w, const cn_ld_item *item, cn_slice *out) {
    *out = item->id;
    if (item->kind == CN_LD_NODE) return true;
    cn_buf b = cn_buf_on(w->a, 0);
    if (!cn_json_canonize(w->a, item->value, &b, w->err)) return false;
    if (!cn_buf_ok(&b)) return cn_fail_memory(w->err);
    *out = cn_buf_slice(&b);
    return true;
}

/* Notes the item as seen; *fresh says whether it is new. */
static bool see(walk *w, cn_ld_items *items, const cn_ld_item *item, bool *fresh) {
    cn_slice key;
    *fresh = true;
    if (item->kind == CN_LD_LIST) return true;
    if (!item_key(w, item, &key)) return false;
    *fresh = !cn_map_has(items->seen, key);
    return cn_map_put(w->a, items->seen, key, items) || cn_fail_memory(w->err);
}

static bool is_new(walk *w, cn_ld_items *items, const cn_ld_item *item, bool *fresh) {
    if (items->seen) return see(w, items, item, fresh);
    *fresh = true;
    for (size_t i = 0; i < items->n && *fresh; i++) *fresh = !same_item(&items->v[i], item);
    if (items->n < MANY_ITEMS) return true;
    items->seen = CN_NEW(w->a, cn_map);
    if (!items->seen) return cn_fail_memory(w->err);
    bool ignored;
    for (size_t i = 0; i < items->n; i++)
        if (!see(w, items, &items->v[i], &ignored)) return false;
    return see(w, items, item, &ignored);
}

static bool append(walk *w, cn_ld_items *items, cn_ld_item item) {
    cn_ld_item *v = cn_arena_grow(w->a, items->v, items->n, &items->cap, items->n + 1, sizeof *v);
    if (!v) return cn_fail_memory(w->err);
    items->v = v;
    items->v[items->n++] = item;
    w->map->items++;
    return true;
}

static bool append_new(walk *w, cn_ld_items *items, cn_ld_item item) {
    bool fresh;
    return is_new(w, items, &item, &fresh) && (!fresh || append(w, items, item));
}

/* The entry of the key, with a zeroed value of `size` bytes where it is new; NULL with the error set. */
static cn_map_entry *entry_at(walk *w, cn_map *m, cn_slice key, size_t size) {
    cn_map_entry *e = cn_map_at(w->a, m, key);
    if (e && !e->value) e->value = cn_arena_alloc(w->a, size);
    if (e && e->value) return e;
    cn_fail_memory(w->err);
    return NULL;
}

/* Adds an item where the walk is: to the list, as it comes, or to the subject's property, once. */
static bool add_item(walk *w, const place *at, cn_ld_item item) {
    if (at->list) return append(w, at->list, item);
    if (!at->subject) return true;
    if (at->items) return append_new(w, at->items, item);
    cn_map_entry *e = entry_at(w, &at->subject->properties, at->property, sizeof(cn_ld_items));
    return e && append_new(w, e->value, item);
}

/* ---- 7.2 ---- */

static bool visit(walk *w, const cn_json *element, const place *at);

/* 7.2, 5: a list object. */
static bool visit_list(walk *w, const cn_json *items, const place *at) {
    cn_ld_items *list = CN_NEW(w->a, cn_ld_items);
    if (!list) return cn_fail_memory(w->err);
    place in = *at;
    in.list = list;
    return visit(w, items, &in) && add_item(w, at, (cn_ld_item){.kind = CN_LD_LIST, .list = list});
}

/* 7.2, 6.1 to 6.4: the node of the active graph that the node object is about. An @id that is null (the document
 * had one of the form of a keyword) becomes the empty identifier, which no quad can hold. */
static cn_ld_node *node_of(walk *w, const cn_json *element, cn_ld_graph *graph) {
    const cn_json *given = cn_json_get(element, CN_S("@id"));
    cn_slice id;
    if (given) {
        if (!relabel(w, cn_json_text(given), &id)) return NULL;
    } else if (!cn_ld_issue(w->a, &w->map->issuer, &id)) {
        cn_fail_memory(w->err);
        return NULL;
    }
    cn_map_entry *e = entry_at(w, &graph->nodes, id, sizeof(cn_ld_node));
    if (!e) return NULL;
    cn_ld_node *node = e->value;
    node->id = id;
    return node;
}

/* 7.2, 6.5 and 6.6: the node and what refers to it know each other. */
static bool link_node(walk *w, cn_ld_node *node, const place *at) {
    if (at->parent) {
        place back = {.subject = node, .property = at->property};
        return add_item(w, &back, (cn_ld_item){.kind = CN_LD_NODE, .id = *at->parent});
    }
    return add_item(w, at, (cn_ld_item){.kind = CN_LD_NODE, .id = node->id});
}

/* 7.2, 3 and 6.7 */
static bool add_types(walk *w, cn_ld_node *node, const cn_json *types) {
    for (size_t i = 0; i < cn_json_many(types); i++) {
        cn_ld_item type = {.kind = CN_LD_NODE};
        if (!relabel(w, cn_json_text(cn_json_one(types, i)), &type.id)) return false;
        if (!append_new(w, &node->types, type)) return false;
    }
    return true;
}

/* 7.2, 6.8 */
static bool set_index(walk *w, cn_ld_node *node, const cn_json *index) {
    if (!index) return true;
    if (node->index && !cn_json_equal(node->index, index))
        return cn_fail(w->err, CN_INVALID, "jsonld.conflicting-indexes", "The node %.*s has two values of @index.",
                       CN_ARG(node->id));
    node->index = index;
    return true;
}

static int by_key(const void *x, const void *y) {
    return cn_slice_cmp(((const cn_json_member *)x)->key, ((const cn_json_member *)y)->key);
}

static bool members_of(walk *w, const cn_json *element, const cn_json_member **out) {
    *out = element->object.v;
    if (!w->sorted || element->object.n < 2) return true;
    cn_json_member *sorted = CN_NEW_ARRAY(w->a, cn_json_member, element->object.n);
    if (!sorted) return cn_fail_memory(w->err);
    memcpy(sorted, element->object.v, element->object.n * sizeof *sorted);
    qsort(sorted, element->object.n, sizeof *sorted, by_key);
    *out = sorted;
    return true;
}

/* 7.2, 6.9 */
static bool visit_reverse(walk *w, cn_ld_node *node, const cn_json *reverse, const place *at) {
    const cn_json_member *members;
    if (!reverse) return true;
    if (!members_of(w, reverse, &members)) return false;
    for (size_t i = 0; i < cn_json_count(reverse); i++) {
        place in = {.graph = at->graph, .parent = &node->id, .depth = at->depth};
        if (!relabel(w, members[i].key, &in.property) || !visit(w, members[i].value, &in)) return false;
    }
    return true;
}

/* 7.2, 6.10 */
static bool visit_graph(walk *w, cn_ld_node *node, const cn_json *content, const place *at) {
    if (!content) return true;
    cn_map_entry *e = entry_at(w, &w->map->graphs, node->id, sizeof(cn_ld_graph));
    if (!e) return false;
    cn_ld_graph *graph = e->value;
    graph->name = node->id;
    return visit(w, content, &(place){.graph = graph, .depth = at->depth});
}

/* 7.2, 6.12 */
static bool visit_properties(walk *w, cn_ld_node *node, const cn_json *element, const place *at) {
    const cn_json_member *members;
    if (!members_of(w, element, &members)) return false;
    for (size_t i = 0; i < element->object.n; i++) {
        cn_json_member m = members[i];
        if (m.key.n > 0 && m.key.p[0] == '@') continue;
        place in = {.graph = at->graph, .subject = node, .depth = at->depth};
        if (!relabel(w, m.key, &in.property)) return false;
        cn_map_entry *e = entry_at(w, &node->properties, in.property, sizeof(cn_ld_items)); /* 6.12.2 */
        if (!e) return false;
        in.items = e->value;
        if (!visit(w, m.value, &in)) return false;
    }
    return true;
}

/* 7.2, 6: a node object. */
static bool visit_node(walk *w, const cn_json *element, const place *at) {
    cn_ld_node *node = node_of(w, element, at->graph);
    if (!node) return false;
    place top = {.graph = at->graph, .depth = at->depth};
    const cn_json *included = cn_json_get(element, CN_S("@included"));
    return link_node(w, node, at) && add_types(w, node, cn_json_get(element, CN_S("@type"))) &&
           set_index(w, node, cn_json_get(element, CN_S("@index"))) &&
           visit_reverse(w, node, cn_json_get(element, CN_S("@reverse")), at) &&
           visit_graph(w, node, cn_json_get(element, CN_S("@graph")), at) &&
           (!included || visit(w, included, &top)) && /* 6.11 */
           visit_properties(w, node, element, at);
}

/* One element of an array, or a whole: an object. */
static bool visit_object(walk *w, const cn_json *element, const place *outer) {
    if (element->type != CN_JSON_OBJECT) return true;
    if (outer->depth == 0)
        return cn_fail(w->err, CN_LIMIT, "jsonld.depth", "The expanded document is nested too deeply.");
    place at = *outer;
    at.depth--;
    if (cn_json_get(element, CN_S("@value"))) /* 4 */
        return add_item(w, &at, (cn_ld_item){.kind = CN_LD_VALUE, .value = element});
    const cn_json *list = cn_json_get(element, CN_S("@list"));
    return list ? visit_list(w, list, &at) : visit_node(w, element, &at);
}

/* 7.2, 1 and 2. In expanded form no array is an item of another. */
static bool visit(walk *w, const cn_json *element, const place *at) {
    for (size_t i = 0; i < cn_json_many(element); i++)
        if (!visit_object(w, cn_json_one(element, i), at)) return false;
    return true;
}

bool cn_node_map_make(cn_arena *a, const cn_json *expanded, size_t max_depth, bool sorted, cn_node_map *out,
                      cn_err *err) {
    cn_node_map map = {0};
    walk w = {.a = a, .map = &map, .sorted = sorted, .err = err};
    if (!visit(&w, expanded, &(place){.graph = &map.default_graph, .depth = max_depth})) return false;
    *out = map;
    return true;
}
