/* SPDX-License-Identifier: Apache-2.0
 *
 * Requests for endorsements, and answering them: declining, or signing what was ticked.
 */
#include "app/endorsements_inside.h"
#include "app/keys_inside.h"
#include "app/notices.h"
#include "app/scopes.h"
#include "app/secret.h"

const int cn_endorsement_months[] = {6, 12, 24, 36, 60, 0};

bool cn_endorsement_check_text(cn_slice text, size_t max, cn_err *err) {
    bool good = text.n <= max && cn_utf8_invalid(text) == SIZE_MAX;
    for (size_t i = 0; i < text.n && good; i++) {
        unsigned char c = (unsigned char)text.p[i];
        good = (c >= ' ' && c != 0x7f) || c == '\n' || c == '\r' || c == '\t';
    }
    return good || cn_fail(err, CN_INVALID, "endorsement.text", "A text is too long, or no text.");
}

/* ---- Who is told ---- */

/* An endorsement, from the one side to the other. */
typedef struct telling {
    cn_letter_kind kind;
    cn_endorsement_request r; /* number 0: there was none, as for an acceptance */
    int64_t by;
} telling;

static bool is_asked(const telling *t) {
    return t->kind == CN_LETTER_ENDORSE_ASKED;
}

static bool lead(cn_arena *a, const cn_app *app, const telling *t, cn_slice to, cn_slice *out, cn_err *err) {
    return is_asked(t)
               ? cn_notice_link(a, app, to, "endorsements/requests", t->r.id, "", out, err)
               : cn_notice_link(a, app, to, "achievements", t->r.achievement_id, "/endorsements", out, err);
}

/* A request goes to who may sign; an answer, and what becomes of it later, to who asked, or to who designs. */
static bool tell(cn_arena *a, const cn_app *app, cn_time now, const telling *t, cn_err *err) {
    cn_organisation asker, endorser;
    cn_endorsable what;
    cn_notice notice = {.letter.kind = t->kind,
                        .organisation = is_asked(t) ? t->r.organisation : t->r.asker,
                        .role = is_asked(t) ? CN_ROLE_ISSUER : CN_ROLE_DESIGNER,
                        .person = is_asked(t) ? 0 : t->r.asked_by,
                        .but = t->by};
    if (!t->r.number) return true;
    if (!cn_app_organisation_get(a, app, t->r.asker, &asker, err) ||
        !cn_app_organisation_get(a, app, t->r.organisation, &endorser, err))
        return false;
    if (!cn_app_endorsable(a, app, t->r.asker, t->r.achievement_id, t->r.version, &what, err))
        return err->code == CN_NOT_FOUND; /* a draft that was given up has no name to tell */
    notice.letter.achievement = cn_notice_name(&what.draft);
    notice.letter.organisation = is_asked(t) ? asker.name : endorser.name;
    return lead(a, app, t, is_asked(t) ? endorser.id : asker.id, &notice.letter.link, err) &&
           cn_app_notify(a, app, now, &notice, err);
}

/* A change with its letters: `change` is called with the transaction's handle. */
typedef struct changing {
    cn_arena *a;
    cn_app app;
    cn_time now;
    telling *told;
    bool (*change)(const struct changing *c, cn_err *err);
    const cn_audit *why;
    /* What the change is about: */
    const cn_endorsement_request *row;
    cn_slice reason;
    const cn_endorsing *signing;
    const cn_revocation *revocation;
    bool *done;
} changing;

static bool change_and_tell(cn_store *within, void *self, cn_err *err) {
    changing *c = self;
    c->app.store = within;
    return c->change(c, err) && tell(c->a, &c->app, c->now, c->told, err);
}

static bool change(changing *c, const cn_app *app, cn_err *err) {
    c->app = *app;
    if (!cn_store_together(app->store, change_and_tell, c, err)) return false;
    if (app->wake) app->wake(app->wake_self);
    return true;
}

/* ---- Asking ---- */

/* What is published, or the draft where that says something else. */
static bool version_to_endorse(cn_arena *a, const cn_app *app, const cn_endorsement_ask *ask, int *version,
                               cn_err *err) {
    cn_achievement is;
    if (!cn_app_achievement_get(a, app, ask->organisation, ask->achievement_id, &is, err)) return false;
    *version = is.version && !is.changed ? is.version : is.version + 1;
    return true;
}

static bool find_endorser(cn_arena *a, const cn_app *app, const cn_endorsement_ask *ask, int64_t *out,
                          cn_err *err) {
    cn_organisation whom;
    bool found = cn_app_organisation_by_id(a, app, ask->whom, &whom, err);
    if (!found && err->code != CN_NOT_FOUND) return false;
    if (!found || whom.number == ask->organisation)
        return cn_fail(err, CN_INVALID, "endorsement.whom", "Another organisation of this server is asked.");
    *out = whom.number;
    return true;
}

static bool put_request(const changing *c, cn_err *err) {
    return cn_store_endorsement_request_put(c->app.store, c->row, c->now, c->why, err) &&
           cn_store_endorsement_request(c->a, c->app.store, c->row->id, &c->told->r, err);
}

bool cn_app_endorsement_ask(cn_arena *a, const cn_app *app, cn_time now, const cn_endorsement_ask *ask,
                            cn_slice *id, cn_err *err) {
    cn_endorsement_request row = {
        .achievement_id = ask->achievement_id, .message = cn_slice_trim(ask->message), .asked_by = ask->by};
    telling told = {.kind = CN_LETTER_ENDORSE_ASKED, .by = ask->by};
    if (!version_to_endorse(a, app, ask, &row.version, err) || !find_endorser(a, app, ask, &row.organisation, err))
        return false;
    if (!cn_endorsement_check_text(row.message, CN_ENDORSEMENT_MESSAGE_MAX, err)) return false;
    if (!cn_app_id(a, app, &row.id, err)) return false;
    cn_audit why = {.organisation = ask->organisation,
                    .person = ask->by,
                    .action = CN_S("endorsement.asked"),
                    .subject = row.id};
    changing c = {.a = a, .now = now, .told = &told, .change = put_request, .why = &why, .row = &row};
    if (!change(&c, app, err)) return false;
    *id = row.id;
    return true;
}

bool cn_app_endorsement_requests_to(cn_arena *a, const cn_app *app, int64_t organisation,
                                    cn_endorsement_requests *out, cn_err *err) {
    return cn_store_endorsement_requests_to(a, app->store, organisation, out, err);
}

bool cn_app_endorsement_requests_of(cn_arena *a, const cn_app *app, cn_slice achievement_id,
                                    cn_endorsement_requests *out, cn_err *err) {
    return cn_store_endorsement_requests_of(a, app->store, achievement_id, out, err);
}

static bool no_request(cn_err *err) {
    return cn_fail(err, CN_NOT_FOUND, "store.none", "There is no such request.");
}

bool cn_app_endorsement_request(cn_arena *a, const cn_app *app, int64_t organisation, cn_slice id,
                                cn_endorsement_request *out, cn_err *err) {
    cn_endorsement_request r;
    if (!cn_store_endorsement_request(a, app->store, id, &r, err)) return false;
    if (r.organisation != organisation) return no_request(err);
    *out = r;
    return true;
}

static bool decline(const changing *c, cn_err *err) {
    return cn_store_endorsement_request_set(c->app.store, c->told->r.id, "declined", c->reason, c->now, c->why,
                                            err);
}

bool cn_app_endorsement_decline(cn_arena *a, const cn_app *app, cn_time now, int64_t organisation, int64_t by,
                                cn_slice id, cn_slice reason, cn_err *err) {
    telling told = {.kind = CN_LETTER_ENDORSE_DECLINED, .by = by};
    cn_audit why = {
        .organisation = organisation, .person = by, .action = CN_S("endorsement.declined"), .subject = id};
    changing c = {
        .a = a, .now = now, .told = &told, .change = decline, .why = &why, .reason = cn_slice_trim(reason)};
    return cn_app_endorsement_request(a, app, organisation, id, &told.r, err) &&
           cn_endorsement_check_text(reason, CN_ENDORSEMENT_MESSAGE_MAX, err) && change(&c, app, err);
}

bool cn_app_endorsement_withdraw(cn_arena *a, const cn_app *app, cn_time now, int64_t organisation, int64_t by,
                                 cn_slice id, cn_err *err) {
    cn_endorsement_request r;
    cn_audit why = {
        .organisation = organisation, .person = by, .action = CN_S("endorsement.withdrawn"), .subject = id};
    if (!cn_store_endorsement_request(a, app->store, id, &r, err)) return false;
    if (r.asker != organisation) return no_request(err);
    return cn_store_endorsement_request_set(app->store, id, "withdrawn", (cn_slice){0}, now, &why, err);
}

/* ---- Signing ---- */

static bool is_term(int months) {
    for (const int *one = cn_endorsement_months; *one; one++)
        if (*one == months) return true;
    return false;
}

/* Each claim once, in the order in which they were made. */
static bool words_of(cn_arena *a, const cn_form_endorsement *f, cn_slice *out, cn_err *err) {
    cn_buf b = cn_buf_on(a, 0);
    for (size_t i = 0; i < f->claims_n; i++) {
        bool again = false;
        for (size_t k = 0; k < i; k++) again = again || cn_slice_eq(f->claims[k].claim, f->claims[i].claim);
        if (!again) cn_buf_print(&b, "%s%.*s", b.n ? " " : "", CN_ARG(f->claims[i].claim));
    }
    if (!cn_buf_ok(&b)) return cn_fail_memory(err);
    *out = cn_buf_slice(&b);
    return true;
}

static bool check_words(const cn_endorsing *w, cn_err *err) {
    const cn_form_endorsement *f = w->facts;
    if (!f->claims_n) return cn_fail(err, CN_INVALID, "endorsement.claims", "Something has to be stated.");
    if (!cn_slice_trim(f->scope.en).n || !cn_slice_trim(f->scope.fr).n ||
        f->scope.en.n > CN_ENDORSEMENT_SCOPE_MAX || f->scope.fr.n > CN_ENDORSEMENT_SCOPE_MAX)
        return cn_fail(err, CN_INVALID, "endorsement.scope",
                       "It is said in both languages for which work it holds.");
    if (!cn_slice_trim(f->comment.en).n != !cn_slice_trim(f->comment.fr).n)
        return cn_fail(err, CN_INVALID, "endorsement.comment",
                       "The comment stands in both languages, or in none.");
    if (!is_term(w->months))
        return cn_fail(err, CN_INVALID, "endorsement.months", "It holds for a time of the list.");
    return cn_endorsement_check_text(f->scope.en, CN_ENDORSEMENT_SCOPE_MAX, err) &&
           cn_endorsement_check_text(f->scope.fr, CN_ENDORSEMENT_SCOPE_MAX, err) &&
           cn_endorsement_check_text(f->comment.en, CN_ENDORSEMENT_MESSAGE_MAX, err) &&
           cn_endorsement_check_text(f->comment.fr, CN_ENDORSEMENT_MESSAGE_MAX, err);
}

/* The signature, with the place in a list that goes with its key. */
static bool sign(cn_arena *a, const cn_app *app, cn_time now, const cn_endorsing *w, const cn_signer *signer,
                 cn_err *err) {
    cn_status_place place;
    const cn_json *document;
    if (!cn_app_status_reserve(a, app, now, signer, 1, &place, err)) return false;
    w->row->status_list = place.list;
    w->row->status_place = (int64_t)place.place;
    w->facts->status_list = place.list_id;
    w->facts->status_index = place.place;
    w->facts->issuer = signer->issuer;
    return cn_form_endorsement_make(a, w->facts, &document, err) &&
           cn_form_sign(a, app, document, &signer->private_key, signer->method, now, &w->row->document, err);
}

static bool put_signed(const changing *c, cn_err *err) {
    return cn_store_endorsement_put(c->app.store, c->signing->row, c->signing->request, c->why, err);
}

/* The request that it answers, where it answers one. */
static bool find_request(cn_arena *a, const cn_app *app, const cn_endorsing *w, telling *out, cn_err *err) {
    return !w->request.n || cn_store_endorsement_request(a, app->store, w->request, &out->r, err);
}

bool cn_endorsement_sign(cn_arena *a, const cn_app *app, cn_time now, const cn_endorsing *w, cn_err *err) {
    cn_organisation who;
    cn_signer signer;
    telling told = {.kind = CN_LETTER_ENDORSE_GIVEN, .by = w->by};
    if (!check_words(w, err) || !cn_app_organisation_get(a, app, w->row->organisation, &who, err) ||
        !find_request(a, app, w, &told, err))
        return false;
    if (!words_of(a, w->facts, &w->row->claims, err) || !cn_app_id(a, app, &w->row->id, err)) return false;
    w->row->given_at.sec = now.sec;
    w->row->valid_until = cn_time_months_later(w->row->given_at, w->months);
    w->facts->origin = app->origin;
    w->facts->id = w->row->id;
    w->facts->demonstration = cn_app_demonstrates(app);
    w->facts->acceptance = w->row->acceptance;
    w->facts->organisation_name = who.name;
    w->facts->organisation_url = who.url;
    w->facts->valid_from = w->row->given_at;
    w->facts->valid_until = w->row->valid_until;
    if (!cn_app_signer(a, app, now, w->row->organisation, &signer, err)) return false;
    bool good = sign(a, app, now, w, &signer, err);
    cn_signer_wipe(&signer);
    cn_audit why = {.organisation = w->row->organisation,
                    .person = w->by,
                    .action = cn_slice_of(w->action),
                    .subject = w->row->id};
    changing c = {.a = a, .now = now, .told = &told, .change = put_signed, .why = &why, .signing = w};
    return good && change(&c, app, err);
}

/* ---- Endorsing ---- */

static const cn_endorsable_part *part_of(const cn_endorsable *what, cn_slice key) {
    for (size_t i = 0; i < what->parts_n; i++)
        if (cn_slice_eq(what->parts[i].key, key)) return &what->parts[i];
    return NULL;
}

static bool claims_of(cn_arena *a, const cn_endorse *what, const cn_endorsable *is, cn_form_endorsement *f,
                      cn_err *err) {
    cn_form_claim *claims = CN_NEW_ARRAY(a, cn_form_claim, what->keys_n);
    if (!claims) return cn_fail_memory(err);
    for (size_t i = 0; i < what->keys_n; i++) {
        const cn_endorsable_part *part = part_of(is, what->keys[i]);
        if (!part) return cn_fail(err, CN_INVALID, "endorsement.claims", "There is no such part.");
        claims[i] = (cn_form_claim){.claim = part->claim, .part = part->url, .name = part->name};
    }
    f->claims = claims;
    f->claims_n = what->keys_n;
    return true;
}

static cn_bilingual name_of(const cn_draft *d) {
    return (cn_bilingual){d->en.name.n ? d->en.name : d->fr.name, d->fr.name.n ? d->fr.name : d->en.name};
}

static bool find_asked(cn_arena *a, const cn_app *app, const cn_endorse *what, cn_endorsable *out, cn_err *err) {
    cn_endorsement_request r;
    if (!cn_app_endorsement_request(a, app, what->organisation, what->request, &r, err)) return false;
    if (!cn_slice_eq(r.state, CN_S("waiting")))
        return cn_fail(err, CN_CONFLICT, "endorsement.answered", "The request was answered before.");
    if (!cn_app_endorsable(a, app, r.asker, r.achievement_id, r.version, out, err)) return false;
    return !what->seen.n || cn_slice_eq(what->seen, out->digest) ||
           cn_fail(err, CN_CONFLICT, "endorsement.changed", "The draft was changed meanwhile: look at it again.");
}

/* A quality body said in which fields the organisation's word counts. */
static bool check_scope(cn_arena *a, const cn_app *app, cn_time now, int64_t organisation, const cn_endorsable *is,
                        cn_err *err) {
    cn_scope_answer answer;
    return cn_app_scope_allows(a, app, organisation, CN_S("endorse"), is->draft.design, now, &answer, err) &&
           (answer.allowed || cn_scope_refuse(&answer, err));
}

bool cn_app_endorsement_give(cn_arena *a, const cn_app *app, cn_time now, const cn_endorse *what, cn_slice *id,
                             cn_err *err) {
    cn_endorsable is;
    cn_form_endorsement facts = {.language = what->language, .scope = what->scope, .comment = what->comment};
    cn_endorsement row = {.organisation = what->organisation};
    cn_endorsing work = {what->by, what->months, &row, &facts, what->request, "endorsement.given"};
    if (!find_asked(a, app, what, &is, err) || !check_scope(a, app, now, what->organisation, &is, err) ||
        !claims_of(a, what, &is, &facts, err))
        return false;
    row.achievement_id = is.achievement_id;
    row.version = is.version;
    row.digest = is.digest;
    facts.subject = cn_form_achievement_url(a, app->origin, is.achievement_id, is.version);
    facts.subject_name = name_of(&is.draft);
    if (!facts.subject.n) return cn_fail_memory(err);
    if (!cn_endorsement_sign(a, app, now, &work, err)) return false;
    *id = row.id;
    return true;
}

/* ---- Revoking ---- */

/* The request that it was given for, the newest of several. */
static bool find_given(cn_arena *a, const cn_app *app, const cn_endorsement *e, telling *out, cn_err *err) {
    cn_endorsement_requests all;
    if (e->acceptance) return true;
    if (!cn_app_endorsement_requests_of(a, app, e->achievement_id, &all, err)) return false;
    for (size_t i = 0; i < all.n && !out->r.number; i++)
        if (all.v[i].organisation == e->organisation && all.v[i].version == e->version &&
            cn_slice_eq(all.v[i].state, CN_S("given")))
            out->r = all.v[i];
    return true;
}

/* A second time changes nothing, and tells nobody. */
static bool revoke(const changing *c, cn_err *err) {
    cn_list_making m = {&c->app, c->now};
    if (!cn_store_endorsement_revoke(c->a, c->app.store, c->revocation, &(cn_status_maker){&m, cn_list_make},
                                     c->done, err))
        return false;
    if (!*c->done) c->told->r.number = 0;
    return true;
}

bool cn_app_endorsement_revoke(cn_arena *a, const cn_app *app, cn_time now, const cn_revoke *what, bool *done,
                               cn_err *err) {
    cn_endorsement e;
    telling told = {.kind = CN_LETTER_ENDORSE_REVOKED, .by = what->by};
    if (!cn_revoke_check(what, err) || !cn_store_endorsement(a, app->store, what->award, &e, err) ||
        !find_given(a, app, &e, &told, err))
        return false;
    cn_audit why = {.organisation = what->organisation,
                    .person = what->by,
                    .action = e.acceptance ? CN_S("acceptance.revoked") : CN_S("endorsement.revoked"),
                    .subject = e.id};
    cn_revocation revocation = {.organisation = what->organisation,
                                .award = e.id,
                                .code = what->code,
                                .reason = what->reason,
                                .now = now,
                                .why = &why};
    changing c = {
        .a = a, .now = now, .told = &told, .change = revoke, .why = &why, .revocation = &revocation, .done = done};
    return change(&c, app, err);
}
