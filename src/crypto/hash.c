/* SPDX-License-Identifier: Apache-2.0
 *
 * Hashes (FIPS 180-4), with digests that were fetched once: a fetch costs more
 * than the hash of a short text.
 */
#include <sodium.h>

#include "crypto/inside.h"

cn_digest cn_hash_of(const cn_crypto *c, cn_hash kind, cn_slice data) {
    cn_digest d;
    unsigned n = 0;
    int done = EVP_Digest(data.n ? data.p : "", data.n, d.bytes, &n, c->md[kind], NULL);
    assert(done == 1);
    d.n = n;
    return d;
}

cn_slice cn_digest_slice(const cn_digest *d) {
    return cn_slice_bytes(d->bytes, d->n);
}

cn_digest cn_hmac_sha256(cn_slice key, cn_slice data) {
    cn_digest d = {.n = crypto_auth_hmacsha256_BYTES};
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, (const uint8_t *)key.p, key.n);
    crypto_auth_hmacsha256_update(&state, (const uint8_t *)data.p, data.n);
    crypto_auth_hmacsha256_final(&state, d.bytes);
    sodium_memzero(&state, sizeof state);
    return d;
}

bool cn_equal_secret(cn_slice a, cn_slice b) {
    return a.n == b.n && (a.n == 0 || sodium_memcmp(a.p, b.p, a.n) == 0);
}
