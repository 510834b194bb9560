/* SPDX-License-Identifier: Apache-2.0
 *
 * Requests for endorsements, and endorsements. Their places in status lists are of the same lists as those of
 * awards (status.c), which also revokes them.
 */
#include "store/endorsements.h"
#include "store/people_inside.h"

/* ---- Rows ---- */

static bool read_request(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    cn_endorsement_request *r = out;
    *r = (cn_endorsement_request){.number = cn_rows_int(rows, 0),
                                  .version = (int)cn_rows_int(rows, 2),
                                  .organisation = cn_rows_int(rows, 3),
                                  .created_at.sec = cn_rows_int(rows, 7),
                                  .answered_at.sec = cn_rows_int(rows, 8),
                                  .asker = cn_rows_int(rows, 10),
                                  .asked_by = cn_rows_int(rows, 11)};
    return cn_rows_bytes(a, rows, 1, &r->id, err) &&
           cn_rows_texts(a, rows, 4, CN_TEXTS(&r->message, &r->state, &r->reason), err) &&
           cn_rows_bytes(a, rows, 9, &r->achievement_id, err);
}

static bool read_endorsement(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    cn_endorsement *e = out;
    *e = (cn_endorsement){.number = cn_rows_int(rows, 0),
                          .organisation = cn_rows_int(rows, 2),
                          .version = (int)cn_rows_int(rows, 4),
                          .acceptance = cn_rows_int(rows, 5),
                          .given_at.sec = cn_rows_int(rows, 9),
                          .valid_until.sec = cn_rows_int(rows, 10),
                          .revoked_at.sec = cn_rows_int(rows, 11)};
    return cn_rows_bytes(a, rows, 1, &e->id, err) && cn_rows_bytes(a, rows, 3, &e->achievement_id, err) &&
           cn_rows_texts(a, rows, 6, CN_TEXTS(&e->digest, &e->claims, &e->document), err) &&
           cn_rows_texts(a, rows, 12,
                         CN_TEXTS(&e->revoke_code, &e->revoke_reason, &e->organisation_id, &e->organisation_en,
                                  &e->organisation_fr),
                         err);
}

/* ---- Requests ---- */

typedef struct change {
    const cn_endorsement_request *request;
    const cn_endorsement *endorsement;
    cn_slice id;
    const char *state;
    cn_slice reason;
    cn_time now;
    const cn_audit *why;
} change;

static bool put_request(cn_db *db, void *self, cn_err *err) {
    const change *c = self;
    const cn_endorsement_request *r = c->request;
    const cn_value row[] = {CN_TEXT_VALUE(r->id),        CN_TEXT_VALUE(r->achievement_id),
                            CN_INT_VALUE(r->version),    CN_INT_VALUE(r->organisation),
                            CN_TEXT_VALUE(r->message),   CN_INT_VALUE(c->now.sec),
                            CN_NUMBER_VALUE(r->asked_by)};
    int64_t number;
    if (cn_db_one(NULL, db, &cn_sql_endorsement_request_put, row, cn_row_int, &number, err))
        return cn_audit_insert(db, c->why, c->now, err);
    return err->code == CN_NOT_FOUND
               ? cn_fail(err, CN_CONFLICT, "endorsement.asked", "The same is waiting already.")
               : false;
}

bool cn_store_endorsement_request_put(cn_store *s, const cn_endorsement_request *what, cn_time now,
                                      const cn_audit *why, cn_err *err) {
    change c = {.request = what, .now = now, .why = why};
    return cn_store_change(s, put_request, &c, err);
}

bool cn_store_endorsement_request(cn_arena *a, cn_store *s, cn_slice id, cn_endorsement_request *out,
                                  cn_err *err) {
    cn_value values[] = {CN_TEXT_VALUE(id)};
    return cn_store_one(a, s, &cn_sql_endorsement_request_get, values, read_request, out, err);
}

static bool requests(cn_arena *a, cn_store *s, const cn_sql *sql, cn_value value, cn_endorsement_requests *out,
                     cn_err *err) {
    void *v;
    if (!cn_store_all(a, s, sql, &value, read_request, sizeof *out->v, &v, &out->n, err)) return false;
    out->v = v;
    return true;
}

bool cn_store_endorsement_requests_to(cn_arena *a, cn_store *s, int64_t organisation, cn_endorsement_requests *out,
                                      cn_err *err) {
    return requests(a, s, &cn_sql_endorsement_requests_to, CN_INT_VALUE(organisation), out, err);
}

bool cn_store_endorsement_requests_of(cn_arena *a, cn_store *s, cn_slice achievement_id,
                                      cn_endorsement_requests *out, cn_err *err) {
    return requests(a, s, &cn_sql_endorsement_requests_of, CN_TEXT_VALUE(achievement_id), out, err);
}

static bool set_request(cn_db *db, const change *c, cn_err *err) {
    const cn_value row[] = {CN_TEXT_VALUE(c->id), CN_TEXT_VALUE(cn_slice_of(c->state)), CN_TEXT_VALUE(c->reason),
                            CN_INT_VALUE(c->now.sec)};
    int64_t changed;
    return cn_db_run(db, &cn_sql_endorsement_request_set, row, &changed, err) &&
           (changed || cn_fail(err, CN_CONFLICT, "endorsement.answered", "The request was answered before."));
}

static bool answer(cn_db *db, void *self, cn_err *err) {
    const change *c = self;
    return set_request(db, c, err) && cn_audit_insert(db, c->why, c->now, err);
}

bool cn_store_endorsement_request_set(cn_store *s, cn_slice id, const char *state, cn_slice reason, cn_time now,
                                      const cn_audit *why, cn_err *err) {
    change c = {.id = id, .state = state, .reason = reason, .now = now, .why = why};
    return cn_store_change(s, answer, &c, err);
}

/* ---- Endorsements ---- */

static bool put(cn_db *db, void *self, cn_err *err) {
    const change *c = self;
    const cn_endorsement *e = c->endorsement;
    const cn_value row[] = {
        CN_TEXT_VALUE(e->id),          CN_INT_VALUE(e->organisation), CN_TEXT_VALUE(e->achievement_id),
        CN_INT_VALUE(e->version),      CN_INT_VALUE(e->acceptance),   CN_TEXT_VALUE(e->digest),
        CN_TEXT_VALUE(e->claims),      CN_TEXT_VALUE(e->document),    CN_INT_VALUE(e->status_list),
        CN_INT_VALUE(e->status_place), CN_INT_VALUE(e->given_at.sec), CN_INT_VALUE(e->valid_until.sec)};
    int64_t number;
    return (!c->id.n || set_request(db, c, err)) &&
           cn_db_one(NULL, db, &cn_sql_endorsement_put, row, cn_row_int, &number, err) &&
           cn_audit_insert(db, c->why, c->now, err);
}

bool cn_store_endorsement_put(cn_store *s, const cn_endorsement *what, cn_slice request, const cn_audit *why,
                              cn_err *err) {
    change c = {.endorsement = what, .id = request, .state = "given", .now = what->given_at, .why = why};
    return cn_store_change(s, put, &c, err);
}

bool cn_store_endorsement(cn_arena *a, cn_store *s, cn_slice id, cn_endorsement *out, cn_err *err) {
    cn_value values[] = {CN_TEXT_VALUE(id)};
    return cn_store_one(a, s, &cn_sql_endorsement_get, values, read_endorsement, out, err);
}

static bool endorsements(cn_arena *a, cn_store *s, const cn_sql *sql, const cn_value *values, cn_endorsements *out,
                         cn_err *err) {
    void *v;
    if (!cn_store_all(a, s, sql, values, read_endorsement, sizeof *out->v, &v, &out->n, err)) return false;
    out->v = v;
    return true;
}

bool cn_store_endorsements_by(cn_arena *a, cn_store *s, int64_t organisation, bool acceptance,
                              cn_endorsements *out, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(organisation), CN_INT_VALUE(acceptance)};
    return endorsements(a, s, &cn_sql_endorsements_by, values, out, err);
}

bool cn_store_endorsements_of(cn_arena *a, cn_store *s, cn_slice achievement_id, bool acceptance,
                              cn_endorsements *out, cn_err *err) {
    cn_value values[] = {CN_TEXT_VALUE(achievement_id), CN_INT_VALUE(acceptance)};
    return endorsements(a, s, &cn_sql_endorsements_of, values, out, err);
}
