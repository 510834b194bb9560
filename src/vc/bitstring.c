/* SPDX-License-Identifier: Apache-2.0
 *
 * The bits of a status list: Bitstring Status List 1.0, section 3.4 (Bitstring
 * Expansion) and 3.3 (Generation), and the unprefixed text of StatusList2021. Whose bits they are, and what they
 * mean, is the status step's affair.
 */
#include <libdeflate.h>

#include "vc/internal.h"

enum { GZIP_MIN = 18 }; /* header and trailer around nothing */

/* RFC 1952, 2.3.1: the last four bytes tell the size, which the inflater then holds it to. */
static size_t gzip_size(cn_slice gzip) {
    const unsigned char *p = (const unsigned char *)gzip.p + gzip.n - 4;
    return (size_t)p[0] | (size_t)p[1] << 8 | (size_t)p[2] << 16 | (size_t)p[3] << 24;
}

static bool inflate(cn_slice gzip, uint8_t *out, size_t n) {
    size_t written = 0;
    struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
    if (!d) cn_no_memory();
    enum libdeflate_result r = libdeflate_gzip_decompress(d, gzip.p, gzip.n, out, n, &written);
    libdeflate_free_decompressor(d);
    return r == LIBDEFLATE_SUCCESS && written == n;
}

static bool decode(cn_arena *a, cn_slice text, bool prefixed, cn_slice *gzip, cn_err *err) {
    if (cn_slice_starts(text, CN_S("u"))) text = cn_slice_from(text, 1); /* gzip's text begins with H: no doubt */
    else if (prefixed) return cn_fail(err, CN_INVALID, "bitstring.prefix", "its bits are not in multibase.");
    while (!prefixed && cn_slice_ends(text, CN_S("="))) text.n--; /* StatusList2021 does not say */
    if (cn_base64_read(a, CN_BASE64_URL, text, gzip, err)) return true;
    if (err->code == CN_LIMIT) return false;
    return cn_fail(err, CN_INVALID, "bitstring.base64", "its bits are not base64url.");
}

bool cn_bitstring_read(cn_arena *a, cn_slice text, bool prefixed, size_t max, cn_slice *out, cn_err *err) {
    cn_slice gzip;
    if (!decode(a, text, prefixed, &gzip, err)) return false;
    if (gzip.n < GZIP_MIN || !gzip_size(gzip))
        return cn_fail(err, CN_INVALID, "bitstring.empty", "it holds no bits.");
    size_t n = gzip_size(gzip);
    if (n > max) return cn_fail(err, CN_LIMIT, "bitstring.size", "it is larger than is accepted here.");
    uint8_t *bits = cn_arena_alloc(a, n);
    if (!bits) return cn_fail_memory(err);
    if (!inflate(gzip, bits, n)) return cn_fail(err, CN_INVALID, "bitstring.damaged", "its bits are damaged.");
    *out = cn_slice_bytes(bits, n);
    return true;
}

bool cn_bitstring_write(cn_arena *a, cn_slice bits, cn_slice *out, cn_err *err) {
    enum { LEVEL = 9 };
    cn_buf text = cn_buf_on(a, 0);
    struct libdeflate_compressor *c = libdeflate_alloc_compressor(LEVEL);
    if (!c) cn_no_memory();
    size_t max = libdeflate_gzip_compress_bound(c, bits.n);
    uint8_t *gzip = cn_arena_alloc(a, max);
    size_t n = gzip ? libdeflate_gzip_compress(c, bits.p, bits.n, gzip, max) : 0;
    libdeflate_free_compressor(c);
    if (!n) return cn_fail_memory(err);
    cn_buf_byte(&text, 'u');
    cn_base64_write(&text, CN_BASE64_URL, cn_slice_bytes(gzip, n));
    if (!cn_buf_ok(&text)) return cn_fail_memory(err);
    *out = cn_buf_slice(&text);
    return true;
}

uint64_t cn_bitstring_value(cn_slice bits, uint64_t first, uint64_t count) {
    uint64_t value = 0;
    assert(count <= 64 && first <= (uint64_t)bits.n * 8 && count <= (uint64_t)bits.n * 8 - first);
    for (uint64_t at = first; at < first + count; at++)
        value = value << 1 | (((unsigned char)bits.p[at / 8] >> (7 - at % 8)) & 1);
    return value;
}
