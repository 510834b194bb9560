/* SPDX-License-Identifier: Apache-2.0
 *
 * The work after the confirmation of an upload: some rows at a time are signed, and kept in one transaction with
 * their claims, their mails and the rows' states. Stopped anywhere, what is kept is whole, and what is not is done
 * again: nothing is awarded twice, nothing is left out. All that a stop can lose are places in a status list.
 */
#include "app/approval.h"
#include "app/claims.h"
#include "app/endorsements.h"
#include "app/keys.h"
#include "app/secret.h"
#include "app/uploads.h"
#include "base/mail_address.h"

enum { AT_ONCE = 100 };

typedef struct chunk {
    cn_arena *a;
    const cn_app *app;
    cn_time now;
    cn_upload upload;
    cn_decision decision;
    cn_version version;
    cn_organisation organisation;
    const cn_json **endorsements; /* that hold now */
    size_t endorsements_n;
    cn_signer signer;
    bool signing; /* the signer is there, to be wiped */
    cn_upload_row *rows;
    size_t n;
    cn_status_place *places; /* one a row that is signed */
    cn_awarding *work;       /* one a row */
} chunk;

static void chunk_done(chunk *c) {
    if (c->signing) cn_signer_wipe(&c->signer);
}

/* ---- One award ---- */

static cn_form_texts texts_of(const cn_achievement_text *t) {
    return (cn_form_texts){t->name, t->description, t->criteria, t->outcomes, t->outcomes_n};
}

static cn_form_award facts_of(const chunk *c, const cn_award *w, const cn_status_place *place, cn_slice salt) {
    return (cn_form_award){
        .origin = c->app->origin,
        .id = w->id,
        .language = w->language,
        .organisation_id = c->organisation.id,
        .organisation_name = c->organisation.name,
        .organisation_url = c->organisation.url,
        .achievement_id = c->version.achievement_id,
        .version = c->version.version,
        .en = texts_of(&c->version.en),
        .fr = texts_of(&c->version.fr),
        .design = c->version.design,
        .valid_from = w->awarded_at,
        .valid_until = w->valid_until.sec ? &w->valid_until : NULL,
        .name = w->name,
        .email = w->email,
        .salt = salt,
        .result = w->result,
        .decided_on = w->decided_on,
        .decision = w->decision,
        .method = w->method,
        .assessor = w->assessor,
        .status_list = place->list_id,
        .status_index = place->place,
        .endorsements = c->endorsements,
        .endorsements_n = c->endorsements_n,
    };
}

/* Signing takes a lot of memory, of which the document is all that stays. */
static bool sign(const chunk *c, const cn_status_place *place, cn_award *w, cn_err *err) {
    cn_arena *scratch CN_ARENA_AUTO = cn_arena_new(0);
    cn_slice salt, document;
    if (!cn_app_id(scratch, c->app, &salt, err)) return false;
    cn_form_award facts = facts_of(c, w, place, salt);
    return cn_app_award_sign(scratch, c->app, c->now, &c->signer, &facts, &document, err) &&
           (cn_arena_copy(c->a, document, &w->document) || cn_fail_memory(err));
}

static bool add_claim(const chunk *c, cn_awarding *k, cn_err *err) {
    cn_new_claim claim;
    if (!cn_app_claim_new(c->a, c->app, c->now, &claim, err)) return false;
    k->claim = claim.kept;
    cn_letter about = {
        .recipient = k->award.email,
        .language = k->award.language,
        .name = k->award.name,
        .achievement = {c->version.en.name, c->version.fr.name},
        .organisation = c->organisation.name,
    };
    return cn_app_claim_letter(c->a, c->app, c->now, &claim, &about, &k->mail, err);
}

/* The row as an award, but for the signature. */
static bool draft(const chunk *c, const cn_upload_row *row, cn_award *out, cn_err *err) {
    cn_upload_row r = cn_row_decided(row, &c->decision);
    *out = (cn_award){
        .organisation = c->organisation.number,
        .achievement = c->version.achievement,
        .version = c->version.number,
        .upload = c->upload.number,
        .learner_key = r.learner_key,
        .name = r.name,
        .language = r.language,
        .result = r.result,
        .decision = r.decision,
        .decided_on = r.decided_on,
        .method = r.method,
        .assessor = r.assessor,
        .evidence = r.evidence,
        .awarded_at.sec = c->now.sec,
        .page_on = true,
    };
    if (c->version.valid_months) out->valid_until = cn_time_months_later(out->awarded_at, c->version.valid_months);
    cn_mail_address address;
    cn_secret code;
    if (!cn_mail_address_ok(c->a, r.email, true, &address, err) || !cn_app_id(c->a, c->app, &out->id, err) ||
        !cn_app_code(c->a, c->app, &code, err))
        return false;
    out->email = address.key;
    return cn_app_code_normal(c->a, code.text, &out->check_code, err);
}

static bool award(const chunk *c, const cn_upload_row *row, const cn_status_place *place, cn_awarding *k,
                  cn_err *err) {
    if (!draft(c, row, &k->award, err)) return false;
    k->award.status_list = place->list;
    k->award.status_place = (int64_t)place->place;
    return sign(c, place, &k->award, err) && add_claim(c, k, err);
}

/* ---- Some rows ---- */

static bool read_chunk(chunk *c, cn_err *err) {
    if (!cn_app_upload_decision(c->a, &c->upload, &c->decision, err)) return false;
    cn_row_query q = {.upload = &c->upload, .date = c->decision.date, .max = AT_ONCE};
    return cn_store_upload_rows_in(c->a, c->app->store, &q, CN_ROW_WAITING, &c->rows, &c->n, err) &&
           cn_app_version_get(c->a, c->app, c->upload.version, &c->version, err) &&
           cn_app_check_award(c->a, c->app, c->now, &c->version, err) &&
           cn_app_organisation_get(c->a, c->app, c->upload.organisation, &c->organisation, err) &&
           cn_app_endorsements_carried(c->a, c->app, c->now, &c->version, &c->endorsements, &c->endorsements_n,
                                       err);
}

static bool reserve(chunk *c, cn_err *err) {
    size_t n = 0;
    for (size_t i = 0; i < c->n; i++) n += !c->rows[i].before;
    c->places = CN_NEW_ARRAY(c->a, cn_status_place, n);
    c->work = CN_NEW_ARRAY(c->a, cn_awarding, c->n);
    if (!c->places || !c->work) return cn_fail_memory(err);
    if (!n) return true;
    c->signing = cn_app_signer(c->a, c->app, c->now, c->organisation.number, &c->signer, err);
    return c->signing && cn_app_status_reserve(c->a, c->app, c->now, &c->signer, n, c->places, err);
}

/* What a row says cannot be signed. It has been looked for, so there is none that we know of; it must not hold up
 * all that come after it. What is missing in the achievement or the server is no row's fault: the work waits until
 * that is there. */
static bool is_rows_fault(const cn_err *err) {
    static const char *const ids[] = {"form.assessment", "form.language", "form.email"};
    if (err->code != CN_INVALID) return false;
    if (!strcmp(err->id, "form.missing")) return !strcmp(err->where, "name");
    if (!strcmp(err->id, "form.date")) return !strcmp(err->where, "decided on");
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++)
        if (!strcmp(err->id, ids[i])) return true;
    return !strncmp(err->id, "mail.address.", 13);
}

/* The confirmation looked at all rows; somebody may have changed one between that and the confirmation. */
static bool is_wrong(const chunk *c, const cn_upload_row *row) {
    return cn_row_kind_of(c->a, c->now, row, &c->decision) == CN_ROW_IS_WRONG;
}

static bool work_rows(chunk *c, cn_err *err) {
    for (size_t i = 0, place = 0; i < c->n; i++) {
        const cn_upload_row *row = &c->rows[i];
        cn_awarding *k = &c->work[i];
        *k = (cn_awarding){.line = row->line, .before = row->before != 0, .refused = is_wrong(c, row)};
        if (k->refused) continue;
        if (k->before ? draft(c, row, &k->award, err) : award(c, row, &c->places[place++], k, err)) continue;
        if (!is_rows_fault(err)) return false;
        k->refused = true;
    }
    return true;
}

static bool work_chunk(chunk *c, cn_err *err) {
    return read_chunk(c, err) && reserve(c, err) && work_rows(c, err) &&
           cn_store_award_rows(c->app->store, c->upload.number, c->work, c->n, c->now, err);
}

/* ---- What fails ---- */

/* One whose work fails whatever is done must not hold up the others: it waits, longer each time, and its page says
 * why. What is missing for all, such as the database or the master key, is everybody's. */
static bool set_aside(const chunk *c, bool *more, cn_err *err) {
    int64_t wait = c->upload.failures < 6 ? (int64_t)60 << c->upload.failures : 3600;
    if (err->code == CN_UNAVAILABLE) return false;
    *more = true;
    return cn_store_upload_failed(c->app->store, c->upload.number, cn_slice_of(err->id),
                                  (cn_time){c->now.sec + wait, 0}, err);
}

bool cn_app_uploads_work(cn_arena *a, const cn_app *app, cn_time now, bool *more, cn_err *err) {
    __attribute__((cleanup(chunk_done))) chunk c = {.a = a, .app = app, .now = now};
    if (!cn_store_upload_next(a, app->store, now, &c.upload, err)) {
        *more = false;
        return err->code == CN_NOT_FOUND;
    }
    if (!work_chunk(&c, err)) return set_aside(&c, more, err);
    if (app->wake) app->wake(app->wake_self); /* the mails go out meanwhile */
    *more = true;
    return true;
}

bool cn_app_uploads_stuck(cn_arena *a, const cn_app *app, cn_err *err) {
    cn_slice problem;
    if (!cn_store_upload_stuck(a, app->store, &problem, err)) return err->code == CN_NOT_FOUND;
    return cn_fail(err, CN_CONFLICT, "upload.stuck", "a confirmed file cannot be awarded (%.*s).",
                   CN_ARG(problem));
}
