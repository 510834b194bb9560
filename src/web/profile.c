/* SPDX-License-Identifier: Apache-2.0
 *
 * What an organisation says of itself for frameworks: where it is, what it is, who assures its quality.
 */
#include "app/profile.h"
#include "app/people.h"
#include "web/messages.h"
#include "web/profile.h"

#include "base/base.h"

enum { FORM_MAX = 16 << 10 };

static cn_url to(const cn_making *m, const char *rest) {
    cn_slice path;
    const cn_session *s = m->rq->session;
    bool fits = cn_arena_print(m->rq->arena, &path, "/organisations/%.*s%s", CN_ARG(s->organisation.id), rest);
    return cn_url_path(m->rq->arena, fits ? path : CN_S("/organisations"), m->language);
}

static bool show(cn_making *m, const cn_json *values, const cn_blank_problems *problems, int status,
                 cn_response *rs, cn_err *err) {
    const cn_session *s = m->rq->session;
    cn_labels known;
    cn_page_profile v = {
        .organisation = cn_making_choose(m, s->organisation.name), .back = to(m, ""), .save = to(m, "/profile")};
    if (!cn_labels_read(m->rq->arena, &known, err)) return false;
    cn_blank_plan plan = {.table = cn_profile_fields,
                          .values = values,
                          .problems = problems,
                          .labels = CN_MSG_FAMILY("profile-label"),
                          .hints = CN_MSG_FAMILY("profile-hint"),
                          .words = CN_MSG_FAMILY("profile-word"),
                          .known = &known,
                          .before = "offering.issuer."};
    if (!cn_view_form_fill(m, &plan, &v.form, err)) return false;
    v.page =
        cn_making_page(m, m->rq->path, cn_making_text(m, CN_MSG_profile_title, v.organisation, (cn_slice){0}));
    v.page.wrong = v.form.wrong_n > 0;
    cn_tpl_profile(&m->out, &v);
    return cn_making_finish(m, status, rs, err);
}

static bool form(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    const cn_session *s = rq->session;
    cn_json *values = cn_json_object(rq->arena);
    cn_profile profile;
    cn_making m;
    cn_making_start(&m, app, rq);
    if (!values) return cn_fail_memory(err);
    return cn_app_profile_get(rq->arena, m.web->app, s->organisation.number, &profile, err) &&
           cn_profile_write(rq->arena, &profile, values, err) && show(&m, values, NULL, 200, rs, err);
}

static bool save(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    const cn_session *s = rq->session;
    cn_blank_problems problems;
    const cn_json *tidy;
    cn_json *typed;
    cn_making m;
    cn_making_start(&m, app, rq);
    cn_typed input = cn_web_typed(&m);
    if (!cn_blanks_typed(rq->arena, cn_profile_fields, 0, &input, &typed, err) ||
        !cn_blanks_read(rq->arena, cn_profile_fields, typed, CN_S("en"), &tidy, &problems, err))
        return false;
    if (problems.n) return show(&m, typed, &problems, 422, rs, err);
    cn_profile profile = cn_profile_of(tidy);
    if (!cn_app_profile_set(rq->arena, m.web->app, rq->now, s->person.number, s->organisation.number, &profile,
                            err))
        return false;
    return cn_response_see_other(rq, rs, to(&m, "?done=profile").text) || cn_fail_memory(err);
}

static const cn_route routes[] = {
    {.method = CN_GET, .path = "/organisations/:org/profile", .handle = form, .permission = CN_ADMINISTRATOR},
    {.method = CN_POST,
     .path = "/organisations/:org/profile",
     .handle = save,
     .permission = CN_ADMINISTRATOR,
     .csrf = CN_CSRF_TOKEN,
     .max_body = FORM_MAX},
};
const cn_route_group cn_web_profile_routes = {routes, sizeof routes / sizeof *routes};
