/* SPDX-License-Identifier: Apache-2.0 */
#include "bench.h"
#include "vc/internal.h"

/* Whether the memo has an answer for the n-th URL; `err` holds why where it has none. */
static bool ask(bench *b, const cn_loader *l, size_t n, cn_err *err) {
    cn_slice url;
    cn_document d;
    assert_true(cn_arena_print(b->arena, &url, "https://n.example/%zu", n));
    return l->load(l->self, b->arena, url, &d, err);
}

/* The bench's network has none of these: errors are remembered, and count, too. */
static void each_url_is_asked_for_once_and_not_too_many(void **state) {
    bench *b = *state;
    cn_memo memo = {.arena = b->arena, .of = &b->network, .max = 3};
    cn_loader l = cn_memo_loader(&memo);
    cn_err err;
    for (size_t i = 0; i < 10; i++) {
        assert_false(ask(b, &l, i, &err));
        assert_string_equal(err.id, i < 3 ? "url.not-found" : "resolver.too-many");
        assert_int_equal(err.code, i < 3 ? CN_NOT_FOUND : CN_UNAVAILABLE);
    }
    assert_int_equal(b->fetches, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_false(ask(b, &l, i, &err));
        assert_string_equal(err.id, "url.not-found");
    }
    assert_int_equal(b->fetches, 3);
}

static void offline_nothing_is_asked_for(void **state) {
    bench *b = *state;
    cn_memo memo = {.arena = b->arena, .max = 1};
    cn_loader l = cn_memo_loader(&memo);
    cn_err err;
    for (size_t i = 0; i < 3; i++) {
        assert_false(ask(b, &l, i, &err));
        assert_string_equal(err.id, "resolver.offline");
    }
}

/* Signatures with a key each at a server of its own. */
static void a_credential_cannot_name_servers_without_end(void **state) {
    bench *b = *state;
    const cn_json *good = bench_json(b->arena, bench_file(b->arena, "good.json").p);
    cn_json *credential = cn_json_copy_shallow(b->arena, good), *proofs = cn_json_array(b->arena);
    for (size_t i = 0; i < 16; i++) {
        cn_json *proof = cn_json_copy_shallow(b->arena, cn_json_get(good, CN_S("proof")));
        cn_slice method;
        assert_true(cn_arena_print(b->arena, &method, "did:web:n%zu.example#key", i));
        assert_true(cn_json_set(b->arena, proof, CN_S("verificationMethod"), cn_json_string(b->arena, method)) &&
                    cn_json_push(b->arena, proofs, proof));
    }
    assert_true(cn_json_set(b->arena, credential, CN_S("proof"), proofs));
    cn_buf text = cn_buf_on(b->arena, 0);
    cn_json_write(&text, credential);
    b->fetches = 0;
    assert_int_equal(bench_verify(b, cn_buf_slice(&text)).verdict, CN_VERDICT_UNKNOWN);
    assert_int_equal(b->fetches, 12);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, bench_new, bench_done)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(each_url_is_asked_for_once_and_not_too_many),
        TEST(offline_nothing_is_asked_for),
        TEST(a_credential_cannot_name_servers_without_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
