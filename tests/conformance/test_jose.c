/* SPDX-License-Identifier: Apache-2.0
 *
 * The signed inputs of the W3C suite of VC-JOSE-COSE: credentials and presentations as JWTs and SD-JWTs, by keys
 * of https://example.issuer/vc-jose-cose, whose document is put together from the suite's keys. What the suite
 * calls good verifies here; what it calls bad does not, for the reason that its name says. COSE is left out.
 */
#include "corpus.h"
#include "vc/vc.h"

static const char folder[] = "suite-inputs/vc-jose-cose/tests/input";

static const struct {
    const char *file, *step, *problem; /* NULL: verified */
} cases[] = {
    {"credential-jose-minimal", NULL, NULL},
    {"credential-jose-unknown-extensions", NULL, NULL},
    {"credential-issuer-match-signed", NULL, NULL},
    {"credential-jose-bad-media-type", "proof", "jwt-typ"},
    {"credential-jose-bad-signature", "proof", "invalid-signature"},
    {"credential-jose-vc-vp-claims", "read", "jwt-two-credentials"},
    {"credential-sdjwt-selective", NULL, NULL},
    {"credential-sdjwt-nested", NULL, NULL},
    {"credential-sdjwt-bad-media-type", "proof", "jwt-typ"},
    {"credential-sdjwt-bad-signature", "proof", "invalid-signature"},
    {"presentation-jose-multiple", "credentials", "presented-unknown"}, /* the fourth in it is COSE */
    {"presentation-jose-bad-media-type", "proof", "jwt-typ"},
    {"presentation-jose-bad-credential", "credentials", "presented-invalid"},
    {"presentation-sdjwt-selective", NULL, NULL},
    {"presentation-sdjwt-bad-media-type", "proof", "jwt-typ"},
    {"presentation-sdjwt-bad-credential", "credentials", "presented-invalid"},
};

/* The controller document, and nothing else. */
static bool load(void *self, cn_arena *a, cn_slice url, cn_document *out, cn_err *err) {
    (void)a;
    if (!cn_slice_eq(url, CN_S("https://example.issuer/vc-jose-cose")))
        return cn_fail(err, CN_NOT_FOUND, "test.none", "there is nothing at this address.");
    *out = (cn_document){.body = *(const cn_slice *)self, .final_url = url};
    return true;
}

static bool add(cn_arena *a, cn_json *document, cn_json *methods, cn_json *ids, const char *file) {
    const cn_json *key = corpus_json(a, corpus_path(a, "%s/%s.json", folder, file));
    return cn_json_set(a, document, CN_S("id"), cn_json_get(key, CN_S("controller"))) &&
           cn_json_push(a, methods, key) && cn_json_push(a, ids, cn_json_get(key, CN_S("id")));
}

static cn_slice controller_document(cn_arena *a) {
    cn_json *document = cn_json_object(a), *methods = cn_json_array(a), *ids = cn_json_array(a);
    cn_buf text = cn_buf_on(a, 0);
    if (!add(a, document, methods, ids, "vm-p256") || !add(a, document, methods, ids, "vm-p384") ||
        !add(a, document, methods, ids, "vm-p521") || !add(a, document, methods, ids, "vm-ed25519") ||
        !cn_json_set(a, document, CN_S("verificationMethod"), methods) ||
        !cn_json_set(a, document, CN_S("assertionMethod"), ids) ||
        !cn_json_set(a, document, CN_S("authentication"), ids))
        abort();
    cn_json_write(&text, document);
    return cn_buf_slice(&text);
}

/* The first step that fails or stays open; NULL where there is none. */
static const cn_step *first_bad(const cn_report *r) {
    for (size_t i = 0; i < r->steps_n; i++)
        if (r->steps[i].outcome == CN_FAIL || r->steps[i].outcome == CN_UNKNOWN) return &r->steps[i];
    return NULL;
}

/* As it should be: verified, or the step it names is what is wrong (a term without meaning is only told of). */
static bool as_expected(const cn_report *r, const char *step, const char *problem) {
    bool found = false;
    if (!step) return r->verdict == CN_VERIFIED;
    for (size_t i = 0; i < r->steps_n; i++)
        found = found || (!strcmp(r->steps[i].id, step) && !strcmp(r->steps[i].problem, problem));
    return found && r->verdict != CN_VERIFIED;
}

static void run(const cn_verify_options *o, size_t i) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_slice text, why = CN_S("");
    cn_report r;
    cn_err err;
    if (!corpus_read(a, corpus_path(a, "%s/%s.txt", folder, cases[i].file), &text)) abort();
    if (!cn_verify(a, text, o, &r, &err)) abort();
    const cn_step *bad = first_bad(&r);
    if (bad && !cn_arena_print(a, &why, "%s %s: %.*s", bad->id, bad->problem, CN_ARG(bad->detail))) abort();
    corpus_case(as_expected(&r, cases[i].step, cases[i].problem), "jose", cn_slice_of(cases[i].file), why);
}

int main(void) {
    if (!corpus_present(folder)) return 0;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_crypto *crypto CN_CRYPTO_AUTO = NULL;
    cn_slice document = controller_document(a);
    cn_loader contexts = cn_builtin_loader(NULL), resolver = {&document, load};
    cn_asked asked = {0};
    cn_err err;
    if (!cn_crypto_new(&crypto, &err)) abort();
    /* Between the day that the presentations were signed and the next one, when they end. */
    cn_verify_options o = {.crypto = crypto,
                           .contexts = &contexts,
                           .resolver = &resolver,
                           .now = {.sec = 1734320000},
                           .asked = &asked};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) run(&o, i);
    return corpus_end();
}
