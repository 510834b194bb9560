/* SPDX-License-Identifier: Apache-2.0
 *
 * Keys and what is signed with them: the first key, the next one, awards, status lists, revoking.
 */
#include "app/keys.h"
#include "app/achievements.h"
#include "app/keys_inside.h"
#include "app/letters.h"
#include "app/secret.h"
#include "store/awards.h"

enum { REASON_MAX_BYTES = 1000 };

const cn_slice cn_revoke_codes[] = {CN_S_INIT("withdrawn"), CN_S_INIT("error"), CN_S_INIT("replaced")};
const size_t cn_revoke_codes_n = sizeof cn_revoke_codes / sizeof cn_revoke_codes[0];

/* ---- Sealed keys ---- */

static bool no_master(cn_err *err) {
    return cn_fail(
        err, CN_UNAVAILABLE, "keys.master",
        "This server cannot sign: it has no master key, or not the one that its keys were sealed with.");
}

/* What was sealed is the private half of the public key beside it, or else the row is not as it was written. */
static bool unseal(cn_arena *a, const cn_app *app, const cn_stored_key *key, cn_private_key *out, cn_err *err) {
    cn_private_key k = {.kind = CN_KEY_ED25519};
    cn_public_key public;
    cn_buf multikey = cn_buf_on(a, 0);
    cn_slice seed;
    if (!app->master) return cn_always_false(no_master(err));
    if (!cn_unseal(a, app->master, key->sealed, &seed, err))
        return err->code == CN_DENIED ? cn_always_false(no_master(err)) : false;
    if (seed.n > sizeof k.bytes) return cn_fail(err, CN_INTERNAL, "keys.broken", "A sealed key is too long.");
    memcpy(k.bytes, seed.p, seed.n);
    k.n = seed.n;
    cn_private_key_pair(&k);
    bool good = cn_key_public(app->crypto, a, &k, &public, err) && cn_multikey_write(&multikey, &public, err);
    if (good && !cn_slice_eq(cn_buf_slice(&multikey), key->public_key))
        good = cn_fail(err, CN_INTERNAL, "keys.broken", "A sealed key is not that of its public half.");
    if (good) *out = k;
    cn_private_key_wipe(&k);
    return good;
}

static bool seal_new(cn_arena *a, const cn_app *app, cn_stored_key *out, cn_err *err) {
    cn_private_key k;
    cn_public_key public;
    cn_buf multikey = cn_buf_on(a, 0);
    if (!app->master) return cn_always_false(no_master(err));
    if (!cn_key_new(CN_KEY_ED25519, app->random, &k, err)) return false;
    bool good = cn_key_public(app->crypto, a, &k, &public, err) && cn_multikey_write(&multikey, &public, err) &&
                cn_form_did_key(a, &public, &out->issuer, &out->method, err) &&
                cn_seal(a, app->master, app->random, cn_slice_bytes(k.bytes, k.n), &out->sealed, err);
    cn_private_key_wipe(&k);
    if (good && !cn_buf_ok(&multikey)) return cn_fail_memory(err);
    out->public_key = cn_buf_slice(&multikey);
    return good;
}

static bool make_key(cn_arena *a, const cn_app *app, cn_time now, int64_t organisation, const cn_audit *why,
                     bool first, cn_err *err) {
    cn_stored_key next = {.organisation = organisation};
    cn_key_change change = {.next = &next, .first = first, .now = now, .why = why};
    return seal_new(a, app, &next, err) && cn_store_key_change(app->store, &change, err);
}

/* Two that make the first key at once get the same one. */
bool cn_key_at_work(cn_arena *a, const cn_app *app, cn_time now, int64_t organisation, cn_stored_key *out,
                    cn_err *err) {
    cn_audit why = {.organisation = organisation, .action = CN_S("key.made")};
    if (cn_store_key_current(a, app->store, organisation, out, err)) return true;
    return err->code == CN_NOT_FOUND && make_key(a, app, now, organisation, &why, true, err) &&
           cn_store_key_current(a, app->store, organisation, out, err);
}

bool cn_app_signer(cn_arena *a, const cn_app *app, cn_time now, int64_t organisation, cn_signer *out,
                   cn_err *err) {
    cn_stored_key key;
    cn_signer signer;
    if (!cn_key_at_work(a, app, now, organisation, &key, err)) return false;
    signer = (cn_signer){.key = key.number, .issuer = key.issuer, .method = key.method};
    if (!unseal(a, app, &key, &signer.private_key, err)) return false;
    *out = signer;
    cn_signer_wipe(&signer);
    return true;
}

void cn_signer_wipe(cn_signer *s) {
    cn_private_key_wipe(&s->private_key);
}

bool cn_app_keys(cn_arena *a, const cn_app *app, cn_time now, int64_t organisation, cn_stored_keys *out,
                 cn_err *err) {
    cn_stored_key key;
    if (app->master && !cn_key_at_work(a, app, now, organisation, &key, err)) return false;
    return cn_store_keys_of(a, app->store, organisation, out, err);
}

bool cn_app_key_retire(cn_arena *a, const cn_app *app, cn_time now, int64_t organisation, int64_t by,
                       cn_err *err) {
    cn_audit why = {.organisation = organisation, .person = by, .action = CN_S("key.retired")};
    return make_key(a, app, now, organisation, &why, false, err);
}

/* ---- Awards ---- */

/* Nobody but this machine reaches what stands there, so it cannot be meant. */
static bool is_loopback(cn_slice origin) {
    cn_slice host = cn_app_host(origin);
    return cn_slice_eq(host, CN_S("localhost")) || cn_slice_ends(host, CN_S(".localhost")) ||
           cn_slice_starts(host, CN_S("127.")) || cn_slice_eq(host, CN_S("[::1]"));
}

bool cn_app_demonstrates(const cn_app *app) {
    return app->demo || is_loopback(app->origin);
}

bool cn_app_award_sign(cn_arena *a, const cn_app *app, cn_time now, const cn_signer *signer,
                       const cn_form_award *facts, cn_slice *document, cn_err *err) {
    cn_form_award whole = *facts;
    const cn_json *unsigned_document;
    whole.origin = app->origin;
    whole.issuer = signer->issuer;
    whole.demonstration = cn_app_demonstrates(app);
    return cn_form_credential(a, app->crypto, &whole, &unsigned_document, err) &&
           cn_form_sign(a, app, unsigned_document, &signer->private_key, signer->method, now, document, err);
}

/* ---- Status lists ---- */

/* It holds from the day of its key on: a list that was signed a moment ago must not be "not yet valid" for
 * somebody whose clock is a moment behind. */
bool cn_list_make(void *self, cn_arena *a, const cn_stored_status *list, const cn_stored_key *key, cn_slice bits,
                  cn_slice *document, cn_err *err) {
    const cn_list_making *m = self;
    cn_form_list form = {.origin = m->app->origin,
                         .id = list->id,
                         .issuer = key->issuer,
                         .bits = bits,
                         .valid_from = key->created_at};
    const cn_json *unsigned_document;
    cn_private_key private_key;
    if (!cn_form_status_list(a, &form, &unsigned_document, err)) return false;
    if (!unseal(a, m->app, key, &private_key, err)) return false;
    bool good = cn_form_sign(a, m->app, unsigned_document, &private_key, key->method, m->now, document, err);
    cn_private_key_wipe(&private_key);
    return good;
}

bool cn_app_status_publish(cn_arena *a, const cn_app *app, cn_time now, int64_t list, cn_err *err) {
    cn_list_making m = {app, now};
    return cn_store_status_publish(a, app->store, list, now, &(cn_status_maker){&m, cn_list_make}, err);
}

bool cn_app_status_get(cn_arena *a, const cn_app *app, cn_slice id, cn_stored_status *out, cn_err *err) {
    if (!cn_store_status_by_id(a, app->store, id, out, err)) return false;
    return out->document.n > 0 || cn_fail(err, CN_NOT_FOUND, "store.none", "The list is not published yet.");
}

bool cn_app_status_reserve(cn_arena *a, const cn_app *app, cn_time now, const cn_signer *signer, size_t n,
                           cn_status_place *places, cn_err *err) {
    cn_status_ask ask = {
        .signing_key = signer->key, .length = CN_FORM_LIST_BITS, .random = app->random, .now = now};
    cn_stored_status list;
    if (!n) return true;
    if (!cn_app_id(a, app, &ask.new_id, err)) return false;
    if (!cn_store_status_reserve(a, app->store, &ask, n, places, err)) return false;
    if (!cn_store_status(a, app->store, places[0].list, &list, err)) return false;
    return list.document.n || cn_app_status_publish(a, app, now, list.number, err);
}

/* ---- Revoking ---- */

bool cn_revoke_check(const cn_revoke *what, cn_err *err) {
    bool known = false;
    for (size_t i = 0; i < cn_revoke_codes_n; i++) known = known || cn_slice_eq(what->code, cn_revoke_codes[i]);
    if (!known) return cn_fail(err, CN_INVALID, "revoke.code", "Choose what the public is told.");
    if (what->reason.n > REASON_MAX_BYTES || cn_utf8_invalid(what->reason) != SIZE_MAX)
        return cn_fail(err, CN_INVALID, "revoke.reason", "The reason is too long.");
    return true;
}

/* Who holds it reads mail at their own main address by now; otherwise it goes where the award went. */
static bool addressee(cn_arena *a, const cn_app *app, const cn_award *award, cn_letter *letter, cn_err *err) {
    cn_person holder;
    letter->recipient = award->email;
    letter->language = award->language;
    if (!award->holder) return true;
    if (!cn_app_person_get(a, app, award->holder, &holder, err)) return err->code == CN_NOT_FOUND;
    letter->recipient = holder.email;
    letter->language = holder.language;
    return true;
}

static bool letter_of(cn_arena *a, const cn_app *app, cn_time now, const cn_award *award, cn_stored_mail *out,
                      cn_err *err) {
    cn_version version;
    cn_organisation organisation;
    if (!cn_app_version_get(a, app, award->version, &version, err)) return false;
    if (!cn_app_organisation_get(a, app, award->organisation, &organisation, err)) return false;
    cn_letter letter = {.kind = CN_LETTER_REVOKED,
                        .award = award->number,
                        .name = award->name,
                        .achievement = {version.en.name, version.fr.name},
                        .organisation = organisation.name,
                        .link = cn_form_credential_url(a, app->origin, award->id)};
    return addressee(a, app, award, &letter, err) && cn_app_letter_write(a, app, now, &letter, out, err);
}

bool cn_app_award_revoke(cn_arena *a, const cn_app *app, cn_time now, const cn_revoke *what, bool *done,
                         cn_err *err) {
    cn_list_making m = {app, now};
    cn_award award;
    cn_stored_mail mail;
    if (!cn_revoke_check(what, err) || !cn_store_award(a, app->store, what->award, &award, err)) return false;
    if (award.organisation != what->organisation)
        return cn_fail(err, CN_NOT_FOUND, "store.none", "The organisation has no such award.");
    if (!letter_of(a, app, now, &award, &mail, err)) return false;
    cn_audit why = {.organisation = what->organisation,
                    .person = what->by,
                    .action = CN_S("award.revoked"),
                    .subject = award.id};
    cn_revocation revocation = {.organisation = what->organisation,
                                .award = award.id,
                                .code = what->code,
                                .reason = what->reason,
                                .now = now,
                                .why = &why,
                                .mail = &mail};
    if (!cn_store_award_revoke(a, app->store, &revocation, &(cn_status_maker){&m, cn_list_make}, done, err))
        return false;
    if (*done && app->wake) app->wake(app->wake_self);
    return true;
}
