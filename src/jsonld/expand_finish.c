/* SPDX-License-Identifier: Apache-2.0
 *
 * The end of expanding an object: JSON-LD 1.1 Processing Algorithms and API,
 * 5.1.2, steps 15 to 19: value objects are checked, sets opened, and what says nothing is
 * dropped (in safe mode: refused).
 */
#include "jsonld/internal.h"

#include "base/base.h"

static bool drop(cn_ld *ld, const cn_path *at, const char *what, cn_json **result) {
    *result = NULL;
    if (!ld->options->safe) return true;
    return cn_ld_fail(ld, at, "jsonld.dropped-value", "%s would be dropped.", what);
}

/* 15 */
static bool finish_value(cn_ld *ld, const cn_path *at, cn_json **result) {
    const cn_json *r = *result, *value = cn_kw_get(r, CN_KW_VALUE), *type = cn_kw_get(r, CN_KW_TYPE);
    bool language = cn_kw_get(r, CN_KW_LANGUAGE) != NULL, direction = cn_kw_get(r, CN_KW_DIRECTION) != NULL;
    size_t allowed = 1u + (type != NULL) + language + direction + (cn_kw_get(r, CN_KW_INDEX) != NULL);
    if (cn_json_count(r) != allowed || (type && (language || direction))) /* 15.1 */
        return cn_ld_fail(ld, at, "jsonld.invalid-value-object",
                          "A @value can only have @index and either @type or @language and @direction beside it.");
    if (cn_json_is_string(type, cn_kw_text(CN_KW_JSON))) return true;              /* 15.2 */
    if (value->type == CN_JSON_NULL) return drop(ld, at, "A null @value", result); /* 15.3 */
    if (language && value->type != CN_JSON_STRING)                                 /* 15.4 */
        return cn_ld_fail(ld, at, "jsonld.invalid-language-tagged-value", "Only a string can have a @language.");
    if (type &&
        (type->type != CN_JSON_STRING || cn_uri_blank(type->string) || !cn_uri_absolute(type->string))) /* 15.5 */
        return cn_ld_fail(ld, at, "jsonld.invalid-typed-value", "The @type of a value is no IRI.");
    return true;
}

/* 17 */
static bool finish_set(cn_ld *ld, const cn_path *at, cn_json **result) {
    const cn_json *r = *result, *set = cn_kw_get(r, CN_KW_SET);
    if (cn_json_count(r) != 1u + (cn_kw_get(r, CN_KW_INDEX) != NULL)) /* 17.1 */
        return cn_ld_fail(ld, at, "jsonld.invalid-set-or-list-object",
                          "A @set or @list can only have @index beside it.");
    if (set) *result = cn_ld_own(set); /* 17.2 */
    return true;
}

/* 19 */
static bool drop_top(cn_ld *ld, const cn_path *at, cn_json **result) {
    const cn_json *r = *result;
    if (cn_json_count(r) == 0) return drop(ld, at, "An empty object", result);
    if (cn_ld_is_value(r)) return drop(ld, at, "A value that belongs to no property", result);
    if (cn_ld_is_list(r)) return drop(ld, at, "A list that belongs to no property", result);
    if (cn_json_count(r) == 1 && cn_kw_get(r, CN_KW_ID)) return drop(ld, at, "An object with only @id", result);
    return true;
}

bool cn_ld_finish_object(cn_ld *ld, cn_prop prop, const cn_path *at, cn_json **result) {
    const cn_json *type = cn_kw_get(*result, CN_KW_TYPE);
    if (cn_ld_is_value(*result)) {
        if (!finish_value(ld, at, result)) return false;
    } else if (type && type->type != CN_JSON_ARRAY) { /* 16 */
        cn_json *array;
        if (!cn_ld_array(ld, cn_ld_own(type), &array) || !cn_ld_set(ld, *result, CN_KW_TYPE, array)) return false;
    } else if (cn_kw_get(*result, CN_KW_SET) || cn_ld_is_list(*result)) {
        if (!finish_set(ld, at, result)) return false;
    }
    if (!cn_json_is(*result, CN_JSON_OBJECT)) return true;
    if (cn_json_count(*result) == 1 && cn_kw_get(*result, CN_KW_LANGUAGE)) /* 18 */
        return drop(ld, at, "An object with only @language", result);
    return !cn_prop_top(prop) || drop_top(ld, at, result); /* 19 */
}

bool cn_ld_to_graph(cn_ld *ld, cn_json *item, const cn_path *at, cn_json **out) {
    cn_json *graph = cn_json_object(ld->a), *items;
    /* A graph of this would be empty. The specification keeps it; safe mode cannot. */
    cn_json *checked = item;
    if (ld->options->safe && item->type == CN_JSON_OBJECT && !drop_top(ld, at, &checked)) return false;
    if (!cn_ld_array(ld, item, &items) || !cn_ld_set(ld, graph, CN_KW_GRAPH, items)) return false;
    *out = graph;
    return true;
}
