/* SPDX-License-Identifier: Apache-2.0
 *
 * The JSON-LD 1.1 API test suite: its manifests, options and document loader.
 * A runner gives the operation; this gives it every case that is not for
 * processors of version 1.0 alone.
 */
#ifndef CN_TESTS_JSONLD_SUITE_H
#define CN_TESTS_JSONLD_SUITE_H

#include "corpus.h"
#include "jsonld/jsonld.h"

typedef struct suite_case {
    const cn_json *input;
    cn_slice expect; /* path of the expected result; empty for a case of which only success counts */
    cn_jsonld_options options;
} suite_case;

/* Runs the operation. False with *err when it failed; otherwise, where c->expect is set, *same says whether
 * the result is the expected one and `got` is what came out, for people. */
typedef bool (*suite_run)(cn_arena *a, const suite_case *c, bool *same, cn_buf *got, cn_err *err);

/* Runs the cases of jsonld/<manifest>-manifest.jsonld; returns the exit status. With a filter, only the cases
 * whose id holds it, with what came out. */
int suite_main(const char *manifest, const char *filter, suite_run run);

#endif
