/* SPDX-License-Identifier: Apache-2.0
 *
 * Randomness for tests, which is none: the same bytes at each run.
 */
#ifndef CN_TESTS_RANDOMS_H
#define CN_TESTS_RANDOMS_H

#include "base/base.h"

/* 1, 2, 3, …; self: the uint8_t that was last. */
static inline bool count_up(void *self, uint8_t *out, size_t n) {
    for (size_t i = 0; i < n; i++) out[i] = ++*(uint8_t *)self;
    return true;
}

/* Bytes of a small generator: no two keys alike. self: its uint64_t. */
static inline bool mix(void *self, uint8_t *out, size_t n) {
    uint64_t *state = self;
    for (size_t i = 0; i < n; i++) {
        *state = *state * 6364136223846793005U + 1442695040888963407U;
        out[i] = (uint8_t)(*state >> 33);
    }
    return true;
}

#endif
