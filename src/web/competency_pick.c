/* SPDX-License-Identifier: Apache-2.0
 *
 * The competencies of a design, picked from the frameworks that are here: a search, a button beside each item that
 * is found, and one beside each that was picked.
 */
#include "app/design.h"
#include "web/competencies.h"
#include "web/messages.h"

#include "base/base.h"

typedef struct picking {
    cn_desk d;
    cn_achievement is;
    cn_slice done, failed, sure_error;
    cn_err *err;
} picking;

static bool start(picking *p, void *app, const cn_request *rq, cn_err *err) {
    *p = (picking){.err = err};
    cn_desk_start(&p->d, app, rq);
    return cn_app_achievement_get(rq->arena, p->d.app, p->d.organisation, p->d.id, &p->is, err);
}

/* ---- The page ---- */

static bool add_chosen(const picking *p, cn_page_competency_pick *v) {
    const cn_making *m = &p->d.m;
    const cn_json *all = cn_json_get(p->is.draft.design, CN_S("competencies"));
    v->v = CN_NEW_ARRAY(m->rq->arena, cn_view_design_competency, cn_json_count(all));
    if (!v->v) return cn_fail_memory(p->err);
    for (; v->n < cn_json_count(all); v->n++) v->v[v->n] = cn_view_competency_at(m, all, v->n);
    return true;
}

/* Which of those found the design has already. */
static void mark_chosen(const picking *p, cn_view_competency_search *s) {
    for (size_t i = 0; i < s->n; i++) s->v[i].chosen = cn_design_has_item(p->is.draft.design, s->v[i].uri);
}

static bool fill_search(const picking *p, cn_slice path, cn_view_competency_search *s) {
    *s = (cn_view_competency_search){.picks = true,
                                     .add = cn_desk_url(&p->d, p->is.id, "/competencies/add"),
                                     .classification = cn_desk_url(&p->d, p->is.id, "/design/classification"),
                                     .csrf = p->d.session->csrf,
                                     .seen = p->is.seen};
    if (!cn_competency_search_fill(&p->d.m, path, s, p->err)) return false;
    mark_chosen(p, s);
    return true;
}

static bool show(picking *p, int status, cn_response *rs) {
    cn_making *m = &p->d.m;
    cn_page_competency_pick v = {.done = p->done, .failed = p->failed, .seen = p->is.seen};
    cn_slice path = cn_desk_path(&p->d, p->is.id, "/competencies");
    if (!add_chosen(p, &v) || !fill_search(p, path, &v.search) || !cn_web_allow_script(m->rq, rs, p->err) ||
        !cn_view_take_fill(&p->d, &p->is, path, &v.take, p->err))
        return false;
    v.name = cn_achievement_name(&p->is.draft, m->language, &v.name_language);
    v.take.sure_error = p->sure_error;
    v.page = cn_making_page(m, v.take.from.n ? cn_take_path(m, path, &v.take) : cn_competency_search_path(m, path),
                            cn_making_text(m, CN_MSG_competencies_pick_title, v.name, (cn_slice){0}));
    v.page.wrong = v.failed.n || v.take.error.n;
    v.back = cn_desk_url(&p->d, p->is.id, "");
    v.design = cn_desk_url(&p->d, p->is.id, "/design/outcomes");
    v.remove = cn_desk_url(&p->d, p->is.id, "/competencies/remove");
    cn_tpl_competency_pick(&m->out, &v);
    return cn_making_finish(m, status, rs, p->err);
}

static bool pick(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    picking p;
    cn_msg message;
    if (!start(&p, app, rq, err)) return false;
    cn_slice word = cn_request_arg(rq, CN_S("done"));
    if (word.n && cn_message_find(CN_MSG_FAMILY("competencies-done"), word, NULL, &message))
        p.done = cn_message(p.d.m.language, message);
    return show(&p, 200, rs);
}

static bool found(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    picking p;
    cn_view_competency_search s;
    return start(&p, app, rq, err) && fill_search(&p, cn_desk_path(&p.d, p.is.id, "/competencies"), &s) &&
           cn_competency_search_answer(&p.d.m, &s, rs, err);
}

/* ---- Changes ---- */

/* Here again, with what was asked. */
static bool go_on(const picking *p, const char *word, cn_response *rs) {
    cn_buf b = cn_buf_on(p->d.m.rq->arena, 8192);
    cn_buf_add(&b, cn_desk_path(&p->d, p->is.id, "/competencies"));
    cn_buf_print(&b, "?done=%s&q=", word);
    cn_url_escape(&b, cn_request_text(p->d.m.rq, CN_S("q")));
    cn_buf_add(&b, CN_S("&framework="));
    cn_url_escape(&b, cn_request_text(p->d.m.rq, CN_S("framework")));
    cn_buf_print(&b, "&lang=%.*s", CN_ARG(cn_language_tag(p->d.m.language)));
    return (cn_buf_ok(&b) && cn_response_see_other(p->d.m.rq, rs, cn_buf_slice(&b))) || cn_fail_memory(p->err);
}

static bool refuse(picking *p, cn_response *rs) {
    static const struct {
        const char *id;
        int status;
        cn_msg words;
    } known[] = {{"achievement.changed", 409, CN_MSG_competencies_changed},
                 {"design.wrong", 422, CN_MSG_competencies_full},
                 {"item.class", 422, CN_MSG_competencies_classes}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(p->err->id, known[i].id) != 0) continue;
        p->failed = cn_message(p->d.m.language, known[i].words);
        return show(p, known[i].status, rs);
    }
    return false;
}

static bool save(picking *p, const cn_json *design, const char *word, cn_response *rs) {
    const cn_request *rq = p->d.m.rq;
    cn_design_change change = {.organisation = p->d.organisation,
                               .by = p->d.session->person.number,
                               .id = p->d.id,
                               .seen = cn_request_text(rq, CN_S("seen")),
                               .design = design};
    if (cn_app_design_save(rq->arena, p->d.app, rq->now, &change, p->err)) return go_on(p, word, rs);
    return refuse(p, rs);
}

static bool number_of(const picking *p, cn_slice name, uint64_t *out) {
    return cn_slice_to_u64(cn_request_text(p->d.m.rq, name), INT64_MAX, out) ||
           cn_fail(p->err, CN_NOT_FOUND, "store.none", "There is no such item.");
}

static bool add(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    picking p;
    uint64_t number;
    const cn_json *design;
    if (!start(&p, app, rq, err) || !number_of(&p, CN_S("item"), &number)) return false;
    if (!cn_design_add_item(rq->arena, p.d.app, p.is.draft.design, (int64_t)number, &design, err))
        return refuse(&p, rs);
    return save(&p, design, "added", rs);
}

static bool drop(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    picking p;
    uint64_t place;
    const cn_json *design;
    return start(&p, app, rq, err) && number_of(&p, CN_S("place"), &place) &&
           cn_design_remove_item(rq->arena, p.is.draft.design, (size_t)place, &design, err) &&
           save(&p, design, "removed", rs);
}

/* What the form lacks is asked for on the page again. */
static bool take(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    picking p;
    if (!start(&p, app, rq, err)) return false;
    if (cn_competency_take(&p.d, err)) return go_on(&p, "taken", rs);
    bool unsure = strcmp(err->id, "reuse.unsure") == 0;
    if (!unsure && strcmp(err->id, "take.none") != 0) return refuse(&p, rs);
    p.failed = cn_message(p.d.m.language, unsure ? CN_MSG_reuse_error_sure : CN_MSG_take_error_choose);
    if (unsure) p.sure_error = p.failed;
    return show(&p, 422, rs);
}

#define HERE "/organisations/:org/achievements/:achievement/competencies"
enum { FORM_MAX = 16 << 10 };

static const cn_route routes[] = {
    {.method = CN_GET, .path = HERE, .handle = pick, .permission = CN_DESIGNER},
    {.method = CN_GET, .path = HERE "/found", .handle = found, .permission = CN_DESIGNER},
    {.method = CN_POST,
     .path = HERE "/add",
     .handle = add,
     .permission = CN_DESIGNER,
     .csrf = CN_CSRF_TOKEN,
     .max_body = FORM_MAX},
    {.method = CN_POST,
     .path = HERE "/take",
     .handle = take,
     .permission = CN_DESIGNER,
     .csrf = CN_CSRF_TOKEN,
     .max_body = FORM_MAX},
    {.method = CN_POST,
     .path = HERE "/remove",
     .handle = drop,
     .permission = CN_DESIGNER,
     .csrf = CN_CSRF_TOKEN,
     .max_body = FORM_MAX},
};
const cn_route_group cn_web_competency_pick_routes = {routes, sizeof routes / sizeof *routes};
