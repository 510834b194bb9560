/* SPDX-License-Identifier: Apache-2.0
 *
 * Fuzzing the bits of status lists. The first byte says whether the text must be
 * prefixed, and whether what follows is the text or the gzip stream in it; what is read is
 * within its limit, and every bit is where a reader of bytes would look for it.
 */
#include "vc/internal.h"

enum { PREFIXED = 1, GZIP = 2, MAX = 1 << 20, LOOKED_AT = 64 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Bits as a reader of bytes would look for them; runs of them are their numbers, one after another. */
static void check_bits(cn_slice bits) {
    uint64_t last = (uint64_t)bits.n * 8;
    for (size_t i = 0; i < bits.n && i < LOOKED_AT; i++)
        for (unsigned k = 0; k < 8; k++) {
            uint64_t first = i * 8 + k, count = last - first < 64 ? last - first : 64, half = count / 2;
            assert(cn_bitstring_value(bits, first, 1) == !!((unsigned char)bits.p[i] & 0x80u >> k));
            uint64_t high = cn_bitstring_value(bits, first, half);
            uint64_t low = cn_bitstring_value(bits, first + half, count - half);
            assert(cn_bitstring_value(bits, first, count) == ((high << (count - half - 1)) << 1 | low));
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (!size) return 0;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new((size_t)8 << 20);
    cn_slice text = cn_slice_bytes(data + 1, size - 1), bits;
    cn_buf encoded = cn_buf_on(a, 0);
    cn_err err;
    if (data[0] & GZIP) {
        cn_buf_byte(&encoded, 'u');
        cn_base64_write(&encoded, CN_BASE64_URL, text);
        if (!cn_buf_ok(&encoded)) return 0;
        text = cn_buf_slice(&encoded);
    }
    if (cn_bitstring_read(a, text, data[0] & PREFIXED, MAX, &bits, &err)) {
        assert(bits.n > 0 && bits.n <= MAX);
        check_bits(bits);
    } else {
        assert((err.code == CN_INVALID || err.code == CN_LIMIT) && err.detail[0]);
    }
    return 0;
}
