/* SPDX-License-Identifier: Apache-2.0
 *
 * The form of /verify: what it takes, and what it says when it was not filled in well.
 */
#include "site.h"

static void the_form_is_there(void **state) {
    desk *d = *state;
    assert_int_equal(desk_get(d, "/verify", "en").status, 200);
    desk_must_say(d, "<title>Verify a credential – Cairn</title>");
    desk_must_say(d, "action=\"/verify?lang=en\" method=\"post\" enctype=\"multipart/form-data\"");
    desk_must_say(d, "<label class=\"govuk-label govuk-label--m\" for=\"file\">");
    desk_must_say(d, "<label class=\"govuk-label govuk-label--m\" for=\"text\">");
    desk_must_say(d, "<label class=\"govuk-label govuk-label--m\" for=\"link\">");
    desk_must_not_say(d, "There is a problem");
    assert_int_equal(desk_get(d, "/verify?lang=fr", "en").status, 200);
    desk_must_say(d, "Vérifier un justificatif");
    desk_must_be_french(d);
}

static void check_error(desk *d, const char *field, cn_msg message) {
    char text[600];
    cn_slice says = cn_message(CN_EN, message);
    desk_must_say(d, "<title>Error: ");
    (void)snprintf(text, sizeof text, "<li><a href=\"#%s\">%.*s</a></li>", field, CN_ARG(says));
    desk_must_say(d, text);
    (void)snprintf(text, sizeof text, "aria-describedby=\"%s-hint %s-error\"", field, field);
    desk_must_say(d, text);
    (void)snprintf(text, sizeof text, "id=\"%s-error\"", field);
    desk_must_say(d, text);
}

static void one_thing_must_be_given(void **state) {
    desk *d = *state;
    assert_int_equal(desk_post(d, "en", (desk_form){0}).status, 422);
    check_error(d, "file", CN_MSG_verify_error_none);
    assert_int_equal(desk_post(d, "en", (desk_form){.text = " \r\n "}).status, 422);
    check_error(d, "file", CN_MSG_verify_error_none);
    (void)desk_post(d, "fr", (desk_form){0});
    desk_must_say(d, "Choisissez un fichier, collez un texte ou donnez un lien");
    desk_must_be_french(d);
}

static void what_was_typed_is_kept(void **state) {
    desk *d = *state;
    desk_form both = {.text = "{\"a\": \"<b>&\"}", .link = "https://x.example/?a=1&b=\"2\""};
    assert_int_equal(desk_post(d, "en", both).status, 422);
    check_error(d, "text", CN_MSG_verify_error_many);
    desk_must_say(d, "\n{\"a\": \"&lt;b&gt;&amp;\"}</textarea>");
    desk_must_say(d, "value=\"https://x.example/?a=1&amp;b=&quot;2&quot;\"");
    desk_form with_file = {.filename = "a.json", .file = CN_S("{}"), .link = "https://x.example/"};
    assert_int_equal(desk_post(d, "en", with_file).status, 422);
    check_error(d, "link", CN_MSG_verify_error_many);
    check_error(d, "file", CN_MSG_verify_error_file_again);
}

static void an_empty_file_is_told(void **state) {
    desk *d = *state;
    assert_int_equal(desk_post(d, "en", (desk_form){.filename = "a.json"}).status, 422);
    check_error(d, "file", CN_MSG_verify_error_file_empty);
}

static void too_much_shows_the_form(void **state) {
    desk *d = *state;
    cn_field header = {CN_S("content-type"), CN_S("multipart/form-data; boundary=----cairn")};
    cn_request rq = {.method = CN_POST, .headers = {&header, 1, 1}, .body_too_large = true};
    assert_int_equal(desk_answer(d, &rq, "/verify?lang=en").status, 413);
    check_error(d, "file", CN_MSG_verify_error_too_large);
}

static void each_way_leads_to_a_result(void **state) {
    desk *d = *state;
    cn_slice good = bench_file(d->arena, "good.json");
    assert_int_equal(desk_post(d, "en", (desk_form){.filename = "good.json", .file = good}).status, 200);
    desk_must_say(d, "<title>Verified: Soil Sampling – Cairn</title>");
    assert_int_equal(desk_post(d, "en", (desk_form){.text = good.p}).status, 200);
    desk_must_say(d, "<title>Verified: Soil Sampling – Cairn</title>");
    /* Links lead to what the url-map has: a status list is a credential too. */
    assert_int_equal(desk_post(d, "en", (desk_form){.link = "https://college.example/status/clear"}).status, 200);
    desk_must_say(d, "<title>Verified: ");
    assert_int_equal(desk_post(d, "en", (desk_form){.text = " https://college.example/status/clear\n"}).status,
                     200);
    desk_must_say(d, "<title>Verified: ");
}

static void links_that_fail_say_why(void **state) {
    static const struct {
        const char *id;
        cn_code code;
        cn_msg message;
    } failures[] = {
        {"net.address", CN_DENIED, CN_MSG_verify_error_link_address},
        {"net.scheme", CN_DENIED, CN_MSG_verify_error_link_scheme},
        {"net.user", CN_DENIED, CN_MSG_verify_error_link_user},
        {"net.timeout", CN_UNAVAILABLE, CN_MSG_verify_error_link_timeout},
        {"net.size", CN_LIMIT, CN_MSG_verify_error_link_size},
        {"net.redirects", CN_LIMIT, CN_MSG_verify_error_link_redirects},
        {"net.status", CN_NOT_FOUND, CN_MSG_verify_error_link_absent},
        {"net.status", CN_UNAVAILABLE, CN_MSG_verify_error_link_status},
        {"net.tls", CN_UNAVAILABLE, CN_MSG_verify_error_link_tls},
        {"net.connect", CN_UNAVAILABLE, CN_MSG_verify_error_link_connect},
        {"net.offline", CN_UNAVAILABLE, CN_MSG_verify_error_link_offline},
        {"some.other", CN_UNAVAILABLE, CN_MSG_verify_error_link_connect},
    };
    desk *d = *state;
    for (size_t i = 0; i < sizeof failures / sizeof failures[0]; i++) {
        d->failure = (cn_err){.code = failures[i].code, .id = failures[i].id};
        assert_int_equal(desk_post(d, "en", (desk_form){.link = "https://x.example/badge"}).status, 422);
        check_error(d, "link", failures[i].message);
        desk_must_say(d, "value=\"https://x.example/badge\"");
    }
    d->failure = (cn_err){.code = CN_LIMIT, .id = "memory.limit"};
    assert_int_equal(desk_post(d, "en", (desk_form){.link = "https://x.example/badge"}).status, 503);
}

/* Links take tokens of the address beside those of the form; what is no link does not. */
static void links_cost_more(void **state) {
    desk *d = *state;
    d->limit = cn_limit_new(1, 22, 16);
    for (int i = 0; i < 2; i++)
        assert_int_equal(desk_post(d, "en", (desk_form){.link = "https://college.example/status/clear"}).status,
                         200);
    assert_int_equal(desk_post(d, "en", (desk_form){.text = "nonsense"}).status, 429);
    cn_limit_free(d->limit);
    d->limit = cn_limit_new(1, 17, 16);
    assert_int_equal(desk_post(d, "en", (desk_form){.link = "https://college.example/status/clear"}).status, 200);
    cn_response rs = desk_post(d, "en", (desk_form){.link = "https://college.example/status/clear"});
    assert_int_equal(rs.status, 429);
    check_text(desk_header(&rs, "retry-after"), "180");
    desk_must_say(d, "<li><a href=\"#link\">Many verifications");
    desk_must_say(d, "value=\"https://college.example/status/clear\"");
    cn_limit_free(d->limit);
    d->limit = NULL;
}

/* What gives nothing to verify takes a fifth of a verification. */
static void an_empty_form_costs_little(void **state) {
    desk *d = *state;
    d->limit = cn_limit_new(1, 15, 16);
    for (int i = 0; i < 5; i++) assert_int_equal(desk_post(d, "en", (desk_form){0}).status, 422);
    for (int i = 0; i < 5; i++)
        assert_int_equal(desk_post(d, "en", (desk_form){.link = "http://x.example/"}).status, 422);
    assert_int_equal(desk_post(d, "en", (desk_form){.text = "nonsense"}).status, 200);
    cn_response rs = desk_post(d, "en", (desk_form){0});
    assert_int_equal(rs.status, 429);
    check_text(desk_header(&rs, "retry-after"), "60");
    cn_limit_free(d->limit);
    d->limit = NULL;
}

static void who_must_wait_keeps_what_was_typed(void **state) {
    desk *d = *state;
    d->limit = cn_limit_new(60, CN_VERIFY_COST, 16);
    assert_int_equal(desk_post(d, "en", (desk_form){.text = "nonsense"}).status, 200);
    cn_response rs = desk_post(d, "en", (desk_form){.text = "a text <1>"});
    assert_int_equal(rs.status, 429);
    check_text(desk_header(&rs, "retry-after"), "1"); /* there is not even a token for the form */
    desk_must_say(d, "<title>Error: ");
    desk_must_say(d, "<a href=\"#text\">Many verifications were asked for from your network in a short time: "
                     "wait 1 second, then verify again</a>");
    desk_must_say(d, "a text &lt;1&gt;</textarea>");
    cn_limit_free(d->limit);
    d->limit = cn_limit_new(60, CN_VERIFY_COST + 1, 16); /* one for the next form, and no more */
    assert_int_equal(desk_post(d, "fr", (desk_form){.text = "nonsense"}).status, 200);
    rs = desk_post(d, "fr", (desk_form){.filename = "a.json", .file = CN_S("{}")});
    assert_int_equal(rs.status, 429);
    check_text(desk_header(&rs, "retry-after"), "4");
    desk_must_say(d, "<a href=\"#file\">Beaucoup de vérifications ont été demandées");
    desk_must_say(d, "attendez 4\u00a0secondes, puis choisissez de nouveau le fichier");
    desk_must_be_french(d);
    cn_limit_free(d->limit);
    d->limit = NULL;
}

static void only_whole_https_links_are_followed(void **state) {
    desk *d = *state;
    size_t before = d->bench->fetches;
    (void)desk_post(d, "en", (desk_form){.link = "college.example/badge.json"});
    check_error(d, "link", CN_MSG_verify_error_link_url);
    (void)desk_post(d, "en", (desk_form){.link = "javascript:alert(1)"});
    check_error(d, "link", CN_MSG_verify_error_link_url);
    (void)desk_post(d, "en", (desk_form){.link = "http://college.example/badge.json"});
    check_error(d, "link", CN_MSG_verify_error_link_scheme);
    d->web.resolver = NULL;
    (void)desk_post(d, "en", (desk_form){.link = "https://college.example/badge.json"});
    check_error(d, "link", CN_MSG_verify_error_link_offline);
    assert_int_equal(d->bench->fetches, before);
}

static void a_form_of_another_kind_is_no_credential(void **state) {
    desk *d = *state;
    cn_field header = {CN_S("content-type"), CN_S("text/plain")};
    cn_request rq = {.method = CN_POST, .headers = {&header, 1, 1}, .body = CN_S("{}")};
    assert_int_equal(desk_answer(d, &rq, "/verify?lang=en").status, 422);
}

int main(void) {
#define ON_A_DESK(f) cmocka_unit_test_setup_teardown(f, desk_new, desk_done)
    const struct CMUnitTest tests[] = {
        ON_A_DESK(the_form_is_there),
        ON_A_DESK(one_thing_must_be_given),
        ON_A_DESK(what_was_typed_is_kept),
        ON_A_DESK(an_empty_file_is_told),
        ON_A_DESK(too_much_shows_the_form),
        ON_A_DESK(each_way_leads_to_a_result),
        ON_A_DESK(links_that_fail_say_why),
        ON_A_DESK(links_cost_more),
        ON_A_DESK(an_empty_form_costs_little),
        ON_A_DESK(who_must_wait_keeps_what_was_typed),
        ON_A_DESK(only_whole_https_links_are_followed),
        ON_A_DESK(a_form_of_another_kind_is_no_credential),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
