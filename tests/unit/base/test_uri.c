/* SPDX-License-Identifier: Apache-2.0
 *
 * IRI references: the examples of RFC 3986, 5.4, and the checks.
 */
#include "../check.h"

static void test_resolution(void **state) {
    (void)state;
    static const char *const cases[][3] = {
        {"http://a/b/c/d;p?q", "g:h", "g:h"},
        {"http://a/b/c/d;p?q", "g", "http://a/b/c/g"},
        {"http://a/b/c/d;p?q", "./g", "http://a/b/c/g"},
        {"http://a/b/c/d;p?q", "g/", "http://a/b/c/g/"},
        {"http://a/b/c/d;p?q", "/g", "http://a/g"},
        {"http://a/b/c/d;p?q", "//g", "http://g"},
        {"http://a/b/c/d;p?q", "?y", "http://a/b/c/d;p?y"},
        {"http://a/b/c/d;p?q", "g?y", "http://a/b/c/g?y"},
        {"http://a/b/c/d;p?q", "#s", "http://a/b/c/d;p?q#s"},
        {"http://a/b/c/d;p?q", "g#s", "http://a/b/c/g#s"},
        {"http://a/b/c/d;p?q", "g?y#s", "http://a/b/c/g?y#s"},
        {"http://a/b/c/d;p?q", ";x", "http://a/b/c/;x"},
        {"http://a/b/c/d;p?q", "", "http://a/b/c/d;p?q"},
        {"http://a/b/c/d;p?q", ".", "http://a/b/c/"},
        {"http://a/b/c/d;p?q", "..", "http://a/b/"},
        {"http://a/b/c/d;p?q", "../..", "http://a/"},
        {"http://a/b/c/d;p?q", "../../../g", "http://a/g"},
        {"http://a/b/c/d;p?q", "/./g", "http://a/g"},
        {"http://a/b/c/d;p?q", "/../g", "http://a/g"},
        {"http://a/b/c/d;p?q", "g.", "http://a/b/c/g."},
        {"http://a/b/c/d;p?q", "..g", "http://a/b/c/..g"},
        {"http://a/b/c/d;p?q", "./g/.", "http://a/b/c/g/"},
        {"http://a/b/c/d;p?q", "g/./h", "http://a/b/c/g/h"},
        {"http://a/b/c/d;p?q", "g/../h", "http://a/b/c/h"},
        {"http://a/b/c/d;p?q", "g?y/../x", "http://a/b/c/g?y/../x"},
        {"http://a/b/c/d;p?q", "g#s/../x", "http://a/b/c/g#s/../x"},
        {"http://a/b/c/d;p?q", "http:g", "http:g"},
        {"http://a", "b", "http://a/b"},
        {"http://a?x", "b", "http://a/b"},
        {"tag:example", "a", "tag:a"},
        {"urn:x:y", "#f", "urn:x:y#f"},
        {"http://a/b", "é/c", "http://a/é/c"},
        {"", "../x", "../x"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CN_ARENA_AUTO cn_arena *a = cn_arena_new(0);
        cn_slice got, want = cn_slice_of(cases[i][2]);
        assert_true(cn_uri_resolve(a, cn_slice_of(cases[i][0]), cn_slice_of(cases[i][1]), &got));
        if (!cn_slice_eq(got, want)) fail_msg("%s gave %.*s, not %.*s", cases[i][1], CN_ARG(got), CN_ARG(want));
    }
}

/* The suite of compaction has most; each answer resolves to the IRI again. */
static void test_relative(void **state) {
    (void)state;
    static const struct {
        const char *base, *iri, *expect;
    } cases[] = {
        {"http://e/a/b", "http://e/a/c", "c"},
        {"http://e/a/b", "http://e/a/b", "b"},
        {"http://e/a/", "http://e/a/", "./"},
        {"http://e/a/b", "http://e/a/b#f", "#f"},
        {"http://e/a/b?q", "http://e/a/b#f", "b#f"},
        {"http://e/a/b?q", "http://e/a/b?r", "?r"},
        {"http://e/a/b", "http://e/a/c:d", "./c:d"},
        {"http://e/a/b/c", "http://e/x", "../../x"},
        {"http://e/a/b", "http://e/a//c", ".//c"},
        {"http://e", "http://e/a", "http://e/a"}, /* RFC 3986 makes "/a" of it; no step leads there */
        {"http://e/a", "http://f/a", "http://f/a"},
        {"http://e/a", "https://e/a", "https://e/a"},
        {"http://e/a", "http://e/b/../c", "http://e/b/../c"},
        {"urn:a:b", "urn:a:c", "urn:a:c"},
        {"http://e/a", "_:b", "_:b"},
    };
    CN_ARENA_AUTO cn_arena *a = cn_arena_new(0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cn_slice out, back, base = cn_slice_of(cases[i].base);
        assert_true(cn_uri_relative(a, base, cn_slice_of(cases[i].iri), &out));
        if (!cn_slice_eq(out, cn_slice_of(cases[i].expect)))
            fail_msg("%s to %s gave %.*s", cases[i].base, cases[i].iri, CN_ARG(out));
        assert_true(cn_uri_absolute(out) || cn_uri_resolve(a, base, out, &back));
    }
}

static void test_checks(void **state) {
    (void)state;
    static const struct {
        const char *text;
        bool absolute, well_formed;
    } cases[] = {
        {"http://a/", true, true},    {"urn:x", true, true},         {"a+b-c.1:x", true, true},
        {"x:", true, true},           {"_:b", true, false},          {"", false, false},
        {":x", false, false},         {"1a:x", false, false},        {"a b:c", false, false},
        {"http://a b", false, false}, {"http://a/<b>", true, false}, {"http://a/{b}", true, false},
        {"relative/x", false, false}, {"a/b:c", false, false},       {"http://é", true, true},
        {"http://a\n", false, false}, {"@type", false, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cn_slice s = cn_slice_of(cases[i].text);
        if (cn_uri_absolute(s) != cases[i].absolute || cn_uri_well_formed(s) != cases[i].well_formed)
            fail_msg("%s", cases[i].text);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_resolution),
        cmocka_unit_test(test_relative),
        cmocka_unit_test(test_checks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
