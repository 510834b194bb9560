/* SPDX-License-Identifier: Apache-2.0
 *
 * /organisations/:org/reviews: what waits for an organisation's decision and what is due; and one achievement
 * under review, as it was submitted, with comments and the decision. The organisation is the body that reviews, or
 * whose achievement it is, which reads along.
 */
#include "web/reviews.h"
#include "web/claims.h"
#include "web/messages.h"
#include "web/scopes.h"

#include "base/base.h"

enum { DUE_DAYS = 183, FORM_MAX = 64 << 10, DRAWING_COST = 1 };

static cn_slice path_of(const cn_making *m, cn_slice id, const char *rest) {
    cn_slice out;
    bool fits = cn_arena_print(m->rq->arena, &out, "/organisations/%.*s/reviews%s%.*s%s",
                               CN_ARG(cn_web_session(m->rq)->organisation.id), id.n ? "/" : "", CN_ARG(id), rest);
    return fits ? out : CN_S("/");
}

static cn_url url_of(const cn_making *m, cn_slice id, const char *rest) {
    return cn_url_path(m->rq->arena, path_of(m, id, rest), m->language);
}

static cn_url achievement_url(const cn_making *m, cn_slice id) {
    cn_slice out;
    bool fits = cn_arena_print(m->rq->arena, &out, "/organisations/%.*s/achievements/%.*s",
                               CN_ARG(cn_web_session(m->rq)->organisation.id), CN_ARG(id));
    return cn_url_path(m->rq->arena, fits ? out : CN_S("/"), m->language);
}

/* ---- What waits, and what is due ---- */

static bool add_waiting(const cn_making *m, cn_page_reviews *v, cn_err *err) {
    cn_review_waiting *all;
    size_t n;
    if (!cn_app_review_queue(m->rq->arena, m->web->app, m->rq->now, cn_web_session(m->rq)->organisation.number,
                             &all, &n, err))
        return false;
    v->waiting = CN_NEW_ARRAY(m->rq->arena, cn_view_review_row, n);
    if (!v->waiting) return cn_fail_memory(err);
    for (; v->waiting_n < n; v->waiting_n++) {
        const cn_review_waiting *one = &all[v->waiting_n];
        cn_view_review_row *row = &v->waiting[v->waiting_n];
        *row = (cn_view_review_row){
            .organisation = cn_making_either(m, one->organisation, NULL),
            .state = cn_words_flow_state(m, one->state),
            .kind = cn_flow_state_word(one->state),
            .when = one->days ? cn_making_plural(m, CN_MSG_reviews_since, (unsigned long long)one->days)
                              : cn_message(m->language, CN_MSG_reviews_since_today),
            .link = url_of(m, one->id, "")};
        row->name = cn_making_either(m, one->name, &row->language);
    }
    return true;
}

/* What ends: in words, and when. */
static void say_due(const cn_making *m, cn_time until, bool lapsed, cn_msg state, cn_view_review_row *row) {
    cn_msg when = lapsed ? CN_MSG_reviews_due_since : CN_MSG_reviews_due_by;
    row->state = cn_message(m->language, state);
    row->kind = lapsed ? CN_S("withdrawn") : CN_S("submitted");
    row->when = cn_making_text(m, when, cn_words_date(m, until, false), (cn_slice){0});
}

static cn_view_review_row approval_row(const cn_making *m, const cn_review_due *one) {
    cn_view_review_row row = {.organisation = cn_making_either(m, one->own ? one->body : one->organisation, NULL),
                              .link = one->own ? achievement_url(m, one->id) : url_of(m, one->id, "")};
    row.name = cn_making_either(m, one->name, &row.language);
    say_due(m, one->until, one->lapsed, one->lapsed ? CN_MSG_review_due_lapsed : CN_MSG_review_due_soon, &row);
    return row;
}

static cn_view_review_row scope_row(const cn_making *m, const cn_stored_scope *s) {
    const cn_session *who = cn_web_session(m->rq);
    const cn_scope_party *other = s->body.number == who->organisation.number ? &s->organisation : &s->body;
    cn_msg name =
        cn_slice_eq(s->purpose, CN_S("endorse")) ? CN_MSG_reviews_scope_endorse : CN_MSG_reviews_scope_provide;
    cn_slice path;
    bool fits = cn_arena_print(m->rq->arena, &path, "/organisations/%.*s/scopes", CN_ARG(who->organisation.id));
    cn_view_review_row row = {.name = cn_message(m->language, name),
                              .language = cn_language_tag(m->language),
                              .organisation = m->language == CN_FR ? other->name_fr : other->name_en,
                              .link = cn_url_path(m->rq->arena, fits ? path : CN_S("/"), m->language)};
    bool ended = s->valid_until.sec <= m->rq->now.sec;
    say_due(m, s->valid_until, ended, ended ? CN_MSG_reviews_scope_ended : CN_MSG_reviews_scope_soon, &row);
    return row;
}

/* Approvals and scopes by when they end. */
static bool add_due(const cn_making *m, cn_page_reviews *v, cn_err *err) {
    cn_arena *a = m->rq->arena;
    int64_t organisation = cn_web_session(m->rq)->organisation.number;
    cn_review_due *all;
    cn_scopes scopes;
    size_t n, s = 0;
    if (!cn_app_reviews_due(a, m->web->app, m->rq->now, organisation, DUE_DAYS, &all, &n, err) ||
        !cn_app_scopes_due(a, m->web->app, m->rq->now, organisation, DUE_DAYS, &scopes, err))
        return false;
    v->due = CN_NEW_ARRAY(a, cn_view_review_row, n + scopes.n);
    if (!v->due) return cn_fail_memory(err);
    for (size_t i = 0; i < n; i++) {
        while (s < scopes.n && scopes.v[s].valid_until.sec <= all[i].until.sec)
            v->due[v->due_n++] = scope_row(m, &scopes.v[s++]);
        v->due[v->due_n++] = approval_row(m, &all[i]);
    }
    while (s < scopes.n) v->due[v->due_n++] = scope_row(m, &scopes.v[s++]);
    return true;
}

static bool list(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_page_reviews v = {0};
    cn_making m;
    cn_slice back;
    const cn_session *s = cn_web_session(rq);
    cn_making_start(&m, app, rq);
    if (!add_waiting(&m, &v, err) || !add_due(&m, &v, err)) return false;
    if (!cn_arena_print(rq->arena, &back, "/organisations/%.*s", CN_ARG(s->organisation.id)))
        return cn_fail_memory(err);
    v.organisation = cn_making_choose(&m, s->organisation.name);
    v.back = cn_url_path(rq->arena, back, m.language);
    v.page = cn_making_page(&m, rq->path, cn_making_text(&m, CN_MSG_reviews_title, v.organisation, (cn_slice){0}));
    cn_tpl_reviews(&m.out, &v);
    return cn_making_finish(&m, 200, rs, err);
}

/* ---- One of them ---- */

/* An achievement under review, and how far it is. */
typedef struct review {
    cn_making m;
    const cn_session *session;
    cn_slice id;
    cn_achievement is;
    cn_flow flow;
    cn_draft draft; /* what was submitted; what there is where nothing was */
} review;

static bool start(review *r, void *app, const cn_request *rq, cn_err *err) {
    cn_making_start(&r->m, app, rq);
    r->session = cn_web_session(rq);
    r->id = cn_request_arg(rq, CN_S("achievement"));
    if (!cn_app_review_get(rq->arena, r->m.web->app, rq->now, r->session->organisation.number, r->id, &r->is,
                           &r->flow, err))
        return false;
    r->draft = r->is.draft;
    return !r->flow.document.n || cn_app_flow_submitted(rq->arena, &r->flow, &r->draft, err);
}

static bool add_texts(const review *r, cn_page_review *v, cn_err *err) {
    static const char *const images[CN_LANGUAGES] = {[CN_EN] = "/image/en", [CN_FR] = "/image/fr"};
    for (cn_language l = 0; l < CN_LANGUAGES; l++) {
        cn_view_achievement *side = &v->both[l == r->m.language ? 0 : 1];
        if (!cn_view_achievement_fill(&r->m, &r->draft, l, side, err)) return false;
        side->heading =
            cn_message(r->m.language, l == CN_FR ? CN_MSG_achievement_french : CN_MSG_achievement_english);
        side->image = url_of(&r->m, r->id, images[l]);
    }
    return true;
}

/* What frameworks find in what was submitted, as its own organisation is told. */
static bool add_report(const review *r, const cn_organisation *who, cn_page_review *v, cn_err *err) {
    cn_session theirs = *r->session;
    cn_achievement submitted = r->is;
    cn_desk d = {.m = r->m, .app = r->m.web->app, .session = &theirs, .organisation = who->number, .id = r->id};
    theirs.organisation = *who;
    submitted.draft = r->draft;
    return cn_view_report_fill(&d, &submitted, &v->report, err);
}

static bool add_comments(const review *r, cn_page_review *v, cn_err *err) {
    cn_arena *a = r->m.rq->arena;
    cn_hidden h = {.arena = a};
    cn_flow_comment *all;
    size_t n;
    if (!cn_app_flow_comments(a, r->m.web->app, &r->is, r->session->organisation.number, &all, &n, err))
        return false;
    v->comments = CN_NEW_ARRAY(a, cn_view_flow_comment, n);
    if (!v->comments) return cn_fail_memory(err);
    for (; v->comments_n < n; v->comments_n++) {
        const cn_flow_comment *one = &all[v->comments_n];
        v->comments[v->comments_n] =
            (cn_view_flow_comment){.who = cn_words_flow_who(&r->m, one->person, one->organisation),
                                   .when = cn_words_date(&r->m, one->at, true),
                                   .text = cn_hidden_show(&h, one->text)};
    }
    return true;
}

/* What lies outside the scope of whose it is, is neither approved nor awarded: who decides is told why. A scope
 * that has not begun yet will do for an approval that begins later. */
static bool add_scope(const review *r, cn_page_review *v, cn_err *err) {
    cn_scope_answer answer;
    if (!cn_app_scope_allows(r->m.rq->arena, r->m.web->app, r->is.organisation, CN_S("provide"), r->draft.design,
                             r->m.rq->now, &answer, err))
        return false;
    if (!answer.allowed) v->outside = cn_words_outside(&r->m, &answer);
    v->barred = !answer.allowed && !cn_slice_eq(answer.word, CN_S("early"));
    return true;
}

static void add_powers(const review *r, cn_page_review *v) {
    cn_flow_state state = r->flow.state;
    unsigned roles = r->session->roles;
    bool reviews =
        r->flow.body.number == r->session->organisation.number && cn_roles_allow(roles, CN_ROLE_REVIEWER);
    bool approved = cn_roles_allow(roles, CN_ROLE_REVIEWER) &&
                    cn_flow_has_given(&r->flow, r->session->organisation.number, r->m.rq->now);
    bool others = r->flow.own && r->flow.next.number != r->flow.body.number;
    v->own = r->is.organisation == r->session->organisation.number;
    v->may_take = reviews && cn_flow_allows(CN_FLOW_TAKE, state, r->flow.changed);
    v->may_approve = reviews && !others && !v->barred && cn_flow_allows(CN_FLOW_APPROVE, state, r->flow.changed);
    v->may_decide = reviews && cn_flow_allows(CN_FLOW_RETURN, state, r->flow.changed);
    v->may_withdraw = approved && cn_flow_allows(CN_FLOW_WITHDRAW, state, r->flow.changed);
    v->may_comment =
        cn_roles_allow(roles, CN_ROLE_REVIEWER) || (v->own && cn_roles_allow(roles, CN_ROLE_DESIGNER));
}

static bool add_addresses(const review *r, cn_page_review *v, cn_err *err) {
    const cn_making *m = &r->m;
    cn_slice comment;
    bool reviewer = cn_roles_allow(r->session->roles, CN_ROLE_REVIEWER);
    v->back = url_of(m, (cn_slice){0}, "");
    v->achievement = achievement_url(m, r->id);
    v->changes = url_of(m, r->id, "/changes");
    v->take = url_of(m, r->id, "/take");
    v->approve = url_of(m, r->id, "/approve");
    v->give_back = url_of(m, r->id, "/return");
    v->withdraw = url_of(m, r->id, "/withdraw");
    if (!cn_arena_print(m->rq->arena, &comment, "/organisations/%.*s/%s/%.*s/comment",
                        CN_ARG(r->session->organisation.id), reviewer ? "reviews" : "achievements", CN_ARG(r->id)))
        return cn_fail_memory(err);
    v->comment = cn_url_path(m->rq->arena, comment, m->language);
    return true;
}

static void add_lines(const review *r, cn_page_review *v) {
    const cn_making *m = &r->m;
    static const char *const ids[] = {"from", "until"};
    cn_msg until = r->flow.own ? CN_MSG_review_until_hint_own : CN_MSG_review_until_hint;
    const cn_msg labels[] = {CN_MSG_review_from, CN_MSG_review_until}, hints[] = {CN_MSG_review_from_hint, until};
    for (size_t i = 0; i < 2; i++) {
        cn_view_line *line = &v->lines[i];
        line->id = cn_slice_of(ids[i]);
        line->type = CN_S("text");
        line->autocomplete = CN_S("off");
        line->label = cn_message(m->language, labels[i]);
        line->hint = cn_message(m->language, hints[i]);
        line->value = cn_request_text(m->rq, line->id);
        cn_view_line_done(m->rq->arena, line);
    }
    cn_web_finish_field(&v->reason, CN_S(" govuk-textarea--error"), CN_S("reason-hint"),
                        CN_S("reason-hint reason-error"));
}

static cn_slice done_of(const cn_making *m) {
    cn_msg message;
    cn_slice word = cn_request_arg(m->rq, CN_S("done"));
    bool known = word.n && cn_message_find(CN_MSG_FAMILY("review-done"), word, NULL, &message);
    return known ? cn_message(m->language, message) : (cn_slice){0};
}

static bool show(review *r, cn_page_review *v, int status, cn_response *rs, cn_err *err) {
    cn_making *m = &r->m;
    cn_organisation who;
    if (!cn_app_organisation_get(m->rq->arena, m->web->app, r->is.organisation, &who, err) ||
        !cn_view_flow_about(m, &r->is, &r->flow, &v->flow, err) || !add_texts(r, v, err) ||
        !cn_view_design_facts_fill(&r->m, r->draft.design, &v->design, err) || !add_report(r, &who, v, err) ||
        !add_comments(r, v, err) || !add_scope(r, v, err) || !add_addresses(r, v, err))
        return false;
    add_powers(r, v);
    add_lines(r, v);
    v->compare = r->is.version;
    v->organisation = cn_making_either(m, who.name, NULL);
    v->heading = cn_achievement_name(&r->draft, m->language, &v->heading_language);
    v->state = cn_words_flow_state(m, r->flow.state);
    v->kind = cn_flow_state_word(r->flow.state);
    v->when = cn_words_date(m, r->flow.submitted_at.sec ? r->flow.submitted_at : r->is.updated_at, false);
    v->done = v->failed.n ? (cn_slice){0} : done_of(m);
    v->page = cn_making_page(m, path_of(m, r->id, ""),
                             cn_making_text(m, CN_MSG_review_title, v->heading, (cn_slice){0}));
    v->page.wrong = v->failed.n > 0;
    cn_tpl_review(&m->out, v);
    return cn_making_finish(m, status, rs, err);
}

static bool one(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    review r;
    cn_page_review v = {0};
    return start(&r, app, rq, err) && show(&r, &v, 200, rs, err);
}

static bool image(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    review r;
    if (!start(&r, app, rq, err)) return false;
    rs->media_type = CN_S("image/png");
    r.is.draft = r.draft;
    return cn_app_achievement_image(rq->arena, r.m.web->app, &r.is,
                                    cn_slice_eq(cn_request_arg(rq, CN_S("language")), CN_S("fr")), &rs->body, err);
}

/* ---- Decisions ---- */

/* What could not be done stands at the top, beside the field that it is about. */
static bool refuse(review *r, cn_response *rs, cn_err *err) {
    static const struct {
        const char *id, *where;
        int status;
        cn_msg message;
        cn_slice field;
    } known[] = {
        {"flow.reason", "", 422, CN_MSG_review_reasons_error, CN_S_INIT("reason")},
        {"flow.dates", "missing", 422, CN_MSG_review_until_missing, CN_S_INIT("until")},
        {"flow.dates", "order", 422, CN_MSG_review_until_order, CN_S_INIT("until")},
        {"review.date", "from", 422, CN_MSG_review_date_error, CN_S_INIT("from")},
        {"review.date", "until", 422, CN_MSG_review_date_error, CN_S_INIT("until")},
        {"review.comment", "", 422, CN_MSG_review_comment_error, CN_S_INIT("comment")},
        {"flow.scope", "", 409, CN_MSG_review_outside, CN_S_INIT("")},
        {"flow.changed", "", 409, CN_MSG_review_changed, CN_S_INIT("")},
        {"flow.moved", "", 409, CN_MSG_flow_error_moved, CN_S_INIT("")},
        {"flow.state", "", 409, CN_MSG_flow_error_state, CN_S_INIT("")},
        {"flow.body", "", 409, CN_MSG_flow_error_body, CN_S_INIT("")},
    };
    cn_page_review v = {.reason = {.value = cn_request_text(r->m.rq, CN_S("reason"))},
                        .typed_comment = cn_request_text(r->m.rq, CN_S("comment"))};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(known[i].id, err->id) || (known[i].where[0] && strcmp(known[i].where, err->where))) continue;
        v.failed = cn_message(r->m.language, known[i].message);
        v.field = known[i].field;
        if (cn_slice_eq(v.field, CN_S("reason"))) v.reason.error = v.failed;
        if (cn_slice_eq(v.field, CN_S("from"))) v.lines[0].error = v.failed;
        if (cn_slice_eq(v.field, CN_S("until"))) v.lines[1].error = v.failed;
        return show(r, &v, known[i].status, rs, err);
    }
    return false;
}

/* A day that was typed; none, where nothing was. */
static bool read_day(const cn_request *rq, const char *name, cn_time *out, cn_err *err) {
    cn_slice typed = cn_slice_trim(cn_request_text(rq, cn_slice_of(name)));
    if (!typed.n || (typed.n == 10 && cn_time_read_loose(typed, out))) return true;
    return cn_fail_at(err, CN_INVALID, "review.date", cn_slice_of(name), "it is no day.");
}

static bool go_on(const review *r, cn_slice word, cn_response *rs, cn_err *err) {
    cn_slice path;
    return (cn_arena_print(r->m.rq->arena, &path, "%.*s?done=%.*s&lang=%.*s", CN_ARG(path_of(&r->m, r->id, "")),
                           CN_ARG(word), CN_ARG(cn_language_tag(r->m.language))) &&
            cn_response_see_other(r->m.rq, rs, path)) ||
           cn_fail_memory(err);
}

static bool act(void *app, const cn_request *rq, cn_flow_action action, cn_response *rs, cn_err *err) {
    review r;
    if (!start(&r, app, rq, err)) return false;
    cn_flow_act what = {.action = action,
                        .organisation = r.session->organisation.number,
                        .by = r.session->person.number,
                        .id = r.id,
                        .seen = cn_request_text(rq, CN_S("flow")),
                        .reason = cn_request_text(rq, CN_S("reason"))};
    bool dates = action == CN_FLOW_APPROVE;
    if ((dates && (!read_day(rq, "from", &what.from, err) || !read_day(rq, "until", &what.until, err))) ||
        !cn_app_flow_act(rq->arena, r.m.web->app, rq->now, &what, err))
        return refuse(&r, rs, err);
    return go_on(&r, cn_flow_rule_of(action)->word, rs, err);
}

static bool take(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    return act(app, rq, CN_FLOW_TAKE, rs, err);
}

static bool approve(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    return act(app, rq, CN_FLOW_APPROVE, rs, err);
}

static bool give_back(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    return act(app, rq, CN_FLOW_RETURN, rs, err);
}

static bool withdraw(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    return act(app, rq, CN_FLOW_WITHDRAW, rs, err);
}

static bool comment(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    review r;
    if (!start(&r, app, rq, err)) return false;
    if (cn_app_flow_comment(rq->arena, r.m.web->app, rq->now, r.session->organisation.number,
                            r.session->person.number, r.id, cn_request_text(rq, CN_S("comment")), err))
        return go_on(&r, CN_S("comment"), rs, err);
    if (strcmp(err->id, "flow.reason") != 0) return false;
    (void)cn_fail(err, CN_INVALID, "review.comment", "nothing is said, or too much.");
    return refuse(&r, rs, err);
}

/* ---- Routes ---- */

#define HERE "/organisations/:org/reviews"
#define REVIEWER_POST(at, run)                                                                                    \
    {                                                                                                             \
        .method = CN_POST, .path = at, .handle = run, .permission = CN_REVIEWER, .csrf = CN_CSRF_TOKEN,           \
        .max_body = FORM_MAX                                                                                      \
    }

static const cn_route routes[] = {
    {.method = CN_GET, .path = HERE, .handle = list, .permission = CN_VIEWER},
    {.method = CN_GET, .path = HERE "/:achievement", .handle = one, .permission = CN_VIEWER},
    {.method = CN_GET,
     .path = HERE "/:achievement/changes",
     .handle = cn_web_review_changes,
     .permission = CN_VIEWER},
    {.method = CN_GET,
     .path = HERE "/:achievement/image/:language",
     .handle = image,
     .permission = CN_VIEWER,
     .cost = DRAWING_COST},
    REVIEWER_POST(HERE "/:achievement/take", take),
    REVIEWER_POST(HERE "/:achievement/approve", approve),
    REVIEWER_POST(HERE "/:achievement/return", give_back),
    REVIEWER_POST(HERE "/:achievement/withdraw", withdraw),
    REVIEWER_POST(HERE "/:achievement/comment", comment),
    {.method = CN_POST,
     .path = "/organisations/:org/achievements/:achievement/comment",
     .handle = comment,
     .permission = CN_DESIGNER,
     .csrf = CN_CSRF_TOKEN,
     .max_body = FORM_MAX},
};
const cn_route_group cn_web_review_routes = {routes, sizeof routes / sizeof *routes};
