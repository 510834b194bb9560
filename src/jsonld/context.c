/* SPDX-License-Identifier: Apache-2.0
 *
 * Context processing: JSON-LD 1.1 Processing Algorithms and API, 4.1.
 *
 * A context that will be met again (one by URL, or a scoped one) is processed once
 * for each active context it is applied to; cn_ld.derived remembers the results.
 */
#include "jsonld/shared.h"

#include "base/base.h"

bool cn_ld_initial(cn_ld *ld, const cn_ctx **out) {
    if ((*out = cn_shared_initial(ld))) return true;
    cn_ctx *ctx = CN_NEW(ld->a, cn_ctx);
    if (!ctx) return cn_ld_memory(ld);
    ctx->has_base = ld->base.n != 0;
    ctx->base = ld->base;
    *out = ctx;
    return true;
}

static cn_ctx *clone(cn_ld *ld, const cn_ctx *ctx) {
    cn_ctx *copy = CN_NEW(ld->a, cn_ctx);
    if (!copy) return NULL;
    *copy = *ctx;
    copy->sharing = NULL;
    return copy;
}

/* One context definition (an object) being applied to a context of its own. */
typedef struct applying {
    cn_ld *ld;
    cn_ctx *ctx;
    const cn_json *local;
    const cn_process *how;
} applying;

#define FAIL(x, id, ...) cn_ld_fail((x)->ld, (x)->how->at, "jsonld." id, __VA_ARGS__)

static bool not_in_1_0(applying *x, const char *entry) {
    if (!x->ld->options->mode_1_0) return true;
    return FAIL(x, "invalid-context-entry", "%s is not allowed in JSON-LD 1.0.", entry);
}

/* 5.5 */
static bool take_version(applying *x, const cn_json *v) {
    if (!cn_json_is(v, CN_JSON_NUMBER) || v->number < 1.1 || v->number > 1.1)
        return FAIL(x, "invalid-version-value", "@version is not the number 1.1.");
    if (x->ld->options->mode_1_0)
        return FAIL(x, "processing-mode-conflict", "The context is of JSON-LD 1.1, the processor in mode 1.0.");
    return true;
}

/* 5.7: only for a context in the document itself */
static bool take_base(applying *x, const cn_json *v) {
    if (x->how->remote) return true;
    cn_ctx *ctx = x->ctx;
    if (v->type == CN_JSON_NULL) { /* 5.7.2 */
        ctx->has_base = false;
        ctx->base = (cn_slice){0};
        return true;
    }
    bool absolute = cn_json_is(v, CN_JSON_STRING) && cn_uri_absolute(v->string);
    if (!cn_json_is(v, CN_JSON_STRING) || (!absolute && !ctx->has_base))
        return FAIL(x, "invalid-base-iri", "@base is no IRI, or relative to nothing.");
    if (absolute) ctx->base = v->string; /* 5.7.3: as it is, dot segments included */
    else if (!cn_uri_resolve(x->ld->a, ctx->base, v->string, &ctx->base)) return cn_ld_memory(x->ld);
    ctx->has_base = true;
    return true;
}

/* 5.8 */
static bool take_vocab(applying *x, const cn_json *v) {
    if (v->type == CN_JSON_NULL) {
        x->ctx->has_vocab = false;
        x->ctx->vocab = (cn_slice){0};
        return true;
    }
    if (v->type != CN_JSON_STRING) return FAIL(x, "invalid-vocab-mapping", "@vocab is neither a string nor null.");
    if (x->ld->options->mode_1_0 && !cn_uri_absolute(v->string))
        return FAIL(x, "invalid-vocab-mapping", "@vocab is no IRI, which JSON-LD 1.0 asks for.");
    cn_iri iri;
    if (!cn_ld_expand_iri(x->ld, x->ctx, v->string, CN_IRI_VOCAB | CN_IRI_DOCUMENT, NULL, &iri)) return false;
    if (iri.null || iri.kw) return FAIL(x, "invalid-vocab-mapping", "@vocab is no IRI.");
    if (x->ld->options->safe && !cn_uri_absolute(iri.text))
        return FAIL(x, "dropped-property", "@vocab is relative: properties that use it would be dropped.");
    x->ctx->has_vocab = true;
    x->ctx->vocab = iri.text;
    return true;
}

/* 5.9 */
static bool take_language(applying *x, const cn_json *v) {
    if (v->type == CN_JSON_NULL) {
        x->ctx->language = (cn_slice){0};
        return true;
    }
    if (v->type != CN_JSON_STRING)
        return FAIL(x, "invalid-default-language", "@language is neither a string nor null.");
    return cn_ld_language(x->ld, v->string, x->how->at, &x->ctx->language);
}

/* 5.10 */
static bool take_direction(applying *x, const cn_json *v) {
    if (!not_in_1_0(x, "@direction")) return false;
    if (v->type == CN_JSON_NULL) x->ctx->direction = CN_DIR_UNSET;
    else if (cn_json_is_string(v, CN_S("ltr"))) x->ctx->direction = CN_DIR_LTR;
    else if (cn_json_is_string(v, CN_S("rtl"))) x->ctx->direction = CN_DIR_RTL;
    else return FAIL(x, "invalid-base-direction", "@direction is none of \"ltr\", \"rtl\" and null.");
    return true;
}

/* 5.11; its effect was step 2 */
static bool take_propagate(applying *x, const cn_json *v) {
    if (!not_in_1_0(x, "@propagate")) return false;
    return cn_json_is_bool(v) || FAIL(x, "invalid-propagate-value", "@propagate is neither true nor false.");
}

static bool take_protected(applying *x, const cn_json *v) {
    if (!not_in_1_0(x, "@protected")) return false;
    return cn_json_is_bool(v) || FAIL(x, "invalid-protected-value", "@protected is neither true nor false.");
}

static const struct {
    cn_kw kw;
    bool (*take)(applying *x, const cn_json *v);
} entries[] = {{CN_KW_VERSION, take_version},     {CN_KW_BASE, take_base},
               {CN_KW_VOCAB, take_vocab},         {CN_KW_LANGUAGE, take_language},
               {CN_KW_DIRECTION, take_direction}, {CN_KW_PROPAGATE, take_propagate},
               {CN_KW_PROTECTED, take_protected}};

static bool is_entry(cn_slice key) {
    cn_kw kw = cn_kw_of(key);
    if (!kw) return false;
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++)
        if (entries[i].kw == kw) return true;
    return kw == CN_KW_IMPORT;
}

/* The absolute URL of a context. */
static bool context_url(cn_ld *ld, cn_slice reference, const cn_process *how, cn_slice *url) {
    if (!cn_uri_resolve(ld->a, how->base, reference, url)) return cn_ld_memory(ld);
    if (cn_uri_absolute(*url)) return true;
    return cn_ld_fail(ld, how->at, "jsonld.loading-remote-context-failed",
                      "\"%.*s\" is a relative URL, and there is nothing it is relative to.", CN_ARG(reference));
}

/* 5.6: the imported context with the entries of this one over it. */
static bool import(applying *x) {
    const cn_json *v = cn_kw_get(x->local, CN_KW_IMPORT), *imported;
    if (!v) return true;
    cn_slice url, final;
    if (!not_in_1_0(x, "@import")) return false;
    if (v->type != CN_JSON_STRING) return FAIL(x, "invalid-import-value", "@import is no string.");
    if (!context_url(x->ld, v->string, x->how, &url) || !cn_ld_load(x->ld, url, x->how->at, &imported, &final))
        return false;
    if (!cn_json_is(imported, CN_JSON_OBJECT))
        return FAIL(x, "invalid-remote-context", "The imported context %.*s is no map.", CN_ARG(url));
    if (cn_kw_get(imported, CN_KW_IMPORT))
        return FAIL(x, "invalid-context-entry", "The imported context %.*s imports another.", CN_ARG(url));
    cn_json *merged = cn_json_copy_shallow(x->ld->a, imported);
    if (!merged) return cn_ld_memory(x->ld);
    for (size_t i = 0; i < x->local->object.n; i++)
        if (!cn_json_set(x->ld->a, merged, x->local->object.v[i].key, x->local->object.v[i].value))
            return cn_ld_memory(x->ld);
    x->local = merged;
    return true;
}

/* 5.12 and 5.13 */
static bool define_terms(applying *x) {
    cn_defining d = {.ctx = x->ctx, .local = x->local, .how = x->how, .at = x->how->at};
    d.protect = cn_json_is(cn_kw_get(x->local, CN_KW_PROTECTED), CN_JSON_TRUE);
    x->ld->work += x->local->object.n;
    if (x->ld->work > x->ld->max_work)
        return cn_fail(x->ld->err, CN_LIMIT, "jsonld.work", "The contexts define more than %zu terms.",
                       x->ld->max_work);
    for (size_t i = 0; i < x->local->object.n; i++) {
        cn_slice key = x->local->object.v[i].key;
        if (!is_entry(key) && !cn_ld_create_term(x->ld, &d, key)) return false;
    }
    return true;
}

/* 5.4 to 5.13 */
static bool apply(cn_ld *ld, const cn_ctx *active, const cn_json *local, const cn_process *how,
                  const cn_ctx **out) {
    if (!cn_json_is(local, CN_JSON_OBJECT)) /* 5.3 */
        return cn_ld_fail(ld, how->at, "jsonld.invalid-local-context",
                          "A context is no URL, no map and not null.");
    applying x = {.ld = ld, .ctx = clone(ld, active), .local = local, .how = how};
    if (!x.ctx) return cn_ld_memory(ld);
    const cn_json *version = cn_kw_get(local, CN_KW_VERSION), *v;
    if ((version && !take_version(&x, version)) || !import(&x)) return false;
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++)
        if ((v = cn_kw_get(x.local, entries[i].kw)) && !entries[i].take(&x, v)) return false;
    if (!define_terms(&x)) return false;
    *out = x.ctx;
    return true;
}

/* 5.1 */
static bool nullify(cn_ld *ld, const cn_ctx *active, const cn_process *how, bool propagate, const cn_ctx **out) {
    if (!how->override_protected && active->protected_n)
        return cn_ld_fail(ld, how->at, "jsonld.invalid-context-nullification",
                          "A null context would remove protected terms.");
    cn_ctx *fresh = CN_NEW(ld->a, cn_ctx);
    if (!fresh) return cn_ld_memory(ld);
    fresh->has_base = ld->base.n != 0;
    fresh->base = ld->base;
    if (!propagate) fresh->previous = active;
    *out = fresh;
    return true;
}

/* 5.2 */
static bool apply_remote(cn_ld *ld, const cn_ctx *active, cn_slice reference, const cn_process *how,
                         const cn_ctx **out) {
    cn_remote here = {.up = how->remote, .count = how->remote ? how->remote->count + 1 : 1};
    if (!context_url(ld, reference, how, &here.url)) return false; /* 5.2.1 */
    if (!how->remote && !how->validating) {
        const cn_ctx *shared = cn_shared_remote(ld, active, here.url, how->override_protected);
        if (shared) *out = shared;
        if (shared) return true;
    }
    for (const cn_remote *r = how->remote; r; r = r->up) {
        if (!cn_slice_eq(r->url, here.url)) continue;
        *out = active;
        if (how->validating) return true; /* 5.2.2 */
        return cn_ld_fail(ld, how->at, "jsonld.context-overflow", "The context %.*s includes itself.",
                          CN_ARG(here.url));
    }
    if (here.count > ld->max_contexts) /* 5.2.3 */
        return cn_ld_fail(ld, how->at, "jsonld.context-overflow", "More than %zu contexts include one another.",
                          ld->max_contexts);
    cn_path top = {.key = here.url}, at = {.up = &top, .key = cn_kw_text(CN_KW_CONTEXT)};
    cn_process inner = *how;
    const cn_json *context;
    if (!cn_ld_load(ld, here.url, how->at, &context, &inner.base)) return false; /* 5.2.4, 5.2.5 */
    inner.remote = &here;
    inner.at = &at;
    inner.do_not_propagate = false;
    inner.keep = true;
    return cn_ld_process(ld, active, context, &inner, out); /* 5.2.6 */
}

static bool apply_item(cn_ld *ld, const cn_ctx *active, const cn_json *item, const cn_process *how, bool propagate,
                       const cn_ctx **out) {
    if (item->type == CN_JSON_NULL) return nullify(ld, active, how, propagate, out);
    if (item->type == CN_JSON_STRING) return apply_remote(ld, active, item->string, how, out);
    return apply(ld, active, item, how, out);
}

static bool process(cn_ld *ld, const cn_ctx *active, const cn_json *local, const cn_process *how,
                    const cn_ctx **out) {
    const cn_ctx *result = active; /* 1: copied when it is changed */
    bool propagate = !how->do_not_propagate;
    const cn_json *flag = cn_kw_get(local, CN_KW_PROPAGATE); /* 2 */
    if (cn_json_is_bool(flag)) propagate = flag->type == CN_JSON_TRUE;
    if (!propagate && !active->previous) { /* 3 */
        cn_ctx *copy = clone(ld, active);
        if (!copy) return cn_ld_memory(ld);
        copy->previous = active;
        result = copy;
    }
    if (!cn_json_is(local, CN_JSON_ARRAY)) { /* 4 */
        if (!apply_item(ld, result, local, how, propagate, &result)) return false;
        *out = result;
        return true;
    }
    for (size_t i = 0; i < local->array.n; i++) { /* 5 */
        cn_path at = {.up = how->at, .index = i};
        cn_process each = *how;
        each.at = &at;
        if (!apply_item(ld, result, local->array.v[i], &each, propagate, &result)) return false;
    }
    *out = result;
    return true;
}

/* What a result depends on. */
typedef struct derivation {
    const cn_ctx *active;
    const cn_json *local;
    const char *base;
    size_t base_n;
    uint64_t flags;
} derivation;

bool cn_ld_process(cn_ld *ld, const cn_ctx *active, const cn_json *local, const cn_process *how,
                   const cn_ctx **out) {
    if (!cn_ld_enter(ld, how->at)) return false;
    derivation key = {active, local, how->base.p, how->base.n,
                      (how->override_protected ? 1u : 0u) | (how->do_not_propagate ? 2u : 0u) |
                          (how->remote ? 4u : 0u)};
    /* While validating, the active context is under construction: its address says nothing. */
    bool keep = how->keep && !how->validating;
    const cn_ctx *known = keep ? cn_map_get(&ld->derived, cn_slice_bytes(&key, sizeof key)) : NULL;
    bool ok = known != NULL;
    if (!known && (ok = process(ld, active, local, how, &known)) && keep) {
        cn_slice copy;
        ok = (cn_arena_copy(ld->a, cn_slice_bytes(&key, sizeof key), &copy) &&
              cn_map_put(ld->a, &ld->derived, copy, cn_ctx_own(known))) ||
             cn_ld_memory(ld);
    }
    ld->depth--;
    if (ok) *out = known;
    return ok;
}

bool cn_ld_enter_scope(cn_ld *ld, const cn_ctx *active, const cn_term_def *def, bool property, const cn_path *at,
                       const cn_ctx **out) {
    const cn_ctx *shared = cn_shared_scope(ld, active, def, property);
    if (shared) *out = shared;
    if (shared) return true;
    cn_process how = {.base = def->base, .at = at, .keep = true};
    how.override_protected = property;
    how.do_not_propagate = !property;
    return cn_ld_process(ld, active, def->context, &how, out);
}
