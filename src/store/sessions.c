/* SPDX-License-Identifier: Apache-2.0
 *
 * Who is signed in. Of a session's token only the hash is known here.
 */
#include "store/people_inside.h"

/* The columns of session_of.sql, from `first` on. */
static bool read_columns(cn_arena *a, const cn_rows *rows, int first, cn_stored_session *out, cn_err *err) {
    out->person = cn_rows_int(rows, first + 1);
    out->created_at = (cn_time){cn_rows_int(rows, first + 4), 0};
    out->seen_at = (cn_time){cn_rows_int(rows, first + 5), 0};
    out->expires_at = (cn_time){cn_rows_int(rows, first + 6), 0};
    return cn_rows_bytes(a, rows, first, &out->hash, err) && cn_rows_bytes(a, rows, first + 2, &out->way, err) &&
           cn_rows_bytes(a, rows, first + 3, &out->agent, err);
}

static bool read_session(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    return read_columns(a, rows, 0, out, err);
}

typedef struct found {
    cn_person person;
    cn_stored_session session;
} found;

static bool read_found(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    found *f = out;
    return cn_row_person(a, rows, &f->person, err) && read_columns(a, rows, CN_PERSON_COLUMNS, &f->session, err);
}

bool cn_store_session_put(cn_store *s, const cn_stored_session *session, cn_err *err) {
    cn_value row[] = {CN_BYTES_VALUE(session->hash),         CN_INT_VALUE(session->person),
                      CN_TEXT_VALUE(session->way),           CN_TEXT_VALUE(session->agent),
                      CN_INT_VALUE(session->created_at.sec), CN_INT_VALUE(session->seen_at.sec),
                      CN_INT_VALUE(session->expires_at.sec)};
    return cn_store_run(s, &cn_sql_session_put, row, NULL, err);
}

bool cn_store_session_find(cn_arena *a, cn_store *s, cn_slice hash, cn_time now, cn_person *person,
                           cn_stored_session *out, cn_err *err) {
    cn_value values[] = {CN_BYTES_VALUE(hash), CN_INT_VALUE(now.sec)};
    found f = {0};
    if (!cn_store_one(a, s, &cn_sql_session_find, values, read_found, &f, err)) return false;
    *person = f.person;
    *out = f.session;
    return true;
}

bool cn_store_session_seen(cn_store *s, cn_slice hash, cn_time now, cn_err *err) {
    cn_value values[] = {CN_BYTES_VALUE(hash), CN_INT_VALUE(now.sec)};
    return cn_store_run(s, &cn_sql_session_seen, values, NULL, err);
}

bool cn_store_session_end(cn_store *s, cn_slice hash, cn_err *err) {
    cn_value values[] = {CN_BYTES_VALUE(hash)};
    return cn_store_run(s, &cn_sql_session_end, values, NULL, err);
}

bool cn_store_session_end_all(cn_store *s, int64_t person, cn_slice but, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(person), CN_BYTES_VALUE(but)};
    return cn_store_run(s, &cn_sql_session_end_all, values, NULL, err);
}

bool cn_store_sessions_of(cn_arena *a, cn_store *s, int64_t person, cn_time now, cn_stored_session **out,
                          size_t *n, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(person), CN_INT_VALUE(now.sec)};
    void *v = NULL;
    if (!cn_store_all(a, s, &cn_sql_session_of, values, read_session, sizeof **out, &v, n, err)) return false;
    *out = v;
    return true;
}

bool cn_store_people_tidy(cn_store *s, cn_time now, cn_err *err) {
    static const cn_sql *const steps[] = {&cn_sql_session_tidy, &cn_sql_challenge_tidy, &cn_sql_ticket_tidy};
    cn_value values[] = {CN_INT_VALUE(now.sec)};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (!cn_store_run(s, steps[i], values, NULL, err)) return false;
    return true;
}
