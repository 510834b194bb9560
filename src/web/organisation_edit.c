/* SPDX-License-Identifier: Apache-2.0
 *
 * What an organisation is called and where its own site is, for its administrators. What was awarded keeps the
 * names it was signed with.
 */
#include "web/account.h"
#include "web/messages.h"

#include "base/base.h"

enum { FORM_MAX = 16 << 10 };

static cn_url to(const cn_making *m, const char *rest) {
    cn_slice path, id = cn_web_session(m->rq)->organisation.id;
    bool fits = cn_arena_print(m->rq->arena, &path, "/organisations/%.*s%s", CN_ARG(id), rest);
    return cn_url_path(m->rq->arena, fits ? path : CN_S("/organisations"), m->language);
}

static void finish_lines(const cn_making *m, cn_page_organisation_edit *v) {
    static const struct {
        cn_slice id, type;
        cn_msg label, hint;
    } known[CN_ORGANISATION_LINES] = {
        [CN_ORGANISATION_EN] = {CN_S_INIT("name-en"), CN_S_INIT("text"), CN_MSG_organisation_edit_en,
                                CN_MSG_organisation_edit_name_hint},
        [CN_ORGANISATION_FR] = {CN_S_INIT("name-fr"), CN_S_INIT("text"), CN_MSG_organisation_edit_fr,
                                CN_MSG_organisation_edit_name_hint},
        [CN_ORGANISATION_URL] = {CN_S_INIT("url"), CN_S_INIT("url"), CN_MSG_organisation_edit_url,
                                 CN_MSG_organisation_edit_url_hint},
    };
    for (size_t i = 0; i < CN_ORGANISATION_LINES; i++) {
        cn_view_line *line = &v->lines[i];
        line->id = known[i].id;
        line->type = known[i].type;
        line->autocomplete = CN_S("off");
        line->label = cn_message(m->language, known[i].label);
        line->hint = cn_message(m->language, known[i].hint);
        cn_view_line_done(m->rq->arena, line);
        v->wrong = v->wrong || line->error.n;
    }
}

static bool show(cn_making *m, cn_page_organisation_edit *v, int status, cn_response *rs, cn_err *err) {
    const cn_organisation *o = &cn_web_session(m->rq)->organisation;
    finish_lines(m, v);
    v->organisation = cn_making_choose(m, o->name);
    v->back = to(m, "");
    v->save = to(m, "/edit");
    v->page = cn_making_page(m, m->rq->path,
                             cn_making_text(m, CN_MSG_organisation_edit_title, v->organisation, (cn_slice){0}));
    v->page.wrong = v->wrong;
    if (m->language == CN_FR) { /* the visitor's own language stands first */
        cn_view_line english = v->lines[CN_ORGANISATION_EN];
        v->lines[CN_ORGANISATION_EN] = v->lines[CN_ORGANISATION_FR];
        v->lines[CN_ORGANISATION_FR] = english;
    }
    cn_tpl_organisation_edit(&m->out, v);
    return cn_making_finish(m, status, rs, err);
}

static bool form(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    const cn_organisation *o = &cn_web_session(rq)->organisation;
    cn_making m;
    cn_page_organisation_edit v = {.lines = {[CN_ORGANISATION_EN] = {.value = o->name.en},
                                             [CN_ORGANISATION_FR] = {.value = o->name.fr},
                                             [CN_ORGANISATION_URL] = {.value = o->url}}};
    cn_making_start(&m, app, rq);
    return show(&m, &v, 200, rs, err);
}

/* A name that is missing is told by its field; one that is too long, by both. */
static void place_error(const cn_making *m, const cn_err *why, cn_page_organisation_edit *v) {
    cn_view_line *en = &v->lines[CN_ORGANISATION_EN], *fr = &v->lines[CN_ORGANISATION_FR];
    if (!strcmp(why->id, "organisation.url")) {
        v->lines[CN_ORGANISATION_URL].error = cn_message(m->language, CN_MSG_organisation_edit_url_wrong);
        return;
    }
    cn_slice wrong = cn_message(m->language, CN_MSG_organisation_edit_name_wrong);
    bool missing = !en->value.n || !fr->value.n;
    if (!missing || !en->value.n) en->error = wrong;
    if (!missing || !fr->value.n) fr->error = wrong;
}

static bool save(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    const cn_session *s = cn_web_session(rq);
    cn_making m;
    cn_page_organisation_edit v = {0};
    cn_making_start(&m, app, rq);
    cn_slice en = cn_slice_trim(cn_request_text(rq, CN_S("name-en")));
    cn_slice fr = cn_slice_trim(cn_request_text(rq, CN_S("name-fr")));
    cn_slice url = cn_slice_trim(cn_request_text(rq, CN_S("url")));
    cn_organisation next = {
        .number = s->organisation.number, .id = s->organisation.id, .name = {en, fr}, .url = url};
    if (cn_app_organisation_set(m.web->app, rq->now, s->person.number, &next, err))
        return cn_response_see_other(rq, rs, to(&m, "?done=saved").text) || cn_fail_memory(err);
    if (err->code != CN_INVALID) return false;
    v.lines[CN_ORGANISATION_EN].value = en;
    v.lines[CN_ORGANISATION_FR].value = fr;
    v.lines[CN_ORGANISATION_URL].value = url;
    place_error(&m, err, &v);
    return show(&m, &v, 422, rs, err);
}

static const cn_route routes[] = {
    {.method = CN_GET, .path = "/organisations/:org/edit", .handle = form, .permission = CN_ADMINISTRATOR},
    {.method = CN_POST,
     .path = "/organisations/:org/edit",
     .handle = save,
     .permission = CN_ADMINISTRATOR,
     .csrf = CN_CSRF_TOKEN,
     .max_body = FORM_MAX},
};
const cn_route_group cn_web_organisation_routes = {routes, sizeof routes / sizeof *routes};
