/* SPDX-License-Identifier: Apache-2.0
 *
 * Fuzzing spreadsheets: what is accepted is text within the limits, its lines go up, its columns are each known,
 * unknown or double, and what we write of it is read again alike.
 */
#include "app/sheet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_columns(cn_arena *a, const cn_sheet *s) {
    cn_columns c;
    cn_err err;
    if (!cn_columns_find(a, s, &c, &err)) return;
    size_t known = 0;
    for (size_t i = 0; i < CN_FIELDS; i++) known += c.at[i] != CN_NO_COLUMN;
    assert(known + c.unknown_n + c.twice_n == c.n && c.n <= s->rows[0].cells);
    for (size_t row = 0; row < s->n; row++) {
        cn_slice name;
        for (size_t i = 0; i < CN_FIELDS; i++)
            assert(cn_columns_cell(&c, s, row, (cn_sheet_field)i).n <= CN_SHEET_MAX_CELL);
        if (!cn_columns_name(a, &c, s, row, &name)) return;
        assert(!cn_columns_overflow(&c, s, row) || s->rows[row].cells > c.n);
    }
}

static void check_sheet(const cn_sheet *s) {
    assert(s->n && s->n <= CN_SHEET_MAX_ROWS + 1);
    for (size_t row = 0; row < s->n; row++) {
        assert(s->rows[row].cells && s->rows[row].cells <= CN_SHEET_MAX_COLUMNS);
        assert(row ? s->rows[row].line > s->rows[row - 1].line : s->rows[row].line > 0);
        for (size_t i = 0; i < s->rows[row].cells; i++) {
            cn_slice cell = cn_sheet_cell(s, row, i);
            assert(cell.n <= CN_SHEET_MAX_CELL && cn_utf8_invalid(cell) == SIZE_MAX);
            assert(cn_slice_find_byte(cell, 0) == SIZE_MAX);
        }
    }
}

static bool is_formula(cn_slice s) {
    return s.n && strchr("=+-@\t\r\n", s.p[0]);
}

/* The cell as a spreadsheet program shows it to a person. */
static bool same(cn_slice before, cn_slice after) {
    if (!is_formula(before)) return cn_slice_eq(before, after);
    return after.n == before.n + 1 && after.p[0] == '\'' && cn_slice_eq(before, cn_slice_from(after, 1));
}

/* What we write, with its separator named: the header line alone may have none to go by. */
static void write_sheet(cn_arena *a, cn_buf *b, const cn_sheet *s) {
    cn_buf body = cn_buf_on(a, 0);
    cn_sheet_writer w = {.out = &body, .separator = s->separator};
    for (size_t row = 0; row < s->n; row++) {
        for (size_t i = 0; i < s->rows[row].cells; i++) cn_sheet_write(&w, cn_sheet_cell(s, row, i));
        cn_sheet_end_row(&w);
    }
    cn_buf_print(b, "sep=%c\n", s->separator);
    cn_buf_add(b, cn_slice_from(cn_buf_slice(&body), 3));
    b->full = b->full || body.full;
}

static void check_again(cn_arena *a, const cn_sheet *s) {
    cn_buf b = cn_buf_on(a, 0);
    cn_sheet again;
    cn_err err;
    write_sheet(a, &b, s);
    if (!cn_buf_ok(&b)) return;
    if (!cn_sheet_read(a, cn_buf_slice(&b), &again, &err)) {
        assert(err.code == CN_LIMIT);
        return;
    }
    assert(again.separator == s->separator && again.n == s->n);
    for (size_t row = 0; row < s->n; row++) {
        assert(again.rows[row].cells == s->rows[row].cells);
        for (size_t i = 0; i < s->rows[row].cells; i++)
            assert(same(cn_sheet_cell(s, row, i), cn_sheet_cell(&again, row, i)));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(64 << 20);
    cn_sheet s;
    cn_err err;
    if (!cn_sheet_read(a, cn_slice_bytes(data, size), &s, &err)) {
        assert(err.code == CN_INVALID || err.code == CN_LIMIT);
        assert(err.id && err.detail[0] && cn_utf8_invalid(cn_slice_of(err.detail)) == SIZE_MAX);
        return 0;
    }
    check_sheet(&s);
    check_columns(a, &s);
    check_again(a, &s);
    return 0;
}
