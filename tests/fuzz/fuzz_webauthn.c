/* SPDX-License-Identifier: Apache-2.0
 *
 * Fuzzing what a browser says of a passkey. The first byte says how the rest is divided: client data,
 * authenticator data, signature. A key that is accepted has an id and a public key; nothing here can sign, so no
 * check holds.
 */
#include "app/webauthn.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const cn_slice origin = CN_S_INIT("https://cairn.example");

static void try_key(cn_arena *a, const cn_crypto *crypto, const cn_webauthn *given) {
    cn_passkey key = {0};
    cn_err err;
    int64_t counter;
    if (!cn_webauthn_register(a, crypto, origin, given, &key, &err)) return;
    assert(key.id.n && key.public_key.n && key.counter >= 0);
    assert(!cn_webauthn_check(a, crypto, origin, &key, given, &counter, &err) || given->signature.n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(4 << 20);
    cn_crypto *crypto CN_CRYPTO_AUTO = NULL;
    cn_err err;
    cn_slice challenge;
    if (size < 2 || !cn_crypto_new(&crypto, &err)) return 0;
    cn_slice all = cn_slice_bytes(data + 1, size - 1);
    size_t one = all.n * (data[0] & 15) / 16, two = one + (all.n - one) * (size_t)(data[0] >> 4) / 16;
    cn_webauthn given = {cn_slice_sub(all, 0, one), cn_slice_sub(all, one, two), cn_slice_from(all, two)};
    if (cn_webauthn_challenge(a, origin, "webauthn.get", &given, &challenge, &err)) assert(challenge.n <= one);
    try_key(a, crypto, &given);
    return 0;
}
