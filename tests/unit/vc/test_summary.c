/* SPDX-License-Identifier: Apache-2.0
 *
 * What a credential says: names in a language, results by their level, links that are links.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "vc/summary.h"

static cn_summary read_text(cn_arena *a, const char *text, const char *language) {
    const cn_json *credential;
    cn_summary s;
    cn_err err;
    assert_true(cn_json_read(a, cn_slice_of(text), NULL, &credential, &err));
    assert_true(cn_summary_read(a, credential, cn_slice_of(language), &s, &err));
    return s;
}

static void check(cn_slice got, const char *want) {
    if (!cn_slice_eq(got, cn_slice_of(want))) fail_msg("\"%.*s\" instead of \"%s\"", CN_ARG(got), want);
}

static const char both[] =
    "{\"type\":[\"VerifiableCredential\",\"OpenBadgeCredential\"],\"id\":\"urn:x:1\","
    "\"name\":[{\"@value\":\"Soil\",\"@language\":\"en\"},{\"@value\":\"Sol\",\"@language\":\"fr-CA\"}],"
    "\"issuer\":{\"id\":\"https://c.example\",\"name\":{\"@value\":\"Collège\",\"@language\":\"fr\"}},"
    "\"issuanceDate\":\"2020-01-01T00:00:00Z\",\"expirationDate\":\"2030-01-01T00:00:00Z\",\"credentialSubject\":{"
    "\"identifier\":[{\"identityType\":\"name\",\"hashed\":true,\"identityHash\":\"sha256$1\"},"
    "{\"identityType\":\"name\",\"hashed\":false,\"identityHash\":\"Ada\"}],"
    "\"achievement\":{\"name\":\"Sampling\",\"criteria\":{\"narrative\":\"Take "
    "five.\",\"id\":\"javascript:alert(1)\"},"
    "\"tag\":[\"soil\"],\"alignment\":{\"targetName\":\"T\",\"targetUrl\":\"ftp://x\",\"targetCode\":\"7\"},"
    "\"resultDescription\":[{\"id\":\"urn:r\",\"name\":\"Grade\",\"rubricCriterionLevel\":[{\"id\":\"urn:l\","
    "\"name\":\"Mastery\"}]}]},"
    "\"result\":[{\"resultDescription\":\"urn:r\",\"achievedLevel\":\"urn:l\"},{\"resultDescription\":\"urn:"
    "none\","
    "\"achievedLevel\":\"urn:other\"},{\"resultDescription\":\"urn:r\",\"value\":97.5}]}}";

static const char several[] =
    "{\"credentialSubject\":[{\"id\":\"did:x:1\",\"name\":\"Ada\",\"achievement\":{\"name\":\"Soil\"}},{\"id\":"
    "\"did:x:2\",\"achievement\":{\"name\":\"Rocks\",\"description\":\"Hard\"},\"verifiableCredential\":{\"name\":"
    "\"B\"}}]}";

static void names_are_taken_in_the_language_asked_for(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    check(read_text(a, both, "fr").name, "Sol");
    check(read_text(a, both, "en").name, "Soil");
    check(read_text(a, both, "").name, "Soil");
    check(read_text(a, both, "de").name, "Soil");
    check(read_text(a, both, "en").issuer_name, "Collège");
}

static void older_dates_and_the_telling_type_are_found(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_summary s = read_text(a, both, "en");
    check(s.type, "OpenBadgeCredential");
    check(s.valid_from, "2020-01-01T00:00:00Z");
    check(s.valid_until, "2030-01-01T00:00:00Z");
}

static void a_subject_is_named_by_what_is_not_hashed(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    check(read_text(a, both, "en").subject_name, "Ada");
}

static void only_web_links_are_links(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_summary s = read_text(a, both, "en");
    check(s.criteria, "Take five.");
    check(s.criteria_url, "");
    assert_int_equal(s.alignments.n, 1);
    check(s.alignments.v[0].url, "");
    check(s.alignments.v[0].code, "7");
}

static void results_are_told_by_their_description(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_summary s = read_text(a, both, "en");
    assert_int_equal(s.results.n, 3);
    check(s.results.v[0].name, "Grade");
    check(s.results.v[0].code, "Mastery");
    check(s.results.v[1].name, "");
    check(s.results.v[1].code, "urn:other");
    check(s.results.v[2].text, "97.5");
}

static void what_is_missing_or_of_another_shape_stays_empty(void **state) {
    (void)state;
    static const char *const odd[] = {"{}", "[]",
                                      "{\"credentialSubject\":[],\"issuer\":7,\"name\":{\"@value\":1}}",
                                      "{\"credentialSubject\":\"urn:x\",\"evidence\":[null,7],\"issuer\":[]}"};
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        cn_summary s = read_text(a, odd[i], "en");
        check(s.name, "");
        check(s.achievement_name, "");
        check(s.issuer_name, "");
    }
}

static void credentials_within_a_record_are_listed(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_summary s = read_text(a,
                             "{\"credentialSubject\":{\"verifiableCredential\":[{\"issuer\":\"did:x:1\","
                             "\"credentialSubject\":{\"achievement\":{\"name\":\"A\"}}},{\"name\":\"B\"}]}}",
                             "en");
    assert_int_equal(s.credentials.n, 2);
    check(s.credentials.v[0].name, "A");
    check(s.credentials.v[0].group, "did:x:1");
    check(s.credentials.v[1].name, "B");
}

/* Nobody signs their order: none of them is the one it is about. */
static void several_subjects_are_all_listed(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_summary s = read_text(a, several, "en");
    assert_int_equal(s.subjects_n, 2);
    assert_int_equal(s.subjects.n, 2);
    check(s.subjects.v[0].name, "Ada");
    check(s.subjects.v[0].group, "Soil");
    check(s.subjects.v[1].name, "did:x:2");
    check(s.subjects.v[1].group, "Rocks");
    check(s.subjects.v[1].text, "Hard");
    check(s.subject_name, "");
    check(s.subject_id, "");
    check(s.achievement_name, "");
    assert_int_equal(s.credentials.n, 1);
    s = read_text(a, both, "en");
    assert_int_equal(s.subjects_n, 1);
    assert_int_equal(s.subjects.n, 0);
    assert_int_equal(read_text(a, "{}", "en").subjects_n, 0);
}

static void allocations_may_fail(const char *text) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    const cn_json *credential;
    cn_err err;
    assert_true(cn_json_read(a, cn_slice_of(text), NULL, &credential, &err));
    bool good = false;
    for (size_t n = 1; !good; n++) {
        cn_summary s;
        assert_true(n < 100);
        cn_arena_fail_after(a, n);
        good = cn_summary_read(a, credential, CN_S("en"), &s, &err);
        cn_arena_fail_after(a, 0);
        if (!good) assert_int_equal(err.code, CN_LIMIT);
    }
}

static void every_allocation_may_fail(void **state) {
    (void)state;
    allocations_may_fail(both);
    allocations_may_fail(several);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_taken_in_the_language_asked_for),
        cmocka_unit_test(older_dates_and_the_telling_type_are_found),
        cmocka_unit_test(a_subject_is_named_by_what_is_not_hashed),
        cmocka_unit_test(only_web_links_are_links),
        cmocka_unit_test(results_are_told_by_their_description),
        cmocka_unit_test(what_is_missing_or_of_another_shape_stays_empty),
        cmocka_unit_test(credentials_within_a_record_are_listed),
        cmocka_unit_test(several_subjects_are_all_listed),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
