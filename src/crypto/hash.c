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

bool cn_equal_secret(cn_slice a, cn_slice b) {
    return a.n == b.n && (a.n == 0 || sodium_memcmp(a.p, b.p, a.n) == 0);
}
