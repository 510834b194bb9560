/* SPDX-License-Identifier: Apache-2.0
 *
 * Does each work that is named twice: the first time to warm up, the second inside cn_bench_counted(), which is
 * where count.py lets callgrind count instructions.
 *
 * usage: bench_count FOLDER WORK...
 */
#include <stdio.h>

#include "works.h"

#include "base/base.h"

bool cn_bench_counted(const cn_bench *b, const cn_work *work, const cn_bench_input *in, cn_err *err);

__attribute__((noinline, visibility("default"))) bool cn_bench_counted(const cn_bench *b, const cn_work *work,
                                                                       const cn_bench_input *in, cn_err *err) {
    return cn_bench_once(b, work, in, err);
}

static bool count(cn_bench *b, const char *name, cn_err *err) {
    const cn_work *work;
    cn_bench_input in;
    return cn_bench_find(b, cn_slice_of(name), &work, &in, err) && cn_bench_once(b, work, &in, err) &&
           cn_bench_counted(b, work, &in, err);
}

int main(int argc, char **argv) {
    cn_bench b;
    cn_err err = {0};
    if (argc < 3) return fputs("usage: bench_count FOLDER WORK...\n", stderr), 64;
    bool good = cn_bench_start(&b, argv[1], &err);
    for (int i = 2; good && i < argc; i++) good = count(&b, argv[i], &err);
    if (!good) fprintf(stderr, "%s %s\n", err.detail, err.where);
    cn_bench_end(&b);
    return !good;
}
