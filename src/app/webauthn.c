/* SPDX-License-Identifier: Apache-2.0
 *
 * Web Authentication, Level 2: registering a key (7.1) and checking its signature (7.2), without attestation:
 * whose make a key is does not matter here. libfido2 reads what the authenticator says and checks its signature;
 * what the browser says is read here.
 */
#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>

#include "app/webauthn.h"

enum { FLAGS_AT = 32, DATA_MIN = 37, PRESENT = 0x01, VERIFIED = 0x04 }; /* 6.1 */

/* ---- What the browser says ---- */

static bool fail_client(cn_err *err) {
    return cn_fail(err, CN_INVALID, "passkey.client",
                   "What the browser says of the passkey is not for this page.");
}

bool cn_webauthn_challenge(cn_arena *a, cn_slice origin, const char *type, const cn_webauthn *given,
                           cn_slice *challenge, cn_err *err) {
    const cn_json *client;
    cn_err why;
    if (!cn_json_read(a, given->client_data, NULL, &client, &why)) return fail_client(err);
    /* 7.1, 7 to 10; 7.2, 11 to 14 */
    if (!cn_slice_eq(cn_json_get_text(client, CN_S("type")), cn_slice_of(type)) ||
        !cn_slice_eq(cn_json_get_text(client, CN_S("origin")), origin) ||
        cn_json_get(client, CN_S("crossOrigin")) == cn_json_bool(true))
        return fail_client(err);
    cn_slice text = cn_json_get_text(client, CN_S("challenge"));
    return (text.n && cn_base64_read(a, CN_BASE64_URL, text, challenge, &why)) || fail_client(err);
}

/* The relying party's id: the host of the origin. */
static bool party(cn_arena *a, cn_slice origin, const char **out, cn_err *err) {
    cn_slice copy;
    if (!cn_arena_copy(a, cn_app_host(origin), &copy)) return cn_fail_memory(err);
    *out = copy.p;
    return true;
}

/* 7.1, 13 to 15: for this party, with the person there and verified. */
static bool check_data(const cn_crypto *crypto, const char *rp, cn_slice data, cn_err *err) {
    cn_digest digest = cn_hash_of(crypto, CN_SHA256, cn_slice_of(rp));
    bool good = data.n >= DATA_MIN && cn_equal_secret(cn_digest_slice(&digest), cn_slice_sub(data, 0, FLAGS_AT)) &&
                (data.p[FLAGS_AT] & (PRESENT | VERIFIED)) == (PRESENT | VERIFIED);
    return good ||
           cn_fail(err, CN_INVALID, "passkey.data", "The passkey was not made for this site, or asked nobody.");
}

/* ---- Registering ---- */

static void free_credential(fido_cred_t **c) {
    fido_cred_free(c);
}

static bool copy_credential(cn_arena *a, const fido_cred_t *c, cn_passkey *out, cn_err *err) {
    cn_slice id = cn_slice_bytes(fido_cred_id_ptr(c), fido_cred_id_len(c));
    cn_slice key = cn_slice_bytes(fido_cred_pubkey_ptr(c), fido_cred_pubkey_len(c));
    if (!id.n || !key.n) return cn_fail(err, CN_INVALID, "passkey.data", "The passkey has no key.");
    out->counter = (int64_t)fido_cred_sigcount(c);
    return (cn_arena_copy(a, id, &out->id) && cn_arena_copy(a, key, &out->public_key)) || cn_fail_memory(err);
}

bool cn_webauthn_register(cn_arena *a, const cn_crypto *crypto, cn_slice origin, const cn_webauthn *given,
                          cn_passkey *out, cn_err *err) {
    static const int algorithms[] = {COSE_ES256, COSE_EDDSA, COSE_RS256};
    const char *rp;
    cn_slice data = given->authenticator_data;
    if (!party(a, origin, &rp, err) || !check_data(crypto, rp, data, err)) return false;
    for (size_t i = 0; i < sizeof algorithms / sizeof *algorithms; i++) {
        fido_cred_t *c __attribute__((cleanup(free_credential))) = fido_cred_new();
        if (!c) cn_no_memory();
        if (fido_cred_set_type(c, algorithms[i]) != FIDO_OK ||
            fido_cred_set_authdata_raw(c, (const unsigned char *)data.p, data.n) != FIDO_OK)
            continue;
        out->algorithm = algorithms[i];
        return copy_credential(a, c, out, err);
    }
    return cn_fail(err, CN_INVALID, "passkey.key",
                   "The passkey's key cannot be read, or is of a kind not known here.");
}

/* ---- Signing in ---- */

static void free_assertion(fido_assert_t **s) {
    fido_assert_free(s);
}

/* 7.2, 20: with the key as it was kept. */
static int verify(const fido_assert_t *s, const cn_passkey *key) {
    int rc = FIDO_ERR_UNSUPPORTED_ALGORITHM;
    if (key->algorithm == COSE_ES256) {
        es256_pk_t *pk = es256_pk_new();
        if (pk && (rc = es256_pk_from_ptr(pk, key->public_key.p, key->public_key.n)) == FIDO_OK)
            rc = fido_assert_verify(s, 0, COSE_ES256, pk);
        es256_pk_free(&pk);
    } else if (key->algorithm == COSE_EDDSA) {
        eddsa_pk_t *pk = eddsa_pk_new();
        if (pk && (rc = eddsa_pk_from_ptr(pk, key->public_key.p, key->public_key.n)) == FIDO_OK)
            rc = fido_assert_verify(s, 0, COSE_EDDSA, pk);
        eddsa_pk_free(&pk);
    } else if (key->algorithm == COSE_RS256) {
        rs256_pk_t *pk = rs256_pk_new();
        if (pk && (rc = rs256_pk_from_ptr(pk, key->public_key.p, key->public_key.n)) == FIDO_OK)
            rc = fido_assert_verify(s, 0, COSE_RS256, pk);
        rs256_pk_free(&pk);
    }
    return rc;
}

bool cn_webauthn_check(cn_arena *a, const cn_crypto *crypto, cn_slice origin, const cn_passkey *key,
                       const cn_webauthn *given, int64_t *counter, cn_err *err) {
    cn_digest hash = cn_hash_of(crypto, CN_SHA256, given->client_data);
    fido_assert_t *s __attribute__((cleanup(free_assertion))) = fido_assert_new();
    cn_slice data = given->authenticator_data, signature = given->signature;
    const char *rp;
    if (!s) cn_no_memory();
    if (!party(a, origin, &rp, err)) return false;
    bool good = fido_assert_set_clientdata_hash(s, hash.bytes, hash.n) == FIDO_OK &&
                fido_assert_set_rp(s, rp) == FIDO_OK && fido_assert_set_count(s, 1) == FIDO_OK &&
                fido_assert_set_authdata_raw(s, 0, (const unsigned char *)data.p, data.n) == FIDO_OK &&
                fido_assert_set_sig(s, 0, (const unsigned char *)signature.p, signature.n) == FIDO_OK &&
                fido_assert_set_up(s, FIDO_OPT_TRUE) == FIDO_OK &&
                fido_assert_set_uv(s, FIDO_OPT_TRUE) == FIDO_OK && verify(s, key) == FIDO_OK;
    if (!good) return cn_fail(err, CN_DENIED, "passkey.signature", "The passkey's signature does not hold.");
    int64_t count = (int64_t)fido_assert_sigcount(s, 0);
    /* 7.2, 21: one that went back was copied. Those that are kept in step between devices do not count at all. */
    if ((count || key->counter) && count <= key->counter)
        return cn_fail(err, CN_DENIED, "passkey.counter", "The passkey has been used by another than its owner.");
    *counter = count;
    return true;
}
