/* SPDX-License-Identifier: Apache-2.0
 *
 * Compiling and validating: what is told of a violation, what of a bad schema, and
 * that every limit bites.
 */
#include "../check.h"

#include "schema/schema.h"

static const cn_json *json(cn_arena *a, const char *text) {
    const cn_json *v;
    cn_err err;
    if (!cn_json_read(a, cn_slice_of(text), NULL, &v, &err)) fail_msg("%s: %s", text, err.detail);
    return v;
}

static const cn_schema *compiled(cn_arena *a, const char *text) {
    const cn_schema *schema;
    cn_err err;
    if (!cn_schema_compile(a, json(a, text), NULL, &schema, &err)) fail_msg("%s: %s", text, err.detail);
    return schema;
}

static cn_schema_result validated(cn_arena *a, const char *schema, const char *instance) {
    cn_schema_result result;
    cn_err err;
    if (!cn_schema_validate(a, compiled(a, schema), json(a, instance), NULL, &result, &err))
        fail_msg("%s", err.detail);
    return result;
}

static void test_sentences(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    static const struct {
        const char *schema, *instance, *where, *keyword, *property, *detail;
    } cases[] = {
        {"{\"type\":\"string\"}", "1", "", "type", "", "The document must be a text, but is a number."},
        {"{\"type\":[\"string\",\"null\"]}", "{}", "", "type", "",
         "The document must be null or a text, but is an object."},
        {"{\"properties\":{\"a\":{\"type\":\"integer\"}}}", "{\"a\":1.5}", "/a", "type", "a",
         "The property \"a\" must be a whole number, but is a number."},
        {"{\"properties\":{\"a\":{\"items\":{\"minimum\":3}}}}", "{\"a\":[4,2]}", "/a/1", "minimum", "a",
         "Item 2 of \"a\" must be at least 3."},
        {"{\"items\":{\"exclusiveMaximum\":3}}", "[3]", "/0", "exclusiveMaximum", "",
         "Item 1 of the document must be less than 3."},
        {"{\"required\":[\"name\"]}", "{}", "", "required", "name", "The document lacks \"name\"."},
        {"{\"additionalProperties\":false}", "{\"foo\":1}", "/foo", "additionalProperties", "foo",
         "The property \"foo\" is not among those that are allowed there."},
        {"{\"unevaluatedProperties\":false}", "{\"a/b~\":1}", "/a~1b~0", "unevaluatedProperties", "a/b~",
         "The property \"a/b~\" is not among those that are allowed there."},
        {"{\"prefixItems\":[true],\"items\":false}", "[1,2]", "/1", "items", "",
         "Item 2 of the document is one too many."},
        {"{\"minItems\":2}", "[1]", "", "minItems", "", "The document must have at least 2 items, but has 1."},
        {"{\"maxLength\":1}", "\"ab\"", "", "maxLength", "",
         "The document must have at most 1 character, but has 2."},
        {"{\"enum\":[1,2]}", "3", "", "enum", "", "The document is none of the values that are allowed."},
        {"{\"pattern\":\"^a\"}", "\"b\"", "", "pattern", "", "The document does not match the pattern ^a."},
        {"{\"uniqueItems\":true}", "[1,2,1.0]", "", "uniqueItems", "",
         "The document must not hold anything twice, but items 1 and 3 are equal."},
        {"{\"dependentRequired\":{\"a\":[\"b\"]}}", "{\"a\":1}", "", "dependentRequired", "b",
         "The document lacks \"b\", which goes with \"a\"."},
        {"{\"not\":{}}", "1", "", "not", "", "The document is what the schema rules out."},
        {"{\"contains\":{\"const\":1}}", "[2]", "", "contains", "",
         "The document must contain at least 1 of a kind of item, but contains 0."},
        {"false", "1", "", "false", "", "The document is not allowed there."},
        {"{\"anyOf\":[{\"type\":\"array\"},{\"type\":\"object\",\"required\":[\"id\"]}]}", "{}", "", "required",
         "id", "The document lacks \"id\"."},
        {"{\"oneOf\":[{\"type\":\"array\"},{\"type\":\"string\"}]}", "{}", "", "oneOf", "",
         "The document is as none of the 2 alternatives asks."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cn_schema_result r = validated(a, cases[i].schema, cases[i].instance);
        assert_false(r.valid);
        assert_int_equal(r.n, 1);
        const cn_violation *v = &r.violations[0];
        if (!cn_slice_eq(v->detail, cn_slice_of(cases[i].detail))) fail_msg("%.*s", CN_ARG(v->detail));
        if (!cn_slice_eq(v->instance, cn_slice_of(cases[i].where))) fail_msg("%.*s", CN_ARG(v->instance));
        if (!cn_slice_eq(v->keyword, cn_slice_of(cases[i].keyword))) fail_msg("%.*s", CN_ARG(v->keyword));
        if (!cn_slice_eq(v->property, cn_slice_of(cases[i].property))) fail_msg("%.*s", CN_ARG(v->property));
    }
}

static void test_place(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_schema_result r = validated(
        a, "{\"$id\":\"https://s.example/x\",\"$ref\":\"#/$defs/a%20b\",\"$defs\":{\"a b\":{\"maximum\":3}}}",
        "4.50");
    assert_int_equal(r.n, 1);
    check_text(r.violations[0].schema, "https://s.example/x#/$defs/a b/maximum");
    check_text(r.violations[0].limit, "3");
    check_text(r.violations[0].value, "4.5");
}

static void test_all_violations_up_to_a_number(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    const cn_schema *schema = compiled(a, "{\"items\":{\"type\":\"string\"}}");
    const cn_json *list = json(a, "[1,2,3,4]");
    cn_schema_result r;
    cn_err err;
    assert_true(cn_schema_validate(a, schema, list, &(cn_schema_run){.max_violations = 3}, &r, &err));
    assert_true(!r.valid && r.n == 3 && r.more);
    assert_true(cn_schema_validate(a, schema, list, &(cn_schema_run){.max_violations = 4}, &r, &err));
    assert_true(!r.valid && r.n == 4 && !r.more);
    assert_true(cn_schema_validate(a, schema, json(a, "[]"), NULL, &r, &err));
    assert_true(r.valid && r.n == 0);
}

static void test_bad_schemas(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    static const struct {
        const char *schema, *id, *where;
        cn_code code;
    } cases[] = {
        {"1", "schema.keyword", "", CN_INVALID},
        {"{\"type\":\"strin\"}", "schema.keyword", "/type", CN_INVALID},
        {"{\"type\":[]}", "schema.keyword", "/type", CN_INVALID},
        {"{\"properties\":{\"a\":{\"minimum\":\"1\"}}}", "schema.keyword", "/properties/a/minimum", CN_INVALID},
        {"{\"maxLength\":-1}", "schema.keyword", "/maxLength", CN_INVALID},
        {"{\"maxLength\":1.5}", "schema.keyword", "/maxLength", CN_INVALID},
        {"{\"multipleOf\":0}", "schema.keyword", "/multipleOf", CN_INVALID},
        {"{\"multipleOf\":0.1234567890123456789}", "schema.number", "", CN_UNSUPPORTED},
        {"{\"enum\":1}", "schema.keyword", "/enum", CN_INVALID},
        {"{\"required\":\"a\"}", "schema.keyword", "/required", CN_INVALID},
        {"{\"allOf\":[]}", "schema.keyword", "/allOf", CN_INVALID},
        {"{\"allOf\":[1]}", "schema.keyword", "/allOf/0", CN_INVALID},
        {"{\"items\":[{}]}", "schema.keyword", "/items", CN_INVALID},
        {"{\"pattern\":\"(\"}", "schema.pattern", "", CN_INVALID},
        {"{\"$ref\":\"#/$defs/no\"}", "schema.reference", "", CN_INVALID},
        {"{\"$ref\":\"#no\"}", "schema.reference", "", CN_INVALID},
        {"{\"not\":{\"$ref\":\"https://x.example/\"}}", "schema.not-loaded", "/not", CN_NOT_FOUND},
        {"{\"$schema\":\"https://x.example/\"}", "schema.not-loaded", "", CN_NOT_FOUND},
        {"{\"$schema\":\"nothing\"}", "schema.dialect", "", CN_UNSUPPORTED},
        {"{\"$id\":\"https://x.example/#a\"}", "schema.identifier", "", CN_INVALID},
        {"{\"$defs\":{\"a\":{\"$anchor\":\"x\"},\"b\":{\"$anchor\":\"x\"}}}", "schema.identifier", "/$defs/b",
         CN_INVALID},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const cn_schema *schema;
        cn_err err = {0};
        if (cn_schema_compile(a, json(a, cases[i].schema), NULL, &schema, &err)) fail_msg("%s", cases[i].schema);
        if (strcmp(err.id, cases[i].id) != 0 || strcmp(err.where, cases[i].where) != 0 ||
            err.code != cases[i].code)
            fail_msg("%s: %s at \"%s\": %s", cases[i].schema, err.id, err.where, err.detail);
    }
}

static void check_limit(const char *schema, const char *instance, const cn_schema_run *run, const char *id) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_schema_result r;
    cn_err err = {0};
    assert_false(cn_schema_validate(a, compiled(a, schema), json(a, instance), run, &r, &err));
    check_err(err, CN_LIMIT, id);
}

static void test_limits(void **state) {
    (void)state;
    check_limit("{\"$ref\":\"#\"}", "1", NULL, "schema.depth");
    check_limit("{\"not\":{\"$ref\":\"#\"}}", "1", NULL, "schema.depth");
    check_limit("{\"$dynamicRef\":\"#a\",\"$dynamicAnchor\":\"a\"}", "1", NULL, "schema.depth");
    check_limit("{\"anyOf\":[{\"$ref\":\"#\"},{\"$ref\":\"#\"}]}", "1", NULL, "schema.depth");
    check_limit("{\"items\":{\"type\":\"number\"}}", "[1,2,3,4]", &(cn_schema_run){.max_work = 5}, "schema.work");
    check_limit("{\"pattern\":\"^(a+)+$\"}", "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\"", NULL,
                "schema.work");
    /* Doubles at each of 40 levels. */
    check_limit("{\"$defs\":{\"d\":{\"allOf\":[{\"$ref\":\"#/$defs/e\"},{\"$ref\":\"#/$defs/e\"}]},"
                "\"e\":{\"items\":{\"$ref\":\"#/$defs/d\"}}},\"$ref\":\"#/$defs/d\"}",
                "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]", NULL,
                "schema.work");
}

static bool endless(void *self, cn_arena *a, cn_slice url, cn_document *out, cn_err *err) {
    cn_slice body;
    (void)self;
    if (!cn_arena_print(a, &body, "{\"$ref\":\"%.*sx\"}", CN_ARG(url))) return cn_fail_memory(err);
    *out = (cn_document){.body = body, .final_url = url};
    return true;
}

static void test_limits_of_compiling(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    const cn_loader loader = {.load = endless};
    const cn_schema *schema;
    cn_err err;
    cn_schema_options options = {.loader = &loader};
    assert_false(cn_schema_compile(a, json(a, "{\"$ref\":\"https://x.example/\"}"), &options, &schema, &err));
    check_err(err, CN_LIMIT, "schema.documents");
    options.max_schemas = 3;
    assert_false(cn_schema_compile(a, json(a, "{\"allOf\":[{},{},{}]}"), &options, &schema, &err));
    check_err(err, CN_LIMIT, "schema.size");
}

/* Every allocation in turn is refused: a LIMIT error each time, and after it all works. */
static void test_memory(void **state) {
    (void)state;
    const char *text =
        "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"$id\":\"https://x.example/\","
        "\"properties\":{\"a\":{\"pattern\":\"^a+$\",\"$anchor\":\"p\"},\"b\":{\"$ref\":\"#p\"}},"
        "\"patternProperties\":{\"^x\":{\"uniqueItems\":true}},\"unevaluatedProperties\":false,"
        "\"anyOf\":[{\"required\":[\"a\"]},{\"dependentSchemas\":{\"b\":{\"properties\":{\"c\":true}}}}]}";
    const char *value =
        "{\"a\":\"ab\",\"b\":\"a\",\"c\":3,\"d\":4,\"x\":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18]}";
    bool done = false;
    for (size_t nth = 1; !done; nth++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        const cn_json *source = json(a, text), *instance = json(a, value);
        const cn_schema *schema;
        cn_schema_result r;
        cn_err err = {0};
        cn_arena_fail_after(a, nth);
        done = cn_schema_compile(a, source, NULL, &schema, &err) &&
               cn_schema_validate(a, schema, instance, NULL, &r, &err);
        if (!done) check_err(err, CN_LIMIT, "memory.limit");
        else assert_int_equal(r.n, 1);
        assert_true(nth < 2000);
    }
}

static void test_dialects(void **state) {
    (void)state;
    cn_dialect d;
    assert_true(cn_dialect_find(CN_S("2019-09"), &d) && d == CN_DIALECT_2019_09);
    assert_true(cn_dialect_find(CN_S("draft-07"), &d) && d == CN_DIALECT_DRAFT_7);
    assert_true(cn_dialect_find(CN_S("http://json-schema.org/draft-04/schema#"), &d) && d == CN_DIALECT_DRAFT_4);
    assert_true(cn_dialect_find(CN_S("https://json-schema.org/draft/2019-09/schema#"), &d) &&
                d == CN_DIALECT_2019_09);
    assert_false(cn_dialect_find(CN_S("draft-03"), &d));
    for (int i = 0; i <= CN_DIALECT_DRAFT_4; i++)
        assert_true(cn_dialect_find(cn_dialect_url((cn_dialect)i), &d) && (int)d == i);
}

/* Each meta-schema describes itself. */
static void test_meta_schemas(void **state) {
    (void)state;
    for (int i = 0; i <= CN_DIALECT_DRAFT_4; i++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_slice text;
        cn_schema_result r;
        cn_err err = {0};
        assert_true(cn_arena_print(a, &text, "{\"$ref\":\"%.*s\"}", CN_ARG(cn_dialect_url((cn_dialect)i))));
        const cn_schema *schema = compiled(a, text.p);
        assert_true(
            cn_schema_validate(a, schema, json(a, "{\"properties\":{\"a\":{\"maxLength\":3}}}"), NULL, &r, &err));
        assert_true(r.valid);
        assert_true(
            cn_schema_validate(a, schema, json(a, "{\"properties\":{\"a\":{\"maxLength\":-3}}}"), NULL, &r, &err));
        assert_int_equal(r.n, 1);
        check_text(r.violations[0].instance, "/properties/a/maxLength");
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sentences),
        cmocka_unit_test(test_place),
        cmocka_unit_test(test_all_violations_up_to_a_number),
        cmocka_unit_test(test_bad_schemas),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_limits_of_compiling),
        cmocka_unit_test(test_memory),
        cmocka_unit_test(test_dialects),
        cmocka_unit_test(test_meta_schemas),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
