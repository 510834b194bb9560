/* SPDX-License-Identifier: Apache-2.0
 *
 * What the tests of the library share: engines, the signed files of tests/data/vc, and a clock at 2026-06-01.
 */
#ifndef CN_TESTS_LIB_BENCH_H
#define CN_TESTS_LIB_BENCH_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <cairn/cairn.h>

#include "base/base.h"
#include "json/json.h"

#define BENCH_NOW ((int64_t)1780272000) /* 2026-06-01T00:00:00Z */

/* What the caller's functions of an engine find: its `self`. */
typedef struct bench {
    cn_arena *arena;
    cn_engine *engine; /* with the functions below */
    int asked;         /* how often for a document */
    bool no_clock, no_random, no_answer;
} bench;

/* cmocka's setup and teardown; *state is a bench. */
int bench_new(void **state);
int bench_done(void **state);

/* The caller's functions: the network that tests/data/vc/net is, a clock that stands, bytes that count upwards. */
bool bench_get(void *self, const char *url, cn_answer *answer);
bool bench_clock(void *self, int64_t *now);
bool bench_random(void *self, void *bytes, size_t n);

/* An engine of one's own; fails the test where it cannot be made. */
cn_engine *bench_engine(const cn_engine_options *options);
/* The file of tests/data/vc, on the arena. */
cn_slice bench_file(bench *b, const char *name);
/* A file of the project, by its path in it. */
cn_slice bench_project_file(bench *b, const char *path);
/* The verdict on the bytes, and where `problem` is named, that the report has it. */
void bench_expect(const cn_engine *engine, cn_slice input, cn_engine_verdict verdict, const char *problem);
/* Fails the test unless the call failed with this error. */
void bench_fails(bool good, const cn_error *error, const char *id);

#endif
