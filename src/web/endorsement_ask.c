/* SPDX-License-Identifier: Apache-2.0
 *
 * An achievement's endorsements and acceptances, for its own organisation: what there is and whether it counts,
 * what was asked, and asking another organisation of this server.
 */
#include "web/endorsements.h"
#include "web/messages.h"

#include "base/base.h"

static bool fill_whom(const cn_desk *d, cn_page_endorsement_ask *v, cn_err *err) {
    cn_organisations all;
    if (!cn_app_organisations_of(d->m.rq->arena, d->app, 0, &all, err)) return false;
    v->whom = CN_NEW_ARRAY(d->m.rq->arena, cn_view_tick, all.n);
    if (!v->whom) return cn_fail_memory(err);
    for (size_t i = 0; i < all.n; i++)
        if (all.v[i].number != d->organisation)
            v->whom[v->whom_n++] =
                (cn_view_tick){.key = all.v[i].id,
                               .text = cn_making_choose(&d->m, all.v[i].name),
                               .chosen = cn_slice_eq(cn_request_text(d->m.rq, CN_S("whom")), all.v[i].id)};
    return true;
}

static bool fill_requests(const cn_desk *d, cn_page_endorsement_ask *v, cn_err *err) {
    cn_endorsement_requests all;
    if (!cn_app_endorsement_requests_of(d->m.rq->arena, d->app, d->id, &all, err)) return false;
    v->requests.v = CN_NEW_ARRAY(d->m.rq->arena, cn_view_request, all.n);
    if (!v->requests.v) return cn_fail_memory(err);
    for (; v->requests.n < all.n; v->requests.n++) {
        const cn_endorsement_request *r = &all.v[v->requests.n];
        if (!cn_web_request_fill(&d->m, r, r->organisation, &v->requests.v[v->requests.n], err)) return false;
    }
    return true;
}

static bool show(cn_desk *d, cn_slice error, int status, cn_response *rs, cn_err *err) {
    cn_achievement is;
    cn_page_endorsement_ask v = {.whom_error = error,
                                 .may_ask = d->may_design,
                                 .done = error.n ? (cn_slice){0} : cn_web_endorsement_done(&d->m),
                                 .message = cn_request_text(d->m.rq, CN_S("message")),
                                 .back = cn_desk_url(d, d->id, ""),
                                 .action = cn_desk_url(d, d->id, "/endorsements"),
                                 .withdraw = cn_desk_url(d, d->id, "/endorsements/withdraw")};
    if (!cn_app_achievement_get(d->m.rq->arena, d->app, d->organisation, d->id, &is, err) ||
        !cn_web_endorsed_fill(&d->m, &is, &v.endorsed, err) || !fill_requests(d, &v, err) ||
        !fill_whom(d, &v, err))
        return false;
    v.heading = cn_achievement_name(&is.draft, d->m.language, &v.heading_language);
    v.page = cn_making_page(&d->m, cn_desk_path(d, d->id, "/endorsements"),
                            cn_making_text(&d->m, CN_MSG_endorsement_ask_title, v.heading, (cn_slice){0}));
    v.page.wrong = error.n > 0;
    cn_tpl_endorsement_ask(&d->m.out, &v);
    return cn_making_finish(&d->m, status, rs, err);
}

bool cn_web_endorsement_ask_form(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_desk d;
    cn_desk_start(&d, app, rq);
    return show(&d, (cn_slice){0}, 200, rs, err);
}

static bool done(const cn_desk *d, const char *word, cn_response *rs, cn_err *err) {
    cn_slice path;
    return (cn_arena_print(d->m.rq->arena, &path, "%.*s?done=%s&lang=%.*s",
                           CN_ARG(cn_desk_path(d, d->id, "/endorsements")), word,
                           CN_ARG(cn_language_tag(d->m.language))) &&
            cn_response_see_other(d->m.rq, rs, path)) ||
           cn_fail_memory(err);
}

/* The page again with what is wrong, where that is for people to mend. */
static bool refuse(cn_desk *d, cn_response *rs, cn_err *err) {
    static const struct {
        const char *id;
        cn_msg words;
        int status;
    } all[] = {{"endorsement.whom", CN_MSG_endorsement_ask_error_whom, 422},
               {"endorsement.asked", CN_MSG_endorsement_ask_error_asked, 409},
               {"endorsement.text", CN_MSG_endorse_error_text, 422},
               {"endorsement.answered", CN_MSG_endorse_error_answered, 409}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (!strcmp(all[i].id, err->id))
            return show(d, cn_message(d->m.language, all[i].words), all[i].status, rs, err);
    return false;
}

bool cn_web_endorsement_ask(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_desk d;
    cn_slice id;
    cn_desk_start(&d, app, rq);
    cn_endorsement_ask ask = {.organisation = d.organisation,
                              .by = d.session->person.number,
                              .achievement_id = d.id,
                              .whom = cn_request_text(rq, CN_S("whom")),
                              .message = cn_request_text(rq, CN_S("message"))};
    if (!cn_app_endorsement_ask(rq->arena, d.app, rq->now, &ask, &id, err)) return refuse(&d, rs, err);
    return done(&d, "asked", rs, err);
}

bool cn_web_endorsement_withdraw(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_desk d;
    cn_desk_start(&d, app, rq);
    if (!cn_app_endorsement_withdraw(rq->arena, d.app, rq->now, d.organisation, d.session->person.number,
                                     cn_request_text(rq, CN_S("request")), err))
        return refuse(&d, rs, err);
    return done(&d, "withdrawn", rs, err);
}
