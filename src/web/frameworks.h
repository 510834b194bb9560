/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `web`: the pages of frameworks, and rules in words.
 */
#ifndef CN_WEB_FRAMEWORKS_H
#define CN_WEB_FRAMEWORKS_H

#include "rules/convert.h"
#include "web/pages.h"

/* ---- What templates print ---- */

/* How strongly a rule asks: "must", "should", "may" (CSS), and in words. Empty where nothing is asked. */
typedef struct cn_view_severity {
    cn_slice kind, word;
} cn_view_severity;

/* Where something was read, and what follows it: " (quotes it)", ", Outcomes"; or empty. */
typedef struct cn_view_source {
    cn_slice name, place;
    bool linked;
    cn_url link;
} cn_view_source;

/* A rule: of a framework's page, and of a report, where it has an outcome. */
typedef struct cn_view_rule {
    cn_slice id, message, sureness;
    cn_view_source *sources;
    size_t sources_n;
    cn_view_severity severity;
    bool unconfirmed;
    cn_slice *fields; /* what it looks at, in words */
    size_t fields_n;
    cn_slice outcome_kind, outcome; /* "pass", "fail", "attest", "skip"; in words */
    cn_slice mend;                  /* what there is to mend, in words; or empty */
    bool linked;
    cn_url mend_url;
    bool traced; /* its pack has a page, where it stands at `url` */
    cn_url url;
} cn_view_rule;

typedef struct cn_view_rules {
    cn_view_rule *v;
    size_t n;
} cn_view_rules;

typedef struct cn_view_pack {
    cn_slice id, title, status, status_kind, when; /* status_kind: "published" where it is in force: CSS */
    cn_url link;
    unsigned long long rules;
} cn_view_pack;

/* The packs of one jurisdiction. */
typedef struct cn_view_packs {
    cn_slice jurisdiction;
    cn_view_pack *v;
    size_t n;
} cn_view_packs;

typedef struct cn_page_frameworks {
    cn_page page;
    cn_url compare, core, convert, self_check;
    unsigned long long packs, rules;
    cn_view_packs *v;
    size_t n;
} cn_page_frameworks;

typedef struct cn_page_framework {
    cn_page page;
    cn_url back, compare;
    cn_slice title, jurisdiction, status, meaning, when, note, json;
    cn_view_source *sources;
    size_t sources_n;
    cn_view_rules rules;
    bool unconfirmed; /* some are */
} cn_page_framework;

/* One choice of a list. */
typedef struct cn_view_pick {
    cn_slice value, text;
    bool chosen;
} cn_view_pick;

typedef struct cn_view_picks {
    cn_view_pick *v;
    size_t n;
} cn_view_picks;

/* A rule that is traced to: its id, its page, and where it stands. */
typedef struct cn_view_asked {
    cn_slice rule, message, pack;
    cn_url link;
    cn_view_severity severity;
    bool unconfirmed;
} cn_view_asked;

typedef struct cn_view_cell {
    cn_view_severity severity; /* the strongest */
    cn_view_asked *asked;
    size_t n;
} cn_view_cell;

/* A field, and what each column asks of it. */
typedef struct cn_view_field_row {
    cn_slice label, path;
    cn_view_cell *cells;
    size_t n;
    cn_view_severity severity; /* of the whole row */
} cn_view_field_row;

/* Rows of a table with a heading of their own. */
typedef struct cn_view_field_part {
    cn_slice heading;
    cn_view_field_row *v;
    size_t n;
    unsigned long long from, width; /* of a bar of 100 that all parts are cut from */
} cn_view_field_part;

typedef struct cn_page_compare {
    cn_page page;
    cn_url back, action;
    cn_view_picks a, b;
    cn_slice wrong; /* why the two cannot be compared; or empty */
    bool compared;
    cn_slice titles[2];
    cn_view_field_part parts[3]; /* only the first, only the second, both */
} cn_page_compare;

/* A column of the table of the core. */
typedef struct cn_view_province {
    cn_slice code, name;
} cn_view_province;

typedef struct cn_page_core {
    cn_page page;
    cn_url back, other_view;
    cn_slice when;
    bool all; /* every field that a province asks for, and not the core alone */
    cn_view_province *provinces;
    size_t provinces_n;
    cn_view_field_row *rows;
    size_t rows_n;
} cn_page_core;

/* A way from one system to another, and what it came to. */
typedef struct cn_view_conversion {
    cn_slice route, answer, how, rests_on; /* answer: empty, no official mapping */
    bool rounded, unofficial;
} cn_view_conversion;

typedef struct cn_page_convert {
    cn_page page;
    cn_url back, action;
    cn_view_picks credits_from, credits_to, levels_from, levels_to;
    cn_slice amount, level;             /* what was typed */
    cn_slice amount_error, level_error; /* or empty */
    cn_view_conversion credits[CN_CONVERSION_ROUTES], levels;
    bool credits_asked, levels_asked;
    cn_slice question; /* "New Zealand credits: 15" */
} cn_page_convert;

/* A question of the self-check; its answer is one of the choices, a date, a number. */
typedef struct cn_view_question {
    cn_slice id;
    cn_msg label, hint;
    bool date, number;
    cn_view_pick *choices;
    size_t choices_n;
    cn_slice value, error;
} cn_view_question;

enum { CN_SELF_CHECK_QUESTIONS = 12 };
typedef struct cn_page_self_check {
    cn_page page;
    cn_url action, pack;
    bool checked;
    cn_slice kind, heading; /* of what it came to; kind: as of cn_view_result */
    cn_view_rules rules;
    cn_view_question v[CN_SELF_CHECK_QUESTIONS];
} cn_page_self_check;

/* ---- What their files share (framework_words.c) ---- */

/* The day it is, "2026-01-31", on the arena; empty at its maximum. */
cn_slice cn_framework_today(const cn_request *rq);
/* A framework that holds on that day: neither a proposal nor kept for what was made before. */
bool cn_framework_current(const cn_pack *pack, cn_slice day);
/* Not about learners or applications, which no achievement decides. */
bool cn_rule_of_achievement(const cn_rule *rule);
cn_slice cn_words_of(const cn_making *m, cn_words words);
cn_slice cn_words_day(const cn_making *m, cn_slice day);
cn_slice cn_words_jurisdiction(const cn_making *m, cn_slice jurisdiction);
/* "In force since …", "from … to …". */
cn_slice cn_words_in_force(const cn_making *m, const cn_pack *pack);
cn_view_severity cn_words_severity(const cn_making *m, cn_severity severity);
cn_url cn_framework_url(const cn_making *m, cn_slice pack, cn_slice rule);
cn_view_pack cn_words_pack(const cn_making *m, const cn_pack *pack, cn_slice today);
/* A rule without an outcome. */
CN_MUST_USE bool cn_view_rule_fill(const cn_making *m, const cn_pack *pack, const cn_rule *rule, cn_view_rule *out,
                                   cn_err *err);
/* Where the rule was read (framework_sources.c). */
CN_MUST_USE bool cn_view_sources_fill(const cn_making *m, const cn_pack *pack, const cn_rule *rule,
                                      cn_view_rule *out, cn_err *err);
/* A source in full, its address as a link. */
cn_view_source cn_words_source(const cn_making *m, cn_slice text);
/* What a rule came to, in words: "fail" and the like. */
cn_slice cn_words_outcome(const cn_making *m, cn_rule_outcome outcome);
/* What a field is called, or what is stated. */
cn_slice cn_words_field(const cn_making *m, cn_slice field);
/* All packs as choices, by title. */
CN_MUST_USE bool cn_framework_choices(const cn_making *m, cn_slice chosen, cn_view_picks *out, cn_err *err);
/* The pack of this id whenever it was in force, or of the family the one in force today. NOT_FOUND "pack.unknown".
 */
CN_MUST_USE bool cn_framework_find(const cn_making *m, cn_slice id, const cn_pack **out, cn_err *err);

bool cn_web_compare(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_core(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_convert(void *app, const cn_request *rq, cn_response *rs, cn_err *err);

#endif
