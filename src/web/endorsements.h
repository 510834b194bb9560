/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `web`: the pages of endorsements and acceptances, for who asks, who signs, and everybody.
 */
#ifndef CN_WEB_ENDORSEMENTS_H
#define CN_WEB_ENDORSEMENTS_H

#include "app/endorsements.h"
#include "web/account.h"
#include "web/achievements.h"
#include "web/claims.h"
#include "web/endorsed.h"

/* ---- What templates print ---- */

/* A request: to whom or from whom, about what. */
typedef struct cn_view_request {
    cn_slice id, organisation, name, name_language, message, when, state;
    bool waiting, may_answer;
    cn_url link;
} cn_view_request;

typedef struct cn_view_requests {
    cn_view_request *v;
    size_t n;
} cn_view_requests;

/* What an organisation was asked and has signed. */
typedef struct cn_page_endorsements {
    cn_page page;
    cn_slice organisation, done;
    cn_url back, accept;
    bool may_sign;
    cn_view_requests requests;
    cn_view_endorsements given, acceptances;
} cn_page_endorsements;

/* Something to tick, or to choose. */
typedef struct cn_view_tick {
    cn_slice key, text, language;
    bool chosen;
} cn_view_tick;

enum { CN_ENDORSE_TEXTS = 2, CN_ENDORSE_TERMS = 6, CN_ENDORSE_PROBLEMS = 8 };

/* The fields that endorsing and accepting share. */
typedef struct cn_view_statement {
    cn_view_draft_pair texts[CN_ENDORSE_TEXTS]; /* scope, comment */
    cn_view_tick terms[CN_ENDORSE_TERMS];
    size_t terms_n;
} cn_view_statement;

typedef struct cn_page_endorse {
    cn_page page;
    cn_slice asker, message, failed, ticks_error;
    bool wrong, draft;
    int version;
    cn_url back, action, decline;
    cn_slice seen;
    cn_view_achievement both[CN_LANGUAGES];
    cn_view_tick *demanded; /* "this competency is in demand" */
    size_t demanded_n;
    cn_view_tick reflects; /* "the assessment reflects the job" */
    cn_view_statement statement;
} cn_page_endorse;

typedef struct cn_page_accept {
    cn_page page;
    cn_slice failed, ticks_error;
    bool wrong;
    cn_url back, action;
    cn_view_line achievement, occupation;
    cn_view_tick *ticks;
    size_t ticks_n;
    cn_view_statement statement;
} cn_page_accept;

typedef struct cn_page_endorsement_revoke {
    cn_page page;
    cn_view_endorsement endorsement;
    cn_slice code_error;
    cn_view_choice choices[CN_REVOKE_CODES];
    size_t choices_n;
    cn_view_field reason;
    cn_url action, back;
} cn_page_endorsement_revoke;

/* An achievement's endorsements, for its own organisation: what there is, what was asked, whom else to ask. */
typedef struct cn_page_endorsement_ask {
    cn_page page;
    cn_slice heading, heading_language, done, whom_error, message;
    cn_url back, action, withdraw;
    bool may_ask;
    cn_view_endorsed endorsed;
    cn_view_requests requests;
    cn_view_tick *whom;
    size_t whom_n;
} cn_page_endorsement_ask;

/* One of them, for everybody. */
typedef struct cn_page_endorsement {
    cn_page page;
    cn_view_endorsement endorsement;
    cn_url json;
} cn_page_endorsement;

/* ---- What their files share (endorsement_view.c) ---- */

/* `what`: the version that it is shown for; NULL: none in particular. `checked`: its signature and status are
 * looked at now. */
CN_MUST_USE bool cn_web_endorsement_fill(const cn_making *m, const cn_endorsement *e, const cn_endorsable *what,
                                         bool checked, cn_view_endorsement *out, cn_err *err);
CN_MUST_USE bool cn_web_endorsements_fill(const cn_making *m, const cn_endorsements *all,
                                          const cn_endorsable *what, bool checked, cn_view_endorsements *out,
                                          cn_err *err);
/* "/organisations/ID/endorsements" and what follows. */
cn_url cn_web_endorsements_url(const cn_making *m, const char *rest, cn_slice id, const char *more);
/* A request as `other`, who sees it or is seen in it, is called. */
CN_MUST_USE bool cn_web_request_fill(const cn_making *m, const cn_endorsement_request *r, int64_t other,
                                     cn_view_request *out, cn_err *err);
/* What has just been done, by the word that the redirection left. */
cn_slice cn_web_endorsement_done(const cn_making *m);

/* ---- The fields that two forms share (endorse_form.c) ---- */

void cn_web_statement_show(cn_making *m, cn_view_statement *v);
/* What was typed, for app/endorsements.h. */
cn_bilingual cn_web_statement_scope(const cn_request *rq);
cn_bilingual cn_web_statement_comment(const cn_request *rq);
int cn_web_statement_months(const cn_request *rq);
/* The values of all boxes of this name, on the arena; NULL at its maximum. */
cn_slice *cn_web_ticked(const cn_request *rq, cn_slice name, size_t *n);
/* Was what the organisation typed refused? Then `*failed` is the sentence, and `*status` the answer's. */
bool cn_web_statement_refused(const cn_making *m, const cn_err *err, cn_slice *failed, int *status);

/* ---- Handlers of other files ---- */

bool cn_web_endorse_form(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_endorse(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_endorse_decline(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_accept_form(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_accept(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_endorsement_revoke_form(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_endorsement_revoke(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_endorsement_ask_form(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_endorsement_ask(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_endorsement_withdraw(void *app, const cn_request *rq, cn_response *rs, cn_err *err);

#endif
