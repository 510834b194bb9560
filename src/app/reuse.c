/* SPDX-License-Identifier: Apache-2.0
 *
 * Achievements made from others'.
 */
#include "app/reuse.h"
#include "app/approval.h"
#include "app/draft.h"
#include "app/form.h"
#include "app/secret.h"

#include "base/base.h"

/* ---- May they? ---- */

static bool is_withdrawn(const cn_may_award *may) {
    return cn_slice_eq(may->word, CN_S("retired")) || cn_slice_eq(may->word, CN_S("withdrawn"));
}

bool cn_app_reuse_find(cn_arena *a, const cn_app *app, cn_time now, int64_t organisation, cn_slice id, int version,
                       cn_version *out, cn_err *err) {
    cn_version found;
    cn_may_award may;
    if (!cn_app_version_of(a, app, id, version, &found, err)) return false;
    if (found.organisation != organisation) {
        if (!cn_app_may_award(a, app, now, &found, &may, err)) return false;
        if (is_withdrawn(&may)) return cn_fail(err, CN_NOT_FOUND, "reuse.withdrawn", "it has been withdrawn.");
    }
    *out = found;
    return true;
}

static cn_slice licence_url(const cn_version *version) {
    return cn_json_get_text(version->design, CN_S("licence"));
}

cn_licence cn_reuse_licence(cn_arena *a, const cn_version *version) {
    return cn_licence_of(a, licence_url(version));
}

static bool is_own(const cn_reuse *how) {
    return how->from->organisation == how->organisation;
}

static bool check(cn_arena *a, const cn_app *app, const cn_reuse *how, cn_err *err) {
    cn_licence licence = cn_reuse_licence(a, how->from);
    if (!app->origin.n)
        return cn_fail(err, CN_CONFLICT, "reuse.origin",
                       "This database has no origin, by which others find the source: \"cairn init --origin\" "
                       "gives it one.");
    if (is_own(how)) return true;
    if (licence.closed)
        return cn_fail(err, CN_DENIED, "reuse.closed",
                       "its licence, %.*s, does not allow anything to be made of it.", CN_ARG(licence.name));
    return licence.name.n || how->sure ||
           cn_fail(err, CN_INVALID, "reuse.unsure",
                   "nothing known here allows its reuse: say that you may, if you may.");
}

/* ---- Where it comes from ---- */

typedef struct reuse_work {
    cn_arena *a;
    const cn_app *app;
    const cn_reuse *how;
    bool good;
} reuse_work;

static void put(reuse_work *w, cn_json *to, cn_slice key, const cn_json *value) {
    w->good = w->good && to && cn_json_set(w->a, to, key, value);
}

static void put_both(reuse_work *w, cn_json *to, cn_slice key, cn_slice en, cn_slice fr) {
    cn_json *both = cn_json_object(w->a);
    if (en.n) put(w, both, CN_S("en"), cn_json_string(w->a, en));
    if (fr.n) put(w, both, CN_S("fr"), cn_json_string(w->a, fr));
    if (en.n || fr.n) put(w, to, key, both);
}

/* What is said of the source, as of now. */
static const cn_json *facts_of(reuse_work *w, cn_time now, const cn_organisation *whose) {
    const cn_version *v = w->how->from;
    cn_json *out = cn_json_object(w->a), *part = cn_json_array(w->a);
    cn_slice licence = licence_url(v);
    cn_buf day = cn_buf_on(w->a, 64);
    cn_time_write(&day, (cn_time){.sec = now.sec});
    w->good = w->good && cn_buf_ok(&day) && part &&
              cn_json_push(w->a, part, cn_json_string(w->a, cn_source_word(w->how->part)));
    put_both(w, out, CN_S("issuer"), whose->name.en, whose->name.fr);
    put(w, out, CN_S("achievement"),
        cn_json_string(w->a, cn_form_achievement_url(w->a, w->app->origin, v->achievement_id, v->version)));
    put_both(w, out, CN_S("title"), v->en.name, v->fr.name);
    put(w, out, CN_S("version"), cn_json_number(w->a, v->version));
    if (licence.n) put(w, out, CN_S("licence"), cn_json_string(w->a, licence));
    put(w, out, CN_S("at"), cn_json_string(w->a, cn_slice_sub(cn_buf_slice(&day), 0, 10)));
    put(w, out, CN_S("reused"), part);
    return out;
}

/* NULL: err says why. */
static const cn_json *source_facts(reuse_work *w, cn_time now, cn_err *err) {
    cn_organisation whose;
    if (!cn_app_organisation_get(w->a, w->app, w->how->from->organisation, &whose, err)) return NULL;
    const cn_json *facts = facts_of(w, now, &whose);
    if (!w->good) (void)cn_fail_memory(err);
    return w->good ? facts : NULL;
}

static cn_stored_reuse told_to(const cn_reuse *how) {
    return (cn_stored_reuse){how->from->achievement_id, how->from->version, cn_source_word(how->part)};
}

/* ---- A new draft ---- */

static bool is_taken(const cn_reuse *how, const cn_blank *f) {
    bool part = how->part == CN_SOURCE_WHOLE || f->section == CN_DESIGN_OUTCOMES;
    return f->section != CN_BLANK_HIDDEN && part && (is_own(how) || !f->own);
}

static const cn_json *design_of(reuse_work *w) {
    const cn_json *from = w->how->from->design;
    cn_json *out = cn_json_object(w->a);
    for (size_t i = 0; i < cn_design_fields.n; i++) {
        const cn_blank *f = &cn_design_fields.v[i];
        const cn_json *v = is_taken(w->how, f) ? cn_blank_value(from, f->path) : NULL;
        if (v) w->good = w->good && out && cn_blank_set(w->a, out, f->path, v);
    }
    if (cn_reuse_licence(w->a, w->how->from).alike && !cn_json_get(out, CN_S("licence")))
        put(w, out, CN_S("licence"), cn_json_get(from, CN_S("licence")));
    return out;
}

static cn_achievement_text text_of(const cn_reuse *how, const cn_achievement_text *from) {
    if (how->part == CN_SOURCE_WHOLE) return *from;
    return (cn_achievement_text){.name = from->name, .outcomes = from->outcomes, .outcomes_n = from->outcomes_n};
}

static bool draft_of(reuse_work *w, cn_time now, cn_draft *out, cn_err *err) {
    const cn_version *v = w->how->from;
    const cn_json *facts = source_facts(w, now, err), *design = facts ? design_of(w) : NULL, *source;
    if (!facts) return false;
    if (!w->good) return cn_fail_memory(err);
    if (!cn_source_derive(w->a, facts, v->design, design, &source, err)) return false;
    cn_json *whole = cn_json_copy_shallow(w->a, design);
    put(w, whole, CN_SOURCE, source);
    *out = (cn_draft){.en = text_of(w->how, &v->en),
                      .fr = text_of(w->how, &v->fr),
                      .valid_months = w->how->part == CN_SOURCE_WHOLE ? v->valid_months : 0,
                      .design = whole};
    return w->good || cn_fail_memory(err);
}

bool cn_app_reuse_begin(cn_arena *a, const cn_app *app, cn_time now, const cn_reuse *how, cn_slice *id,
                        cn_err *err) {
    reuse_work w = {.a = a, .app = app, .how = how, .good = true};
    cn_audit why = {.organisation = how->organisation, .person = how->by, .action = CN_S("achievement.reused")};
    cn_stored_achievement made = {.organisation = how->organisation};
    cn_stored_reuse reuse = told_to(how);
    cn_draft draft;
    if (!check(a, app, how, err) || !draft_of(&w, now, &draft, err) ||
        !cn_draft_write(a, &draft, &made.draft, err) || !cn_app_id(a, app, &made.id, err))
        return false;
    if (!cn_store_achievement_reuse(app->store, &made, &reuse, now, &why, err)) return false;
    *id = made.id;
    return true;
}

/* ---- Competencies ---- */

static bool has(const cn_json *list, cn_slice key) {
    for (size_t i = 0; i < cn_json_count(list); i++)
        if (cn_slice_eq(cn_source_key(cn_json_item(list, i)), key)) return true;
    return false;
}

/* Those that were chosen and that the draft has not yet, alone. */
static const cn_json *chosen_of(reuse_work *w, const cn_reuse_take *what, const cn_json *there) {
    const cn_json *all = cn_json_get(w->how->from->design, CN_SOURCE_COMPETENCIES);
    cn_json *list = cn_json_array(w->a), *out = cn_json_object(w->a);
    for (size_t i = 0; i < what->n; i++) {
        const cn_json *one = cn_json_item(all, what->places[i]);
        cn_slice key = cn_source_key(one);
        if (key.n && !has(there, key) && !has(list, key))
            w->good = w->good && list && cn_json_push(w->a, list, one);
    }
    put(w, out, CN_SOURCE_COMPETENCIES, list);
    return out;
}

/* Single competencies say themselves where they come from; the draft as a whole comes from where it came. */
static bool add_competencies(reuse_work *w, const cn_json *design, const cn_json *chosen, const cn_json *facts,
                             const cn_json **out, cn_err *err) {
    const cn_json *theirs, *source, *own = cn_json_get(design, CN_SOURCE_COMPETENCIES),
                                    *more = cn_json_get(chosen, CN_SOURCE_COMPETENCIES);
    cn_json *list = cn_json_array(w->a), *rows = cn_json_object(w->a),
            *new = design ? cn_json_copy_shallow(w->a, design) : cn_json_object(w->a);
    if (!cn_source_derive(w->a, facts, w->how->from->design, chosen, &theirs, err)) return false;
    put(w, rows, CN_SOURCE_COMPETENCIES, cn_json_get(theirs, CN_SOURCE_COMPETENCIES));
    for (size_t i = 0; i < cn_json_count(own); i++)
        w->good = w->good && list && cn_json_push(w->a, list, cn_json_item(own, i));
    for (size_t i = 0; i < cn_json_count(more); i++)
        w->good = w->good && list && cn_json_push(w->a, list, cn_json_item(more, i));
    if (!w->good) return cn_fail_memory(err);
    if (!cn_source_join(w->a, cn_json_get(design, CN_SOURCE), rows, &source, err)) return false;
    put(w, new, CN_SOURCE_COMPETENCIES, list);
    put(w, new, CN_SOURCE, source);
    *out = new;
    return w->good || cn_fail_memory(err);
}

bool cn_app_reuse_take(cn_arena *a, const cn_app *app, cn_time now, const cn_reuse *how, const cn_reuse_take *what,
                       cn_err *err) {
    cn_reuse single = *how;
    single.part = CN_SOURCE_SINGLE;
    reuse_work w = {.a = a, .app = app, .how = &single, .good = true};
    cn_stored_reuse reuse = told_to(&single);
    cn_achievement is;
    cn_design_change change = {
        .organisation = how->organisation, .by = how->by, .id = what->id, .seen = what->seen, .reuse = &reuse};
    if (!check(a, app, how, err) || !cn_app_achievement_get(a, app, how->organisation, what->id, &is, err))
        return false;
    const cn_json *chosen = chosen_of(&w, what, cn_json_get(is.draft.design, CN_SOURCE_COMPETENCIES));
    if (!w.good) return cn_fail_memory(err);
    if (!cn_json_count(cn_json_get(chosen, CN_SOURCE_COMPETENCIES))) return true;
    const cn_json *facts = source_facts(&w, now, err);
    return facts && add_competencies(&w, is.draft.design, chosen, facts, &change.design, err) &&
           cn_app_design_save(a, app, now, &change, err);
}
