/* SPDX-License-Identifier: Apache-2.0
 *
 * IRI compaction: JSON-LD 1.1 Processing Algorithms and API, 6.2.
 */
#include "jsonld/compact.h"

#include "base/base.h"

/* ---- 4: which term suits the value ---- */

/* What the value asks of a term. */
typedef struct choice {
    cn_compaction *c;
    const cn_ctx *ctx;
    const cn_json *value; /* or NULL */
    cn_selection wanted;
    cn_slice name; /* the "type/language value" */
} choice;

static void want(choice *x, unsigned container) {
    assert(x->wanted.containers < sizeof x->wanted.container / sizeof *x->wanted.container);
    x->wanted.container[x->wanted.containers++] = container;
}

/* The container, and the same as a set. */
static void want_both(choice *x, unsigned container) {
    want(x, container);
    want(x, container | CN_CONTAINER_SET);
}

static void prefer(choice *x, cn_slice name) {
    assert(x->wanted.preferred_n < sizeof x->wanted.preferred / sizeof *x->wanted.preferred);
    x->wanted.preferred[x->wanted.preferred_n++] = name;
}

/* "fr_ltr", "_ltr": of a value with a direction. */
static bool directed(choice *x, const cn_json *value, cn_slice direction, cn_slice *out) {
    cn_slice language = cn_json_text(cn_kw_get(value, CN_KW_LANGUAGE));
    return cn_arena_print(x->c->ld.a, out, "%.*s_%.*s", CN_ARG(language), CN_ARG(direction)) ||
           cn_ld_memory(&x->c->ld);
}

/* 4.7.4.1 to 3. Languages have been in lower case since they were expanded. */
static bool kind_of_item(choice *x, const cn_json *item, cn_slice *language, cn_slice *type) {
    cn_slice direction = cn_json_text(cn_kw_get(item, CN_KW_DIRECTION));
    cn_slice tag = cn_json_text(cn_kw_get(item, CN_KW_LANGUAGE)),
             datatype = cn_json_text(cn_kw_get(item, CN_KW_TYPE));
    *language = *type = cn_kw_text(CN_KW_NONE);
    if (!cn_ld_is_value(item)) *type = cn_kw_text(CN_KW_ID);
    else if (direction.n) return directed(x, item, direction, language);
    else if (tag.n) *language = tag;
    else if (datatype.n) *type = datatype;
    else *language = CN_S("@null");
    return true;
}

/* 4.7 */
static bool choose_for_list(choice *x) {
    const cn_json *list = cn_kw_get(x->value, CN_KW_LIST);
    const cn_slice none = cn_kw_text(CN_KW_NONE);
    cn_slice common_language = {0}, common_type = {0}, language, type;
    if (!cn_kw_get(x->value, CN_KW_INDEX)) want(x, CN_CONTAINER_LIST);
    if (cn_json_count(list) == 0 && !cn_ld_default_language(x->c, x->ctx, &common_language)) return false;
    for (size_t i = 0; i < cn_json_count(list); i++) {
        const cn_json *item = cn_json_item(list, i);
        if (!kind_of_item(x, item, &language, &type)) return false;
        if (!common_language.p) common_language = language;
        else if (cn_ld_is_value(item) && !cn_slice_eq(language, common_language)) common_language = none;
        if (!common_type.p) common_type = type;
        else if (!cn_slice_eq(type, common_type)) common_type = none;
        if (cn_slice_eq(common_language, none) && cn_slice_eq(common_type, none)) break;
    }
    bool typed = common_type.p && !cn_slice_eq(common_type, none);
    if (typed) x->wanted.by = CN_BY_TYPE;
    x->name = typed ? common_type : common_language.p ? common_language : none;
    return true;
}

/* 4.8 */
static void choose_for_graph(choice *x) {
    bool index = cn_kw_get(x->value, CN_KW_INDEX) != NULL, id = cn_kw_get(x->value, CN_KW_ID) != NULL;
    if (index) want_both(x, CN_CONTAINER_GRAPH | CN_CONTAINER_INDEX);
    if (id) want_both(x, CN_CONTAINER_GRAPH | CN_CONTAINER_ID);
    want_both(x, CN_CONTAINER_GRAPH);
    want(x, CN_CONTAINER_SET);
    if (!index) want_both(x, CN_CONTAINER_GRAPH | CN_CONTAINER_INDEX);
    if (!id) want_both(x, CN_CONTAINER_GRAPH | CN_CONTAINER_ID);
    want_both(x, CN_CONTAINER_INDEX);
    x->wanted.by = CN_BY_TYPE;
    x->name = cn_kw_text(CN_KW_ID);
}

/* 4.9.1 */
static bool choose_for_value(choice *x) {
    bool index = cn_kw_get(x->value, CN_KW_INDEX) != NULL;
    cn_slice direction = cn_json_text(cn_kw_get(x->value, CN_KW_DIRECTION));
    cn_slice language = cn_json_text(cn_kw_get(x->value, CN_KW_LANGUAGE));
    cn_slice type = cn_json_text(cn_kw_get(x->value, CN_KW_TYPE));
    if (!index && (direction.n || language.n)) {
        want_both(x, CN_CONTAINER_LANGUAGE);
        x->name = language;
        return !direction.n || directed(x, x->value, direction, &x->name);
    }
    if (type.n) {
        x->name = type;
        x->wanted.by = CN_BY_TYPE;
    }
    return true;
}

/* 4.9 */
static bool choose_for_other(choice *x) {
    if (cn_ld_is_value(x->value)) {
        if (!choose_for_value(x)) return false;
    } else {
        x->wanted.by = CN_BY_TYPE;
        x->name = cn_kw_text(CN_KW_ID);
        want_both(x, CN_CONTAINER_ID);
        want_both(x, CN_CONTAINER_TYPE);
    }
    want(x, CN_CONTAINER_SET);
    return true;
}

/* 4.14 to 4.17 */
static bool prefer_names(choice *x) {
    const cn_json *id = cn_kw_get(x->value, CN_KW_ID), *list = cn_kw_get(x->value, CN_KW_LIST);
    const cn_slice none = cn_kw_text(CN_KW_NONE);
    bool reverse = cn_slice_eq(x->name, cn_kw_text(CN_KW_REVERSE));
    if (reverse) prefer(x, x->name);
    if (id && (reverse || cn_slice_eq(x->name, cn_kw_text(CN_KW_ID)))) { /* 4.16 */
        cn_slice term;
        if (!cn_ld_compact_iri(x->c, x->ctx, cn_json_text(id), NULL, CN_COMPACT_VOCAB, &term)) return false;
        const cn_term_def *def = cn_ctx_term(x->ctx, term);
        bool vocab = def && !def->null && cn_slice_eq(def->iri, cn_json_text(id));
        prefer(x, cn_kw_text(vocab ? CN_KW_VOCAB : CN_KW_ID));
        prefer(x, cn_kw_text(vocab ? CN_KW_ID : CN_KW_VOCAB));
        prefer(x, none);
        return true;
    }
    prefer(x, x->name);
    prefer(x, none);
    if (list && cn_json_count(list) == 0) x->wanted.by = CN_BY_ANY;
    return true;
}

/* 4.18 and 4.19 */
static void prefer_any(choice *x) {
    prefer(x, CN_S("@any"));
    for (size_t i = 0; i < x->wanted.preferred_n; i++) {
        size_t line = cn_slice_find_byte(x->wanted.preferred[i], '_');
        if (line == SIZE_MAX) continue;
        prefer(x, cn_slice_from(x->wanted.preferred[i], line));
        return;
    }
}

/* 4 */
static bool choose(cn_compaction *c, const cn_ctx *ctx, const cn_inverse *inverse, cn_slice var,
                   const cn_json *value, unsigned how, cn_slice *term) {
    choice x = {.c = c, .ctx = ctx, .value = value, .name = CN_S("@null")};
    bool index = cn_kw_get(value, CN_KW_INDEX) != NULL;
    if (index && !cn_ld_is_graph(value)) want_both(&x, CN_CONTAINER_INDEX); /* 4.5 */
    if (how & CN_COMPACT_REVERSE) {                                         /* 4.6 */
        x.wanted.by = CN_BY_TYPE;
        x.name = cn_kw_text(CN_KW_REVERSE);
        want(&x, CN_CONTAINER_SET);
    } else if (cn_ld_is_list(value)) {
        if (!choose_for_list(&x)) return false;
    } else if (cn_ld_is_graph(value)) {
        choose_for_graph(&x);
    } else if (!choose_for_other(&x)) {
        return false;
    }
    want(&x, 0); /* 4.10 */
    if (!c->ld.options->mode_1_0) {
        if (!index) want_both(&x, CN_CONTAINER_INDEX);                                                /* 4.11 */
        if (cn_ld_is_value(value) && cn_json_count(value) == 1) want_both(&x, CN_CONTAINER_LANGUAGE); /* 4.12 */
    }
    if (!prefer_names(&x)) return false;
    prefer_any(&x);
    *term = cn_ld_select_term(inverse, var, &x.wanted); /* 4.20 */
    return true;
}

/* ---- 5 to 10: without a term ---- */

/* 7.3, but for its length */
static bool usable(const cn_ctx *ctx, cn_slice candidate, cn_slice var, const cn_json *value) {
    const cn_term_def *def = cn_ctx_term(ctx, candidate);
    return !def || (!value && !def->null && cn_slice_eq(def->iri, var));
}

/* 7; *out is empty where no prefix fits */
static bool with_prefix(cn_compaction *c, const cn_inverse *inverse, cn_slice var, const cn_json *value,
                        cn_slice *out) {
    *out = (cn_slice){0};
    if (!cn_ld_spend(c, inverse->prefixes)) return false;
    for (size_t i = 0; i < inverse->prefixes; i++) {
        const cn_term_entry *e = &inverse->prefix[i];
        size_t n = e->term.n + 1 + var.n - e->def->iri.n;
        if (e->def->iri.n >= var.n || !cn_slice_starts(var, e->def->iri) || (out->p && n > out->n)) continue;
        cn_slice candidate, suffix = cn_slice_from(var, e->def->iri.n);
        if (!cn_arena_print(c->ld.a, &candidate, "%.*s:%.*s", CN_ARG(e->term), CN_ARG(suffix)))
            return cn_ld_memory(&c->ld);
        bool better = !out->p || n < out->n || cn_slice_cmp(candidate, *out) < 0;
        if (better && usable(inverse->ctx, candidate, var, value)) *out = candidate;
    }
    return true;
}

/* 9: an IRI that would be read as a compact one */
static bool check_prefix(cn_compaction *c, const cn_ctx *ctx, cn_slice var) {
    cn_slice scheme, rest;
    if (cn_uri_blank(var) || !cn_slice_cut(var, ':', &scheme, &rest) || cn_slice_starts(rest, CN_S("//")))
        return true;
    const cn_term_def *def = cn_ctx_term(ctx, scheme);
    if (!def || def->null || !def->prefix) return true;
    return cn_ld_fail(&c->ld, NULL, "jsonld.iri-confused-with-prefix",
                      "The IRI %.*s would be read as a compact one: \"%.*s\" is a prefix.", CN_ARG(var),
                      CN_ARG(scheme));
}

/* 10 */
static bool relative(cn_compaction *c, const cn_ctx *ctx, cn_slice var, cn_slice *out) {
    *out = var;
    if (ctx->has_base && !cn_uri_relative(c->ld.a, ctx->base, var, out)) return cn_ld_memory(&c->ld);
    if (!cn_kw_like(*out)) return true;
    return cn_arena_print(c->ld.a, out, "./%.*s", CN_ARG(*out)) || cn_ld_memory(&c->ld);
}

bool cn_ld_compact_iri(cn_compaction *c, const cn_ctx *ctx, cn_slice var, const cn_json *value, unsigned how,
                       cn_slice *out) {
    const cn_inverse *inverse;
    if (!cn_ld_inverse(c, ctx, &inverse)) return false; /* 2, 3 */
    if ((how & CN_COMPACT_VOCAB) && cn_map_get(&inverse->iris, var)) {
        if (!choose(c, ctx, inverse, var, value, how, out)) return false; /* 4 */
        if (out->p) return true;
    }
    *out = var;
    if (cn_kw_of(var)) return true;
    if ((how & CN_COMPACT_VOCAB) && ctx->has_vocab && var.n > ctx->vocab.n && cn_slice_starts(var, ctx->vocab)) {
        cn_slice suffix = cn_slice_from(var, ctx->vocab.n); /* 5.1 */
        if (!cn_ctx_term(ctx, suffix)) {
            *out = suffix;
            return true;
        }
    }
    if (!with_prefix(c, inverse, var, value, out)) return false; /* 6 to 8 */
    if (out->p) return true;
    *out = var;
    if (!check_prefix(c, ctx, var)) return false;
    return (how & CN_COMPACT_VOCAB) || relative(c, ctx, var, out);
}

bool cn_ld_alias(cn_compaction *c, const cn_ctx *ctx, cn_kw kw, cn_slice *out) {
    return cn_ld_compact_iri(c, ctx, cn_kw_text(kw), NULL, CN_COMPACT_VOCAB, out);
}
