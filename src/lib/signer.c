/* SPDX-License-Identifier: Apache-2.0
 *
 * Keys to sign with: made, read, and written in the forms that others take them in.
 */
#include <string.h>

#include "lib/inside.h"

static const struct {
    const char *name;
    cn_key_kind kind;
    size_t n; /* bytes of a private key */
} kinds[] = {{"ed25519", CN_KEY_ED25519, 32},
             {"p256", CN_KEY_P256, 32},
             {"p384", CN_KEY_P384, 48},
             {"p521", CN_KEY_P521, 66}};
enum { KINDS = sizeof kinds / sizeof *kinds };

static bool find_kind(cn_call *c, const char *name, size_t *out) {
    cn_slice text;
    if (!cn_call_text(c, name, &text)) return false;
    for (*out = 0; *out < KINDS; ++*out)
        if (strcmp(kinds[*out].name, name) == 0) return true;
    return cn_fail(&c->err, CN_UNSUPPORTED, "key.kind", "A kind of key is ed25519, p256, p384 or p521.");
}

/* ---- The public half ---- */

static bool multikey_of(cn_call *c, const cn_private_key *key, cn_slice *out) {
    cn_public_key public;
    cn_buf b = cn_buf_on(c->arena, 0);
    if (!cn_key_public(c->engine->crypto, c->arena, key, &public, &c->err) ||
        !cn_multikey_write(&b, &public, &c->err))
        return false;
    *out = cn_buf_slice(&b);
    return cn_buf_ok(&b) || cn_fail_memory(&c->err);
}

/* The key, and what it is called: `method`, or where that is empty, what it is as a did:key. */
static bool give(cn_call *c, const cn_private_key *key, cn_slice method, cn_signer **out) {
    cn_slice multikey;
    if (!multikey_of(c, key, &multikey)) return false;
    if (!method.n && !cn_arena_print(c->arena, &method, "did:key:%.*s#%.*s", CN_ARG(multikey), CN_ARG(multikey)))
        return cn_fail_memory(&c->err);
    cn_signer *s = calloc(1, sizeof *s + method.n + 1);
    if (!s) cn_no_memory();
    s->key = *key;
    memcpy(s->method, method.p, method.n);
    *out = s;
    return true;
}

/* ---- Making ---- */

bool cn_signer_new(const cn_engine *engine, const char *kind, cn_signer **out, cn_error *error) {
    cn_call c;
    cn_private_key key = {0};
    size_t i;
    bool good = cn_call_begin(&c, engine, out) && find_kind(&c, kind, &i) && cn_call_random(&c) &&
                cn_key_new(kinds[i].kind, &engine->random, &key, &c.err) && give(&c, &key, CN_S(""), out);
    cn_private_key_wipe(&key);
    return cn_call_end(&c, good, error);
}

static bool take_seed(cn_call *c, size_t i, cn_slice seed, cn_private_key *key) {
    if (seed.n != kinds[i].n)
        return cn_fail(&c->err, CN_INVALID, "key.private", "A private key of the kind %s has %zu bytes.",
                       kinds[i].name, kinds[i].n);
    *key = (cn_private_key){.kind = kinds[i].kind, .n = seed.n};
    memcpy(key->bytes, seed.p, seed.n);
    cn_private_key_pair(key);
    return true;
}

bool cn_signer_from_seed(const cn_engine *engine, const char *kind, const void *seed, size_t n, cn_signer **out,
                         cn_error *error) {
    cn_call c;
    cn_private_key key = {0};
    cn_slice bytes;
    size_t i;
    bool good = cn_call_begin(&c, engine, out) && find_kind(&c, kind, &i) && cn_call_bytes(&c, seed, n, &bytes) &&
                take_seed(&c, i, bytes, &key) && give(&c, &key, CN_S(""), out);
    cn_private_key_wipe(&key);
    return cn_call_end(&c, good, error);
}

bool cn_signer_read(const cn_engine *engine, const void *text, size_t n, cn_signer **out, cn_error *error) {
    cn_call c;
    cn_private_key key = {0};
    cn_slice bytes, method;
    bool good = cn_call_begin(&c, engine, out) && cn_call_bytes(&c, text, n, &bytes) &&
                cn_private_key_read(engine->crypto, c.arena, bytes, &key, &method, &c.err) &&
                give(&c, &key, method, out);
    cn_private_key_wipe(&key);
    return cn_call_end(&c, good, error);
}

void cn_signer_free(cn_signer *signer) {
    if (!signer) return;
    cn_private_key_wipe(&signer->key);
    free(signer);
}

/* ---- Writing: a function a form ---- */

static bool write_method(cn_call *c, const cn_signer *s, cn_buf *b) {
    (void)c;
    cn_buf_add(b, cn_slice_of(s->method));
    return true;
}

static bool write_multikey(cn_call *c, const cn_signer *s, cn_buf *b) {
    cn_slice multikey;
    if (!multikey_of(c, &s->key, &multikey)) return false;
    cn_buf_add(b, multikey);
    return true;
}

static bool write_did_key(cn_call *c, const cn_signer *s, cn_buf *b) {
    cn_buf_add(b, CN_S("did:key:"));
    return write_multikey(c, s, b);
}

static bool write_jwk(cn_call *c, const cn_signer *s, cn_buf *b) {
    cn_public_key public;
    return cn_key_public(c->engine->crypto, c->arena, &s->key, &public, &c->err) &&
           cn_jwk_write(b, &public, &c->err);
}

static bool write_did_jwk(cn_call *c, const cn_signer *s, cn_buf *b) {
    cn_buf jwk = cn_buf_on(c->arena, 0);
    if (!write_jwk(c, s, &jwk)) return false;
    cn_buf_add(b, CN_S("did:jwk:"));
    cn_base64_write(b, CN_BASE64_URL, cn_buf_slice(&jwk));
    return true;
}

static bool write_thumbprint(cn_call *c, const cn_signer *s, cn_buf *b) {
    cn_public_key public;
    cn_slice thumbprint;
    if (!cn_key_public(c->engine->crypto, c->arena, &s->key, &public, &c->err) ||
        !cn_jwk_thumbprint(c->engine->crypto, c->arena, &public, &thumbprint, &c->err))
        return false;
    cn_buf_add(b, thumbprint);
    return true;
}

static bool write_secret_multikey(cn_call *c, const cn_signer *s, cn_buf *b) {
    return cn_secret_multikey_write(b, &s->key, &c->err);
}

static bool write_secret_jwk(cn_call *c, const cn_signer *s, cn_buf *b) {
    return cn_secret_jwk_write(c->engine->crypto, c->arena, b, &s->key, &c->err);
}

bool cn_signer_write(const cn_engine *engine, const cn_signer *signer, cn_signer_form form, cn_bytes *out,
                     cn_error *error) {
    static bool (*const forms[])(cn_call * c, const cn_signer *s, cn_buf *b) = {
        [CN_AS_METHOD] = write_method,
        [CN_AS_DID_KEY] = write_did_key,
        [CN_AS_DID_JWK] = write_did_jwk,
        [CN_AS_MULTIKEY] = write_multikey,
        [CN_AS_JWK] = write_jwk,
        [CN_AS_THUMBPRINT] = write_thumbprint,
        [CN_AS_SECRET_MULTIKEY] = write_secret_multikey,
        [CN_AS_SECRET_JWK] = write_secret_jwk,
    };
    cn_call c;
    bool good = cn_call_begin(&c, engine, out) && cn_call_signer(&c, signer);
    if (good && (size_t)form >= sizeof forms / sizeof *forms)
        good = cn_fail(&c.err, CN_INVALID, "argument.form", "There is no such form of a key.");
    if (good) {
        cn_buf b = cn_buf_on(c.arena, 0);
        /* Room at once: a buffer that grows leaves what it held behind. */
        good = cn_buf_reserve(&b, 4096) || cn_fail_memory(&c.err);
        good = good && forms[form](&c, signer, &b) && cn_call_give_buf(&c, &b, out);
        if (b.p) explicit_bzero(b.p, b.n);
    }
    return cn_call_end(&c, good, error);
}
