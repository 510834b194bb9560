/* SPDX-License-Identifier: Apache-2.0
 *
 * Passkeys: adding one to an account, signing in with one. Each answers a challenge that is good once, for five
 * minutes.
 */
#include "app/secret.h"
#include "app/told.h"
#include "app/webauthn.h"

enum { CHALLENGE_SECONDS = 300, LABEL_MAX = 100, FIELD_MAX = 16384 };

bool cn_app_passkey_challenge(cn_arena *a, const cn_app *app, cn_time now, int64_t person, cn_slice *challenge,
                              cn_err *err) {
    cn_secret secret;
    if (!cn_app_token(a, app, &secret, err) ||
        !cn_store_challenge_put(app->store, secret.hash, person, (cn_time){now.sec + CHALLENGE_SECONDS, 0}, err))
        return false;
    *challenge = secret.text;
    return true;
}

static bool decode(cn_arena *a, cn_slice text, cn_slice *out, cn_err *err) {
    cn_err why;
    if (text.n <= FIELD_MAX && cn_base64_read(a, CN_BASE64_URL, text, out, &why)) return true;
    return cn_fail(err, CN_INVALID, "passkey.form", "What the browser gave is not complete.");
}

/* The challenge went out as text, which the browser signs as the bytes it stands for: they are written back. */
static bool take_challenge(cn_arena *a, const cn_app *app, cn_time now, int64_t person, const char *type,
                           const cn_webauthn *given, cn_err *err) {
    cn_slice bytes, hash;
    cn_buf text = cn_buf_on(a, 0);
    if (!cn_webauthn_challenge(a, app->origin, type, given, &bytes, err)) return false;
    cn_base64_write(&text, CN_BASE64_URL, bytes);
    if (!cn_buf_ok(&text)) return cn_fail_memory(err);
    if (!cn_app_token_hash(a, app, cn_buf_slice(&text), &hash, err)) return false;
    if (cn_store_challenge_take(app->store, hash, person, now, err)) return true;
    return err->code == CN_NOT_FOUND ? cn_fail(err, CN_DENIED, "passkey.challenge",
                                               "The page was open for too long, or was used before.")
                                     : false;
}

static cn_slice one_line(cn_slice label) {
    label = cn_utf8_prefix(label, LABEL_MAX);
    return cn_utf8_is_line(label) ? label : CN_S("");
}

bool cn_app_passkey_add(cn_arena *a, const cn_app *app, cn_time now, const cn_session *session,
                        const cn_passkey_answer *answer, cn_err *err) {
    const cn_person *p = &session->person;
    cn_webauthn given = {0};
    cn_passkey key = {.person = p->number, .label = one_line(answer->label), .created_at = now};
    cn_told told;
    bool good = decode(a, answer->client_data, &given.client_data, err) &&
                decode(a, answer->authenticator_data, &given.authenticator_data, err) &&
                take_challenge(a, app, now, p->number, "webauthn.create", &given, err) &&
                cn_webauthn_register(a, app->crypto, app->origin, &given, &key, err) &&
                cn_app_told(a, app, now, p->number, p, CN_LETTER_PASSKEY_ADDED, key.label, &told, err) &&
                cn_store_passkey_put(app->store, &key, !cn_app_session_by_passkey(session), &told, err);
    return cn_app_told_done(app, good);
}

/* What a browser gave, and what it comes to. */
typedef struct entering {
    cn_arena *a;
    const cn_app *app;
    cn_time now;
    cn_slice id, agent;
    cn_webauthn given;
    cn_person person;
    cn_slice token;
} entering;

static bool enter(cn_store *within, void *self, cn_err *err) {
    entering *e = self;
    cn_app app = *e->app;
    cn_passkey key;
    int64_t counter;
    app.store = within;
    if (!cn_store_passkey(e->a, within, e->id, &key, err))
        return err->code == CN_NOT_FOUND ? cn_fail(err, CN_NOT_FOUND, "passkey.none", "Nobody has this passkey.")
                                         : false;
    return cn_webauthn_check(e->a, app.crypto, app.origin, &key, &e->given, &counter, err) &&
           cn_store_passkey_used(within, key.id, counter, e->now, err) &&
           cn_app_person_get(e->a, &app, key.person, &e->person, err) &&
           cn_app_session_start(e->a, &app, e->now, key.person, "passkey", e->agent, &e->token, err);
}

/* The challenge is taken by itself: a wrong signature does not get it back. */
bool cn_app_passkey_enter(cn_arena *a, const cn_app *app, cn_time now, const cn_passkey_answer *answer,
                          cn_slice agent, cn_person *out, cn_slice *token, cn_err *err) {
    entering e = {.a = a, .app = app, .now = now, .agent = agent};
    cn_webauthn given = {0};
    if (!decode(a, answer->id, &e.id, err) || !decode(a, answer->client_data, &given.client_data, err) ||
        !decode(a, answer->authenticator_data, &given.authenticator_data, err) ||
        !decode(a, answer->signature, &given.signature, err) ||
        !take_challenge(a, app, now, 0, "webauthn.get", &given, err))
        return false;
    e.given = given;
    if (!cn_store_together(app->store, enter, &e, err)) return false;
    *out = e.person;
    *token = e.token;
    return true;
}

bool cn_app_passkeys_of(cn_arena *a, const cn_app *app, int64_t person, cn_passkeys *out, cn_err *err) {
    return cn_store_passkeys_of(a, app->store, person, &out->v, &out->n, err);
}

/* What the person calls it; empty where it is none of theirs. */
static bool label_of(cn_arena *a, const cn_app *app, int64_t person, cn_slice id, cn_slice *out, cn_err *err) {
    cn_passkey key = {0};
    if (!cn_store_passkey(a, app->store, id, &key, err) && err->code != CN_NOT_FOUND) return false;
    *out = key.person == person ? key.label : CN_S("");
    return true;
}

bool cn_app_passkey_remove(cn_arena *a, const cn_app *app, cn_time now, const cn_session *session, cn_slice id,
                           cn_err *err) {
    const cn_person *p = &session->person;
    cn_slice bytes, label;
    cn_told told;
    if (!cn_app_session_by_passkey(session))
        return cn_fail(err, CN_DENIED, "passkey.needed", "Who signed in with a passkey may remove one.");
    bool good = decode(a, id, &bytes, err) && label_of(a, app, p->number, bytes, &label, err) &&
                cn_app_told(a, app, now, p->number, p, CN_LETTER_PASSKEY_REMOVED, label, &told, err) &&
                cn_store_passkey_remove(app->store, p->number, bytes, session->hash, &told, err);
    return cn_app_told_done(app, good);
}

bool cn_app_passkeys_reset(cn_arena *a, const cn_app *app, cn_time now, cn_slice email, cn_err *err) {
    cn_mail_address address;
    cn_person p;
    cn_told told;
    bool good = cn_mail_address_ok(a, email, app->demo, &address, err) &&
                cn_store_person_of(a, app->store, address.key, &p, err) &&
                cn_app_told(a, app, now, 0, &p, CN_LETTER_PASSKEYS_RESET, CN_S(""), &told, err) &&
                cn_store_passkeys_reset(app->store, p.number, &told, err);
    return cn_app_told_done(app, good);
}

bool cn_app_passkey_missing(cn_arena *a, const cn_app *app, int64_t person, bool *out, cn_err *err) {
    cn_organisations staff;
    cn_passkeys keys;
    unsigned roles = 0;
    if (!cn_app_organisations_of(a, app, person, &staff, err) || !cn_app_passkeys_of(a, app, person, &keys, err))
        return false;
    for (size_t i = 0; i < staff.n; i++) roles |= staff.v[i].roles;
    *out = !app->demo && (roles & CN_ROLES_SIGN) && !keys.n;
    return true;
}
