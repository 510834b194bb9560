/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `jsonld`: what the algorithms of compaction share: inverse contexts (JSON-LD 1.1 Processing
 * Algorithms and API, 4.3), IRI compaction (6.2), value compaction (6.3) and the algorithm itself (6.1), which
 * compact.c and compact_item.c divide between them.
 */
#ifndef CN_JSONLD_COMPACT_H
#define CN_JSONLD_COMPACT_H

#include "jsonld/internal.h"

typedef struct cn_inverse cn_inverse;

/* One call of compact(). */
typedef struct cn_compaction {
    cn_ld ld;
    cn_map inverses; /* active contexts, by their address -> cn_inverse */
    const cn_inverse *last;
    size_t steps; /* of a bounded number, see cn_ld_inverse() */
} cn_compaction;

/* ---- Inverse contexts (inverse_context.c) ---- */

typedef enum cn_by { CN_BY_LANGUAGE, CN_BY_TYPE, CN_BY_ANY } cn_by;

/* What is looked for, and by which names, the best first. */
typedef struct cn_selection {
    unsigned container[24]; /* CN_CONTAINER_… together; 0: none */
    size_t containers;
    cn_by by;
    cn_slice preferred[8];
    size_t preferred_n;
} cn_selection;

struct cn_inverse {
    const cn_ctx *ctx;
    cn_map iris;                 /* IRI or keyword -> what stands for it, see inverse_context.c */
    const cn_term_entry *prefix; /* the terms that may be prefixes, the shortest first */
    size_t prefixes;
};

/* 4.3.2. Made once for each active context. What making and using it costs is counted: LIMIT "jsonld.work". */
CN_MUST_USE bool cn_ld_inverse(cn_compaction *c, const cn_ctx *ctx, const cn_inverse **out);
/* The term of an IRI or keyword for such a value (4.3, term selection); term.p is NULL when there is none. */
cn_slice cn_ld_select_term(const cn_inverse *inverse, cn_slice var, const cn_selection *wanted);
/* The key of the default language and direction (4.3.2, step 2; 6.2.2, step 4.1). */
CN_MUST_USE bool cn_ld_default_language(cn_compaction *c, const cn_ctx *ctx, cn_slice *out);
/* Counts steps of like cost. */
CN_MUST_USE bool cn_ld_spend(cn_compaction *c, size_t steps);

/* ---- IRI and value compaction ---- */

enum { CN_COMPACT_VOCAB = 1, CN_COMPACT_REVERSE = 2 };

/* 6.2.2. value is NULL where there is none. INVALID "jsonld.iri-confused-with-prefix". */
CN_MUST_USE bool cn_ld_compact_iri(cn_compaction *c, const cn_ctx *ctx, cn_slice var, const cn_json *value,
                                   unsigned how, cn_slice *out);
/* The alias of a keyword. */
CN_MUST_USE bool cn_ld_alias(cn_compaction *c, const cn_ctx *ctx, cn_kw kw, cn_slice *out);
/* 6.3.2: a value object or a reference; *out is fresh where it is an object, except in a JSON literal. */
CN_MUST_USE bool cn_ld_compact_value(cn_compaction *c, const cn_ctx *ctx, cn_prop prop, const cn_json *value,
                                     const cn_json **out);

/* ---- The algorithm (6.1.2) ---- */

/* An object that is being compacted. */
typedef struct cn_compacting {
    cn_compaction *c;
    const cn_ctx *ctx;      /* the active context */
    const cn_ctx *type_ctx; /* the one that types are read in */
    cn_prop prop;           /* the active property */
    const cn_json *element;
    cn_json *result;
} cn_compacting;

/* *out is fresh where it is an object or array, except in a JSON literal. */
CN_MUST_USE bool cn_ld_compact(cn_compaction *c, const cn_ctx *ctx, cn_prop prop, const cn_json *element,
                               const cn_json **out);
/* compact() of 9.1 from step 5 on: what was expanded; the context may be NULL. */
CN_MUST_USE bool cn_ld_compact_expanded(cn_arena *a, const cn_json *expanded, const cn_json *context,
                                        const cn_jsonld_options *options, const cn_json **out, cn_err *err);
/* 12.7 and 12.8: one property and all its values. */
CN_MUST_USE bool cn_ld_compact_property(cn_compacting *o, cn_slice property, const cn_json *values);

#endif
