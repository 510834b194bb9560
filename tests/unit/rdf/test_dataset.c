/* SPDX-License-Identifier: Apache-2.0
 *
 * Terms that are the same and terms that are not; quads in order of insertion.
 */
#include "help.h"

static void equal_terms(void **state) {
    (void)state;
    cn_term iri = {.kind = CN_TERM_IRI, .value = CN_S("urn:a")};
    cn_term blank = {.kind = CN_TERM_BLANK, .value = CN_S("urn:a")};
    cn_term none = {0}, other = {.value = CN_S("ignored")};
    assert_true(cn_term_eq(&iri, &iri));
    assert_false(cn_term_eq(&iri, &blank));
    assert_true(cn_term_eq(&none, &other));
}

static void equal_literals(void **state) {
    (void)state;
    cn_term en = {.kind = CN_TERM_LITERAL,
                  .value = CN_S("a"),
                  .datatype = CN_S(CN_RDF "langString"),
                  .language = CN_S("en")};
    cn_term fr = en, text = {.kind = CN_TERM_LITERAL, .value = CN_S("a"), .datatype = CN_S(CN_XSD "string")};
    fr.language = CN_S("fr");
    assert_true(cn_term_eq(&en, &en));
    assert_false(cn_term_eq(&en, &fr));
    assert_false(cn_term_eq(&en, &text));
}

static void adding(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_dataset d = {0};
    for (size_t i = 0; i < 100; i++) {
        cn_quad q = {.s.value = cn_slice_bytes("x", i & 1)};
        assert_true(cn_dataset_add(a, &d, q));
    }
    assert_int_equal(d.n, 100);
    for (size_t i = 0; i < 100; i++) assert_int_equal(d.v[i].s.value.n, i & 1);
}

static void adding_without_memory(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(16);
    cn_dataset d = {0};
    assert_false(cn_dataset_add(a, &d, (cn_quad){0}));
    assert_int_equal(d.n, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_terms),
        cmocka_unit_test(equal_literals),
        cmocka_unit_test(adding),
        cmocka_unit_test(adding_without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
