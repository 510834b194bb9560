/* SPDX-License-Identifier: Apache-2.0
 *
 * Fuzzing SD-JWTs. The first line of the input is a payload, in which %1 to %9 stand for the digests of the lines
 * below; these are disclosures as JSON, but for one that begins with "!", which is the payload of a key binding.
 * All are encoded and signed here, so that what lies behind good signatures is tried too. Without a line break the
 * input is a token as it came.
 */
#include "vc/jwt.h"
#include "vc/sd_jwt.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LINES = 9 };
#define KID                                                                                                       \
    "did:key:z6Mkon3Necd6NkkyfoGoHxid2znGc59LU3K7mubaRcFbLfLX#z6Mkon3Necd6NkkyfoGoHxid2znGc59LU3K7mubaRcFbLfLX"

typedef struct work {
    cn_arena *a;
    const cn_crypto *crypto;
    cn_slice lines[LINES];
    size_t n;
    cn_slice binding;
} work;

static cn_slice encode(cn_arena *a, cn_slice bytes) {
    cn_buf b = cn_buf_on(a, 0);
    cn_base64_write(&b, CN_BASE64_URL, bytes);
    return cn_buf_slice(&b);
}

/* Signed by key 1: 32 bytes of 1. */
static cn_slice signed_text(const work *w, cn_slice header, cn_slice payload) {
    cn_private_key key = {.kind = CN_KEY_ED25519, .n = 32};
    cn_buf b = cn_buf_on(w->a, 0);
    cn_slice signature;
    cn_err err;
    memset(key.bytes, 1, key.n);
    cn_base64_write(&b, CN_BASE64_URL, header);
    cn_buf_byte(&b, '.');
    cn_base64_write(&b, CN_BASE64_URL, payload);
    if (!cn_sign(w->crypto, w->a, &key, CN_SHA512, cn_buf_slice(&b), &signature, &err)) return CN_S("");
    cn_buf_byte(&b, '.');
    cn_base64_write(&b, CN_BASE64_URL, signature);
    return cn_buf_slice(&b);
}

static cn_slice with_digests(const work *w, cn_slice text) {
    cn_buf b = cn_buf_on(w->a, 0);
    for (size_t i = 0; i < text.n; i++) {
        size_t line = i + 1 < text.n ? (size_t)(uint8_t)text.p[i + 1] - '1' : LINES;
        cn_slice digest;
        if (text.p[i] != '%' || line >= w->n) {
            cn_buf_byte(&b, text.p[i]);
            continue;
        }
        if (cn_sd_jwt_digest(w->crypto, w->a, CN_SHA256, encode(w->a, w->lines[line]), &digest))
            cn_buf_add(&b, digest);
        i++;
    }
    return cn_buf_slice(&b);
}

static cn_slice put_together(work *w, cn_slice input) {
    cn_slice payload, line, rest;
    (void)cn_slice_cut(input, '\n', &payload, &rest);
    while (rest.n) {
        (void)cn_slice_cut(rest, '\n', &line, &rest);
        if (line.n && line.p[0] == '!') w->binding = cn_slice_from(line, 1);
        else if (w->n < LINES) w->lines[w->n++] = line;
    }
    cn_buf b = cn_buf_on(w->a, 0);
    cn_buf_add(&b, signed_text(w, CN_S("{\"alg\":\"EdDSA\",\"typ\":\"vc+sd-jwt\",\"kid\":\"" KID "\"}"),
                               with_digests(w, payload)));
    cn_buf_byte(&b, '~');
    for (size_t i = 0; i < w->n; i++) {
        cn_base64_write(&b, CN_BASE64_URL, w->lines[i]);
        cn_buf_byte(&b, '~');
    }
    if (w->binding.n)
        cn_buf_add(&b,
                   signed_text(w, CN_S("{\"alg\":\"EdDSA\",\"typ\":\"kb+jwt\"}"), with_digests(w, w->binding)));
    return cn_buf_slice(&b);
}

/* Nothing of how it was withheld is left in what is read. */
static void check_revealed(const cn_json *v) {
    for (size_t i = 0; i < cn_json_count(v); i++) {
        bool object = v->type == CN_JSON_OBJECT;
        if (object)
            assert(!cn_slice_eq(v->object.v[i].key, CN_S("_sd")) && !cn_slice_eq(v->object.v[i].key, CN_S("...")));
        check_revealed(object ? v->object.v[i].value : cn_json_item(v, i));
    }
}

/* What can be read can be shown again: nothing of it, and no more is withheld than was disclosed and withheld. */
static void check_text(const work *w, cn_slice text) {
    cn_slice less, rest, payload;
    cn_sd_jwt s;
    cn_err err;
    const cn_json *json, *out;
    size_t withheld;
    if (!cn_sd_jwt_read(w->a, text, &s, &err)) {
        assert((err.code == CN_INVALID || err.code == CN_LIMIT) && err.detail[0]);
        return;
    }
    assert(s.shown.n + s.binding.n == text.n && cn_slice_ends(s.shown, CN_S("~")));
    (void)cn_slice_cut(s.jwt, '.', &payload, &rest);
    (void)cn_slice_cut(rest, '.', &payload, &rest);
    if (!cn_base64_read(w->a, CN_BASE64_URL, payload, &payload, &err)) return;
    if (!cn_json_read(w->a, payload, &(cn_json_options){.refuse_duplicates = true}, &json, &err)) return;
    if (!cn_sd_jwt_reveal(w->crypto, w->a, &s, json, &out, &withheld, &err)) return;
    check_revealed(out);
    for (size_t i = 0; i < s.n; i++) {
        assert(s.v[i].used);
        assert(cn_json_point(out, s.v[i].where));
    }
    if (cn_sd_jwt_present(w->a, w->crypto, text, NULL, 0, NULL, &less, &err)) assert(less.n <= text.n + 1);
}

static void check_report(const cn_report *r) {
    for (size_t i = 0; i < r->steps_n; i++) {
        const cn_step *s = &r->steps[i];
        assert(s->id && s->problem && cn_utf8_invalid(s->detail) == SIZE_MAX);
        if (s->outcome == CN_FAIL || s->outcome == CN_UNKNOWN) assert(*s->problem);
    }
    if (r->verdict == CN_VERIFIED && !r->presentation) assert(r->credential && r->proof == CN_PASS);
    if (r->holder.n) assert(r->proof == CN_PASS);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static cn_crypto *crypto; /* once: it is immutable */
    cn_err err;
    cn_slice input = cn_slice_bytes(data, size);
    if (!crypto && !cn_crypto_new(&crypto, &err)) abort();
    cn_arena *a CN_ARENA_AUTO = cn_arena_new((size_t)32 << 20);
    work w = {.a = a, .crypto = crypto};
    bool parts = cn_slice_find_byte(input, '\n') != SIZE_MAX;
    cn_slice text = parts ? put_together(&w, input) : input;
    cn_loader contexts = cn_builtin_loader(NULL);
    cn_asked asked = {.challenge = CN_S("c")};
    cn_verify_options o = {
        .crypto = crypto, .contexts = &contexts, .now = {.sec = 1780272000}, .max_work = 1000, .asked = &asked};
    cn_report r;
    check_text(&w, text);
    if (cn_verify(a, text, &o, &r, &err)) check_report(&r);
    else assert(err.code == CN_LIMIT);
    return 0;
}
