/* SPDX-License-Identifier: Apache-2.0
 *
 * The page of a result: the verdict, the credential as drawn, the steps; what strangers wrote, and whose name is
 * shown.
 */
#include "site.h"

/* ---- Verdicts ---- */

static const struct {
    const char *file, *english, *french; /* the verdict and a sentence that says why */
    const char *why_english, *why_french;
} verdicts[] = {
    {"good", "Verified", "Vérifié", "nothing was found against", "aucune raison de douter"},
    {"status-clear", "Verified", "Vérifié", "neither revoked nor suspended", "ni révoqué ni suspendu"},
    {"tampered", "Not verified", "Non vérifié", "The signature does not match", "La signature ne correspond pas"},
    {"no-proof", "Not verified", "Non vérifié", "It is not signed", "Il n’est pas signé"},
    {"expired", "Not verified", "Non vérifié", "It was valid until ", "Il était valide jusqu’au "},
    {"not-yet-valid", "Not verified", "Non vérifié", "It is valid only from ", "Il n’est valide qu’à partir du "},
    {"revoked", "Not verified", "Non vérifié", "Its issuer has revoked it", "L’émetteur l’a révoqué"},
    {"suspended", "Not verified", "Non vérifié", "Its issuer has suspended it", "L’émetteur l’a suspendu"},
    {"term-dropped", "Not verified", "Non vérifié", "no defined meaning", "pas de sens défini"},
    {"duplicate-keys", "Not verified", "Non vérifié", "says the same thing twice", "dit deux fois la même chose"},
    {"list-unreachable", "Could not be fully checked", "N’a pas pu être entièrement vérifié",
     "could not be had, so nobody can say now whether", "n’a pas pu être obtenue, si bien"},
    {"context-unknown", "Could not be fully checked", "N’a pas pu être entièrement vérifié",
     "A vocabulary that it uses is not known here", "Un vocabulaire qu’il emploie n’est pas connu ici"},
};

static void every_verdict_says_why_in_both_languages(void **state) {
    desk *d = *state;
    char text[200];
    for (size_t i = 0; i < sizeof verdicts / sizeof verdicts[0]; i++) {
        cn_response rs = desk_verify(d, "en", verdicts[i].file);
        (void)snprintf(text, sizeof text, "<title>%s: ", verdicts[i].english);
        desk_must_say(d, text);
        desk_must_say(d, verdicts[i].why_english);
        check_text(desk_header(&rs, "content-language"), "en");
        (void)desk_verify(d, "fr", verdicts[i].file);
        (void)snprintf(text, sizeof text, "<title>%s\u00a0: ", verdicts[i].french);
        desk_must_say(d, text);
        desk_must_say(d, verdicts[i].why_french);
        desk_must_be_french(d);
    }
}

static void every_step_is_shown(void **state) {
    desk *d = *state;
    (void)desk_verify(d, "en", "revoked");
    static const cn_msg names[] = {CN_MSG_step_read,     CN_MSG_step_model,  CN_MSG_step_context,
                                   CN_MSG_step_proof,    CN_MSG_step_issuer, CN_MSG_step_registry,
                                   CN_MSG_step_validity, CN_MSG_step_status};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char text[100];
        cn_slice name = cn_message(CN_EN, names[i]);
        (void)snprintf(text, sizeof text, "cairn-step__name\">%.*s</h3>", CN_ARG(name));
        desk_must_say(d, text);
    }
    desk_must_say(d, "cairn-tag--fail\">Failed</strong>");
    desk_must_say(d, "cairn-tag--warning\">Warning</strong>");
    desk_must_say(d, "<code>revoked</code>");
    desk_must_say(d, "<code>/credentialStatus</code>");
    desk_must_say(d, "<dd>The issuer has revoked this credential");
    (void)desk_verify(d, "fr", "revoked");
    desk_must_say(d, "<code>revoked</code>");
    desk_must_not_say(d, "The issuer has revoked");
}

/* Every signed file and every problem they show: a sentence of its own, never the one for unknown words. */
static void no_file_is_told_in_general_words(void **state) {
    static const char *const files[] = {
        "context-order",
        "date-invalid",
        "issuer-missing",
        "issuer-other",
        "key-other",
        "list-beyond",
        "list-bomb",
        "list-expired",
        "list-no-json",
        "list-other-purpose",
        "list-short",
        "list-unsigned",
        "method-bare",
        "method-no-url",
        "proof-expired",
        "proof-value-short",
        "proof-value-missing",
        "purpose-other",
        "status-type-unknown",
        "suite-unknown",
        "two-proofs-one-bad",
        "type-unmapped",
        "web",
        "web-absent",
        "web-foreign-controller",
        "web-impostor",
        "web-retired-after",
        "web-revoked-after",
        "web-unlisted-purpose",
        "web-unreachable",
    };
    desk *d = *state;
    cn_slice general = cn_message(CN_FR, CN_MSG_problem_other);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        (void)desk_verify(d, "fr", files[i]);
        desk_must_be_french(d);
        assert_true(cn_slice_find(d->body, general) == SIZE_MAX);
    }
}

static void nonsense_is_told(void **state) {
    desk *d = *state;
    assert_int_equal(desk_post(d, "en", (desk_form){.text = "nonsense"}).status, 200);
    desk_must_say(d, "<title>Not verified: ");
    desk_must_say(d, "This cannot be read as a credential");
    desk_must_not_say(d, "cairn-card");
    assert_int_equal(desk_post(d, "fr", (desk_form){.filename = "a", .file = CN_S("\xff\xfe\0x")}).status, 200);
    desk_must_be_french(d);
}

static void the_switch_leads_to_the_form_and_says_so(void **state) {
    desk *d = *state;
    (void)desk_verify(d, "en", "good");
    desk_must_say(d, "href=\"/verify?lang=fr\" lang=\"fr\" hreflang=\"fr\">Vérifier de nouveau en français</a>");
}

/* ---- The credential as drawn ---- */

static void what_it_says_is_drawn(void **state) {
    desk *d = *state;
    (void)desk_verify(d, "en", "good");
    desk_must_say(d, ">Soil Sampling</p>");
    desk_must_say(d, "January 1, 2025");
    desk_must_say(d, "No end date");
    desk_must_say(d, "Takes, labels and records soil samples in the field.");
    desk_must_say(d, "Takes five samples under the eyes of an assessor.");
    desk_must_say(d, "It says it is from “Cairn Test College”. This is not confirmed.");
    desk_must_say(d, "did:key:z6Mkon3Necd6NkkyfoGoHxid2znGc59LU3K7mubaRcFbLfLX");
    (void)desk_verify(d, "fr", "good");
    desk_must_say(d, "1er janvier 2025");
    (void)desk_verify(d, "en", "web");
    desk_must_say(d, "<bdi>college.example</bdi>");
}

static void what_does_not_verify_is_marked(void **state) {
    desk *d = *state;
    (void)desk_verify(d, "en", "tampered");
    desk_must_say(d, "It is not verified: do not rely on it.");
    desk_must_say(d, "Nothing shows who signed it");
    (void)desk_verify(d, "en", "list-unreachable");
    desk_must_say(d, "It could not be fully checked");
}

/* A credential by anybody, unsigned: it is drawn all the same, as not verified. */
#define BADGE(issuer, name, more)                                                                                 \
    "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\"],\"type\":[\"VerifiableCredential\"],"               \
    "\"issuer\":{\"id\":\"https://x.example/\",\"name\":\"" issuer "\"},\"credentialSubject\":{\"id\":\"urn:x\"," \
    "\"name\":\"" name "\",\"achievement\":{\"name\":\"" name "\"" more "}}}"

static void several_subjects_are_all_shown(void **state) {
    desk *d = *state;
    static const char *const two =
        "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\"],\"type\":[\"VerifiableCredential\"],"
        "\"issuer\":\"did:example:1\",\"credentialSubject\":[{\"name\":\"Ada\",\"achievement\":{\"name\":\"Soil\"}"
        "},"
        "{\"id\":\"did:example:2\",\"achievement\":{\"name\":\"Rocks\"}}]}";
    (void)desk_post(d, "en", (desk_form){.text = two});
    desk_must_say(d, ">Credential without a title</p>");
    desk_must_say(d, "<bdi>2 recipients, listed below</bdi>");
    desk_must_say(d, "<bdi>Ada</bdi>");
    desk_must_say(d, "<bdi class=\"cairn-item__group\">Soil</bdi>");
    desk_must_say(d, "<bdi>did:example:2</bdi>");
    desk_must_say(d, "<bdi class=\"cairn-item__group\">Rocks</bdi>");
    (void)desk_post(d, "fr", (desk_form){.text = two});
    desk_must_say(d, "<bdi>2 destinataires, dont la liste suit</bdi>");
    (void)desk_verify(d, "en", "good");
    desk_must_not_say(d, "Recipients");
}

/* Words come first, the identifier after them. */
static void identifiers_are_told_to_be_such(void **state) {
    desk *d = *state;
    (void)desk_verify(d, "en", "good");
    desk_must_say(d, "<bdi>Only an identifier is given, without a name</bdi><bdi class=\"cairn-identifier\">"
                     "did:key:z6Mkon3Necd6NkkyfoGoHxid2znGc59LU3K7mubaRcFbLfLX</bdi>");
    (void)desk_post(d, "en",
                    (desk_form){.text = "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\"],\"type\":["
                                        "\"VerifiableCredential\"],\"credentialSubject\":{\"id\":\"urn:x\"}}"});
    desk_must_say(d, "<bdi>Only an identifier is given, without a name</bdi><bdi "
                     "class=\"cairn-identifier\">urn:x</bdi>");
    (void)desk_verify(d, "en", "../registry/badge-listed");
    desk_must_say(d, "<bdi>Northern College</bdi><bdi class=\"cairn-identifier\">");
}

static void strangers_cannot_write_markup(void **state) {
    desk *d = *state;
    static const char *const hostile = BADGE("<script>alert(1)</script>", "\\\"><img src=x onerror=alert(1)>",
                                             ",\"criteria\":{\"narrative\":\"<b>a</b>\\n\\n{{ b }}\"}");
    assert_int_equal(desk_post(d, "en", (desk_form){.text = hostile}).status, 200);
    desk_must_say(d, "&lt;script&gt;alert(1)&lt;/script&gt;");
    desk_must_say(d, "<title>Not verified: \"&gt;&lt;img src=x onerror=alert(1)&gt; – Cairn</title>");
    desk_must_say(d, "&lt;b&gt;a&lt;/b&gt;</p>");
    desk_must_say(d, "{{ b }}</p>");
    desk_must_not_say(d, "<img src=x");
}

static void strangers_cannot_reorder_text(void **state) {
    desk *d = *state;
    (void)desk_post(d, "en", (desk_form){.text = BADGE("\\u202egnp\\u2066", "a\\u0000b\\u0085", "")});
    desk_must_say(d, "“\ufffdgnp\ufffd”");
    desk_must_say(d, "a\ufffdb\ufffd");
    desk_must_not_say(d, "\u202e");
}

#define EVIDENCE(url)                                                                                             \
    BADGE("X", "Y", ",\"alignment\":[{\"type\":\"Alignment\",\"targetName\":\"T\",\"targetUrl\":\"" url "\"}]")

/* Criteria are Markdown (Open Badges 3.0, Criteria), what describes is plain text. */
static void criteria_are_formatted(void **state) {
    desk *d = *state;
    static const char *const text =
        BADGE("X", "Y",
              ",\"inLanguage\":\"fr-CA\",\"description\":\"- *a*\",\"criteria\":{\"narrative\":"
              "\"## Faire\\n\\n- *un*\\n- [deux](https://x.example/)\\n\\n![spy](https://spy.example/a.png)\"}");
    (void)desk_post(d, "en", (desk_form){.text = text});
    desk_must_say(d, "<div class=\"cairn-formatted\" lang=\"");
    desk_must_say(d, "<h4 class=\"cairn-heading\" dir=\"auto\">Faire</h4>");
    desk_must_say(d, "<em>un</em></li>");
    desk_must_say(d, "lang=\"en\">(leads to x.example)</bdi>");
    desk_must_say(d, ">- *a*</p>");
    desk_must_not_say(d, "spy.example");
}

static void links_say_where_they_lead(void **state) {
    desk *d = *state;
    (void)desk_post(d, "en", (desk_form){.text = EVIDENCE("https://skills.example/a?b=1&c")});
    desk_must_say(
        d, "href=\"https://skills.example/a?b=1&amp;c\" rel=\"noopener noreferrer nofollow\"><bdi>T</bdi></a>");
    desk_must_say(d, "(leads to skills.example)");
    static const char *const bad[] = {EVIDENCE("javascript:alert(1)"),
                                      EVIDENCE("https://good.example@evil.example/"), EVIDENCE("https://a b/"),
                                      EVIDENCE("data:text/html,x")};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        (void)desk_post(d, "en", (desk_form){.text = bad[i]});
        desk_must_say(d, "<bdi>T</bdi>");
        desk_must_not_say(d, "leads to");
    }
}

/* A result's state in the page's language; a level by its name, never by its id. */
#define RESULTS                                                                                                   \
    "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\"],\"type\":[\"VerifiableCredential\"],"               \
    "\"credentialSubject\":{\"achievement\":{\"name\":\"Y\",\"resultDescription\":[{\"id\":\"urn:d\",\"name\":"   \
    "\"Project\",\"rubricCriterionLevel\":[{\"id\":\"urn:l\",\"name\":\"Mastered\"}]}]},\"result\":["             \
    "{\"resultDescription\":\"urn:d\",\"achievedLevel\":\"urn:l\"},{\"status\":\"InProgress\"},"                  \
    "{\"achievedLevel\":\"urn:nowhere\"}]}}"

static void results_are_drawn_in_words(void **state) {
    desk *d = *state;
    (void)desk_post(d, "fr", (desk_form){.text = RESULTS});
    desk_must_say(d, "<bdi>Project</bdi>");
    desk_must_say(d, ">Mastered</bdi>");
    desk_must_say(d, ">statut : en cours</bdi>");
    desk_must_not_say(d, "urn:nowhere");
}

static void images_of_others_are_not_loaded(void **state) {
    desk *d = *state;
    (void)desk_post(d, "en", (desk_form){.text = BADGE("X", "Y", ",\"image\":\"https://spy.example/a.png\"")});
    desk_must_not_say(d, "spy.example");
}

static void the_language_of_a_text_is_told(void **state) {
    desk *d = *state;
#define NAMES "[{\"@value\":\"Soil\",\"@language\":\"en-CA\"},{\"@value\":\"Sol\",\"@language\":\"fr-CA\"}]"
    static const char *const both =
        "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\"],\"type\":["
        "\"VerifiableCredential\"],\"credentialSubject\":{\"achievement\":{\"name\":" NAMES "}}}";
    (void)desk_post(d, "fr", (desk_form){.text = both});
    desk_must_say(d, "lang=\"fr-CA\" dir=\"auto\">Sol</p>");
    (void)desk_post(d, "en", (desk_form){.text = both});
    desk_must_say(d, "lang=\"en-CA\" dir=\"auto\">Soil</p>");
    (void)desk_post(d, "en", (desk_form){.text = BADGE("X", "Y", ",\"inLanguage\":\"x\\\" onclick=\\\"y\"")});
    desk_must_say(d, "lang=\"en\" dir=\"auto\">Y</p>");
}

/* ---- Whose name is shown ---- */

static void a_listed_issuer_goes_by_the_name_of_the_list(void **state) {
    desk *d = *state;
    (void)desk_verify(d, "en", "../registry/badge-listed");
    desk_must_say(d, "<strong><bdi>Northern College</bdi></strong> <a class=\"govuk-link\" "
                     "href=\"https://northern.example/\" rel=\"noopener noreferrer nofollow\">"
                     "<bdi>northern.example</bdi></a>");
    desk_must_say(d, "Listed in the registry “Colleges of Ontario”");
    desk_must_not_say(d, "This is not confirmed");
}

static void an_unlisted_issuer_is_a_warning(void **state) {
    desk *d = *state;
    (void)desk_verify(d, "en", "../registry/badge-unlisted");
    desk_must_say(d, "<title>Verified: ");
    desk_must_say(d, "The issuer is not in a registry that is used here.");
    desk_must_say(d, "This is not confirmed");
}

static void the_name_of_another_is_nowhere(void **state) {
    static const struct {
        const char *file, *names[2];
    } posing[] = {
        {"badge-impostor", {"NORTHERN", "Northern"}},    {"badge-impostor-alike", {"Nordique", "llège"}},
        {"badge-impostor-french", {"Evening", "llège"}}, {"badge-forged", {"Northern", "NORTHERN"}},
        {"badge-name-of-another", {"River", "RIVER"}},
    };
    desk *d = *state;
    char file[60];
    for (size_t i = 0; i < sizeof posing / sizeof posing[0]; i++)
        for (int french = 0; french < 2; french++) {
            (void)snprintf(file, sizeof file, "../registry/%s", posing[i].file);
            (void)desk_verify(d, french ? "fr" : "en", file);
            desk_must_say(d, french ? "n’est pas affiché" : "not shown");
            desk_must_not_say(d, posing[i].names[0]);
            desk_must_not_say(d, posing[i].names[1]);
        }
}

/* The signature of an impostor is good; the page does not stop at saying so. */
static void a_borrowed_name_is_no_plain_success(void **state) {
    desk *d = *state;
    (void)desk_verify(d, "en", "../registry/badge-impostor");
    desk_must_say(d, "<title>Verified, with a warning: ");
    desk_must_say(d, "cairn-verdict--warning");
    desk_must_not_say(d, "nothing was found against");
    desk_must_say(d, "Do not take it for theirs.");
}

/* Not even in a title or in the criteria, in other letters or with spaces in between. */
static void the_name_of_another_is_not_in_other_texts(void **state) {
    desk *d = *state;
    static const char *const posing =
        BADGE("Northern College", "Diploma of N O R T H E R N  C\\u00f4llege",
              ",\"description\":\"Awarded by n\\u043erthern college.\",\"criteria\":{\"narrative\":\"Be kind.\"}");
    (void)desk_post(d, "en", (desk_form){.text = posing});
    desk_must_say(d, "[Text not shown: it uses a registered organisation’s name]");
    desk_must_say(d, "Be kind.");
    desk_must_not_say(d, "orthern");
    desk_must_not_say(d, "N O R T H");
}

/* ---- Memory ---- */

static void a_page_that_does_not_fit_is_an_error(void **state) {
    desk *d = *state;
    cn_slice good = bench_file(d->arena, "good.json");
    for (size_t nth = 1; nth < 4000; nth += 7) {
        cn_making m;
        cn_report report = bench_verify(d->bench, good);
        cn_request rq = {.arena = d->arena, .language = CN_S("en"), .now = d->bench->options.now};
        cn_response rs = {0};
        cn_err err = {0};
        cn_arena_fail_after(d->arena, nth);
        cn_making_start(&m, &d->web, &rq);
        bool done = cn_web_result(&m, &report, &rs, &err);
        cn_arena_fail_after(d->arena, 0);
        if (done) return;
        assert_int_equal(err.code, CN_LIMIT);
    }
    fail_msg("it never fitted");
}

int main(void) {
#define ON_A_DESK(f) cmocka_unit_test_setup_teardown(f, desk_new, desk_done)
    const struct CMUnitTest tests[] = {
        ON_A_DESK(every_verdict_says_why_in_both_languages),
        ON_A_DESK(every_step_is_shown),
        ON_A_DESK(no_file_is_told_in_general_words),
        ON_A_DESK(nonsense_is_told),
        ON_A_DESK(the_switch_leads_to_the_form_and_says_so),
        ON_A_DESK(what_it_says_is_drawn),
        ON_A_DESK(what_does_not_verify_is_marked),
        ON_A_DESK(several_subjects_are_all_shown),
        ON_A_DESK(identifiers_are_told_to_be_such),
        ON_A_DESK(strangers_cannot_write_markup),
        ON_A_DESK(strangers_cannot_reorder_text),
        ON_A_DESK(criteria_are_formatted),
        ON_A_DESK(links_say_where_they_lead),
        ON_A_DESK(results_are_drawn_in_words),
        ON_A_DESK(images_of_others_are_not_loaded),
        ON_A_DESK(the_language_of_a_text_is_told),
        ON_A_DESK(a_listed_issuer_goes_by_the_name_of_the_list),
        ON_A_DESK(an_unlisted_issuer_is_a_warning),
        ON_A_DESK(the_name_of_another_is_nowhere),
        ON_A_DESK(a_borrowed_name_is_no_plain_success),
        ON_A_DESK(the_name_of_another_is_not_in_other_texts),
        ON_A_DESK(a_page_that_does_not_fit_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
