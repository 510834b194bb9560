/* SPDX-License-Identifier: Apache-2.0
 *
 * The register of awards: rows of an upload become awards, all of a chunk or none; looking awards up.
 */
#include "store/awards.h"
#include "store/inside.h"
#include "store/uploads.h"

/* ---- Awarding ---- */

typedef struct awarding {
    int64_t upload;
    const cn_awarding *rows;
    size_t n;
    cn_time now;
} awarding;

static bool put_award(cn_db *db, const cn_award *w, int64_t *number, cn_err *err) {
    const cn_value values[] = {
        CN_TEXT_VALUE(w->id),
        CN_INT_VALUE(w->organisation),
        CN_INT_VALUE(w->achievement),
        CN_INT_VALUE(w->version),
        CN_NUMBER_VALUE(w->upload),
        CN_TEXT_VALUE(w->learner_key),
        CN_TEXT_VALUE(w->name),
        CN_TEXT_VALUE(w->email),
        CN_TEXT_VALUE(w->language),
        CN_TEXT_VALUE(w->result),
        CN_TEXT_VALUE(w->decision),
        CN_TEXT_VALUE(w->decided_on),
        CN_TEXT_VALUE(w->method),
        CN_TEXT_VALUE(w->assessor),
        CN_TEXT_VALUE(w->evidence),
        CN_TEXT_VALUE(w->document),
        CN_INT_VALUE(w->status_list),
        CN_INT_VALUE(w->status_place),
        CN_INT_VALUE(w->awarded_at.sec),
        CN_NUMBER_VALUE(w->valid_until.sec),
        CN_INT_VALUE(w->page_on),
        CN_TEXT_VALUE(w->check_code),
    };
    return cn_db_one(NULL, db, &cn_sql_award_put, values, cn_row_int, number, err);
}

/* 0: the learner has none. */
static bool find_same(cn_db *db, const cn_award *w, int64_t *number, cn_err *err) {
    const cn_value values[] = {CN_INT_VALUE(w->achievement), CN_TEXT_VALUE(w->learner_key),
                               CN_TEXT_VALUE(w->decided_on)};
    *number = 0;
    return cn_db_one(NULL, db, &cn_sql_award_same, values, cn_row_int, number, err) || err->code == CN_NOT_FOUND;
}

static bool award(cn_db *db, const cn_awarding *row, int64_t *number, cn_err *err) {
    if (!put_award(db, &row->award, number, err)) return false;
    cn_stored_claim claim = row->claim;
    cn_stored_mail mail = row->mail;
    claim.award = mail.award = *number;
    return cn_claim_insert(db, &claim, err) && cn_mail_insert(db, &mail, err);
}

static bool work_row(cn_db *db, int64_t upload, const cn_awarding *row, cn_err *err) {
    const cn_value which[] = {CN_INT_VALUE(upload), CN_INT_VALUE(row->line)};
    int64_t waited = 0, number = 0;
    cn_row_state state = CN_ROW_REFUSED;
    if (!cn_db_run(db, &cn_sql_upload_row_take, which, &waited, err)) return false;
    if (!waited) return true;
    if (!row->refused) {
        if (!find_same(db, &row->award, &number, err)) return false;
        /* What was there may have been revoked meanwhile: the row waits again, to be signed. */
        state = number ? CN_ROW_BEFORE : row->before ? CN_ROW_WAITING : CN_ROW_AWARDED;
        if (state == CN_ROW_AWARDED && !award(db, row, &number, err)) return false;
    }
    const cn_value done[] = {CN_INT_VALUE(upload), CN_INT_VALUE(row->line), CN_INT_VALUE(state),
                             CN_NUMBER_VALUE(number)};
    return cn_db_run(db, &cn_sql_upload_row_done, done, NULL, err);
}

static bool work(cn_db *db, void *self, cn_err *err) {
    const awarding *w = self;
    const cn_value done[] = {CN_INT_VALUE(w->upload), CN_INT_VALUE(w->now.sec)};
    for (size_t i = 0; i < w->n; i++)
        if (!work_row(db, w->upload, &w->rows[i], err)) return false;
    return cn_db_run(db, &cn_sql_upload_works, done, NULL, err) &&
           cn_db_run(db, &cn_sql_upload_done, done, NULL, err);
}

bool cn_store_award_rows(cn_store *s, int64_t upload, const cn_awarding *rows, size_t n, cn_time now,
                         cn_err *err) {
    awarding w = {upload, rows, n, now};
    return cn_store_change(s, work, &w, err);
}

/* ---- Looking up ---- */

/* The columns as award_get.sql names them. */
static bool read_award(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    cn_award *w = out;
    *w = (cn_award){
        .number = cn_rows_int(rows, 0),
        .organisation = cn_rows_int(rows, 2),
        .achievement = cn_rows_int(rows, 3),
        .version = cn_rows_int(rows, 4),
        .upload = cn_rows_int(rows, 5),
        .status_list = cn_rows_int(rows, 17),
        .status_place = cn_rows_int(rows, 18),
        .awarded_at.sec = cn_rows_int(rows, 19),
        .valid_until.sec = cn_rows_int(rows, 20),
        .holder = cn_rows_int(rows, 21),
        .claimed_at.sec = cn_rows_int(rows, 22),
        .page_on = cn_rows_int(rows, 23),
        .revoked_at.sec = cn_rows_int(rows, 26),
    };
    const struct {
        int column;
        cn_slice *text;
    } texts[] = {
        {1, &w->id},          {6, &w->learner_key},   {7, &w->name},         {8, &w->email},
        {9, &w->language},    {10, &w->result},       {11, &w->decision},    {12, &w->decided_on},
        {13, &w->method},     {14, &w->assessor},     {15, &w->evidence},    {16, &w->document},
        {24, &w->check_code}, {25, &w->mail_problem}, {27, &w->revoke_code}, {28, &w->revoke_reason},
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (!cn_rows_bytes(a, rows, texts[i].column, texts[i].text, err)) return false;
    return true;
}

bool cn_store_award(cn_arena *a, cn_store *s, cn_slice id, cn_award *out, cn_err *err) {
    const cn_value values[] = {CN_TEXT_VALUE(id)};
    return cn_store_one(a, s, &cn_sql_award_get, values, read_award, out, err);
}

/* "%words%" for LIKE, with what it would take for more than a letter escaped; empty for no words. */
static bool pattern_of(cn_arena *a, cn_slice words, cn_slice *out) {
    cn_buf b = cn_buf_on(a, 0);
    if (words.n) cn_buf_byte(&b, '%');
    for (size_t i = 0; i < words.n; i++) {
        if (words.p[i] == '%' || words.p[i] == '_' || words.p[i] == '!') cn_buf_byte(&b, '!');
        cn_buf_byte(&b, words.p[i]);
    }
    if (words.n) cn_buf_byte(&b, '%');
    *out = cn_buf_slice(&b);
    return cn_buf_ok(&b);
}

bool cn_store_awards(cn_arena *a, cn_store *s, const cn_award_query *q, cn_award **out, size_t *n, cn_err *err) {
    cn_slice pattern;
    void *v;
    if (!pattern_of(a, q->words, &pattern)) return cn_fail_memory(err);
    const cn_value values[] = {CN_INT_VALUE(q->organisation), CN_TEXT_VALUE(pattern),
                               CN_INT_VALUE(q->upload),       CN_INT_VALUE(q->version),
                               CN_INT_VALUE(q->before),       CN_INT_VALUE((int64_t)q->max)};
    if (!cn_store_all(a, s, &cn_sql_award_of, values, read_award, sizeof **out, &v, n, err)) return false;
    *out = v;
    return true;
}

bool cn_store_awards_matching(cn_arena *a, cn_store *s, const cn_award_query *q, size_t *out, cn_err *err) {
    cn_slice pattern;
    int64_t count;
    if (!pattern_of(a, q->words, &pattern)) return cn_fail_memory(err);
    const cn_value values[] = {CN_INT_VALUE(q->organisation), CN_TEXT_VALUE(pattern), CN_INT_VALUE(q->upload),
                               CN_INT_VALUE(q->version)};
    if (!cn_store_one(a, s, &cn_sql_award_count, values, cn_row_int, &count, err)) return false;
    *out = (size_t)count;
    return true;
}
