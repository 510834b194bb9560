/* SPDX-License-Identifier: Apache-2.0
 *
 * How far an achievement is, as a section of its page: the steps it took, what comes next and whose turn it is,
 * why it cannot be awarded; and the steps that its own organisation takes.
 */
#include "web/reviews.h"
#include "web/messages.h"
#include "web/scopes.h"

#include "base/base.h"

/* ---- In words ---- */

static cn_slice number_text(const cn_making *m, int number) {
    cn_slice text;
    return cn_arena_print(m->rq->arena, &text, "%d", number) ? text : CN_S("");
}

cn_slice cn_words_outside(const cn_making *m, const cn_scope_answer *no) {
    return cn_making_text(m, CN_MSG_flow_outside, cn_words_scope_why(m, no), (cn_slice){0});
}

cn_slice cn_words_refusal(const cn_making *m, const cn_may_award *no, int version) {
    cn_msg message;
    if (cn_slice_eq(no->word, CN_S("scope"))) return cn_words_outside(m, &no->scope);
    bool known = cn_message_find(CN_MSG_FAMILY("award-refusal"), no->word, NULL, &message);
    assert(known);
    cn_slice when = no->when.sec ? cn_words_date(m, no->when, false) : CN_S("");
    return cn_making_text(m, message, number_text(m, version), when);
}

cn_slice cn_words_flow_state(const cn_making *m, cn_flow_state state) {
    cn_msg message;
    bool known = cn_message_find(CN_MSG_FAMILY("flow-state"), cn_flow_state_word(state), NULL, &message);
    assert(known);
    return cn_message(m->language, message);
}

cn_slice cn_words_flow_who(const cn_making *m, cn_slice person, cn_bilingual organisation) {
    cn_slice name = cn_making_either(m, organisation, NULL);
    if (!person.n || !name.n) return person.n ? person : name;
    return cn_making_text(m, CN_MSG_flow_who, person, name);
}

static cn_slice say_step(const cn_making *m, const cn_flow_step *s) {
    cn_slice state = cn_words_flow_state(m, s->state);
    return s->version ? cn_making_text(m, CN_MSG_flow_version, state, number_text(m, s->version)) : state;
}

static cn_slice say_days(const cn_making *m, int64_t days) {
    return days ? cn_making_plural(m, CN_MSG_flow_days, (unsigned long long)days)
                : cn_message(m->language, CN_MSG_flow_today);
}

bool cn_view_flow_steps(const cn_making *m, const cn_flow *flow, cn_view_flow_step **out, size_t *n, cn_err *err) {
    cn_view_flow_step *v = CN_NEW_ARRAY(m->rq->arena, cn_view_flow_step, flow->n);
    cn_hidden h = {.arena = m->rq->arena};
    if (!v) return cn_fail_memory(err);
    for (size_t i = 0; i < flow->n; i++) {
        const cn_flow_step *s = &flow->v[i];
        v[i] = (cn_view_flow_step){.state = say_step(m, s),
                                   .kind = cn_flow_state_word(s->state),
                                   .when = cn_words_date(m, s->at, false),
                                   .who = cn_words_flow_who(m, s->person, s->body),
                                   .days = say_days(m, s->days),
                                   .reason = cn_hidden_show(&h, s->reason),
                                   .last = s->last};
    }
    *out = v;
    *n = flow->n;
    return true;
}

/* ---- The section ---- */

static bool say_award(const cn_making *m, const cn_achievement *is, const cn_flow *flow, cn_may_award *may,
                      cn_view_flow *out, cn_err *err) {
    cn_arena *a = m->rq->arena;
    cn_version version;
    *may = (cn_may_award){.yes = true};
    if (!is->version) return true;
    if (!cn_app_version_of(a, m->web->app, is->id, 0, &version, err) ||
        !cn_app_may_award(a, m->web->app, m->rq->now, &version, may, err))
        return false;
    if (!may->yes) return out->refusal = cn_words_refusal(m, may, version.version), true;
    const cn_stored_approval *p = cn_approval_of(flow->approvals, flow->approvals_n, version.number, m->rq->now);
    assert(p);
    cn_slice by = cn_making_either(m, (cn_bilingual){p->body_en, p->body_fr}, NULL);
    cn_slice until = p->until.sec ? cn_words_date(m, p->until, false) : CN_S("");
    out->approved = cn_making_text(m, until.n ? CN_MSG_flow_approved_until : CN_MSG_flow_approved, by, until);
    return true;
}

/* What is at hand is the draft, where it is no more what the last step speaks of. */
static cn_slice next_word(const cn_flow *flow) {
    bool resting = flow->state == CN_FLOW_PUBLISHED || flow->state == CN_FLOW_APPROVED ||
                   flow->state == CN_FLOW_SUBMITTED || flow->state == CN_FLOW_IN_REVIEW;
    if (flow->changed && resting) return flow->state == CN_FLOW_PUBLISHED ? CN_S("draft") : CN_S("changed");
    return cn_flow_state_word(flow->state);
}

/* What helps where the organisation's scope is why it cannot be awarded; empty: only to wait for the scope to
 * begin.
 */
static cn_slice say_scope_next(const cn_making *m, const cn_scope_answer *no) {
    static const cn_slice over[] = {CN_S_INIT("none"), CN_S_INIT("withdrawn"), CN_S_INIT("ended")};
    cn_slice body = cn_making_either(m, (cn_bilingual){no->scope.body.name_en, no->scope.body.name_fr}, NULL);
    if (cn_slice_eq(no->word, CN_S("early"))) return (cn_slice){0};
    for (size_t i = 0; i < sizeof over / sizeof *over; i++)
        if (cn_slice_eq(no->word, over[i]))
            return cn_making_text(m, CN_MSG_flow_next_unscoped, body, (cn_slice){0});
    return cn_making_text(m, CN_MSG_flow_next_outside, body, (cn_slice){0});
}

static cn_slice say_next(const cn_making *m, const cn_flow *flow, const cn_may_award *may) {
    cn_msg message;
    const char *whose = flow->own ? "own" : "body";
    bool published = cn_slice_eq(next_word(flow), cn_flow_state_word(CN_FLOW_PUBLISHED));
    if (published && cn_slice_eq(may->word, CN_S("scope"))) {
        cn_slice next = say_scope_next(m, &may->scope);
        if (next.n) return next;
    }
    bool known = cn_message_find(CN_MSG_FAMILY("flow-next"), next_word(flow), whose, &message);
    assert(known);
    return cn_making_text(m, message, cn_making_either(m, flow->body.name, NULL), (cn_slice){0});
}

bool cn_view_flow_about(const cn_making *m, const cn_achievement *is, const cn_flow *flow, cn_view_flow *out,
                        cn_err *err) {
    cn_may_award may;
    *out = (cn_view_flow){.seen = flow->digest};
    if (!say_award(m, is, flow, &may, out, err)) return false;
    out->next = say_next(m, flow, &may);
    return cn_view_flow_steps(m, flow, &out->v, &out->n, err);
}

/* Who designs it is told what who reviews it will be, unless that stands there of what is published. */
static bool say_outside(const cn_desk *d, const cn_achievement *is, cn_view_flow *out, cn_err *err) {
    cn_scope_answer answer;
    if (!cn_app_scope_allows(d->m.rq->arena, d->app, d->organisation, CN_S("provide"), is->draft.design,
                             d->m.rq->now, &answer, err))
        return false;
    cn_slice outside = answer.allowed ? CN_S("") : cn_words_outside(&d->m, &answer);
    if (!cn_slice_eq(outside, out->refusal)) out->outside = outside;
    return true;
}

bool cn_view_flow_fill(const cn_desk *d, const cn_achievement *is, const cn_flow *flow, bool complete,
                       cn_view_flow *out, cn_err *err) {
    bool administers = cn_roles_allow(d->session->roles, CN_ROLE_ADMINISTRATOR);
    cn_slice review;
    if (!cn_view_flow_about(&d->m, is, flow, out, err) || !say_outside(d, is, out, err)) return false;
    out->may_submit = d->may_design && complete && cn_flow_allows(CN_FLOW_SUBMIT, flow->state, flow->changed);
    out->may_recall = d->may_design && cn_flow_allows(CN_FLOW_RECALL, flow->state, flow->changed);
    out->may_retire = administers && cn_flow_allows(CN_FLOW_RETIRE, flow->state, flow->changed);
    out->reviewed = flow->last != 0;
    out->submit = cn_desk_url(d, is->id, "/submit");
    out->recall = cn_desk_url(d, is->id, "/recall");
    out->retire = cn_desk_url(d, is->id, "/retire");
    if (!cn_arena_print(d->m.rq->arena, &review, "/organisations/%.*s/reviews/%.*s",
                        CN_ARG(d->session->organisation.id), CN_ARG(is->id)))
        return cn_fail_memory(err);
    out->review = cn_url_path(d->m.rq->arena, review, d->m.language);
    return true;
}

/* ---- Steps of its own organisation ---- */

static bool act(void *app, const cn_request *rq, cn_flow_action action, const char *done, cn_response *rs,
                cn_err *err) {
    cn_desk d;
    cn_desk_start(&d, app, rq);
    cn_flow_act what = {.action = action,
                        .organisation = d.organisation,
                        .by = d.session->person.number,
                        .id = d.id,
                        .seen = cn_request_text(rq, CN_S("flow")),
                        .reason = cn_request_text(rq, CN_S("reason"))};
    if (!cn_app_flow_act(rq->arena, d.app, rq->now, &what, err)) return cn_web_achievement_refuse(&d, rs, err);
    return cn_desk_done(&d, d.id, done, rs, err);
}

bool cn_web_achievement_submit(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    return act(app, rq, CN_FLOW_SUBMIT, "submitted", rs, err);
}

bool cn_web_achievement_recall(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    return act(app, rq, CN_FLOW_RECALL, "recalled", rs, err);
}

bool cn_web_achievement_retire(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    return act(app, rq, CN_FLOW_RETIRE, "retired", rs, err);
}
