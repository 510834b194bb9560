/* SPDX-License-Identifier: Apache-2.0
 *
 * src/jsonld/context.c, create_term.c, iri.c and terms.c: what contexts mean, and
 * where their errors are.
 */
#include <stdio.h>

#include "jsonld_try.h"

#include "jsonld/internal.h"

#include "base/base.h"

static void test_remote_contexts(void **state) {
    (void)state;
    static const try_case cases[] = {
        {"{\"@context\":\"term\",\"p\":1}", "[{\"http://x/p\":[{\"@value\":1}]}]", NULL, NULL},
        {"{\"@context\":[\"term\",{\"p\":\"http://y/p\"}],\"p\":1}", "[{\"http://y/p\":[{\"@value\":1}]}]", NULL,
         NULL},
        {"{\"@context\":\"scoped\",\"p\":{\"p\":{\"p\":1}}}",
         "[{\"http://x/p\":[{\"http://x/p\":[{\"http://x/p\":[{\"@value\":1}]}]}]}]", NULL, NULL},
        {"{\"@context\":\"imports\",\"q\":1}", "[{\"http://v/q\":[{\"@value\":1}]}]", NULL, NULL},
        {"{\"@context\":\"self\"}", NULL, "jsonld.context-overflow", "http://example.org/self#/@context"},
        {"{\"@context\":[{},\"a\"]}", NULL, "jsonld.context-overflow", "http://example.org/b#/@context/0"},
        {"{\"@context\":[{},\"nowhere\"]}", NULL, "jsonld.context-unknown", "/@context/1"},
        {"{\"@context\":\"none\"}", NULL, "jsonld.invalid-remote-context", "/@context"},
        {"{\"@context\":\"text\"}", NULL, "jsonld.loading-remote-context-failed", "/@context"},
        {"{\"@context\":{\"@import\":\"list\"}}", NULL, "jsonld.invalid-remote-context", "/@context"},
        {"{\"@context\":{\"@import\":\"imports\"}}", NULL, "jsonld.invalid-context-entry", "/@context"},
        {"{\"p\":[{\"@context\":5}],\"@context\":\"term\"}", NULL, "jsonld.invalid-local-context",
         "/p/0/@context"},
    };
    TRY_ALL(cases, NULL);
}

static void test_term_errors(void **state) {
    (void)state;
    static const try_case cases[] = {
        {"{\"@context\":{\"\":\"http://x/\"}}", NULL, "jsonld.invalid-term-definition", "/@context/"},
        {"{\"@context\":{\"a\":\"b:x\",\"b\":\"a:x\"}}", NULL, "jsonld.cyclic-iri-mapping", NULL},
        {"{\"@context\":{\"a\":5}}", NULL, "jsonld.invalid-term-definition", "/@context/a"},
        {"{\"@context\":{\"a/b\":{\"@id\":null,\"@prefix\":true}}}", NULL, "jsonld.invalid-term-definition",
         "/@context/a~1b"},
        {"{\"@context\":{\"@id\":\"http://x/\"}}", NULL, "jsonld.keyword-redefinition", "/@context/@id"},
        {"{\"@context\":{\"@type\":{}}}", NULL, "jsonld.keyword-redefinition", "/@context/@type"},
        {"{\"@context\":{\"a\":{\"@id\":\"http://x/\",\"@container\":[\"@list\",\"@set\"]}}}", NULL,
         "jsonld.invalid-container-mapping", NULL},
        {"{\"@context\":{\"a\":{\"@id\":\"http://x/\",\"@container\":[]}}}", NULL,
         "jsonld.invalid-container-mapping", NULL},
        {"{\"@context\":{\"a\":{\"@id\":\"http://x/\",\"@context\":{\"b\":true}}}}", NULL,
         "jsonld.invalid-scoped-context", "/@context/a"},
        {"{\"@context\":{\"@version\":1.0}}", NULL, "jsonld.invalid-version-value", "/@context"},
        {"{\"@context\":{\"@protected\":1}}", NULL, "jsonld.invalid-protected-value", "/@context"},
    };
    TRY_ALL(cases, NULL);
}

static void test_protected_terms(void **state) {
    (void)state;
    static const try_case cases[] = {
        {"{\"@context\":[{\"@protected\":true,\"a\":\"http://x/a\"},{\"a\":\"http://x/b\"}],\"a\":1}", NULL,
         "jsonld.protected-term-redefinition", "/@context/1/a"},
        {"{\"@context\":[{\"@protected\":true,\"a\":\"http://x/a\"},null],\"a\":1}", NULL,
         "jsonld.invalid-context-nullification", "/@context/1"},
        /* The same definition once more is fine, and stays protected. */
        {"{\"@context\":[{\"@protected\":true,\"a\":\"http://x/a\"},{\"a\":\"http://x/a\"},{\"a\":null}],\"a\":1}",
         NULL, "jsonld.protected-term-redefinition", "/@context/2/a"},
        /* Reserved forms and reverse properties are no way around it. */
        {"{\"@context\":[{\"@protected\":true,\"a\":\"http://x/a\"},{\"a\":\"@foo\"}],\"a\":1}",
         "[{\"http://x/a\":[{\"@value\":1}]}]", NULL, NULL},
        {"{\"@context\":[{\"@protected\":true,\"a\":\"http://x/a\"},{\"a\":{\"@reverse\":\"http://x/"
         "b\"}}],\"a\":1}",
         NULL, "jsonld.protected-term-redefinition", "/@context/1/a"},
        {"{\"@context\":[{\"@protected\":true,\"a\":\"http://x/a\",\"p\":{\"@id\":\"http://x/p\",\"@context\":"
         "{\"a\":\"http://x/b\"}}}],\"a\":1,\"p\":{\"a\":2}}",
         "[{\"http://x/a\":[{\"@value\":1}],\"http://x/p\":[{\"http://x/b\":[{\"@value\":2}]}]}]", NULL, NULL},
    };
    TRY_ALL(cases, NULL);
}

static void test_limits(void **state) {
    (void)state;
    CN_ARENA_AUTO cn_arena *a = cn_arena_new(0);
    cn_buf b = cn_buf_on(a, 0);
    cn_buf_add(&b, CN_S("{\"@context\":{\"t0\":\"http://x/\""));
    for (unsigned i = 1; i < 2000; i++) cn_buf_print(&b, ",\"t%u\":\"t%u:x/\"", 2000 - i, 1999 - i);
    cn_buf_add(&b, CN_S("}}"));
    cn_buf_byte(&b, 0);
    try_one(&(try_case){b.p, NULL, "jsonld.depth", NULL}, NULL);
    cn_jsonld_options few = {.loader = &try_loader, .base = CN_S("http://example.org/doc"), .max_contexts = 1};
    try_one(&(try_case){"{\"@context\":[\"term\",\"scoped\"]}", NULL, "jsonld.context-overflow", "/@context/1"},
            &few);
    cn_jsonld_options shallow = {.max_depth = 3};
    try_one(&(try_case){"[[[[]]]]", NULL, "jsonld.depth", "/0/0/0"}, &shallow);
}

static void test_mode_1_0(void **state) {
    (void)state;
    static const cn_jsonld_options old = {.mode_1_0 = true};
    static const try_case cases[] = {
        {"{\"@context\":{\"@version\":1.1}}", NULL, "jsonld.processing-mode-conflict", NULL},
        {"{\"@context\":{\"@propagate\":true}}", NULL, "jsonld.invalid-context-entry", NULL},
        {"{\"@context\":{\"@import\":\"x\"}}", NULL, "jsonld.invalid-context-entry", NULL},
        {"{\"@context\":{\"@vocab\":\"x\"}}", NULL, "jsonld.invalid-vocab-mapping", NULL},
        {"{\"@context\":{\"a\":{\"@id\":\"http://x/\",\"@context\":{}}}}", NULL, "jsonld.invalid-term-definition",
         NULL},
        {"{\"@context\":{\"a\":{\"@id\":\"http://x/\",\"@type\":\"@json\"}}}", NULL, "jsonld.invalid-type-mapping",
         NULL},
        {"{\"@context\":{\"a\":{\"@id\":\"http://x/\",\"@container\":\"@id\"}}}", NULL,
         "jsonld.invalid-container-mapping", NULL},
    };
    TRY_ALL(cases, &old);
}

/* A context derived from another changes nothing in it. */
static void test_terms_are_persistent(void **state) {
    (void)state;
    CN_ARENA_AUTO cn_arena *a = cn_arena_new(0);
    static const cn_term_def old, fresh;
    static char names[200][8];
    cn_terms *first = NULL;
    for (size_t i = 0; i < 200; i++) {
        snprintf(names[i], sizeof names[i], "t%zu", i);
        assert_true(cn_terms_put(a, &first, &first, cn_slice_of(names[i]), &old));
    }
    cn_terms *second = first;
    for (size_t i = 0; i < 200; i += 3)
        assert_true(cn_terms_put(a, &second, &second, cn_slice_of(names[i]), &fresh));
    assert_true(cn_terms_put(a, &second, &second, CN_S("more"), &fresh));
    for (size_t i = 0; i < 200; i++) {
        assert_ptr_equal(cn_terms_get(first, cn_slice_of(names[i])), &old);
        assert_ptr_equal(cn_terms_get(second, cn_slice_of(names[i])), i % 3 ? &old : &fresh);
    }
    assert_null(cn_terms_get(first, CN_S("more")));
    assert_ptr_equal(cn_terms_get(second, CN_S("more")), &fresh);
}

static void test_without_memory(void **state) {
    (void)state;
    try_without_memory(
        "{\"@context\":[\"term\",\"scoped\",{\"@import\":\"term\",\"a:b\":{\"@id\":\"a:b\",\"@type\":"
        "\"x\",\"@language\":\"EN\"},\"x\":\"http://x\"}],\"p\":{\"p\":1}}",
        NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_remote_contexts), cmocka_unit_test(test_term_errors),
        cmocka_unit_test(test_protected_terms), cmocka_unit_test(test_limits),
        cmocka_unit_test(test_mode_1_0),        cmocka_unit_test(test_terms_are_persistent),
        cmocka_unit_test(test_without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
