/* SPDX-License-Identifier: Apache-2.0
 *
 * The design of an achievement as a list of tasks: how far each section has come, and what the frameworks that are
 * aimed at still miss.
 */
#include "web/design.h"
#include "web/check.h"
#include "web/messages.h"
#include "web/reuse.h"

#include "base/base.h"

/* ---- Shared ---- */

bool cn_design_page_get(const cn_desk *d, cn_achievement *out, cn_err *err) {
    return cn_app_achievement_get(d->m.rq->arena, d->app, d->organisation, d->id, out, err);
}

bool cn_design_plan(const cn_making *m, int section, const cn_json *values, cn_blank_plan *out, cn_err *err) {
    cn_labels *known = CN_NEW(m->rq->arena, cn_labels);
    if (!known) return cn_fail_memory(err);
    *out = (cn_blank_plan){.table = cn_design_fields,
                           .section = section,
                           .values = values,
                           .labels = CN_MSG_FAMILY("design-label"),
                           .hints = CN_MSG_FAMILY("design-hint"),
                           .words = CN_MSG_FAMILY("design-word"),
                           .known = known,
                           .before = "offering."};
    return cn_labels_read(m->rq->arena, known, err);
}

cn_url cn_design_section_url(const cn_desk *d, cn_design_section section) {
    cn_slice rest;
    bool fits = cn_arena_print(d->m.rq->arena, &rest, "/design/%.*s", CN_ARG(cn_design_section_name(section)));
    return cn_desk_url(d, d->id, fits ? rest.p : "/design");
}

cn_slice cn_design_asks(const cn_making *m, const cn_design_gap *gap) {
    bool french = m->language == CN_FR;
    return cn_making_text(m, CN_MSG_design_asks, french ? gap->framework->title.fr : gap->framework->title.en,
                          french ? gap->message.fr : gap->message.en);
}

/* ---- Tasks ---- */

static const struct {
    cn_msg text;
    cn_slice kind;
} states[] = {
    [CN_DESIGN_NOT_BEGUN] = {CN_MSG_design_state_not_begun, CN_S_INIT("none")},
    [CN_DESIGN_BEGUN] = {CN_MSG_design_state_begun, CN_S_INIT("changed")},
    [CN_DESIGN_COMPLETE] = {CN_MSG_design_state_complete, CN_S_INIT("published")},
};

static bool is_in(const cn_design_gap *gap, cn_design_section section) {
    return gap->field && gap->field->section == (int)section;
}

/* One line a framework, with how many of its rules do not hold yet. */
static bool add_misses(const cn_desk *d, const cn_design_gaps *gaps, cn_design_section section,
                       cn_view_design_task *task, cn_err *err) {
    task->misses = CN_NEW_ARRAY(d->m.rq->arena, cn_view_design_miss, gaps->frameworks_n);
    if (!task->misses) return cn_fail_memory(err);
    for (size_t f = 0; f < gaps->frameworks_n; f++) {
        size_t n = 0;
        for (size_t i = 0; i < gaps->n; i++)
            n += gaps->v[i].framework == &gaps->frameworks[f] && is_in(&gaps->v[i], section);
        if (!n) continue;
        task->misses[task->misses_n++] = (cn_view_design_miss){cn_making_choose(&d->m, gaps->frameworks[f].title),
                                                               cn_making_plural(&d->m, CN_MSG_design_misses, n)};
    }
    return true;
}

static bool add_tasks(const cn_desk *d, const cn_achievement *is, const cn_design_gaps *gaps, cn_page_design *v,
                      cn_err *err) {
    size_t complete = 0;
    v->tasks = CN_NEW_ARRAY(d->m.rq->arena, cn_view_design_task, CN_DESIGN_SECTIONS);
    if (!v->tasks) return cn_fail_memory(err);
    for (cn_design_section s = 0; s < CN_DESIGN_FRAMEWORKS; s++) {
        cn_design_state state = cn_design_state_of(is->draft.design, s);
        cn_view_design_task *task = &v->tasks[v->tasks_n++];
        *task = (cn_view_design_task){
            .name = cn_blank_word(&d->m, CN_MSG_FAMILY("design-section"), cn_design_section_name(s)),
            .about = cn_blank_word(&d->m, CN_MSG_FAMILY("design-about"), cn_design_section_name(s)),
            .id = cn_design_section_name(s),
            .link = cn_design_section_url(d, s),
            .state = cn_message(d->m.language, states[state].text),
            .state_kind = states[state].kind};
        complete += state == CN_DESIGN_COMPLETE;
        if (!add_misses(d, gaps, s, task, err)) return false;
    }
    v->progress = cn_making_plural(&d->m, CN_MSG_design_progress, complete);
    return true;
}

/* ---- What is mended elsewhere ---- */

static bool add_others(const cn_desk *d, const cn_design_gaps *gaps, cn_page_design *v, cn_err *err) {
    v->others = CN_NEW_ARRAY(d->m.rq->arena, cn_view_design_else, gaps->n);
    if (!v->others) return cn_fail_memory(err);
    for (size_t i = 0; i < gaps->n; i++) {
        const cn_design_gap *gap = &gaps->v[i];
        if (gap->field) continue;
        cn_view_design_else *one = &v->others[v->others_n++];
        one->text = cn_design_asks(&d->m, gap);
        one->rule = gap->rule;
        one->linked = d->may_design && cn_check_mend(d, gap->about, &one->link);
    }
    return true;
}

/* ---- The page ---- */

static cn_slice done_of(const cn_making *m) {
    cn_msg message;
    cn_slice word = cn_request_arg(m->rq, CN_S("done"));
    bool known = word.n && cn_message_find(CN_MSG_FAMILY("design-done"), word, NULL, &message);
    return known ? cn_message(m->language, message) : (cn_slice){0};
}

static bool tasks(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_desk d;
    cn_achievement is;
    cn_design_gaps gaps;
    cn_page_design v = {0};
    cn_desk_start(&d, app, rq);
    if (!cn_design_page_get(&d, &is, err) ||
        !cn_app_design_gaps(rq->arena, d.app, rq->now, &d.session->organisation, &is, &gaps, err) ||
        !add_tasks(&d, &is, &gaps, &v, err) || !add_others(&d, &gaps, &v, err) ||
        !cn_view_origin_fill(&d.m, is.draft.design, &v.source, err))
        return false;
    v.chosen = !gaps.usual;
    v.heading = cn_achievement_name(&is.draft, d.m.language, &v.heading_language);
    v.page = cn_making_page(&d.m, cn_desk_path(&d, is.id, "/design"),
                            cn_making_text(&d.m, CN_MSG_design_title, v.heading, (cn_slice){0}));
    v.done = done_of(&d.m);
    v.may_design = d.may_design;
    v.back = cn_desk_url(&d, is.id, "");
    v.fill = cn_desk_url(&d, is.id, "/design/fill");
    v.download = cn_desk_url(&d, is.id, "/design.json");
    v.choose = cn_design_section_url(&d, CN_DESIGN_FRAMEWORKS);
    cn_tpl_design(&d.m.out, &v);
    return cn_making_finish(&d.m, 200, rs, err);
}

/* ---- Routes ---- */

#define HERE "/organisations/:org/achievements/:achievement"
enum { FORM_MAX = 512 << 10, FILE_MAX = 1 << 20 };

static const cn_route routes[] = {
    {.method = CN_GET, .path = HERE "/design", .handle = tasks, .permission = CN_VIEWER},
    {.method = CN_GET, .path = HERE "/design.json", .handle = cn_web_design_download, .permission = CN_VIEWER},
    {.method = CN_GET, .path = HERE "/design/fill", .handle = cn_web_design_fill, .permission = CN_DESIGNER},
    {.method = CN_POST,
     .path = HERE "/design/fill",
     .handle = cn_web_design_fill_take,
     .permission = CN_DESIGNER,
     .csrf = CN_CSRF_TOKEN,
     .max_body = FILE_MAX},
    {.method = CN_GET,
     .path = HERE "/design/:section",
     .handle = cn_web_design_section,
     .permission = CN_DESIGNER},
    {.method = CN_POST,
     .path = HERE "/design/:section",
     .handle = cn_web_design_section_save,
     .permission = CN_DESIGNER,
     .csrf = CN_CSRF_TOKEN,
     .max_body = FORM_MAX},
};

const cn_route_group cn_web_design_routes = {routes, sizeof routes / sizeof *routes};
