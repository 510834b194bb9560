/* SPDX-License-Identifier: Apache-2.0
 *
 * Private keys as people keep them: a Multikey, a JWK, or JSON with one of these in it, and the verification
 * method that such a text names.
 */
#include "crypto/crypto.h"

static const cn_json *jwk_in(const cn_json *text) {
    static const cn_slice names[] = {CN_S_INIT("privateKeyJwk"), CN_S_INIT("secretKeyJwk")};
    if (cn_json_get(text, CN_S("d"))) return text;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (cn_json_get(text, names[i])) return cn_json_get(text, names[i]);
    return NULL;
}

static bool read_key(cn_arena *a, const cn_crypto *c, const cn_json *text, cn_private_key *out, cn_err *err) {
    cn_slice multikey = cn_json_get_text(text, CN_S("secretKeyMultibase"));
    const cn_json *jwk = jwk_in(text);
    if (multikey.n) return cn_secret_multikey_read(a, multikey, out, err);
    if (jwk) return cn_secret_jwk_read(c, a, jwk, out, err);
    return cn_fail(err, CN_INVALID, "keyfile.none",
                   "The file holds no private key: neither \"secretKeyMultibase\" nor a JWK with \"d\".");
}

/* The public half as a Multikey. */
static bool publish(cn_arena *a, const cn_crypto *c, cn_private_key *key, cn_slice *multikey, cn_err *err) {
    cn_public_key public;
    cn_buf b = cn_buf_on(a, 0);
    cn_private_key_pair(key);
    if (!cn_key_public(c, a, key, &public, err) || !cn_multikey_write(&b, &public, err)) return false;
    *multikey = cn_buf_slice(&b);
    return true;
}

static bool is_method(cn_slice id) {
    return cn_slice_find_byte(id, ':') != SIZE_MAX && cn_slice_find_byte(id, '#') != SIZE_MAX;
}

static bool method_of(cn_arena *a, const cn_json *text, cn_slice multikey, cn_slice *out, cn_err *err) {
    cn_slice given = cn_json_get_text(text, CN_S("publicKeyMultibase"));
    cn_slice id = cn_json_get_text(text, CN_S("id")), kid = cn_json_get_text(text, CN_S("kid"));
    if (given.n && !cn_slice_eq(given, multikey))
        return cn_fail(err, CN_INVALID, "keyfile.pair",
                       "The public key in the file does not belong to the private one.");
    bool good = is_method(id)    ? cn_arena_copy(a, id, out)
                : is_method(kid) ? cn_arena_copy(a, kid, out)
                                 : cn_arena_print(a, out, "did:key:%.*s#%.*s", CN_ARG(multikey), CN_ARG(multikey));
    return good || cn_fail_memory(err);
}

/* *json is NULL where the text is a Multikey alone. */
static bool read_text(cn_arena *a, const cn_crypto *c, cn_slice text, const cn_json **json, cn_private_key *out,
                      cn_err *err) {
    cn_slice bare = cn_slice_trim(text);
    *json = NULL;
    if (cn_slice_starts(bare, CN_S("z"))) return cn_secret_multikey_read(a, bare, out, err);
    return cn_json_read(a, text, &(cn_json_options){.refuse_duplicates = true}, json, err) &&
           read_key(a, c, *json, out, err);
}

bool cn_private_key_read(const cn_crypto *c, cn_arena *a, cn_slice text, cn_private_key *out, cn_slice *method,
                         cn_err *err) {
    const cn_json *json;
    cn_private_key key = {0};
    cn_slice multikey;
    bool good = read_text(a, c, text, &json, &key, err) && publish(a, c, &key, &multikey, err) &&
                method_of(a, json, multikey, method, err);
    if (good) *out = key;
    cn_private_key_wipe(&key);
    return good;
}
