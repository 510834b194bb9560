/* SPDX-License-Identifier: Apache-2.0
 *
 * Awards as their pages show them, and the links and codes by which they are claimed.
 */
#include "store/claims.h"
#include "store/inside.h"
#include "store/people_inside.h"

enum { CLAIM_KEPT = 365 * 86400 }; /* seconds after its end */

static bool closed(cn_err *err) {
    return cn_fail(err, CN_CONFLICT, "claim.closed", "this claim can be used no more.");
}

/* ---- Reading ---- */

/* The columns as credential.sql names them. */
static bool read_credential(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    cn_credential *c = out;
    *c = (cn_credential){
        .number = cn_rows_int(rows, 0),
        .organisation = cn_rows_int(rows, 2),
        .fictional = cn_rows_int(rows, 7),
        .version = (int)cn_rows_int(rows, 9),
        .version_number = cn_rows_int(rows, 10),
        .awarded_at.sec = cn_rows_int(rows, 22),
        .valid_until.sec = cn_rows_int(rows, 23),
        .holder = cn_rows_int(rows, 24),
        .claimed_at.sec = cn_rows_int(rows, 25),
        .page_on = cn_rows_int(rows, 26),
        .revoked_at.sec = cn_rows_int(rows, 29),
    };
    return cn_rows_bytes(a, rows, 1, &c->id, err) &&
           cn_rows_texts(
               a, rows, 3,
               CN_TEXTS(&c->organisation_id, &c->organisation_en, &c->organisation_fr, &c->organisation_url),
               err) &&
           cn_rows_bytes(a, rows, 8, &c->achievement_id, err) &&
           cn_rows_texts(a, rows, 11,
                         CN_TEXTS(&c->learner_key, &c->name, &c->email, &c->language, &c->result, &c->decision,
                                  &c->decided_on, &c->method, &c->assessor, &c->evidence, &c->document),
                         err) &&
           cn_rows_texts(a, rows, 27, CN_TEXTS(&c->check_code, &c->mail_problem), err) &&
           cn_rows_texts(a, rows, 30, CN_TEXTS(&c->revoke_code, &c->revoke_reason), err);
}

static bool read_text(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    return cn_rows_bytes(a, rows, 0, out, err);
}

bool cn_store_credential(cn_arena *a, cn_store *s, cn_slice id, cn_credential *out, cn_err *err) {
    cn_value values[] = {CN_TEXT_VALUE(id)};
    return cn_store_one(a, s, &cn_sql_credential, values, read_credential, out, err);
}

bool cn_store_credential_of_code(cn_arena *a, cn_store *s, cn_slice check_code, cn_slice *id, cn_err *err) {
    cn_slice hyphened, first = cn_slice_sub(check_code, 0, check_code.n / 2);
    if (!cn_arena_print(a, &hyphened, "%.*s-%.*s", CN_ARG(first), CN_ARG(cn_slice_from(check_code, first.n))))
        return cn_fail_memory(err);
    cn_value values[] = {CN_TEXT_VALUE(check_code), CN_TEXT_VALUE(hyphened)};
    return cn_store_one(a, s, &cn_sql_credential_of_code, values, read_text, id, err);
}

static bool list_ids(cn_arena *a, cn_store *s, const cn_sql *sql, int64_t person, cn_slice **ids, size_t *n,
                     cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(person)};
    void *items;
    if (!cn_store_all(a, s, sql, values, read_text, sizeof **ids, &items, n, err)) return false;
    *ids = items;
    return true;
}

bool cn_store_credentials_held(cn_arena *a, cn_store *s, int64_t person, cn_slice **ids, size_t *n, cn_err *err) {
    return list_ids(a, s, &cn_sql_credentials_held, person, ids, n, err);
}

bool cn_store_credentials_waiting(cn_arena *a, cn_store *s, int64_t person, cn_slice **ids, size_t *n,
                                  cn_err *err) {
    return list_ids(a, s, &cn_sql_person_awards_waiting, person, ids, n, err);
}

/* ---- Claims ---- */

static bool read_claim(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    cn_stored_claim *c = out;
    *c = (cn_stored_claim){.award = cn_rows_int(rows, 2),
                           .created_at.sec = cn_rows_int(rows, 4),
                           .expires_at.sec = cn_rows_int(rows, 5),
                           .used_at.sec = cn_rows_int(rows, 6)};
    return cn_rows_texts(a, rows, 0, CN_TEXTS(&c->token_hash, &c->code_hash), err) &&
           cn_rows_bytes(a, rows, 3, &c->award_id, err);
}

bool cn_store_claim(cn_arena *a, cn_store *s, cn_slice token_hash, cn_stored_claim *out, cn_err *err) {
    cn_value values[] = {CN_BYTES_VALUE(token_hash)};
    return cn_store_one(a, s, &cn_sql_claim_by_token, values, read_claim, out, err);
}

bool cn_store_claim_of_code(cn_arena *a, cn_store *s, cn_slice code_hash, cn_stored_claim *out, cn_err *err) {
    cn_value values[] = {CN_BYTES_VALUE(code_hash)};
    return cn_store_one(a, s, &cn_sql_claim_by_code, values, read_claim, out, err);
}

bool cn_claim_insert(cn_db *db, const cn_stored_claim *c, cn_err *err) {
    cn_value values[] = {CN_BYTES_VALUE(c->token_hash), CN_BYTES_VALUE(c->code_hash), CN_INT_VALUE(c->award),
                         CN_INT_VALUE(c->created_at.sec), CN_INT_VALUE(c->expires_at.sec)};
    return cn_db_run(db, &cn_sql_claim_put, values, NULL, err);
}

static bool close_claims(cn_db *db, int64_t award, cn_time now, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(award), CN_INT_VALUE(now.sec)};
    return cn_db_run(db, &cn_sql_claim_close, values, NULL, err);
}

typedef struct change {
    const cn_stored_claim *claim;
    int64_t person;
    const cn_stored_mail *mail;
    const cn_audit *why;
    cn_time now;
} change;

/* Each statement looks for itself whether it is still allowed: of two who come at once, one is refused. */
static bool use_claim(cn_db *db, void *self, cn_err *err) {
    change *c = self;
    int64_t used = 0, held = 0;
    cn_value claim[] = {CN_BYTES_VALUE(c->claim->token_hash), CN_INT_VALUE(c->now.sec)};
    cn_value hold[] = {CN_INT_VALUE(c->claim->award), CN_INT_VALUE(c->person), CN_INT_VALUE(c->now.sec)};
    if (!cn_db_run(db, &cn_sql_claim_use, claim, &used, err) ||
        !cn_db_run(db, &cn_sql_credential_hold, hold, &held, err))
        return false;
    if (!used || !held) return closed(err);
    return close_claims(db, c->claim->award, c->now, err) && cn_audit_insert(db, c->why, c->now, err);
}

bool cn_store_claim_use(cn_store *s, const cn_stored_claim *claim, int64_t person, const cn_audit *why,
                        cn_time now, cn_err *err) {
    change c = {.claim = claim, .person = person, .why = why, .now = now};
    return cn_store_change(s, use_claim, &c, err);
}

static bool is_free(cn_db *db, int64_t award, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(award)};
    int64_t number;
    if (cn_db_one(NULL, db, &cn_sql_credential_free, values, cn_row_int, &number, err)) return true;
    return err->code == CN_NOT_FOUND && closed(err);
}

static bool claim_again(cn_db *db, void *self, cn_err *err) {
    change *c = self;
    return is_free(db, c->claim->award, err) && close_claims(db, c->claim->award, c->now, err) &&
           cn_claim_insert(db, c->claim, err) && cn_mail_insert(db, c->mail, err) &&
           cn_audit_insert(db, c->why, c->now, err);
}

bool cn_store_claim_again(cn_store *s, const cn_stored_claim *claim, const cn_stored_mail *mail,
                          const cn_audit *why, cn_time now, cn_err *err) {
    change c = {.claim = claim, .mail = mail, .why = why, .now = now};
    return cn_store_change(s, claim_again, &c, err);
}

bool cn_store_claims_since(cn_store *s, int64_t award, cn_time since, int64_t *out, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(award), CN_INT_VALUE(since.sec)};
    return cn_store_one(NULL, s, &cn_sql_claim_count, values, cn_row_int, out, err);
}

/* ---- Its holder's page ---- */

typedef struct page {
    cn_slice id;
    int64_t holder;
    bool on;
    const cn_audit *why;
    cn_time now;
} page;

static bool set_page(cn_db *db, void *self, cn_err *err) {
    page *p = self;
    cn_value values[] = {CN_TEXT_VALUE(p->id), CN_INT_VALUE(p->holder), CN_INT_VALUE(p->on)};
    int64_t changed = 0;
    if (!cn_db_run(db, &cn_sql_credential_page, values, &changed, err)) return false;
    if (!changed) return cn_fail(err, CN_NOT_FOUND, "store.none", "this person does not hold such an award.");
    return cn_audit_insert(db, p->why, p->now, err);
}

bool cn_store_credential_page(cn_store *s, cn_slice id, int64_t holder, bool on, const cn_audit *why, cn_time now,
                              cn_err *err) {
    page p = {id, holder, on, why, now};
    return cn_store_change(s, set_page, &p, err);
}

/* ---- Retention ---- */

bool cn_store_claims_tidy(cn_store *s, cn_time now, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(now.sec - CLAIM_KEPT)};
    return cn_store_run(s, &cn_sql_claim_tidy, values, NULL, err);
}
