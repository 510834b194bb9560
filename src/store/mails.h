/* SPDX-License-Identifier: Apache-2.0
 *
 * Mails to be sent, as the store keeps them. What they say is made from their facts when they are sent
 * (app/letters.h writes and reads the facts).
 */
#ifndef CN_STORE_MAILS_H
#define CN_STORE_MAILS_H

#include "store/store.h"

typedef struct cn_stored_mail {
    int64_t number;     /* given by the store */
    cn_slice recipient; /* an address in its normal form */
    cn_slice language;  /* "en" or "fr" */
    cn_slice kind;      /* "claim" */
    cn_slice facts;     /* JSON object */
    int64_t award;      /* the award it tells of; 0: none */
    int64_t tries;      /* how often it was tried in vain */
    cn_time next_at;    /* when it is tried (again); 0: at once */
    cn_slice problem;   /* a stable word when it cannot be delivered; empty otherwise */
    cn_time created_at;
    cn_time sent_at; /* 0: not yet; only a demonstration keeps what was sent */
} cn_stored_mail;

typedef struct cn_stored_mails {
    cn_stored_mail *v;
    size_t n;
} cn_stored_mails;

/* Keeps a mail until it is sent. Of the mail recipient, language, kind, facts, award, next_at and created_at are
 * looked at. A mail that belongs to a change is put in the change's transaction: cn_mail_insert (store/inside.h).
 */
CN_MUST_USE bool cn_store_mail_put(cn_store *s, const cn_stored_mail *mail, cn_err *err);

/* Those to be sent now, the longest due first, at most `max`. On the arena. */
CN_MUST_USE bool cn_store_mails_due(cn_arena *a, cn_store *s, cn_time now, size_t max, cn_stored_mails *out,
                                    cn_err *err);
/* The newest first, whatever became of them, at most `max`. On the arena. */
CN_MUST_USE bool cn_store_mails_newest(cn_arena *a, cn_store *s, size_t max, cn_stored_mails *out, cn_err *err);
/* NOT_FOUND "store.none". On the arena. */
CN_MUST_USE bool cn_store_mail_get(cn_arena *a, cn_store *s, int64_t number, cn_stored_mail *out, cn_err *err);

/* What became of a mail; each is one transaction. A mail that is there no more is no error.
 * Sent: its row is deleted or, where `keep` says so, marked; its award has no mail problem any more. */
CN_MUST_USE bool cn_store_mail_sent(cn_store *s, const cn_stored_mail *mail, cn_time now, bool keep, cn_err *err);
/* To be tried again. */
CN_MUST_USE bool cn_store_mail_later(cn_store *s, const cn_stored_mail *mail, cn_time next_at, cn_err *err);
/* Given up: its facts are forgotten, and its award shows the problem. */
CN_MUST_USE bool cn_store_mail_failed(cn_store *s, const cn_stored_mail *mail, cn_slice problem, cn_err *err);

/* Deletes what is left of mails thirty days after their making: those that could not be delivered, and those a
 * demonstration has kept. */
CN_MUST_USE bool cn_store_mails_tidy(cn_store *s, cn_time now, cn_err *err);

#endif
