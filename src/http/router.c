/* SPDX-License-Identifier: Apache-2.0
 *
 * From a request to a response by the table of routes: what a row asks for (method, permission, token, tokens
 * of the address, size of the body) is checked here, so that no page can forget it.
 */
#include "http/inside.h"

enum { BODY_OF_ANYBODY = 64 << 10 };

/* ---- The table ---- */

static bool is_complete(const cn_route *r) {
    bool says_csrf = r->csrf != CN_CSRF_NONE || r->changes_nothing;
    return r->path && r->path[0] == '/' && r->handle && r->permission < CN_PERMISSIONS &&
           (r->method == CN_GET || (r->method == CN_POST && says_csrf));
}

bool cn_site_join(cn_arena *a, cn_site *site, const cn_route_group *const *groups, size_t n, cn_err *err) {
    size_t rows = 0;
    for (size_t i = 0; i < n; i++) rows += groups[i]->n;
    cn_route *all = CN_NEW_ARRAY(a, cn_route, rows);
    if (!all) return cn_fail_memory(err);
    site->routes = all;
    site->routes_n = rows;
    for (size_t i = 0; i < n; i++)
        for (size_t row = 0; row < groups[i]->n; row++) {
            assert(is_complete(&groups[i]->routes[row]));
            *all++ = groups[i]->routes[row];
        }
    return true;
}

/* ---- Finding the route ---- */

/* Whether the path fits the pattern segment by segment; a ":name" takes any that is not empty. With `args` their
 * values are added. */
static bool match(cn_arena *a, cn_slice pattern, cn_slice path, cn_fields *args) {
    cn_slice want, have;
    for (;;) {
        bool more = cn_slice_cut(pattern, '/', &want, &pattern);
        if (cn_slice_cut(path, '/', &have, &path) != more) return false;
        bool named = want.n > 1 && want.p[0] == ':';
        if (named ? !have.n : !cn_slice_eq(want, have)) return false;
        if (named && args && !cn_fields_add(a, args, cn_slice_from(want, 1), have)) return false;
        if (!more) return true;
    }
}

static bool fits(const cn_route *r, const cn_request *rq) {
    return match(rq->arena, cn_slice_of(r->path), rq->path, NULL);
}

static cn_method asked(const cn_request *rq) {
    return rq->method == CN_HEAD ? CN_GET : rq->method;
}

const cn_route *cn_site_route(const cn_site *site, const cn_request *rq) {
    for (size_t i = 0; i < site->routes_n; i++)
        if (site->routes[i].method == asked(rq) && fits(&site->routes[i], rq)) return &site->routes[i];
    return NULL;
}

/* The segments' values stand before the query's arguments: a query cannot stand in for one. */
static bool set_route(cn_request *rq, const cn_route *route) {
    cn_fields args = {0};
    if (!match(rq->arena, cn_slice_of(route->path), rq->path, &args)) return false;
    if (args.n) {
        for (size_t i = 0; i < rq->args.n; i++)
            if (!cn_fields_add(rq->arena, &args, rq->args.v[i].name, rq->args.v[i].value)) return false;
        rq->args = args;
    }
    rq->route = route;
    return true;
}

/* The methods of a path (RFC 9110, 10.2.1); empty when no route has it. */
static cn_slice allowed(const cn_site *site, const cn_request *rq) {
    static const cn_slice texts[] = {CN_S_INIT(""), CN_S_INIT("GET, HEAD"), CN_S_INIT("POST"),
                                     CN_S_INIT("GET, HEAD, POST")};
    size_t mask = 0;
    for (size_t i = 0; i < site->routes_n; i++)
        if (fits(&site->routes[i], rq)) mask |= site->routes[i].method == CN_GET ? 1 : 2;
    return texts[mask];
}

/* ---- Errors ---- */

static bool wants_json(const cn_request *rq) {
    cn_slice accept = cn_request_header(rq, CN_S("accept"));
    return (rq->route && rq->route->json) || cn_slice_starts(accept, CN_S("application/json")) ||
           cn_slice_starts(accept, CN_S("application/problem+json"));
}

static void set_language(const cn_site *site, cn_request *rq) {
    static const cn_slice languages[] = {CN_S_INIT("en"), CN_S_INIT("fr")};
    cn_slice asked_for = cn_request_arg(rq, CN_S("lang"));
    if (site->choose_language) rq->language = site->choose_language(site->app, rq);
    for (size_t i = 0; !rq->language.n && i < 2; i++)
        if (cn_slice_eq(asked_for, languages[i])) rq->language = languages[i];
    if (!rq->language.n)
        rq->language = cn_language_choose(cn_request_header(rq, CN_S("accept-language")), languages, 2);
}

static void show_error(const cn_site *site, cn_request *rq, int status, const cn_err *why, cn_response *rs) {
    cn_fields headers = rs->headers;
    *rs = (cn_response){.status = status, .headers = headers};
    bool shown = wants_json(rq) ? cn_response_problem(rq, status, why, rs)
                                : site->error_page && site->error_page(site->app, rq, status, why, rs);
    if (!shown) cn_response_bare(status, rs);
    if (!shown) rs->headers = headers;
    if (rs->status != 303) rs->status = status;
    rs->immutable = false;
}

void cn_site_refuse(const cn_site *site, cn_request *rq, int status, const cn_err *why, cn_response *rs) {
    *rs = (cn_response){0};
    rq->origin = site->origin;
    if (!rq->language.n) set_language(site, rq);
    show_error(site, rq, status, why, rs);
    if (!cn_response_secure(rq, rs)) cn_response_bare(503, rs);
}

/* ---- What a row asks for ---- */

typedef struct refusal {
    int status; /* 0: the status of the error's code */
    cn_err err;
} refusal;

static bool refuse(refusal *r, int status, cn_code code, const char *id, const char *why) {
    r->status = status;
    return cn_fail(&r->err, code, id, "%s", why);
}

static bool find_route(const cn_site *site, cn_request *rq, cn_response *rs, refusal *no) {
    const cn_route *route = cn_site_route(site, rq);
    if (route) return set_route(rq, route) || cn_fail_memory(&no->err);
    cn_slice allow = allowed(site, rq);
    if (!allow.n) return refuse(no, 404, CN_NOT_FOUND, "http.path", "There is nothing at this address.");
    if (!cn_response_header(rq, rs, CN_S("allow"), allow)) return cn_fail_memory(&no->err);
    return refuse(no, 405, CN_INVALID, "http.method", "This address does not answer to that method.");
}

static bool check_rate(cn_request *rq, cn_response *rs, refusal *no) {
    if (!rq->wait && cn_request_take(rq, rq->route->cost, &rq->wait)) return true;
    if (!cn_response_wait(rq, rs, rq->wait)) return cn_fail_memory(&no->err);
    if (rq->route->own_wait) return true;
    return refuse(no, 429, CN_LIMIT, "http.rate", "Too many requests came from this address.");
}

static bool check_permission(const cn_site *site, cn_request *rq, refusal *no) {
    if (site->permit) return site->permit(site->app, rq, &no->err);
    if (rq->route->permission == CN_PUBLIC) return true;
    return refuse(no, 403, CN_DENIED, "http.permission", "This is not allowed.");
}

bool cn_site_takes_body(const cn_site *site, cn_request *rq, const cn_route *route) {
    refusal no = {0};
    if (route->permission == CN_PUBLIC || route->max_body <= BODY_OF_ANYBODY) return true;
    rq->origin = site->origin;
    return set_route(rq, route) && check_permission(site, rq, &no);
}

static bool read_form(cn_request *rq, refusal *no) {
    cn_slice type = cn_request_header(rq, CN_S("content-type")), name, parameters;
    if (rq->method != CN_POST || rq->body_too_large) return true;
    (void)cn_slice_cut(type, ';', &name, &parameters);
    name = cn_slice_trim(name);
    if (cn_slice_eq_nocase(name, CN_S("application/x-www-form-urlencoded")))
        return cn_form_read_urlencoded(rq->arena, rq->body, &rq->form, &no->err);
    if (cn_slice_eq_nocase(name, CN_S("multipart/form-data")))
        return cn_form_read_multipart(rq->arena, rq->body, type, &rq->form, &no->err);
    return true;
}

static bool check_csrf(const cn_site *site, const cn_request *rq, refusal *no) {
    cn_csrf asks = rq->route->csrf;
    if (asks == CN_CSRF_NONE || rq->method != CN_POST) return true;
    bool sent = cn_http_is_own(rq);
    if (asks == CN_CSRF_TOKEN) sent = sent && site->check_csrf && site->check_csrf(site->app, rq);
    if (sent) return true;
    return refuse(no, 403, CN_DENIED, "http.csrf",
                  "The form was not sent from a page of this site, or it is too old.");
}

static bool check_size(const cn_request *rq, refusal *no) {
    if (!rq->body_too_large || rq->route->own_too_large) return true;
    return refuse(no, 413, CN_LIMIT, "http.body", "What was sent is larger than this address takes.");
}

/* What stays for the error's page: the route, and the headers a refusal brings with it. */
static bool admit(const cn_site *site, cn_request *rq, cn_response *rs, refusal *no) {
    return find_route(site, rq, rs, no) && check_permission(site, rq, no) && check_rate(rq, rs, no);
}

static bool run(const cn_site *site, cn_request *rq, cn_response *rs, refusal *no) {
    if (!check_size(rq, no) || !read_form(rq, no) || !check_csrf(site, rq, no)) return false;
    return rq->route->handle(site->app, rq, rs, &no->err);
}

void cn_site_answer(const cn_site *site, cn_request *rq, cn_response *rs) {
    refusal no = {0};
    *rs = (cn_response){.status = 200};
    rq->origin = site->origin;
    set_language(site, rq);
    bool done = admit(site, rq, rs, &no);
    if (done) {
        /* What a handler made is given back when it fails, so that there is room for the error's page. */
        cn_arena_mark mark = cn_arena_get_mark(rq->arena);
        done = run(site, rq, rs, &no);
        if (!done) {
            rq->form = (cn_form){0};
            rs->headers = (cn_fields){0};
            cn_arena_reset(rq->arena, mark);
        }
    }
    if (!done) show_error(site, rq, no.status ? no.status : cn_status_of(&no.err), &no.err, rs);
    if (!cn_response_secure(rq, rs)) cn_response_bare(503, rs);
}
