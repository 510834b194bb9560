/* SPDX-License-Identifier: Apache-2.0
 *
 * An organisation's achievements: the list, and one of them in both languages, with what can be done next.
 */
#include "web/check.h"
#include "web/exchange.h"
#include "web/messages.h"
#include "web/reuse.h"
#include "web/reviews.h"

#include "base/base.h"

/* ---- The list ---- */

static cn_slice state_of(const cn_making *m, const cn_achievement *is, cn_slice *kind) {
    char number[16];
    (void)snprintf(number, sizeof number, "%d", is->version);
    *kind = !is->version ? CN_S("draft") : is->changed ? CN_S("changed") : CN_S("published");
    if (!is->version) return cn_message(m->language, CN_MSG_achievement_state_draft);
    return cn_making_text(m, is->changed ? CN_MSG_achievement_state_changed : CN_MSG_achievement_state_published,
                          cn_slice_of(number), (cn_slice){0});
}

/* How far it is on its way to approval; empty where it is not on it. */
static cn_slice step_of(const cn_making *m, const cn_flow *flow, cn_slice *kind) {
    bool under_way = flow->state != CN_FLOW_DRAFT && flow->state != CN_FLOW_PUBLISHED;
    *kind = under_way ? cn_flow_state_word(flow->state) : CN_S("");
    return under_way ? cn_words_flow_state(m, flow->state) : CN_S("");
}

/* Where it is on its way to approval, and whether what is published can be awarded. */
static bool add_step(const cn_desk *d, const cn_achievement *is, cn_view_achievement_row *row, cn_err *err) {
    cn_arena *a = d->m.rq->arena;
    cn_flow flow;
    cn_version version;
    cn_may_award may;
    if (!cn_app_flow(a, d->app, d->m.rq->now, is, &flow, err)) return false;
    row->step = step_of(&d->m, &flow, &row->step_kind);
    if (!is->version) return true;
    if (!cn_app_version_of(a, d->app, is->id, 0, &version, err) ||
        !cn_app_may_award(a, d->app, d->m.rq->now, &version, &may, err))
        return false;
    if (!may.yes) row->refusal = cn_words_refusal(&d->m, &may, version.version);
    return true;
}

static bool row_of(const cn_desk *d, const cn_achievement *is, cn_view_achievement_row *out, cn_err *err) {
    cn_view_achievement_row row = {.link = cn_desk_url(d, is->id, ""),
                                   .when = cn_words_date(&d->m, is->updated_at, false)};
    row.name = cn_achievement_name(&is->draft, d->m.language, &row.language);
    row.state = state_of(&d->m, is, &row.state_kind);
    *out = row;
    return add_step(d, is, out, err);
}

static bool list(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_desk d;
    cn_achievements all;
    cn_page_achievements v = {0};
    cn_desk_start(&d, app, rq);
    if (!cn_app_achievements_of(rq->arena, d.app, d.organisation, &all, err)) return false;
    v.v = CN_NEW_ARRAY(rq->arena, cn_view_achievement_row, all.n);
    if (!v.v) return cn_fail_memory(err);
    for (; v.n < all.n; v.n++)
        if (!row_of(&d, &all.v[v.n], &v.v[v.n], err)) return false;
    v.page = cn_making_page(&d.m, cn_desk_path(&d, (cn_slice){0}, ""),
                            cn_message(d.m.language, CN_MSG_achievements_title));
    v.organisation = d.organisation_name;
    v.may_design = d.may_design;
    v.begin = cn_desk_url(&d, CN_S("new"), "");
    v.take = cn_desk_url(&d, CN_S("import"), "");
    cn_slice back;
    if (!cn_arena_print(rq->arena, &back, "/organisations/%.*s", CN_ARG(d.session->organisation.id)))
        return cn_fail_memory(err);
    v.back = cn_url_path(rq->arena, back, d.m.language);
    cn_tpl_achievements(&d.m.out, &v);
    return cn_making_finish(&d.m, 200, rs, err);
}

/* ---- One of them ---- */

/* Each problem leads to its field in the form. */
static bool add_problems(const cn_desk *d, const cn_achievement *is, cn_page_achievement *v, cn_err *err) {
    cn_draft_problem found[CN_DRAFT_PROBLEMS_MAX];
    cn_arena *a = d->m.rq->arena;
    size_t n = cn_draft_check(&is->draft, true, found);
    v->problems = CN_NEW_ARRAY(a, cn_view_draft_problem, n);
    if (!v->problems) return cn_fail_memory(err);
    for (; v->problems_n < n; v->problems_n++) {
        cn_view_draft_problem *one = &v->problems[v->problems_n];
        cn_slice id = cn_draft_input_id(a, found[v->problems_n].field), address;
        one->text = cn_words_draft_problem(&d->m, &found[v->problems_n]);
        if (!cn_arena_print(a, &address, "%.*s#%.*s", CN_ARG(cn_desk_url(d, is->id, "/edit").text), CN_ARG(id)))
            return cn_fail_memory(err);
        one->link = (cn_url){address};
    }
    return true;
}

static bool add_versions(const cn_desk *d, const cn_achievement *is, cn_page_achievement *v, cn_err *err) {
    cn_arena *a = d->m.rq->arena;
    cn_versions all;
    cn_slice path;
    if (!cn_app_versions_all(a, d->app, is->id, &all, err)) return false;
    v->versions = CN_NEW_ARRAY(a, cn_view_version, all.n);
    if (!v->versions) return cn_fail_memory(err);
    for (; v->versions_n < all.n; v->versions_n++) {
        const cn_version *one = &all.v[v->versions_n];
        if (!cn_arena_print(a, &path, "/achievements/%.*s/versions/%d", CN_ARG(is->id), one->version))
            return cn_fail_memory(err);
        v->versions[v->versions_n] =
            (cn_view_version){.version = one->version,
                              .when = cn_words_date(&d->m, one->published_at, false),
                              .link = cn_url_path(a, path, d->m.language),
                              .may_restore = is->changed || one->version<is->version, .compare = one->version> 1};
        if (!cn_arena_print(a, &path, "%.*s/changes?from=%d&to=%d", CN_ARG(cn_desk_path(d, is->id, "")),
                            one->version - 1, one->version))
            return cn_fail_memory(err);
        v->versions[v->versions_n].changes = cn_url_path(a, path, d->m.language);
        if (!cn_arena_print(a, &path, "%.*s/check?version=%d", CN_ARG(cn_desk_path(d, is->id, "")), one->version))
            return cn_fail_memory(err);
        v->versions[v->versions_n].report = cn_url_path(a, path, d->m.language);
    }
    return true;
}

static bool add_texts(const cn_desk *d, const cn_achievement *is, cn_page_achievement *v, cn_err *err) {
    static const char *const images[CN_LANGUAGES] = {[CN_EN] = "/image/en", [CN_FR] = "/image/fr"};
    for (cn_language l = 0; l < CN_LANGUAGES; l++) {
        cn_view_achievement *side = &v->both[l == d->m.language ? 0 : 1];
        if (!cn_view_achievement_fill(&d->m, &is->draft, l, side, err)) return false;
        side->heading =
            cn_message(d->m.language, l == CN_FR ? CN_MSG_achievement_french : CN_MSG_achievement_english);
        side->image = cn_desk_url(d, is->id, images[l]);
    }
    return true;
}

/* Publishing is for administrators: of what is approved or, where nobody else reviews, of what they approve by it.
 */
static bool add_flow(const cn_desk *d, const cn_achievement *is, cn_page_achievement *v, cn_view_flow *out,
                     cn_err *err) {
    cn_flow flow;
    if (!cn_app_flow(d->m.rq->arena, d->app, d->m.rq->now, is, &flow, err) ||
        !cn_view_flow_fill(d, is, &flow, !v->problems_n, out, err))
        return false;
    bool approved = cn_flow_allows(CN_FLOW_PUBLISH, flow.state, flow.changed);
    bool administers = cn_roles_allow(d->session->roles, CN_ROLE_ADMINISTRATOR);
    v->approves = !approved;
    bool anew = is->changed || flow.retired, alone = flow.next.number == d->organisation;
    v->may_publish = administers && anew && !v->problems_n && (approved || alone);
    out->page = &v->page;
    v->flow = out;
    /* what was never published is no mere draft any more once it is under way */
    v->step = step_of(&d->m, &flow, &v->step_kind);
    if (is->version || !v->step.n) v->state = state_of(&d->m, is, &v->state_kind);
    return true;
}

/* What the address says was done: a word of ours, and nothing for any other. */
static cn_slice done_of(const cn_making *m) {
    cn_msg message;
    cn_slice word = cn_request_arg(m->rq, CN_S("done"));
    bool known = word.n && cn_message_find(CN_MSG_FAMILY("achievement-done"), word, NULL, &message);
    return known ? cn_message(m->language, message) : (cn_slice){0};
}

static bool show_one(cn_desk *d, cn_slice failed, int status, cn_response *rs, cn_err *err) {
    cn_achievement is;
    cn_page_achievement v = {.failed = failed};
    cn_view_flow flow;
    cn_view_report report;
    if (!cn_app_achievement_get(d->m.rq->arena, d->app, d->organisation, d->id, &is, err)) return false;
    if (!add_problems(d, &is, &v, err) || !add_versions(d, &is, &v, err) || !add_texts(d, &is, &v, err) ||
        !add_flow(d, &is, &v, &flow, err) || !cn_view_report_fill(d, &is, &report, err) ||
        !cn_view_exchange_files(&d->m, cn_desk_path(d, is.id, "/files/draft"), &v.files, err) ||
        !cn_view_origin_fill(&d->m, is.draft.design, &v.source, err) ||
        !cn_view_reused_fill(&d->m, is.id, &v.reused, err))
        return false;
    v.report = &report;
    v.heading = cn_achievement_name(&is.draft, d->m.language, &v.heading_language);
    v.page = cn_making_page(&d->m, cn_desk_path(d, is.id, ""),
                            cn_making_text(&d->m, CN_MSG_achievement_title, v.heading, (cn_slice){0}));
    v.organisation = d->organisation_name;
    v.done = failed.n ? (cn_slice){0} : done_of(&d->m);
    v.seen = is.seen;
    v.next = is.changed ? is.version + 1 : is.version;
    v.may_design = d->may_design;
    v.back = cn_desk_url(d, (cn_slice){0}, "");
    v.edit = cn_desk_url(d, is.id, "/edit");
    v.design = cn_desk_url(d, is.id, "/design");
    v.competencies = cn_desk_url(d, is.id, "/competencies");
    v.changes = cn_desk_url(d, is.id, "/changes");
    v.compare = is.version && is.changed;
    v.offerings = cn_desk_url(d, is.id, "/offerings");
    v.image = cn_desk_url(d, is.id, "/image");
    v.publish = cn_desk_url(d, is.id, "/publish");
    v.restore = cn_desk_url(d, is.id, "/restore");
    v.endorsed.more = cn_desk_url(d, is.id, "/endorsements");
    if (!cn_web_endorsed_fill(&d->m, &is, &v.endorsed, err)) return false;
    cn_tpl_achievement(&d->m.out, &v);
    return cn_making_finish(&d->m, status, rs, err);
}

static bool one(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_desk d;
    cn_desk_start(&d, app, rq);
    return show_one(&d, (cn_slice){0}, 200, rs, err);
}

/* ---- Published, and drawn back ---- */

static const struct {
    const char *id;
    int status;
    cn_msg message;
} refusals[] = {
    {"achievement.changed", 409, CN_MSG_achievement_error_changed},
    {"achievement.published", 409, CN_MSG_achievement_error_published},
    {"achievement.draft", 409, CN_MSG_achievement_error_draft},
    {"draw.font", 503, CN_MSG_achievement_error_font},
    {"flow.changed", 409, CN_MSG_achievement_error_changed},
    {"flow.moved", 409, CN_MSG_flow_error_moved},
    {"flow.state", 409, CN_MSG_flow_error_state},
    {"flow.unapproved", 409, CN_MSG_flow_error_unapproved},
    {"flow.reason", 422, CN_MSG_flow_error_reason},
};

bool cn_web_achievement_refuse(cn_desk *d, cn_response *rs, cn_err *err) {
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++)
        if (!strcmp(refusals[i].id, err->id))
            return show_one(d, cn_message(d->m.language, refusals[i].message), refusals[i].status, rs, err);
    return false;
}

static bool publish(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_desk d;
    int version;
    cn_desk_start(&d, app, rq);
    if (!cn_app_achievement_publish(rq->arena, d.app, rq->now, d.organisation, d.session->person.number, d.id,
                                    cn_request_text(rq, CN_S("seen")), &version, err))
        return cn_web_achievement_refuse(&d, rs, err);
    return cn_desk_done(&d, d.id, "published", rs, err);
}

static bool restore(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_desk d;
    uint64_t version;
    cn_desk_start(&d, app, rq);
    if (!cn_slice_to_u64(cn_request_text(rq, CN_S("version")), INT32_MAX, &version))
        return cn_fail(err, CN_NOT_FOUND, "store.none", "There is no such version.");
    if (!cn_app_achievement_restore(rq->arena, d.app, rq->now, d.organisation, d.session->person.number, d.id,
                                    (int)version, err))
        return cn_web_achievement_refuse(&d, rs, err);
    return cn_desk_done(&d, d.id, "restored", rs, err);
}

/* ---- Routes ---- */

#define HERE "/organisations/:org/achievements"
enum { TEXTS_MAX = 256 << 10, BUTTON_MAX = 4 << 10, REASON_MAX = 64 << 10, IMAGE_MAX = 5 << 20, DRAWING_COST = 1 };

static const cn_route routes[] = {
    {.method = CN_GET, .path = HERE, .handle = list, .permission = CN_VIEWER},
    {.method = CN_GET, .path = HERE "/new", .handle = cn_web_achievement_new, .permission = CN_DESIGNER},
    {.method = CN_POST,
     .path = HERE "/new",
     .handle = cn_web_achievement_begin,
     .permission = CN_DESIGNER,
     .csrf = CN_CSRF_TOKEN,
     .max_body = TEXTS_MAX},
    {.method = CN_GET, .path = HERE "/:achievement", .handle = one, .permission = CN_VIEWER},
    {.method = CN_GET,
     .path = HERE "/:achievement/edit",
     .handle = cn_web_achievement_edit,
     .permission = CN_DESIGNER},
    {.method = CN_POST,
     .path = HERE "/:achievement/edit",
     .handle = cn_web_achievement_save,
     .permission = CN_DESIGNER,
     .csrf = CN_CSRF_TOKEN,
     .max_body = TEXTS_MAX},
    {.method = CN_GET,
     .path = HERE "/:achievement/image",
     .handle = cn_web_achievement_image,
     .permission = CN_DESIGNER},
    {.method = CN_POST,
     .path = HERE "/:achievement/image",
     .handle = cn_web_achievement_image_set,
     .permission = CN_DESIGNER,
     .csrf = CN_CSRF_TOKEN,
     .max_body = IMAGE_MAX},
    {.method = CN_GET,
     .path = HERE "/:achievement/image/:language",
     .handle = cn_web_achievement_image_shown,
     .permission = CN_VIEWER,
     .cost = DRAWING_COST},
    {.method = CN_GET,
     .path = HERE "/:achievement/changes",
     .handle = cn_web_achievement_changes,
     .permission = CN_VIEWER},
    {.method = CN_POST,
     .path = HERE "/:achievement/submit",
     .handle = cn_web_achievement_submit,
     .permission = CN_DESIGNER,
     .csrf = CN_CSRF_TOKEN,
     .max_body = REASON_MAX},
    {.method = CN_POST,
     .path = HERE "/:achievement/recall",
     .handle = cn_web_achievement_recall,
     .permission = CN_DESIGNER,
     .csrf = CN_CSRF_TOKEN,
     .max_body = BUTTON_MAX},
    {.method = CN_POST,
     .path = HERE "/:achievement/publish",
     .handle = publish,
     .permission = CN_ADMINISTRATOR,
     .csrf = CN_CSRF_TOKEN,
     .max_body = BUTTON_MAX},
    {.method = CN_POST,
     .path = HERE "/:achievement/retire",
     .handle = cn_web_achievement_retire,
     .permission = CN_ADMINISTRATOR,
     .csrf = CN_CSRF_TOKEN,
     .max_body = REASON_MAX},
    {.method = CN_POST,
     .path = HERE "/:achievement/restore",
     .handle = restore,
     .permission = CN_DESIGNER,
     .csrf = CN_CSRF_TOKEN,
     .max_body = BUTTON_MAX},
};

const cn_route_group cn_web_achievement_routes = {routes, sizeof routes / sizeof routes[0]};
