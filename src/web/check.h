/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `web`: an achievement held against frameworks, and what members state for it.
 */
#ifndef CN_WEB_CHECK_H
#define CN_WEB_CHECK_H

#include "app/attestations.h"
#include "web/achievements.h"
#include "web/frameworks.h"

/* ---- What templates print ---- */

/* How one framework came out. */
typedef struct cn_view_tally {
    cn_slice title;
    cn_url link;
    unsigned long long counts[4]; /* by cn_rule_outcome; what is unconfirmed aside */
    unsigned long long from[4];   /* of a bar of 100 that is cut by the counts: where each begins, */
    unsigned long long width[4];  /* and how long it is */
} cn_view_tally;

/* Of an achievement's own page. */
struct cn_view_report {
    cn_view_tally *v;
    size_t n;
    cn_url all, statements;
};

typedef struct cn_page_check {
    cn_page page;
    cn_slice heading, heading_language;
    cn_slice about; /* of a version: which; empty: it is the draft */
    cn_url back, action, statements, impact;
    cn_view_picks packs, versions; /* versions: none where nothing is published */
    cn_slice at, wrong;            /* wrong: why that cannot be checked; or empty */
    bool open;                     /* only what fails or is left to state */
    cn_view_tally *tallies;
    size_t tallies_n;
    bool one; /* a framework was chosen: its rules are below */
    cn_view_pack pack;
    cn_view_tally tally;
    cn_view_rules rules;
    size_t hidden;    /* rules that the filter leaves out */
    size_t elsewhere; /* rules about learners and applications, which no achievement decides */
    cn_url self_check;
} cn_page_check;

typedef struct cn_view_attested {
    cn_slice key, text;
    bool stated;
    cn_slice who, when;
    cn_url document, withdraw;
    cn_slice before;      /* not stated anew: of which version, by whom and when it was; or empty */
    cn_view_asked *asked; /* the rules that it answers */
    size_t asked_n;
    bool at_home; /* one of them is of Canada */
} cn_view_attested;

typedef struct cn_page_statements {
    cn_page page;
    cn_slice heading, heading_language, done, failed;
    cn_slice about; /* which version is spoken of */
    cn_url back, action, account;
    bool may_state;
    cn_slice name; /* of who would state; empty: the account has none */
    cn_view_attested *v;
    size_t n;
} cn_page_statements;

/* A published achievement that a draft pack would newly fail. */
typedef struct cn_view_impact {
    cn_slice name;
    cn_url link;
    int version;
    cn_view_rules rules;
} cn_view_impact;

typedef struct cn_page_impact {
    cn_page page;
    cn_slice organisation, wrong, detail;
    cn_url back, action;
    cn_view_picks packs;
    cn_slice at, text;       /* text: the draft as it was pasted */
    bool checked, itself;    /* itself: it is the one in force */
    cn_slice draft, current; /* titles; current: empty, none is in force */
    unsigned long long published;
    cn_view_impact *rows;
    size_t rows_n;
} cn_page_impact;

/* ---- What their files share ---- */

/* The draft's record, as of today. */
CN_MUST_USE bool cn_check_record(const cn_desk *d, const cn_achievement *is, const cn_json **out, cn_err *err);
/* Where a field is mended: false where that is nowhere on the achievement's pages. */
bool cn_check_mend(const cn_desk *d, cn_slice field, cn_url *out);
/* How the frameworks came out that the design is meant to meet or, where it names none, those of Canada. */
CN_MUST_USE bool cn_view_report_fill(const cn_desk *d, const cn_achievement *is, cn_view_report *out, cn_err *err);

#endif
