/* SPDX-License-Identifier: Apache-2.0
 *
 * /account: what is kept about the person who is signed in, to change, to take away, to delete.
 */
#include "web/account.h"
#include "web/messages.h"
#include "web/templates.h"

#include "base/base.h"

enum { FORM_MAX = 16 << 10, ASK_COST = 20 };

/* ---- The page ---- */

static bool view_addresses(const cn_making *m, const cn_session *s, cn_page_account *v, cn_err *err) {
    cn_addresses list;
    if (!cn_app_addresses(m->rq->arena, m->web->app, s->person.number, &list, err)) return false;
    v->addresses = CN_NEW_ARRAY(m->rq->arena, cn_view_address, list.n);
    if (!v->addresses) return cn_fail_memory(err);
    for (v->addresses_n = 0; v->addresses_n < list.n; v->addresses_n++) {
        const cn_address *a = &list.v[v->addresses_n];
        v->addresses[v->addresses_n] = (cn_view_address){a->email, cn_words_date(m, a->proven_at, false), a->main};
    }
    return true;
}

static cn_slice way_in_words(const cn_making *m, cn_slice way) {
    cn_msg message;
    return cn_message_find(CN_MSG_FAMILY("way"), way, NULL, &message) ? cn_message(m->language, message) : way;
}

static bool view_sessions(const cn_making *m, const cn_session *s, cn_page_account *v, cn_err *err) {
    cn_sessions list;
    if (!cn_app_sessions_of(m->rq->arena, m->web->app, m->rq->now, s->person.number, &list, err)) return false;
    v->sessions = CN_NEW_ARRAY(m->rq->arena, cn_view_session, list.n);
    if (!v->sessions) return cn_fail_memory(err);
    for (v->sessions_n = 0; v->sessions_n < list.n; v->sessions_n++) {
        const cn_stored_session *one = &list.v[v->sessions_n];
        cn_slice agent = one->agent.n ? one->agent : cn_message(m->language, CN_MSG_account_agent_unknown);
        v->sessions[v->sessions_n] = (cn_view_session){.agent = agent,
                                                       .way = way_in_words(m, one->way),
                                                       .since = cn_words_date(m, one->created_at, true),
                                                       .seen = cn_words_date(m, one->seen_at, true),
                                                       .current = cn_slice_eq(one->hash, s->hash)};
    }
    return true;
}

static bool view_passkeys(const cn_making *m, const cn_session *s, cn_page_account *v, cn_err *err) {
    cn_passkeys list;
    if (!cn_app_passkeys_of(m->rq->arena, m->web->app, s->person.number, &list, err)) return false;
    v->passkeys = CN_NEW_ARRAY(m->rq->arena, cn_view_passkey, list.n);
    if (!v->passkeys) return cn_fail_memory(err);
    for (; v->passkeys_n < list.n; v->passkeys_n++) {
        const cn_passkey *key = &list.v[v->passkeys_n];
        cn_buf id = cn_buf_on(m->rq->arena, 0);
        cn_base64_write(&id, CN_BASE64_URL, key->id);
        if (!cn_buf_ok(&id)) return cn_fail_memory(err);
        cn_slice label = key->label.n ? key->label : cn_message(m->language, CN_MSG_passkey_unnamed);
        v->passkeys[v->passkeys_n] =
            (cn_view_passkey){cn_buf_slice(&id), label, cn_words_date(m, key->created_at, false)};
    }
    return true;
}

static void set_lines(const cn_making *m, const cn_session *s, cn_page_account *v) {
    cn_language l = m->language;
    v->name.id = CN_S("name");
    v->name.type = CN_S("text");
    v->name.autocomplete = CN_S("name");
    v->name.label = cn_message(l, CN_MSG_account_name);
    v->name.hint = cn_message(l, CN_MSG_account_name_hint);
    if (!v->name.error.n) v->name.value = s->person.name;
    cn_view_line_done(m->rq->arena, &v->name);
    v->email.id = CN_S("email");
    v->email.type = CN_S("email");
    v->email.autocomplete = CN_S("email");
    v->email.label = cn_message(l, CN_MSG_account_address_new);
    v->email.hint = cn_message(l, CN_MSG_account_address_hint);
    cn_view_line_done(m->rq->arena, &v->email);
}

static cn_url to(const cn_making *m, const char *path) {
    return cn_url_path(m->rq->arena, cn_slice_of(path), m->language);
}

static bool show(cn_making *m, cn_page_account *v, int status, cn_response *rs, cn_err *err) {
    const cn_session *s = cn_web_session(m->rq);
    if (!view_addresses(m, s, v, err) || !view_sessions(m, s, v, err) || !view_passkeys(m, s, v, err))
        return false;
    set_lines(m, s, v);
    v->others = v->sessions_n > 1;
    v->french = cn_slice_eq(s->person.language, CN_S("fr"));
    v->save = to(m, "/account");
    v->address_add = to(m, "/account/addresses");
    v->address_main = to(m, "/account/addresses/main");
    v->address_remove = to(m, "/account/addresses/remove");
    v->sessions_end = to(m, "/account/sessions/end");
    v->passkey_new = to(m, "/account/passkeys/new");
    v->passkey_remove = to(m, "/account/passkeys/remove");
    v->data = to(m, "/account/data.json");
    v->leave = to(m, "/account/delete");
    v->page = cn_making_page(m, CN_S("/account"), cn_message(m->language, CN_MSG_account_title));
    v->page.wrong = v->name.error.n || v->email.error.n;
    cn_tpl_account(&m->out, v);
    return cn_making_finish(m, status, rs, err);
}

/* What was done is said on the page that a form leads back to; only these words are. */
static cn_slice done_in_words(const cn_making *m) {
    cn_msg message;
    cn_slice word = cn_request_arg(m->rq, CN_S("done"));
    return word.n && cn_message_find(CN_MSG_FAMILY("account.done"), word, NULL, &message)
               ? cn_message(m->language, message)
               : CN_S("");
}

static bool account(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_page_account v = {0};
    cn_making_start(&m, app, rq);
    v.saved = done_in_words(&m);
    return show(&m, &v, 200, rs, err);
}

/* ---- Name and language ---- */

static bool save(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    const cn_web *web = app;
    cn_slice name = cn_request_text(rq, CN_S("name")), language = cn_request_text(rq, CN_S("language"));
    if (cn_app_person_set(rq->arena, web->app, cn_web_session(rq)->person.number, name, language, err))
        return cn_web_go(rq, CN_S("/account?done=saved"), rs, err);
    if (strcmp(err->id, "person.name") != 0) return false;
    cn_making m;
    cn_making_start(&m, web, rq);
    cn_page_account v = {.name = {.value = name, .error = cn_message(m.language, CN_MSG_account_name_wrong)}};
    return show(&m, &v, 422, rs, err);
}

/* ---- Addresses ---- */

static bool address_add(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    const cn_web *web = app;
    cn_ticket_ask ask = {.purpose = "address",
                         .email = cn_request_text(rq, CN_S("email")),
                         .language = rq->language,
                         .person = cn_web_session(rq)->person.number};
    if (cn_app_ticket_new(rq->arena, web->app, rq->now, &ask, err))
        return cn_web_go(rq, CN_S("/account?done=mail"), rs, err);
    bool many = !strcmp(err->id, "ticket.many");
    if (err->code != CN_INVALID && !many) return false;
    cn_making m;
    cn_making_start(&m, web, rq);
    cn_page_account v = {
        .email = {.value = ask.email, .error = cn_message(m.language, cn_web_address_problem(err))}};
    return show(&m, &v, many ? 429 : 422, rs, err);
}

/* A failure of a ticket as a page, any other as it is. */
static bool fail_kindly(const cn_web *web, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_err why = *err;
    bool shown;
    cn_making_start(&m, web, rq);
    if (!cn_web_ticket_notice(&m, &why, rs, &shown, err)) return false;
    if (!shown) *err = why;
    return shown;
}

/* Looks, and uses nothing. */
static bool address_look(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    const cn_web *web = app;
    cn_making m;
    cn_ticket t;
    cn_slice token = cn_request_arg(rq, CN_S("token"));
    bool found = cn_app_ticket_look(rq->arena, web->app, rq->now, token, &t, err);
    if (found && t.person != cn_web_session(rq)->person.number)
        found = cn_fail(err, CN_NOT_FOUND, "ticket.none", "The link is for somebody else.");
    if (!found) return fail_kindly(web, rq, rs, err);
    cn_making_start(&m, web, rq);
    cn_page_sign_in_link v = {.heading = cn_message(m.language, CN_MSG_account_address_confirm),
                              .text = cn_message(m.language, CN_MSG_account_address_confirm_text),
                              .email = t.email,
                              .button = cn_message(m.language, CN_MSG_account_address_confirm_button),
                              .token = token,
                              .action = to(&m, "/account/addresses/confirm"),
                              .confirms = true};
    v.page = cn_making_page(&m, rq->path, cn_making_text(&m, CN_MSG_people_title, v.heading, (cn_slice){0}));
    if (!cn_making_unlisted(&m, &v.page, rs, err)) return false;
    cn_tpl_sign_in_link(&m.out, &v);
    return cn_making_finish(&m, 200, rs, err);
}

static bool address_confirm(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    const cn_web *web = app;
    cn_ticket_use use = {.token = cn_request_text(rq, CN_S("token")),
                         .signed_in = cn_web_session(rq)->person.number,
                         .language = rq->language};
    cn_person p;
    cn_ticket t;
    if (!use.token.n) use.token = CN_S("-");
    if (!cn_app_ticket_use(rq->arena, web->app, rq->now, &use, &p, &t, err)) return fail_kindly(web, rq, rs, err);
    return cn_web_go(rq, CN_S("/account?done=address"), rs, err);
}

static bool address_main(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    const cn_web *web = app;
    return cn_app_address_main(rq->arena, web->app, rq->now, &cn_web_session(rq)->person,
                               cn_request_text(rq, CN_S("email")), err) &&
           cn_web_go(rq, CN_S("/account?done=main"), rs, err);
}

static bool address_remove(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    const cn_web *web = app;
    return cn_app_address_remove(rq->arena, web->app, rq->now, &cn_web_session(rq)->person,
                                 cn_request_text(rq, CN_S("email")), err) &&
           cn_web_go(rq, CN_S("/account?done=removed"), rs, err);
}

/* ---- Sessions, data, the end ---- */

static bool sessions_end(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    const cn_web *web = app;
    return cn_app_session_end_others(web->app, cn_web_session(rq), err) &&
           cn_web_go(rq, CN_S("/account?done=sessions"), rs, err);
}

static bool data(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    const cn_web *web = app;
    rs->media_type = CN_S("application/json");
    return cn_app_person_export(rq->arena, web->app, rq->now, cn_web_session(rq)->person.number, &rs->body, err) &&
           (cn_response_header(rq, rs, CN_S("content-disposition"), CN_S("attachment; filename=\"cairn.json\"")) ||
            cn_fail_memory(err));
}

static bool leave_form(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_making_start(&m, app, rq);
    cn_page_account_delete v = {.action = to(&m, "/account/delete"), .back = to(&m, "/account")};
    v.page = cn_making_page(&m, CN_S("/account/delete"), cn_message(m.language, CN_MSG_account_delete_title));
    cn_tpl_account_delete(&m.out, &v);
    return cn_making_finish(&m, 200, rs, err);
}

static bool leave(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    const cn_web *web = app;
    cn_making m;
    cn_request later = *rq;
    if (!cn_app_person_delete(rq->arena, web->app, rq->now, cn_web_session(rq)->person.number, err)) {
        if (strcmp(err->id, "member.last") != 0) return false;
        cn_making_start(&m, web, rq);
        return cn_web_notice(&m, 409, CN_MSG_account_last, CN_MSG_account_last_text, CN_MSG_account_back,
                             "/account", rs, err);
    }
    if (!cn_web_sign_out(web, rq, rs, err)) return false;
    later.session = NULL; /* whose page it would be is gone */
    cn_making_start(&m, web, &later);
    return cn_web_notice(&m, 200, CN_MSG_account_gone, CN_MSG_account_gone_text, CN_MSG_account_home, "/", rs,
                         err);
}

/* ---- Routes ---- */

#define POST_FORM(at, run, who)                                                                                   \
    {                                                                                                             \
        .method = CN_POST, .path = at, .handle = run, .permission = who, .csrf = CN_CSRF_TOKEN,                   \
        .max_body = FORM_MAX                                                                                      \
    }

static const cn_route routes[] = {
    {.method = CN_GET, .path = "/account", .handle = account, .permission = CN_SIGNED_IN},
    POST_FORM("/account", save, CN_SIGNED_IN),
    {.method = CN_POST,
     .path = "/account/addresses",
     .handle = address_add,
     .permission = CN_PROVEN,
     .csrf = CN_CSRF_TOKEN,
     .max_body = FORM_MAX,
     .cost = ASK_COST},
    {.method = CN_GET, .path = "/account/address/:token", .handle = address_look, .permission = CN_PROVEN},
    POST_FORM("/account/addresses/confirm", address_confirm, CN_PROVEN),
    POST_FORM("/account/addresses/main", address_main, CN_PROVEN),
    POST_FORM("/account/addresses/remove", address_remove, CN_PROVEN),
    POST_FORM("/account/sessions/end", sessions_end, CN_SIGNED_IN),
    {.method = CN_GET, .path = "/account/data.json", .handle = data, .permission = CN_PROVEN, .cost = ASK_COST},
    {.method = CN_GET, .path = "/account/delete", .handle = leave_form, .permission = CN_PROVEN},
    POST_FORM("/account/delete", leave, CN_PROVEN),
};
const cn_route_group cn_web_account_routes = {routes, sizeof routes / sizeof routes[0]};
