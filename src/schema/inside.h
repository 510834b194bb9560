/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `schema`: what a compiled schema is made of, and what the files
 * ask of each other. Nothing outside the room includes this, its tests excepted.
 *
 * A schema (an object or a boolean) is a node; a keyword of it that asks for
 * something is a rule. Nodes are found by the JSON value they stand for, so that references may go in rings.
 */
#ifndef CN_SCHEMA_INSIDE_H
#define CN_SCHEMA_INSIDE_H

#include "json/decimal.h"
#include "pattern/pattern.h"
#include "schema/schema.h"

typedef struct cn_sch_node cn_sch_node;
typedef struct cn_sch_rule cn_sch_rule;
typedef struct cn_sch_run cn_sch_run;
typedef struct cn_sch_compiler cn_sch_compiler;

/* ---- Dialects and vocabularies (dialect.c) ---- */

enum { /* a dialect as a bit */
       CN_D4 = 1,
       CN_D6 = 2,
       CN_D7 = 4,
       CN_D19 = 8,
       CN_D20 = 16,
       CN_D_OLD = CN_D4 | CN_D6 | CN_D7, /* "$ref" stands alone, "$id" may hold an anchor */
       CN_D_NEW = CN_D19 | CN_D20,
       CN_D_ALL = CN_D_OLD | CN_D_NEW
};

enum { /* vocabularies; the older dialects have all */
       CN_V_CORE = 1,
       CN_V_APPLICATOR = 2,
       CN_V_UNEVALUATED = 4,
       CN_V_VALIDATION = 8,
       CN_V_FORMAT = 16,
       CN_V_OTHER = 32,
       CN_V_ALL = 63
};

typedef struct cn_sch_dialect {
    unsigned bit, vocabularies;
    bool formats; /* its vocabulary says that "format" is held to */
} cn_sch_dialect;

cn_sch_dialect cn_sch_dialect_of(cn_dialect d);
/* The dialect that a "$schema" names, its meta-schema loaded where it is not one of ours. */
CN_MUST_USE bool cn_sch_dialect_find(cn_sch_compiler *c, cn_slice url, cn_sch_dialect *out);
/* The meta-schemas that are built in, and behind them `next`, which may be NULL. */
bool cn_sch_builtin_load(const cn_loader *next, cn_arena *a, cn_slice url, cn_document *out, cn_err *err);

/* ---- Documents (documents.c) ---- */

/* A schema that has a URL of its own: the base of the references within. */
typedef struct cn_sch_resource {
    cn_slice uri; /* without a fragment */
    cn_sch_dialect dialect;
    cn_map anchors; /* "$anchor", "$dynamicAnchor", "$id": "#…": to nodes */
    cn_map dynamic; /* "$dynamicAnchor": to nodes */
    cn_sch_node *root;
    bool recursive; /* "$recursiveAnchor" */
    bool entered;   /* the nodes of `dynamic` are compiled, or will be */
} cn_sch_resource;

struct cn_sch_node {
    const cn_json *json;
    cn_sch_resource *resource;
    cn_slice pointer; /* within the resource */
    cn_slice by;      /* the keyword that it stands under; empty for roots: static */
    bool queued;
    bool wants_seen;    /* a rule asks which members or items others have looked at */
    cn_sch_rule *rules; /* none for true and false */
    size_t n, cap;
    cn_sch_node *next; /* in the queue */
};

struct cn_schema {
    const cn_sch_node *root;
};

struct cn_sch_compiler {
    cn_arena *arena;
    cn_err *err;
    const cn_schema_options *options;
    cn_map resources; /* URL without fragment: cn_sch_resource */
    cn_map nodes;     /* bytes of the address of a JSON object: cn_sch_node */
    cn_map loaded;    /* URL without fragment: what was had */
    cn_map dialects;  /* URL of a meta-schema that is not ours: cn_sch_dialect; NULL while it is being read */
    size_t documents, schemas;
    cn_sch_node *first, *last; /* queue of nodes to be compiled */
};

/* The document of this URL, made known as one in this dialect where it does not name another. */
CN_MUST_USE bool cn_sch_document(cn_sch_compiler *c, const cn_json *json, cn_slice url,
                                 const cn_sch_dialect *dialect, cn_sch_resource **out);
/* The JSON of a URL without a fragment, loaded or built in; *base is what it says of its own address. */
CN_MUST_USE bool cn_sch_load(cn_sch_compiler *c, cn_slice url, const cn_json **out, cn_slice *base);
/* The node of a JSON value within a resource, found or made, and put into the queue. */
CN_MUST_USE bool cn_sch_node_of(cn_sch_compiler *c, const cn_json *json, cn_sch_resource *resource,
                                cn_slice pointer, cn_slice by, cn_sch_node **out);
/* What a reference in a node points at. `*anchor` is its fragment where that is a name, empty otherwise. */
CN_MUST_USE bool cn_sch_refer(cn_sch_compiler *c, const cn_sch_node *from, cn_slice reference, cn_sch_node **out,
                              cn_slice *anchor);
/* True when the place is the beginning of a schema whose "$ref" hides all beside it. */
bool cn_sch_only_ref(const cn_sch_dialect *d, const cn_json *json);

/* ---- Keywords (keywords.c): a row each ---- */

typedef enum cn_shape { /* where in a keyword's value schemas stand */
                        CN_SHAPE_NONE,
                        CN_SHAPE_ONE,
                        CN_SHAPE_LIST,
                        CN_SHAPE_ONE_OR_LIST,
                        CN_SHAPE_MAP /* members that are no schemas, as in "dependencies", are passed over */
} cn_shape;

typedef bool cn_sch_compile(cn_sch_compiler *c, cn_sch_node *node, cn_slice name, const cn_json *value);

typedef struct cn_sch_keyword {
    cn_slice name;
    unsigned dialects, vocabulary_19, vocabulary_20;
    cn_shape shape;
    cn_sch_compile *compile; /* NULL: asks for nothing itself */
} cn_sch_keyword;

/* In the order in which their rules are tried. */
const cn_sch_keyword *cn_sch_keywords(size_t *count);
/* Whether the dialect has the keyword. */
bool cn_sch_has(const cn_sch_dialect *d, const cn_sch_keyword *k);

/* Compiling (compile_simple.c, compile_apply.c). */
cn_sch_compile cn_sch_compile_type, cn_sch_compile_enum, cn_sch_compile_const, cn_sch_compile_multiple,
    cn_sch_compile_bound, cn_sch_compile_count, cn_sch_compile_pattern, cn_sch_compile_format,
    cn_sch_compile_unique, cn_sch_compile_required, cn_sch_compile_dependent_required;
cn_sch_compile cn_sch_compile_ref, cn_sch_compile_dynamic_ref, cn_sch_compile_recursive_ref,
    cn_sch_compile_dependencies, cn_sch_compile_dependent_schemas, cn_sch_compile_names, cn_sch_compile_members,
    cn_sch_compile_items, cn_sch_compile_contains, cn_sch_compile_if, cn_sch_compile_all, cn_sch_compile_any,
    cn_sch_compile_one, cn_sch_compile_not, cn_sch_compile_unevaluated_items,
    cn_sch_compile_unevaluated_properties;

/* INVALID "schema.keyword" at the keyword's place. */
bool cn_sch_fail(cn_sch_compiler *c, const cn_sch_node *node, cn_slice name, const char *must);
/* A new rule of the node, or NULL at the arena's maximum. */
cn_sch_rule *cn_sch_rule_add(cn_sch_compiler *c, cn_sch_node *node, cn_slice name, const cn_json *value);
/* A keyword's value that counts. */
CN_MUST_USE bool cn_sch_count(cn_sch_compiler *c, const cn_sch_node *node, cn_slice name, const cn_json *value,
                              size_t *out);

/* ---- Patterns (ecma.c, pattern.c) ---- */

/* An ECMA-262 regular expression (flag u) as PCRE2 writes it. False, with a sentence's end in *why, where it is
 * none, or at the arena's maximum (*why NULL). */
CN_MUST_USE bool cn_ecma_translate(cn_arena *a, cn_slice pattern, cn_slice *out, const char **why);
/* Whether it is one. */
bool cn_ecma_valid(cn_slice pattern);
/* INVALID, UNSUPPORTED or LIMIT "schema.pattern". */
CN_MUST_USE bool cn_sch_pattern(cn_arena *a, cn_slice pattern, const cn_pattern **out, cn_err *err);
/* Whether it is found anywhere in the text; at the end of *work the answer is LIMIT "schema.work". */
CN_MUST_USE bool cn_sch_pattern_find(cn_arena *a, const cn_pattern *pattern, cn_slice text, size_t *work,
                                     bool *found, cn_err *err);

/* ---- Formats (format.c, format_net.c) ---- */

typedef bool cn_format(cn_slice text);
/* NULL where the format is not known; static. */
cn_format *cn_format_find(cn_slice name);
cn_format cn_format_hostname, cn_format_email, cn_format_idn_email, cn_format_ipv4, cn_format_ipv6, cn_format_uri,
    cn_format_uri_reference, cn_format_iri, cn_format_iri_reference, cn_format_uri_template;

/* ---- Rules ---- */

/* Members or items that a schema or its parts have looked at: a bit each. */
typedef struct cn_sch_seen {
    uint64_t *bits;
    size_t n;
} cn_sch_seen;

/* A place in the value that is validated: the chain up to the root. */
typedef struct cn_sch_at {
    const struct cn_sch_at *up;
    const cn_json *value;
    cn_slice key; /* of a member */
    size_t index; /* of an item */
    bool item;
} cn_sch_at;

typedef struct cn_sch_branch { /* a member's name or a pattern, and what is asked for it */
    cn_slice name;
    const cn_pattern *pattern;
    cn_sch_node *node;
    const cn_json *names; /* dependencies: what is required */
} cn_sch_branch;

/* Whether the rule holds; `seen` is NULL where nobody asks. Where run->stopped is set the answer means nothing. */
typedef bool cn_sch_rule_run(cn_sch_run *run, const cn_sch_rule *rule, const cn_sch_at *at, cn_sch_seen *seen);

struct cn_sch_rule {
    cn_sch_rule_run *run;
    const cn_sch_node *node;
    cn_slice keyword;
    const cn_json *value;
    bool last;          /* asks what the others have looked at */
    unsigned types;     /* type: a bit for each, CN_SCH_INTEGER among them */
    int sign;           /* maximum 1, minimum -1 */
    bool exclusive;     /* minimum, maximum */
    cn_decimal decimal; /* minimum, maximum */
    cn_divisor divisor;
    size_t count, min, max; /* counts; contains */
    const cn_pattern *pattern;
    cn_format *format;
    cn_sch_node *one, *then, *other; /* references, if, items beyond, contains, not … */
    cn_sch_branch *branches;         /* allOf …, patternProperties, prefixItems, dependencies */
    size_t n;
    cn_map members;   /* properties: to nodes */
    cn_slice anchor;  /* $dynamicRef: the name that is looked for; p NULL where there is none */
    bool each_counts; /* contains: what it finds is looked at */
};

cn_sch_rule_run cn_sch_run_type, cn_sch_run_enum, cn_sch_run_const, cn_sch_run_multiple, cn_sch_run_bound,
    cn_sch_run_length, cn_sch_run_item_count, cn_sch_run_member_count, cn_sch_run_pattern, cn_sch_run_format,
    cn_sch_run_unique, cn_sch_run_required, cn_sch_run_dependent_required;
cn_sch_rule_run cn_sch_run_ref, cn_sch_run_dynamic_ref, cn_sch_run_recursive_ref, cn_sch_run_dependent,
    cn_sch_run_names, cn_sch_run_members, cn_sch_run_items, cn_sch_run_contains, cn_sch_run_if, cn_sch_run_all,
    cn_sch_run_any, cn_sch_run_one, cn_sch_run_not, cn_sch_run_unevaluated_items,
    cn_sch_run_unevaluated_properties;

/* ---- A validation (validate.c) ---- */

/* The resources that were entered on the way here. */
typedef struct cn_sch_scope {
    const cn_sch_resource *resource;
    const struct cn_sch_scope *outer;
} cn_sch_scope;

struct cn_sch_run {
    cn_arena *arena;
    cn_err *err;
    bool stopped; /* err is set; all ends */
    bool quiet;   /* only the answer counts: nothing is told, and the first failure ends it */
    bool formats;
    size_t work_left;
    unsigned depth;
    const cn_sch_scope *scope;
    cn_violation *violations;
    size_t n, max;
    bool more;
};

/* Sets run->stopped; err is filled. Answers false. */
bool cn_sch_stop(cn_sch_run *run);
bool cn_sch_stop_memory(cn_sch_run *run);
/* Counts work; false where none is left. */
bool cn_sch_spend(cn_sch_run *run, size_t work);
/* Whether the value is as the node asks. What it has looked at is added to `outer` (which may be NULL) where it
 * is. */
bool cn_sch_eval(cn_sch_run *run, const cn_sch_node *node, const cn_sch_at *at, cn_sch_seen *outer);
void cn_sch_saw(cn_sch_seen *seen, size_t i); /* seen may be NULL */
void cn_sch_saw_all(cn_sch_seen *seen);
bool cn_sch_was_seen(const cn_sch_seen *seen, size_t i);

enum { CN_SCH_INTEGER = CN_JSON_OBJECT + 1 }; /* the type "integer", beside those of JSON */
bool cn_sch_type_fits(const cn_sch_rule *type, const cn_json *value);

/* ---- What is told (tell.c) ---- */

/* Notes a violation: the sentence is "<the value> <format>." ("The property "name" must be …"). Answers false. */
__attribute__((format(printf, 5, 6))) bool cn_sch_tell(cn_sch_run *run, const cn_sch_rule *rule,
                                                       const cn_sch_at *at, cn_slice property, const char *format,
                                                       ...);
/* That a schema which is false stands there. Answers false. */
bool cn_sch_tell_never(cn_sch_run *run, const cn_sch_node *node, const cn_sch_at *at);

#endif
