/* SPDX-License-Identifier: Apache-2.0
 *
 * Safe mode: whatever expansion would drop is refused, with its place; without safe
 * mode the same input passes.
 */
#include "jsonld_try.h"

#include "base/base.h"

#define V "\"@context\":{\"@vocab\":\"http://v/\"},"

static const try_case refused[] = {
    {"{\"p\":1}", NULL, "jsonld.dropped-property", "/p"},
    {"{" V "\"a\":[{\"@context\":{\"b\":null},\"b\":1}]}", NULL, "jsonld.dropped-property", "/a/0/b"},
    {"{\"@context\":{\"@vocab\":\"http://v/\",\"@foo\":\"http://x/\"},\"p\":1}", NULL, "jsonld.dropped-property",
     "/@context/@foo"},
    {"{\"@context\":{\"@vocab\":\"http://v/\",\"f\":\"@foo\"},\"p\":1}", NULL, "jsonld.dropped-property",
     "/@context/f"},
    {"{\"@context\":{\"@vocab\":\"http://v/\",\"f\":{\"@reverse\":\"@foo\"}},\"p\":1}", NULL,
     "jsonld.dropped-property", "/@context/f"},
    {"{" V "\"@foo\":1}", NULL, "jsonld.dropped-property", "/@foo"},
    {"{" V "\"@container\":1}", NULL, "jsonld.dropped-property", "/@container"},
    {"{\"@context\":{\"@vocab\":\"rel/\"},\"p\":1}", NULL, "jsonld.dropped-property", "/@context"},
    {"{\"@type\":\"T\",\"http://v/p\":1}", NULL, "jsonld.dropped-type", "/@type"},
    {"{" V "\"@type\":[\"T\",\"@foo\"]}", NULL, "jsonld.dropped-type", "/@type"},
    {"{\"@context\":{\"p\":{\"@id\":\"http://v/p\",\"@container\":\"@type\"}},\"p\":{\"T\":{\"http://v/q\":1}}}",
     NULL, "jsonld.dropped-type", "/p/T"},
    {"{" V "\"@id\":\"x\",\"p\":1}", NULL, "jsonld.dropped-id", "/@id"},
    {"{" V "\"@id\":\"@foo\",\"p\":1}", NULL, "jsonld.dropped-id", "/@id"},
    {"{\"@context\":{\"p\":{\"@id\":\"http://v/p\",\"@type\":\"@id\"}},\"p\":[\"http://ok/\",\"x\"]}", NULL,
     "jsonld.dropped-id", "/p/1"},
    {"{\"@context\":{\"p\":{\"@id\":\"http://v/p\",\"@container\":\"@id\"}},\"p\":{\"x\":{\"http://v/q\":1}}}",
     NULL, "jsonld.dropped-id", "/p/x"},
    {"[{" V "\"p\":1},5]", NULL, "jsonld.dropped-value", "/1"},
    {"{\"@graph\":[\"x\"]}", NULL, "jsonld.dropped-value", "/@graph/0"},
    {"{" V "\"p\":{\"@value\":null}}", NULL, "jsonld.dropped-value", "/p"},
    {"{" V "\"p\":{\"@language\":\"en\"}}", NULL, "jsonld.dropped-value", "/p"},
    {"[{}]", NULL, "jsonld.dropped-value", "/0"},
    {"[{\"@id\":\"http://x/\"}]", NULL, "jsonld.dropped-value", "/0"},
    {"[{\"@value\":1}]", NULL, "jsonld.dropped-value", "/0"},
    {"[{\"@list\":[1]}]", NULL, "jsonld.dropped-value", "/0/@list"},
    {"{" V "\"p\":{\"@value\":\"x\",\"@language\":\"not a tag\"}}", NULL, "jsonld.dropped-language",
     "/p/@language"},
    {"{\"@context\":{\"@vocab\":\"http://v/\",\"@language\":\"e_n\"},\"p\":\"x\"}", NULL,
     "jsonld.dropped-language", "/@context"},
    {"{\"@context\":{\"@vocab\":\"http://v/\",\"p\":{\"@language\":\"\"}},\"p\":\"x\"}", NULL,
     "jsonld.dropped-language", "/@context/p"},
    {"{\"@context\":{\"p\":{\"@id\":\"http://v/p\",\"@container\":\"@language\"}},\"p\":{\"1\":\"x\"}}", NULL,
     "jsonld.dropped-language", "/p/1"},
    {"{\"@context\":{\"p\":{\"@id\":\"http://v/p\",\"@container\":\"@graph\"}},\"p\":{\"@id\":\"http://x/\"}}",
     NULL, "jsonld.dropped-value", "/p"},
};

static const cn_jsonld_options safe = {.safe = true}, lax;

static void test_refused(void **state) {
    (void)state;
    TRY_ALL(refused, &safe);
}

static void test_not_refused_otherwise(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        CN_ARENA_AUTO cn_arena *a = cn_arena_new(0);
        const cn_json *input, *out;
        cn_err err;
        assert_true(cn_json_read(a, cn_slice_of(refused[i].input), NULL, &input, &err));
        if (!cn_jsonld_expand(a, input, &lax, &out, &err)) fail_msg("%s: %s", refused[i].input, err.detail);
    }
}

/* Nulls and empty arrays say nothing on purpose. */
static void test_allowed(void **state) {
    (void)state;
    static const try_case cases[] = {
        {"{" V "\"p\":null,\"q\":[1,null]}", "[{\"http://v/q\":[{\"@value\":1}]}]", NULL, NULL},
        {"{" V "\"p\":{\"@id\":\"http://x/\"},\"q\":{}}",
         "[{\"http://v/p\":[{\"@id\":\"http://x/\"}],\"http://v/q\":[{}]}]", NULL, NULL},
        {"{" V "\"@id\":\"_:b\",\"@type\":\"_:t\",\"p\":1}",
         "[{\"@id\":\"_:b\",\"@type\":[\"_:t\"],\"http://v/p\":[{\"@value\":1}]}]", NULL, NULL},
    };
    TRY_ALL(cases, &safe);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_not_refused_otherwise),
        cmocka_unit_test(test_allowed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
