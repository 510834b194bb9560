/* SPDX-License-Identifier: Apache-2.0
 *
 * The other pages, in both languages; which language; errors; static files; dates.
 */
#include "site.h"

static void the_language_is_chosen(void **state) {
    static const struct {
        const char *target, *accepts, *language;
    } cases[] = {
        {"/", NULL, "en"},
        {"/", "fr", "fr"},
        {"/", "fr-CA,en;q=0.5", "fr"},
        {"/", "en;q=0.3, fr;q=0.8", "fr"},
        {"/", "de", "en"},
        {"/?lang=fr", "en", "fr"},
        {"/?lang=en", "fr", "en"},
        {"/?lang=de", "fr", "fr"},
    };
    desk *d = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cn_response rs = desk_get(d, cases[i].target, cases[i].accepts);
        assert_int_equal(rs.status, 200);
        assert_true(cn_slice_eq(desk_header(&rs, "content-language"), cn_slice_of(cases[i].language)));
        check_text(desk_header(&rs, "vary"), "Accept-Language");
    }
}

static void pages_are_in_both_languages_and_lead_to_each_other(void **state) {
    static const char *const paths[] = {"/", "/verify", "/accessibility"};
    desk *d = *state;
    char text[120];
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        (void)desk_get(d, paths[i], "en");
        (void)snprintf(text, sizeof text, "href=\"%s?lang=fr\" lang=\"fr\" hreflang=\"fr\">Français</a>",
                       paths[i]);
        desk_must_say(d, text);
        (void)desk_get(d, paths[i], "fr");
        (void)snprintf(text, sizeof text, "href=\"%s?lang=en\" lang=\"en\" hreflang=\"en\">English</a>", paths[i]);
        desk_must_say(d, text);
        desk_must_be_french(d);
    }
}

static void the_statement_names_a_contact_and_a_date(void **state) {
    desk *d = *state;
    (void)desk_get(d, "/accessibility", "en");
    desk_must_say(d, "tell the organisation that runs this site");
    desk_must_say(d, "WCAG) 2.2");
    d->web.contact = CN_S("<access@college.example>");
    (void)desk_get(d, "/accessibility", "fr");
    desk_must_say(d, "écrivez à\u00a0: &lt;access@college.example&gt;");
    desk_must_say(d, " novembre 2026");
}

static void a_demonstration_says_so(void **state) {
    desk *d = *state;
    (void)desk_get(d, "/", "en");
    desk_must_not_say(d, "Demonstration");
    d->web.demo = true;
    (void)desk_get(d, "/", "en");
    desk_must_say(d, "Demonstration");
}

static void errors_have_pages(void **state) {
    desk *d = *state;
    assert_int_equal(desk_get(d, "/nowhere", "en").status, 404);
    desk_must_say(d, "<title>Page not found – Cairn</title>");
    assert_int_equal(desk_get(d, "/nowhere", "fr").status, 404);
    desk_must_say(d, "Page introuvable");
    desk_must_be_french(d);
    cn_request rq = {.method = CN_POST};
    assert_int_equal(desk_answer(d, &rq, "/").status, 405);
    static const int others[] = {400, 403, 413, 418, 429, 500, 501, 503};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        cn_request plain = {.arena = d->arena, .language = CN_S("fr")};
        cn_response rs = {0};
        assert_true(cn_web_error_page(&d->web, &plain, others[i], NULL, &rs));
        assert_int_equal(rs.status, others[i]);
        assert_true(cn_arena_copy(d->arena, rs.body, &d->body));
        desk_must_be_french(d);
    }
}

static void who_must_sign_in_is_led_there(void **state) {
    desk *d = *state;
    cn_request rq = {.arena = d->arena, .method = CN_GET, .language = CN_S("fr")};
    cn_response rs = {0};
    cn_err err, why;
    (void)cn_fail(&why, CN_DENIED, "sign-in.needed", "Somebody has to sign in.");
    assert_true(cn_request_target(&rq, CN_S("/o/coll%C3%A8ge?a=b&c=%26"), &err));
    assert_true(cn_web_error_page(&d->web, &rq, 403, &why, &rs));
    assert_int_equal(rs.status, 303);
    check_text(desk_header(&rs, "location"), "/sign-in?next=/o/coll%25C3%25A8ge%3Fa%3Db%26c%3D%2526&lang=fr");
    /* What was sent would be lost on the way. */
    rq.method = CN_POST;
    rs = (cn_response){0};
    assert_true(cn_web_error_page(&d->web, &rq, 403, &why, &rs));
    assert_int_equal(rs.status, 403);
    assert_true(cn_arena_copy(d->arena, rs.body, &d->body));
    desk_must_be_french(d);
}

/* ---- Static files ---- */

static cn_response get_static(desk *d, const cn_static_file *f, const char *name, const char *value) {
    cn_field header = {cn_slice_of(name), cn_slice_of(value)};
    cn_request rq = {.method = CN_GET, .headers = {&header, 1, 1}};
    return desk_answer(d, &rq, f->path);
}

static void static_files_are_kept_for_good(void **state) {
    desk *d = *state;
    assert_true(cn_static_files_n >= 2);
    for (size_t i = 0; i < cn_static_files_n; i++) {
        const cn_static_file *f = &cn_static_files[i];
        cn_response rs = get_static(d, f, "accept-encoding", "br, gzip;q=0");
        assert_int_equal(rs.status, 200);
        assert_true(rs.immutable);
        assert_int_equal(rs.body.n, f->n);
        assert_int_equal(desk_header(&rs, "content-encoding").n, 0);
        rs = get_static(d, f, "accept-encoding", "deflate, gzip;q=0.5");
        if (f->gzip_n) {
            assert_int_equal(rs.body.n, f->gzip_n);
            check_text(desk_header(&rs, "content-encoding"), "gzip");
        }
        check_text(desk_header(&rs, "vary"), "Accept-Encoding");
        rs = get_static(d, f, "if-none-match", f->etag);
        assert_int_equal(rs.status, 304);
        assert_int_equal(rs.body.n, 0);
    }
    assert_int_equal(desk_get(d, "/static/nothing.css", "en").status, 404);
}

/* ---- Dates ---- */

static void check_date(desk *d, cn_language language, const char *written, const char *expected) {
    cn_request rq = {.arena = d->arena, .language = cn_language_tag(language)};
    cn_making m;
    cn_making_start(&m, &d->web, &rq);
    cn_slice text = cn_words_date_of(&m, cn_slice_of(written));
    if (!cn_slice_eq(text, cn_slice_of(expected))) fail_msg("%s: %.*s, not %s", written, CN_ARG(text), expected);
}

static void dates_are_written_as_the_language_does(void **state) {
    desk *d = *state;
    check_date(d, CN_EN, "2026-06-01T00:00:00Z", "June 1, 2026");
    check_date(d, CN_FR, "2026-06-01T00:00:00Z", "1er juin 2026");
    check_date(d, CN_EN, "2026-12-31T23:05:00Z", "December 31, 2026 at 23:05 UTC");
    check_date(d, CN_FR, "2026-12-31T09:05:00Z", "31 décembre 2026 à 9\u00a0h\u00a005\u00a0UTC");
    check_date(d, CN_EN, "2026-06-01T00:00:00-05:00", "June 1, 2026 at 5:00 UTC");
    check_date(d, CN_FR, "soon", "soon");
    check_date(d, CN_FR, "", "");
    for (int month = 1; month <= 12; month++) {
        char written[32];
        cn_msg message;
        (void)snprintf(written, sizeof written, "%d", month);
        assert_true(cn_message_find("month", cn_slice_of(written), NULL, &message));
    }
}

/* ---- Words ---- */

static cn_view_step words_of(desk *d, cn_step step) {
    cn_request rq = {.arena = d->arena, .language = CN_S("fr")};
    cn_hidden h = {.arena = d->arena};
    cn_view_step out;
    cn_making m;
    cn_making_start(&m, &d->web, &rq);
    cn_words_step(&m, &h, &step, &out);
    return out;
}

/* What has no words of its own yet is told in general ones, in the page's language. */
static void unknown_words_are_told_in_general(void **state) {
    desk *d = *state;
    cn_view_step v = words_of(d, (cn_step){.id = "novel", .outcome = CN_FAIL, .problem = "never-seen"});
    check_text(v.name, "Une autre vérification");
    check_text(v.text, "Cette vérification a relevé un problème qui n’est pas encore décrit ici.");
    check_text(v.outcome, "Échoué");
    assert_int_equal(v.todo.n, 0);
    v = words_of(d, (cn_step){.id = "novel", .outcome = CN_PASS, .problem = ""});
    check_text(v.text, "Rien d’anormal n’a été trouvé.");
    assert_false(v.technical);
    v = words_of(d, (cn_step){.id = "model", .outcome = CN_NOT_APPLICABLE, .problem = "", .detail = CN_S("No.")});
    check_text(v.text, "Cette vérification ne s’applique pas ici.");
    assert_false(v.technical);
}

static void a_sentence_without_its_subject_is_another(void **state) {
    desk *d = *state;
    cn_step expired = {.id = "validity", .outcome = CN_FAIL, .problem = "expired"};
    check_text(words_of(d, expired).text, "Sa période de validité est terminée.");
    expired.about = CN_S("2026-05-01T00:00:00Z");
    check_text(words_of(d, expired).text, "Il était valide jusqu’au 1er mai 2026.");
    check_text(words_of(d, expired).kind, "fail");
    expired.outcome = CN_PASS;
    check_text(words_of(d, expired).kind, "warning");
}

static void hosts_are_named(void **state) {
    (void)state;
    check_text(cn_host_of(CN_S("https://college.example/a")), "college.example");
    check_text(cn_host_of(CN_S("https://college.example:8443?x")), "college.example:8443");
    check_text(cn_host_of(CN_S("https://good.example@evil.example#x")), "evil.example");
    check_text(cn_host_of(CN_S("https://evil.example\\@good.example/")), "evil.example");
    check_text(cn_host_of(CN_S("did:web:college.example:issuers:1")), "college.example");
    check_text(cn_host_of(CN_S("did:key:z6Mk")), "did:key:z6Mk");
    check_text(cn_host_of(CN_S("")), "");
}

int main(void) {
#define ON_A_DESK(f) cmocka_unit_test_setup_teardown(f, desk_new, desk_done)
    const struct CMUnitTest tests[] = {
        ON_A_DESK(the_language_is_chosen),
        ON_A_DESK(pages_are_in_both_languages_and_lead_to_each_other),
        ON_A_DESK(the_statement_names_a_contact_and_a_date),
        ON_A_DESK(a_demonstration_says_so),
        ON_A_DESK(errors_have_pages),
        ON_A_DESK(who_must_sign_in_is_led_there),
        ON_A_DESK(static_files_are_kept_for_good),
        ON_A_DESK(dates_are_written_as_the_language_does),
        ON_A_DESK(unknown_words_are_told_in_general),
        ON_A_DESK(a_sentence_without_its_subject_is_another),
        ON_A_DESK(hosts_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
