/* SPDX-License-Identifier: Apache-2.0
 *
 * What an organisation was asked to endorse and has signed; and one endorsement for everybody, whose address
 * stands in what was signed.
 */
#include "web/endorsements.h"
#include "web/messages.h"

#include "base/base.h"

/* ---- Requests in words ---- */

static const struct {
    const char *state;
    cn_msg words;
} request_states[] = {{"waiting", CN_MSG_endorsement_request_waiting},
                      {"given", CN_MSG_endorsement_request_given},
                      {"declined", CN_MSG_endorsement_request_declined},
                      {"withdrawn", CN_MSG_endorsement_request_withdrawn}};

static cn_slice state_of(const cn_making *m, cn_slice state) {
    for (size_t i = 0; i < sizeof request_states / sizeof *request_states; i++)
        if (cn_slice_eq(state, cn_slice_of(request_states[i].state)))
            return cn_message(m->language, request_states[i].words);
    return (cn_slice){0};
}

bool cn_web_request_fill(const cn_making *m, const cn_endorsement_request *r, int64_t other, cn_view_request *out,
                         cn_err *err) {
    cn_hidden h = {.arena = m->rq->arena};
    cn_endorsable what;
    cn_organisation who;
    if (!cn_app_organisation_get(m->rq->arena, m->web->app, other, &who, err)) return false;
    *out = (cn_view_request){.id = r->id,
                             .organisation = cn_making_choose(m, who.name),
                             .message = cn_hidden_show(&h, r->reason.n ? r->reason : r->message),
                             .when = cn_words_date(m, r->created_at, false),
                             .state = state_of(m, r->state),
                             .waiting = cn_slice_eq(r->state, CN_S("waiting"))};
    bool there = cn_app_endorsable(m->rq->arena, m->web->app, r->asker, r->achievement_id, r->version, &what, err);
    if (there) out->name = cn_hidden_show(&h, cn_achievement_name(&what.draft, m->language, &out->name_language));
    return there || err->code == CN_NOT_FOUND;
}

/* ---- The organisation's page ---- */

static bool fill_requests(const cn_making *m, bool may_sign, cn_view_requests *out, cn_err *err) {
    cn_endorsement_requests all;
    if (!cn_app_endorsement_requests_to(m->rq->arena, m->web->app, cn_web_session(m->rq)->organisation.number,
                                        &all, err))
        return false;
    out->v = CN_NEW_ARRAY(m->rq->arena, cn_view_request, all.n);
    if (!out->v) return cn_fail_memory(err);
    for (size_t i = 0; i < all.n; i++) {
        cn_view_request *one = &out->v[out->n];
        if (!cn_slice_eq(all.v[i].state, CN_S("waiting"))) continue;
        if (!cn_web_request_fill(m, &all.v[i], all.v[i].asker, one, err)) return false;
        one->may_answer = may_sign && one->name.n;
        one->link = cn_web_endorsements_url(m, "/requests/", one->id, "");
        out->n++;
    }
    return true;
}

static bool fill_signed(const cn_making *m, bool acceptance, bool may_sign, cn_view_endorsements *out,
                        cn_err *err) {
    cn_endorsements all;
    if (!cn_app_endorsements_by(m->rq->arena, m->web->app, cn_web_session(m->rq)->organisation.number, acceptance,
                                &all, err) ||
        !cn_web_endorsements_fill(m, &all, NULL, false, out, err))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        out->v[i].may_revoke = may_sign && !all.v[i].revoked_at.sec;
        out->v[i].revoke = cn_web_endorsements_url(m, "/", all.v[i].id, "/revoke");
    }
    return true;
}

static bool list(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    const cn_session *s = cn_web_session(rq);
    cn_making m;
    cn_slice back;
    cn_making_start(&m, app, rq);
    cn_page_endorsements v = {.organisation = cn_making_choose(&m, s->organisation.name),
                              .may_sign = cn_roles_allow(s->roles, CN_ROLE_ISSUER),
                              .accept = cn_web_endorsements_url(&m, "/accept", (cn_slice){0}, ""),
                              .done = cn_web_endorsement_done(&m)};
    if (!fill_requests(&m, v.may_sign, &v.requests, err) || !fill_signed(&m, false, v.may_sign, &v.given, err) ||
        !fill_signed(&m, true, v.may_sign, &v.acceptances, err))
        return false;
    if (!cn_arena_print(rq->arena, &back, "/organisations/%.*s", CN_ARG(s->organisation.id)))
        return cn_fail_memory(err);
    v.back = cn_url_path(rq->arena, back, m.language);
    v.page = cn_making_page(&m, rq->path, cn_message(m.language, CN_MSG_endorsements_title));
    cn_tpl_endorsements(&m.out, &v);
    return cn_making_finish(&m, 200, rs, err);
}

/* ---- One, for everybody ---- */

static bool show(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_endorsement e;
    cn_page_endorsement v = {0};
    cn_slice json;
    cn_making_start(&m, app, rq);
    if (!cn_app_endorsement_get(rq->arena, m.web->app, cn_request_arg(rq, CN_S("endorsement")), &e, err) ||
        !cn_web_endorsement_fill(&m, &e, NULL, true, &v.endorsement, err))
        return false;
    if (!cn_arena_print(rq->arena, &json, "/endorsements/%.*s/endorsement.json", CN_ARG(e.id)))
        return cn_fail_memory(err);
    v.json = (cn_url){json};
    v.endorsement.page = (cn_url){0}; /* one is there */
    cn_slice title = cn_making_text(&m, CN_MSG_people_title, v.endorsement.subject, (cn_slice){0});
    v.page = cn_making_page(&m, rq->path, title);
    cn_tpl_endorsement(&m.out, &v);
    return cn_making_finish(&m, 200, rs, err);
}

static bool file(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    const cn_web *web = app;
    cn_endorsement e;
    if (!cn_app_endorsement_get(rq->arena, web->app, cn_request_arg(rq, CN_S("endorsement")), &e, err))
        return false;
    rs->media_type = CN_S("application/json");
    rs->body = e.document;
    return true;
}

/* ---- Routes ---- */

#define HERE "/organisations/:org/endorsements"
#define ASK "/organisations/:org/achievements/:achievement/endorsements"
enum { FORM_MAX = 32 << 10, CHECK_COST = 1, SIGN_COST = 2 };
#define SIGNS                                                                                                     \
    .method = CN_POST, .permission = CN_ISSUER, .csrf = CN_CSRF_TOKEN, .max_body = FORM_MAX, .cost = SIGN_COST
#define ASKS .method = CN_POST, .permission = CN_DESIGNER, .csrf = CN_CSRF_TOKEN, .max_body = FORM_MAX

static const cn_route routes[] = {
    {.method = CN_GET, .path = HERE, .handle = list, .permission = CN_VIEWER},
    {.method = CN_GET, .path = HERE "/accept", .handle = cn_web_accept_form, .permission = CN_ISSUER},
    {SIGNS, .path = HERE "/accept", .handle = cn_web_accept},
    {.method = CN_GET, .path = HERE "/requests/:request", .handle = cn_web_endorse_form, .permission = CN_ISSUER},
    {SIGNS, .path = HERE "/requests/:request", .handle = cn_web_endorse},
    {SIGNS, .path = HERE "/requests/:request/decline", .handle = cn_web_endorse_decline},
    {.method = CN_GET,
     .path = HERE "/:endorsement/revoke",
     .handle = cn_web_endorsement_revoke_form,
     .permission = CN_ISSUER},
    {SIGNS, .path = HERE "/:endorsement/revoke", .handle = cn_web_endorsement_revoke},
    {.method = CN_GET, .path = ASK, .handle = cn_web_endorsement_ask_form, .permission = CN_VIEWER},
    {ASKS, .path = ASK, .handle = cn_web_endorsement_ask},
    {ASKS, .path = ASK "/withdraw", .handle = cn_web_endorsement_withdraw},
    {.method = CN_GET, .path = "/endorsements/:endorsement", .handle = show, .cost = CHECK_COST},
    {.method = CN_GET, .path = "/endorsements/:endorsement/endorsement.json", .handle = file},
};
const cn_route_group cn_web_endorsement_routes = {routes, sizeof routes / sizeof routes[0]};
