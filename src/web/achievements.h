/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `web`: the pages of achievements, for who writes them and for everybody.
 */
#ifndef CN_WEB_ACHIEVEMENTS_H
#define CN_WEB_ACHIEVEMENTS_H

#include "app/achievements.h"
#include "app/people.h"
#include "web/endorsed.h"
#include "web/design_show.h"
#include "web/offerings.h"
#include "web/pages.h"
#include "web/session.h"

/* ---- What templates print ---- */

typedef struct cn_view_flow cn_view_flow;     /* web/reviews.h */
typedef struct cn_view_report cn_view_report; /* web/check.h */

/* What an achievement says in one language. */
typedef struct cn_view_achievement {
    cn_slice language; /* of the texts: a tag */
    cn_slice heading;  /* "In English", where both stand on one page */
    cn_slice name, description;
    cn_html criteria; /* formatted; empty: as it was written */
    cn_slice criteria_plain;
    cn_slice *outcomes;
    cn_slice *outcome_kinds; /* of each, in the page's language; empty: not said */
    size_t outcomes_n;
    cn_slice validity; /* in the page's language */
    cn_url image;
    cn_slice image_alt;
} cn_view_achievement;

/* The achievement as a file, in each format. */
typedef struct cn_view_file {
    cn_slice name;
    cn_url link;
} cn_view_file;

typedef struct cn_view_files {
    cn_view_file *v;
    size_t n;
} cn_view_files;

/* What an achievement was made from, and what of it. */
typedef struct cn_view_origin_one {
    cn_slice title, by, taken, licence;
    cn_url link, licence_link;
    bool linked, licence_linked;
    cn_slice *labels; /* of single competencies */
    size_t labels_n;
} cn_view_origin_one;

typedef struct cn_view_origin {
    cn_view_origin_one *v;
    size_t n; /* 0: it was made here */
} cn_view_origin;

/* What was made from an achievement. */
typedef struct cn_view_reused_one {
    cn_slice name, by;
    cn_url link;
} cn_view_reused_one;

typedef struct cn_view_reused {
    cn_view_reused_one *v;
    size_t n, all; /* shown, and how many there are */
} cn_view_reused;

/* One of the organisation's list. */
typedef struct cn_view_achievement_row {
    cn_slice name, language; /* the name's language: a tag */
    cn_url link;
    cn_slice state, state_kind; /* in words; "draft", "published", "changed": CSS */
    cn_slice step, step_kind;   /* on its way to approval; or empty */
    cn_slice refusal;           /* why what is published cannot be awarded; or empty */
    cn_slice when;
} cn_view_achievement_row;

typedef struct cn_page_achievements {
    cn_page page;
    cn_slice organisation;
    cn_url back, begin, take; /* take: from a file */
    bool may_design;
    cn_view_achievement_row *v;
    size_t n;
} cn_page_achievements;

/* What is wrong with a field, and where to mend it. */
typedef struct cn_view_draft_problem {
    cn_slice text;
    cn_url link;
} cn_view_draft_problem;

typedef struct cn_view_version {
    int version;
    cn_slice when;
    cn_url link;
    bool may_restore; /* it is not what the draft says already */
    bool compare;     /* there is a version before it, and what changed */
    cn_url changes, report;
} cn_view_version;

/* An achievement as its organisation sees it: both languages, what to do next, its versions. */
typedef struct cn_page_achievement {
    cn_page page;
    cn_slice organisation, heading, heading_language;
    cn_slice state, state_kind; /* as of a row; or empty, where the step says it all */
    cn_slice step, step_kind;   /* on its way to approval; or empty */
    cn_slice done;              /* what was just done; or empty */
    cn_slice failed;            /* what could not be done; or empty */
    cn_slice seen;
    cn_url back, edit, design, offerings, image, publish, restore, changes;
    bool compare;        /* the draft has changes to what is published */
    cn_url competencies; /* of frameworks, to pick from */
    bool may_design, may_publish;
    bool approves; /* publishing it approves it too */
    int next;      /* the version that publishing makes */
    const cn_view_flow *flow;
    const cn_view_report *report;
    cn_view_draft_problem *problems;
    size_t problems_n;
    cn_view_achievement both[CN_LANGUAGES]; /* the page's own language first */
    cn_view_version *versions;
    size_t versions_n;
    cn_view_endorsed endorsed;
    cn_view_files files;
    cn_view_origin source;
    cn_view_reused reused;
} cn_page_achievement;

/* A field of the form in one language. */
typedef struct cn_view_draft_input {
    cn_slice id, language; /* "name-en", "en" */
    cn_msg label, hint;
    int rows; /* 0: one line */
    cn_slice value, error, described;
    cn_slice group_class, input_class; /* as of cn_view_field */
} cn_view_draft_input;

/* The same field in both. */
typedef struct cn_view_draft_pair {
    cn_view_draft_input both[CN_LANGUAGES];
} cn_view_draft_pair;

enum { CN_DRAFT_PAIRS = 4 };
typedef struct cn_page_achievement_edit {
    cn_page page;
    cn_slice organisation, heading;
    cn_slice failed; /* what is wrong with the whole; or empty */
    bool wrong;      /* something is */
    bool begins;     /* it is a new one */
    cn_slice seen;
    cn_url back, action;
    cn_view_draft_pair pairs[CN_DRAFT_PAIRS];
    cn_view_draft_input months;
} cn_page_achievement_edit;

typedef struct cn_page_achievement_image {
    cn_page page;
    cn_slice heading, heading_language;
    cn_slice seen;
    cn_url back, action;
    cn_view_field file;
    bool uploaded; /* the image is one that was uploaded */
    cn_url images[CN_LANGUAGES];
} cn_page_achievement_image;

/* A framework that a version is meant to meet, and whether it does. */
typedef struct cn_view_met_one {
    cn_slice title, status, text;
    bool whole;
    cn_url link;
} cn_view_met_one;

typedef struct cn_view_met {
    cn_slice when;
    cn_view_met_one *v;
    size_t n; /* 0: it says of none */
} cn_view_met;

/* A published version, for anybody. */
typedef struct cn_page_achievement_public {
    cn_page page;
    cn_slice organisation;
    cn_view_item site; /* the organisation's own; may be without link */
    bool fictional;
    cn_slice refusal; /* why it is not awarded now; or empty */
    cn_view_achievement text;
    cn_view_offerings offerings;
    cn_view_design_facts facts;
    cn_view_size size;
    cn_view_met met;
    int version, latest;
    cn_slice when;
    cn_url newest;
    cn_view_endorsed endorsed;
    cn_view_files files;
    cn_view_origin source;
    cn_view_reused reused;
    bool may_use; /* whoever looks at it designs somewhere */
    cn_url use;
} cn_page_achievement_public;

/* ---- What their files share ---- */

/* An achievement's name in the page's language, or else in the other; and which that is. */
cn_slice cn_achievement_name(const cn_draft *draft, cn_language page, cn_slice *language);
/* Which frameworks a version meets (met.c). */
CN_MUST_USE bool cn_view_met_fill(const cn_making *m, const cn_version *is, const cn_organisation *org,
                                  cn_view_met *out, cn_err *err);
/* How long an award holds, in a sentence. */
cn_slice cn_words_validity(const cn_making *m, int months);
/* Everything but the image. */
CN_MUST_USE bool cn_view_achievement_fill(const cn_making *m, const cn_draft *draft, cn_language language,
                                          cn_view_achievement *out, cn_err *err);
/* A sentence about a problem of a draft, in the page's language. */
cn_slice cn_words_draft_problem(const cn_making *m, const cn_draft_problem *problem);
/* The id of the input a problem is about: "name-en", "months". On the arena; empty at its maximum. */
cn_slice cn_draft_input_id(cn_arena *a, cn_slice field);

/* A page of an organisation's achievements at work. */
typedef struct cn_desk {
    cn_making m;
    const cn_app *app;
    const cn_session *session;
    int64_t organisation;
    bool may_design;
    cn_slice id; /* of the achievement, where the path names one */
    cn_slice organisation_name;
} cn_desk;

/* d must stay where it is. */
void cn_desk_start(cn_desk *d, void *web, const cn_request *rq);
/* A path beside the list's: "/edit" of an achievement, "" for the list (id empty). Empty at the arena's maximum.
 */
cn_slice cn_desk_path(const cn_desk *d, cn_slice id, const char *rest);
cn_url cn_desk_url(const cn_desk *d, cn_slice id, const char *rest);
/* Goes on to an achievement's page, which says what was done. */
CN_MUST_USE bool cn_desk_done(const cn_desk *d, cn_slice id, const char *word, cn_response *rs, cn_err *err);

/* The achievement's page again with what could not be done, where that is for people to mend. */
CN_MUST_USE bool cn_web_achievement_refuse(cn_desk *d, cn_response *rs, cn_err *err);

/* Pages of achievement_edit.c and achievement_image.c. */
bool cn_web_achievement_new(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_achievement_begin(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_achievement_edit(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_achievement_save(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_achievement_image(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_achievement_image_set(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_achievement_image_shown(void *app, const cn_request *rq, cn_response *rs, cn_err *err);

#endif
