/* SPDX-License-Identifier: Apache-2.0
 *
 * Ids, tokens and codes: their forms, their hashes, and what people type.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "app/secret.h"
#include "randoms.h"

/* Bytes 1, 2, 3, … */
static bool refuse(void *self, uint8_t *out, size_t n) {
    (void)self, (void)out, (void)n;
    return false;
}

typedef struct bench {
    cn_arena *arena;
    cn_crypto *crypto;
    uint8_t next;
    cn_random random;
    cn_app app;
} bench;

static int set_up(void **state) {
    bench *b = calloc(1, sizeof *b);
    cn_err err;
    b->arena = cn_arena_new(0);
    if (!cn_crypto_new(&b->crypto, &err)) return -1;
    b->random = (cn_random){&b->next, count_up};
    b->app = (cn_app){.crypto = b->crypto, .random = &b->random};
    *state = b;
    return 0;
}

static int take_down(void **state) {
    bench *b = *state;
    cn_crypto_free(b->crypto);
    cn_arena_free(b->arena);
    free(b);
    return 0;
}

static void check(cn_slice got, const char *want) {
    if (!cn_slice_eq(got, cn_slice_of(want))) fail_msg("\"%.*s\" instead of \"%s\"", CN_ARG(got), want);
}

static void an_id_has_128_bits_and_the_next_is_another(void **state) {
    bench *b = *state;
    cn_slice id, next;
    cn_err err;
    assert_true(cn_app_id(b->arena, &b->app, &id, &err));
    check(id, "AQIDBAUGBwgJCgsMDQ4PEA");
    assert_true(cn_app_id(b->arena, &b->app, &next, &err));
    assert_false(cn_slice_eq(id, next));
}

static void a_token_is_known_again_by_its_hash(void **state) {
    bench *b = *state;
    cn_secret token;
    cn_slice hash;
    cn_err err;
    assert_true(cn_app_token(b->arena, &b->app, &token, &err));
    assert_int_equal(token.text.n, 43);
    assert_int_equal(token.hash.n, 32);
    assert_true(cn_app_token_hash(b->arena, &b->app, token.text, &hash, &err));
    assert_true(cn_slice_eq(hash, token.hash));
    assert_true(cn_app_token_hash(b->arena, &b->app, cn_slice_from(token.text, 1), &hash, &err));
    assert_false(cn_slice_eq(hash, token.hash));
}

static void a_code_is_known_however_it_is_typed(void **state) {
    bench *b = *state;
    static const char *const ways[] = {"12345-6789A", "123456789a", " 1234 56789-A\r\n", "l2345-6789a",
                                       "I2345-6789A"};
    cn_secret code;
    cn_slice hash;
    cn_err err;
    assert_true(cn_app_code(b->arena, &b->app, &code, &err));
    check(code.text, "12345-6789A");
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        assert_true(cn_app_code_hash(b->arena, &b->app, cn_slice_of(ways[i]), &hash, &err));
        assert_true(cn_slice_eq(hash, code.hash));
    }
    assert_true(cn_app_code_normal(b->arena, CN_S("oO0zq-ilil1"), &hash, &err));
    check(hash, "000ZQ11111");
}

static void what_is_no_code_is_refused(void **state) {
    bench *b = *state;
    static const char *const odd[] = {"", "12345", "12345-6789AB", "12345-6789U", "12345_6789A", "12345-678é"};
    cn_slice out;
    cn_err err;
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        assert_false(cn_app_code_normal(b->arena, cn_slice_of(odd[i]), &out, &err));
        assert_string_equal(err.id, "code.form");
    }
    assert_false(cn_app_code_normal(b->arena,
                                    cn_slice_bytes("12345\0"
                                                   "6789A",
                                                   11),
                                    &out, &err));
}

static void without_randomness_there_is_no_secret(void **state) {
    bench *b = *state;
    cn_random none = {NULL, refuse};
    cn_app app = {.crypto = b->crypto, .random = &none};
    cn_secret secret;
    cn_slice id;
    cn_err err;
    assert_false(cn_app_id(b->arena, &app, &id, &err));
    assert_false(cn_app_token(b->arena, &app, &secret, &err));
    assert_false(cn_app_code(b->arena, &app, &secret, &err));
    assert_string_equal(err.id, "secret.random");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_id_has_128_bits_and_the_next_is_another, set_up, take_down),
        cmocka_unit_test_setup_teardown(a_token_is_known_again_by_its_hash, set_up, take_down),
        cmocka_unit_test_setup_teardown(a_code_is_known_however_it_is_typed, set_up, take_down),
        cmocka_unit_test_setup_teardown(what_is_no_code_is_refused, set_up, take_down),
        cmocka_unit_test_setup_teardown(without_randomness_there_is_no_secret, set_up, take_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
