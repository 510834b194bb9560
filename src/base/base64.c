/* SPDX-License-Identifier: Apache-2.0
 *
 * Bytes as text: base64, base58btc, multibase, hex.
 */
#include "base/base.h"

static bool bad(cn_err *err, const char *id, const char *what, cn_slice text, size_t at) {
    char where[48];
    int n = snprintf(where, sizeof where, "character %zu", at);
    cn_slice place = cn_slice_bytes(where, (size_t)n);
    if (at >= text.n) return cn_fail_at(err, CN_INVALID, id, place, "This is not %s: it ends too early.", what);
    return cn_fail_at(err, CN_INVALID, id, place, "This is not %s: byte 0x%02x does not belong here.", what,
                      (unsigned)(uint8_t)text.p[at]);
}

/* ---- base64 (RFC 4648, sections 4 and 5) ---- */

static const char alphabet[2][65] = {
    [CN_BASE64] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
    [CN_BASE64_URL] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
};

void cn_base64_write(cn_buf *b, cn_base64 kind, cn_slice bytes) {
    const char *letters = alphabet[kind];
    size_t length = kind == CN_BASE64 ? (bytes.n + 2) / 3 * 4 : bytes.n / 3 * 4 + (bytes.n % 3 * 4 + 2) / 3;
    if (!cn_buf_reserve(b, length)) return;
    for (size_t i = 0; i < bytes.n; i += 3) {
        size_t left = bytes.n - i;
        const uint8_t *p = (const uint8_t *)bytes.p + i;
        uint32_t v = (uint32_t)p[0] << 16 | (left > 1 ? (uint32_t)p[1] << 8 : 0) | (left > 2 ? p[2] : 0U);
        cn_buf_byte(b, letters[v >> 18]);
        cn_buf_byte(b, letters[v >> 12 & 63]);
        if (left > 1) cn_buf_byte(b, letters[v >> 6 & 63]);
        else if (kind == CN_BASE64) cn_buf_byte(b, '=');
        if (left > 2) cn_buf_byte(b, letters[v & 63]);
        else if (kind == CN_BASE64) cn_buf_byte(b, '=');
    }
}

/* What each letter stands for, and one more: 0 for what is none. */
#define LETTERS                                                                                                   \
    ['A'] = 1, ['B'] = 2, ['C'] = 3, ['D'] = 4, ['E'] = 5, ['F'] = 6, ['G'] = 7, ['H'] = 8, ['I'] = 9,            \
    ['J'] = 10, ['K'] = 11, ['L'] = 12, ['M'] = 13, ['N'] = 14, ['O'] = 15, ['P'] = 16, ['Q'] = 17, ['R'] = 18,   \
    ['S'] = 19, ['T'] = 20, ['U'] = 21, ['V'] = 22, ['W'] = 23, ['X'] = 24, ['Y'] = 25, ['Z'] = 26, ['a'] = 27,   \
    ['b'] = 28, ['c'] = 29, ['d'] = 30, ['e'] = 31, ['f'] = 32, ['g'] = 33, ['h'] = 34, ['i'] = 35, ['j'] = 36,   \
    ['k'] = 37, ['l'] = 38, ['m'] = 39, ['n'] = 40, ['o'] = 41, ['p'] = 42, ['q'] = 43, ['r'] = 44, ['s'] = 45,   \
    ['t'] = 46, ['u'] = 47, ['v'] = 48, ['w'] = 49, ['x'] = 50, ['y'] = 51, ['z'] = 52, ['0'] = 53, ['1'] = 54,   \
    ['2'] = 55, ['3'] = 56, ['4'] = 57, ['5'] = 58, ['6'] = 59, ['7'] = 60, ['8'] = 61, ['9'] = 62
static const uint8_t digits_of[2][256] = {
    [CN_BASE64] = {LETTERS, ['+'] = 63, ['/'] = 64},
    [CN_BASE64_URL] = {LETTERS, ['-'] = 63, ['_'] = 64},
};

static int base64_digit(cn_base64 kind, char c) {
    return digits_of[kind][(uint8_t)c] - 1;
}

/* Three bytes of four letters each; how many letters it took before one that is none. */
static size_t read_fours(cn_base64 kind, cn_slice letters, uint8_t *out) {
    const uint8_t *digits = digits_of[kind];
    size_t i = 0;
    for (; i + 4 <= letters.n; i += 4, out += 3) {
        const uint8_t *p = (const uint8_t *)letters.p + i;
        uint32_t a = digits[p[0]], b = digits[p[1]], c = digits[p[2]], d = digits[p[3]];
        if (!a || !b || !c || !d) break;
        uint32_t bits = (a - 1) << 18 | (b - 1) << 12 | (c - 1) << 6 | (d - 1);
        out[0] = (uint8_t)(bits >> 16);
        out[1] = (uint8_t)(bits >> 8);
        out[2] = (uint8_t)bits;
    }
    return i;
}

/* The text without its padding; false when there is too much or too little. */
static bool strip_padding(cn_base64 kind, cn_slice *text) {
    if (kind == CN_BASE64_URL) return text->n % 4 != 1;
    if (text->n % 4) return false;
    for (int i = 0; i < 2 && text->n && text->p[text->n - 1] == '='; i++) text->n--;
    return true;
}

bool cn_base64_read(cn_arena *a, cn_base64 kind, cn_slice text, cn_slice *out, cn_err *err) {
    const char *what = kind == CN_BASE64 ? "base64" : "base64url without padding";
    cn_slice digits = text;
    if (!strip_padding(kind, &digits)) return bad(err, "base64.syntax", what, text, text.n);
    uint8_t *bytes = cn_arena_alloc(a, digits.n / 4 * 3 + 3);
    if (!bytes) return cn_fail_memory(err);
    uint32_t bits = 0, have = 0;
    size_t read = read_fours(kind, digits, bytes), n = read / 4 * 3;
    for (size_t i = read; i < digits.n; i++) {
        int digit = base64_digit(kind, digits.p[i]);
        if (digit < 0) return bad(err, "base64.syntax", what, text, i);
        bits = bits << 6 | (uint32_t)digit;
        have += 6;
        if (have >= 8) have -= 8, bytes[n++] = (uint8_t)(bits >> have);
    }
    if (bits & ((1U << have) - 1)) return bad(err, "base64.syntax", what, text, digits.n - 1);
    *out = cn_slice_bytes(bytes, n);
    return true;
}

/* ---- base58btc: a number in base 58, a '1' for each leading zero byte ---- */

enum { BASE58_MAX = 1024 };
static const char base58_letters[] = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/* Five letters are a limb; the least one first. */
enum { FIVE = 58 * 58 * 58 * 58 * 58 };

/* Without the zeros in front of the first limb's letters. */
static void write_limbs(cn_buf *b, const uint32_t *limbs, size_t n) {
    char letters[5];
    for (size_t i = n; i-- > 0;) {
        uint32_t rest = limbs[i];
        size_t at = sizeof letters;
        while (at > 0 && (rest || i + 1 < n)) letters[--at] = base58_letters[rest % 58], rest /= 58;
        cn_buf_add(b, cn_slice_bytes(letters + at, sizeof letters - at));
    }
}

void cn_base58_write(cn_buf *b, cn_slice bytes) {
    assert(bytes.n <= BASE58_MAX);
    uint32_t limbs[BASE58_MAX * 138 / 100 / 5 + 2];
    size_t n = 0, zeros = 0;
    while (zeros < bytes.n && bytes.p[zeros] == 0) zeros++;
    for (size_t i = zeros, taken; i < bytes.n; i += taken) {
        uint64_t carry = 0;
        for (taken = 0; taken < 4 && i + taken < bytes.n; taken++)
            carry = carry << 8 | (uint8_t)bytes.p[i + taken];
        for (size_t j = 0; j < n; j++, carry /= FIVE) {
            carry += (uint64_t)limbs[j] << (8 * taken);
            limbs[j] = (uint32_t)(carry % FIVE);
        }
        for (; carry; carry /= FIVE) limbs[n++] = (uint32_t)(carry % FIVE);
    }
    for (size_t i = 0; i < zeros; i++) cn_buf_byte(b, '1');
    write_limbs(b, limbs, n);
}

/* A number in limbs, the least one first. */
typedef struct limbs {
    uint32_t v[BASE58_MAX / 5 + 1]; /* a limb has room for five letters */
    size_t n;
} limbs;

static void multiply_add(limbs *l, uint32_t factor, uint32_t summand) {
    uint64_t carry = summand;
    for (size_t i = 0; i < l->n; i++, carry >>= 32) {
        carry += (uint64_t)l->v[i] * factor;
        l->v[i] = (uint32_t)carry;
    }
    if (carry) l->v[l->n++] = (uint32_t)carry;
}

static uint8_t limb_byte(const limbs *l, size_t i) {
    return (uint8_t)(l->v[i / 4] >> (8 * (i % 4)));
}

bool cn_base58_read(cn_arena *a, cn_slice text, cn_slice *out, cn_err *err) {
    if (text.n > BASE58_MAX)
        return cn_fail(err, CN_LIMIT, "base58.size", "A base58 text may have %d characters at most.", BASE58_MAX);
    limbs l = {.n = 0};
    size_t zeros = 0, five = 0;
    uint32_t factor = 1, sum = 0;
    while (zeros < text.n && text.p[zeros] == '1') zeros++;
    for (size_t i = zeros; i < text.n; i++) {
        const char *letter = text.p[i] ? strchr(base58_letters, text.p[i]) : NULL;
        if (!letter) return bad(err, "base58.syntax", "base58", text, i);
        sum = sum * 58 + (uint32_t)(letter - base58_letters);
        factor *= 58;
        if (++five < 5 && i + 1 < text.n) continue;
        multiply_add(&l, factor, sum);
        five = 0;
        sum = 0;
        factor = 1;
    }
    size_t n = 4 * l.n;
    while (n && !limb_byte(&l, n - 1)) n--;
    uint8_t *bytes = cn_arena_alloc(a, zeros + n);
    if (!bytes) return cn_fail_memory(err);
    for (size_t i = 0; i < n; i++) bytes[zeros + i] = limb_byte(&l, n - 1 - i);
    *out = cn_slice_bytes(bytes, zeros + n);
    return true;
}

bool cn_multibase_read(cn_arena *a, cn_slice text, cn_slice *out, cn_err *err) {
    if (text.n && text.p[0] == 'z') return cn_base58_read(a, cn_slice_from(text, 1), out, err);
    if (text.n && text.p[0] == 'u') return cn_base64_read(a, CN_BASE64_URL, cn_slice_from(text, 1), out, err);
    return cn_fail(err, CN_INVALID, "multibase.prefix",
                   "A multibase text begins with 'z' (base58btc) or 'u' (base64url); this one does not.");
}

/* ---- hex ---- */

void cn_hex_write(cn_buf *b, cn_slice bytes) {
    static const char letters[] = "0123456789abcdef";
    for (size_t i = 0; i < bytes.n; i++) {
        cn_buf_byte(b, letters[(uint8_t)bytes.p[i] >> 4]);
        cn_buf_byte(b, letters[(uint8_t)bytes.p[i] & 15]);
    }
}

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool cn_hex_read(cn_arena *a, cn_slice text, cn_slice *out, cn_err *err) {
    if (text.n % 2) return bad(err, "hex.syntax", "hex", text, text.n);
    uint8_t *bytes = cn_arena_alloc(a, text.n / 2);
    if (!bytes) return cn_fail_memory(err);
    for (size_t i = 0; i < text.n; i++) {
        int digit = hex_digit(text.p[i]);
        if (digit < 0) return bad(err, "hex.syntax", "hex", text, i);
        bytes[i / 2] = (uint8_t)(bytes[i / 2] << 4 | digit);
    }
    *out = cn_slice_bytes(bytes, text.n / 2);
    return true;
}
