/* SPDX-License-Identifier: Apache-2.0
 *
 * Who may call a route: the site is asked before anything is done, a form's sender is looked at, and what one
 * person was shown is kept by nobody.
 */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../check.h"
#include "http/http.h"

/* Somebody's role is in their cookie; the routes are those of one organisation. */
typedef struct site {
    int handled;
    const char *said;
} site;

static bool handle(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    (void)rq, (void)err;
    ((site *)app)->handled++;
    rs->media_type = CN_S("text/html; charset=utf-8");
    return true;
}

static bool kept(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    rs->media_type = CN_S("application/json");
    (void)app;
    return cn_response_header(rq, rs, CN_S("cache-control"), CN_S("public, max-age=300")) || cn_fail_memory(err);
}

static bool style(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    (void)app, (void)rq, (void)err;
    rs->media_type = CN_S("text/css");
    rs->immutable = true;
    return true;
}

static bool welcome(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    (void)app;
    rs->media_type = CN_S("text/plain");
    return (cn_response_header(rq, rs, CN_S("cache-control"), CN_S("public, max-age=300")) &&
            cn_response_cookie(rq, rs, CN_S("sid"), CN_S("9"), 0)) ||
           cn_fail_memory(err);
}

static bool permit(void *app, cn_request *rq, cn_err *err) {
    static const char *const roles[CN_PERMISSIONS] = {
        [CN_VIEWER] = "viewer", [CN_ISSUER] = "issuer", [CN_DESIGNER] = "designer"};
    (void)app;
    cn_slice role = cn_request_cookie(rq, CN_S("sid"));
    cn_permission asks = rq->route->permission;
    if (role.n) {
        rq->session = cn_arena_alloc(rq->arena, 1);
        if (!rq->session) return cn_fail_memory(err);
    }
    if (asks == CN_PUBLIC) return true;
    if (!role.n) return cn_fail(err, CN_DENIED, "sign-in.needed", "Somebody has to sign in.");
    if (!cn_slice_eq(cn_request_arg(rq, CN_S("org")), CN_S("college")))
        return cn_fail(err, CN_NOT_FOUND, "http.path", "There is no such organisation.");
    return (roles[asks] && cn_slice_eq(role, cn_slice_of(roles[asks]))) ||
           cn_fail(err, CN_DENIED, "role.small", "The role is too small.");
}

static bool token_is_good(void *app, const cn_request *rq) {
    (void)app;
    return rq->session && cn_slice_eq(cn_request_text(rq, CN_S("csrf")), CN_S("good"));
}

static bool error_page(void *app, const cn_request *rq, int status, const cn_err *why, cn_response *rs) {
    (void)status;
    ((site *)app)->said = why->id;
    if (!strcmp(why->id, "sign-in.needed") && rq->method == CN_GET)
        return cn_response_see_other(rq, rs, CN_S("/sign-in"));
    rs->media_type = CN_S("text/html; charset=utf-8");
    return true;
}

static const cn_route some[] = {
    {.method = CN_GET, .path = "/", .handle = handle},
    {.method = CN_GET, .path = "/list", .handle = kept},
    {.method = CN_GET, .path = "/style", .handle = style},
    {.method = CN_GET, .path = "/welcome", .handle = welcome},
    {.method = CN_POST, .path = "/echo", .handle = handle, .max_body = 99, .changes_nothing = true},
};
static const cn_route others[] = {
    {.method = CN_GET, .path = "/o/:org", .handle = handle, .permission = CN_VIEWER},
    {.method = CN_GET, .path = "/o/:org/keys", .handle = handle, .permission = CN_ADMINISTRATOR},
    {.method = CN_GET, .path = "/demo", .handle = handle, .permission = CN_DEMO},
    {.method = CN_POST,
     .path = "/o/:org",
     .handle = handle,
     .permission = CN_ISSUER,
     .csrf = CN_CSRF_TOKEN,
     .max_body = 99},
    {.method = CN_POST, .path = "/sign-in", .handle = handle, .csrf = CN_CSRF_ORIGIN, .max_body = 99},
};
static const cn_route_group first = {some, sizeof some / sizeof *some},
                            second = {others, sizeof others / sizeof *others};
static const cn_route_group *const groups[] = {&first, &second};

typedef struct fixture {
    cn_arena *a;
    site app;
    cn_site site;
    cn_request rq;
    cn_response rs;
    cn_field fields[8];
} fixture;

static void setup(fixture *f) {
    cn_err err;
    *f = (fixture){.a = cn_arena_new(1 << 20)};
    f->site = (cn_site){.app = &f->app,
                        .origin = CN_S("http://localhost:8080"),
                        .permit = permit,
                        .check_csrf = token_is_good,
                        .error_page = error_page};
    assert_true(cn_site_join(f->a, &f->site, groups, 2, &err));
    f->rq = (cn_request){.arena = f->a, .headers = {.v = f->fields}};
}

static void add(fixture *f, const char *name, const char *value) {
    f->fields[f->rq.headers.n++] = (cn_field){cn_slice_of(name), cn_slice_of(value)};
}

static int ask(fixture *f, cn_method method, const char *target) {
    cn_err err;
    f->rq.method = method;
    assert_true(cn_request_target(&f->rq, cn_slice_of(target), &err));
    cn_site_answer(&f->site, &f->rq, &f->rs);
    return f->rs.status;
}

static cn_slice header(const fixture *f, const char *name) {
    cn_slice found = {0};
    for (size_t i = 0; i < f->rs.headers.n; i++)
        if (cn_slice_eq(f->rs.headers.v[i].name, cn_slice_of(name))) {
            assert_false(found.n); /* once */
            found = f->rs.headers.v[i].value;
        }
    return found;
}

static const struct {
    cn_method method;
    const char *target, *cookie, *body, *site;
    int status;
    const char *why;
} rows[] = {
    {CN_GET, "/", NULL, NULL, NULL, 200, NULL},
    {CN_GET, "/", "sid=viewer", NULL, NULL, 200, NULL},
    {CN_GET, "/o/college", NULL, NULL, NULL, 303, "sign-in.needed"},
    {CN_HEAD, "/o/college", NULL, NULL, NULL, 403, "sign-in.needed"},
    {CN_GET, "/o/college", "sid=viewer", NULL, NULL, 200, NULL},
    {CN_GET, "/o/other", "sid=viewer", NULL, NULL, 404, "http.path"},
    {CN_GET, "/o/other?org=college", "sid=viewer", NULL, NULL, 404, "http.path"},
    {CN_GET, "/o/college/keys", "sid=viewer", NULL, NULL, 403, "role.small"},
    {CN_POST, "/o/college", NULL, "csrf=good", NULL, 403, "sign-in.needed"},
    {CN_POST, "/o/college", "sid=viewer", "csrf=good", NULL, 403, "role.small"},
    {CN_POST, "/o/college", "sid=issuer", "csrf=good", NULL, 200, NULL},
    {CN_POST, "/o/college", "sid=issuer", "csrf=good", "same-origin", 200, NULL},
    {CN_POST, "/o/college", "sid=issuer", "csrf=good", "cross-site", 403, "http.csrf"},
    {CN_POST, "/o/college", "sid=issuer", "csrf=bad", "same-origin", 403, "http.csrf"},
    {CN_POST, "/o/college", "sid=issuer", "", "same-origin", 403, "http.csrf"},
    {CN_POST, "/o/college?csrf=good", "sid=issuer", "", "same-origin", 403, "http.csrf"},
    {CN_POST, "/sign-in", NULL, "", NULL, 200, NULL},
    {CN_POST, "/sign-in", NULL, "", "same-origin", 200, NULL},
    {CN_POST, "/sign-in", NULL, "", "cross-site", 403, "http.csrf"},
    {CN_POST, "/echo", NULL, "", "cross-site", 200, NULL},
};

static void test_rows(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fixture f;
        setup(&f);
        add(&f, "content-type", "application/x-www-form-urlencoded");
        if (rows[i].cookie) add(&f, "cookie", rows[i].cookie);
        if (rows[i].site) add(&f, "sec-fetch-site", rows[i].site);
        f.rq.body = cn_slice_of(rows[i].body);
        if (ask(&f, rows[i].method, rows[i].target) != rows[i].status) fail_msg("row %zu: %d", i, f.rs.status);
        assert_int_equal(f.app.handled, rows[i].status == 200);
        if (rows[i].why) assert_string_equal(f.app.said, rows[i].why);
        check_text(header(&f, "cache-control"), "no-store");
        cn_arena_free(f.a);
    }
}

static void test_nobody_to_ask(void **state) {
    (void)state;
    const char *const refused[] = {"/o/college", "/o/college/keys", "/demo"};
    for (size_t i = 0; i < 3; i++) {
        fixture f;
        setup(&f);
        f.site.permit = NULL;
        add(&f, "cookie", "sid=viewer");
        assert_int_equal(ask(&f, CN_GET, refused[i]), 403);
        assert_int_equal(f.app.handled, 0);
        cn_arena_free(f.a);
    }
    fixture f;
    setup(&f);
    f.site.permit = NULL;
    assert_int_equal(ask(&f, CN_GET, "/"), 200);
    cn_arena_free(f.a);
}

/* Who is refused takes nothing from the address, and no form is read. */
static void test_first_of_all(void **state) {
    (void)state;
    fixture f;
    setup(&f);
    add(&f, "content-type", "application/x-www-form-urlencoded");
    f.rq.body = CN_S("%");
    assert_int_equal(ask(&f, CN_POST, "/o/college"), 403);
    assert_string_equal(f.app.said, "sign-in.needed");
    cn_arena_free(f.a);
}

static void check_cache(const char *target, const char *cookie, const char *cache) {
    fixture f;
    setup(&f);
    if (cookie) add(&f, "cookie", cookie);
    assert_int_equal(ask(&f, CN_GET, target), 200);
    if (!cn_slice_eq(header(&f, "cache-control"), cn_slice_of(cache)))
        fail_msg("%s: %.*s", target, CN_ARG(header(&f, "cache-control")));
    cn_arena_free(f.a);
}

static void test_cache(void **state) {
    (void)state;
    check_cache("/list", NULL, "public, max-age=300");
    check_cache("/list", "sid=viewer", "no-store");
    check_cache("/style", "sid=viewer", "public, max-age=31536000, immutable");
    check_cache("/welcome", NULL, "no-store"); /* it comes with a cookie */
}

static void test_join(void **state) {
    (void)state;
    fixture f;
    cn_err err;
    setup(&f);
    assert_int_equal(f.site.routes_n, 10);
    assert_string_equal(f.site.routes[0].path, "/");
    assert_string_equal(f.site.routes[9].path, "/sign-in");
    cn_arena_fail_after(f.a, 1);
    assert_false(cn_site_join(f.a, &f.site, groups, 2, &err));
    check_err(err, CN_LIMIT, "memory.limit");
    cn_arena_free(f.a);
}

/* ---- A row that forgets what it must say ends the program at its start ---- */

static void abort_here(int signal_number) {
    (void)signal_number;
    _exit(42);
}

static int join_in_child(const cn_route *route) {
    const cn_route_group group = {route, 1}, *const list[] = {&group};
    int status = 0;
    pid_t child = fork();
    if (!child) {
        cn_arena *a = cn_arena_new(0);
        cn_site into = {0};
        cn_err err;
        if (!freopen("/dev/null", "w", stderr)) _exit(2);
        (void)signal(SIGABRT, abort_here);
        _exit(cn_site_join(a, &into, list, 1, &err) ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void test_incomplete(void **state) {
    (void)state;
    const cn_route bad[] = {
        {.method = CN_POST, .path = "/a", .handle = handle},
        {.method = CN_POST, .path = "/a", .handle = handle, .permission = CN_ADMINISTRATOR},
        {.method = CN_GET, .path = "/a"},
        {.method = CN_GET, .path = "a", .handle = handle},
        {.method = CN_GET, .handle = handle},
        {.method = CN_HEAD, .path = "/a", .handle = handle},
        {.method = CN_GET, .path = "/a", .handle = handle, .permission = CN_PERMISSIONS},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (join_in_child(&bad[i]) != 42) fail_msg("row %zu was taken", i);
    assert_int_equal(join_in_child(&some[4]), 0);
    assert_int_equal(join_in_child(&others[4]), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),  cmocka_unit_test(test_nobody_to_ask), cmocka_unit_test(test_first_of_all),
        cmocka_unit_test(test_cache), cmocka_unit_test(test_join),          cmocka_unit_test(test_incomplete),
    };
    return cmocka_run_group_tests_name("http permit", tests, NULL, NULL);
}
