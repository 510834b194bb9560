/* SPDX-License-Identifier: Apache-2.0
 *
 * Slices: a borrowed view of bytes. Every string in Cairn is one; it may hold
 * NUL, is not terminated, and never owns what it points at.
 */
#ifndef CN_BASE_SLICE_H
#define CN_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct cn_slice {
    const char *p; /* borrowed; may be NULL only when n is 0 */
    size_t n;      /* bytes */
} cn_slice;

/* A slice of a string literal, without counting at run time. */
#define CN_S(literal) ((cn_slice){"" literal, sizeof(literal) - 1})
/* For static tables, where a compound literal is no constant. */
#define CN_S_INIT(literal)                                                                                        \
    { "" literal, sizeof(literal) - 1 }
/* The two arguments of "%.*s". */
#define CN_ARG(s) ((int)((s).n > 0x7fffffff ? 0x7fffffff : (s).n)), ((s).p ? (s).p : "")

/* A view of a NUL-terminated string; NULL gives the empty slice. */
cn_slice cn_slice_of(const char *cstr);
/* A view of bytes. */
static inline cn_slice cn_slice_bytes(const void *bytes, size_t n) {
    return (cn_slice){(const char *)bytes, n};
}

static inline bool cn_slice_eq(cn_slice a, cn_slice b) {
    return a.n == b.n && (a.n == 0 || a.p == b.p || memcmp(a.p, b.p, a.n) == 0);
}
/* Order of unsigned bytes (for UTF-8 this is code point order): <0, 0, >0. */
int cn_slice_cmp(cn_slice a, cn_slice b);
/* Equal when ASCII letters are taken in lower case; other bytes as they are. */
bool cn_slice_eq_nocase(cn_slice a, cn_slice b);
bool cn_slice_ends(cn_slice s, cn_slice suffix);

/* The part from `from` up to `to` (both are cut to the length). */
static inline cn_slice cn_slice_sub(cn_slice s, size_t from, size_t to) {
    if (to > s.n) to = s.n;
    if (from > to) from = to;
    return (cn_slice){from ? s.p + from : s.p, to - from};
}
/* The part from `from` to the end. */
static inline cn_slice cn_slice_from(cn_slice s, size_t from) {
    return cn_slice_sub(s, from, s.n);
}

static inline bool cn_slice_starts(cn_slice s, cn_slice prefix) {
    return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

/* Where it begins, or SIZE_MAX when it is not there. */
size_t cn_slice_find(cn_slice s, cn_slice needle);
static inline size_t cn_slice_find_byte(cn_slice s, char byte) {
    const char *hit = s.n ? (const char *)memchr(s.p, byte, s.n) : NULL;
    return hit ? (size_t)(hit - s.p) : SIZE_MAX;
}

/* Splits at the first `sep`: `*head` before it, `*tail` after it. False, with
 * `*head` = s and `*tail` empty, when there is none. */
bool cn_slice_cut(cn_slice s, char sep, cn_slice *head, cn_slice *tail);
/* Without the ASCII white space at both ends. */
cn_slice cn_slice_trim(cn_slice s);

/* A decimal number without sign or space; false when it is none, or above max. */
bool cn_slice_to_u64(cn_slice s, uint64_t max, uint64_t *out);

/* SipHash-2-4 under a fixed key: good mixing, and nobody can cheaply make many
 * inputs with one value (maps rely on it). No MAC: the key is public. */
uint64_t cn_slice_hash(cn_slice s);

#endif
