/* SPDX-License-Identifier: Apache-2.0
 *
 * Expansion: JSON-LD 1.1 Processing Algorithms and API, 5.1, steps 1 to 5, and
 * expand() of 9.1. Objects are the matter of expand_object.c.
 */
#include "jsonld/internal.h"

#include "base/base.h"

cn_prop cn_ld_prop(const cn_ctx *ctx, cn_slice key) {
    return (cn_prop){key, key.p ? cn_ctx_term(ctx, key) : NULL};
}

bool cn_prop_is(cn_prop prop, cn_kw kw) {
    return prop.key.p && cn_slice_eq(prop.key, cn_kw_text(kw));
}

bool cn_prop_top(cn_prop prop) {
    return !prop.key.p || cn_prop_is(prop, CN_KW_GRAPH) || (prop.def && prop.def->kw == CN_KW_GRAPH);
}

/* 5.1.2, 4 */
static bool expand_scalar(cn_ld *ld, const cn_ctx *ctx, cn_prop prop, const cn_json *value, const cn_path *at,
                          cn_json **out) {
    if (cn_prop_top(prop)) { /* 4.1 */
        *out = NULL;
        if (!ld->options->safe) return true;
        return cn_ld_fail(ld, at, "jsonld.dropped-value", "A value that belongs to no property would be dropped.");
    }
    if (prop.def && prop.def->context) { /* 4.2 */
        if (!cn_ld_enter_scope(ld, ctx, prop.def, true, at, &ctx)) return false;
        prop = cn_ld_prop(ctx, prop.key);
    }
    return cn_ld_expand_value(ld, ctx, prop, value, at, out); /* 4.3 */
}

/* 5.1.2, 5 */
static bool expand_array(cn_ld *ld, const cn_ctx *ctx, cn_prop prop, const cn_json *array, bool from_map,
                         const cn_path *up, cn_json **out) {
    cn_json *result = cn_json_array(ld->a), *item;
    if (!result) return cn_ld_memory(ld);
    bool list = prop.def && (prop.def->container & CN_CONTAINER_LIST);
    for (size_t i = 0; i < array->array.n; i++) {
        cn_path at = {.up = up, .index = i};
        if (!cn_ld_expand(ld, ctx, prop, array->array.v[i], from_map, &at, &item)) return false; /* 5.2.1 */
        if (list && cn_json_is(item, CN_JSON_ARRAY)) {                                           /* 5.2.2 */
            cn_json *wrapped = cn_json_object(ld->a);
            if (!cn_ld_set(ld, wrapped, CN_KW_LIST, item)) return false;
            item = wrapped;
        }
        for (size_t k = 0, n = cn_json_many(item); k < n; k++) /* 5.2.3 */
            if (!cn_json_push(ld->a, result, cn_json_one(item, k))) return cn_ld_memory(ld);
    }
    *out = result;
    return true;
}

bool cn_ld_expand(cn_ld *ld, const cn_ctx *ctx, cn_prop prop, const cn_json *element, bool from_map,
                  const cn_path *at, cn_json **out) {
    *out = NULL;
    if (element->type == CN_JSON_NULL) return true; /* 1 */
    if (element->type != CN_JSON_ARRAY && element->type != CN_JSON_OBJECT)
        return expand_scalar(ld, ctx, prop, element, at, out);
    if (!cn_ld_enter(ld, at)) return false;
    bool ok = element->type == CN_JSON_ARRAY ? expand_array(ld, ctx, prop, element, from_map, at, out)
                                             : cn_ld_expand_object(ld, ctx, prop, element, from_map, at, out);
    ld->depth--;
    return ok;
}

/* 9.1, expand(), 5 and 6 */
static bool start_context(cn_ld *ld, const cn_ctx **ctx) {
    if (!cn_ld_initial(ld, ctx)) return false;
    const cn_json *extra = ld->options->expand_context;
    if (!extra) return true;
    const cn_json *inner = cn_kw_get(extra, CN_KW_CONTEXT);
    cn_path root = {.key = CN_S("expandContext")};
    return cn_ld_process(ld, *ctx, inner ? inner : extra, &(cn_process){.base = ld->base, .at = &root}, ctx);
}

bool cn_jsonld_expand(cn_arena *a, const cn_json *input, const cn_jsonld_options *options, const cn_json **out,
                      cn_err *err) {
    static const cn_jsonld_options defaults;
    cn_ld ld;
    cn_ld_start(&ld, a, options ? options : &defaults, err);
    const cn_ctx *ctx;
    cn_path root = {.key = CN_S("")};
    cn_json *result;
    if (!start_context(&ld, &ctx)) return false;
    if (!cn_ld_expand(&ld, ctx, (cn_prop){0}, input, false, &root, &result)) return false; /* 7 */
    if (cn_json_count(result) == 1 && cn_kw_get(result, CN_KW_GRAPH))                      /* 8.1 */
        result = cn_ld_own(cn_kw_get(result, CN_KW_GRAPH));
    if (!cn_ld_array(&ld, result, &result)) return false; /* 8.2, 8.3 */
    *out = result;
    return true;
}
