/* SPDX-License-Identifier: Apache-2.0 */
#include <cairn/cairn.h>

#include "bench.h"

/* 2026-06-01T00:00:00Z */
static const int64_t NOW = 1780272000;

typedef struct caller {
    cn_arena *arena;
    int asked;
} caller;

/* The caller's network: one document, the controller of "web". */
static bool get_document(void *self, const char *url, cn_answer *answer) {
    caller *c = self;
    c->asked++;
    if (strcmp(url, "https://college.example/.well-known/did.json") != 0) return false;
    cn_slice body = bench_file(c->arena, "net/college-did.json");
    return cn_answer_body(answer, body.p, body.n);
}

static cn_engine *new_engine(const cn_engine_options *options) {
    cn_engine *engine = NULL;
    cn_error error;
    assert_true(cn_engine_new(options, &engine, &error));
    return engine;
}

/* The verdict of a file. */
static void expect_verdict(bench *b, const cn_engine *engine, const char *file, const char *verdict) {
    cn_slice input = bench_file(b->arena, file);
    cn_error error;
    char *text = cn_engine_verify(engine, input.p, input.n, NOW, &error);
    assert_non_null(text);
    assert_null(strchr(text, '\n'));
    const cn_json *report = bench_json(b->arena, text);
    assert_true(cn_json_is_string(cn_json_get(report, CN_S("verdict")), cn_slice_of(verdict)));
    const cn_json *steps = cn_json_get(report, CN_S("steps"));
    assert_true(cn_json_is_string(cn_json_get(cn_json_item(steps, 0), CN_S("id")), CN_S("read")));
    assert_true(cn_json_count(steps) > 1);
    assert_true(cn_json_is(cn_json_get(report, CN_S("credential")), CN_JSON_OBJECT));
    cn_text_free(text);
}

static void it_verifies_offline(void **state) {
    cn_engine *engine = new_engine(NULL);
    expect_verdict(*state, engine, "good.json", "verified");
    expect_verdict(*state, engine, "tampered.json", "not verified");
    expect_verdict(*state, engine, "web.json", "unknown");
    cn_engine_free(engine);
}

static void it_asks_the_caller_for_documents(void **state) {
    bench *b = *state;
    caller c = {.arena = b->arena};
    cn_engine *engine = new_engine(
        &(cn_engine_options){.size = sizeof(cn_engine_options), .self = &c, .get_document = get_document});
    expect_verdict(b, engine, "web.json", "verified");
    expect_verdict(b, engine, "revoked.json", "unknown");
    assert_int_equal(c.asked, 2);
    cn_engine_free(engine);
}

static void too_little_memory_is_an_error(void **state) {
    bench *b = *state;
    cn_engine *engine = new_engine(&(cn_engine_options){.size = sizeof(cn_engine_options), .max_memory = 20000});
    cn_slice input = bench_file(b->arena, "good.json");
    cn_error error;
    assert_null(cn_engine_verify(engine, input.p, input.n, NOW, &error));
    assert_string_equal(error.id, "memory.limit");
    cn_engine_free(engine);
    cn_engine_free(NULL);
    cn_text_free(NULL);
}

static void nonsense_gets_a_report(void **state) {
    cn_engine *engine = new_engine(NULL);
    cn_error error;
    char *text = cn_engine_verify(engine, "hello", 5, NOW, &error);
    assert_non_null(text);
    assert_non_null(strstr(text, "\"verdict\":\"not verified\",\"proof\":false"));
    assert_non_null(strstr(text, "\"problem\":\"not-json\""));
    assert_non_null(strstr(text, "\"credential\":null"));
    cn_text_free(text);
    cn_engine_free(engine);
    (void)state;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(it_verifies_offline, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(it_asks_the_caller_for_documents, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(too_little_memory_is_an_error, bench_new, bench_done),
        cmocka_unit_test(nonsense_gets_a_report),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
