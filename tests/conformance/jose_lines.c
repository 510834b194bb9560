/* SPDX-License-Identifier: Apache-2.0
 *
 * JWTs and SD-JWTs made here, for jose_node.mjs to judge: one JSON object a line, {"jwk", "document", "jwt", "sd",
 * "shown"}, for each kind of key. Of "sd" the holder shows a part as "shown", bound to the same key by the nonce
 * "n-1" and the audience "https://verifier.example". Keys and salts are fixed.
 */
#include "vc/jwt.h"

static const cn_slice choices[] = {
    CN_S_INIT("/name"), CN_S_INIT("/credentialSubject/id"), CN_S_INIT("/credentialSubject/alumniOf"),
    CN_S_INIT("/credentialSubject/alumniOf/0/name"), CN_S_INIT("/credentialSubject/alumniOf/1")};
enum { CHOICES = sizeof choices / sizeof choices[0] };

static bool count_up(void *self, uint8_t *out, size_t n) {
    uint8_t *next = self;
    for (size_t i = 0; i < n; i++) out[i] = (*next)++;
    return true;
}

static cn_slice document_by(cn_arena *a, cn_slice did) {
    cn_slice out;
    if (!cn_arena_print(
            a, &out,
            "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\","
            "\"https://www.w3.org/ns/credentials/examples/v2\"],\"type\":[\"VerifiableCredential\"],"
            "\"issuer\":\"%.*s\",\"validFrom\":\"2025-01-01T00:00:00Z\",\"name\":\"\u00c9tudes \\\"1\\\"\","
            "\"credentialSubject\":{\"id\":\"urn:uuid:0d8b\",\"alumniOf\":[{\"id\":\"urn:x:1\",\"name\":"
            "\"North\"},{\"id\":\"urn:x:2\",\"name\":\"South\"}]}}",
            CN_ARG(did)))
        abort();
    return out;
}

static void line(const cn_crypto *crypto, cn_key_kind kind, size_t n) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_loader contexts = cn_builtin_loader(NULL);
    cn_private_key key = {.kind = kind, .n = n};
    cn_public_key public;
    cn_buf jwk = cn_buf_on(a, 0), did = cn_buf_on(a, 0), out = cn_buf_on(a, 0);
    cn_time issued = {.sec = 1767225600};
    uint8_t next = 0;
    cn_random random = {&next, count_up};
    cn_slice kid, jwt, sd, shown;
    const cn_json *document;
    cn_err err;
    memset(key.bytes + 1, 9, n - 1);
    if (!cn_key_public(crypto, a, &key, &public, &err) || !cn_jwk_write(&jwk, &public, &err)) abort();
    cn_buf_add(&did, CN_S("did:jwk:"));
    cn_base64_write(&did, CN_BASE64_URL, cn_buf_slice(&jwk));
    if (!cn_arena_print(a, &kid, "%.*s#0", CN_ARG(cn_buf_slice(&did)))) abort();
    cn_slice text = document_by(a, cn_buf_slice(&did));
    cn_jose_options o = {.crypto = crypto, .contexts = &contexts, .key = &key, .kid = kid, .issued = &issued};
    cn_sd_jwt_options s = {
        .jose = o, .random = &random, .pointers = choices, .pointers_n = CHOICES, .holder = &public};
    cn_binding_options b = {
        .key = &key, .challenge = CN_S("n-1"), .domain = CN_S("https://verifier.example"), .now = issued};
    if (!cn_json_read(a, text, NULL, &document, &err) || !cn_jose_sign(a, document, &o, &jwt, &err) ||
        !cn_sd_jwt_issue(a, document, &s, &sd, &err) ||
        !cn_sd_jwt_present(a, crypto, sd, &choices[3], 1, &b, &shown, &err))
        abort();
    cn_buf_print(&out, "{\"jwk\":%.*s,\"document\":%.*s", CN_ARG(cn_buf_slice(&jwk)), CN_ARG(text));
    cn_buf_print(&out, ",\"jwt\":\"%.*s\",\"sd\":\"%.*s\"", CN_ARG(jwt), CN_ARG(sd));
    cn_buf_print(&out, ",\"shown\":\"%.*s\"}\n", CN_ARG(shown));
    if (!cn_buf_ok(&out)) abort();
    fwrite(out.p, 1, out.n, stdout);
}

int main(void) {
    cn_crypto *crypto CN_CRYPTO_AUTO = NULL;
    cn_err err;
    if (!cn_crypto_new(&crypto, &err)) abort();
    line(crypto, CN_KEY_ED25519, 32);
    line(crypto, CN_KEY_P256, 32);
    line(crypto, CN_KEY_P384, 48);
    line(crypto, CN_KEY_P521, 66);
    return 0;
}
