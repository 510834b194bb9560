/* SPDX-License-Identifier: Apache-2.0
 *
 * Starting OpenSSL and libsodium, and the few OpenSSL calls that ECDSA and RSA share.
 *
 * OpenSSL gets a library context of our own with its default provider and nothing
 * else: no configuration file, no engine, no provider that a machine has added.
 */
#include <openssl/crypto.h>
#include <openssl/provider.h>
#include <openssl/rsa.h>
#include <sodium.h>

#include "crypto/inside.h"

static bool start(cn_crypto *c) {
    static const char *const names[CN_HASH_COUNT] = {
        [CN_SHA256] = "SHA2-256", [CN_SHA384] = "SHA2-384", [CN_SHA512] = "SHA2-512"};
    if (sodium_init() < 0 || !OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL)) return false;
    c->lib = OSSL_LIB_CTX_new();
    if (!c->lib) return false;
    c->provider = OSSL_PROVIDER_load(c->lib, "default");
    if (!c->provider) return false;
    for (size_t i = 0; i < CN_HASH_COUNT; i++) {
        c->md[i] = EVP_MD_fetch(c->lib, names[i], "provider=default");
        if (!c->md[i]) return false;
    }
    return true;
}

bool cn_crypto_new(cn_crypto **out, cn_err *err) {
    CN_OPENSSL_QUIET;
    cn_crypto *c = calloc(1, sizeof *c);
    if (!c) cn_no_memory();
    if (!start(c)) {
        cn_crypto_free(c);
        return cn_fail(err, CN_INTERNAL, "crypto.start", "The cryptographic libraries did not start.");
    }
    *out = c;
    return true;
}

void cn_crypto_free(cn_crypto *c) {
    if (!c) return;
    for (size_t i = 0; i < CN_HASH_COUNT; i++) EVP_MD_free(c->md[i]);
    if (c->provider) OSSL_PROVIDER_unload(c->provider);
    OSSL_LIB_CTX_free(c->lib);
    free(c);
}

void cn_crypto_free_auto(cn_crypto **c) {
    cn_crypto_free(*c);
}

void cn_openssl_quiet(const int *mark) {
    (void)mark;
    ERR_pop_to_mark();
}

bool cn_fail_openssl(cn_err *err) {
    return cn_fail(err, CN_INTERNAL, "crypto.openssl", "OpenSSL could not do a step that never fails.");
}

EVP_PKEY *cn_openssl_key(const cn_crypto *c, const char *type, int selection, OSSL_PARAM *params) {
    EVP_PKEY_CTX *ctx CN_PKEY_CTX_AUTO = EVP_PKEY_CTX_new_from_name(c->lib, type, NULL);
    EVP_PKEY *key = NULL;
    if (!ctx || EVP_PKEY_fromdata_init(ctx) <= 0 || EVP_PKEY_fromdata(ctx, &key, selection, params) <= 0)
        return NULL;
    return key;
}

bool cn_openssl_check(const cn_crypto *c, EVP_PKEY *key, int padding, cn_hash hash, cn_slice message,
                      cn_slice signature) {
    EVP_PKEY_CTX *ctx CN_PKEY_CTX_AUTO = EVP_PKEY_CTX_new_from_pkey(c->lib, key, NULL);
    if (!ctx || EVP_PKEY_verify_init(ctx) <= 0) return false;
    if (padding && EVP_PKEY_CTX_set_rsa_padding(ctx, padding) <= 0) return false;
    if (EVP_PKEY_CTX_set_signature_md(ctx, c->md[hash]) <= 0) return false;
    cn_digest digest = cn_hash_of(c, hash, message);
    return EVP_PKEY_verify(ctx, (const unsigned char *)signature.p, signature.n, digest.bytes, digest.n) == 1;
}

void cn_pkey_free_auto(EVP_PKEY **key) {
    EVP_PKEY_free(*key);
}

void cn_pkey_ctx_free_auto(EVP_PKEY_CTX **ctx) {
    EVP_PKEY_CTX_free(*ctx);
}

void cn_bn_free_auto(BIGNUM **n) {
    BN_clear_free(*n);
}
