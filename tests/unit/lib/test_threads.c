/* SPDX-License-Identifier: Apache-2.0
 *
 * Threads that call one engine, with one key to sign with, and each an engine of its own beside: all come to what
 * one alone comes to. The build `tsan` runs this under ThreadSanitizer.
 */
#include <pthread.h>

#include "bench.h"

enum { THREADS = 4, ROUNDS = 3, ED25519_SEED = 32 };

static const char *const files[] = {"good.json",       "tampered.json",     "expired.json",
                                    "two-proofs.json", "term-dropped.json", "ob2.svg"};
enum { FILES = sizeof files / sizeof *files };

typedef struct world {
    const cn_engine *engine;
    const cn_signer *signer;
    cn_slice inputs[FILES];
    cn_engine_verdict alone[FILES];
} world;

typedef struct worker {
    const world *world;
    size_t first, wrong;
} worker;

static bool verdict_of(const cn_engine *engine, cn_slice input, cn_engine_verdict *verdict) {
    cn_engine_verify_options how = {.size = sizeof how, .at = &(int64_t){BENCH_NOW}};
    cn_bytes report;
    if (!cn_engine_verify(engine, input.p, input.n, &how, verdict, &report, NULL)) return false;
    cn_bytes_free(&report);
    return true;
}

static bool sign_and_hash(const cn_engine *engine, const cn_signer *signer) {
    static const char text[] = "{\"@context\":\"https://www.w3.org/ns/credentials/v2\",\"type\":\"x:y\"}";
    cn_engine_issue_options how = {
        .size = sizeof how, .created = &(int64_t){BENCH_NOW}, .flags = CN_ISSUE_UNCHECKED};
    cn_bytes issued, quads, canonical;
    if (!cn_engine_issue(engine, text, sizeof text - 1, signer, &how, &issued, NULL)) return false;
    bool good = cn_engine_to_rdf(engine, issued.p, issued.n, NULL, &quads, NULL);
    cn_bytes_free(&issued);
    if (!good || !cn_engine_canonize_rdf(engine, quads.p, quads.n, NULL, &canonical, NULL, NULL)) return false;
    cn_bytes_free(&quads);
    cn_bytes_free(&canonical);
    return true;
}

/* cmocka's asserts are for the main thread. */
static void *work(void *self) {
    worker *me = self;
    cn_engine *own = NULL;
    if (!cn_engine_new(NULL, &own, NULL)) me->wrong++;
    for (size_t k = 0; k < (size_t)ROUNDS * FILES; k++) {
        size_t i = (me->first + k) % FILES;
        cn_engine_verdict verdict;
        const cn_engine *engine = k % 2 ? own : me->world->engine;
        if (!verdict_of(engine, me->world->inputs[i], &verdict) || verdict != me->world->alone[i]) me->wrong++;
        if (!sign_and_hash(engine, me->world->signer)) me->wrong++;
    }
    cn_engine_free(own);
    return NULL;
}

/* The network of these threads: nobody is there. */
static bool refuse(void *self, const char *url, cn_answer *answer) {
    (void)self, (void)url;
    cn_answer_refuse(answer, "nobody is there.");
    return false;
}

static void threads_come_to_the_same(void **state) {
    bench *b = *state;
    cn_signer *signer;
    cn_engine *shared =
        bench_engine(&(cn_engine_options){.size = sizeof(cn_engine_options), .get_document = refuse});
    world w = {.engine = shared};
    assert_true(
        cn_signer_from_seed(b->engine, "ed25519", (uint8_t[ED25519_SEED]){1}, ED25519_SEED, &signer, NULL));
    w.signer = signer;
    for (size_t i = 0; i < FILES; i++) {
        cn_engine *fresh = bench_engine(NULL);
        w.inputs[i] = bench_file(b, files[i]);
        assert_true(verdict_of(fresh, w.inputs[i], &w.alone[i]));
        cn_engine_free(fresh);
    }
    assert_int_equal(w.alone[0], CN_IS_VERIFIED);
    worker workers[THREADS];
    pthread_t threads[THREADS];
    for (size_t i = 0; i < THREADS; i++) {
        workers[i] = (worker){.world = &w, .first = i};
        assert_int_equal(pthread_create(&threads[i], NULL, work, &workers[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_int_equal(workers[i].wrong, 0);
    }
    cn_signer_free(signer);
    cn_engine_free(shared);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(threads_come_to_the_same, bench_new, bench_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
