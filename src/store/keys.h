/* SPDX-License-Identifier: Apache-2.0
 *
 * What the store keeps to sign with: sealed keys, status lists and their places; and the settings of this server.
 *
 * Errors beside those of store.h: NOT_FOUND "store.none". What is read is on the arena.
 */
#ifndef CN_STORE_KEYS_H
#define CN_STORE_KEYS_H

#include "store/mails.h"
#include "store/people.h"

/* ---- Settings ---- */

/* Empty where there is none of this name. */
CN_MUST_USE bool cn_store_setting(cn_arena *a, cn_store *s, cn_slice name, cn_slice *out, cn_err *err);
/* Sets or replaces. */
CN_MUST_USE bool cn_store_setting_set(cn_store *s, cn_slice name, cn_slice value, cn_err *err);
/* How many awards there are: what has been decided for them can no longer be changed. */
CN_MUST_USE bool cn_store_awards_ever(cn_store *s, int64_t *out, cn_err *err);

/* ---- Signing keys ---- */

typedef struct cn_stored_key {
    int64_t number, organisation;
    cn_slice issuer, method;
    cn_slice public_key; /* Multikey */
    cn_slice sealed;
    cn_time created_at;
    cn_time retired_at; /* 0: it awards */
} cn_stored_key;

typedef struct cn_stored_keys {
    cn_stored_key *v;
    size_t n;
} cn_stored_keys;

/* The one an organisation awards with. */
CN_MUST_USE bool cn_store_key_current(cn_arena *a, cn_store *s, int64_t organisation, cn_stored_key *out,
                                      cn_err *err);
CN_MUST_USE bool cn_store_key(cn_arena *a, cn_store *s, int64_t number, cn_stored_key *out, cn_err *err);
/* All of an organisation (0: of all), the latest first. */
CN_MUST_USE bool cn_store_keys_of(cn_arena *a, cn_store *s, int64_t organisation, cn_stored_keys *out,
                                  cn_err *err);
/* The organisation that has signed, or may have, as this issuer. */
CN_MUST_USE bool cn_store_issuer(cn_store *s, cn_slice issuer, int64_t *organisation, cn_err *err);

typedef struct cn_key_change {
    const cn_stored_key *next; /* the key it awards with from now on */
    bool first;                /* only where it has none: otherwise nothing happens */
    cn_slice domain;           /* the organisation's from now on */
    cn_time now;
    const cn_audit *why;
} cn_key_change;
/* Retires the key there is and puts the next one into its place, in one transaction. */
CN_MUST_USE bool cn_store_key_change(cn_store *s, const cn_key_change *change, cn_err *err);

/* ---- Status lists ---- */

typedef struct cn_stored_status {
    int64_t number, signing_key;
    cn_slice id;
    int64_t length, taken;
    cn_slice document; /* empty: not published yet */
    cn_time updated_at;
} cn_stored_status;

CN_MUST_USE bool cn_store_status(cn_arena *a, cn_store *s, int64_t number, cn_stored_status *out, cn_err *err);
CN_MUST_USE bool cn_store_status_by_id(cn_arena *a, cn_store *s, cn_slice id, cn_stored_status *out, cn_err *err);

typedef struct cn_status_place {
    int64_t list;
    cn_slice list_id;
    uint64_t place;
} cn_status_place;

typedef struct cn_status_ask {
    int64_t signing_key;
    int64_t length;  /* of a new list; a power of two */
    cn_slice new_id; /* of a new list, where one is needed */
    const cn_random *random;
    cn_time now;
} cn_status_ask;
/* Takes n places, drawn at random, in the key's latest list; a new list begins where that one is half full, so
 * that drawing stays short. In one transaction: a place is given once. */
CN_MUST_USE bool cn_store_status_reserve(cn_arena *a, cn_store *s, const cn_status_ask *ask, size_t n,
                                         cn_status_place *places, cn_err *err);

/* Makes the signed document of a list whose bits are those of its revoked awards. */
typedef struct cn_status_maker {
    void *self;
    bool (*make)(void *self, cn_arena *a, const cn_stored_status *list, const cn_stored_key *key, cn_slice bits,
                 cn_slice *document, cn_err *err);
} cn_status_maker;
/* Publishes a list anew. What is read and what is written belong to one transaction, in which the maker is asked:
 * so that no list is published that knows less than the one before. */
CN_MUST_USE bool cn_store_status_publish(cn_arena *a, cn_store *s, int64_t list, cn_time now,
                                         const cn_status_maker *maker, cn_err *err);

typedef struct cn_revocation {
    int64_t organisation;
    cn_slice award;  /* id */
    cn_slice code;   /* a neutral word that everybody sees */
    cn_slice reason; /* for the institution alone */
    cn_time now;
    const cn_audit *why;
    const cn_stored_mail *mail; /* to its holder; NULL: none */
} cn_revocation;
/* Revokes an award: its row, its list, the audit and the mail in one transaction. `*done` false: it had been
 * revoked before, and nothing has changed. NOT_FOUND where the organisation has no such award. */
CN_MUST_USE bool cn_store_award_revoke(cn_arena *a, cn_store *s, const cn_revocation *what,
                                       const cn_status_maker *maker, bool *done, cn_err *err);

#endif
