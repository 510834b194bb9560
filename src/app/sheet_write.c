/* SPDX-License-Identifier: Apache-2.0
 *
 * CSV as spreadsheet programs open it without harm (RFC 4180; OWASP, "CSV Injection").
 */
#include "app/sheet.h"

static bool is_formula(cn_slice cell) {
    return cell.n && strchr("=+-@\t\r\n", cell.p[0]) && cell.p[0];
}

/* Every separator, not only ours: whoever guesses at it shall find only ours outside quotes. */
static bool needs_quotes(cn_slice cell) {
    for (size_t i = 0; i < cell.n; i++)
        if (cell.p[i] && strchr(",;\t\"\r\n", cell.p[i])) return true;
    return cell.n && (cell.p[0] == ' ' || cell.p[cell.n - 1] == ' ');
}

static void write_quoted(cn_buf *b, cn_slice cell) {
    for (size_t i = 0; i < cell.n; i++) {
        if (cell.p[i] == '"') cn_buf_byte(b, '"');
        cn_buf_byte(b, cell.p[i]);
    }
}

void cn_sheet_write(cn_sheet_writer *w, cn_slice cell) {
    if (!w->begun) cn_buf_add(w->out, CN_S("\xef\xbb\xbf"));
    if (w->in_row) cn_buf_byte(w->out, w->separator);
    w->begun = w->in_row = true;
    bool quotes = needs_quotes(cell);
    if (quotes) cn_buf_byte(w->out, '"');
    if (is_formula(cell)) cn_buf_byte(w->out, '\'');
    write_quoted(w->out, cell);
    if (quotes) cn_buf_byte(w->out, '"');
}

void cn_sheet_end_row(cn_sheet_writer *w) {
    cn_buf_add(w->out, CN_S("\r\n"));
    w->in_row = false;
}
