/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `web`: what the pages about people print (sign_in.c, account.c, members.c).
 */
#ifndef CN_WEB_ACCOUNT_H
#define CN_WEB_ACCOUNT_H

#include "app/people.h"
#include "web/pages.h"
#include "web/session.h"

/* ---- A line somebody types ---- */

/* Printed by template line. */
typedef struct cn_view_line {
    cn_slice id; /* and the field's name */
    cn_slice type, autocomplete;
    cn_slice label, hint, value;
    cn_slice error;     /* empty: none */
    cn_slice described; /* by hint and error */
    cn_slice group_class, input_class;
} cn_view_line;

/* What is said of the line; then cn_view_line_done, once error and hint are known. */
void cn_view_line_done(cn_arena *a, cn_view_line *line);

/* ---- Signing in ---- */

typedef struct cn_page_sign_in {
    cn_page page;
    cn_view_line email;
    cn_url action;
    cn_slice next;
    cn_url passkey; /* the page for those who have one */
} cn_page_sign_in;

typedef struct cn_page_sign_in_code {
    cn_page page;
    cn_slice email, minutes;
    cn_view_line code;
    cn_url action, again, mailbox;
} cn_page_sign_in_code;

typedef struct cn_page_sign_in_link {
    cn_page page;
    cn_slice inviter, roles; /* of an invitation; inviter empty: the operator invites */
    cn_slice heading, text, email, note, button, token;
    cn_url action;
    bool confirms; /* an address of an account: the form carries the session's token */
} cn_page_sign_in_link;

/* Something is said, and a link leads on. */
typedef struct cn_page_notice {
    cn_page page;
    cn_slice heading, text, link;
    cn_url url;
} cn_page_notice;

CN_MUST_USE bool cn_web_notice(cn_making *m, int status, cn_msg heading, cn_msg text, cn_msg link,
                               const char *path, cn_response *rs, cn_err *err);
/* What is wrong with a link or a code that came by mail; false where it is something else. */
CN_MUST_USE bool cn_web_ticket_notice(cn_making *m, const cn_err *why, cn_response *rs, bool *shown, cn_err *err);

/* A 303 to a page, in the language of this one. */
CN_MUST_USE bool cn_web_go(const cn_request *rq, cn_slice path, cn_response *rs, cn_err *err);
/* Where somebody begins: staff with their organisations, others with what they hold. */
cn_slice cn_web_first_page(const cn_web *web, cn_arena *a, int64_t person);
/* Which message names what is wrong with a typed address. */
cn_msg cn_web_address_problem(const cn_err *why);

/* Asking the browser for a passkey: its script fills in the form. */
typedef struct cn_page_passkey {
    cn_page page;
    cn_slice heading, text, note, error, button; /* note: why it is needed; may be empty */
    cn_slice next;                               /* where it leads on to; may be empty */
    cn_slice kind;                               /* "create" or "get" */
    cn_slice challenge;                          /* base64url */
    cn_slice user, name;
    bool adds;
    cn_view_line label;
    cn_url action, back, script;
} cn_page_passkey;

/* ---- The account ---- */

typedef struct cn_view_address {
    cn_slice email, since;
    bool main;
} cn_view_address;

typedef struct cn_view_session {
    cn_slice agent, way, since, seen;
    bool current;
} cn_view_session;

typedef struct cn_view_passkey {
    cn_slice id, label, since;
} cn_view_passkey;

typedef struct cn_page_account {
    cn_page page;
    cn_slice saved; /* what was done; empty: nothing */
    cn_view_line name, email;
    bool french;
    cn_view_address *addresses;
    size_t addresses_n;
    cn_view_session *sessions;
    size_t sessions_n;
    bool others; /* sessions beside this one */
    cn_view_passkey *passkeys;
    size_t passkeys_n;
    cn_url passkey_new, passkey_remove;
    cn_url save, address_add, address_main, address_remove, sessions_end, data, leave;
} cn_page_account;

typedef struct cn_page_account_delete {
    cn_page page;
    cn_url action, back;
} cn_page_account_delete;

/* ---- Organisations and members ---- */

typedef struct cn_view_organisation {
    cn_slice name;
    cn_slice roles; /* the person's, in words */
    cn_url url;
    bool fictional;
} cn_view_organisation;

typedef struct cn_page_organisations {
    cn_page page;
    cn_view_organisation *v;
    size_t n;
} cn_page_organisations;

typedef struct cn_view_card {
    cn_slice heading, text, count;
    cn_url url;
} cn_view_card;

typedef struct cn_page_organisation {
    cn_page page;
    cn_view_organisation organisation;
    cn_slice saved;
    cn_url all, edit, profile; /* the last two: for administrators */
    bool may_edit;
    cn_view_card *cards;
    size_t cards_n;
} cn_page_organisation;

enum { CN_ORGANISATION_EN, CN_ORGANISATION_FR, CN_ORGANISATION_URL, CN_ORGANISATION_LINES };

typedef struct cn_page_organisation_edit {
    cn_page page;
    cn_slice organisation;
    cn_view_line lines[CN_ORGANISATION_LINES];
    bool wrong; /* one of them has an error */
    cn_url back, save;
} cn_page_organisation_edit;

/* A role and whether somebody has it. */
typedef struct cn_view_role {
    cn_slice id, name, text;
    bool has;
} cn_view_role;
enum { CN_VIEW_ROLES = 5 };

/* "administrator, issuer" */
cn_slice cn_web_roles_in_words(const cn_making *m, unsigned roles);

typedef struct cn_view_member {
    cn_slice id, name, email, roles, since;
    bool self, named, unsafe; /* unsafe: a role whose work is signed, and no passkey */
    cn_url url;
} cn_view_member;

typedef struct cn_page_members {
    cn_page page;
    cn_slice organisation, saved;
    cn_url back, invite, drop;
    cn_view_member *members;
    size_t members_n;
    cn_view_member *invited; /* email, roles, since: when it was sent */
    size_t invited_n;
    cn_view_line email;
    cn_view_role *roles;
    size_t roles_n;
    cn_view_line choice; /* of roles: its id and error alone */
} cn_page_members;

typedef struct cn_page_member {
    cn_page page;
    cn_slice organisation;
    cn_view_line choice; /* of roles: its id and error alone */
    cn_view_member member;
    cn_url back, save, remove; /* remove: the page that asks first */
    cn_view_role *roles;
    size_t roles_n;
} cn_page_member;

typedef struct cn_page_member_remove {
    cn_page page;
    cn_slice heading;
    cn_view_member member;
    cn_url back, remove;
} cn_page_member_remove;

#endif
