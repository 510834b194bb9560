/* SPDX-License-Identifier: Apache-2.0
 *
 * UTF-8: checking, reading, writing, comparing.
 */
#include "base/base.h"

static bool is_tail(uint8_t b) {
    return (b & 0xc0) == 0x80;
}

/* The length of the well-formed sequence at p (n bytes are left), or 0. Table 3-7. */
static size_t sequence(const uint8_t *p, size_t n) {
    if (p[0] < 0x80) return 1;
    if (p[0] < 0xc2 || p[0] > 0xf4) return 0;
    size_t length = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
    if (n < length) return 0;
    uint8_t low = p[0] == 0xe0 ? 0xa0 : p[0] == 0xf0 ? 0x90 : 0x80;
    uint8_t high = p[0] == 0xed ? 0x9f : p[0] == 0xf4 ? 0x8f : 0xbf;
    if (p[1] < low || p[1] > high) return 0;
    for (size_t i = 2; i < length; i++)
        if (!is_tail(p[i])) return 0;
    return length;
}

size_t cn_utf8_invalid(cn_slice s) {
    const uint8_t *p = (const uint8_t *)s.p;
    size_t i = 0;
    while (i < s.n) {
        uint64_t eight;
        if (s.n - i >= 8 && (memcpy(&eight, p + i, 8), !(eight & 0x8080808080808080))) {
            i += 8;
            continue;
        }
        size_t length = sequence(p + i, s.n - i);
        if (!length) return i;
        i += length;
    }
    return SIZE_MAX;
}

uint32_t cn_utf8_next(cn_slice s, size_t *pos) {
    const uint8_t *p = (const uint8_t *)s.p + *pos;
    if (p[0] < 0x80) return *pos += 1, p[0];
    if (p[0] < 0xe0) return *pos += 2, ((uint32_t)(p[0] & 0x1f) << 6) | (p[1] & 0x3fU);
    if (p[0] < 0xf0)
        return *pos += 3, ((uint32_t)(p[0] & 0x0f) << 12) | ((uint32_t)(p[1] & 0x3f) << 6) | (p[2] & 0x3fU);
    return *pos += 4, ((uint32_t)(p[0] & 0x07) << 18) | ((uint32_t)(p[1] & 0x3f) << 12) |
                          ((uint32_t)(p[2] & 0x3f) << 6) | (p[3] & 0x3fU);
}

size_t cn_utf8_put(uint32_t cp, char out[4]) {
    if (cp < 0x80) return out[0] = (char)cp, 1;
    if (cp < 0x800) return out[0] = (char)(0xc0 | (cp >> 6)), out[1] = (char)(0x80 | (cp & 0x3f)), 2;
    if (cp < 0x10000) {
        out[0] = (char)(0xe0 | (cp >> 12));
        out[1] = (char)(0x80 | ((cp >> 6) & 0x3f));
        out[2] = (char)(0x80 | (cp & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | (cp >> 18));
    out[1] = (char)(0x80 | ((cp >> 12) & 0x3f));
    out[2] = (char)(0x80 | ((cp >> 6) & 0x3f));
    out[3] = (char)(0x80 | (cp & 0x3f));
    return 4;
}

cn_slice cn_utf8_prefix(cn_slice s, size_t max) {
    if (s.n <= max) return s;
    while (max && is_tail((uint8_t)s.p[max])) max--;
    return cn_slice_sub(s, 0, max);
}

/* UTF-16 puts the code points above U+FFFF (surrogates, from D800) before U+E000 to U+FFFF. */
static uint32_t utf16_rank(uint32_t cp) {
    if (cp >= 0x10000) return cp - 0x10000 + 0xd800;
    return cp >= 0xe000 ? cp + 0x100000 : cp;
}

static bool breaks_line(uint32_t c) {
    bool control = c < 0x20 || (c >= 0x7f && c < 0xa0), reorders = c >= 0x202a && c <= 0x202e;
    return control || reorders || (c >= 0x2066 && c <= 0x2069) || c == 0x2028 || c == 0x2029;
}

bool cn_utf8_is_line(cn_slice s) {
    bool line = cn_utf8_invalid(s) == SIZE_MAX;
    for (size_t at = 0; line && at < s.n;) line = !breaks_line(cn_utf8_next(s, &at));
    return line;
}

int cn_utf8_cmp_utf16(cn_slice a, cn_slice b) {
    size_t n = a.n < b.n ? a.n : b.n, i = 0;
    while (i < n && a.p[i] == b.p[i]) i++;
    if (i == n) return (a.n > b.n) - (a.n < b.n);
    while (i && is_tail((uint8_t)a.p[i])) i--;
    size_t at_a = i, at_b = i;
    uint32_t x = utf16_rank(cn_utf8_next(a, &at_a)), y = utf16_rank(cn_utf8_next(b, &at_b));
    return (x > y) - (x < y);
}

void cn_utf8_place(cn_slice s, size_t pos, size_t *line, size_t *column) {
    *line = 1;
    *column = 1;
    for (size_t i = 0; i < pos && i < s.n; i++) {
        if (s.p[i] == '\n') {
            ++*line;
            *column = 1;
        } else if (!is_tail((uint8_t)s.p[i])) {
            ++*column;
        }
    }
}
