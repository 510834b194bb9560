/* SPDX-License-Identifier: Apache-2.0
 *
 * Buffers: growing by doubling, dropping what does not fit.
 */
#include <stdarg.h>

#include "base/base.h"

enum { DEFAULT_MAX = 64 << 20, FIRST = 256 };

cn_buf cn_buf_on(cn_arena *a, size_t max) {
    return (cn_buf){.arena = a, .max = max ? max : DEFAULT_MAX};
}

void cn_buf_done(cn_buf *b) {
    if (!b) return;
    if (!b->arena) free(b->p);
    *b = cn_buf_on(b->arena, b->max);
}

/* One byte more than cap: where vsnprintf puts its NUL when the text just fits. */
static char *move(cn_buf *b, size_t cap) {
    if (!b->arena) {
        char *p = realloc(b->p, cap + 1);
        if (!p) cn_no_memory();
        return p;
    }
    char *p = cn_arena_alloc(b->arena, cap + 1);
    if (p && b->n) memcpy(p, b->p, b->n);
    return p;
}

bool cn_buf_reserve(cn_buf *b, size_t n) {
    if (b->full) return false;
    if (n <= b->cap - b->n) return true;
    if (n > b->max - b->n) {
        b->full = true;
        return false;
    }
    size_t cap = b->cap ? b->cap : FIRST;
    while (cap < b->n + n) cap *= 2;
    if (cap > b->max) cap = b->max;
    char *p = move(b, cap);
    if (!p) {
        b->full = true;
        return false;
    }
    b->p = p;
    b->cap = cap;
    return true;
}

void cn_buf_print(cn_buf *b, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    assert(n >= 0);
    if (cn_buf_reserve(b, (size_t)n) && b->p) {
        (void)vsnprintf(b->p + b->n, (size_t)n + 1, format, again);
        b->n += (size_t)n;
    }
    va_end(again);
    va_end(args);
}

void cn_buf_u64(cn_buf *b, uint64_t v) {
    char digits[20];
    size_t i = sizeof digits;
    do digits[--i] = (char)('0' + v % 10);
    while (v /= 10);
    cn_buf_add(b, cn_slice_bytes(digits + i, sizeof digits - i));
}

void cn_buf_utf8(cn_buf *b, uint32_t code_point) {
    char bytes[4];
    cn_buf_add(b, cn_slice_bytes(bytes, cn_utf8_put(code_point, bytes)));
}

void cn_buf_clear(cn_buf *b) {
    b->n = 0;
    b->full = false;
}

bool cn_buf_ok(const cn_buf *b) {
    return !b->full;
}

cn_slice cn_buf_slice(const cn_buf *b) {
    return (cn_slice){b->p, b->n};
}
