/* SPDX-License-Identifier: Apache-2.0
 *
 * The design of a micro-credential: what frameworks ask beside its name, description and outcomes. It has the
 * shape of `offering` in a record (docs/frameworks.md), texts in both languages, and is kept with the draft.
 *
 * The table of its fields is design_fields.c.
 */
#ifndef CN_APP_DESIGN_H
#define CN_APP_DESIGN_H

#include "app/achievements.h"
#include "app/blanks.h"
#include "app/people.h"

typedef enum cn_design_section {
    CN_DESIGN_KIND,
    CN_DESIGN_OUTCOMES,
    CN_DESIGN_WORKLOAD,
    CN_DESIGN_LEVELS,
    CN_DESIGN_ASSESSMENT,
    CN_DESIGN_PARTICIPATION,
    CN_DESIGN_QUALITY,
    CN_DESIGN_PATHWAYS,
    CN_DESIGN_MARKET,
    CN_DESIGN_CLASSIFICATION,
    CN_DESIGN_INFORMATION,
    CN_DESIGN_PARTICULARS,
    CN_DESIGN_FRAMEWORKS, /* which frameworks it is meant to meet */
    CN_DESIGN_SECTIONS
} cn_design_section;

extern const cn_blanks_table cn_design_fields;

/* A word for addresses: "workload". Static. */
cn_slice cn_design_section_name(cn_design_section section);
/* CN_DESIGN_SECTIONS where there is none of that name. */
cn_design_section cn_design_section_find(cn_slice name);

/* The field that a rule looks at ("offering.hours.total"), or the one it is a part of, or that is a part of it;
 * NULL where it is none of a design's. Static. */
const cn_blank *cn_design_field(cn_slice rule_field);
/* The field and its column by the path: "credits", "credits.value"; NULL where there is none. */
const cn_blank *cn_design_find(cn_slice path);

typedef enum cn_design_state { CN_DESIGN_NOT_BEGUN, CN_DESIGN_BEGUN, CN_DESIGN_COMPLETE } cn_design_state;
/* Complete is a section in which every core field is said, and every text in both languages. `design` may be NULL.
 */
cn_design_state cn_design_state_of(const cn_json *design, cn_design_section section);

/* Reads a design of a stranger's file: one that was written by cn_app_design_write, or a record, of which
 * `offering` is taken without what a design does not say (name, outcomes, issuer, endorsements, approval). Tidy;
 * what is wrong is left out and told. INVALID "blanks.shape" and the errors of cn_json_read. On the arena. */
CN_MUST_USE bool cn_design_read(cn_arena *a, cn_slice text, const cn_json **out, cn_blank_problems *problems,
                                cn_err *err);
/* The same for a draft: what it says of outcomes is taken for those that the draft has in the same words, where
 * the file says which words it means (a record, or what cn_design_write_of gives). */
CN_MUST_USE bool cn_design_read_for(cn_arena *a, cn_slice text, const cn_draft *draft, const cn_json **out,
                                    cn_blank_problems *problems, cn_err *err);
/* As JSON for people, with line breaks. `design` may be NULL. */
CN_MUST_USE bool cn_design_write(cn_arena *a, const cn_json *design, cn_slice *out, cn_err *err);

/* A draft's design, with the words of its outcomes under "outcomes" where it says something of them. */
CN_MUST_USE bool cn_design_write_of(cn_arena *a, const cn_draft *draft, cn_slice *out, cn_err *err);

/* ---- Outcomes, named by their place (alignment.c) ---- */

/* What the design says of outcomes of `from` is said of those that `to` has in the same words; the rest goes.
 * `design` may be NULL. */
CN_MUST_USE bool cn_design_realign(cn_arena *a, const cn_json *design, const cn_draft *from, const cn_draft *to,
                                   const cn_json **out, cn_err *err);
/* The words of the outcomes that a file means; `said`: whether it says any. Borrows the file. */
CN_MUST_USE bool cn_design_outcomes_of(cn_arena *a, const cn_json *file, bool french, bool *said, cn_draft *out,
                                       cn_err *err);

/* The draft that was seen gets another design, and keeps its texts. INVALID "design.wrong", whose `where` is the
 * first problem's place; CONFLICT "achievement.changed". */
typedef struct cn_design_change {
    int64_t organisation, by;
    cn_slice id;
    cn_slice seen; /* of cn_achievement; empty: whatever it was */
    const cn_json *design;
    const cn_stored_reuse *reuse; /* of cn_achievement_change */
} cn_design_change;
CN_MUST_USE bool cn_app_design_save(cn_arena *a, const cn_app *app, cn_time now, const cn_design_change *change,
                                    cn_err *err);

/* ---- What frameworks still miss ---- */

typedef struct cn_design_framework {
    cn_slice family; /* what `frameworks` of a design holds: "on-ecampus" */
    cn_bilingual title;
    cn_slice jurisdiction; /* "CA-ON" */
    bool chosen;
} cn_design_framework;
/* The family of frameworks that a design is held against while it names none. */
#define CN_DESIGN_USUAL CN_S("on-ecampus")
/* A rule that does not hold, or that somebody has to state, and the field to mend; NULL: it is not in the design
 * (the texts, the organisation, who endorses it). */
typedef struct cn_design_gap {
    const cn_design_framework *framework;
    cn_slice rule, severity; /* "ON-F-04", "must" */
    bool stated;             /* it is left to state; `about` is "attestations.KEY" */
    cn_bilingual message;
    cn_slice about; /* what the rule looks at: "offering.title" */
    const cn_blank *field;
} cn_design_gap;
/* An experiment that a framework makes an exception for, and that a micro-credential may be part of. */
typedef struct cn_design_variant {
    const cn_design_framework *framework;
    cn_slice name; /* what `variants` of a design holds */
    cn_bilingual title;
    bool chosen;
} cn_design_variant;
typedef struct cn_design_gaps {
    cn_design_framework *frameworks; /* all that are in force, or voluntary, by jurisdiction */
    size_t frameworks_n;
    bool usual;                  /* none is chosen: CN_DESIGN_USUAL stands in */
    cn_design_variant *variants; /* of all of them, that are in force */
    size_t variants_n;
    cn_design_gap *v; /* of those that are chosen */
    size_t n;
} cn_design_gaps;
/* Those of the frameworks that the design says it is meant to meet, as of `now`. On the arena. */
CN_MUST_USE bool cn_app_design_gaps(cn_arena *a, const cn_app *app, cn_time now, const cn_organisation *org,
                                    const cn_achievement *achievement, cn_design_gaps *out, cn_err *err);

/* ---- Templates: designs to start from ---- */

typedef struct cn_design_template {
    cn_slice id;        /* "workplace-skill" */
    cn_bilingual title; /* and what it is for */
    cn_bilingual text;
    const cn_json *design;
} cn_design_template;
typedef struct cn_design_templates {
    cn_design_template *v;
    size_t n;
} cn_design_templates;
/* Those that are built in (data/templates). On the arena. */
CN_MUST_USE bool cn_design_templates_all(cn_arena *a, cn_design_templates *out, cn_err *err);
/* What `from` says and `to` does not: for each field the one of `to` where it has one; where either comes from.
 * Either may be NULL. */
CN_MUST_USE bool cn_design_fill(cn_arena *a, const cn_json *to, const cn_json *from, const cn_json **out,
                                cn_err *err);

#endif
