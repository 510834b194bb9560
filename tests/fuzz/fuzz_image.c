/* SPDX-License-Identifier: Apache-2.0
 *
 * Fuzzing uploaded images: as given, and with the CRC of every chunk set right, so that what is behind that check
 * is reached. What is accepted comes out as a PNG that is accepted again.
 */
#include <zlib.h>

#include "draw/draw.h"

#include "base/base.h"

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

static void try_image(cn_slice image) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new((size_t)64 << 20);
    cn_slice clean, again;
    cn_err err;
    if (!cn_draw_image_clean(a, image, &clean, &err)) {
        assert(err.id && err.detail[0] && cn_utf8_invalid(cn_slice_of(err.detail)) == SIZE_MAX);
        return;
    }
    uint32_t side = read_u32((const uint8_t *)clean.p + 16);
    assert(side >= CN_IMAGE_SIDE_MIN && side <= CN_IMAGE_CLEAN_SIDE_MAX);
    assert(side == read_u32((const uint8_t *)clean.p + 20));
    bool ok = cn_draw_image_clean(a, clean, &again, &err);
    assert(ok);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_slice image = cn_slice_bytes(data, size), mended;
    try_image(image);
    if (size < 8) return 0;
    bool ok = cn_arena_copy(a, image, &mended);
    assert(ok);
    mend((uint8_t *)(uintptr_t)mended.p, size);
    try_image(mended);
    return 0;
}
