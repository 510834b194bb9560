/* SPDX-License-Identifier: Apache-2.0
 *
 * What the tests of the room `vc` share: the signed files of tests/data/vc, the
 * network that its url-map.json describes, and a clock at 2026-06-01.
 */
#ifndef CN_TESTS_VC_BENCH_H
#define CN_TESTS_VC_BENCH_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "vc/vc.h"

typedef struct bench {
    cn_arena *arena;
    cn_crypto *crypto;
    const cn_json *urls;
    size_t fetches; /* how often the network was asked */
    cn_loader network, contexts;
    cn_contexts *processed;
    cn_lists *lists;
    cn_verify_options options;
} bench;

/* cmocka's setup and teardown; *state is a bench. */
int bench_new(void **state);
int bench_done(void **state);

/* The file of tests/data/vc, on the arena. */
cn_slice bench_file(cn_arena *a, const char *name);
const cn_json *bench_json(cn_arena *a, const char *text);
/* To sign with the key of bytes 1, whose files are in tests/data/vc, on 2025-01-02; *key is filled in. */
cn_sign_options bench_signer(const bench *b, cn_private_key *key);
/* Verifies; fails the test on an error. */
cn_report bench_verify(bench *b, cn_slice input);
/* The step; fails the test where the report has none. */
const cn_step *bench_step(const cn_report *r, const char *id);

#endif
