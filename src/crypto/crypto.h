/* SPDX-License-Identifier: Apache-2.0
 *
 * The door of the room `crypto`: hashes, signatures and keys. It alone sees
 * OpenSSL (hash, ECDSA, RSA) and libsodium (Ed25519).
 *
 * A cn_crypto holds what OpenSSL would otherwise look up anew at each call. It is
 * immutable after its birth: threads may share it.
 */
#ifndef CN_CRYPTO_CRYPTO_H
#define CN_CRYPTO_CRYPTO_H

#include "base/ports.h"
#include "json/json.h"

typedef struct cn_crypto cn_crypto;

/* Owned by the caller. OpenSSL starts without its configuration file. INTERNAL "crypto.start". */
CN_MUST_USE bool cn_crypto_new(cn_crypto **out, cn_err *err);
void cn_crypto_free(cn_crypto *c);
void cn_crypto_free_auto(cn_crypto **c);
#define CN_CRYPTO_AUTO __attribute__((cleanup(cn_crypto_free_auto)))

/* ---- Hashes ---- */

typedef enum cn_hash { CN_SHA256, CN_SHA384, CN_SHA512 } cn_hash;

typedef struct cn_digest {
    uint8_t bytes[64];
    size_t n; /* 32, 48 or 64 */
} cn_digest;

/* Cannot fail (a failure inside OpenSSL is a bug and asserts). */
cn_digest cn_hash_of(const cn_crypto *c, cn_hash kind, cn_slice data);
cn_slice cn_digest_slice(const cn_digest *d);
/* HMAC with SHA-256 (RFC 2104). */
cn_digest cn_hmac_sha256(cn_slice key, cn_slice data);
/* Equal in constant time; slices of different length differ. */
bool cn_equal_secret(cn_slice a, cn_slice b);

/* ---- Keys ---- */

typedef enum cn_key_kind { CN_KEY_ED25519, CN_KEY_P256, CN_KEY_P384, CN_KEY_P521, CN_KEY_RSA } cn_key_kind;

/* A public key. `bytes`: Ed25519 the 32 bytes; EC the compressed point (33, 49, 67 bytes);
 * RSA the modulus, big-endian, and `exponent`. On the arena it was read onto. */
typedef struct cn_public_key {
    cn_key_kind kind;
    cn_slice bytes;
    cn_slice exponent; /* RSA only */
} cn_public_key;

/* A private key: Ed25519 the 32-byte seed, EC the scalar. Wiped by cn_private_key_wipe. */
typedef struct cn_private_key {
    cn_key_kind kind;
    uint8_t bytes[66];
    size_t n;
    /* The public half of an Ed25519 key, which goes into each of its signatures. Made here and never taken from
     * outside: two signatures with two halves tell the private one. */
    bool paired;
    uint8_t pair[32];
} cn_private_key;

/* Makes the public half of an Ed25519 key, once, where each signature would make it anew; nothing for other kinds.
 * What cn_key_new and cn_private_key_read give has it. */
void cn_private_key_pair(cn_private_key *k);

void cn_private_key_wipe(cn_private_key *k);

/* Multikey (Controlled Identifiers 1.0, section 2.2.2): "z6Mk…", "zDna…", "z82L…".
 * INVALID "key.multikey"; UNSUPPORTED "key.kind" with the multicodec. */
CN_MUST_USE bool cn_multikey_read(cn_arena *a, cn_slice text, cn_public_key *out, cn_err *err);
/* Ed25519 and P-256, P-384, P-521 keys. */
CN_MUST_USE bool cn_multikey_write(cn_buf *b, const cn_public_key *key, cn_err *err);
/* secretKeyMultibase (section 2.2.2): Ed25519 0x8026, P-256 0x8626, P-384 0x8726. */
CN_MUST_USE bool cn_secret_multikey_read(cn_arena *a, cn_slice text, cn_private_key *out, cn_err *err);
CN_MUST_USE bool cn_secret_multikey_write(cn_buf *b, const cn_private_key *key, cn_err *err);

/* JWK (RFC 7517, 7518, 8037): OKP Ed25519, EC P-256, P-384, P-521, RSA. A `d` is ignored, a "use" other than "sig"
 * is refused. INVALID "key.jwk"; UNSUPPORTED "key.kind". RSA moduli of 2,048 to 8,192 bits (LIMIT "key.size"). */
CN_MUST_USE bool cn_jwk_read(cn_arena *a, const cn_json *jwk, cn_public_key *out, cn_err *err);
/* The members the key needs and no others, by name, without white space: the text that RFC 7638 hashes. */
CN_MUST_USE bool cn_jwk_write(cn_buf *b, const cn_public_key *key, cn_err *err);
/* A private key, whose `d` has to belong to its public half. The errors of cn_jwk_read; UNSUPPORTED "key.kind" for
 * RSA. The text that the JWK was read from is the caller's to wipe. */
CN_MUST_USE bool cn_secret_jwk_read(const cn_crypto *c, cn_arena *a, const cn_json *jwk, cn_private_key *out,
                                    cn_err *err);
CN_MUST_USE bool cn_secret_jwk_write(const cn_crypto *c, cn_arena *a, cn_buf *b, const cn_private_key *key,
                                     cn_err *err);
/* A private key as people keep it: a secret Multikey alone, JSON with one as "secretKeyMultibase", a JWK with "d",
 * or JSON with such a JWK as "privateKeyJwk" or "secretKeyJwk". *method, on the arena, is what it signs as: the
 * "id" or "kid" there where that is a URL with a fragment, else the key as did:key. INVALID "keyfile.none" (no
 * private key in it), "keyfile.pair" (the public key beside it is another); the errors of Multikeys, JWKs and
 * JSON. The caller wipes the key and the text. */
CN_MUST_USE bool cn_private_key_read(const cn_crypto *c, cn_arena *a, cn_slice text, cn_private_key *out,
                                     cn_slice *method, cn_err *err);
/* An RSA key in PEM, "PUBLIC KEY" or "RSA PUBLIC KEY", as Open Badges 2.0 publishes them. INVALID "key.pem",
 * "key.rsa"; LIMIT "key.size", "memory.limit". */
CN_MUST_USE bool cn_pem_read(cn_arena *a, cn_slice text, cn_public_key *out, cn_err *err);
/* RFC 7638, base64url of SHA-256, on the arena. */
CN_MUST_USE bool cn_jwk_thumbprint(const cn_crypto *c, cn_arena *a, const cn_public_key *key, cn_slice *out,
                                   cn_err *err);

/* Ed25519 and EC from randomness (UNSUPPORTED "key.kind" for RSA; INTERNAL "crypto.random"); the public half of a
 * private key. */
CN_MUST_USE bool cn_key_new(cn_key_kind kind, const cn_random *random, cn_private_key *out, cn_err *err);
CN_MUST_USE bool cn_key_public(const cn_crypto *c, cn_arena *a, const cn_private_key *key, cn_public_key *out,
                               cn_err *err);

/* ---- Sealing ---- */

enum { CN_MASTER_BYTES = 32 };

/* The key that seals what must not be read from a copy of the database. */
typedef struct cn_master {
    uint8_t bytes[CN_MASTER_BYTES];
} cn_master;

/* From randomness. INTERNAL "crypto.random". */
CN_MUST_USE bool cn_master_new(const cn_random *random, cn_master *out, cn_err *err);
enum { CN_SALT_BYTES = 16 };
/* From a passphrase, or any secret bytes, and a random salt (Argon2id, 3 passes over 64 MiB: a good half second).
 */
CN_MUST_USE bool cn_master_derive(cn_slice passphrase, const uint8_t salt[CN_SALT_BYTES], cn_master *out,
                                  cn_err *err);
void cn_master_wipe(cn_master *m);
/* Encrypts and authenticates (XSalsa20-Poly1305 with a random nonce, which goes before the rest); on the arena,
 * 40 bytes longer than what goes in. */
CN_MUST_USE bool cn_seal(cn_arena *a, const cn_master *m, const cn_random *random, cn_slice plain, cn_slice *out,
                         cn_err *err);
/* DENIED "seal.broken" where it was sealed with another key, or changed. The caller wipes what came out. */
CN_MUST_USE bool cn_unseal(cn_arena *a, const cn_master *m, cn_slice sealed, cn_slice *out, cn_err *err);

/* ---- Signatures ---- */

/* The algorithm follows from the key and, for EC and RSA, the hash: Ed25519 (RFC 8032, the hash
 * is not used), ECDSA with r||s (IEEE P1363), RSASSA-PKCS1-v1_5. `*valid` says whether the
 * signature is good; false with an error only where the key itself cannot be used. */
CN_MUST_USE bool cn_signature_check(const cn_crypto *c, const cn_public_key *key, cn_hash hash, cn_slice message,
                                    cn_slice signature, bool *valid, cn_err *err);
/* Of many messages with one key: is every signature good? The key is made ready once. */
CN_MUST_USE bool cn_signatures_check(const cn_crypto *c, const cn_public_key *key, cn_hash hash,
                                     const cn_slice *messages, const cn_slice *signatures, size_t n, bool *valid,
                                     cn_err *err);
/* Ed25519 (deterministic) and ECDSA. The signature is on the arena. */
CN_MUST_USE bool cn_sign(const cn_crypto *c, cn_arena *a, const cn_private_key *key, cn_hash hash,
                         cn_slice message, cn_slice *signature, cn_err *err);

#endif
