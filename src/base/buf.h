/* SPDX-License-Identifier: Apache-2.0
 *
 * Buffers: bytes that grow, up to a maximum set at birth.
 *
 * Writing past the maximum (or past the arena's) sets `full` and drops the
 * write; later writes are dropped too. So a writer may append freely and ask once
 * at the end: `if (!cn_buf_ok(&b)) return cn_fail_memory(err);`.
 */
#ifndef CN_BASE_BUF_H
#define CN_BASE_BUF_H

#include "base/arena.h"

typedef struct cn_buf {
    char *p; /* on the arena, or owned when arena is NULL */
    size_t n, cap, max;
    cn_arena *arena; /* borrowed; NULL: malloc */
    bool full;
} cn_buf;

/* A buffer on an arena (freed with it) or, with a = NULL, on malloc (cn_buf_done).
 * max in bytes; 0 means 64 MiB. */
cn_buf cn_buf_on(cn_arena *a, size_t max);
/* Frees what a malloc buffer holds and empties it. */
void cn_buf_done(cn_buf *b);
#define CN_BUF_AUTO __attribute__((cleanup(cn_buf_done)))

/* Room for n more bytes, to be written at b->p + b->n by the caller, who then adds to b->n. */
__attribute__((warn_unused_result)) bool cn_buf_reserve(cn_buf *b, size_t n);

static inline bool cn_buf_has_room(const cn_buf *b, size_t n) {
    return n <= b->cap - b->n && !b->full;
}

static inline void cn_buf_add(cn_buf *b, cn_slice s) {
    if (!s.n || (!cn_buf_has_room(b, s.n) && !cn_buf_reserve(b, s.n))) return;
    memcpy(b->p + b->n, s.p, s.n);
    b->n += s.n;
}

static inline void cn_buf_byte(cn_buf *b, char byte) {
    if (!cn_buf_has_room(b, 1) && !cn_buf_reserve(b, 1)) return;
    b->p[b->n++] = byte;
}

__attribute__((format(printf, 2, 3))) void cn_buf_print(cn_buf *b, const char *format, ...);
void cn_buf_u64(cn_buf *b, uint64_t v);
/* The code point as UTF-8. */
void cn_buf_utf8(cn_buf *b, uint32_t code_point);
/* Forgets the content; keeps the memory. */
void cn_buf_clear(cn_buf *b);

bool cn_buf_ok(const cn_buf *b);
/* What was written: borrowed until the next write. */
cn_slice cn_buf_slice(const cn_buf *b);

#endif
