/* SPDX-License-Identifier: Apache-2.0
 *
 * The rows of an upload: coming in, looked up by place, state, kind and learner, judged, and deleted. What there
 * are many of is done in parts, so that others write in between.
 */
#include "store/inside.h"
#include "store/people_inside.h"
#include "store/uploads.h"

enum { ROWS_KEPT = 30 * 86400, READING_SECONDS = 600, ROWS_A_PART = 1000 };

/* ---- Coming in ---- */

typedef struct putting {
    const cn_upload *u;
    const cn_row_source *rows;
    const cn_audit *why;
    cn_time now;
    int64_t number; /* of the upload */
    size_t done;    /* rows */
} putting;

static bool begin(cn_db *db, void *self, cn_err *err) {
    putting *p = self;
    const cn_upload *u = p->u;
    const cn_value values[] = {
        CN_TEXT_VALUE(u->id),        CN_INT_VALUE(u->organisation), CN_INT_VALUE(u->version),
        CN_TEXT_VALUE(u->file_name), CN_TEXT_VALUE(u->decision),    CN_NUMBER_VALUE(u->person),
        CN_INT_VALUE(p->now.sec),
    };
    return cn_db_one(NULL, db, &cn_sql_upload_put, values, cn_row_int, &p->number, err);
}

static bool put_row(cn_db *db, int64_t upload, const cn_upload_row *r, cn_err *err) {
    const cn_value values[] = {
        CN_INT_VALUE(upload),     CN_INT_VALUE(r->line),      CN_TEXT_VALUE(r->learner_key),
        CN_TEXT_VALUE(r->name),   CN_TEXT_VALUE(r->email),    CN_TEXT_VALUE(r->language),
        CN_TEXT_VALUE(r->result), CN_TEXT_VALUE(r->decision), CN_TEXT_VALUE(r->decided_on),
        CN_TEXT_VALUE(r->method), CN_TEXT_VALUE(r->assessor), CN_TEXT_VALUE(r->evidence),
        CN_TEXT_VALUE(r->fault),  CN_TEXT_VALUE(r->raw),
    };
    return cn_db_run(db, &cn_sql_upload_row_put, values, NULL, err);
}

static bool put_some(cn_db *db, void *self, cn_err *err) {
    putting *p = self;
    for (size_t i = 0; i < ROWS_A_PART && p->done < p->rows->n; i++, p->done++) {
        cn_upload_row row;
        if (!p->rows->row(p->rows->self, p->done, &row, err) || !put_row(db, p->number, &row, err)) return false;
    }
    return true;
}

static bool put_part(cn_store *within, void *self, bool *more, cn_err *err) {
    const putting *p = self;
    if (!cn_store_change(within, put_some, self, err)) return false;
    *more = p->done < p->rows->n;
    return true;
}

static bool complete(cn_db *db, void *self, cn_err *err) {
    const putting *p = self;
    const cn_value values[] = {CN_INT_VALUE(p->number)};
    int64_t changed = 0;
    if (!cn_db_run(db, &cn_sql_upload_complete, values, &changed, err)) return false;
    if (!changed) return cn_fail(err, CN_CONFLICT, "upload.state", "reading the file took too long.");
    return cn_audit_insert(db, p->why, p->now, err);
}

bool cn_store_upload_put(cn_store *s, const cn_upload *u, const cn_row_source *rows, const cn_audit *why,
                         cn_time now, cn_err *err) {
    putting p = {.u = u, .rows = rows, .why = why, .now = now};
    return cn_store_change(s, begin, &p, err) && cn_store_in_parts(s, put_part, &p, err) &&
           cn_store_change(s, complete, &p, err);
}

/* ---- Looking them up ---- */

/* The columns as upload_rows.sql names them. */
static bool read_row(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    cn_upload_row *r = out;
    cn_slice *const texts[] = {&r->learner_key, &r->name,       &r->email,  &r->language, &r->result,
                               &r->decision,    &r->decided_on, &r->method, &r->assessor, &r->evidence};
    *r = (cn_upload_row){
        .line = cn_rows_int(rows, 0),
        .state = (cn_row_state)cn_rows_int(rows, 11),
        .award = cn_rows_int(rows, 12),
        .kind = (cn_row_kind)cn_rows_int(rows, 13),
        .marks = (unsigned)cn_rows_int(rows, 14),
        .before = cn_rows_int(rows, 17),
        .twin = cn_rows_int(rows, 18),
    };
    for (int i = 0; i < 10; i++)
        if (!cn_rows_bytes(a, rows, i + 1, texts[i], err)) return false;
    return cn_rows_bytes(a, rows, 15, &r->fault, err) && cn_rows_bytes(a, rows, 16, &r->raw, err);
}

/* `which`: what the statement asks for beside the place, its last value. */
static bool list(cn_arena *a, cn_store *s, const cn_sql *sql, const cn_row_query *q, cn_value which,
                 cn_upload_row **out, size_t *n, cn_err *err) {
    const cn_value values[] = {CN_INT_VALUE(q->upload->number), CN_INT_VALUE(q->upload->version),
                               CN_TEXT_VALUE(q->date),          CN_INT_VALUE(q->after),
                               CN_INT_VALUE((int64_t)q->max),   which};
    void *v;
    if (!cn_store_all(a, s, sql, values, read_row, sizeof **out, &v, n, err)) return false;
    *out = v;
    return true;
}

bool cn_store_upload_rows(cn_arena *a, cn_store *s, const cn_row_query *q, cn_upload_row **out, size_t *n,
                          cn_err *err) {
    return list(a, s, &cn_sql_upload_rows, q, CN_INT_VALUE(0), out, n, err);
}

bool cn_store_upload_rows_kind(cn_arena *a, cn_store *s, const cn_row_query *q, cn_row_kind kind,
                               cn_upload_row **out, size_t *n, cn_err *err) {
    return list(a, s, &cn_sql_upload_rows_kind, q, CN_INT_VALUE(kind), out, n, err);
}

bool cn_store_upload_rows_key(cn_arena *a, cn_store *s, const cn_row_query *q, cn_slice learner_key,
                              cn_upload_row **out, size_t *n, cn_err *err) {
    return list(a, s, &cn_sql_upload_rows_key, q, CN_TEXT_VALUE(learner_key), out, n, err);
}

bool cn_store_upload_rows_in(cn_arena *a, cn_store *s, const cn_row_query *q, cn_row_state state,
                             cn_upload_row **out, size_t *n, cn_err *err) {
    cn_row_query at = *q;
    at.after = state; /* where the others say after which line */
    return list(a, s, &cn_sql_upload_rows_in, &at, CN_INT_VALUE(0), out, n, err);
}

static bool read_counts(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    cn_row_counts *c = out;
    (void)a, (void)err;
    for (int i = 0; i < CN_ROW_KINDS; i++) c->kinds[i] = (size_t)cn_rows_int(rows, i);
    c->unassessed = (size_t)cn_rows_int(rows, CN_ROW_KINDS);
    c->formulas = (size_t)cn_rows_int(rows, CN_ROW_KINDS + 1);
    c->formula = cn_rows_int(rows, CN_ROW_KINDS + 2);
    return true;
}

bool cn_store_upload_counts(cn_store *s, const cn_upload *u, cn_row_counts *out, cn_err *err) {
    const cn_value values[] = {CN_INT_VALUE(u->number)};
    return cn_store_one(NULL, s, &cn_sql_upload_counts, values, read_counts, out, err);
}

/* ---- What they are ---- */

bool cn_store_upload_judge(cn_store *s, const cn_upload *u, const cn_upload_row *row, cn_err *err) {
    const cn_value values[] = {CN_INT_VALUE(u->number), CN_INT_VALUE(row->line), CN_INT_VALUE(row->kind),
                               CN_INT_VALUE(row->marks)};
    return cn_store_run(s, &cn_sql_upload_row_judge, values, NULL, err);
}

bool cn_store_upload_looked(cn_store *s, const cn_upload *u, int64_t line, cn_time at, cn_err *err) {
    const cn_value values[] = {CN_INT_VALUE(u->number), CN_INT_VALUE(line), CN_INT_VALUE(at.sec)};
    return cn_store_run(s, &cn_sql_upload_looked, values, NULL, err);
}

/* ---- Some at a time ---- */

typedef struct doing {
    const cn_sql *sql;
    cn_value values[2]; /* the second: how many at most */
} doing;

static bool do_some(cn_store *within, void *self, bool *more, cn_err *err) {
    const doing *d = self;
    int64_t changed = 0;
    if (!cn_store_run(within, d->sql, d->values, &changed, err)) return false;
    *more = changed == ROWS_A_PART;
    return true;
}

static bool do_all(cn_store *s, const cn_sql *sql, int64_t of, cn_err *err) {
    doing d = {sql, {CN_INT_VALUE(of), CN_INT_VALUE(ROWS_A_PART)}};
    return cn_store_in_parts(s, do_some, &d, err);
}

bool cn_store_upload_drop_wrong(cn_store *s, const cn_upload *u, cn_err *err) {
    return do_all(s, &cn_sql_upload_drop_wrong, u->number, err);
}

/* The upload is dropped first, so that nobody sees what is left when this is stopped in the middle. */
static bool drop(cn_db *db, void *self, cn_err *err) {
    const putting *p = self;
    const cn_value values[] = {CN_INT_VALUE(p->number)};
    int64_t changed = 0;
    if (!cn_db_run(db, &cn_sql_upload_drop, values, &changed, err)) return false;
    if (!changed)
        return cn_fail(err, CN_CONFLICT, "upload.state", "the upload has been confirmed or dropped already.");
    return cn_audit_insert(db, p->why, p->now, err);
}

bool cn_store_upload_drop(cn_store *s, const cn_upload *u, const cn_audit *why, cn_time now, cn_err *err) {
    putting p = {.number = u->number, .why = why, .now = now};
    return cn_store_change(s, drop, &p, err) && do_all(s, &cn_sql_upload_rows_delete, u->number, err);
}

bool cn_store_uploads_tidy(cn_store *s, cn_time now, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(now.sec - ROWS_KEPT), CN_INT_VALUE(now.sec - READING_SECONDS)};
    return cn_store_run(s, &cn_sql_upload_tidy, values, NULL, err) &&
           do_all(s, &cn_sql_upload_rows_tidy, now.sec - ROWS_KEPT, err);
}
