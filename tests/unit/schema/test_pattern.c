/* SPDX-License-Identifier: Apache-2.0
 *
 * Patterns: what ECMA-262 means by them, what is refused, and that the work of
 * matching ends.
 */
#include "../check.h"

#include "schema/inside.h"

static bool found(cn_arena *a, const char *pattern, cn_slice text) {
    const cn_pattern *p;
    cn_err err;
    size_t work = 100000;
    bool is;
    if (!cn_sch_pattern(a, cn_slice_of(pattern), &p, &err)) fail_msg("%s: %s", pattern, err.detail);
    if (!cn_sch_pattern_find(a, p, text, &work, &is, &err)) fail_msg("%s: %s", pattern, err.detail);
    return is;
}

static void test_what_matches(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    static const struct {
        const char *pattern, *text;
        bool found;
    } cases[] = {
        {"b", "abc", true},
        {"^b", "abc", false},
        {"^abc$", "abc\n", false},
        {"^\\d$", "\xd9\xa3", false},
        {"^\\w$", "\xc3\xa9", false},
        {"^\\s$", "\xc2\xa0", true},
        {"^\\s$", "\xef\xbb\xbf", true},
        {"^\\S$", "\xc2\xa0", false},
        {"^[\\S]$", "\xe3\x80\x80", false},
        {"^[\\s]$", "\xe2\x80\xa8", true},
        {"^.$", "\xf0\x9f\x90\xb2", true},
        {"^.$", "\r", false},
        {"^.$", "\xe2\x80\xa9", false},
        {"^\\cC$", "\x03", true},
        {"^\\u{1F432}$", "\xf0\x9f\x90\xb2", true},
        {"^\\ud83d\\udc32$", "\xf0\x9f\x90\xb2", true},
        {"^\\x41$", "A", true},
        {"^\\v$", "\v", true},
        {"^\\v$", "\n", false},
        {"^\\p{Letter}+$", "\xc3\xa9t\xc3\xa9", true},
        {"^\\p{Lu}$", "a", false},
        {"^\\p{Script=Greek}$", "\xce\xb1", true},
        {"^\\P{Letter}$", "1", true},
        {"^[\\p{Letter}\\d]+$", "a1", true},
        {"^[^]$", "\n", true},
        {"[]", "a", false},
        {"^[\\w-]+$", "a-b", true},
        {"^[a-c]$", "b", true},
        {"^[a\\-c]$", "-", true},
        {"^[[:alpha:]]+$", "a", false},
        {"^[\\b]$", "\b", true},
        {"^a{2}$", "aa", true},
        {"^a{,2}$", "a{,2}", true},
        {"^x{$", "x{", true},
        {"(?<=a)b", "ab", true},
        {"(?<!a)b", "ab", false},
        {"^(?<y>.)\\k<y>$", "aa", true},
        {"^(a)|b\\1$", "b", true},
        {"^\\/$", "/", true},
        {"^#x $", "#x ", true},
        {"^\\0$", "", false},
        {"", "", true},
        {"^(?:a|b)+?$", "abab", true},
        {"^[^a]$", "\xc3\xa9", true},
        {"^\\.$", "a", false},
        {"^]}$", "]}", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (found(a, cases[i].pattern, cn_slice_of(cases[i].text)) != cases[i].found)
            fail_msg("%s and \"%s\"", cases[i].pattern, cases[i].text);
    assert_true(found(a, "^\\0$", (cn_slice){"", 1}));
}

static void test_what_is_refused(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    static const char *const refused[] = {
        "(",
        ")",
        "[",
        "a**",
        "a++",
        "*",
        "+a",
        "(?i)a",
        "(?>a)",
        "(?R)",
        "(*UTF)a",
        "(?#x)",
        "(?P<a>b)",
        "\\Qa\\E",
        "\\K",
        "\\A",
        "\\z",
        "\\Z",
        "\\h",
        "\\R",
        "\\a",
        "\\e",
        "\\",
        "\\x1",
        "\\u12",
        "\\u{110000}",
        "\\ud800",
        "\\c1",
        "\\p",
        "\\p{}",
        "\\p{L&}",
        "\\p{Key=Value}",
        "\\p{Nonsense}",
        "[b-a]",
        "\\00",
        "\\k<a",
        "(?<a.b>c)",
        "a{2,1}",
        "\\1",
        "(?<a>b)(?<a>c)",
    };
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        const cn_pattern *p;
        cn_err err;
        if (cn_sch_pattern(a, cn_slice_of(refused[i]), &p, &err)) fail_msg("%s is accepted", refused[i]);
        assert_string_equal(err.id, "schema.pattern");
        assert_true(err.code == CN_INVALID || err.code == CN_UNSUPPORTED);
    }
}

static void test_work_ends(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    static const char *const bad[] = {"^(a+)+$",     "^(a|a)*$", "^(?:a?){30}b$",
                                      "^(.*a){12}$", "(x+x+)+y", "^([a-z]+,?)+$"};
    char text[64];
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '!';
    memset(text + 20, 'x', 30);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        const cn_pattern *p;
        cn_err err = {0};
        size_t work = 200000;
        bool is;
        assert_true(cn_sch_pattern(a, cn_slice_of(bad[i]), &p, &err));
        if (!cn_sch_pattern_find(a, p, cn_slice_bytes(text, sizeof text), &work, &is, &err))
            check_err(err, CN_LIMIT, "schema.work");
        else assert_false(is);
    }
    const cn_pattern *p;
    cn_err err = {0};
    size_t work = 200000;
    bool is;
    memset(text, 'a', sizeof text - 1);
    assert_true(cn_sch_pattern(a, CN_S("^(a+)+$"), &p, &err));
    assert_false(cn_sch_pattern_find(a, p, cn_slice_bytes(text, sizeof text), &work, &is, &err));
    check_err(err, CN_LIMIT, "schema.work");
}

static void test_sizes(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    const cn_pattern *p;
    cn_err err;
    char *many = CN_NEW_ARRAY(a, char, 20000);
    memset(many, 'a', 20000);
    assert_false(cn_sch_pattern(a, cn_slice_bytes(many, 20000), &p, &err));
    check_err(err, CN_LIMIT, "schema.pattern");
    assert_false(cn_sch_pattern(a, CN_S("((a{1000}){1000}){1000}"), &p, &err));
    check_err(err, CN_UNSUPPORTED, "schema.pattern");
    for (size_t i = 0; i < 150; i++) many[i] = '(', many[149 + 150 - i] = ')';
    assert_false(cn_sch_pattern(a, cn_slice_bytes(many, 300), &p, &err));
    check_err(err, CN_UNSUPPORTED, "schema.pattern");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_matches),
        cmocka_unit_test(test_what_is_refused),
        cmocka_unit_test(test_work_ends),
        cmocka_unit_test(test_sizes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
