/* SPDX-License-Identifier: Apache-2.0 */
#include "bench.h"

/* The text with `by` in place of the first `what`. */
static cn_slice with(bench *b, const char *file, const char *what, const char *by) {
    cn_slice text = bench_file(b->arena, file);
    size_t at = cn_slice_find(text, cn_slice_of(what)), n = cn_slice_of(what).n;
    cn_buf out = cn_buf_on(b->arena, 0);
    if (at == SIZE_MAX) fail_msg("%s holds no %s", file, what);
    cn_buf_add(&out, cn_slice_sub(text, 0, at));
    cn_buf_add(&out, cn_slice_of(by));
    cn_buf_add(&out, cn_slice_from(text, at + n));
    return cn_buf_slice(&out);
}

/* Other ways to write the same statements: the RDF, and so the signature, stays what it was. */
static void what_is_hidden_is_found(void **state) {
    static const struct {
        const char *file, *what, *by;
    } cases[] = {
        {"revoked.json", "\"credentialStatus\":", "\"https://www.w3.org/2018/credentials#credentialStatus\":"},
        {"expired.json", "\"validUntil\":\"2026-01-01T00:00:00Z\"",
         "\"https://www.w3.org/2018/credentials#validUntil\":{\"@type\":"
         "\"http://www.w3.org/2001/XMLSchema#dateTime\",\"@value\":\"2026-01-01T00:00:00Z\"}"},
        {"expired.json", "\"validUntil\":\"2026-01-01T00:00:00Z\"",
         "\"@included\":[{\"id\":\"urn:uuid:5c0e1f6a-3f0a-4d1e-9a39-2f6f1a1d7c01\","
         "\"https://www.w3.org/2018/credentials#validUntil\":{\"@type\":"
         "\"http://www.w3.org/2001/XMLSchema#dateTime\",\"@value\":\"2026-01-01T00:00:00Z\"}}]"},
    };
    bench *b = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cn_report r = bench_verify(b, with(b, cases[i].file, cases[i].what, cases[i].by));
        const cn_step *s = bench_step(&r, "context");
        if (strcmp(s->problem, "not-compacted") != 0) fail_msg("%zu: %s %.*s", i, s->problem, CN_ARG(s->detail));
        assert_int_equal(r.verdict, CN_NOT_VERIFIED);
    }
}

/* Files made from signed ones without any key: the RDF is the same, and what is read by name is not. */
static void rewritten_files_do_not_verify(void **state) {
    static const struct {
        const char *file, *step, *problem;
    } cases[] = {
        {"forged-name.json", "context", "unusual-form"},
        {"forged-name-listed.json", "context", "unusual-form"},
        {"hidden-status.json", "context", "not-compacted"},
        {"hidden-expiry.json", "context", "not-compacted"},
        {"two-statuses.json", "status", "revoked"},
        {"hidden-second-status.json", "context", "not-compacted"},
        {"proof-ended.json", "proof", "proof-expired"},
        {"hidden-proof-end.json", "proof", "not-compacted"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bench *b = *state;
        cn_report r = bench_verify(b, bench_file(b->arena, cases[i].file));
        assert_int_equal(r.verdict, CN_NOT_VERIFIED);
        assert_string_equal(bench_step(&r, cases[i].step)->problem, cases[i].problem);
    }
}

/* What the context step says where good.json has `more` in its @context or as a member. */
static const char *form_of(bench *b, const char *context, const char *member) {
    cn_buf text = cn_buf_on(b->arena, 0);
    cn_buf_print(&text,
                 "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\"%s],\"type\":\"VerifiableCredential\","
                 "\"issuer\":\"did:x:y\",\"credentialSubject\":{\"id\":\"urn:x:1\"}%s}",
                 context, member);
    cn_report r = bench_verify(b, cn_buf_slice(&text));
    return bench_step(&r, "context")->problem;
}

static void contexts_may_only_add_plain_terms(void **state) {
    static const struct {
        const char *context, *member, *problem;
    } cases[] = {
        {",{\"craft\":\"https://c.example/craft\"}", ",\"craft\":\"x\"", ""},
        {",{\"craft\":{\"@id\":\"urn:c:craft\",\"@container\":[\"@language\"]}}", "", ""},
        {",{\"@vocab\":\"https://c.example/\",\"@protected\":true}", ",\"craft\":\"x\"", ""},
        {",{\"Ed25519Signature2020\":\"https://w3id.org/security#Ed25519Signature2020\"}", "", ""},
        {",{\"expires2\":\"https://w3id.org/security#expiration\"}", "", "unusual-form"},
        {",{\"s\":\"https://www.w3.org/2018/credentials#\"}", "", "unusual-form"},
        {",{\"s\":\"https://www.w3.org/\"}", "", "unusual-form"},
        {",{\"@vocab\":\"https://www.w3.org/2018/credentials\"}", "", "unusual-form"},
        {",{\"craft\":\"@index\"}", "", "unusual-form"},
        {",{\"craft\":\"@id\"}", "", "unusual-form"},
        {",{\"@vocab\":\"https://c.example/nick\"}", "", "unusual-form"},
        {",{\"achievement\":\"https://c.example/dream\"}", "", "unusual-form"},
        {",{\"achievement\":\"https://c.example/achievement\"}", "", ""},
        {",{\"Craft\":\"https://c.example/Guild\"}", "", ""},
        {",{\"craft\":{\"@id\":\"https://c.example/\",\"@container\":\"@index\"}}", "", "unusual-form"},
        {",{\"craft\":{\"@reverse\":\"https://c.example/\"}}", "", "unusual-form"},
        {",{\"craft\":\"name\"}", "", "unusual-form"},
        {",{\"@import\":\"https://www.w3.org/ns/credentials/v2\"}", "", "unusual-form"},
        {"", ",\"https://c.example/craft\":\"x\"", "unusual-form"},
        {"", ",\"@included\":[{\"id\":\"urn:x:2\",\"name\":\"x\"}]", "unusual-form"},
        {"", ",\"name\":{\"@value\":\"x\",\"@language\":\"en\"}", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *problem = form_of(*state, cases[i].context, cases[i].member);
        if (strcmp(problem, cases[i].problem) != 0) fail_msg("%zu: %s", i, problem);
    }
}

/* Contexts of terms: within what the term names, where nothing is read, they may do as they like. */
static void scoped_contexts_stay_where_nothing_is_read(void **state) {
#define SAIL(in) ",{\"Sail\":{\"@id\":\"urn:c:Sail\",\"@context\":" in "},\"sail\":\"urn:c:sail\"}"
#define RIG(in) ",{\"rig\":{\"@id\":\"urn:c:rig\",\"@context\":" in "}}"
    static const struct {
        const char *context, *member, *problem;
    } cases[] = {
        {SAIL("{\"@protected\":true,\"id\":\"@id\",\"type\":\"@type\",\"size\":\"urn:c:size\"}"),
         ",\"sail\":{\"type\":\"Sail\",\"size\":3}", ""},
        {SAIL("{\"level\":\"urn:c:height\"}"), ",\"sail\":{\"type\":\"Sail\",\"level\":3}", ""},
        {SAIL("{\"level\":\"urn:c:height\"}"), ",\"evidence\":{\"type\":\"Sail\",\"level\":3}", "unusual-form"},
        {SAIL("{\"level\":\"urn:c:level\"}"), ",\"evidence\":{\"type\":\"Sail\",\"level\":3}", ""},
        {RIG("{\"level\":\"urn:c:height\",\"at\":{\"@id\":\"urn:c:at\",\"@context\":{\"tag\":\"urn:c:x\"}}}"),
         ",\"rig\":{\"level\":3,\"at\":{\"tag\":\"x\"}}", ""},
        {RIG("[{\"size\":\"urn:c:size\"},{\"brand\":\"urn:c:brand\"}]"), ",\"rig\":{\"size\":1}", ""},
        {RIG("{\"until\":\"https://www.w3.org/2018/credentials#validUntil\"}"), "", "unusual-form"},
        {RIG("{\"size\":null}"), "", "unusual-form"},
        {RIG("null"), "", "unusual-form"},
        {RIG("\"https://www.w3.org/ns/credentials/v2\""), "", "unusual-form"},
        {RIG("{\"@propagate\":false}"), "", "unusual-form"},
        {",{\"Guild\":\"urn:c:Club\"}", ",\"evidence\":{\"type\":\"Guild\"}", "unusual-form"},
        {",{\"achievement\":{\"@id\":\"urn:c:achievement\",\"@context\":{\"level\":\"urn:c:height\"}}}", "",
         "unusual-form"},
        {",{\"achievement\":{\"@id\":\"https://purl.imsglobal.org/spec/vc/ob/vocab.html#achievement\","
         "\"@context\":{\"size\":\"urn:c:size\"}}}",
         "", "unusual-form"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *problem = form_of(*state, cases[i].context, cases[i].member);
        if (strcmp(problem, cases[i].problem) != 0) fail_msg("%zu: %s", i, problem);
    }
}

/* The same statements, the status in an object within that has the credential's id. */
static void a_status_stands_at_the_top(void **state) {
#define STATUS                                                                                                    \
    ",\"credentialStatus\":{\"id\":\"urn:x:s\",\"type\":\"BitstringStatusListEntry\",\"statusPurpose\":"          \
    "\"revocation\",\"statusListIndex\":\"1\",\"statusListCredential\":\"https://x.example/\"}"
#define WITHIN(more)                                                                                              \
    ",\"id\":\"urn:x:c\",\"evidence\":{\"id\":\"urn:x:c\",\"type\":\"VerifiableCredential\"" more "}"
    assert_string_equal(form_of(*state, "", WITHIN("") STATUS), "");
    assert_string_equal(form_of(*state, "", WITHIN(STATUS)), "not-compacted");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_hidden_is_found, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(rewritten_files_do_not_verify, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(contexts_may_only_add_plain_terms, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(scoped_contexts_stay_where_nothing_is_read, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(a_status_stands_at_the_top, bench_new, bench_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
