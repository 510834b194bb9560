/* SPDX-License-Identifier: Apache-2.0
 *
 * What the store keeps about people and organisations: accounts, addresses, members, sessions, tickets, passkeys,
 * and the audit of what was done by whom.
 *
 * Errors beside those of store.h: NOT_FOUND "store.none" where what is asked for is not there. What is read is on
 * the arena. Secrets come in as their SHA-256 and are never seen here.
 */
#ifndef CN_STORE_PEOPLE_H
#define CN_STORE_PEOPLE_H

#include "store/mails.h"

/* ---- Audit ---- */

/* Something that was done. A verb that takes one writes it in its own transaction; NULL: nothing is written. */
typedef struct cn_audit {
    int64_t organisation; /* 0: for none */
    int64_t person;       /* who did it; 0: the operator, or the program itself */
    cn_slice action;      /* a stable word: "member.removed" */
    cn_slice subject;     /* id of what it was done to; may be empty */
    cn_time at;           /* when it is read; a verb that writes takes its own `now` */
} cn_audit;

CN_MUST_USE bool cn_store_audit(cn_store *s, const cn_audit *what, cn_time now, cn_err *err);
/* What a person did, the oldest first. */
CN_MUST_USE bool cn_store_audit_by(cn_arena *a, cn_store *s, int64_t person, cn_audit **out, size_t *n,
                                   cn_err *err);

/* What goes with a change of an account, in its transaction: the audit's row, and a letter that tells the person.
 */
typedef struct cn_told {
    cn_audit why;
    cn_stored_mail letter;
    cn_time now;
} cn_told;

/* ---- Persons and their addresses ---- */

typedef struct cn_person {
    int64_t number;
    cn_slice id;       /* used in addresses: 128 random bits */
    cn_slice name;     /* may be empty */
    cn_slice language; /* "en" or "fr" */
    cn_slice email;    /* the main one, in its normal form */
    cn_time created_at;
} cn_person;

CN_MUST_USE bool cn_store_person(cn_arena *a, cn_store *s, int64_t number, cn_person *out, cn_err *err);
CN_MUST_USE bool cn_store_person_of(cn_arena *a, cn_store *s, cn_slice email, cn_person *out, cn_err *err);
/* The person who has the address, or else a new one: id, name, language and email of `p`, the address as its main
 * one. A name that is missing so far is filled in. */
CN_MUST_USE bool cn_store_person_make(cn_arena *a, cn_store *s, const cn_person *p, cn_time now, cn_person *out,
                                      cn_err *err);
CN_MUST_USE bool cn_store_person_set(cn_store *s, int64_t number, cn_slice name, cn_slice language, cn_err *err);
/* The account with its addresses, sessions, tickets, passkeys and memberships is gone; the pages of what it held
 * are switched off. The institution's register of awards stays, without a holder. CONFLICT "member.last":
 * somewhere the person is the last administrator. */
CN_MUST_USE bool cn_store_person_delete(cn_store *s, int64_t number, cn_time now, cn_err *err);

typedef struct cn_address {
    cn_slice email;
    bool main;
    cn_time proven_at;
} cn_address;

CN_MUST_USE bool cn_store_addresses(cn_arena *a, cn_store *s, int64_t person, cn_address **out, size_t *n,
                                    cn_err *err);
/* Adds a proven address. The account that had it, if another, becomes part of this one: its addresses, awards,
 * memberships; its sessions end. CONFLICT "address.passkey": that account has a passkey, and a mailbox does not
 * stand in for one. Nothing is told of an address that the person has already. */
CN_MUST_USE bool cn_store_address_add(cn_arena *a, cn_store *s, int64_t person, cn_slice email,
                                      const cn_told *told, cn_err *err);
CN_MUST_USE bool cn_store_address_main(cn_store *s, int64_t person, cn_slice email, const cn_told *told,
                                       cn_err *err);
/* The main one stays: NOT_FOUND. */
CN_MUST_USE bool cn_store_address_remove(cn_store *s, int64_t person, cn_slice email, const cn_told *told,
                                         cn_err *err);

/* What the audit says of one thing that was done. */
typedef struct cn_audit_entry {
    int64_t number;
    cn_time at;
    cn_slice action, subject;                      /* as in cn_audit */
    cn_slice person_id, person_name, person_email; /* empty: the operator, the program, an account that is gone, or
                                                      whoever claimed an award */
    cn_slice subject_name;                         /* of an award, a file, a person; otherwise empty */
} cn_audit_entry;

/* Which entries of an organisation. */
typedef struct cn_audit_query {
    int64_t organisation;
    cn_slice person;   /* a person's id; empty: whoever it was */
    cn_slice kinds[2]; /* how actions begin, "member" of "member.removed"; empty: all */
    int64_t before;    /* the newest first: those with smaller numbers; 0: from the newest */
    size_t max;
} cn_audit_query;
CN_MUST_USE bool cn_store_audit_of(cn_arena *a, cn_store *s, const cn_audit_query *q, cn_audit_entry **out,
                                   size_t *n, cn_err *err);
/* Who has done something there, by name. */
CN_MUST_USE bool cn_store_audit_people(cn_arena *a, cn_store *s, int64_t organisation, cn_person **out, size_t *n,
                                       cn_err *err);

/* ---- Organisations and their members ---- */

typedef struct cn_stored_organisation {
    int64_t number;
    cn_slice id, name_en, name_fr, url, domain;
    bool fictional;
    unsigned roles;    /* of the person asked for; 0 elsewhere */
    bool quality_body; /* its word on what others may do counts (store/scopes.h) */
} cn_stored_organisation;

/* Gives its number. */
CN_MUST_USE bool cn_store_organisation_put(cn_arena *a, cn_store *s, const cn_stored_organisation *o, cn_time now,
                                           int64_t *number, cn_err *err);
/* Names and url; `number` says which. */
CN_MUST_USE bool cn_store_organisation_set(cn_store *s, const cn_stored_organisation *o, cn_time now,
                                           const cn_audit *why, cn_err *err);
/* What frameworks ask about it (app/profile.h), JSON. */
CN_MUST_USE bool cn_store_profile(cn_arena *a, cn_store *s, int64_t organisation, cn_slice *out, cn_err *err);
CN_MUST_USE bool cn_store_profile_set(cn_store *s, int64_t organisation, cn_slice profile, cn_time now,
                                      const cn_audit *why, cn_err *err);
/* With its members and tickets; its audit stays. CONFLICT "organisation.used": it has achievements, awards,
 * uploads or keys. */
CN_MUST_USE bool cn_store_organisation_remove(cn_store *s, int64_t number, cn_time now, const cn_audit *why,
                                              cn_err *err);
CN_MUST_USE bool cn_store_organisation(cn_arena *a, cn_store *s, int64_t number, cn_stored_organisation *out,
                                       cn_err *err);
CN_MUST_USE bool cn_store_organisation_by_id(cn_arena *a, cn_store *s, cn_slice id, cn_stored_organisation *out,
                                             cn_err *err);
/* Those where the person has a role, by name. */
CN_MUST_USE bool cn_store_organisations_of(cn_arena *a, cn_store *s, int64_t person, cn_stored_organisation **out,
                                           size_t *n, cn_err *err);
CN_MUST_USE bool cn_store_organisations(cn_arena *a, cn_store *s, cn_stored_organisation **out, size_t *n,
                                        cn_err *err);

/* How many there are of each. */
typedef struct cn_organisation_counts {
    int64_t achievements, awards, members, keys, audit, scopes;
    int64_t requests; /* for endorsements, that wait for its answer */
    int64_t reviews;  /* that wait for it */
} cn_organisation_counts;
CN_MUST_USE bool cn_store_organisation_counts(cn_arena *a, cn_store *s, int64_t organisation,
                                              cn_organisation_counts *out, cn_err *err);

/* Bits of member.roles. */
enum {
    CN_ROLE_ADMINISTRATOR = 1,
    CN_ROLE_DESIGNER = 2,
    CN_ROLE_ISSUER = 4,
    CN_ROLE_VIEWER = 8,
    CN_ROLE_REVIEWER = 16,
    CN_ROLES_ALL = 31,
    /* What they do binds the organisation: it is signed in its name, or approved. */
    CN_ROLES_SIGN = CN_ROLE_ADMINISTRATOR | CN_ROLE_ISSUER | CN_ROLE_REVIEWER
};

typedef struct cn_member {
    cn_person person;
    unsigned roles;
    cn_time since_at;
    bool passkey; /* has at least one */
} cn_member;

CN_MUST_USE bool cn_store_members(cn_arena *a, cn_store *s, int64_t organisation, cn_member **out, size_t *n,
                                  cn_err *err);
/* 0 when the person is no member. */
CN_MUST_USE bool cn_store_roles(cn_arena *a, cn_store *s, int64_t organisation, int64_t person, unsigned *out,
                                cn_err *err);
/* Makes a member, or changes the roles of one; 0 removes, and ends the person's sessions. CONFLICT "member.last":
 * an organisation keeps an administrator. */
CN_MUST_USE bool cn_store_member_set(cn_arena *a, cn_store *s, int64_t organisation, int64_t person,
                                     unsigned roles, cn_time now, const cn_audit *why, cn_err *err);

/* ---- Sessions ---- */

typedef struct cn_stored_session {
    cn_slice hash; /* SHA-256 of the token */
    int64_t person;
    cn_slice way;   /* "mail", "passkey", "demo", "claim" */
    cn_slice agent; /* browser and system, in a few words */
    cn_time created_at, seen_at, expires_at;
} cn_stored_session;

CN_MUST_USE bool cn_store_session_put(cn_store *s, const cn_stored_session *session, cn_err *err);
/* Who is signed in with it, where it has not ended. */
CN_MUST_USE bool cn_store_session_find(cn_arena *a, cn_store *s, cn_slice hash, cn_time now, cn_person *person,
                                       cn_stored_session *out, cn_err *err);
CN_MUST_USE bool cn_store_session_seen(cn_store *s, cn_slice hash, cn_time now, cn_err *err);
/* No error where it is not there. */
CN_MUST_USE bool cn_store_session_end(cn_store *s, cn_slice hash, cn_err *err);
/* All of a person, but for one (empty: for none). */
CN_MUST_USE bool cn_store_session_end_all(cn_store *s, int64_t person, cn_slice but, cn_err *err);
CN_MUST_USE bool cn_store_sessions_of(cn_arena *a, cn_store *s, int64_t person, cn_time now,
                                      cn_stored_session **out, size_t *n, cn_err *err);

/* ---- Tickets: links and codes on their way by mail ---- */

typedef struct cn_ticket {
    cn_slice token_hash, code_hash;
    cn_slice email;
    cn_slice purpose;             /* "sign-in", "address", "invitation" */
    int64_t person, organisation; /* 0: none */
    unsigned roles;
    cn_slice next;
    int tries;
    cn_time created_at, expires_at;
    bool used;
} cn_ticket;

/* Keeps a ticket, with the mail that takes it there in the same transaction: a mail of `kind` with `facts`, which
 * goes before those that are due already. No more than `most` tickets of an address since a time: LIMIT
 * "ticket.many". NULL: no mail, no limit. */
typedef struct cn_ticket_mail {
    cn_slice language, kind, facts;
    int most;
    cn_time since;
    const cn_audit *why;
} cn_ticket_mail;
CN_MUST_USE bool cn_store_ticket_put(cn_arena *a, cn_store *s, const cn_ticket *t, const cn_ticket_mail *mail,
                                     cn_err *err);
/* Changes nothing; a used or expired one is found too. */
CN_MUST_USE bool cn_store_ticket(cn_arena *a, cn_store *s, cn_slice token_hash, cn_ticket *out, cn_err *err);
/* Uses it up: NOT_FOUND when it has been used or has ended. */
CN_MUST_USE bool cn_store_ticket_use(cn_arena *a, cn_store *s, cn_slice token_hash, cn_time now, cn_ticket *out,
                                     cn_err *err);
/* The same by address and code; a ticket with `most_tries` is good no more. */
CN_MUST_USE bool cn_store_ticket_use_code(cn_arena *a, cn_store *s, cn_slice email, cn_slice code_hash,
                                          int most_tries, cn_time now, cn_ticket *out, cn_err *err);
/* Counts against every ticket of the address that is still good. */
CN_MUST_USE bool cn_store_ticket_wrong_code(cn_store *s, cn_slice email, cn_time now, cn_err *err);
/* Invitations of an organisation that nobody has accepted and that have not ended. */
CN_MUST_USE bool cn_store_invitations(cn_arena *a, cn_store *s, int64_t organisation, cn_time now, cn_ticket **out,
                                      size_t *n, cn_err *err);
CN_MUST_USE bool cn_store_invitation_drop(cn_store *s, int64_t organisation, cn_slice email, cn_time now,
                                          const cn_audit *why, cn_err *err);

/* ---- Passkeys ---- */

typedef struct cn_passkey {
    cn_slice id; /* credential id */
    int64_t person;
    int64_t algorithm; /* COSE number */
    cn_slice public_key;
    int64_t counter;
    cn_slice label;
    cn_time created_at, used_at; /* used_at: 0, never */
} cn_passkey;

/* `first`: only where the person has none yet: DENIED "passkey.needed". CONFLICT "passkey.known": somebody has it
 * already. */
CN_MUST_USE bool cn_store_passkey_put(cn_store *s, const cn_passkey *key, bool first, const cn_told *told,
                                      cn_err *err);
CN_MUST_USE bool cn_store_passkey(cn_arena *a, cn_store *s, cn_slice id, cn_passkey *out, cn_err *err);
CN_MUST_USE bool cn_store_passkeys_of(cn_arena *a, cn_store *s, int64_t person, cn_passkey **out, size_t *n,
                                      cn_err *err);
CN_MUST_USE bool cn_store_passkey_used(cn_store *s, cn_slice id, int64_t counter, cn_time now, cn_err *err);
/* Whoever may have it is out: all sessions of the person end, but for one, which without any key left is no more
 * than one by mail. NOT_FOUND "store.none". */
CN_MUST_USE bool cn_store_passkey_remove(cn_store *s, int64_t person, cn_slice id, cn_slice but,
                                         const cn_told *told, cn_err *err);
/* All of a person, with all sessions. NOT_FOUND "store.none": there were none. */
CN_MUST_USE bool cn_store_passkeys_reset(cn_store *s, int64_t person, const cn_told *told, cn_err *err);
/* A challenge for a browser; person 0: who signs in is not known yet. */
CN_MUST_USE bool cn_store_challenge_put(cn_store *s, cn_slice hash, int64_t person, cn_time expires, cn_err *err);
/* Takes it away: NOT_FOUND where it was not there, has ended, or is another person's. */
CN_MUST_USE bool cn_store_challenge_take(cn_store *s, cn_slice hash, int64_t person, cn_time now, cn_err *err);

/* ---- Retention ---- */

/* Deletes sessions and challenges that have ended, and tickets a day after their end. */
CN_MUST_USE bool cn_store_people_tidy(cn_store *s, cn_time now, cn_err *err);

#endif
