/* SPDX-License-Identifier: Apache-2.0
 *
 * src/jsonld/expand*.c: edge cases beside the public suite.
 */
#include "jsonld_try.h"

#include "base/base.h"

#define V "\"@context\":{\"@vocab\":\"http://v/\"},"

static void test_values(void **state) {
    (void)state;
    static const try_case cases[] = {
        {"null", "[]", NULL, NULL},
        {"[]", "[]", NULL, NULL},
        {"5", "[]", NULL, NULL},
        {"{\"@graph\":[]}", "[]", NULL, NULL},
        {"{" V "\"p\":null,\"q\":[null],\"r\":[]}", "[{\"http://v/q\":[],\"http://v/r\":[]}]", NULL, NULL},
        {"{" V "\"p\":{\"@value\":true}}", "[{\"http://v/p\":[{\"@value\":true}]}]", NULL, NULL},
        {"{" V "\"p\":{\"@set\":[1,[2,[3]]]}}",
         "[{\"http://v/p\":[{\"@value\":1},{\"@value\":2},{\"@value\":3}]}]", NULL, NULL},
        {"{" V "\"p\":{\"@list\":[1,{\"@list\":[2]}]}}",
         "[{\"http://v/p\":[{\"@list\":[{\"@value\":1},{\"@list\":[{\"@value\":2}]}]}]}]", NULL, NULL},
        {"{" V "\"p\":{\"@value\":\"x\",\"@language\":\"EN-ca\"}}",
         "[{\"http://v/p\":[{\"@value\":\"x\",\"@language\":\"en-ca\"}]}]", NULL, NULL},
        {"{" V "\"p\":{\"@value\":{\"a\":[null]},\"@type\":\"@json\"}}",
         "[{\"http://v/p\":[{\"@value\":{\"a\":[null]},\"@type\":\"@json\"}]}]", NULL, NULL},
        {"{" V "\"p\":\"a\\u0000b\"}", "[{\"http://v/p\":[{\"@value\":\"a\\u0000b\"}]}]", NULL, NULL},
    };
    TRY_ALL(cases, NULL);
}

static void test_reverse(void **state) {
    (void)state;
    static const try_case cases[] = {
        /* A term that is reverse may stand before @reverse. */
        {"{\"@context\":{\"r\":{\"@reverse\":\"http://v/r\"}},\"r\":{\"http://v/p\":1},\"@reverse\":{\"http://v/"
         "r\":"
         "{\"http://v/p\":2}}}",
         "[{\"@reverse\":{\"http://v/r\":[{\"http://v/p\":[{\"@value\":1}]},{\"http://v/p\":[{\"@value\":2}]}]}}]",
         NULL, NULL},
        {"{\"@context\":{\"rev\":\"@reverse\"},\"rev\":{},\"@reverse\":{}}", NULL, "jsonld.colliding-keywords",
         "/@reverse"},
        /* It may have a context of its own, as any other. */
        {"{\"@context\":{\"r\":{\"@reverse\":\"http://v/r\",\"@context\":{\"p\":\"http://v/"
         "p\"}}},\"r\":{\"p\":1}}",
         "[{\"@reverse\":{\"http://v/r\":[{\"http://v/p\":[{\"@value\":1}]}]}}]", NULL, NULL},
        {"{\"@context\":{\"r\":{\"@reverse\":\"http://v/r\",\"@container\":null}},\"r\":[]}",
         "[{\"@reverse\":{}}]", NULL, NULL},
    };
    TRY_ALL(cases, NULL);
}

/* An id or type map holds nodes. */
static void test_maps_of_values(void **state) {
    (void)state;
#define MAP(container) "\"@context\":{\"m\":{\"@id\":\"http://v/m\",\"@container\":\"" container "\"}},"
    static const try_case cases[] = {
        {"{" MAP("@id") "\"m\":{\"http://x/\":\"text\"}}", NULL, "jsonld.invalid-value-object", "/m/http:~1~1x~1"},
        {"{" MAP("@type") "\"m\":{\"http://x/\":{\"@value\":1}}}", NULL, "jsonld.invalid-value-object", NULL},
        {"{" MAP("@id") "\"m\":{\"http://x/\":{\"@list\":[]}}}", NULL, "jsonld.invalid-set-or-list-object", NULL},
    };
    TRY_ALL(cases, NULL);
}

static void test_scopes(void **state) {
    (void)state;
    static const try_case cases[] = {
        /* A type's context ends at the next node, but not at a value or a reference. */
        {"{\"@context\":{\"@vocab\":\"http://v/\",\"T\":{\"@context\":{\"@vocab\":\"http://t/\",\"r\":{\"@type\":"
         "\"@id\"}}}},\"@type\":\"T\",\"p\":{\"q\":1},\"r\":\"http://x/\",\"s\":{\"@value\":1}}",
         "[{\"@type\":[\"http://v/T\"],\"http://t/p\":[{\"http://v/q\":[{\"@value\":1}]}],\"http://t/"
         "r\":[{\"@id\":"
         "\"http://x/\"}],\"http://t/s\":[{\"@value\":1}]}]",
         NULL, NULL},
        /* Two types are applied in the order of their names. */
        {"{\"@context\":{\"@vocab\":\"http://v/\",\"A\":{\"@context\":{\"@vocab\":\"http://a/"
         "\"}},\"B\":{\"@context\":"
         "{\"@vocab\":\"http://b/\"}}},\"@type\":[\"B\",\"A\"],\"p\":1}",
         "[{\"@type\":[\"http://v/B\",\"http://v/A\"],\"http://b/p\":[{\"@value\":1}]}]", NULL, NULL},
        /* A property's context reaches into what stands below, also through a map. */
        {"{\"@context\":{\"@vocab\":\"http://v/\",\"p\":{\"@container\":\"@index\",\"@context\":{\"@vocab\":"
         "\"http://p/\"}}},\"p\":{\"x\":{\"q\":{\"r\":1}}}}",
         "[{\"http://v/p\":[{\"@index\":\"x\",\"http://p/q\":[{\"http://p/r\":[{\"@value\":1}]}]}]}]", NULL, NULL},
        /* The same scope is entered twice. */
        {"{\"@context\":{\"@vocab\":\"http://v/\",\"p\":{\"@context\":{\"q\":\"http://q/"
         "\"}}},\"p\":[{\"q\":1},{\"q\":2}],"
         "\"q\":3}",
         "[{\"http://v/p\":[{\"http://q/\":[{\"@value\":1}]},{\"http://q/\":[{\"@value\":2}]}],\"http://v/q\":[{"
         "\"@value\":3}]}]",
         NULL, NULL},
    };
    TRY_ALL(cases, NULL);
}

static void test_places(void **state) {
    (void)state;
    static const try_case cases[] = {
        {"{" V "\"p\":[1,{\"@id\":5}]}", NULL, "jsonld.invalid-id-value", "/p/1/@id"},
        {"{" V "\"p\":{\"@type\":[1]}}", NULL, "jsonld.invalid-type-value", "/p/@type"},
        {"{" V "\"a/b~\":{\"@value\":[]}}", NULL, "jsonld.invalid-value-object-value", "/a~1b~0/@value"},
        {"{" V "\"@reverse\":{\"p\":\"x\"}}", NULL, "jsonld.invalid-reverse-property-value", "/@reverse"},
        {"{" V "\"@nest\":{\"@value\":1}}", NULL, "jsonld.invalid-nest-value", "/@nest"},
        {"{" V "\"@nest\":[{},{\"@index\":1}]}", NULL, "jsonld.invalid-index-value", "/@nest/1/@index"},
        {"[{\"@context\":{\"l\":{\"@id\":\"http://l/\",\"@container\":\"@language\"}},\"l\":{\"en\":[\"x\",5]}}]",
         NULL, "jsonld.invalid-language-map-value", "/0/l/en"},
        {"{\"@id\":\"http://a/\",\"@context\":{\"id\":\"@id\"},\"id\":\"http://b/\"}", NULL,
         "jsonld.colliding-keywords", "/id"},
    };
    TRY_ALL(cases, NULL);
}

static void test_no_input_is_changed(void **state) {
    (void)state;
    CN_ARENA_AUTO cn_arena *a = cn_arena_new(0);
    cn_slice text = CN_S("{\"@context\":{\"@vocab\":\"http://v/\",\"j\":{\"@type\":\"@json\"}},\"j\":[{\"x\":1}],"
                         "\"http://v/j\":[{\"y\":2}],\"@included\":{\"p\":[1]},\"@reverse\":{\"p\":{\"q\":[2]}}}");
    const cn_json *once, *twice, *out;
    cn_err err;
    assert_true(cn_json_read(a, text, NULL, &once, &err) && cn_json_read(a, text, NULL, &twice, &err));
    assert_true(cn_jsonld_expand(a, once, NULL, &out, &err));
    assert_true(cn_json_equal(once, twice));
}

static void test_without_memory(void **state) {
    (void)state;
    cn_jsonld_options ordered = {.base = CN_S("http://b/"), .ordered = true};
    try_without_memory(
        "{\"@context\":{\"@vocab\":\"http://v/"
        "\",\"l\":{\"@container\":\"@language\"},\"i\":{\"@container\":[\"@graph\","
        "\"@id\"]},\"t\":{\"@container\":\"@type\"},\"x\":{\"@container\":\"@index\",\"@index\":\"n\"},\"r\":{\"@"
        "reverse\":"
        "\"rr\"},\"T\":{\"@context\":{\"u\":{\"@type\":\"@vocab\",\"@container\":\"@list\"}}},\"j\":{\"@type\":\"@"
        "json\"},"
        "\"@direction\":\"ltr\"},\"l\":{\"en\":\"x\"},\"i\":{\"a\":{\"b\":1}},\"t\":{\"b\":{\"c\":\"d\"}},\"x\":{"
        "\"e\":{\"f\":"
        "1}},\"r\":{\"@id\":\"s\"},\"@type\":[\"T\",\"U\"],\"u\":[\"v\"],\"@included\":[{\"k\":1}],\"@nest\":{"
        "\"m\":true},"
        "\"j\":[],\"@reverse\":{\"z\":{\"@id\":\"y\"}},\"g\":{\"@graph\":[{\"h\":1}]},\"@set\":null}",
        &ordered);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),         cmocka_unit_test(test_reverse),
        cmocka_unit_test(test_maps_of_values), cmocka_unit_test(test_scopes),
        cmocka_unit_test(test_places),         cmocka_unit_test(test_no_input_is_changed),
        cmocka_unit_test(test_without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
