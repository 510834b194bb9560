/* SPDX-License-Identifier: Apache-2.0
 *
 * Uploads from the preview to the end of the work. Their rows stand in upload_rows.c.
 */
#include "store/uploads.h"
#include "store/inside.h"
#include "store/people_inside.h"

static bool too_late(cn_err *err) {
    return cn_fail(err, CN_CONFLICT, "upload.state", "the upload has been confirmed or dropped already.");
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
        .looked = cn_rows_int(rows, 11),
        .looked_at.sec = cn_rows_int(rows, 12),
        .failures = cn_rows_int(rows, 13),
        .retry_at.sec = cn_rows_int(rows, 15),
        .changes = cn_rows_int(rows, 16 + CN_ROW_STATES),
    };
    for (int i = 0; i < CN_ROW_STATES; i++) u->rows[i] = (size_t)cn_rows_int(rows, 16 + i);
    return cn_rows_bytes(a, rows, 1, &u->id, err) && cn_rows_bytes(a, rows, 4, &u->file_name, err) &&
           cn_rows_bytes(a, rows, 5, &u->decision, err) && cn_rows_bytes(a, rows, 14, &u->problem, err);
}

bool cn_store_upload(cn_arena *a, cn_store *s, int64_t organisation, cn_slice id, cn_upload *out, cn_err *err) {
    const cn_value values[] = {CN_INT_VALUE(organisation), CN_TEXT_VALUE(id)};
    return cn_store_one(a, s, &cn_sql_upload_get, values, read_upload, out, err);
}

bool cn_store_upload_brief(cn_arena *a, cn_store *s, int64_t number, cn_upload *out, cn_err *err) {
    const cn_value values[] = {CN_INT_VALUE(number)};
    return cn_store_one(a, s, &cn_sql_upload_brief, values, read_upload, out, err);
}

bool cn_store_uploads_of(cn_arena *a, cn_store *s, int64_t organisation, size_t max, cn_upload **out, size_t *n,
                         cn_err *err) {
    const cn_value values[] = {CN_INT_VALUE(organisation), CN_INT_VALUE((int64_t)max)};
    void *v;
    if (!cn_store_all(a, s, &cn_sql_upload_of, values, read_upload, sizeof **out, &v, n, err)) return false;
    *out = v;
    return true;
}

/* ---- Work ---- */

bool cn_store_upload_next(cn_arena *a, cn_store *s, cn_time now, cn_upload *out, cn_err *err) {
    const cn_value values[] = {CN_INT_VALUE(now.sec)};
    return cn_store_one(a, s, &cn_sql_upload_next, values, read_upload, out, err);
}

bool cn_store_upload_failed(cn_store *s, int64_t number, cn_slice problem, cn_time retry_at, cn_err *err) {
    const cn_value values[] = {CN_INT_VALUE(number), CN_TEXT_VALUE(problem), CN_INT_VALUE(retry_at.sec)};
    return cn_store_run(s, &cn_sql_upload_failed, values, NULL, err);
}

static bool read_problem(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    return cn_rows_bytes(a, rows, 0, out, err);
}

bool cn_store_upload_stuck(cn_arena *a, cn_store *s, cn_slice *problem, cn_err *err) {
    return cn_store_one(a, s, &cn_sql_upload_stuck, NULL, read_problem, problem, err);
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
    const cn_audit *why;
    cn_time now;
} change;

/* A row is changed, and that it is counts against who confirms what they saw before. */
static bool apply_to_row(cn_db *db, void *self, cn_err *err) {
    const change *c = self;
    const cn_value number[] = {CN_INT_VALUE(c->u->number)};
    return change_one(db, c->sql, c->values, err) && cn_db_run(db, &cn_sql_upload_touch, number, NULL, err);
}

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
    return cn_store_change(s, apply_to_row, &c, err);
}

bool cn_store_upload_row_drop(cn_store *s, const cn_upload *u, int64_t line, bool dropped, cn_err *err) {
    const cn_value values[] = {CN_INT_VALUE(u->number), CN_INT_VALUE(line),
                               CN_INT_VALUE(dropped ? CN_ROW_DROPPED : CN_ROW_WAITING)};
    change c = {.u = u, .sql = &cn_sql_upload_row_drop, .values = values};
    return cn_store_change(s, apply_to_row, &c, err);
}

bool cn_store_upload_decide(cn_store *s, const cn_upload *u, cn_slice decision, cn_err *err) {
    const cn_value values[] = {CN_INT_VALUE(u->number), CN_TEXT_VALUE(decision)};
    change c = {.u = u, .sql = &cn_sql_upload_decide, .values = values};
    return cn_store_change(s, apply, &c, err);
}

bool cn_store_upload_confirm(cn_store *s, const cn_upload *u, const cn_audit *why, cn_time now, cn_err *err) {
    const cn_value values[] = {CN_INT_VALUE(u->number), CN_INT_VALUE(now.sec), CN_INT_VALUE(u->changes)};
    change c = {.u = u, .sql = &cn_sql_upload_confirm, .values = values, .why = why, .now = now};
    return cn_store_change(s, apply, &c, err);
}
