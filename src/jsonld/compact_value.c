/* SPDX-License-Identifier: Apache-2.0
 *
 * Value compaction: JSON-LD 1.1 Processing Algorithms and API, 6.3.
 */
#include "jsonld/compact.h"

#include "base/base.h"

/* 6: an object of @id and at most @index */
static bool is_reference(const cn_json *v) {
    return cn_kw_get(v, CN_KW_ID) && cn_json_count(v) == 1u + (cn_kw_get(v, CN_KW_INDEX) != NULL);
}

static bool reference(cn_compaction *c, const cn_ctx *ctx, cn_prop prop, const cn_json *value,
                      const cn_json **out) {
    cn_kw type = prop.def ? prop.def->type_kw : CN_KW_NO;
    const cn_json *id = cn_kw_get(value, CN_KW_ID);
    cn_slice text;
    if ((type != CN_KW_ID && type != CN_KW_VOCAB) || id->type != CN_JSON_STRING) return true;
    unsigned how = type == CN_KW_VOCAB ? CN_COMPACT_VOCAB : 0;
    if (!cn_ld_compact_iri(c, ctx, id->string, NULL, how, &text)) return false;
    *out = cn_json_string(c->ld.a, text);
    return *out || cn_ld_memory(&c->ld);
}

static cn_slice direction_of(const cn_ctx *ctx, const cn_term_def *def) {
    cn_dir dir = def && def->direction ? def->direction : ctx->direction; /* 5 */
    if (dir == CN_DIR_LTR) return CN_S("ltr");
    return dir == CN_DIR_RTL ? CN_S("rtl") : (cn_slice){0};
}

/* 7 to 10: whether the value of @value says it all */
static bool is_plain(const cn_ctx *ctx, const cn_term_def *def, const cn_json *value) {
    const cn_json *type = cn_kw_get(value, CN_KW_TYPE), *inner = cn_kw_get(value, CN_KW_VALUE);
    if (type && def && def->type.n && cn_json_is_string(type, def->type)) return true; /* 7 */
    if (type || (def && def->type_kw == CN_KW_NONE)) return false;                     /* 8 */
    if (cn_kw_get(value, CN_KW_INDEX) && !(def && (def->container & CN_CONTAINER_INDEX))) return false;
    if (inner->type != CN_JSON_STRING) return true;                                        /* 9 */
    cn_slice language = def && def->has_language ? def->language : ctx->language;          /* 4 */
    return cn_slice_eq_nocase(cn_json_text(cn_kw_get(value, CN_KW_LANGUAGE)), language) && /* 10 */
           cn_slice_eq(cn_json_text(cn_kw_get(value, CN_KW_DIRECTION)), direction_of(ctx, def));
}

/* 8.1 and 11: the same, by the names of the context */
static bool rename_members(cn_compaction *c, const cn_ctx *ctx, const cn_json *value, const cn_json **out) {
    cn_json *result = cn_json_object(c->ld.a);
    if (!result) return cn_ld_memory(&c->ld);
    for (size_t i = 0; i < value->object.n; i++) {
        cn_slice key = value->object.v[i].key, type;
        const cn_json *v = value->object.v[i].value;
        if (cn_kw_of(key) == CN_KW_TYPE && v->type == CN_JSON_STRING) {
            if (!cn_ld_compact_iri(c, ctx, v->string, NULL, CN_COMPACT_VOCAB, &type)) return false;
            if (!(v = cn_json_string(c->ld.a, type))) return cn_ld_memory(&c->ld);
        }
        if (!cn_ld_compact_iri(c, ctx, key, NULL, CN_COMPACT_VOCAB, &key)) return false;
        if (!cn_json_set(c->ld.a, result, key, v)) return cn_ld_memory(&c->ld);
    }
    *out = result;
    return true;
}

bool cn_ld_compact_value(cn_compaction *c, const cn_ctx *ctx, cn_prop prop, const cn_json *value,
                         const cn_json **out) {
    *out = value;
    if (is_reference(value)) {
        if (!reference(c, ctx, prop, value, out)) return false;
    } else if (cn_ld_is_value(value) && is_plain(ctx, prop.def, value)) {
        *out = cn_kw_get(value, CN_KW_VALUE);
        return true; /* a JSON literal keeps its names */
    }
    return (*out)->type != CN_JSON_OBJECT || rename_members(c, ctx, *out, out);
}
