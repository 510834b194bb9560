/* SPDX-License-Identifier: Apache-2.0
 *
 * Uploads and their rows, from the preview to the confirmation, and their end.
 */
#include "store/uploads.h"
#include "store/inside.h"
#include "store/people_inside.h"

enum { ROWS_KEPT = 30 * 86400 }; /* seconds */

static bool too_late(cn_err *err) {
    return cn_fail(err, CN_CONFLICT, "upload.state", "the upload has been confirmed or dropped already.");
}

/* ---- Putting ---- */

typedef struct putting {
    const cn_upload *u;
    const cn_row_source *rows;
    const cn_audit *why;
    cn_time now;
} putting;

static bool put_row(cn_db *db, int64_t upload, const cn_upload_row *r, cn_err *err) {
    const cn_value values[] = {
        CN_INT_VALUE(upload),     CN_INT_VALUE(r->line),      CN_TEXT_VALUE(r->learner_key),
        CN_TEXT_VALUE(r->name),   CN_TEXT_VALUE(r->email),    CN_TEXT_VALUE(r->language),
        CN_TEXT_VALUE(r->result), CN_TEXT_VALUE(r->decision), CN_TEXT_VALUE(r->decided_on),
        CN_TEXT_VALUE(r->method), CN_TEXT_VALUE(r->assessor), CN_TEXT_VALUE(r->evidence),
    };
    return cn_db_run(db, &cn_sql_upload_row_put, values, NULL, err);
}

static bool put(cn_db *db, void *self, cn_err *err) {
    const putting *p = self;
    const cn_upload *u = p->u;
    int64_t number;
    const cn_value values[] = {
        CN_TEXT_VALUE(u->id),        CN_INT_VALUE(u->organisation), CN_INT_VALUE(u->version),
        CN_TEXT_VALUE(u->file_name), CN_TEXT_VALUE(u->decision),    CN_NUMBER_VALUE(u->person),
        CN_INT_VALUE(p->now.sec),
    };
    if (!cn_db_one(NULL, db, &cn_sql_upload_put, values, cn_row_int, &number, err)) return false;
    for (size_t i = 0; i < p->rows->n; i++) {
        cn_upload_row row;
        if (!p->rows->row(p->rows->self, i, &row, err) || !put_row(db, number, &row, err)) return false;
    }
    return cn_audit_insert(db, p->why, p->now, err);
}

bool cn_store_upload_put(cn_store *s, const cn_upload *u, const cn_row_source *rows, const cn_audit *why,
                         cn_time now, cn_err *err) {
    putting p = {u, rows, why, now};
    return cn_store_change(s, put, &p, err);
}

/* ---- Reading ---- */

/* The columns as upload_get.sql names them. */
static bool read_upload(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    cn_upload *u = out;
    *u = (cn_upload){
        .number = cn_rows_int(rows, 0),
        .organisation = cn_rows_int(rows, 2),
        .version = cn_rows_int(rows, 3),
        .state = (cn_upload_state)cn_rows_int(rows, 6),
        .person = cn_rows_int(rows, 7),
        .created_at.sec = cn_rows_int(rows, 8),
        .confirmed_at.sec = cn_rows_int(rows, 9),
        .done_at.sec = cn_rows_int(rows, 10),
    };
    for (int i = 0; i < CN_ROW_STATES; i++) u->rows[i] = (size_t)cn_rows_int(rows, 11 + i);
    return cn_rows_bytes(a, rows, 1, &u->id, err) && cn_rows_bytes(a, rows, 4, &u->file_name, err) &&
           cn_rows_bytes(a, rows, 5, &u->decision, err);
}

bool cn_store_upload(cn_arena *a, cn_store *s, int64_t organisation, cn_slice id, cn_upload *out, cn_err *err) {
    const cn_value values[] = {CN_INT_VALUE(organisation), CN_TEXT_VALUE(id)};
    return cn_store_one(a, s, &cn_sql_upload_get, values, read_upload, out, err);
}

bool cn_store_uploads_of(cn_arena *a, cn_store *s, int64_t organisation, size_t max, cn_upload **out, size_t *n,
                         cn_err *err) {
    const cn_value values[] = {CN_INT_VALUE(organisation), CN_INT_VALUE((int64_t)max)};
    void *v;
    if (!cn_store_all(a, s, &cn_sql_upload_of, values, read_upload, sizeof **out, &v, n, err)) return false;
    *out = v;
    return true;
}

bool cn_store_upload_next(cn_arena *a, cn_store *s, cn_upload *out, cn_err *err) {
    return cn_store_one(a, s, &cn_sql_upload_next, NULL, read_upload, out, err);
}

/* The columns as upload_rows.sql names them. */
static bool read_row(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    cn_upload_row *r = out;
    cn_slice *const texts[] = {&r->learner_key, &r->name,       &r->email,  &r->language, &r->result,
                               &r->decision,    &r->decided_on, &r->method, &r->assessor, &r->evidence};
    *r = (cn_upload_row){
        .line = cn_rows_int(rows, 0),
        .state = (cn_row_state)cn_rows_int(rows, 11),
        .award = cn_rows_int(rows, 12),
        .before = cn_rows_int(rows, 13),
        .twin = cn_rows_int(rows, 14),
    };
    for (int i = 0; i < 10; i++)
        if (!cn_rows_bytes(a, rows, i + 1, texts[i], err)) return false;
    return true;
}

bool cn_store_upload_rows(cn_arena *a, cn_store *s, const cn_row_query *q, cn_upload_row **out, size_t *n,
                          cn_err *err) {
    const cn_value values[] = {CN_INT_VALUE(q->upload->number), CN_INT_VALUE(q->upload->version),
                               CN_TEXT_VALUE(q->date), CN_INT_VALUE(q->after), CN_INT_VALUE((int64_t)q->max)};
    void *v;
    if (!cn_store_all(a, s, &cn_sql_upload_rows, values, read_row, sizeof **out, &v, n, err)) return false;
    *out = v;
    return true;
}

bool cn_store_upload_rows_in(cn_arena *a, cn_store *s, const cn_row_query *q, cn_row_state state,
                             cn_upload_row **out, size_t *n, cn_err *err) {
    const cn_value values[] = {CN_INT_VALUE(q->upload->number), CN_INT_VALUE(state),
                               CN_INT_VALUE(q->upload->version), CN_TEXT_VALUE(q->date),
                               CN_INT_VALUE((int64_t)q->max)};
    void *v;
    if (!cn_store_all(a, s, &cn_sql_upload_rows_in, values, read_row, sizeof **out, &v, n, err)) return false;
    *out = v;
    return true;
}

/* ---- Changing, in the preview ---- */

static bool change_one(cn_db *db, const cn_sql *sql, const cn_value *values, cn_err *err) {
    int64_t changed = 0;
    if (!cn_db_run(db, sql, values, &changed, err)) return false;
    return changed || too_late(err);
}

typedef struct change {
    const cn_upload *u;
    const cn_sql *sql;
    const cn_value *values;
    const int64_t *lines; /* of rows to drop, or to take back */
    size_t n;
    bool dropped;
    const cn_audit *why;
    cn_time now;
} change;

static bool apply(cn_db *db, void *self, cn_err *err) {
    const change *c = self;
    return change_one(db, c->sql, c->values, err) && cn_audit_insert(db, c->why, c->now, err);
}

bool cn_store_upload_row_set(cn_store *s, const cn_upload *u, const cn_upload_row *r, cn_err *err) {
    const cn_value values[] = {
        CN_INT_VALUE(u->number),  CN_INT_VALUE(r->line),      CN_TEXT_VALUE(r->learner_key),
        CN_TEXT_VALUE(r->name),   CN_TEXT_VALUE(r->email),    CN_TEXT_VALUE(r->language),
        CN_TEXT_VALUE(r->result), CN_TEXT_VALUE(r->decision), CN_TEXT_VALUE(r->decided_on),
        CN_TEXT_VALUE(r->method), CN_TEXT_VALUE(r->assessor), CN_TEXT_VALUE(r->evidence),
    };
    change c = {.u = u, .sql = &cn_sql_upload_row_set, .values = values};
    return cn_store_change(s, apply, &c, err);
}

static bool drop_rows(cn_db *db, void *self, cn_err *err) {
    const change *c = self;
    for (size_t i = 0; i < c->n; i++) {
        const cn_value values[] = {CN_INT_VALUE(c->u->number), CN_INT_VALUE(c->lines[i]),
                                   CN_INT_VALUE(c->dropped ? CN_ROW_DROPPED : CN_ROW_WAITING)};
        if (!change_one(db, &cn_sql_upload_row_drop, values, err)) return false;
    }
    return true;
}

bool cn_store_upload_rows_drop(cn_store *s, const cn_upload *u, const int64_t *lines, size_t n, bool dropped,
                               cn_err *err) {
    change c = {.u = u, .lines = lines, .n = n, .dropped = dropped};
    return cn_store_change(s, drop_rows, &c, err);
}

bool cn_store_upload_decide(cn_store *s, const cn_upload *u, cn_slice decision, cn_err *err) {
    const cn_value values[] = {CN_INT_VALUE(u->number), CN_TEXT_VALUE(decision)};
    change c = {.u = u, .sql = &cn_sql_upload_decide, .values = values};
    return cn_store_change(s, apply, &c, err);
}

bool cn_store_upload_confirm(cn_store *s, const cn_upload *u, const cn_audit *why, cn_time now, cn_err *err) {
    const cn_value values[] = {CN_INT_VALUE(u->number), CN_INT_VALUE(now.sec)};
    change c = {.u = u, .sql = &cn_sql_upload_confirm, .values = values, .why = why, .now = now};
    return cn_store_change(s, apply, &c, err);
}

static bool drop(cn_db *db, void *self, cn_err *err) {
    const change *c = self;
    return apply(db, self, err) && cn_db_run(db, &cn_sql_upload_rows_delete, c->values, NULL, err);
}

bool cn_store_upload_drop(cn_store *s, const cn_upload *u, const cn_audit *why, cn_time now, cn_err *err) {
    const cn_value values[] = {CN_INT_VALUE(u->number)};
    change c = {.u = u, .sql = &cn_sql_upload_drop, .values = values, .why = why, .now = now};
    return cn_store_change(s, drop, &c, err);
}

/* ---- Retention ---- */

static bool tidy(cn_db *db, void *self, cn_err *err) {
    return cn_db_run(db, &cn_sql_upload_tidy, self, NULL, err) &&
           cn_db_run(db, &cn_sql_upload_rows_tidy, self, NULL, err);
}

bool cn_store_uploads_tidy(cn_store *s, cn_time now, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(now.sec - ROWS_KEPT)};
    return cn_store_change(s, tidy, values, err);
}
