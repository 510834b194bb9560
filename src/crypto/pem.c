/* SPDX-License-Identifier: Apache-2.0
 *
 * RSA public keys in PEM (RFC 7468): SubjectPublicKeyInfo (RFC 5280, 4.1.2.7) and RSAPublicKey (RFC 8017, A.1.1).
 *
 * Only what such a key is made of is read of DER: sequences, one object identifier, a bit string, two integers,
 * each with a length in its shortest form.
 */
#include "crypto/inside.h"

enum { INTEGER = 0x02, BITS = 0x03, SEQUENCE = 0x30 };

static bool fail_pem(cn_err *err, const char *why) {
    return cn_fail(err, CN_INVALID, "key.pem", "This is no RSA key in PEM: %s.", why);
}

/* One value with this tag from the front of `*rest`. */
static bool take(cn_slice *rest, uint8_t tag, cn_slice *out) {
    const uint8_t *p = (const uint8_t *)rest->p;
    size_t head = 2, n;
    if (rest->n < 2 || p[0] != tag) return false;
    n = p[1];
    if (n > 0x80) { /* that many bytes of length follow */
        size_t bytes = n & 0x7f;
        if (bytes > 2 || rest->n < 2 + bytes) return false;
        n = bytes == 1 ? p[2] : (size_t)p[2] << 8 | p[3];
        if (n < (bytes == 1 ? 0x80U : 0x100U)) return false;
        head += bytes;
    } else if (n == 0x80) {
        return false;
    }
    if (rest->n - head < n) return false;
    *out = cn_slice_sub(*rest, head, head + n);
    *rest = cn_slice_from(*rest, head + n);
    return true;
}

/* A positive number without its sign byte. */
static bool take_number(cn_slice *rest, cn_slice *out) {
    if (!take(rest, INTEGER, out) || !out->n || (uint8_t)out->p[0] & 0x80) return false;
    if (!out->p[0]) *out = cn_slice_from(*out, 1);
    return out->n > 0;
}

static bool read_pair(cn_slice der, cn_public_key *key) {
    cn_slice pair;
    return take(&der, SEQUENCE, &pair) && !der.n && take_number(&pair, &key->bytes) &&
           take_number(&pair, &key->exponent) && !pair.n;
}

/* The RSAPublicKey in a SubjectPublicKeyInfo. */
static bool open_info(cn_slice der, cn_slice *pair) {
    static const cn_slice algorithm = /* rsaEncryption, no parameters */
        CN_S_INIT("\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00");
    cn_slice info, name, bits;
    if (!take(&der, SEQUENCE, &info) || der.n || !take(&info, SEQUENCE, &name) || !cn_slice_eq(name, algorithm))
        return false;
    if (!take(&info, BITS, &bits) || info.n || !bits.n || bits.p[0]) return false; /* no unused bits */
    *pair = cn_slice_from(bits, 1);
    return true;
}

/* What stands between the lines, without its line ends. */
static bool between(cn_arena *a, cn_slice text, cn_slice begin, cn_slice end, cn_slice *der, bool *found,
                    cn_err *err) {
    size_t from = cn_slice_find(text, begin), to = cn_slice_find(text, end);
    cn_buf b = cn_buf_on(a, 0);
    *found = from != SIZE_MAX && to != SIZE_MAX && to > from;
    if (!*found) return true;
    for (size_t i = from + begin.n; i < to; i++)
        if ((uint8_t)text.p[i] > ' ') cn_buf_byte(&b, text.p[i]);
    if (!cn_buf_ok(&b)) return cn_fail_memory(err);
    return cn_base64_read(a, CN_BASE64, cn_buf_slice(&b), der, err) ||
           (err->code != CN_LIMIT && fail_pem(err, "its text is not base64"));
}

bool cn_pem_read(cn_arena *a, cn_slice text, cn_public_key *out, cn_err *err) {
    CN_OPENSSL_QUIET;
    cn_public_key key = {.kind = CN_KEY_RSA};
    cn_slice der;
    bool info, pair;
    if (!between(a, text, CN_S("-----BEGIN PUBLIC KEY-----"), CN_S("-----END PUBLIC KEY-----"), &der, &info, err))
        return false;
    pair = info;
    if (info && !open_info(der, &der)) return fail_pem(err, "it is not built as one, or of another kind");
    if (!info && !between(a, text, CN_S("-----BEGIN RSA PUBLIC KEY-----"), CN_S("-----END RSA PUBLIC KEY-----"),
                          &der, &pair, err))
        return false;
    if (!pair) return fail_pem(err, "no line begins one");
    if (!read_pair(der, &key)) return fail_pem(err, "it is not built as one");
    if (!cn_rsa_key_ok(&key, err)) return false;
    *out = key;
    return true;
}
