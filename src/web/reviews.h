/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `web`: how far an achievement is on its way to what may be awarded, and the pages of reviews.
 */
#ifndef CN_WEB_REVIEWS_H
#define CN_WEB_REVIEWS_H

#include "app/approval.h"
#include "app/changes.h"
#include "web/account.h"
#include "web/achievements.h"
#include "web/check.h"

/* ---- What templates print ---- */

typedef struct cn_view_flow_step {
    cn_slice state, kind; /* in words; the word, of CSS */
    cn_slice when, who;   /* who: by name and organisation; or empty */
    cn_slice days;        /* "4 days" */
    cn_slice reason;      /* or empty */
    bool last;
} cn_view_flow_step;

typedef struct cn_view_flow_comment {
    cn_slice who, when, text;
} cn_view_flow_comment;

/* The section of an achievement's page. */
struct cn_view_flow {
    const cn_page *page;
    cn_slice refusal;  /* why what is published cannot be awarded; empty: it can, or nothing is published */
    cn_slice approved; /* by whom and until when it can; or empty */
    cn_slice next;     /* what comes next, and whose turn it is */
    cn_slice outside;  /* why the draft lies outside the organisation's scope; or empty, and on a review's page */
    cn_view_flow_step *v;
    size_t n;
    cn_slice seen; /* stands for the draft, and its image, that was looked at */
    bool may_submit, may_recall, may_retire;
    cn_url submit, recall, retire, review;
    bool reviewed; /* there is a review to look at */
};

/* Something that waits for a decision, or will. */
typedef struct cn_view_review_row {
    cn_slice name, language; /* the name's language: a tag */
    cn_slice organisation, state, kind, when;
    cn_url link;
} cn_view_review_row;

typedef struct cn_page_reviews {
    cn_page page;
    cn_slice organisation;
    cn_url back;
    cn_view_review_row *waiting, *due;
    size_t waiting_n, due_n;
} cn_page_reviews;

/* What was submitted, what is said about it, and the decision. */
typedef struct cn_page_review {
    cn_page page;
    cn_slice organisation; /* whose achievement it is */
    cn_slice heading, heading_language, state, kind, when;
    cn_slice done, failed; /* sentences; or empty */
    cn_slice field;        /* the input that `failed` is about; or empty */
    cn_slice outside;      /* why it lies outside the organisation's scope; or empty */
    cn_url back, achievement, changes;
    bool barred;  /* and so it cannot be approved from today on, nor from a later day */
    bool own;     /* the achievement is this organisation's */
    bool compare; /* there is a published version to compare it with */
    cn_view_flow flow;
    cn_view_achievement both[CN_LANGUAGES];
    cn_view_design_facts design;
    cn_view_report report; /* what frameworks find */
    cn_view_flow_comment *comments;
    size_t comments_n;
    cn_slice typed_comment;
    bool may_take, may_approve, may_decide, may_withdraw, may_comment;
    cn_url take, approve, give_back, withdraw, comment;
    cn_view_line lines[2]; /* of an approval: from, until */
    cn_view_field reason;
} cn_page_review;

typedef struct cn_view_change {
    cn_slice label, language;
    const cn_change_part *v;
    size_t n;
} cn_view_change;

typedef struct cn_page_changes {
    cn_page page;
    cn_url back;
    cn_slice name, name_language, heading;
    cn_view_change *v;
    size_t n;
} cn_page_changes;

/* ---- What their files share ---- */

/* That it lies outside its provider's scope, and which part of that: kind, field, level, dates. */
cn_slice cn_words_outside(const cn_making *m, const cn_scope_answer *no);
/* Why a version cannot be awarded, in a sentence. */
cn_slice cn_words_refusal(const cn_making *m, const cn_may_award *no, int version);
/* "Submitted for approval". */
cn_slice cn_words_flow_state(const cn_making *m, cn_flow_state state);
/* By name, for an organisation: "Ana Roy, North College"; each may be empty. */
cn_slice cn_words_flow_who(const cn_making *m, cn_slice person, cn_bilingual organisation);
CN_MUST_USE bool cn_view_flow_steps(const cn_making *m, const cn_flow *flow, cn_view_flow_step **out, size_t *n,
                                    cn_err *err);
/* What the section and the page of a review share: steps, what comes next, why it cannot be awarded. */
CN_MUST_USE bool cn_view_flow_about(const cn_making *m, const cn_achievement *is, const cn_flow *flow,
                                    cn_view_flow *out, cn_err *err);
/* The section; `complete`: nothing is missing in the draft. */
CN_MUST_USE bool cn_view_flow_fill(const cn_desk *d, const cn_achievement *is, const cn_flow *flow, bool complete,
                                   cn_view_flow *out, cn_err *err);

/* Handlers of achievements.c's routes (flow.c). */
bool cn_web_achievement_submit(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_achievement_recall(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_achievement_retire(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
/* What changed from one version, or the draft, to another (changes.c). */
bool cn_web_achievement_changes(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
/* The same of what was submitted, for who reviews it. */
bool cn_web_review_changes(void *app, const cn_request *rq, cn_response *rs, cn_err *err);

#endif
