/* SPDX-License-Identifier: Apache-2.0
 *
 * Create term definition: JSON-LD 1.1 Processing Algorithms and API, 4.2.
 */
#include "jsonld/internal.h"

#include "base/base.h"

/* What cn_defining.defined says of a term. */
static const char marks[2];
#define DEFINING ((void *)(uintptr_t)&marks[0])
#define DEFINED ((void *)(uintptr_t)&marks[1])

/* One term that is being defined. */
typedef struct making {
    cn_ld *ld;
    cn_defining *d;
    cn_slice term;
    const cn_json *value; /* an object, or NULL for a simple term */
    const cn_json *id;    /* the @id, written out or as a simple term; NULL when absent */
    bool simple;
    bool ignore; /* the definition is of a kind reserved for the future: leave the term as it was */
    cn_term_def *def;
    const cn_term_def *previous;
    cn_path at;
} making;

static bool is_1_0(const making *m) {
    return m->ld->options->mode_1_0;
}

#define FAIL(m, id, ...) cn_ld_fail((m)->ld, &(m)->at, "jsonld." id, __VA_ARGS__)

static bool term_fails(making *m, const char *what) {
    return FAIL(m, "invalid-term-definition", "The definition of \"%.*s\" %s.", CN_ARG(m->term), what);
}

/* Reserved for the future: ignored, and an error in safe mode. */
static bool reserved(making *m, cn_slice word) {
    m->ignore = true;
    if (!m->ld->options->safe) return true;
    return FAIL(m, "dropped-property", "\"%.*s\" is reserved and would be ignored.", CN_ARG(word));
}

static bool expand(making *m, cn_slice value, cn_iri *out) {
    return cn_ld_expand_iri(m->ld, m->d->ctx, value, CN_IRI_VOCAB, m->d, out);
}

/* 4.2.2, 11 */
static bool take_protected(making *m, const cn_json *v) {
    if (is_1_0(m)) return term_fails(m, "has @protected");
    if (!cn_json_is_bool(v)) return FAIL(m, "invalid-protected-value", "@protected is neither true nor false.");
    m->def->protect = v->type == CN_JSON_TRUE;
    return true;
}

/* 4.2.2, 12 */
static bool take_type(making *m, const cn_json *v) {
    if (!cn_json_is(v, CN_JSON_STRING)) return FAIL(m, "invalid-type-mapping", "@type is no string.");
    cn_iri iri;
    if (!expand(m, v->string, &iri)) return false;
    bool keyword = iri.kw == CN_KW_ID || iri.kw == CN_KW_VOCAB ||
                   (!is_1_0(m) && (iri.kw == CN_KW_JSON || iri.kw == CN_KW_NONE));
    if (!keyword && (iri.kw || iri.null || cn_uri_blank(iri.text) || !cn_uri_absolute(iri.text)))
        return FAIL(m, "invalid-type-mapping", "The @type \"%.*s\" of \"%.*s\" is no IRI.", CN_ARG(v->string),
                    CN_ARG(m->term));
    m->def->type = iri.text;
    m->def->type_kw = iri.kw;
    return true;
}

/* 4.2.2, 13 */
static bool take_reverse(making *m, const cn_json *v) {
    if (m->id || cn_kw_get(m->value, CN_KW_NEST)) /* 13.1 */
        return FAIL(m, "invalid-reverse-property", "\"%.*s\" has @reverse beside @id or @nest.", CN_ARG(m->term));
    if (!cn_json_is(v, CN_JSON_STRING)) return FAIL(m, "invalid-iri-mapping", "@reverse is no string."); /* 13.2 */
    if (cn_kw_like(v->string)) return reserved(m, v->string);                                            /* 13.3 */
    cn_iri iri;
    if (!expand(m, v->string, &iri)) return false; /* 13.4 */
    if (iri.null || iri.kw || !cn_uri_absolute(iri.text))
        return FAIL(m, "invalid-iri-mapping", "The @reverse of \"%.*s\" is no IRI.", CN_ARG(m->term));
    m->def->iri = iri.text;
    m->def->reverse = true; /* 13.6 */
    const cn_json *container = cn_kw_get(m->value, CN_KW_CONTAINER);
    cn_kw kw = cn_kw_of(cn_json_text(container)); /* 13.5 */
    if (container && container->type != CN_JSON_NULL && kw != CN_KW_SET && kw != CN_KW_INDEX)
        return FAIL(m, "invalid-reverse-property",
                    "\"%.*s\" is a reverse property: its @container can only be "
                    "@set or @index.",
                    CN_ARG(m->term));
    return true; /* the container itself is step 19's, the rest steps 20 to 26 (erratum of 2023-06-28) */
}

/* The position of a colon that is neither the first character nor, with `inner`, the last. */
static size_t find_colon(cn_slice s, bool inner) {
    for (size_t i = 1; i + (inner ? 1 : 0) < s.n; i++)
        if (s.p[i] == ':') return i;
    return SIZE_MAX;
}

static bool ends_with_gen_delim(cn_slice s) {
    return s.n && cn_slice_find_byte(CN_S(":/?#[]@"), s.p[s.n - 1]) != SIZE_MAX;
}

/* 4.2.2, 14.2.4: a term that looks like an IRI must mean that IRI. */
static bool check_iri_term(making *m) {
    if (find_colon(m->term, true) == SIZE_MAX && cn_slice_find_byte(m->term, '/') == SIZE_MAX) return true;
    if (!cn_map_put(m->ld->a, &m->d->defined, m->term, DEFINED)) return cn_ld_memory(m->ld);
    cn_iri iri;
    if (!expand(m, m->term, &iri)) return false;
    if (!iri.null && cn_slice_eq(iri.text, m->def->iri)) return true;
    return FAIL(m, "invalid-iri-mapping", "The term \"%.*s\" has the form of an IRI and another meaning.",
                CN_ARG(m->term));
}

/* 4.2.2, 14 */
static bool take_id(making *m) {
    if (m->id->type == CN_JSON_NULL) { /* 14.1 */
        m->def->null = true;
        return true;
    }
    if (m->id->type != CN_JSON_STRING) return FAIL(m, "invalid-iri-mapping", "@id is no string."); /* 14.2.1 */
    cn_slice id = m->id->string;
    if (!cn_kw_of(id) && cn_kw_like(id)) return reserved(m, id); /* 14.2.2 */
    cn_iri iri;
    if (!expand(m, id, &iri)) return false; /* 14.2.3 */
    if (iri.null || (!iri.kw && !cn_uri_absolute(iri.text)))
        return FAIL(m, "invalid-iri-mapping", "The @id \"%.*s\" of \"%.*s\" is neither an IRI nor a keyword.",
                    CN_ARG(id), CN_ARG(m->term));
    if (iri.kw == CN_KW_CONTEXT) return FAIL(m, "invalid-keyword-alias", "@context can have no alias.");
    m->def->iri = iri.text;
    m->def->kw = iri.kw;
    if (!check_iri_term(m)) return false;
    m->def->prefix = m->simple && find_colon(m->term, false) == SIZE_MAX && /* 14.2.5 */
                     cn_slice_find_byte(m->term, ':') == SIZE_MAX &&
                     cn_slice_find_byte(m->term, '/') == SIZE_MAX &&
                     (ends_with_gen_delim(iri.text) || cn_uri_blank(iri.text));
    return true;
}

/* 4.2.2, 15 to 18: the IRI follows from the term itself. */
static bool take_iri_from_term(making *m) {
    cn_ctx *ctx = m->d->ctx;
    size_t colon = find_colon(m->term, false);
    if (colon != SIZE_MAX) { /* 15 */
        cn_slice prefix = cn_slice_sub(m->term, 0, colon);
        if (cn_json_get(m->d->local, prefix) && !cn_ld_create_term(m->ld, m->d, prefix)) return false; /* 15.1 */
        const cn_term_def *p = cn_ctx_term(ctx, prefix);
        cn_slice suffix = cn_slice_from(m->term, colon + 1);
        if (!p || p->null) m->def->iri = m->term;                                                     /* 15.3 */
        else if (!cn_arena_print(m->ld->a, &m->def->iri, "%.*s%.*s", CN_ARG(p->iri), CN_ARG(suffix))) /* 15.2 */
            return cn_ld_memory(m->ld);
        return true;
    }
    if (cn_slice_find_byte(m->term, '/') != SIZE_MAX) { /* 16 */
        cn_iri iri;
        if (!cn_ld_expand_iri(m->ld, ctx, m->term, CN_IRI_VOCAB, NULL, &iri)) return false;
        if (iri.null || !cn_uri_absolute(iri.text))
            return FAIL(m, "invalid-iri-mapping", "The term \"%.*s\" is a relative reference.", CN_ARG(m->term));
        m->def->iri = iri.text;
        return true;
    }
    if (cn_kw_of(m->term) == CN_KW_TYPE) { /* 17 */
        m->def->iri = cn_kw_text(CN_KW_TYPE);
        m->def->kw = CN_KW_TYPE;
        return true;
    }
    if (!ctx->has_vocab) /* 18 */
        return FAIL(m, "invalid-iri-mapping", "The term \"%.*s\" has no @id, and there is no @vocab.",
                    CN_ARG(m->term));
    if (!cn_arena_print(m->ld->a, &m->def->iri, "%.*s%.*s", CN_ARG(ctx->vocab), CN_ARG(m->term)))
        return cn_ld_memory(m->ld);
    return true;
}

static unsigned container_bit(cn_slice s) {
    static const struct {
        cn_kw kw;
        unsigned bit;
    } bits[] = {{CN_KW_LIST, CN_CONTAINER_LIST},   {CN_KW_SET, CN_CONTAINER_SET},
                {CN_KW_INDEX, CN_CONTAINER_INDEX}, {CN_KW_LANGUAGE, CN_CONTAINER_LANGUAGE},
                {CN_KW_GRAPH, CN_CONTAINER_GRAPH}, {CN_KW_ID, CN_CONTAINER_ID},
                {CN_KW_TYPE, CN_CONTAINER_TYPE}};
    cn_kw kw = cn_kw_of(s);
    for (size_t i = 0; kw && i < sizeof bits / sizeof *bits; i++)
        if (bits[i].kw == kw) return bits[i].bit;
    return 0;
}

/* 4.2.2, 19.1: which container keywords may stand together. */
static bool container_allowed(unsigned c) {
    unsigned with_set =
        CN_CONTAINER_INDEX | CN_CONTAINER_GRAPH | CN_CONTAINER_ID | CN_CONTAINER_TYPE | CN_CONTAINER_LANGUAGE;
    if (c & CN_CONTAINER_GRAPH) {
        unsigned key = c & ~(unsigned)(CN_CONTAINER_GRAPH | CN_CONTAINER_SET);
        return key == 0 || key == CN_CONTAINER_ID || key == CN_CONTAINER_INDEX;
    }
    if (c & CN_CONTAINER_SET) c &= ~(unsigned)CN_CONTAINER_SET | (c & with_set ? 0 : CN_CONTAINER_SET);
    return c != 0 && (c & (c - 1)) == 0;
}

/* 4.2.2, 19; null is none, of a reverse property (13.5) */
static bool take_container(making *m, const cn_json *v) {
    if (m->def->reverse && v->type == CN_JSON_NULL) return true;
    unsigned all = 0;
    bool good = cn_json_is(v, CN_JSON_STRING) || (cn_json_is(v, CN_JSON_ARRAY) && !is_1_0(m));
    for (size_t i = 0, n = cn_json_many(v); i < n && good; i++) {
        unsigned bit = container_bit(cn_json_text(cn_json_one(v, i)));
        good = bit != 0 && !(all & bit);
        all |= bit;
    }
    if (is_1_0(m) && (all & (CN_CONTAINER_GRAPH | CN_CONTAINER_ID | CN_CONTAINER_TYPE))) good = false; /* 19.2 */
    if (!good || !container_allowed(all))
        return FAIL(m, "invalid-container-mapping", "\"%.*s\" has no such @container.", CN_ARG(m->term));
    m->def->container = all;                     /* 19.3 */
    if (!(all & CN_CONTAINER_TYPE)) return true; /* 19.4 */
    if (!m->def->type.n) {
        m->def->type = cn_kw_text(CN_KW_ID);
        m->def->type_kw = CN_KW_ID;
    }
    if (m->def->type_kw != CN_KW_ID && m->def->type_kw != CN_KW_VOCAB)
        return FAIL(m, "invalid-type-mapping", "A @type container needs the @type @id or @vocab.");
    return true;
}

/* 4.2.2, 20 */
static bool take_index(making *m, const cn_json *v) {
    if (is_1_0(m) || !(m->def->container & CN_CONTAINER_INDEX))
        return term_fails(m, "has @index without the container @index");
    cn_iri iri;
    if (!cn_json_is(v, CN_JSON_STRING)) return term_fails(m, "has an @index that is no string");
    if (!expand(m, v->string, &iri)) return false;
    if (iri.null || iri.kw || !cn_uri_absolute(iri.text)) return term_fails(m, "has an @index that is no IRI");
    m->def->index = v->string;
    return true;
}

/* 4.2.2, 21 */
static bool take_context(making *m, const cn_json *v) {
    if (is_1_0(m)) return term_fails(m, "has a @context");
    cn_path at = {.up = &m->at, .key = cn_kw_text(CN_KW_CONTEXT)};
    cn_process how = *m->d->how;
    how.at = &at;
    how.override_protected = true;
    how.do_not_propagate = false;
    how.validating = true;
    how.keep = false;
    const cn_ctx *thrown_away;
    if (!cn_ld_process(m->ld, m->d->ctx, v, &how, &thrown_away)) { /* 21.3 */
        cn_err *err = m->ld->err;
        if (err->code != CN_INVALID || cn_slice_starts(cn_slice_of(err->id), CN_S("jsonld.dropped"))) return false;
        cn_err why = *err;
        return FAIL(m, "invalid-scoped-context", "The context of \"%.*s\" is not valid (%s): %s", CN_ARG(m->term),
                    why.id, why.detail);
    }
    m->def->context = v; /* 21.4 */
    m->def->base = m->d->how->base;
    return true;
}

/* 4.2.2, 22 */
static bool take_language(making *m, const cn_json *v) {
    if (cn_kw_get(m->value, CN_KW_TYPE)) return true;
    if (v->type != CN_JSON_NULL && v->type != CN_JSON_STRING)
        return FAIL(m, "invalid-language-mapping", "@language is neither a string nor null.");
    m->def->has_language = true;
    return v->type == CN_JSON_NULL || cn_ld_language(m->ld, v->string, &m->at, &m->def->language);
}

/* 4.2.2, 23 */
static bool take_direction(making *m, const cn_json *v) {
    if (is_1_0(m)) return term_fails(m, "has @direction");
    if (cn_kw_get(m->value, CN_KW_TYPE)) return true;
    if (v->type == CN_JSON_NULL) m->def->direction = CN_DIR_NULL;
    else if (cn_json_is_string(v, CN_S("ltr"))) m->def->direction = CN_DIR_LTR;
    else if (cn_json_is_string(v, CN_S("rtl"))) m->def->direction = CN_DIR_RTL;
    else return FAIL(m, "invalid-base-direction", "@direction is none of \"ltr\", \"rtl\" and null.");
    return true;
}

/* 4.2.2, 24 */
static bool take_nest(making *m, const cn_json *v) {
    if (is_1_0(m)) return term_fails(m, "has @nest");
    cn_kw kw = cn_kw_of(cn_json_text(v));
    if (!cn_json_is(v, CN_JSON_STRING) || (kw && kw != CN_KW_NEST))
        return FAIL(m, "invalid-nest-value", "@nest is no string, or a keyword other than @nest.");
    m->def->nest = v->string;
    return true;
}

/* 4.2.2, 25 */
static bool take_prefix(making *m, const cn_json *v) {
    if (is_1_0(m) || cn_slice_find_byte(m->term, ':') != SIZE_MAX || cn_slice_find_byte(m->term, '/') != SIZE_MAX)
        return term_fails(m, "has @prefix, which such a term cannot have");
    if (!cn_json_is_bool(v)) return FAIL(m, "invalid-prefix-value", "@prefix is neither true nor false.");
    m->def->prefix = v->type == CN_JSON_TRUE;
    if (m->def->prefix && m->def->kw) return term_fails(m, "makes a keyword a prefix");
    return true;
}

/* The entries that are taken after the IRI is known, in the order of the spec. */
static const struct {
    cn_kw kw;
    bool (*take)(making *m, const cn_json *v);
} entries[] = {{CN_KW_CONTAINER, take_container}, {CN_KW_INDEX, take_index},         {CN_KW_CONTEXT, take_context},
               {CN_KW_LANGUAGE, take_language},   {CN_KW_DIRECTION, take_direction}, {CN_KW_NEST, take_nest},
               {CN_KW_PREFIX, take_prefix}};

/* 4.2.2, 26 */
static bool check_entries(making *m) {
    for (size_t i = 0; i < cn_json_count(m->value); i++) {
        cn_kw kw = cn_kw_of(m->value->object.v[i].key);
        bool known = kw == CN_KW_ID || kw == CN_KW_REVERSE || kw == CN_KW_TYPE || kw == CN_KW_PROTECTED;
        for (size_t k = 0; k < sizeof entries / sizeof *entries && !known; k++) known = entries[k].kw == kw;
        if (!known) return term_fails(m, "has an entry that no definition has");
    }
    return true;
}

static bool fill(making *m) {
    const cn_json *v;
    if ((v = cn_kw_get(m->value, CN_KW_PROTECTED)) && !take_protected(m, v)) return false;
    if ((v = cn_kw_get(m->value, CN_KW_TYPE)) && !take_type(m, v)) return false;
    if ((v = cn_kw_get(m->value, CN_KW_REVERSE))) {
        if (!take_reverse(m, v)) return false;
    } else {
        bool own_iri = m->id && !(m->id->type == CN_JSON_STRING && cn_slice_eq(m->id->string, m->term));
        if (!(own_iri ? take_id(m) : take_iri_from_term(m))) return false;
    }
    m->def->absolute = !m->def->null && !m->def->kw && cn_uri_absolute(m->def->iri);
    if (m->ignore) return true;
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++)
        if ((v = cn_kw_get(m->value, entries[i].kw)) && !entries[i].take(m, v)) return false;
    return check_entries(m);
}

static bool same_text(cn_slice x, cn_slice y) {
    return cn_slice_eq(x, y) && !x.p == !y.p;
}

/* The same but for being protected. */
static bool same(const cn_term_def *x, const cn_term_def *y) {
    return x->kw == y->kw && x->null == y->null && x->prefix == y->prefix && x->reverse == y->reverse &&
           x->has_language == y->has_language && x->direction == y->direction && x->container == y->container &&
           x->type_kw == y->type_kw && cn_slice_eq(x->iri, y->iri) && same_text(x->language, y->language) &&
           cn_slice_eq(x->type, y->type) && cn_slice_eq(x->index, y->index) && cn_slice_eq(x->nest, y->nest) &&
           !x->context == !y->context && (!x->context || cn_json_equal(x->context, y->context));
}

static bool put(making *m, const cn_term_def *def) {
    cn_ctx *ctx = m->d->ctx;
    return cn_terms_put(m->ld->a, &ctx->terms, ctx, m->term, def) || cn_ld_memory(m->ld);
}

/* 4.2.2, 27 and 28 */
static bool store(making *m) {
    cn_ctx *ctx = m->d->ctx;
    bool was_protected = m->previous && m->previous->protect;
    if (was_protected && !m->d->how->override_protected) {
        if (!same(m->previous, m->def))
            return FAIL(m, "protected-term-redefinition", "\"%.*s\" is protected and cannot be redefined.",
                        CN_ARG(m->term));
        return put(m, m->previous);
    }
    ctx->protected_n = ctx->protected_n - was_protected + m->def->protect;
    return put(m, m->def);
}

/* 4.2.2, 4 and 5: *go stays false for a term that is ignored. */
static bool check_term(making *m, const cn_json *value, bool *go) {
    cn_kw kw = cn_kw_of(m->term);
    if (m->term.n == 0) return term_fails(m, "is for the empty string");
    if (kw == CN_KW_TYPE && !is_1_0(m) && cn_json_is(value, CN_JSON_OBJECT) && cn_json_count(value)) {
        const cn_json *container = cn_kw_get(value, CN_KW_CONTAINER), *protect = cn_kw_get(value, CN_KW_PROTECTED);
        bool set = !container || (cn_json_many(container) == 1 &&
                                  cn_kw_of(cn_json_text(cn_json_one(container, 0))) == CN_KW_SET);
        *go = set && cn_json_count(value) == (size_t)(container != NULL) + (protect != NULL);
    } else if (!kw && cn_kw_like(m->term)) {
        return reserved(m, m->term);
    } else {
        *go = !kw;
    }
    if (!*go) return FAIL(m, "keyword-redefinition", "The keyword %.*s cannot be redefined.", CN_ARG(m->term));
    return true;
}

/* 4.2.2, 6 to 28 */
static bool define(making *m, const cn_json *value) {
    m->previous = cn_ctx_term(m->d->ctx, m->term); /* 6 */
    if (m->previous && !put(m, NULL)) return false;
    m->simple = value->type == CN_JSON_STRING;
    if (m->simple || value->type == CN_JSON_NULL) m->id = value;                                   /* 7, 8 */
    else if (value->type != CN_JSON_OBJECT) return term_fails(m, "is neither a string nor a map"); /* 9 */
    else m->value = value;
    if (m->value) m->id = cn_kw_get(value, CN_KW_ID);
    if (!(m->def = CN_NEW(m->ld->a, cn_term_def))) return cn_ld_memory(m->ld); /* 10 */
    m->def->protect = m->d->protect;
    m->def->shared = m->ld->sharing;
    if (!fill(m)) return false;
    if (!m->ignore) return store(m);
    return !m->previous || put(m, m->previous);
}

bool cn_ld_create_term(cn_ld *ld, cn_defining *d, cn_slice term) {
    making m = {.ld = ld, .d = d, .term = term, .at = {.up = d->at, .key = term}};
    cn_map_entry *state = cn_map_at(ld->a, &d->defined, term);
    if (!state) return cn_ld_memory(ld);
    if (state->value == DEFINED) return true; /* 1 */
    if (state->value == DEFINING)
        return FAIL(&m, "cyclic-iri-mapping", "The definition of \"%.*s\" needs itself.", CN_ARG(term));
    state->value = DEFINING; /* 2 */
    const cn_json *value = cn_json_get(d->local, term);
    bool go = false;
    if (!check_term(&m, value, &go)) return false;
    if (go) {
        if (!cn_ld_enter(ld, &m.at)) return false;
        bool ok = define(&m, value);
        ld->depth--;
        if (!ok) return false;
    }
    state->value = DEFINED;
    return true;
}
