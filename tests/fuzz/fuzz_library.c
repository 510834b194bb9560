/* SPDX-License-Identifier: Apache-2.0
 *
 * Fuzzing the public functions of libcairn: whatever goes in, a call gives a result that ends with a NUL or an
 * error that has a name, with much memory and with little, and with functions of the caller's that fail. The first
 * byte picks the call, the second what is scarce; a canonical form is its own canonical form.
 */
#include <cairn/cairn.h>

#include "base/base.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SCARCE_MEMORY = 1, SCARCE_WORK = 2, NO_CLOCK = 4, NO_RANDOM = 8, NO_ANSWER = 16, SAFE = 32, SUITES = 3 };

/* What the caller's functions answer from. */
typedef struct world {
    cn_slice input;
    unsigned scarce;
} world;

static bool get(void *self, const char *url, cn_answer *answer) {
    const world *w = self;
    assert(url);
    if (w->scarce & NO_ANSWER) cn_answer_refuse(answer, "no.");
    return cn_answer_url(answer, "https://a.example/") && cn_answer_body(answer, w->input.p, w->input.n);
}

static bool tell_time(void *self, int64_t *now) {
    const world *w = self;
    *now = 1780272000;
    return !(w->scarce & NO_CLOCK);
}

static bool fill(void *self, void *bytes, size_t n) {
    const world *w = self;
    memset(bytes, 7, n);
    return !(w->scarce & NO_RANDOM);
}

typedef bool call(const cn_engine *e, const world *w, cn_bytes *out, cn_error *error);

static bool verify(const cn_engine *e, const world *w, cn_bytes *out, cn_error *error) {
    cn_engine_verify_options how = {.size = sizeof how, .challenge = w->scarce & SAFE ? "c" : NULL};
    cn_engine_verdict verdict = CN_IS_UNKNOWN;
    bool good = cn_engine_verify(e, w->input.p, w->input.n, &how, &verdict, out, error);
    assert(verdict <= CN_IS_NOT_VERIFIED);
    return good;
}

static cn_signer *signer_of(const cn_engine *e, const char *kind) {
    static const uint8_t seed[32] = {1};
    cn_signer *s = NULL;
    bool good = cn_signer_from_seed(e, kind, seed, sizeof seed, &s, NULL);
    assert(good == (s != NULL));
    return s;
}

static bool issue(const cn_engine *e, const world *w, cn_bytes *out, cn_error *error) {
    static const char *const suites[SUITES][2] = {
        {"ed25519", "eddsa-jcs-2022"}, {"p256", "ecdsa-sd-2023"}, {"ed25519", "vc+sd-jwt"}};
    const char *const *suite = suites[w->input.n % SUITES];
    cn_engine_issue_options how = {
        .size = sizeof how, .suite = suite[1], .flags = w->scarce & SAFE ? 0 : CN_ISSUE_UNCHECKED};
    cn_signer *s = signer_of(e, suite[0]);
    bool good = cn_engine_issue(e, w->input.p, w->input.n, s, &how, out, error);
    cn_signer_free(s);
    return good;
}

static bool derive(const cn_engine *e, const world *w, cn_bytes *out, cn_error *error) {
    static const char *const reveal[] = {"/name", ""};
    return cn_engine_derive(e, w->input.p, w->input.n, reveal, 2, out, error);
}

static bool present(const cn_engine *e, const world *w, cn_bytes *out, cn_error *error) {
    cn_engine_present_options how = {
        .size = sizeof how, .form = w->scarce & SAFE ? "vp" : "jwt", .challenge = "c", .domain = "d"};
    cn_slice copy = w->input;
    cn_signer *s = signer_of(e, "ed25519");
    cn_bytes given = {malloc(copy.n + 1), copy.n};
    assert(given.p);
    if (copy.n) memcpy(given.p, copy.p, copy.n);
    bool good = cn_engine_present(e, &given, 1, s, &how, out, error);
    cn_bytes_free(&given);
    cn_signer_free(s);
    return good;
}

static bool read_key(const cn_engine *e, const world *w, cn_bytes *out, cn_error *error) {
    cn_signer *s = NULL;
    if (!cn_signer_read(e, w->input.p, w->input.n, &s, error)) return false;
    bool good = cn_signer_write(e, s, (cn_signer_form)(w->scarce % (CN_AS_SECRET_JWK + 2)), out, error);
    cn_signer_free(s);
    return good;
}

static bool bake(const cn_engine *e, const world *w, cn_bytes *out, cn_error *error) {
    static const char svg[] = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    return cn_engine_bake(e, svg, sizeof svg - 1, w->input.p, w->input.n, out, error);
}

static bool unbake(const cn_engine *e, const world *w, cn_bytes *out, cn_error *error) {
    return cn_engine_unbake(e, w->input.p, w->input.n, out, error);
}

static bool json_get(const cn_engine *e, const world *w, cn_bytes *out, cn_error *error) {
    return cn_engine_json_get(e, w->input.p, w->input.n, "/a/0", out, error);
}

/* What is canonical stays as it is; unless there is too little of something. */
static void check_again(bool good, const cn_bytes *first, cn_bytes *again) {
    if (good) assert(cn_slice_eq(cn_slice_bytes(first->p, first->n), cn_slice_bytes(again->p, again->n)));
    cn_bytes_free(again);
}

static bool canonize_json(const cn_engine *e, const world *w, cn_bytes *out, cn_error *error) {
    cn_bytes again = {0};
    if (!cn_engine_canonize_json(e, w->input.p, w->input.n, out, error)) return false;
    check_again(cn_engine_canonize_json(e, out->p, out->n, &again, NULL), out, &again);
    return true;
}

static bool canonize_rdf(const cn_engine *e, const world *w, cn_bytes *out, cn_error *error) {
    cn_bytes again = {0}, map = {0};
    bool good = cn_engine_canonize_rdf(e, w->input.p, w->input.n, NULL, out, &map, error);
    cn_bytes_free(&map);
    if (good) check_again(cn_engine_canonize_rdf(e, out->p, out->n, NULL, &again, NULL, NULL), out, &again);
    return good;
}

static bool jsonld(const cn_engine *e, const world *w, cn_bytes *out, cn_error *error) {
    bool (*const verbs[])(const cn_engine *engine, const void *json, size_t n,
                          const cn_engine_jsonld_options *options, cn_bytes *result, cn_error *why) = {
        cn_engine_expand, cn_engine_compact, cn_engine_flatten, cn_engine_to_rdf, cn_engine_from_rdf};
    cn_engine_jsonld_options how = {
        .size = sizeof how, .base = "https://b.example/", .flags = w->scarce & SAFE ? CN_JSONLD_SAFE : 0};
    return verbs[w->input.n % (sizeof verbs / sizeof *verbs)](e, w->input.p, w->input.n, &how, out, error);
}

static void check_error(const cn_error *error) {
    assert(error->kind[0] && error->id[0] && error->detail[0]);
    assert(cn_utf8_invalid(cn_slice_of(error->detail)) == SIZE_MAX);
    assert(cn_utf8_invalid(cn_slice_of(error->where)) == SIZE_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static call *const calls[] = {verify, issue,    derive,        present,      read_key, bake,
                                  unbake, json_get, canonize_json, canonize_rdf, jsonld};
    if (size < 2) return 0;
    world w = {.input = cn_slice_bytes(data + 2, size - 2), .scarce = data[1]};
    cn_engine_options options = {.size = sizeof options,
                                 .self = &w,
                                 .get_document = get,
                                 .get_context = get,
                                 .clock = tell_time,
                                 .random = fill,
                                 .max_memory = w.scarce & SCARCE_MEMORY ? 65536 : (size_t)64 << 20,
                                 .max_work = w.scarce & SCARCE_WORK ? 10 : 2000};
    cn_engine *e = NULL;
    cn_bytes out = {0};
    cn_error error = {.id = ""};
    bool good = cn_engine_new(&options, &e, &error);
    assert(good);
    if (!cn_engine_add_context(e, "https://added.example/", w.input.p, w.input.n, &error)) check_error(&error);
    good = calls[data[0] % (sizeof calls / sizeof *calls)](e, &w, &out, &error);
    if (!good) check_error(&error);
    assert(good == (out.p != NULL) && (!good || out.p[out.n] == 0));
    cn_bytes_free(&out);
    cn_engine_free(e);
    return 0;
}
