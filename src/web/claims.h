/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `web`: what the pages of claims, of credentials and of one award print, and what they share.
 */
#ifndef CN_WEB_CLAIMS_H
#define CN_WEB_CLAIMS_H

#include "app/claims.h"
#include "web/pages.h"

/* ---- What templates print ---- */

/* An award in short: what it is of, and whose. */
typedef struct cn_view_award {
    cn_slice name, organisation, issuer; /* issuer: the organisation's name, as it stands in a sentence */
    cn_slice on, until;                  /* sentences with a date; `until` a date alone; each may be empty */
    cn_url image, page, version;         /* page: of the credential; version: of what was awarded */
    cn_slice edition;                    /* "Version 1", and whether there is a newer one */
    cn_slice state, kind;                /* a word where it is not simply good, and its CSS; may be empty */
} cn_view_award;

enum { CN_CLAIM_TEXTS = 4 };

typedef struct cn_page_claim {
    cn_page page;
    cn_slice heading, texts[CN_CLAIM_TEXTS];
    size_t texts_n;
    bool known, open; /* there is such a claim; it can be used */
    cn_view_award award;
    cn_url action;      /* of the form, or of the link that leads on */
    cn_slice next_text; /* of that link; empty: none */
    cn_slice button;    /* of the form */
    bool asks; /* whether it is for the account that is signed in, which is another's than the address's */
    cn_url sign_out;
    cn_slice code;  /* the one that was typed, where there is no link */
    bool may_renew; /* another mail may be sent */
    cn_url renew;
} cn_page_claim;

/* A form for one code. */
typedef struct cn_page_code {
    cn_page page;
    cn_slice heading, text, note, label, button, other; /* note, other: may be empty */
    cn_url action;
    cn_view_field code;
} cn_page_code;

typedef struct cn_page_held {
    cn_page page;
    cn_view_award *v;
    size_t n;
    cn_url claim;
} cn_page_held;

/* The page of a credential that is not to be seen (yet). */
typedef struct cn_page_closed {
    cn_page page;
    cn_slice heading, texts[CN_CLAIM_TEXTS];
    size_t texts_n;
    bool known;
    cn_view_award award;
    cn_url next;
    cn_slice next_text;
} cn_page_closed;

typedef struct cn_page_credential {
    cn_page page;
    cn_view_award award;
    cn_slice to, awarded_on, outcome, decision; /* outcome: the result of the assessment; it may be empty */
    cn_slice revoked, revoked_text;             /* empty: it is not */
    bool told;                                  /* the verdict says so by itself */
    cn_view_result result;
    bool fresh;      /* it has just been claimed */
    bool holder, on; /* its holder is looking; the page is switched on */
    bool has_evidence;
    cn_url evidence, settings, png, svg, json;
    cn_slice evidence_host;
    cn_slice address, check, code; /* of this page, of the page to type the code at, the code */
} cn_page_credential;

typedef struct cn_page_settings {
    cn_page page;
    cn_view_award award;
    cn_url action;
    bool on;
} cn_page_settings;

/* A line about an award. */
typedef struct cn_view_fact {
    cn_slice name, text;
    bool linked;
    cn_url url;
} cn_view_fact;

enum { CN_AWARD_FACTS = 16 };

/* One award, for the staff of its organisation. */
typedef struct cn_page_award {
    cn_page page;
    cn_slice name, email;
    cn_slice notice; /* of what has just been done; empty: nothing */
    bool good;
    cn_slice revoked, revoke_code, revoke_reason; /* empty: it is not */
    cn_slice undelivered;                         /* why the letter could not be delivered; or empty */
    bool may_send, may_revoke;
    cn_view_fact facts[CN_AWARD_FACTS];
    size_t facts_n;
    cn_url awards, send, revoke;
} cn_page_award;

typedef struct cn_view_choice {
    cn_slice word, text;
    bool chosen;
} cn_view_choice;

enum { CN_REVOKE_CODES = 8 };

typedef struct cn_page_revoke {
    cn_page page;
    cn_view_award award;
    cn_slice name, code_error;
    cn_view_choice choices[CN_REVOKE_CODES];
    size_t choices_n;
    cn_view_field reason;
    cn_url action, back;
} cn_page_revoke;

/* ---- What they share (award_view.c) ---- */

/* "/credentials/ID" and what follows; `rest` may be empty. On the arena, "/" at its maximum. */
cn_slice cn_credential_path(const cn_making *m, cn_slice id, const char *rest);
/* The award in short, from the version that was awarded. */
CN_MUST_USE bool cn_web_award_view(const cn_making *m, const cn_credential *c, cn_view_award *out, cn_err *err);
/* "%1 has revoked it" in neutral words: the word of a code as everybody may read it. */
cn_slice cn_web_revoke_words(const cn_making *m, cn_slice code);
/* Who is signed in; 0: nobody. */
int64_t cn_web_person(const cn_request *rq);
/* Marks a field of the id `code` or `reason` with its error. */
void cn_web_finish_field(cn_view_field *f, cn_slice input_class, cn_slice hint, cn_slice hint_and_error);

/* The award that the path names, of the organisation that the path names (award.c), and an address below its page.
 * NOT_FOUND "store.none". */
CN_MUST_USE bool cn_web_award_own(const cn_making *m, cn_credential *out, cn_err *err);
cn_url cn_web_award_url(const cn_making *m, const cn_credential *c, const char *rest);

/* ---- Handlers ---- */

bool cn_web_revoke_form(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_revoke(void *app, const cn_request *rq, cn_response *rs, cn_err *err);

bool cn_web_claim_form(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_claim_code(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_claim_look(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_claim_renew(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_claim_use(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_check_form(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_check_code(void *app, const cn_request *rq, cn_response *rs, cn_err *err);

#endif
