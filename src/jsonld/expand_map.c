/* SPDX-License-Identifier: Apache-2.0
 *
 * Expansion of maps whose keys are data: language maps (JSON-LD 1.1 Processing
 * Algorithms and API, 5.1.2, 13.7) and index, id and type maps (13.8).
 */
#include "jsonld/internal.h"

#include "base/base.h"

/* 13.7.4.2.4 to 6 */
static bool language_value(cn_ld *ld, const cn_ctx *ctx, cn_prop prop, cn_slice tag, const cn_json *text,
                           const cn_path *at, cn_json **out) {
    cn_json *v = *out = cn_json_object(ld->a);
    if (!cn_ld_set(ld, v, CN_KW_VALUE, text)) return false;
    cn_iri iri;
    if (!cn_ld_expand_iri(ld, ctx, tag, CN_IRI_VOCAB, NULL, &iri)) return false;
    if (iri.kw != CN_KW_NONE) {
        if (!cn_ld_language(ld, tag, at, &tag)) return false;
        if (!cn_ld_set_text(ld, v, CN_KW_LANGUAGE, tag)) return false;
    }
    cn_dir dir = prop.def->direction ? prop.def->direction : ctx->direction; /* 13.7.2, 13.7.3 */
    if (dir != CN_DIR_LTR && dir != CN_DIR_RTL) return true;
    return cn_ld_set_text(ld, v, CN_KW_DIRECTION, dir == CN_DIR_LTR ? CN_S("ltr") : CN_S("rtl"));
}

bool cn_ld_expand_language_map(cn_ld *ld, const cn_ctx *ctx, cn_prop prop, const cn_json *map, const cn_path *up,
                               cn_json **out) {
    const cn_json_member *m;
    cn_json *result = cn_json_array(ld->a), *v;
    if (!result) return cn_ld_memory(ld);
    if (!cn_ld_members(ld, map, &m)) return false;
    for (size_t i = 0; i < map->object.n; i++) { /* 13.7.4 */
        cn_path at = {.up = up, .key = m[i].key};
        for (size_t k = 0, n = cn_json_many(m[i].value); k < n; k++) {
            const cn_json *text = cn_json_one(m[i].value, k);
            if (text->type == CN_JSON_NULL) continue;
            if (text->type != CN_JSON_STRING)
                return cn_ld_fail(ld, &at, "jsonld.invalid-language-map-value",
                                  "A value of a language map is no string.");
            if (!language_value(ld, ctx, prop, m[i].key, text, &at, &v)) return false;
            if (!cn_json_push(ld->a, result, v)) return cn_ld_memory(ld);
        }
    }
    *out = result;
    return true;
}

/* One key of an index map. */
typedef struct entry {
    cn_ld *ld;
    const cn_ctx *ctx;
    cn_prop prop;
    cn_slice key;
    cn_iri iri; /* the key, expanded */
    const cn_path *at;
} entry;

/* The items that stand under a key: the new one, then those that were there. */
static bool prepend(cn_ld *ld, cn_json *object, cn_slice key, const cn_json *first) {
    const cn_json *old = cn_json_get(object, key);
    cn_json *array = cn_json_array(ld->a);
    if (!array || !first || !cn_json_push(ld->a, array, first)) return cn_ld_memory(ld);
    for (size_t i = 0, n = cn_json_many(old); i < n; i++)
        if (!cn_json_push(ld->a, array, cn_json_one(old, i))) return cn_ld_memory(ld);
    return cn_json_set(ld->a, object, key, array) || cn_ld_memory(ld);
}

/* 13.8.3.7.2: the index is the value of a property. */
static bool add_property(entry *e, cn_json *item) {
    const cn_json *kept = cn_json_string(e->ld->a, e->key);
    cn_iri property;
    cn_json *value;
    if (!kept) return cn_ld_memory(e->ld);
    cn_prop index = cn_ld_prop(e->ctx, e->prop.def->index);
    if (!cn_ld_expand_value(e->ld, e->ctx, index, kept, e->at, &value)) return false;
    if (!cn_ld_expand_iri(e->ld, e->ctx, e->prop.def->index, CN_IRI_VOCAB, NULL, &property)) return false;
    if (property.null || property.kw || !cn_uri_absolute(property.text)) {
        if (!e->ld->options->safe) return true;
        return cn_ld_fail(e->ld, e->at, "jsonld.dropped-property",
                          "The index property \"%.*s\" has no meaning here.", CN_ARG(e->prop.def->index));
    }
    if (cn_ld_is_value(item)) /* 13.8.3.7.2.6 */
        return cn_ld_fail(e->ld, e->at, "jsonld.invalid-value-object",
                          "A value that is no node cannot carry the property it is indexed by.");
    return prepend(e->ld, item, property.text, value);
}

/* 13.8.3.7.4 */
static bool add_id(entry *e, cn_json *item) {
    if (cn_kw_get(item, CN_KW_ID)) return true;
    cn_iri id;
    if (!cn_ld_expand_iri(e->ld, e->ctx, e->key, CN_IRI_DOCUMENT, NULL, &id)) return false;
    if (e->ld->options->safe && (id.null || !cn_uri_absolute(id.text)))
        return cn_ld_fail(e->ld, e->at, "jsonld.dropped-id", "\"%.*s\" is no absolute IRI.", CN_ARG(e->key));
    if (id.null) return cn_ld_set(e->ld, item, CN_KW_ID, cn_json_null());
    return cn_ld_set_text(e->ld, item, CN_KW_ID, id.text);
}

/* 13.8.3.7.5 */
static bool add_type(entry *e, cn_json *item) {
    if (e->ld->options->safe && (e->iri.null || !cn_uri_absolute(e->iri.text)))
        return cn_ld_fail(e->ld, e->at, "jsonld.dropped-type", "The type \"%.*s\" is no absolute IRI.",
                          CN_ARG(e->key));
    if (e->iri.null) return true;
    return prepend(e->ld, item, cn_kw_text(CN_KW_TYPE), cn_json_string(e->ld->a, e->iri.text));
}

/* 13.8.3.7 */
static bool index_item(entry *e, cn_json *item, cn_json **out) {
    cn_ld *ld = e->ld;
    unsigned container = e->prop.def->container;
    if ((container & CN_CONTAINER_GRAPH) && !cn_ld_is_graph(item)) { /* .1 */
        if (!cn_ld_to_graph(ld, item, e->at, &item)) return false;
    }
    *out = item;
    if (e->iri.kw == CN_KW_NONE || item->type != CN_JSON_OBJECT) return true;
    if (container & CN_CONTAINER_INDEX) {
        if (e->prop.def->index.n && cn_kw_of(e->prop.def->index) != CN_KW_INDEX) return add_property(e, item);
        if (cn_kw_get(item, CN_KW_INDEX)) return true;
        return cn_ld_set_text(ld, item, CN_KW_INDEX, e->key); /* .3 */
    }
    if (!cn_ld_is_node(item)) /* the text goes on, and makes what it would itself refuse in 15.1 and 17.1 */
        return cn_ld_fail(
            ld, e->at, cn_ld_is_value(item) ? "jsonld.invalid-value-object" : "jsonld.invalid-set-or-list-object",
            "What a map holds by @id or @type is no node.");
    if (container & CN_CONTAINER_ID) return add_id(e, item);
    return add_type(e, item);
}

/* 13.8.3.1 to 3 */
static bool map_context(entry *e, const cn_ctx **out) {
    const cn_ctx *ctx = e->ctx;
    *out = ctx;
    if (!(e->prop.def->container & (CN_CONTAINER_ID | CN_CONTAINER_TYPE))) return true;
    if (ctx->previous) *out = ctx = ctx->previous;
    if (!(e->prop.def->container & CN_CONTAINER_TYPE)) return true;
    const cn_term_def *def = cn_ctx_term(ctx, e->key);
    if (!def || !def->context) return true;
    return cn_ld_enter_scope(e->ld, ctx, def, false, e->at, out);
}

bool cn_ld_expand_index_map(cn_ld *ld, const cn_ctx *ctx, cn_prop prop, const cn_json *map, const cn_path *up,
                            cn_json **out) {
    const cn_json_member *m;
    cn_json *result = cn_json_array(ld->a), *items;
    if (!result) return cn_ld_memory(ld);
    if (!cn_ld_members(ld, map, &m)) return false;
    for (size_t i = 0; i < map->object.n; i++) {
        cn_path at = {.up = up, .key = m[i].key};
        entry e = {.ld = ld, .ctx = ctx, .prop = prop, .key = m[i].key, .at = &at};
        const cn_ctx *inside;
        if (!map_context(&e, &inside)) return false;
        if (!cn_ld_expand_iri(ld, ctx, e.key, CN_IRI_VOCAB, NULL, &e.iri)) return false;            /* .4 */
        if (!cn_ld_expand(ld, inside, cn_ld_prop(inside, prop.key), m[i].value, true, &at, &items)) /* .5, .6 */
            return false;
        for (size_t k = 0, n = items ? cn_json_many(items) : 0; k < n; k++) {
            cn_json *item;
            if (!index_item(&e, cn_ld_own(cn_json_one(items, k)), &item)) return false;
            if (!cn_json_push(ld->a, result, item)) return cn_ld_memory(ld);
        }
    }
    *out = result;
    return true;
}
