/* SPDX-License-Identifier: Apache-2.0
 *
 * Value expansion: JSON-LD 1.1 Processing Algorithms and API, 5.3.
 */
#include "jsonld/internal.h"

#include "base/base.h"

bool cn_ld_language(cn_ld *ld, cn_slice tag, const cn_path *at, cn_slice *out) {
    if (ld->options->safe && !cn_language_well_formed(tag))
        return cn_ld_fail(ld, at, "jsonld.dropped-language", "\"%.*s\" is no language tag.", CN_ARG(tag));
    char *p = cn_arena_alloc(ld->a, tag.n + 1);
    if (!p) return cn_ld_memory(ld);
    for (size_t i = 0; i < tag.n; i++) {
        char c = tag.p[i];
        p[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    *out = (cn_slice){p, tag.n};
    return true;
}

/* 5.3.2, 1 and 2 */
static bool reference(cn_ld *ld, const cn_ctx *ctx, cn_slice value, unsigned how, const cn_path *at,
                      cn_json **out) {
    cn_iri iri;
    if (!cn_ld_expand_iri(ld, ctx, value, how, NULL, &iri)) return false;
    if (ld->options->safe && !cn_iri_absolute(&iri))
        return cn_ld_fail(ld, at, "jsonld.dropped-id", "The reference \"%.*s\" is no absolute IRI.",
                          CN_ARG(value));
    *out = cn_json_object(ld->a);
    if (iri.null) return cn_ld_set(ld, *out, CN_KW_ID, cn_json_null());
    return cn_ld_set_text(ld, *out, CN_KW_ID, iri.text);
}

static bool set_direction(cn_ld *ld, const cn_ctx *ctx, const cn_term_def *def, cn_json *object) {
    cn_dir dir = def && def->direction ? def->direction : ctx->direction;
    if (dir == CN_DIR_LTR) return cn_ld_set_text(ld, object, CN_KW_DIRECTION, CN_S("ltr"));
    if (dir == CN_DIR_RTL) return cn_ld_set_text(ld, object, CN_KW_DIRECTION, CN_S("rtl"));
    return true;
}

bool cn_ld_expand_value(cn_ld *ld, const cn_ctx *ctx, cn_prop prop, const cn_json *value, const cn_path *at,
                        cn_json **out) {
    const cn_term_def *def = prop.def;
    cn_kw type = def ? def->type_kw : CN_KW_NO;
    bool string = value->type == CN_JSON_STRING;
    if (string && type == CN_KW_ID) return reference(ld, ctx, value->string, CN_IRI_DOCUMENT, at, out); /* 1 */
    if (string && type == CN_KW_VOCAB)                                                                  /* 2 */
        return reference(ld, ctx, value->string, CN_IRI_DOCUMENT | CN_IRI_VOCAB, at, out);
    cn_json *result = cn_json_object(ld->a); /* 3 */
    if (!cn_ld_set(ld, result, CN_KW_VALUE, value)) return false;
    *out = result;
    if (def && def->type.n && type != CN_KW_ID && type != CN_KW_VOCAB && type != CN_KW_NONE) /* 4 */
        return cn_ld_set_text(ld, result, CN_KW_TYPE, def->type);
    if (!string) return true;
    cn_slice language = def && def->has_language ? def->language : ctx->language; /* 5 */
    if (language.n && !cn_ld_set_text(ld, result, CN_KW_LANGUAGE, language)) return false;
    return set_direction(ld, ctx, def, result);
}
