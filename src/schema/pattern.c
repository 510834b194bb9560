/* SPDX-License-Identifier: Apache-2.0
 *
 * Patterns as JSON Schema has them: ECMA-262, translated and handed to the room `pattern`, whose errors
 * get this room's names.
 */
#include "schema/inside.h"

bool cn_sch_pattern(cn_arena *a, cn_slice pattern, const cn_pattern **out, cn_err *err) {
    cn_slice translated;
    const char *why;
    if (!cn_ecma_translate(a, pattern, &translated, &why)) {
        if (!why) return cn_fail_memory(err);
        return cn_fail(err, CN_INVALID, "schema.pattern",
                       "The pattern \"%.*s\" is no regular expression of ECMA-262: %s.",
                       CN_ARG(cn_utf8_prefix(pattern, 100)), why);
    }
    if (cn_pattern_compile(a, translated, out, err)) return true;
    if (strcmp(err->id, "memory.limit") != 0) err->id = "schema.pattern";
    return false;
}

bool cn_sch_pattern_find(cn_arena *a, const cn_pattern *pattern, cn_slice text, size_t *work, bool *found,
                         cn_err *err) {
    if (cn_pattern_find(a, pattern, text, work, found, err)) return true;
    if (strcmp(err->id, "pattern.work") == 0) err->id = "schema.work";
    return false;
}
