/* SPDX-License-Identifier: Apache-2.0
 *
 * CSV as it comes, piece by piece, into rows. libcsv knows the grammar; it is fed up to a line's end at a time, so
 * that every row and every fault has its line. One row is held, and no more.
 */
#include <csv.h>

#include "exchange/import_inside.h"

enum { BLOCK = 16 << 10 };

struct cn_import_rows {
    const cn_import_file *file;
    bool (*take)(void *self, const cn_import_row *row, cn_err *err);
    void *self;
    struct csv_parser parser;
    bool begun;                         /* the separator is known */
    size_t line;                        /* being read */
    size_t opened;                      /* where the quoted cell began that is still open */
    cn_buf text;                        /* the cells of the row, one behind the other … */
    size_t ends[CN_IMPORT_COLUMNS_MAX]; /* … and where each ends */
    cn_import_row row;
    cn_err *err; /* of the call at hand */
    bool failed;
};

cn_import_rows *cn_import_rows_new(const cn_import_file *f,
                                   bool (*take)(void *self, const cn_import_row *row, cn_err *err), void *self) {
    cn_import_rows *r = calloc(1, sizeof *r);
    if (!r) cn_no_memory();
    r->file = f;
    r->take = take;
    r->self = self;
    r->line = 1;
    r->text = cn_buf_on(NULL, CN_IMPORT_ROW_MAX);
    (void)csv_init(&r->parser, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_blk_size(&r->parser, BLOCK); /* a long cell is not copied for every 128 bytes of it */
    return r;
}

void cn_import_rows_free(cn_import_rows *r) {
    if (!r) return;
    csv_free(&r->parser);
    cn_buf_done(&r->text);
    free(r);
}

/* ---- What libcsv finds ---- */

static void refuse_cell(cn_import_rows *r, cn_slice cell) {
    size_t column = r->row.n + 1;
    r->failed = true;
    if (r->row.n >= CN_IMPORT_COLUMNS_MAX)
        (void)cn_import_fail(r->err, r->file, CN_LIMIT, "import.columns", r->row.line, column,
                             "a row has more than %d columns.", CN_IMPORT_COLUMNS_MAX);
    else if (r->text.full)
        (void)cn_import_fail(r->err, r->file, CN_LIMIT, "import.row", r->row.line, column,
                             "a row has more than %d bytes.", CN_IMPORT_ROW_MAX);
    else
        (void)cn_import_fail(r->err, r->file, CN_INVALID, "import.encoding", r->row.line, column,
                             "%s here is no UTF-8: save the file as \"CSV UTF-8\".",
                             cn_slice_find_byte(cell, 0) != SIZE_MAX ? "a NUL" : "what stands");
}

static void on_cell(void *bytes, size_t n, void *self) {
    cn_import_rows *r = self;
    cn_slice cell = cn_slice_bytes(bytes, n);
    if (r->failed) return;
    cn_buf_add(&r->text, cell);
    if (r->row.n >= CN_IMPORT_COLUMNS_MAX || r->text.full || cn_utf8_invalid(cell) != SIZE_MAX ||
        cn_slice_find_byte(cell, 0) != SIZE_MAX)
        refuse_cell(r, cell);
    else r->ends[r->row.n++] = r->text.n;
}

static bool has_content(const cn_import_row *row) {
    for (size_t i = 0; i < row->n; i++)
        if (cn_slice_trim(row->cell[i]).n) return true;
    return false;
}

static void on_row(int end, void *self) {
    (void)end;
    cn_import_rows *r = self;
    if (r->failed) return;
    for (size_t i = 0, from = 0; i < r->row.n; from = r->ends[i++])
        r->row.cell[i] = cn_slice_sub(cn_buf_slice(&r->text), from, r->ends[i]);
    if (has_content(&r->row)) r->failed = !r->take(r->self, &r->row, r->err);
    cn_buf_clear(&r->text);
    r->row.n = 0;
}

/* ---- Feeding it ---- */

/* The separator found most often outside quotes in the first line. */
static char separator_of(cn_slice text) {
    static const char known[] = ",;\t";
    size_t found[sizeof known] = {0}, best = 0;
    bool quoted = false;
    for (size_t i = 0; i < text.n && (quoted || text.p[i] != '\n'); i++) {
        if (text.p[i] == '"') quoted = !quoted;
        const char *which = quoted || !text.p[i] ? NULL : strchr(known, text.p[i]);
        if (which) found[which - known]++;
    }
    for (size_t k = 0; known[k]; k++)
        if (found[k] > found[best]) best = k;
    return known[best];
}

static bool begin(cn_import_rows *r, cn_slice *bytes, cn_err *err) {
    cn_slice mark = CN_S("\xef\xbb\xbf");
    if (cn_slice_starts(*bytes, mark)) *bytes = cn_slice_from(*bytes, mark.n);
    if (cn_slice_starts(*bytes, CN_S("\xff\xfe")) || cn_slice_starts(*bytes, CN_S("\xfe\xff")))
        return cn_import_fail(err, r->file, CN_INVALID, "import.encoding", 1, 0,
                              "this is UTF-16: save the file as \"CSV UTF-8\".");
    csv_set_delim(&r->parser, (unsigned char)separator_of(*bytes));
    r->begun = true;
    return true;
}

static bool misplaced_quote(cn_import_rows *r) {
    return cn_import_fail(r->err, r->file, CN_INVALID, "import.quote", r->line, r->row.n + 1,
                          "a quotation mark stands inside a cell and is not doubled%s",
                          r->parser.quoted ? "; or the cell's own quotation mark was never closed." : ".");
}

/* Up to a line's end. A cell that is held by libcsv may be as long as a row. */
static bool feed_line(cn_import_rows *r, cn_slice line) {
    if (!r->parser.quoted && !r->row.n && !r->parser.entry_pos) r->row.line = r->line;
    bool was_open = r->parser.quoted;
    size_t taken = csv_parse(&r->parser, line.p, line.n, on_cell, on_row, r);
    if (r->failed) return false;
    if (taken < line.n) {
        if (csv_error(&r->parser) != CSV_EPARSE) cn_no_memory();
        return misplaced_quote(r);
    }
    if (r->parser.entry_pos > CN_IMPORT_ROW_MAX)
        return cn_import_fail(r->err, r->file, CN_LIMIT, "import.row", r->row.line, r->row.n + 1,
                              "a row has more than %d bytes.", CN_IMPORT_ROW_MAX);
    if (r->parser.quoted && !was_open) r->opened = r->line;
    if (line.n && line.p[line.n - 1] == '\n') r->line++;
    return true;
}

bool cn_import_rows_feed(cn_import_rows *r, cn_slice bytes, cn_err *err) {
    r->err = err;
    if (!r->begun && !begin(r, &bytes, err)) return false;
    while (bytes.n) {
        size_t end = cn_slice_find_byte(bytes, '\n');
        cn_slice line = cn_slice_sub(bytes, 0, end == SIZE_MAX ? bytes.n : end + 1);
        if (!feed_line(r, line)) return false;
        bytes = cn_slice_from(bytes, line.n);
    }
    return true;
}

bool cn_import_rows_end(cn_import_rows *r, cn_err *err) {
    r->err = err;
    if (csv_fini(&r->parser, on_cell, on_row, r) != 0)
        return cn_import_fail(err, r->file, CN_INVALID, "import.quote", r->opened, r->row.n + 1,
                              "a quotation mark is opened here and never closed.");
    return !r->failed;
}
