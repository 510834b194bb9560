/* SPDX-License-Identifier: Apache-2.0
 *
 * An organisation's keys, for its administrators: which there are, the next one, signing as a domain of its own.
 */
#include "web/keys.h"
#include "web/messages.h"

#include "base/base.h"

typedef struct desk {
    cn_making m;
    const cn_app *app;
    const cn_session *session;
} desk;

static void start(desk *d, void *web, const cn_request *rq) {
    cn_making_start(&d->m, web, rq);
    d->app = d->m.web->app;
    d->session = cn_web_session(rq);
    assert(d->session && d->session->organisation.number);
}

/* Under the organisation's own pages; empty at the arena's maximum. */
static cn_slice path(const desk *d, const char *rest) {
    cn_slice out;
    return cn_arena_print(d->m.rq->arena, &out, "/organisations/%.*s%s", CN_ARG(d->session->organisation.id), rest)
               ? out
               : (cn_slice){0};
}

static cn_url url(const desk *d, const char *rest) {
    return cn_url_path(d->m.rq->arena, path(d, rest), d->m.language);
}

static bool done(const desk *d, const char *word, cn_response *rs, cn_err *err) {
    cn_slice to;
    return (cn_arena_print(d->m.rq->arena, &to, "%.*s?done=%s&lang=%.*s", CN_ARG(path(d, "/keys")), word,
                           CN_ARG(cn_language_tag(d->m.language))) &&
            cn_response_see_other(d->m.rq, rs, to)) ||
           cn_fail_memory(err);
}

/* ---- In words ---- */

static cn_slice when(const cn_making *m, const cn_stored_key *key) {
    cn_slice from = cn_words_date(m, key->created_at, false);
    if (!key->retired_at.sec) return cn_making_text(m, CN_MSG_keys_since, from, (cn_slice){0});
    return cn_making_text(m, CN_MSG_keys_from_until, from, cn_words_date(m, key->retired_at, false));
}

bool cn_view_keys_fill(const cn_making *m, const cn_stored_keys *keys, cn_view_keys *out, cn_err *err) {
    cn_view_key *v = CN_NEW_ARRAY(m->rq->arena, cn_view_key, keys->n);
    if (!v) return cn_fail_memory(err);
    for (size_t i = 0; i < keys->n; i++)
        v[i] = (cn_view_key){
            .issuer = keys->v[i].issuer, .when = when(m, &keys->v[i]), .at_work = !keys->v[i].retired_at.sec};
    *out = (cn_view_keys){v, keys->n};
    return true;
}

/* ---- The list ---- */

static cn_slice done_words(const desk *d) {
    static const struct {
        cn_slice word;
        cn_msg message;
    } all[] = {{CN_S_INIT("retired"), CN_MSG_keys_done_retired},
               {CN_S_INIT("domain"), CN_MSG_keys_done_domain},
               {CN_S_INIT("left"), CN_MSG_keys_done_left}};
    cn_slice word = cn_request_arg(d->m.rq, CN_S("done"));
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (cn_slice_eq(word, all[i].word)) return cn_message(d->m.language, all[i].message);
    return (cn_slice){0};
}

static bool list(void *web, const cn_request *rq, cn_response *rs, cn_err *err) {
    desk d;
    cn_stored_keys keys;
    cn_page_keys v = {0};
    start(&d, web, rq);
    const cn_organisation *o = &d.session->organisation;
    if (!cn_app_keys(rq->arena, d.app, rq->now, o->number, &keys, err)) return false;
    if (!cn_view_keys_fill(&d.m, &keys, &v.keys, err)) return false;
    v.page = cn_making_page(&d.m, path(&d, "/keys"), cn_message(d.m.language, CN_MSG_keys_title));
    v.organisation = cn_making_choose(&d.m, d.session->organisation.name);
    v.done = done_words(&d);
    v.back = url(&d, "");
    v.retire = url(&d, "/keys/retire");
    v.domain_page = url(&d, "/keys/domain");
    v.domain_leave = url(&d, "/keys/leave");
    v.profile_address = cn_form_issuer_url(rq->arena, d.app->origin, o->id);
    v.profile = cn_url_web(v.profile_address);
    v.can_sign = d.app->master != NULL;
    v.domain = o->domain;
    cn_tpl_keys(&d.m.out, &v);
    return cn_making_finish(&d.m, 200, rs, err);
}

/* One button, so that nobody retires a key by a slip of the hand. */
static bool retire_form(void *web, const cn_request *rq, cn_response *rs, cn_err *err) {
    desk d;
    start(&d, web, rq);
    cn_page_key_retire v = {
        .domain = d.session->organisation.domain, .back = url(&d, "/keys"), .retire = url(&d, "/keys/retire")};
    v.page = cn_making_page(&d.m, path(&d, "/keys/retire"), cn_message(d.m.language, CN_MSG_keys_retire_title));
    cn_tpl_key_retire(&d.m.out, &v);
    return cn_making_finish(&d.m, 200, rs, err);
}

static bool retire(void *web, const cn_request *rq, cn_response *rs, cn_err *err) {
    desk d;
    start(&d, web, rq);
    return cn_app_key_retire(rq->arena, d.app, rq->now, d.session->organisation.number, d.session->person.number,
                             err) &&
           done(&d, "retired", rs, err);
}

/* ---- A domain of its own ---- */

static cn_msg problem_of(const cn_err *err) {
    static const struct {
        cn_slice id;
        cn_msg message;
    } all[] = {{CN_S_INIT("domain.form"), CN_MSG_domain_problem_form},
               {CN_S_INIT("domain.json"), CN_MSG_domain_problem_json},
               {CN_S_INIT("domain.other"), CN_MSG_domain_problem_other},
               {CN_S_INIT("domain.keys"), CN_MSG_domain_problem_keys}};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (cn_slice_eq(cn_slice_of(err->id), all[i].id)) return all[i].message;
    return CN_MSG_domain_problem_unreachable;
}

/* The domain as people paste it: without scheme, slash and capitals. */
static cn_slice domain_in(cn_arena *a, cn_slice typed) {
    char text[256];
    cn_slice s = cn_slice_trim(typed), head, tail, out;
    cn_slice scheme = CN_S("https://");
    if (cn_slice_eq_nocase(cn_slice_sub(s, 0, scheme.n), scheme)) s = cn_slice_from(s, scheme.n);
    (void)cn_slice_cut(s, '/', &head, &tail);
    if (head.n >= sizeof text) return s;
    for (size_t i = 0; i < head.n; i++)
        text[i] = (char)(head.p[i] >= 'A' && head.p[i] <= 'Z' ? head.p[i] | 0x20 : head.p[i]);
    return cn_arena_copy(a, cn_slice_bytes(text, head.n), &out) ? out : (cn_slice){0};
}

/* What to publish, and where; a domain that is none leaves it empty. */
static bool fill_document(const desk *d, cn_page_domain *v, cn_err *err) {
    const cn_organisation *o = &d->session->organisation;
    cn_slice file;
    if (!v->domain.n) return true;
    if (!cn_app_did_document(d->m.rq->arena, d->app, d->m.rq->now, o, v->domain, &v->document, err)) {
        if (err->code != CN_INVALID) return false;
        v->error = cn_message(d->m.language, problem_of(err));
        return true;
    }
    if (!cn_arena_print(d->m.rq->arena, &v->address, "https://%.*s/.well-known/did.json", CN_ARG(v->domain)) ||
        !cn_arena_print(d->m.rq->arena, &file, "%.*s?domain=%.*s", CN_ARG(path(d, "/keys/did.json")),
                        CN_ARG(v->domain)))
        return cn_fail_memory(err);
    v->file = (cn_url){file};
    return true;
}

static bool show_domain(desk *d, cn_slice domain, cn_slice error, cn_response *rs, cn_err *err) {
    cn_page_domain v = {
        .organisation = cn_making_choose(&d->m, d->session->organisation.name), .domain = domain, .error = error};
    if (!fill_document(d, &v, err)) return false;
    v.page = cn_making_page(&d->m, path(d, "/keys/domain"), cn_message(d->m.language, CN_MSG_domain_title));
    v.page.wrong = v.error.n > 0;
    v.back = url(d, "/keys");
    v.self = url(d, "/keys/domain");
    v.check = url(d, "/keys/domain");
    cn_tpl_domain(&d->m.out, &v);
    return cn_making_finish(&d->m, v.error.n ? 422 : 200, rs, err);
}

static bool domain(void *web, const cn_request *rq, cn_response *rs, cn_err *err) {
    desk d;
    start(&d, web, rq);
    return show_domain(&d, domain_in(rq->arena, cn_request_arg(rq, CN_S("domain"))), (cn_slice){0}, rs, err);
}

static bool check(void *web, const cn_request *rq, cn_response *rs, cn_err *err) {
    desk d;
    start(&d, web, rq);
    cn_slice asked = domain_in(rq->arena, cn_request_text(rq, CN_S("domain")));
    const cn_session *s = d.session;
    if (!asked.n) return show_domain(&d, asked, cn_message(d.m.language, CN_MSG_domain_problem_form), rs, err);
    if (cn_app_domain_use(rq->arena, d.app, d.m.web->resolver, rq->now, s->organisation.number, s->person.number,
                          asked, err))
        return done(&d, "domain", rs, err);
    if (err->code == CN_INTERNAL || cn_slice_eq(cn_slice_of(err->id), CN_S("keys.master"))) return false;
    return show_domain(&d, asked, cn_message(d.m.language, problem_of(err)), rs, err);
}

static bool leave(void *web, const cn_request *rq, cn_response *rs, cn_err *err) {
    desk d;
    start(&d, web, rq);
    return cn_app_domain_use(rq->arena, d.app, NULL, rq->now, d.session->organisation.number,
                             d.session->person.number, CN_S(""), err) &&
           done(&d, "left", rs, err);
}

static bool file(void *web, const cn_request *rq, cn_response *rs, cn_err *err) {
    desk d;
    start(&d, web, rq);
    rs->media_type = CN_S("application/json");
    return cn_app_did_document(rq->arena, d.app, rq->now, &d.session->organisation,
                               cn_request_arg(rq, CN_S("domain")), &rs->body, err) &&
           (cn_response_header(rq, rs, CN_S("content-disposition"), CN_S("attachment; filename=\"did.json\"")) ||
            cn_fail_memory(err));
}

/* ---- Routes ---- */

#define HERE "/organisations/:org/keys"
enum { FORM_MAX = 4096, CHECK_COST = 5 };
#define FORM .method = CN_POST, .permission = CN_ADMINISTRATOR, .csrf = CN_CSRF_TOKEN, .max_body = FORM_MAX

static const cn_route routes[] = {
    {.method = CN_GET, .path = HERE, .handle = list, .permission = CN_ADMINISTRATOR},
    {.method = CN_GET, .path = HERE "/retire", .handle = retire_form, .permission = CN_ADMINISTRATOR},
    {FORM, .path = HERE "/retire", .handle = retire},
    {.method = CN_GET, .path = HERE "/domain", .handle = domain, .permission = CN_ADMINISTRATOR},
    {FORM, .path = HERE "/domain", .handle = check, .cost = CHECK_COST},
    {FORM, .path = HERE "/leave", .handle = leave},
    {.method = CN_GET, .path = HERE "/did.json", .handle = file, .permission = CN_ADMINISTRATOR},
};
const cn_route_group cn_web_keys_routes = {routes, sizeof routes / sizeof routes[0]};
