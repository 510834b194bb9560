/* SPDX-License-Identifier: Apache-2.0
 *
 * Escaping, addresses, messages; and a template and messages of the test's own, through the real tools.
 */
#include "check.h"
#include "web/html.h"
#include "web/messages.h"
#include "web/templates.h"
#include "web/try/try.h"

/* The files under /static, in place of the real ones. */
static const unsigned char css[] = "p{}";
const cn_static_file cn_static_files[] = {
    {.name = "a.css", .path = "/static/a-1.css", .media_type = "text/css", .bytes = css, .n = 3, .etag = "\"1\""}};
const size_t cn_static_files_n = 1;

static cn_buf out_buf;
static cn_html_out out(cn_language language) {
    cn_buf_done(&out_buf);
    out_buf = cn_buf_on(NULL, 0);
    return (cn_html_out){.out = &out_buf, .language = language};
}
#define check_out(literal) check_text(cn_buf_slice(&out_buf), literal)

static void text_is_escaped(void **state) {
    (void)state;
    cn_html_out o = out(CN_EN);
    CN_PRINT_TEXT(&o, CN_S("<a href=\"x\">&'\t\n\r\x01\x7f\0</a>"));
    check_out("&lt;a href=\"x\"&gt;&amp;'\t\n&#13;\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd&lt;/a&gt;");
    o = out(CN_EN);
    CN_PRINT_ATTRIBUTE(&o, "\"><script>&amp;");
    check_out("&quot;&gt;&lt;script&gt;&amp;amp;");
    o = out(CN_EN);
    CN_PRINT_TEXT(&o, (cn_slice){0});
    CN_PRINT_TEXT(&o, (cn_html){CN_S("<b>&amp;</b>")});
    check_out("<b>&amp;</b>");
}

static void numbers_are_printed(void **state) {
    (void)state;
    cn_html_out o = out(CN_EN);
    CN_PRINT_TEXT(&o, -7);
    CN_PRINT_TEXT(&o, 8u);
    CN_PRINT_TEXT(&o, (size_t)18446744073709551615u);
    CN_PRINT_ATTRIBUTE(&o, INT64_MIN);
    check_out("-7818446744073709551615-9223372036854775808");
}

static void only_addresses_of_the_web_are_links(void **state) {
    (void)state;
    static const char *const fine[] = {"https://example.org", "http://example.org/a?b=c&d#e",
                                       "HTTPS://Example.org/é"};
    static const char *const not [] = {
        "",           "javascript:alert(1)", "data:text/html,x", "//example.org", "https:/",      "https://",
        "https:///x", "https://a b",         "ftp://x",          " https://a",    "https://a\nb", "java\nscript:x",
        "mailto:a@b", "https://a\x7f",       "https://?x",       "httpsx://a"};
    for (size_t i = 0; i < sizeof fine / sizeof fine[0]; i++)
        assert_true(cn_slice_eq(cn_url_web(cn_slice_of(fine[i])).text, cn_slice_of(fine[i])));
    for (size_t i = 0; i < sizeof not / sizeof not [0]; i++)
        check_text(cn_url_web(cn_slice_of(not [i])).text, "#");
    check_text(cn_url_web(CN_S("https://a\0b")).text, "#");
    cn_html_out o = out(CN_EN);
    CN_PRINT_URL(&o, cn_url_web(CN_S("https://a/?x=1&y=\"2\"")));
    check_out("https://a/?x=1&amp;y=&quot;2&quot;");
}

static void own_pages_carry_the_language(void **state) {
    (void)state;
    cn_arena *a = cn_arena_new(0);
    check_text(cn_url_path(a, CN_S("/verify"), CN_FR).text, "/verify?lang=fr");
    check_text(cn_url_path(a, CN_S("/a?b=1"), CN_EN).text, "/a?b=1&lang=en");
    cn_arena_fail_after(a, 1);
    check_text(cn_url_path(a, CN_S("/verify"), CN_FR).text, "#");
    cn_arena_free(a);
    check_text(cn_url_static("a.css").text, "/static/a-1.css");
    assert_ptr_equal(cn_static_find(CN_S("/static/a-1.css")), &cn_static_files[0]);
    assert_null(cn_static_find(CN_S("/static/a-2.css")));
}

static void languages_have_tags(void **state) {
    (void)state;
    assert_int_equal(cn_language_of(CN_S("fr-CA")), CN_FR);
    assert_int_equal(cn_language_of(CN_S("FR")), CN_FR);
    assert_int_equal(cn_language_of(CN_S("frx")), CN_EN);
    assert_int_equal(cn_language_of(CN_S("de")), CN_EN);
    check_text(cn_language_tag(CN_FR), "fr");
}

static void messages_are_found_by_name(void **state) {
    (void)state;
    cn_msg found = 99;
    assert_true(cn_message_find(CN_MSG_FAMILY("word"), CN_S("no-proof"), NULL, &found));
    assert_int_equal(found, CN_MSG_word_no_proof);
    assert_true(cn_message_find(CN_MSG_FAMILY("word"), CN_S("no-proof"), "todo", &found));
    check_text(cn_message(CN_FR, found), "demandez-en une");
    assert_false(cn_message_find(CN_MSG_FAMILY("word"), CN_S("no-proo"), NULL, &found));
    assert_false(cn_message_find(CN_MSG_FAMILY("word"), CN_S("no-prooff"), NULL, &found));
    assert_false(cn_message_find(CN_MSG_FAMILY("word"), CN_S(""), NULL, &found));
    assert_false(cn_message_find(CN_MSG_FAMILY("zz"), CN_S("z"), "z", &found));
}

static void messages_take_arguments(void **state) {
    (void)state;
    cn_html_out o = out(CN_EN);
    cn_message_plain(o.out, CN_EN, CN_MSG_try_hello, 1, &(cn_message_arg){.text = CN_S("a&b")});
    check_out("Hello <a&b>");
    o = out(CN_EN);
    cn_html_message_text(&o, CN_MSG_try_hello, 1, &(cn_message_arg){.text = CN_S("a&b \"%1\"")});
    check_out("Hello &lt;a&amp;b \"%1\"&gt;");
    o = out(CN_EN);
    cn_html_message_attribute(&o, CN_MSG_try_hello, 0, NULL);
    check_out("Hello &lt;&gt;");
}

static void numbers_in_messages_follow_the_language(void **state) {
    (void)state;
    cn_html_out o = out(CN_EN);
    cn_html_message_text(&o, CN_MSG_try_number, 1, (const cn_message_arg[]){CN_MESSAGE_ARG(131072)});
    check_out("131,072 of 100%");
    o = out(CN_FR);
    cn_html_message_text(&o, CN_MSG_try_number, 1, (const cn_message_arg[]){CN_MESSAGE_ARG(-1131072)});
    check_out("-1\u00a0131\u00a0072 de 100");
    o = out(CN_EN);
    cn_html_message_text(&o, CN_MSG_try_number, 1, (const cn_message_arg[]){CN_MESSAGE_ARG(2026)});
    check_out("2026 of 100%");
}

static void plurals_follow_the_language(void **state) {
    (void)state;
    static const struct {
        cn_language language;
        unsigned long long count;
        const char *text;
    } rows[] = {{CN_EN, 0, "0 stones of "}, {CN_EN, 1, "one stone of "}, {CN_EN, 2, "2 stones of "},
                {CN_FR, 0, "0 pierre de "}, {CN_FR, 1, "1 pierre de "},  {CN_FR, 2, "2 pierres de "}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        cn_html_out o = out(rows[i].language);
        cn_html_plural_text(&o, CN_MSG_try_stones, rows[i].count, 0, NULL);
        assert_true(cn_slice_eq(cn_buf_slice(o.out), cn_slice_of(rows[i].text)));
    }
}

static void a_template_prints_its_struct(void **state) {
    (void)state;
    const cn_try_item items[] = {{CN_S("<1>"), {CN_S("/one")}}, {CN_S("2"), cn_url_web(CN_S("javascript:x"))}};
    const cn_try page = {.name = CN_S("\"A\" & <b>"),
                         .markup = {CN_S("<i>x</i>")},
                         .number = -2,
                         .n = 2,
                         .v = items,
                         .message = CN_MSG_try_number};
    cn_html_out o = out(CN_EN);
    cn_tpl_page(&o, &page);
    check_out(
        "<div title=\"&quot;A&quot; &amp; &lt;b&gt;\">\n<h1>\"A\" &amp; &lt;b&gt;</h1> <i>x</i>\n<b>less</b>\n"
        "<ul>\n\n<li class=\"first\"><a href=\"/one\">&lt;1&gt;</a></li>\n\n<li><a "
        "href=\"#\">2</a></li>\n\n</ul>\n"
        "<p>Hello &lt;\"A\" &amp; &lt;b&gt;&gt; 2 stones of \"A\" &amp; &lt;b&gt; -2 of 100%</p>\n"
        "<textarea name=\"text\">\n\"A\" &amp; &lt;b&gt;</textarea>\n</div>");
}

static void a_full_buffer_is_told(void **state) {
    (void)state;
    for (size_t max = 1; max < 60; max++) {
        cn_buf small = cn_buf_on(NULL, max);
        cn_html_out o = {.out = &small, .language = CN_FR};
        cn_tpl_page(&o, &(cn_try){.name = CN_S("x")});
        assert_false(cn_buf_ok(&small));
        cn_buf_done(&small);
    }
}

static int done(void **state) {
    (void)state;
    cn_buf_done(&out_buf);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_escaped),
        cmocka_unit_test(numbers_are_printed),
        cmocka_unit_test(only_addresses_of_the_web_are_links),
        cmocka_unit_test(own_pages_carry_the_language),
        cmocka_unit_test(languages_have_tags),
        cmocka_unit_test(messages_are_found_by_name),
        cmocka_unit_test(messages_take_arguments),
        cmocka_unit_test(numbers_in_messages_follow_the_language),
        cmocka_unit_test(plurals_follow_the_language),
        cmocka_unit_test(a_template_prints_its_struct),
        cmocka_unit_test(a_full_buffer_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, done);
}
