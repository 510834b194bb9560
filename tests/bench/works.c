/* SPDX-License-Identifier: Apache-2.0
 *
 * The table of works. What they begin with and what they must come to are the same as in peers.mjs.
 */
#include <malloc.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

#include "works.h"

#include "vc/internal.h"
#include "vc/sd.h"

#include "base/base.h"

enum { FILE_MAX = 64 << 20, PATH_SIZE = 4096, STATUS_ENTRY = 94311, STATUS_MIN = 131072 / 8 };

/* RFC 8037, appendix A.1. */
static const uint8_t seed[32] = {0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a,
                                 0xf4, 0x92, 0xec, 0x2c, 0xc4, 0x44, 0x49, 0xc5, 0x69, 0x7b, 0x32,
                                 0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae, 0x7f, 0x60};

/* ---- The limits: a library alone ---- */

static bool limit_verify(const cn_bench *b, const cn_bench_input *in, cn_arena *a, cn_err *err) {
    (void)in, (void)a, (void)err;
    return !crypto_sign_ed25519_verify_detached((const uint8_t *)b->signature.p, (const uint8_t *)b->message.p,
                                                b->message.n, (const uint8_t *)b->public_key.bytes.p);
}

static bool limit_sign(const cn_bench *b, const cn_bench_input *in, cn_arena *a, cn_err *err) {
    (void)in, (void)a, (void)err;
    uint8_t out[crypto_sign_ed25519_BYTES];
    return !crypto_sign_ed25519_detached(out, NULL, (const uint8_t *)b->message.p, b->message.n, b->secret);
}

/* As many as the proof of derived.json has. */
static bool limit_sd_verify(const cn_bench *b, const cn_bench_input *in, cn_arena *a, cn_err *err) {
    (void)a, (void)err;
    EVP_PKEY_CTX *check = EVP_PKEY_CTX_new(b->p256, NULL);
    bool good = check && EVP_PKEY_verify_init(check) == 1;
    for (size_t i = 0; good && i < in->signatures; i++)
        good = EVP_PKEY_verify(check, (const unsigned char *)b->p256_signature.p, b->p256_signature.n,
                               (const unsigned char *)b->message.p, CN_SD_DIGEST) == 1;
    EVP_PKEY_CTX_free(check);
    return good;
}

/* ---- From text ---- */

static bool read_json(const cn_bench *b, const cn_bench_input *in, cn_arena *a, cn_err *err) {
    (void)b;
    const cn_json *out;
    return cn_json_read(a, in->text, NULL, &out, err);
}

static const cn_jsonld_options *jsonld_options(const cn_bench *b, cn_jsonld_options *o) {
    *o = (cn_jsonld_options){
        .loader = &b->contexts, .processed = b->processed, .safe = true, .direction = CN_DIRECTION_I18N};
    return o;
}

static bool to_rdf(const cn_bench *b, const cn_bench_input *in, cn_arena *a, cn_err *err) {
    cn_jsonld_options o;
    const cn_json *document;
    cn_dataset out;
    return cn_json_read(a, in->text, NULL, &document, err) &&
           cn_jsonld_to_rdf(a, document, jsonld_options(b, &o), &out, err) && out.n > 0;
}

static bool read_nquads(const cn_bench *b, const cn_bench_input *in, cn_arena *a, cn_err *err) {
    (void)b;
    cn_dataset out;
    return cn_nquads_read(a, in->text, 0, &out, err);
}

static bool rdfc(const cn_bench *b, const cn_bench_input *in, cn_arena *a, cn_err *err) {
    cn_rdfc out;
    return cn_rdfc_canonize(b->crypto, a, &in->dataset, &(cn_rdfc_options){0}, &out, err) && out.nquads.n > 0;
}

static bool rdfc_text(const cn_bench *b, const cn_bench_input *in, cn_arena *a, cn_err *err) {
    cn_bench_input read = {0};
    return cn_nquads_read(a, in->text, 0, &read.dataset, err) && rdfc(b, &read, a, err);
}

static bool jcs(const cn_bench *b, const cn_bench_input *in, cn_arena *a, cn_err *err) {
    (void)b;
    cn_buf out = cn_buf_on(a, 0);
    return cn_json_canonize(a, in->document, &out, err) && cn_buf_ok(&out);
}

static bool verify(const cn_bench *b, const cn_bench_input *in, cn_arena *a, cn_err *err) {
    cn_report report;
    if (!cn_verify(a, in->text, &b->how, &report, err)) return false;
    return report.verdict == CN_VERIFIED || cn_fail(err, CN_INVALID, "bench.verdict", "It was not verified.");
}

static bool sign(const cn_bench *b, const cn_bench_input *in, cn_arena *a, cn_err *err) {
    const cn_json *document, *out;
    cn_buf text = cn_buf_on(a, 0);
    if (!cn_json_read(a, in->text, NULL, &document, err) || !cn_integrity_add(a, document, &b->by, &out, err))
        return false;
    cn_json_write(&text, out);
    return cn_buf_ok(&text) || cn_fail_memory(err);
}

static bool derive(const cn_bench *b, const cn_bench_input *in, cn_arena *a, cn_err *err) {
    static const cn_slice reveal[] = {CN_S_INIT("/credentialSubject/achievement/alignment/0"),
                                      CN_S_INIT("/credentialSubject/result")};
    cn_derive_options o = {.crypto = b->crypto,
                           .contexts = &b->contexts,
                           .processed = b->processed,
                           .pointers = reveal,
                           .pointers_n = sizeof reveal / sizeof *reveal};
    const cn_json *document, *out;
    cn_buf text = cn_buf_on(a, 0);
    if (!cn_json_read(a, in->text, NULL, &document, err) || !cn_sd_derive(a, document, &o, &out, err))
        return false;
    cn_json_write(&text, out);
    return cn_buf_ok(&text) || cn_fail_memory(err);
}

/* encodedList to bits, and the badge's entry, which is not set. */
static bool status(const cn_bench *b, const cn_bench_input *in, cn_arena *a, cn_err *err) {
    (void)b;
    cn_slice bits;
    return cn_bitstring_read(a, in->text, true, STATUS_MIN, &bits, err) && bits.n == STATUS_MIN &&
           !cn_bitstring_value(bits, STATUS_ENTRY, 1);
}

/* ---- The table ---- */

static bool ready_document(const cn_bench *b, cn_bench_input *in, cn_err *err) {
    return cn_json_read(b->arena, in->text, NULL, &in->document, err);
}

static bool ready_quads(const cn_bench *b, cn_bench_input *in, cn_err *err) {
    return cn_nquads_read(b->arena, in->text, 0, &in->dataset, err);
}

static bool ready_badge_quads(const cn_bench *b, cn_bench_input *in, cn_err *err) {
    cn_jsonld_options o;
    return ready_document(b, in, err) &&
           cn_jsonld_to_rdf(b->arena, in->document, jsonld_options(b, &o), &in->dataset, err);
}

/* The issuer's one, and one for each statement that the holder has shown. */
static bool ready_signatures(const cn_bench *b, cn_bench_input *in, cn_err *err) {
    cn_sd_derived derived;
    if (!ready_document(b, in, err)) return false;
    const cn_json *proof = cn_json_get(in->document, CN_S("proof"));
    if (!cn_sd_derived_read(b->arena, cn_json_get_text(proof, CN_S("proofValue")), &derived, err)) return false;
    in->signatures = derived.signatures.n + 1;
    return true;
}

static const cn_work works[] = {
    {"limit-verify", NULL, NULL, limit_verify},
    {"limit-sign", NULL, NULL, limit_sign},
    {"limit-sd-verify", "derived.json", ready_signatures, limit_sd_verify},
    {"verify", "badge.json", NULL, verify},
    {"sign", "unsigned.json", NULL, sign},
    {"to-rdf", "unsigned.json", NULL, to_rdf},
    {"rdfc", "unsigned.json", ready_badge_quads, rdfc},
    {"rdfc-memory", "quads-10000.nq", ready_quads, rdfc},
    {"rdfc-text", "quads-10000.nq", NULL, rdfc_text},
    {"sd-derive", "base.json", NULL, derive},
    {"sd-verify", "derived.json", NULL, verify},
    {"jwt-verify", "badge.jwt", NULL, verify},
    {"status", "bits.txt", NULL, status},
    {"json-read", "badge.json", NULL, read_json},
    {"jcs", "unsigned.json", ready_document, jcs},
    {"nquads-read", "quads-10000.nq", NULL, read_nquads},
    {"quads-", "quads-%.nq", NULL, rdfc_text},
    {"alignments-", "alignments-%.json", NULL, verify},
    {"proofs-", "proofs-%.json", NULL, verify},
};
enum { WORKS = sizeof works / sizeof *works };

/* ---- Files ---- */

static bool read_whole(cn_arena *a, const char *path, cn_slice *out, cn_err *err) {
    FILE *f = fopen(path, "rb");
    long n = f && !fseek(f, 0, SEEK_END) ? ftell(f) : -1;
    char *bytes = n >= 0 && n <= FILE_MAX ? cn_arena_alloc(a, (size_t)n) : NULL;
    bool good = bytes && !fseek(f, 0, SEEK_SET) && fread(bytes, 1, (size_t)n, f) == (size_t)n;
    if (f) (void)fclose(f);
    if (!good) return cn_fail(err, CN_NOT_FOUND, "bench.file", "%s cannot be read.", path);
    *out = cn_slice_bytes(bytes, (size_t)n);
    return true;
}

static bool read_named(const cn_bench *b, const char *file, cn_slice number, cn_slice *out, cn_err *err) {
    char path[PATH_SIZE];
    cn_slice before, after;
    (void)cn_slice_cut(cn_slice_of(file), '%', &before, &after);
    (void)snprintf(path, sizeof path, "%s/%.*s%.*s%.*s", b->folder, CN_ARG(before), CN_ARG(number), CN_ARG(after));
    return read_whole(b->arena, path, out, err);
}

static const cn_work *find(cn_slice name, cn_slice *number) {
    for (const cn_work *w = works; w < works + WORKS; w++) {
        cn_slice own = cn_slice_of(w->name);
        bool numbered = cn_slice_ends(own, CN_S("-"));
        if (!(numbered ? cn_slice_starts : cn_slice_eq)(name, own)) continue;
        *number = cn_slice_from(name, own.n);
        return w;
    }
    return NULL;
}

bool cn_bench_find(cn_bench *b, cn_slice name, const cn_work **work, cn_bench_input *in, cn_err *err) {
    cn_slice number;
    const cn_work *w = find(name, &number);
    *in = (cn_bench_input){0};
    if (!w) return cn_fail(err, CN_NOT_FOUND, "bench.work", "There is no work \"%.*s\".", CN_ARG(name));
    if (w->file && !read_named(b, w->file, number, &in->text, err)) return false;
    if (w->ready && !w->ready(b, in, err)) return false;
    *work = w;
    return true;
}

bool cn_bench_once(const cn_bench *b, const cn_work *work, const cn_bench_input *in, cn_err *err) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    return work->once(b, in, a, err);
}

/* ---- What they share ---- */

static bool load_list(void *self, cn_arena *a, cn_slice url, cn_document *out, cn_err *err) {
    (void)a;
    const cn_bench *b = self;
    if (!cn_slice_eq(url, CN_S("https://college.example/status/3")))
        return cn_fail(err, CN_NOT_FOUND, "bench.url", "%.*s is nowhere.", CN_ARG(url));
    *out = (cn_document){b->status, CN_S("application/json"), url};
    return true;
}

static bool make_keys(cn_bench *b, cn_err *err) {
    uint8_t public[crypto_sign_ed25519_PUBLICKEYBYTES];
    uint8_t *message = cn_arena_alloc(b->arena, 64);
    cn_buf id = cn_buf_on(b->arena, 0);
    if (!message) return cn_fail_memory(err);
    memset(message, 0x5a, 64);
    b->message = cn_slice_bytes(message, 64);
    b->key = (cn_private_key){.kind = CN_KEY_ED25519, .n = sizeof seed};
    memcpy(b->key.bytes, seed, sizeof seed);
    cn_private_key_pair(&b->key);
    (void)crypto_sign_ed25519_seed_keypair(public, b->secret, seed);
    if (!cn_key_public(b->crypto, b->arena, &b->key, &b->public_key, err) ||
        !cn_multikey_write(&id, &b->public_key, err) ||
        !cn_sign(b->crypto, b->arena, &b->key, CN_SHA256, b->message, &b->signature, err))
        return false;
    return cn_arena_print(b->arena, &b->by.method, "did:key:%.*s#%.*s", CN_ARG(cn_buf_slice(&id)),
                          CN_ARG(cn_buf_slice(&id))) ||
           cn_fail_memory(err);
}

static bool make_p256(cn_bench *b, cn_err *err) {
    size_t n = 0;
    b->p256 = EVP_EC_gen("P-256");
    EVP_PKEY_CTX *sign = b->p256 ? EVP_PKEY_CTX_new(b->p256, NULL) : NULL;
    bool good = sign && EVP_PKEY_sign_init(sign) == 1 && EVP_PKEY_sign(sign, NULL, &n, NULL, CN_SD_DIGEST) == 1;
    uint8_t *out = cn_arena_alloc(b->arena, n);
    good = good && out && EVP_PKEY_sign(sign, out, &n, (const unsigned char *)b->message.p, CN_SD_DIGEST) == 1;
    b->p256_signature = cn_slice_bytes(out, n);
    EVP_PKEY_CTX_free(sign);
    return good || cn_fail(err, CN_INTERNAL, "bench.p256", "OpenSSL made no key.");
}

/* As `cairn serve` does: what one work gives back the next one takes. */
static void keep_pages(void) {
    enum { KEPT = 16 << 20, ALONE = 8 << 20 };
    (void)mallopt(M_TRIM_THRESHOLD, KEPT);
    (void)mallopt(M_MMAP_THRESHOLD, ALONE);
}

bool cn_bench_start(cn_bench *b, const char *folder, cn_err *err) {
    *b = (cn_bench){.arena = cn_arena_new((size_t)1 << 30), .folder = folder, .contexts = cn_builtin_loader(NULL)};
    b->lists = (cn_loader){b, load_list};
    if (!cn_crypto_new(&b->crypto, err)) return false;
    b->processed = cn_contexts_new();
    b->kept = cn_lists_new();
    keep_pages();
    b->how = (cn_verify_options){.crypto = b->crypto,
                                 .contexts = &b->contexts,
                                 .processed = b->processed,
                                 .lists = b->kept,
                                 .resolver = &b->lists,
                                 .now = {1780272000, 0}};
    b->by = (cn_sign_options){.crypto = b->crypto,
                              .contexts = &b->contexts,
                              .processed = b->processed,
                              .key = &b->key,
                              .created = {1769932800, 0}};
    return make_keys(b, err) && make_p256(b, err) && read_named(b, "status.json", CN_S(""), &b->status, err);
}

void cn_bench_end(cn_bench *b) {
    EVP_PKEY_free(b->p256);
    cn_lists_free(b->kept);
    cn_contexts_free(b->processed);
    cn_crypto_free(b->crypto);
    cn_arena_free(b->arena);
}
