/* SPDX-License-Identifier: Apache-2.0
 *
 * Fuzzing the JSON-LD room: what is expanded expands to itself, in safe mode
 * nothing passes that fails without it, and to-RDF ends in quads or in an error. The only
 * contexts are those built in.
 */
#include "jsonld/jsonld.h"

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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new((size_t)64 << 20);
    const cn_loader loader = cn_builtin_loader(NULL);
    cn_jsonld_options options = {.loader = &loader, .base = CN_S("http://example.org/a/b")};
    const cn_json *in, *lax, *safe;
    cn_err err = {0};
    cn_dataset dataset = {0};
    if (!cn_json_read(a, cn_slice_bytes(data, size), NULL, &in, &err)) return 0;
    bool good = expand(a, in, &options, &lax);
    if (good) check_again(a, lax, &options);
    options.safe = true;
    if (expand(a, in, &options, &safe)) {
        assert(good && cn_json_equal(lax, safe));
        check_again(a, safe, &options);
    }
    options.safe = false;
    if (!cn_jsonld_to_rdf(a, in, &options, &dataset, &err)) check_refusal(&err);
    return 0;
}
