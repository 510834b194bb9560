/* SPDX-License-Identifier: Apache-2.0
 *
 * Uploads: a file becomes one, and has a decision of its own. How its rows are looked at, mended and confirmed
 * stands in upload_look.c, what is wrong with a row in upload_row.c, the work after the confirmation in
 * uploads_work.c.
 */
#include "app/uploads.h"
#include "app/achievements.h"
#include "app/secret.h"
#include "json/json.h"

/* Of a file being read: its text as UTF-8, its cells, and where they end, which grow by doubling. One with hardly
 * more than separators would take many times its size, and is not read. */
enum { SHEET_MEMORY = 4 << 20, SHEET_MEMORY_A_BYTE = 12, RAW_MAX = 1000 };

/* ---- Reading a file ---- */

/* Rows for the store, one after the other. */
typedef struct reading {
    cn_arena *a; /* emptied after each row */
    cn_arena_mark mark;
    cn_sheet sheet;
    cn_columns columns;
} reading;

/* A line may leave out what is empty at its end, but not what no row goes without. */
static bool is_short(const reading *r, size_t i, const cn_upload_row *row) {
    bool whole = row->learner_key.n && row->name.n && row->email.n;
    return !whole && r->sheet.rows[i].cells < r->columns.n;
}

/* Cells that stand in a wrong column cannot be told from others: who mends the row sees the line. */
static bool note_fault(const reading *r, size_t i, cn_upload_row *out) {
    const cn_sheet *s = &r->sheet;
    bool wide = cn_columns_overflow(&r->columns, s, i), narrow = is_short(r, i, out);
    if (!wide && !narrow && !s->rows[i].strays) return true;
    cn_buf b = cn_buf_on(r->a, 0);
    for (size_t k = 0; k < s->rows[i].cells; k++)
        cn_buf_print(&b, "%s%.*s", k ? " | " : "", CN_ARG(cn_slice_trim(cn_sheet_cell(s, i, k))));
    out->fault = wide ? CN_S("cells") : narrow ? CN_S("short") : CN_S("quote");
    out->raw = cn_utf8_prefix(cn_buf_slice(&b), RAW_MAX);
    return cn_buf_ok(&b);
}

static bool read_row(void *self, size_t i, cn_upload_row *out, cn_err *err) {
    reading *r = self;
    const cn_sheet *s = &r->sheet;
    const cn_columns *c = &r->columns;
    cn_arena_reset(r->a, r->mark);
    *out = (cn_upload_row){
        .line = s->rows[i + 1].line,
        .learner_key = cn_columns_cell(c, s, i + 1, CN_FIELD_KEY),
        .email = cn_columns_cell(c, s, i + 1, CN_FIELD_EMAIL),
        .language = cn_columns_cell(c, s, i + 1, CN_FIELD_LANGUAGE),
        .result = cn_columns_cell(c, s, i + 1, CN_FIELD_RESULT),
        .decision = cn_columns_cell(c, s, i + 1, CN_FIELD_DECISION),
        .decided_on = cn_columns_cell(c, s, i + 1, CN_FIELD_DATE),
        .method = cn_columns_cell(c, s, i + 1, CN_FIELD_METHOD),
        .assessor = cn_columns_cell(c, s, i + 1, CN_FIELD_ASSESSOR),
        .evidence = cn_columns_cell(c, s, i + 1, CN_FIELD_EVIDENCE),
    };
    return (cn_columns_name(r->a, c, s, i + 1, &out->name) && cn_row_tidy(r->a, out) &&
            note_fault(r, i + 1, out)) ||
           cn_fail_memory(err);
}

static bool copy_words(cn_arena *a, const cn_sheet *s, const size_t *columns, size_t n, const cn_slice **out) {
    cn_slice *v = CN_NEW_ARRAY(a, cn_slice, n);
    for (size_t i = 0; v && i < n; i++)
        if (!cn_arena_copy(a, cn_slice_trim(cn_sheet_cell(s, 0, columns[i])), &v[i])) return false;
    *out = v;
    return v;
}

static bool report_on(cn_arena *a, const reading *r, cn_upload_report *out, cn_err *err) {
    const cn_columns *c = &r->columns;
    cn_upload_report report = {
        .rows = r->sheet.n - 1, .missing_n = c->missing_n, .unknown_n = c->unknown_n, .twice_n = c->twice_n};
    size_t all[CN_SHEET_MAX_COLUMNS];
    memcpy(report.missing, c->missing, sizeof report.missing);
    for (; report.words_n < c->n; report.words_n++) all[report.words_n] = report.words_n;
    report.good = report.rows && !c->missing_n && !c->twice_n;
    if (!copy_words(a, &r->sheet, all, report.words_n, &report.words) ||
        !copy_words(a, &r->sheet, c->unknown, c->unknown_n, &report.unknown) ||
        !copy_words(a, &r->sheet, c->twice, c->twice_n, &report.twice))
        return cn_fail_memory(err);
    *out = report;
    return true;
}

/* {"key": "Matricule", …} */
static const cn_json *columns_json(cn_arena *a, const cn_decision *d) {
    cn_json *v = cn_json_object(a);
    bool good = v != NULL;
    for (cn_sheet_field f = 0; good && f < CN_FIELDS; f++)
        if (d->columns[f].n) good = cn_json_set(a, v, cn_sheet_field_word(f), cn_json_string(a, d->columns[f]));
    return good ? v : NULL;
}

static bool decision_text(cn_arena *a, const cn_decision *d, cn_slice *out, cn_err *err) {
    cn_json *v = cn_json_object(a);
    cn_buf b = cn_buf_on(a, 0);
    bool good = v && cn_json_set(a, v, CN_S("date"), cn_json_string(a, d->date)) &&
                cn_json_set(a, v, CN_S("method"), cn_json_string(a, d->method)) &&
                cn_json_set(a, v, CN_S("assessor"), cn_json_string(a, d->assessor)) &&
                cn_json_set(a, v, CN_S("language"), cn_json_string(a, d->language)) &&
                cn_json_set(a, v, CN_S("unknown"), cn_json_string(a, d->unknown)) &&
                cn_json_set(a, v, CN_S("columns"), columns_json(a, d));
    if (good) cn_json_write(&b, v);
    if (!good || !cn_buf_ok(&b)) return cn_fail_memory(err);
    *out = cn_buf_slice(&b);
    return true;
}

static bool join(cn_arena *a, const cn_slice *words, size_t n, cn_slice *out) {
    cn_buf b = cn_buf_on(a, 0);
    for (size_t i = 0; i < n; i++)
        if (words[i].n) cn_buf_print(&b, "%s%.*s", b.n ? ", " : "", CN_ARG(words[i]));
    *out = cn_buf_slice(&b);
    return cn_buf_ok(&b);
}

static bool keep(cn_arena *a, const cn_app *app, cn_time now, const cn_upload_file *file, reading *r,
                 const cn_upload_report *report, cn_slice *id, cn_err *err) {
    cn_row_source rows = {r, report->rows, read_row};
    cn_decision d = {.language = file->language};
    cn_upload u = {.organisation = file->organisation,
                   .version = file->version,
                   .file_name = cn_utf8_prefix(file->name, 200),
                   .person = file->person};
    if (!join(a, report->unknown, report->unknown_n, &d.unknown)) return cn_fail_memory(err);
    for (cn_sheet_field f = 0; f < CN_FIELDS; f++)
        if (r->columns.at[f] != CN_NO_COLUMN)
            d.columns[f] = cn_utf8_prefix(cn_slice_trim(cn_sheet_cell(&r->sheet, 0, r->columns.at[f])), 100);
    if (!cn_app_id(a, app, &u.id, err) || !decision_text(a, &d, &u.decision, err)) return false;
    cn_audit why = {file->organisation, file->person, CN_S("upload.new"), u.id, now};
    r->mark = cn_arena_get_mark(r->a);
    if (!cn_store_upload_put(app->store, &u, &rows, &why, now, err)) return false;
    *id = u.id;
    return true;
}

bool cn_app_upload_new(cn_arena *a, const cn_app *app, cn_time now, const cn_upload_file *file,
                       cn_upload_report *report, cn_slice *id, cn_err *err) {
    cn_arena *scratch CN_ARENA_AUTO = cn_arena_new(SHEET_MEMORY + SHEET_MEMORY_A_BYTE * file->bytes.n);
    reading r = {.a = scratch};
    cn_version version;
    cn_upload_report found;
    cn_slice made = {0};
    if (!cn_app_version_get(a, app, file->version, &version, err)) return false;
    if (version.organisation != file->organisation)
        return cn_fail(err, CN_NOT_FOUND, "store.none", "there is no such version.");
    if (!cn_sheet_read(scratch, file->bytes, &r.sheet, err) ||
        !cn_columns_find(scratch, &r.sheet, &r.columns, err) || !report_on(a, &r, &found, err))
        return false;
    if (found.good && !keep(a, app, now, file, &r, &found, &made, err)) return false;
    *report = found;
    *id = made;
    return true;
}

/* ---- The decision for the whole file ---- */

bool cn_app_upload_decision(cn_arena *a, const cn_upload *u, cn_decision *out, cn_err *err) {
    const cn_json *v;
    if (!cn_json_read(a, u->decision, NULL, &v, err)) return false;
    *out = (cn_decision){
        .date = cn_json_get_text(v, CN_S("date")),
        .method = cn_json_get_text(v, CN_S("method")),
        .assessor = cn_json_get_text(v, CN_S("assessor")),
        .language = cn_json_get_text(v, CN_S("language")),
        .unknown = cn_json_get_text(v, CN_S("unknown")),
    };
    const cn_json *columns = cn_json_get(v, CN_S("columns"));
    for (cn_sheet_field f = 0; columns && f < CN_FIELDS; f++)
        out->columns[f] = cn_json_get_text(columns, cn_sheet_field_word(f));
    return true;
}

/* A part that is missing may stand in the rows. */
static bool is_of_decision(const cn_row_problem *p, const cn_upload_row *decision) {
    bool language = p->field == CN_FIELD_LANGUAGE && decision->language.n;
    bool other = p->field == CN_FIELD_DATE || p->field == CN_FIELD_METHOD || p->field == CN_FIELD_ASSESSOR;
    return (language || other) && !cn_slice_eq(p->word, CN_S("missing"));
}

bool cn_app_upload_decide(cn_arena *a, const cn_app *app, cn_time now, const cn_upload *u,
                          const cn_decision *decision, cn_err *err) {
    cn_upload_row row = {.decided_on = decision->date,
                         .method = decision->method,
                         .assessor = decision->assessor,
                         .language = decision->language};
    cn_row_problem found[CN_ROW_PROBLEMS_MAX];
    cn_decision none = {0};
    cn_slice text;
    if (!cn_row_tidy(a, &row)) return cn_fail_memory(err);
    size_t n = cn_row_check(a, now, &row, &none, found);
    for (size_t i = 0; i < n; i++)
        if (is_of_decision(&found[i], &row))
            return cn_fail_at(err, CN_INVALID, "upload.decision", cn_sheet_field_word(found[i].field), "%.*s",
                              CN_ARG(found[i].word));
    cn_decision d;
    if (!cn_app_upload_decision(a, u, &d, err)) return false; /* the columns of the file stay */
    d.date = row.decided_on, d.method = row.method, d.assessor = row.assessor, d.language = row.language;
    return decision_text(a, &d, &text, err) && cn_store_upload_decide(app->store, u, text, err);
}

/* ---- Working with one ---- */

bool cn_app_upload_get(cn_arena *a, const cn_app *app, int64_t organisation, cn_slice id, cn_upload *out,
                       cn_err *err) {
    return cn_store_upload(a, app->store, organisation, id, out, err);
}

bool cn_app_uploads_of(cn_arena *a, const cn_app *app, int64_t organisation, size_t max, cn_uploads *out,
                       cn_err *err) {
    return cn_store_uploads_of(a, app->store, organisation, max, &out->v, &out->n, err);
}

bool cn_app_upload_cancel(cn_arena *a, const cn_app *app, cn_time now, const cn_upload *u, int64_t person,
                          cn_err *err) {
    (void)a;
    cn_audit why = {u->organisation, person, CN_S("upload.dropped"), u->id, now};
    return cn_store_upload_drop(app->store, u, &why, now, err);
}
