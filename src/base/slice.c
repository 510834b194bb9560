/* SPDX-License-Identifier: Apache-2.0
 *
 * Slices: comparing, searching and cutting borrowed bytes.
 */
#include "base/base.h"

cn_slice cn_slice_of(const char *cstr) {
    return (cn_slice){cstr, cstr ? strlen(cstr) : 0};
}

int cn_slice_cmp(cn_slice a, cn_slice b) {
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n ? memcmp(a.p, b.p, n) : 0;
    if (order) return order;
    return (a.n > b.n) - (a.n < b.n);
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

bool cn_slice_eq_nocase(cn_slice a, cn_slice b) {
    if (a.n != b.n) return false;
    for (size_t i = 0; i < a.n; i++)
        if (lower(a.p[i]) != lower(b.p[i])) return false;
    return true;
}

bool cn_slice_ends(cn_slice s, cn_slice suffix) {
    return s.n >= suffix.n && cn_slice_eq(cn_slice_from(s, s.n - suffix.n), suffix);
}

size_t cn_slice_find(cn_slice s, cn_slice needle) {
    if (needle.n == 0) return 0;
    if (needle.n > s.n) return SIZE_MAX;
    const char *hit = memmem(s.p, s.n, needle.p, needle.n);
    return hit ? (size_t)(hit - s.p) : SIZE_MAX;
}

bool cn_slice_cut(cn_slice s, char sep, cn_slice *head, cn_slice *tail) {
    size_t at = cn_slice_find_byte(s, sep);
    bool found = at != SIZE_MAX;
    *head = cn_slice_sub(s, 0, at);
    *tail = found ? cn_slice_from(s, at + 1) : (cn_slice){s.p ? s.p + s.n : NULL, 0};
    return found;
}

static bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

cn_slice cn_slice_trim(cn_slice s) {
    while (s.n && is_space(s.p[0])) s = cn_slice_from(s, 1);
    while (s.n && is_space(s.p[s.n - 1])) s.n--;
    return s;
}

bool cn_slice_to_u64(cn_slice s, uint64_t max, uint64_t *out) {
    uint64_t v = 0;
    if (s.n == 0) return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') return false;
        uint64_t digit = (uint64_t)(s.p[i] - '0');
        if (digit > max || v > (max - digit) / 10) return false;
        v = v * 10 + digit;
    }
    *out = v;
    return true;
}

/* SipHash-2-4 (Aumasson, Bernstein: "SipHash: a fast short-input PRF", section 2). */
typedef struct sip {
    uint64_t v0, v1, v2, v3;
} sip;

static uint64_t rotl(uint64_t x, int by) {
    return (x << by) | (x >> (64 - by));
}

static void sip_round(sip *s) {
    s->v0 += s->v1, s->v1 = rotl(s->v1, 13) ^ s->v0, s->v0 = rotl(s->v0, 32);
    s->v2 += s->v3, s->v3 = rotl(s->v3, 16) ^ s->v2;
    s->v0 += s->v3, s->v3 = rotl(s->v3, 21) ^ s->v0;
    s->v2 += s->v1, s->v1 = rotl(s->v1, 17) ^ s->v2, s->v2 = rotl(s->v2, 32);
}

static void sip_word(sip *s, uint64_t m) {
    s->v3 ^= m;
    sip_round(s), sip_round(s);
    s->v0 ^= m;
}

uint64_t cn_slice_hash(cn_slice in) {
    const uint64_t k0 = 0x436169726e206973, k1 = 0x206120737461636b;
    sip s = {k0 ^ 0x736f6d6570736575, k1 ^ 0x646f72616e646f6d, k0 ^ 0x6c7967656e657261, k1 ^ 0x7465646279746573};
    uint64_t m, tail = (uint64_t)in.n << 56;
    size_t whole = in.n & ~(size_t)7;
    for (size_t i = 0; i < whole; i += 8) {
        memcpy(&m, in.p + i, 8);
        sip_word(&s, m);
    }
    for (size_t i = whole; i < in.n; i++) tail |= (uint64_t)(uint8_t)in.p[i] << (8 * (i & 7));
    sip_word(&s, tail);
    s.v2 ^= 0xff;
    for (int i = 0; i < 4; i++) sip_round(&s);
    return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}
