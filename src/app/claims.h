/* SPDX-License-Identifier: Apache-2.0
 *
 * Awards in the hands of their learners: claiming them, what a stranger may see of them, taking them away.
 *
 * A claim is a link and a code that came by mail. Looking at it changes nothing, since programs that scan mail
 * open links; using it makes a person the holder. Before that nobody sees more of an award than what it is of and
 * whose; after it its holder decides whether its page is there.
 */
#ifndef CN_APP_CLAIMS_H
#define CN_APP_CLAIMS_H

#include "app/letters.h"
#include "store/claims.h"

/* ---- Credentials: one award with what its pages need ---- */

/* NOT_FOUND "store.none", here and below. */
CN_MUST_USE bool cn_app_credential(cn_arena *a, const cn_app *app, cn_slice id, cn_credential *out, cn_err *err);
/* The same for an organisation's own pages: NOT_FOUND for an award of another one. */
CN_MUST_USE bool cn_app_credential_own(cn_arena *a, const cn_app *app, int64_t organisation, cn_slice id,
                                       cn_credential *out, cn_err *err);
/* Its id by the code that stands on paper, as somebody typed it. INVALID "code.form". */
CN_MUST_USE bool cn_app_credential_of_code(cn_arena *a, const cn_app *app, cn_slice typed, cn_slice *id,
                                           cn_err *err);

typedef struct cn_credentials {
    cn_credential *v;
    size_t n;
} cn_credentials;
/* What a person holds, the newest first. */
CN_MUST_USE bool cn_app_credentials_held(cn_arena *a, const cn_app *app, int64_t person, cn_credentials *out,
                                         cn_err *err);

/* What was awarded to one of a person's addresses and is claimed by nobody, the oldest first. */
CN_MUST_USE bool cn_app_credentials_waiting(cn_arena *a, const cn_app *app, int64_t person, cn_credentials *out,
                                            cn_err *err);

/* What a person (0: nobody in particular) may see. */
typedef enum cn_seen {
    CN_SEEN_TITLE, /* not claimed: what it is of, and whose; nothing about the learner */
    CN_SEEN_OFF,   /* its holder has switched the page off */
    CN_SEEN_ALL
} cn_seen;
cn_seen cn_credential_seen(const cn_credential *c, int64_t person);

cn_bilingual cn_credential_organisation(const cn_credential *c);
/* "K7QMX-3TXPA". On the arena; empty at its maximum. */
cn_slice cn_credential_code(cn_arena *a, const cn_credential *c);

/* By its holder: shows the page to everybody who has its address, or to nobody. */
CN_MUST_USE bool cn_app_credential_show(cn_arena *a, const cn_app *app, cn_time now, int64_t person, cn_slice id,
                                        bool on, cn_err *err);

/* The badge's image, in the credential's language, with the credential in it. */
CN_MUST_USE bool cn_app_credential_png(cn_arena *a, const cn_app *app, const cn_credential *c, cn_slice *image,
                                       cn_err *err);
CN_MUST_USE bool cn_app_credential_svg(cn_arena *a, const cn_app *app, const cn_credential *c, cn_slice *image,
                                       cn_err *err);

/* ---- Claims ---- */

enum { CN_CLAIM_DAYS = 30 };

typedef enum cn_claim_state {
    CN_CLAIM_OPEN,
    CN_CLAIM_USED,
    CN_CLAIM_EXPIRED,
    CN_CLAIM_REPLACED, /* by another that was sent after it */
    CN_CLAIM_REVOKED
} cn_claim_state;

typedef struct cn_claim {
    cn_claim_state state;
    cn_stored_claim kept;
    cn_credential credential;
} cn_claim;

/* Link and code of a new claim of an award: what goes into the mail, and what is kept (its `award` is still 0). */
typedef struct cn_new_claim {
    cn_slice link, code;
    cn_stored_claim kept;
} cn_new_claim;
CN_MUST_USE bool cn_app_claim_new(cn_arena *a, const cn_app *app, cn_time now, cn_new_claim *out, cn_err *err);
/* The letter that takes it to its learner: recipient, language, award, name, achievement and organisation of
 * `about`. The errors of cn_app_letter_write. */
CN_MUST_USE bool cn_app_claim_letter(cn_arena *a, const cn_app *app, cn_time now, const cn_new_claim *claim,
                                     const cn_letter *about, cn_stored_mail *out, cn_err *err);

/* What a link's token, or a typed code, is for. Changes nothing. NOT_FOUND "store.none"; INVALID "code.form". */
CN_MUST_USE bool cn_app_claim_look(cn_arena *a, const cn_app *app, cn_time now, cn_slice token, cn_claim *out,
                                   cn_err *err);
CN_MUST_USE bool cn_app_claim_look_code(cn_arena *a, const cn_app *app, cn_time now, cn_slice typed, cn_claim *out,
                                        cn_err *err);

/* Is the address that the award bears among the person's? */
CN_MUST_USE bool cn_app_claim_is_of(cn_arena *a, const cn_app *app, const cn_claim *claim, int64_t person,
                                    bool *out, cn_err *err);

/* Uses an open claim. `signed_in`: who is signed in; 0: nobody. The award joins that person's account; where
 * nobody is signed in, the account of the address that the claim was sent to, which is made if need be. Who signs
 * in gains no address by it: the link may have been passed on, and an address signs its owner in.
 * CONFLICT "claim.closed": it was used meanwhile. */
CN_MUST_USE bool cn_app_claim_use(cn_arena *a, const cn_app *app, cn_time now, const cn_claim *claim,
                                  int64_t signed_in, int64_t *person, cn_err *err);

/* Sends another claim of an organisation's award to the address it was sent to; the one before is used up. `by`:
 * who does it. CONFLICT "claim.closed": somebody holds the award, or it is revoked. */
CN_MUST_USE bool cn_app_claim_again(cn_arena *a, const cn_app *app, cn_time now, int64_t organisation, int64_t by,
                                    cn_slice id, cn_err *err);
/* Somebody who has a claim that ended, or was replaced, asks for another. It goes to the address of the award and
 * to no other, a few times a day. No error where none can be sent: who asks is told the same. */
CN_MUST_USE bool cn_app_claim_renew(cn_arena *a, const cn_app *app, cn_time now, const cn_claim *claim,
                                    cn_err *err);

#endif
