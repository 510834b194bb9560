/* SPDX-License-Identifier: Apache-2.0
 *
 * The way of an achievement from a draft to what may be awarded: submitted, reviewed, approved or returned with
 * reasons, published, superseded, retired; who, when and why; and whether a version may be awarded at a moment.
 *
 * Who reviews is a quality body that has registered the organisation; where none has, the organisation itself.
 * What is approved is exactly the draft that was submitted: it is known by a digest of its texts, its design and
 * its image, and a draft that has changed since is submitted again. It is decided by whom it was submitted to. A
 * version is awarded while an approval of it is in force and the organisation's scope allows it; what was awarded
 * before stays valid whatever happens then.
 *
 * Who approved can withdraw that, whatever became of the draft: all its approvals of the achievement, those of a
 * version as of a draft. What waits for a decision goes on waiting, and what another body approved stands.
 *
 * Approvals and scopes hold from the first second of their time, and not in the second at which they end.
 *
 * An id of another organisation is NOT_FOUND "store.none", but for the body whose turn it is, or was.
 */
#ifndef CN_APP_APPROVAL_H
#define CN_APP_APPROVAL_H

#include "app/achievements.h"
#include "app/scopes.h"
#include "store/reviews.h"

/* ---- What may follow what ---- */

typedef enum cn_flow_action {
    CN_FLOW_SUBMIT,
    CN_FLOW_RECALL, /* the submission is taken back */
    CN_FLOW_TAKE,   /* into review */
    CN_FLOW_APPROVE,
    CN_FLOW_RETURN,
    CN_FLOW_PUBLISH,
    CN_FLOW_WITHDRAW, /* the approval */
    CN_FLOW_RETIRE,
    CN_FLOW_ACTIONS
} cn_flow_action;

typedef struct cn_flow_rule {
    cn_slice word;       /* "submit": of commands and addresses */
    unsigned from;       /* bits: 1u << a state that it may follow */
    cn_flow_state to;    /* what the achievement becomes */
    unsigned role;       /* CN_ROLE_…, there; an administrator may as well */
    bool body;           /* done for who reviews; otherwise for the organisation whose achievement it is */
    bool reason;         /* it is not done without one */
    cn_slice audit_word; /* "achievement.submitted" */
} cn_flow_rule;

/* Static. */
const cn_flow_rule *cn_flow_rule_of(cn_flow_action action);
/* May it follow the state? `changed`: the draft is not what that state speaks of any more. What is submitted is
 * not submitted again as it is; what changed is neither approved nor published. */
bool cn_flow_allows(cn_flow_action action, cn_flow_state from, bool changed);
/* "in-review"; static. */
cn_slice cn_flow_state_word(cn_flow_state state);

/* ---- How far one is ---- */

typedef struct cn_flow_step {
    cn_flow_state state;
    int version; /* that it speaks of; 0: the draft */
    cn_time at;
    int64_t days;      /* whole ones that it stayed so, up to the next step or now */
    bool last;         /* it is so now */
    cn_slice person;   /* by name; empty: the operator, gone, without a name, or not for the reader to know */
    cn_bilingual body; /* who reviews, of states that come from there; otherwise empty */
    cn_slice reason;   /* may be empty */
} cn_flow_step;

typedef struct cn_flow_comment {
    cn_slice person; /* by name; may be empty */
    cn_bilingual organisation;
    cn_slice text;
    cn_time at;
} cn_flow_comment;

typedef struct cn_flow {
    int64_t achievement;
    cn_flow_state state;  /* of the last step, but for withdrawals that change nothing */
    bool changed;         /* the draft is not what it speaks of */
    bool retired;         /* it is awarded no more until an administrator publishes it again */
    cn_slice digest;      /* of the draft as it is */
    int64_t last;         /* the last step's number; 0: there is none yet */
    cn_organisation body; /* whose decision it is: it has the submission that waits, or would be given one */
    bool own;             /* the body is the organisation itself */
    cn_organisation
        next;           /* to whom the draft goes if it is submitted now; itself: nobody else has to approve it */
    cn_slice submitted; /* digest of what was submitted last; empty: nothing was */
    cn_slice document;  /* … and that draft, JSON */
    int64_t submitted_to; /* the body it was submitted to */
    int64_t submitted_by; /* the person; 0: the operator, or an account that is gone */
    cn_time submitted_at;
    const cn_flow_step *v; /* the oldest first; begins with the draft */
    size_t n;
    const cn_stored_approval *approvals; /* the latest first */
    size_t approvals_n;
} cn_flow;

CN_MUST_USE bool cn_app_flow(cn_arena *a, const cn_app *app, cn_time now, const cn_achievement *is, cn_flow *out,
                             cn_err *err);
/* The draft that was submitted last. NOT_FOUND "store.none". */
CN_MUST_USE bool cn_app_flow_submitted(cn_arena *a, const cn_flow *flow, cn_draft *out, cn_err *err);
/* In the order in which they were made; for whose achievement it is all, for a body those of its own reviews. */
CN_MUST_USE bool cn_app_flow_comments(cn_arena *a, const cn_app *app, const cn_achievement *is, int64_t reader,
                                      cn_flow_comment **out, size_t *n, cn_err *err);
/* An achievement and how far it is, for the body whose turn it is to review it, or was, and for one that approved
 * it: with what was submitted to that one last, and without what was written for or by another body. */
CN_MUST_USE bool cn_app_review_get(cn_arena *a, const cn_app *app, cn_time now, int64_t body, cn_slice id,
                                   cn_achievement *is, cn_flow *flow, cn_err *err);
/* Who reviews what an organisation submits, by what its design says of it: the body whose scope allows it or comes
 * nearest to it; the organisation itself, where no body has registered it. */
CN_MUST_USE bool cn_app_flow_body(cn_arena *a, const cn_app *app, cn_time now, int64_t organisation,
                                  const cn_json *design, cn_organisation *out, cn_err *err);

/* ---- A step ---- */

enum { CN_FLOW_REASON_MAX = 4000 }; /* characters, of reasons and comments */

typedef struct cn_flow_act {
    cn_flow_action action;
    int64_t organisation; /* for which it is done: the achievement's own, or the body */
    int64_t by;           /* 0: the operator */
    cn_slice id;
    cn_slice seen;       /* of cn_flow: the digest that was looked at; empty: whatever it is */
    cn_slice reason;     /* may be empty, unless the rule asks for one */
    cn_time from, until; /* of an approval; 0: from now on, without end */
} cn_flow_act;

/* All but CN_FLOW_PUBLISH, which is cn_app_achievement_publish. What is approved and already published as it is,
 * a review after some years, is published anew by it: the same version, with the new dates.
 * What is retired stays so until it is published.
 * CONFLICT "flow.state": the state does not allow it; "flow.changed": the draft is not the one that was looked at
 * or submitted; "flow.moved"; "flow.body": another organisation approves it since it was submitted; "flow.scope":
 * what is to be approved lies outside its provider's scope on the day from which the approval holds; INVALID
 * "flow.reason" (missing, too long), "flow.dates" (an approval that ends before it begins or before now, or one by
 * a body without an end), "achievement.draft". */
CN_MUST_USE bool cn_app_flow_act(cn_arena *a, const cn_app *app, cn_time now, const cn_flow_act *act, cn_err *err);
/* INVALID "flow.reason": nothing is said, or too much. */
CN_MUST_USE bool cn_app_flow_comment(cn_arena *a, const cn_app *app, cn_time now, int64_t organisation, int64_t by,
                                     cn_slice id, cn_slice text, cn_err *err);

/* ---- What somebody has to do ---- */

typedef struct cn_review_waiting {
    cn_slice id;
    cn_bilingual name; /* of the achievement, as it was submitted; one may be empty */
    cn_bilingual organisation;
    cn_flow_state state;
    int64_t days; /* since then */
} cn_review_waiting;

CN_MUST_USE bool cn_app_review_queue(cn_arena *a, const cn_app *app, cn_time now, int64_t body,
                                     cn_review_waiting **out, size_t *n, cn_err *err);

typedef struct cn_review_due {
    cn_slice id;
    bool own; /* the achievement is the organisation's own */
    int version;
    cn_bilingual name, organisation, body;
    cn_time until;
    bool lapsed;
} cn_review_due;

/* Approvals that an organisation gave or has that end within so many days, or have ended; the first first. */
CN_MUST_USE bool cn_app_reviews_due(cn_arena *a, const cn_app *app, cn_time now, int64_t organisation, int days,
                                    cn_review_due **out, size_t *n, cn_err *err);

/* ---- May it be awarded? ---- */

typedef struct cn_may_award {
    bool yes;
    cn_slice word; /* of the refusal: "unapproved", "early", "lapsed", "withdrawn", "retired", "scope"; static */
    cn_time when;  /* of all but "unapproved" and "scope": since when, or from when */
    cn_scope_answer scope; /* of "scope" */
} cn_may_award;

CN_MUST_USE bool cn_app_may_award(cn_arena *a, const cn_app *app, cn_time now, const cn_version *version,
                                  cn_may_award *out, cn_err *err);
/* The same as an error: CONFLICT "award.unapproved", "award.early", … , the date in the sentence. */
CN_MUST_USE bool cn_app_check_award(cn_arena *a, const cn_app *app, cn_time now, const cn_version *version,
                                    cn_err *err);
bool cn_approval_in_force(const cn_stored_approval *approval, cn_time now);
/* Neither withdrawn nor over: in force, or will be. */
bool cn_approval_lasts(const cn_stored_approval *approval, cn_time now);
/* Did the organisation give the approval, or has it taken the place of a body that is not here? */
bool cn_flow_gave(const cn_flow *flow, const cn_stored_approval *approval, int64_t organisation);
/* Has the organisation an approval to withdraw? */
bool cn_flow_has_given(const cn_flow *flow, int64_t organisation, cn_time now);
/* The approval of a version that is in force, or was in force last; NULL: it has none. */
const cn_stored_approval *cn_approval_of(const cn_stored_approval *v, size_t n, int64_t version, cn_time now);

#endif
