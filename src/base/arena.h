/* SPDX-License-Identifier: Apache-2.0
 *
 * Arenas: memory of one request or command, given back all at once.
 *
 * An arena has a maximum, set at birth, of bytes counted in whole units of 16.
 * Beyond it an allocation returns NULL: the caller answers with cn_fail_memory() (code LIMIT). When malloc itself
 * fails, the hook of cn_on_no_memory() runs, which must not return; the default
 * aborts. Under AddressSanitizer the gaps and everything after a reset are
 * poisoned. An arena belongs to one thread at a time.
 */
#ifndef CN_BASE_ARENA_H
#define CN_BASE_ARENA_H

#include "base/slice.h"

typedef struct cn_arena cn_arena;

/* A place to return to. */
typedef struct cn_arena_mark {
    void *block;
    size_t used, total;
} cn_arena_mark;

#define CN_ARENA_DEFAULT_MAX ((size_t)256 << 20)

/* Owned by the caller; never NULL. max: bytes handed out at most, 0 for the default. */
cn_arena *cn_arena_new(size_t max);
/* Gives everything back. NULL is accepted. */
void cn_arena_free(cn_arena *a);

/* Zeroed, aligned to 16 bytes; NULL when the arena's maximum is reached.
 * n = 0 gives a valid pointer. */
__attribute__((warn_unused_result, malloc)) void *cn_arena_alloc(cn_arena *a, size_t n);
/* `count` items of `size` bytes; a product that overflows counts as over the maximum. */
__attribute__((warn_unused_result)) void *cn_arena_array(cn_arena *a, size_t count, size_t size);
/* What cn_arena_grow does where the vector has to move. */
__attribute__((warn_unused_result)) void *cn_arena_move(cn_arena *a, void *v, size_t count, size_t *cap,
                                                        size_t need, size_t size);
/* Makes room for `need` items in a vector: when need > *cap the vector is copied
 * into one at least twice as large. Returns the vector (moved or not), or NULL at the
 * maximum, with *cap untouched. */
__attribute__((warn_unused_result)) static inline void *cn_arena_grow(cn_arena *a, void *v, size_t count,
                                                                      size_t *cap, size_t need, size_t size) {
    return need <= *cap && v ? v : cn_arena_move(a, v, count, cap, need, size);
}
/* A text and a number behind it in decimal: "_:b" and 12. */
__attribute__((warn_unused_result)) bool cn_arena_numbered(cn_arena *a, cn_slice head, uint64_t number,
                                                           cn_slice *out);
/* A copy of the bytes on the arena, followed by a NUL that is not counted.
 * False at the maximum. */
__attribute__((warn_unused_result)) bool cn_arena_copy(cn_arena *a, cn_slice s, cn_slice *out);
/* Formatted text on the arena. False at the maximum. */
__attribute__((warn_unused_result, format(printf, 3, 4))) bool cn_arena_print(cn_arena *a, cn_slice *out,
                                                                              const char *format, ...);

/* One zeroed T, or an array of them. */
#define CN_NEW(a, T) ((T *)cn_arena_alloc((a), sizeof(T)))
#define CN_NEW_ARRAY(a, T, count) ((T *)cn_arena_array((a), (count), sizeof(T)))

/* What was allocated after the mark is given back. */
cn_arena_mark cn_arena_get_mark(cn_arena *a);
void cn_arena_reset(cn_arena *a, cn_arena_mark mark);

/* Bytes handed out so far, in units of 16; the most that ever were; the maximum. */
size_t cn_arena_used(const cn_arena *a);
size_t cn_arena_peak(const cn_arena *a);
size_t cn_arena_max(const cn_arena *a);

/* For tests: the nth allocation from now (1 = the next) and all after it answer NULL,
 * as if the maximum were reached; 0 turns it off. */
void cn_arena_fail_after(cn_arena *a, size_t nth);

/* Frees at the end of the scope: cn_arena *a CN_ARENA_AUTO = cn_arena_new(0); */
void cn_arena_free_auto(cn_arena **a);
#define CN_ARENA_AUTO __attribute__((cleanup(cn_arena_free_auto)))

/* What happens when malloc returns NULL: prints one line and aborts. */
__attribute__((noreturn)) void cn_no_memory(void);

#endif
