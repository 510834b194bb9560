/* SPDX-License-Identifier: Apache-2.0 */
#include "bench.h"

/* A registry that knows one organisation. */
typedef struct list {
    cn_slice id, name;
} list;

static bool find(void *self, cn_arena *a, cn_slice issuer_id, cn_slice claimed_name, bool *found,
                 cn_known_issuer *out, bool *imposes, cn_err *err) {
    const list *l = self;
    (void)a;
    (void)err;
    *found = cn_slice_eq(issuer_id, l->id);
    *imposes = !*found && cn_slice_eq(claimed_name, l->name);
    if (*found) *out = (cn_known_issuer){.name = l->name, .list = CN_S("test list")};
    return true;
}

/* The report's JSON, with a registry that knows `id` under `name`. */
static cn_slice report_with(bench *b, const char *file, const char *id, const char *name, cn_report *r) {
    list l = {cn_slice_of(id), cn_slice_of(name)};
    cn_registry registry = {&l, find};
    cn_buf text = cn_buf_on(b->arena, 0);
    cn_err err;
    b->options.registry = &registry;
    *r = bench_verify(b, bench_file(b->arena, file));
    assert_true(cn_report_write(b->arena, r, CN_S("x"), &text, &err));
    return cn_buf_slice(&text);
}

static bool shows(cn_slice text, cn_slice what) {
    return cn_slice_find(text, what) != SIZE_MAX;
}

#define ISSUER "\"issuer\":{\"id\":\"did:web:college.example\""

static void a_listed_issuer_is_shown_by_its_listed_name(void **state) {
    cn_report r;
    cn_slice text = report_with(*state, "web.json", "did:web:college.example", "The Listed College", &r);
    assert_int_equal(r.verdict, CN_VERIFIED);
    assert_string_equal(bench_step(&r, "registry")->problem, "");
    assert_true(cn_slice_eq(r.issuer.name, CN_S("The Listed College")));
    assert_true(shows(text, CN_S(ISSUER ",\"name\":\"The Listed College\"}")));
}

static void an_unlisted_issuer_is_a_warning(void **state) {
    cn_report r;
    cn_slice text = report_with(*state, "web.json", "did:web:other.example", "Other", &r);
    assert_int_equal(r.verdict, CN_VERIFIED);
    assert_string_equal(bench_step(&r, "registry")->problem, "issuer-unlisted");
    assert_true(shows(text, CN_S(ISSUER ",\"name\":\"Cairn Test College\"}")));
}

static void a_listed_name_is_not_shown_for_another_key(void **state) {
    cn_report r;
    cn_slice text = report_with(*state, "web.json", "did:web:real.example", "Cairn Test College", &r);
    assert_int_equal(bench_step(&r, "registry")->outcome, CN_PASS);
    assert_string_equal(bench_step(&r, "registry")->problem, "issuer-name-taken");
    assert_true(r.name_withheld && r.issuer.name.n == 0);
    assert_true(shows(text, CN_S(ISSUER "}")));
}

/* The id of a listed issuer is no proof: whoever forges a badge writes it too. */
static void a_listed_name_is_not_shown_without_a_good_signature(void **state) {
    cn_report r;
    cn_slice text = report_with(*state, "web-absent.json", "did:web:college.example", "Cairn Test College", &r);
    assert_int_equal(r.proof, CN_FAIL);
    assert_int_equal(bench_step(&r, "registry")->outcome, CN_NOT_APPLICABLE);
    assert_true(r.name_withheld && r.issuer.name.n == 0);
    assert_true(shows(text, CN_S(ISSUER "}")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_listed_issuer_is_shown_by_its_listed_name, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(an_unlisted_issuer_is_a_warning, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(a_listed_name_is_not_shown_for_another_key, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(a_listed_name_is_not_shown_without_a_good_signature, bench_new,
                                        bench_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
