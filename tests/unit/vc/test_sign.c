/* SPDX-License-Identifier: Apache-2.0 */
#include "bench.h"

static const cn_json *good(bench *b) {
    return bench_json(b->arena, bench_file(b->arena, "good.json").p);
}

/* Ed25519 is deterministic: signing again gives the stored file. */
static void signing_again_gives_the_same_proof(void **state) {
    bench *b = *state;
    cn_private_key key;
    cn_sign_options o = bench_signer(b, &key);
    const cn_json *stored = good(b), *again;
    cn_err err;
    assert_true(cn_integrity_add(b->arena, cn_json_without(b->arena, stored, CN_S("proof")), &o, &again, &err));
    assert_true(cn_json_equal(stored, again));
}

static void a_second_proof_makes_a_set(void **state) {
    bench *b = *state;
    cn_private_key key;
    cn_sign_options o = bench_signer(b, &key);
    const cn_json *twice;
    cn_buf text = cn_buf_on(b->arena, 0);
    cn_err err;
    o.created.sec++;
    assert_true(cn_integrity_add(b->arena, good(b), &o, &twice, &err));
    assert_int_equal(cn_json_count(cn_json_get(twice, CN_S("proof"))), 2);
    cn_json_write(&text, twice);
    assert_int_equal(bench_verify(b, cn_buf_slice(&text)).verdict, CN_VERIFIED);
}

static void what_cannot_be_signed_is_refused(void **state) {
    bench *b = *state;
    cn_private_key key;
    cn_sign_options o = bench_signer(b, &key);
    const cn_json *out = NULL;
    cn_err err;
    assert_false(cn_integrity_add(b->arena, bench_json(b->arena, "[]"), &o, &out, &err));
    assert_string_equal(err.id, "sign.document");
    const cn_json *vague = bench_json(b->arena, "{\"@context\":\"https://www.w3.org/ns/credentials/v2\",\"x\":1}");
    assert_false(cn_integrity_add(b->arena, vague, &o, &out, &err));
    assert_string_equal(err.id, "jsonld.dropped-property");
    o.suite = CN_S("example-2040");
    assert_false(cn_integrity_add(b->arena, good(b), &o, &out, &err));
    assert_string_equal(err.id, "sign.suite");
    assert_null(out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(signing_again_gives_the_same_proof, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(a_second_proof_makes_a_set, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(what_cannot_be_signed_is_refused, bench_new, bench_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
