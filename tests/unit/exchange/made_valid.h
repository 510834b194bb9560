/* SPDX-License-Identifier: Apache-2.0
 *
 * Achievements as somebody could write them here: what the tables of a design's and an offering's fields let
 * through, each field there or not, in one language or both, with odd characters and long decimals.
 */
#ifndef CN_TESTS_MADE_VALID_H
#define CN_TESTS_MADE_VALID_H

#include "app/blanks.h"

/* The same seed, the same achievement; its name, description and criteria are there in each of its languages. NULL
 * where the tables refuse something of it: `at` says where. On the arena. */
const cn_json *made_valid(cn_arena *a, uint64_t seed, cn_slice *at);

#endif
