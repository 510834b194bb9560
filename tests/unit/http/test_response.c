/* SPDX-License-Identifier: Apache-2.0
 *
 * Responses: headers that cannot be split, redirections that stay here, problem details, the table of statuses.
 */
#include "../check.h"
#include "http/inside.h"

static void test_headers(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_request rq = {.arena = a};
    cn_response rs = {0};
    assert_true(cn_response_header(&rq, &rs, CN_S("x-a"), CN_S("b c")));
    assert_int_equal(rs.headers.n, 1);
    assert_false(cn_response_header(&rq, &rs, CN_S("x-a"), CN_S("b\r\nset-cookie: c")));
    assert_false(cn_response_header(&rq, &rs, CN_S("x-a"), CN_S("b\0")));
    assert_false(cn_response_header(&rq, &rs, CN_S("x: y"), CN_S("b")));
    assert_false(cn_response_header(&rq, &rs, CN_S(""), CN_S("b")));
    assert_int_equal(rs.headers.n, 1);
}

static void test_see_other(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_request rq = {.arena = a};
    cn_response rs = {0};
    const cn_slice bad[] = {
        CN_S(""),       CN_S("a"), CN_S("//evil.example"), CN_S("/\\evil.example"), CN_S("https://evil.example"),
        CN_S("/a\r\nb")};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_false(cn_response_see_other(&rq, &rs, bad[i]));
    assert_true(cn_response_see_other(&rq, &rs, CN_S("/verify?lang=fr")));
    assert_int_equal(rs.status, 303);
    check_text(rs.headers.v[0].value, "/verify?lang=fr");
}

static void test_problem(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_request rq = {.arena = a};
    cn_response rs = {0};
    cn_err err;
    (void)cn_fail_at(&err, CN_INVALID, "json.syntax", CN_S("byte 3"), "A \"quoted\" word.");
    assert_true(cn_response_problem(&rq, cn_status_of(&err), &err, &rs));
    assert_int_equal(rs.status, 400);
    check_text(rs.media_type, "application/problem+json");
    check_text(rs.body,
               "{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,\"code\":\"json.syntax\","
               "\"detail\":\"A \\\"quoted\\\" word.\",\"where\":\"byte 3\"}");
}

static void test_statuses(void **state) {
    (void)state;
    const struct {
        cn_code code;
        const char *id;
        int status;
    } rows[] = {
        {CN_INVALID, "x", 400},     {CN_NOT_FOUND, "x", 404},   {CN_DENIED, "x", 403},
        {CN_CONFLICT, "x", 409},    {CN_LIMIT, "x", 413},       {CN_LIMIT, "memory.limit", 503},
        {CN_UNAVAILABLE, "x", 503}, {CN_UNSUPPORTED, "x", 415}, {CN_INTERNAL, "x", 500},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        cn_err err = {.code = rows[i].code, .id = rows[i].id};
        assert_int_equal(cn_status_of(&err), rows[i].status);
        assert_string_not_equal(cn_status_phrase(rows[i].status), "Error");
    }
    assert_string_equal(cn_status_phrase(599), "Error");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_headers),
        cmocka_unit_test(test_see_other),
        cmocka_unit_test(test_problem),
        cmocka_unit_test(test_statuses),
    };
    return cmocka_run_group_tests_name("http response", tests, NULL, NULL);
}
