/* SPDX-License-Identifier: Apache-2.0
 *
 * Quoted-printable (RFC 2045, 6.7): text as lines of at most 76 printable ASCII characters.
 */
#include "net/mail_inside.h"

enum { LINE_MAX = 76 };

typedef struct line {
    cn_buf *out;
    size_t used; /* characters on the line so far */
} line;

static bool ends_line(cn_slice s, size_t at) {
    return at == s.n || s.p[at] == '\n' || (s.p[at] == '\r' && at + 1 < s.n && s.p[at + 1] == '\n');
}

/* Whether the byte stands for itself. White space at the end of a line might be lost on the way (rule 3); a dot or
 * "From " at its beginning might be taken for something else by those who pass it on. */
static bool is_literal(const line *l, cn_slice s, size_t at) {
    char c = s.p[at];
    if (c == ' ' || c == '\t') return !ends_line(s, at + 1);
    if (l->used == 0 && (c == '.' || cn_slice_starts(cn_slice_from(s, at), CN_S("From ")))) return false;
    return c > ' ' && c < 0x7f && c != '=';
}

static size_t put_byte(const line *l, cn_slice s, size_t at, char out[3]) {
    static const char digits[] = "0123456789ABCDEF";
    uint8_t c = (uint8_t)s.p[at];
    out[0] = '=';
    out[1] = digits[c >> 4];
    out[2] = digits[c & 15];
    if (!is_literal(l, s, at)) return 3;
    out[0] = s.p[at];
    return 1;
}

/* A soft line break stands between characters: then every line is valid UTF-8 for those who look at it alone. */
static size_t character_length(cn_slice s, size_t at) {
    size_t pos = at;
    (void)cn_utf8_next(s, &pos);
    return pos - at;
}

static void put_character(line *l, cn_slice s, size_t *at) {
    char bytes[12];
    size_t n = 0, length = character_length(s, *at);
    for (size_t i = 0; i < length; i++) n += put_byte(l, s, *at + i, bytes + n);
    if (l->used + n > LINE_MAX - 1) {
        cn_buf_add(l->out, CN_S("=\r\n"));
        l->used = 0;
        /* At the beginning of a line it may be written otherwise. */
        n = 0;
        for (size_t i = 0; i < length; i++) n += put_byte(l, s, *at + i, bytes + n);
    }
    cn_buf_add(l->out, cn_slice_bytes(bytes, n));
    l->used += n;
    *at += length;
}

void cn_mail_put_quoted_printable(cn_buf *b, cn_slice text) {
    line l = {b, 0};
    for (size_t at = 0; at < text.n;) {
        if (!ends_line(text, at)) {
            put_character(&l, text, &at);
            continue;
        }
        cn_buf_add(b, CN_S("\r\n"));
        l.used = 0;
        at += text.p[at] == '\r' ? 2 : 1;
    }
}
