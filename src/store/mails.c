/* SPDX-License-Identifier: Apache-2.0
 *
 * Mails to be sent: put, found when they are due, and what became of them.
 */
#include "store/mails.h"

#include "store/inside.h"

/* ---- Putting ---- */

bool cn_mail_insert(cn_db *db, const cn_stored_mail *m, cn_err *err) {
    const cn_value values[] = {
        CN_TEXT_VALUE(m->recipient),     CN_TEXT_VALUE(m->language), CN_TEXT_VALUE(m->kind),
        CN_TEXT_VALUE(m->facts),         CN_NUMBER_VALUE(m->award),  CN_INT_VALUE(m->next_at.sec),
        CN_INT_VALUE(m->created_at.sec),
    };
    return cn_db_run(db, &cn_sql_mail_put, values, NULL, err);
}

static bool put(cn_db *db, void *self, cn_err *err) {
    return cn_mail_insert(db, self, err);
}

bool cn_store_mail_put(cn_store *s, const cn_stored_mail *mail, cn_err *err) {
    cn_stored_mail m = *mail;
    return cn_store_change(s, put, &m, err);
}

/* ---- Finding ---- */

/* The columns as mail_due.sql, mail_newest.sql and mail_get.sql name them. */
static bool read_row(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    cn_stored_mail *m = out;
    *m = (cn_stored_mail){
        .number = cn_rows_int(rows, 0),
        .award = cn_rows_int(rows, 5),
        .tries = cn_rows_int(rows, 6),
        .next_at.sec = cn_rows_int(rows, 7),
        .created_at.sec = cn_rows_int(rows, 9),
        .sent_at.sec = cn_rows_int(rows, 10),
    };
    return cn_rows_bytes(a, rows, 1, &m->recipient, err) && cn_rows_bytes(a, rows, 2, &m->language, err) &&
           cn_rows_bytes(a, rows, 3, &m->kind, err) && cn_rows_bytes(a, rows, 4, &m->facts, err) &&
           cn_rows_bytes(a, rows, 8, &m->problem, err);
}

static bool read_all(cn_arena *a, cn_store *s, const cn_sql *sql, const cn_value *values, cn_stored_mails *out,
                     cn_err *err) {
    void *v;
    size_t n;
    if (!cn_store_all(a, s, sql, values, read_row, sizeof *out->v, &v, &n, err)) return false;
    *out = (cn_stored_mails){v, n};
    return true;
}

bool cn_store_mails_due(cn_arena *a, cn_store *s, cn_time now, size_t max, cn_stored_mails *out, cn_err *err) {
    const cn_value values[] = {CN_INT_VALUE(now.sec), CN_INT_VALUE((int64_t)max)};
    return read_all(a, s, &cn_sql_mail_due, values, out, err);
}

bool cn_store_mails_newest(cn_arena *a, cn_store *s, size_t max, cn_stored_mails *out, cn_err *err) {
    const cn_value values[] = {CN_INT_VALUE((int64_t)max)};
    return read_all(a, s, &cn_sql_mail_newest, values, out, err);
}

bool cn_store_mail_get(cn_arena *a, cn_store *s, int64_t number, cn_stored_mail *out, cn_err *err) {
    const cn_value values[] = {CN_INT_VALUE(number)};
    return cn_store_one(a, s, &cn_sql_mail_get, values, read_row, out, err);
}

/* ---- What became of one ---- */

/* Both the mail's row and its award's, or neither. */
typedef struct change {
    const cn_sql *sql;
    const cn_value *values;
    int64_t award;    /* 0: none */
    cn_slice problem; /* what the award shows */
} change;

static bool apply(cn_db *db, void *self, cn_err *err) {
    const change *c = self;
    const cn_value shown[] = {CN_INT_VALUE(c->award), CN_TEXT_VALUE(c->problem)};
    return cn_db_run(db, c->sql, c->values, NULL, err) &&
           (!c->award || cn_db_run(db, &cn_sql_mail_problem, shown, NULL, err));
}

bool cn_store_mail_sent(cn_store *s, const cn_stored_mail *mail, cn_time now, bool keep, cn_err *err) {
    const cn_value values[] = {CN_INT_VALUE(mail->number), CN_INT_VALUE(now.sec)};
    change c = {keep ? &cn_sql_mail_sent : &cn_sql_mail_delete, values, mail->award, CN_S("")};
    return cn_store_change(s, apply, &c, err);
}

bool cn_store_mail_later(cn_store *s, const cn_stored_mail *mail, cn_time next_at, cn_err *err) {
    const cn_value values[] = {CN_INT_VALUE(mail->number), CN_INT_VALUE(next_at.sec)};
    return cn_store_run(s, &cn_sql_mail_later, values, NULL, err);
}

bool cn_store_mail_failed(cn_store *s, const cn_stored_mail *mail, cn_slice problem, cn_err *err) {
    const cn_value values[] = {CN_INT_VALUE(mail->number), CN_TEXT_VALUE(problem)};
    change c = {&cn_sql_mail_failed, values, mail->award, problem};
    return cn_store_change(s, apply, &c, err);
}

bool cn_store_mails_tidy(cn_store *s, cn_time now, cn_err *err) {
    const cn_value values[] = {CN_INT_VALUE(now.sec)};
    return cn_store_run(s, &cn_sql_mail_tidy, values, NULL, err);
}
