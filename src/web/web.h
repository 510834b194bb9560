/* SPDX-License-Identifier: Apache-2.0
 *
 * The door of the room `web`: the pages people see, in English and in French.
 *
 * A handler gathers a struct (pages.h), a template of web/templates prints it. Pages need no JavaScript, but for
 * passkeys, which browsers have nowhere else; a search that has it answers while one types. The one cookie is of
 * whoever is signed in; the language goes along in the address (?lang=fr). /verify keeps nothing of what it is
 * given.
 */
#ifndef CN_WEB_WEB_H
#define CN_WEB_WEB_H

#include "app/app.h"
#include "http/http.h"
#include "rules/convert.h"
#include "vc/vc.h"

/* A key that the VC-API signs with. */
typedef struct cn_vc_key {
    cn_private_key key;
    cn_slice method, controller; /* "did:key:z6Mk…#z6Mk…", "did:key:z6Mk…" */
} cn_vc_key;

/* The status lists that the VC-API keeps, one for each purpose ("revocation", "suspension"). */
typedef struct cn_vc_lists {
    void *self;
    /* A place that was never given before. UNAVAILABLE "vc-api.status-full". */
    bool (*take)(void *self, cn_slice purpose, uint64_t *index, cn_err *err);
    /* A place that was taken for a credential which then was not issued. */
    void (*give_back)(void *self, cn_slice purpose, uint64_t index);
    /* INVALID "vc-api.status" (it was never given), "vc-api.purpose". */
    bool (*set)(void *self, cn_slice purpose, uint64_t index, bool on, cn_time now, cn_err *err);
    /* The signed list, on the arena. NOT_FOUND "vc-api.status-list". */
    bool (*document)(void *self, cn_arena *a, cn_slice purpose, cn_slice *out, cn_err *err);
} cn_vc_lists;

/* The W3C VC-API: it signs what it is given. */
typedef struct cn_vc_api {
    const cn_vc_key *keys; /* of a kind, the first is taken unless the issuer is another's */
    size_t keys_n;
    bool open; /* other machines may use it too */
    cn_vc_lists lists;
} cn_vc_api;

/* How many documents one request may have fetched, one after the other, however many credentials it brings: a
 * visitor cannot hold a worker for long. */
enum { CN_WEB_DOCUMENTS = 16 };

/* What the pages work with, filled in by the program before the server starts; all borrowed, and only looked at,
 * by any number of threads. */
typedef struct cn_web {
    const cn_app *app;
    const cn_crypto *crypto;
    const cn_loader *contexts;   /* JSON-LD contexts */
    cn_contexts *processed;      /* those built in, as every thread knows them; may be NULL */
    cn_lists *lists;             /* status lists that were found good; may be NULL */
    const cn_loader *resolver;   /* keys, status lists, a link somebody gives; NULL: nobody is asked */
    const cn_registry *registry; /* NULL: no list of issuers is known */
    cn_slice origin;             /* "https://cairn.example", without slash */
    cn_slice contact;            /* whom to tell of barriers, shown on /accessibility; may be empty */
    bool demo;                   /* every page says that this server is for trying out */
    const cn_vc_api *vc_api;     /* NULL: off */
    const cn_packs *packs;       /* of rules */
    const cn_labels *labels;     /* of the fields that rules look at */
    const cn_tables *tables;     /* of levels and credits */
} cn_web;

/* Tokens of a verification (cn_server_options); a form that gives nothing to verify takes one. */
enum { CN_VERIFY_COST = 5 };

/* The routes of each group of pages: their handlers' `app` is a const cn_web *. `cairn serve` joins them. */
extern const cn_route_group cn_web_sign_in_routes;      /* /sign-in, /sign-out */
extern const cn_route_group cn_web_account_routes;      /* /account */
extern const cn_route_group cn_web_passkey_routes;      /* /sign-in/passkey, /account/passkeys */
extern const cn_route_group cn_web_organisation_routes; /* /organisations/:org/edit */
extern const cn_route_group cn_web_profile_routes;      /* /organisations/:org/profile */
extern const cn_route_group cn_web_members_routes;      /* /organisations, and the members of one */
extern const cn_route_group cn_web_site_routes;         /* home, /verify, /accessibility, static files */
extern const cn_route_group cn_web_credential_routes;   /* /claim, /credentials, /check */
extern const cn_route_group cn_web_mailbox_routes;      /* /mailbox, of a demonstration */
extern const cn_route_group cn_web_award_routes;  /* one award, behind all other /organisations/:org/awards/… */
extern const cn_route_group cn_web_awards_routes; /* an organisation's awards, and awards from files */
extern const cn_route_group cn_web_achievement_routes;        /* an organisation's, under /organisations/:org */
extern const cn_route_group cn_web_offerings_routes;          /* …/achievements/:achievement/offerings */
extern const cn_route_group cn_web_design_routes;             /* …/achievements/:achievement/design */
extern const cn_route_group cn_web_achievement_public_routes; /* /achievements */
extern const cn_route_group cn_web_endorsement_routes;        /* /endorsements, and those of organisations */
extern const cn_route_group cn_web_review_routes;             /* /organisations/:org/reviews */
extern const cn_route_group cn_web_audit_routes;              /* /organisations/:org/audit */
extern const cn_route_group cn_web_reuse_routes;              /* /achievements/…/use */
extern const cn_route_group cn_web_exchange_routes;           /* achievements as files */
extern const cn_route_group cn_web_scopes_routes;             /* /organisations/:org/scopes */
extern const cn_route_group cn_web_keys_routes;               /* /organisations/:org/keys */
extern const cn_route_group cn_web_issuer_routes;             /* /issuers, /status: what verifiers ask for */
extern const cn_route_group cn_web_competency_routes;         /* /competencies */
extern const cn_route_group cn_web_competency_pick_routes;    /* an achievement's competencies */
extern const cn_route_group cn_web_framework_routes;          /* /frameworks */
extern const cn_route_group cn_web_check_routes;      /* /organisations/:org/achievements/:achievement/check */
extern const cn_route_group cn_web_impact_routes;     /* /organisations/:org/frameworks/impact */
extern const cn_route_group cn_web_statement_routes;  /* … /statements */
extern const cn_route_group cn_web_self_check_routes; /* /self-check */
extern const cn_route_group cn_web_vc_api_routes;     /* /vc-api, where it is on */

/* For cn_site: the page of an error in the request's language, and that language: the argument "lang", or else the
 * best that Accept-Language asks for, or else English. */
CN_MUST_USE bool cn_web_error_page(void *app, const cn_request *rq, int status, const cn_err *why,
                                   cn_response *rs);
cn_slice cn_web_choose_language(void *app, const cn_request *rq);
/* For cn_site: who asks, and may they (session.c); rq->session is a cn_session of app/people.h. */
CN_MUST_USE bool cn_web_permit(void *app, cn_request *rq, cn_err *err);
bool cn_web_check_csrf(void *app, const cn_request *rq);

#endif
