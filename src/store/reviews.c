/* SPDX-License-Identifier: Apache-2.0
 *
 * Reviews: steps, comments, approvals. A step names the one it follows: of two that are taken at once, one is
 * kept.
 */
#include "store/reviews.h"
#include "store/people_inside.h"

/* ---- Rows ---- */

static bool read_step(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    cn_stored_step *v = out;
    int64_t state = cn_rows_int(rows, 2);
    if (state < 0 || state >= CN_FLOW_STATES)
        return cn_fail(err, CN_INVALID, "store.corrupt", "a review has a step that this program does not know.");
    v->number = cn_rows_int(rows, 0);
    v->achievement = cn_rows_int(rows, 1);
    v->state = (cn_flow_state)state;
    v->version = (int)cn_rows_int(rows, 3);
    v->body = cn_rows_int(rows, 6);
    v->person = cn_rows_int(rows, 9);
    v->at.sec = cn_rows_int(rows, 12);
    return cn_rows_texts(a, rows, 4, CN_TEXTS(&v->digest, &v->document), err) &&
           cn_rows_texts(a, rows, 7, CN_TEXTS(&v->body_en, &v->body_fr), err) &&
           cn_rows_texts(a, rows, 10, CN_TEXTS(&v->person_name, &v->reason), err);
}

static bool read_comment(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    cn_stored_comment *v = out;
    v->at.sec = cn_rows_int(rows, 5);
    return cn_rows_texts(a, rows, 1, CN_TEXTS(&v->organisation_en, &v->organisation_fr, &v->person_name, &v->text),
                         err);
}

static bool read_approval(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    cn_stored_approval *v = out;
    v->number = cn_rows_int(rows, 0);
    v->achievement = cn_rows_int(rows, 1);
    v->version = cn_rows_int(rows, 3);
    v->version_number = (int)cn_rows_int(rows, 4);
    v->body = cn_rows_int(rows, 5);
    v->from.sec = cn_rows_int(rows, 8);
    v->until.sec = cn_rows_int(rows, 9);
    v->made_at.sec = cn_rows_int(rows, 10);
    v->withdrawn_at.sec = cn_rows_int(rows, 11);
    return cn_rows_bytes(a, rows, 2, &v->digest, err) &&
           cn_rows_texts(a, rows, 6, CN_TEXTS(&v->body_en, &v->body_fr), err);
}

static bool read_waiting(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    cn_stored_waiting *v = out;
    v->organisation = cn_rows_int(rows, 0);
    v->state = cn_rows_int(rows, 2) == CN_FLOW_SUBMITTED ? CN_FLOW_SUBMITTED : CN_FLOW_IN_REVIEW;
    v->since.sec = cn_rows_int(rows, 3);
    return cn_rows_bytes(a, rows, 1, &v->id, err) &&
           cn_rows_texts(a, rows, 4, CN_TEXTS(&v->organisation_en, &v->organisation_fr, &v->document), err);
}

static bool read_due(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    cn_stored_due *v = out;
    v->organisation = cn_rows_int(rows, 0);
    v->version = (int)cn_rows_int(rows, 2);
    v->until.sec = cn_rows_int(rows, 8);
    return cn_rows_bytes(a, rows, 1, &v->id, err) &&
           cn_rows_texts(
               a, rows, 3,
               CN_TEXTS(&v->document, &v->organisation_en, &v->organisation_fr, &v->body_en, &v->body_fr), err);
}

/* ---- Steps ---- */

typedef struct stepping {
    const cn_sql *sql;
    const cn_value *values;
    const cn_audit *why;
    const cn_stored_approval *approval; /* that a step gives; or NULL */
    cn_time now;
    int64_t number;
} stepping;

static bool put_approval(cn_db *db, const stepping *p, cn_err *err) {
    const cn_stored_approval *made = p->approval;
    const cn_value values[] = {CN_INT_VALUE(made->achievement), CN_TEXT_VALUE(made->digest),
                               CN_NUMBER_VALUE(made->version),  CN_INT_VALUE(made->body),
                               CN_INT_VALUE(made->from.sec),    CN_NUMBER_VALUE(made->until.sec),
                               CN_INT_VALUE(p->now.sec),        CN_INT_VALUE(p->number)};
    return cn_db_run(db, &cn_sql_approval_put, values, NULL, err);
}

/* The audit's row comes last: its link holds what the step says, and the approval. */
static bool put_step(cn_db *db, void *self, cn_err *err) {
    stepping *p = self;
    if (cn_db_one(NULL, db, p->sql, p->values, cn_row_int, &p->number, err))
        return (!p->approval || put_approval(db, p, err)) &&
               cn_audit_insert_step(db, p->why, p->number, p->now, err);
    return err->code == CN_NOT_FOUND &&
           cn_fail(err, CN_CONFLICT, "flow.moved", "somebody else has taken a step with it meanwhile.");
}

bool cn_store_step_put(cn_store *s, const cn_stored_step *step, int64_t after, cn_time now, const cn_audit *why,
                       int64_t *number, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(step->achievement), CN_INT_VALUE(after),
                         CN_INT_VALUE(step->state),       CN_INT_VALUE(step->version),
                         CN_TEXT_VALUE(step->digest),     CN_TEXT_VALUE(step->document),
                         CN_NUMBER_VALUE(step->body),     CN_NUMBER_VALUE(step->person),
                         CN_TEXT_VALUE(step->reason),     CN_INT_VALUE(now.sec)};
    stepping p = {.sql = &cn_sql_review_put, .values = values, .why = why, .approval = step->approval, .now = now};
    if (!cn_store_change(s, put_step, &p, err)) return false;
    *number = p.number;
    return true;
}

bool cn_store_steps_of(cn_arena *a, cn_store *s, int64_t achievement, cn_stored_step **out, size_t *n,
                       cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(achievement)};
    void *v;
    if (!cn_store_all(a, s, &cn_sql_review_of, values, read_step, sizeof **out, &v, n, err)) return false;
    *out = v;
    return true;
}

bool cn_store_achievement_owner(cn_store *s, cn_slice id, int64_t *organisation, cn_err *err) {
    cn_value values[] = {CN_TEXT_VALUE(id)};
    return cn_store_one(NULL, s, &cn_sql_achievement_owner, values, cn_row_int, organisation, err);
}

/* ---- Comments ---- */

static bool run_noted(cn_db *db, void *self, cn_err *err) {
    const stepping *p = self;
    return cn_db_run(db, p->sql, p->values, NULL, err) && cn_audit_insert(db, p->why, p->now, err);
}

bool cn_store_comment_put(cn_store *s, const cn_stored_comment *comment, cn_time now, const cn_audit *why,
                          cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(comment->achievement),
                         CN_INT_VALUE(comment->organisation),
                         CN_NUMBER_VALUE(comment->person),
                         CN_TEXT_VALUE(comment->text),
                         CN_INT_VALUE(now.sec),
                         CN_NUMBER_VALUE(comment->body)};
    stepping p = {.sql = &cn_sql_review_comment_put, .values = values, .why = why, .now = now};
    return cn_store_change(s, run_noted, &p, err);
}

bool cn_store_comments_of(cn_arena *a, cn_store *s, int64_t achievement, int64_t body, cn_stored_comment **out,
                          size_t *n, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(achievement), CN_INT_VALUE(body)};
    void *v;
    if (!cn_store_all(a, s, &cn_sql_review_comments_of, values, read_comment, sizeof **out, &v, n, err))
        return false;
    *out = v;
    return true;
}

static bool read_saying(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    cn_stored_saying *v = out;
    v->at.sec = cn_rows_int(rows, 0);
    return cn_rows_bytes(a, rows, 1, &v->text, err);
}

bool cn_store_said_by(cn_arena *a, cn_store *s, int64_t person, cn_stored_saying **out, size_t *n, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(person)};
    void *v;
    if (!cn_store_all(a, s, &cn_sql_person_said, values, read_saying, sizeof **out, &v, n, err)) return false;
    *out = v;
    return true;
}

/* ---- Approvals ---- */

bool cn_store_approvals_of(cn_arena *a, cn_store *s, int64_t achievement, cn_stored_approval **out, size_t *n,
                           cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(achievement)};
    void *v;
    if (!cn_store_all(a, s, &cn_sql_approval_of, values, read_approval, sizeof **out, &v, n, err)) return false;
    *out = v;
    return true;
}

static bool one_row(cn_store *s, const cn_sql *sql, const cn_value *values, cn_err *err) {
    int64_t changed = 0;
    if (!cn_store_run(s, sql, values, &changed, err)) return false;
    return changed == 1 || cn_fail(err, CN_NOT_FOUND, "store.none", "there is no such approval.");
}

bool cn_store_approval_publish(cn_store *s, int64_t achievement, cn_slice digest, int version, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(achievement), CN_TEXT_VALUE(digest), CN_INT_VALUE(version)};
    return one_row(s, &cn_sql_approval_publish, values, err);
}

bool cn_store_approval_withdraw(cn_store *s, int64_t approval, cn_time now, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(approval), CN_INT_VALUE(now.sec)};
    return one_row(s, &cn_sql_approval_withdraw, values, err);
}

bool cn_store_approval_retry(cn_store *s, int64_t achievement, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(achievement)};
    return cn_store_run(s, &cn_sql_upload_retry, values, NULL, err);
}

bool cn_store_retired(cn_store *s, int64_t achievement, cn_time *out, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(achievement)};
    int64_t at;
    if (!cn_store_one(NULL, s, &cn_sql_review_retired, values, cn_row_int, &at, err)) return false;
    *out = (cn_time){at, 0};
    return true;
}

/* ---- What somebody has to do ---- */

bool cn_store_review_queue(cn_arena *a, cn_store *s, int64_t body, cn_stored_waiting **out, size_t *n,
                           cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(body)};
    void *v;
    if (!cn_store_all(a, s, &cn_sql_review_queue, values, read_waiting, sizeof **out, &v, n, err)) return false;
    *out = v;
    return true;
}

bool cn_store_reviews_due(cn_arena *a, cn_store *s, int64_t organisation, cn_time now, cn_time before,
                          cn_stored_due **out, size_t *n, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(organisation), CN_INT_VALUE(before.sec), CN_INT_VALUE(now.sec)};
    void *v;
    if (!cn_store_all(a, s, &cn_sql_review_due, values, read_due, sizeof **out, &v, n, err)) return false;
    *out = v;
    return true;
}
