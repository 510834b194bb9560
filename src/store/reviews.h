/* SPDX-License-Identifier: Apache-2.0
 *
 * What the store keeps about reviews: the steps of an achievement from a draft to what may be awarded, comments,
 * and approvals. Which step may follow which is the business of app/approval.h.
 *
 * Errors beside those of store.h: NOT_FOUND "store.none". What is read is on the arena.
 */
#ifndef CN_STORE_REVIEWS_H
#define CN_STORE_REVIEWS_H

#include "store/people.h"

/* The numbers stand in the database: none changes, new ones come at the end. */
typedef enum cn_flow_state {
    CN_FLOW_DRAFT,
    CN_FLOW_SUBMITTED,
    CN_FLOW_IN_REVIEW,
    CN_FLOW_APPROVED,
    CN_FLOW_RETURNED,
    CN_FLOW_PUBLISHED,
    CN_FLOW_SUPERSEDED, /* what the step speaks of gave way to something newer; never the last step */
    CN_FLOW_RETIRED,
    CN_FLOW_WITHDRAWN, /* the approval was */
    CN_FLOW_STATES
} cn_flow_state;

/* ---- Steps ---- */

typedef struct cn_stored_step {
    int64_t number, achievement;
    cn_flow_state state;
    int version;       /* the version it speaks of; 0: the draft */
    cn_slice digest;   /* of the draft it speaks of */
    cn_slice document; /* of CN_FLOW_SUBMITTED: the draft, JSON; otherwise empty */
    int64_t body;      /* the organisation that reviews; 0: one that is not here */
    int64_t person;    /* 0: the operator, or an account that is gone */
    cn_slice reason;   /* may be empty */
    cn_time at;
    /* Written only: the approval that it gives, of the same achievement, draft and body; NULL: none. */
    const struct cn_stored_approval *approval;
    /* Read only: */
    cn_slice body_en, body_fr, person_name;
} cn_stored_step;

/* Keeps a step after the one with the number `after` (0: it is the first), and gives its number. `why` is written
 * as it stands. CONFLICT "flow.moved": somebody else has taken a step meanwhile. */
CN_MUST_USE bool cn_store_step_put(cn_store *s, const cn_stored_step *step, int64_t after, cn_time now,
                                   const cn_audit *why, int64_t *number, cn_err *err);
/* All of an achievement, the oldest first. */
CN_MUST_USE bool cn_store_steps_of(cn_arena *a, cn_store *s, int64_t achievement, cn_stored_step **out, size_t *n,
                                   cn_err *err);
/* Whose achievement it is, whoever asks. */
CN_MUST_USE bool cn_store_achievement_owner(cn_store *s, cn_slice id, int64_t *organisation, cn_err *err);

/* ---- Comments ---- */

typedef struct cn_stored_comment {
    int64_t achievement, organisation, person;
    int64_t body; /* to whose review it belongs; written only; 0: to nobody's yet */
    cn_slice text;
    cn_time at;
    /* Read only: */
    cn_slice organisation_en, organisation_fr, person_name;
} cn_stored_comment;

CN_MUST_USE bool cn_store_comment_put(cn_store *s, const cn_stored_comment *comment, cn_time now,
                                      const cn_audit *why, cn_err *err);
/* All, or those of the reviews by one body (not 0). */
CN_MUST_USE bool cn_store_comments_of(cn_arena *a, cn_store *s, int64_t achievement, int64_t body,
                                      cn_stored_comment **out, size_t *n, cn_err *err);

typedef struct cn_stored_saying {
    cn_time at;
    cn_slice text;
} cn_stored_saying;

/* What a person wrote in reviews, reasons and comments, the oldest first. */
CN_MUST_USE bool cn_store_said_by(cn_arena *a, cn_store *s, int64_t person, cn_stored_saying **out, size_t *n,
                                  cn_err *err);

/* ---- Approvals ---- */

typedef struct cn_stored_approval {
    int64_t number, achievement;
    cn_slice digest;           /* of the draft; empty: published before there were reviews */
    int64_t version;           /* row of the version it became; 0: not published yet … */
    int version_number;        /* … and which version that is; read only */
    int64_t body;              /* who approved; 0: an organisation that is not here */
    cn_slice body_en, body_fr; /* its names then; read only */
    cn_time from, until;       /* in force from, and before; until 0: without end */
    cn_time made_at, withdrawn_at;
} cn_stored_approval;

/* All of an achievement, the latest first. */
CN_MUST_USE bool cn_store_approvals_of(cn_arena *a, cn_store *s, int64_t achievement, cn_stored_approval **out,
                                       size_t *n, cn_err *err);
/* The latest approval, which is of that draft, is now of the version (1, 2, …). */
CN_MUST_USE bool cn_store_approval_publish(cn_store *s, int64_t achievement, cn_slice digest, int version,
                                           cn_err *err);
/* Confirmed files that wait because what they award could not be awarded need not wait any longer. */
CN_MUST_USE bool cn_store_approval_retry(cn_store *s, int64_t achievement, cn_err *err);
/* It is in force no more. NOT_FOUND: it was withdrawn before. */
CN_MUST_USE bool cn_store_approval_withdraw(cn_store *s, int64_t approval, cn_time now, cn_err *err);
/* Since when an achievement is retired; 0: it is not. */
CN_MUST_USE bool cn_store_retired(cn_store *s, int64_t achievement, cn_time *out, cn_err *err);

/* ---- What somebody has to do ---- */

typedef struct cn_stored_waiting {
    int64_t organisation; /* whose achievement it is */
    cn_slice id;          /* the achievement's */
    cn_flow_state state;  /* CN_FLOW_SUBMITTED or CN_FLOW_IN_REVIEW … */
    cn_time since;        /* … since then */
    cn_slice organisation_en, organisation_fr;
    cn_slice document; /* what was submitted */
} cn_stored_waiting;

/* What waits for an organisation's review, the oldest first. */
CN_MUST_USE bool cn_store_review_queue(cn_arena *a, cn_store *s, int64_t body, cn_stored_waiting **out, size_t *n,
                                       cn_err *err);

typedef struct cn_stored_due {
    int64_t organisation; /* whose achievement it is */
    cn_slice id;          /* the achievement's */
    int version;          /* its latest version … */
    cn_slice document;    /* … and what that says */
    cn_slice organisation_en, organisation_fr, body_en, body_fr;
    cn_time until;
} cn_stored_due;

/* Approvals that an organisation gave or has, whose time ends before a moment (or has ended), the first first;
 * without those behind which another goes on. */
CN_MUST_USE bool cn_store_reviews_due(cn_arena *a, cn_store *s, int64_t organisation, cn_time now, cn_time before,
                                      cn_stored_due **out, size_t *n, cn_err *err);

#endif
