/* SPDX-License-Identifier: Apache-2.0
 *
 * Badges of Open Badges 2.0 and its forerunners: recognised, and read into the form of a credential, for reading
 * only.
 *
 * Open Badges 2.0, "Assertion", "BadgeClass", "Profile", "IdentityObject". An assertion is no credential: it names
 * a badge class and that an issuer, each a document of its own or written out in place. A document that has an
 * address is read from there: what an assertion says of others is no more than its own word. Who stands for it is
 * ob2_check.c's affair.
 */
#include "vc/ob2.h"

/* ---- Recognising ---- */

bool cn_ob2_recognise(const cn_json *object) {
    static const cn_slice contexts[] = {CN_S_INIT("https://w3id.org/openbadges/v2"),
                                        CN_S_INIT("https://w3id.org/openbadges/v1")};
    const cn_json *all = cn_json_get(object, CN_S("@context"));
    if (cn_vc_has_type(object, CN_S("VerifiableCredential"))) return false;
    for (size_t i = 0; i < cn_json_many(all); i++)
        for (size_t k = 0; k < sizeof contexts / sizeof contexts[0]; k++)
            if (cn_json_is_string(cn_json_one(all, i), contexts[k])) return true;
    /* Open Badges 1.0 had no context. */
    return cn_json_get(object, CN_S("badge")) && cn_json_get(object, CN_S("recipient"));
}

static bool is_web(cn_slice url) {
    return (cn_slice_starts(url, CN_S("https://")) || cn_slice_starts(url, CN_S("http://"))) && cn_vc_is_url(url);
}

bool cn_ob2_is_address(cn_slice payload) {
    return is_web(cn_slice_trim(payload));
}

/* ---- Opening ---- */

static cn_ob2 *start(cn_vc *v) {
    cn_ob2 *b = CN_NEW(v->arena, cn_ob2);
    if (!b) (void)cn_fail_memory(v->err);
    v->report.format = CN_S("ob2");
    v->report.proof = CN_UNKNOWN;
    v->ob2 = b;
    return b;
}

/* "verification" since 2.0, "verify" before. */
static const cn_json *verification_of(const cn_json *assertion) {
    const cn_json *v = cn_json_get(assertion, CN_S("verification"));
    return v ? v : cn_json_get(assertion, CN_S("verify"));
}

bool cn_ob2_open(cn_vc *v, const cn_json *assertion, cn_jws *jws) {
    cn_ob2 *b = start(v);
    if (!b) return false;
    cn_slice named = cn_json_get_text(verification_of(assertion), CN_S("url"));
    cn_slice id = cn_json_get_text(assertion, CN_S("id"));
    b->given = b->assertion = v->credential = assertion;
    b->jws = jws;
    b->url = is_web(id) ? id : is_web(named) ? named : CN_S("");
    return true;
}

bool cn_ob2_open_address(cn_vc *v, cn_slice payload) {
    cn_ob2 *b = start(v);
    if (!b) return false;
    b->url = cn_slice_trim(payload);
    v->credential = cn_json_object(v->arena);
    return v->credential || cn_fail_memory(v->err);
}

/* ---- Documents ---- */

bool cn_ob2_fetch(cn_vc *v, cn_step *step, cn_slice url, cn_slice where, const char *what, const cn_json **out) {
    cn_document got;
    cn_json_options strict = {.refuse_duplicates = true};
    cn_slice shown = cn_vc_quote(url);
    cn_err err;
    *out = NULL;
    bool good = v->resolver->load(v->resolver->self, v->arena, url, &got, &err) &&
                cn_json_read(v->arena, got.body, &strict, out, &err);
    if (!good && cn_vc_fatal(v, &err)) return false;
    if (good && cn_json_is(*out, CN_JSON_OBJECT)) return true;
    *out = NULL;
    return cn_vc_find_about(v, step, CN_UNKNOWN, "ob2-unavailable", where, url,
                            "The %s at \"%.*s\" could not be had, so it cannot be checked: %s", what,
                            CN_ARG(shown), good ? "it is no JSON object." : err.detail);
}

/* A document by its address, `*at_address`, or as it is written out in place. */
static bool follow(cn_vc *v, cn_step *step, const cn_json *named, cn_slice where, const char *what,
                   const cn_json **out, bool *at_address) {
    cn_slice url = cn_vc_id(named);
    *out = cn_json_is(named, CN_JSON_OBJECT) ? named : NULL;
    *at_address = false;
    if (!is_web(url)) return true;
    const cn_json *found;
    if (!cn_ob2_fetch(v, step, url, where, what, &found)) return false;
    if (!found) return true;
    const cn_json *id = cn_json_get(found, CN_S("id")); /* Open Badges 1.0 had none */
    *at_address = !id || cn_json_is_string(id, url);
    if (*at_address) *out = found;
    return *at_address || cn_vc_find_about(v, step, CN_FAIL, "ob2-differs", where, url,
                                           "The %s says that it is another than the one it is found as.", what);
}

/* ---- The form of a credential ---- */

typedef struct maker {
    cn_arena *arena;
    bool good;
} maker;

static void set(maker *m, cn_json *object, cn_slice key, const cn_json *value) {
    if (value) m->good = m->good && object && cn_json_set(m->arena, object, key, value);
}

static void set_text(maker *m, cn_json *object, cn_slice key, cn_slice text) {
    const cn_json *value = text.n ? cn_json_string(m->arena, text) : NULL;
    m->good = m->good && (value || !text.n);
    set(m, object, key, value);
}

/* Open Badges 1.0 has seconds since 1970 too, and days. */
static void set_date(maker *m, cn_json *object, cn_slice key, const cn_json *value) {
    cn_time t = {0};
    cn_buf b = cn_buf_on(m->arena, 0);
    bool number = cn_json_is(value, CN_JSON_NUMBER) && value->number >= 0 && value->number < 253402300800.0;
    if (number) t.sec = (int64_t)value->number;
    else if (!cn_time_read_loose(cn_json_text(value), &t)) {
        set(m, object, key, value);
        return;
    }
    cn_time_write(&b, t);
    m->good = m->good && cn_buf_ok(&b);
    set_text(m, object, key, cn_buf_slice(&b));
}

static void copy(maker *m, cn_json *to, const cn_json *from, cn_slice key, cn_slice as) {
    set(m, to, as, cn_json_get(from, key));
}

static cn_json *object(maker *m) {
    cn_json *o = cn_json_object(m->arena);
    m->good = m->good && o;
    return o;
}

/* Who it was given to is mostly a hash of an address, and shown as it is written. */
static const cn_json *subject_of(maker *m, const cn_ob2 *b, const cn_json *achievement) {
    cn_json *subject = object(m);
    const cn_json *recipient = cn_json_get(b->assertion, CN_S("recipient"));
    cn_slice identity = cn_json_get_text(recipient, CN_S("identity"));
    set_text(m, subject, CN_S("id"), identity.n ? identity : cn_json_text(recipient));
    set(m, subject, CN_S("achievement"), achievement);
    return subject;
}

static const cn_json *achievement_of(maker *m, const cn_ob2 *b) {
    static const cn_slice same[] = {CN_S_INIT("name"), CN_S_INIT("description"), CN_S_INIT("image"),
                                    CN_S_INIT("alignment")};
    cn_json *achievement = object(m);
    const cn_json *criteria = cn_json_get(b->badge, CN_S("criteria")),
                  *badge = cn_json_get(b->assertion, CN_S("badge"));
    set_text(m, achievement, CN_S("id"), cn_vc_id(badge));
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) copy(m, achievement, b->badge, same[i], same[i]);
    copy(m, achievement, b->badge, CN_S("tags"), CN_S("tag"));
    set(m, achievement, CN_S("criteria"), criteria);
    return achievement;
}

static const cn_json *issuer_of(maker *m, const cn_ob2 *b) {
    cn_json *issuer = object(m);
    set_text(m, issuer, CN_S("id"), cn_vc_id(cn_json_get(b->badge, CN_S("issuer"))));
    copy(m, issuer, b->issuer, CN_S("name"), CN_S("name"));
    copy(m, issuer, b->issuer, CN_S("url"), CN_S("url"));
    return issuer;
}

static bool make_form(cn_vc *v) {
    const cn_ob2 *b = v->ob2;
    maker m = {v->arena, true};
    cn_json *c = object(&m);
    copy(&m, c, b->assertion, CN_S("id"), CN_S("id"));
    set_text(&m, c, CN_S("type"), CN_S("Assertion"));
    copy(&m, c, b->badge, CN_S("name"), CN_S("name"));
    set(&m, c, CN_S("issuer"), issuer_of(&m, b));
    set_date(&m, c, CN_S("validFrom"), cn_json_get(b->assertion, CN_S("issuedOn")));
    set_date(&m, c, CN_S("validUntil"), cn_json_get(b->assertion, CN_S("expires")));
    copy(&m, c, b->assertion, CN_S("evidence"), CN_S("evidence"));
    set(&m, c, CN_S("credentialSubject"), subject_of(&m, b, achievement_of(&m, b)));
    if (!m.good) return cn_fail_memory(v->err);
    v->credential = v->report.credential = c;
    return true;
}

bool cn_ob2_follow(cn_vc *v, cn_step *step) {
    cn_ob2 *b = v->ob2;
    bool badge_found;
    if (!follow(v, step, cn_json_get(b->assertion, CN_S("badge")), CN_S("/badge"), "badge class", &b->badge,
                &badge_found))
        return false;
    if (!follow(v, step, cn_json_get(b->badge, CN_S("issuer")), CN_S("/badge/issuer"), "issuer's profile",
                &b->issuer, &b->found))
        return false;
    return make_form(v);
}
