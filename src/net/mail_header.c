/* SPDX-License-Identifier: Apache-2.0
 *
 * The header of an e-mail: what may stand in it, and how it is written.
 *
 * Printable ASCII that fits on the line stands as it is; all else becomes encoded-words of RFC 2047 in their "Q"
 * form, which the eye can still read in French, a line each.
 */
#include "net/mail_inside.h"

enum { LINE_MAX = 76 }; /* RFC 2047, 2: of lines with encoded-words */

static const cn_slice word_start = CN_S_INIT("=?utf-8?Q?"), word_end = CN_S_INIT("?=");

/* ---- What may stand there ---- */

bool cn_mail_check_header(cn_slice where, cn_slice value, cn_err *err) {
    if (value.n > CN_MAIL_HEADER_MAX)
        return cn_fail_at(err, CN_LIMIT, "mail.size", where, "A header is longer than %d bytes.",
                          CN_MAIL_HEADER_MAX);
    for (size_t i = 0; i < value.n; i++)
        if ((uint8_t)value.p[i] < ' ' || value.p[i] == 0x7f)
            return cn_fail_at(err, CN_INVALID, "mail.header", where,
                              "A line break or another control character may not stand in a header.");
    return cn_utf8_invalid(value) == SIZE_MAX ||
           cn_fail_at(err, CN_INVALID, "mail.utf8", where, "A header is no valid UTF-8.");
}

static bool is_alnum(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool cn_mail_check_token(cn_slice where, cn_slice value, cn_slice others, cn_err *err) {
    bool ok = value.n > 0 && value.n <= CN_MAIL_ADDRESS_MAX;
    for (size_t i = 0; i < value.n && ok; i++)
        ok = is_alnum(value.p[i]) || cn_slice_find_byte(others, value.p[i]) != SIZE_MAX;
    return ok ||
           cn_fail_at(err, CN_INVALID, "mail.header", where, "A header has characters that its form forbids.");
}

/* ---- Encoded words ---- */

/* RFC 2047, 5 (3): what may stand in a phrase may stand everywhere. */
static size_t put_q(char c, char out[3]) {
    static const char digits[] = "0123456789ABCDEF";
    if (is_alnum(c) || c == '!' || c == '*' || c == '+' || c == '-' || c == '/') return out[0] = c, 1;
    if (c == ' ') return out[0] = '_', 1;
    out[0] = '=';
    out[1] = digits[(uint8_t)c >> 4];
    out[2] = digits[(uint8_t)c & 15];
    return 3;
}

/* One character; a word ends between characters and never inside one. */
static size_t put_character(cn_slice s, size_t *pos, char out[12]) {
    size_t from = *pos, n = 0;
    (void)cn_utf8_next(s, pos);
    for (size_t i = from; i < *pos; i++) n += put_q(s.p[i], out + n);
    return n;
}

/* The first word may be shorter, for the name of the header before it. */
static void put_words(cn_buf *b, cn_slice s, size_t column) {
    char c[12];
    size_t used = column + word_start.n;
    cn_buf_add(b, word_start);
    for (size_t pos = 0; pos < s.n;) {
        size_t n = put_character(s, &pos, c);
        if (used + n + word_end.n > LINE_MAX) {
            cn_buf_add(b, word_end);
            cn_buf_add(b, CN_S("\r\n "));
            cn_buf_add(b, word_start);
            used = 1 + word_start.n;
        }
        cn_buf_add(b, cn_slice_bytes(c, n));
        used += n;
    }
    cn_buf_add(b, word_end);
}

static bool is_plain(cn_slice s, size_t room) {
    if (s.n > room || cn_slice_find(s, CN_S("=?")) != SIZE_MAX) return false;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < ' ' || s.p[i] >= 0x7f) return false;
    /* White space at the ends of a header is nobody's. */
    return !s.n || (s.p[0] != ' ' && s.p[s.n - 1] != ' ');
}

/* ---- Headers ---- */

static void put_name(cn_buf *b, cn_slice name) {
    cn_buf_add(b, name);
    cn_buf_add(b, CN_S(": "));
}

void cn_mail_put_text(cn_buf *b, cn_slice name, cn_slice value) {
    size_t column = name.n + 2;
    put_name(b, name);
    if (is_plain(value, LINE_MAX - column)) cn_buf_add(b, value);
    else put_words(b, value, column);
    cn_buf_add(b, CN_S("\r\n"));
}

static bool is_escaped(char c) {
    return c == '"' || c == '\\';
}

static size_t quoted_length(cn_slice s) {
    size_t n = s.n + 2;
    for (size_t i = 0; i < s.n; i++) n += is_escaped(s.p[i]);
    return n;
}

static void put_quoted(cn_buf *b, cn_slice s) {
    cn_buf_byte(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        if (is_escaped(s.p[i])) cn_buf_byte(b, '\\');
        cn_buf_byte(b, s.p[i]);
    }
    cn_buf_byte(b, '"');
}

/* The address stands on a line of its own behind a name, for the two seldom fit on one. */
void cn_mail_put_party(cn_buf *b, cn_slice name, const cn_mail_party *party) {
    size_t column = name.n + 2;
    put_name(b, name);
    if (party->name.n) {
        bool fits = quoted_length(party->name) <= LINE_MAX - column;
        if (fits && is_plain(party->name, LINE_MAX)) put_quoted(b, party->name);
        else put_words(b, party->name, column);
        cn_buf_add(b, CN_S("\r\n "));
    }
    cn_buf_byte(b, '<');
    cn_buf_add(b, party->address);
    cn_buf_add(b, CN_S(">\r\n"));
}

/* RFC 5322, 3.3 */
void cn_mail_put_date(cn_buf *b, cn_time t) {
    static const char days[][4] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
    static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    cn_date d = cn_time_date(t);
    int64_t day = t.sec / 86400 % 7;
    cn_buf_print(b, "Date: %s, %d %s %04d %02d:%02d:%02d +0000\r\n", days[day], d.day, months[d.month - 1],
                 (int)d.year, d.hour, d.minute, d.second);
}
