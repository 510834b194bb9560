/* SPDX-License-Identifier: Apache-2.0
 *
 * Claiming an award: the page that the link of a mail leads to, and the form for the mail's code.
 *
 * Whatever asks with GET changes nothing: programs that scan mail open links. What cannot be claimed says why, and
 * what to do.
 */
#include "web/claims.h"
#include "web/messages.h"
#include "web/session.h"

#include "base/base.h"

static cn_slice say(const cn_making *m, cn_msg message) {
    return cn_message(m->language, message);
}

static cn_url path(const cn_making *m, cn_slice at) {
    return cn_url_path(m->rq->arena, at, m->language);
}

/* ---- The page of a claim ---- */

static void add(cn_page_claim *v, cn_slice text) {
    assert(v->texts_n < CN_CLAIM_TEXTS);
    v->texts[v->texts_n++] = text;
}

static void add_with(const cn_making *m, cn_page_claim *v, cn_msg message, cn_slice first, cn_slice second) {
    add(v, cn_making_text(m, message, first, second));
}

/* Who has the link may know whose it is: it came with a mail that says so. */
static void say_asking(const cn_making *m, const cn_credential *c, cn_page_claim *v) {
    cn_slice account = cn_web_session(m->rq)->person.email;
    add_with(m, v, CN_MSG_claim_other_text, c->name, c->email);
    add_with(m, v, CN_MSG_claim_other_account, account, (cn_slice){0});
    add(v, say(m, CN_MSG_claim_other_sign_out));
    v->button = cn_making_text(m, CN_MSG_claim_other_button, account, (cn_slice){0});
    v->sign_out = path(m, CN_S("/sign-out"));
}

static void say_open(const cn_making *m, const cn_credential *c, cn_page_claim *v) {
    const cn_session *session = cn_web_session(m->rq);
    v->button = say(m, CN_MSG_claim_button);
    add_with(m, v, CN_MSG_claim_open_text, v->award.issuer, (cn_slice){0});
    if (v->asks) {
        say_asking(m, c, v);
        return;
    }
    if (session) add_with(m, v, CN_MSG_claim_open_signed_in, session->person.email, (cn_slice){0});
    else add(v, say(m, CN_MSG_claim_open_sign_in));
    add(v, say(m, CN_MSG_claim_open_page));
}

static void say_used(const cn_making *m, const cn_credential *c, cn_page_claim *v) {
    (void)c;
    add(v, say(m, CN_MSG_claim_used_text));
    add_with(m, v, CN_MSG_claim_used_other, v->award.issuer, (cn_slice){0});
    v->action = path(m, CN_S("/credentials"));
    v->next_text = say(m, CN_MSG_claim_used_button);
}

static void say_expired(const cn_making *m, const cn_credential *c, cn_page_claim *v) {
    char days[8];
    (void)c;
    (void)snprintf(days, sizeof days, "%d", CN_CLAIM_DAYS);
    add_with(m, v, CN_MSG_claim_expired_text, cn_slice_of(days), v->award.issuer);
}

static void say_replaced(const cn_making *m, const cn_credential *c, cn_page_claim *v) {
    (void)c;
    add(v, say(m, CN_MSG_claim_replaced_text));
}

static void say_revoked(const cn_making *m, const cn_credential *c, cn_page_claim *v) {
    (void)c;
    add_with(m, v, CN_MSG_claim_revoked_text, v->award.issuer, (cn_slice){0});
}

static const struct {
    int status;
    cn_msg heading;
    void (*say)(const cn_making *m, const cn_credential *c, cn_page_claim *v);
} states[] = {
    [CN_CLAIM_OPEN] = {200, CN_MSG_claim_open, say_open},
    [CN_CLAIM_USED] = {410, CN_MSG_claim_used, say_used},
    [CN_CLAIM_EXPIRED] = {410, CN_MSG_claim_expired, say_expired},
    [CN_CLAIM_REPLACED] = {410, CN_MSG_claim_replaced, say_replaced},
    [CN_CLAIM_REVOKED] = {410, CN_MSG_claim_revoked, say_revoked},
};

static bool show(cn_making *m, cn_page_claim *v, int status, cn_response *rs, cn_err *err) {
    cn_slice title = cn_making_text(m, CN_MSG_claim_title, v->heading, (cn_slice){0});
    v->page = cn_making_page(m, m->rq->path, title);
    if (!cn_making_unlisted(m, &v->page, rs, err)) return false;
    cn_tpl_claim(&m->out, v);
    return cn_making_finish(m, status, rs, err);
}

/* `typed`: the code, where it came by that; `asks`: the page asks first. */
static bool show_claim(cn_making *m, const cn_claim *claim, cn_slice typed, bool asks, int status, cn_response *rs,
                       cn_err *err) {
    const cn_credential *c = &claim->credential;
    bool renew = claim->state == CN_CLAIM_EXPIRED || claim->state == CN_CLAIM_REPLACED;
    cn_page_claim v = {.known = true,
                       .open = claim->state == CN_CLAIM_OPEN,
                       .asks = asks,
                       .code = typed,
                       .action = path(m, m->rq->path),
                       .may_renew = renew && !typed.n};
    cn_slice again;
    if (!cn_arena_print(m->rq->arena, &again, "%.*s/again", CN_ARG(m->rq->path))) return cn_fail_memory(err);
    v.renew = path(m, again);
    if (!cn_web_award_view(m, c, &v.award, err)) return false;
    v.heading = say(m, states[claim->state].heading);
    states[claim->state].say(m, c, &v);
    return show(m, &v, status ? status : states[claim->state].status, rs, err);
}

/* Under another account than the address's: whose the credential is to be is asked. */
static bool must_ask(const cn_making *m, const cn_claim *claim, bool *out, cn_err *err) {
    int64_t person = cn_web_person(m->rq);
    bool own = true;
    if (person && claim->state == CN_CLAIM_OPEN &&
        !cn_app_claim_is_of(m->rq->arena, m->web->app, claim, person, &own, err))
        return false;
    *out = !own;
    return true;
}

static bool show_unknown(cn_making *m, cn_response *rs, cn_err *err) {
    cn_page_claim v = {.heading = say(m, CN_MSG_claim_unknown),
                       .action = path(m, CN_S("/claim")),
                       .next_text = say(m, CN_MSG_claim_unknown_button)};
    add(&v, say(m, CN_MSG_claim_unknown_text));
    return show(m, &v, 404, rs, err);
}

/* ---- Using it ---- */

/* A claim's link and code live for weeks: they open no account that has roles. Its owner signs in to see the
 * award. */
static bool sign_in(const cn_making *m, int64_t person, cn_slice id, cn_slice *to, cn_response *rs, cn_err *err) {
    cn_organisations staff;
    if (!cn_app_organisations_of(m->rq->arena, m->web->app, person, &staff, err)) return false;
    if (!staff.n) return cn_web_sign_in(m->web, m->rq, person, "claim", rs, err);
    return cn_arena_print(m->rq->arena, to, "/sign-in?next=/credentials/%.*s", CN_ARG(id)) || cn_fail_memory(err);
}

/* Whoever was signed in stays so; otherwise the claim signs its reader in. Of two who come at once the second is
 * shown what has become of the claim. */
static bool use(cn_making *m, cn_claim *claim, cn_slice typed, cn_response *rs, cn_err *err) {
    const cn_web *web = m->web;
    const cn_request *rq = m->rq;
    int64_t signed_in = cn_web_person(rq), person;
    bool asks, said = cn_slice_eq(cn_request_text(rq, CN_S("account")), CN_S("this"));
    if (!must_ask(m, claim, &asks, err)) return false;
    if (asks && !said) return show_claim(m, claim, typed, true, 422, rs, err);
    if (claim->state != CN_CLAIM_OPEN) return show_claim(m, claim, typed, false, 0, rs, err);
    if (!cn_app_claim_use(rq->arena, web->app, rq->now, claim, signed_in, &person, err)) {
        if (strcmp(err->id, "claim.closed") != 0) return false;
        claim->state = CN_CLAIM_USED;
        return show_claim(m, claim, typed, false, 0, rs, err);
    }
    cn_slice id = claim->credential.id, to = cn_credential_path(m, id, "?new=1");
    if (!signed_in && !sign_in(m, person, id, &to, rs, err)) return false;
    return cn_response_see_other(rq, rs, path(m, to).text) || cn_fail_memory(err);
}

static bool look(cn_making *m, cn_claim *out, bool *found, cn_err *err) {
    cn_slice token = cn_request_arg(m->rq, CN_S("token"));
    *found = cn_app_claim_look(m->rq->arena, m->web->app, m->rq->now, token, out, err);
    return *found || err->code == CN_NOT_FOUND;
}

bool cn_web_claim_look(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_claim claim;
    bool found;
    cn_making_start(&m, app, rq);
    if (!look(&m, &claim, &found, err)) return false;
    bool asks;
    if (!found) return show_unknown(&m, rs, err);
    return must_ask(&m, &claim, &asks, err) && show_claim(&m, &claim, (cn_slice){0}, asks, 0, rs, err);
}

bool cn_web_claim_use(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_claim claim;
    bool found;
    cn_making_start(&m, app, rq);
    if (!look(&m, &claim, &found, err)) return false;
    return found ? use(&m, &claim, (cn_slice){0}, rs, err) : show_unknown(&m, rs, err);
}

/* The same answer whatever becomes of it, also for a link that never was. */
bool cn_web_claim_renew(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_claim claim;
    bool found;
    cn_making_start(&m, app, rq);
    if (!look(&m, &claim, &found, err) ||
        (found && !cn_app_claim_renew(rq->arena, m.web->app, rq->now, &claim, err)))
        return false;
    cn_page_claim v = {.heading = say(&m, CN_MSG_claim_renewed)};
    add(&v, say(&m, CN_MSG_claim_renewed_text));
    return show(&m, &v, 200, rs, err);
}

/* ---- By code ---- */

static bool show_form(cn_making *m, cn_slice typed, cn_slice error, cn_response *rs, cn_err *err) {
    const cn_session *session = cn_web_session(m->rq);
    cn_page_code v = {.heading = say(m, CN_MSG_claim_code),
                      .text = say(m, CN_MSG_claim_code_text),
                      .label = say(m, CN_MSG_claim_code_label),
                      .button = say(m, CN_MSG_claim_button),
                      .action = path(m, CN_S("/claim")),
                      .code = {.value = typed, .error = error}};
    if (session) v.note = cn_making_text(m, CN_MSG_claim_open_signed_in, session->person.email, (cn_slice){0});
    cn_web_finish_field(&v.code, CN_S(" govuk-input--error"), CN_S("code-hint"), CN_S("code-hint code-error"));
    v.page = cn_making_page(m, CN_S("/claim"), cn_making_text(m, CN_MSG_claim_title, v.heading, (cn_slice){0}));
    v.page.wrong = error.n > 0;
    cn_tpl_code_form(&m->out, &v);
    return cn_making_finish(m, error.n ? 422 : 200, rs, err);
}

bool cn_web_claim_form(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_making_start(&m, app, rq);
    return show_form(&m, (cn_slice){0}, (cn_slice){0}, rs, err);
}

bool cn_web_claim_code(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_claim claim;
    cn_slice typed = cn_request_text(rq, CN_S("code"));
    cn_making_start(&m, app, rq);
    if (cn_app_claim_look_code(rq->arena, m.web->app, rq->now, typed, &claim, err))
        return use(&m, &claim, typed, rs, err);
    if (err->code == CN_NOT_FOUND) return show_form(&m, typed, say(&m, CN_MSG_claim_code_error_none), rs, err);
    bool form = strcmp(err->id, "code.form") == 0;
    return form && show_form(&m, typed, say(&m, CN_MSG_claim_code_error_form), rs, err);
}

/* ---- The check code of a printed credential ---- */

static bool show_check(cn_making *m, cn_slice typed, cn_slice error, cn_response *rs, cn_err *err) {
    cn_page_code v = {.heading = say(m, CN_MSG_check_heading),
                      .text = say(m, CN_MSG_check_text),
                      .label = say(m, CN_MSG_check_label),
                      .button = say(m, CN_MSG_check_button),
                      .other = say(m, CN_MSG_check_other),
                      .action = path(m, CN_S("/check")),
                      .code = {.value = typed, .error = error}};
    cn_web_finish_field(&v.code, CN_S(" govuk-input--error"), CN_S("code-hint"), CN_S("code-hint code-error"));
    v.page = cn_making_page(m, CN_S("/check"), cn_making_text(m, CN_MSG_claim_title, v.heading, (cn_slice){0}));
    v.page.wrong = error.n > 0;
    cn_tpl_code_form(&m->out, &v);
    return cn_making_finish(m, error.n ? 422 : 200, rs, err);
}

bool cn_web_check_form(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_making_start(&m, app, rq);
    return show_check(&m, (cn_slice){0}, (cn_slice){0}, rs, err);
}

bool cn_web_check_code(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_slice id, typed = cn_request_text(rq, CN_S("code"));
    cn_making_start(&m, app, rq);
    if (cn_app_credential_of_code(rq->arena, m.web->app, typed, &id, err))
        return cn_response_see_other(rq, rs, path(&m, cn_credential_path(&m, id, "")).text) || cn_fail_memory(err);
    if (err->code == CN_NOT_FOUND) return show_check(&m, typed, say(&m, CN_MSG_check_error_none), rs, err);
    bool form = strcmp(err->id, "code.form") == 0;
    return form && show_check(&m, typed, say(&m, CN_MSG_claim_code_error_form), rs, err);
}
