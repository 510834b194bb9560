/* SPDX-License-Identifier: Apache-2.0
 *
 * The door of the room `schema`: JSON Schema 2020-12, 2019-09, draft 7, draft 6
 * and draft 4. A schema is compiled once, with all it refers to, and validates
 * any number of values.
 *
 * "Not valid" is a result. What a schema asks for is bounded in work, depth and memory:
 * reaching a bound is a LIMIT error, whoever wrote the schema or the value.
 */
#ifndef CN_SCHEMA_SCHEMA_H
#define CN_SCHEMA_SCHEMA_H

#include "base/ports.h"
#include "json/json.h"

/* ---- Compiling ---- */

typedef enum cn_dialect {
    CN_DIALECT_2020_12,
    CN_DIALECT_2019_09,
    CN_DIALECT_DRAFT_7,
    CN_DIALECT_DRAFT_6,
    CN_DIALECT_DRAFT_4
} cn_dialect;

/* The URL of its meta-schema, without a fragment: static. */
cn_slice cn_dialect_url(cn_dialect d);
/* By a name as people write it ("2020-12", "draft-07", "4") or by the URL of its meta-schema. */
bool cn_dialect_find(cn_slice name, cn_dialect *out);

typedef struct cn_schema_options {
    const cn_loader *loader; /* for what the schema refers to; NULL: only the meta-schemas, which are built in */
    cn_slice base;           /* the URL the schema is from, which relative references go by; may be empty */
    cn_dialect dialect;      /* where "$schema" does not say */
    size_t max_documents;    /* that are loaded; 0: 64 */
    size_t max_schemas;      /* schemas within them; 0: 100,000 */
} cn_schema_options;

/* Immutable: threads may share it. */
typedef struct cn_schema cn_schema;

/* Options may be NULL. The schema, which must live as long as what is compiled, is on the arena or borrowed.
 * INVALID "schema.keyword" (a keyword's value is not what it has to be), "schema.reference" (it points at
 * nothing), "schema.identifier", "schema.pattern"; UNSUPPORTED "schema.dialect", "schema.vocabulary",
 * "schema.pattern", "schema.number"; LIMIT "schema.documents", "schema.size", "schema.pattern", "memory.limit";
 * and the errors of the loader. `where` is the place in the schema. */
CN_MUST_USE bool cn_schema_compile(cn_arena *a, const cn_json *schema, const cn_schema_options *options,
                                   const cn_schema **out, cn_err *err);

/* ---- Validating ---- */

#define CN_SCHEMA_MAX_WORK ((size_t)5000000)

typedef struct cn_schema_run {
    bool formats;          /* "format" is held to; otherwise it is only where the vocabulary says so */
    size_t max_violations; /* that are told; 0: 20 */
    size_t max_work;       /* keywords and members looked at, steps of patterns; 0: CN_SCHEMA_MAX_WORK */
} cn_schema_run;

/* What is not as the schema asks. All on the arena, borrowed or static. */
typedef struct cn_violation {
    cn_slice instance; /* JSON pointer to the value at fault */
    cn_slice schema;   /* where in which schema it is asked for: "https://…/schema.json#/properties/name/type" */
    cn_slice keyword;  /* "required"; "false" where a schema allows nothing */
    cn_slice
        property;   /* the member it is about: the missing one, the one too many, the one at fault; may be empty */
    cn_slice limit; /* what the keyword asks for, as JSON, cut; may be empty */
    cn_slice value; /* what is there, as JSON, cut; empty for objects and arrays */
    cn_slice detail; /* one English sentence */
} cn_violation;

typedef struct cn_schema_result {
    bool valid;
    const cn_violation *violations; /* in the order of the schema's keywords and the value's members */
    size_t n;
    bool more; /* there were more than max_violations */
} cn_schema_result;

/* `run` may be NULL. LIMIT "schema.work", "schema.depth" (also: a schema that asks for itself of the same value),
 * "memory.limit". */
CN_MUST_USE bool cn_schema_validate(cn_arena *a, const cn_schema *schema, const cn_json *instance,
                                    const cn_schema_run *run, cn_schema_result *out, cn_err *err);

#endif
