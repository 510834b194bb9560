/* SPDX-License-Identifier: Apache-2.0
 *
 * For sheet_python.py: reads a CSV file, as a JSON string, from every line of standard input, and answers with the
 * rows as arrays of strings on a line of standard output, or with the id of the error as a string.
 */
#include "app/sheet.h"
#include "json/json.h"

static void write_row(cn_buf *b, const cn_sheet *s, size_t row) {
    for (size_t i = 0; i < s->rows[row].cells; i++) {
        cn_buf_byte(b, i ? ',' : '[');
        cn_json_write_string(b, cn_sheet_cell(s, row, i));
    }
    cn_buf_byte(b, ']');
}

static void answer(cn_arena *a, cn_buf *b, cn_slice line) {
    const cn_json *file;
    cn_sheet s;
    cn_err err;
    if (!cn_json_read(a, line, NULL, &file, &err) || !cn_sheet_read(a, cn_json_text(file), &s, &err)) {
        cn_json_write_string(b, cn_slice_of(err.id));
        return;
    }
    for (size_t i = 0; i < s.n; i++) {
        cn_buf_byte(b, i ? ',' : '[');
        write_row(b, &s, i);
    }
    cn_buf_byte(b, ']');
}

int main(void) {
    char *line = NULL;
    size_t room = 0;
    for (ssize_t n; (n = getline(&line, &room, stdin)) > 0;) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_buf b = cn_buf_on(a, 0);
        answer(a, &b, cn_slice_bytes(line, (size_t)n));
        if (!cn_buf_ok(&b)) return 1;
        (void)printf("%.*s\n", CN_ARG(cn_buf_slice(&b)));
    }
    free(line);
    return fflush(stdout) != 0 || ferror(stdin);
}
