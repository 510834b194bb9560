/* SPDX-License-Identifier: Apache-2.0
 *
 * One award, for the staff of the organisation that made it: what stands in the register, whether it was claimed,
 * and sending the claim again. Its revocation is in award_revoke.c.
 */
#include "app/achievements.h"
#include "app/form.h"
#include "web/claims.h"
#include "web/letter.h"
#include "web/messages.h"
#include "web/session.h"

#include "base/base.h"

/* ---- Addresses ---- */

bool cn_web_award_own(const cn_making *m, cn_credential *out, cn_err *err) {
    int64_t organisation = cn_web_session(m->rq)->organisation.number;
    cn_slice id = cn_request_arg(m->rq, CN_S("award"));
    return cn_app_credential_own(m->rq->arena, m->web->app, organisation, id, out, err);
}

cn_url cn_web_award_url(const cn_making *m, const cn_credential *c, const char *rest) {
    cn_slice path;
    bool fits = cn_arena_print(m->rq->arena, &path, "/organisations/%.*s/awards/%.*s%s",
                               CN_ARG(c->organisation_id), CN_ARG(c->id), rest);
    return cn_url_path(m->rq->arena, fits ? path : CN_S("/"), m->language);
}

static cn_url awards_url(const cn_making *m, const cn_credential *c) {
    cn_slice path;
    bool fits = cn_arena_print(m->rq->arena, &path, "/organisations/%.*s/awards", CN_ARG(c->organisation_id));
    return cn_url_path(m->rq->arena, fits ? path : CN_S("/"), m->language);
}

/* ---- Facts ---- */

static void add_link(const cn_making *m, cn_page_award *v, cn_msg name, cn_slice text, cn_url url) {
    if (!text.n) return;
    assert(v->facts_n < CN_AWARD_FACTS);
    v->facts[v->facts_n++] = (cn_view_fact){.name = cn_message(m->language, name),
                                            .text = text,
                                            .url = url,
                                            .linked = url.text.n && !cn_slice_eq(url.text, CN_S("#"))};
}

static void add(const cn_making *m, cn_page_award *v, cn_msg name, cn_slice text) {
    add_link(m, v, name, text, (cn_url){0});
}

/* "2026-05-28" in words; what is no date stays as it is. */
static cn_slice say_day(const cn_making *m, cn_slice day) {
    cn_slice midnight;
    cn_time t;
    bool is_day =
        cn_arena_print(m->rq->arena, &midnight, "%.*sT00:00:00Z", CN_ARG(day)) && cn_time_read(midnight, &t, NULL);
    return is_day ? cn_words_date(m, t, false) : day;
}

static cn_slice say_claim(const cn_making *m, const cn_credential *c) {
    if (!c->claimed_at.sec) return cn_message(m->language, CN_MSG_staff_claim_waiting);
    cn_msg message = c->holder ? CN_MSG_staff_claim_done : CN_MSG_staff_claim_gone;
    return cn_making_text(m, message, cn_words_date(m, c->claimed_at, false), (cn_slice){0});
}

static void say_facts(const cn_making *m, const cn_credential *c, const cn_view_award *award, cn_page_award *v) {
    bool french = cn_slice_eq(c->language, CN_S("fr"));
    cn_slice public_page = cn_form_credential_url(m->rq->arena, m->web->app->origin, c->id);
    add_link(m, v, CN_MSG_staff_achievement, award->name, award->version);
    add_link(m, v, CN_MSG_staff_version, award->edition, award->version);
    add(m, v, CN_MSG_staff_key, c->learner_key);
    add(m, v, CN_MSG_staff_email, c->email);
    add(m, v, CN_MSG_staff_language,
        cn_message(m->language, french ? CN_MSG_staff_language_fr : CN_MSG_staff_language_en));
    add(m, v, CN_MSG_staff_result, c->result);
    add(m, v, CN_MSG_staff_decision, c->decision);
    add(m, v, CN_MSG_staff_decided, say_day(m, c->decided_on));
    add(m, v, CN_MSG_staff_method, c->method);
    add(m, v, CN_MSG_staff_assessor, c->assessor);
    add_link(m, v, CN_MSG_staff_evidence, c->evidence, cn_url_web(c->evidence));
    add(m, v, CN_MSG_staff_awarded, cn_words_date(m, c->awarded_at, false));
    add(m, v, CN_MSG_staff_until, award->until);
    add(m, v, CN_MSG_staff_claim, say_claim(m, c));
    add_link(m, v, CN_MSG_staff_page, public_page, award->page);
}

/* ---- The page ---- */

/* What has just been done, by the argument that the redirection left. */
static void say_done(const cn_making *m, const cn_credential *c, cn_page_award *v) {
    static const struct {
        cn_slice word;
        cn_msg text;
        bool good;
    } done[] = {
        {CN_S_INIT("sent"), CN_MSG_staff_again_done, true},
        {CN_S_INIT("closed"), CN_MSG_staff_again_closed, false},
        {CN_S_INIT("revoked"), CN_MSG_staff_revoked_done, true},
    };
    cn_slice word = cn_request_arg(m->rq, CN_S("done"));
    for (size_t i = 0; i < sizeof done / sizeof *done; i++) {
        if (!cn_slice_eq(word, done[i].word)) continue;
        v->notice = cn_making_text(m, done[i].text, c->email, (cn_slice){0});
        v->good = done[i].good;
    }
}

static void say_revoked(const cn_making *m, const cn_credential *c, cn_page_award *v) {
    if (!c->revoked_at.sec) return;
    v->revoked = cn_making_text(m, CN_MSG_staff_revoked, cn_words_date(m, c->revoked_at, false), (cn_slice){0});
    v->revoke_code = cn_web_revoke_words(m, c->revoke_code);
    v->revoke_reason = c->revoke_reason;
}

static void say_undelivered(const cn_making *m, const cn_credential *c, cn_page_award *v) {
    if (!c->mail_problem.n || c->claimed_at.sec || c->revoked_at.sec) return;
    cn_slice why = cn_web_mail_problem(m->rq->language, c->mail_problem);
    v->undelivered = cn_making_text(m, CN_MSG_staff_mail, why, (cn_slice){0});
}

static bool show_award(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_credential c;
    cn_view_award award;
    cn_making_start(&m, app, rq);
    if (!cn_web_award_own(&m, &c, err) || !cn_web_award_view(&m, &c, &award, err)) return false;
    bool issuer = cn_roles_allow(cn_web_session(rq)->roles, CN_ROLE_ISSUER);
    cn_page_award v = {.name = c.name,
                       .email = c.email,
                       .may_send = issuer && !c.holder && !c.revoked_at.sec,
                       .may_revoke = issuer && !c.revoked_at.sec,
                       .awards = awards_url(&m, &c),
                       .send = cn_web_award_url(&m, &c, "/claim"),
                       .revoke = cn_web_award_url(&m, &c, "/revoke")};
    say_facts(&m, &c, &award, &v);
    say_undelivered(&m, &c, &v);
    say_done(&m, &c, &v);
    say_revoked(&m, &c, &v);
    v.page = cn_making_page(&m, rq->path, cn_making_text(&m, CN_MSG_staff_title, c.name, (cn_slice){0}));
    cn_tpl_award(&m.out, &v);
    return cn_making_finish(&m, 200, rs, err);
}

static bool send_again(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_credential c;
    const cn_session *session = cn_web_session(rq);
    cn_making_start(&m, app, rq);
    if (!cn_web_award_own(&m, &c, err)) return false;
    bool sent =
        cn_app_claim_again(rq->arena, m.web->app, rq->now, c.organisation, session->person.number, c.id, err);
    if (!sent && strcmp(err->id, "claim.closed") != 0) return false;
    cn_url to = cn_web_award_url(&m, &c, sent ? "?done=sent" : "?done=closed");
    return cn_response_see_other(rq, rs, to.text) || cn_fail_memory(err);
}

/* ---- Routes: behind those of uploads, whose names stand in the place of an award's id ---- */

enum { FORM_MAX = 16 << 10 };

static const cn_route routes[] = {
    {.method = CN_GET, .path = "/organisations/:org/awards/:award", .handle = show_award, .permission = CN_VIEWER},
    {.method = CN_POST,
     .path = "/organisations/:org/awards/:award/claim",
     .handle = send_again,
     .permission = CN_ISSUER,
     .csrf = CN_CSRF_TOKEN,
     .max_body = FORM_MAX},
    {.method = CN_GET,
     .path = "/organisations/:org/awards/:award/revoke",
     .handle = cn_web_revoke_form,
     .permission = CN_ISSUER},
    {.method = CN_POST,
     .path = "/organisations/:org/awards/:award/revoke",
     .handle = cn_web_revoke,
     .permission = CN_ISSUER,
     .csrf = CN_CSRF_TOKEN,
     .max_body = FORM_MAX},
};

const cn_route_group cn_web_award_routes = {routes, sizeof routes / sizeof *routes};
