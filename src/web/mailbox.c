/* SPDX-License-Identifier: Apache-2.0
 *
 * /mailbox: what a demonstration would have sent, to anybody. It exists in demo mode alone, which listens to this
 * machine alone.
 */
#include "web/mailbox.h"

#include "web/letter.h"
#include "web/messages.h"
#include "web/templates.h"

enum { SHOWN = 200 };

/* ---- A mail ---- */

static cn_slice state_of(const cn_making *m, const cn_stored_mail *mail) {
    cn_msg state = mail->problem.n     ? CN_MSG_mailbox_problem
                   : mail->sent_at.sec ? CN_MSG_mailbox_sent
                                       : CN_MSG_mailbox_waiting;
    return cn_message(m->language, state);
}

/* What a mail said that was given up is forgotten: then its kind stands for it. */
static bool show_mail(cn_making *m, const cn_stored_mail *mail, cn_view_mail *out, cn_view_letter *letter,
                      bool *whole, cn_err *err) {
    cn_arena *a = m->rq->arena;
    cn_slice path;
    cn_letter l;
    if (!cn_arena_print(a, &path, "/mailbox/%lld", (long long)mail->number)) return cn_fail_memory(err);
    *out = (cn_view_mail){.url = cn_url_path(a, path, m->language),
                          .subject = mail->kind,
                          .language = mail->language,
                          .to = mail->recipient,
                          .when = cn_words_date(m, mail->created_at, true),
                          .state = state_of(m, mail)};
    *whole = cn_app_letter_read(a, m->web->app, mail, &l, err);
    if (!*whole) return err->code != CN_LIMIT;
    if (!cn_view_letter_fill(a, m->web->app, &l, letter, err)) return false;
    out->subject = letter->subject;
    return true;
}

/* Another site may give its own name this machine's address, and would then read in its visitors' browsers what is
 * here for those who sit before it: it comes with its own name as the host. */
static bool check_host(const cn_request *rq, cn_err *err) {
    static const cn_slice own[] = {CN_S_INIT("localhost"), CN_S_INIT("127.0.0.1"), CN_S_INIT("[::1]")};
    cn_slice given = cn_request_header(rq, CN_S("host"));
    bool good = false;
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        cn_slice port = cn_slice_from(given, own[i].n);
        good = good ||
               (cn_slice_eq_nocase(cn_slice_sub(given, 0, own[i].n), own[i]) && (!port.n || port.p[0] == ':'));
    }
    return good || cn_fail(err, CN_NOT_FOUND, "http.path", "The mailbox is on this machine alone.");
}

/* ---- Pages ---- */

static bool mailbox(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_stored_mails mails;
    cn_view_letter letter;
    cn_page_mailbox v = {0};
    bool whole;
    cn_making_start(&m, app, rq);
    if (!check_host(rq, err)) return false;
    if (!cn_app_letters_newest(rq->arena, m.web->app, SHOWN, &mails, err)) return false;
    v.page = cn_making_page(&m, CN_S("/mailbox"), cn_message(m.language, CN_MSG_mailbox_title));
    v.v = CN_NEW_ARRAY(rq->arena, cn_view_mail, mails.n);
    if (!v.v) return cn_fail_memory(err);
    for (v.n = 0; v.n < mails.n; v.n++)
        if (!show_mail(&m, &mails.v[v.n], &v.v[v.n], &letter, &whole, err)) return false;
    cn_tpl_mailbox(&m.out, &v);
    return cn_making_finish(&m, 200, rs, err);
}

static bool mailbox_mail(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_stored_mail mail;
    cn_page_mailbox_mail v = {0};
    uint64_t number;
    bool whole;
    cn_making_start(&m, app, rq);
    if (!check_host(rq, err)) return false;
    if (!cn_slice_to_u64(cn_request_arg(rq, CN_S("number")), INT64_MAX, &number))
        return cn_fail(err, CN_NOT_FOUND, "http.path", "There is no such mail.");
    if (!cn_app_letter_get(rq->arena, m.web->app, (int64_t)number, &mail, err)) return false;
    if (!show_mail(&m, &mail, &v.mail, &v.letter, &whole, err)) return false;
    cn_buf text = cn_buf_on(rq->arena, 0);
    if (whole) cn_view_letter_text(&text, &v.letter);
    if (!cn_buf_ok(&text)) return cn_fail_memory(err);
    v.text = cn_buf_slice(&text);
    v.problem = cn_web_mail_problem(rq->language, mail.problem);
    v.back = cn_url_path(rq->arena, CN_S("/mailbox"), m.language);
    v.page = cn_making_page(&m, rq->path, v.mail.subject);
    cn_tpl_mailbox_mail(&m.out, &v);
    return cn_making_finish(&m, 200, rs, err);
}

static const cn_route routes[] = {
    {.method = CN_GET, .path = "/mailbox", .handle = mailbox, .permission = CN_DEMO},
    {.method = CN_GET, .path = "/mailbox/:number", .handle = mailbox_mail, .permission = CN_DEMO},
};

const cn_route_group cn_web_mailbox_routes = {routes, sizeof routes / sizeof routes[0]};
