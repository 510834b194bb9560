/* SPDX-License-Identifier: Apache-2.0
 *
 * Fuzzing badges in SVG images: what can be baked into comes out again, and a small arena is
 * an answer like any other.
 */
#include "vc/bake.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_refusal(const cn_err *err) {
    assert(err->code != CN_INTERNAL && err->id && err->detail[0]);
    assert(cn_utf8_invalid(cn_slice_of(err->detail)) == SIZE_MAX);
}

static void try_small_arena(cn_slice image) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(64);
    cn_slice payload;
    cn_err err;
    if (!cn_unbake_svg(a, image, &payload, &err)) check_refusal(&err);
}

static void try_baking(cn_arena *a, cn_slice image, cn_slice text) {
    cn_slice format, payload, baked;
    cn_err err;
    if (!cn_bake_svg(a, image, text, &baked, &err)) {
        check_refusal(&err);
        return;
    }
    bool ok = cn_unbake(a, baked, &format, &payload, &err);
    assert(ok && cn_slice_eq(payload, text));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_slice image = cn_slice_bytes(data, size), payload;
    cn_err err;
    try_small_arena(image);
    if (!cn_unbake_svg(a, image, &payload, &err)) check_refusal(&err);
    else assert(payload.n > 0);
    try_baking(a, image, CN_S("{\"a\":\"]]>\"}"));
    try_baking(a, image, CN_S("a.b.c"));
    return 0;
}
