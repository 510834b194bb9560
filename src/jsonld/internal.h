/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of this room share: keywords, the active context and its term
 * definitions, the state of one call. Nobody outside the room includes it.
 *
 * An active context is immutable once it has been handed on. Its terms stand in a
 * persistent hash trie (terms.c): deriving a context from another copies one struct, and
 * then only the few nodes on the way to a term that it changes.
 */
#ifndef CN_JSONLD_INTERNAL_H
#define CN_JSONLD_INTERNAL_H

#include "jsonld/jsonld.h"

/* ---- Keywords (JSON-LD 1.1, 1.7) ---- */

typedef enum cn_kw {
    CN_KW_NO, /* no keyword */
    CN_KW_BASE,
    CN_KW_CONTAINER,
    CN_KW_CONTEXT,
    CN_KW_DIRECTION,
    CN_KW_GRAPH,
    CN_KW_ID,
    CN_KW_IMPORT,
    CN_KW_INCLUDED,
    CN_KW_INDEX,
    CN_KW_JSON,
    CN_KW_LANGUAGE,
    CN_KW_LIST,
    CN_KW_NEST,
    CN_KW_NONE, /* "@none" */
    CN_KW_PREFIX,
    CN_KW_PROPAGATE,
    CN_KW_PROTECTED,
    CN_KW_REVERSE,
    CN_KW_SET,
    CN_KW_TYPE,
    CN_KW_VALUE,
    CN_KW_VERSION,
    CN_KW_VOCAB,
    CN_KW_COUNT
} cn_kw;

/* The keyword's text; static. */
cn_slice cn_kw_text(cn_kw kw);
/* CN_KW_NO when it is none. */
cn_kw cn_kw_of(cn_slice s);
/* "@" and ASCII letters: reserved, whether or not it is a keyword. */
bool cn_kw_like(cn_slice s);
/* The member of an object that is named by a keyword, not by an alias; NULL when absent. */
const cn_json *cn_kw_get(const cn_json *object, cn_kw kw);

/* ---- Language tags (language.c) ---- */

/* A language tag has the shape that BCP 47 asks for. */
bool cn_language_well_formed(cn_slice s);

/* ---- Term definitions and active contexts (4.1) ---- */

enum { /* container mapping */
       CN_CONTAINER_LIST = 1,
       CN_CONTAINER_SET = 2,
       CN_CONTAINER_INDEX = 4,
       CN_CONTAINER_LANGUAGE = 8,
       CN_CONTAINER_GRAPH = 16,
       CN_CONTAINER_ID = 32,
       CN_CONTAINER_TYPE = 64
};

typedef enum cn_dir { CN_DIR_UNSET, CN_DIR_NULL, CN_DIR_LTR, CN_DIR_RTL } cn_dir;

typedef struct cn_term_def {
    cn_slice iri; /* the IRI mapping, unless it is null */
    cn_kw kw;     /* the IRI mapping is this keyword */
    bool null, prefix, protect, reverse;
    bool absolute;     /* the IRI is known to be */
    bool has_language; /* the language mapping; null when language.p is */
    cn_slice language;
    cn_dir direction;
    unsigned container;
    cn_slice type; /* the type mapping, empty when there is none */
    cn_kw type_kw;
    cn_slice index; /* the index mapping, empty when there is none */
    cn_slice nest;
    const cn_json *context; /* the local (scoped) context, or NULL */
    bool shared;            /* it outlives the call: see shared.h */
    cn_slice base;          /* the URL it is relative to */
} cn_term_def;

typedef struct cn_terms cn_terms; /* a node of the trie; NULL is the empty one */

const cn_term_def *cn_terms_get(const cn_terms *t, cn_slice term);
/* Sets the definition in the trie of *t as `owner` sees it: nodes of other owners are copied first.
 * False at the arena's maximum. */
CN_MUST_USE bool cn_terms_put(cn_arena *a, cn_terms **t, const void *owner, cn_slice term, const cn_term_def *def);

typedef struct cn_term_entry {
    cn_slice term;
    const cn_term_def *def; /* never NULL */
} cn_term_entry;

typedef struct cn_term_list {
    cn_term_entry *v;
    size_t n, cap;
} cn_term_list;

/* All terms, the shortest first, those of one length in code point order. False at the arena's maximum. */
CN_MUST_USE bool cn_terms_list(cn_arena *a, const cn_terms *t, cn_term_list *out);

typedef struct cn_ctx {
    cn_terms *terms;
    size_t protected_n; /* terms that are protected */
    bool has_base, has_vocab;
    cn_slice base, vocab;
    cn_slice language; /* empty: none */
    cn_dir direction;
    const struct cn_ctx *previous; /* to go back to where a type-scoped context ends */
    struct cn_sharing *sharing;    /* NULL: of this call alone; see shared.h */
} cn_ctx;

typedef struct cn_sharing cn_sharing;
const cn_term_def *cn_shared_term(const cn_sharing *sharing, cn_slice term);

/* The definition of a term, or NULL. */
static inline const cn_term_def *cn_ctx_term(const cn_ctx *ctx, cn_slice term) {
    return ctx->sharing ? cn_shared_term(ctx->sharing, term) : cn_terms_get(ctx->terms, term);
}

/* ---- One call ---- */

/* A place, from the inside out; the outermost names the document ("" for the input). */
typedef struct cn_path {
    const struct cn_path *up;
    cn_slice key; /* key.p NULL: the index counts */
    size_t index;
} cn_path;

/* Gives the error this place, where it has none. Always false. */
bool cn_path_place(const cn_path *at, cn_err *err);

typedef struct cn_ld {
    cn_arena *a;
    const cn_jsonld_options *options;
    cn_err *err;
    cn_slice base; /* the original base URL */
    size_t depth, deepest, max_depth, max_contexts;
    size_t work, max_work; /* term definitions made so far, and at most */
    cn_map documents;      /* URL -> cn_ld_document: remote contexts read in this call */
    cn_map derived;        /* what cn_ld_process() made of which context, see context.c */
    bool sharing;          /* what is made is for all calls: shared.c is at work */
} cn_ld;

/* Always false. INVALID with the id and the place. */
__attribute__((format(printf, 4, 5))) bool cn_ld_fail(cn_ld *ld, const cn_path *at, const char *id,
                                                      const char *format, ...);
bool cn_ld_memory(cn_ld *ld);
/* So that the compiler knows it (base/err.h says why). */
#define cn_ld_fail(...) cn_always_false(cn_ld_fail(__VA_ARGS__))
#define cn_ld_memory(ld) cn_always_false(cn_ld_memory(ld))
/* Enters one level of nesting; LIMIT "jsonld.depth". Each success is paired with ld->depth--. */
CN_MUST_USE bool cn_ld_enter(cn_ld *ld, const cn_path *at);
/* The context document of an absolute URL, read at most once in a call: the value of its "@context". */
CN_MUST_USE bool cn_ld_load(cn_ld *ld, cn_slice url, const cn_path *at, const cn_json **context, cn_slice *final);
void cn_ld_start(cn_ld *ld, cn_arena *a, const cn_jsonld_options *options, cn_err *err);
/* The members of an object, sorted where the options ask for it; n is cn_json_count(). */
CN_MUST_USE bool cn_ld_members(cn_ld *ld, const cn_json *object, const cn_json_member **out);

/* ---- Context processing (4.1, 4.2) ---- */

/* The remote contexts that are being processed, innermost first. */
typedef struct cn_remote {
    const struct cn_remote *up;
    cn_slice url;
    size_t count;
} cn_remote;

typedef struct cn_process {
    cn_slice base; /* what relative URLs in the local context are resolved against */
    const cn_remote *remote;
    const cn_path *at;
    bool override_protected;
    bool do_not_propagate;
    bool validating; /* the result is thrown away: "validate scoped context" is false in the spec */
    bool keep;       /* this local context will be met again: remember the result */
} cn_process;

/* The initial context of the call. */
CN_MUST_USE bool cn_ld_initial(cn_ld *ld, const cn_ctx **out);
/* 4.1.2 */
CN_MUST_USE bool cn_ld_process(cn_ld *ld, const cn_ctx *active, const cn_json *local, const cn_process *how,
                               const cn_ctx **out);
/* The context of a term that has a scoped one, entered from `active`. */
CN_MUST_USE bool cn_ld_enter_scope(cn_ld *ld, const cn_ctx *active, const cn_term_def *def, bool property,
                                   const cn_path *at, const cn_ctx **out);

/* A local context that is being turned into definitions. */
typedef struct cn_defining {
    cn_ctx *ctx;          /* under construction: its terms may change */
    const cn_json *local; /* an object */
    cn_map defined;       /* term -> CN_DEFINING or CN_DEFINED */
    const cn_process *how;
    const cn_path *at;
    bool protect;
} cn_defining;

/* 4.2.2 */
CN_MUST_USE bool cn_ld_create_term(cn_ld *ld, cn_defining *d, cn_slice term);

/* ---- IRI expansion (5.2) ---- */

typedef struct cn_iri {
    cn_slice text; /* empty when null */
    cn_kw kw;      /* it is this keyword */
    bool null;
    const cn_term_def *def; /* of the text that was expanded, or NULL */
} cn_iri;

enum { CN_IRI_VOCAB = 1, CN_IRI_DOCUMENT = 2 };

/* Is what was expanded an absolute IRI? */
static inline bool cn_iri_absolute(const cn_iri *iri) {
    if (iri->def && iri->def->absolute && iri->def->iri.p == iri->text.p) return true;
    return !iri->null && cn_uri_absolute(iri->text);
}

/* The keyword that a key stands for, or CN_KW_NO. */
cn_kw cn_ld_keyword(const cn_ctx *ctx, cn_slice key);

/* 5.2.2. `defining` is NULL outside of context processing. */
CN_MUST_USE bool cn_ld_expand_iri(cn_ld *ld, const cn_ctx *ctx, cn_slice value, unsigned how,
                                  cn_defining *defining, cn_iri *out);

/* ---- Expansion (5.1, 5.3) ---- */

/* The active property. */
typedef struct cn_prop {
    cn_slice key;           /* key.p NULL: none */
    const cn_term_def *def; /* in the active context, or NULL */
} cn_prop;

cn_prop cn_ld_prop(const cn_ctx *ctx, cn_slice key);
bool cn_prop_is(cn_prop prop, cn_kw kw);
/* It is null or "@graph": what stands there and is no node says nothing. */
bool cn_prop_top(cn_prop prop);

/* 5.1.2. *out is NULL for null, otherwise fresh: the caller may change it. */
CN_MUST_USE bool cn_ld_expand(cn_ld *ld, const cn_ctx *ctx, cn_prop prop, const cn_json *element, bool from_map,
                              const cn_path *at, cn_json **out);
/* 5.1.2, 6 to 20 */
CN_MUST_USE bool cn_ld_expand_object(cn_ld *ld, const cn_ctx *ctx, cn_prop prop, const cn_json *element,
                                     bool from_map, const cn_path *at, cn_json **out);
/* 5.1.2, 15 to 19: checks an expanded object, and drops (*result = NULL) what says nothing. */
CN_MUST_USE bool cn_ld_finish_object(cn_ld *ld, cn_prop prop, const cn_path *at, cn_json **result);
/* A graph object of one item (13.8.3.7.1, 13.12). */
CN_MUST_USE bool cn_ld_to_graph(cn_ld *ld, cn_json *item, const cn_path *at, cn_json **out);
/* 5.1.2, 13.7 */
CN_MUST_USE bool cn_ld_expand_language_map(cn_ld *ld, const cn_ctx *ctx, cn_prop prop, const cn_json *map,
                                           const cn_path *at, cn_json **out);
/* 5.1.2, 13.8 */
CN_MUST_USE bool cn_ld_expand_index_map(cn_ld *ld, const cn_ctx *ctx, cn_prop prop, const cn_json *map,
                                        const cn_path *at, cn_json **out);
/* 5.3.2 */
CN_MUST_USE bool cn_ld_expand_value(cn_ld *ld, const cn_ctx *ctx, cn_prop prop, const cn_json *value,
                                    const cn_path *at, cn_json **out);
/* "@language" in lower case, checked in safe mode. */
CN_MUST_USE bool cn_ld_language(cn_ld *ld, cn_slice tag, const cn_path *at, cn_slice *out);

static inline cn_ctx *cn_ctx_own(const cn_ctx *ctx) {
    return (cn_ctx *)(uintptr_t)ctx;
}

/* ---- Building values ---- */

/* Each answers false, with the error set, at the arena's maximum. */
CN_MUST_USE bool cn_ld_set(cn_ld *ld, cn_json *object, cn_kw kw, const cn_json *value);
CN_MUST_USE bool cn_ld_set_text(cn_ld *ld, cn_json *object, cn_kw kw, cn_slice text);
/* Adds a value, or each of an array, to the array under a key; makes the array where there is none. */
CN_MUST_USE bool cn_ld_add(cn_ld *ld, cn_json *object, cn_slice key, cn_json *value);
/* The macro "add value" of section 4: adds a value, or each of an array, to what stands under a key; that
 * becomes an array when there is more than one, or as_array asks for it. */
CN_MUST_USE bool cn_ld_add_value(cn_ld *ld, cn_json *object, cn_slice key, const cn_json *value, bool as_array);
/* The value itself when it is an array, otherwise an array of it; NULL gives an empty one. */
CN_MUST_USE bool cn_ld_array(cn_ld *ld, cn_json *value, cn_json **out);
/* What expansion built is ours to change. */
static inline cn_json *cn_ld_own(const cn_json *v) {
    return (cn_json *)(uintptr_t)v;
}

bool cn_ld_is_value(const cn_json *v);
bool cn_ld_is_list(const cn_json *v);
bool cn_ld_is_graph(const cn_json *v);
bool cn_ld_is_node(const cn_json *v);

#endif
