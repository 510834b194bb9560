/* SPDX-License-Identifier: Apache-2.0
 *
 * A section of a design as a form. It is saved as one goes; what was typed comes back with every error.
 */
#include "web/design.h"
#include "app/frameworks.h"
#include "web/messages.h"

#include "base/base.h"

/* ---- What the form is about ---- */

typedef struct section_work {
    cn_desk d;
    cn_design_section section;
    cn_achievement is;
    const cn_json *values; /* what is shown */
    cn_blank_problems problems;
    cn_slice more; /* rows that get some empty ones */
    cn_slice done, failed;
    cn_err *err;
} section_work;

static bool start(section_work *w, void *app, const cn_request *rq) {
    cn_desk_start(&w->d, app, rq);
    w->section = cn_design_section_find(cn_request_arg(rq, CN_S("section")));
    if (w->section == CN_DESIGN_SECTIONS)
        return cn_fail(w->err, CN_NOT_FOUND, "store.none", "A design has no such section.");
    return cn_design_page_get(&w->d, &w->is, w->err);
}

static const cn_achievement_text *texts_of(const section_work *w) {
    const cn_achievement_text *own = w->d.m.language == CN_FR ? &w->is.draft.fr : &w->is.draft.en;
    return own->outcomes_n ? own : w->d.m.language == CN_FR ? &w->is.draft.en : &w->is.draft.fr;
}

/* ---- What frameworks miss, beside the field ---- */

static bool add_asked(const section_work *w, const cn_design_gaps *gaps, cn_view_form *form) {
    cn_arena *a = w->d.m.rq->arena;
    for (size_t i = 0; i < form->n; i++) {
        cn_view_fields_field *field = &form->v[i];
        field->asked = CN_NEW_ARRAY(a, cn_slice, gaps->n);
        if (!field->asked) return cn_fail_memory(w->err);
        for (size_t g = 0; g < gaps->n; g++)
            if (gaps->v[g].field && cn_slice_eq(gaps->v[g].field->path, field->path))
                field->asked[field->asked_n++] = cn_design_asks(&w->d.m, &gaps->v[g]);
    }
    return true;
}

static bool add_frameworks(const section_work *w, const cn_design_gaps *gaps, cn_page_design_section *v) {
    cn_arena *a = w->d.m.rq->arena;
    const cn_json *chosen = cn_json_get(w->values, CN_S("frameworks"));
    v->frameworks = CN_NEW_ARRAY(a, cn_view_blank_option, gaps->frameworks_n);
    if (!v->frameworks) return cn_fail_memory(w->err);
    for (; v->frameworks_n < gaps->frameworks_n; v->frameworks_n++) {
        const cn_design_framework *f = &gaps->frameworks[v->frameworks_n];
        cn_view_blank_option *o = &v->frameworks[v->frameworks_n];
        *o = (cn_view_blank_option){.text = cn_making_choose(&w->d.m, f->title),
                                    .chosen = cn_blank_chosen(chosen, f->family)};
        if (!cn_arena_print(a, &o->name, "frameworks.%.*s", CN_ARG(f->family))) return cn_fail_memory(w->err);
        o->id = o->name;
    }
    return true;
}

/* "variants.nl-npuls.1": names of experiments have spaces, those of inputs none. */
static bool variant_input(const section_work *w, const cn_design_gaps *gaps, size_t i, cn_slice *out) {
    return cn_arena_print(w->d.m.rq->arena, out, "variants.%.*s.%zu", CN_ARG(gaps->variants[i].framework->family),
                          i + 1) ||
           cn_fail_memory(w->err);
}

static bool add_variants(const section_work *w, const cn_design_gaps *gaps, cn_page_design_section *v) {
    const cn_json *chosen = cn_json_get(w->values, CN_S("variants"));
    v->variants = CN_NEW_ARRAY(w->d.m.rq->arena, cn_view_blank_option, gaps->variants_n);
    if (!v->variants) return cn_fail_memory(w->err);
    for (; v->variants_n < gaps->variants_n; v->variants_n++) {
        const cn_design_variant *is = &gaps->variants[v->variants_n];
        cn_view_blank_option *o = &v->variants[v->variants_n];
        *o = (cn_view_blank_option){.text = cn_making_choose(&w->d.m, is->title),
                                    .chosen = cn_blank_chosen(chosen, is->name)};
        if (!variant_input(w, gaps, v->variants_n, &o->name)) return false;
        o->id = o->name;
    }
    return true;
}

/* ---- What the codes stand for ---- */

static bool add_named(const section_work *w, cn_view_form *form) {
    const cn_making *m = &w->d.m;
    cn_design_class *classes;
    size_t n;
    if (w->section != CN_DESIGN_CLASSIFICATION) return true;
    if (!cn_app_design_classes(m->rq->arena, w->d.app, w->values, &classes, &n, w->err)) return false;
    for (size_t i = 0; i < form->n; i++) {
        cn_view_fields_field *field = &form->v[i];
        field->named = CN_NEW_ARRAY(m->rq->arena, cn_view_named, n);
        if (!field->named) return cn_fail_memory(w->err);
        for (size_t c = 0; c < n; c++) {
            bool french;
            if (!classes[c].item || !cn_slice_eq(classes[c].field->path, field->path)) continue;
            cn_slice title = cn_item_label(classes[c].item, m->language == CN_FR, &french);
            field->named[field->named_n++] =
                (cn_view_named){classes[c].code, title, cn_language_tag(french ? CN_FR : CN_EN)};
        }
    }
    return true;
}

/* ---- The page ---- */

static bool fill_form(section_work *w, const cn_design_gaps *gaps, cn_page_design_section *v) {
    cn_blank_plan plan;
    const cn_achievement_text *t = texts_of(w);
    if (!cn_design_plan(&w->d.m, (int)w->section, w->values, &plan, w->err)) return false;
    plan.problems = &w->problems;
    plan.more = w->more;
    plan.aligned = t->outcomes;
    plan.aligned_n = t->outcomes_n;
    if (w->section == CN_DESIGN_FRAMEWORKS) return add_frameworks(w, gaps, v) && add_variants(w, gaps, v);
    return cn_view_form_fill(&w->d.m, &plan, &v->form, w->err) && add_asked(w, gaps, &v->form) &&
           add_named(w, &v->form);
}

static bool show(section_work *w, int status, cn_response *rs) {
    cn_making *m = &w->d.m;
    cn_page_design_section v = {.done = w->done, .seen = w->is.seen};
    cn_design_gaps gaps;
    cn_slice rest, name = cn_design_section_name(w->section);
    if (!cn_app_design_gaps(m->rq->arena, w->d.app, m->rq->now, &w->d.session->organisation, &w->is, &gaps,
                            w->err) ||
        !fill_form(w, &gaps, &v))
        return false;
    if (!cn_arena_print(m->rq->arena, &rest, "/design/%.*s", CN_ARG(name))) return cn_fail_memory(w->err);
    v.heading = cn_blank_word(m, CN_MSG_FAMILY("design-section"), name);
    v.about = cn_blank_word(m, CN_MSG_FAMILY("design-about"), name);
    v.name = cn_achievement_name(&w->is.draft, m->language, &v.name_language);
    v.page = cn_making_page(m, cn_desk_path(&w->d, w->is.id, rest.p),
                            cn_making_text(m, CN_MSG_design_section_title, v.heading, v.name));
    v.form.failed = w->failed;
    v.page.wrong = v.form.wrong_n || w->failed.n;
    v.back = cn_desk_url(&w->d, w->is.id, "/design");
    v.action = cn_design_section_url(&w->d, w->section);
    if (w->section + 1 < CN_DESIGN_FRAMEWORKS)
        v.next = cn_blank_word(m, CN_MSG_FAMILY("design-section"), cn_design_section_name(w->section + 1));
    cn_tpl_design_section(&m->out, &v);
    return cn_making_finish(m, status, rs, w->err);
}

bool cn_web_design_section(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    section_work w = {.err = err};
    if (!start(&w, app, rq)) return false;
    w.values = w.is.draft.design;
    w.more = cn_request_arg(rq, CN_S("more"));
    if (cn_request_arg(rq, CN_S("done")).n) w.done = cn_message(w.d.m.language, CN_MSG_design_saved);
    return show(&w, 200, rs);
}

/* ---- Saved ---- */

static bool is_ticked(const section_work *w, cn_slice input) {
    return cn_request_text(w->d.m.rq, input).n > 0;
}

static bool typed_variants(const section_work *w, const cn_design_gaps *gaps, cn_json *list) {
    for (size_t i = 0; i < gaps->variants_n; i++) {
        cn_slice input;
        if (!variant_input(w, gaps, i, &input)) return false;
        if (is_ticked(w, input) &&
            !cn_json_push(w->d.m.rq->arena, list, cn_json_string(w->d.m.rq->arena, gaps->variants[i].name)))
            return cn_fail_memory(w->err);
    }
    return true;
}

/* Families and experiments that were ticked; what the page did not offer stays out. */
static bool typed_frameworks(const section_work *w, cn_json **out) {
    cn_arena *a = w->d.m.rq->arena;
    cn_json *object = cn_json_object(a), *list = cn_json_array(a), *variants = cn_json_array(a);
    cn_design_gaps gaps;
    if (!cn_app_design_gaps(a, w->d.app, w->d.m.rq->now, &w->d.session->organisation, &w->is, &gaps, w->err))
        return false;
    if (!object || !list || !variants) return cn_fail_memory(w->err);
    for (size_t i = 0; i < gaps.frameworks_n; i++) {
        cn_slice name, family = gaps.frameworks[i].family;
        if (!cn_arena_print(a, &name, "frameworks.%.*s", CN_ARG(family))) return cn_fail_memory(w->err);
        if (is_ticked(w, name) && !cn_json_push(a, list, cn_json_string(a, family))) return cn_fail_memory(w->err);
    }
    if (!typed_variants(w, &gaps, variants)) return false;
    *out = object;
    return (cn_json_set(a, object, CN_S("frameworks"), list) &&
            cn_json_set(a, object, CN_S("variants"), variants)) ||
           cn_fail_memory(w->err);
}

/* What was typed, in place of what the section said. */
static bool take(section_work *w) {
    cn_arena *a = w->d.m.rq->arena;
    cn_typed typed = cn_web_typed(&w->d.m);
    const cn_json *ignored;
    cn_json *section;
    if (w->section == CN_DESIGN_FRAMEWORKS
            ? !typed_frameworks(w, &section)
            : !cn_blanks_typed(a, cn_design_fields, (int)w->section, &typed, &section, w->err))
        return false;
    return cn_blanks_join(a, cn_design_fields, (int)w->section, w->is.draft.design, section, &w->values, w->err) &&
           cn_blanks_read(a, cn_design_fields, w->values, CN_S("en"), &ignored, &w->problems, w->err) &&
           (w->section != CN_DESIGN_CLASSIFICATION ||
            cn_app_design_known(a, w->d.app, NULL, &ignored, &w->problems, w->err));
}

/* On to the next section, back to the list, or here again with more rows. */
static bool go_on(const section_work *w, cn_response *rs) {
    cn_arena *a = w->d.m.rq->arena;
    cn_slice then = cn_request_text(w->d.m.rq, CN_S("then")), path, own = cn_desk_path(&w->d, w->is.id, "/design");
    cn_slice tag = cn_language_tag(w->d.m.language);
    bool last = w->section + 1 >= CN_DESIGN_FRAMEWORKS, fits;
    if (w->more.n)
        fits = cn_arena_print(a, &path, "%.*s/%.*s?done=saved&more=%.*s&lang=%.*s#%.*s", CN_ARG(own),
                              CN_ARG(cn_design_section_name(w->section)), CN_ARG(w->more), CN_ARG(tag),
                              CN_ARG(w->more));
    else if (last || cn_slice_eq(then, CN_S("list")))
        fits = cn_arena_print(a, &path, "%.*s?done=saved&lang=%.*s", CN_ARG(own), CN_ARG(tag));
    else
        fits = cn_arena_print(a, &path, "%.*s/%.*s?done=saved&lang=%.*s", CN_ARG(own),
                              CN_ARG(cn_design_section_name(w->section + 1)), CN_ARG(tag));
    return (fits && cn_response_see_other(w->d.m.rq, rs, path)) || cn_fail_memory(w->err);
}

bool cn_web_design_section_save(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    section_work w = {.err = err};
    if (!start(&w, app, rq)) return false;
    cn_slice seen = cn_request_text(rq, CN_S("seen"));
    const cn_blank *rows = cn_design_find(cn_request_text(rq, CN_S("add")));
    if (rows && rows->columns) w.more = rows->path;
    if (!take(&w)) return false;
    if (w.problems.n) {
        w.is.seen = seen;
        return show(&w, 422, rs);
    }
    cn_design_change change = {.organisation = w.d.organisation,
                               .by = w.d.session->person.number,
                               .id = w.d.id,
                               .seen = seen,
                               .design = w.values};
    if (cn_app_design_save(rq->arena, w.d.app, rq->now, &change, err)) return go_on(&w, rs);
    if (strcmp(err->id, "achievement.changed") != 0) return false;
    /* What was typed stays to be copied; sending it again tells that one means it. */
    w.failed = cn_message(w.d.m.language, CN_MSG_achievement_error_overwrite);
    return show(&w, 409, rs);
}
