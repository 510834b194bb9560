/* SPDX-License-Identifier: Apache-2.0
 *
 * The offerings of an achievement: the list, the form, and closing one.
 */
#include "web/offerings.h"
#include "app/offerings.h"
#include "web/achievements.h"
#include "web/messages.h"

#include "base/base.h"

/* ---- In words ---- */

static cn_blank_plan plan_of(const cn_json *values) {
    return (cn_blank_plan){.table = cn_offering_fields,
                           .values = values,
                           .labels = CN_MSG_FAMILY("offering-label"),
                           .hints = CN_MSG_FAMILY("offering-hint"),
                           .words = CN_MSG_FAMILY("design-word")};
}

/* Its name, or else when it begins. */
static cn_slice heading_of(const cn_making *m, const cn_json *details) {
    const cn_json *name = cn_json_get(details, CN_S("name"));
    bool french = m->language == CN_FR;
    cn_hidden h = {.arena = m->rq->arena};
    cn_slice own = cn_json_get_text(name, french ? CN_S("fr") : CN_S("en"));
    cn_slice text = own.n ? own : cn_json_get_text(name, french ? CN_S("en") : CN_S("fr"));
    cn_slice starts = cn_json_get_text(details, CN_S("starts"));
    cn_time day;
    if (text.n) return cn_hidden_show(&h, text);
    if (!starts.n) return cn_message(m->language, CN_MSG_offering_any_time);
    if (!cn_time_read_loose(starts, &day)) return starts;
    return cn_making_text(m, CN_MSG_offering_from, cn_words_date(m, day, false), (cn_slice){0});
}

static bool view_of(const cn_making *m, const cn_offering *o, cn_view_offering *out, cn_err *err) {
    cn_blank_plan plan = plan_of(o->details);
    *out = (cn_view_offering){
        .heading = heading_of(m, o->details),
        .closed = o->closed,
        .state_kind = o->closed ? CN_S("none") : CN_S("published"),
        .state = cn_message(m->language, o->closed ? CN_MSG_offering_closed : CN_MSG_offering_open)};
    return cn_view_blanks_show(m, &plan, &out->facts, err);
}

bool cn_view_offerings_open(const cn_making *m, int64_t achievement, cn_view_offerings *out, cn_err *err) {
    cn_offerings open;
    if (!cn_app_offerings_open(m->rq->arena, m->web->app, m->rq->now, achievement, &open, err)) return false;
    *out = (cn_view_offerings){.v = CN_NEW_ARRAY(m->rq->arena, cn_view_offering, open.n)};
    if (!out->v) return cn_fail_memory(err);
    for (; out->n < open.n; out->n++)
        if (!view_of(m, &open.v[out->n], &out->v[out->n], err)) return false;
    return true;
}

/* ---- The list ---- */

static cn_url own_url(const cn_desk *d, cn_slice offering, const char *rest) {
    cn_slice path;
    bool fits =
        cn_arena_print(d->m.rq->arena, &path, "/offerings%s%.*s%s", offering.n ? "/" : "", CN_ARG(offering), rest);
    return cn_desk_url(d, d->id, fits ? path.p : "");
}

static cn_slice done_of(const cn_making *m) {
    cn_msg message;
    cn_slice word = cn_request_arg(m->rq, CN_S("done"));
    bool known = word.n && cn_message_find(CN_MSG_FAMILY("offering-done"), word, NULL, &message);
    return known ? cn_message(m->language, message) : (cn_slice){0};
}

static bool fill_list(const cn_desk *d, const cn_offerings *all, cn_page_offerings *v, cn_err *err) {
    v->list.v = CN_NEW_ARRAY(d->m.rq->arena, cn_view_offering, all->n);
    if (!v->list.v) return cn_fail_memory(err);
    for (; v->list.n < all->n; v->list.n++) {
        const cn_offering *o = &all->v[v->list.n];
        cn_view_offering *one = &v->list.v[v->list.n];
        if (!view_of(&d->m, o, one, err)) return false;
        one->edit = own_url(d, o->id, "");
        one->close = own_url(d, o->id, "/close");
    }
    return true;
}

static bool list(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_desk d;
    cn_achievement is;
    cn_offerings all;
    cn_page_offerings v = {0};
    cn_desk_start(&d, app, rq);
    if (!cn_app_achievement_get(rq->arena, d.app, d.organisation, d.id, &is, err) ||
        !cn_app_offerings_of(rq->arena, d.app, is.number, &all, err) || !fill_list(&d, &all, &v, err))
        return false;
    v.name = cn_achievement_name(&is.draft, d.m.language, &v.name_language);
    v.page = cn_making_page(&d.m, cn_desk_path(&d, is.id, "/offerings"),
                            cn_making_text(&d.m, CN_MSG_offerings_title, v.name, (cn_slice){0}));
    v.done = done_of(&d.m);
    v.may_design = d.may_design;
    v.back = cn_desk_url(&d, is.id, "");
    v.begin = own_url(&d, CN_S("new"), "");
    cn_tpl_offerings(&d.m.out, &v);
    return cn_making_finish(&d.m, 200, rs, err);
}

/* ---- The form ---- */

static bool is_new(const cn_request *rq) {
    return !cn_request_arg(rq, CN_S("offering")).n;
}

static bool show_form(cn_desk *d, const cn_json *values, const cn_blank_problems *problems, cn_slice failed,
                      cn_slice seen, int status, cn_response *rs, cn_err *err) {
    cn_blank_plan plan = plan_of(values);
    cn_page_offering v = {.seen = seen};
    cn_achievement is;
    bool begins = is_new(d->m.rq);
    plan.problems = problems;
    if (!cn_app_achievement_get(d->m.rq->arena, d->app, d->organisation, d->id, &is, err) ||
        !cn_view_form_fill(&d->m, &plan, &v.form, err))
        return false;
    v.form.failed = failed;
    v.name = cn_achievement_name(&is.draft, d->m.language, &v.name_language);
    v.heading = cn_message(d->m.language, begins ? CN_MSG_offering_new : CN_MSG_offering_edit);
    v.page = cn_making_page(&d->m, d->m.rq->path,
                            cn_making_text(&d->m, CN_MSG_design_section_title, v.heading, v.name));
    v.page.wrong = v.form.wrong_n || failed.n;
    v.back = own_url(d, (cn_slice){0}, "");
    v.action = own_url(d, begins ? CN_S("new") : cn_request_arg(d->m.rq, CN_S("offering")), "");
    cn_tpl_offering(&d->m.out, &v);
    return cn_making_finish(&d->m, status, rs, err);
}

static bool form(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_desk d;
    cn_offering o = {0};
    cn_desk_start(&d, app, rq);
    if (!is_new(rq) && !cn_app_offering_get(rq->arena, d.app, d.organisation, d.id,
                                            cn_request_arg(rq, CN_S("offering")), &o, err))
        return false;
    return show_form(&d, o.details, NULL, (cn_slice){0}, o.seen, 200, rs, err);
}

static bool go(const cn_desk *d, const char *done, cn_response *rs, cn_err *err) {
    cn_slice path;
    return (cn_arena_print(d->m.rq->arena, &path, "%.*s?done=%s&lang=%.*s",
                           CN_ARG(cn_desk_path(d, d->id, "/offerings")), done,
                           CN_ARG(cn_language_tag(d->m.language))) &&
            cn_response_see_other(d->m.rq, rs, path)) ||
           cn_fail_memory(err);
}

static bool save(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_desk d;
    cn_blank_problems problems;
    const cn_json *tidy;
    cn_json *typed;
    cn_slice id, seen = cn_request_text(rq, CN_S("seen"));
    cn_desk_start(&d, app, rq);
    cn_typed input = cn_web_typed(&d.m);
    if (!cn_blanks_typed(rq->arena, cn_offering_fields, 0, &input, &typed, err) ||
        !cn_blanks_read(rq->arena, cn_offering_fields, typed, CN_S("en"), &tidy, &problems, err))
        return false;
    cn_offering_check(tidy, &problems);
    if (problems.n) return show_form(&d, typed, &problems, (cn_slice){0}, seen, 422, rs, err);
    cn_offering_change change = {.organisation = d.organisation,
                                 .by = d.session->person.number,
                                 .achievement = d.id,
                                 .id = cn_request_arg(rq, CN_S("offering")),
                                 .seen = seen,
                                 .details = typed};
    if (cn_app_offering_save(rq->arena, d.app, rq->now, &change, &id, err)) return go(&d, "saved", rs, err);
    if (strcmp(err->id, "offering.changed") != 0) return false;
    /* What was typed stays to be copied; sending it again tells that one means it. */
    cn_offering is;
    if (!cn_app_offering_get(rq->arena, d.app, d.organisation, d.id, change.id, &is, err)) return false;
    return show_form(&d, typed, NULL, cn_message(d.m.language, CN_MSG_offering_overwrite), is.seen, 409, rs, err);
}

static bool close_it(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_desk d;
    bool open = cn_request_text(rq, CN_S("open")).n > 0;
    cn_desk_start(&d, app, rq);
    return cn_app_offering_close(d.app, rq->now, d.organisation, d.session->person.number, d.id,
                                 cn_request_arg(rq, CN_S("offering")), !open, err) &&
           go(&d, open ? "opened" : "closed", rs, err);
}

/* ---- Routes ---- */

#define HERE "/organisations/:org/achievements/:achievement/offerings"
enum { FORM_MAX = 128 << 10, BUTTON_MAX = 4 << 10 };

static const cn_route routes[] = {
    {.method = CN_GET, .path = HERE, .handle = list, .permission = CN_VIEWER},
    {.method = CN_GET, .path = HERE "/new", .handle = form, .permission = CN_DESIGNER},
    {.method = CN_POST,
     .path = HERE "/new",
     .handle = save,
     .permission = CN_DESIGNER,
     .csrf = CN_CSRF_TOKEN,
     .max_body = FORM_MAX},
    {.method = CN_GET, .path = HERE "/:offering", .handle = form, .permission = CN_DESIGNER},
    {.method = CN_POST,
     .path = HERE "/:offering",
     .handle = save,
     .permission = CN_DESIGNER,
     .csrf = CN_CSRF_TOKEN,
     .max_body = FORM_MAX},
    {.method = CN_POST,
     .path = HERE "/:offering/close",
     .handle = close_it,
     .permission = CN_DESIGNER,
     .csrf = CN_CSRF_TOKEN,
     .max_body = BUTTON_MAX},
};

const cn_route_group cn_web_offerings_routes = {routes, sizeof routes / sizeof *routes};
