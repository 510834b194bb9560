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
    cn_slice path;          /* of the input */
    const cn_json *input;   /* NULL where it is no JSON */
    const cn_json *context; /* to compact with; NULL: none */
    cn_slice expect;        /* path of the expected result; empty for a case of which only success counts */
    cn_jsonld_options options;
} suite_case;

/* Runs the operation. False with *err when it failed; otherwise, where c->expect is set, *same says whether
 * the result is the expected one and `got` is what came out, for people. */
typedef bool (*suite_run)(cn_arena *a, const suite_case *c, bool *same, cn_buf *got, cn_err *err);

/* Equal as the suite's README says under "JSON-LD Object comparison": arrays are sets, except the values of @list;
 * language tags are equal in any case. */
bool suite_same(const cn_json *x, const cn_json *y);
/* Whether the result is what the case expects; `got` becomes both, for people. */
bool suite_expects(cn_arena *a, const suite_case *c, const cn_json *result, cn_buf *got);

/* Runs the cases of jsonld/<manifest>-manifest.jsonld; returns the exit status. With a filter, only the cases
 * whose id holds it, with what came out. */
int suite_main(const char *manifest, const char *filter, suite_run run);

#endif
