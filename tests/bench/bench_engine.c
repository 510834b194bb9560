/* SPDX-License-Identifier: Apache-2.0
 *
 * How fast the engine is, as ratios within one run: every row is timed in turn, round after round, and its
 * median is set against the median of one Ed25519 verification, the least that any verifier must do.
 *
 * usage: bench_engine CREDENTIAL.json [ROUNDS [STATUS_LIST.json]]
 *
 * The status list is had from memory.
 */
#include <time.h>

#include "vc/vc.h"

enum { ROUNDS = 9, ROUNDS_MAX = 101, SLICE_NS = 20000000 };

typedef struct work {
    cn_arena *arena;
    cn_crypto *crypto;
    cn_loader contexts, resolver;
    cn_contexts *processed;
    cn_lists *lists;
    cn_slice text, nquads, list;
    const cn_json *document; /* without proof */
    cn_dataset dataset;
    cn_private_key own;
    cn_public_key key;
    cn_slice message, signature;
    cn_verify_options how;
} work;

/* Each does the job once, on an arena of its own, and says whether it came out right. */
static bool ed25519(const work *w, cn_arena *a, cn_err *err) {
    (void)a;
    bool valid = false;
    return cn_signature_check(w->crypto, &w->key, CN_SHA256, w->message, w->signature, &valid, err) && valid;
}

static bool read_json(const work *w, cn_arena *a, cn_err *err) {
    const cn_json *out;
    return cn_json_read(a, w->text, NULL, &out, err);
}

static bool jcs(const work *w, cn_arena *a, cn_err *err) {
    cn_buf b = cn_buf_on(a, 0);
    return cn_json_canonize(a, w->document, &b, err);
}

static bool to_rdf(const work *w, cn_arena *a, cn_err *err) {
    cn_jsonld_options o = {.loader = &w->contexts, .safe = true, .direction = CN_DIRECTION_I18N};
    cn_dataset out;
    return cn_jsonld_to_rdf(a, w->document, &o, &out, err);
}

static bool warm_to_rdf(const work *w, cn_arena *a, cn_err *err) {
    cn_jsonld_options o = {
        .loader = &w->contexts, .processed = w->processed, .safe = true, .direction = CN_DIRECTION_I18N};
    const cn_json *document;
    cn_dataset out;
    return cn_json_read(a, w->text, NULL, &document, err) && cn_jsonld_to_rdf(a, document, &o, &out, err);
}

static bool hash(const work *w, cn_arena *a, cn_err *err) {
    (void)a, (void)err;
    return cn_hash_of(w->crypto, CN_SHA256, w->nquads).n == 32;
}

static bool ed25519_sign(const work *w, cn_arena *a, cn_err *err) {
    cn_slice out;
    return cn_sign(w->crypto, a, &w->own, CN_SHA256, w->message, &out, err);
}

static bool sign(const work *w, cn_arena *a, cn_err *err) {
    cn_sign_options o = {.crypto = w->crypto,
                         .contexts = &w->contexts,
                         .processed = w->processed,
                         .key = &w->own,
                         .method = CN_S("did:key:z6Mk#z6Mk"),
                         .created = {1780272000, 0}};
    const cn_json *document, *out;
    return cn_json_read(a, w->text, NULL, &document, err) &&
           cn_integrity_add(a, cn_json_without(a, document, CN_S("proof")), &o, &out, err);
}

static bool rdfc(const work *w, cn_arena *a, cn_err *err) {
    cn_rdfc out;
    return cn_rdfc_canonize(w->crypto, a, &w->dataset, &(cn_rdfc_options){0}, &out, err);
}

static bool read_nquads(const work *w, cn_arena *a, cn_err *err) {
    cn_dataset out;
    return cn_nquads_read(a, w->nquads, 0, &out, err);
}

static bool verify(const work *w, cn_arena *a, cn_err *err) {
    cn_report report;
    return cn_verify(a, w->text, &w->how, &report, err) && report.proof == CN_PASS;
}

static bool verify_warm(const work *w, cn_arena *a, cn_err *err) {
    cn_report report;
    cn_verify_options how = w->how;
    how.processed = w->processed;
    how.lists = w->lists;
    return cn_verify(a, w->text, &how, &report, err) && report.proof == CN_PASS;
}

typedef struct row {
    const char *name;
    bool (*once)(const work *w, cn_arena *a, cn_err *err);
    double ns[ROUNDS_MAX];
    size_t memory;
} row;

static row rows[] = {
    {"Ed25519 verify, 64 bytes", ed25519, {0}, 0},
    {"JSON read", read_json, {0}, 0},
    {"JSON canonize (RFC 8785)", jcs, {0}, 0},
    {"JSON-LD to RDF, contexts cold", to_rdf, {0}, 0},
    {"bytes to RDF, contexts warm", warm_to_rdf, {0}, 0},
    {"N-Quads read", read_nquads, {0}, 0},
    {"RDFC-1.0", rdfc, {0}, 0},
    {"SHA-256 of the quads", hash, {0}, 0},
    {"verify, contexts cold", verify, {0}, 0},
    {"verify, contexts warm", verify_warm, {0}, 0},
    {"Ed25519 sign, key from seed", ed25519_sign, {0}, 0},
    {"sign, contexts warm", sign, {0}, 0},
};
enum { ROWS = sizeof rows / sizeof rows[0] };

static bool prepare_keys(work *w, cn_err *err) {
    static const uint8_t zeros[64];
    w->own = (cn_private_key){.kind = CN_KEY_ED25519, .n = 32};
    w->message = cn_slice_bytes(zeros, sizeof zeros);
    return cn_key_public(w->crypto, w->arena, &w->own, &w->key, err) &&
           cn_sign(w->crypto, w->arena, &w->own, CN_SHA256, w->message, &w->signature, err);
}

static bool answer(void *self, cn_arena *a, cn_slice url, cn_document *out, cn_err *err) {
    const work *w = self;
    (void)a;
    if (cn_slice_find(w->list, url) == SIZE_MAX) return cn_fail(err, CN_NOT_FOUND, "url.not-found", "not here.");
    *out = (cn_document){.body = w->list, .final_url = url};
    return true;
}

static bool prepare(work *w, cn_err *err) {
    const cn_json *credential;
    cn_rdfc canonical;
    cn_jsonld_options o = {.loader = &w->contexts, .safe = true, .direction = CN_DIRECTION_I18N};
    if (!cn_json_read(w->arena, w->text, NULL, &credential, err)) return false;
    w->document = cn_json_without(w->arena, credential, CN_S("proof"));
    if (!cn_jsonld_to_rdf(w->arena, w->document, &o, &w->dataset, err)) return false;
    if (!cn_rdfc_canonize(w->crypto, w->arena, &w->dataset, &(cn_rdfc_options){0}, &canonical, err)) return false;
    w->nquads = canonical.nquads;
    w->resolver = (cn_loader){w, answer};
    w->how = (cn_verify_options){.resolver = w->list.n ? &w->resolver : NULL,
                                 .crypto = w->crypto,
                                 .contexts = &w->contexts,
                                 .now = {1780272000, 0}};
    return prepare_keys(w, err);
}

static double now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* CPU nanoseconds a time, over at least SLICE_NS. */
static bool time_row(const work *w, row *r, int round) {
    double start = now_ns(), spent;
    size_t times = 0;
    cn_err err = {0};
    do {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        if (!r->once(w, a, &err))
            return fprintf(stderr, "%s: did not come out right. %s\n", r->name, err.detail), false;
        r->memory = cn_arena_peak(a);
        times++;
        spent = now_ns() - start;
    } while (spent < SLICE_NS);
    r->ns[round] = spent / (double)times;
    return true;
}

static int by_value(const void *x, const void *y) {
    double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

static void print_table(int rounds) {
    printf("%-32s %10s %10s %10s %10s %9s\n", "CPU microseconds", "median", "min", "max", "ratio", "arena kB");
    for (int i = 0; i < ROWS; i++) qsort(rows[i].ns, (size_t)rounds, sizeof *rows[i].ns, by_value);
    double unit = rows[0].ns[rounds / 2];
    for (int i = 0; i < ROWS; i++) {
        const row *r = &rows[i];
        double median = r->ns[rounds / 2];
        printf("%-32s %10.1f %10.1f %10.1f %10.2f %9.1f\n", r->name, median / 1e3, r->ns[0] / 1e3,
               r->ns[rounds - 1] / 1e3, median / unit, (double)r->memory / 1024);
    }
}

static bool read_whole(cn_arena *a, const char *path, cn_slice *out) {
    enum { MAX = 1 << 20 };
    FILE *f = fopen(path, "rb");
    char *bytes = cn_arena_alloc(a, MAX);
    size_t n = f && bytes ? fread(bytes, 1, MAX, f) : 0;
    if (f) fclose(f);
    *out = cn_slice_bytes(bytes, n);
    return n > 0;
}

int main(int argc, char **argv) {
    uint64_t rounds = ROUNDS;
    work w = {.arena = cn_arena_new(0),
              .contexts = cn_builtin_loader(NULL),
              .processed = cn_contexts_new(),
              .lists = cn_lists_new()};
    cn_err err = {0};
    if (argc < 2 || (argc > 2 && !cn_slice_to_u64(cn_slice_of(argv[2]), ROUNDS_MAX, &rounds)) || !rounds)
        return fputs("usage: bench_engine CREDENTIAL.json [ROUNDS]\n", stderr), 64;
    if (argc > 3 && !read_whole(w.arena, argv[3], &w.list))
        return fprintf(stderr, "%s: cannot be read\n", argv[3]), 1;
    if (!read_whole(w.arena, argv[1], &w.text)) return fprintf(stderr, "%s: cannot be read\n", argv[1]), 1;
    if (!cn_crypto_new(&w.crypto, &err) || !prepare(&w, &err)) return fprintf(stderr, "%s\n", err.detail), 1;
    printf("%s: %zu bytes, %zu quads; %d rounds, each row in turn\n", argv[1], w.text.n, w.dataset.n, (int)rounds);
    for (int round = 0; round < (int)rounds; round++)
        for (int i = 0; i < ROWS; i++)
            if (!time_row(&w, &rows[i], round)) return 1;
    print_table((int)rounds);
    cn_lists_free(w.lists);
    cn_contexts_free(w.processed);
    cn_crypto_free(w.crypto);
    cn_arena_free(w.arena);
    return 0;
}
