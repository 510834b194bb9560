/* SPDX-License-Identifier: Apache-2.0
 *
 * The door of the room `pattern`: regular expressions of strangers held against texts of strangers, by
 * PCRE2, in bounded work and memory. Texts and patterns are UTF-8; `$` is the very end.
 */
#ifndef CN_PATTERN_PATTERN_H
#define CN_PATTERN_PATTERN_H

#include "base/base.h"

/* Immutable, on the arena; threads may share it. */
typedef struct cn_pattern cn_pattern;

/* UNSUPPORTED "pattern.syntax": PCRE2 does not take it; LIMIT "pattern.size" (16 KiB), "memory.limit". */
CN_MUST_USE bool cn_pattern_compile(cn_arena *a, cn_slice pattern, const cn_pattern **out, cn_err *err);
/* Whether it is found anywhere in the text. *work is counted down by each item that is tried; at its end the
 * answer is LIMIT "pattern.work". Leaves nothing on the arena. */
CN_MUST_USE bool cn_pattern_find(cn_arena *a, const cn_pattern *pattern, cn_slice text, size_t *work, bool *found,
                                 cn_err *err);

#endif
