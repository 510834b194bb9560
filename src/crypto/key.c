/* SPDX-License-Identifier: Apache-2.0
 *
 * The table of key kinds, and the verbs that go through it.
 */
#include <openssl/obj_mac.h>
#include <sodium.h>

#include "crypto/inside.h"

#define EC_ROW(title, nid, codec, secret, field)                                                                  \
    {                                                                                                             \
        .name = CN_S_INIT(title), .kty = CN_S_INIT("EC"), .group = (nid), .public_codec = (codec),                \
        .secret_codec = (secret), .public_n = (field) + 1, .secret_n = (field), .check = cn_ec_check,             \
        .sign = cn_ec_sign, .publish = cn_ec_publish                                                              \
    }

const cn_key_row *cn_key_row_of(cn_key_kind kind) {
    static const cn_key_row rows[CN_KEY_KIND_COUNT] = {
        [CN_KEY_ED25519] = {.name = CN_S_INIT("Ed25519"),
                            .kty = CN_S_INIT("OKP"),
                            .public_codec = 0xed,
                            .secret_codec = 0x1300,
                            .public_n = 32,
                            .secret_n = 32,
                            .check = cn_ed25519_check,
                            .sign = cn_ed25519_sign,
                            .publish = cn_ed25519_publish},
        [CN_KEY_P256] = EC_ROW("P-256", NID_X9_62_prime256v1, 0x1200, 0x1306, 32),
        [CN_KEY_P384] = EC_ROW("P-384", NID_secp384r1, 0x1201, 0x1307, 48),
        [CN_KEY_P521] = EC_ROW("P-521", NID_secp521r1, 0x1202, 0x1308, 66),
        [CN_KEY_RSA] = {.name = CN_S_INIT("RSA"), .kty = CN_S_INIT("RSA"), .check = cn_rsa_check},
    };
    assert((size_t)kind < CN_KEY_KIND_COUNT);
    return &rows[kind];
}

bool cn_key_shape_ok(const cn_key_row *row, cn_slice bytes) {
    if (bytes.n != row->public_n) return false;
    return !row->group || bytes.p[0] == 2 || bytes.p[0] == 3;
}

static bool fail_kind(const cn_key_row *row, cn_err *err) {
    return cn_fail(err, CN_UNSUPPORTED, "key.kind", "This is not done with keys of the kind %.*s.",
                   CN_ARG(row->name));
}

static bool private_ok(const cn_key_row *row, const cn_private_key *key, cn_err *err) {
    if (!row->sign) return fail_kind(row, err);
    if (key->n == row->secret_n) return true;
    return cn_fail(err, CN_INVALID, "key.private", "A private key of the kind %.*s has %d bytes.",
                   CN_ARG(row->name), row->secret_n);
}

void cn_private_key_wipe(cn_private_key *k) {
    if (k) sodium_memzero(k, sizeof *k);
}

bool cn_key_new(cn_key_kind kind, const cn_random *random, cn_private_key *out, cn_err *err) {
    CN_OPENSSL_QUIET;
    enum { TRIES = 64 }; /* one in 2^32 is not below the order of P-256, fewer of the others */
    const cn_key_row *row = cn_key_row_of(kind);
    if (!row->sign) return fail_kind(row, err);
    cn_private_key key = {.kind = kind, .n = row->secret_n};
    bool good = false;
    for (int i = 0; i < TRIES && !good; i++) {
        if (!random->fill(random->self, key.bytes, key.n)) break;
        if (kind == CN_KEY_P521) key.bytes[0] &= 1; /* of its 66 bytes, 521 bits count */
        good = !row->group || cn_ec_scalar_ok(row, cn_slice_bytes(key.bytes, key.n));
    }
    cn_private_key_pair(&key);
    if (good) *out = key;
    cn_private_key_wipe(&key);
    return good || cn_fail(err, CN_INTERNAL, "crypto.random", "There is no randomness to make a key from.");
}

bool cn_key_public(const cn_crypto *c, cn_arena *a, const cn_private_key *key, cn_public_key *out, cn_err *err) {
    CN_OPENSSL_QUIET;
    const cn_key_row *row = cn_key_row_of(key->kind);
    if (!private_ok(row, key, err)) return false;
    uint8_t *bytes = cn_arena_alloc(a, row->public_n);
    if (!bytes) return cn_fail_memory(err);
    if (!row->publish(c, key, bytes, err)) return false;
    *out = (cn_public_key){.kind = key->kind, .bytes = cn_slice_bytes(bytes, row->public_n)};
    return true;
}

bool cn_signature_check(const cn_crypto *c, const cn_public_key *key, cn_hash hash, cn_slice message,
                        cn_slice signature, bool *valid, cn_err *err) {
    CN_OPENSSL_QUIET;
    const cn_key_row *row = cn_key_row_of(key->kind);
    if (row->public_n && !cn_key_shape_ok(row, key->bytes))
        return cn_fail(err, CN_INVALID, "key.public", "The key has not the form of a %.*s public key.",
                       CN_ARG(row->name));
    return row->check(c, key, hash, message, signature, valid, err);
}

bool cn_signatures_check(const cn_crypto *c, const cn_public_key *key, cn_hash hash, const cn_slice *messages,
                         const cn_slice *signatures, size_t n, bool *valid, cn_err *err) {
    CN_OPENSSL_QUIET;
    const cn_key_row *row = cn_key_row_of(key->kind);
    bool all = true;
    if (row->group && cn_key_shape_ok(row, key->bytes))
        return cn_ec_check_all(c, key, hash, messages, signatures, n, valid, err);
    for (size_t i = 0; i < n && all; i++)
        if (!cn_signature_check(c, key, hash, messages[i], signatures[i], &all, err)) return false;
    *valid = all;
    return true;
}

bool cn_sign(const cn_crypto *c, cn_arena *a, const cn_private_key *key, cn_hash hash, cn_slice message,
             cn_slice *signature, cn_err *err) {
    CN_OPENSSL_QUIET;
    const cn_key_row *row = cn_key_row_of(key->kind);
    if (!private_ok(row, key, err)) return false;
    return row->sign(c, a, key, hash, message, signature, err);
}
