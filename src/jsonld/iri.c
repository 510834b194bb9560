/* SPDX-License-Identifier: Apache-2.0
 *
 * IRI expansion: JSON-LD 1.1 Processing Algorithms and API, 5.2.
 */
#include "jsonld/internal.h"

#include "base/base.h"

static bool give(cn_slice text, const cn_term_def *def, cn_iri *out) {
    *out = (cn_iri){.text = text, .def = def};
    return true;
}

static bool give_term(const cn_term_def *def, cn_iri *out) {
    *out = (cn_iri){.text = def->iri, .kw = def->kw, .null = def->null, .def = def};
    return true;
}

static bool concat(cn_ld *ld, cn_slice x, cn_slice y, const cn_term_def *def, cn_iri *out) {
    char *p = cn_arena_alloc(ld->a, x.n + y.n + 1);
    if (!p) return cn_ld_memory(ld);
    for (size_t i = 0; i < x.n; i++) p[i] = x.p[i];
    for (size_t i = 0; i < y.n; i++) p[x.n + i] = y.p[i];
    return give((cn_slice){p, x.n + y.n}, def, out);
}

/* The definition of a term that stands in the local context and has not been made yet. */
static bool define_first(cn_ld *ld, cn_defining *d, cn_slice term) {
    if (!d || !cn_json_get(d->local, term)) return true;
    return cn_ld_create_term(ld, d, term);
}

/* 5.2.2, 6: *done stays false when the value is no compact IRI and no IRI. */
static bool expand_colon(cn_ld *ld, const cn_ctx *ctx, cn_slice value, cn_defining *defining,
                         const cn_term_def *def, cn_iri *out, bool *done) {
    size_t colon = value.n < 2 ? SIZE_MAX : cn_slice_find_byte(cn_slice_from(value, 1), ':');
    if (colon == SIZE_MAX) return true;
    /* 6.1 */
    cn_slice prefix = cn_slice_sub(value, 0, colon + 1), suffix = cn_slice_from(value, colon + 2);
    *done = true;
    if (cn_slice_eq(prefix, CN_S("_")) || cn_slice_starts(suffix, CN_S("//"))) /* 6.2 */
        return give(value, def, out);
    if (!define_first(ld, defining, prefix)) return false; /* 6.3 */
    const cn_term_def *p = cn_ctx_term(ctx, prefix);
    if (p && !p->null && p->prefix) return concat(ld, p->iri, suffix, def, out); /* 6.4 */
    if (cn_uri_absolute(value)) return give(value, def, out);                    /* 6.5 */
    *done = false;
    return true;
}

cn_kw cn_ld_keyword(const cn_ctx *ctx, cn_slice key) {
    if (key.n && key.p[0] == '@') {
        cn_kw kw = cn_kw_of(key);
        if (kw || cn_kw_like(key)) return kw;
    }
    const cn_term_def *def = cn_ctx_term(ctx, key);
    return def ? def->kw : CN_KW_NO;
}

bool cn_ld_expand_iri(cn_ld *ld, const cn_ctx *ctx, cn_slice value, unsigned how, cn_defining *defining,
                      cn_iri *out) {
    if (value.n && value.p[0] == '@') {
        cn_kw kw = cn_kw_of(value);
        if (kw || cn_kw_like(value)) { /* 1, 2 */
            *out = (cn_iri){.text = kw ? value : (cn_slice){0}, .kw = kw, .null = !kw};
            /* "@type" is the one keyword that can have a definition, for its container. */
            if (kw == CN_KW_TYPE) out->def = cn_ctx_term(ctx, value);
            return true;
        }
    }
    if (!define_first(ld, defining, value)) return false; /* 3 */
    const cn_term_def *def = cn_ctx_term(ctx, value);
    if (def && (def->kw || (how & CN_IRI_VOCAB))) return give_term(def, out); /* 4, 5 */
    bool done = false;
    if (!expand_colon(ld, ctx, value, defining, def, out, &done)) return false; /* 6 */
    if (done) return true;
    if ((how & CN_IRI_VOCAB) && ctx->has_vocab) return concat(ld, ctx->vocab, value, def, out); /* 7 */
    if (how & CN_IRI_DOCUMENT) {                                                                /* 8 */
        if (!cn_uri_resolve(ld->a, ctx->has_base ? ctx->base : (cn_slice){0}, value, &value))
            return cn_ld_memory(ld);
    }
    return give(value, def, out); /* 9 */
}
