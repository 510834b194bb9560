/* SPDX-License-Identifier: Apache-2.0
 *
 * RSASSA-PKCS1-v1_5, checking only (RFC 8017, section 8.2.2). Cairn never signs with RSA.
 *
 * Keys of 2,048 to 8,192 bits: shorter ones can be broken, longer ones only cost
 * time. The exponent is odd, above 1, and has at most 64 bits, for the same reason.
 */
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/params.h>
#include <openssl/rsa.h>

#include "crypto/inside.h"

enum { MIN_BITS = 2048, MAX_BITS = 8192, MAX_EXPONENT = 8 };

static size_t bits(cn_slice n) {
    if (!n.n || !n.p[0]) return 0;
    return 8 * n.n - (size_t)(__builtin_clz((unsigned)(uint8_t)n.p[0]) - 24);
}

static bool is_odd(cn_slice n) {
    return n.p[n.n - 1] & 1;
}

static bool fail_rsa(cn_err *err, const char *why) {
    return cn_fail(err, CN_INVALID, "key.rsa", "The RSA key cannot be used: %s.", why);
}

bool cn_rsa_key_ok(const cn_public_key *key, cn_err *err) {
    cn_slice n = key->bytes, e = key->exponent;
    if (!bits(n)) return fail_rsa(err, "its modulus is empty or begins with a zero");
    if (bits(n) < MIN_BITS || bits(n) > MAX_BITS)
        return cn_fail(err, CN_LIMIT, "key.size", "An RSA key of %zu bits is not used: %d to %d bits are.",
                       bits(n), MIN_BITS, MAX_BITS);
    if (!is_odd(n)) return fail_rsa(err, "its modulus is even");
    if (!bits(e)) return fail_rsa(err, "its exponent is empty or begins with a zero");
    if (e.n > MAX_EXPONENT)
        return cn_fail(err, CN_LIMIT, "key.size", "An RSA exponent of more than 64 bits is not used.");
    if (!is_odd(e) || bits(e) == 1) return fail_rsa(err, "its exponent is even, or 1");
    return true;
}

/* A big-endian number as OpenSSL's parameters want it. */
static bool to_native(cn_slice number, uint8_t *out) {
    BIGNUM *n CN_BN_AUTO = BN_bin2bn((const unsigned char *)number.p, (int)number.n, NULL);
    return n && BN_bn2nativepad(n, out, (int)number.n) >= 0;
}

bool cn_rsa_check(const cn_crypto *c, const cn_public_key *key, cn_hash hash, cn_slice message, cn_slice signature,
                  bool *valid, cn_err *err) {
    uint8_t n[MAX_BITS / 8], e[MAX_EXPONENT];
    if (!cn_rsa_key_ok(key, err)) return false;
    if (!to_native(key->bytes, n) || !to_native(key->exponent, e)) return cn_fail_openssl(err);
    OSSL_PARAM params[] = {OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_RSA_N, n, key->bytes.n),
                           OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_RSA_E, e, key->exponent.n),
                           OSSL_PARAM_construct_end()};
    EVP_PKEY *pkey CN_PKEY_AUTO = cn_openssl_key(c, "RSA", EVP_PKEY_PUBLIC_KEY, params);
    if (!pkey) return cn_fail_openssl(err);
    /* 8.2.2, 1: the signature is as long as the modulus. */
    *valid = signature.n == key->bytes.n && cn_openssl_check(c, pkey, RSA_PKCS1_PADDING, hash, message, signature);
    return true;
}
