/* SPDX-License-Identifier: Apache-2.0
 *
 * What the tests of the room share: an arena and a cn_crypto for each test, bytes
 * from hex, and the check that a signature stops being valid when anything is changed.
 */
#ifndef TEST_CRYPTO_HELP_H
#define TEST_CRYPTO_HELP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "crypto/crypto.h"

typedef struct world {
    cn_crypto *c;
    cn_arena *a;
    cn_err err;
} world;

static inline int open_world(void **state) {
    world *w = calloc(1, sizeof *w);
    assert_non_null(w);
    assert_true(cn_crypto_new(&w->c, &w->err));
    w->a = cn_arena_new(0);
    *state = w;
    return 0;
}

static inline int close_world(void **state) {
    world *w = *state;
    cn_arena_free(w->a);
    cn_crypto_free(w->c);
    free(w);
    return 0;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, open_world, close_world)

static inline cn_slice from_hex(world *w, const char *text) {
    cn_slice out;
    assert_true(cn_hex_read(w->a, cn_slice_of(text), &out, &w->err));
    return out;
}

static inline void assert_slice(cn_slice got, cn_slice wanted) {
    assert_int_equal(got.n, wanted.n);
    assert_memory_equal(got.p, wanted.p, wanted.n);
}

static inline void assert_error(const world *w, bool done, cn_code code, const char *id) {
    assert_false(done);
    assert_string_equal(w->err.id, id);
    assert_int_equal(w->err.code, code);
}

static inline bool is_valid(world *w, const cn_public_key *key, cn_hash hash, cn_slice message,
                            cn_slice signature) {
    bool valid = false;
    assert_true(cn_signature_check(w->c, key, hash, message, signature, &valid, &w->err));
    return valid;
}

/* A copy with one bit turned over. */
static inline cn_slice flipped(world *w, cn_slice s, size_t bit) {
    cn_slice copy;
    assert_true(cn_arena_copy(w->a, s, &copy));
    ((char *)copy.p)[bit / 8] ^= (char)(1 << (bit % 8));
    return copy;
}

/* Good as it is; not with a bit of the signature turned over, nor cut, nor longer, nor for another message. */
static inline void assert_signature(world *w, const cn_public_key *key, cn_hash hash, cn_slice message,
                                    cn_slice signature) {
    assert_true(is_valid(w, key, hash, message, signature));
    for (size_t bit = 0; bit < 8 * signature.n; bit += 13)
        assert_false(is_valid(w, key, hash, message, flipped(w, signature, bit)));
    cn_slice longer;
    assert_true(cn_arena_copy(w->a, signature, &longer)); /* a NUL follows */
    longer.n++;
    assert_false(is_valid(w, key, hash, message, longer));
    assert_false(is_valid(w, key, hash, message, cn_slice_sub(signature, 0, signature.n - 1)));
    assert_false(is_valid(w, key, hash, message, (cn_slice){NULL, 0}));
    assert_false(is_valid(w, key, hash, CN_S("another message"), signature));
    if (message.n) assert_false(is_valid(w, key, hash, flipped(w, message, 3), signature));
}

#endif
