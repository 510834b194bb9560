/* SPDX-License-Identifier: Apache-2.0
 *
 * The signed form: what it says in either language, what it keeps to itself, what it refuses to be made of, and
 * that nobody who holds it can make it say something else.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "app/form.h"
#include "vc/languages.h"
#include "vc/summary.h"
#include "vc/vc.h"

static const cn_slice outcomes_en[] = {CN_S_INIT("Keep a journal"), CN_S_INIT("Reconcile")};
static const cn_slice outcomes_fr[] = {CN_S_INIT("Tenir un journal"), CN_S_INIT("Rapprocher")};

typedef struct bench {
    cn_arena *arena;
    cn_crypto *crypto;
    cn_loader contexts, network;
    cn_slice list; /* what the network answers with; empty: nothing */
    cn_private_key key;
    cn_slice issuer, method;
    cn_app app;
    cn_form_award facts;
} bench;

static bool load(void *self, cn_arena *a, cn_slice url, cn_document *out, cn_err *err) {
    bench *b = self;
    (void)a;
    if (!b->list.n || !cn_slice_eq(url, CN_S("https://cairn.example/status/L")))
        return cn_fail(err, CN_UNAVAILABLE, "net.connect", "cairn.example does not answer.");
    *out = (cn_document){.body = b->list, .final_url = url};
    return true;
}

static int set_up(void **state) {
    bench *b = calloc(1, sizeof *b);
    cn_public_key key;
    cn_err err;
    b->arena = cn_arena_new(0);
    if (!cn_crypto_new(&b->crypto, &err)) return -1;
    b->contexts = cn_builtin_loader(NULL);
    b->network = (cn_loader){b, load};
    b->key = (cn_private_key){.kind = CN_KEY_ED25519, .bytes = {9}, .n = 32};
    b->app = (cn_app){.crypto = b->crypto, .contexts = &b->contexts};
    if (!cn_key_public(b->crypto, b->arena, &b->key, &key, &err) ||
        !cn_form_did_key(b->arena, &key, &b->issuer, &b->method, &err))
        return -1;
    b->facts = (cn_form_award){
        .origin = CN_S("https://cairn.example"),
        .id = CN_S("A"),
        .language = CN_S("en"),
        .issuer = b->issuer,
        .organisation_id = CN_S("O"),
        .organisation_name = {CN_S("North Shore College"), CN_S("Collège de la Rive-Nord")},
        .achievement_id = CN_S("B"),
        .version = 3,
        .en = {CN_S("Bookkeeping"), CN_S("Keeping books."), CN_S("Pass."), outcomes_en, 2},
        .fr = {CN_S("Tenue de livres"), CN_S("Tenir des livres."), CN_S("Réussir."), outcomes_fr, 2},
        .valid_from = {.sec = 1780272000},
        .name = CN_S("Anne Roy"),
        .email = CN_S("anne@example.org"),
        .salt = CN_S("salt"),
        .decided_on = CN_S("2026-05-01"),
        .decision = CN_S("Passed."),
        .method = CN_S("examination"),
        .assessor = CN_S("Jean Roy"),
        .status_list = CN_S("L"),
        .status_index = 7,
    };
    *state = b;
    return 0;
}

static int take_down(void **state) {
    bench *b = *state;
    cn_crypto_free(b->crypto);
    cn_arena_free(b->arena);
    free(b);
    return 0;
}

static void check(cn_slice got, const char *want) {
    if (!cn_slice_eq(got, cn_slice_of(want))) fail_msg("\"%.*s\" instead of \"%s\"", CN_ARG(got), want);
}

static cn_slice sign(bench *b, const cn_json *document) {
    cn_slice text;
    cn_err err;
    if (!cn_form_sign(b->arena, &b->app, document, &b->key, b->method, b->facts.valid_from, &text, &err))
        fail_msg("%s: %s", err.id, err.detail);
    return text;
}

static cn_slice made(bench *b) {
    const cn_json *document;
    cn_err err;
    if (!cn_form_credential(b->arena, b->crypto, &b->facts, &document, &err))
        fail_msg("%s: %s", err.id, err.detail);
    return sign(b, document);
}

static void publish(bench *b, uint64_t revoked) {
    static uint8_t bits[CN_FORM_LIST_BITS / 8];
    const cn_json *document;
    cn_err err;
    memset(bits, 0, sizeof bits);
    if (revoked) bits[revoked / 8] = (uint8_t)(0x80 >> revoked % 8);
    cn_form_list list = {.origin = b->facts.origin,
                         .id = b->facts.status_list,
                         .issuer = b->issuer,
                         .bits = cn_slice_bytes(bits, sizeof bits),
                         .valid_from = b->facts.valid_from};
    assert_true(cn_form_status_list(b->arena, &list, &document, &err));
    b->list = sign(b, document);
}

static cn_report verified(bench *b, cn_slice text) {
    cn_verify_options how = {.crypto = b->crypto,
                             .contexts = &b->contexts,
                             .resolver = &b->network,
                             .now = {.sec = b->facts.valid_from.sec + 1},
                             .strict_bitstring = true};
    cn_report r;
    cn_err err;
    if (!cn_verify(b->arena, text, &how, &r, &err)) fail_msg("%s: %s", err.id, err.detail);
    return r;
}

static cn_summary read_in(bench *b, cn_slice text, const char *language) {
    cn_report r = verified(b, text);
    cn_summary s;
    cn_err err;
    assert_true(cn_summary_read(b->arena, r.credential, cn_slice_of(language), &s, &err));
    return s;
}

static bool has(cn_slice text, const char *part) {
    return cn_slice_find(text, cn_slice_of(part)) != SIZE_MAX;
}

static const char *problem(const cn_report *r) {
    for (size_t i = 0; i < r->steps_n; i++)
        if (r->steps[i].outcome == CN_FAIL || r->steps[i].outcome == CN_UNKNOWN) return r->steps[i].problem;
    return "";
}

/* The text with the first occurrence of a part replaced. */
static cn_slice with(bench *b, cn_slice text, const char *part, const char *by) {
    size_t at = cn_slice_find(text, cn_slice_of(part));
    cn_slice out;
    if (at == SIZE_MAX) fail_msg("there is no %s", part);
    assert_true(cn_arena_print(b->arena, &out, "%.*s%s%.*s", CN_ARG(cn_slice_sub(text, 0, at)), by,
                               CN_ARG(cn_slice_from(text, at + strlen(part)))));
    return out;
}

/* ---- What it says ---- */

static void it_verifies_and_reads_in_both_languages(void **state) {
    bench *b = *state;
    publish(b, 0);
    cn_slice text = made(b);
    assert_int_equal(verified(b, text).verdict, CN_VERIFIED);
    cn_summary en = read_in(b, text, "en"), fr = read_in(b, text, "fr");
    check(en.id, "https://cairn.example/credentials/A");
    check(en.achievement_id, "https://cairn.example/achievements/B/versions/3");
    check(en.achievement_name, "Bookkeeping");
    check(fr.achievement_name, "Tenue de livres");
    check(fr.description, "Microcertification décernée par\u00a0: Collège de la Rive-Nord.");
    check(fr.issuer_name, "Collège de la Rive-Nord");
    check(fr.criteria, "Réussir.");
    check(fr.outcomes.v[1].name, "Rapprocher");
    check(fr.subject_name, "Anne Roy");
    check(fr.results.v[0].name, "Évaluation");
    check(fr.results.v[0].text, "Évaluation du 1er mai 2026. Décision\u00a0: Passed. Méthode\u00a0: examination. "
                                "Décision prise par\u00a0: Jean Roy.");
    check(en.results.v[0].text,
          "Assessed on May 1, 2026. Decision: Passed. Method: examination. Decided by: Jean Roy.");
}

static void the_first_language_is_the_learners(void **state) {
    bench *b = *state;
    b->facts.language = CN_S("fr");
    cn_slice text = made(b);
    assert_true(has(text, "\"name\":\"Tenue de livres\",\"nameIn\":{\"en\":\"Bookkeeping\"}"));
    assert_true(has(text, "\"id\":\"https://cairn.example/achievements/B/versions/3/en\",\"inLanguage\":\"en\""));
    check(read_in(b, text, "en").achievement_name, "Bookkeeping");
    check(read_in(b, text, "").achievement_name, "Tenue de livres");
}

static const cn_json *design(bench *b) {
    const cn_json *v;
    cn_err err;
    cn_slice text =
        CN_S("{\"credits\":[{\"system\":\"ECTS\",\"value\":3.125},{\"system\":\"ON\",\"value\":1}],"
             "\"classification\":{\"cip\":\"52.0302\",\"noc\":[\"12200\",\"12200\"]},"
             "\"hours\":{\"total\":40},\"competencies\":["
             "{\"uri\":\"http://data.europa.eu/esco/skill/1\",\"framework\":\"ESCO\",\"label\":"
             "{\"en\":\"keep books\",\"fr\":\"tenir des livres\"}},"
             "{\"uri\":\"no address\",\"label\":{\"en\":\"left out\"}},"
             "{\"uri\":\"https://college.example/2\",\"label\":{}}],"
             "\"source\":{\"achievement\":\"https://other.example/achievements/Q/versions/7\",\"version\":7,"
             "\"others\":[{\"achievement\":\"no address\",\"version\":1},"
             "{\"achievement\":\"https://third.example/a\"}]}}");
    assert_true(cn_json_read(b->arena, text, NULL, &v, &err));
    return v;
}

/* What of a design a wallet shows; each alignment once, and none without an address. */
static void the_design_stands_in_the_achievement(void **state) {
    bench *b = *state;
    b->facts.design = design(b);
    b->facts.language = CN_S("fr");
    publish(b, 0);
    cn_slice text = made(b);
    assert_int_equal(verified(b, text).verdict, CN_VERIFIED);
    assert_true(has(text, "\"creditsAvailable\":3.125,\"fieldOfStudy\":\"CIP 52.0302\",\"alignment\":["));
    assert_true(has(text, "\"targetName\":\"tenir des livres\",\"nameIn\":{\"en\":\"keep books\"}"));
    const cn_json *document, *alignment;
    cn_err err;
    assert_true(cn_json_read(b->arena, text, NULL, &document, &err));
    alignment = cn_json_point(document, CN_S("/credentialSubject/achievement/alignment"));
    assert_int_equal(cn_json_count(alignment), 2);
    check(cn_json_text(cn_json_point(alignment, CN_S("/1/targetName"))), "CNP 12200");
    assert_true(has(text, "{\"type\":[\"Related\"],\"id\":\"https://other.example/achievements/Q/versions/7\","
                          "\"version\":\"7\"},{\"type\":[\"Related\"],\"id\":\"https://third.example/a\"}]"));
    check(read_in(b, text, "en").alignments.v[0].name, "keep books");
    check(read_in(b, text, "fr").alignments.v[0].name, "tenir des livres");
    check(read_in(b, text, "en").alignments.v[1].name, "NOC 12200");
    const char *letters[][2] = {{"3.125", "3.126"},
                                {"52.0302", "52.0303"},
                                {"keep books", "keep looks"},
                                {"esco/skill/1", "esco/skill/2"},
                                {"achievements/Q", "achievements/R"},
                                {"CNP 12200", "CNP 12201"}};
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        assert_int_equal(verified(b, with(b, text, letters[i][0], letters[i][1])).verdict, CN_NOT_VERIFIED);
}

static void a_demonstration_says_so_in_both_languages(void **state) {
    bench *b = *state;
    b->facts.demonstration = true;
    cn_slice text = made(b);
    cn_summary en = read_in(b, text, "en"), fr = read_in(b, text, "fr");
    check(en.name, "Demonstration: Bookkeeping");
    check(en.achievement_name, "Demonstration: Bookkeeping");
    check(fr.name, "Démonstration\u00a0: Tenue de livres");
    check(fr.achievement_name, "Démonstration\u00a0: Tenue de livres");
    assert_true(has(en.description, "certifies nothing") && has(fr.description, "n’atteste rien"));
}

static void the_same_facts_give_the_same_bytes(void **state) {
    bench *b = *state;
    assert_true(cn_slice_eq(made(b), made(b)));
}

/* ---- What it keeps to itself ---- */

static void the_address_is_a_salted_hash(void **state) {
    bench *b = *state;
    cn_slice text = made(b), hash;
    cn_err err;
    assert_false(has(text, "anne@") || has(text, "@example.org"));
    /* printf 'anne@example.orgsalt' | sha256sum */
    assert_true(cn_form_email_hash(b->arena, b->crypto, CN_S(" Anne@Example.ORG"), CN_S("salt"), &hash, &err));
    check(hash, "sha256$1f4218f72dd0de27df6b47846730ed3a5af127947d016d3ad9dadd2b7c668603");
    cn_slice member;
    assert_true(cn_arena_print(b->arena, &member, "\"identityHash\":\"%.*s\",\"salt\":\"salt\"", CN_ARG(hash)));
    assert_true(has(text, member.p));
    assert_false(cn_form_email_hash(b->arena, b->crypto, CN_S("anne"), CN_S("salt"), &hash, &err));
    assert_string_equal(err.id, "form.email");
}

/* ---- What it is not made of ---- */

static void refused(bench *b, const cn_form_award *facts, const char *id) {
    const cn_json *document;
    cn_err err;
    if (cn_form_credential(b->arena, b->crypto, facts, &document, &err)) fail_msg("%s was not refused", id);
    assert_string_equal(err.id, id);
}

static void facts_that_are_missing_or_wrong_are_refused(void **state) {
    bench *b = *state;
    cn_time before = {.sec = b->facts.valid_from.sec};
#define REFUSED(id, member, ...)                                                                                  \
    do {                                                                                                          \
        cn_form_award w = b->facts;                                                                               \
        w.member = __VA_ARGS__;                                                                                   \
        refused(b, &w, id);                                                                                       \
    } while (0)
    REFUSED("form.missing", name, CN_S(" "));
    REFUSED("form.missing", fr.name, CN_S(""));
    REFUSED("form.missing", en.criteria, CN_S(""));
    REFUSED("form.missing", fr.outcomes_n, 1);
    REFUSED("form.missing", organisation_name.fr, CN_S(""));
    REFUSED("form.missing", salt, CN_S(""));
    REFUSED("form.missing", status_list, CN_S(""));
    REFUSED("form.language", language, CN_S("de"));
    REFUSED("form.email", email, CN_S("anne"));
    REFUSED("form.utf8", name, CN_S("Anne\xff"));
    REFUSED("form.utf8", method, CN_S("\xc3"));
    REFUSED("form.date", decided_on, CN_S("May 1"));
    REFUSED("form.date", decided_on, CN_S("2026-02-30"));
    REFUSED("form.date", valid_until, &before);
    REFUSED("form.assessment", method, CN_S(""));
    REFUSED("form.assessment", assessor, CN_S(" "));
    REFUSED("form.assessment", decided_on, CN_S(""));
}

static void a_result_alone_is_enough(void **state) {
    bench *b = *state;
    b->facts.decided_on = b->facts.decision = b->facts.method = b->facts.assessor = CN_S("");
    b->facts.result = CN_S("82 %");
    cn_summary fr = read_in(b, made(b), "fr");
    assert_int_equal(fr.results.n, 1);
    check(fr.results.v[0].name, "Résultat");
    check(fr.results.v[0].text, "82 %");
}

/* ---- Its status ---- */

static void a_set_bit_revokes_and_no_list_leaves_it_open(void **state) {
    bench *b = *state;
    cn_slice text = made(b);
    cn_report r = verified(b, text);
    assert_int_equal(r.verdict, CN_VERDICT_UNKNOWN);
    assert_string_equal(problem(&r), "status-list-unretrievable");
    publish(b, 8);
    assert_int_equal(verified(b, text).verdict, CN_VERIFIED);
    publish(b, 7);
    r = verified(b, text);
    assert_int_equal(r.verdict, CN_NOT_VERIFIED);
    assert_string_equal(problem(&r), "revoked");
}

/* ---- What a holder cannot do ---- */

static void a_changed_letter_in_either_language_is_refused(void **state) {
    bench *b = *state;
    static const char *const pairs[][2] = {
        {"Bookkeeping", "Cookkeeping"},
        {"Tenue de livres", "Tenue de givres"},
        {"Keeping books", "Keeping looks"},
        {"Tenir des livres", "Tenir les livres"},
        {"Pass.", "Lass."},
        {"Réussir", "Réunir"},
        {"Keep a journal", "Keep a journey"},
        {"Rapprocher", "Reprocher"},
        {"Passed", "Failed"},
        {"1er mai", "1er mars"},
        {"Anne Roy", "Anna Roy"},
        {"sha256$", "sha384$"},
        {"Collège", "Collage"},
    };
    publish(b, 0);
    cn_slice text = made(b);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        cn_report r = verified(b, with(b, text, pairs[i][0], pairs[i][1]));
        assert_int_equal(r.verdict, CN_NOT_VERIFIED);
        assert_string_equal(problem(&r), "invalid-signature");
    }
}

/* The same statements under exchanged terms: the signature holds, so the terms must no longer be read. */
static void terms_with_another_meaning_are_not_read(void **state) {
    bench *b = *state;
    publish(b, 0);
    cn_slice text = made(b);
    text = with(b, text, "\"nameIn\":{\"@id\":\"http://purl.org/dc/terms/title\"",
                "\"nameIn\":{\"@id\":\"http://purl.org/dc/terms/description\"");
    text = with(b, text, "\"descriptionIn\":{\"@id\":\"http://purl.org/dc/terms/description\"",
                "\"descriptionIn\":{\"@id\":\"http://purl.org/dc/terms/title\"");
    text = with(b, text, "\"nameIn\":{\"fr\":\"Tenue", "\"descriptionIn\":{\"fr\":\"Tenue");
    text =
        with(b, text, "\"descriptionIn\":{\"fr\":\"Microcertification", "\"nameIn\":{\"fr\":\"Microcertification");
    cn_report r = verified(b, text);
    assert_string_equal(problem(&r), "invalid-signature"); /* the names below have been exchanged too */
    text = with(b, text, "\"nameIn\":{\"fr\":\"Collège", "\"descriptionIn\":{\"fr\":\"Collège");
    text = with(b, text, "\"nameIn\":{\"fr\":\"Tenue", "\"descriptionIn\":{\"fr\":\"Tenue");
    text = with(b, text, "\"descriptionIn\":{\"fr\":\"Tenir", "\"nameIn\":{\"fr\":\"Tenir");
    text = with(b, text, "\"nameIn\":{\"fr\":\"Évaluation", "\"descriptionIn\":{\"fr\":\"Évaluation");
    assert_int_equal(verified(b, text).proof, CN_PASS);
    check(read_in(b, text, "fr").achievement_name, "Bookkeeping");
}

/* The terms are protected: a context further in cannot define them anew. */
static void a_context_within_is_refused(void **state) {
    bench *b = *state;
    publish(b, 0);
    cn_slice text =
        with(b, made(b), "\"credentialSubject\":{",
             "\"credentialSubject\":{\"@context\":{\"nameIn\":{\"@id\":\"http://purl.org/dc/terms/title\"}},");
    cn_report r = verified(b, text);
    assert_int_equal(r.verdict, CN_NOT_VERIFIED);
    assert_string_equal(problem(&r), "jsonld-error");
}

/* ---- Memory ---- */

static void every_failed_allocation_is_told(void **state) {
    bench *b = *state;
    const cn_json *document;
    cn_slice text;
    cn_err err;
    b->facts.design = design(b);
    for (size_t n = 1;; n += n < 200 ? 1 : 17) {
        cn_arena_fail_after(b->arena, n);
        bool good =
            cn_form_credential(b->arena, b->crypto, &b->facts, &document, &err) &&
            cn_form_sign(b->arena, &b->app, document, &b->key, b->method, b->facts.valid_from, &text, &err);
        cn_arena_fail_after(b->arena, 0);
        if (good) break;
        assert_int_equal(err.code, CN_LIMIT);
    }
}

int main(void) {
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, take_down)
    const struct CMUnitTest tests[] = {
        TEST(it_verifies_and_reads_in_both_languages),
        TEST(the_first_language_is_the_learners),
        TEST(the_design_stands_in_the_achievement),
        TEST(a_demonstration_says_so_in_both_languages),
        TEST(the_same_facts_give_the_same_bytes),
        TEST(the_address_is_a_salted_hash),
        TEST(facts_that_are_missing_or_wrong_are_refused),
        TEST(a_result_alone_is_enough),
        TEST(a_set_bit_revokes_and_no_list_leaves_it_open),
        TEST(a_changed_letter_in_either_language_is_refused),
        TEST(terms_with_another_meaning_are_not_read),
        TEST(a_context_within_is_refused),
        TEST(every_failed_allocation_is_told),
    };
    return cmocka_run_group_tests_name("app/form", tests, NULL, NULL);
}
