/* SPDX-License-Identifier: Apache-2.0
 *
 * What the store keeps about endorsements: requests, and what organisations have signed about achievements. What a
 * claim means, and which are in force, is the business of app/endorsements.h.
 *
 * Errors beside those of store.h: NOT_FOUND "store.none". What is read is on the arena.
 */
#ifndef CN_STORE_ENDORSEMENTS_H
#define CN_STORE_ENDORSEMENTS_H

#include "store/keys.h"

/* ---- Requests ---- */

typedef struct cn_endorsement_request {
    int64_t number;
    cn_slice id;
    int version;            /* which; the one after the latest is the draft */
    int64_t organisation;   /* who is asked */
    cn_slice message;       /* may be empty */
    cn_slice state, reason; /* "waiting", "given", "declined", "withdrawn"; reason of declining */
    cn_time created_at, answered_at;
    cn_slice achievement_id; /* of what */
    int64_t asker;           /* the organisation whose achievement it is */
    int64_t asked_by;        /* the person; 0: the operator, or an account that is gone */
} cn_endorsement_request;

typedef struct cn_endorsement_requests {
    cn_endorsement_request *v;
    size_t n;
} cn_endorsement_requests;

/* A new one: id, achievement_id, version, organisation, message and asked_by of `what`. CONFLICT
 * "endorsement.asked": the same is waiting already. */
CN_MUST_USE bool cn_store_endorsement_request_put(cn_store *s, const cn_endorsement_request *what, cn_time now,
                                                  const cn_audit *why, cn_err *err);
CN_MUST_USE bool cn_store_endorsement_request(cn_arena *a, cn_store *s, cn_slice id, cn_endorsement_request *out,
                                              cn_err *err);
/* Those to an organisation; those for an achievement. The newest first. */
CN_MUST_USE bool cn_store_endorsement_requests_to(cn_arena *a, cn_store *s, int64_t organisation,
                                                  cn_endorsement_requests *out, cn_err *err);
CN_MUST_USE bool cn_store_endorsement_requests_of(cn_arena *a, cn_store *s, cn_slice achievement_id,
                                                  cn_endorsement_requests *out, cn_err *err);
/* One that waits is answered. CONFLICT "endorsement.answered": it was before. */
CN_MUST_USE bool cn_store_endorsement_request_set(cn_store *s, cn_slice id, const char *state, cn_slice reason,
                                                  cn_time now, const cn_audit *why, cn_err *err);

/* ---- Endorsements and acceptances ---- */

typedef struct cn_endorsement {
    int64_t number;
    cn_slice id;
    int64_t organisation; /* who signed */
    cn_slice achievement_id;
    int version;     /* 0: whichever */
    bool acceptance; /* of an employer: what it accepts the achievement for */
    cn_slice digest; /* of the texts that were looked at; empty for acceptances */
    cn_slice claims; /* which, each once, parted by spaces */
    cn_slice document;
    int64_t status_list, status_place; /* of a new one */
    cn_time given_at, valid_until, revoked_at;
    cn_slice revoke_code, revoke_reason;
    /* Of the organisation, as it is called now. */
    cn_slice organisation_id, organisation_en, organisation_fr;
} cn_endorsement;

typedef struct cn_endorsements {
    cn_endorsement *v;
    size_t n;
} cn_endorsements;

/* Keeps one; a request that it answers (its id; empty: none) is given in the same transaction. */
CN_MUST_USE bool cn_store_endorsement_put(cn_store *s, const cn_endorsement *what, cn_slice request,
                                          const cn_audit *why, cn_err *err);
CN_MUST_USE bool cn_store_endorsement(cn_arena *a, cn_store *s, cn_slice id, cn_endorsement *out, cn_err *err);
/* What an organisation has signed; what was signed about an achievement. The newest first. */
CN_MUST_USE bool cn_store_endorsements_by(cn_arena *a, cn_store *s, int64_t organisation, bool acceptance,
                                          cn_endorsements *out, cn_err *err);
CN_MUST_USE bool cn_store_endorsements_of(cn_arena *a, cn_store *s, cn_slice achievement_id, bool acceptance,
                                          cn_endorsements *out, cn_err *err);
/* As cn_store_award_revoke: `award` is the endorsement's id. */
CN_MUST_USE bool cn_store_endorsement_revoke(cn_arena *a, cn_store *s, const cn_revocation *what,
                                             const cn_status_maker *maker, bool *done, cn_err *err);

#endif
