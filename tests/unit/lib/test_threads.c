/* SPDX-License-Identifier: Apache-2.0
 *
 * Threads that call one engine, with one key to sign with, and each an engine of its own beside: all come to what
 * one alone comes to. The build `tsan` runs this under ThreadSanitizer.
 */
#include <pthread.h>

#include "bench.h"

enum { THREADS = 4, ROUNDS = 3, ED25519_SEED = 32 };

static const char *const files[] = {"good.json",         "tampered.json", "expired.json", "two-proofs.json",
                                    "term-dropped.json", "ob2.svg",       "revoked.json", "web.json"};
enum { FILES = sizeof files / sizeof *files };

/* What the engines know of the network, so that status lists are learnt and keys looked up. */
static const char *const known[][2] = {{"https://college.example/status/set", "net/list-set.json"},
                                       {"https://college.example/.well-known/did.json", "net/college-did.json"}};
enum { KNOWN = sizeof known / sizeof *known };

typedef struct world {
    cn_slice documents[KNOWN];
    const cn_engine *engine;
    const cn_signer *signer;
    cn_slice inputs[FILES];
    cn_engine_verdict alone[FILES];
} world;

typedef struct worker {
    const world *world;
    size_t first, wrong;
} worker;

/* NULL where it cannot be made. */
static cn_engine *engine_of(const world *w, cn_get_function *get) {
    cn_engine_options options = {.size = sizeof options, .get_document = get};
    cn_engine *engine = NULL;
    bool good = cn_engine_new(&options, &engine, NULL);
    for (size_t i = 0; good && i < KNOWN; i++)
        good = cn_engine_add_document(engine, known[i][0], w->documents[i].p, w->documents[i].n, NULL);
    if (good) return engine;
    cn_engine_free(engine);
    return NULL;
}

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
    cn_engine *own = engine_of(me->world, NULL);
    if (!own) me->wrong++;
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
    world w = {0};
    for (size_t i = 0; i < KNOWN; i++) w.documents[i] = bench_file(b, known[i][1]);
    cn_engine *shared = engine_of(&w, refuse);
    assert_non_null(shared);
    w.engine = shared;
    assert_true(
        cn_signer_from_seed(b->engine, "ed25519", (uint8_t[ED25519_SEED]){1}, ED25519_SEED, &signer, NULL));
    w.signer = signer;
    for (size_t i = 0; i < FILES; i++) {
        cn_engine *fresh = engine_of(&w, NULL);
        w.inputs[i] = bench_file(b, files[i]);
        assert_true(fresh && verdict_of(fresh, w.inputs[i], &w.alone[i]));
        cn_engine_free(fresh);
    }
    assert_int_equal(w.alone[0], CN_IS_VERIFIED);
    assert_int_equal(w.alone[FILES - 2], CN_IS_NOT_VERIFIED);
    assert_int_equal(w.alone[FILES - 1], CN_IS_VERIFIED);
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
