/* SPDX-License-Identifier: Apache-2.0 */
#include "bench.h"

typedef bool verb(const cn_engine *engine, const void *bytes, size_t n, const cn_engine_jsonld_options *options,
                  cn_bytes *out, cn_error *error);

static void expect_bytes(bool good, const cn_error *error, cn_bytes *out, const char *text) {
    if (!good) fail_msg("%s %s: %s", error->id, error->where, error->detail);
    assert_string_equal(out->p, text);
    cn_bytes_free(out);
}

static void expect_verb(bench *b, verb *run, const char *in, const cn_engine_jsonld_options *how,
                        const char *text) {
    cn_bytes out;
    cn_error error;
    bool good = run(b->engine, in, strlen(in), how, &out, &error);
    expect_bytes(good, &error, &out, text);
}

static void json_is_canonical(void **state) {
    static const char in[] = " { \"b\" : [ 1.0e2, \"\\u0061\", null ], \"a\" : -0 } ";
    bench *b = *state;
    cn_bytes out;
    cn_error error;
    expect_bytes(cn_engine_canonize_json(b->engine, in, sizeof in - 1, &out, &error), &error, &out,
                 "{\"a\":0,\"b\":[100,\"a\",null]}");
    bench_fails(cn_engine_canonize_json(b->engine, "{\"a\":1,\"a\":1}", 13, &out, &error), &error,
                "json.duplicate-key");
    bench_fails(cn_engine_canonize_json(b->engine, "", 0, &out, &error), &error, "json.syntax");
    bench_fails(cn_engine_canonize_json(b->engine, "\"\xff\"", 3, &out, &error), &error, "json.utf8");
    assert_string_equal(error.kind, "invalid");
}

static void a_pointer_leads_into_json(void **state) {
    static const char in[] = "{\"steps\":[{\"id\":\"r\\u00e9ad\"},{\"n\":[1,2]}]}";
    bench *b = *state;
    cn_bytes out;
    cn_error error;
    expect_bytes(cn_engine_json_get(b->engine, in, sizeof in - 1, "/steps/0/id", &out, &error), &error, &out,
                 "r\xc3\xa9"
                 "ad");
    expect_bytes(cn_engine_json_get(b->engine, in, sizeof in - 1, "/steps/1", &out, &error), &error, &out,
                 "{\"n\":[1,2]}");
    bench_fails(cn_engine_json_get(b->engine, in, sizeof in - 1, "/steps/2", &out, &error), &error,
                "json.pointer");
    assert_string_equal(error.where, "/steps/2");
    bench_fails(cn_engine_json_get(b->engine, in, sizeof in - 1, NULL, &out, &error), &error, "argument.null");
}

static void jsonld_goes_each_way(void **state) {
    static const char doc[] =
        "{\"@context\":{\"@vocab\":\"https://v.example/\"},\"@id\":\"urn:a\",\"name\":\"A\"}",
                      expanded[] = "[{\"@id\":\"urn:a\",\"https://v.example/name\":[{\"@value\":\"A\"}]}]",
                      context[] = "{\"n\":\"https://v.example/name\"}",
                      quads[] = "<urn:a> <https://v.example/name> \"A\" .\n";
    bench *b = *state;
    cn_engine_jsonld_options how = {.size = sizeof how, .context = context, .context_n = sizeof context - 1};
    const cn_engine_jsonld_options ordered = {.size = sizeof ordered, .flags = CN_JSONLD_ORDERED};
    expect_verb(b, cn_engine_expand, doc, &ordered, expanded);
    expect_verb(b, cn_engine_flatten, doc, &ordered, expanded);
    expect_verb(b, cn_engine_to_rdf, doc, NULL, quads);
    expect_verb(b, cn_engine_from_rdf, quads, NULL, expanded);
    expect_verb(b, cn_engine_compact, expanded, &how,
                "{\"@context\":{\"n\":\"https://v.example/name\"},\"@id\":\"urn:a\",\"n\":\"A\"}");
    how.flags = CN_JSONLD_KEEP_ARRAYS;
    expect_verb(
        b, cn_engine_compact, expanded, &how,
        "{\"@context\":{\"n\":\"https://v.example/name\"},\"@graph\":[{\"@id\":\"urn:a\",\"n\":[\"A\"]}]}");
    expect_verb(
        b, cn_engine_expand, "{\"@id\":\"urn:a\",\"n\":\"A\"}",
        &(cn_engine_jsonld_options){.size = sizeof how, .context = context, .context_n = sizeof context - 1},
        expanded);
    expect_verb(b, cn_engine_expand, "{\"@id\":\"a\",\"urn:p\":1}",
                &(cn_engine_jsonld_options){.size = sizeof how, .base = "urn:x:b"},
                "[{\"@id\":\"urn:a\",\"urn:p\":[{\"@value\":1}]}]");
}

static void jsonld_says_what_is_wrong(void **state) {
    static const char dropped[] = "{\"@id\":\"urn:a\",\"name\":\"A\"}",
                      far[] = "{\"@context\":\"https://c.example/\"}";
    bench *b = *state;
    cn_engine_jsonld_options how = {.size = sizeof how, .flags = CN_JSONLD_SAFE};
    cn_bytes out;
    cn_error error;
    bench_fails(cn_engine_to_rdf(b->engine, dropped, sizeof dropped - 1, &how, &out, &error), &error,
                "jsonld.dropped-property");
    bench_fails(cn_engine_expand(b->engine, far, sizeof far - 1, &how, &out, &error), &error,
                "jsonld.context-unknown");
    how.direction = "sideways";
    bench_fails(cn_engine_to_rdf(b->engine, "{}", 2, &how, &out, &error), &error, "argument.direction");
    how = (cn_engine_jsonld_options){.size = sizeof how, .flags = 1u << 20};
    bench_fails(cn_engine_to_rdf(b->engine, "{}", 2, &how, &out, &error), &error, "argument.flags");
    how = (cn_engine_jsonld_options){.size = sizeof how, .context = "{", .context_n = 1};
    bench_fails(cn_engine_compact(b->engine, "{}", 2, &how, &out, &error), &error, "json.syntax");
    bench_fails(cn_engine_from_rdf(b->engine, "nonsense", 8, NULL, &out, &error), &error, "nquads.syntax");
}

static void rdf_is_canonical(void **state) {
    static const char in[] = "_:z <urn:p> _:y .\n_:z <urn:p> \"1\" .\n_:z <urn:p> \"1\" .\n";
    bench *b = *state;
    cn_bytes out, map;
    cn_error error;
    bool good = cn_engine_canonize_rdf(b->engine, in, sizeof in - 1, NULL, &out, &map, &error);
    expect_bytes(good, &error, &out, "_:c14n1 <urn:p> \"1\" .\n_:c14n1 <urn:p> _:c14n0 .\n");
    expect_bytes(good, &error, &map, "{\"y\":\"c14n0\",\"z\":\"c14n1\"}");
    assert_true(cn_engine_canonize_rdf(b->engine, in, sizeof in - 1, "sha384", &out, NULL, &error));
    cn_bytes_free(&out);
    bench_fails(cn_engine_canonize_rdf(b->engine, in, sizeof in - 1, "md5", &out, NULL, &error), &error,
                "argument.hash");
    cn_engine *idle = bench_engine(&(cn_engine_options){.size = sizeof(cn_engine_options), .max_work = 1});
    static const char ring[] = "_:a <urn:p> _:b .\n_:b <urn:p> _:c .\n_:c <urn:p> _:a .\n";
    bench_fails(cn_engine_canonize_rdf(idle, ring, sizeof ring - 1, NULL, &out, NULL, &error), &error,
                "rdfc.work");
    assert_string_equal(error.kind, "limit");
    cn_engine_free(idle);
}

static void a_credential_goes_into_an_image(void **state) {
    static const char svg[] = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>";
    bench *b = *state;
    cn_slice good = bench_file(b, "good.json");
    cn_bytes baked, again, back;
    cn_error error;
    assert_true(cn_engine_bake(b->engine, svg, sizeof svg - 1, good.p, good.n, &baked, &error));
    bench_expect(b->engine, cn_slice_bytes(baked.p, baked.n), CN_IS_VERIFIED, "\"format\":\"svg\"");
    assert_true(cn_engine_unbake(b->engine, baked.p, baked.n, &back, &error));
    bench_expect(b->engine, cn_slice_bytes(back.p, back.n), CN_IS_VERIFIED, "\"format\":\"json\"");
    bench_fails(cn_engine_bake(b->engine, baked.p, baked.n, good.p, good.n, &again, &error), &error,
                "baked-already");
    bench_fails(cn_engine_bake(b->engine, svg, sizeof svg - 1, "x", 1, &again, &error), &error, "bake-payload");
    bench_fails(cn_engine_unbake(b->engine, svg, sizeof svg - 1, &again, &error), &error,
                "no-credential-in-image");
    cn_bytes_free(&baked);
    cn_bytes_free(&back);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(json_is_canonical, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(a_pointer_leads_into_json, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(jsonld_goes_each_way, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(jsonld_says_what_is_wrong, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(rdf_is_canonical, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(a_credential_goes_into_an_image, bench_new, bench_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
