/* SPDX-License-Identifier: Apache-2.0
 *
 * Tickets: links and codes on their way by mail. One is kept together with its mail, or not at all; of its link
 * and code only the hashes are known here.
 */
#include "store/people_inside.h"

static bool read_ticket(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    cn_ticket *t = out;
    t->person = cn_rows_int(rows, 4);
    t->organisation = cn_rows_int(rows, 5);
    t->roles = (unsigned)cn_rows_int(rows, 6);
    t->tries = (int)cn_rows_int(rows, 8);
    t->created_at = (cn_time){cn_rows_int(rows, 9), 0};
    t->expires_at = (cn_time){cn_rows_int(rows, 10), 0};
    t->used = cn_rows_int(rows, 11) != 0;
    return cn_rows_bytes(a, rows, 0, &t->token_hash, err) && cn_rows_bytes(a, rows, 1, &t->code_hash, err) &&
           cn_rows_bytes(a, rows, 2, &t->email, err) && cn_rows_bytes(a, rows, 3, &t->purpose, err) &&
           cn_rows_bytes(a, rows, 7, &t->next, err);
}

/* ---- Keeping one ---- */

typedef struct sending {
    cn_arena *a;
    const cn_ticket *ticket;
    const cn_ticket_mail *mail;
} sending;

static bool send_mail(cn_db *db, const sending *s, cn_err *err) {
    const cn_ticket *t = s->ticket;
    int64_t had = 0;
    cn_value since[] = {CN_TEXT_VALUE(t->email), CN_INT_VALUE(s->mail->since.sec)};
    cn_stored_mail letter = {.recipient = t->email,
                             .language = s->mail->language,
                             .kind = s->mail->kind,
                             .facts = s->mail->facts,
                             .next_at = {0}, /* before ten thousand claims: somebody waits for it */
                             .created_at = t->created_at};
    if (!cn_db_one(s->a, db, &cn_sql_ticket_count, since, cn_row_int, &had, err)) return false;
    /* This one is among them. */
    if (had > s->mail->most) return cn_fail(err, CN_LIMIT, "ticket.many", "Too many mails went to this address.");
    return cn_mail_insert(db, &letter, err) && cn_audit_insert(db, s->mail->why, t->created_at, err);
}

static bool send(cn_db *db, void *self, cn_err *err) {
    const sending *s = self;
    const cn_ticket *t = s->ticket;
    cn_value row[] = {CN_BYTES_VALUE(t->token_hash),   CN_BYTES_VALUE(t->code_hash),
                      CN_TEXT_VALUE(t->email),         CN_TEXT_VALUE(t->purpose),
                      CN_NUMBER_VALUE(t->person),      CN_NUMBER_VALUE(t->organisation),
                      CN_INT_VALUE(t->roles),          CN_TEXT_VALUE(t->next),
                      CN_INT_VALUE(t->created_at.sec), CN_INT_VALUE(t->expires_at.sec)};
    return cn_db_run(db, &cn_sql_ticket_put, row, NULL, err) && (!s->mail || send_mail(db, s, err));
}

bool cn_store_ticket_put(cn_arena *a, cn_store *s, const cn_ticket *t, const cn_ticket_mail *mail, cn_err *err) {
    sending work = {a, t, mail};
    return cn_store_change(s, send, &work, err);
}

/* ---- Looking at one, and using it ---- */

bool cn_store_ticket(cn_arena *a, cn_store *s, cn_slice token_hash, cn_ticket *out, cn_err *err) {
    cn_value values[] = {CN_BYTES_VALUE(token_hash)};
    return cn_store_one(a, s, &cn_sql_ticket_get, values, read_ticket, out, err);
}

bool cn_store_ticket_use(cn_arena *a, cn_store *s, cn_slice token_hash, cn_time now, cn_ticket *out, cn_err *err) {
    cn_value values[] = {CN_BYTES_VALUE(token_hash), CN_INT_VALUE(now.sec)};
    return cn_store_one(a, s, &cn_sql_ticket_use, values, read_ticket, out, err);
}

bool cn_store_ticket_use_code(cn_arena *a, cn_store *s, cn_slice email, cn_slice code_hash, int most_tries,
                              cn_time now, cn_ticket *out, cn_err *err) {
    cn_value values[] = {CN_TEXT_VALUE(email), CN_BYTES_VALUE(code_hash), CN_INT_VALUE(most_tries),
                         CN_INT_VALUE(now.sec)};
    return cn_store_one(a, s, &cn_sql_ticket_use_code, values, read_ticket, out, err);
}

bool cn_store_ticket_wrong_code(cn_store *s, cn_slice email, cn_time now, cn_err *err) {
    cn_value wrong[] = {CN_TEXT_VALUE(email), CN_INT_VALUE(now.sec)};
    return cn_store_run(s, &cn_sql_ticket_wrong_code, wrong, NULL, err);
}

/* ---- Invitations ---- */

bool cn_store_invitations(cn_arena *a, cn_store *s, int64_t organisation, cn_time now, cn_ticket **out, size_t *n,
                          cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(organisation), CN_INT_VALUE(now.sec)};
    void *v = NULL;
    if (!cn_store_all(a, s, &cn_sql_ticket_invitations, values, read_ticket, sizeof **out, &v, n, err))
        return false;
    *out = v;
    return true;
}

typedef struct dropping {
    int64_t organisation;
    cn_slice email;
    cn_time now;
    const cn_audit *why;
} dropping;

static bool drop(cn_db *db, void *self, cn_err *err) {
    const dropping *d = self;
    cn_value values[] = {CN_INT_VALUE(d->organisation), CN_TEXT_VALUE(d->email), CN_INT_VALUE(d->now.sec)};
    int64_t changed = 0;
    if (!cn_db_run(db, &cn_sql_ticket_invitation_drop, values, &changed, err)) return false;
    if (!changed) return cn_fail(err, CN_NOT_FOUND, "store.none", "there is no such invitation.");
    return cn_audit_insert(db, d->why, d->now, err);
}

bool cn_store_invitation_drop(cn_store *s, int64_t organisation, cn_slice email, cn_time now, const cn_audit *why,
                              cn_err *err) {
    dropping d = {organisation, email, now, why};
    return cn_store_change(s, drop, &d, err);
}
