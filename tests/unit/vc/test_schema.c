/* SPDX-License-Identifier: Apache-2.0
 *
 * src/vc/schema.c: a credential that names a schema is held against it, and that counts only where it is
 * asked for. The credentials are signed here.
 */
#include "bench.h"

#include "base/base.h"

static const char badge_schema[] =
    "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"type\":\"object\","
    "\"required\":[\"name\"],\"properties\":{\"name\":{\"type\":\"string\",\"pattern\":\"^[A-Z]\"},"
    "\"credentialSubject\":{\"properties\":{\"id\":{},\"type\":{},\"achievement\":{}},\"additionalProperties\":"
    "false}}}";

static const struct {
    const char *url, *body;
} net[] = {
    {"https://s.example/badge", badge_schema},
    {"https://s.example/list",
     "{\"$schema\":\"https://json-schema.org/draft/2019-09/schema#\",\"properties\":{\"proof\":"
     "{\"type\":\"array\"}}}"},
    {"https://s.example/needs", "{\"required\":[\"description\"]}"},
    {"https://s.example/refers", "{\"$ref\":\"badge\"}"},
    {"https://s.example/nowhere", "{\"$ref\":\"https://s.example/absent\"}"},
    {"https://s.example/wrong", "{\"type\":\"sting\"}"},
    {"https://s.example/text", "schema"},
    {"https://s.example/endless", "{\"$ref\":\"#\"}"},
};

static bool load(void *self, cn_arena *a, cn_slice url, cn_document *out, cn_err *err) {
    const cn_json *more = self;
    *out = (cn_document){.final_url = url};
    for (size_t i = 0; i < sizeof net / sizeof *net; i++)
        if (cn_slice_eq(url, cn_slice_of(net[i].url))) return out->body = cn_slice_of(net[i].body), true;
    if (!more || !cn_slice_eq(url, CN_S("https://s.example/credential")))
        return cn_fail(err, CN_NOT_FOUND, "url.not-found", "There is nothing at its address.");
    cn_buf b = cn_buf_on(a, 0);
    cn_json_write(&b, more);
    out->body = cn_buf_slice(&b);
    return true;
}

/* The credential of good.json with these members, signed anew. */
static const cn_json *signed_with(bench *b, const char *members) {
    const cn_json *more = bench_json(b->arena, members), *out;
    cn_json *c =
        cn_json_without(b->arena, bench_json(b->arena, bench_file(b->arena, "good.json").p), CN_S("proof"));
    cn_private_key key = {.kind = CN_KEY_ED25519, .n = 32};
    cn_public_key pub;
    cn_buf id = cn_buf_on(b->arena, 0);
    cn_slice did, method;
    cn_err err;
    memset(key.bytes, 7, key.n);
    assert_true(cn_key_public(b->crypto, b->arena, &key, &pub, &err) && cn_multikey_write(&id, &pub, &err));
    assert_true(cn_arena_print(b->arena, &did, "did:key:%.*s", CN_ARG(cn_buf_slice(&id))));
    assert_true(cn_arena_print(b->arena, &method, "%.*s#%.*s", CN_ARG(did), CN_ARG(cn_buf_slice(&id))));
    assert_true(cn_json_set(b->arena, c, CN_S("issuer"), cn_json_string(b->arena, did)));
    for (size_t i = 0; i < more->object.n; i++)
        assert_true(cn_json_set(b->arena, c, more->object.v[i].key, more->object.v[i].value));
    cn_sign_options o = {.crypto = b->crypto,
                         .contexts = &b->contexts,
                         .key = &key,
                         .method = method,
                         .created = {.sec = 1767225600}};
    if (!cn_integrity_add(b->arena, c, &o, &out, &err)) fail_msg("%s: %s", err.where, err.detail);
    return out;
}

static cn_report verify(bench *b, const cn_json *credential, const cn_json *more) {
    union {
        const cn_json *from;
        void *to;
    } self = {.from = more};
    cn_loader network = {self.to, load};
    cn_buf text = cn_buf_on(b->arena, 0);
    cn_json_write(&text, credential);
    b->options.resolver = &network;
    return bench_verify(b, cn_buf_slice(&text));
}

#define NAMES(url, type)                                                                                          \
    "{\"name\":\"Maths\",\"credentialSchema\":{\"id\":\"https://s.example/" url "\",\"type\":\"" type "\"}}"

static const struct {
    const char *members, *problem, *where;
    cn_outcome counted;
    const char *words;
} cases[] = {
    {"{}", "", "", CN_NOT_APPLICABLE, ""},
    {NAMES("badge", "JsonSchema"), "", "", CN_PASS, ""},
    {NAMES("refers", "JsonSchema"), "", "", CN_PASS, ""},
    {"{\"name\":\"maths\",\"credentialSchema\":[{\"id\":\"https://s.example/refers\",\"type\":\"JsonSchema\"}]}",
     "schema-violated", "/name", CN_FAIL, "The property \"name\" does not match the pattern ^[A-Z]."},
    {NAMES("needs", "JsonSchema"), "schema-violated", "/description", CN_FAIL,
     "The document lacks \"description\"."},
    {NAMES("list", "JsonSchema"), "schema-violated", "/proof", CN_FAIL,
     "The property \"proof\" must be a list, but is an object."},
    {NAMES("needs", "JsonSchema\",\"digestSRI\":\"sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
     "schema-unusable", "/credentialSchema", CN_UNKNOWN, "another digest"},
    {NAMES("text", "JsonSchema\",\"digestSRI\":\"sha256-3wrW5DiA8JyQ6/lfGREBeKumiQ3wAQ69p0hQKeK1Q7Q="),
     "schema-unusable", "/credentialSchema", CN_UNKNOWN, "no JSON"},
    {NAMES("absent", "JsonSchema"), "schema-unavailable", "/credentialSchema", CN_UNKNOWN,
     "There is nothing at its address."},
    {NAMES("nowhere", "JsonSchema"), "schema-unusable", "/credentialSchema", CN_UNKNOWN,
     "There is nothing at its address."},
    {NAMES("wrong", "JsonSchema"), "schema-unusable", "/credentialSchema", CN_UNKNOWN, "the name of a type"},
    {NAMES("text", "JsonSchema"), "schema-unusable", "/credentialSchema", CN_UNKNOWN, "no JSON"},
    {NAMES("endless", "JsonSchema"), "schema-unusable", "/credentialSchema", CN_UNKNOWN, "leads into itself"},
    {NAMES("badge", "JsonSchemaCredential"), "schema-unusable", "/credentialSchema", CN_UNKNOWN,
     "does not verify"},
    {"{\"credentialSubject\":{\"type\":\"AchievementSubject\",\"role\":\"A\"},\"name\":\"Maths\","
     "\"credentialSchema\":"
     "{\"id\":\"https://s.example/badge\",\"type\":\"JsonSchema\"}}",
     "schema-violated", "/credentialSubject/role", CN_FAIL,
     "\"role\" is a term of https://purl.imsglobal.org/spec/ob/v3p0/"},
};

static void each_schema_comes_to_what_it_must(void **state) {
    bench *b = *state;
    for (size_t i = 0; i < 2 * sizeof cases / sizeof *cases; i++) {
        const char *problem = cases[i / 2].problem;
        cn_outcome counted = cases[i / 2].counted;
        b->options.schema_counts = i % 2;
        cn_report r = verify(b, signed_with(b, cases[i / 2].members), NULL);
        const cn_step *s = bench_step(&r, "schema");
        cn_outcome outcome = i % 2 || counted == CN_NOT_APPLICABLE ? counted : CN_PASS;
        cn_verdict verdict = outcome == CN_FAIL      ? CN_NOT_VERIFIED
                             : outcome == CN_UNKNOWN ? CN_VERDICT_UNKNOWN
                                                     : CN_VERIFIED;
        if (s->outcome != outcome || strcmp(s->problem, problem) != 0 || r.verdict != verdict ||
            !cn_slice_eq(s->where, cn_slice_of(cases[i / 2].where)) ||
            cn_slice_find(s->detail, cn_slice_of(cases[i / 2].words)) == SIZE_MAX)
            fail_msg("%s: %s, %s \"%s\" at %.*s: %.*s", cases[i / 2].members, cn_verdict_name(r.verdict),
                     cn_outcome_name(s->outcome), s->problem, CN_ARG(s->where), CN_ARG(s->detail));
    }
}

/* It has to verify itself, and its schema is what counts. */
static void a_schema_may_come_in_a_credential(void **state) {
    bench *b = *state;
    b->options.schema_counts = true;
    cn_slice members;
    assert_true(cn_arena_print(b->arena, &members,
                               "{\"type\":[\"VerifiableCredential\",\"JsonSchemaCredential\"],\"@context\":"
                               "[\"https://www.w3.org/ns/credentials/v2\"],\"credentialSubject\":{\"id\":"
                               "\"https://s.example/badge\",\"type\":\"JsonSchema\",\"jsonSchema\":%s}}",
                               badge_schema));
    const cn_json *schema = signed_with(b, members.p);
    const cn_json *badge = signed_with(b, NAMES("credential", "JsonSchemaCredential"));
    const cn_json *other =
        signed_with(b, "{\"name\":\"maths\",\"credentialSchema\":{\"id\":\"https://s.example/credential\","
                       "\"type\":\"JsonSchemaCredential\"}}");
    cn_report r = verify(b, badge, schema);
    const cn_step *s = bench_step(&r, "schema");
    if (s->outcome != CN_PASS || *s->problem) fail_msg("%s: %.*s", s->problem, CN_ARG(s->detail));
    r = verify(b, other, schema);
    assert_string_equal(bench_step(&r, "schema")->problem, "schema-violated");
    cn_json *forged = cn_json_copy_shallow(b->arena, schema);
    assert_true(cn_json_set(b->arena, forged, CN_S("name"), cn_json_string(b->arena, CN_S("other"))));
    r = verify(b, badge, forged);
    assert_string_equal(bench_step(&r, "schema")->problem, "schema-unusable");
}

/* The sentence names the vocabulary that has the word. */
static void a_term_is_found_in_the_built_in_contexts(void **state) {
    bench *b = *state;
    cn_report r = bench_verify(b, bench_file(b->arena, "term-dropped.json"));
    assert_int_equal(cn_slice_find(bench_step(&r, "context")->detail, CN_S("It is a term of")), SIZE_MAX);
    const cn_json *c = bench_json(b->arena, "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\"],\"type\":"
                                            "[\"VerifiableCredential\"],\"issuer\":\"did:example:1\","
                                            "\"credentialSubject\":{\"achievement\":{\"id\":\"urn:x\"}}}");
    r = verify(b, c, NULL);
    const cn_step *s = bench_step(&r, "context");
    assert_string_equal(s->problem, "data-loss");
    if (cn_slice_find(s->detail, CN_S("It is a term of https://purl.imsglobal.org/spec/ob/v3p0/")) == SIZE_MAX)
        fail_msg("%.*s", CN_ARG(s->detail));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_schema_comes_to_what_it_must, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(a_schema_may_come_in_a_credential, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(a_term_is_found_in_the_built_in_contexts, bench_new, bench_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
