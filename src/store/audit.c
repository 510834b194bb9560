/* SPDX-License-Identifier: Apache-2.0
 *
 * The audit: what was done by whom. A verb that changes something writes it in its own transaction.
 */
#include "store/chain_inside.h"

bool cn_audit_insert(cn_db *db, const cn_audit *what, cn_time now, cn_err *err) {
    return cn_audit_insert_step(db, what, 0, now, err);
}

bool cn_audit_insert_step(cn_db *db, const cn_audit *what, int64_t step, cn_time now, cn_err *err) {
    if (!what) return true;
    cn_value row[] = {CN_INT_VALUE(now.sec),         CN_NUMBER_VALUE(what->organisation),
                      CN_NUMBER_VALUE(what->person), CN_TEXT_VALUE(what->action),
                      CN_TEXT_VALUE(what->subject),  CN_NUMBER_VALUE(step)};
    int64_t number = 0;
    assert(cn_db_changes(db));
    return cn_db_one(NULL, db, &cn_sql_audit_put, row, cn_row_int, &number, err) && cn_chain_link(db, number, err);
}

bool cn_told_insert(cn_db *db, const cn_told *told, cn_err *err) {
    return cn_audit_insert(db, &told->why, told->now, err) && cn_mail_insert(db, &told->letter, err);
}

typedef struct writing {
    const cn_audit *what;
    cn_time now;
} writing;

static bool write_one(cn_db *db, void *self, cn_err *err) {
    const writing *w = self;
    return cn_audit_insert(db, w->what, w->now, err);
}

bool cn_store_audit(cn_store *s, const cn_audit *what, cn_time now, cn_err *err) {
    writing w = {what, now};
    return cn_store_change(s, write_one, &w, err);
}

static bool read_entry(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    cn_audit_entry *e = out;
    *e = (cn_audit_entry){.number = cn_rows_int(rows, 0), .at = {cn_rows_int(rows, 1), 0}};
    return cn_rows_texts(
        a, rows, 2,
        CN_TEXTS(&e->action, &e->subject, &e->person_id, &e->person_name, &e->person_email, &e->subject_name),
        err);
}

bool cn_store_audit_of(cn_arena *a, cn_store *s, const cn_audit_query *q, cn_audit_entry **out, size_t *n,
                       cn_err *err) {
    void *v = NULL;
    cn_value values[] = {CN_INT_VALUE(q->organisation), CN_TEXT_VALUE(q->person), CN_TEXT_VALUE(q->kinds[0]),
                         CN_TEXT_VALUE(q->kinds[1]),    CN_INT_VALUE(q->before),  CN_INT_VALUE((int64_t)q->max)};
    if (!cn_store_all(a, s, &cn_sql_audit_of, values, read_entry, sizeof **out, &v, n, err)) return false;
    *out = v;
    return true;
}

bool cn_store_audit_people(cn_arena *a, cn_store *s, int64_t organisation, cn_person **out, size_t *n,
                           cn_err *err) {
    void *v = NULL;
    cn_value values[] = {CN_INT_VALUE(organisation)};
    if (!cn_store_all(a, s, &cn_sql_audit_people, values, cn_row_person, sizeof **out, &v, n, err)) return false;
    *out = v;
    return true;
}

static bool read_done(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    cn_audit *what = out;
    what->organisation = cn_rows_int(rows, 0);
    what->person = cn_rows_int(rows, 1);
    what->at = (cn_time){cn_rows_int(rows, 4), 0};
    return cn_rows_texts(a, rows, 2, CN_TEXTS(&what->action, &what->subject), err);
}

bool cn_store_audit_by(cn_arena *a, cn_store *s, int64_t person, cn_audit **out, size_t *n, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(person)};
    void *v = NULL;
    if (!cn_store_all(a, s, &cn_sql_person_audit, values, read_done, sizeof **out, &v, n, err)) return false;
    *out = v;
    return true;
}
