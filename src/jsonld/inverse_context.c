/* SPDX-License-Identifier: Apache-2.0
 *
 * Inverse contexts and term selection: JSON-LD 1.1 Processing Algorithms and API, 4.3.
 */
#include "jsonld/compact.h"

#include "base/base.h"

/* The terms of one IRI that have the same containers. */
typedef struct slot {
    struct slot *next;
    unsigned container;
    cn_map by[2]; /* CN_BY_LANGUAGE, CN_BY_TYPE: key -> cn_slice, the term */
    cn_slice any;
} slot;

/* A step is what a look at one prefix takes; a term of an inverse context takes as long as TERM_STEPS. */
enum { MAX_STEPS = 20000000, TERM_STEPS = 16 };

bool cn_ld_spend(cn_compaction *c, size_t steps) {
    c->steps += steps;
    if (c->steps <= MAX_STEPS) return true;
    return cn_fail(c->ld.err, CN_LIMIT, "jsonld.work",
                   "The contexts define too many terms to compact a document of this size.");
}

/* ---- 4.3.2 ---- */

static cn_slice direction_text(cn_dir dir) {
    if (dir == CN_DIR_LTR) return CN_S("ltr");
    return dir == CN_DIR_RTL ? CN_S("rtl") : (cn_slice){0};
}

static bool language_key(cn_compaction *c, cn_slice language, cn_dir dir, cn_slice none, cn_slice *out) {
    cn_slice direction = direction_text(dir);
    *out = language.n ? language : none;
    if (!direction.n) return true;
    return cn_arena_print(c->ld.a, out, "%.*s_%.*s", CN_ARG(language), CN_ARG(direction)) || cn_ld_memory(&c->ld);
}

bool cn_ld_default_language(cn_compaction *c, const cn_ctx *ctx, cn_slice *out) {
    return language_key(c, ctx->language, ctx->direction, cn_kw_text(CN_KW_NONE), out);
}

static slot *slot_of(cn_compaction *c, cn_inverse *inverse, const cn_term_entry *e) {
    cn_map_entry *found = cn_map_at(c->ld.a, &inverse->iris, e->def->iri);
    if (!found) return NULL;
    for (slot *s = found->value; s; s = s->next)
        if (s->container == e->def->container) return s;
    slot *s = CN_NEW(c->ld.a, slot);
    if (!s) return NULL;
    *s = (slot){.next = found->value, .container = e->def->container, .any = e->term};
    found->value = s;
    return s;
}

/* The first term that asks for a key has it. */
static bool offer(cn_compaction *c, slot *s, cn_by by, cn_slice key, const cn_term_entry *e) {
    cn_map_entry *found = cn_map_at(c->ld.a, &s->by[by], key);
    if (!found) return cn_ld_memory(&c->ld);
    if (!found->value) found->value = (void *)(uintptr_t)&e->term;
    return true;
}

/* 3.13 to 3.15: the key of a term that says something of language or direction. */
static bool mapping_key(cn_compaction *c, const cn_term_def *def, cn_slice *key) {
    if (def->has_language) return language_key(c, def->language, def->direction, CN_S("@null"), key);
    return language_key(c, (cn_slice){0}, def->direction, cn_kw_text(CN_KW_NONE), key);
}

/* 3.10 to 3.16 */
static bool invert(cn_compaction *c, slot *s, const cn_term_entry *e, cn_slice default_language) {
    const cn_term_def *def = e->def;
    const cn_slice none = cn_kw_text(CN_KW_NONE), any = CN_S("@any");
    cn_slice key;
    if (def->reverse) return offer(c, s, CN_BY_TYPE, cn_kw_text(CN_KW_REVERSE), e);
    if (def->type_kw == CN_KW_NONE) return offer(c, s, CN_BY_LANGUAGE, any, e) && offer(c, s, CN_BY_TYPE, any, e);
    if (def->type.n) return offer(c, s, CN_BY_TYPE, def->type, e);
    if (def->has_language || def->direction)
        return mapping_key(c, def, &key) && offer(c, s, CN_BY_LANGUAGE, key, e);
    return offer(c, s, CN_BY_LANGUAGE, default_language, e) && offer(c, s, CN_BY_LANGUAGE, none, e) &&
           offer(c, s, CN_BY_TYPE, none, e);
}

static bool fill(cn_compaction *c, cn_inverse *inverse, const cn_term_list *terms) {
    cn_slice default_language;
    cn_term_entry *prefix = CN_NEW_ARRAY(c->ld.a, cn_term_entry, terms->n);
    if (!prefix) return cn_ld_memory(&c->ld);
    inverse->prefix = prefix;
    if (!cn_ld_default_language(c, inverse->ctx, &default_language)) return false;
    for (size_t i = 0; i < terms->n; i++) { /* 3 */
        const cn_term_entry *e = &terms->v[i];
        if (e->def->null) continue;
        if (e->def->prefix) prefix[inverse->prefixes++] = *e;
        slot *s = slot_of(c, inverse, e);
        if (!s) return cn_ld_memory(&c->ld);
        if (!invert(c, s, e, default_language)) return false;
    }
    return true;
}

bool cn_ld_inverse(cn_compaction *c, const cn_ctx *ctx, const cn_inverse **out) {
    if (c->last && c->last->ctx == ctx) {
        *out = c->last;
        return true;
    }
    cn_inverse *inverse = cn_map_get(&c->inverses, cn_slice_bytes(&ctx, sizeof ctx));
    if (!inverse) {
        cn_term_list terms;
        inverse = CN_NEW(c->ld.a, cn_inverse);
        if (!inverse || !cn_terms_list(c->ld.a, ctx->terms, &terms)) return cn_ld_memory(&c->ld);
        inverse->ctx = ctx;
        if (!cn_ld_spend(c, TERM_STEPS * terms.n) || !fill(c, inverse, &terms)) return false;
        if (!cn_map_put(c->ld.a, &c->inverses, cn_slice_bytes(&inverse->ctx, sizeof ctx), inverse))
            return cn_ld_memory(&c->ld);
    }
    *out = c->last = inverse;
    return true;
}

/* ---- Term selection ---- */

static cn_slice select_in(const slot *s, const cn_selection *wanted) {
    for (size_t i = 0; i < wanted->preferred_n; i++) {
        cn_slice key = wanted->preferred[i];
        if (wanted->by != CN_BY_ANY) {
            const cn_slice *term = cn_map_get(&s->by[wanted->by], key);
            if (term) return *term;
        } else if (cn_slice_eq(key, cn_kw_text(CN_KW_NONE))) {
            return s->any;
        }
    }
    return (cn_slice){0};
}

cn_slice cn_ld_select_term(const cn_inverse *inverse, cn_slice var, const cn_selection *wanted) {
    const slot *slots = cn_map_get(&inverse->iris, var);
    cn_slice term = {0};
    for (size_t i = 0; i < wanted->containers && !term.p; i++)
        for (const slot *s = slots; s && !term.p; s = s->next)
            if (s->container == wanted->container[i]) term = select_in(s, wanted);
    return term;
}
