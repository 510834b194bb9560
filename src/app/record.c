/* SPDX-License-Identifier: Apache-2.0
 *
 * The record of an achievement, put together from those who know: the draft's texts and design, the organisation's
 * profile, and how Cairn awards. Each part is a function of the table `parts`.
 */
#include "app/record.h"
#include "app/attestations.h"
#include "app/approval.h"
#include "app/endorsements.h"
#include "app/form.h"
#include "app/offerings.h"
#include "app/profile.h"

typedef struct record_work {
    cn_arena *a;
    const cn_app *app;
    cn_time now;
    const cn_organisation *org;
    const cn_achievement *is;
    const cn_version *version; /* NULL: the draft */
    cn_json *record, *offering, *award;
} record_work;

/* ---- Setting: false at the arena's maximum, which the caller tells ---- */

static bool put(const record_work *w, cn_json *to, const char *key, const cn_json *value) {
    return cn_json_set(w->a, to, cn_slice_of(key), value);
}

static bool put_text(const record_work *w, cn_json *to, const char *key, cn_slice text) {
    return !text.n || put(w, to, key, cn_json_string(w->a, text));
}

/* ---- The draft ---- */

/* Field by field in English or, where that says nothing, in French: a name in both languages takes no description
 * away that is in French alone. */
static cn_slice either(cn_slice en, cn_slice fr) {
    return en.n ? en : fr;
}

static size_t outcomes_n(const cn_draft *d) {
    return d->en.outcomes_n > d->fr.outcomes_n ? d->en.outcomes_n : d->fr.outcomes_n;
}

static cn_slice outcome_at(const cn_draft *d, size_t i) {
    return either(i < d->en.outcomes_n ? d->en.outcomes[i] : (cn_slice){0},
                  i < d->fr.outcomes_n ? d->fr.outcomes[i] : (cn_slice){0});
}

/* Words that a title must not hold, it must hold in no language. */
static bool put_other_title(const record_work *w, const cn_draft *d) {
    cn_json *others = cn_json_array(w->a);
    if (!d->en.name.n || !d->fr.name.n || cn_slice_eq(d->en.name, d->fr.name)) return true;
    return others && cn_json_push(w->a, others, cn_json_string(w->a, d->fr.name)) &&
           put(w, w->offering, "title_other", others);
}

static bool put_texts(const record_work *w, cn_err *err) {
    const cn_draft *d = &w->is->draft;
    cn_json *outcomes = cn_json_array(w->a);
    if (!outcomes) return cn_fail_memory(err);
    for (size_t i = 0; i < outcomes_n(d); i++)
        if (!cn_json_push(w->a, outcomes, cn_json_string(w->a, outcome_at(d, i)))) return cn_fail_memory(err);
    return (put_text(w, w->offering, "title", either(d->en.name, d->fr.name)) && put_other_title(w, d) &&
            put_text(w, w->offering, "description", either(d->en.description, d->fr.description)) &&
            put(w, w->offering, "learning_outcomes", outcomes)) ||
           cn_fail_memory(err);
}

/* ---- The design ---- */

enum { DEPTH_MAX = 16 };

/* A text in both languages is an object with these members and no other. */
static bool is_both(const cn_json *v) {
    size_t texts = 0;
    texts += cn_json_is(cn_json_get(v, CN_S("en")), CN_JSON_STRING);
    texts += cn_json_is(cn_json_get(v, CN_S("fr")), CN_JSON_STRING);
    return texts && texts == cn_json_count(v);
}

static const cn_json *one_language(const cn_json *both) {
    const cn_json *en = cn_json_get(both, CN_S("en")), *fr = cn_json_get(both, CN_S("fr"));
    return !en || (!cn_json_text(en).n && fr) ? fr : en;
}

/* The same with every text in one language; NULL at the arena's maximum. */
static const cn_json *plain(cn_arena *a, const cn_json *v, int depth) {
    if (is_both(v)) return one_language(v);
    if (depth == DEPTH_MAX || (!cn_json_is(v, CN_JSON_OBJECT) && !cn_json_is(v, CN_JSON_ARRAY))) return v;
    cn_json *copy = cn_json_copy_shallow(a, v);
    for (size_t i = 0; copy && i < cn_json_count(v); i++) {
        const cn_json *inner =
            plain(a, v->type == CN_JSON_ARRAY ? v->array.v[i] : v->object.v[i].value, depth + 1);
        if (!inner) return NULL;
        if (v->type == CN_JSON_ARRAY) copy->array.v[i] = inner;
        else copy->object.v[i].value = inner;
    }
    return copy;
}

/* A design names an outcome by its place, a record by its text. */
static bool put_alignment(const record_work *w, const cn_json *alignment) {
    const cn_draft *d = &w->is->draft;
    cn_json *list = cn_json_array(w->a);
    for (size_t i = 0; list && i < cn_json_count(alignment); i++) {
        const cn_json *from = cn_json_item(alignment, i), *at = cn_json_get(from, CN_S("outcome"));
        double place = cn_json_is(at, CN_JSON_NUMBER) ? at->number : 0;
        if (place < 1 || place > (double)outcomes_n(d)) continue;
        cn_json *one = cn_json_copy_shallow(w->a, from);
        if (!one || !put_text(w, one, "outcome", outcome_at(d, (size_t)place - 1)) ||
            !cn_json_push(w->a, list, one))
            return false;
    }
    return list && put(w, w->offering, "outcome_alignment", list);
}

/* What a design says and a record has elsewhere, or not at all. */
static bool is_elsewhere(cn_slice key) {
    static const cn_slice keys[] = {CN_S_INIT("outcome_alignment"), CN_S_INIT("evidence"), CN_S_INIT("grade"),
                                    CN_S_INIT("variants"), CN_S_INIT("source")};
    size_t i = 0;
    while (i < sizeof keys / sizeof *keys && !cn_slice_eq(keys[i], key)) i++;
    return i < sizeof keys / sizeof *keys;
}

/* What the design says of every award. */
static bool put_award_of_design(const record_work *w, const cn_json *design) {
    const cn_json *evidence = cn_json_get(design, CN_S("evidence")),
                  *transcript = cn_json_get(design, CN_S("transcript_entry"));
    bool graded = cn_json_is(cn_json_get(design, CN_S("grade")), CN_JSON_TRUE);
    return (!evidence || put(w, w->award, "evidence", plain(w->a, evidence, 0))) &&
           (!transcript || put(w, w->award, "transcript_ref", plain(w->a, transcript, 0))) &&
           (!graded || put_text(w, w->award, "grade", CN_S("as the institution states it")));
}

static bool put_design(const record_work *w, cn_err *err) {
    const cn_json *design = w->is->draft.design;
    for (size_t i = 0; i < cn_json_count(design); i++) {
        const cn_json_member *m = &design->object.v[i];
        if (!is_elsewhere(m->key) && !cn_json_set(w->a, w->offering, m->key, plain(w->a, m->value, 0)))
            return cn_fail_memory(err);
    }
    const cn_json *alignment = cn_json_get(design, CN_S("outcome_alignment")),
                  *variants = cn_json_get(design, CN_S("variants"));
    if (alignment && !put_alignment(w, alignment)) return cn_fail_memory(err);
    return (put_award_of_design(w, design) && (!variants || put(w, w->record, "variants", variants))) ||
           cn_fail_memory(err);
}

/* ---- The organisation ---- */

/* Who else developed it, the design says; otherwise it was the one who issues it. */
static bool put_issuer(const record_work *w, cn_err *err) {
    cn_slice name = w->org->name.en.n ? w->org->name.en : w->org->name.fr;
    cn_json *issuer = cn_json_object(w->a), *named = cn_json_object(w->a);
    cn_profile profile;
    if (!issuer || !named || !put_text(w, issuer, "name", name) || !put_text(w, named, "name", name))
        return cn_fail_memory(err);
    if (!cn_app_profile_get(w->a, w->app, w->org->number, &profile, err) ||
        !cn_profile_write(w->a, &profile, issuer, err))
        return false;
    bool developed = cn_json_get(w->offering, CN_S("developer")) || put(w, w->offering, "developer", named);
    return (developed && put(w, w->offering, "issuer", issuer) && put(w, w->offering, "awarding_body", named)) ||
           cn_fail_memory(err);
}

/* ---- Offerings ---- */

/* Dollars are not compared with euros: the least in Canadian dollars or, where no price is in them, in the
 * currency of the first that has one. */
static cn_slice currency_of(const cn_offerings *open) {
    cn_slice first = {0};
    for (size_t i = 0; i < open->n; i++) {
        const cn_json *details = open->v[i].details;
        cn_slice currency = cn_json_get_text(details, CN_S("currency"));
        if (!cn_json_get(details, CN_S("price"))) continue;
        if (cn_slice_eq(currency, CN_S("CAD"))) return currency;
        if (!first.p) first = currency.n ? currency : CN_S("");
    }
    return first;
}

/* The least that one of those that are open costs, and in which currency. */
static bool put_price(const record_work *w, cn_err *err) {
    cn_offerings open;
    const cn_json *least = NULL;
    if (!w->is->number) return true; /* it is nowhere kept */
    if (!cn_app_offerings_open(w->a, w->app, w->now, w->is->number, &open, err)) return false;
    cn_slice currency = currency_of(&open);
    for (size_t i = 0; i < open.n; i++) {
        const cn_json *price = cn_json_get(open.v[i].details, CN_S("price"));
        bool same = cn_slice_eq(cn_json_get_text(open.v[i].details, CN_S("currency")), currency);
        if (price && same && (!least || price->number < least->number)) least = price;
    }
    return !least || (put(w, w->offering, "price", least) && put_text(w, w->offering, "currency", currency)) ||
           cn_fail_memory(err);
}

/* ---- How Cairn awards ---- */

static bool put_learner(const record_work *w) {
    cn_json *learner = cn_json_object(w->a);
    return learner && put_text(w, learner, "name", CN_S("as the institution registered it")) &&
           put_text(w, learner, "id", CN_S("the e-mail address, as a salted hash")) &&
           put(w, w->award, "learner", learner);
}

static bool put_proof(const record_work *w) {
    cn_json *proof = cn_json_object(w->a);
    return proof && put_text(w, proof, "type", CN_S("DataIntegrityProof")) &&
           put_text(w, proof, "cryptosuite", CN_S("eddsa-rdfc-2022")) && put(w, w->award, "proof", proof);
}

/* Every award is signed, has its place in a status list, carries the badge and belongs to the learner, who can
 * take it along as a file. */
static bool put_award(const record_work *w, cn_err *err) {
    cn_slice day = cn_time_day_text(w->a, w->now),
             url = cn_form_achievement_url(w->a, w->app->origin, w->is->id, w->is->version), badge;
    if (!day.n || !url.n || !cn_arena_print(w->a, &badge, "%.*s/image.png", CN_ARG(url)))
        return cn_fail_memory(err);
    return (put_learner(w) && put_proof(w) && put_text(w, w->award, "issued", day) &&
            put_text(w, w->award, "owner", CN_S("learner")) && put(w, w->award, "portable", cn_json_bool(true)) &&
            put(w, w->award, "status_checkable", cn_json_bool(true)) && put_text(w, w->award, "badge", badge)) ||
           cn_fail_memory(err);
}

/* ---- What others signed ---- */

static bool put_endorsements(const record_work *w, cn_err *err) {
    const cn_json *list;
    return cn_app_endorsements_record(w->a, w->app, w->now, w->is, &list, err) &&
           (!list || put(w, w->offering, "endorsements", list) || cn_fail_memory(err));
}

/* ---- What was approved ---- */

/* Is it of the draft as it is, published or not? An approval of what the draft was before says nothing of it. */
static bool is_of_draft(const record_work *w, const cn_flow *flow, const cn_stored_approval *p) {
    bool published = w->is->version && !w->is->changed && p->version_number == w->is->version;
    return published || cn_slice_eq(p->digest, flow->digest);
}

/* The approval of the version that is in force, or was last; of the draft, one that is in force; NULL: none. */
static bool find_approval(const record_work *w, const cn_stored_approval **out, cn_err *err) {
    cn_stored_approval *v;
    size_t n;
    cn_flow flow;
    if (w->version) {
        if (!cn_store_approvals_of(w->a, w->app->store, w->version->achievement, &v, &n, err)) return false;
        *out = cn_approval_of(v, n, w->version->number, w->now);
        return true;
    }
    if (!cn_app_flow(w->a, w->app, w->now, w->is, &flow, err)) return false;
    *out = NULL;
    for (size_t i = 0; i < flow.approvals_n && !*out; i++)
        if (is_of_draft(w, &flow, &flow.approvals[i]) && cn_approval_in_force(&flow.approvals[i], w->now))
            *out = &flow.approvals[i];
    return true;
}

/* That there is one in force, since when and until when, and by whom. */
static bool put_approval(const record_work *w, cn_err *err) {
    cn_json *out = cn_json_object(w->a);
    const cn_stored_approval *p;
    if (!w->is->number) return true;
    if (!find_approval(w, &p, err)) return false;
    bool force = p && cn_approval_in_force(p, w->now);
    if (!out || !put(w, out, "granted", cn_json_bool(force))) return cn_fail_memory(err);
    if (force) {
        cn_slice reference, until = p->until.sec ? cn_time_day_text(w->a, p->until) : CN_S("");
        if (!cn_arena_print(w->a, &reference, "%.*s, %s", CN_ARG(p->body_en), cn_time_day(p->from).text) ||
            (p->until.sec && !until.n) || !put_text(w, out, "decision_ref", reference) ||
            !put_text(w, out, "valid_until", until))
            return cn_fail_memory(err);
    }
    return put(w, w->offering, "approval", out) || cn_fail_memory(err);
}

/* ---- What is stated ---- */

static bool put_attestations(const record_work *w, cn_err *err) {
    const cn_json *stated;
    int version = w->version ? w->version->version : cn_app_attestable(w->is);
    return cn_app_attestations_record(w->a, w->app, w->is->number, version, &stated, err) &&
           (put(w, w->record, "attestations", stated) || cn_fail_memory(err));
}

/* ---- All of it ---- */

/* In this order: a later part may look at what an earlier one put in. */
static bool (*const parts[])(const record_work *w, cn_err *err) = {
    put_texts, put_design, put_issuer, put_price, put_endorsements, put_approval, put_award, put_attestations};

static bool put_all(record_work *w, const cn_json **out, cn_err *err) {
    w->record = cn_json_object(w->a);
    w->offering = cn_json_object(w->a);
    w->award = cn_json_object(w->a);
    if (!w->record || !w->offering || !w->award || !put(w, w->record, "offering", w->offering) ||
        !put(w, w->record, "award", w->award))
        return cn_fail_memory(err);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (!parts[i](w, err)) return false;
    *out = w->record;
    return true;
}

bool cn_app_record(cn_arena *a, const cn_app *app, cn_time now, const cn_organisation *org,
                   const cn_achievement *achievement, const cn_json **out, cn_err *err) {
    record_work w = {.a = a, .app = app, .now = now, .org = org, .is = achievement};
    return put_all(&w, out, err);
}

bool cn_app_record_version(cn_arena *a, const cn_app *app, cn_time now, const cn_organisation *org,
                           const cn_version *v, const cn_json **out, cn_err *err) {
    cn_achievement is = {.number = v->achievement,
                         .id = v->achievement_id,
                         .organisation = v->organisation,
                         .draft = {.en = v->en, .fr = v->fr, .valid_months = v->valid_months, .design = v->design},
                         .version = v->version,
                         .published_at = v->published_at};
    record_work w = {.a = a, .app = app, .now = now, .org = org, .is = &is, .version = v};
    return put_all(&w, out, err);
}
