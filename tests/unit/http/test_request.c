/* SPDX-License-Identifier: Apache-2.0
 *
 * What handlers ask for, and parameters of header fields.
 */
#include "../check.h"
#include "http/inside.h"

static void test_lookups(void **state) {
    (void)state;
    cn_field headers[] = {{CN_S("accept"), CN_S("a")}, {CN_S("accept"), CN_S("b")}};
    cn_form_part parts[] = {{.name = CN_S("t"), .value = CN_S(" x\r\n")},
                            {.name = CN_S("f"), .value = CN_S("y"), .file = true}};
    cn_request rq = {.headers = {headers, 2, 2}, .form = {parts, 2, 2}};
    check_text(cn_request_header(&rq, CN_S("accept")), "a");
    check_text(cn_request_header(&rq, CN_S("host")), "");
    check_text(cn_request_text(&rq, CN_S("t")), "x");
    check_text(cn_request_text(&rq, CN_S("f")), ""); /* a file is no text */
    check_text(cn_request_text(&rq, CN_S("absent")), "");
    assert_ptr_equal(cn_request_part(&rq, CN_S("f")), &parts[1]);
    assert_null(cn_request_part(&rq, CN_S("absent")));
}

static void test_parameters(void **state) {
    (void)state;
    const struct {
        cn_slice header;
        const char *value; /* NULL: absent */
        bool broken;
    } rows[] = {
        {CN_S("a/b; x=1"), "1", false},
        {CN_S("a/b;X=1;y=2"), "1", false},
        {CN_S("a/b ; y=2 ; x=\"1 ; 2\" ; z=3"), "1 ; 2", false},
        {CN_S("a/b; x=\"\""), "", false},
        {CN_S("a/b; x=\"a\\\"b\\c\""), "a\"b\\c", false},
        {CN_S("a/b; x=1;"), "1", false},
        {CN_S("a/b"), NULL, false},
        {CN_S("a/b; y=1"), NULL, false},
        {CN_S("a/b; xx=1"), NULL, false},
        {CN_S("a/b; y=\"x=1\""), NULL, false},
        {CN_S("a/b; x"), NULL, true},
        {CN_S("a/b; x="), NULL, true},
        {CN_S("a/b; x=1 2"), NULL, true},
        {CN_S("a/b; x=\"1"), NULL, true},
        {CN_S("a/b; x=\"1\\\""), NULL, true},
        {CN_S("a/b; x=\"1\"2"), NULL, true},
        {CN_S("a/b; x=1; x=1"), NULL, true},
        {CN_S("a/b; x y=1"), NULL, true},
        {CN_S("a/b; =1"), NULL, true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_slice value;
        cn_err err;
        bool ok = cn_http_parameter(a, rows[i].header, CN_S("x"), &value, &err);
        if (ok == rows[i].broken) fail_msg("%s", rows[i].header.p);
        if (!ok) check_err(err, CN_INVALID, "http.parameter");
        if (ok && (value.p != NULL) != (rows[i].value != NULL)) fail_msg("%s", rows[i].header.p);
        if (ok && !cn_slice_eq(value, cn_slice_of(rows[i].value))) fail_msg("%s", rows[i].header.p);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_lookups), cmocka_unit_test(test_parameters)};
    return cmocka_run_group_tests_name("http request", tests, NULL, NULL);
}
