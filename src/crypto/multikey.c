/* SPDX-License-Identifier: Apache-2.0
 *
 * Multikey (Controlled Identifiers 1.0, section 2.2.2): base58btc of a multicodec
 * (an unsigned varint, shortest form) and the bytes of the key. The numbers are
 * those of the multicodec registry.
 */
#include <sodium.h>

#include "crypto/inside.h"

enum { VARINT_MAX = 4 }; /* the registry's codes of keys fit; longer ones are not keys */

/* The code and what follows it; false when it is no varint in its shortest form. */
static bool read_codec(cn_slice bytes, uint32_t *codec, cn_slice *rest) {
    uint32_t v = 0;
    for (size_t i = 0; i < bytes.n && i < VARINT_MAX; i++) {
        uint8_t byte = (uint8_t)bytes.p[i];
        v |= (uint32_t)(byte & 0x7f) << (7 * i);
        if (byte & 0x80) continue;
        *codec = v;
        *rest = cn_slice_from(bytes, i + 1);
        return byte != 0 || i == 0;
    }
    return false;
}

static bool fail_multikey(cn_err *err, const char *why) {
    return cn_fail(err, CN_INVALID, "key.multikey", "This is no Multikey: %s.", why);
}

/* What a Multikey text holds; on the arena. */
static bool decode(cn_arena *a, cn_slice text, uint32_t *codec, cn_slice *bytes, cn_err *err) {
    if (!cn_slice_starts(text, CN_S("z"))) return fail_multikey(err, "it must begin with the letter z");
    cn_slice all;
    if (!cn_multibase_read(a, text, &all, err)) {
        if (err->code == CN_INVALID) err->id = "key.multikey";
        return false;
    }
    if (!read_codec(all, codec, bytes)) return fail_multikey(err, "it does not begin with the code of a kind");
    return true;
}

static void encode(cn_buf *b, uint32_t codec, cn_slice bytes) {
    uint8_t all[VARINT_MAX + CN_EC_POINT_MAX];
    size_t n = 0;
    for (; codec >= 0x80; codec >>= 7) all[n++] = (uint8_t)(codec | 0x80);
    all[n++] = (uint8_t)codec;
    memcpy(all + n, bytes.p, bytes.n);
    cn_buf_byte(b, 'z');
    cn_base58_write(b, cn_slice_bytes(all, n + bytes.n));
    sodium_memzero(all, sizeof all);
}

static bool fail_codec(uint32_t codec, const char *which, cn_err *err) {
    return cn_fail(err, CN_UNSUPPORTED, "key.kind",
                   "The multicodec 0x%x is no kind of %s key that is handled here.", codec, which);
}

bool cn_multikey_read(cn_arena *a, cn_slice text, cn_public_key *out, cn_err *err) {
    uint32_t codec;
    cn_slice bytes;
    if (!decode(a, text, &codec, &bytes, err)) return false;
    for (cn_key_kind kind = 0; kind < CN_KEY_KIND_COUNT; kind++) {
        const cn_key_row *row = cn_key_row_of(kind);
        if (!row->public_codec || row->public_codec != codec) continue;
        if (!cn_key_shape_ok(row, bytes)) return fail_multikey(err, "the length or form is not that of its kind");
        *out = (cn_public_key){.kind = kind, .bytes = bytes};
        return true;
    }
    return fail_codec(codec, "public", err);
}

bool cn_multikey_write(cn_buf *b, const cn_public_key *key, cn_err *err) {
    const cn_key_row *row = cn_key_row_of(key->kind);
    if (!row->public_codec) return fail_codec(0x1205, "public", err);
    if (!cn_key_shape_ok(row, key->bytes)) return fail_multikey(err, "the length or form is not that of its kind");
    encode(b, row->public_codec, key->bytes);
    return cn_buf_ok(b) || cn_fail_memory(err);
}

static bool take_secret(uint32_t codec, cn_slice bytes, cn_private_key *out, cn_err *err) {
    for (cn_key_kind kind = 0; kind < CN_KEY_KIND_COUNT; kind++) {
        const cn_key_row *row = cn_key_row_of(kind);
        if (!row->secret_codec || row->secret_codec != codec) continue;
        if (bytes.n != row->secret_n) return fail_multikey(err, "the length is not that of its kind");
        *out = (cn_private_key){.kind = kind, .n = bytes.n};
        memcpy(out->bytes, bytes.p, bytes.n);
        return true;
    }
    return fail_codec(codec, "private", err);
}

bool cn_secret_multikey_read(cn_arena *a, cn_slice text, cn_private_key *out, cn_err *err) {
    uint32_t codec;
    cn_slice bytes;
    if (!decode(a, text, &codec, &bytes, err)) return false;
    bool ok = take_secret(codec, bytes, out, err);
    if (bytes.n) sodium_memzero((void *)bytes.p, bytes.n); /* the copy on the arena is ours */
    return ok;
}

bool cn_secret_multikey_write(cn_buf *b, const cn_private_key *key, cn_err *err) {
    const cn_key_row *row = cn_key_row_of(key->kind);
    if (!row->secret_codec) return fail_codec(0x1305, "private", err);
    if (key->n != row->secret_n) return fail_multikey(err, "the length is not that of its kind");
    encode(b, row->secret_codec, cn_slice_bytes(key->bytes, key->n));
    return cn_buf_ok(b) || cn_fail_memory(err);
}
