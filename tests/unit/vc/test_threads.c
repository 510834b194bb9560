/* SPDX-License-Identifier: Apache-2.0
 *
 * Threads that verify at the same time with one cn_crypto, one set of contexts, one registry and one resolver:
 * each comes to what one alone comes to. The build `tsan` runs this under ThreadSanitizer.
 */
#include <pthread.h>

#include "bench.h"
#include "vc/registry.h"

#include "base/base.h"

enum { THREADS = 4, ROUNDS = 3 };

static const char *const names[] = {
    "good.json",
    "two-proofs.json",
    "tampered.json",
    "revoked.json",
    "status-both.json",
    "web.json",
    "https.json",
    "endorsed.json",
    "record.json",
    "record-forged.json",
    "ob2-hosted.json",
    "ob2-signed.png",
    "ob2.svg",
    "term-dropped.json",
    "context-unknown.json",
    "status-message.json",
    "revoked-1edtech.json",
    "evidence-digest.json",
};
enum { FILES = sizeof names / sizeof *names };

typedef struct world {
    cn_verify_options options;
    cn_slice inputs[FILES];
    cn_verdict alone[FILES];
} world;

/* All that the network of tests/data/vc answers, read before the threads begin. */
static bool load(void *self, cn_arena *a, cn_slice url, cn_document *out, cn_err *err) {
    const cn_slice *body = cn_map_get(self, url);
    (void)a;
    if (!body) return cn_fail(err, CN_NOT_FOUND, "url.not-found", "There is nothing at its address.");
    *out = (cn_document){.body = *body, .final_url = url};
    return true;
}

static void read_network(bench *b, cn_map *network) {
    for (size_t i = 0; i < cn_json_count(b->urls); i++) {
        const cn_json_member *m = &b->urls->object.v[i];
        cn_slice *body = CN_NEW(b->arena, cn_slice), name;
        assert_non_null(body);
        assert_true(cn_arena_copy(b->arena, cn_json_get_text(m->value, CN_S("file")), &name));
        *body = bench_file(b->arena, name.p);
        assert_true(cn_map_put(b->arena, network, m->key, body));
    }
}

/* cmocka's asserts are for the main thread. */
static bool verdict_of(const world *w, size_t i, cn_verdict *verdict) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_report r;
    cn_err err;
    cn_buf text = cn_buf_on(a, 0);
    if (!cn_verify(a, w->inputs[i], &w->options, &r, &err) || !cn_report_write(a, &r, CN_S("x"), &text, &err))
        return false;
    *verdict = r.verdict;
    return true;
}

typedef struct worker {
    const world *world;
    size_t first, wrong;
} worker;

/* Each begins elsewhere, so that different files are at work together. */
static void *work(void *self) {
    worker *me = self;
    for (size_t round = 0; round < ROUNDS; round++)
        for (size_t k = 0; k < FILES; k++) {
            size_t i = (me->first + k) % FILES;
            cn_verdict verdict;
            if (!verdict_of(me->world, i, &verdict) || verdict != me->world->alone[i]) me->wrong++;
        }
    return NULL;
}

static void threads_come_to_the_same(void **state) {
    static const char listed[] = "{\"registry\":{\"did:web:college.example\":{\"name\":\"A College\"}}}";
    bench *b = *state;
    cn_map network = {0};
    cn_loader resolver = {&network, load};
    cn_registry_list list;
    cn_registry registry;
    cn_err err;
    world w = {.options = b->options};
    read_network(b, &network);
    w.options.resolver = &resolver;
    cn_registry_options how = {.verify = &w.options, .name = CN_S("ours"), .unsigned_too = true};
    assert_true(cn_registry_read(b->arena, cn_slice_of(listed), &how, &list, &err));
    assert_true(cn_registry_join(b->arena, &list, 1, &registry, &err));
    w.options.registry = &registry;
    w.options.check_resources = true;
    for (size_t i = 0; i < FILES; i++) {
        w.inputs[i] = bench_file(b->arena, names[i]);
        assert_true(verdict_of(&w, i, &w.alone[i]));
    }
    assert_int_equal(w.alone[0], CN_VERIFIED);
    worker workers[THREADS];
    pthread_t threads[THREADS];
    for (size_t i = 0; i < THREADS; i++) {
        workers[i] = (worker){.world = &w, .first = i * FILES / THREADS};
        assert_int_equal(pthread_create(&threads[i], NULL, work, &workers[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_int_equal(workers[i].wrong, 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(threads_come_to_the_same, bench_new, bench_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
