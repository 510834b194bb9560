/* SPDX-License-Identifier: Apache-2.0
 *
 * What all pages share: the language, the frame around them, and how they become a response.
 */
#include "web/pages.h"
#include "web/session.h"

#include "base/base.h"

/* ---- Language ---- */

cn_slice cn_web_choose_language(void *app, const cn_request *rq) {
    static const cn_slice ours[] = {CN_S_INIT("en"), CN_S_INIT("fr")};
    cn_slice asked = cn_request_arg(rq, CN_S("lang"));
    (void)app;
    for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++)
        if (cn_slice_eq_nocase(asked, ours[i])) return ours[i];
    return cn_language_choose(cn_request_header(rq, CN_S("accept-language")), ours, sizeof ours / sizeof ours[0]);
}

/* ---- Making a page ---- */

void cn_making_start(cn_making *m, const cn_web *web, const cn_request *rq) {
    *m = (cn_making){
        .web = web, .rq = rq, .language = cn_language_of(rq->language), .body = cn_buf_on(rq->arena, 0)};
    m->out = (cn_html_out){.out = &m->body, .language = m->language};
}

static cn_slice current(cn_slice path, cn_slice own) {
    return cn_slice_eq(path, own) ? CN_S("page") : CN_S("false");
}

/* Who is signed in, and where they may go. */
static void add_person(const cn_making *m, cn_slice path, cn_page *page) {
    const cn_session *s = cn_web_session(m->rq);
    cn_arena *a = m->rq->arena;
    page->sign_in = cn_url_path(a, CN_S("/sign-in"), m->language);
    page->at_sign_in = current(path, CN_S("/sign-in"));
    if (!s) return;
    page->signed_in = true;
    page->staff = s->staff;
    page->csrf = s->csrf;
    page->user = s->person.name.n ? s->person.name : s->person.email;
    page->sign_out = cn_url_path(a, CN_S("/sign-out"), m->language);
    page->account = cn_url_path(a, CN_S("/account"), m->language);
    page->credentials = cn_url_path(a, CN_S("/credentials"), m->language);
    page->organisations = cn_url_path(a, CN_S("/organisations"), m->language);
    page->at_account = current(path, CN_S("/account"));
    page->at_credentials = current(path, CN_S("/credentials"));
    page->at_organisations = current(path, CN_S("/organisations"));
}

/* Where organisations work, and what they have made is read. */
static bool at_desk(cn_slice path) {
    static const char *const groups[] = {"/organisations", "/achievements", "/endorsements",
                                         "/frameworks",    "/competencies", "/self-check"};
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        if (cn_slice_starts(path, cn_slice_of(groups[i]))) return true;
    return false;
}

cn_page cn_making_page(cn_making *m, cn_slice path, cn_slice title) {
    cn_language other = m->language == CN_FR ? CN_EN : CN_FR;
    cn_arena *a = m->rq->arena;
    cn_page page = {
        .title = title,
        .language = cn_language_tag(m->language),
        .other_language = cn_language_tag(other),
        .home = cn_url_path(a, CN_S("/"), m->language),
        .verify = cn_url_path(a, CN_S("/verify"), m->language),
        .accessibility = cn_url_path(a, CN_S("/accessibility"), m->language),
        .frameworks = cn_url_path(a, CN_S("/frameworks"), m->language),
        .competencies = cn_url_path(a, CN_S("/competencies"), m->language),
        .other = cn_url_path(a, path, other),
        .style = cn_url_static("cairn.css"),
        .desk_style = cn_url_static("desk.css"),
        .at_desk = at_desk(path),
        .mark = cn_url_static("mark.svg"),
        .at_home = current(path, CN_S("/")),
        .at_verify = current(path, CN_S("/verify")),
        .at_accessibility = current(path, CN_S("/accessibility")),
        .at_frameworks = current(path, CN_S("/frameworks")),
        .at_competencies = current(path, CN_S("/competencies")),
        .demo = m->web->demo,
        .mailbox = cn_url_path(a, CN_S("/mailbox"), m->language),
    };
    add_person(m, path, &page);
    return page;
}

bool cn_making_unlisted(const cn_making *m, cn_page *page, cn_response *rs, cn_err *err) {
    page->unlisted = true;
    return cn_response_header(m->rq, rs, CN_S("x-robots-tag"), CN_S("noindex, nofollow")) || cn_fail_memory(err);
}

bool cn_web_allow_script(const cn_request *rq, cn_response *rs, cn_err *err) {
    return cn_response_header(rq, rs, CN_S("content-security-policy"),
                              CN_S("default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; "
                                   "img-src 'self' data:; form-action 'self'; base-uri 'none'; "
                                   "frame-ancestors 'none'")) ||
           cn_fail_memory(err);
}

bool cn_making_finish(cn_making *m, int status, cn_response *rs, cn_err *err) {
    if (!cn_buf_ok(&m->body)) return cn_fail_memory(err);
    rs->status = status;
    rs->media_type = CN_S("text/html; charset=utf-8");
    rs->body = cn_buf_slice(&m->body);
    return (cn_response_header(m->rq, rs, CN_S("content-language"), cn_language_tag(m->language)) &&
            cn_response_header(m->rq, rs, CN_S("vary"), CN_S("Accept-Language"))) ||
           cn_fail_memory(err);
}

cn_slice cn_making_choose(const cn_making *m, cn_bilingual text) {
    return m->language == CN_FR ? text.fr : text.en;
}

cn_slice cn_making_either(const cn_making *m, cn_bilingual text, cn_slice *language) {
    bool french = m->language == CN_FR, there = (french ? text.fr : text.en).n > 0;
    cn_language is = french == there ? CN_FR : CN_EN;
    if (language) *language = cn_language_tag(is);
    return is == CN_FR ? text.fr : text.en;
}

cn_slice cn_making_text(const cn_making *m, cn_msg message, cn_slice first, cn_slice second) {
    cn_message_arg args[] = {cn_message_arg_slice(first), cn_message_arg_slice(second)};
    cn_buf b = cn_buf_on(m->rq->arena, 0);
    cn_message_plain(&b, m->language, message, 2, args);
    return cn_buf_ok(&b) ? cn_buf_slice(&b) : (cn_slice){0};
}

cn_slice cn_making_plural(const cn_making *m, cn_msg message, unsigned long long count) {
    cn_buf b = cn_buf_on(m->rq->arena, 0);
    cn_message_plural(&b, m->language, message, count);
    return cn_buf_ok(&b) ? cn_buf_slice(&b) : (cn_slice){0};
}

cn_slice cn_making_number(const cn_making *m, unsigned long long number) {
    cn_buf b = cn_buf_on(m->rq->arena, 24);
    cn_buf_u64(&b, number);
    return cn_buf_ok(&b) ? cn_buf_slice(&b) : (cn_slice){0};
}

/* ---- Routes ---- */

enum { UPLOAD_MAX = 8 << 20 };

static const cn_route routes[] = {
    {.method = CN_GET, .path = "/", .handle = cn_web_home, .quick = true},
    {.method = CN_GET, .path = "/verify", .handle = cn_web_verify_form, .quick = true},
    {.method = CN_POST,
     .path = "/verify",
     .handle = cn_web_verify,
     .csrf = CN_CSRF_NONE,
     .changes_nothing = true,
     .max_body = UPLOAD_MAX,
     .cost = CN_FORM_COST,
     .own_too_large = true,
     .own_wait = true},
    {.method = CN_GET, .path = "/accessibility", .handle = cn_web_accessibility, .quick = true},
    {.method = CN_GET, .path = "/static/:file", .handle = cn_web_static, .quick = true},
};

const cn_route_group cn_web_site_routes = {routes, sizeof routes / sizeof routes[0]};

bool cn_web_attachment(const cn_making *m, cn_msg name, cn_response *rs, cn_err *err) {
    cn_slice value;
    return (cn_arena_print(m->rq->arena, &value, "attachment; filename=\"%.*s\"",
                           CN_ARG(cn_message(m->language, name))) &&
            cn_response_header(m->rq, rs, CN_S("content-disposition"), value)) ||
           cn_fail_memory(err);
}
