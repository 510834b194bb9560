/* SPDX-License-Identifier: Apache-2.0
 *
 * Achievements that nobody would design: every member that a format has words for, and others, each there or not,
 * of the kind that is meant or of another.
 */
#ifndef CN_TESTS_MADE_UP_H
#define CN_TESTS_MADE_UP_H

#include "json/json.h"

/* The same seed, the same achievement. On the arena. */
const cn_json *made_up(cn_arena *a, uint64_t seed);

#endif
