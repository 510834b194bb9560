/* SPDX-License-Identifier: Apache-2.0
 *
 * The values of a property in compaction: JSON-LD 1.1 Processing Algorithms and API, 6.1.2, 12.7 and 12.8: nests,
 * lists, graphs, and maps by language, index, id and type.
 */
#include "jsonld/compact.h"

#include "base/base.h"

/* One value of a property. */
typedef struct item {
    cn_compacting *o;
    const cn_json *expanded;
    const cn_json *compacted;
    cn_slice key; /* the "item active property" */
    const cn_term_def *def;
    unsigned container;
    bool as_array;
    cn_json *target; /* the "nest result" */
} item;

static cn_ld *ld_of(const item *x) {
    return &x->o->c->ld;
}

static bool alias(const item *x, cn_kw kw, cn_slice *out) {
    return cn_ld_alias(x->o->c, x->o->ctx, kw, out);
}

/* ---- 12.8.1 to 12.8.6 ---- */

/* 12.8.2: what is nested goes into a member of its own. */
static bool find_target(item *x) {
    cn_compacting *o = x->o;
    cn_ld *ld = ld_of(x);
    x->target = o->result;
    if (!x->def || !x->def->nest.n || cn_prop_is(o->prop, CN_KW_REVERSE)) return true; /* a reverse map has none */
    cn_iri iri;
    if (!cn_ld_expand_iri(ld, o->ctx, x->def->nest, CN_IRI_VOCAB, NULL, &iri)) return false;
    if (iri.kw != CN_KW_NEST)
        return cn_ld_fail(ld, NULL, "jsonld.invalid-nest-value",
                          "The @nest \"%.*s\" of \"%.*s\" is neither @nest nor an alias of it.",
                          CN_ARG(x->def->nest), CN_ARG(x->key));
    x->target = cn_ld_own(cn_json_get(o->result, x->def->nest));
    if (cn_json_is(x->target, CN_JSON_OBJECT)) return true;
    x->target = cn_json_object(ld->a);
    return cn_json_set(ld->a, o->result, x->def->nest, x->target) || cn_ld_memory(ld);
}

static bool start(item *x, cn_compacting *o, cn_slice property, const cn_json *value) {
    unsigned how = CN_COMPACT_VOCAB | (cn_prop_is(o->prop, CN_KW_REVERSE) ? CN_COMPACT_REVERSE : 0u);
    *x = (item){.o = o, .expanded = value};
    if (!cn_ld_compact_iri(o->c, o->ctx, property, value, how, &x->key)) return false;
    x->def = cn_ctx_term(o->ctx, x->key);
    x->container = x->def ? x->def->container : 0;
    cn_kw kw = cn_kw_of(x->key);
    x->as_array = (x->container & CN_CONTAINER_SET) || kw == CN_KW_GRAPH || kw == CN_KW_LIST ||
                  o->c->ld.options->keep_arrays;
    return find_target(x);
}

/* ---- Adding ---- */

static bool add(item *x, cn_json *object, cn_slice key, const cn_json *value) {
    return cn_ld_add_value(ld_of(x), object, key, value, x->as_array);
}

/* The map that stands under the term; made where there is none yet. */
static bool add_to_map(item *x, cn_slice key) {
    cn_ld *ld = ld_of(x);
    cn_json *map = cn_ld_own(cn_json_get(x->target, x->key));
    if (!cn_json_is(map, CN_JSON_OBJECT)) {
        map = cn_json_object(ld->a);
        if (!map) return cn_ld_memory(ld);
        if (!cn_ld_add_value(ld, x->target, x->key, map, false)) return false;
    }
    return add(x, map, key, x->compacted);
}

/* The compacted value as the member of a new object. */
static bool wrap(item *x, cn_kw kw, cn_json **out) {
    cn_ld *ld = ld_of(x);
    cn_slice key;
    *out = cn_json_object(ld->a);
    if (!alias(x, kw, &key)) return false;
    return (*out && cn_json_set(ld->a, *out, key, x->compacted)) || cn_ld_memory(ld);
}

static bool copy_index(item *x, cn_json *to) {
    const cn_json *index = cn_kw_get(x->expanded, CN_KW_INDEX);
    cn_slice key;
    if (!index) return true;
    return alias(x, CN_KW_INDEX, &key) && (cn_json_set(ld_of(x)->a, to, key, index) || cn_ld_memory(ld_of(x)));
}

/* A term that holds one thing only has it already: the algorithm goes on, and data is lost. */
static bool refuse_second(item *x, const char *what) {
    if (!ld_of(x)->options->safe || !cn_json_get(x->target, x->key)) return true;
    return cn_ld_fail(ld_of(x), NULL, "jsonld.dropped-value", "The term \"%.*s\" cannot hold two %s.",
                      CN_ARG(x->key), what);
}

/* ---- 12.8.7: lists ---- */

static bool add_list(item *x) {
    cn_ld *ld = ld_of(x);
    cn_json *array, *list;
    if (!cn_ld_array(ld, cn_ld_own(x->compacted), &array)) return false; /* .1 */
    x->compacted = array;
    if (x->container & CN_CONTAINER_LIST) /* .3 */
        return refuse_second(x, "lists") && (cn_json_set(ld->a, x->target, x->key, array) || cn_ld_memory(ld));
    return wrap(x, CN_KW_LIST, &list) && copy_index(x, list) && add(x, x->target, x->key, list);
}

/* ---- 12.8.8: graphs ---- */

/* 12.8.8.1.2 */
static bool id_key(item *x, cn_slice *out) {
    const cn_json *id = cn_kw_get(x->expanded, CN_KW_ID);
    if (!cn_json_is(id, CN_JSON_STRING)) return alias(x, CN_KW_NONE, out);
    return cn_ld_compact_iri(x->o->c, x->o->ctx, id->string, NULL, 0, out);
}

/* 12.8.8.4 */
static bool add_graph_object(item *x) {
    cn_ld *ld = ld_of(x);
    cn_json *graph;
    cn_slice key, id;
    if (!wrap(x, CN_KW_GRAPH, &graph)) return false;
    if (cn_kw_get(x->expanded, CN_KW_ID)) {
        if (!alias(x, CN_KW_ID, &key) || !id_key(x, &id)) return false;
        if (!cn_json_set(ld->a, graph, key, cn_json_string(ld->a, id))) return cn_ld_memory(ld);
    }
    return copy_index(x, graph) && add(x, x->target, x->key, graph);
}

static bool add_graph(item *x) {
    bool simple = !cn_kw_get(x->expanded, CN_KW_ID);
    const cn_json *index = cn_kw_get(x->expanded, CN_KW_INDEX);
    cn_slice key = cn_json_text(index);
    cn_json *included;
    if (!(x->container & CN_CONTAINER_GRAPH)) return add_graph_object(x);
    if (x->container & CN_CONTAINER_ID) return id_key(x, &key) && add_to_map(x, key); /* .1 */
    if (!simple) return add_graph_object(x);
    if (x->container & CN_CONTAINER_INDEX) /* .2 */
        return (index || alias(x, CN_KW_NONE, &key)) && add_to_map(x, key);
    if (cn_json_is(x->compacted, CN_JSON_ARRAY) && x->compacted->array.n > 1) { /* .3.1 */
        if (!wrap(x, CN_KW_INCLUDED, &included)) return false;
        x->compacted = included;
    }
    return add(x, x->target, x->key, x->compacted); /* .3.2 */
}

/* ---- 12.8.9: maps ---- */

/* Takes the first value of a member of the compacted node as the key; the others stay. *key.p stays NULL where
 * there is none that is a string. */
static bool take_first(item *x, cn_slice member, cn_slice *key) {
    cn_ld *ld = ld_of(x);
    const cn_json *values = cn_json_get(x->compacted, member), *first = cn_json_one(values, 0);
    if (!cn_ld_is_node(x->expanded) || !cn_json_is(first, CN_JSON_STRING)) return true;
    cn_json *rest = cn_json_without(ld->a, x->compacted, member);
    if (!rest) return cn_ld_memory(ld);
    for (size_t i = 1; i < cn_json_many(values); i++)
        if (!cn_ld_add_value(ld, rest, member, cn_json_one(values, i), false)) return false;
    *key = first->string;
    x->compacted = rest;
    return true;
}

/* Whether a string under a property expands to this value; safe mode may refuse to expand it. */
static bool expands_to(item *x, cn_slice property, const cn_json *text, const cn_json *value, bool *same) {
    cn_ld *ld = ld_of(x);
    const cn_ctx *ctx = x->o->ctx;
    cn_err before = *ld->err;
    cn_json *expanded;
    bool done = cn_ld_expand_value(ld, ctx, cn_ld_prop(ctx, property), text, NULL, &expanded);
    *same = done && cn_json_equal(expanded, value);
    if (!done && ld->err->code != CN_INVALID) return false;
    if (!done) *ld->err = before;
    return true;
}

/* 12.8.9.6. The text compacts the property without a value, which finds no term that has a type. Here it is the
 * member under which the first value stands, if expansion will make the same of it. */
static bool property_key(item *x, cn_slice *key) {
    cn_iri iri;
    cn_slice member;
    bool same;
    if (!cn_ld_expand_iri(ld_of(x), x->o->ctx, x->def->index, CN_IRI_VOCAB, NULL, &iri)) return false;
    const cn_json *value = cn_json_one(cn_json_get(x->expanded, iri.text), 0);
    if (!value) return true;
    if (!cn_ld_compact_iri(x->o->c, x->o->ctx, iri.text, value, CN_COMPACT_VOCAB, &member)) return false;
    const cn_json *first = cn_json_one(cn_json_get(x->compacted, member), 0);
    if (!cn_json_is(first, CN_JSON_STRING)) return true;
    return expands_to(x, x->def->index, first, value, &same) && (!same || take_first(x, member, key));
}

/* 12.8.9.8: where only the @id is left, it may be written as a reference. */
static bool type_key(item *x, cn_slice *key) {
    cn_ld *ld = ld_of(x);
    const cn_json *id = cn_kw_get(x->expanded, CN_KW_ID);
    cn_slice member;
    if (!alias(x, CN_KW_TYPE, &member) || !take_first(x, member, key)) return false;
    if (!id || cn_json_count(x->compacted) != 1 || !cn_json_is(x->compacted, CN_JSON_OBJECT)) return true;
    if (!alias(x, CN_KW_ID, &member)) return false;
    if (!cn_json_get(x->compacted, member)) return true;
    cn_json *reference = cn_json_object(ld->a);
    return cn_ld_set(ld, reference, CN_KW_ID, id) &&
           cn_ld_compact(x->o->c, x->o->ctx, (cn_prop){x->key, x->def}, reference, &x->compacted);
}

/* 12.8.9.4 to 12.8.9.8 */
static bool map_key(item *x, cn_slice *key) {
    const cn_json *value = cn_kw_get(x->expanded, CN_KW_VALUE);
    cn_slice member;
    if ((x->container & CN_CONTAINER_LANGUAGE) && value) {
        x->compacted = value;
        *key = cn_json_text(cn_kw_get(x->expanded, CN_KW_LANGUAGE));
        return true;
    }
    if ((x->container & CN_CONTAINER_INDEX) && x->def->index.n && cn_kw_of(x->def->index) != CN_KW_INDEX)
        return property_key(x, key);
    if (x->container & CN_CONTAINER_INDEX) {
        *key = cn_json_text(cn_kw_get(x->expanded, CN_KW_INDEX));
        return true;
    }
    if (x->container & CN_CONTAINER_ID) return alias(x, CN_KW_ID, &member) && take_first(x, member, key);
    return !(x->container & CN_CONTAINER_TYPE) || type_key(x, key);
}

static bool add_mapped(item *x) {
    cn_slice key = {0};
    return map_key(x, &key) && (key.p || alias(x, CN_KW_NONE, &key)) && add_to_map(x, key); /* .9, .10 */
}

/* ---- 12.7 and 12.8 ---- */

/* A JSON literal is one value, whatever it is made of, and belongs to the document: no array is added to. The text
 * makes one array of two literals. */
static bool add_literal(item *x) {
    cn_ld *ld = ld_of(x);
    const cn_json *old = cn_json_get(x->target, x->key), *first = old ? old : x->compacted;
    if (!refuse_second(x, "JSON literals")) return false;
    if (cn_json_is(old, CN_JSON_ARRAY)) first = cn_json_copy_shallow(ld->a, old);
    if (!first || !cn_json_set(ld->a, x->target, x->key, first)) return cn_ld_memory(ld);
    return !old || add(x, x->target, x->key, x->compacted);
}

static bool compact_item(cn_compacting *o, cn_slice property, const cn_json *value) {
    static const unsigned maps = CN_CONTAINER_LANGUAGE | CN_CONTAINER_INDEX | CN_CONTAINER_ID | CN_CONTAINER_TYPE;
    item x;
    if (!start(&x, o, property, value)) return false;
    bool list = cn_ld_is_list(value), graph = cn_ld_is_graph(value);
    const cn_json *inner = list ? cn_kw_get(value, CN_KW_LIST) : graph ? cn_kw_get(value, CN_KW_GRAPH) : value;
    if (!cn_ld_compact(o->c, o->ctx, (cn_prop){x.key, x.def}, inner, &x.compacted)) return false; /* 12.8.6 */
    if (list) return add_list(&x);
    if (graph) return add_graph(&x);
    if ((x.container & maps) && !(x.container & CN_CONTAINER_GRAPH)) return add_mapped(&x);
    if (x.def && x.def->type_kw == CN_KW_JSON) return add_literal(&x);
    return add(&x, x.target, x.key, x.compacted); /* 12.8.10 */
}

bool cn_ld_compact_property(cn_compacting *o, cn_slice property, const cn_json *values) {
    if (cn_json_is(values, CN_JSON_ARRAY) && values->array.n == 0) { /* 12.7 */
        item x;
        return start(&x, o, property, values) && cn_ld_add_value(&o->c->ld, x.target, x.key, values, true);
    }
    for (size_t i = 0; i < cn_json_many(values); i++)
        if (!compact_item(o, property, cn_json_one(values, i))) return false;
    return true;
}
