/* SPDX-License-Identifier: Apache-2.0
 *
 * Texts in a second language: joined where the context is ours to the letter, left alone otherwise.
 */
#include "bench.h"
#include "vc/languages.h"
#include "vc/summary.h"

#define HEAD "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\","
#define BODY                                                                                                       \
    "],\"inLanguage\":\"en\",\"name\":\"Soil\",\"nameIn\":{\"fr\":\"Sol\"},\"issuer\":{\"id\":\"did:x:1\","        \
    "\"nameIn\":{\"fr\":\"Collège\"}},\"credentialSubject\":{\"achievement\":{\"name\":{\"@value\":\"Sampling\"," \
    "\"@language\":\"en-CA\"},\"nameIn\":{\"fr\":\"Prélèvement\",\"es\":\"Muestreo\"},\"criteria\":{"            \
    "\"narrative\":\"Take five.\",\"narrativeIn\":{\"fr\":\"En prendre cinq.\"}},\"tag\":[\"a\",\"b\"],"           \
    "\"tagIn\":{\"fr\":[\"à\",\"bé\"]}},\"result\":[{\"value\":\"Good\",\"valueIn\":{\"fr\":\"Bon\"}}]}}"

static const cn_json *joined(bench *b, const char *text) {
    const cn_json *out = cn_languages_joined(b->arena, bench_json(b->arena, text));
    assert_non_null(out);
    return out;
}

static cn_summary read_in(bench *b, const char *text, const char *language) {
    cn_summary s;
    cn_err err;
    assert_true(cn_summary_read(b->arena, joined(b, text), cn_slice_of(language), &s, &err));
    return s;
}

static void check(cn_slice got, const char *want) {
    if (!cn_slice_eq(got, cn_slice_of(want))) fail_msg("\"%.*s\" instead of \"%s\"", CN_ARG(got), want);
}

static void each_language_is_read_whole(void **state) {
    bench *b = *state;
    cn_summary fr = read_in(b, HEAD CN_LANGUAGES_CONTEXT BODY, "fr"),
               en = read_in(b, HEAD CN_LANGUAGES_CONTEXT BODY, "en");
    check(fr.name, "Sol");
    check(fr.issuer_name, "Collège");
    check(fr.achievement_name, "Prélèvement");
    check(fr.criteria, "En prendre cinq.");
    check(fr.results.v[0].text, "Bon");
    assert_int_equal(fr.outcomes.n, 2);
    check(fr.outcomes.v[1].name, "bé");
    check(en.name, "Soil");
    check(en.achievement_name, "Sampling");
    check(en.criteria, "Take five.");
    check(en.results.v[0].text, "Good");
    assert_int_equal(en.outcomes.n, 2);
    check(en.outcomes.v[0].name, "a");
}

static void another_language_gets_the_first(void **state) {
    bench *b = *state;
    cn_summary es = read_in(b, HEAD CN_LANGUAGES_CONTEXT BODY, "es"),
               none = read_in(b, HEAD CN_LANGUAGES_CONTEXT BODY, "");
    check(es.name, "Soil");
    check(es.achievement_name, "Muestreo");
    check(es.outcomes.v[0].name, "a");
    assert_int_equal(es.outcomes.n, 2);
    check(none.achievement_name, "Sampling");
    check(none.outcomes.v[0].name, "a");
}

/* Whoever holds a credential can define the terms anew; then they are no longer read. */
static void with_another_context_the_terms_are_not_read(void **state) {
    bench *b = *state;
    static const char *const other[] = {
        HEAD "\"https://example.org/context\"" BODY,
        HEAD "{\"@protected\":true,\"nameIn\":{\"@id\":\"http://purl.org/dc/terms/description\"}}" BODY,
    };
    for (size_t i = 0; i < sizeof other / sizeof *other; i++) {
        check(read_in(b, other[i], "fr").name, "Soil");
        check(read_in(b, other[i], "fr").issuer_name, "");
        check(read_in(b, other[i], "fr").outcomes.v[0].name, "a");
    }
}

static void what_has_no_such_context_is_the_same_value(void **state) {
    bench *b = *state;
    const cn_json *plain = bench_json(b->arena, "{\"@context\":[\"x\"],\"name\":\"Soil\"}");
    assert_ptr_equal(cn_languages_joined(b->arena, plain), plain);
    cn_arena *small CN_ARENA_AUTO = cn_arena_new(16);
    assert_null(cn_languages_joined(small, plain));
}

static void odd_members_do_no_harm(void **state) {
    bench *b = *state;
    check(read_in(b, HEAD CN_LANGUAGES_CONTEXT "],\"name\":\"Soil\",\"nameIn\":\"Sol\"}", "fr").name, "Soil");
    check(read_in(b, HEAD CN_LANGUAGES_CONTEXT "],\"nameIn\":{\"fr\":[7,{\"@value\":\"Sol\"}]}}", "fr").name,
          "Sol");
    check(read_in(b, HEAD CN_LANGUAGES_CONTEXT "],\"name\":\"Soil\",\"nameIn\":{}}", "fr").name, "Soil");
}

static void every_failed_allocation_is_told(void **state) {
    bench *b = *state;
    const cn_json *whole = bench_json(b->arena, HEAD CN_LANGUAGES_CONTEXT BODY);
    for (size_t n = 1;; n++) {
        cn_arena_fail_after(b->arena, n);
        const cn_json *out = cn_languages_joined(b->arena, whole);
        cn_arena_fail_after(b->arena, 0);
        if (!out) continue;
        assert_true(n > 20);
        break;
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_language_is_read_whole, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(another_language_gets_the_first, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(with_another_context_the_terms_are_not_read, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(what_has_no_such_context_is_the_same_value, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(odd_members_do_no_harm, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(every_failed_allocation_is_told, bench_new, bench_done),
    };
    return cmocka_run_group_tests_name("vc/languages", tests, NULL, NULL);
}
