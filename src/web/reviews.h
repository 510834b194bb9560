/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `web`: how far an achievement is on its way to what may be awarded, and the pages of reviews.
 */
#ifndef CN_WEB_REVIEWS_H
#define CN_WEB_REVIEWS_H

#include "app/approval.h"
#include "web/achievements.h"

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
    cn_view_flow_step *v;
    size_t n;
    cn_slice seen; /* stands for the draft, and its image, that was looked at */
    bool may_submit, may_recall, may_retire;
    cn_url submit, recall, retire, review;
    bool reviewed; /* there is a review to look at */
    cn_slice comments;
};

/* ---- What their files share ---- */

/* Why a version cannot be awarded, in a sentence. */
cn_slice cn_words_refusal(const cn_making *m, const cn_may_award *no, int version);
/* "Submitted for approval". */
cn_slice cn_words_flow_state(const cn_making *m, cn_flow_state state);
/* By name, for an organisation: "Ana Roy, North College"; each may be empty. */
cn_slice cn_words_flow_who(const cn_making *m, cn_slice person, cn_bilingual organisation);
CN_MUST_USE bool cn_view_flow_steps(const cn_making *m, const cn_flow *flow, cn_view_flow_step **out, size_t *n,
                                    cn_err *err);
/* The section; `complete`: nothing is missing in the draft. */
CN_MUST_USE bool cn_view_flow_fill(const cn_desk *d, const cn_achievement *is, const cn_flow *flow, bool complete,
                                   cn_view_flow *out, cn_err *err);

/* Handlers of achievements.c's routes (flow.c). */
bool cn_web_achievement_submit(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_achievement_recall(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_achievement_retire(void *app, const cn_request *rq, cn_response *rs, cn_err *err);

#endif
