/* SPDX-License-Identifier: Apache-2.0
 *
 * Sealing: what is sealed comes back, under the same key alone, and unchanged alone.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "crypto/crypto.h"

static bool count_up(void *self, uint8_t *out, size_t n) {
    for (size_t i = 0; i < n; i++) out[i] = (*(uint8_t *)self)++;
    return true;
}

static bool refuse(void *self, uint8_t *out, size_t n) {
    (void)self, (void)out, (void)n;
    return false;
}

static void what_is_sealed_comes_back(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    uint8_t next = 1;
    cn_random random = {&next, count_up};
    cn_master m;
    cn_slice sealed, again, plain;
    cn_err err;
    assert_true(cn_master_new(&random, &m, &err));
    assert_true(cn_seal(a, &m, &random, CN_S("a seed"), &sealed, &err));
    assert_int_equal(sealed.n, 6 + 40);
    assert_int_equal(cn_slice_find(sealed, CN_S("seed")), SIZE_MAX);
    assert_true(cn_unseal(a, &m, sealed, &plain, &err));
    assert_true(cn_slice_eq(plain, CN_S("a seed")));
    assert_true(cn_seal(a, &m, &random, CN_S("a seed"), &again, &err));
    assert_false(cn_slice_eq(sealed, again));
}

static void every_changed_byte_and_another_key_are_refused(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    uint8_t next = 1;
    cn_random random = {&next, count_up};
    cn_master m, other;
    cn_slice sealed, changed, plain;
    cn_err err;
    assert_true(cn_master_new(&random, &m, &err) && cn_master_new(&random, &other, &err));
    assert_true(cn_seal(a, &m, &random, CN_S("a seed"), &sealed, &err));
    assert_false(cn_unseal(a, &other, sealed, &plain, &err));
    assert_int_equal(err.code, CN_DENIED);
    for (size_t i = 0; i < sealed.n; i++) {
        assert_true(cn_arena_copy(a, sealed, &changed));
        ((char *)changed.p)[i] ^= 1;
        assert_false(cn_unseal(a, &m, changed, &plain, &err));
        assert_string_equal(err.id, "seal.broken");
        assert_false(cn_unseal(a, &m, cn_slice_sub(sealed, 0, i), &plain, &err));
    }
}

static void without_randomness_nothing_is_sealed(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_random none = {NULL, refuse};
    cn_master m = {{7}};
    cn_slice sealed;
    cn_err err;
    assert_false(cn_master_new(&none, &m, &err));
    assert_false(cn_seal(a, &m, &none, CN_S("x"), &sealed, &err));
    assert_string_equal(err.id, "crypto.random");
}

/* What was sealed with a passphrase yesterday must open tomorrow: neither the algorithm nor its numbers may
 * change. */
static void a_passphrase_and_a_salt_give_one_key(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    const uint8_t salt[CN_SALT_BYTES] = "0123456789abcdef", other[CN_SALT_BYTES] = "0123456789abcdeg";
    cn_buf hex = cn_buf_on(a, 0);
    cn_master m, n;
    cn_err err;
    assert_true(cn_master_derive(CN_S("correct horse"), salt, &m, &err));
    cn_hex_write(&hex, cn_slice_bytes(m.bytes, sizeof m.bytes));
    assert_true(
        cn_slice_eq(cn_buf_slice(&hex), CN_S("92599c67f23f1d9dce9b6f0cfb5a9b18ce110336de00799947472465edd9e49a")));
    assert_true(cn_master_derive(CN_S("correct horsf"), salt, &n, &err));
    assert_memory_not_equal(m.bytes, n.bytes, sizeof m.bytes);
    assert_true(cn_master_derive(CN_S("correct horse"), other, &n, &err));
    assert_memory_not_equal(m.bytes, n.bytes, sizeof m.bytes);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_sealed_comes_back),
        cmocka_unit_test(every_changed_byte_and_another_key_are_refused),
        cmocka_unit_test(a_passphrase_and_a_salt_give_one_key),
        cmocka_unit_test(without_randomness_nothing_is_sealed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
