/* SPDX-License-Identifier: Apache-2.0
 *
 * The door of the room `jsonld`: JSON-LD 1.1 Processing Algorithms and API.
 * One file per algorithm: context.c (4), create_term.c (4.2), iri.c (5.2),
 * expand.c (5.1), expand_value.c (5.3), inverse_context.c (4.3), compact.c (6.1), compact_iri.c (6.2),
 * compact_value.c (6.3), flatten.c (7.1), node_map.c (7.2), to_rdf.c (8.1), from_rdf.c (8.4),
 * rdf_to_object.c (8.5). Nothing here knows any vocabulary.
 */
#ifndef CN_JSONLD_JSONLD_H
#define CN_JSONLD_JSONLD_H

#include "base/ports.h"
#include "json/json.h"
#include "rdf/rdf.h"

/* What the built-in contexts mean, worked out once for many calls. Threads may use one at the same time, and none
 * waits for another. */
typedef struct cn_contexts cn_contexts;
/* Owned by the caller; takes its memory as it is used, at most 64 MiB. */
cn_contexts *cn_contexts_new(void);
/* NULL is accepted. */
void cn_contexts_free(cn_contexts *c);

typedef enum cn_rdf_direction { CN_DIRECTION_NONE, CN_DIRECTION_I18N, CN_DIRECTION_COMPOUND } cn_rdf_direction;

typedef struct cn_jsonld_options {
    const cn_loader *loader;       /* contexts by URL; NULL: every remote context is an error */
    cn_contexts *processed;        /* asked for the built-in contexts before the loader is; what comes out borrows
                                      from it. NULL: the loader alone */
    cn_slice base;                 /* the document's IRI; empty: none, relative IRIs stay relative */
    const cn_json *expand_context; /* NULL: none */
    bool safe;                     /* data that would be dropped is an error (see below) */
    bool ordered;                  /* process members in code point order */
    bool mode_1_0;                 /* processing mode json-ld-1.0, for tests of its errors */
    cn_rdf_direction direction;
    bool generalized;    /* produceGeneralizedRdf */
    bool keep_arrays;    /* compactArrays is false: arrays of one stay arrays */
    bool native_types;   /* useNativeTypes: xsd:boolean, xsd:integer and xsd:double become JSON's own, from RDF */
    bool rdf_type;       /* useRdfType: rdf:type stays a property, from RDF */
    bool keep_absolute;  /* compactToRelative is false: IRIs are not made relative to the document's */
    size_t max_contexts; /* remote contexts in one document; 0 means 64 */
    size_t max_depth;    /* of nested values and scoped contexts; 0 means 128 */
} cn_jsonld_options;

/* Errors of the spec (section 9.6) are INVALID with id "jsonld." and the code with hyphens:
 * "jsonld.loading-remote-context-failed", "jsonld.context-overflow", "jsonld.cyclic-iri-mapping", …
 * A context no one has is NOT_FOUND "jsonld.context-unknown" and names its URL. Safe mode: INVALID
 * "jsonld.dropped-property", "jsonld.dropped-type" (a relative @type), "jsonld.dropped-id" (a relative
 * @id or reference), "jsonld.dropped-value", "jsonld.dropped-language", "jsonld.dropped-direction" (to RDF, with
 * no direction option); what jsonld.js's safe mode refuses is refused. `where` is a JSON pointer into the input,
 * or "URL of the context#pointer". */

/* Expansion (5.1, with the steps of 9.1.? expand()): always an array. On the arena. */
CN_MUST_USE bool cn_jsonld_expand(cn_arena *a, const cn_json *input, const cn_jsonld_options *options,
                                  const cn_json **out, cn_err *err);
/* Compaction (6.1, with the steps of 9.1, compact()): expands, then compacts by the context, which may be a
 * document that has one; NULL for none. Always an object, that context first in it. INVALID
 * "jsonld.iri-confused-with-prefix", "jsonld.invalid-nest-value"; LIMIT "jsonld.work" where the contexts have too
 * many terms for such a document. Safe mode also refuses what the context cannot hold: two lists, or two JSON
 * literals, in one term. On the arena. */
CN_MUST_USE bool cn_jsonld_compact(cn_arena *a, const cn_json *input, const cn_json *context,
                                   const cn_jsonld_options *options, const cn_json **out, cn_err *err);
/* Flattening (7.1, with the steps of 9.1, flatten()): an array of nodes, or where a context is given (not NULL,
 * not null) what compaction makes of that. On the arena. */
CN_MUST_USE bool cn_jsonld_flatten(cn_arena *a, const cn_json *input, const cn_json *context,
                                   const cn_jsonld_options *options, const cn_json **out, cn_err *err);
/* Deserialisation to RDF (8.1): expand, node map, quads, those of the outermost node first, its types before its
 * other properties. On the arena. */
CN_MUST_USE bool cn_jsonld_to_rdf(cn_arena *a, const cn_json *input, const cn_jsonld_options *options,
                                  cn_dataset *out, cn_err *err);

/* Serialisation of RDF as JSON-LD (8.4): an array in expanded form; of the options only ordered, direction,
 * native_types, rdf_type, mode_1_0 and max_depth are looked at. INVALID "jsonld.invalid-json-literal",
 * "jsonld.invalid-base-direction", "jsonld.invalid-language-tagged-string" (compound literals); LIMIT
 * "jsonld.depth" where lists are in lists too deeply. On the arena; borrows from the dataset. */
CN_MUST_USE bool cn_jsonld_from_rdf(cn_arena *a, const cn_dataset *dataset, const cn_jsonld_options *options,
                                    const cn_json **out, cn_err *err);

/* ---- Contexts built into the program ---- */

typedef struct cn_builtin_context {
    const char *url;
    const char *body; /* static, JSON */
    size_t length;
    const char *sha256;           /* hex, of these bytes */
    const char *published_sha256; /* hex, of the file at the URL; differs in white space only; "" unknown */
    const char *published_sha384; /* the same by another hash */
    const char *source;           /* "npm @digitalbazaar/credentials-context 3.2.0" or "cairn" */
} cn_builtin_context;

/* Static; sorted by URL. */
const cn_builtin_context *cn_builtin_contexts(size_t *count);
/* NULL when it is not built in. */
const cn_builtin_context *cn_builtin_context_find(cn_slice url);
/* A loader that knows the built-in contexts, then asks `next` (NULL: nobody; borrowed). */
cn_loader cn_builtin_loader(const cn_loader *next);

#endif
