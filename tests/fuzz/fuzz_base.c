/* SPDX-License-Identifier: Apache-2.0
 *
 * Fuzzing what base reads from strangers: base64, base58, hex, numbers, times and
 * UTF-8. The first byte chooses; what is read comes back the same after writing.
 */
#include <math.h>

#include "base/base.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef bool read_text(cn_arena *a, cn_slice text, cn_slice *out, cn_err *err);
typedef void write_text(cn_buf *b, cn_slice bytes);

/* The bytes of a text that is accepted are written as that text again (hex, in small letters). */
static void there_and_back(cn_arena *a, cn_slice text, read_text *read, write_text *write) {
    cn_buf b = cn_buf_on(a, 0);
    cn_slice bytes;
    cn_err err;
    if (!read(a, text, &bytes, &err)) {
        assert(err.code == CN_INVALID || err.code == CN_LIMIT);
        assert(cn_utf8_invalid(cn_slice_of(err.detail)) == SIZE_MAX);
        return;
    }
    write(&b, bytes);
    assert((write == cn_hex_write ? cn_slice_eq_nocase : cn_slice_eq)(cn_buf_slice(&b), text));
}

static bool read_base64(cn_arena *a, cn_slice text, cn_slice *out, cn_err *err) {
    return cn_base64_read(a, CN_BASE64, text, out, err);
}

static void write_base64(cn_buf *b, cn_slice bytes) {
    cn_base64_write(b, CN_BASE64, bytes);
}

static bool read_base64url(cn_arena *a, cn_slice text, cn_slice *out, cn_err *err) {
    return cn_base64_read(a, CN_BASE64_URL, text, out, err);
}

static void write_base64url(cn_buf *b, cn_slice bytes) {
    cn_base64_write(b, CN_BASE64_URL, bytes);
}

static void try_number(cn_slice text) {
    double v, again;
    char out[CN_NUMBER_MAX];
    if (!cn_number_read(text, &v) || !isfinite(v)) return;
    bool ok = cn_number_read(cn_slice_bytes(out, cn_number_write(v, out)), &again);
    assert(ok && v == again);
    (void)cn_number_write_xsd(v, out);
}

static void try_time(cn_slice text) {
    cn_buf b CN_BUF_AUTO = cn_buf_on(NULL, 0);
    cn_time t, again;
    if (!cn_time_read_loose(text, &t)) return;
    assert(t.ns >= 0 && t.ns < 1000000000);
    cn_date d = cn_time_date(t);
    if (d.year > 999999998 || d.year < -999999998) return; /* a zone may have led into a year of ten digits */
    cn_time_write(&b, t);
    bool zoned, ok = cn_time_read(cn_buf_slice(&b), &again, &zoned);
    assert(ok && zoned && cn_time_cmp(t, again) == 0);
}

static void try_utf8(cn_slice text) {
    size_t end = cn_utf8_invalid(text), pos = 0;
    cn_slice valid = cn_slice_sub(text, 0, end);
    while (pos < valid.n) {
        char bytes[4];
        size_t start = pos, n = cn_utf8_put(cn_utf8_next(valid, &pos), bytes);
        assert(cn_slice_eq(cn_slice_bytes(bytes, n), cn_slice_sub(valid, start, pos)));
    }
    cn_slice half = cn_slice_from(valid, cn_utf8_prefix(valid, valid.n / 2).n);
    assert(cn_utf8_invalid(half) == SIZE_MAX);
    assert(cn_utf8_cmp_utf16(valid, half) == -cn_utf8_cmp_utf16(half, valid));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (!size) return 0;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_slice text = cn_slice_bytes(data + 1, size - 1);
    switch (data[0]) {
    case '4': there_and_back(a, text, read_base64, write_base64); break;
    case 'u': there_and_back(a, text, read_base64url, write_base64url); break;
    case 'z': there_and_back(a, text, cn_base58_read, cn_base58_write); break;
    case 'x': there_and_back(a, text, cn_hex_read, cn_hex_write); break;
    case 'n': try_number(text); break;
    case 't': try_time(text); break;
    default: try_utf8(text); break;
    }
    return 0;
}
