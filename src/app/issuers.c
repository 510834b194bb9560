/* SPDX-License-Identifier: Apache-2.0
 *
 * Issuers: the documents that say which keys an organisation signs with (Controlled Identifiers 1.0; the did:web
 * method), signing as a domain of its own, and what this server answers about itself.
 */
#include "app/form_inside.h"
#include "app/keys_inside.h"
#include "vc/registry.h"

enum { DOMAIN_MAX = 253 };

/* ---- Documents ---- */

typedef struct writing {
    cn_form_maker m;
    cn_slice id; /* the controller */
} writing;

static bool seen_before(const cn_stored_keys *keys, size_t at) {
    for (size_t i = 0; i < at; i++)
        if (cn_slice_eq(keys->v[i].public_key, keys->v[at].public_key)) return true;
    return false;
}

/* Each key once, whoever it signed as; NULL lists at the arena's maximum are told by m.good. No "expires": a
 * retired key still signs its status lists. */
static void set_methods(writing *d, cn_json *out, const cn_stored_keys *keys) {
    cn_json *methods = cn_json_array(d->m.arena), *asserted = cn_json_array(d->m.arena);
    for (size_t i = 0; i < keys->n; i++) {
        cn_json *method = cn_json_object(d->m.arena);
        cn_slice id = {0};
        if (seen_before(keys, i)) continue;
        d->m.good = d->m.good &&
                    cn_arena_print(d->m.arena, &id, "%.*s#%.*s", CN_ARG(d->id), CN_ARG(keys->v[i].public_key));
        cn_form_text(&d->m, method, CN_S("id"), id);
        cn_form_text(&d->m, method, CN_S("type"), CN_S("Multikey"));
        cn_form_text(&d->m, method, CN_S("controller"), d->id);
        cn_form_text(&d->m, method, CN_S("publicKeyMultibase"), keys->v[i].public_key);
        d->m.good = d->m.good && methods && asserted && cn_json_push(d->m.arena, methods, method) &&
                    cn_json_push(d->m.arena, asserted, cn_json_string(d->m.arena, id));
    }
    cn_form_set(&d->m, out, CN_S("verificationMethod"), methods);
    cn_form_set(&d->m, out, CN_S("assertionMethod"), asserted);
}

static void set_time(cn_form_maker *m, cn_json *object, cn_slice key, cn_time t) {
    cn_buf b = cn_buf_on(m->arena, 64);
    cn_time_write(&b, t);
    m->good = m->good && cn_buf_ok(&b);
    cn_form_text(m, object, key, cn_buf_slice(&b));
}

/* As whom each key signed, from when to when. */
static cn_json *history(writing *d, const cn_stored_keys *keys) {
    cn_json *list = cn_json_array(d->m.arena);
    for (size_t i = 0; i < keys->n; i++) {
        cn_json *one = cn_json_object(d->m.arena);
        cn_form_text(&d->m, one, CN_S("issuer"), keys->v[i].issuer);
        cn_form_text(&d->m, one, CN_S("publicKeyMultibase"), keys->v[i].public_key);
        set_time(&d->m, one, CN_S("from"), keys->v[i].created_at);
        if (keys->v[i].retired_at.sec) set_time(&d->m, one, CN_S("until"), keys->v[i].retired_at);
        d->m.good = d->m.good && list && one && cn_json_push(d->m.arena, list, one);
    }
    return list;
}

static cn_json *names(writing *d, cn_bilingual name) {
    cn_json *object = cn_json_object(d->m.arena);
    cn_form_text(&d->m, object, CN_S("en"), name.en);
    cn_form_text(&d->m, object, CN_S("fr"), name.fr);
    return object;
}

static bool written(const writing *d, const cn_json *v, cn_slice *out, cn_err *err) {
    cn_buf text = cn_buf_on(d->m.arena, 0);
    if (d->m.good) cn_json_write_pretty(&text, v);
    cn_buf_byte(&text, '\n');
    if (!d->m.good || !cn_buf_ok(&text)) return cn_fail_memory(err);
    *out = cn_buf_slice(&text);
    return true;
}

bool cn_app_controller(cn_arena *a, const cn_app *app, const cn_organisation *organisation, cn_slice *out,
                       cn_err *err) {
    writing d = {.m = {.arena = a, .good = true}, .id = cn_form_issuer_url(a, app->origin, organisation->id)};
    cn_stored_keys keys;
    cn_json *object = cn_json_object(a);
    if (!cn_store_keys_of(a, app->store, organisation->number, &keys, err)) return false;
    cn_form_text(&d.m, object, CN_S("@context"), CN_S("https://www.w3.org/ns/cid/v1"));
    cn_form_text(&d.m, object, CN_S("id"), d.id);
    set_methods(&d, object, &keys);
    cn_form_set(&d.m, object, CN_S("name"), names(&d, organisation->name));
    if (organisation->url.n) cn_form_text(&d.m, object, CN_S("url"), organisation->url);
    cn_form_set(&d.m, object, CN_S("signedAs"), history(&d, &keys));
    return written(&d, object, out, err);
}

/* ---- A domain of its own ---- */

/* A host name in small letters with at least one dot; no port, no path. */
static bool check_domain(cn_slice s, cn_err *err) {
    bool good = s.n >= 4 && s.n <= DOMAIN_MAX && cn_slice_find_byte(s, '.') != SIZE_MAX;
    char before = '.';
    for (size_t i = 0; good && i < s.n; i++) {
        char c = s.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        good = letter || (c == '-' && before != '.') || (c == '.' && before != '.' && before != '-');
        before = c;
    }
    return (good && before != '.' && before != '-') ||
           cn_fail(err, CN_INVALID, "domain.form",
                   "A domain is a name such as college.example, in small letters, without https:// and path.");
}

static bool did_of(cn_arena *a, cn_slice domain, cn_slice *out, cn_err *err) {
    return cn_arena_print(a, out, "did:web:%.*s", CN_ARG(domain)) || cn_fail_memory(err);
}

static bool did_document(cn_arena *a, cn_slice did, const cn_stored_keys *keys, cn_slice *out, cn_err *err) {
    writing d = {.m = {.arena = a, .good = true}, .id = did};
    cn_json *object = cn_json_object(a), *contexts = cn_json_array(a);
    d.m.good = contexts && cn_json_push(a, contexts, cn_json_string(a, CN_S("https://www.w3.org/ns/did/v1"))) &&
               cn_json_push(a, contexts, cn_json_string(a, CN_S("https://w3id.org/security/multikey/v1")));
    cn_form_set(&d.m, object, CN_S("@context"), contexts);
    cn_form_text(&d.m, object, CN_S("id"), did);
    set_methods(&d, object, keys);
    return written(&d, object, out, err);
}

bool cn_app_did_document(cn_arena *a, const cn_app *app, cn_time now, const cn_organisation *organisation,
                         cn_slice domain, cn_slice *out, cn_err *err) {
    cn_stored_keys keys;
    cn_slice did;
    return check_domain(domain, err) && did_of(a, domain, &did, err) &&
           cn_app_keys(a, app, now, organisation->number, &keys, err) && did_document(a, did, &keys, out, err);
}

/* Does the document list the key, and for assertions? */
static bool lists(const cn_json *document, cn_slice multikey) {
    const cn_json *methods = cn_json_get(document, CN_S("verificationMethod"));
    const cn_json *asserted = cn_json_get(document, CN_S("assertionMethod"));
    for (size_t i = 0; i < cn_json_many(methods); i++) {
        const cn_json *method = cn_json_one(methods, i);
        cn_slice id = cn_json_get_text(method, CN_S("id"));
        if (!cn_slice_eq(cn_json_get_text(method, CN_S("publicKeyMultibase")), multikey)) continue;
        for (size_t k = 0; k < cn_json_many(asserted); k++)
            if (id.n && cn_json_is_string(cn_json_one(asserted, k), id)) return true;
    }
    return false;
}

static bool read_back(cn_arena *a, const cn_loader *resolver, cn_slice domain, cn_slice did,
                      const cn_stored_keys *keys, cn_err *err) {
    cn_slice url;
    cn_document got;
    const cn_json *document;
    if (!cn_arena_print(a, &url, "https://%.*s/.well-known/did.json", CN_ARG(domain))) return cn_fail_memory(err);
    if (!resolver->load(resolver->self, a, url, &got, err)) return false;
    if (!cn_json_read(a, got.body, NULL, &document, err)) {
        if (err->code == CN_LIMIT) return false;
        return cn_fail(err, CN_INVALID, "domain.json", "What stands at %.*s is not JSON.", CN_ARG(url));
    }
    if (!cn_json_is_string(cn_json_get(document, CN_S("id")), did))
        return cn_fail(err, CN_INVALID, "domain.other", "What stands at %.*s is about another than %.*s.",
                       CN_ARG(url), CN_ARG(did));
    for (size_t i = 0; i < keys->n; i++)
        if (!lists(document, keys->v[i].public_key))
            return cn_fail(err, CN_INVALID, "domain.keys", "%.*s lacks the key %.*s.", CN_ARG(url),
                           CN_ARG(keys->v[i].public_key));
    return true;
}

/* The same key, as another issuer. */
static bool sign_as(cn_arena *a, const cn_app *app, cn_time now, const cn_stored_key *key, cn_slice issuer,
                    cn_slice domain, int64_t by, cn_err *err) {
    cn_stored_key next = *key;
    cn_audit why = {
        .organisation = key->organisation, .person = by, .action = CN_S("domain.changed"), .subject = issuer};
    cn_key_change change = {.next = &next, .domain = domain, .now = now, .why = &why};
    if (cn_slice_eq(key->issuer, issuer)) return true;
    next.issuer = issuer;
    if (!cn_arena_print(a, &next.method, "%.*s#%.*s", CN_ARG(issuer), CN_ARG(key->public_key)))
        return cn_fail_memory(err);
    return cn_store_key_change(app->store, &change, err);
}

bool cn_app_domain_use(cn_arena *a, const cn_app *app, const cn_loader *resolver, cn_time now,
                       int64_t organisation, int64_t by, cn_slice domain, cn_err *err) {
    cn_stored_key key;
    cn_stored_keys keys;
    cn_slice issuer;
    if (domain.n && !check_domain(domain, err)) return false;
    if (!cn_key_at_work(a, app, now, organisation, &key, err)) return false;
    if (!cn_store_keys_of(a, app->store, organisation, &keys, err)) return false;
    if (domain.n) {
        if (!did_of(a, domain, &issuer, err)) return false;
        if (!resolver)
            return cn_fail(err, CN_UNAVAILABLE, "net.offline", "This server asks nobody outside: it is offline.");
        if (!read_back(a, resolver, domain, issuer, &keys, err)) return false;
    } else if (!cn_arena_print(a, &issuer, "did:key:%.*s", CN_ARG(key.public_key))) {
        return cn_fail_memory(err);
    }
    return sign_as(a, app, now, &key, issuer, domain, by, err);
}

/* ---- What this server answers about itself ---- */

/* The path of an URL, without query and fragment. */
static cn_slice path_of(cn_slice url) {
    size_t at = cn_slice_find(url, CN_S("://"));
    cn_slice rest = cn_slice_from(url, at == SIZE_MAX ? url.n : at + 3), tail;
    size_t slash = cn_slice_find_byte(rest, '/');
    rest = cn_slice_from(rest, slash == SIZE_MAX ? rest.n : slash);
    (void)cn_slice_cut(rest, '#', &rest, &tail);
    (void)cn_slice_cut(rest, '?', &rest, &tail);
    return rest;
}

static bool load_status(cn_arena *a, const cn_app *app, cn_slice id, cn_slice *body, cn_err *err) {
    cn_stored_status list;
    if (!cn_app_status_get(a, app, id, &list, err)) return false;
    *body = list.document;
    return true;
}

static bool load_issuer(cn_arena *a, const cn_app *app, cn_slice id, cn_slice *body, cn_err *err) {
    cn_organisation organisation;
    return cn_app_organisation_by_id(a, app, id, &organisation, err) &&
           cn_app_controller(a, app, &organisation, body, err);
}

bool cn_app_own_load(void *self, cn_arena *a, cn_slice url, cn_document *out, cn_err *err) {
    static const struct {
        cn_slice folder;
        bool (*load)(cn_arena *a, const cn_app *app, cn_slice id, cn_slice *body, cn_err *err);
    } kinds[] = {{CN_S_INIT("/status/"), load_status}, {CN_S_INIT("/issuers/"), load_issuer}};
    cn_slice path = path_of(url);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        cn_document got = {.media_type = CN_S("application/json"), .final_url = url};
        if (!cn_slice_starts(path, kinds[i].folder)) continue;
        if (kinds[i].load(a, self, cn_slice_from(path, kinds[i].folder.n), &got.body, err))
            return *out = got, true;
        if (err->code != CN_NOT_FOUND) return false;
    }
    return cn_fail(err, CN_NOT_FOUND, "net.not-listed", "This server has no document at %.*s.", CN_ARG(url));
}

/* The document of a domain as which an organisation of this server has signed: with the keys it did so with. That
 * the domain is its own it showed before (cn_app_domain_use). */
static bool load_domain(cn_arena *a, const cn_app *app, cn_slice domain, cn_slice *body, cn_err *err) {
    cn_slice did;
    cn_stored_keys keys;
    int64_t organisation;
    size_t n = 0;
    if (!did_of(a, domain, &did, err) || !cn_store_issuer(app->store, did, &organisation, err) ||
        !cn_store_keys_of(a, app->store, organisation, &keys, err))
        return false;
    for (size_t i = 0; i < keys.n; i++)
        if (cn_slice_eq(keys.v[i].issuer, did)) keys.v[n++] = keys.v[i];
    keys.n = n;
    return did_document(a, did, &keys, body, err);
}

bool cn_app_known_load(void *self, cn_arena *a, cn_slice url, cn_document *out, cn_err *err) {
    static const cn_slice before = CN_S_INIT("https://"), behind = CN_S_INIT("/.well-known/did.json");
    cn_document got = {.media_type = CN_S("application/json"), .final_url = url};
    if (cn_app_own_load(self, a, url, out, err)) return true;
    if (err->code != CN_NOT_FOUND || !cn_slice_starts(url, before) || !cn_slice_ends(url, behind)) return false;
    if (!load_domain(a, self, cn_slice_sub(url, before.n, url.n - behind.n), &got.body, err)) return false;
    *out = got;
    return true;
}

/* ---- The organisations of this server as known issuers ---- */

static cn_json *in_language(cn_form_maker *m, cn_slice text, cn_slice tag) {
    cn_json *object = cn_json_object(m->arena);
    cn_form_text(m, object, CN_S("@value"), text);
    cn_form_text(m, object, CN_S("@language"), tag);
    return object;
}

static bool known_as(cn_arena *a, const cn_app *app, int64_t number, cn_known_issuer *out, cn_err *err) {
    cn_form_maker m = {.arena = a, .good = true};
    cn_organisation o;
    if (!cn_app_organisation_get(a, app, number, &o, err)) return false;
    cn_json *both = cn_json_array(a), *en = in_language(&m, o.name.en, CN_S("en")),
            *fr = in_language(&m, o.name.fr, CN_S("fr"));
    cn_slice authority;
    if (!m.good || !both || !cn_json_push(a, both, en) || !cn_json_push(a, both, fr) ||
        !cn_arena_copy(a, cn_app_authority(app->origin), &authority))
        return cn_fail_memory(err);
    *out = (cn_known_issuer){
        .name = o.name.en, .names = both, .list = authority, .url = cn_form_issuer_url(a, app->origin, o.id)};
    return true;
}

static bool alike(cn_arena *a, cn_slice x, cn_slice y) {
    cn_buf bx = cn_buf_on(a, 0), by = cn_buf_on(a, 0);
    cn_name_skeleton(&bx, x);
    cn_name_skeleton(&by, y);
    return bx.n && cn_slice_eq(cn_buf_slice(&bx), cn_buf_slice(&by));
}

/* Is it the name of an organisation here? */
static bool is_ours(cn_arena *a, const cn_app *app, cn_slice name, bool *out, cn_err *err) {
    cn_organisations all;
    if (!name.n || cn_utf8_invalid(name) != SIZE_MAX) return true;
    if (!cn_app_organisations_of(a, app, 0, &all, err)) return false;
    for (size_t i = 0; i < all.n && !*out; i++)
        *out = alike(a, name, all.v[i].name.en) || alike(a, name, all.v[i].name.fr);
    return true;
}

static bool find(void *self, cn_arena *a, cn_slice issuer, cn_slice name, bool *found, cn_known_issuer *out,
                 bool *imposes, cn_err *err) {
    const cn_own_registry *own = self;
    int64_t organisation;
    *found = *imposes = false;
    if (cn_store_issuer(own->app->store, issuer, &organisation, err))
        return *found = true, known_as(a, own->app, organisation, out, err);
    if (err->code != CN_NOT_FOUND) return false;
    const cn_registry *other = own->other;
    if (other && !other->find(other->self, a, issuer, name, found, out, imposes, err)) return false;
    return is_ours(a, own->app, name, imposes, err);
}

cn_registry cn_app_registry(cn_own_registry *own) {
    return (cn_registry){own, find};
}
