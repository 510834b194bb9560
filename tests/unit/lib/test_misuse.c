/* SPDX-License-Identifier: Apache-2.0
 *
 * What a caller may get wrong, and what may be wanting: each is an error with a name, and nothing is left behind.
 */
#include "bench.h"

static void nothing_in_place_of_something(void **state) {
    bench *b = *state;
    cn_engine_verdict verdict;
    cn_error error;
    bench_fails(cn_engine_new(NULL, NULL, &error), &error, "argument.null");
    bench_fails(cn_engine_verify(NULL, "{}", 2, NULL, &verdict, NULL, &error), &error, "argument.null");
    bench_fails(cn_engine_verify(b->engine, NULL, 2, NULL, &verdict, NULL, &error), &error, "argument.null");
    bench_fails(cn_engine_verify(b->engine, "{}", 2, NULL, NULL, NULL, &error), &error, "argument.null");
    bench_fails(cn_engine_add_context(b->engine, NULL, "{}", 2, &error), &error, "argument.null");
    bench_fails(cn_engine_add_document(b->engine, "u:v", NULL, 2, &error), &error, "argument.null");
    assert_false(cn_engine_verify(NULL, NULL, 0, NULL, NULL, NULL, NULL));
    cn_engine_free(NULL);
    cn_bytes_free(NULL);
    cn_bytes_free(&(cn_bytes){0});
}

static void options_of_another_size(void **state) {
    struct {
        cn_engine_options known;
        uint64_t newer;
    } later = {.known = {.size = sizeof later}};
    static const size_t wrong[] = {0, 1, sizeof(size_t), sizeof(cn_engine_options) - 1, SIZE_MAX};
    cn_engine *engine = NULL;
    cn_error error;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        bench_fails(cn_engine_new(&(cn_engine_options){.size = wrong[i]}, &engine, &error), &error,
                    "argument.size");
    assert_null(engine);
    later.newer = 1;
    bench_fails(cn_engine_new(&later.known, &engine, &error), &error, "argument.newer");
    later.newer = 0;
    assert_true(cn_engine_new(&later.known, &engine, &error));
    cn_engine_free(engine);
    (void)state;
}

/* Whatever the maximum is, it is a result or this one error. */
static void memory_that_runs_out(void **state) {
    bench *b = *state;
    cn_slice good = bench_file(b, "good.json");
    bool done = false;
    for (size_t max = 16; !done; max += max / 4 + 16) {
        cn_engine *engine =
            bench_engine(&(cn_engine_options){.size = sizeof(cn_engine_options), .max_memory = max});
        cn_engine_verify_options how = {.size = sizeof how, .at = &(int64_t){BENCH_NOW}};
        cn_engine_verdict verdict = CN_IS_UNKNOWN;
        cn_bytes report = {0};
        cn_error error;
        done = cn_engine_verify(engine, good.p, good.n, &how, &verdict, &report, &error);
        if (done) assert_int_equal(verdict, CN_IS_VERIFIED);
        else bench_fails(done, &error, "memory.limit");
        assert_true(done == (report.p != NULL));
        cn_bytes_free(&report);
        cn_engine_free(engine);
        assert_true(max < (size_t)64 << 20);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_in_place_of_something, bench_new, bench_done),
        cmocka_unit_test(options_of_another_size),
        cmocka_unit_test_setup_teardown(memory_that_runs_out, bench_new, bench_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
