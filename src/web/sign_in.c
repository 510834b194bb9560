/* SPDX-License-Identifier: Apache-2.0
 *
 * /sign-in: by a link or a code that comes by mail. Asking for them says the same whether the address is known or
 * not. Opening a link changes nothing, for programs that look through mail open links too: its page has one
 * button.
 */
#include "web/account.h"
#include "web/messages.h"
#include "web/templates.h"

#include "base/base.h"

enum { FORM_MAX = 16 << 10, ASK_COST = 20, CODE_COST = 10, LOOK_COST = 2 };

/* ---- What the pages about people share ---- */

void cn_view_line_done(cn_arena *a, cn_view_line *line) {
    bool fits = cn_arena_print(a, &line->described, "%.*s%s%s%.*s%s", CN_ARG(line->hint.n ? line->id : CN_S("")),
                               line->hint.n ? "-hint" : "", line->hint.n && line->error.n ? " " : "",
                               CN_ARG(line->error.n ? line->id : CN_S("")), line->error.n ? "-error" : "");
    if (!fits) line->described = CN_S("");
    if (!line->error.n) return;
    line->group_class = CN_S(" govuk-form-group--error");
    line->input_class = CN_S(" govuk-input--error");
}

bool cn_web_notice(cn_making *m, int status, cn_msg heading, cn_msg text, cn_msg link, const char *path,
                   cn_response *rs, cn_err *err) {
    cn_page_notice v = {.heading = cn_message(m->language, heading),
                        .text = cn_message(m->language, text),
                        .link = cn_message(m->language, link),
                        .url = cn_url_path(m->rq->arena, cn_slice_of(path), m->language)};
    v.page =
        cn_making_page(m, cn_slice_of(path), cn_making_text(m, CN_MSG_people_title, v.heading, (cn_slice){0}));
    cn_tpl_notice(&m->out, &v);
    return cn_making_finish(m, status, rs, err);
}

bool cn_web_go(const cn_request *rq, cn_slice path, cn_response *rs, cn_err *err) {
    bool has = cn_slice_find(path, CN_S("lang=")) != SIZE_MAX;
    cn_slice to = has ? path : cn_url_path(rq->arena, path, cn_language_of(rq->language)).text;
    return cn_response_see_other(rq, rs, to) || cn_fail_memory(err);
}

cn_msg cn_web_address_problem(const cn_err *why) {
    static const struct {
        const char *id;
        cn_msg message;
    } known[] = {
        {"mail.address.empty", CN_MSG_people_address_empty},
        {"mail.address.at", CN_MSG_people_address_at},
        {"mail.address.domain", CN_MSG_people_address_domain},
        {"mail.address.characters", CN_MSG_people_address_characters},
        {"ticket.many", CN_MSG_people_address_many},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (!strcmp(known[i].id, why->id)) return known[i].message;
    return CN_MSG_people_address_other;
}

/* ---- Asking ---- */

cn_slice cn_web_first_page(const cn_web *web, cn_arena *a, int64_t person) {
    cn_organisations staff;
    cn_err err;
    bool found = cn_app_organisations_of(a, web->app, person, &staff, &err);
    return found && staff.n ? CN_S("/organisations") : CN_S("/credentials");
}

static bool show_form(cn_making *m, cn_page_sign_in *v, int status, cn_response *rs, cn_err *err) {
    cn_language l = m->language;
    v->email.id = CN_S("email");
    v->email.type = CN_S("email");
    v->email.autocomplete = CN_S("username webauthn");
    v->email.label = cn_message(l, CN_MSG_people_email);
    cn_view_line_done(m->rq->arena, &v->email);
    v->action = cn_url_path(m->rq->arena, CN_S("/sign-in"), l);
    v->passkey = cn_url_next(m->rq->arena, CN_S("/sign-in/passkey"), v->next, l);
    v->page = cn_making_page(m, CN_S("/sign-in"), cn_message(l, CN_MSG_sign_in_title));
    v->page.wrong = v->email.error.n > 0;
    cn_tpl_sign_in(&m->out, v);
    return cn_making_finish(m, status, rs, err);
}

static bool form(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_page_sign_in v = {.next = cn_request_arg(rq, CN_S("next"))};
    cn_making_start(&m, app, rq);
    return show_form(&m, &v, 200, rs, err);
}

static bool show_code(cn_making *m, cn_page_sign_in_code *v, int status, cn_response *rs, cn_err *err) {
    cn_arena *a = m->rq->arena;
    cn_language l = m->language;
    v->code.id = CN_S("code");
    v->code.type = CN_S("text");
    v->code.autocomplete = CN_S("one-time-code");
    v->code.label = cn_message(l, CN_MSG_sign_in_code);
    v->code.hint = cn_message(l, CN_MSG_sign_in_code_hint);
    cn_view_line_done(a, &v->code);
    v->action = cn_url_path(a, CN_S("/sign-in/code"), l);
    v->again = cn_url_path(a, CN_S("/sign-in"), l);
    v->mailbox = cn_url_path(a, CN_S("/mailbox"), l);
    v->page = cn_making_page(m, CN_S("/sign-in"), cn_message(l, CN_MSG_sign_in_sent_title));
    v->page.wrong = v->code.error.n > 0;
    cn_tpl_sign_in_code(&m->out, v);
    return cn_making_finish(m, status, rs, err);
}

static bool ask(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    const cn_web *web = app;
    cn_making m;
    cn_ticket_ask what = {.purpose = "sign-in",
                          .email = cn_request_text(rq, CN_S("email")),
                          .language = rq->language,
                          .next = cn_request_text(rq, CN_S("next"))};
    cn_making_start(&m, web, rq);
    if (cn_app_ticket_new(rq->arena, web->app, rq->now, &what, err)) {
        cn_page_sign_in_code v = {.email = what.email};
        return show_code(&m, &v, 200, rs, err);
    }
    bool many = !strcmp(err->id, "ticket.many");
    if (err->code != CN_INVALID && !many) return false;
    cn_page_sign_in v = {
        .next = what.next,
        .email = {.value = what.email, .error = cn_message(m.language, cn_web_address_problem(err))}};
    return show_form(&m, &v, many ? 429 : 422, rs, err);
}

/* ---- Using what came ---- */

static bool use_ticket(const cn_web *web, const cn_request *rq, const cn_ticket_use *use, cn_entry *out,
                       cn_err *err) {
    cn_slice agent = cn_request_header(rq, CN_S("user-agent"));
    return cn_app_ticket_enter(rq->arena, web->app, rq->now, use, agent, out, err);
}

static bool enter(const cn_web *web, const cn_request *rq, const cn_entry *e, cn_response *rs, cn_err *err) {
    cn_slice next = e->ticket.next.n ? e->ticket.next : cn_web_first_page(web, rq->arena, e->person.number);
    bool missing;
    if (!cn_app_passkey_missing(rq->arena, web->app, e->person.number, &missing, err)) return false;
    if (missing)
        next = cn_url_next(rq->arena, CN_S("/account/passkeys/new"), next, cn_language_of(rq->language)).text;
    return cn_web_signed_in(web, rq, e->session, rs, err) && cn_web_go(rq, next, rs, err);
}

bool cn_web_ticket_notice(cn_making *m, const cn_err *why, cn_response *rs, bool *shown, cn_err *err) {
    static const struct {
        const char *id;
        int status;
        cn_msg heading, text, link;
        const char *path;
    } known[] = {
        {"ticket.used", 410, CN_MSG_sign_in_used, CN_MSG_sign_in_used_text, CN_MSG_sign_in_again, "/sign-in"},
        {"ticket.expired", 410, CN_MSG_sign_in_expired, CN_MSG_sign_in_expired_text, CN_MSG_sign_in_again,
         "/sign-in"},
        {"ticket.none", 404, CN_MSG_sign_in_none, CN_MSG_sign_in_none_text, CN_MSG_sign_in_again, "/sign-in"},
        {"address.passkey", 409, CN_MSG_sign_in_address_passkey, CN_MSG_sign_in_address_passkey_text,
         CN_MSG_account_back, "/account"},
    };
    const cn_session *s = cn_web_session(m->rq);
    size_t i = 0, n = sizeof known / sizeof *known;
    while (i < n && strcmp(known[i].id, why->id) != 0) i++;
    *shown = i < n;
    if (i == n) return true;
    /* Whoever is in already, by that very link perhaps, needs no other one. */
    if (s && !strcmp(known[i].path, "/sign-in"))
        return cn_web_notice(m, known[i].status, known[i].heading, CN_MSG_sign_in_is_in, CN_MSG_sign_in_go_on,
                             s->staff ? "/organisations" : "/credentials", rs, err);
    return cn_web_notice(m, known[i].status, known[i].heading, known[i].text, known[i].link, known[i].path, rs,
                         err);
}

/* A failure of a ticket as a page, any other as it is. */
static bool fail_kindly(const cn_web *web, const cn_request *rq, const cn_err *why, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_err kept = *why;
    bool shown;
    cn_making_start(&m, web, rq);
    if (!cn_web_ticket_notice(&m, &kept, rs, &shown, err)) return false;
    if (!shown) *err = kept;
    return shown;
}

/* Who invites, and as what: whoever gets an invitation knows what they agree to. Somebody who has deleted their
 * account since invites nobody any more, and the button says so. */
static bool add_invitation(const cn_making *m, const cn_ticket *t, cn_page_sign_in_link *v, cn_err *err) {
    cn_person p;
    if (!t->organisation) return true;
    v->roles = cn_web_roles_in_words(m, t->roles);
    if (!t->person) return true;
    if (!cn_app_person_get(m->rq->arena, m->web->app, t->person, &p, err)) return err->code == CN_NOT_FOUND;
    v->inviter = p.name.n ? p.name : p.email;
    return true;
}

/* Looks, and uses nothing. */
static bool look(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    const cn_web *web = app;
    cn_making m;
    cn_ticket t;
    cn_organisation o = {0};
    cn_slice token = cn_request_arg(rq, CN_S("token"));
    if (!cn_app_ticket_look(rq->arena, web->app, rq->now, token, &t, err))
        return fail_kindly(web, rq, err, rs, err);
    if (t.organisation && !cn_app_organisation_get(rq->arena, web->app, t.organisation, &o, err)) return false;
    cn_making_start(&m, web, rq);
    cn_slice name = cn_making_choose(&m, o.name);
    cn_msg heading = t.organisation ? CN_MSG_sign_in_invited : CN_MSG_sign_in_heading;
    cn_page_sign_in_link v = {
        .heading = cn_making_text(&m, heading, name, (cn_slice){0}),
        .text = cn_message(m.language, CN_MSG_sign_in_link_text),
        .email = t.email,
        .note = (t.roles & CN_ROLES_SIGN) && !web->demo ? cn_message(m.language, CN_MSG_sign_in_link_passkey)
                                                        : CN_S(""),
        .button = cn_message(m.language, t.organisation ? CN_MSG_sign_in_accept : CN_MSG_sign_in_button),
        .token = token,
        .action = cn_url_path(rq->arena, CN_S("/sign-in/link"), m.language)};
    if (!add_invitation(&m, &t, &v, err)) return false;
    v.page = cn_making_page(&m, rq->path, cn_making_text(&m, CN_MSG_people_title, v.heading, (cn_slice){0}));
    if (!cn_making_unlisted(&m, &v.page, rs, err)) return false;
    cn_tpl_sign_in_link(&m.out, &v);
    return cn_making_finish(&m, 200, rs, err);
}

static bool follow(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    const cn_web *web = app;
    cn_ticket_use use = {.token = cn_request_text(rq, CN_S("token")), .language = rq->language};
    cn_entry e;
    if (!use.token.n) use.token = CN_S("-"); /* none that there is: not a code */
    if (!use_ticket(web, rq, &use, &e, err)) return fail_kindly(web, rq, err, rs, err);
    return enter(web, rq, &e, rs, err);
}

static bool type_code(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    const cn_web *web = app;
    cn_making m;
    cn_ticket_use use = {.email = cn_request_text(rq, CN_S("email")),
                         .code = cn_request_text(rq, CN_S("code")),
                         .language = rq->language};
    cn_entry e;
    if (use_ticket(web, rq, &use, &e, err)) return enter(web, rq, &e, rs, err);
    if (strcmp(err->id, "ticket.code") != 0) return false;
    cn_making_start(&m, web, rq);
    cn_page_sign_in_code v = {
        .email = use.email,
        .code = {.value = use.code, .error = cn_message(m.language, CN_MSG_sign_in_code_wrong)}};
    return show_code(&m, &v, 422, rs, err);
}

/* ---- Out ---- */

static bool sign_out(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    return cn_web_sign_out(app, rq, rs, err) && cn_web_go(rq, CN_S("/"), rs, err);
}

static const cn_route routes[] = {
    {.method = CN_GET, .path = "/sign-in", .handle = form, .quick = true},
    {.method = CN_POST,
     .path = "/sign-in",
     .handle = ask,
     .csrf = CN_CSRF_ORIGIN,
     .max_body = FORM_MAX,
     .cost = ASK_COST},
    {.method = CN_POST,
     .path = "/sign-in/code",
     .handle = type_code,
     .csrf = CN_CSRF_ORIGIN,
     .max_body = FORM_MAX,
     .cost = CODE_COST},
    {.method = CN_GET, .path = "/sign-in/link/:token", .handle = look, .cost = LOOK_COST},
    {.method = CN_POST,
     .path = "/sign-in/link",
     .handle = follow,
     .csrf = CN_CSRF_ORIGIN,
     .max_body = FORM_MAX,
     .cost = LOOK_COST},
    {.method = CN_POST,
     .path = "/sign-out",
     .handle = sign_out,
     .permission = CN_SIGNED_IN,
     .csrf = CN_CSRF_TOKEN,
     .max_body = FORM_MAX},
};
const cn_route_group cn_web_sign_in_routes = {routes, sizeof routes / sizeof routes[0]};
