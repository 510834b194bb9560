/* SPDX-License-Identifier: Apache-2.0
 *
 * How much memory a work takes, in whichever library, and how much of it is not given back.
 *
 * usage: bench_memory FOLDER WORK
 *
 * The work is done once beforehand, for what is made once and kept, then once more. Prints "PEAK KEPT
 * ALLOCATIONS": the bytes that were taken at most at one time, those still taken afterwards, and how often memory
 * was asked for. It is this program's own malloc that counts; the linker puts it before that of glibc for every
 * library.
 */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>

#include "works.h"

#include "base/base.h"

/* glibc's own names of them. NOLINTBEGIN(readability-identifier-naming) */
void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t n);
void *__libc_memalign(size_t alignment, size_t n);
void __libc_free(void *p);
/* NOLINTEND(readability-identifier-naming) */

static size_t taken, peak, times;

static void *took(void *p) {
    if (p) taken += malloc_usable_size(p);
    if (taken > peak) peak = taken;
    times++;
    return p;
}

static void giving(void *p) {
    if (p) taken -= malloc_usable_size(p);
}

void *malloc(size_t n) {
    return took(__libc_malloc(n));
}

void *calloc(size_t n, size_t size) {
    return took(__libc_calloc(n, size));
}

void *realloc(void *p, size_t n) {
    giving(p);
    return took(__libc_realloc(p, n));
}

void *memalign(size_t alignment, size_t n) {
    return took(__libc_memalign(alignment, n));
}

void *aligned_alloc(size_t alignment, size_t n) {
    return took(__libc_memalign(alignment, n));
}

int posix_memalign(void **out, size_t alignment, size_t n) {
    *out = took(__libc_memalign(alignment, n));
    return *out ? 0 : 12; /* ENOMEM */
}

void free(void *p) {
    giving(p);
    __libc_free(p);
}

static bool weigh(cn_bench *b, const char *name, cn_err *err) {
    const cn_work *work;
    cn_bench_input in;
    if (!cn_bench_find(b, cn_slice_of(name), &work, &in, err) || !cn_bench_once(b, work, &in, err)) return false;
    size_t before = taken, times_before = times;
    peak = taken;
    if (!cn_bench_once(b, work, &in, err)) return false;
    size_t most = peak - before, kept = taken - before, asked = times - times_before;
    printf("%zu %zu %zu\n", most, kept, asked);
    return true;
}

int main(int argc, char **argv) {
    cn_bench b;
    cn_err err = {0};
    if (argc != 3) return fputs("usage: bench_memory FOLDER WORK\n", stderr), 64;
    bool good = cn_bench_start(&b, argv[1], &err) && weigh(&b, argv[2], &err);
    if (!good) fprintf(stderr, "%s %s\n", err.detail, err.where);
    cn_bench_end(&b);
    return !good;
}
