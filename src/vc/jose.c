/* SPDX-License-Identifier: Apache-2.0
 *
 * Compact JSON Web Signatures: RFC 7515, sections 3.1 and 5.2; the algorithms of RFC 7518,
 * section 3, and RFC 8037, section 3.1, each bound to one kind of key, so that a public key can never
 * be taken for the secret of an HMAC.
 */
#include "vc/jose.h"

enum { MAX_HEADER = 64 << 10, MAX_HEADER_DEPTH = 16, PARTS = 3, ENCRYPTED_PARTS = 5 };

static const cn_jose_alg algorithms[] = {
    {CN_S_INIT("EdDSA"), CN_KEY_ED25519, CN_SHA512}, {CN_S_INIT("ES256"), CN_KEY_P256, CN_SHA256},
    {CN_S_INIT("ES384"), CN_KEY_P384, CN_SHA384},    {CN_S_INIT("ES512"), CN_KEY_P521, CN_SHA512},
    {CN_S_INIT("RS256"), CN_KEY_RSA, CN_SHA256},
};

const cn_jose_alg *cn_jose_alg_find(cn_slice name) {
    for (size_t i = 0; i < sizeof algorithms / sizeof algorithms[0]; i++)
        if (cn_slice_eq(algorithms[i].name, name)) return &algorithms[i];
    return NULL;
}

const cn_jose_alg *cn_jose_alg_for(cn_key_kind kind) {
    for (size_t i = 0; kind != CN_KEY_RSA && i < sizeof algorithms / sizeof algorithms[0]; i++)
        if (algorithms[i].key == kind) return &algorithms[i];
    return NULL;
}

/* ---- Reading ---- */

/* Splits at the dots; answers how many parts there are, of which the first three are kept. */
static size_t split(cn_slice text, cn_slice parts[PARTS]) {
    size_t n = 0;
    for (bool more = true; more; n++) {
        cn_slice part;
        more = cn_slice_cut(text, '.', &part, &text);
        if (n < PARTS) parts[n] = part;
    }
    return n;
}

static bool decode(cn_arena *a, const char *what, cn_slice part, cn_slice *out, cn_err *err) {
    cn_err inner;
    if (cn_base64_read(a, CN_BASE64_URL, part, out, &inner)) return true;
    if (inner.code == CN_LIMIT) return cn_fail_memory(err);
    cn_slice place;
    if (!cn_arena_print(a, &place, "%s, %s", what, inner.where)) return cn_fail_memory(err);
    return cn_fail_at(err, CN_INVALID, "jws.base64", place, "The %s of the JWT is damaged. %s", what,
                      inner.detail);
}

static bool read_header(cn_arena *a, cn_slice text, const cn_json **out, cn_err *err) {
    cn_json_options strict = {.refuse_duplicates = true, .max_depth = MAX_HEADER_DEPTH};
    cn_err inner;
    if (!cn_json_read(a, text, &strict, out, &inner)) {
        if (cn_slice_eq(cn_slice_of(inner.id), CN_S("memory.limit"))) return cn_fail_memory(err);
        bool twice = cn_slice_eq(cn_slice_of(inner.id), CN_S("json.duplicate-key"));
        return cn_fail_at(err, CN_INVALID, twice ? "jws.duplicate-key" : "jws.header", CN_S("header"),
                          "The header of the JWT cannot be read: %s", inner.detail);
    }
    if (cn_json_is(*out, CN_JSON_OBJECT)) return true;
    return cn_fail_at(err, CN_INVALID, "jws.header", CN_S("header"),
                      "The header of the JWT is not a JSON object.");
}

bool cn_jws_read(cn_arena *a, cn_slice text, cn_jws *out, cn_err *err) {
    cn_slice parts[PARTS] = {{0}}, header;
    size_t n = split(text, parts);
    cn_jws jws;
    if (n == ENCRYPTED_PARTS)
        return cn_fail(err, CN_INVALID, "jws.encrypted",
                       "This is an encrypted JWT (JWE), which only its addressee can open.");
    if (n != PARTS)
        return cn_fail(err, CN_INVALID, "jws.parts", "A JWT has three parts with dots between them; this has %zu.",
                       n);
    if (parts[0].n > MAX_HEADER)
        return cn_fail_at(err, CN_LIMIT, "jws.header-size", CN_S("header"),
                          "The header of the JWT has %zu characters, and at most %d are read.", parts[0].n,
                          MAX_HEADER);
    if (!decode(a, "header", parts[0], &header, err) || !read_header(a, header, &jws.header, err)) return false;
    if (!decode(a, "payload", parts[1], &jws.payload, err)) return false;
    if (!decode(a, "signature", parts[2], &jws.signature, err)) return false;
    jws.signing_input = cn_slice_sub(text, 0, parts[0].n + 1 + parts[1].n);
    *out = jws;
    return true;
}

cn_slice cn_jose_type(const cn_json *header) {
    cn_slice text = cn_json_get_text(header, CN_S("typ")), prefix = CN_S("application/");
    bool long_form = cn_slice_eq_nocase(cn_slice_sub(text, 0, prefix.n), prefix);
    return long_form ? cn_slice_from(text, prefix.n) : text;
}

/* ---- Checking ---- */

bool cn_jws_check(const cn_crypto *c, const cn_jws *jws, const cn_jose_alg *alg, const cn_public_key *key,
                  bool *valid, cn_err *err) {
    if (key->kind != alg->key)
        return cn_fail(err, CN_INVALID, "jws.key-kind", "The key is of a kind that %.*s is not made with.",
                       CN_ARG(alg->name));
    return cn_signature_check(c, key, alg->hash, jws->signing_input, jws->signature, valid, err);
}

/* ---- Making ---- */

/* RFC 7515, 5.1, steps 1 to 4: the header with "alg" first, and the payload. */
static bool write_input(cn_arena *a, const cn_jose_alg *alg, const cn_json *header, cn_slice payload,
                        cn_buf *out) {
    cn_json *whole = cn_json_object(a);
    cn_buf text = cn_buf_on(a, 0);
    bool good = whole && cn_json_set(a, whole, CN_S("alg"), cn_json_string(a, alg->name));
    for (size_t i = 0; good && i < cn_json_count(header); i++)
        good = cn_json_set(a, whole, header->object.v[i].key, header->object.v[i].value);
    if (!good) return false;
    cn_json_write(&text, whole);
    cn_base64_write(out, CN_BASE64_URL, cn_buf_slice(&text));
    cn_buf_byte(out, '.');
    cn_base64_write(out, CN_BASE64_URL, payload);
    return cn_buf_ok(&text) && cn_buf_ok(out);
}

bool cn_jws_write(const cn_crypto *c, cn_arena *a, const cn_private_key *key, const cn_json *header,
                  cn_slice payload, cn_slice *out, cn_err *err) {
    const cn_jose_alg *alg = cn_jose_alg_for(key->kind);
    cn_buf text = cn_buf_on(a, 0);
    cn_slice signature;
    if (!alg) return cn_fail(err, CN_UNSUPPORTED, "sign.suite", "No JWT is signed here with this kind of key.");
    if (!write_input(a, alg, header, payload, &text)) return cn_fail_memory(err);
    if (!cn_sign(c, a, key, alg->hash, cn_buf_slice(&text), &signature, err)) return false;
    cn_buf_byte(&text, '.');
    cn_base64_write(&text, CN_BASE64_URL, signature);
    if (!cn_buf_ok(&text)) return cn_fail_memory(err);
    *out = cn_buf_slice(&text);
    return true;
}
