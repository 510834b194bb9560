/* SPDX-License-Identifier: Apache-2.0
 *
 * ECDSA on the curves P-256, P-384 and P-521 (FIPS 186-4, section 6) by OpenSSL. Outside of
 * OpenSSL a signature is r||s, both as long as the field (RFC 7518, section 3.4), and a
 * point is compressed (SEC 1, section 2.3.3).
 */
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/params.h>

#include "crypto/inside.h"

/* SEQUENCE of two INTEGERs of at most 67 bytes: three bytes of head, two for each number. */
enum { DER_MAX = 3 + 2 * (2 + CN_EC_FIELD_MAX + 1) };

static void free_group(EC_GROUP **g) {
    EC_GROUP_free(*g);
}

static void free_point(EC_POINT **p) {
    EC_POINT_free(*p);
}

static void free_signature(ECDSA_SIG **s) {
    ECDSA_SIG_free(*s);
}

#define GROUP_AUTO __attribute__((cleanup(free_group)))
#define POINT_AUTO __attribute__((cleanup(free_point)))
#define SIGNATURE_AUTO __attribute__((cleanup(free_signature)))

static size_t field_of(const cn_key_row *row) {
    return row->secret_n;
}

static BIGNUM *number(cn_slice big_endian) {
    return BN_bin2bn((const unsigned char *)big_endian.p, (int)big_endian.n, NULL);
}

/* ---- Points ---- */

bool cn_ec_compress(const cn_key_row *row, cn_slice x, cn_slice y, uint8_t out[CN_EC_POINT_MAX]) {
    EC_GROUP *group GROUP_AUTO = EC_GROUP_new_by_curve_name(row->group);
    EC_POINT *point POINT_AUTO = group ? EC_POINT_new(group) : NULL;
    BIGNUM *bx CN_BN_AUTO = number(x);
    BIGNUM *by CN_BN_AUTO = number(y);
    if (!point || !bx || !by || !EC_POINT_set_affine_coordinates(group, point, bx, by, NULL)) return false;
    return EC_POINT_point2oct(group, point, POINT_CONVERSION_COMPRESSED, out, row->public_n, NULL) ==
           row->public_n;
}

bool cn_ec_uncompress(const cn_key_row *row, cn_slice bytes, uint8_t out[2 * CN_EC_FIELD_MAX]) {
    uint8_t all[1 + 2 * CN_EC_FIELD_MAX];
    size_t n = 1 + 2 * field_of(row);
    EC_GROUP *group GROUP_AUTO = EC_GROUP_new_by_curve_name(row->group);
    EC_POINT *point POINT_AUTO = group ? EC_POINT_new(group) : NULL;
    if (!point || !EC_POINT_oct2point(group, point, (const unsigned char *)bytes.p, bytes.n, NULL)) return false;
    if (EC_POINT_point2oct(group, point, POINT_CONVERSION_UNCOMPRESSED, all, n, NULL) != n) return false;
    memcpy(out, all + 1, n - 1);
    return true;
}

static bool in_range(const EC_GROUP *group, const BIGNUM *scalar) {
    return !BN_is_zero(scalar) && BN_cmp(scalar, EC_GROUP_get0_order(group)) < 0;
}

bool cn_ec_scalar_ok(const cn_key_row *row, cn_slice bytes) {
    EC_GROUP *group GROUP_AUTO = EC_GROUP_new_by_curve_name(row->group);
    BIGNUM *scalar CN_BN_AUTO = number(bytes);
    return group && scalar && in_range(group, scalar);
}

bool cn_ec_publish(const cn_crypto *c, const cn_private_key *key, uint8_t *out, cn_err *err) {
    const cn_key_row *row = cn_key_row_of(key->kind);
    EC_GROUP *group GROUP_AUTO = EC_GROUP_new_by_curve_name_ex(c->lib, NULL, row->group);
    EC_POINT *point POINT_AUTO = group ? EC_POINT_new(group) : NULL;
    BIGNUM *scalar CN_BN_AUTO = number(cn_slice_bytes(key->bytes, key->n));
    if (!point || !scalar) return cn_fail_openssl(err);
    BN_set_flags(scalar, BN_FLG_CONSTTIME);
    if (!in_range(group, scalar))
        return cn_fail(err, CN_INVALID, "key.private", "The private key is not between 1 and the order of %.*s.",
                       CN_ARG(row->name));
    if (!EC_POINT_mul(group, point, scalar, NULL, NULL, NULL) ||
        EC_POINT_point2oct(group, point, POINT_CONVERSION_COMPRESSED, out, row->public_n, NULL) != row->public_n)
        return cn_fail_openssl(err);
    return true;
}

/* ---- Checking ---- */

/* The signature in DER; 0 when it has not the length of one. */
static size_t to_der(size_t field, cn_slice signature, uint8_t out[DER_MAX]) {
    if (signature.n != 2 * field) return 0;
    ECDSA_SIG *sig SIGNATURE_AUTO = ECDSA_SIG_new();
    BIGNUM *r = number(cn_slice_sub(signature, 0, field)), *s = number(cn_slice_from(signature, field));
    if (!sig || !r || !s || !ECDSA_SIG_set0(sig, r, s)) {
        BN_free(r), BN_free(s);
        return 0;
    }
    int n = i2d_ECDSA_SIG(sig, &out);
    return n > 0 ? (size_t)n : 0;
}

bool cn_ec_check_all(const cn_crypto *c, const cn_public_key *key, cn_hash hash, const cn_slice *messages,
                     const cn_slice *signatures, size_t n, bool *valid, cn_err *err) {
    const cn_key_row *row = cn_key_row_of(key->kind);
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, (char *)row->name.p, row->name.n),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, (char *)key->bytes.p, key->bytes.n),
        OSSL_PARAM_construct_end()};
    EVP_PKEY *pkey CN_PKEY_AUTO = cn_openssl_key(c, "EC", EVP_PKEY_PUBLIC_KEY, params);
    if (!pkey)
        return cn_fail(err, CN_INVALID, "key.public", "The key is no point of the curve %.*s.", CN_ARG(row->name));
    bool good = true;
    for (size_t i = 0; i < n && good; i++) {
        uint8_t der[DER_MAX];
        size_t length = to_der(field_of(row), signatures[i], der);
        good = length && cn_openssl_check(c, pkey, 0, hash, messages[i], cn_slice_bytes(der, length));
    }
    *valid = good;
    return true;
}

bool cn_ec_check(const cn_crypto *c, const cn_public_key *key, cn_hash hash, cn_slice message, cn_slice signature,
                 bool *valid, cn_err *err) {
    return cn_ec_check_all(c, key, hash, &message, &signature, 1, valid, err);
}

/* ---- Signing ---- */

static EVP_PKEY *private_key(const cn_crypto *c, const cn_private_key *key, const uint8_t *point) {
    const cn_key_row *row = cn_key_row_of(key->kind);
    uint8_t scalar[CN_EC_FIELD_MAX];
    BIGNUM *n CN_BN_AUTO = number(cn_slice_bytes(key->bytes, key->n));
    if (!n || BN_bn2nativepad(n, scalar, (int)key->n) < 0) return NULL;
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, (char *)row->name.p, row->name.n),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, (uint8_t *)point, row->public_n),
        OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_PRIV_KEY, scalar, key->n), OSSL_PARAM_construct_end()};
    EVP_PKEY *pkey = cn_openssl_key(c, "EC", EVP_PKEY_KEYPAIR, params);
    OPENSSL_cleanse(scalar, sizeof scalar);
    return pkey;
}

static bool from_der(size_t field, const uint8_t *der, size_t n, uint8_t *out) {
    ECDSA_SIG *sig SIGNATURE_AUTO = d2i_ECDSA_SIG(NULL, &der, (long)n);
    return sig && BN_bn2binpad(ECDSA_SIG_get0_r(sig), out, (int)field) >= 0 &&
           BN_bn2binpad(ECDSA_SIG_get0_s(sig), out + field, (int)field) >= 0;
}

bool cn_ec_sign(const cn_crypto *c, cn_arena *a, const cn_private_key *key, cn_hash hash, cn_slice message,
                cn_slice *signature, cn_err *err) {
    size_t field = field_of(cn_key_row_of(key->kind)), n = DER_MAX;
    uint8_t point[CN_EC_POINT_MAX], der[DER_MAX], *out = cn_arena_alloc(a, 2 * field);
    if (!out) return cn_fail_memory(err);
    if (!cn_ec_publish(c, key, point, err)) return false;
    EVP_PKEY *pkey CN_PKEY_AUTO = private_key(c, key, point);
    EVP_PKEY_CTX *ctx CN_PKEY_CTX_AUTO = pkey ? EVP_PKEY_CTX_new_from_pkey(c->lib, pkey, NULL) : NULL;
    cn_digest digest = cn_hash_of(c, hash, message);
    if (!ctx || EVP_PKEY_sign_init(ctx) <= 0 || EVP_PKEY_sign(ctx, der, &n, digest.bytes, digest.n) <= 0 ||
        !from_der(field, der, n, out))
        return cn_fail_openssl(err);
    *signature = cn_slice_bytes(out, 2 * field);
    return true;
}
