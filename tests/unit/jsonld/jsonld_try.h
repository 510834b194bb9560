/* SPDX-License-Identifier: Apache-2.0
 *
 * Expansion of JSON that stands in a test. A few contexts can be had by URL.
 */
#ifndef JSONLD_TRY_H
#define JSONLD_TRY_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "jsonld/jsonld.h"

typedef struct try_case {
    const char *input;
    const char *expect; /* the expanded form; NULL: an error is expected */
    const char *id;     /* of the error */
    const char *where;  /* its place; NULL: not looked at */
} try_case;

/* Loads what stands in the table of jsonld_try.c. */
extern const cn_loader try_loader;

/* Runs one case; with options NULL the base is http://example.org/doc. */
void try_one(const try_case *c, const cn_jsonld_options *options);
void try_all(const try_case *cases, size_t n, const cn_jsonld_options *options);
#define TRY_ALL(cases, options) try_all(cases, sizeof(cases) / sizeof *(cases), options)

/* Expands with every allocation failing in turn: each answers LIMIT "memory.limit". */
void try_without_memory(const char *input, const cn_jsonld_options *options);

#endif
