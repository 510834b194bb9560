/* SPDX-License-Identifier: Apache-2.0
 *
 * What the unit tests of the room `rdf` share.
 */
#ifndef CN_TESTS_UNIT_RDF_HELP_H
#define CN_TESTS_UNIT_RDF_HELP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rdf/rdf.h"

#define assert_slice(got, wanted)                                                                                 \
    do {                                                                                                          \
        cn_slice got_ = (got), wanted_ = (wanted);                                                                \
        assert_int_equal(got_.n, wanted_.n);                                                                      \
        if (wanted_.n) assert_memory_equal(got_.p, wanted_.p, wanted_.n);                                         \
    } while (0)

static inline cn_dataset dataset_of(cn_arena *a, const char *text) {
    cn_dataset d = {0};
    cn_err err = {0};
    if (!cn_nquads_read(a, cn_slice_of(text), 0, &d, &err)) fail_msg("%s: %s", err.where, err.detail);
    return d;
}

#endif
