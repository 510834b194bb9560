/* SPDX-License-Identifier: Apache-2.0
 *
 * Every letter in both languages: the same facts in the text and in the HTML form, escaped, and nothing of the
 * other language.
 */
#include "web/letter.h"

#include "../check.h"
#include "web/messages.h"
#include "web/pages.h"

static const cn_app app = {.origin = CN_S_INIT("https://cairn.example"), .demo = true};

static cn_letter letter_of(cn_letter_kind kind, cn_slice language) {
    cn_letter l = {.kind = kind,
                   .recipient = CN_S("zoe@ecole.example"),
                   .language = language,
                   .link = CN_S("https://cairn.example/claim/x?a=1"),
                   .name = CN_S("Zo\xc3\xa9 <b> & co")};
    if (kind != CN_LETTER_REVOKED) l.code = CN_S("K7QMX-3TXPA");
    if (kind == CN_LETTER_SIGN_IN || kind == CN_LETTER_ADDRESS) l.minutes = 15;
    if (kind == CN_LETTER_CLAIM) l.until = (cn_time){1782864000, 0}; /* 2026-07-01 */
    if (kind == CN_LETTER_SIGN_IN || kind == CN_LETTER_ADDRESS) return l;
    l.organisation = (cn_bilingual){CN_S("North & Co College"), CN_S("Coll\xc3\xa8ge du Nord & cie")};
    l.achievement = (cn_bilingual){CN_S("Bookkeeping"), CN_S("Tenue de livres")};
    return l;
}

static cn_letter_words words_of(cn_arena *a, const cn_letter *l) {
    cn_letter_words w;
    cn_err err;
    if (!cn_web_letter(a, &app, l, &w, &err)) fail_msg("%s", err.detail);
    return w;
}

static bool holds(cn_slice text, const char *what) {
    return cn_slice_find(text, cn_slice_of(what)) != SIZE_MAX;
}

static void must(cn_slice text, const char *what) {
    if (!holds(text, what)) fail_msg("\"%s\" is not in:\n%.*s", what, CN_ARG(text));
}

/* No message of some words in the one language stands in a letter of the other. */
static void speaks_only(cn_slice text, cn_language other) {
    for (cn_msg m = 0; m < cn_messages.n; m++) {
        cn_slice message = cn_message(other, m);
        size_t spaces = 0;
        for (size_t i = 0; i < message.n; i++) spaces += message.p[i] == ' ';
        if (spaces < 2 || cn_slice_find_byte(message, '%') != SIZE_MAX) continue;
        if (cn_slice_find(text, message) != SIZE_MAX) fail_msg("the wrong language: %.*s", CN_ARG(message));
    }
}

static void every_letter_in_both_languages(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    for (cn_letter_kind kind = 0; kind < CN_LETTER_KINDS; kind++)
        for (cn_language language = CN_EN; language < CN_LANGUAGES; language++) {
            bool french = language == CN_FR;
            cn_letter l = letter_of(kind, cn_language_tag(language));
            cn_letter_words w = words_of(a, &l);
            assert_true(w.subject.n && w.text.n && w.html.n);
            assert_true(cn_slice_find_byte(w.subject, '\n') == SIZE_MAX);
            must(w.language, french ? "fr-CA" : "en-CA");
            must(w.html, french ? "<html lang=\"fr-CA\">" : "<html lang=\"en-CA\">");
            must(w.text, french ? "/claim/x?a=1&lang=fr\n" : "/claim/x?a=1&lang=en\n");
            must(w.html, french ? "href=\"https://cairn.example/claim/x?a=1&amp;lang=fr\""
                                : "href=\"https://cairn.example/claim/x?a=1&amp;lang=en\"");
            must(w.text, french ? "Bonjour Zo\xc3\xa9 <b> & co," : "Hello Zo\xc3\xa9 <b> & co,");
            must(w.html, "Zo\xc3\xa9 &lt;b&gt; &amp; co,");
            assert_true(holds(w.text, "K7QMX-3TXPA") == (l.code.n > 0));
            assert_true(holds(w.html, "<strong>K7QMX-3TXPA</strong>") == (l.code.n > 0));
            assert_false(holds(w.text, "%") || holds(w.html, "%"));
            speaks_only(w.text, french ? CN_EN : CN_FR);
            speaks_only(w.html, french ? CN_EN : CN_FR);
            assert_true(w.text.n < 1200 && w.html.n < 2400);
        }
}

static void a_claim_tells_what_by_whom_and_until_when(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_letter l = letter_of(CN_LETTER_CLAIM, CN_S("fr"));
    cn_letter_words w = words_of(a, &l);
    check_text(w.subject, "Votre microcertification\xc2\xa0: Tenue de livres");
    check_text(w.from, "Coll\xc3\xa8ge du Nord & cie");
    must(w.text, "Coll\xc3\xa8ge du Nord & cie vous a d\xc3\xa9"
                 "cern\xc3\xa9");
    must(w.html, "Coll\xc3\xa8ge du Nord &amp; cie vous a d\xc3\xa9"
                 "cern\xc3\xa9");
    must(w.text, "\xc2\xab\xc2\xa0Tenue de livres\xc2\xa0\xc2\xbb");
    must(w.text, "https://cairn.example/claim et tapez ce code");
    must(w.text, "1er juillet 2026");
    l = letter_of(CN_LETTER_CLAIM, CN_S("en"));
    w = words_of(a, &l);
    check_text(w.subject, "Your micro-credential: Bookkeeping");
    must(w.text, "July 1, 2026");
}

static void an_invitation_tells_who_invites_to_what(void **state) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    (void)state;
    for (cn_language language = 0; language < CN_LANGUAGES; language++) {
        cn_letter l = letter_of(CN_LETTER_INVITATION, cn_language_tag(language));
        cn_letter_words w = words_of(a, &l); /* from the operator, who has no name here */
        must(w.text,
             language == CN_FR ? "Coll\xc3\xa8ge du Nord & cie vous invite" : "North & Co College invites you");
        l.about = CN_S("Anna Roy");
        w = words_of(a, &l);
        must(w.text, language == CN_FR ? "Anna Roy vous invite" : "Anna Roy invites you");
        must(w.text, language == CN_FR ? "Coll\xc3\xa8ge du Nord & cie" : "North & Co College");
    }
}

static void a_letter_to_nobody_in_particular(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_letter l = letter_of(CN_LETTER_SIGN_IN, CN_S("fr"));
    l.name = (cn_slice){0};
    l.minutes = 1;
    l.link = CN_S("https://cairn.example/sign-in/x");
    cn_letter_words w = words_of(a, &l);
    check_text(w.from, "Cairn");
    must(w.text, "Bonjour,\n");
    must(w.text, "pendant 1 minute.");
    must(w.text, "https://cairn.example/sign-in/x?lang=fr\n");
    /* A link that names a language keeps it. */
    l.link = CN_S("https://cairn.example/sign-in/x?lang=en");
    w = words_of(a, &l);
    must(w.text, "/sign-in/x?lang=en\n");
}

static void only_a_demonstration_says_so(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_app real = app;
    cn_letter l = letter_of(CN_LETTER_CLAIM, CN_S("en"));
    cn_letter_words w = words_of(a, &l);
    cn_err err;
    must(w.text, "This is a demonstration");
    real.demo = false;
    assert_true(cn_web_letter(a, &real, &l, &w, &err));
    assert_false(holds(w.text, "demonstration") || holds(w.html, "demonstration"));
}

static void a_problem_in_words(void **state) {
    (void)state;
    assert_int_equal(cn_web_mail_problem(CN_S("fr"), CN_S("")).n, 0);
    static const char *const known[] = {"recipient", "address", "refused", "late", "internal"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        for (size_t k = 0; k < i; k++)
            assert_false(cn_slice_eq(cn_web_mail_problem(CN_S("fr"), cn_slice_of(known[i])),
                                     cn_web_mail_problem(CN_S("fr"), cn_slice_of(known[k]))));
    assert_true(cn_slice_eq(cn_web_mail_problem(CN_S("en"), CN_S("never-heard")),
                            cn_web_mail_problem(CN_S("en"), CN_S("internal"))));
}

static void memory_runs_out(void **state) {
    (void)state;
    cn_letter l = letter_of(CN_LETTER_CLAIM, CN_S("fr"));
    for (size_t nth = 1;; nth++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_letter_words w;
        cn_err err;
        cn_arena_fail_after(a, nth);
        if (cn_web_letter(a, &app, &l, &w, &err)) {
            must(w.text, "1er juillet 2026");
            must(w.text, "tapez ce code");
            assert_true(nth > 5);
            return;
        }
        assert_int_equal(err.code, CN_LIMIT);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_letter_in_both_languages),
        cmocka_unit_test(a_claim_tells_what_by_whom_and_until_when),
        cmocka_unit_test(an_invitation_tells_who_invites_to_what),
        cmocka_unit_test(a_letter_to_nobody_in_particular),
        cmocka_unit_test(only_a_demonstration_says_so),
        cmocka_unit_test(a_problem_in_words),
        cmocka_unit_test(memory_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
