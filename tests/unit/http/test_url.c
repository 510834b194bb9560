/* SPDX-License-Identifier: Apache-2.0
 *
 * Request targets: what is decoded, and what is refused because two readers might differ.
 */
#include "../check.h"
#include "http/http.h"

static void test_targets(void **state) {
    (void)state;
    const struct {
        cn_slice target, path, query;
        size_t args;
    } rows[] = {
        {CN_S("/"), CN_S("/"), CN_S(""), 0},
        {CN_S("/verify?lang=fr"), CN_S("/verify"), CN_S("lang=fr"), 1},
        {CN_S("/a%20b"), CN_S("/a b"), CN_S(""), 0},
        {CN_S("/a+b?x=a+b"), CN_S("/a+b"), CN_S("x=a+b"), 1},
        {CN_S("/%C3%A9t%c3%a9"), CN_S("/\xc3\xa9t\xc3\xa9"), CN_S(""), 0},
        {CN_S("/%2541"), CN_S("/%41"), CN_S(""), 0}, /* decoded once */
        {CN_S("/a?b?c"), CN_S("/a"), CN_S("b?c"), 1},
        {CN_S("/a?"), CN_S("/a"), CN_S(""), 0},
        {CN_S("/a?&&x&"), CN_S("/a"), CN_S("&&x&"), 1},
        {CN_S("/..."), CN_S("/..."), CN_S(""), 0},
        {CN_S("/.well-known/did.json"), CN_S("/.well-known/did.json"), CN_S(""), 0},
        {CN_S("//a"), CN_S("//a"), CN_S(""), 0},
        {CN_S("http://example.org/a?b=c"), CN_S("/a"), CN_S("b=c"), 1},
        {CN_S("https://example.org"), CN_S("/"), CN_S(""), 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_request rq = {.arena = a};
        cn_err err;
        if (!cn_request_target(&rq, rows[i].target, &err)) fail_msg("%s: %s", rows[i].target.p, err.detail);
        assert_true(cn_slice_eq(rq.path, rows[i].path));
        assert_true(cn_slice_eq(rq.query, rows[i].query));
        assert_int_equal(rq.args.n, rows[i].args);
    }
}

static void test_refused(void **state) {
    (void)state;
    const struct {
        cn_slice target;
        const char *id;
    } rows[] = {
        {CN_S(""), "http.target"},
        {CN_S("*"), "http.target"},
        {CN_S("a"), "http.target"},
        {CN_S("?a"), "http.target"},
        {CN_S("example.org:443"), "http.target"},
        {CN_S("/a b"), "http.target"},
        {CN_S("/a\tb"), "http.target"},
        {CN_S("/a#b"), "http.target"},
        {CN_S("/\xc3\xa9"), "http.target"},
        {CN_S("/a\0b"), "http.target"},
        {CN_S("/a\x7f"), "http.target"},
        {CN_S("/%"), "http.percent"},
        {CN_S("/%4"), "http.percent"},
        {CN_S("/%4g"), "http.percent"},
        {CN_S("/%g4"), "http.percent"},
        {CN_S("/a?x=%"), "http.percent"},
        {CN_S("/a?%zz=1"), "http.percent"},
        {CN_S("/a%00b"), "http.utf8"},
        {CN_S("/%ff"), "http.utf8"},
        {CN_S("/%c0%af"), "http.utf8"},
        {CN_S("/a?x=%00"), "http.utf8"},
        {CN_S("/a?x=%ed%a0%80"), "http.utf8"},
        {CN_S("/a%0ab"), "http.path"},
        {CN_S("/a%1f"), "http.path"},
        {CN_S("/a%2fb"), "http.path"},
        {CN_S("/a%2Fb"), "http.path"},
        {CN_S("/."), "http.path"},
        {CN_S("/.."), "http.path"},
        {CN_S("/../etc/passwd"), "http.path"},
        {CN_S("/a/../b"), "http.path"},
        {CN_S("/a/%2e%2E/b"), "http.path"},
        {CN_S("/a/./b"), "http.path"},
        {CN_S("/a/.."), "http.path"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_request rq = {.arena = a};
        cn_err err;
        if (cn_request_target(&rq, rows[i].target, &err)) fail_msg("accepted: %s", rows[i].target.p);
        check_err(err, CN_INVALID, rows[i].id);
    }
}

static void test_args(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_request rq = {.arena = a};
    cn_err err;
    assert_true(cn_request_target(&rq, CN_S("/?a=1&b=%26%3D&a=2&c&=d&e=f=g"), &err));
    assert_int_equal(rq.args.n, 6);
    check_text(cn_request_arg(&rq, CN_S("a")), "1");
    check_text(cn_request_arg(&rq, CN_S("b")), "&=");
    check_text(cn_request_arg(&rq, CN_S("c")), "");
    check_text(cn_request_arg(&rq, CN_S("e")), "f=g");
    check_text(cn_request_arg(&rq, CN_S("absent")), "");
}

static void test_too_many_args(void **state) {
    (void)state;
    for (int n = 100; n <= 101; n++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_request rq = {.arena = a};
        cn_buf b = cn_buf_on(a, 0);
        cn_err err;
        cn_buf_add(&b, CN_S("/?"));
        for (int i = 0; i < n; i++) cn_buf_add(&b, CN_S("x&"));
        assert_int_equal(cn_request_target(&rq, cn_buf_slice(&b), &err), n == 100);
        if (n == 101) check_err(err, CN_LIMIT, "http.args");
    }
}

static void test_memory(void **state) {
    (void)state;
    for (size_t n = 1;; n++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_request rq = {.arena = a};
        cn_err err;
        cn_arena_fail_after(a, n);
        if (cn_request_target(&rq, CN_S("/a%20b?x=%41&y+z=1"), &err)) break;
        check_err(err, CN_LIMIT, "memory.limit");
        assert_true(n < 50);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_targets),       cmocka_unit_test(test_refused), cmocka_unit_test(test_args),
        cmocka_unit_test(test_too_many_args), cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests_name("http url", tests, NULL, NULL);
}
