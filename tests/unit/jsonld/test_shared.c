/* SPDX-License-Identifier: Apache-2.0
 *
 * src/jsonld/shared.c: with processed contexts that calls share everything comes out as without, errors, their
 * places and limits included, whether a context was met before or not.
 */
#include "jsonld_try.h"

#include "base/base.h"

#define V1 "\"https://www.w3.org/2018/credentials/v1\""
#define V2 "\"https://www.w3.org/ns/credentials/v2\""
#define OB "\"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json\""

static const char *const documents[] = {
    "{\"@context\":" V2 ",\"id\":\"urn:x:1\",\"type\":\"VerifiableCredential\",\"issuer\":{\"id\":\"did:a:b\","
    "\"name\":\"N\"},\"credentialSubject\":{\"id\":\"urn:x:2\",\"name\":{\"@value\":\"n\",\"@language\":\"fr\"}}}",
    "{\"@context\":[" V2 "," OB "],\"type\":[\"VerifiableCredential\",\"OpenBadgeCredential\"],"
    "\"credentialSubject\":{\"type\":\"AchievementSubject\",\"achievement\":{\"id\":\"urn:x:3\",\"type\":"
    "\"Achievement\",\"alignment\":[{\"type\":\"Alignment\",\"targetName\":\"t\"}],\"criteria\":{\"narrative\":"
    "\"c\"}}}}",
    "{\"@context\":[" V2 ",{\"mine\":\"urn:x:mine\"}],\"mine\":[1,2.5,true],\"type\":\"VerifiableCredential\"}",
    "{\"@context\":[" V2 "," V1 "],\"type\":\"VerifiableCredential\"}",
    "{\"@context\":[" V2 ",null],\"type\":\"VerifiableCredential\"}",
    "{\"@context\":[" V2 ",{\"name\":\"urn:x:name\"}],\"name\":\"x\"}",
    "{\"@context\":[" V2 ",\"https://nowhere.example/\"],\"type\":\"VerifiableCredential\"}",
    "{\"@context\":" V2 ",\"type\":\"VerifiableCredential\",\"unheardOf\":1}",
    "{\"@context\":" V2
    ",\"@graph\":[{\"type\":\"VerifiablePresentation\",\"verifiableCredential\":{\"@context\":" OB
    ",\"type\":\"OpenBadgeCredential\"}}]}",
    /* The scoped context of a term of the document, entered from a shared one that has been gone back to. */
    "{\"@context\":" V2 ",\"type\":\"VerifiableCredential\",\"evidence\":{\"@context\":{\"@propagate\":false,"
    "\"p\":{\"@id\":\"urn:x:p\",\"@context\":{\"q\":\"urn:x:q\"}}},\"p\":{\"q\":1}}}",
    "{\"@context\":" V2 ",\"type\":\"VerifiableCredential\",\"evidence\":{\"@context\":{\"@propagate\":false,"
    "\"p\":{\"@id\":\"urn:x:p\",\"@context\":" V1 "}},\"p\":{\"name\":1}}}",
    "{\"@context\":{\"p\":{\"@id\":\"urn:x:p\",\"@context\":" V2 "}},\"p\":{\"name\":1}}",
    "{\"@context\":{\"@import\":" V2 "},\"name\":1}",
    "{\"@context\":[" V2 ",{\"@vocab\":\"urn:x:\",\"@language\":\"en\"}],\"any\":\"a\",\"b\":{\"c\":\"d\"}}",
    "{\"@context\":[" V2 "," V2 "," OB "," V2 "],\"name\":1}",
};
enum { DOCUMENTS = sizeof documents / sizeof *documents };

/* The expanded document, or the error. */
static cn_slice expand(cn_arena *a, const char *text, cn_jsonld_options o) {
    cn_loader loader = cn_builtin_loader(NULL);
    const cn_json *input, *expanded;
    cn_err err = {0};
    cn_buf b = cn_buf_on(a, 0);
    o.loader = &loader;
    assert_true(cn_json_read(a, cn_slice_of(text), NULL, &input, &err));
    if (cn_jsonld_expand(a, input, &o, &expanded, &err)) assert_true(cn_json_canonize(a, expanded, &b, &err));
    else cn_buf_print(&b, "%s %s %s", err.id, err.where, err.detail);
    assert_true(cn_buf_ok(&b));
    return cn_buf_slice(&b);
}

static void same(const char *text, cn_contexts *processed, cn_jsonld_options o) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_slice alone = expand(a, text, o);
    o.processed = processed;
    cn_slice shared = expand(a, text, o);
    if (!cn_slice_eq(alone, shared)) fail_msg("%s\n%.*s\n%.*s", text, CN_ARG(alone), CN_ARG(shared));
}

static void test_documents(void **state) {
    (void)state;
    cn_contexts *c = cn_contexts_new();
    for (int round = 0; round < 3; round++)
        for (size_t i = 0; i < DOCUMENTS; i++) {
            same(documents[i], c, (cn_jsonld_options){.safe = true});
            same(documents[i], c, (cn_jsonld_options){0});
            same(documents[i], c, (cn_jsonld_options){.mode_1_0 = true});
            same(documents[i], c, (cn_jsonld_options){.base = CN_S("https://base.example/a/b")});
        }
    cn_contexts_free(c);
}

static void test_every_builtin(void **state) {
    (void)state;
    size_t n;
    const cn_builtin_context *all = cn_builtin_contexts(&n);
    cn_contexts *c = cn_contexts_new();
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < n; i++) {
            char text[512];
            (void)snprintf(text, sizeof text,
                           "{\"@context\":[\"%s\"," V2 ",\"%s\"],\"@type\":\"VerifiableCredential\"}", all[i].url,
                           all[(i + 1) % n].url);
            same(text, c, (cn_jsonld_options){.safe = true});
        }
    cn_contexts_free(c);
}

/* What was worked out under a wide limit does not help past a narrow one. */
static void test_limits(void **state) {
    (void)state;
    cn_contexts *c = cn_contexts_new();
    for (size_t i = 0; i < DOCUMENTS; i++) same(documents[i], c, (cn_jsonld_options){.safe = true});
    for (size_t depth = 1; depth < 16; depth++)
        for (size_t i = 0; i < DOCUMENTS; i++)
            same(documents[i], c, (cn_jsonld_options){.safe = true, .max_depth = depth});
    cn_contexts_free(c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_documents),
        cmocka_unit_test(test_every_builtin),
        cmocka_unit_test(test_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
