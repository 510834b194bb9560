/* SPDX-License-Identifier: Apache-2.0
 *
 * Errors: filling them in.
 */
#define CN_ERR_C /* the functions themselves, not what the compiler is told of them */
#include <stdarg.h>

#include "base/base.h"

/* Bytes of the input that are no UTF-8 become question marks: whoever prints an error may trust it. */
static void put(char *out, size_t size, cn_slice text) {
    cn_slice cut = cn_utf8_prefix(text, size - 1);
    if (cut.n) memcpy(out, cut.p, cut.n);
    out[cut.n] = 0;
    for (size_t bad; (bad = cn_utf8_invalid(cn_slice_bytes(out, cut.n))) != SIZE_MAX;) out[bad] = '?';
}

__attribute__((format(printf, 4, 0))) static bool fail(cn_err *err, cn_code code, const char *id,
                                                       const char *format, va_list args) {
    char text[sizeof err->detail + 4]; /* one character more, so that a cut shows */
    (void)vsnprintf(text, sizeof text, format, args);
    err->code = code;
    err->id = id;
    err->where[0] = 0;
    put(err->detail, sizeof err->detail, cn_slice_of(text));
    return false;
}

bool cn_fail(cn_err *err, cn_code code, const char *id, const char *format, ...) {
    va_list args;
    va_start(args, format);
    fail(err, code, id, format, args);
    va_end(args);
    return false;
}

bool cn_fail_at(cn_err *err, cn_code code, const char *id, cn_slice where, const char *format, ...) {
    va_list args;
    va_start(args, format);
    fail(err, code, id, format, args);
    va_end(args);
    put(err->where, sizeof err->where, where);
    return false;
}

bool cn_fail_memory(cn_err *err) {
    return cn_fail(err, CN_LIMIT, "memory.limit", "This needs more memory than is allowed for one request.");
}

bool cn_fail_place(cn_err *err, cn_slice where) {
    if (!err->where[0]) put(err->where, sizeof err->where, where);
    return false;
}

const char *cn_code_name(cn_code code) {
    static const char *const names[] = {
        [CN_OK] = "ok",
        [CN_INVALID] = "invalid",
        [CN_NOT_FOUND] = "not-found",
        [CN_DENIED] = "denied",
        [CN_CONFLICT] = "conflict",
        [CN_LIMIT] = "limit",
        [CN_UNAVAILABLE] = "unavailable",
        [CN_UNSUPPORTED] = "unsupported",
        [CN_INTERNAL] = "internal",
    };
    return names[code];
}
