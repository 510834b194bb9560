/* SPDX-License-Identifier: Apache-2.0
 *
 * The register of awards as the store keeps it: awards are added with the rows of an upload that they come from,
 * and looked up. What becomes of one later stands in claims.h and keys.h.
 *
 * Errors beside those of store.h: NOT_FOUND "store.none". What is read is on the arena.
 */
#ifndef CN_STORE_AWARDS_H
#define CN_STORE_AWARDS_H

#include "store/claims.h"
#include "store/mails.h"
#include "store/people.h"

/* The columns of the table `award`, which says what each is. */
typedef struct cn_award {
    int64_t number; /* given by the store */
    cn_slice id;
    int64_t organisation, achievement, version; /* rows */
    int64_t upload;                             /* 0: none */
    cn_slice learner_key, name, email, language;
    cn_slice result, decision, decided_on, method, assessor, evidence;
    cn_slice document; /* the signed credential; empty in lists */
    int64_t status_list, status_place;
    cn_time awarded_at, valid_until; /* whole seconds, as all times here; valid_until 0: without end */
    int64_t holder;                  /* a person; 0: nobody yet */
    cn_time claimed_at;              /* 0: not yet */
    bool page_on;
    cn_slice check_code; /* in its normal form */
    cn_slice mail_problem;
    cn_time revoked_at; /* 0: it is not */
    cn_slice revoke_code, revoke_reason;
} cn_award;

CN_MUST_USE bool cn_store_award(cn_arena *a, cn_store *s, cn_slice id, cn_award *out, cn_err *err);

/* Which awards of an organisation. */
typedef struct cn_award_query {
    int64_t organisation;
    cn_slice words;  /* part of a name, an address, a learner's key; empty: all */
    int64_t upload;  /* of this upload alone; 0: of any, or of none */
    int64_t version; /* of the achievement of this version alone; 0: of any */
    int64_t before;  /* the newest first: those with smaller numbers; 0: from the newest */
    size_t max;
} cn_award_query;
CN_MUST_USE bool cn_store_awards(cn_arena *a, cn_store *s, const cn_award_query *q, cn_award **out, size_t *n,
                                 cn_err *err);
/* How many fit the query, whatever its `before` and `max`. */
CN_MUST_USE bool cn_store_awards_matching(cn_arena *a, cn_store *s, const cn_award_query *q, size_t *out,
                                          cn_err *err);

/* ---- Awarding ---- */

/* What becomes of a row of an upload. */
typedef struct cn_awarding {
    int64_t line; /* of the row */
    bool refused; /* it could not be signed: the row says so, nothing is awarded */
    bool before;  /* the learner seems to have it: achievement, learner_key and decided_on alone are filled in */
    cn_award award;
    cn_stored_claim claim; /* its `award` is filled in by the store */
    cn_stored_mail mail;   /* so too */
} cn_awarding;

/* All rows in one transaction: awards, claims, mails and the rows' states; when no row is left that waits, the
 * upload is done. A learner who has the achievement with the same date already gets no second one: the row points
 * at it. A row that waits no more stays as it is. */
CN_MUST_USE bool cn_store_award_rows(cn_store *s, int64_t upload, const cn_awarding *rows, size_t n, cn_time now,
                                     cn_err *err);

#endif
