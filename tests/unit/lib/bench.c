/* SPDX-License-Identifier: Apache-2.0 */
#include "bench.h"

#include "net/net.h"

enum { FILE_MAX = 1 << 20 };

cn_slice bench_project_file(bench *b, const char *path) {
    cn_slice whole, text;
    cn_err err;
    assert_true(cn_arena_print(b->arena, &whole, PROJECT "/%s", path));
    assert_true(cn_file_read(b->arena, whole, FILE_MAX, &text, &err));
    return text;
}

cn_slice bench_file(bench *b, const char *name) {
    cn_slice path;
    assert_true(cn_arena_print(b->arena, &path, "tests/data/vc/%s", name));
    return bench_project_file(b, path.p);
}

bool bench_get(void *self, const char *url, cn_answer *answer) {
    bench *b = self;
    b->asked++;
    if (b->no_answer) cn_answer_refuse(answer, "the network is away.");
    if (strcmp(url, "https://college.example/.well-known/did.json") != 0) return false;
    cn_slice body = bench_file(b, "net/college-did.json");
    return cn_answer_body(answer, body.p, body.n);
}

bool bench_clock(void *self, int64_t *now) {
    const bench *b = self;
    *now = BENCH_NOW;
    return !b->no_clock;
}

bool bench_random(void *self, void *bytes, size_t n) {
    const bench *b = self;
    for (size_t i = 0; i < n; i++) ((unsigned char *)bytes)[i] = (unsigned char)i;
    return !b->no_random;
}

cn_engine *bench_engine(const cn_engine_options *options) {
    cn_engine *engine = NULL;
    assert_true(cn_engine_new(options, &engine, NULL));
    assert_non_null(engine);
    return engine;
}

int bench_new(void **state) {
    bench *b = calloc(1, sizeof *b);
    assert_non_null(b);
    b->arena = cn_arena_new(0);
    b->engine = bench_engine(&(cn_engine_options){.size = sizeof(cn_engine_options),
                                                  .self = b,
                                                  .get_document = bench_get,
                                                  .clock = bench_clock,
                                                  .random = bench_random});
    *state = b;
    return 0;
}

int bench_done(void **state) {
    bench *b = *state;
    cn_engine_free(b->engine);
    cn_arena_free(b->arena);
    free(b);
    return 0;
}

void bench_expect(const cn_engine *engine, cn_slice input, cn_engine_verdict verdict, const char *problem) {
    cn_engine_verify_options how = {.size = sizeof how, .at = &(int64_t){BENCH_NOW}};
    cn_engine_verdict found;
    cn_bytes report;
    assert_true(cn_engine_verify(engine, input.p, input.n, &how, &found, &report, NULL));
    assert_null(strchr(report.p, '\n'));
    assert_int_equal(report.n, strlen(report.p));
    if (found != verdict || (problem && !strstr(report.p, problem))) fail_msg("%d: %s", (int)found, report.p);
    cn_bytes_free(&report);
    assert_null(report.p);
}

void bench_fails(bool good, const cn_error *error, const char *id) {
    assert_false(good);
    assert_string_equal(error->id, id);
    assert_true(error->detail[0] && error->kind[0]);
}
