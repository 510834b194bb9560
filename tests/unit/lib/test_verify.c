/* SPDX-License-Identifier: Apache-2.0 */
#include "bench.h"

/* The context of voc.example, found elsewhere. */
static bool bench_context(void *self, const char *url, cn_answer *answer) {
    static const char context[] = "{\"@context\":[\"inner\"]}",
                      inner[] = "{\"@context\":{\"mood\":\"https://voc.example/mood\"}}";
    bench *b = self;
    if (b->no_answer) return false;
    if (strcmp(url, "https://moved.example/v1/inner") == 0) return cn_answer_body(answer, inner, sizeof inner - 1);
    b->asked++;
    assert_string_equal(url, "https://voc.example/c");
    return cn_answer_url(answer, "https://moved.example/v1/c") &&
           cn_answer_body(answer, context, sizeof context - 1);
}

static void it_verifies_offline(void **state) {
    bench *b = *state;
    cn_engine *engine = bench_engine(NULL);
    bench_expect(engine, bench_file(b, "good.json"), CN_IS_VERIFIED, "\"id\":\"proof\",\"outcome\":\"pass\"");
    bench_expect(engine, bench_file(b, "tampered.json"), CN_IS_NOT_VERIFIED, "\"problem\":\"invalid-signature\"");
    bench_expect(engine, bench_file(b, "web.json"), CN_IS_UNKNOWN, NULL);
    bench_expect(engine, CN_S("hello"), CN_IS_NOT_VERIFIED, "\"problem\":\"not-json\"");
    bench_expect(engine, CN_S(""), CN_IS_NOT_VERIFIED, "\"problem\":\"empty\"");
    cn_engine_free(engine);
}

static void it_asks_the_caller_for_documents(void **state) {
    bench *b = *state;
    bench_expect(b->engine, bench_file(b, "web.json"), CN_IS_VERIFIED, NULL);
    bench_expect(b->engine, bench_file(b, "revoked.json"), CN_IS_UNKNOWN, "status-list-unretrievable");
    assert_int_equal(b->asked, 2);
    b->no_answer = true;
    bench_expect(b->engine, bench_file(b, "web.json"), CN_IS_UNKNOWN, "the network is away.");
}

static void what_was_added_is_not_asked_for(void **state) {
    bench *b = *state;
    cn_slice did = bench_file(b, "net/college-did.json");
    cn_engine *engine = bench_engine(NULL);
    assert_true(cn_engine_add_document(engine, "https://college.example/.well-known/did.json", "{}", 2, NULL));
    bench_expect(engine, bench_file(b, "web.json"), CN_IS_NOT_VERIFIED, NULL);
    assert_true(
        cn_engine_add_document(engine, "https://college.example/.well-known/did.json", did.p, did.n, NULL));
    bench_expect(engine, bench_file(b, "web.json"), CN_IS_VERIFIED, NULL);
    cn_engine_free(engine);
}

static void the_time_is_given_or_asked_for(void **state) {
    bench *b = *state;
    cn_engine *no_clock = bench_engine(NULL);
    cn_slice good = bench_file(b, "good.json");
    cn_engine_verdict verdict;
    cn_error error;
    bench_fails(cn_engine_verify(no_clock, good.p, good.n, NULL, &verdict, NULL, &error), &error, "engine.clock");
    assert_string_equal(error.kind, "invalid");
    assert_true(cn_engine_verify(b->engine, good.p, good.n, NULL, &verdict, NULL, &error));
    assert_int_equal(verdict, CN_IS_VERIFIED);
    cn_engine_verify_options early = {.size = sizeof early, .at = &(int64_t){0}};
    assert_true(cn_engine_verify(b->engine, good.p, good.n, &early, &verdict, NULL, &error));
    assert_int_equal(verdict, CN_IS_NOT_VERIFIED);
    b->no_clock = true;
    bench_fails(cn_engine_verify(b->engine, good.p, good.n, NULL, &verdict, NULL, &error), &error,
                "engine.clock-failed");
    cn_engine_free(no_clock);
}

static void a_policy_is_a_flag(void **state) {
    bench *b = *state;
    cn_slice good = bench_file(b, "good.json");
    cn_engine_verify_options how = {.size = sizeof how, .flags = (uint64_t)1 << 40};
    cn_engine_verdict verdict;
    cn_error error;
    bench_fails(cn_engine_verify(b->engine, good.p, good.n, &how, &verdict, NULL, &error), &error,
                "argument.flags");
    how.flags = CN_VERIFY_RESOURCES | CN_VERIFY_SCHEMA | CN_VERIFY_BITSTRING;
    assert_true(cn_engine_verify(b->engine, good.p, good.n, &how, &verdict, NULL, &error));
    assert_int_equal(verdict, CN_IS_VERIFIED);
}

static void contexts_can_be_added(void **state) {
    static const char url[] = "https://college.example/context", context[] = "{\"@context\":{}}";
    bench *b = *state;
    cn_slice input = bench_file(b, "context-unknown.json");
    cn_error error;
    bench_expect(b->engine, input, CN_IS_UNKNOWN, "\"problem\":\"context-unavailable\"");
    bench_fails(cn_engine_add_context(b->engine, url, "{", 1, &error), &error, "json.syntax");
    assert_string_equal(error.where, "byte 1 (line 1, column 2)");
    bench_fails(cn_engine_add_context(b->engine, "https://www.w3.org/ns/credentials/v2", "{}", 2, &error), &error,
                "context.built-in");
    assert_true(cn_engine_add_context(b->engine, url, context, sizeof context - 1, &error));
    bench_expect(b->engine, input, CN_IS_NOT_VERIFIED, "\"problem\":\"data-loss\"");
}

/* What one engine knows, another does not. */
static void engines_share_no_contexts(void **state) {
    static const char document[] =
        "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\",\"https://voc.example/c\"],"
        "\"type\":[\"VerifiableCredential\"],\"issuer\":\"did:key:"
        "z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp\","
        "\"validFrom\":\"2026-01-01T00:00:00Z\",\"credentialSubject\":{\"mood\":\"good\"}}",
                      context[] = "{\"@context\":{\"mood\":\"https://voc.example/mood\"}}";
    bench *b = *state;
    cn_engine *other = bench_engine(&(cn_engine_options){
        .size = sizeof(cn_engine_options), .self = b, .clock = bench_clock, .get_context = bench_context});
    cn_signer *signer;
    cn_bytes out;
    cn_error error;
    assert_true(cn_signer_from_seed(b->engine, "ed25519", (uint8_t[32]){0}, 32, &signer, NULL));
    bench_fails(cn_engine_issue(b->engine, document, sizeof document - 1, signer, NULL, &out, &error), &error,
                "issue.credential");
    assert_true(cn_engine_add_context(b->engine, "https://voc.example/c", context, sizeof context - 1, NULL));
    assert_true(cn_engine_issue(b->engine, document, sizeof document - 1, signer, NULL, &out, &error));
    cn_slice issued = cn_slice_bytes(out.p, out.n);
    bench_expect(b->engine, issued, CN_IS_VERIFIED, NULL);
    bench_expect(other, issued, CN_IS_VERIFIED, NULL);
    assert_int_equal(b->asked, 1);
    b->no_answer = true;
    bench_expect(other, issued, CN_IS_UNKNOWN, "\"problem\":\"context-unavailable\"");
    cn_bytes_free(&out);
    cn_signer_free(signer);
    cn_engine_free(other);
}

static void a_registry_gives_names(void **state) {
    bench *b = *state;
    cn_slice list = bench_project_file(b, "docs/samples/registry.json"),
             good = bench_project_file(b, "docs/samples/good.json");
    cn_error error;
    int64_t never = 0;
    bench_expect(b->engine, good, CN_IS_VERIFIED, "\"problem\":\"issuer-unlisted\"");
    bench_fails(cn_engine_add_registry(b->engine, list.p, list.n, &never, &error), &error,
                "registry.not-verified");
    bench_fails(cn_engine_add_registry(b->engine, good.p, good.n, NULL, &error), &error, "registry.form");
    bench_expect(b->engine, good, CN_IS_VERIFIED, "\"problem\":\"issuer-unlisted\"");
    for (int i = 0; i < 2; i++) assert_true(cn_engine_add_registry(b->engine, list.p, list.n, NULL, &error));
    bench_expect(b->engine, good, CN_IS_VERIFIED, "\"id\":\"registry\",\"outcome\":\"pass\",\"problem\":\"\"");
    bench_expect(b->engine, good, CN_IS_VERIFIED, "\"name\":\"Northern College\"");
}

static void limits_are_the_engines(void **state) {
    bench *b = *state;
    cn_engine *narrow =
        bench_engine(&(cn_engine_options){.size = sizeof(cn_engine_options), .max_proofs = 1, .max_work = 1000});
    bench_expect(b->engine, bench_file(b, "two-proofs.json"), CN_IS_VERIFIED, NULL);
    bench_expect(narrow, bench_file(b, "two-proofs.json"), CN_IS_NOT_VERIFIED, "\"problem\":\"too-complex\"");
    cn_engine_free(narrow);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(it_verifies_offline, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(it_asks_the_caller_for_documents, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(what_was_added_is_not_asked_for, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(the_time_is_given_or_asked_for, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(a_policy_is_a_flag, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(contexts_can_be_added, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(engines_share_no_contexts, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(a_registry_gives_names, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(limits_are_the_engines, bench_new, bench_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
