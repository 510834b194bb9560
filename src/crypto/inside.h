/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of this room share: the inside of a cn_crypto, the table of
 * key kinds, and the parts of a kind. No other room includes this.
 */
#ifndef CN_CRYPTO_INSIDE_H
#define CN_CRYPTO_INSIDE_H

#include <openssl/err.h>
#include <openssl/evp.h>

#include "crypto/crypto.h"

#define CN_HASH_COUNT (CN_SHA512 + 1)
#define CN_KEY_KIND_COUNT (CN_KEY_RSA + 1)

struct cn_crypto {
    OSSL_LIB_CTX *lib; /* our own: nothing a host program does to OpenSSL's default one reaches us */
    OSSL_PROVIDER *provider;
    EVP_MD *md[CN_HASH_COUNT];
};

/* ---- Key kinds ---- */

/* NULL, zero or empty: the kind has no such thing. */
typedef struct cn_key_row {
    cn_slice name; /* JWK "crv", and the name OpenSSL gives the group */
    cn_slice kty;  /* JWK "kty" */
    int group;     /* OpenSSL's number of the curve */
    uint32_t public_codec, secret_codec;
    uint8_t public_n, secret_n; /* bytes of a key */
    bool (*check)(const cn_crypto *c, const cn_public_key *key, cn_hash hash, cn_slice message, cn_slice signature,
                  bool *valid, cn_err *err);
    bool (*sign)(const cn_crypto *c, cn_arena *a, const cn_private_key *key, cn_hash hash, cn_slice message,
                 cn_slice *signature, cn_err *err);
    bool (*publish)(const cn_crypto *c, const cn_private_key *key, uint8_t *out, cn_err *err);
} cn_key_row;

/* The row of a kind; static. */
const cn_key_row *cn_key_row_of(cn_key_kind kind);
/* Whether the bytes can be a key of that kind: length, and for EC the first byte. */
bool cn_key_shape_ok(const cn_key_row *row, cn_slice bytes);

bool cn_ed25519_check(const cn_crypto *c, const cn_public_key *key, cn_hash hash, cn_slice message,
                      cn_slice signature, bool *valid, cn_err *err);
bool cn_ed25519_sign(const cn_crypto *c, cn_arena *a, const cn_private_key *key, cn_hash hash, cn_slice message,
                     cn_slice *signature, cn_err *err);
bool cn_ed25519_publish(const cn_crypto *c, const cn_private_key *key, uint8_t *out, cn_err *err);

bool cn_ec_check(const cn_crypto *c, const cn_public_key *key, cn_hash hash, cn_slice message, cn_slice signature,
                 bool *valid, cn_err *err);
bool cn_ec_check_all(const cn_crypto *c, const cn_public_key *key, cn_hash hash, const cn_slice *messages,
                     const cn_slice *signatures, size_t n, bool *valid, cn_err *err);
bool cn_ec_sign(const cn_crypto *c, cn_arena *a, const cn_private_key *key, cn_hash hash, cn_slice message,
                cn_slice *signature, cn_err *err);
bool cn_ec_publish(const cn_crypto *c, const cn_private_key *key, uint8_t *out, cn_err *err);
/* Whether the big-endian number is from 1 to the order less 1, as a private key is. */
bool cn_ec_scalar_ok(const cn_key_row *row, cn_slice bytes);
enum { CN_EC_FIELD_MAX = 66, CN_EC_POINT_MAX = 1 + CN_EC_FIELD_MAX };
/* The compressed point (row->public_n bytes) of two coordinates; false when it is not on the curve. */
bool cn_ec_compress(const cn_key_row *row, cn_slice x, cn_slice y, uint8_t out[CN_EC_POINT_MAX]);
/* The coordinates x and y, one after the other, of a compressed point; false when x is not on the curve. */
bool cn_ec_uncompress(const cn_key_row *row, cn_slice point, uint8_t out[2 * CN_EC_FIELD_MAX]);

bool cn_rsa_check(const cn_crypto *c, const cn_public_key *key, cn_hash hash, cn_slice message, cn_slice signature,
                  bool *valid, cn_err *err);
/* Whether modulus and exponent may be used. INVALID "key.rsa", LIMIT "key.size". */
bool cn_rsa_key_ok(const cn_public_key *key, cn_err *err);

/* ---- OpenSSL ---- */

/* What a call leaves in OpenSSL's error queue is dropped at the end of the scope: whoever
 * uses OpenSSL on this thread next (a TLS library, say) must not read it as its own. */
#define CN_OPENSSL_QUIET __attribute__((cleanup(cn_openssl_quiet), unused)) int cn_quiet = ERR_set_mark()
void cn_openssl_quiet(const int *mark);

/* INTERNAL "crypto.openssl": what cannot happen but for lack of memory. */
bool cn_fail_openssl(cn_err *err);
/* A key from OpenSSL parameters: type "EC" or "RSA", selection EVP_PKEY_PUBLIC_KEY or
 * EVP_PKEY_KEYPAIR. Owned by the caller; NULL when OpenSSL refuses them. */
EVP_PKEY *cn_openssl_key(const cn_crypto *c, const char *type, int selection, OSSL_PARAM *params);
/* Whether the signature is good. padding: RSA_PKCS1_PADDING, or 0 for ECDSA (signature in DER). */
bool cn_openssl_check(const cn_crypto *c, EVP_PKEY *key, int padding, cn_hash hash, cn_slice message,
                      cn_slice signature);

#define CN_PKEY_AUTO __attribute__((cleanup(cn_pkey_free_auto)))
#define CN_PKEY_CTX_AUTO __attribute__((cleanup(cn_pkey_ctx_free_auto)))
#define CN_BN_AUTO __attribute__((cleanup(cn_bn_free_auto)))
void cn_pkey_free_auto(EVP_PKEY **key);
void cn_pkey_ctx_free_auto(EVP_PKEY_CTX **ctx);
void cn_bn_free_auto(BIGNUM **n);

#endif
