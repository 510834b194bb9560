/* SPDX-License-Identifier: Apache-2.0
 *
 * Passkeys: a page that asks the browser for one, to add it to the account or to sign in with it. These
 * need a script; without it they say what else one can do.
 */
#include "web/account.h"
#include "web/messages.h"
#include "web/templates.h"

#include "base/base.h"

enum { FORM_MAX = 64 << 10, COST = 10 };

static bool show(cn_making *m, cn_page_passkey *v, const char *path, int64_t person, int status, cn_response *rs,
                 cn_err *err) {
    cn_arena *a = m->rq->arena;
    if (!cn_app_passkey_challenge(a, m->web->app, m->rq->now, person, &v->challenge, err) ||
        !cn_web_allow_script(m->rq, rs, err))
        return false;
    v->script = cn_url_static("passkey.js");
    v->page =
        cn_making_page(m, cn_slice_of(path), cn_making_text(m, CN_MSG_people_title, v->heading, (cn_slice){0}));
    v->page.wrong = v->error.n > 0;
    cn_tpl_passkey(&m->out, v);
    return cn_making_finish(m, status, rs, err);
}

static cn_passkey_answer read_answer(const cn_request *rq) {
    return (cn_passkey_answer){.id = cn_request_text(rq, CN_S("id")),
                               .client_data = cn_request_text(rq, CN_S("client_data")),
                               .authenticator_data = cn_request_text(rq, CN_S("authenticator_data")),
                               .signature = cn_request_text(rq, CN_S("signature")),
                               .label = cn_request_text(rq, CN_S("label"))};
}

/* What went wrong with a passkey is said on the page that asks for it, with a new challenge; that another is
 * needed first has a page of its own (error.c). */
static bool is_about_passkey(const cn_err *err) {
    cn_slice id = cn_slice_of(err->id);
    return cn_slice_starts(id, CN_S("passkey.")) && !cn_slice_eq(id, CN_S("passkey.needed"));
}

static cn_slice problem(const cn_making *m, const cn_err *why) {
    cn_msg message;
    cn_slice word = cn_slice_from(cn_slice_of(why->id), sizeof "passkey." - 1);
    if (!cn_message_find(CN_MSG_FAMILY("passkey.problem"), word, NULL, &message))
        message = CN_MSG_passkey_problem_form;
    return cn_message(m->language, message);
}

/* ---- Signing in ---- */

static bool show_get(cn_making *m, cn_slice next, cn_slice error, int status, cn_response *rs, cn_err *err) {
    bool added = cn_request_arg(m->rq, CN_S("added")).n > 0;
    cn_page_passkey v = {.heading = cn_message(m->language, CN_MSG_passkey_get),
                         .text =
                             cn_message(m->language, added ? CN_MSG_passkey_get_added : CN_MSG_passkey_get_text),
                         .error = error,
                         .next = next,
                         .button = cn_message(m->language, CN_MSG_passkey_get_button),
                         .kind = CN_S("get"),
                         .action = cn_url_path(m->rq->arena, CN_S("/sign-in/passkey"), m->language),
                         .back = cn_url_next(m->rq->arena, CN_S("/sign-in"), next, m->language)};
    return show(m, &v, "/sign-in/passkey", 0, status, rs, err);
}

static bool get_form(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_making_start(&m, app, rq);
    return show_get(&m, cn_app_own_page(cn_request_arg(rq, CN_S("next"))), (cn_slice){0}, 200, rs, err);
}

static bool get(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    const cn_web *web = app;
    cn_passkey_answer answer = read_answer(rq);
    cn_slice next = cn_app_own_page(cn_request_text(rq, CN_S("next")));
    cn_making m;
    cn_person p;
    cn_slice token, agent = cn_request_header(rq, CN_S("user-agent"));
    if (cn_app_passkey_enter(rq->arena, web->app, rq->now, &answer, agent, &p, &token, err))
        return cn_web_signed_in(web, rq, token, rs, err) &&
               cn_web_go(rq, next.n ? next : cn_web_first_page(web, rq->arena, p.number), rs, err);
    if (!is_about_passkey(err)) return false;
    cn_making_start(&m, web, rq);
    return show_get(&m, next, problem(&m, err), 422, rs, err);
}

/* ---- Adding one ---- */

static bool show_create(cn_making *m, cn_slice next, cn_slice error, int status, cn_response *rs, cn_err *err) {
    const cn_session *s = cn_web_session(m->rq);
    cn_language l = m->language;
    bool missing;
    if (!cn_app_passkey_missing(m->rq->arena, m->web->app, s->person.number, &missing, err)) return false;
    cn_page_passkey v = {.heading = cn_message(l, CN_MSG_passkey_add),
                         .text = cn_message(l, CN_MSG_passkey_add_text),
                         .note = missing ? cn_message(l, CN_MSG_passkey_add_staff) : CN_S(""),
                         .error = error,
                         .next = next,
                         .button = cn_message(l, CN_MSG_passkey_add_button),
                         .kind = CN_S("create"),
                         .user = s->person.id,
                         .name = s->person.email,
                         .adds = true,
                         .label = {.id = CN_S("label"),
                                   .type = CN_S("text"),
                                   .autocomplete = CN_S("off"),
                                   .label = cn_message(l, CN_MSG_passkey_label),
                                   .hint = cn_message(l, CN_MSG_passkey_label_hint)},
                         .action = cn_url_path(m->rq->arena, CN_S("/account/passkeys"), l),
                         .back = cn_url_path(m->rq->arena, CN_S("/account"), l)};
    cn_view_line_done(m->rq->arena, &v.label);
    return show(m, &v, "/account/passkeys/new", s->person.number, status, rs, err);
}

/* Better said before the browser is asked for a key that would not be taken. */
static bool may_add(const cn_making *m, cn_err *err) {
    const cn_session *s = cn_web_session(m->rq);
    cn_passkeys keys;
    if (cn_app_session_by_passkey(s)) return true;
    if (!cn_app_passkeys_of(m->rq->arena, m->web->app, s->person.number, &keys, err)) return false;
    return !keys.n || cn_fail(err, CN_DENIED, "passkey.needed", "The account has a passkey already.");
}

static bool create_form(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_making_start(&m, app, rq);
    return may_add(&m, err) &&
           show_create(&m, cn_app_own_page(cn_request_arg(rq, CN_S("next"))), (cn_slice){0}, 200, rs, err);
}

/* One that was just added has signed nothing yet, so it opens no session: using it once does. */
static cn_slice after_adding(const cn_request *rq, cn_slice next) {
    cn_slice account = CN_S("/account?done=passkey");
    if (cn_app_session_by_passkey(cn_web_session(rq))) return next.n ? next : account;
    return cn_url_next(rq->arena, CN_S("/sign-in/passkey?added=1"), next.n ? next : account,
                       cn_language_of(rq->language))
        .text;
}

static bool create(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    const cn_web *web = app;
    cn_passkey_answer answer = read_answer(rq);
    cn_slice next = cn_app_own_page(cn_request_text(rq, CN_S("next")));
    cn_making m;
    if (cn_app_passkey_add(rq->arena, web->app, rq->now, cn_web_session(rq), &answer, err))
        return cn_web_go(rq, after_adding(rq, next), rs, err);
    if (!is_about_passkey(err)) return false;
    cn_making_start(&m, web, rq);
    return show_create(&m, next, problem(&m, err), 422, rs, err);
}

static bool remove_one(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    const cn_web *web = app;
    return cn_app_passkey_remove(rq->arena, web->app, rq->now, cn_web_session(rq), cn_request_text(rq, CN_S("id")),
                                 err) &&
           cn_web_go(rq, CN_S("/account?done=passkey-removed"), rs, err);
}

static const cn_route routes[] = {
    {.method = CN_GET, .path = "/sign-in/passkey", .handle = get_form, .cost = COST},
    {.method = CN_POST,
     .path = "/sign-in/passkey",
     .handle = get,
     .csrf = CN_CSRF_ORIGIN,
     .max_body = FORM_MAX,
     .cost = COST},
    {.method = CN_GET,
     .path = "/account/passkeys/new",
     .handle = create_form,
     .permission = CN_PROVEN,
     .cost = COST},
    {.method = CN_POST,
     .path = "/account/passkeys",
     .handle = create,
     .permission = CN_PROVEN,
     .csrf = CN_CSRF_TOKEN,
     .max_body = FORM_MAX},
    {.method = CN_POST,
     .path = "/account/passkeys/remove",
     .handle = remove_one,
     .permission = CN_PROVEN,
     .csrf = CN_CSRF_TOKEN,
     .max_body = FORM_MAX},
};
const cn_route_group cn_web_passkey_routes = {routes, sizeof routes / sizeof routes[0]};
