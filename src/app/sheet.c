/* SPDX-License-Identifier: Apache-2.0
 *
 * CSV into rows and cells. libcsv knows the grammar; it is fed a line of the file at a time, so that we know the
 * lines, and in pieces no longer than a cell may be, so that what it holds stays small.
 */
#include <csv.h>

#include "app/sheet_inside.h"

typedef struct reader {
    cn_arena *arena; /* borrowed */
    cn_slice text;   /* valid UTF-8, without NUL */
    struct csv_parser parser;
    size_t line;     /* being read */
    size_t row_line; /* where the row began */
    size_t opened;   /* where the cell began, when it is quoted and still open at the end of a line */
    size_t done;     /* cells that ended on this line */
    bool content;    /* whether the row has any */
    uint32_t strays; /* of the row */

    cn_sheet_row *rows;
    size_t n, rows_cap;
    uint32_t *ends;
    size_t cells, ends_cap; /* ends has one more than cells */
    char *out;              /* as long as the text, which cells together cannot exceed */
    size_t out_n;
    size_t row_first, row_out; /* cells and out_n where the row began */

    cn_err *err;
    bool failed;
} reader;

static void reader_done(reader *r) {
    csv_free(&r->parser);
}

/* ---- What libcsv finds ---- */

static void too_much(reader *r, const char *id, size_t line, const char *what, size_t max) {
    r->failed = true;
    cn_sheet_fail(r->err, CN_LIMIT, id, line, "%s: at most %zu are read.", what, max);
}

static bool room_for_cell(reader *r, size_t n) {
    if (n > CN_SHEET_MAX_CELL) too_much(r, "sheet.cell", r->line, "a cell has too many bytes", CN_SHEET_MAX_CELL);
    else if (r->cells - r->row_first >= CN_SHEET_MAX_COLUMNS)
        too_much(r, "sheet.columns", r->row_line, "a row has too many columns", CN_SHEET_MAX_COLUMNS);
    if (r->failed) return false;
    uint32_t *ends = cn_arena_grow(r->arena, r->ends, r->cells + 1, &r->ends_cap, r->cells + 2, sizeof *ends);
    if (ends) r->ends = ends;
    r->failed = !ends;
    return ends || cn_fail_memory(r->err);
}

static void on_cell(void *bytes, size_t n, void *self) {
    reader *r = self;
    if (r->failed || !room_for_cell(r, n)) return;
    assert(n <= r->text.n - r->out_n);
    if (n) memcpy(r->out + r->out_n, bytes, n);
    r->content = r->content || cn_slice_trim(cn_slice_bytes(bytes, n)).n;
    r->out_n += n;
    r->ends[++r->cells] = (uint32_t)r->out_n;
    r->done++;
}

static void keep_row(reader *r) {
    cn_sheet_row *rows = NULL;
    if (r->n > CN_SHEET_MAX_ROWS)
        too_much(r, "sheet.rows", r->row_line, "there are too many rows", CN_SHEET_MAX_ROWS);
    else if (!(rows = cn_arena_grow(r->arena, r->rows, r->n, &r->rows_cap, r->n + 1, sizeof *rows)))
        r->failed = !cn_fail_memory(r->err);
    if (!rows) return;
    r->rows = rows;
    rows[r->n++] = (cn_sheet_row){(uint32_t)r->row_line, (uint32_t)(r->cells - r->row_first),
                                  (uint32_t)r->row_first, r->strays};
}

static void on_row(int end, void *self) {
    (void)end;
    reader *r = self;
    if (r->failed) return;
    if (r->content) {
        keep_row(r);
    } else {
        r->cells = r->row_first;
        r->out_n = r->row_out;
    }
    r->content = false;
    r->strays = 0;
    r->row_first = r->cells;
    r->row_out = r->out_n;
}

/* ---- Feeding it ---- */

static bool misplaced_quote(reader *r) {
    r->failed = true;
    if (!r->done && r->opened)
        return cn_sheet_fail(r->err, CN_INVALID, "sheet.quote", r->line,
                             "a quotation mark inside a cell that began on line %zu is not doubled.", r->opened);
    return cn_sheet_fail(r->err, CN_INVALID, "sheet.quote", r->line,
                         "a cell that holds a quotation mark stands in quotation marks, and the mark is doubled.");
}

enum { STRICTLY = CSV_STRICT | CSV_STRICT_FINI };

/* The cell ends where its separator stands, whatever is in it: the row can be told from others. */
static size_t take_stray(reader *r, const char *mark) {
    (void)csv_set_opts(&r->parser, 0);
    size_t taken = csv_parse(&r->parser, mark, 1, on_cell, on_row, r);
    (void)csv_set_opts(&r->parser, STRICTLY);
    r->strays++;
    return taken;
}

static bool feed(reader *r, cn_slice line) {
    while (line.n && !r->failed) {
        cn_slice piece = cn_slice_sub(line, 0, CN_SHEET_MAX_CELL);
        size_t taken = csv_parse(&r->parser, piece.p, piece.n, on_cell, on_row, r);
        if (!r->failed && taken < piece.n) {
            if (csv_error(&r->parser) != CSV_EPARSE) cn_no_memory();
            if (r->parser.quoted) return misplaced_quote(r);
            piece = cn_slice_sub(piece, 0, taken + take_stray(r, piece.p + taken));
        }
        /* What is not yet a cell may end in a quote that does not count. */
        if (!r->failed && r->parser.entry_pos > CN_SHEET_MAX_CELL + 1) (void)room_for_cell(r, r->parser.entry_pos);
        line = cn_slice_from(line, piece.n);
    }
    return !r->failed;
}

static bool feed_line(reader *r, cn_slice line) {
    r->done = 0;
    if (!r->parser.quoted) {
        r->row_line = r->line;
        r->opened = 0;
    }
    if (!feed(r, line)) return false;
    if (r->parser.quoted && (r->done || !r->opened)) r->opened = r->line;
    r->line++;
    return true;
}

static bool finish(reader *r) {
    r->line--; /* libcsv ends the last cell only now */
    if (csv_fini(&r->parser, on_cell, on_row, r) != 0)
        return cn_sheet_fail(r->err, CN_INVALID, "sheet.quote-open", r->opened,
                             "a quotation mark is opened here and never closed.");
    if (r->failed) return false;
    return r->n || cn_fail(r->err, CN_INVALID, "sheet.empty", "there is nothing in the file.");
}

static bool read_all(reader *r, cn_slice rest) {
    r->out = cn_arena_alloc(r->arena, r->text.n);
    r->ends = cn_arena_grow(r->arena, NULL, 0, &r->ends_cap, 1, sizeof *r->ends);
    if (!r->out || !r->ends) return cn_fail_memory(r->err);
    r->ends[0] = 0;
    while (rest.n) {
        cn_slice line = cn_sheet_next_line(rest);
        if (!feed_line(r, line)) return false;
        rest = cn_slice_from(rest, line.n);
    }
    return finish(r);
}

/* ---- The separator ---- */

/* In this order where two are found equally often: a comma stands in a sentence more easily than a tab. */
static const char separators[] = "\t;,";

/* The one named by a line of Excel's own: "sep=;". 0 when it is no such line. */
static char named_separator(cn_slice line) {
    cn_slice text = cn_slice_sub(line, 0, line.n - (line.n && line.p[line.n - 1] == '\n'));
    text = cn_slice_sub(text, 0, text.n - (text.n && text.p[text.n - 1] == '\r'));
    bool named = text.n == 5 && cn_slice_eq_nocase(cn_slice_sub(text, 0, 4), CN_S("sep="));
    return named && strchr(separators, text.p[4]) ? text.p[4] : 0;
}

/* The one found most often outside quotes in the first line that has anything. */
static char likely_separator(cn_slice text) {
    size_t found[sizeof separators] = {0}, best = 0;
    bool quoted = false, begun = false;
    for (size_t i = 0; i < text.n; i++) {
        bool end = text.p[i] == '\n' || text.p[i] == '\r';
        if (end && begun && !quoted) break;
        if (text.p[i] == '"') quoted = !quoted;
        const char *which = quoted ? NULL : strchr(separators, text.p[i]);
        if (which) found[which - separators]++;
        begun = begun || (!end && text.p[i] != ' ');
    }
    for (size_t k = 0; separators[k]; k++)
        if (found[k] > found[best]) best = k;
    return found[best] ? separators[best] : ',';
}

bool cn_sheet_read(cn_arena *a, cn_slice bytes, cn_sheet *out, cn_err *err) {
    __attribute__((cleanup(reader_done))) reader r = {.arena = a, .line = 1, .err = err};
    cn_sheet_encoding encoding;
    if (bytes.n > CN_SHEET_MAX_BYTES)
        return cn_fail(err, CN_LIMIT, "sheet.bytes", "the file has %zu bytes: at most %zu are read.", bytes.n,
                       CN_SHEET_MAX_BYTES);
    if (!cn_sheet_text(a, bytes, &r.text, &encoding, err)) return false;
    cn_slice first = r.text.n ? cn_sheet_next_line(r.text) : r.text, rest = r.text;
    char separator = named_separator(first);
    if (separator) {
        rest = cn_slice_from(rest, first.n);
        r.line++;
    } else {
        separator = likely_separator(rest);
    }
    (void)csv_init(&r.parser, STRICTLY);
    csv_set_delim(&r.parser, (unsigned char)separator);
    if (!read_all(&r, rest)) return false;
    *out = (cn_sheet){r.rows, r.n, encoding, separator, r.ends, r.out};
    return true;
}

/* ---- Looking ---- */

cn_slice cn_sheet_cell(const cn_sheet *s, size_t row, size_t column) {
    assert(row < s->n);
    if (column >= s->rows[row].cells) return CN_S("");
    const uint32_t *at = s->ends + s->rows[row].first + column;
    return cn_slice_bytes(s->text + at[0], at[1] - at[0]);
}

size_t cn_sheet_err_line(const cn_err *err) {
    cn_slice word, number;
    uint64_t line;
    (void)cn_slice_cut(cn_slice_of(err->where), ' ', &word, &number);
    return cn_slice_eq(word, CN_S("line")) && cn_slice_to_u64(number, SIZE_MAX, &line) ? line : 0;
}
