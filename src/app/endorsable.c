/* SPDX-License-Identifier: Apache-2.0
 *
 * What can be endorsed: a version of an achievement, or the draft that will be one, as the claims that can be made
 * of it, and the digest of the texts that they speak of.
 */
#include "app/endorsements.h"
#include "app/form_inside.h"

enum { COMPETENCIES_MAX = 40 };

typedef struct parting {
    cn_arena *a;
    cn_endorsable *of;
    cn_slice url; /* of the version */
} parting;

/* ---- Parts ---- */

static bool add(parting *p, size_t claim, cn_slice url, const char *kind, size_t number, cn_bilingual name) {
    cn_slice word = cn_form_claims[claim].word;
    cn_endorsable_part *part = &p->of->parts[p->of->parts_n];
    *part = (cn_endorsable_part){.claim = word, .url = url, .name = name};
    if (!part->name.en.n) part->name.en = name.fr;
    if (!part->name.fr.n) part->name.fr = name.en;
    if (!part->name.en.n) return true;
    p->of->parts_n++;
    return cn_arena_print(p->a, &part->key, "%.*s:%s-%zu", CN_ARG(word), kind, number) &&
           (url.n || cn_arena_print(p->a, &part->url, "%.*s#%s-%zu", CN_ARG(p->url), kind, number));
}

static cn_slice text_at(const cn_achievement_text *t, size_t i) {
    return i < t->outcomes_n ? t->outcomes[i] : (cn_slice){0};
}

static bool add_outcomes(parting *p) {
    const cn_draft *d = &p->of->draft;
    size_t n = d->en.outcomes_n > d->fr.outcomes_n ? d->en.outcomes_n : d->fr.outcomes_n;
    for (size_t i = 0; i < n; i++)
        if (!add(p, 0, (cn_slice){0}, "outcome", i + 1, (cn_bilingual){text_at(&d->en, i), text_at(&d->fr, i)}))
            return false;
    return true;
}

/* A text in both languages, or one of no language. */
static cn_bilingual label_of(const cn_json *competency) {
    const cn_json *label = cn_json_get(competency, CN_S("label"));
    cn_slice alone = cn_json_text(label);
    if (alone.n) return (cn_bilingual){alone, alone};
    return (cn_bilingual){cn_json_get_text(label, CN_S("en")), cn_json_get_text(label, CN_S("fr"))};
}

static const cn_json *competencies_of(const cn_draft *d) {
    return cn_json_get(d->design, CN_S("competencies"));
}

static size_t competencies_n(const cn_draft *d) {
    size_t n = cn_json_many(competencies_of(d));
    return n < COMPETENCIES_MAX ? n : COMPETENCIES_MAX;
}

static bool is_web(cn_slice uri) {
    return cn_slice_starts(uri, CN_S("https://")) || cn_slice_starts(uri, CN_S("http://"));
}

static bool add_competencies(parting *p) {
    const cn_json *all = competencies_of(&p->of->draft);
    for (size_t i = 0; i < competencies_n(&p->of->draft); i++) {
        cn_slice uri = cn_json_get_text(cn_json_one(all, i), CN_S("uri"));
        if (!add(p, 0, is_web(uri) ? uri : (cn_slice){0}, "competency", i + 1, label_of(cn_json_one(all, i))))
            return false;
    }
    return true;
}

static bool add_parts(cn_arena *a, const cn_app *app, cn_endorsable *out, cn_err *err) {
    const cn_draft *d = &out->draft;
    size_t most = d->en.outcomes_n + d->fr.outcomes_n + competencies_n(d) + 1;
    parting p = {a, out, cn_form_achievement_url(a, app->origin, out->achievement_id, out->version)};
    cn_slice url;
    out->parts = CN_NEW_ARRAY(a, cn_endorsable_part, most);
    return (p.url.n && out->parts && add_outcomes(&p) && add_competencies(&p) &&
            cn_arena_print(a, &url, "%.*s#assessment", CN_ARG(p.url)) &&
            add(&p, 1, url, "assessment", 1, cn_form_assessment_name)) ||
           cn_fail_memory(err);
}

/* ---- The digest ---- */

static const cn_json *texts(cn_form_maker *m, const cn_achievement_text *t) {
    cn_json *object = cn_json_object(m->arena), *outcomes = cn_json_array(m->arena);
    for (size_t i = 0; i < t->outcomes_n; i++) cn_form_push(m, outcomes, cn_json_string(m->arena, t->outcomes[i]));
    cn_form_text(m, object, CN_S("name"), t->name);
    cn_form_text(m, object, CN_S("criteria"), t->criteria);
    cn_form_set(m, object, CN_S("outcomes"), outcomes);
    return object;
}

/* What it is a digest of beside the texts: members of the design. Those by which a scope is limited came with the
 * second form. */
static const cn_slice members[] = {CN_S_INIT("competencies"), CN_S_INIT("assessment"), CN_S_INIT("classification"),
                                   CN_S_INIT("levels"), CN_S_INIT("credential_type")};
enum { FIRST_FORM = 2, SECOND_FORM = sizeof members / sizeof *members };

static bool digest(cn_arena *a, const cn_app *app, const cn_draft *d, size_t members_n, const char *form,
                   cn_slice *out, cn_err *err) {
    cn_form_maker m = {.arena = a, .good = true};
    cn_json *object = cn_json_object(a);
    cn_buf text = cn_buf_on(a, 0), hex = cn_buf_on(a, 0);
    cn_form_set(&m, object, CN_S("en"), texts(&m, &d->en));
    cn_form_set(&m, object, CN_S("fr"), texts(&m, &d->fr));
    for (size_t i = 0; i < members_n; i++) {
        const cn_json *part = cn_json_get(d->design, members[i]);
        if (part) cn_form_set(&m, object, members[i], part);
    }
    if (!m.good) return cn_fail_memory(err);
    if (!cn_json_canonize(a, object, &text, err)) return false;
    if (!cn_buf_ok(&text)) return cn_fail_memory(err);
    cn_digest hash = cn_hash_of(app->crypto, CN_SHA256, cn_buf_slice(&text));
    cn_buf_add(&hex, cn_slice_of(form));
    cn_hex_write(&hex, cn_digest_slice(&hash));
    if (!cn_buf_ok(&hex)) return cn_fail_memory(err);
    *out = cn_buf_slice(&hex);
    return true;
}

/* ---- Finding ---- */

static bool of_version(const cn_version *v, cn_endorsable *out) {
    *out = (cn_endorsable){
        .achievement_id = v->achievement_id,
        .version = v->version,
        .organisation = v->organisation,
        .published = true,
        .published_at = v->published_at,
        .draft = {.en = v->en, .fr = v->fr, .valid_months = v->valid_months, .design = v->design},
    };
    return true;
}

static bool finish(cn_arena *a, const cn_app *app, const cn_endorsable *found, cn_endorsable *out, cn_err *err) {
    cn_endorsable is = *found;
    if (!add_parts(a, app, &is, err) || !digest(a, app, &is.draft, SECOND_FORM, "2:", &is.digest, err) ||
        !digest(a, app, &is.draft, FIRST_FORM, "", &is.digest_of_first_form, err))
        return false;
    *out = is;
    return true;
}

bool cn_app_endorsable_draft(cn_arena *a, const cn_app *app, const cn_achievement *is, cn_endorsable *out,
                             cn_err *err) {
    cn_endorsable found = {.achievement_id = is->id,
                           .version = is->version && !is->changed ? is->version : is->version + 1,
                           .organisation = is->organisation,
                           .draft = is->draft};
    if (found.version == is->version) found.published_at = is->published_at;
    return finish(a, app, &found, out, err);
}

bool cn_app_endorsable(cn_arena *a, const cn_app *app, int64_t organisation, cn_slice achievement_id, int version,
                       cn_endorsable *out, cn_err *err) {
    cn_version found;
    cn_achievement draft;
    cn_endorsable is;
    if (version > 0 && cn_app_version_of(a, app, achievement_id, version, &found, err))
        return of_version(&found, &is) && finish(a, app, &is, out, err);
    if (version > 0 && err->code != CN_NOT_FOUND) return false;
    if (!cn_app_achievement_get(a, app, organisation, achievement_id, &draft, err)) return false;
    if (version != draft.version + 1)
        return cn_fail(err, CN_NOT_FOUND, "store.none", "The achievement has no such version.");
    is = (cn_endorsable){
        .achievement_id = draft.id, .version = version, .organisation = organisation, .draft = draft.draft};
    return finish(a, app, &is, out, err);
}
