/* SPDX-License-Identifier: Apache-2.0
 *
 * Serialisation of RDF as JSON-LD: JSON-LD 1.1 Processing Algorithms and API, 8.4. Leaves lists and compound
 * literals to from_rdf_lists.c.
 */
#include "jsonld/from_rdf.h"

#include <stdlib.h>

#include "base/base.h"

/* From this many values on, a property finds repeated ones by a map instead of looking at each. */
enum { MANY_VALUES = 8 };

/* ---- 5: nodes by graph ---- */

/* The entry of the key, with a zeroed value of `size` bytes where it is new; NULL with the error set. */
static void *value_at(cn_from *f, cn_map *m, cn_slice key, size_t size) {
    cn_map_entry *e = cn_map_at(f->ld.a, m, key);
    if (e && !e->value) e->value = cn_arena_alloc(f->ld.a, size);
    if (e && e->value) return e->value;
    (void)cn_ld_memory(&f->ld);
    return NULL;
}

static cn_from_node *node_at(cn_from *f, cn_from_graph *graph, cn_slice id) {
    cn_from_node *node = value_at(f, &graph->nodes, id, sizeof *node);
    if (!node) return NULL;
    node->id = id;
    node->graph = graph;
    return node;
}

/* What is known of a blank node; *out is NULL for an IRI. */
static bool blank_at(cn_from *f, cn_slice id, cn_from_blank **out) {
    *out = NULL;
    if (!cn_uri_blank(id)) return true;
    *out = value_at(f, &f->blanks, id, sizeof **out);
    return *out != NULL;
}

static bool pin(cn_from *f, cn_slice id) {
    cn_from_blank *blank;
    if (!blank_at(f, id, &blank)) return false;
    if (blank) blank->pinned = true;
    return true;
}

/* The identifier of a subject, an object or a graph: an IRI, or a label with "_:". */
static bool id_of(cn_from *f, const cn_term *term, cn_slice *out) {
    *out = term->value;
    if (term->kind != CN_TERM_BLANK) return true;
    return cn_arena_print(f->ld.a, out, "_:%.*s", CN_ARG(term->value)) || cn_ld_memory(&f->ld);
}

/* 5.1 to 5.5 */
static cn_from_graph *graph_of(cn_from *f, const cn_term *name) {
    cn_slice id;
    if (name->kind == CN_TERM_DEFAULT) return &f->default_graph;
    if (!id_of(f, name, &id) || !pin(f, id) || !node_at(f, &f->default_graph, id)) return NULL;
    cn_from_graph *graph = value_at(f, &f->graphs, id, sizeof *graph);
    if (graph) graph->name = id;
    return graph;
}

/* 5.7.1 and 5.7.2 */
static cn_from_node *subject_of(cn_from *f, cn_from_graph *graph, const cn_term *term) {
    cn_slice id;
    cn_from_blank *blank;
    if (!id_of(f, term, &id) || !blank_at(f, id, &blank)) return NULL;
    if (blank && blank->subject && blank->subject != graph) blank->pinned = true;
    if (blank) blank->subject = graph;
    return node_at(f, graph, id);
}

/* 5.7.5 */
static bool add_type(cn_from *f, cn_from_node *node, cn_slice type) {
    cn_ld *ld = &f->ld;
    if (!node->types && !(node->types = cn_json_array(ld->a))) return cn_ld_memory(ld);
    if (!pin(f, type)) return false;
    if (cn_map_has(&node->types_seen, type)) return true;
    return (cn_map_put(ld->a, &node->types_seen, type, node) &&
            cn_json_push(ld->a, node->types, cn_json_string(ld->a, type))) ||
           cn_ld_memory(ld);
}

/* 5.7.9 to 5.7.11: a reference that may become a list. */
static bool note_usage(cn_from *f, const cn_from_usage *usage, cn_slice id) {
    cn_from_graph *graph = usage->node->graph;
    cn_from_blank *blank;
    if (cn_slice_eq(id, CN_S(CN_RDF "nil"))) {
        cn_from_usage *v =
            cn_arena_grow(f->ld.a, graph->ends, graph->ends_n, &graph->ends_cap, graph->ends_n + 1, sizeof *v);
        if (!v) return cn_ld_memory(&f->ld);
        graph->ends = v;
        v[graph->ends_n++] = *usage;
        return true;
    }
    if (!blank_at(f, id, &blank)) return false;
    if (!blank) return true;
    blank->usage = *usage;
    blank->references++;
    return true;
}

/* Equal for equal values and no others: an identifier, or canonical JSON, which begins with a brace and so is
 * none. */
static bool see(cn_from *f, cn_from_values *values, const cn_json *value, bool *fresh) {
    cn_ld *ld = &f->ld;
    cn_slice key = cn_json_text(cn_kw_get(value, CN_KW_ID));
    if (!key.n) {
        cn_buf b = cn_buf_on(ld->a, 0);
        if (!cn_json_canonize(ld->a, value, &b, ld->err)) return false;
        key = cn_buf_slice(&b);
    }
    *fresh = !cn_map_has(values->seen, key);
    return cn_map_put(ld->a, values->seen, key, values) || cn_ld_memory(ld);
}

/* 5.7.8 */
static bool is_fresh(cn_from *f, cn_from_values *values, const cn_json *value, bool *fresh) {
    const cn_json *array = values->array;
    bool ignored;
    if (values->seen) return see(f, values, value, fresh);
    *fresh = true;
    for (size_t i = 0; i < array->array.n && *fresh; i++) *fresh = !cn_json_equal(array->array.v[i], value);
    if (array->array.n < MANY_VALUES) return true;
    if (!(values->seen = CN_NEW(f->ld.a, cn_map))) return cn_ld_memory(&f->ld);
    for (size_t i = 0; i < array->array.n; i++)
        if (!see(f, values, array->array.v[i], &ignored)) return false;
    return see(f, values, value, &ignored);
}

/* 5.7.6 to 5.7.11 */
static bool add_value(cn_from *f, cn_from_node *node, cn_slice property, const cn_term *object) {
    cn_ld *ld = &f->ld;
    cn_json *value;
    bool fresh;
    cn_from_values *values = value_at(f, &node->properties, property, sizeof *values);
    if (!values) return false;
    if (!values->array && !(values->array = cn_json_array(ld->a))) return cn_ld_memory(ld);
    if (!cn_ld_rdf_to_object(ld, object, &value) || !is_fresh(f, values, value, &fresh)) return false;
    if (!fresh) return true;
    if (!cn_json_push(ld->a, values->array, value)) return cn_ld_memory(ld);
    if (object->kind == CN_TERM_LITERAL) return true;
    return note_usage(f, &(cn_from_usage){node, property, value}, cn_json_text(cn_kw_get(value, CN_KW_ID)));
}

/* 5.7 */
static bool add_quad(cn_from *f, const cn_quad *q) {
    cn_slice predicate, type;
    cn_from_graph *graph = graph_of(f, &q->g);
    cn_from_node *node = graph ? subject_of(f, graph, &q->s) : NULL;
    if (!node || !id_of(f, &q->p, &predicate)) return false;
    if (cn_slice_eq(predicate, CN_S(CN_RDF "direction"))) node->directed = true; /* 5.7.3 */
    bool is_type = cn_slice_eq(predicate, CN_S(CN_RDF "type")) && q->o.kind != CN_TERM_LITERAL;
    if (is_type && !f->ld.options->rdf_type) return id_of(f, &q->o, &type) && add_type(f, node, type);
    if (q->p.kind == CN_TERM_BLANK && !pin(f, predicate)) return false; /* generalized RDF */
    return add_value(f, node, predicate, &q->o);
}

/* ---- 7 and 8: the nodes that are left ---- */

static bool node_to_json(cn_from *f, const cn_from_node *node, cn_json **out) {
    cn_ld *ld = &f->ld;
    cn_json *object = cn_json_object(ld->a);
    if (!cn_ld_set_text(ld, object, CN_KW_ID, node->id)) return false;
    if (node->types && !cn_ld_set(ld, object, CN_KW_TYPE, node->types)) return false;
    CN_MAP_EACH(e, &node->properties) {
        const cn_from_values *values = e->value;
        if (!cn_json_set(ld->a, object, e->key, values->array)) return cn_ld_memory(ld);
    }
    *out = object;
    return true;
}

static int by_id(const void *x, const void *y) {
    const cn_json *a = *(const cn_json *const *)x, *b = *(const cn_json *const *)y;
    return cn_slice_cmp(cn_json_text(cn_kw_get(a, CN_KW_ID)), cn_json_text(cn_kw_get(b, CN_KW_ID)));
}

static bool graph_to_json(cn_from *f, const cn_from_graph *graph, cn_json **out);

/* 8.1 */
static bool add_graph(cn_from *f, cn_slice name, cn_json *node) {
    const cn_from_graph *graph = cn_map_get(&f->graphs, name);
    cn_json *nodes;
    return !graph || (graph_to_json(f, graph, &nodes) && cn_ld_set(&f->ld, node, CN_KW_GRAPH, nodes));
}

static bool graph_to_json(cn_from *f, const cn_from_graph *graph, cn_json **out) {
    cn_json *array = cn_json_array(f->ld.a), *node;
    if (!array) return cn_ld_memory(&f->ld);
    CN_MAP_EACH(e, &graph->nodes) {
        const cn_from_node *from = e->value;
        if (from->removed) continue;
        if (!node_to_json(f, from, &node)) return false;
        if (graph == &f->default_graph && !add_graph(f, from->id, node)) return false;
        if (cn_json_count(node) > 1 && !cn_json_push(f->ld.a, array, node)) return cn_ld_memory(&f->ld);
    }
    if (f->ld.options->ordered && array->array.n > 1)
        qsort(array->array.v, array->array.n, sizeof *array->array.v, by_id);
    *out = array;
    return true;
}

/* Lists that were folded from the inside out. */
static bool check_depth(cn_from *f, const cn_json *v, size_t levels) {
    if (levels == 0)
        return cn_fail(f->ld.err, CN_LIMIT, "jsonld.depth", "Lists are in lists deeper than %zu levels.",
                       f->ld.max_depth);
    for (size_t i = 0; v->type == CN_JSON_ARRAY && i < v->array.n; i++)
        if (!check_depth(f, v->array.v[i], levels - 1)) return false;
    for (size_t i = 0; v->type == CN_JSON_OBJECT && i < v->object.n; i++)
        if (!check_depth(f, v->object.v[i].value, levels - 1)) return false;
    return true;
}

bool cn_jsonld_from_rdf(cn_arena *a, const cn_dataset *dataset, const cn_jsonld_options *options,
                        const cn_json **out, cn_err *err) {
    static const cn_jsonld_options defaults;
    cn_from f = {0};
    cn_json *result;
    cn_ld_start(&f.ld, a, options ? options : &defaults, err);
    for (size_t i = 0; i < dataset->n; i++)
        if (!add_quad(&f, &dataset->v[i])) return false;
    if (!cn_from_fold(&f, &f.default_graph)) return false;
    CN_MAP_EACH(e, &f.graphs) if (!cn_from_fold(&f, e->value)) return false;
    /* A list is an object and an array, and stands in a node in a graph. */
    if (!graph_to_json(&f, &f.default_graph, &result) || !check_depth(&f, result, 2 * f.ld.max_depth + 8))
        return false;
    *out = result;
    return true;
}
