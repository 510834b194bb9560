/* SPDX-License-Identifier: Apache-2.0
 *
 * Hash N-Degree Quads: graphs whose nodes only paths tell apart come out the same
 * whatever the labels and the order are; graphs that would take too long are refused soon.
 */
#include "help.h"

typedef struct world {
    cn_arena *a;
    cn_crypto *c;
    cn_err err;
} world;

static int open_world(void **state) {
    static world w;
    w = (world){.a = cn_arena_new(0)};
    *state = &w;
    return cn_crypto_new(&w.c, &w.err) ? 0 : -1;
}

static int close_world(void **state) {
    world *w = *state;
    cn_crypto_free(w->c);
    cn_arena_free(w->a);
    return 0;
}

static cn_term node(world *w, size_t i) {
    cn_term t = {.kind = CN_TERM_BLANK};
    assert_true(cn_arena_print(w->a, &t.value, "n%zu", i));
    return t;
}

static void join_by(world *w, cn_dataset *d, size_t from, cn_slice predicate, size_t to) {
    cn_quad q = {.s = node(w, from), .p = {.kind = CN_TERM_IRI, .value = predicate}, .o = node(w, to)};
    assert_true(cn_dataset_add(w->a, d, q));
}

static void join(world *w, cn_dataset *d, size_t from, size_t to) {
    join_by(w, d, from, CN_S("urn:p"), to);
}

static bool canonize(world *w, const cn_dataset *d, size_t max_work, cn_rdfc *out) {
    return cn_rdfc_canonize(w->c, w->a, d, &(cn_rdfc_options){.max_work = max_work}, out, &w->err);
}

static void assert_too_much(world *w, const cn_dataset *d, size_t max_work) {
    cn_rdfc r;
    assert_false(canonize(w, d, max_work, &r));
    assert_int_equal(w->err.code, CN_LIMIT);
    assert_string_equal(w->err.id, "rdfc.work");
}

/* Rings of 3 and of 4 in one graph, nodes numbered by a walk through all that `step` gives. */
static cn_dataset rings(world *w, size_t step) {
    static const size_t to[7] = {1, 2, 0, 4, 5, 6, 3};
    cn_dataset d = {0};
    for (size_t i = 0; i < 7; i++) {
        size_t k = (i * step) % 7;
        join(w, &d, 100 - step * k, 100 - step * to[k]);
    }
    return d;
}

static void labels_do_not_matter(void **state) {
    world *w = *state;
    cn_rdfc first, other;
    cn_dataset d = rings(w, 1);
    assert_true(canonize(w, &d, 0, &first));
    for (size_t step = 2; step < 7; step++) {
        d = rings(w, step);
        assert_true(canonize(w, &d, 0, &other));
        assert_slice(other.nquads, first.nquads);
    }
}

/* A ring of 6 and two rings of 3 have the same hashes of first degree. */
static void what_differs_stays_different(void **state) {
    world *w = *state;
    cn_dataset one = {0}, two = {0};
    cn_rdfc x, y;
    for (size_t i = 0; i < 6; i++) {
        join(w, &one, i, (i + 1) % 6);
        join(w, &two, i, i / 3 * 3 + (i + 1) % 3);
    }
    assert_true(canonize(w, &one, 0, &x));
    assert_true(canonize(w, &two, 0, &y));
    assert_false(cn_slice_eq(x.nquads, y.nquads));
}

/* One step less than it takes is refused; what it takes is enough. */
static void work_is_counted(void **state) {
    world *w = *state;
    cn_dataset d = rings(w, 1);
    cn_rdfc r, again;
    assert_true(canonize(w, &d, 0, &r));
    assert_true(r.work > 20);
    assert_true(canonize(w, &d, r.work, &again));
    assert_slice(again.nquads, r.nquads);
    assert_too_much(w, &d, r.work - 1);
}

/* The same ring under a predicate of so many bytes. */
static size_t work_of_ring(world *w, size_t predicate_n, size_t max_work) {
    char *p = cn_arena_alloc(w->a, predicate_n);
    assert_non_null(p);
    memset(p, 'x', predicate_n);
    cn_dataset d = {0};
    cn_rdfc r;
    for (size_t i = 0; i < 4; i++) join_by(w, &d, i, cn_slice_bytes(p, predicate_n), (i + 1) % 4);
    if (canonize(w, &d, max_work, &r)) return r.work;
    assert_string_equal(w->err.id, "rdfc.work");
    return SIZE_MAX;
}

/* What is hashed is paid for by its length: 4 starts, 4 calls each, 2 related nodes each. */
static void long_predicates_cost_more(void **state) {
    world *w = *state;
    size_t little = work_of_ring(w, 100, 0);
    assert_int_equal(work_of_ring(w, 100 + 256 * 1000, 0), little + 32 * 1000);
    assert_true(work_of_ring(w, 100 + 256 * 4000, 0) == SIZE_MAX);
    assert_true(work_of_ring(w, 400000, little) == SIZE_MAX);
}

static void cliques(void **state) {
    world *w = *state;
    cn_rdfc r;
    for (size_t n = 2; n <= 10; n++) {
        cn_dataset d = {0};
        for (size_t i = 0; i < n * n; i++) join(w, &d, i / n, i % n);
        if (n < 5) assert_true(canonize(w, &d, 0, &r));
        if (n > 8) assert_too_much(w, &d, 0);
    }
}

/* Leaves that nothing tells apart are no trouble around one hub. Around two, each permutation is long. */
static void stars(void **state) {
    world *w = *state;
    cn_dataset d = {0};
    cn_rdfc r;
    enum { LEAVES = 20000 };
    for (size_t i = 1; i <= LEAVES; i++) join(w, &d, 0, i);
    assert_true(canonize(w, &d, 0, &r));
    assert_int_equal(r.map_n, LEAVES + 1);
    for (size_t i = 1; i <= LEAVES; i++) join(w, &d, LEAVES + 1, LEAVES + 1 + i);
    assert_too_much(w, &d, 0);
}

/* Two chains of equal links: with work without end, the depth is what stops it. */
static void depth_is_bounded(void **state) {
    world *w = *state;
    cn_dataset d = {0};
    enum { LONG = 10000 };
    for (size_t i = 0; i + 1 < LONG; i++) join(w, &d, i, i + 1), join(w, &d, LONG + i, LONG + i + 1);
    assert_too_much(w, &d, SIZE_MAX);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, open_world, close_world)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(labels_do_not_matter),
        TEST(what_differs_stays_different),
        TEST(work_is_counted),
        TEST(long_predicates_cost_more),
        TEST(cliques),
        TEST(stars),
        TEST(depth_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
