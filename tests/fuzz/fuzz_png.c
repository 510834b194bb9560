/* SPDX-License-Identifier: Apache-2.0
 *
 * Fuzzing badges in PNG images: as given, and with the CRC of every chunk set right, so that what is
 * behind that check is reached. What can be baked into comes out again.
 */
#include <zlib.h>

#include "vc/bake.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint32_t read_u32(const uint8_t *b) {
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static void mend(uint8_t *p, size_t n) {
    for (size_t at = 8; n - at >= 12;) {
        uint32_t length = read_u32(p + at);
        if (length > n - at - 12) return;
        uint32_t crc = (uint32_t)crc32_z(0, p + at + 4, length + 4);
        for (size_t i = 0; i < 4; i++) p[at + 8 + length + i] = (uint8_t)(crc >> (24 - 8 * i));
        at += 12 + (size_t)length;
    }
}

static void try_image(cn_arena *a, cn_slice image) {
    cn_slice format, payload, baked;
    cn_err err;
    if (cn_unbake_png(a, image, &payload, &err)) {
        assert(!payload.n || (payload.p >= image.p && payload.p + payload.n <= image.p + image.n));
    } else {
        assert(err.id && err.detail[0] && err.where[0]);
        assert(cn_utf8_invalid(cn_slice_of(err.where)) == SIZE_MAX);
    }
    if (!cn_bake_png(a, image, CN_S("{\"a\":1}"), &baked, &err)) return;
    bool ok = cn_unbake(a, baked, &format, &payload, &err);
    assert(ok && cn_slice_eq(payload, CN_S("{\"a\":1}")));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_slice image = cn_slice_bytes(data, size), mended;
    try_image(a, image);
    bool ok = cn_arena_copy(a, image, &mended);
    assert(ok);
    if (size < 8) return 0;
    mend((uint8_t *)(uintptr_t)mended.p, size);
    try_image(a, mended);
    return 0;
}
