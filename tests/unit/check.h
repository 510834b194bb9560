/* SPDX-License-Identifier: Apache-2.0
 *
 * For unit tests: cmocka with what it needs before it, the base, and slices compared.
 */
#ifndef CN_TESTS_CHECK_H
#define CN_TESTS_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base.h"

/* A slice against a string literal, which may hold NUL. */
#define check_text(slice, literal)                                                                                \
    do {                                                                                                          \
        cn_slice check_slice = (slice);                                                                           \
        assert_int_equal(check_slice.n, sizeof(literal) - 1);                                                     \
        if (check_slice.n) assert_memory_equal(check_slice.p, literal, sizeof(literal) - 1);                      \
    } while (0)

#define check_err(err, expected_code, expected_id)                                                                \
    do {                                                                                                          \
        assert_int_equal((err).code, expected_code);                                                              \
        assert_string_equal((err).id, expected_id);                                                               \
        assert_true((err).detail[0] != 0);                                                                        \
    } while (0)

#endif
