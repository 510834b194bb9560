/* SPDX-License-Identifier: Apache-2.0
 *
 * A design filled from elsewhere: a template, another achievement of one's own, a JSON file; and taken along as
 * one.
 */
#include "web/design.h"
#include "app/frameworks.h"
#include "web/messages.h"

#include "base/base.h"

typedef struct fill_work {
    cn_desk d;
    cn_achievement is;
    cn_page_design_fill v;
    cn_err *err;
} fill_work;

static bool start(fill_work *w, void *app, const cn_request *rq) {
    cn_desk_start(&w->d, app, rq);
    return cn_design_page_get(&w->d, &w->is, w->err);
}

/* ---- What one can begin with ---- */

static const cn_slice of_template = CN_S_INIT("template."), of_own = CN_S_INIT("own.");

static bool add_source(fill_work *w, cn_slice kind, cn_slice id, cn_slice name, cn_slice text) {
    cn_view_design_source *one = &w->v.sources[w->v.sources_n++];
    *one = (cn_view_design_source){.name = name, .text = text};
    return cn_arena_print(w->d.m.rq->arena, &one->value, "%.*s%.*s", CN_ARG(kind), CN_ARG(id)) ||
           cn_fail_memory(w->err);
}

static bool add_sources(fill_work *w) {
    cn_arena *a = w->d.m.rq->arena;
    bool french = w->d.m.language == CN_FR;
    cn_design_templates templates;
    cn_achievements own;
    cn_slice ignored;
    if (!cn_design_templates_all(a, &templates, w->err) ||
        !cn_app_achievements_of(a, w->d.app, w->d.organisation, &own, w->err))
        return false;
    w->v.sources = CN_NEW_ARRAY(a, cn_view_design_source, templates.n + own.n);
    if (!w->v.sources) return cn_fail_memory(w->err);
    for (size_t i = 0; i < templates.n; i++) {
        const cn_design_template *t = &templates.v[i];
        if (!add_source(w, of_template, t->id, french ? t->title.fr : t->title.en,
                        french ? t->text.fr : t->text.en))
            return false;
    }
    for (size_t i = 0; i < own.n; i++)
        if (own.v[i].number != w->is.number && cn_json_count(own.v[i].draft.design) &&
            !add_source(w, of_own, own.v[i].id, cn_achievement_name(&own.v[i].draft, w->d.m.language, &ignored),
                        cn_message(w->d.m.language, CN_MSG_design_fill_own)))
            return false;
    return true;
}

/* ---- The page ---- */

static bool show(fill_work *w, int status, cn_response *rs) {
    cn_making *m = &w->d.m;
    cn_page_design_fill *v = &w->v;
    if (!add_sources(w)) return false;
    v->name = cn_achievement_name(&w->is.draft, m->language, &v->name_language);
    v->page = cn_making_page(m, cn_desk_path(&w->d, w->is.id, "/design/fill"),
                             cn_making_text(m, CN_MSG_design_fill_title, v->name, (cn_slice){0}));
    v->page.wrong = v->failed.n > 0;
    v->seen = w->is.seen;
    v->back = cn_desk_url(&w->d, w->is.id, "/design");
    v->action = cn_desk_url(&w->d, w->is.id, "/design/fill");
    v->download = cn_desk_url(&w->d, w->is.id, "/design.json");
    cn_tpl_design_fill(&m->out, v);
    return cn_making_finish(m, status, rs, w->err);
}

bool cn_web_design_fill(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    fill_work w = {.err = err};
    return start(&w, app, rq) && show(&w, 200, rs);
}

/* ---- Taken ---- */

static bool from_template(const fill_work *w, cn_slice id, const cn_json **out) {
    cn_design_templates templates;
    if (!cn_design_templates_all(w->d.m.rq->arena, &templates, w->err)) return false;
    for (size_t i = 0; i < templates.n; i++)
        if (cn_slice_eq(templates.v[i].id, id)) return *out = templates.v[i].design, true;
    return cn_fail(w->err, CN_NOT_FOUND, "store.none", "There is no such template.");
}

static bool from_own(const fill_work *w, cn_slice id, const cn_json **out) {
    cn_achievement other;
    if (!cn_app_achievement_get(w->d.m.rq->arena, w->d.app, w->d.organisation, id, &other, w->err)) return false;
    return cn_design_realign(w->d.m.rq->arena, other.draft.design, &other.draft, &w->is.draft, out, w->err);
}

/* Where in the file, and what. */
static bool say_problems(fill_work *w, const cn_blank_problems *problems) {
    cn_arena *a = w->d.m.rq->arena;
    w->v.problems = CN_NEW_ARRAY(a, cn_slice, problems->n);
    if (!w->v.problems) return cn_fail_memory(w->err);
    for (; w->v.problems_n < problems->n; w->v.problems_n++)
        w->v.problems[w->v.problems_n] =
            cn_blank_says(&w->d.m, &problems->v[w->v.problems_n], problems->v[w->v.problems_n].at);
    w->v.failed = cn_message(w->d.m.language, CN_MSG_design_fill_wrong);
    return true;
}

/* `*out` NULL: the page says what is wrong with the file. */
static bool from_file(fill_work *w, const cn_json **out) {
    const cn_form_part *part = cn_request_part(w->d.m.rq, CN_S("file"));
    cn_blank_problems problems;
    cn_arena *a = w->d.m.rq->arena;
    bool partly = cn_request_text(w->d.m.rq, CN_S("partly")).n > 0;
    *out = NULL;
    if (!part || !part->value.n)
        return w->v.failed = cn_message(w->d.m.language, CN_MSG_design_fill_nothing), true;
    if (!cn_design_read_for(a, part->value, &w->is.draft, out, &problems, w->err)) {
        if (w->err->code != CN_INVALID) return false;
        *out = NULL;
        w->v.failed = cn_message(w->d.m.language, CN_MSG_design_fill_no_json);
        return true;
    }
    if (!cn_app_design_known(a, w->d.app, NULL, out, &problems, w->err)) return false;
    if (!problems.n || partly) return true;
    *out = NULL;
    return say_problems(w, &problems);
}

/* What is older than a list may have codes that it does not have. */
static bool from_here(fill_work *w, const cn_json **out) {
    cn_blank_problems problems = {.n = 0};
    if (!cn_app_design_known(w->d.m.rq->arena, w->d.app, w->is.draft.design, out, &problems, w->err)) return false;
    return !problems.n || say_problems(w, &problems);
}

static bool take(fill_work *w, const cn_json **out) {
    cn_slice source = cn_request_text(w->d.m.rq, CN_S("source"));
    if (cn_slice_starts(source, of_template)) return from_template(w, cn_slice_from(source, of_template.n), out);
    if (cn_slice_starts(source, of_own))
        return from_own(w, cn_slice_from(source, of_own.n), out) && from_here(w, out);
    return from_file(w, out);
}

bool cn_web_design_fill_take(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    fill_work w = {.err = err};
    const cn_json *from, *filled;
    cn_slice path;
    if (!start(&w, app, rq) || !take(&w, &from)) return false;
    if (w.v.failed.n) return show(&w, 422, rs);
    bool replace = cn_request_text(rq, CN_S("replace")).n > 0;
    if (!cn_design_fill(rq->arena, replace ? from : w.is.draft.design, replace ? w.is.draft.design : from, &filled,
                        err))
        return false;
    cn_design_change change = {.organisation = w.d.organisation,
                               .by = w.d.session->person.number,
                               .id = w.d.id,
                               .seen = cn_request_text(rq, CN_S("seen")),
                               .design = filled};
    if (!cn_app_design_save(rq->arena, w.d.app, rq->now, &change, err)) {
        if (strcmp(err->id, "achievement.changed") != 0) return false;
        w.v.failed = cn_message(w.d.m.language, CN_MSG_achievement_error_changed);
        return show(&w, 409, rs);
    }
    return (cn_arena_print(rq->arena, &path, "%.*s?done=filled&lang=%.*s",
                           CN_ARG(cn_desk_path(&w.d, w.d.id, "/design")),
                           CN_ARG(cn_language_tag(w.d.m.language))) &&
            cn_response_see_other(rq, rs, path)) ||
           cn_fail_memory(err);
}

/* ---- Taken along ---- */

bool cn_web_design_download(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    fill_work w = {.err = err};
    if (!start(&w, app, rq) || !cn_design_write_of(rq->arena, &w.is.draft, &rs->body, err)) return false;
    rs->media_type = CN_S("application/json");
    return cn_web_attachment(&w.d.m, CN_MSG_design_file, rs, err);
}
