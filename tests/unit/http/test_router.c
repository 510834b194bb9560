/* SPDX-License-Identifier: Apache-2.0
 *
 * The table of routes: what a row asks for is checked before its handler runs.
 */
#include "../check.h"
#include "http/http.h"

static bool handle(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    (void)err;
    ++*(int *)app;
    rs->media_type = CN_S("text/html; charset=utf-8");
    rs->body = cn_request_arg(rq, CN_S("name"));
    return true;
}

static bool fail_late(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    (void)app;
    rs->status = 200;
    if (!cn_response_header(rq, rs, CN_S("x-left"), CN_S("over"))) return cn_fail_memory(err);
    return cn_fail(err, CN_UNAVAILABLE, "net.connect", "The other site does not answer.");
}

static bool eat_memory(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    (void)app, (void)rs;
    while (cn_arena_alloc(rq->arena, 4096)) {
    }
    return cn_fail_memory(err);
}

static bool immutable(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    (void)app, (void)rq, (void)err;
    rs->media_type = CN_S("text/css");
    rs->immutable = true;
    return true;
}

static bool page(void *app, const cn_request *rq, int status, const cn_err *why, cn_response *rs) {
    (void)app;
    rs->media_type = CN_S("text/html; charset=utf-8");
    return cn_arena_print(rq->arena, &rs->body, "%d %s %.*s", status, why->id, CN_ARG(rq->language));
}

static bool token_is_good(void *app, const cn_request *rq) {
    (void)app;
    return cn_slice_eq(cn_request_text(rq, CN_S("token")), CN_S("good"));
}

static const cn_route routes[] = {
    {CN_GET, "/", handle, CN_PUBLIC, CN_CSRF_NONE, 0, 0, false, false, false, false, false},
    {CN_GET, "/file/new", handle, CN_PUBLIC, CN_CSRF_NONE, 0, 0, false, false, false, false, false},
    {CN_GET, "/file/:name", handle, CN_PUBLIC, CN_CSRF_NONE, 0, 0, false, false, false, false, false},
    {CN_GET, "/file/:name/edit", handle, CN_PUBLIC, CN_CSRF_NONE, 0, 0, false, false, false, false, false},
    {CN_POST, "/file/:name/edit", handle, CN_PUBLIC, CN_CSRF_TOKEN, 100, 0, false, false, false, false, false},
    {CN_POST, "/open", handle, CN_PUBLIC, CN_CSRF_NONE, 100, 0, false, false, false, true, false},
    {CN_POST, "/own", handle, CN_PUBLIC, CN_CSRF_NONE, 100, 0, true, false, false, true, false},
    {CN_GET, "/costly", handle, CN_PUBLIC, CN_CSRF_NONE, 0, 2, false, false, false, false, false},
    {CN_GET, "/patient", handle, CN_PUBLIC, CN_CSRF_NONE, 0, 2, false, true, false, false, false},
    {CN_GET, "/late", fail_late, CN_PUBLIC, CN_CSRF_NONE, 0, 0, false, false, false, false, false},
    {CN_GET, "/eat", eat_memory, CN_PUBLIC, CN_CSRF_NONE, 0, 0, false, false, false, false, false},
    {CN_GET, "/program", fail_late, CN_PUBLIC, CN_CSRF_NONE, 0, 0, false, false, false, false, true},
    {CN_GET, "/static", immutable, CN_PUBLIC, CN_CSRF_NONE, 0, 0, false, false, false, false, false},
};

typedef struct fixture {
    cn_arena *a;
    cn_request rq;
    cn_response rs;
    cn_site site;
    int handled;
} fixture;

static void setup(fixture *f) {
    *f = (fixture){.a = cn_arena_new(1 << 20)};
    f->site = (cn_site){.routes = routes,
                        .routes_n = sizeof routes / sizeof *routes,
                        .error_page = page,
                        .check_csrf = token_is_good};
    f->rq = (cn_request){.arena = f->a};
}

static void ask(fixture *f, cn_method method, const char *target) {
    cn_err err;
    f->site.app = &f->handled;
    f->rq.method = method;
    assert_true(cn_request_target(&f->rq, cn_slice_of(target), &err));
    cn_site_answer(&f->site, &f->rq, &f->rs);
}

static cn_slice header(const fixture *f, const char *name) {
    for (size_t i = 0; i < f->rs.headers.n; i++)
        if (cn_slice_eq(f->rs.headers.v[i].name, cn_slice_of(name))) return f->rs.headers.v[i].value;
    return (cn_slice){0};
}

static void check_answer(cn_method method, const char *target, int status, const char *body, const char *allow) {
    fixture f;
    setup(&f);
    ask(&f, method, target);
    if (f.rs.status != status || !cn_slice_eq(f.rs.body, cn_slice_of(body)))
        fail_msg("%s: %d \"%.*s\"", target, f.rs.status, CN_ARG(f.rs.body));
    assert_true(cn_slice_eq(header(&f, "allow"), cn_slice_of(allow)));
    assert_int_equal(f.handled, status == 200);
    assert_true(cn_slice_starts(header(&f, "content-security-policy"), CN_S("default-src 'none'; ")));
    check_text(header(&f, "x-content-type-options"), "nosniff");
    check_text(header(&f, "cache-control"), "no-store");
    check_text(header(&f, "content-language"), "en");
    cn_arena_free(f.a);
}

static void test_routes(void **state) {
    (void)state;
    check_answer(CN_GET, "/", 200, "", "");
    check_answer(CN_HEAD, "/", 200, "", "");
    check_answer(CN_GET, "/file/a%20b", 200, "a b", "");
    check_answer(CN_GET, "/file/new", 200, "", ""); /* the first row counts */
    check_answer(CN_GET, "/file/a/edit", 200, "a", "");
    check_answer(CN_GET, "/file/a?name=b", 200, "a", ""); /* a query cannot stand in for a segment */
    check_answer(CN_GET, "/?name=b", 200, "b", "");
    check_answer(CN_GET, "/file/", 404, "404 http.path en", "");
    check_answer(CN_GET, "/file", 404, "404 http.path en", "");
    check_answer(CN_GET, "/file/a/", 404, "404 http.path en", "");
    check_answer(CN_GET, "/file//edit", 404, "404 http.path en", "");
    check_answer(CN_GET, "//", 404, "404 http.path en", "");
    check_answer(CN_POST, "/file/a", 405, "405 http.method en", "GET, HEAD");
    check_answer(CN_METHODS, "/file/a/edit", 405, "405 http.method en", "GET, HEAD, POST");
    check_answer(CN_HEAD, "/open", 405, "405 http.method en", "POST");
    check_answer(CN_METHODS, "/nowhere", 404, "404 http.path en", "");
}

static void post(fixture *f, const char *target, cn_slice type, cn_slice body) {
    static cn_field content_type;
    content_type = (cn_field){CN_S("content-type"), type};
    f->rq.headers = (cn_fields){&content_type, 1, 1};
    f->rq.body = body;
    ask(f, CN_POST, target);
}

static void check_post(const char *target, cn_slice type, cn_slice body, int status) {
    fixture f;
    setup(&f);
    post(&f, target, type, body);
    if (f.rs.status != status) fail_msg("%s %s: %d", target, body.p, f.rs.status);
    cn_arena_free(f.a);
}

static void test_forms(void **state) {
    (void)state;
    const cn_slice url = CN_S("application/x-www-form-urlencoded");
    check_post("/open", url, CN_S("a=b"), 200);
    check_post("/open", CN_S("Application/X-WWW-Form-Urlencoded; charset=UTF-8"), CN_S("a=%"), 400);
    check_post("/open", CN_S("text/plain"), CN_S("a=%"), 200);
    check_post("/open", CN_S("multipart/form-data; boundary=X"), CN_S("--X\r\n"), 400);
    check_post("/open", CN_S("multipart/form-data; boundary=X"),
               CN_S("--X\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n--X--"), 200);
    check_post("/file/a/edit", url, CN_S("token=good"), 200);
    check_post("/file/a/edit", url, CN_S("token=bad"), 403);
    check_post("/file/a/edit", url, CN_S(""), 403);
    check_post("/file/a/edit", CN_S("text/plain"), CN_S("token=good"), 403);
}

static void test_no_token_check_refuses(void **state) {
    (void)state;
    fixture f;
    setup(&f);
    f.site.check_csrf = NULL;
    post(&f, "/file/a/edit", CN_S("application/x-www-form-urlencoded"), CN_S("token=good"));
    assert_int_equal(f.rs.status, 403);
    assert_int_equal(f.handled, 0);
    cn_arena_free(f.a);
}

static void test_too_large(void **state) {
    (void)state;
    fixture f;
    setup(&f);
    f.rq.body_too_large = true;
    ask(&f, CN_POST, "/open");
    check_text(f.rs.body, "413 http.body en");
    cn_arena_free(f.a);
    setup(&f);
    f.rq.body_too_large = true;
    ask(&f, CN_POST, "/own");
    assert_int_equal(f.handled, 1);
    cn_arena_free(f.a);
}

static void test_rate(void **state) {
    (void)state;
    cn_limit *l = cn_limit_new(60, 2, 4);
    fixture f;
    for (int i = 0; i < 2; i++) {
        setup(&f);
        f.rq.limit = l;
        f.rq.peer = CN_S("192.0.2.1");
        ask(&f, CN_GET, "/costly");
        assert_int_equal(f.rs.status, i ? 429 : 200);
        if (i) check_text(header(&f, "retry-after"), "2");
        cn_arena_free(f.a);
    }
    setup(&f);
    f.rq.limit = l;
    f.rq.peer = CN_S("192.0.2.1");
    ask(&f, CN_GET, "/patient"); /* its handler is asked for its own words */
    assert_int_equal(f.rq.wait, 2);
    check_text(header(&f, "retry-after"), "2");
    check_text(f.rs.body, "");
    cn_arena_free(f.a);
    cn_limit_free(l);
}

static void test_failing_handlers(void **state) {
    (void)state;
    fixture f;
    setup(&f);
    ask(&f, CN_GET, "/late?lang=fr");
    check_text(f.rs.body, "503 net.connect fr");
    check_text(header(&f, "x-left"), ""); /* nothing of the failed answer is left */
    cn_arena_free(f.a);
    setup(&f);
    ask(&f, CN_GET, "/eat"); /* what the handler ate is there again for the page */
    check_text(f.rs.body, "503 memory.limit en");
    assert_true(header(&f, "content-security-policy").n > 0);
    cn_arena_free(f.a);
}

static void test_json_errors(void **state) {
    (void)state;
    fixture f;
    setup(&f);
    cn_field accept = {CN_S("accept"), CN_S("application/json")};
    f.rq.headers = (cn_fields){&accept, 1, 1};
    ask(&f, CN_GET, "/nowhere");
    assert_int_equal(f.rs.status, 404);
    check_text(f.rs.media_type, "application/problem+json");
    f.rq.headers = (cn_fields){0};
    ask(&f, CN_GET, "/program");
    check_text(f.rs.media_type, "application/problem+json");
    ask(&f, CN_GET, "/late");
    assert_false(cn_slice_eq(f.rs.media_type, CN_S("application/problem+json")));
    cn_arena_free(f.a);
}

static void test_bare(void **state) {
    (void)state;
    fixture f;
    setup(&f);
    f.site.error_page = NULL;
    ask(&f, CN_GET, "/nowhere");
    assert_int_equal(f.rs.status, 404);
    check_text(f.rs.body, "Not Found");
    assert_true(header(&f, "content-security-policy").n > 0);
    cn_arena_free(f.a);
    setup(&f);
    ask(&f, CN_GET, "/static");
    check_text(header(&f, "cache-control"), "public, max-age=31536000, immutable");
    check_text(header(&f, "vary"), "");
    cn_arena_free(f.a);
}

static void test_refusals(void **state) {
    (void)state;
    fixture f;
    cn_err err;
    setup(&f);
    (void)cn_fail(&err, CN_INVALID, "http.header", "The request's head is malformed.");
    cn_site_refuse(&f.site, &f.rq, 400, &err, &f.rs); /* nothing of the request is known */
    check_text(f.rs.body, "400 http.header en");
    cn_arena_free(f.a);
}

/* An answer always comes, whatever allocation fails. */
static void test_memory(void **state) {
    (void)state;
    const char *const targets[] = {"/file/a?name=b", "/nowhere", "/late"};
    for (size_t i = 0; i < 3; i++)
        for (size_t n = 1; n < 60; n++) {
            fixture f;
            cn_err err;
            setup(&f);
            f.site.app = &f.handled;
            assert_true(cn_request_target(&f.rq, cn_slice_of(targets[i]), &err));
            cn_arena_fail_after(f.a, n);
            cn_site_answer(&f.site, &f.rq, &f.rs);
            assert_true(f.rs.status >= 200 && f.rs.media_type.n);
            cn_arena_free(f.a);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_routes),
        cmocka_unit_test(test_forms),
        cmocka_unit_test(test_no_token_check_refuses),
        cmocka_unit_test(test_too_large),
        cmocka_unit_test(test_rate),
        cmocka_unit_test(test_failing_handlers),
        cmocka_unit_test(test_json_errors),
        cmocka_unit_test(test_bare),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests_name("http router", tests, NULL, NULL);
}
