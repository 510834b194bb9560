/* SPDX-License-Identifier: Apache-2.0
 *
 * The page of a credential, which anybody sees who has its address, and the files it can be taken away as.
 *
 * Before the claim it says what it is of and whose, and nothing about the learner. After it every step of a
 * verification is computed from the signed document each time, unless its holder has switched it off. A revocation
 * shows a neutral word and a date; what stands in the register shows it even where the published list lags behind.
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

static cn_url part(const cn_making *m, const cn_credential *c, const char *rest) {
    return path(m, cn_credential_path(m, c->id, rest));
}

static bool find(const cn_making *m, cn_credential *out, cn_err *err) {
    return cn_app_credential(m->rq->arena, m->web->app, cn_request_arg(m->rq, CN_S("credential")), out, err);
}

/* ---- What is not to be seen ---- */

static bool show_closed(cn_making *m, cn_page_closed *v, int status, cn_response *rs, cn_err *err) {
    v->page = cn_making_page(m, m->rq->path, cn_making_text(m, CN_MSG_claim_title, v->heading, (cn_slice){0}));
    if (!cn_making_unlisted(m, &v->page, rs, err)) return false;
    cn_tpl_credential_closed(&m->out, v);
    return cn_making_finish(m, status, rs, err);
}

/* One that is revoked will not be claimed any more. */
static bool show_title(cn_making *m, const cn_credential *c, cn_response *rs, cn_err *err) {
    bool revoked = c->revoked_at.sec;
    cn_page_closed v = {
        .heading = say(m, revoked ? CN_MSG_claim_revoked : CN_MSG_credential_unclaimed),
        .texts = {say(m, CN_MSG_credential_unclaimed_text), say(m, CN_MSG_credential_unclaimed_you)},
        .texts_n = 2,
        .known = true,
        .next = path(m, CN_S("/claim")),
        .next_text = say(m, CN_MSG_claim_code),
    };
    if (!cn_web_award_view(m, c, &v.award, err)) return false;
    v.award.on = (cn_slice){0};
    if (revoked) {
        cn_slice date = cn_words_date(m, c->revoked_at, false);
        v.texts[0] = cn_making_text(m, CN_MSG_credential_revoked, date, (cn_slice){0});
        v.texts[1] = cn_making_text(m, CN_MSG_credential_revoked_text, v.award.issuer,
                                    cn_web_revoke_words(m, c->revoke_code));
        v.next = path(m, CN_S("/verify"));
        v.next_text = say(m, CN_MSG_home_button);
    }
    return show_closed(m, &v, 200, rs, err);
}

static bool show_off(cn_making *m, cn_response *rs, cn_err *err) {
    cn_page_closed v = {
        .heading = say(m, CN_MSG_credential_off),
        .texts = {say(m, CN_MSG_credential_off_text)},
        .texts_n = 1,
        .next = path(m, CN_S("/verify")),
        .next_text = say(m, CN_MSG_home_button),
    };
    return show_closed(m, &v, 404, rs, err);
}

/* ---- The page ---- */

static bool verify(const cn_making *m, const cn_credential *c, cn_view_result *out, cn_err *err) {
    cn_report report;
    cn_verify_options how = {
        .crypto = m->web->crypto,
        .contexts = m->web->contexts,
        .processed = m->web->processed,
        .lists = m->web->lists,
        .resolver = m->web->resolver,
        .registry = m->web->registry,
        .now = m->rq->now,
    };
    return cn_verify(m->rq->arena, c->document, &how, &report, err) && cn_web_result_view(m, &report, out, err);
}

static void say_holder(const cn_making *m, const cn_credential *c, cn_page_credential *v) {
    int64_t person = cn_web_person(m->rq);
    v->holder = person && person == c->holder;
    if (!v->holder) return;
    v->on = c->page_on;
    v->fresh = cn_request_arg(m->rq, CN_S("new")).n;
    v->settings = part(m, c, "/settings");
    v->evidence = cn_url_web(c->evidence);
    v->evidence_host = cn_host_of(c->evidence);
    v->has_evidence = !cn_slice_eq(v->evidence.text, CN_S("#"));
}

/* The published list may not say so yet, and something else may be wrong too. */
static bool verdict_tells(const cn_view_result *r) {
    for (size_t i = 0; i < r->steps_n; i++)
        if (cn_slice_eq(r->steps[i].problem, CN_S("revoked"))) return cn_slice_eq(r->why, r->steps[i].text);
    return false;
}

static void say_revoked(const cn_making *m, const cn_credential *c, cn_page_credential *v) {
    if (!c->revoked_at.sec) return;
    v->told = verdict_tells(&v->result);
    v->revoked =
        cn_making_text(m, CN_MSG_credential_revoked, cn_words_date(m, c->revoked_at, false), (cn_slice){0});
    v->revoked_text =
        cn_making_text(m, CN_MSG_credential_revoked_text, v->award.issuer, cn_web_revoke_words(m, c->revoke_code));
}

static bool say_addresses(const cn_making *m, const cn_credential *c, cn_page_credential *v, cn_err *err) {
    cn_arena *a = m->rq->arena;
    cn_slice at = cn_credential_path(m, c->id, "");
    v->png = part(m, c, "/credential.png");
    v->svg = part(m, c, "/credential.svg");
    v->json = part(m, c, "/credential.json");
    v->code = cn_credential_code(a, c);
    return (cn_arena_print(a, &v->address, "%.*s%.*s", CN_ARG(m->web->origin), CN_ARG(at)) &&
            cn_arena_print(a, &v->check, "%.*s/check", CN_ARG(m->web->origin))) ||
           cn_fail_memory(err);
}

static bool show_all(cn_making *m, const cn_credential *c, cn_response *rs, cn_err *err) {
    cn_page_credential v = {.to = c->name,
                            .awarded_on = cn_words_date(m, c->awarded_at, false),
                            .outcome = c->result,
                            .decision = c->decision};
    if (!cn_web_award_view(m, c, &v.award, err) || !verify(m, c, &v.result, err) || !say_addresses(m, c, &v, err))
        return false;
    say_holder(m, c, &v);
    say_revoked(m, c, &v);
    v.page = cn_making_page(m, m->rq->path, cn_making_text(m, CN_MSG_claim_title, v.award.name, (cn_slice){0}));
    if (!cn_making_unlisted(m, &v.page, rs, err)) return false;
    cn_tpl_credential(&m->out, &v);
    return cn_making_finish(m, 200, rs, err);
}

static bool show_credential(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_credential c;
    cn_making_start(&m, app, rq);
    if (!find(&m, &c, err)) return false;
    switch (cn_credential_seen(&c, cn_web_person(rq))) {
    case CN_SEEN_TITLE: return show_title(&m, &c, rs, err);
    case CN_SEEN_OFF: return show_off(&m, rs, err);
    case CN_SEEN_ALL:
    default: return show_all(&m, &c, rs, err);
    }
}

/* ---- Files ---- */

static bool as_json(cn_arena *a, const cn_app *app, const cn_credential *c, cn_slice *out, cn_err *err) {
    (void)a, (void)app, (void)err;
    *out = c->document;
    return true;
}

typedef struct file {
    const char *ending;
    cn_slice media_type;
    bool (*make)(cn_arena *a, const cn_app *app, const cn_credential *c, cn_slice *out, cn_err *err);
} file;

static const file files[] = {
    {"json", CN_S_INIT("application/vc"), as_json},
    {"png", CN_S_INIT("image/png"), cn_app_credential_png},
    {"svg", CN_S_INIT("image/svg+xml"), cn_app_credential_svg},
};

/* RFC 8187: what a token may hold stands as it is. */
static void put_name(cn_buf *b, cn_slice name) {
    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = (unsigned char)name.p[i], lower = c | 0x20;
        bool plain = (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
        if (plain) cn_buf_byte(b, (char)c);
        else cn_buf_print(b, "%%%02X", c);
    }
}

/* RFC 6266: named after what it is of, in the page's language; for old programs a plain name. */
static bool name_file(const cn_making *m, const cn_credential *c, const file *f, cn_response *rs, cn_err *err) {
    cn_view_award award;
    cn_buf b = cn_buf_on(m->rq->arena, 0);
    if (!cn_web_award_view(m, c, &award, err)) return false;
    cn_buf_print(&b, "attachment; filename=\"%.*s.%s\"; filename*=UTF-8''", CN_ARG(say(m, CN_MSG_credential_file)),
                 f->ending);
    put_name(&b, award.name);
    cn_buf_print(&b, ".%s", f->ending);
    return (cn_buf_ok(&b) && cn_response_header(m->rq, rs, CN_S("content-disposition"), cn_buf_slice(&b)) &&
            cn_response_header(m->rq, rs, CN_S("x-robots-tag"), CN_S("noindex, nofollow"))) ||
           cn_fail_memory(err);
}

/* What was signed, whatever became of it since: a revocation is told by the status list. */
static bool give_file(void *app, const cn_request *rq, const file *f, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_credential c;
    cn_making_start(&m, app, rq);
    if (!find(&m, &c, err)) return false;
    if (cn_credential_seen(&c, cn_web_person(rq)) != CN_SEEN_ALL)
        return cn_fail(err, CN_NOT_FOUND, "credential.hidden", "This credential is not shown.");
    rs->media_type = f->media_type;
    return f->make(rq->arena, m.web->app, &c, &rs->body, err) && name_file(&m, &c, f, rs, err);
}

static bool give_json(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    return give_file(app, rq, &files[0], rs, err);
}

static bool give_png(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    return give_file(app, rq, &files[1], rs, err);
}

static bool give_svg(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    return give_file(app, rq, &files[2], rs, err);
}

/* ---- Its holder: all that is held, and who may see one ---- */

static bool show_held(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_credentials held;
    cn_making_start(&m, app, rq);
    if (!cn_app_credentials_held(rq->arena, m.web->app, cn_web_person(rq), &held, err)) return false;
    cn_page_held v = {.v = CN_NEW_ARRAY(rq->arena, cn_view_award, held.n), .claim = path(&m, CN_S("/claim"))};
    if (!v.v) return cn_fail_memory(err);
    for (; v.n < held.n; v.n++)
        if (!cn_web_award_view(&m, &held.v[v.n], &v.v[v.n], err)) return false;
    cn_slice title = cn_making_text(&m, CN_MSG_claim_title, say(&m, CN_MSG_held_heading), (cn_slice){0});
    v.page = cn_making_page(&m, CN_S("/credentials"), title);
    cn_tpl_held(&m.out, &v);
    return cn_making_finish(&m, 200, rs, err);
}

/* Nobody but its holder is told that there is such a page. */
static bool find_held(const cn_making *m, cn_credential *out, cn_err *err) {
    if (!find(m, out, err)) return false;
    return out->holder == cn_web_person(m->rq) ||
           cn_fail(err, CN_NOT_FOUND, "credential.hidden", "This person does not hold it.");
}

static bool show_settings(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_credential c;
    cn_making_start(&m, app, rq);
    cn_page_settings v = {0};
    if (!find_held(&m, &c, err) || !cn_web_award_view(&m, &c, &v.award, err)) return false;
    v.page = cn_making_page(&m, rq->path, cn_making_text(&m, CN_MSG_settings_title, v.award.name, (cn_slice){0}));
    v.action = path(&m, rq->path);
    v.on = c.page_on;
    cn_tpl_credential_settings(&m.out, &v);
    return cn_making_finish(&m, 200, rs, err);
}

static bool save_settings(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_credential c;
    cn_slice page = cn_request_text(rq, CN_S("page"));
    cn_making_start(&m, app, rq);
    if (!find_held(&m, &c, err)) return false;
    bool on = cn_slice_eq(page, CN_S("on"));
    if (!on && !cn_slice_eq(page, CN_S("off")))
        return cn_fail(err, CN_INVALID, "settings.page", "The form does not say whether the page is shown.");
    if (!cn_app_credential_show(rq->arena, m.web->app, rq->now, c.holder, c.id, on, err)) return false;
    return cn_response_see_other(rq, rs, part(&m, &c, "").text) || cn_fail_memory(err);
}

/* ---- Routes ---- */

enum { FORM_MAX = 8 << 10, CODE_COST = CN_VERIFY_COST, RENEW_COST = 20 };

static const cn_route routes[] = {
    {.method = CN_GET, .path = "/claim", .handle = cn_web_claim_form},
    {.method = CN_POST,
     .path = "/claim",
     .handle = cn_web_claim_code,
     .csrf = CN_CSRF_ORIGIN,
     .max_body = FORM_MAX,
     .cost = CODE_COST},
    {.method = CN_GET, .path = "/claim/:token", .handle = cn_web_claim_look, .cost = 1},
    {.method = CN_POST,
     .path = "/claim/:token",
     .handle = cn_web_claim_use,
     .csrf = CN_CSRF_ORIGIN,
     .max_body = FORM_MAX,
     .cost = 1},
    {.method = CN_POST,
     .path = "/claim/:token/again",
     .handle = cn_web_claim_renew,
     .csrf = CN_CSRF_ORIGIN,
     .max_body = FORM_MAX,
     .cost = RENEW_COST},
    {.method = CN_GET, .path = "/check", .handle = cn_web_check_form},
    {.method = CN_POST,
     .path = "/check",
     .handle = cn_web_check_code,
     .changes_nothing = true,
     .max_body = FORM_MAX,
     .cost = CODE_COST},
    {.method = CN_GET, .path = "/credentials", .handle = show_held, .permission = CN_SIGNED_IN},
    {.method = CN_GET, .path = "/credentials/:credential", .handle = show_credential, .cost = CN_VERIFY_COST},
    {.method = CN_GET, .path = "/credentials/:credential/credential.json", .handle = give_json, .cost = 1},
    {.method = CN_GET, .path = "/credentials/:credential/credential.png", .handle = give_png, .cost = 1},
    {.method = CN_GET, .path = "/credentials/:credential/credential.svg", .handle = give_svg, .cost = 1},
    {.method = CN_GET,
     .path = "/credentials/:credential/settings",
     .handle = show_settings,
     .permission = CN_SIGNED_IN},
    {.method = CN_POST,
     .path = "/credentials/:credential/settings",
     .handle = save_settings,
     .permission = CN_SIGNED_IN,
     .csrf = CN_CSRF_TOKEN,
     .max_body = FORM_MAX},
};

const cn_route_group cn_web_credential_routes = {routes, sizeof routes / sizeof *routes};
