/* SPDX-License-Identifier: Apache-2.0
 *
 * The door of the room `rules`: packs of rules that frameworks for micro-credentials set, and records held
 * against them.
 *
 * A pack is data (data/frameworks/, described in docs/frameworks.md): no rule stands in C. Nothing here knows a
 * clock: the date is an input, and chooses the pack. Numbers are compared exactly, as they are written.
 */
#ifndef CN_RULES_RULES_H
#define CN_RULES_RULES_H

#include "json/json.h"

/* One text in both languages; a pack from elsewhere may have English alone (then both are that). */
typedef struct cn_words {
    cn_slice en, fr;
} cn_words;

typedef enum cn_severity { CN_MUST, CN_SHOULD, CN_MAY } cn_severity;
const char *cn_severity_name(cn_severity s); /* "must", "should", "may" */

/* What a rule comes to: it holds; it does not; somebody has to state it; what it depends on is not the case. */
typedef enum cn_rule_outcome { CN_RULE_PASS, CN_RULE_FAIL, CN_RULE_ATTEST, CN_RULE_SKIP } cn_rule_outcome;
const char *cn_rule_outcome_name(cn_rule_outcome o); /* "pass", "fail", "attest", "skip" */

typedef struct cn_test cn_test;

typedef struct cn_rule {
    cn_slice id;
    cn_severity severity;
    cn_slice scope; /* "offering", "award", "provider", "process", "learner", "application" */
    cn_words message;
    cn_slice source;
    char confidence; /* 'V' read on an official page, 'S' in a secondary source, 'R' recalled: unconfirmed */
    bool enforced;   /* false for 'R', which is never more than advice */
    const cn_test *test;
} cn_rule;

/* Other tests for some rules between two dates, where the record asks for them by name. */
typedef struct cn_variant {
    cn_slice name, from, to; /* dates as in a pack; without `from` it never applies */
    cn_words title;          /* may be empty */
    struct cn_override {
        const cn_rule *rule;
        const cn_test *test;
    } * overrides;
    size_t overrides_n;
} cn_variant;

typedef struct cn_pack {
    cn_slice id, family;  /* packs of a family follow each other in time */
    cn_words title, note; /* note may be empty */
    cn_slice jurisdiction, status;
    cn_slice from, to;      /* "2022-08-01"; `to` is the last day, empty while it is open */
    const cn_json *sources; /* an object of texts; may be NULL */
    cn_rule *rules;
    size_t rules_n;
    cn_variant *variants;
    size_t variants_n;
} cn_pack;

/* Reads a pack. INVALID "pack.…" with a JSON pointer: "pack.member" (unknown, missing, of the wrong kind),
 * "pack.operator", "pack.pattern", "pack.date", "pack.duplicate"; LIMIT "pack.size" (2,000 rules, 16 tests in each
 * other), "memory.limit"; and what cn_json_read gives. On the arena; borrows from the text. */
CN_MUST_USE bool cn_pack_read(cn_arena *a, cn_slice text, const cn_pack **out, cn_err *err);

/* A shelf of packs. */
typedef struct cn_packs {
    const cn_pack **v; /* by id */
    size_t n;
} cn_packs;

/* The packs that are built in. On the arena. */
CN_MUST_USE bool cn_packs_builtin(cn_arena *a, cn_packs *out, cn_err *err);
/* Puts another on the shelf; one of the same id gives way. */
CN_MUST_USE bool cn_packs_add(cn_arena *a, cn_packs *packs, const cn_pack *pack, cn_err *err);

/* Whether it is a day that exists, as "2026-01-31". */
bool cn_rules_is_date(cn_slice s);
/* `date` is "YYYY-MM-DD". */
bool cn_pack_in_force(const cn_pack *pack, cn_slice date);
/* The pack of this id or, where it names a family, the one of it that is in force then: the last to come, and no
 * proposal. NOT_FOUND "pack.unknown"; CONFLICT "pack.not-in-force", which names the dates; INVALID "pack.date". */
CN_MUST_USE bool cn_packs_choose(const cn_packs *packs, cn_slice id, cn_slice date, const cn_pack **out,
                                 cn_err *err);

/* Whether the pack's variant can apply on that day. */
bool cn_variant_in_force(const cn_variant *variant, cn_slice date);

typedef struct cn_rule_result {
    const cn_rule *rule;
    cn_rule_outcome outcome;
    cn_slice field; /* what decided: a path such as "offering.hours.total", or "attestations.KEY"; static or of the
                       pack */
} cn_rule_result;

/* Holds a record (data/frameworks' form: "offering", "award", "learner", "application", "attestations",
 * "variants") against the rules, in their order; `*out` has as many as the pack. A path that leads nowhere is
 * null. INVALID "record.shape" where the record is no object, "pack.date"; LIMIT "pattern.work", "memory.limit".
 * On the arena. */
CN_MUST_USE bool cn_pack_check(cn_arena *a, const cn_pack *pack, const cn_json *record, cn_slice date,
                               const cn_rule_result **out, cn_err *err);

/* The paths that a rule looks at and the keys that it has attested ("attestations.KEY"), each once, in order. On
 * the arena. */
CN_MUST_USE bool cn_rule_fields(cn_arena *a, const cn_rule *rule, const cn_slice **out, size_t *n, cn_err *err);

/* ---- Side by side ---- */

/* What fields are called, and what can be stated: read once, asked often. */
typedef struct cn_labels {
    const cn_json *fields, *statements;
} cn_labels;
CN_MUST_USE bool cn_labels_read(cn_arena *a, cn_labels *out, cn_err *err);
/* What the form's field is called, or what is stated by who attests ("attestations.KEY"); both empty where nobody
 * named it. Static. */
cn_words cn_field_label(const cn_labels *labels, cn_slice field);

typedef struct cn_asked_rule {
    const cn_pack *pack;
    const cn_rule *rule;
} cn_asked_rule;

/* A field, and the rules that ask for it. */
typedef struct cn_asked_field {
    cn_slice field;
    cn_severity severity; /* the strongest; of a common core, what that many ask at least */
    const cn_asked_rule *asked;
    size_t n;
} cn_asked_field;

/* Every field that any of the packs asks for, in the packs' order. What a rule only depends on (`if`) is not asked
 * for. On the arena; borrows the packs. */
CN_MUST_USE bool cn_packs_fields(cn_arena *a, const cn_pack *const *packs, size_t packs_n,
                                 const cn_asked_field **out, size_t *n, cn_err *err);
/* Of those the ones that rules of at least `least` jurisdictions ask for, proposals, history and what is
 * unconfirmed aside: a core that is derived, and that nobody has decided. */
CN_MUST_USE bool cn_packs_core(cn_arena *a, const cn_pack *const *packs, size_t packs_n, size_t least,
                               const cn_asked_field **out, size_t *n, cn_err *err);

#endif
