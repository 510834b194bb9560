/* SPDX-License-Identifier: Apache-2.0
 *
 * Everything that is kept about a person, as one JSON document: what the account page gives away. The
 * institutions' own records of somebody who is not its holder are not among it.
 */
#include "app/claims.h"
#include "app/achievements.h"
#include "app/people.h"
#include "store/reviews.h"

/* A document that is being written; once something does not fit, nothing more is. */
typedef struct writing {
    cn_arena *a;
    bool fits;
} writing;

static void put(writing *w, cn_json *object, const char *key, const cn_json *value) {
    w->fits = w->fits && object && cn_json_set(w->a, object, cn_slice_of(key), value);
}

static void put_text(writing *w, cn_json *object, const char *key, cn_slice text) {
    put(w, object, key, cn_json_string(w->a, text));
}

static void put_time(writing *w, cn_json *object, const char *key, cn_time t) {
    cn_buf b = cn_buf_on(w->a, 64);
    if (!t.sec) return;
    cn_time_write(&b, t);
    w->fits = w->fits && cn_buf_ok(&b);
    put_text(w, object, key, cn_buf_slice(&b));
}

static void put_both(writing *w, cn_json *object, const char *key, cn_bilingual text) {
    cn_json *both = cn_json_object(w->a);
    put_text(w, both, "en", text.en);
    put_text(w, both, "fr", text.fr);
    put(w, object, key, both);
}

static void push(writing *w, cn_json *array, const cn_json *item) {
    w->fits = w->fits && array && item && cn_json_push(w->a, array, item);
}

static void put_person(writing *w, cn_json *whole, const cn_person *p) {
    cn_json *o = cn_json_object(w->a);
    put_text(w, o, "id", p->id);
    put_text(w, o, "name", p->name);
    put_text(w, o, "language", p->language);
    put_time(w, o, "since", p->created_at);
    put(w, whole, "account", o);
}

static bool put_addresses(writing *w, const cn_app *app, cn_json *whole, int64_t person, cn_err *err) {
    cn_json *list = cn_json_array(w->a);
    cn_address *v;
    size_t n;
    if (!cn_store_addresses(w->a, app->store, person, &v, &n, err)) return false;
    for (size_t i = 0; i < n; i++) {
        cn_json *o = cn_json_object(w->a);
        put_text(w, o, "email", v[i].email);
        put(w, o, "main", cn_json_bool(v[i].main));
        put_time(w, o, "proven", v[i].proven_at);
        push(w, list, o);
    }
    put(w, whole, "addresses", list);
    return true;
}

static void put_roles(writing *w, cn_json *o, unsigned roles) {
    static const char *const names[] = {"administrator", "designer", "issuer", "viewer"};
    cn_json *list = cn_json_array(w->a);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (roles & (1U << i)) push(w, list, cn_json_string(w->a, cn_slice_of(names[i])));
    put(w, o, "roles", list);
}

static bool put_memberships(writing *w, const cn_app *app, cn_json *whole, int64_t person, cn_err *err) {
    cn_json *list = cn_json_array(w->a);
    cn_organisations staff;
    if (!cn_app_organisations_of(w->a, app, person, &staff, err)) return false;
    for (size_t i = 0; i < staff.n; i++) {
        cn_json *o = cn_json_object(w->a);
        put_both(w, o, "organisation", staff.v[i].name);
        put_roles(w, o, staff.v[i].roles);
        push(w, list, o);
    }
    put(w, whole, "memberships", list);
    return true;
}

static bool put_sessions(writing *w, const cn_app *app, cn_time now, cn_json *whole, int64_t person, cn_err *err) {
    cn_json *list = cn_json_array(w->a);
    cn_sessions sessions;
    if (!cn_app_sessions_of(w->a, app, now, person, &sessions, err)) return false;
    for (size_t i = 0; i < sessions.n; i++) {
        cn_json *o = cn_json_object(w->a);
        put_text(w, o, "browser", sessions.v[i].agent);
        put_text(w, o, "way", sessions.v[i].way);
        put_time(w, o, "since", sessions.v[i].created_at);
        put_time(w, o, "lastUsed", sessions.v[i].seen_at);
        put_time(w, o, "until", sessions.v[i].expires_at);
        push(w, list, o);
    }
    put(w, whole, "sessions", list);
    return true;
}

static bool put_passkeys(writing *w, const cn_app *app, cn_json *whole, int64_t person, cn_err *err) {
    cn_json *list = cn_json_array(w->a);
    cn_passkey *v;
    size_t n;
    if (!cn_store_passkeys_of(w->a, app->store, person, &v, &n, err)) return false;
    for (size_t i = 0; i < n; i++) {
        cn_json *o = cn_json_object(w->a);
        put_text(w, o, "label", v[i].label);
        put_time(w, o, "since", v[i].created_at);
        put_time(w, o, "lastUsed", v[i].used_at);
        push(w, list, o);
    }
    put(w, whole, "passkeys", list);
    return true;
}

/* The credential goes in as the JSON that was signed. */
static bool put_awards(writing *w, const cn_app *app, cn_json *whole, int64_t person, cn_err *err) {
    cn_json *list = cn_json_array(w->a);
    cn_credentials held;
    if (!cn_app_credentials_held(w->a, app, person, &held, err)) return false;
    for (size_t i = 0; i < held.n; i++) {
        const cn_json *credential;
        cn_json *o = cn_json_object(w->a);
        if (!cn_json_read(w->a, held.v[i].document, NULL, &credential, err)) return false;
        put_text(w, o, "id", held.v[i].id);
        put_text(w, o, "evidence", held.v[i].evidence);
        put_time(w, o, "awarded", held.v[i].awarded_at);
        put_time(w, o, "claimed", held.v[i].claimed_at);
        put_time(w, o, "revoked", held.v[i].revoked_at);
        put(w, o, "pageOn", cn_json_bool(held.v[i].page_on));
        put(w, o, "credential", credential);
        push(w, list, o);
    }
    put(w, whole, "credentials", list);
    return true;
}

/* As far as anybody is told before the claim: whoever mistyped an address may still mend it. */
static bool put_waiting(writing *w, const cn_app *app, cn_json *whole, int64_t person, cn_err *err) {
    cn_json *list = cn_json_array(w->a);
    cn_credentials waiting;
    if (!cn_app_credentials_waiting(w->a, app, person, &waiting, err)) return false;
    for (size_t i = 0; i < waiting.n; i++) {
        const cn_credential *c = &waiting.v[i];
        cn_json *o = cn_json_object(w->a);
        cn_version version;
        if (!cn_app_version_get(w->a, app, c->version_number, &version, err)) return false;
        put_text(w, o, "id", c->id);
        put_text(w, o, "email", c->email);
        put_both(w, o, "achievement", (cn_bilingual){version.en.name, version.fr.name});
        put_both(w, o, "organisation", cn_credential_organisation(c));
        put_time(w, o, "awarded", c->awarded_at);
        put_time(w, o, "revoked", c->revoked_at);
        push(w, list, o);
    }
    put(w, whole, "unclaimed", list);
    return true;
}

/* What was done for an organisation is named to its members: the id of an award is the address of its page. What
 * somebody did with an award of their own is their own. */
static bool may_name(const cn_audit *what, const cn_organisations *staff) {
    bool own = !what->organisation || cn_slice_eq(what->action, CN_S("award.claimed")) ||
               cn_slice_starts(what->action, CN_S("page."));
    for (size_t i = 0; i < staff->n; i++) own |= staff->v[i].number == what->organisation;
    return own;
}

static bool put_done(writing *w, const cn_app *app, cn_json *whole, int64_t person, cn_err *err) {
    cn_json *list = cn_json_array(w->a);
    cn_organisations staff;
    cn_audit *v;
    size_t n;
    if (!cn_store_audit_by(w->a, app->store, person, &v, &n, err) ||
        !cn_app_organisations_of(w->a, app, person, &staff, err))
        return false;
    for (size_t i = 0; i < n; i++) {
        cn_json *o = cn_json_object(w->a);
        put_time(w, o, "at", v[i].at);
        put_text(w, o, "action", v[i].action);
        if (v[i].subject.n && may_name(&v[i], &staff)) put_text(w, o, "subject", v[i].subject);
        push(w, list, o);
    }
    put(w, whole, "done", list);
    return true;
}

/* Their own words, in reviews of achievements. */
static bool put_said(writing *w, const cn_app *app, cn_json *whole, int64_t person, cn_err *err) {
    cn_json *list = cn_json_array(w->a);
    cn_stored_saying *v;
    size_t n;
    if (!cn_store_said_by(w->a, app->store, person, &v, &n, err)) return false;
    for (size_t i = 0; i < n; i++) {
        cn_json *o = cn_json_object(w->a);
        put_time(w, o, "at", v[i].at);
        put_text(w, o, "text", v[i].text);
        push(w, list, o);
    }
    put(w, whole, "said", list);
    return true;
}

bool cn_app_person_export(cn_arena *a, const cn_app *app, cn_time now, int64_t person, cn_slice *json,
                          cn_err *err) {
    writing w = {a, true};
    cn_json *whole = cn_json_object(a);
    cn_buf b = cn_buf_on(a, 0);
    cn_person p;
    if (!cn_app_person_get(a, app, person, &p, err)) return false;
    put_time(&w, whole, "made", (cn_time){now.sec, 0});
    put_person(&w, whole, &p);
    if (!put_addresses(&w, app, whole, person, err) || !put_memberships(&w, app, whole, person, err) ||
        !put_sessions(&w, app, now, whole, person, err) || !put_passkeys(&w, app, whole, person, err) ||
        !put_awards(&w, app, whole, person, err) || !put_waiting(&w, app, whole, person, err) ||
        !put_done(&w, app, whole, person, err) || !put_said(&w, app, whole, person, err))
        return false;
    if (w.fits) cn_json_write_pretty(&b, whole);
    if (!w.fits || !cn_buf_ok(&b)) return cn_fail_memory(err);
    *json = cn_buf_slice(&b);
    return true;
}
