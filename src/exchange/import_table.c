/* SPDX-License-Identifier: Apache-2.0
 *
 * Tables: which shape one is of, by the words of its header line, and its rows handed to the shape's reader.
 */
#include "exchange/import_inside.h"

/* ---- The words of a header ---- */

enum { WORD_MAX = 80 };

/* Small letters and digits of it: "Code - NOC 2021 V1.0" is "codenoc2021v10". Other bytes stay as they are. */
static cn_slice plain_word(cn_slice cell, char out[WORD_MAX]) {
    size_t n = 0;
    for (size_t i = 0; i < cell.n && n < WORD_MAX; i++) {
        char c = cell.p[i];
        bool upper = c >= 'A' && c <= 'Z', kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c < 0;
        if (upper || kept) out[n++] = (char)(upper ? c + ('a' - 'A') : c);
    }
    return cn_slice_bytes(out, n);
}

static bool is_word(cn_slice plain, const char *word) {
    cn_slice w = cn_slice_of(word);
    if (w.p[w.n - 1] != '*') return cn_slice_eq(plain, w);
    return cn_slice_starts(plain, cn_slice_sub(w, 0, w.n - 1));
}

static int column_of(const cn_import_row *header, const char *word) {
    char buffer[WORD_MAX];
    for (size_t i = 0; i < header->n; i++)
        if (is_word(plain_word(header->cell[i], buffer), word)) return (int)i;
    return -1;
}

/* ---- Which shape ---- */

static uint32_t find_columns(const cn_import_shape *s, const cn_import_row *header, int at[CN_IMPORT_PLACES]) {
    uint32_t there = 0;
    for (size_t i = 0; i < CN_IMPORT_PLACES; i++) at[i] = -1;
    for (const cn_import_word *w = s->words; w->word; w++) {
        if (at[w->place] >= 0) continue;
        at[w->place] = column_of(header, w->word);
        if (at[w->place] >= 0) there |= 1U << w->place;
    }
    return there;
}

static bool fits(const cn_import_shape *s, const cn_import_row *header, cn_import_kind kind,
                 int at[CN_IMPORT_PLACES]) {
    if (kind != CN_IMPORT_NONE && kind != s->kind) return false;
    uint32_t there = find_columns(s, header, at);
    return (there & s->must) == s->must && !(there & s->must_not);
}

static const cn_import_shape *shape_among(const cn_import_shape *shapes, size_t n, const cn_import_row *header,
                                          cn_import_kind kind, int at[CN_IMPORT_PLACES]) {
    for (size_t i = 0; i < n; i++)
        if (fits(&shapes[i], header, kind, at)) return &shapes[i];
    return NULL;
}

static bool begin(cn_import_table *t, const cn_import_row *header, cn_err *err) {
    const cn_import_options *o = &t->file->im->options;
    const cn_import_shape *s = shape_among(cn_import_shapes_esco, cn_import_shapes_esco_n, header, o->kind, t->at);
    if (!s) s = shape_among(cn_import_shapes_statcan, cn_import_shapes_statcan_n, header, o->kind, t->at);
    if (!s) s = shape_among(cn_import_shapes_lists, cn_import_shapes_lists_n, header, o->kind, t->at);
    t->french = o->french;
    t->skipped = t->file->archived && (!s || !s->row);
    t->shape = s;
    if (t->skipped) {
        if (o->skipped) o->skipped(o->self, t->file->name);
        return true;
    }
    if (!s && header->n == 1)
        return cn_import_fail(err, t->file, CN_INVALID, "import.shape", header->line, 0,
                              "the first line is a single column, \"%.*s\": columns stand apart by commas, "
                              "semicolons or tabs.",
                              CN_ARG(cn_utf8_prefix(cn_import_trim(header->cell[0]), 40)));
    if (!s)
        return cn_import_fail(err, t->file, CN_INVALID, "import.shape", header->line, 0,
                              "no framework that is known has such columns. A plain list has at least the columns "
                              "label or title, and code or uri.");
    if (!s->row)
        return cn_import_fail(err, t->file, CN_INVALID, "import.shape", header->line, 0,
                              "this is %s, which repeats what other files of the framework say.", s->name);
    return !s->begin || s->begin(t, err);
}

bool cn_import_table_take(void *table, const cn_import_row *row, cn_err *err) {
    cn_import_table *t = table;
    if (t->skipped) return true;
    if (!t->shape) return begin(t, row, err);
    if (++t->file->im->out.rows > CN_IMPORT_ROWS_MAX)
        return cn_import_fail(err, t->file, CN_LIMIT, "import.rows", row->line, 0, "there are more than %d rows.",
                              CN_IMPORT_ROWS_MAX);
    bool good = t->shape->row(t, row, err);
    cn_arena_reset(t->scratch, t->mark);
    return good;
}

/* ---- Cells ---- */

cn_slice cn_import_cell(const cn_import_table *t, const cn_import_row *row, int place) {
    int column = t->at[place];
    return column < 0 || (size_t)column >= row->n ? CN_S("") : cn_import_trim(row->cell[column]);
}

bool cn_import_need(const cn_import_table *t, const cn_import_row *row, int place, cn_slice *out, cn_err *err) {
    cn_slice cell = cn_import_cell(t, row, place);
    if (!cell.n)
        return cn_import_fail(err, t->file, CN_INVALID, "import.column", row->line, (size_t)t->at[place] + 1,
                              "there is nothing where every row has something.");
    *out = cell;
    return true;
}

bool cn_import_need_uri(const cn_import_table *t, const cn_import_row *row, int place, cn_slice *out,
                        cn_err *err) {
    cn_slice cell;
    if (!cn_import_need(t, row, place, &cell, err)) return false;
    if (!cn_uri_well_formed(cell))
        return cn_import_fail(err, t->file, CN_INVALID, "import.uri", row->line, (size_t)t->at[place] + 1,
                              "\"%.*s\" is no URI.", CN_ARG(cn_utf8_prefix(cell, 100)));
    *out = cell;
    return true;
}
