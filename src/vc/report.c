/* SPDX-License-Identifier: Apache-2.0
 *
 * Reports as JSON: one object on one line, as scripts read it.
 *
 * {"input", "verdict", "proof": true|false|null, "steps": [{"id", "outcome", "problem", "detail", "where"?}],
 *  "credential": {"format", "id", "type", "language", "name", "names", "issuer", "subject", "achievement",
 * "validFrom", "validUntil"} or null}. Members of the summary that the credential lacks are left out. A credential
 * about several has, in place of "subject" and "achievement", "subjects": [{"id"?, "name"?, "achievement"?}]. An
 * SD-JWT has "disclosed" and "withheld", which are counts. A presentation has "presentation": {"format", "id"?,
 * "holder"?} and "credentials", a list of such objects without "input".
 */
#include "vc/internal.h"
#include "vc/summary.h"

/* An object in the making; `good` turns false at the arena's maximum and stays so. */
typedef struct maker {
    cn_arena *arena;
    bool good;
} maker;

static void set(maker *m, cn_json *object, cn_slice key, const cn_json *value) {
    m->good = m->good && object && cn_json_set(m->arena, object, key, value);
}

static void set_text(maker *m, cn_json *object, cn_slice key, cn_slice text) {
    set(m, object, key, cn_json_string(m->arena, text));
}

/* Left out when it is empty. */
static void set_some(maker *m, cn_json *object, cn_slice key, cn_slice text) {
    if (text.n) set_text(m, object, key, text);
}

static cn_json *steps_of(maker *m, const cn_report *r) {
    cn_json *steps = cn_json_array(m->arena);
    for (size_t i = 0; i < r->steps_n; i++) {
        const cn_step *s = &r->steps[i];
        cn_json *step = cn_json_object(m->arena);
        set_text(m, step, CN_S("id"), cn_slice_of(s->id));
        set_text(m, step, CN_S("outcome"), cn_slice_of(cn_outcome_name(s->outcome)));
        set_text(m, step, CN_S("problem"), cn_slice_of(s->problem));
        set_text(m, step, CN_S("detail"), s->detail);
        set_some(m, step, CN_S("where"), s->where);
        m->good = m->good && steps && cn_json_push(m->arena, steps, step);
    }
    return steps;
}

/* ---- The summary ---- */

/* A name in several languages, by their tags: {"en": …, "fr": …}. */
static void set_names(maker *m, cn_json *object, const cn_json *names) {
    cn_json *all = cn_json_object(m->arena);
    for (size_t i = 0; i < cn_json_many(names); i++) {
        cn_slice tag = cn_json_get_text(cn_json_one(names, i), CN_S("@language"));
        if (tag.n) set_text(m, all, tag, cn_text_value(cn_json_one(names, i)));
    }
    if (cn_json_count(all) > 1) set(m, object, CN_S("names"), all);
}

/* The id and the name of a party or thing; NULL where it has neither. */
static cn_json *named(maker *m, const cn_json *thing, cn_slice id, cn_slice name) {
    if (!thing || (!id.n && !name.n)) return NULL;
    cn_json *object = cn_json_object(m->arena);
    set_some(m, object, CN_S("id"), id);
    set_some(m, object, CN_S("name"), name);
    return object;
}

static void set_named(maker *m, cn_json *object, cn_slice key, const cn_json *thing) {
    const cn_json *names = cn_json_get(thing, CN_S("name"));
    cn_json *value = named(m, thing, cn_vc_id(thing), cn_vc_label(names));
    if (value) set_names(m, value, names);
    if (value) set(m, object, key, value);
}

/* The name shown is the registry's, where there is one. */
static void set_issuer(maker *m, cn_json *object, const cn_report *r) {
    const cn_json *issuer = cn_json_get(r->credential, CN_S("issuer"));
    const cn_json *names = cn_json_get(issuer, CN_S("name"));
    bool claims = !r->name_withheld && !r->issuer.name.n;
    cn_json *value = named(m, issuer, cn_vc_id(issuer), claims ? cn_vc_label(names) : r->issuer.name);
    if (value && claims) set_names(m, value, names);
    if (value) set(m, object, CN_S("issuer"), value);
}

static cn_json *subject_of(maker *m, const cn_json *subject) {
    cn_json *out = named(m, subject, cn_vc_id(subject), cn_vc_label(cn_json_get(subject, CN_S("name"))));
    if (!out) out = cn_json_object(m->arena);
    set_named(m, out, CN_S("achievement"), cn_json_get(subject, CN_S("achievement")));
    return out;
}

/* Nobody signs which of several comes first, so none is given as the one. */
static void set_subjects(maker *m, cn_json *object, const cn_json *subjects) {
    if (cn_json_many(subjects) < 2) {
        const cn_json *only = cn_json_one(subjects, 0);
        set_named(m, object, CN_S("subject"), only);
        set_named(m, object, CN_S("achievement"), cn_json_get(only, CN_S("achievement")));
        return;
    }
    cn_json *all = cn_json_array(m->arena);
    for (size_t i = 0; i < cn_json_many(subjects); i++)
        m->good = all && cn_json_push(m->arena, all, subject_of(m, cn_json_one(subjects, i))) && m->good;
    set(m, object, CN_S("subjects"), all);
}

static cn_json *summary_of(maker *m, const cn_report *r) {
    const cn_json *c = r->credential;
    const cn_json *types = cn_json_get(c, CN_S("type"));
    cn_json *out = cn_json_object(m->arena);
    set_some(m, out, CN_S("format"), r->format);
    set_some(m, out, CN_S("id"), cn_json_get_text(c, CN_S("id")));
    if (types) set(m, out, CN_S("type"), types);
    set_some(m, out, CN_S("language"), cn_json_get_text(c, CN_S("inLanguage")));
    set_some(m, out, CN_S("name"), cn_vc_label(cn_json_get(c, CN_S("name"))));
    set_names(m, out, cn_json_get(c, CN_S("name")));
    set_issuer(m, out, r);
    set_subjects(m, out, cn_json_get(c, CN_S("credentialSubject")));
    set_some(m, out, CN_S("validFrom"), cn_vc_valid_from(c));
    set_some(m, out, CN_S("validUntil"), cn_vc_valid_until(c));
    if (r->disclosed + r->withheld) {
        set(m, out, CN_S("disclosed"), cn_json_number(m->arena, (double)r->disclosed));
        set(m, out, CN_S("withheld"), cn_json_number(m->arena, (double)r->withheld));
    }
    return out;
}

/* ---- The whole ---- */

/* Left out where there are none. */
static void set_parts(maker *m, cn_json *object, cn_slice key, const cn_part *parts, size_t n) {
    cn_json *all = cn_json_array(m->arena);
    for (size_t i = 0; i < n; i++) {
        cn_json *one = cn_json_object(m->arena);
        set_text(m, one, CN_S("where"), parts[i].where);
        set_text(m, one, CN_S("verdict"), cn_slice_of(cn_verdict_name(parts[i].verdict)));
        set_text(m, one, CN_S("problem"), cn_slice_of(parts[i].problem));
        set_some(m, one, CN_S("issuer"), parts[i].issuer);
        set_some(m, one, CN_S("controller"), parts[i].controller);
        set_some(m, one, CN_S("name"), parts[i].known.name);
        m->good = m->good && all && cn_json_push(m->arena, all, one);
    }
    if (n) set(m, object, key, all);
}

static const cn_json *proof_word(cn_outcome o) {
    return o == CN_UNKNOWN ? cn_json_null() : cn_json_bool(o == CN_PASS);
}

/* Who presents it, and each credential as a report of its own. */
static cn_json *report_of(maker *m, const cn_report *r, const cn_slice *input);

static void set_presentation(maker *m, cn_json *out, const cn_report *r) {
    cn_json *shown = cn_json_object(m->arena), *credentials = cn_json_array(m->arena);
    set_some(m, shown, CN_S("format"), r->format);
    set_some(m, shown, CN_S("id"), cn_json_get_text(r->presentation, CN_S("id")));
    set_some(m, shown, CN_S("holder"), r->holder);
    set(m, out, CN_S("presentation"), shown);
    for (size_t i = 0; i < r->credentials_n; i++)
        m->good =
            m->good && credentials && cn_json_push(m->arena, credentials, report_of(m, &r->credentials[i], NULL));
    set(m, out, CN_S("credentials"), credentials);
}

/* Recursion ends after one level: a credential that is presented is no presentation. */
static cn_json *report_of(maker *m, const cn_report *r, const cn_slice *input) {
    cn_json *out = cn_json_object(m->arena);
    if (input) set_text(m, out, CN_S("input"), *input);
    set_text(m, out, CN_S("verdict"), cn_slice_of(cn_verdict_name(r->verdict)));
    set(m, out, CN_S("proof"), proof_word(r->proof));
    set(m, out, CN_S("steps"), steps_of(m, r));
    set_parts(m, out, CN_S("endorsements"), r->endorsements, r->endorsements_n);
    set_parts(m, out, CN_S("parts"), r->parts, r->parts_n);
    if (r->status_ttl) set(m, out, CN_S("statusTtl"), cn_json_number(m->arena, (double)r->status_ttl));
    set(m, out, CN_S("credential"), r->credential ? summary_of(m, r) : cn_json_null());
    if (r->presentation) set_presentation(m, out, r);
    return m->good ? out : NULL;
}

bool cn_report_write(cn_arena *a, const cn_report *report, cn_slice input, cn_buf *b, cn_err *err) {
    maker m = {.arena = a, .good = true};
    const cn_json *out = report_of(&m, report, &input);
    if (!out) return cn_fail_memory(err);
    cn_json_write(b, out);
    return cn_buf_ok(b) || cn_fail_memory(err);
}
