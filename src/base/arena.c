/* SPDX-License-Identifier: Apache-2.0
 *
 * Arenas: a chain of blocks, filled one after the other. A block is as large as
 * what went before it (from 16 KiB to 1 MiB), or as large as one request needs.
 */
#include <stdarg.h>

#include "base/base.h"

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#define POISON(p, n) ASAN_POISON_MEMORY_REGION(p, n)
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION(p, n)
enum { GAP = 16 };
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#include <sanitizer/asan_interface.h>
#define POISON(p, n) ASAN_POISON_MEMORY_REGION(p, n)
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION(p, n)
enum { GAP = 16 };
#endif
#endif
#ifndef POISON
#define POISON(p, n) ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
enum { GAP = 0 };
#endif

enum { ALIGN = 16, FIRST_BLOCK = 16 << 10, LARGEST_BLOCK = 1 << 20 };

typedef struct block {
    struct block *before;
    size_t size;
    _Alignas(ALIGN) char bytes[];
} block;

struct cn_arena {
    block *top;
    char *at;    /* in the top block: what is handed out next */
    size_t room; /* what may be handed out there without further questions */
    size_t total, peak, max, next_size;
    size_t fail_after; /* 0: never */
};

cn_arena *cn_arena_new(size_t max) {
    cn_arena *a = calloc(1, sizeof *a);
    if (!a) cn_no_memory();
    a->max = max ? max : CN_ARENA_DEFAULT_MAX;
    a->next_size = FIRST_BLOCK;
    return a;
}

static void drop_blocks_above(cn_arena *a, const block *keep) {
    while (a->top != keep) {
        block *b = a->top;
        assert(b); /* otherwise the mark is of another arena, or of what is given back already */
        a->top = b->before;
        UNPOISON(b->bytes, b->size);
        free(b);
    }
}

void cn_arena_free(cn_arena *a) {
    if (!a) return;
    drop_blocks_above(a, NULL);
    free(a);
}

void cn_arena_free_auto(cn_arena **a) {
    cn_arena_free(*a);
}

void cn_no_memory(void) {
    fputs("cairn: out of memory\n", stderr);
    abort();
}

static void add_block(cn_arena *a, size_t least) {
    size_t size = least > a->next_size ? least : a->next_size;
    block *b = malloc(sizeof *b + size);
    if (!b) cn_no_memory();
    b->before = a->top;
    b->size = size;
    POISON(b->bytes, size);
    a->top = b;
    a->at = b->bytes;
    if (a->next_size < LARGEST_BLOCK) a->next_size *= 2;
}

static bool told_to_fail(cn_arena *a) {
    if (a->fail_after == 0) return false;
    if (a->fail_after > 1) a->fail_after--;
    else return true;
    return false;
}

/* Most pieces are small, and a call of memset costs more than they do. */
static void *zeroed(char *p, size_t n, size_t whole) {
    enum { SMALL = 8 * ALIGN };
    UNPOISON(p, n);
    if (GAP > 0 || whole > SMALL) return memset(p, 0, n);
    for (char *q = p; q < p + whole; q += ALIGN) memset(q, 0, ALIGN);
    return p;
}

static size_t left_in_block(const cn_arena *a) {
    return a->top ? (size_t)(a->top->bytes + a->top->size - a->at) : 0;
}

/* None where each allocation has to be looked at: because one shall fail, or has a gap behind it. */
static void set_room(cn_arena *a) {
    size_t left = left_in_block(a), most = a->max - a->total;
    a->room = GAP > 0 || a->fail_after ? 0 : left < most ? left : most;
}

/* Where the room does not do. `taken` is 0 where it overflowed. */
__attribute__((noinline)) static void *alloc_slowly(cn_arena *a, size_t n, size_t taken) {
    if (told_to_fail(a) || !taken || taken > a->max || a->total > a->max - taken) return NULL;
    if (left_in_block(a) < taken + GAP) add_block(a, taken + GAP);
    char *p = a->at;
    a->at += taken + GAP;
    a->total += taken;
    set_room(a);
    return zeroed(p, n, taken);
}

void *cn_arena_alloc(cn_arena *a, size_t n) {
    size_t taken = (n + !n + ALIGN - 1) & ~(size_t)(ALIGN - 1); /* counted whole: many small ones add up */
    if (taken - 1 >= a->room) return alloc_slowly(a, n, taken);
    char *p = a->at;
    a->at += taken;
    a->room -= taken;
    a->total += taken;
    return zeroed(p, n, taken);
}

void *cn_arena_array(cn_arena *a, size_t count, size_t size) {
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes)) return NULL;
    return cn_arena_alloc(a, bytes);
}

void *cn_arena_move(cn_arena *a, void *v, size_t count, size_t *cap, size_t need, size_t size) {
    size_t larger = *cap < 4 ? 4 : *cap * 2;
    if (larger < need) larger = need;
    void *moved = cn_arena_array(a, larger, size);
    if (!moved) return NULL;
    if (count) memcpy(moved, v, count * size);
    *cap = larger;
    return moved;
}

bool cn_arena_copy(cn_arena *a, cn_slice s, cn_slice *out) {
    if (s.n == SIZE_MAX) return false;
    char *p = cn_arena_alloc(a, s.n + 1);
    if (!p) return false;
    if (s.n) memcpy(p, s.p, s.n);
    *out = (cn_slice){p, s.n};
    return true;
}

bool cn_arena_numbered(cn_arena *a, cn_slice head, uint64_t number, cn_slice *out) {
    size_t digits = 1, n;
    for (uint64_t rest = number; rest > 9; rest /= 10) digits++;
    char *p = cn_arena_alloc(a, n = head.n + digits);
    if (!p) return false;
    if (head.n) memcpy(p, head.p, head.n);
    *out = (cn_slice){p, n};
    for (; digits; digits--, number /= 10) p[--n] = (char)('0' + number % 10);
    return true;
}

bool cn_arena_print(cn_arena *a, cn_slice *out, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    assert(n >= 0);
    char *p = cn_arena_alloc(a, (size_t)n + 1);
    if (p) {
        (void)vsnprintf(p, (size_t)n + 1, format, again);
        *out = (cn_slice){p, (size_t)n};
    }
    va_end(again);
    va_end(args);
    return p != NULL;
}

cn_arena_mark cn_arena_get_mark(cn_arena *a) {
    return (cn_arena_mark){a->top, a->top ? (size_t)(a->at - a->top->bytes) : 0, a->total};
}

void cn_arena_reset(cn_arena *a, cn_arena_mark mark) {
    a->peak = cn_arena_peak(a);
    drop_blocks_above(a, mark.block);
    a->total = mark.total;
    if (a->top) {
        a->at = a->top->bytes + mark.used;
        POISON(a->at, a->top->size - mark.used);
    }
    set_room(a);
}

size_t cn_arena_used(const cn_arena *a) {
    return a->total;
}

size_t cn_arena_peak(const cn_arena *a) {
    return a->total > a->peak ? a->total : a->peak;
}

size_t cn_arena_max(const cn_arena *a) {
    return a->max;
}

void cn_arena_fail_after(cn_arena *a, size_t nth) {
    a->fail_after = nth;
    set_room(a);
}
