/* SPDX-License-Identifier: Apache-2.0
 *
 * One budget of work for all that a verification canonicalises.
 */
#include "bench.h"
#include "vc/internal.h"

#define KEY1 "z6Mkon3Necd6NkkyfoGoHxid2znGc59LU3K7mubaRcFbLfLX"

/* The good badge, unsigned, with a ring of three blank nodes in it, which only their paths tell apart. */
static cn_json *badge_with_ring(bench *b) {
    cn_arena *a = b->arena;
    const cn_json *good = bench_json(a, bench_file(a, "good.json").p);
    const cn_json *ring = bench_json(a, "[{\"id\": \"_:a\", \"urn:x:p\": {\"id\": \"_:b\"}},"
                                        " {\"id\": \"_:b\", \"urn:x:p\": {\"id\": \"_:c\"}},"
                                        " {\"id\": \"_:c\", \"urn:x:p\": {\"id\": \"_:a\"}}]");
    cn_json *badge = cn_json_without(a, good, CN_S("proof"));
    cn_json *subject = cn_json_copy_shallow(a, cn_json_get(good, CN_S("credentialSubject")));
    assert_true(cn_json_set(a, subject, CN_S("urn:x:p"), ring) &&
                cn_json_set(a, badge, CN_S("credentialSubject"), subject));
    return badge;
}

static bool canonize(bench *b, size_t *work_left, cn_err *err) {
    cn_canon_env env = {.crypto = b->crypto, .contexts = &b->contexts, .work_left = work_left};
    cn_slice text;
    return cn_canon_text(b->arena, &env, cn_suite_named(CN_S("eddsa-rdfc-2022"), CN_KEY_ED25519),
                         badge_with_ring(b), &text, err);
}

static size_t work_of_badge(bench *b) {
    size_t left = CN_RDFC_MAX_WORK;
    cn_err err;
    assert_true(canonize(b, &left, &err));
    return CN_RDFC_MAX_WORK - left;
}

static void work_adds_up_until_none_is_left(void **state) {
    bench *b = *state;
    size_t work = work_of_badge(b), left = 2 * work + 1;
    cn_err err;
    assert_true(work > 5);
    assert_true(canonize(b, NULL, &err));
    assert_true(canonize(b, &left, &err));
    assert_true(canonize(b, &left, &err));
    assert_int_equal(left, 1);
    for (size_t i = 0; i < 2; i++) {
        assert_false(canonize(b, &left, &err));
        assert_int_equal(err.code, CN_LIMIT);
        assert_string_equal(err.id, "rdfc.work");
        assert_int_equal(left, 0);
    }
}

/* Signed well once; then signatures that name an earlier one, for each of which the badge is canonicalised anew.
 */
static cn_slice chained(bench *b) {
    cn_arena *a = b->arena;
    cn_private_key key = {.kind = CN_KEY_ED25519, .n = 32};
    memset(key.bytes, 1, 32);
    cn_sign_options o = {.crypto = b->crypto,
                         .contexts = &b->contexts,
                         .key = &key,
                         .method = CN_S("did:key:" KEY1 "#" KEY1),
                         .created = {.sec = 1735776000},
                         .id = CN_S("urn:x:1")};
    const cn_json *good;
    cn_err err;
    assert_true(cn_integrity_add(a, badge_with_ring(b), &o, &good, &err));
    const cn_json *proof = cn_json_get(good, CN_S("proof")), *id = cn_json_string(a, o.id);
    cn_json *all = cn_json_array(a), *other = cn_json_without(a, proof, CN_S("id"));
    cn_json *out = cn_json_copy_shallow(a, good);
    assert_true(cn_json_set(a, other, CN_S("previousProof"), id));
    assert_true(cn_json_push(a, all, proof) && cn_json_push(a, all, other) && cn_json_push(a, all, other) &&
                cn_json_set(a, out, CN_S("proof"), all));
    cn_buf text = cn_buf_on(a, 0);
    cn_json_write(&text, out);
    return cn_buf_slice(&text);
}

static void signatures_share_the_work(void **state) {
    bench *b = *state;
    cn_slice badge = chained(b);
    cn_report r = bench_verify(b, badge);
    assert_string_equal(bench_step(&r, "proof")->problem, "invalid-signature");
    b->options.max_work = work_of_badge(b) + 1;
    r = bench_verify(b, badge);
    assert_string_equal(bench_step(&r, "proof")->problem, "too-complex");
    assert_int_equal(r.proofs[0].outcome, CN_PASS);
    assert_int_equal(r.proofs[1].outcome, CN_FAIL);
    assert_int_equal(r.proofs[2].outcome, CN_FAIL);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, bench_new, bench_done)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(work_adds_up_until_none_is_left),
        TEST(signatures_share_the_work),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
