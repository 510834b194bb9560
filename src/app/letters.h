/* SPDX-License-Identifier: Apache-2.0
 *
 * The letters Cairn writes to people, by e-mail: which there are, what each tells, and their way to the post: kept
 * in the database with the change they tell of, tried until they are gone or nobody needs them any more.
 *
 * What a letter says in words is the business of web/letter.h.
 */
#ifndef CN_APP_LETTERS_H
#define CN_APP_LETTERS_H

#include "app/app.h"
#include "store/mails.h"

typedef enum cn_letter_kind {
    CN_LETTER_SIGN_IN,    /* link, code, minutes */
    CN_LETTER_ADDRESS,    /* link, code, minutes: to prove that an address is one's own */
    CN_LETTER_INVITATION, /* organisation, link, code: to become a member */
    CN_LETTER_CLAIM,      /* name, achievement, organisation, link, code, until */
    CN_LETTER_REVOKED,    /* name, achievement, organisation, link: to the credential's page */
    /* To the owner of an account, of what was changed there: name, about, link to the account. */
    CN_LETTER_ADDRESS_ADDED,
    CN_LETTER_ADDRESS_MAIN, /* goes to the one that was it before */
    CN_LETTER_ADDRESS_REMOVED,
    CN_LETTER_PASSKEY_ADDED,
    CN_LETTER_PASSKEY_REMOVED,
    CN_LETTER_PASSKEYS_RESET, /* by the operator; about: nothing */
    /* Of a review: name, achievement, organisation, link to its page. */
    CN_LETTER_SUBMITTED, /* to who reviews; organisation: whose it is */
    CN_LETTER_RETURNED,  /* to who submitted it, as the next; organisation: who reviews */
    CN_LETTER_APPROVED,
    CN_LETTER_WITHDRAWN, /* the approval, to administrators */
    /* Of an endorsement: name, achievement, organisation, link to where it is asked for or answered. */
    CN_LETTER_ENDORSE_ASKED, /* to who may sign; organisation: which asks */
    CN_LETTER_ENDORSE_GIVEN, /* to who asked, as the next; organisation: which signs */
    CN_LETTER_ENDORSE_DECLINED,
    CN_LETTER_ENDORSE_REVOKED,
    /* Of an end that comes near or has come, to administrators: name, organisation (theirs), link to what is due,
     * until, more; of an approval also achievement. */
    CN_LETTER_APPROVAL_ENDS,
    CN_LETTER_APPROVAL_ENDED,
    CN_LETTER_SCOPE_ENDS,
    CN_LETTER_SCOPE_ENDED,
    CN_LETTER_KINDS
} cn_letter_kind;

typedef struct cn_letter {
    cn_letter_kind kind;
    cn_slice recipient; /* an address in its normal form */
    cn_slice language;  /* "en" or "fr" */
    int64_t award;      /* the award it tells of, which shows when it cannot be delivered; 0: none */
    /* The facts; those its kind does not tell are not looked at. */
    cn_slice name; /* of the reader; may be empty */
    cn_bilingual achievement, organisation;
    cn_slice about; /* an address, who invites, or what somebody calls a passkey; may be empty */
    cn_slice link;  /* https, or http in a demonstration; a path alone gets the origin when it is read */
    cn_slice code;  /* as it is typed */
    int minutes;    /* how long link and code work */
    cn_time until;  /* the same, where it is days; or when something ends */
    int more;       /* so many others end with it; may be 0 */
} cn_letter;

/* What is kept of a letter. Its facts are one JSON object: names, link and code as text, achievement and
 * organisation as {"en", "fr"}, minutes as a number, until as "2026-06-01T00:00:00Z". Where there is a master key,
 * a link that comes with a code, and the code, stand in "sealed" instead: who reads the database signs in with
 * neither. A demonstration shows its mails to everybody, and seals none. On the arena. INVALID "letter.facts": one
 * of its kind's facts is missing. */
CN_MUST_USE bool cn_app_letter_write(cn_arena *a, const cn_app *app, cn_time now, const cn_letter *letter,
                                     cn_stored_mail *out, cn_err *err);
/* The letter of what was kept. INVALID "letter.kind", "letter.facts" (something is missing); DENIED "seal.broken",
 * "letter.sealed": it was sealed with another master key, or there is none. */
CN_MUST_USE bool cn_app_letter_read(cn_arena *a, const cn_app *app, const cn_stored_mail *mail, cn_letter *out,
                                    cn_err *err);
/* Keeps a letter that belongs to no other change, and wakes the background work. */
CN_MUST_USE bool cn_app_letter_send(cn_arena *a, const cn_app *app, cn_time now, const cn_letter *letter,
                                    cn_err *err);

/* For the mailbox of a demonstration: the newest first, at most `max`; one by its number (NOT_FOUND "store.none").
 */
CN_MUST_USE bool cn_app_letters_newest(cn_arena *a, const cn_app *app, size_t max, cn_stored_mails *out,
                                       cn_err *err);
CN_MUST_USE bool cn_app_letter_get(cn_arena *a, const cn_app *app, int64_t number, cn_stored_mail *out,
                                   cn_err *err);

/* The way out of a letter: INVALID and LIMIT for what will never go, UNAVAILABLE for what may go later. */
typedef struct cn_post {
    void *self;
    bool (*send)(void *self, cn_arena *a, const cn_stored_mail *mail, const cn_letter *letter, cn_err *err);
} cn_post;

/* Background work: sends what is due, some at a time; `more`: there is more of it now. A letter that cannot go is
 * given up: award.mail_problem is then "recipient" (no such mailbox), "address" (none at all), "refused" (the mail
 * server does not take it), "late" (it was tried until it was of no use any more), "internal". False when the post
 * as a whole does not work: what is due is tried again later. */
CN_MUST_USE bool cn_app_letters_work(cn_arena *a, const cn_app *app, cn_time now, const cn_post *post, bool *more,
                                     cn_err *err);

#endif
