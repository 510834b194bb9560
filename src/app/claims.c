/* SPDX-License-Identifier: Apache-2.0
 *
 * Claims: from a link or a code to the person who holds the award.
 */
#include "app/claims.h"

#include "app/achievements.h"
#include "app/people.h"
#include "app/secret.h"

enum { MOST_A_DAY = 3, DAY = 86400 };

static const int64_t lifetime = (int64_t)CN_CLAIM_DAYS * DAY;

/* ---- Making ---- */

bool cn_app_claim_new(cn_arena *a, const cn_app *app, cn_time now, cn_new_claim *out, cn_err *err) {
    cn_secret token, code;
    cn_slice link;
    if (!cn_app_token(a, app, &token, err) || !cn_app_code(a, app, &code, err)) return false;
    if (!cn_arena_print(a, &link, "%.*s/claim/%.*s", CN_ARG(app->origin), CN_ARG(token.text)))
        return cn_fail_memory(err);
    *out = (cn_new_claim){.link = link,
                          .code = code.text,
                          .kept = {.token_hash = token.hash,
                                   .code_hash = code.hash,
                                   .created_at.sec = now.sec,
                                   .expires_at.sec = now.sec + lifetime}};
    return true;
}

bool cn_app_claim_letter(cn_arena *a, const cn_app *app, cn_time now, const cn_new_claim *claim,
                         const cn_letter *about, cn_stored_mail *out, cn_err *err) {
    cn_letter letter = *about;
    letter.kind = CN_LETTER_CLAIM;
    letter.link = claim->link;
    letter.code = claim->code;
    letter.until = claim->kept.expires_at;
    return cn_app_letter_write(a, app, now, &letter, out, err);
}

/* ---- Looking ---- */

/* A revoked award is told to be so before all else: a new link would not help. */
static cn_claim_state state_of(const cn_claim *c, cn_time now) {
    if (c->credential.revoked_at.sec) return CN_CLAIM_REVOKED;
    if (c->credential.claimed_at.sec) return CN_CLAIM_USED;
    if (c->kept.used_at.sec) return CN_CLAIM_REPLACED;
    return c->kept.expires_at.sec <= now.sec ? CN_CLAIM_EXPIRED : CN_CLAIM_OPEN;
}

static bool look(cn_arena *a, const cn_app *app, cn_time now, cn_claim *c, cn_claim *out, cn_err *err) {
    if (!cn_store_credential(a, app->store, c->kept.award_id, &c->credential, err)) return false;
    c->state = state_of(c, now);
    *out = *c;
    return true;
}

bool cn_app_claim_look(cn_arena *a, const cn_app *app, cn_time now, cn_slice token, cn_claim *out, cn_err *err) {
    cn_claim c = {0};
    cn_slice hash;
    return cn_app_token_hash(a, app, token, &hash, err) && cn_store_claim(a, app->store, hash, &c.kept, err) &&
           look(a, app, now, &c, out, err);
}

bool cn_app_claim_look_code(cn_arena *a, const cn_app *app, cn_time now, cn_slice typed, cn_claim *out,
                            cn_err *err) {
    cn_claim c = {0};
    cn_slice hash;
    return cn_app_code_hash(a, app, typed, &hash, err) &&
           cn_store_claim_of_code(a, app->store, hash, &c.kept, err) && look(a, app, now, &c, out, err);
}

/* ---- Using ---- */

bool cn_app_claim_is_of(cn_arena *a, const cn_app *app, const cn_claim *claim, int64_t person, bool *out,
                        cn_err *err) {
    cn_addresses all;
    bool own = false;
    if (!cn_app_addresses(a, app, person, &all, err)) return false;
    for (size_t i = 0; i < all.n; i++) own = own || cn_slice_eq(all.v[i].email, claim->credential.email);
    *out = own;
    return true;
}

bool cn_app_claim_use(cn_arena *a, const cn_app *app, cn_time now, const cn_claim *claim, int64_t signed_in,
                      int64_t *person, cn_err *err) {
    const cn_credential *c = &claim->credential;
    cn_person owner = {.number = signed_in};
    if (!signed_in && !cn_app_person_of_address(a, app, now, c->email, c->name, c->language, &owner, err))
        return false;
    cn_audit why = {.organisation = c->organisation,
                    .person = owner.number,
                    .action = CN_S("award.claimed"),
                    .subject = c->id};
    if (!cn_store_claim_use(app->store, &claim->kept, owner.number, &why, now, err)) return false;
    *person = owner.number;
    return true;
}

/* ---- Again ---- */

static bool write_mail(cn_arena *a, const cn_app *app, cn_time now, const cn_credential *c,
                       const cn_new_claim *claim, cn_stored_mail *out, cn_err *err) {
    cn_version version;
    if (!cn_app_version_get(a, app, c->version_number, &version, err)) return false;
    cn_letter about = {.recipient = c->email,
                       .language = c->language,
                       .award = c->number,
                       .name = c->name,
                       .achievement = {version.en.name, version.fr.name},
                       .organisation = cn_credential_organisation(c)};
    return cn_app_claim_letter(a, app, now, claim, &about, out, err);
}

static bool send_another(cn_arena *a, const cn_app *app, cn_time now, const cn_credential *c, const cn_audit *why,
                         cn_err *err) {
    cn_new_claim claim;
    cn_stored_mail mail;
    if (!cn_app_claim_new(a, app, now, &claim, err) || !write_mail(a, app, now, c, &claim, &mail, err))
        return false;
    claim.kept.award = c->number;
    return cn_store_claim_again(app->store, &claim.kept, &mail, why, now, err);
}

bool cn_app_claim_again(cn_arena *a, const cn_app *app, cn_time now, int64_t organisation, int64_t by, cn_slice id,
                        cn_err *err) {
    cn_credential c;
    cn_audit why = {.organisation = organisation, .person = by, .action = CN_S("claim.sent"), .subject = id};
    if (!cn_app_credential_own(a, app, organisation, id, &c, err) || !send_another(a, app, now, &c, &why, err))
        return false;
    if (app->wake) app->wake(app->wake_self);
    return true;
}

typedef struct renewing {
    cn_arena *a;
    const cn_app *app;
    cn_time now;
    const cn_credential *credential;
    bool sent;
} renewing;

/* Counting and sending are one transaction: of many who ask at once, few are sent one. */
static bool renew(cn_store *within, void *self, cn_err *err) {
    renewing *r = self;
    const cn_credential *c = r->credential;
    cn_app app = *r->app;
    int64_t made;
    cn_audit why = {.organisation = c->organisation, .action = CN_S("claim.sent"), .subject = c->id};
    app.store = within;
    if (!cn_store_claims_since(within, c->number, (cn_time){r->now.sec - DAY, 0}, &made, err)) return false;
    if (made >= MOST_A_DAY) return true;
    r->sent = send_another(r->a, &app, r->now, c, &why, err);
    return r->sent || !strcmp(err->id, "claim.closed");
}

bool cn_app_claim_renew(cn_arena *a, const cn_app *app, cn_time now, const cn_claim *claim, cn_err *err) {
    renewing r = {.a = a, .app = app, .now = now, .credential = &claim->credential};
    if (claim->state != CN_CLAIM_EXPIRED && claim->state != CN_CLAIM_REPLACED) return true;
    if (!cn_store_together(app->store, renew, &r, err)) return false;
    if (r.sent && app->wake) app->wake(app->wake_self);
    return true;
}
