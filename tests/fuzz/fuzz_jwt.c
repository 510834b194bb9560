/* SPDX-License-Identifier: Apache-2.0
 *
 * Fuzzing JWTs. The first line of the input is a header and the rest a payload, which are put together and
 * signed here, so that what lies behind a good signature is tried too; without a line break the input
 * is a token as it came. The network answers every question with the payload.
 */
#include "vc/jose.h"
#include "vc/vc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool answer(void *self, cn_arena *a, cn_slice url, cn_document *out, cn_err *err) {
    (void)a;
    (void)err;
    *out = (cn_document){.body = *(const cn_slice *)self, .final_url = url};
    return true;
}

static cn_slice sign(cn_arena *a, const cn_crypto *crypto, cn_slice header, cn_slice payload) {
    cn_private_key key = {.kind = CN_KEY_ED25519, .n = 32};
    cn_buf text = cn_buf_on(a, 0);
    cn_slice signature;
    cn_err err;
    memset(key.bytes, 1, key.n);
    cn_base64_write(&text, CN_BASE64_URL, header);
    cn_buf_byte(&text, '.');
    cn_base64_write(&text, CN_BASE64_URL, payload);
    if (!cn_sign(crypto, a, &key, CN_SHA512, cn_buf_slice(&text), &signature, &err)) abort();
    cn_buf_byte(&text, '.');
    cn_base64_write(&text, CN_BASE64_URL, signature);
    if (!cn_buf_ok(&text)) abort();
    return cn_buf_slice(&text);
}

/* What is read is, written again, the very same text: no two tokens are one. */
static void check_text(cn_arena *a, cn_slice text) {
    cn_jws jws;
    cn_err err;
    if (!cn_jws_read(a, text, &jws, &err)) {
        assert((err.code == CN_INVALID || err.code == CN_LIMIT) && err.detail[0]);
        return;
    }
    cn_buf again = cn_buf_on(a, 0);
    cn_buf_add(&again, cn_slice_sub(text, 0, cn_slice_find_byte(text, '.') + 1));
    cn_base64_write(&again, CN_BASE64_URL, jws.payload);
    assert(cn_slice_eq(cn_buf_slice(&again), jws.signing_input));
    cn_buf_byte(&again, '.');
    cn_base64_write(&again, CN_BASE64_URL, jws.signature);
    assert(!cn_buf_ok(&again) || cn_slice_eq(cn_buf_slice(&again), text));
}

/* Whatever the report says: a proven controller needs a good signature by an algorithm that we have. */
static void check_report(const cn_report *r) {
    const cn_step *steps = r->steps;
    for (size_t i = 0; i < r->steps_n; i++) {
        assert(steps[i].id && steps[i].problem && cn_utf8_invalid(steps[i].detail) == SIZE_MAX);
        if (steps[i].outcome == CN_FAIL || steps[i].outcome == CN_UNKNOWN) assert(*steps[i].problem);
    }
    if (r->verdict == CN_VERIFIED) assert((r->credential || r->presentation) && r->proof == CN_PASS);
    if (r->controller.n) assert(r->proof == CN_PASS);
    if (r->proof != CN_PASS || !cn_slice_eq(r->format, CN_S("jwt"))) return;
    assert(cn_slice_starts(r->proofs[0].suite, CN_S("vc-jwt ")));
    assert(cn_jose_alg_find(cn_slice_from(r->proofs[0].suite, sizeof "vc-jwt " - 1)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static cn_crypto *crypto; /* once: it is immutable */
    cn_err err;
    cn_slice input = cn_slice_bytes(data, size), header, payload;
    if (!crypto && !cn_crypto_new(&crypto, &err)) abort();
    cn_arena *a CN_ARENA_AUTO = cn_arena_new((size_t)32 << 20);
    cn_loader network = {&payload, answer}, contexts = cn_builtin_loader(NULL);
    bool parts = cn_slice_cut(input, '\n', &header, &payload);
    cn_slice text = parts ? sign(a, crypto, header, payload) : input;
    cn_asked asked = {.domain = CN_S("d")};
    cn_verify_options o = {.crypto = crypto,
                           .contexts = &contexts,
                           .resolver = &network,
                           .now = {.sec = 1780272000},
                           .max_work = 1000,
                           .max_list_bytes = 1 << 20,
                           .asked = size % 2 ? &asked : NULL};
    cn_report r;
    check_text(a, text);
    if (cn_verify(a, text, &o, &r, &err)) check_report(&r);
    else assert(err.code == CN_LIMIT);
    return 0;
}
