/* SPDX-License-Identifier: Apache-2.0
 *
 * Steps "endorsements" and "parts": the credentials that a credential contains, each verified by the same loop,
 * with its own issuer and its own status, one level deep.
 *
 * Open Badges 3.0, B.1: endorsements of the credential, its issuer, its achievements. They are what third parties
 * say, so that a bad one is a warning: it must be seen, and whoever made it has no say over the credential.
 * CLR 2.0: the credentials of a record. They are what the record is about, so that a record with a forged one is
 * not verified; one that has merely ended is a warning.
 */
#include "vc/internal.h"

enum { MAX_ENDORSEMENTS = 16, MAX_CREDENTIALS = 64, MAX_NAMED = 200 };

/* ---- Collecting ---- */

typedef struct walk {
    cn_vc *v;
    cn_part_kind kind;
    cn_part *all; /* with room for `max` */
    size_t n, max, beyond;
    bool failed; /* v->err says why */
} walk;

/* What the JSON reader opens: a compact JWT, or what an envelope holds (data model 2.0, section 4.13). */
static bool is_text(const cn_json *v, cn_slice *text) {
    cn_slice id = cn_json_get_text(v, CN_S("id")), media;
    *text = cn_json_text(v);
    if (text->n) return true;
    return cn_vc_has_type(v, CN_S("EnvelopedVerifiableCredential")) && cn_slice_starts(id, CN_S("data:")) &&
           cn_slice_cut(id, ',', &media, text);
}

static bool verify_part(cn_vc *v, const cn_json *json, cn_report *r) {
    cn_slice text;
    if (is_text(json, &text)) return cn_vc_nested_bytes(v, CN_DEPTH_PART, text, r);
    if (cn_json_is(json, CN_JSON_OBJECT)) return cn_vc_nested(v, CN_DEPTH_PART, json, r);
    return cn_vc_nested_bytes(v, CN_DEPTH_PART, CN_S("null"), r); /* the reader says what is wrong with it */
}

static bool concerns(const cn_vc *v, const cn_json *holder, const cn_json *endorsement);

/* The step that decided: the first that failed, or else the first that is unknown. Ended: nothing but time or the
 * issuer's word is against it. */
static void judge(const cn_report *r, cn_part *part) {
    cn_outcome worst = r->verdict == CN_NOT_VERIFIED ? CN_FAIL : CN_UNKNOWN;
    bool forged = false;
    part->problem = "";
    for (size_t i = 0; i < r->steps_n && r->verdict != CN_VERIFIED; i++) {
        const cn_step *s = &r->steps[i];
        bool time = !strcmp(s->id, "validity") && strcmp(s->problem, "date-invalid") != 0;
        bool word = !strcmp(s->problem, "revoked") || !strcmp(s->problem, "suspended");
        if (s->outcome == worst && !*part->problem) part->problem = s->problem;
        forged = forged || (s->outcome == CN_FAIL && !time && !word);
    }
    part->ended = r->verdict == CN_NOT_VERIFIED && !forged;
}

/* False at the maximum; w->failed is set. */
static void take(walk *w, const cn_json *holder, const cn_json *json, cn_slice where) {
    cn_report r;
    if (w->n == w->max) w->beyond++;
    if (w->failed || w->n == w->max) return;
    cn_part *part = &w->all[w->n++];
    *part = (cn_part){.kind = w->kind, .where = where};
    w->failed = !verify_part(w->v, json, &r);
    if (w->failed) return;
    part->verdict = r.verdict;
    part->issuer = cn_vc_id(cn_json_get(r.credential, CN_S("issuer")));
    part->controller = r.controller;
    part->known = r.issuer;
    part->credential = r.credential;
    part->elsewhere = w->kind == CN_PART_ENDORSEMENT && !concerns(w->v, holder, r.credential);
    judge(&r, part);
}

/* The members of this name under `where`. */
static void take_each(walk *w, const cn_json *holder, cn_slice member, cn_slice where) {
    const cn_json *all = cn_json_get(holder, member);
    cn_slice list, item;
    if (!all || w->failed) return;
    w->failed = !cn_vc_where(w->v, where, member, &list);
    for (size_t i = 0; i < cn_json_many(all) && !w->failed; i++) {
        w->failed = !cn_vc_where_item(w->v, list, all, i, &item);
        take(w, holder, cn_json_one(all, i), item);
    }
}

static void take_endorsements(walk *w, const cn_json *holder, cn_slice where) {
    take_each(w, holder, CN_S("endorsement"), where);
    take_each(w, holder, CN_S("endorsementJwt"), where);
}

/* Each thing of this name under `holder`, and what `then` finds in it. */
static void go_into(walk *w, const cn_json *holder, cn_slice member, cn_slice where,
                    void (*then)(walk *w, const cn_json *holder, cn_slice where)) {
    const cn_json *all = cn_json_get(holder, member);
    cn_slice list, item;
    if (!all || w->failed) return;
    w->failed = !cn_vc_where(w->v, where, member, &list);
    for (size_t i = 0; i < cn_json_many(all) && !w->failed; i++) {
        w->failed = !cn_vc_where_item(w->v, list, all, i, &item);
        if (!w->failed) then(w, cn_json_one(all, i), item);
    }
}

static void in_achievement(walk *w, const cn_json *achievement, cn_slice where) {
    take_endorsements(w, achievement, where);
    go_into(w, achievement, CN_S("creator"), where, take_endorsements);
}

static void in_subject(walk *w, const cn_json *subject, cn_slice where) {
    go_into(w, subject, CN_S("achievement"), where, in_achievement);
    go_into(w, subject, CN_S("source"), where, take_endorsements);
}

static void all_endorsements(walk *w) {
    const cn_json *c = w->v->credential;
    take_endorsements(w, c, CN_S(""));
    go_into(w, c, CN_S("issuer"), CN_S(""), take_endorsements);
    go_into(w, c, CN_S("credentialSubject"), CN_S(""), in_subject);
}

static void credentials_of(walk *w, const cn_json *subject, cn_slice where) {
    take_each(w, subject, CN_S("verifiableCredential"), where);
}

static void all_credentials(walk *w) {
    go_into(w, w->v->credential, CN_S("credentialSubject"), CN_S(""), credentials_of);
}

/* ---- Whom an endorsement is about ---- */

static bool is_id(const cn_json *things, cn_slice id) {
    for (size_t i = 0; i < cn_json_many(things); i++)
        if (cn_slice_eq(cn_vc_id(cn_json_one(things, i)), id)) return true;
    return false;
}

/* B.1.1: of the credential, and of the achievement and profiles in it. A good endorsement of something else, put
 * here, would lend its weight to what it does not speak of. */
static bool concerns(const cn_vc *v, const cn_json *holder, const cn_json *endorsement) {
    cn_slice id = cn_vc_id(cn_json_one(cn_json_get(endorsement, CN_S("credentialSubject")), 0));
    const cn_json *subjects = cn_json_get(v->credential, CN_S("credentialSubject"));
    if (!id.n || !cn_vc_has_type(endorsement, CN_S("EndorsementCredential"))) return false;
    if (is_id(holder, id) || is_id(v->credential, id) || is_id(cn_json_get(v->credential, CN_S("issuer")), id))
        return true;
    for (size_t i = 0; i < cn_json_many(subjects); i++)
        if (is_id(cn_json_get(cn_json_one(subjects, i), CN_S("achievement")), id)) return true;
    return false;
}

/* ---- The steps ---- */

static bool start(cn_vc *v, cn_part_kind kind, size_t max, void (*visit)(walk *w), walk *w) {
    *w = (walk){.v = v, .kind = kind, .max = max};
    w->all = CN_NEW_ARRAY(v->arena, cn_part, max);
    if (!w->all) return cn_fail_memory(v->err);
    visit(w);
    return !w->failed;
}

/* One that has merely ended is signed by whom it says. */
static cn_slice who(const cn_part *p) {
    if (p->ended && p->known.name.n) return p->known.name;
    if (p->verdict == CN_VERIFIED) return p->controller;
    return p->issuer.n ? p->issuer : CN_S("nobody");
}

/* "by A, B": those who are proven to have signed. */
static bool tell_all(cn_vc *v, cn_step *step, const walk *w, cn_slice what) {
    cn_buf b = cn_buf_on(v->arena, 0);
    if (step->outcome != CN_PASS || *step->problem) return true;
    cn_buf_print(&b, "%.*s: %zu, signed by ", CN_ARG(what), w->n);
    for (size_t i = 0; i < w->n; i++) {
        if (b.n > MAX_NAMED) {
            cn_buf_add(&b, CN_S(", \xe2\x80\xa6"));
            break;
        }
        cn_slice shown = cn_vc_quote(w->all[i].controller);
        cn_buf_print(&b, "%s\"%.*s\"", i ? ", " : "", CN_ARG(shown));
    }
    cn_buf_byte(&b, '.');
    if (!cn_buf_ok(&b)) return cn_fail_memory(v->err);
    step->detail = cn_buf_slice(&b);
    return true;
}

typedef bool (*test)(const cn_part *p);

/* Tells of the first part of which this holds, and of how many it holds. */
static bool tell(cn_vc *v, cn_step *step, const walk *w, test holds, cn_outcome outcome, const char *problem,
                 const char *sentence) {
    const cn_part *first = NULL;
    size_t n = 0;
    for (size_t i = 0; i < w->n; i++) {
        if (!holds(&w->all[i])) continue;
        n++;
        if (!first) first = &w->all[i];
    }
    if (!first) return true;
    cn_slice shown = cn_vc_quote(who(first));
    return cn_vc_find_about(v, step, outcome, problem, first->where, shown,
                            "%s %zu of %zu, the first by \"%.*s\"%s%s%s.", sentence, n, w->n, CN_ARG(shown),
                            *first->problem ? " (" : "", first->problem, *first->problem ? ")" : "");
}

static bool is_forged(const cn_part *p) {
    return p->verdict == CN_NOT_VERIFIED && !p->ended;
}

static bool is_ended(const cn_part *p) {
    return p->ended;
}

static bool is_revoked(const cn_part *p) {
    return p->ended && !strcmp(p->problem, "revoked");
}

static bool is_unknown(const cn_part *p) {
    return p->verdict == CN_VERDICT_UNKNOWN;
}

static bool is_elsewhere(const cn_part *p) {
    return p->verdict == CN_VERIFIED && p->elsewhere;
}

bool cn_step_endorsements(cn_vc *v, cn_step *step) {
    walk w;
    if (!start(v, CN_PART_ENDORSEMENT, MAX_ENDORSEMENTS, all_endorsements, &w)) return false;
    v->report.endorsements = w.all;
    v->report.endorsements_n = w.n;
    if (!w.n) step->outcome = CN_NOT_APPLICABLE;
    if (w.beyond && !cn_vc_find(v, step, CN_PASS, "endorsements-too-many", CN_S("/endorsement"),
                                "The credential holds %zu endorsements, and only %d of them are checked.",
                                w.n + w.beyond, MAX_ENDORSEMENTS))
        return false;
    return tell(v, step, &w, is_forged, CN_PASS, "endorsement-invalid",
                "Endorsements that do not verify, so that nothing should be concluded from them:") &&
           tell(v, step, &w, is_elsewhere, CN_PASS, "endorsement-of-other",
                "Endorsements that speak of something other than this credential:") &&
           tell(v, step, &w, is_revoked, CN_PASS, "endorsement-revoked",
                "Endorsements that their makers have taken back:") &&
           tell(v, step, &w, is_ended, CN_PASS, "endorsement-ended",
                "Endorsements that no longer hold, or do not yet:") &&
           tell(v, step, &w, is_unknown, CN_PASS, "endorsement-unverifiable",
                "Endorsements that could not be checked:") &&
           tell_all(v, step, &w, CN_S("Endorsements in it that hold"));
}

bool cn_step_parts(cn_vc *v, cn_step *step) {
    walk w;
    if (!start(v, CN_PART_CREDENTIAL, MAX_CREDENTIALS, all_credentials, &w)) return false;
    v->report.parts = w.all;
    v->report.parts_n = w.n;
    if (!w.n) step->outcome = CN_NOT_APPLICABLE;
    if (w.beyond && !cn_vc_find(v, step, CN_FAIL, "too-complex", CN_S("/credentialSubject/verifiableCredential"),
                                "The record holds %zu credentials, and at most %d are verified.", w.n + w.beyond,
                                MAX_CREDENTIALS))
        return false;
    return tell(v, step, &w, is_forged, CN_FAIL, "part-invalid",
                "Credentials in this record that do not verify, so that it is not what it seems:") &&
           tell(v, step, &w, is_unknown, CN_UNKNOWN, "part-unverifiable",
                "Credentials in this record that could not be checked:") &&
           tell(v, step, &w, is_ended, CN_PASS, "part-ended",
                "Credentials in this record that no longer hold, or do not yet:") &&
           tell_all(v, step, &w, CN_S("Credentials in it that hold"));
}
