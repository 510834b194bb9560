/* SPDX-License-Identifier: Apache-2.0
 *
 * Compaction: JSON-LD 1.1 Processing Algorithms and API, 6.1, and compact() of 9.1. The values of properties are
 * the matter of compact_item.c.
 */
#include <stdlib.h>

#include "jsonld/compact.h"

#include "base/base.h"

/* ---- 3 ---- */

static bool keeps_array(const cn_compaction *c, cn_prop prop, size_t n) {
    return n != 1 || c->ld.options->keep_arrays || cn_prop_is(prop, CN_KW_GRAPH) || cn_prop_is(prop, CN_KW_SET) ||
           (prop.def && (prop.def->container & (CN_CONTAINER_LIST | CN_CONTAINER_SET)));
}

static bool compact_array(cn_compaction *c, const cn_ctx *ctx, cn_prop prop, const cn_json *array,
                          const cn_json **out) {
    cn_json *result = cn_json_array(c->ld.a);
    if (!result) return cn_ld_memory(&c->ld);
    for (size_t i = 0; i < array->array.n; i++) {
        const cn_json *item;
        if (!cn_ld_compact(c, ctx, prop, array->array.v[i], &item)) return false;
        if (item->type == CN_JSON_NULL) continue;
        if (!cn_json_push(c->ld.a, result, item)) return cn_ld_memory(&c->ld);
    }
    *out = keeps_array(c, prop, result->array.n) ? result : result->array.v[0];
    return true;
}

/* ---- 12.1 to 12.6: keywords ---- */

/* Sets a member under the alias of a keyword. */
static bool set_alias(cn_compacting *o, cn_kw kw, const cn_json *value) {
    cn_slice alias;
    if (!cn_ld_alias(o->c, o->ctx, kw, &alias)) return false;
    return cn_json_set(o->c->ld.a, o->result, alias, value) || cn_ld_memory(&o->c->ld);
}

/* 12.1 */
static bool on_id(cn_compacting *o, const cn_json *value) {
    cn_slice id;
    if (value->type != CN_JSON_STRING) return set_alias(o, CN_KW_ID, value);
    if (!cn_ld_compact_iri(o->c, o->ctx, value->string, NULL, 0, &id)) return false;
    return set_alias(o, CN_KW_ID, cn_json_string(o->c->ld.a, id));
}

/* 11 and 12.2: the types, by the names they have in a context. */
static bool compact_types(cn_compacting *o, const cn_ctx *ctx, const cn_json *types, cn_json **out) {
    cn_json *array = cn_json_array(o->c->ld.a);
    if (!array) return cn_ld_memory(&o->c->ld);
    for (size_t i = 0; i < cn_json_many(types); i++) {
        const cn_json *type = cn_json_one(types, i);
        cn_slice term;
        if (type->type == CN_JSON_STRING) {
            if (!cn_ld_compact_iri(o->c, ctx, type->string, NULL, CN_COMPACT_VOCAB, &term)) return false;
            type = cn_json_string(o->c->ld.a, term);
        }
        if (!type || !cn_json_push(o->c->ld.a, array, type)) return cn_ld_memory(&o->c->ld);
    }
    *out = array;
    return true;
}

/* 12.2 */
static bool on_type(cn_compacting *o, const cn_json *value) {
    cn_ld *ld = &o->c->ld;
    cn_json *types;
    cn_slice alias;
    if (!compact_types(o, o->type_ctx, value, &types) || !cn_ld_alias(o->c, o->ctx, CN_KW_TYPE, &alias))
        return false;
    const cn_term_def *def = cn_ctx_term(o->ctx, alias);
    bool set = !ld->options->mode_1_0 && def && (def->container & CN_CONTAINER_SET);
    return cn_ld_add_value(ld, o->result, alias, types, set || ld->options->keep_arrays);
}

/* 12.3 */
static bool on_reverse(cn_compacting *o, const cn_json *value) {
    cn_ld *ld = &o->c->ld;
    const cn_json *map;
    cn_json *rest = cn_json_object(ld->a);
    if (!rest) return cn_ld_memory(ld);
    if (!cn_ld_compact(o->c, o->ctx, cn_ld_prop(o->ctx, cn_kw_text(CN_KW_REVERSE)), value, &map)) return false;
    for (size_t i = 0; i < cn_json_count(map); i++) {
        const cn_json_member *m = &map->object.v[i];
        const cn_term_def *def = cn_ctx_term(o->ctx, m->key);
        if (!def || !def->reverse) {
            if (!cn_json_set(ld->a, rest, m->key, m->value)) return cn_ld_memory(ld);
            continue;
        }
        bool as_array = (def->container & CN_CONTAINER_SET) || ld->options->keep_arrays;
        if (!cn_ld_add_value(ld, o->result, m->key, m->value, as_array)) return false;
    }
    return cn_json_count(rest) == 0 || set_alias(o, CN_KW_REVERSE, rest);
}

/* Whether the @index of what stands under the property is a key of its map. Where a property is indexed by another
 * one, or what is indexed is a graph, it is not, and stays; 12.5 would drop it. */
static bool is_index_map(cn_prop prop) {
    if (!prop.def || !(prop.def->container & CN_CONTAINER_INDEX)) return false;
    if (prop.def->container & CN_CONTAINER_GRAPH) return false;
    return !prop.def->index.n || cn_kw_of(prop.def->index) == CN_KW_INDEX;
}

/* 12.5, 12.6. What else 12.6 names stands in value objects only. */
static bool on_index(cn_compacting *o, const cn_json *value) {
    if (is_index_map(o->prop)) return true;
    return set_alias(o, CN_KW_INDEX, value);
}

typedef bool keyword_fn(cn_compacting *o, const cn_json *value);

static keyword_fn *const keywords[CN_KW_COUNT] = {
    [CN_KW_ID] = on_id,
    [CN_KW_TYPE] = on_type,
    [CN_KW_REVERSE] = on_reverse,
    [CN_KW_INDEX] = on_index,
};

/* ---- 5 to 11: which context ---- */

static int by_text(const void *x, const void *y) {
    return cn_slice_cmp(cn_json_text(*(const cn_json *const *)x), cn_json_text(*(const cn_json *const *)y));
}

static const cn_path here = {.key = CN_S_INIT("context")};

/* 11 */
static bool enter_types(cn_compacting *o) {
    const cn_json *types = cn_kw_get(o->element, CN_KW_TYPE);
    cn_json *terms;
    if (!types) return true;
    if (!compact_types(o, o->ctx, types, &terms)) return false;
    if (terms->array.n > 1) qsort(terms->array.v, terms->array.n, sizeof *terms->array.v, by_text);
    for (size_t i = 0; i < terms->array.n; i++) {
        const cn_term_def *def = cn_ctx_term(o->type_ctx, cn_json_text(terms->array.v[i]));
        if (def && def->context && !cn_ld_enter_scope(&o->c->ld, o->ctx, def, false, &here, &o->ctx)) return false;
    }
    return true;
}

/* 5 and 6. The property's definition is that of the context in which it was chosen. */
static bool enter_property(cn_compacting *o) {
    const cn_json *e = o->element;
    bool reference = cn_json_count(e) == 1 && cn_kw_get(e, CN_KW_ID);
    if (o->ctx->previous && !cn_ld_is_value(e) && !reference) o->ctx = o->ctx->previous;
    if (o->prop.def && o->prop.def->context &&
        !cn_ld_enter_scope(&o->c->ld, o->ctx, o->prop.def, true, &here, &o->ctx))
        return false;
    o->prop = cn_ld_prop(o->ctx, o->prop.key);
    o->type_ctx = o->ctx;
    return true;
}

/* 7, and for value objects all of 12: their @type is no array, whatever the context says of the types of nodes.
 * *out stays NULL for what is compacted member by member. */
static bool compact_as_value(cn_compacting *o, const cn_json **out) {
    const cn_json *e = o->element, *result;
    bool json = o->prop.def && o->prop.def->type_kw == CN_KW_JSON, value = cn_ld_is_value(e);
    bool reference = cn_kw_get(e, CN_KW_ID) && cn_json_count(e) <= 2;
    *out = NULL;
    if (!value && !reference && !(json && cn_kw_get(e, CN_KW_ID))) return true;
    if (value && is_index_map(o->prop)) { /* 12.5 */
        e = cn_json_without(o->c->ld.a, e, cn_kw_text(CN_KW_INDEX));
        if (!e) return cn_ld_memory(&o->c->ld);
    }
    if (!cn_ld_compact_value(o->c, o->ctx, o->prop, e, &result)) return false;
    if (value || json || result->type != CN_JSON_OBJECT) *out = result;
    return true;
}

static bool compact_object(cn_compacting *o, const cn_json **out) {
    cn_ld *ld = &o->c->ld;
    const cn_json_member *members;
    if (!enter_property(o) || !compact_as_value(o, out)) return false;
    if (*out) return true;
    const cn_json *list = cn_kw_get(o->element, CN_KW_LIST);
    if (list && o->prop.def && (o->prop.def->container & CN_CONTAINER_LIST)) /* 8 */
        return cn_ld_compact(o->c, o->ctx, o->prop, list, out);
    if (!(o->result = cn_json_object(ld->a))) return cn_ld_memory(ld); /* 10 */
    if (!enter_types(o) || !cn_ld_members(ld, o->element, &members)) return false;
    for (size_t i = 0; i < o->element->object.n; i++) { /* 12 */
        keyword_fn *keyword = keywords[cn_kw_of(members[i].key)];
        if (keyword ? !keyword(o, members[i].value) : !cn_ld_compact_property(o, members[i].key, members[i].value))
            return false;
    }
    *out = o->result;
    return true;
}

bool cn_ld_compact(cn_compaction *c, const cn_ctx *ctx, cn_prop prop, const cn_json *element,
                   const cn_json **out) {
    if (element->type != CN_JSON_ARRAY && element->type != CN_JSON_OBJECT) { /* 2 */
        *out = element;
        return true;
    }
    if (!cn_ld_enter(&c->ld, NULL)) return false;
    cn_compacting o = {.c = c, .ctx = ctx, .type_ctx = ctx, .prop = prop, .element = element}; /* 1 */
    bool ok = element->type == CN_JSON_ARRAY ? compact_array(c, ctx, prop, element, out) : compact_object(&o, out);
    c->ld.depth--;
    return ok;
}

/* ---- compact() of 9.1 ---- */

/* 5 to 8. Where IRIs stay absolute, there is no base but one that the context names. */
static bool start_context(cn_compaction *c, const cn_json *context, const cn_ctx **ctx) {
    cn_ld *ld = &c->ld;
    cn_process how = {.base = ld->base, .at = &here};
    if (ld->options->keep_absolute) ld->base = (cn_slice){0};
    if (!cn_ld_initial(ld, ctx)) return false;
    return !context || cn_ld_process(ld, *ctx, context, &how, ctx);
}

/* 9.1 to 9.3: an object, the context first. One that says nothing is left out. */
static bool finish(cn_compaction *c, const cn_ctx *ctx, const cn_json *context, const cn_json *compacted,
                   const cn_json **out) {
    cn_ld *ld = &c->ld;
    cn_json *result = cn_json_object(ld->a);
    bool nothing = !context || context->type == CN_JSON_NULL ||
                   (context->type != CN_JSON_STRING && cn_json_count(context) == 0);
    if (!nothing && !cn_ld_set(ld, result, CN_KW_CONTEXT, context)) return false;
    if (cn_json_is(compacted, CN_JSON_ARRAY) && compacted->array.n > 0) {
        cn_slice alias;
        if (!cn_ld_alias(c, ctx, CN_KW_GRAPH, &alias)) return false;
        if (!result || !cn_json_set(ld->a, result, alias, compacted)) return cn_ld_memory(ld);
    }
    for (size_t i = 0; cn_json_is(compacted, CN_JSON_OBJECT) && i < compacted->object.n; i++)
        if (!result || !cn_json_set(ld->a, result, compacted->object.v[i].key, compacted->object.v[i].value))
            return cn_ld_memory(ld);
    *out = result;
    return result || cn_ld_memory(ld);
}

/* What expansion made may be nested several times as deep as the input (property, graph and index containers). */
bool cn_ld_compact_expanded(cn_arena *a, const cn_json *expanded, const cn_json *context,
                            const cn_jsonld_options *options, const cn_json **out, cn_err *err) {
    cn_compaction c = {0};
    const cn_ctx *ctx;
    const cn_json *inner = cn_kw_get(context, CN_KW_CONTEXT), *compacted;
    if (inner) context = inner;
    cn_ld_start(&c.ld, a, options, err);
    c.ld.max_depth *= 4;
    return start_context(&c, context, &ctx) && cn_ld_compact(&c, ctx, (cn_prop){0}, expanded, &compacted) &&
           finish(&c, ctx, context, compacted, out);
}

bool cn_jsonld_compact(cn_arena *a, const cn_json *input, const cn_json *context, const cn_jsonld_options *options,
                       const cn_json **out, cn_err *err) {
    cn_jsonld_options given = options ? *options : (cn_jsonld_options){0}, unordered = given;
    const cn_json *expanded;
    unordered.ordered = false;
    return cn_jsonld_expand(a, input, &unordered, &expanded, err) &&
           cn_ld_compact_expanded(a, expanded, context, &given, out, err);
}
