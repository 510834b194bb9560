/* SPDX-License-Identifier: Apache-2.0
 *
 * Fuzzing the JSON-LD room: what is expanded expands to itself, in safe mode
 * nothing passes that fails without it, and to-RDF ends in quads or in an error. What is flattened, and what comes
 * back from RDF, says in RDF what was said before. What is compacted can be an input again, or is refused; no
 * input is changed. The only contexts are those built in.
 */
#include <stdlib.h>

#include "jsonld/jsonld.h"

enum { WORK = 3000 }; /* of canonicalisation: this is not its target */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_refusal(const cn_err *err) {
    assert(err->code == CN_INVALID || err->code == CN_LIMIT || err->code == CN_NOT_FOUND);
    assert(err->id && err->detail[0]);
    assert(cn_utf8_invalid(cn_slice_of(err->detail)) == SIZE_MAX);
}

static bool expand(cn_arena *a, const cn_json *in, const cn_jsonld_options *options, const cn_json **out) {
    cn_err err = {0};
    bool ok = cn_jsonld_expand(a, in, options, out, &err);
    if (!ok) check_refusal(&err);
    return ok;
}

/* Expansion leaves what it made as it is, unless something in it is dropped once more at the top. */
static void check_again(cn_arena *a, const cn_json *once, const cn_jsonld_options *options) {
    const cn_json *twice;
    bool ok = expand(a, once, options, &twice);
    if (options->safe) assert(ok && cn_json_equal(once, twice));
}

/* False where the graph takes too much work. */
static bool canonize(cn_arena *a, const cn_dataset *d, cn_slice *out) {
    static cn_crypto *crypto;
    cn_err err = {0};
    cn_rdfc result;
    if (!crypto && !cn_crypto_new(&crypto, &err)) abort();
    if (!cn_rdfc_canonize(crypto, a, d, &(cn_rdfc_options){.max_work = WORK}, &result, &err)) return false;
    *out = result.nquads;
    return true;
}

/* The same quads, but for what blank nodes are called; memory may end. */
static void check_same(cn_arena *a, const cn_json *document, const cn_jsonld_options *options, cn_slice expected) {
    cn_dataset quads;
    cn_slice got;
    cn_err err = {0};
    bool done = cn_jsonld_to_rdf(a, document, options, &quads, &err);
    assert(done || err.code == CN_LIMIT);
    if (done && canonize(a, &quads, &got)) assert(cn_slice_eq(got, expected));
}

/* A document of which nothing is dropped. */
static void check_round(cn_arena *a, const cn_json *in, cn_jsonld_options *options) {
    cn_dataset quads;
    cn_slice canonical;
    const cn_json *out;
    cn_err err = {0};
    if (!cn_jsonld_to_rdf(a, in, options, &quads, &err) || !canonize(a, &quads, &canonical)) return;
    if (cn_jsonld_flatten(a, in, NULL, options, &out, &err)) check_same(a, out, options, canonical);
    else assert(err.code == CN_LIMIT);
    if (cn_jsonld_from_rdf(a, &quads, options, &out, &err)) check_same(a, out, options, canonical);
    else assert(err.code == CN_LIMIT);
}

static void check_compact(cn_arena *a, const cn_json *in, const cn_jsonld_options *options) {
    const cn_json *out, *again;
    cn_err err = {0};
    if (!cn_jsonld_compact(a, in, cn_json_get(in, CN_S("@context")), options, &out, &err)) {
        check_refusal(&err);
        return;
    }
    assert(out->type == CN_JSON_OBJECT);
    (void)expand(a, out, options, &again);
    if (!cn_jsonld_flatten(a, in, in, options, &out, &err)) check_refusal(&err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new((size_t)64 << 20);
    const cn_loader loader = cn_builtin_loader(NULL);
    cn_jsonld_options options = {.loader = &loader, .base = CN_S("http://example.org/a/b")};
    const cn_json *in, *same, *lax, *safe;
    cn_err err = {0};
    cn_dataset dataset = {0};
    if (!cn_json_read(a, cn_slice_bytes(data, size), NULL, &in, &err)) return 0;
    bool good = expand(a, in, &options, &lax);
    if (good) check_again(a, lax, &options);
    options.safe = true;
    if (expand(a, in, &options, &safe)) {
        assert(good && cn_json_equal(lax, safe));
        check_again(a, safe, &options);
        check_round(a, in, &options);
    }
    options.safe = false;
    check_compact(a, in, &options);
    if (!cn_jsonld_to_rdf(a, in, &options, &dataset, &err)) check_refusal(&err);
    if (cn_json_read(a, cn_slice_bytes(data, size), NULL, &same, &err)) assert(cn_json_equal(in, same));
    return 0;
}
