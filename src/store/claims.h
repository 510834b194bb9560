/* SPDX-License-Identifier: Apache-2.0
 *
 * What the store keeps for those who hold awards: links to claim them by, and what a page of an award shows.
 *
 * Errors beside those of store.h: NOT_FOUND "store.none" where what is asked for is not there. What is read is on
 * the arena. Secrets come in as their SHA-256 and are never seen here.
 */
#ifndef CN_STORE_CLAIMS_H
#define CN_STORE_CLAIMS_H

#include "store/mails.h"
#include "store/people.h"

/* ---- An award, with what its pages need of the version, the achievement and the organisation ---- */

typedef struct cn_credential {
    int64_t number;
    cn_slice id; /* used in the credential's id and in addresses */
    int64_t organisation;
    cn_slice organisation_id, organisation_en, organisation_fr, organisation_url;
    bool fictional;
    cn_slice achievement_id;
    int version;            /* 1, 2, … of the achievement */
    int64_t version_number; /* its row */
    cn_slice learner_key;   /* with what follows, but for `document`, as it was uploaded */
    cn_slice name, email, language, result, decision, decided_on, method, assessor, evidence;
    cn_slice document;   /* the signed credential */
    cn_time awarded_at;  /* whole seconds, as all times here; 0: never */
    cn_time valid_until; /* 0: without end */
    int64_t holder;      /* a person's number; 0: nobody */
    cn_time claimed_at;
    bool page_on;
    cn_slice check_code; /* in its normal form */
    cn_slice mail_problem;
    cn_time revoked_at;
    cn_slice revoke_code, revoke_reason;
} cn_credential;

CN_MUST_USE bool cn_store_credential(cn_arena *a, cn_store *s, cn_slice id, cn_credential *out, cn_err *err);
/* The id of the award with a check code, in its normal form. */
CN_MUST_USE bool cn_store_credential_of_code(cn_arena *a, cn_store *s, cn_slice check_code, cn_slice *id,
                                             cn_err *err);
/* The ids of what a person holds, the newest first. */
CN_MUST_USE bool cn_store_credentials_waiting(cn_arena *a, cn_store *s, int64_t person, cn_slice **ids, size_t *n,
                                              cn_err *err);
CN_MUST_USE bool cn_store_credentials_held(cn_arena *a, cn_store *s, int64_t person, cn_slice **ids, size_t *n,
                                           cn_err *err);
/* Switches its page on or off for its holder: NOT_FOUND for anybody else. */
CN_MUST_USE bool cn_store_credential_page(cn_store *s, cn_slice id, int64_t holder, bool on, const cn_audit *why,
                                          cn_time now, cn_err *err);
/* ---- Claims ---- */

typedef struct cn_stored_claim {
    cn_slice token_hash, code_hash;
    int64_t award;
    cn_slice award_id;                       /* read only */
    cn_time created_at, expires_at, used_at; /* used_at: 0, not yet */
} cn_stored_claim;

/* Both change nothing; a used or expired one is found too. */
CN_MUST_USE bool cn_store_claim(cn_arena *a, cn_store *s, cn_slice token_hash, cn_stored_claim *out, cn_err *err);
CN_MUST_USE bool cn_store_claim_of_code(cn_arena *a, cn_store *s, cn_slice code_hash, cn_stored_claim *out,
                                        cn_err *err);
/* Uses it: the person holds the award from now on, and every other claim of it is used up too. CONFLICT
 * "claim.closed": it was used, or has ended, or somebody holds the award, or it is revoked. */
CN_MUST_USE bool cn_store_claim_use(cn_store *s, const cn_stored_claim *claim, int64_t person, const cn_audit *why,
                                    cn_time now, cn_err *err);

/* One more claim of an award that nobody holds, with the mail that takes it there; those it had are used up.
 * CONFLICT "claim.closed": somebody holds it by now, or it is revoked. */
CN_MUST_USE bool cn_store_claim_again(cn_store *s, const cn_stored_claim *claim, const cn_stored_mail *mail,
                                      const cn_audit *why, cn_time now, cn_err *err);

/* How many claims were made of an award since a time. */
CN_MUST_USE bool cn_store_claims_since(cn_store *s, int64_t award, cn_time since, int64_t *out, cn_err *err);

/* ---- Retention ---- */

/* Deletes claims a year after they were used or ended. */
CN_MUST_USE bool cn_store_claims_tidy(cn_store *s, cn_time now, cn_err *err);

#endif
