/* SPDX-License-Identifier: Apache-2.0
 *
 * Markdown of strangers: what each kind of node becomes, what is no link, what is never markup, and how much is
 * read.
 */
#include "../check.h"

#include "vc/registry.h"
#include "web/pages.h"

#define P "<p class=\"govuk-body cairn-text\" dir=\"auto\">"
#define UL "<ul class=\"govuk-list govuk-list--bullet\">\n"
#define OL "<ol class=\"govuk-list govuk-list--number\""
#define LI "<li dir=\"auto\">"
#define H4 "<h4 class=\"cairn-heading\" dir=\"auto\">"
#define H5 "<h5 class=\"cairn-heading\" dir=\"auto\">"
#define PRE "<pre class=\"cairn-code\" dir=\"auto\"><code>"
#define QUOTE "<blockquote class=\"cairn-quote\">\n"
#define HR "<hr class=\"cairn-rule\">\n"
#define A(url) "<a class=\"govuk-link\" href=\"" url "\" rel=\"noopener noreferrer nofollow\"><bdi>"
#define TO(host) "</bdi></a> <bdi class=\"cairn-item__host\" lang=\"en\">(leads to " host ")</bdi>"

static cn_arena *arena;

static cn_hidden hidden(const char *name) {
    cn_hidden h = {.arena = arena, .instead = CN_S("[not shown]")};
    cn_buf b = cn_buf_on(arena, 0);
    if (!name) return h;
    cn_name_skeleton(&b, cn_slice_of(name));
    h.names = CN_NEW_ARRAY(arena, cn_slice, 1);
    assert_non_null(h.names);
    h.names[h.n++] = cn_buf_slice(&b);
    return h;
}

static cn_slice markup(const cn_hidden *h, cn_slice text) {
    cn_html out;
    cn_err err;
    if (!cn_markdown_show(h, text, CN_EN, &out, &err)) fail_msg("%s", err.detail);
    return out.markup;
}

static void check_rows(const char *const (*rows)[2], size_t n) {
    cn_hidden h = hidden(NULL);
    for (size_t i = 0; i < n; i++) {
        cn_slice got = markup(&h, cn_slice_of(rows[i][0]));
        if (!cn_slice_eq(got, cn_slice_of(rows[i][1])))
            fail_msg("%s\nbecame %.*s\nand not %s", rows[i][0], CN_ARG(got), rows[i][1]);
    }
}
#define CHECK_ROWS(rows) check_rows(rows, sizeof(rows) / sizeof(rows)[0])

static void every_kind_has_its_markup(void **state) {
    (void)state;
    static const char *const rows[][2] = {
        {"", ""},
        {"one\ntwo\n\nthree", P "one\ntwo</p>\n" P "three</p>\n"},
        {"one  \ntwo\\\nthree", P "one<br>two<br>three</p>\n"},
        {"*a* _b_ **c** ***d***", P "<em>a</em> <em>b</em> <strong>c</strong> <em><strong>d</strong></em></p>\n"},
        {"`a < b`", P "<code>a &lt; b</code></p>\n"},
        {"    a < b\n", PRE "a &lt; b\n</code></pre>\n"},
        {"```js onload=x\na\n```", PRE "a\n</code></pre>\n"},
        {"- a\n- b\n  - c", UL LI "a</li>\n" LI "b\n" UL LI "c</li>\n</ul>\n</li>\n</ul>\n"},
        {"- a\n\n- b", UL LI P "a</p>\n</li>\n" LI P "b</p>\n</li>\n</ul>\n"},
        {"1. a\n2) b", OL ">\n" LI "a</li>\n</ol>\n" OL " start=\"2\">\n" LI "b</li>\n</ol>\n"},
        {"0. a", OL " start=\"0\">\n" LI "a</li>\n</ol>\n"},
        {"> a\n> > b", QUOTE P "a</p>\n" QUOTE P "b</p>\n</blockquote>\n</blockquote>\n"},
        {"a\n\n***\nb", P "a</p>\n" HR P "b</p>\n"},
        {"&lt;b&gt; \\* &copy; \"q\"", P "&lt;b&gt; * \u00a9 \"q\"</p>\n"},
    };
    CHECK_ROWS(rows);
}

/* The page's own headings above are of level 3. */
static void headings_step_down_one_at_a_time(void **state) {
    (void)state;
    static const char *const rows[][2] = {
        {"# a\n## b\n###### c\n# d", H4 "a</h4>\n" H5 "b</h5>\n" H5 "c</h5>\n" H4 "d</h4>\n"},
        {"### a\n# b\n#### c", H4 "a</h4>\n" H4 "b</h4>\n" H5 "c</h5>\n"},
        {"a\n===\nb\n---", H4 "a</h4>\n" H5 "b</h5>\n"},
        {"#\n## b", H4 "b</h4>\n"},
        {"# ![](x.png)\n\na", P "a</p>\n"},
        {"- # a", UL LI H4 "a</h4>\n</li>\n</ul>\n"},
    };
    CHECK_ROWS(rows);
}

static void links_say_where_they_lead(void **state) {
    (void)state;
    static const char *const rows[][2] = {
        {"[a *b*](https://x.example/?a&b \"t\")",
         P A("https://x.example/?a&amp;b") "a <em>b</em>" TO("x.example") "</p>\n"},
        {"<HTTP://x.example/>", P A("HTTP://x.example/") "HTTP://x.example/" TO("x.example") "</p>\n"},
        {"[](https://x.example/a)", P A("https://x.example/a") "x.example" TO("x.example") "</p>\n"},
        {"[a]\n\n[a]: https://x.example", P A("https://x.example") "a" TO("x.example") "</p>\n"},
        {"[a](<https://x.example/\"onclick=b>)",
         P A("https://x.example/&quot;onclick=b") "a" TO("x.example") "</p>\n"},
    };
    CHECK_ROWS(rows);
}

static void hostile_addresses_are_no_links(void **state) {
    (void)state;
    static const char *const rows[] = {"[a](javascript:alert(1))",
                                       "[a](JaVaScRiPt:alert(1))",
                                       "[a](&#106;avascript:alert(1))",
                                       "[a](java&Tab;script:alert(1))",
                                       "[a](java&NewLine;script:alert(1))",
                                       "[a](&#x1;javascript:alert(1))",
                                       "[a](data:text/html,b)",
                                       "[a](DATA:image/png;base64,b)",
                                       "[a](vbscript:b)",
                                       "[a](vb\\script:b)",
                                       "[a](file:///etc/passwd)",
                                       "[a](mailto:b@c.example)",
                                       "[a](//evil.example)",
                                       "[a](/verify)",
                                       "[a](#b)",
                                       "[a]()",
                                       "[a](https://good.example@evil.example/)",
                                       "[a](<https://good.example /b>)",
                                       "[a](https://good.example/&#x202e;b)",
                                       "[a](https:///b)",
                                       "[a]\n\n[a]: javascript:b"};
    cn_hidden h = hidden(NULL);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        cn_slice got = markup(&h, cn_slice_of(rows[i]));
        if (!cn_slice_eq(got, CN_S(P "a</p>\n"))) fail_msg("%s became %.*s", rows[i], CN_ARG(got));
    }
    check_text(markup(&h, CN_S("<javascript:a>")), P "javascript:a</p>\n");
}

static void raw_html_is_text(void **state) {
    (void)state;
    static const char *const rows[][2] = {
        {"a <b onclick=\"x\">c</b>", P "a &lt;b onclick=\"x\"&gt;c&lt;/b&gt;</p>\n"},
        {"<script>alert(1)</script>", P "&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"},
        {"<!-- a -->", P "&lt;!-- a --&gt;</p>\n"},
        {"<div>\n*a*\n</div>", P "&lt;div&gt;\n*a*\n&lt;/div&gt;</p>\n"},
        {"a <![CDATA[<b>]]>", P "a &lt;![CDATA[&lt;b&gt;]]&gt;</p>\n"},
    };
    CHECK_ROWS(rows);
}

static void images_are_their_words(void **state) {
    (void)state;
    static const char *const rows[][2] = {
        {"![a *b* `c` [d](https://x.example)](https://spy.example/a.png \"t\")e", P "a b c de</p>\n"},
        {"[![a](https://spy.example/a.png)](https://x.example)",
         P A("https://x.example") "a" TO("x.example") "</p>\n"},
        {"![a\nb](c)", P "a\nb</p>\n"},
    };
    CHECK_ROWS(rows);
}

static void what_deceives_the_eye_is_replaced(void **state) {
    (void)state;
    static const char *const rows[][2] = {
        {"a\u202eb", P "a\ufffdb</p>\n"},
        {"a&#x202e;b&#x7;c&#0;", P "a\ufffdb\ufffdc\ufffd</p>\n"},
        {"`a\u2066`", P "<code>a\ufffd</code></p>\n"},
        {"a\r\nb\rc", P "a\nb\nc</p>\n"},
    };
    CHECK_ROWS(rows);
    cn_hidden h = hidden(NULL);
    check_text(markup(&h, CN_S("\xff\xfe")), "");
}

static void a_hidden_name_is_not_seen(void **state) {
    (void)state;
    static const char *const rows[] = {"By Northern College",
                                       "By **Nor**thern *Col*lege",
                                       "By Nor&#116;hern College",
                                       "By Nor[thern](https://x.example) College",
                                       "By Nor<b>thern</b> College, Nor![th](https://x.example)ern College",
                                       "Northern\n\n- College"};
    cn_hidden h = hidden("Northern College");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        check_text(markup(&h, cn_slice_of(rows[i])), P "[not shown]</p>\n");
    check_text(markup(&h, CN_S("By *Southern* College")), P "By <em>Southern</em> College</p>\n");
    check_text(markup(&h, CN_S("[a](https://northern-college.example/)")), P "[not shown]</p>\n");
}

/* ---- Limits ---- */

static cn_slice repeated(const char *what, size_t times, const char *end, size_t ends) {
    cn_buf b = cn_buf_on(arena, 0);
    for (size_t i = 0; i < times; i++) cn_buf_add(&b, cn_slice_of(what));
    for (size_t i = 0; i < ends; i++) cn_buf_add(&b, cn_slice_of(end));
    assert_true(cn_buf_ok(&b));
    return cn_buf_slice(&b);
}

/* Empty: the caller shows it as it stands. */
static void what_is_too_much_is_left(void **state) {
    (void)state;
    cn_hidden h = hidden(NULL);
    check_text(markup(&h, repeated("> ", 10000, "a", 1)), "");
    check_text(markup(&h, repeated("- ", 10000, "\n", 40000)), "");
    check_text(markup(&h, repeated("[", 10000, "](", 1)), "");
    check_text(markup(&h, repeated("![[]()", 10000, "a", 1)), "");
    check_text(markup(&h, repeated("- a\n", 10000, "", 0)), "");
    check_text(markup(&h, repeated("*a **a ", 40, "a** a*", 40)), "");
    check_text(markup(&h, repeated("a", 65537, "", 0)), "");
    assert_int_equal(markup(&h, repeated("a", 65536, "", 0)).n, 65536 + sizeof P "</p>\n" - 1);
    assert_true(markup(&h, repeated("> ", 28, "a", 1)).n > 0);
    check_text(markup(&h, repeated("> ", 31, "a", 1)), "");
}

/* A long address that many links name is copied for each. */
static void defined_addresses_do_not_multiply(void **state) {
    (void)state;
    cn_hidden h = hidden(NULL);
    cn_buf b = cn_buf_on(arena, 0);
    cn_buf_add(&b, CN_S("[a]: https://x.example/"));
    cn_buf_add(&b, repeated("b", 32000, "\n\n", 1));
    cn_buf_add(&b, repeated("[a]", 10000, "", 0));
    check_text(markup(&h, cn_buf_slice(&b)), "");
    cn_buf_clear(&b);
    cn_buf_add(&b, CN_S("[a]: https://x.example/"));
    cn_buf_add(&b, repeated("b", 32000, "\n\n", 1));
    cn_buf_add(&b, repeated("[a]", 200, "", 0));
    assert_true(markup(&h, cn_buf_slice(&b)).n < (1 << 20));
}

static void memory_that_runs_out_is_told(void **state) {
    (void)state;
    cn_hidden h = hidden("Northern College");
    for (size_t nth = 1; nth < 1000; nth++) {
        cn_html out;
        cn_err err = {0};
        cn_arena_fail_after(arena, nth);
        bool done = cn_markdown_show(&h, CN_S("# a\n\n&#x202e;b [c](https://x.example) *d*"), CN_EN, &out, &err);
        cn_arena_fail_after(arena, 0);
        if (done) return;
        check_err(err, CN_LIMIT, "memory.limit");
    }
    fail_msg("it never fitted");
}

static int start(void **state) {
    (void)state;
    arena = cn_arena_new(0);
    return 0;
}

static int done(void **state) {
    (void)state;
    cn_arena_free(arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_has_its_markup),
        cmocka_unit_test(headings_step_down_one_at_a_time),
        cmocka_unit_test(links_say_where_they_lead),
        cmocka_unit_test(hostile_addresses_are_no_links),
        cmocka_unit_test(raw_html_is_text),
        cmocka_unit_test(images_are_their_words),
        cmocka_unit_test(what_deceives_the_eye_is_replaced),
        cmocka_unit_test(a_hidden_name_is_not_seen),
        cmocka_unit_test(what_is_too_much_is_left),
        cmocka_unit_test(defined_addresses_do_not_multiply),
        cmocka_unit_test(memory_that_runs_out_is_told),
    };
    return cmocka_run_group_tests(tests, start, done);
}
