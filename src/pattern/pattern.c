/* SPDX-License-Identifier: Apache-2.0
 *
 * Patterns, by PCRE2. What is compiled stands on the arena and is only read when it matches, so
 * that threads may share it. PCRE2 calls back before each item that it tries: that is what
 * work is counted by; its own limits stand behind.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "pattern/pattern.h"

enum {
    PATTERN_MAX = 16384, /* bytes */
    NESTING = 100,
    MATCH_LIMIT = 5000000,
    HEAP_KIB = 8192,
};

struct cn_pattern {
    pcre2_code *code;
};

static void *allocate(size_t n, void *arena) {
    return cn_arena_alloc(arena, n);
}

static void keep(void *memory, void *arena) {
    (void)memory, (void)arena;
}

/* ---- Compiling ---- */

static bool refuse(cn_err *err, cn_slice pattern, int code) {
    if (code == PCRE2_ERROR_HEAP_FAILED) return cn_fail_memory(err);
    char why[128] = "";
    (void)pcre2_get_error_message(code, (PCRE2_UCHAR *)why, sizeof why);
    return cn_fail(err, CN_UNSUPPORTED, "pattern.syntax", "The pattern \"%.*s\" cannot be used: %s.",
                   CN_ARG(cn_utf8_prefix(pattern, 100)), why);
}

static bool compile(pcre2_compile_context *context, cn_slice pattern, pcre2_code **out, cn_err *err) {
    const uint32_t options = PCRE2_UTF | PCRE2_DOLLAR_ENDONLY | PCRE2_MATCH_UNSET_BACKREF | PCRE2_NEVER_UCP |
                             PCRE2_NEVER_BACKSLASH_C | PCRE2_AUTO_CALLOUT;
    int code;
    PCRE2_SIZE at;
    pcre2_set_max_pattern_length(context, PATTERN_MAX);
    pcre2_set_parens_nest_limit(context, NESTING);
    *out = pcre2_compile((PCRE2_SPTR)(pattern.n ? pattern.p : ""), pattern.n, options, &code, &at, context);
    return *out || refuse(err, pattern, code);
}

bool cn_pattern_compile(cn_arena *a, cn_slice pattern, const cn_pattern **out, cn_err *err) {
    if (pattern.n > PATTERN_MAX)
        return cn_fail(err, CN_LIMIT, "pattern.size", "A pattern is longer than %d bytes.", PATTERN_MAX);
    pcre2_general_context *memory = pcre2_general_context_create(allocate, keep, a);
    pcre2_compile_context *context = memory ? pcre2_compile_context_create(memory) : NULL;
    cn_pattern *made = CN_NEW(a, cn_pattern);
    if (!context || !made) return cn_fail_memory(err);
    if (!compile(context, pattern, &made->code, err)) return false;
    *out = made;
    return true;
}

/* ---- Matching ---- */

static int count(pcre2_callout_block *block, void *data) {
    size_t *left = data;
    (void)block;
    if (!*left) return PCRE2_ERROR_CALLOUT;
    --*left;
    return 0;
}

static bool too_much(cn_err *err) {
    return cn_fail(err, CN_LIMIT, "pattern.work", "Holding a text against a pattern takes too much work.");
}

static bool match(cn_arena *a, const cn_pattern *pattern, cn_slice text, size_t *work, bool *found, cn_err *err) {
    pcre2_general_context *memory = pcre2_general_context_create(allocate, keep, a);
    pcre2_match_context *context = memory ? pcre2_match_context_create(memory) : NULL;
    pcre2_match_data *data = context ? pcre2_match_data_create(1, memory) : NULL;
    if (!data) return cn_fail_memory(err);
    pcre2_set_callout(context, count, work);
    pcre2_set_match_limit(context, MATCH_LIMIT);
    pcre2_set_heap_limit(context, HEAP_KIB);
    int code = pcre2_match(pattern->code, (PCRE2_SPTR)(text.p ? text.p : ""), text.n, 0, PCRE2_NO_UTF_CHECK, data,
                           context);
    if (code == PCRE2_ERROR_NOMEMORY) return cn_fail_memory(err);
    if (code < 0 && code != PCRE2_ERROR_NOMATCH) return too_much(err);
    *found = code >= 0;
    return true;
}

bool cn_pattern_find(cn_arena *a, const cn_pattern *pattern, cn_slice text, size_t *work, bool *found,
                     cn_err *err) {
    size_t base = 4 + text.n / 16;
    if (*work < base) return too_much(err);
    *work -= base;
    cn_arena_mark mark = cn_arena_get_mark(a);
    bool ok = match(a, pattern, text, work, found, err);
    cn_arena_reset(a, mark);
    return ok;
}
