/* SPDX-License-Identifier: Apache-2.0
 *
 * Cookies: which one a request has, and what a response sets.
 */
#include "../check.h"
#include "http/http.h"

static void check_read(const char *origin, const char *header, const char *value) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_field fields[] = {{CN_S("host"), CN_S("a")}, {CN_S("cookie"), cn_slice_of(header)}};
    cn_request rq = {.arena = a, .headers = {fields, 2, 2}, .origin = cn_slice_of(origin)};
    cn_slice got = cn_request_cookie(&rq, CN_S("sid"));
    if (!cn_slice_eq(got, cn_slice_of(value))) fail_msg("%s: \"%.*s\"", header, CN_ARG(got));
}

static void test_read(void **state) {
    (void)state;
    check_read("http://localhost:8080", "sid=abc", "abc");
    check_read("http://localhost:8080", "a=b; sid=abc; c=d", "abc");
    check_read("http://localhost:8080", "a=b;sid=abc", "abc");
    check_read("http://localhost:8080", "sid=a=b", "a=b");
    check_read("http://localhost:8080", "sid=first; sid=second", "first");
    check_read("http://localhost:8080", "xsid=abc; sidx=abc; SID=abc", "");
    check_read("http://localhost:8080", "sid", "");
    check_read("http://localhost:8080", ";;=;", "");
    check_read("http://localhost:8080", "__Host-sid=abc", "");
    check_read("https://cairn.example", "__Host-sid=abc", "abc");
    /* Another host of the domain can set a cookie without the prefix: it counts for nothing. */
    check_read("https://cairn.example", "sid=abc", "");
    check_read("https://cairn.example", "sid=evil; __Host-sid=abc", "abc");
}

static void test_absent(void **state) {
    (void)state;
    cn_request rq = {0};
    check_text(cn_request_cookie(&rq, CN_S("sid")), "");
}

static void check_set(const char *origin, int64_t age, const char *line) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_request rq = {.arena = a, .origin = cn_slice_of(origin)};
    cn_response rs = {0};
    assert_true(cn_response_cookie(&rq, &rs, CN_S("sid"), CN_S("abc-_9"), age));
    assert_int_equal(rs.headers.n, 1);
    check_text(rs.headers.v[0].name, "set-cookie");
    if (!cn_slice_eq(rs.headers.v[0].value, cn_slice_of(line))) fail_msg("%.*s", CN_ARG(rs.headers.v[0].value));
}

static void test_set(void **state) {
    (void)state;
    check_set("http://localhost:8080", 0, "sid=abc-_9; Path=/; HttpOnly; SameSite=Lax");
    check_set("http://localhost:8080", 60, "sid=abc-_9; Path=/; Max-Age=60; HttpOnly; SameSite=Lax");
    check_set("https://cairn.example", 60,
              "__Host-sid=abc-_9; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure");
}

static void test_remove(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_request rq = {.arena = a, .origin = CN_S("https://cairn.example")};
    cn_response rs = {0};
    assert_true(cn_response_cookie_remove(&rq, &rs, CN_S("sid")));
    check_text(rs.headers.v[0].value, "__Host-sid=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure");
}

static void test_refused(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_request rq = {.arena = a};
    cn_response rs = {0};
    const cn_slice bad[] = {CN_S("a b"),  CN_S("a;b"),    CN_S("a,b"),      CN_S("a\"b"),
                            CN_S("a\\b"), CN_S("a\r\nb"), CN_S("\xc3\xa9"), CN_S("a\0b")};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(cn_response_cookie(&rq, &rs, CN_S("sid"), bad[i], 0));
    assert_false(cn_response_cookie(&rq, &rs, CN_S("s id"), CN_S("a"), 0));
    assert_false(cn_response_cookie(&rq, &rs, CN_S(""), CN_S("a"), 0));
    assert_int_equal(rs.headers.n, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read),   cmocka_unit_test(test_absent),  cmocka_unit_test(test_set),
        cmocka_unit_test(test_remove), cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests_name("http cookie", tests, NULL, NULL);
}
