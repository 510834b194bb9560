/* SPDX-License-Identifier: Apache-2.0
 *
 * Ed25519 (RFC 8032, sections 5.1.5 to 5.1.7) by libsodium, which is stricter than the
 * RFC: a key or an R of small order, a key that is not the shortest form of its
 * point, and an S not below the group's order make a signature not valid.
 */
#include <sodium.h>

#include "crypto/inside.h"

bool cn_ed25519_check(const cn_crypto *c, const cn_public_key *key, cn_hash hash, cn_slice message,
                      cn_slice signature, bool *valid, cn_err *err) {
    (void)c, (void)hash, (void)err;
    *valid = signature.n == crypto_sign_ed25519_BYTES &&
             crypto_sign_ed25519_verify_detached((const uint8_t *)signature.p, (const uint8_t *)message.p,
                                                 message.n, (const uint8_t *)key->bytes.p) == 0;
    return true;
}

bool cn_ed25519_sign(const cn_crypto *c, cn_arena *a, const cn_private_key *key, cn_hash hash, cn_slice message,
                     cn_slice *signature, cn_err *err) {
    (void)hash;
    uint8_t *out = cn_arena_alloc(a, crypto_sign_ed25519_BYTES);
    if (!out) return cn_fail_memory(err);
    uint8_t secret[crypto_sign_ed25519_SECRETKEYBYTES]; /* the seed, then the public half */
    memcpy(secret, key->bytes, crypto_sign_ed25519_SEEDBYTES);
    (void)cn_ed25519_publish(c, key, secret + crypto_sign_ed25519_SEEDBYTES, err);
    crypto_sign_ed25519_detached(out, NULL, (const uint8_t *)message.p, message.n, secret);
    sodium_memzero(secret, sizeof secret);
    *signature = cn_slice_bytes(out, crypto_sign_ed25519_BYTES);
    return true;
}

bool cn_ed25519_publish(const cn_crypto *c, const cn_private_key *key, uint8_t *out, cn_err *err) {
    (void)c, (void)err;
    if (key->paired) {
        memcpy(out, key->pair, sizeof key->pair);
        return true;
    }
    uint8_t secret[crypto_sign_ed25519_SECRETKEYBYTES];
    crypto_sign_ed25519_seed_keypair(out, secret, key->bytes);
    sodium_memzero(secret, sizeof secret);
    return true;
}

void cn_private_key_pair(cn_private_key *k) {
    if (k->paired || k->kind != CN_KEY_ED25519 || k->n != crypto_sign_ed25519_SEEDBYTES) return;
    k->paired = cn_ed25519_publish(NULL, k, k->pair, NULL);
}
