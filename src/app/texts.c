/* SPDX-License-Identifier: Apache-2.0
 *
 * Texts that people typed: made tidy, measured, looked through.
 */
#include "app/texts.h"

static bool is_control(char c) {
    return (unsigned char)c < ' ' || c == 0x7f;
}

bool cn_text_tidy(cn_arena *a, cn_slice text, bool lines, cn_slice *out, cn_err *err) {
    char *p = cn_arena_alloc(a, text.n), c;
    size_t n = 0;
    if (!p) return cn_fail_memory(err);
    for (size_t i = 0; i < text.n; i++) {
        c = text.p[i];
        bool pair = c == '\r' && i + 1 < text.n && text.p[i + 1] == '\n';
        if (pair && lines) continue;
        if (lines && c == '\r') c = '\n';
        if (!is_control(c) || (lines && (c == '\n' || c == '\t'))) p[n++] = c;
        else if (!lines) p[n++] = ' ';
    }
    *out = cn_slice_trim(cn_slice_bytes(p, n));
    return true;
}

size_t cn_text_characters(cn_slice text) {
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) n += ((unsigned char)text.p[i] & 0xc0) != 0x80;
    return n;
}

bool cn_text_is_seen(cn_slice text) {
    for (size_t at = 0, from = 0; at < text.n; from = at) {
        (void)cn_utf8_next(text, &at);
        cn_slice one = cn_slice_sub(text, from, at);
        bool gap = one.n == 1 && (one.p[0] == '\n' || one.p[0] == '\t');
        if (!gap && !cn_utf8_is_line(one)) return false;
    }
    return true;
}
