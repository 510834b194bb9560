/* SPDX-License-Identifier: Apache-2.0
 *
 * Expansion of objects: JSON-LD 1.1 Processing Algorithms and API, 5.1.2, steps
 * 6 to 14. The keywords of step 13.4 are a table of functions.
 */
#include <stdlib.h>

#include "jsonld/internal.h"

#include "base/base.h"

/* One object that is being expanded. */
typedef struct object {
    cn_ld *ld;
    const cn_ctx *ctx;      /* the active context */
    const cn_ctx *type_ctx; /* the type-scoped context: the active one before types changed it */
    cn_prop prop;           /* the active property */
    const cn_json *element; /* the object, or the one it nests */
    cn_json *result;
    cn_kw input_type; /* CN_KW_JSON where the type says that the value is JSON */
    bool nests;       /* one of its members is @nest */
    bool *reversed;   /* @reverse has been met: terms that are reverse make an entry of that name too */
    const cn_path *at;
} object;

/* One of its members. */
typedef struct member {
    object *o;
    const cn_json *value;
    cn_slice key;
    cn_iri iri; /* the key, expanded */
    cn_path at;
} member;

#define FAIL(m, id, ...) cn_ld_fail((m)->o->ld, &(m)->at, "jsonld." id, __VA_ARGS__)

static bool expand_in(member *m, cn_prop prop, cn_json **out) {
    return cn_ld_expand(m->o->ld, m->o->ctx, prop, m->value, false, &m->at, out);
}

static cn_prop keyword_prop(cn_kw kw) {
    return (cn_prop){.key = cn_kw_text(kw)};
}

static bool is_scalar(const cn_json *v) {
    return v->type != CN_JSON_ARRAY && v->type != CN_JSON_OBJECT && v->type != CN_JSON_NULL;
}

/* ---- 13.4: keywords. Each leaves *out NULL when there is nothing to set. ---- */

/* 13.4.3 */
static bool on_id(member *m, cn_json **out) {
    cn_ld *ld = m->o->ld;
    cn_iri iri;
    if (m->value->type != CN_JSON_STRING) return FAIL(m, "invalid-id-value", "@id is no string.");
    if (!cn_ld_expand_iri(ld, m->o->ctx, m->value->string, CN_IRI_DOCUMENT, NULL, &iri)) return false;
    if (ld->options->safe && !cn_iri_absolute(&iri))
        return FAIL(m, "dropped-id", "The @id \"%.*s\" is no absolute IRI.", CN_ARG(m->value->string));
    *out = cn_ld_own(iri.null ? cn_json_null() : cn_json_string(ld->a, iri.text));
    return *out || cn_ld_memory(ld);
}

/* One type; *out NULL when it expands to null. */
static bool one_type(member *m, const cn_json *v, const cn_json **out) {
    cn_ld *ld = m->o->ld;
    cn_iri iri;
    if (v->type != CN_JSON_STRING)
        return FAIL(m, "invalid-type-value", "@type is neither a string nor an array of strings.");
    if (!cn_ld_expand_iri(ld, m->o->type_ctx, v->string, CN_IRI_VOCAB | CN_IRI_DOCUMENT, NULL, &iri)) return false;
    if (ld->options->safe && iri.kw != CN_KW_JSON && !cn_iri_absolute(&iri))
        return FAIL(m, "dropped-type", "The type \"%.*s\" is no absolute IRI.", CN_ARG(v->string));
    *out = iri.null ? cn_json_null() : cn_json_string(ld->a, iri.text);
    return *out || cn_ld_memory(ld);
}

/* 13.4.4 */
static bool on_type(member *m, cn_json **out) {
    cn_ld *ld = m->o->ld;
    const cn_json *old = cn_kw_get(m->o->result, CN_KW_TYPE), *type;
    if (!old && m->value->type != CN_JSON_ARRAY) {
        if (!one_type(m, m->value, &type)) return false;
        *out = cn_ld_own(type);
        return true;
    }
    cn_json *array = cn_json_array(ld->a);
    if (!array) return cn_ld_memory(ld);
    for (size_t i = 0, n = cn_json_many(old); i < n; i++) /* 13.4.4.5 */
        if (!cn_json_push(ld->a, array, cn_json_one(old, i))) return cn_ld_memory(ld);
    size_t n = m->value->type == CN_JSON_ARRAY ? m->value->array.n : 1;
    for (size_t i = 0; i < n; i++) {
        if (!one_type(m, m->value->type == CN_JSON_ARRAY ? m->value->array.v[i] : m->value, &type)) return false;
        if (!cn_json_push(ld->a, array, type)) return cn_ld_memory(ld);
    }
    *out = array;
    return true;
}

/* 13.4.5 */
static bool on_graph(member *m, cn_json **out) {
    return expand_in(m, keyword_prop(CN_KW_GRAPH), out) && cn_ld_array(m->o->ld, *out, out);
}

/* 13.4.6 */
static bool on_included(member *m, cn_json **out) {
    cn_ld *ld = m->o->ld;
    cn_json *items;
    if (ld->options->mode_1_0) return true;
    if (!expand_in(m, (cn_prop){0}, &items)) return false;
    bool good = items != NULL;
    if (!cn_ld_array(ld, items, &items)) return false;
    for (size_t i = 0; i < items->array.n && good; i++) good = cn_ld_is_node(items->array.v[i]);
    if (!good) return FAIL(m, "invalid-included-value", "@included holds something that is no node.");
    cn_json *old = cn_ld_own(cn_kw_get(m->o->result, CN_KW_INCLUDED));
    if (!old) {
        *out = items;
        return true;
    }
    return cn_ld_add(ld, m->o->result, cn_kw_text(CN_KW_INCLUDED), items);
}

/* 13.4.7 */
static bool on_value(member *m, cn_json **out) {
    if (m->o->input_type == CN_KW_JSON) {
        if (m->o->ld->options->mode_1_0)
            return FAIL(m, "invalid-value-object-value", "JSON literals are not allowed in JSON-LD 1.0.");
    } else if (m->value->type != CN_JSON_NULL && !is_scalar(m->value)) {
        return FAIL(m, "invalid-value-object-value", "@value is neither a scalar nor null.");
    }
    *out = cn_ld_own(m->value);
    return true;
}

/* 13.4.8 */
static bool on_language(member *m, cn_json **out) {
    cn_slice tag;
    if (m->value->type != CN_JSON_STRING)
        return FAIL(m, "invalid-language-tagged-string", "@language is no string.");
    if (!cn_ld_language(m->o->ld, m->value->string, &m->at, &tag)) return false;
    *out = cn_ld_own(cn_json_string(m->o->ld->a, tag));
    return *out || cn_ld_memory(m->o->ld);
}

/* 13.4.9 */
static bool on_direction(member *m, cn_json **out) {
    if (m->o->ld->options->mode_1_0) return true;
    if (!cn_json_is_string(m->value, CN_S("ltr")) && !cn_json_is_string(m->value, CN_S("rtl")))
        return FAIL(m, "invalid-base-direction", "@direction is neither \"ltr\" nor \"rtl\".");
    *out = cn_ld_own(m->value);
    return true;
}

/* 13.4.10 */
static bool on_index(member *m, cn_json **out) {
    if (m->value->type != CN_JSON_STRING) return FAIL(m, "invalid-index-value", "@index is no string.");
    *out = cn_ld_own(m->value);
    return true;
}

/* 13.4.11 */
static bool on_list(member *m, cn_json **out) {
    if (!cn_prop_top(m->o->prop)) return expand_in(m, m->o->prop, out) && cn_ld_array(m->o->ld, *out, out);
    if (!m->o->ld->options->safe) return true;
    return FAIL(m, "dropped-value", "A list that belongs to no property would be dropped.");
}

/* 13.4.12 */
static bool on_set(member *m, cn_json **out) {
    return expand_in(m, m->o->prop, out);
}

/* 13.4.13.4 and 13.13: adds to the reverse map of the result. */
static bool add_reverse(member *m, cn_slice property, cn_json *items) {
    cn_ld *ld = m->o->ld;
    cn_json *map = cn_ld_own(cn_kw_get(m->o->result, CN_KW_REVERSE));
    if (!map) {
        map = cn_json_object(ld->a);
        if (!cn_ld_set(ld, m->o->result, CN_KW_REVERSE, map)) return false;
    }
    for (size_t i = 0, n = cn_json_many(items); i < n; i++) {
        const cn_json *item = cn_json_one(items, i);
        if (cn_ld_is_value(item) || cn_ld_is_list(item))
            return FAIL(m, "invalid-reverse-property-value", "The value of a reverse property is no node.");
    }
    return cn_json_many(items) == 0 || cn_ld_add(ld, map, property, items);
}

/* 13.4.13 */
static bool on_reverse(member *m, cn_json **out) {
    (void)out;
    cn_json *map;
    if (m->value->type != CN_JSON_OBJECT) return FAIL(m, "invalid-reverse-value", "@reverse is no map.");
    if (!expand_in(m, keyword_prop(CN_KW_REVERSE), &map)) return false;
    const cn_json *twice = cn_kw_get(map, CN_KW_REVERSE);
    for (size_t i = 0; i < cn_json_count(twice); i++) /* 13.4.13.3 */
        if (!cn_ld_add(m->o->ld, m->o->result, twice->object.v[i].key, cn_ld_own(twice->object.v[i].value)))
            return false;
    for (size_t i = 0; cn_json_is(map, CN_JSON_OBJECT) && i < map->object.n; i++) {
        if (map->object.v[i].value == twice) continue;
        if (!add_reverse(m, map->object.v[i].key, cn_ld_own(map->object.v[i].value))) return false;
    }
    return true;
}

typedef bool keyword_fn(member *m, cn_json **out);

static keyword_fn *const keywords[CN_KW_COUNT] = {
    [CN_KW_ID] = on_id,
    [CN_KW_TYPE] = on_type,
    [CN_KW_GRAPH] = on_graph,
    [CN_KW_INCLUDED] = on_included,
    [CN_KW_VALUE] = on_value,
    [CN_KW_LANGUAGE] = on_language,
    [CN_KW_DIRECTION] = on_direction,
    [CN_KW_INDEX] = on_index,
    [CN_KW_LIST] = on_list,
    [CN_KW_SET] = on_set,
    [CN_KW_REVERSE] = on_reverse,
};

/* 13.4 */
static bool expand_keyword(member *m) {
    object *o = m->o;
    cn_kw kw = m->iri.kw;
    if (cn_prop_is(o->prop, CN_KW_REVERSE)) /* 13.4.1 */
        return FAIL(m, "invalid-reverse-property-map", "The keyword %.*s stands in a @reverse map.",
                    CN_ARG(cn_kw_text(kw)));
    bool twice = kw == CN_KW_REVERSE ? *o->reversed : cn_kw_get(o->result, kw) != NULL;
    if (kw != CN_KW_INCLUDED && kw != CN_KW_TYPE && twice) /* 13.4.2 */
        return FAIL(m, "colliding-keywords", "%.*s stands here twice.", CN_ARG(cn_kw_text(kw)));
    if (kw == CN_KW_REVERSE) *o->reversed = true;
    if (!keywords[kw]) { /* @nest is step 14's; the others mean nothing here */
        if (kw == CN_KW_NEST || !o->ld->options->safe) return true;
        return FAIL(m, "dropped-property", "%.*s has no meaning here.", CN_ARG(cn_kw_text(kw)));
    }
    cn_json *value = NULL;
    if (!keywords[kw](m, &value)) return false;
    return !value || cn_ld_set(o->ld, o->result, kw, value); /* 13.4.16 */
}

/* ---- 13.5 to 13.14: properties ---- */

/* 13.6 */
static bool json_literal(cn_ld *ld, const cn_json *value, cn_json **out) {
    cn_json *v = *out = cn_json_object(ld->a);
    return cn_ld_set(ld, v, CN_KW_VALUE, value) && cn_ld_set_text(ld, v, CN_KW_TYPE, cn_kw_text(CN_KW_JSON));
}

/* 13.12 */
static bool to_graphs(member *m, cn_json **value) {
    cn_ld *ld = m->o->ld;
    cn_json *graphs = cn_json_array(ld->a), *graph;
    if (!graphs) return cn_ld_memory(ld);
    for (size_t i = 0, n = cn_json_many(*value); i < n; i++) {
        if (!cn_ld_to_graph(ld, cn_ld_own(cn_json_one(*value, i)), &m->at, &graph)) return false;
        if (!cn_json_push(ld->a, graphs, graph)) return cn_ld_memory(ld);
    }
    *value = graphs;
    return true;
}

/* The context in which a map's keys and values are read: the property's own. */
static bool scoped(member *m, cn_prop *prop, const cn_ctx **ctx) {
    *ctx = m->o->ctx;
    if (!prop->def->context) return true;
    if (!cn_ld_enter_scope(m->o->ld, *ctx, prop->def, true, &m->at, ctx)) return false;
    return true;
}

/* 13.6 to 13.9 */
static bool property_value(member *m, cn_prop prop, unsigned container, cn_json **out) {
    cn_ld *ld = m->o->ld;
    bool map = m->value->type == CN_JSON_OBJECT;
    const cn_ctx *ctx;
    if (prop.def && prop.def->type_kw == CN_KW_JSON) return json_literal(ld, m->value, out);
    if (map && (container & CN_CONTAINER_LANGUAGE))
        return scoped(m, &prop, &ctx) && cn_ld_expand_language_map(ld, ctx, prop, m->value, &m->at, out);
    if (map && (container & (CN_CONTAINER_INDEX | CN_CONTAINER_ID | CN_CONTAINER_TYPE)))
        return cn_ld_expand_index_map(ld, m->o->ctx, prop, m->value, &m->at, out);
    return expand_in(m, prop, out);
}

static bool expand_property(member *m) {
    object *o = m->o;
    cn_ld *ld = o->ld;
    cn_prop prop = {m->key, m->iri.def};
    unsigned container = prop.def ? prop.def->container : 0; /* 13.5 */
    cn_json *value = NULL;
    if (!property_value(m, prop, container, &value)) return false;
    if (!value) return true;                                        /* 13.10 */
    if ((container & CN_CONTAINER_LIST) && !cn_ld_is_list(value)) { /* 13.11 */
        cn_json *list = cn_json_object(ld->a);
        if (!cn_ld_array(ld, value, &value) || !cn_ld_set(ld, list, CN_KW_LIST, value)) return false;
        value = list;
    }
    if ((container & CN_CONTAINER_GRAPH) && !(container & (CN_CONTAINER_ID | CN_CONTAINER_INDEX)) &&
        !to_graphs(m, &value))
        return false;
    if (prop.def && prop.def->reverse) return add_reverse(m, m->iri.text, value); /* 13.13 */
    return cn_ld_add(ld, o->result, m->iri.text, value);                          /* 13.14 */
}

/* ---- 13 and 14 ---- */

/* 13.2 to 13.14 */
static bool expand_member(object *o, const cn_json_member *in) {
    member m = {.o = o, .value = in->value, .key = in->key, .at = {.up = o->at, .key = in->key}};
    if (!cn_ld_expand_iri(o->ld, o->ctx, in->key, CN_IRI_VOCAB, NULL, &m.iri)) return false; /* 13.2 */
    if (m.iri.kw == CN_KW_NEST) o->nests = true;
    if (m.iri.kw) return expand_keyword(&m);
    if (cn_iri_absolute(&m.iri)) return expand_property(&m);
    if (!o->ld->options->safe) return true; /* 13.3 */
    return FAIL(&m, "dropped-property",
                "The property \"%.*s\" has no meaning in its context and would be dropped.", CN_ARG(in->key));
}

static bool expand_members(object *o);

/* 14.2: one value of a @nest member */
static bool expand_nested(object *o, const cn_json *value, cn_slice key, const cn_path *at) {
    object inner = *o;
    cn_iri iri;
    bool node = value->type == CN_JSON_OBJECT;
    for (size_t i = 0; node && i < value->object.n; i++) { /* 14.2.1 */
        if (!cn_ld_expand_iri(o->ld, o->ctx, value->object.v[i].key, CN_IRI_VOCAB, NULL, &iri)) return false;
        node = iri.kw != CN_KW_VALUE;
    }
    if (!node) return cn_ld_fail(o->ld, at, "jsonld.invalid-nest-value", "What is nested is no node.");
    inner.element = value;
    inner.at = at;
    inner.nests = false;
    inner.prop = cn_ld_prop(o->ctx, key);
    if (inner.prop.def && inner.prop.def->context && /* 14.2.2: step 8 */
        !cn_ld_enter_scope(o->ld, o->ctx, inner.prop.def, true, at, &inner.ctx))
        return false;
    if (!cn_ld_enter(o->ld, at)) return false;
    bool ok = expand_members(&inner);
    o->ld->depth--;
    return ok;
}

/* 14 */
static bool expand_nests(object *o, const cn_json_member *members) {
    cn_iri iri;
    for (size_t i = 0; i < o->element->object.n; i++) {
        if (!cn_ld_expand_iri(o->ld, o->ctx, members[i].key, CN_IRI_VOCAB, NULL, &iri)) return false;
        if (iri.kw != CN_KW_NEST) continue;
        cn_path at = {.up = o->at, .key = members[i].key};
        const cn_json *value = members[i].value;
        if (value->type != CN_JSON_ARRAY && !expand_nested(o, value, members[i].key, &at)) return false;
        for (size_t k = 0; value->type == CN_JSON_ARRAY && k < value->array.n; k++) {
            cn_path item = {.up = &at, .index = k};
            if (!expand_nested(o, value->array.v[k], members[i].key, &item)) return false;
        }
    }
    return true;
}

/* 13 and 14 */
static bool expand_members(object *o) {
    const cn_json_member *members;
    if (!cn_ld_members(o->ld, o->element, &members)) return false;
    for (size_t i = 0; i < o->element->object.n; i++) {
        if (cn_kw_of(members[i].key) == CN_KW_CONTEXT) continue; /* 13.1 */
        if (!expand_member(o, &members[i])) return false;
    }
    return !o->nests || expand_nests(o, members);
}

/* ---- 7 to 12: which context ---- */

/* 7: a type-scoped context ends at a node, but not at a value or a reference. */
static void revert(object *o, bool from_map) {
    if (!o->ctx->previous || from_map) return;
    const cn_json *e = o->element;
    for (size_t i = 0; i < e->object.n; i++) {
        cn_kw kw = cn_ld_keyword(o->ctx, e->object.v[i].key);
        if (kw == CN_KW_VALUE || (kw == CN_KW_ID && e->object.n == 1)) return;
    }
    o->ctx = o->ctx->previous;
}

static int by_text(const void *x, const void *y) {
    return cn_slice_cmp((*(const cn_json *const *)x)->string, (*(const cn_json *const *)y)->string);
}

/* 11.1 and 11.2 */
static bool apply_types(object *o, const cn_json *value, const cn_path *at) {
    size_t n = 0, many = cn_json_many(value);
    if (many == 0) return true;
    const cn_json **types = CN_NEW_ARRAY(o->ld->a, const cn_json *, many);
    if (!types) return cn_ld_memory(o->ld);
    for (size_t i = 0; i < many; i++)
        if (cn_json_is(cn_json_one(value, i), CN_JSON_STRING)) types[n++] = cn_json_one(value, i);
    qsort(types, n, sizeof *types, by_text);
    for (size_t i = 0; i < n; i++) {
        const cn_term_def *def = cn_ctx_term(o->type_ctx, types[i]->string);
        if (def && def->context && !cn_ld_enter_scope(o->ld, o->ctx, def, false, at, &o->ctx)) return false;
    }
    return true;
}

/* The member after `last`, in the order of keys, that expands to @type; NULL when there is none. */
static const cn_json_member *next_type(const object *o, const cn_json_member *last) {
    const cn_json_member *best = NULL;
    for (size_t i = 0; i < o->element->object.n; i++) {
        const cn_json_member *m = &o->element->object.v[i];
        if (m == last || cn_ld_keyword(o->type_ctx, m->key) != CN_KW_TYPE) continue;
        if (last && cn_slice_cmp(m->key, last->key) <= 0) continue;
        if (!best || cn_slice_cmp(m->key, best->key) < 0) best = m;
    }
    return best;
}

/* 11 and 12 */
static bool type_contexts(object *o) {
    const cn_json_member *first = next_type(o, NULL);
    for (const cn_json_member *m = first; m; m = next_type(o, m)) {
        cn_path at = {.up = o->at, .key = m->key};
        if (!apply_types(o, m->value, &at)) return false;
    }
    if (!first) return true;
    size_t n = cn_json_many(first->value);
    const cn_json *last = n ? cn_json_one(first->value, n - 1) : NULL;
    cn_iri iri;
    if (!last || last->type != CN_JSON_STRING) return true;
    if (!cn_ld_expand_iri(o->ld, o->ctx, last->string, CN_IRI_VOCAB | CN_IRI_DOCUMENT, NULL, &iri)) return false;
    o->input_type = iri.kw;
    return true;
}

/* 7 to 12 */
static bool enter(object *o, bool from_map) {
    cn_ld *ld = o->ld;
    revert(o, from_map);
    if (o->prop.def && o->prop.def->context && /* 8 */
        !cn_ld_enter_scope(ld, o->ctx, o->prop.def, true, o->at, &o->ctx))
        return false;
    const cn_json *context = cn_kw_get(o->element, CN_KW_CONTEXT);
    if (context) { /* 9 */
        cn_path at = {.up = o->at, .key = cn_kw_text(CN_KW_CONTEXT)};
        if (!cn_ld_process(ld, o->ctx, context, &(cn_process){.base = ld->base, .at = &at}, &o->ctx)) return false;
    }
    o->type_ctx = o->ctx; /* 10 */
    if (!type_contexts(o)) return false;
    o->prop = cn_ld_prop(o->ctx, o->prop.key);
    return true;
}

bool cn_ld_expand_object(cn_ld *ld, const cn_ctx *ctx, cn_prop prop, const cn_json *element, bool from_map,
                         const cn_path *at, cn_json **out) {
    bool reversed = false;
    object o = {.ld = ld, .ctx = ctx, .prop = prop, .element = element, .reversed = &reversed, .at = at};
    if (!enter(&o, from_map)) return false;
    if (!(o.result = cn_json_object(ld->a))) return cn_ld_memory(ld); /* 12 */
    if (!expand_members(&o)) return false;
    if (!cn_ld_finish_object(ld, o.prop, at, &o.result)) return false; /* 15 to 19 */
    *out = o.result;
    return true;
}
