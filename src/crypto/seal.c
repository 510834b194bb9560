/* SPDX-License-Identifier: Apache-2.0
 *
 * Sealing with a key that is kept elsewhere: libsodium's secretbox.
 */
#include <sodium.h>

#include "crypto/inside.h"

_Static_assert(CN_MASTER_BYTES == crypto_secretbox_KEYBYTES, "a master key is a secretbox key");

static bool fill(const cn_random *random, uint8_t *out, size_t n, cn_err *err) {
    return random->fill(random->self, out, n) ||
           cn_fail(err, CN_INTERNAL, "crypto.random", "There is no randomness to seal with.");
}

bool cn_master_new(const cn_random *random, cn_master *out, cn_err *err) {
    return fill(random, out->bytes, sizeof out->bytes, err);
}

_Static_assert(CN_SALT_BYTES == crypto_pwhash_argon2id_SALTBYTES, "a salt is Argon2's");

/* The numbers belong to the files that are sealed so: they may not change (app/move.c). */
bool cn_master_derive(cn_slice passphrase, const uint8_t salt[CN_SALT_BYTES], cn_master *out, cn_err *err) {
    const unsigned long long passes = 3;
    const size_t memory = (size_t)64 << 20;
    return crypto_pwhash_argon2id(out->bytes, sizeof out->bytes, passphrase.p ? passphrase.p : "", passphrase.n,
                                  salt, passes, memory, crypto_pwhash_argon2id_ALG_ARGON2ID13) == 0 ||
           cn_fail(err, CN_UNAVAILABLE, "crypto.memory", "There is not enough memory for the passphrase.");
}

void cn_master_wipe(cn_master *m) {
    sodium_memzero(m->bytes, sizeof m->bytes);
}

bool cn_seal(cn_arena *a, const cn_master *m, const cn_random *random, cn_slice plain, cn_slice *out,
             cn_err *err) {
    size_t n = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + plain.n;
    uint8_t *sealed = cn_arena_alloc(a, n);
    if (!sealed) return cn_fail_memory(err);
    if (!fill(random, sealed, crypto_secretbox_NONCEBYTES, err)) return false;
    crypto_secretbox_easy(sealed + crypto_secretbox_NONCEBYTES, (const uint8_t *)plain.p, plain.n, sealed,
                          m->bytes);
    *out = cn_slice_bytes(sealed, n);
    return true;
}

bool cn_unseal(cn_arena *a, const cn_master *m, cn_slice sealed, cn_slice *out, cn_err *err) {
    const size_t extra = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
    const uint8_t *from = (const uint8_t *)sealed.p;
    uint8_t *plain = cn_arena_alloc(a, sealed.n);
    if (!plain) return cn_fail_memory(err);
    if (sealed.n < extra ||
        crypto_secretbox_open_easy(plain, from + crypto_secretbox_NONCEBYTES,
                                   sealed.n - crypto_secretbox_NONCEBYTES, from, m->bytes) != 0)
        return cn_fail(err, CN_DENIED, "seal.broken",
                       "This was sealed with another master key, or it was changed since.");
    *out = cn_slice_bytes(plain, sealed.n - extra);
    return true;
}
