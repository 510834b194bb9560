/* SPDX-License-Identifier: Apache-2.0
 *
 * People and organisations: who is who, who may do what, how somebody signs in.
 *
 * An address belongs to whom mail sent there reaches; it is proven by a link or a code that came by mail. Nothing
 * here tells whether an address is known. Roles are looked up anew at every request, so that who is removed is out
 * at once.
 */
#ifndef CN_APP_PEOPLE_H
#define CN_APP_PEOPLE_H

#include "app/app.h"
#include "store/people.h"

/* ---- Organisations ---- */

typedef struct cn_organisation {
    int64_t number;
    cn_slice id; /* used in addresses */
    cn_bilingual name;
    cn_slice url;    /* its own site; may be empty */
    cn_slice domain; /* host of the did:web it signs as; empty: did:key */
    bool fictional;
    unsigned roles;    /* of the person who asked (cn_app_organisations_of); otherwise 0 */
    bool quality_body; /* the operator lets it register others (app/scopes.h) */
} cn_organisation;

typedef struct cn_organisations {
    cn_organisation *v;
    size_t n;
} cn_organisations;

/* A new one: names, url, domain and fictional of `what`; the person (0: nobody yet) becomes its administrator.
 * INVALID "organisation.name" without a name in each language. */
CN_MUST_USE bool cn_app_organisation_new(cn_arena *a, const cn_app *app, cn_time now, const cn_organisation *what,
                                         int64_t administrator, cn_organisation *out, cn_err *err);
CN_MUST_USE bool cn_app_organisation_get(cn_arena *a, const cn_app *app, int64_t number, cn_organisation *out,
                                         cn_err *err);
CN_MUST_USE bool cn_app_organisation_by_id(cn_arena *a, const cn_app *app, cn_slice id, cn_organisation *out,
                                           cn_err *err);
/* Names and url. INVALID as above, "organisation.url". */
CN_MUST_USE bool cn_app_organisation_set(const cn_app *app, cn_time now, int64_t by, const cn_organisation *what,
                                         cn_err *err);
/* By the operator: one that has no achievements, awards, uploads or keys goes, with its members and invitations;
 * what was done for it stays in the audit. CONFLICT "organisation.used". */
CN_MUST_USE bool cn_app_organisation_remove(const cn_app *app, cn_time now, const cn_organisation *which,
                                            cn_err *err);
/* Those where the person has a role; all there are with person 0. By name. */
CN_MUST_USE bool cn_app_organisations_of(cn_arena *a, const cn_app *app, int64_t person, cn_organisations *out,
                                         cn_err *err);

CN_MUST_USE bool cn_app_organisation_counts(cn_arena *a, const cn_app *app, int64_t organisation,
                                            cn_organisation_counts *out, cn_err *err);

/* ---- Persons ---- */

CN_MUST_USE bool cn_app_person_get(cn_arena *a, const cn_app *app, int64_t number, cn_person *out, cn_err *err);
/* Finds the person who has the address, or makes one. Only for an address that has just been proven, or in a
 * demonstration. A name fills in one that is missing. INVALID "mail.address.…". */
CN_MUST_USE bool cn_app_person_of_address(cn_arena *a, const cn_app *app, cn_time now, cn_slice email,
                                          cn_slice name, cn_slice language, cn_person *out, cn_err *err);
/* INVALID "person.name" (longer than 200 bytes, or with control characters), "person.language". */
CN_MUST_USE bool cn_app_person_set(cn_arena *a, const cn_app *app, int64_t person, cn_slice name,
                                   cn_slice language, cn_err *err);
/* Adds a proven address to a person, who is told by mail. Who had it before becomes part of this person: awards
 * and memberships. CONFLICT "address.passkey": not where they have a passkey, which proves more than a mailbox
 * does. */
CN_MUST_USE bool cn_app_address_add(cn_arena *a, const cn_app *app, cn_time now, int64_t person, cn_slice email,
                                    cn_err *err);
typedef struct cn_addresses {
    cn_address *v; /* the main one first */
    size_t n;
} cn_addresses;

CN_MUST_USE bool cn_app_addresses(cn_arena *a, const cn_app *app, int64_t person, cn_addresses *out, cn_err *err);
/* Mails go there from now on; the last one to the main address until now says so. NOT_FOUND "store.none": it is
 * none of the person's. */
CN_MUST_USE bool cn_app_address_main(cn_arena *a, const cn_app *app, cn_time now, const cn_person *person,
                                     cn_slice email, cn_err *err);
/* NOT_FOUND also for the main one, which is told. */
CN_MUST_USE bool cn_app_address_remove(cn_arena *a, const cn_app *app, cn_time now, const cn_person *person,
                                       cn_slice email, cn_err *err);
/* The account goes, and what the person showed; the institutions' register of awards stays (docs/privacy.md).
 * CONFLICT "member.last". */
CN_MUST_USE bool cn_app_person_delete(cn_arena *a, const cn_app *app, cn_time now, int64_t person, cn_err *err);
/* Everything that is kept about the person, as JSON text. */
CN_MUST_USE bool cn_app_person_export(cn_arena *a, const cn_app *app, cn_time now, int64_t person, cn_slice *json,
                                      cn_err *err);

/* ---- Members ---- */

typedef struct cn_members {
    cn_member *v; /* person, roles (CN_ROLE_…), since_at */
    size_t n;
} cn_members;

CN_MUST_USE bool cn_app_members(cn_arena *a, const cn_app *app, int64_t organisation, cn_members *out,
                                cn_err *err);
/* Gives a person roles in an organisation (0: removes, and ends the person's sessions). `by`: who does it; 0: the
 * operator. CONFLICT "member.last". */
CN_MUST_USE bool cn_app_member_set(cn_arena *a, const cn_app *app, cn_time now, int64_t by, int64_t organisation,
                                   const cn_person *person, unsigned roles, cn_err *err);
/* By the person's id: NOT_FOUND "store.none" for who is no member. */
CN_MUST_USE bool cn_app_member_change(cn_arena *a, const cn_app *app, cn_time now, int64_t by,
                                      int64_t organisation, cn_slice person_id, unsigned roles, cn_err *err);
/* The person's roles there; 0: no member. */
CN_MUST_USE bool cn_app_member_roles(cn_arena *a, const cn_app *app, int64_t organisation, int64_t person,
                                     unsigned *out, cn_err *err);
/* Does a role, or do several, include what is asked? An administrator may do everything, every role may view. */
bool cn_roles_allow(unsigned roles, unsigned asked);

/* ---- Sessions ---- */

typedef struct cn_session {
    cn_person person;
    cn_slice hash; /* SHA-256 of its token: which one it is */
    cn_slice csrf; /* for the hidden field of forms */
    cn_slice way;  /* "mail", "passkey", "claim" */
    cn_time created_at;
    bool staff;                   /* a member somewhere */
    cn_organisation organisation; /* of the path's ":org"; number 0 elsewhere */
    unsigned roles;               /* there */
} cn_session;

/* Begins one: 12 hours for staff, also for who becomes staff during it, 30 days for others; one by a claim ends
 * when its person becomes staff. `agent` is the browser's User-Agent header. */
CN_MUST_USE bool cn_app_session_start(cn_arena *a, const cn_app *app, cn_time now, int64_t person, const char *way,
                                      cn_slice agent, cn_slice *token, cn_err *err);
/* Who has the token; organisation and roles are not filled. NOT_FOUND "store.none": it has ended, or never was. */
CN_MUST_USE bool cn_app_session_find(cn_arena *a, const cn_app *app, cn_time now, cn_slice token, cn_session *out,
                                     cn_err *err);
/* Did its person prove more than that they read a mailbox? */
bool cn_app_session_by_passkey(const cn_session *session);
/* Or less: that somebody has the link of a claim? */
bool cn_app_session_by_claim(const cn_session *session);
/* Is it the session's token for forms? In constant time. */
bool cn_app_session_csrf(const cn_session *session, cn_slice csrf);
CN_MUST_USE bool cn_app_session_end(const cn_app *app, const cn_session *session, cn_err *err);
/* All of the person but this one. */
CN_MUST_USE bool cn_app_session_end_others(const cn_app *app, const cn_session *session, cn_err *err);

typedef struct cn_sessions {
    cn_stored_session *v; /* the last used first */
    size_t n;
} cn_sessions;

CN_MUST_USE bool cn_app_sessions_of(cn_arena *a, const cn_app *app, cn_time now, int64_t person, cn_sessions *out,
                                    cn_err *err);

/* ---- Tickets: what comes by mail ---- */

typedef struct cn_ticket_ask {
    const char *purpose;                 /* "sign-in", "address", "invitation" */
    cn_slice email;                      /* as it was typed */
    cn_slice language;                   /* of the mail */
    int64_t person;                      /* who asks, where known: whose address it will be, who invites */
    const cn_organisation *organisation; /* of an invitation */
    unsigned roles;
    cn_slice next; /* the page to go on to; must begin with one "/"; may be empty */
} cn_ticket_ask;

/* Puts a mail with a link and a code on its way. INVALID "mail.address.…"; LIMIT "ticket.many": too many went to
 * this address within an hour. */
CN_MUST_USE bool cn_app_ticket_new(cn_arena *a, const cn_app *app, cn_time now, const cn_ticket_ask *ask,
                                   cn_err *err);
/* Where somebody may be led after signing in: a page of this site, borrowed; empty where `next` is something else.
 */
cn_slice cn_app_own_page(cn_slice next);
/* A link for somebody with an account to sign in with, printed in place of a mail: in a demonstration alone. Good
 * for a day. NOT_FOUND "store.none". */
CN_MUST_USE bool cn_app_ticket_print(cn_arena *a, const cn_app *app, cn_time now, cn_slice email, cn_slice *link,
                                     cn_err *err);
/* What a link is for, without using it. NOT_FOUND "ticket.none"; CONFLICT "ticket.used", "ticket.expired". */
CN_MUST_USE bool cn_app_ticket_look(cn_arena *a, const cn_app *app, cn_time now, cn_slice token, cn_ticket *out,
                                    cn_err *err);
/* How somebody uses one: by the link's token, or by address and code. */
typedef struct cn_ticket_use {
    cn_slice token;
    cn_slice email, code; /* where token is empty */
    int64_t signed_in; /* person; 0: nobody. An address is added to the account that asked for it, by its owner */
    cn_slice language; /* of a new account */
} cn_ticket_use;

/* Uses it up: the address is proven, and what the ticket is for is done, both or neither. Gives who the person is
 * now, who may be signed in, and the ticket, with the page to go on to. The errors of the former; NOT_FOUND
 * "ticket.code" where address and code do not go together (any more). */
CN_MUST_USE bool cn_app_ticket_use(cn_arena *a, const cn_app *app, cn_time now, const cn_ticket_use *use,
                                   cn_person *person, cn_ticket *out, cn_err *err);

/* The same, and who signs in by it has a session, all in one transaction: what fails leaves the ticket good. */
typedef struct cn_entry {
    cn_person person;
    cn_ticket ticket;
    cn_slice session; /* its token */
} cn_entry;
CN_MUST_USE bool cn_app_ticket_enter(cn_arena *a, const cn_app *app, cn_time now, const cn_ticket_use *use,
                                     cn_slice agent, cn_entry *out, cn_err *err);

typedef struct cn_tickets {
    cn_ticket *v;
    size_t n;
} cn_tickets;

/* Invitations that nobody has accepted yet. */
CN_MUST_USE bool cn_app_invitations(cn_arena *a, const cn_app *app, cn_time now, int64_t organisation,
                                    cn_tickets *out, cn_err *err);
CN_MUST_USE bool cn_app_invitation_drop(const cn_app *app, cn_time now, int64_t by, int64_t organisation,
                                        cn_slice email, cn_err *err);

/* ---- Passkeys (WebAuthn) ---- */

/* A challenge for the browser, good for five minutes; `person` 0: for signing in. */
CN_MUST_USE bool cn_app_passkey_challenge(cn_arena *a, const cn_app *app, cn_time now, int64_t person,
                                          cn_slice *challenge, cn_err *err);
/* What the browser gave; every field as base64url text. */
typedef struct cn_passkey_answer {
    cn_slice id, client_data, authenticator_data;
    cn_slice signature; /* of signing in */
    cn_slice label;     /* of a new one: what the person calls it */
} cn_passkey_answer;
/* INVALID "passkey.form", "passkey.client", "passkey.data", "passkey.key"; DENIED "passkey.signature",
 * "passkey.challenge", "passkey.counter"; NOT_FOUND "passkey.none"; CONFLICT "passkey.known".
 *
 * What signs an organisation's credentials asks for a session that came by passkey (docs/decisions/0012). So a
 * mailbox alone adds the first one only, and removes none: DENIED "passkey.needed". What is added proves nothing
 * yet: nobody has signed with it. */
CN_MUST_USE bool cn_app_passkey_add(cn_arena *a, const cn_app *app, cn_time now, const cn_session *session,
                                    const cn_passkey_answer *answer, cn_err *err);
/* The person has a session then, in one transaction with the key's counter: `token` is its own. The challenge is
 * used up in any case. */
CN_MUST_USE bool cn_app_passkey_enter(cn_arena *a, const cn_app *app, cn_time now, const cn_passkey_answer *answer,
                                      cn_slice agent, cn_person *out, cn_slice *token, cn_err *err);

typedef struct cn_passkeys {
    cn_passkey *v;
    size_t n;
} cn_passkeys;

CN_MUST_USE bool cn_app_passkeys_of(cn_arena *a, const cn_app *app, int64_t person, cn_passkeys *out, cn_err *err);
/* `id` as base64url; the person's other sessions end, and with the last key what this one proves by it. DENIED
 * "passkey.needed"; NOT_FOUND "store.none": it is none of the person's. */
CN_MUST_USE bool cn_app_passkey_remove(cn_arena *a, const cn_app *app, cn_time now, const cn_session *session,
                                       cn_slice id, cn_err *err);
/* By the operator, for who has lost them: takes all passkeys away, ends all sessions, and tells the person.
 * NOT_FOUND "store.none": nobody has the address, or no passkey. */
CN_MUST_USE bool cn_app_passkeys_reset(cn_arena *a, const cn_app *app, cn_time now, cn_slice email, cn_err *err);
/* Has the person a role whose work is signed, and no passkey to do it with? In a demonstration none is asked for.
 */
CN_MUST_USE bool cn_app_passkey_missing(cn_arena *a, const cn_app *app, int64_t person, bool *out, cn_err *err);

#endif
