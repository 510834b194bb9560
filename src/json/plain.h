/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room: how far the bytes of a string go on that stand for themselves.
 */
#ifndef CN_JSON_PLAIN_H
#define CN_JSON_PLAIN_H

#include "base/base.h"

/* Values deeper than this are neither read nor written: it bounds every recursion of the room. */
enum { CN_JSON_DEEPEST = 1024 };

/* RFC 8259, section 7: quotation mark, reverse solidus and U+0000 to U+001F do not. */
static inline bool cn_json_is_plain(char c) {
    return c != '"' && c != '\\' && (uint8_t)c >= 0x20;
}

/* The top bit of each of eight bytes that is not plain, and perhaps of bytes above: a borrow reaches a byte's top
 * bit only from a byte that is one itself, so the lowest is exact. */
static inline uint64_t cn_json_not_plain(uint64_t w) {
    const uint64_t ones = 0x0101010101010101, tops = 0x8080808080808080;
    uint64_t quote = w ^ (ones * '"'), solidus = w ^ (ones * '\\');
    uint64_t hit = ((quote - ones) & ~quote) | ((solidus - ones) & ~solidus) | ((w - ones * 0x20) & ~w);
    return hit & tops;
}

/* The position of the first byte from `i` on that is not plain, or the length. */
static inline size_t cn_json_plain_end(cn_slice s, size_t i) {
    uint64_t w;
    while (s.n - i >= sizeof w) {
        memcpy(&w, s.p + i, sizeof w);
        uint64_t hit = cn_json_not_plain(w);
        if (hit && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__) return i + (size_t)__builtin_ctzll(hit) / 8;
        if (hit) break;
        i += sizeof w;
    }
    while (i < s.n && cn_json_is_plain(s.p[i])) i++;
    return i;
}

#endif
