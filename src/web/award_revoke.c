/* SPDX-License-Identifier: Apache-2.0
 *
 * Revoking an award: why, in a neutral word for everybody, and in words for the organisation alone.
 */
#include "app/keys.h"
#include "web/claims.h"
#include "web/messages.h"
#include "web/session.h"

#include "base/base.h"

enum { REASON_MAX = 1000 }; /* bytes, as cn_app_award_revoke has it */

/* What the form holds, as it was sent; empty when it is shown for the first time. */
typedef struct given {
    cn_slice code, reason;
} given;

/* One of the words everybody may read; the family has a sentence for each. */
static bool is_code(cn_slice word) {
    for (size_t i = 0; i < cn_revoke_codes_n; i++)
        if (cn_slice_eq(word, cn_revoke_codes[i])) return true;
    return false;
}

static void list_choices(const cn_making *m, cn_slice chosen, cn_page_revoke *v) {
    cn_msg text;
    assert(cn_revoke_codes_n <= CN_REVOKE_CODES);
    for (size_t i = 0; i < cn_revoke_codes_n; i++) {
        cn_slice word = cn_revoke_codes[i];
        bool named = cn_message_find(CN_MSG_FAMILY("revoke-choice"), word, NULL, &text);
        assert(named);
        (void)named;
        v->choices[v->choices_n++] = (cn_view_choice){
            .word = word, .text = cn_message(m->language, text), .chosen = cn_slice_eq(word, chosen)};
    }
}

static bool show(cn_making *m, const cn_credential *c, given g, cn_page_revoke *v, int status, cn_response *rs,
                 cn_err *err) {
    if (!cn_web_award_view(m, c, &v->award, err)) return false;
    v->name = c->name;
    v->reason.value = g.reason;
    cn_web_finish_field(&v->reason, CN_S(" govuk-textarea--error"), CN_S("reason-hint"),
                        CN_S("reason-hint reason-error"));
    list_choices(m, g.code, v);
    v->action = cn_web_award_url(m, c, "/revoke");
    v->back = cn_web_award_url(m, c, "");
    cn_slice title = cn_making_text(m, CN_MSG_revoke_title, c->name, (cn_slice){0});
    v->page = cn_making_page(m, m->rq->path, title);
    v->page.wrong = status != 200;
    cn_tpl_award_revoke(&m->out, v);
    return cn_making_finish(m, status, rs, err);
}

bool cn_web_revoke_form(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_credential c;
    cn_page_revoke v = {0};
    cn_making_start(&m, app, rq);
    return cn_web_award_own(&m, &c, err) && show(&m, &c, (given){0}, &v, 200, rs, err);
}

/* One that is revoked already stays as it is: the first reason counts. */
bool cn_web_revoke(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_credential c;
    cn_page_revoke v = {0};
    bool done;
    given g = {cn_request_text(rq, CN_S("code")), cn_request_text(rq, CN_S("reason"))};
    cn_making_start(&m, app, rq);
    if (!cn_web_award_own(&m, &c, err)) return false;
    if (!is_code(g.code)) v.code_error = cn_message(m.language, CN_MSG_revoke_why_error);
    if (!g.reason.n || g.reason.n > REASON_MAX)
        v.reason.error = cn_message(m.language, CN_MSG_revoke_reason_error);
    if (v.code_error.n || v.reason.error.n) return show(&m, &c, g, &v, 422, rs, err);
    cn_revoke what = {.organisation = c.organisation,
                      .by = cn_web_session(rq)->person.number,
                      .award = c.id,
                      .code = g.code,
                      .reason = g.reason};
    if (!cn_app_award_revoke(rq->arena, m.web->app, rq->now, &what, &done, err)) return false;
    return cn_response_see_other(rq, rs, cn_web_award_url(&m, &c, "?done=revoked").text) || cn_fail_memory(err);
}
