/* SPDX-License-Identifier: Apache-2.0
 *
 * Uploads: a file becomes one, its rows are looked at and mended, it is confirmed or cancelled. What is wrong with
 * a row stands in upload_row.c, the work after the confirmation in uploads_work.c.
 */
#include "app/uploads.h"
#include "app/achievements.h"
#include "app/secret.h"
#include "json/json.h"

enum {
    LOOK_AT_ONCE = 1000,     /* rows in memory at a time */
    SHEET_MEMORY = 512 << 20 /* of a file being read */
};

/* ---- Reading a file ---- */

/* Rows for the store, one after the other. */
typedef struct reading {
    cn_arena *a; /* emptied after each row */
    cn_arena_mark mark;
    cn_sheet sheet;
    cn_columns columns;
} reading;

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
    return (cn_columns_name(r->a, c, s, i + 1, &out->name) && cn_row_tidy(r->a, out)) || cn_fail_memory(err);
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
    memcpy(report.missing, c->missing, sizeof report.missing);
    for (size_t i = 1; i < r->sheet.n && !report.too_wide; i++)
        if (cn_columns_overflow(c, &r->sheet, i)) report.too_wide = r->sheet.rows[i].line;
    report.good = report.rows && !c->missing_n && !c->twice_n && !report.too_wide;
    if (!copy_words(a, &r->sheet, c->unknown, c->unknown_n, &report.unknown) ||
        !copy_words(a, &r->sheet, c->twice, c->twice_n, &report.twice))
        return cn_fail_memory(err);
    *out = report;
    return true;
}

static bool decision_text(cn_arena *a, const cn_decision *d, cn_slice *out, cn_err *err) {
    cn_json *v = cn_json_object(a);
    cn_buf b = cn_buf_on(a, 0);
    bool good = v && cn_json_set(a, v, CN_S("date"), cn_json_string(a, d->date)) &&
                cn_json_set(a, v, CN_S("method"), cn_json_string(a, d->method)) &&
                cn_json_set(a, v, CN_S("assessor"), cn_json_string(a, d->assessor)) &&
                cn_json_set(a, v, CN_S("language"), cn_json_string(a, d->language)) &&
                cn_json_set(a, v, CN_S("unknown"), cn_json_string(a, d->unknown));
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
    if (!cn_app_id(a, app, &u.id, err) || !decision_text(a, &d, &u.decision, err)) return false;
    cn_audit why = {file->organisation, file->person, CN_S("upload.new"), u.id, now};
    r->mark = cn_arena_get_mark(r->a);
    if (!cn_store_upload_put(app->store, &u, &rows, &why, now, err)) return false;
    *id = u.id;
    return true;
}

bool cn_app_upload_new(cn_arena *a, const cn_app *app, cn_time now, const cn_upload_file *file,
                       cn_upload_report *report, cn_slice *id, cn_err *err) {
    cn_arena *scratch CN_ARENA_AUTO = cn_arena_new(SHEET_MEMORY);
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

/* ---- Looking at all rows ---- */

typedef struct look {
    const cn_preview_ask *ask;
    cn_preview found;
    size_t cap[CN_ROW_KINDS];
} look;

static bool copy_row(cn_arena *a, const cn_upload_row *from, cn_upload_row *out) {
    *out = *from;
    cn_slice *const texts[] = {&out->learner_key, &out->name,       &out->email,  &out->language, &out->result,
                               &out->decision,    &out->decided_on, &out->method, &out->assessor, &out->evidence};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (!cn_arena_copy(a, *texts[i], texts[i])) return false;
    return true;
}

static bool keep_row(cn_arena *a, look *l, cn_row_kind kind, const cn_upload_row *row) {
    cn_preview_list *list = &l->found.lists[kind];
    if (list->n == l->ask->max[kind]) return list->more = true;
    cn_upload_row *v = cn_arena_grow(a, list->rows, list->n, &l->cap[kind], list->n + 1, sizeof *v);
    if (!v) return false;
    list->rows = v;
    return copy_row(a, row, &v[list->n++]);
}

static bool look_at(cn_arena *a, cn_arena *scratch, cn_time now, const cn_upload_row *row, const cn_decision *d,
                    look *l) {
    cn_row_kind kind = cn_row_kind_of(scratch, now, row, d);
    l->found.counts[kind]++;
    return row->line <= l->ask->after[kind] || keep_row(a, l, kind, row);
}

/* Calls `look_at` for every row; a thousand are in memory at a time. */
static bool look_through(cn_arena *a, const cn_app *app, cn_time now, const cn_upload *u, look *l, cn_err *err) {
    cn_arena *scratch CN_ARENA_AUTO = cn_arena_new(0);
    cn_arena_mark mark = cn_arena_get_mark(scratch);
    cn_decision d;
    if (!cn_app_upload_decision(a, u, &d, err)) return false;
    cn_row_query q = {.upload = u, .date = d.date, .max = LOOK_AT_ONCE};
    for (size_t n = LOOK_AT_ONCE; n == LOOK_AT_ONCE;) {
        cn_upload_row *rows;
        cn_arena_reset(scratch, mark);
        if (!cn_store_upload_rows(scratch, app->store, &q, &rows, &n, err)) return false;
        for (size_t i = 0; i < n; i++)
            if (!look_at(a, scratch, now, &rows[i], &d, l)) return cn_fail_memory(err);
        if (n) q.after = rows[n - 1].line;
    }
    return true;
}

bool cn_app_upload_preview(cn_arena *a, const cn_app *app, cn_time now, const cn_upload *u,
                           const cn_preview_ask *ask, cn_preview *out, cn_err *err) {
    look l = {.ask = ask};
    if (!look_through(a, app, now, u, &l, err)) return false;
    *out = l.found;
    return true;
}

/* ---- Changing ---- */

bool cn_app_upload_get(cn_arena *a, const cn_app *app, int64_t organisation, cn_slice id, cn_upload *out,
                       cn_err *err) {
    return cn_store_upload(a, app->store, organisation, id, out, err);
}

bool cn_app_uploads_of(cn_arena *a, const cn_app *app, int64_t organisation, size_t max, cn_uploads *out,
                       cn_err *err) {
    return cn_store_uploads_of(a, app->store, organisation, max, &out->v, &out->n, err);
}

bool cn_app_upload_row(cn_arena *a, const cn_app *app, const cn_upload *u, int64_t line, cn_upload_row *out,
                       cn_err *err) {
    cn_decision d;
    cn_upload_row *row;
    size_t n;
    if (line < 1) return cn_fail(err, CN_NOT_FOUND, "store.none", "there is no such row.");
    if (!cn_app_upload_decision(a, u, &d, err)) return false;
    cn_row_query q = {.upload = u, .date = d.date, .after = line - 1, .max = 1};
    if (!cn_store_upload_rows(a, app->store, &q, &row, &n, err)) return false;
    if (!n || row->line != line) return cn_fail(err, CN_NOT_FOUND, "store.none", "there is no such row.");
    *out = *row;
    return true;
}

bool cn_app_upload_mend(cn_arena *a, const cn_app *app, const cn_upload *u, const cn_upload_row *row,
                        cn_err *err) {
    cn_upload_row tidy = *row;
    if (!cn_row_tidy(a, &tidy)) return cn_fail_memory(err);
    return cn_store_upload_row_set(app->store, u, &tidy, err);
}

bool cn_app_upload_drop_row(cn_arena *a, const cn_app *app, const cn_upload *u, int64_t line, bool dropped,
                            cn_err *err) {
    (void)a;
    return cn_store_upload_rows_drop(app->store, u, &line, 1, dropped, err);
}

bool cn_app_upload_drop_wrong(cn_arena *a, const cn_app *app, cn_time now, const cn_upload *u, cn_err *err) {
    const cn_preview_ask ask = {.max = {[CN_ROW_IS_WRONG] = SIZE_MAX}};
    cn_preview p;
    if (!cn_app_upload_preview(a, app, now, u, &ask, &p, err)) return false;
    const cn_preview_list *wrong = &p.lists[CN_ROW_IS_WRONG];
    int64_t *lines = CN_NEW_ARRAY(a, int64_t, wrong->n);
    if (!lines) return cn_fail_memory(err);
    for (size_t i = 0; i < wrong->n; i++) lines[i] = wrong->rows[i].line;
    return cn_store_upload_rows_drop(app->store, u, lines, wrong->n, true, err);
}

bool cn_app_upload_confirm(cn_arena *a, const cn_app *app, cn_time now, const cn_upload *u, int64_t person,
                           cn_err *err) {
    cn_preview p;
    const cn_preview_ask ask = {0};
    cn_audit why = {u->organisation, person, CN_S("upload.confirmed"), u->id, now};
    if (u->state != CN_UPLOAD_PREVIEW)
        return cn_fail(err, CN_CONFLICT, "upload.state", "the upload has been confirmed or dropped already.");
    if (!cn_app_upload_preview(a, app, now, u, &ask, &p, err)) return false;
    if (p.counts[CN_ROW_IS_WRONG])
        return cn_fail(err, CN_CONFLICT, "upload.wrong", "%zu rows cannot be awarded as they are.",
                       p.counts[CN_ROW_IS_WRONG]);
    if (!p.counts[CN_ROW_IS_READY])
        return cn_fail(err, CN_CONFLICT, "upload.nothing", "no row is left to be awarded.");
    if (!cn_store_upload_confirm(app->store, u, &why, now, err)) return false;
    if (app->wake) app->wake(app->wake_self);
    return true;
}

bool cn_app_upload_cancel(cn_arena *a, const cn_app *app, cn_time now, const cn_upload *u, int64_t person,
                          cn_err *err) {
    (void)a;
    cn_audit why = {u->organisation, person, CN_S("upload.dropped"), u->id, now};
    return cn_store_upload_drop(app->store, u, &why, now, err);
}
