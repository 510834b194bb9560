/* SPDX-License-Identifier: Apache-2.0
 *
 * Fuzzing verification: whatever comes in, there is a report, and what it says
 * hangs together. The network answers every question with the input itself, so that controller
 * documents and status lists are tried as well.
 */
#include "vc/endorsement.h"
#include "vc/vc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool answer_with_input(void *self, cn_arena *a, cn_slice url, cn_document *out, cn_err *err) {
    (void)a;
    (void)err;
    *out = (cn_document){.body = *(const cn_slice *)self, .final_url = url};
    return true;
}

/* What it endorses is read out of anything, and what is read is within its bounds. */
static void read_endorsement(cn_arena *a, const cn_json *credential) {
    cn_endorsements_read read;
    cn_err err;
    if (!credential) return;
    if (cn_endorsement_read(a, credential, CN_S("fr"), &read, &err)) assert(read.n <= CN_ENDORSED_MAX);
    else assert(err.code == CN_LIMIT);
}

static void check_report(cn_arena *a, const cn_report *r) {
    bool failed = false, unknown = false;
    for (size_t i = 0; i < r->steps_n; i++) {
        const cn_step *s = &r->steps[i];
        assert(s->id && s->problem && cn_utf8_invalid(s->detail) == SIZE_MAX);
        failed |= s->outcome == CN_FAIL;
        unknown |= s->outcome == CN_UNKNOWN;
        assert((s->outcome != CN_FAIL && s->outcome != CN_UNKNOWN) || (*s->problem && s->detail.n));
    }
    cn_verdict want = failed ? CN_NOT_VERIFIED : unknown ? CN_VERDICT_UNKNOWN : CN_VERIFIED;
    assert(r->verdict == want && (r->credential || failed || unknown));
    if (r->proof == CN_PASS) assert(r->proofs_n > 0);
    read_endorsement(a, r->credential);
    for (size_t i = 0; i < r->endorsements_n; i++) read_endorsement(a, r->endorsements[i].credential);
    cn_buf text = cn_buf_on(a, 0);
    const cn_json *again;
    cn_err err;
    if (!cn_report_write(a, r, CN_S("x"), &text, &err)) return;
    bool good = cn_json_read(a, cn_buf_slice(&text), NULL, &again, &err);
    assert(good || err.code == CN_LIMIT);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static cn_crypto *crypto; /* once: it is immutable */
    cn_err err;
    if (!crypto && !cn_crypto_new(&crypto, &err)) abort();
    cn_slice input = cn_slice_bytes(data, size);
    cn_loader network = {&input, answer_with_input}, contexts = cn_builtin_loader(NULL);
    cn_verify_options o = {.crypto = crypto,
                           .contexts = &contexts,
                           .resolver = &network,
                           .now = {.sec = 1780272000},
                           .check_resources = true,
                           .max_work = 1000,
                           .max_list_bytes = 1 << 20};
    cn_arena *a CN_ARENA_AUTO = cn_arena_new((size_t)32 << 20);
    cn_report r;
    if (cn_verify(a, input, &o, &r, &err)) check_report(a, &r);
    else assert(err.code == CN_LIMIT);
    return 0;
}
