/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `web`: what the pages of scopes print (scopes.c, scope_new.c), and scopes in words.
 */
#ifndef CN_WEB_SCOPES_H
#define CN_WEB_SCOPES_H

#include "app/scopes.h"
#include "web/uploads.h"

/* A scope in words; what does not apply is empty. */
typedef struct cn_view_scope {
    cn_slice purpose;           /* "To provide" */
    cn_slice party;             /* who has it, or who gave it */
    cn_slice fields, level;     /* "ISCED-F 061, CIP 11"; "EQF 5 at most" */
    cn_slice kinds;             /* "Micro-credential, Digital badge" */
    cn_slice dates;             /* from when to when */
    cn_slice state, state_kind; /* in words; "early", "force", "ended", "withdrawn": CSS */
    cn_slice withdrawn, reason; /* when, and why */
    bool may_withdraw;
    cn_url withdraw;
} cn_view_scope;

typedef struct cn_view_scopes {
    cn_view_scope *v;
    size_t n;
} cn_view_scopes;

typedef struct cn_page_scopes {
    cn_page page;
    cn_slice organisation, done;
    cn_view_scopes had, given;
    bool body, may_give; /* a quality body; of which this is an administrator */
    cn_url back, give;
} cn_page_scopes;

enum {
    CN_SCOPE_ISCED,
    CN_SCOPE_CIP,
    CN_SCOPE_NOC,
    CN_SCOPE_FRAMEWORK,
    CN_SCOPE_LEVEL,
    CN_SCOPE_FROM,
    CN_SCOPE_UNTIL,
    CN_SCOPE_LINES
};

typedef struct cn_page_scope_new {
    cn_page page;
    cn_slice organisation;
    cn_view_option *organisations, purposes[2];
    size_t organisations_n;
    cn_view_option *kinds;
    size_t kinds_n;
    cn_view_field to, purpose; /* their errors */
    cn_view_line lines[CN_SCOPE_LINES];
    bool wrong;
    cn_url back, save;
} cn_page_scope_new;

typedef struct cn_page_scope_withdraw {
    cn_page page;
    cn_view_scope scope;
    cn_view_field reason;
    cn_url back, save;
} cn_page_scope_withdraw;

/* `given`: as the body sees it, with the name of who has it; otherwise of who gave it. */
CN_MUST_USE bool cn_view_scope_fill(const cn_making *m, const cn_stored_scope *scope, bool given,
                                    cn_view_scope *out, cn_err *err);
/* Why a scope does not allow it, as a sentence in the page's language. */
cn_slice cn_words_scope_why(const cn_making *m, const cn_scope_answer *no);

/* Handlers of scope_new.c. */
bool cn_web_scope_form(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_scope_give(void *app, const cn_request *rq, cn_response *rs, cn_err *err);

#endif
