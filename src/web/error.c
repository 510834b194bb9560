/* SPDX-License-Identifier: Apache-2.0
 *
 * Pages of errors: what happened and what to do, in the language of the request. The words of the error itself
 * are for logs, and not shown.
 */
#include "web/messages.h"
#include "web/pages.h"
#include "web/session.h"

#include "base/base.h"

static const struct {
    int status;
    cn_msg heading, text;
} known[] = {
    {400, CN_MSG_error_400, CN_MSG_error_400_text}, {403, CN_MSG_error_403, CN_MSG_error_403_text},
    {404, CN_MSG_error_404, CN_MSG_error_404_text}, {405, CN_MSG_error_405, CN_MSG_error_405_text},
    {413, CN_MSG_error_413, CN_MSG_error_413_text}, {429, CN_MSG_error_429, CN_MSG_error_429_text},
    {503, CN_MSG_error_503, CN_MSG_error_503_text}, {500, CN_MSG_error_500, CN_MSG_error_500_text},
};

static bool is_asking(const cn_request *rq) {
    return rq->method == CN_GET || rq->method == CN_HEAD;
}

/* Where somebody wanted to go. What a form was sent to is no page: its organisation's is. */
static bool target(const cn_request *rq, cn_slice *out) {
    cn_buf b = cn_buf_on(rq->arena, 0);
    cn_slice org = cn_request_arg(rq, CN_S("org"));
    if (!is_asking(rq)) cn_buf_add(&b, org.n ? CN_S("/organisations/") : CN_S("/account"));
    cn_url_escape(&b, is_asking(rq) ? rq->path : org);
    if (is_asking(rq) && rq->query.n) cn_buf_byte(&b, '?');
    if (is_asking(rq)) cn_buf_add(&b, rq->query);
    *out = cn_buf_slice(&b);
    return cn_buf_ok(&b);
}

static bool see_sign_in(const cn_request *rq, cn_response *rs) {
    cn_slice next;
    if (!target(rq, &next)) return false;
    cn_language language = cn_language_of(rq->language);
    return cn_response_see_other(rq, rs, cn_url_next(rq->arena, CN_S("/sign-in"), next, language).text);
}

/* Who has a passkey uses it, who has none adds one; then they are where they wanted to go. */
static bool lead_to_passkey(const cn_making *m, cn_page_error *v) {
    const cn_session *s = cn_web_session(m->rq);
    cn_passkeys keys;
    cn_slice next;
    cn_err err;
    if (!s || !cn_app_passkeys_of(m->rq->arena, m->web->app, s->person.number, &keys, &err) ||
        !target(m->rq, &next))
        return false;
    bool has = keys.n > 0;
    v->heading = cn_message(m->language, has ? CN_MSG_passkey_needed : CN_MSG_passkey_needed_first);
    v->text = cn_message(m->language, has ? CN_MSG_passkey_needed_text : CN_MSG_passkey_needed_first_text);
    v->todo = cn_message(m->language, has ? CN_MSG_passkey_get_button : CN_MSG_passkey_add);
    v->url = cn_url_next(m->rq->arena, has ? CN_S("/sign-in/passkey") : CN_S("/account/passkeys/new"), next,
                         m->language);
    return true;
}

/* Who came by a claim's link signs in by the address, and is where they wanted to go. */
static bool lead_to_sign_in(const cn_making *m, cn_page_error *v) {
    cn_slice next;
    if (!target(m->rq, &next)) return false;
    v->heading = cn_message(m->language, CN_MSG_sign_in_claimed);
    v->text = cn_message(m->language, CN_MSG_sign_in_claimed_text);
    v->todo = cn_message(m->language, CN_MSG_sign_in_heading);
    v->url = cn_url_next(m->rq->arena, CN_S("/sign-in"), next, m->language);
    return true;
}

bool cn_web_error_page(void *app, const cn_request *rq, int status, const cn_err *why, cn_response *rs) {
    cn_making m;
    cn_err err;
    cn_request own = *rq;
    /* Where there is no page nobody has asked yet who wants it. */
    if (!rq->route && (status == 404 || status == 405) && !cn_web_find_session(app, &own, &err))
        own.session = NULL;
    if (why && is_asking(rq) && !strcmp(why->id, "sign-in.needed")) return see_sign_in(rq, rs);
    size_t i = 0, last = sizeof known / sizeof known[0] - 1;
    while (i < last && known[i].status != status) i++;
    if (i == last && status >= 400 && status < 500) i = 0;
    cn_making_start(&m, app, &own);
    cn_page_error v = {
        .heading = cn_message(m.language, known[i].heading),
        .text = cn_message(m.language, known[i].text),
    };
    if (why && !strcmp(why->id, "passkey.needed") && !lead_to_passkey(&m, &v)) return false;
    if (why && !strcmp(why->id, "sign-in.claimed") && !lead_to_sign_in(&m, &v)) return false;
    v.page = cn_making_page(&m, CN_S("/"), cn_making_text(&m, CN_MSG_error_title, v.heading, (cn_slice){0}));
    v.page.at_home = CN_S("false");
    cn_tpl_error(&m.out, &v);
    return cn_making_finish(&m, status, rs, &err);
}
