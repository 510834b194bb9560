/* SPDX-License-Identifier: Apache-2.0
 *
 * Fuzzing the keys of the crypto room: the input is read as a Multikey, as a secret Multikey,
 * as a JSON Web Key and as PEM. What is read as a key can be used, or is refused by name; what a Multikey is
 * read from is what it is written as; one key has one thumbprint.
 */
#include "crypto/crypto.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static cn_crypto *crypto(void) {
    static cn_crypto *c; /* one for all inputs: a start takes longer than an input */
    cn_err err;
    if (!c && !cn_crypto_new(&c, &err)) abort();
    return c;
}

static void check_refusal(const cn_err *err) {
    assert(err->code == CN_INVALID || err->code == CN_LIMIT || err->code == CN_UNSUPPORTED);
    assert(err->id && err->detail[0]);
    assert(cn_utf8_invalid(cn_slice_of(err->detail)) == SIZE_MAX);
}

static void use(cn_arena *a, const cn_public_key *key) {
    static const char zeros[1024];
    cn_err err;
    bool valid = true;
    cn_slice thumbprint, signature = cn_slice_bytes(zeros, key->kind == CN_KEY_RSA ? key->bytes.n : 64);
    if (cn_signature_check(crypto(), key, CN_SHA256, CN_S("message"), signature, &valid, &err)) assert(!valid);
    else check_refusal(&err);
    if (cn_jwk_thumbprint(crypto(), a, key, &thumbprint, &err)) assert(thumbprint.n == 43);
    else check_refusal(&err);
}

static void read_multikey(cn_arena *a, cn_slice text) {
    cn_public_key key;
    cn_err err;
    if (!cn_multikey_read(a, text, &key, &err)) {
        check_refusal(&err);
        return;
    }
    cn_buf b = cn_buf_on(a, 0);
    bool ok = cn_multikey_write(&b, &key, &err);
    assert(ok && cn_slice_eq(cn_buf_slice(&b), text));
    use(a, &key);
}

static void read_secret(cn_arena *a, cn_slice text) {
    cn_private_key secret;
    cn_public_key key;
    cn_err err;
    if (!cn_secret_multikey_read(a, text, &secret, &err)) {
        check_refusal(&err);
        return;
    }
    cn_buf b = cn_buf_on(a, 0);
    bool ok = cn_secret_multikey_write(&b, &secret, &err);
    assert(ok && cn_slice_eq(cn_buf_slice(&b), text));
    if (!cn_key_public(crypto(), a, &secret, &key, &err)) {
        check_refusal(&err);
        return;
    }
    cn_slice signature;
    bool valid = false;
    ok = cn_sign(crypto(), a, &secret, CN_SHA256, text, &signature, &err) &&
         cn_signature_check(crypto(), &key, CN_SHA256, text, signature, &valid, &err);
    assert(ok && valid);
}

static void read_pem(cn_arena *a, cn_slice text) {
    cn_public_key key;
    cn_err err;
    if (cn_pem_read(a, text, &key, &err)) use(a, &key);
    else check_refusal(&err);
}

static void read_jwk(cn_arena *a, cn_slice text) {
    const cn_json *v;
    cn_public_key key, again;
    cn_err err;
    if (!cn_json_read(a, text, NULL, &v, &err)) return;
    if (!cn_jwk_read(a, v, &key, &err)) {
        check_refusal(&err);
        return;
    }
    use(a, &key);
    if (key.kind == CN_KEY_RSA) return;
    cn_buf b = cn_buf_on(a, 0);
    bool ok = cn_multikey_write(&b, &key, &err) && cn_multikey_read(a, cn_buf_slice(&b), &again, &err);
    assert(ok && again.kind == key.kind && cn_slice_eq(again.bytes, key.bytes));
    cn_slice one, other;
    ok = cn_jwk_thumbprint(crypto(), a, &key, &one, &err) && cn_jwk_thumbprint(crypto(), a, &again, &other, &err);
    assert(ok && cn_slice_eq(one, other));
}

/* A private key that is read is written and read again alike. */
static void read_secret_jwk(cn_arena *a, cn_slice text) {
    const cn_json *v;
    cn_private_key key, again;
    cn_err err;
    if (!cn_json_read(a, text, NULL, &v, &err)) return;
    if (!cn_secret_jwk_read(crypto(), a, v, &key, &err)) {
        check_refusal(&err);
        return;
    }
    cn_buf b = cn_buf_on(a, 0);
    bool ok = cn_secret_jwk_write(crypto(), a, &b, &key, &err) &&
              cn_json_read(a, cn_buf_slice(&b), NULL, &v, &err) &&
              cn_secret_jwk_read(crypto(), a, v, &again, &err);
    assert(ok && again.kind == key.kind && again.n == key.n && !memcmp(again.bytes, key.bytes, key.n));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_slice text = cn_slice_bytes(data, size);
    read_multikey(a, text);
    read_secret(a, text);
    read_jwk(a, text);
    read_secret_jwk(a, text);
    read_pem(a, text);
    return 0;
}
