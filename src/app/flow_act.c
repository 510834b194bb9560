/* SPDX-License-Identifier: Apache-2.0
 *
 * Taking a step with an achievement: submitted, taken into review, approved, returned, published, retired. A step,
 * what it entails and its row of the audit are one transaction; a step that somebody else takes meanwhile makes it
 * fail as a whole.
 */
#include "app/draft.h"
#include "app/flow.h"
#include "app/notices.h"

/* A step that is being taken, in a transaction. */
typedef struct acting {
    cn_arena *a;
    const cn_app *app;
    cn_store *store; /* the transaction's */
    cn_time now;
    const cn_flow_act *act;
    cn_achievement is;
    cn_flow flow;
    cn_slice document; /* the draft as it is kept */
    const cn_publication *what;
    const cn_stored_approval *gives; /* by the next step; or NULL */
    int version;                     /* that was made */
} acting;

/* ---- May it be taken? ---- */

static bool fail_state(const acting *t, cn_err *err) {
    return cn_fail(err, CN_CONFLICT, "flow.state", "it cannot be done with an achievement that is %.*s.",
                   CN_ARG(cn_flow_state_word(t->flow.state)));
}

static size_t characters(cn_slice text) {
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) n += ((unsigned char)text.p[i] & 0xc0) != 0x80;
    return n;
}

static bool check_reason(cn_slice reason, bool needed, cn_err *err) {
    if (cn_utf8_invalid(reason) != SIZE_MAX || characters(reason) > CN_FLOW_REASON_MAX)
        return cn_fail_at(err, CN_INVALID, "flow.reason", CN_S("long"), "the text has more than %d characters.",
                          CN_FLOW_REASON_MAX);
    if (needed && !cn_slice_trim(reason).n)
        return cn_fail_at(err, CN_INVALID, "flow.reason", CN_S("missing"), "it is not done without a reason.");
    return true;
}

/* An approval by somebody else ends: it is looked at again some day. */
static bool check_dates(const acting *t, cn_err *err) {
    const cn_flow_act *act = t->act;
    int64_t from = act->from.sec ? act->from.sec : t->now.sec;
    bool ends = act->until.sec != 0;
    if (!ends && !t->flow.own)
        return cn_fail_at(err, CN_INVALID, "flow.dates", CN_S("missing"),
                          "the approval has no date of re-review.");
    if (ends && (act->until.sec <= from || act->until.sec <= t->now.sec))
        return cn_fail_at(err, CN_INVALID, "flow.dates", CN_S("order"),
                          "the date of re-review is not after the approval begins, or is past.");
    return true;
}

static bool check_draft(const acting *t, cn_err *err) {
    cn_draft_problem problems[CN_DRAFT_PROBLEMS_MAX];
    if (!cn_draft_check(&t->is.draft, true, problems)) return true;
    return cn_fail_at(err, CN_INVALID, "achievement.draft", problems[0].field,
                      "The draft cannot be submitted as it is: %.*s is %.*s.", CN_ARG(problems[0].field),
                      CN_ARG(problems[0].id));
}

static bool has_approved(const acting *t) {
    bool has = false;
    for (size_t i = 0; i < t->flow.approvals_n; i++)
        has = has || cn_flow_gave(&t->flow, &t->flow.approvals[i], t->act->organisation);
    return has;
}

/* What lies outside its provider's scope on the day from which it is approved could not be awarded. */
static bool check_scope(const acting *t, cn_err *err) {
    const cn_flow_act *act = t->act;
    cn_app within = *t->app;
    cn_scope_answer answer;
    cn_err why = {0};
    within.store = t->store;
    if (!cn_app_scope_allows(t->a, &within, t->is.organisation, CN_S("provide"), t->is.draft.design,
                             act->from.sec ? act->from : t->now, &answer, err))
        return false;
    if (answer.allowed) return true;
    (void)cn_scope_refuse(&answer, &why);
    return cn_fail(err, CN_CONFLICT, "flow.scope", "it lies outside its provider's scope: %s", why.detail);
}

/* Whose step it is. What is not theirs is not there for them. */
static bool check_party(const acting *t, const cn_flow_rule *rule, cn_err *err) {
    int64_t acts = t->act->organisation;
    bool good = rule->body ? acts == t->flow.body.number : acts == t->is.organisation;
    if (t->act->action == CN_FLOW_WITHDRAW) good = has_approved(t);
    return good ||
           cn_fail(err, CN_NOT_FOUND, "store.none", "there is no such achievement, for this organisation.");
}

static bool check(const acting *t, cn_err *err) {
    const cn_flow_act *act = t->act;
    const cn_flow_rule *rule = cn_flow_rule_of(act->action);
    bool pends = act->action == CN_FLOW_APPROVE || act->action == CN_FLOW_PUBLISH;
    if (!check_party(t, rule, err)) return false;
    if (act->seen.n && !cn_slice_eq(act->seen, t->flow.digest))
        return cn_fail(err, CN_CONFLICT, "flow.changed", "the draft has changed since it was looked at.");
    if (pends && t->flow.changed && cn_flow_allows(act->action, t->flow.state, false))
        return cn_fail(err, CN_CONFLICT, "flow.changed", "the draft has changed since it was submitted.");
    if (!cn_flow_allows(act->action, t->flow.state, t->flow.changed)) return fail_state(t, err);
    if (act->action == CN_FLOW_APPROVE && t->flow.own && t->flow.next.number != t->flow.body.number)
        return cn_fail(err, CN_CONFLICT, "flow.body", "another organisation has to approve it by now.");
    if (!check_reason(act->reason, rule->reason, err)) return false;
    if (act->action == CN_FLOW_SUBMIT) return check_draft(t, err);
    return act->action != CN_FLOW_APPROVE || (check_dates(t, err) && check_scope(t, err));
}

/* ---- Steps ---- */

static bool put(acting *t, cn_flow_state state, int version, cn_slice audit_word, cn_err *err) {
    const cn_flow_act *act = t->act;
    bool submits = state == CN_FLOW_SUBMITTED;
    cn_audit why = {act->organisation, act->by, audit_word, t->is.id, t->now};
    cn_stored_step step = {.achievement = t->is.number,
                           .state = state,
                           .version = version,
                           .digest = t->flow.digest,
                           .document = submits ? t->document : (cn_slice){0},
                           .body = t->flow.body.number,
                           .person = act->by,
                           .approval = t->gives,
                           .reason = state == CN_FLOW_SUPERSEDED ? (cn_slice){0} : cn_slice_trim(act->reason)};
    if (!cn_store_step_put(t->store, &step, t->flow.last, t->now, &why, &t->flow.last, err)) return false;
    t->gives = NULL;
    t->flow.state = state;
    t->flow.changed = false;
    return true;
}

static bool put_rule(acting *t, cn_flow_action action, int version, cn_err *err) {
    const cn_flow_rule *rule = cn_flow_rule_of(action);
    return put(t, rule->to, version, rule->audit_word, err);
}

static bool is_pending(const acting *t) {
    return t->flow.state == CN_FLOW_SUBMITTED || t->flow.state == CN_FLOW_IN_REVIEW;
}

/* A submission that nobody has decided gives way to the newer one, which may go to another body. */
static bool submit(acting *t, cn_err *err) {
    if (is_pending(t) && !put(t, CN_FLOW_SUPERSEDED, 0, CN_S("achievement.superseded"), err)) return false;
    t->flow.body = t->flow.next;
    t->flow.own = t->flow.body.number == t->is.organisation;
    return put_rule(t, CN_FLOW_SUBMIT, 0, err);
}

/* The number of the row of a published version. */
static bool version_row(const acting *t, int version, int64_t *out, cn_err *err) {
    cn_stored_version stored;
    if (!cn_store_version_of(t->a, t->store, t->is.id, version, &stored, err)) return false;
    *out = stored.number;
    return true;
}

/* What stands published as it was submitted goes on as it is, unless it was retired: that is for who publishes. */
static bool approve(acting *t, cn_err *err) {
    const cn_flow_act *act = t->act;
    bool again = t->is.version && !t->is.changed;
    cn_stored_approval made = {.achievement = t->is.number,
                               .digest = t->flow.digest,
                               .body = t->flow.body.number,
                               .from = act->from.sec ? act->from : (cn_time){t->now.sec, 0},
                               .until = act->until};
    if (again && !version_row(t, t->is.version, &made.version, err)) return false;
    t->gives = &made;
    return put_rule(t, CN_FLOW_APPROVE, again ? t->is.version : 0, err) &&
           cn_store_approval_retry(t->store, t->is.number, err) &&
           (!again || t->flow.retired || put_rule(t, CN_FLOW_PUBLISH, t->is.version, err));
}

/* All that the body has approved and that lasts; the step names the latest version among it. */
static bool withdraw(acting *t, cn_err *err) {
    cn_app within = *t->app;
    int64_t body = t->act->organisation;
    int version = 0;
    within.store = t->store;
    if (!cn_flow_has_given(&t->flow, body, t->now)) return fail_state(t, err);
    for (size_t i = 0; i < t->flow.approvals_n; i++) {
        const cn_stored_approval *p = &t->flow.approvals[i];
        if (!cn_flow_gave(&t->flow, p, body) || !cn_approval_lasts(p, t->now)) continue;
        if (!cn_store_approval_withdraw(t->store, p->number, t->now, err)) return false;
        if (p->version_number > version) version = p->version_number;
    }
    return cn_app_organisation_get(t->a, &within, body, &t->flow.body, err) &&
           put_rule(t, CN_FLOW_WITHDRAW, version, err);
}

static bool take(acting *t, cn_err *err) {
    switch (t->act->action) {
    case CN_FLOW_SUBMIT: return submit(t, err);
    case CN_FLOW_APPROVE: return approve(t, err);
    case CN_FLOW_WITHDRAW: return withdraw(t, err);
    case CN_FLOW_RETIRE: return put_rule(t, CN_FLOW_RETIRE, t->is.version, err);
    case CN_FLOW_RECALL:
    case CN_FLOW_TAKE:
    case CN_FLOW_RETURN: return put_rule(t, t->act->action, 0, err);
    case CN_FLOW_PUBLISH:
    case CN_FLOW_ACTIONS:
    default: return fail_state(t, err);
    }
}

/* ---- Who is told ---- */

/* A letter about it to those of an organisation, about what another, or itself, did. */
static bool tell(const acting *t, cn_notice what, cn_slice to, const char *folder, cn_err *err) {
    cn_app within = *t->app;
    within.store = t->store;
    what.but = t->act->by;
    what.letter.achievement = cn_notice_name(&t->is.draft);
    return cn_notice_link(t->a, &within, to, folder, t->is.id, "", &what.letter.link, err) &&
           cn_app_notify(t->a, &within, t->now, &what, err);
}

/* Who may decide about it, but for who submits it. */
static bool tell_reviewers(const acting *t, const cn_organisation *own, cn_err *err) {
    cn_notice what = {.letter = {.kind = CN_LETTER_SUBMITTED, .organisation = own->name},
                      .organisation = t->flow.body.number,
                      .role = CN_ROLE_REVIEWER};
    return tell(t, what, t->flow.body.id, "reviews", err);
}

/* Who submitted it, or who designs where they have left; administrators, where it can be awarded no more. `by`:
 * which decided. */
static bool tell_owners(const acting *t, const cn_organisation *own, const cn_organisation *by,
                        cn_letter_kind kind, cn_err *err) {
    bool withdrawn = kind == CN_LETTER_WITHDRAWN;
    cn_notice what = {.letter = {.kind = kind, .organisation = by->name},
                      .organisation = own->number,
                      .role = withdrawn ? CN_ROLE_ADMINISTRATOR : CN_ROLE_DESIGNER,
                      .person = withdrawn ? 0 : t->flow.submitted_by};
    return tell(t, what, own->id, kind == CN_LETTER_RETURNED ? "reviews" : "achievements", err);
}

static bool tell_all(const acting *t, cn_err *err) {
    static const struct {
        cn_flow_action action;
        cn_letter_kind kind;
    } told[] = {{CN_FLOW_SUBMIT, CN_LETTER_SUBMITTED},
                {CN_FLOW_RETURN, CN_LETTER_RETURNED},
                {CN_FLOW_APPROVE, CN_LETTER_APPROVED},
                {CN_FLOW_WITHDRAW, CN_LETTER_WITHDRAWN}};
    cn_app within = *t->app;
    cn_organisation own, by;
    size_t i = 0, n = sizeof told / sizeof *told;
    within.store = t->store;
    while (i < n && told[i].action != t->act->action) i++;
    if (i == n) return true;
    if (!cn_app_organisation_get(t->a, &within, t->is.organisation, &own, err) ||
        !cn_app_organisation_get(t->a, &within, t->act->organisation, &by, err))
        return false;
    return told[i].kind == CN_LETTER_SUBMITTED ? tell_reviewers(t, &own, err)
                                               : tell_owners(t, &own, &by, told[i].kind, err);
}

/* ---- In a transaction ---- */

static bool look(acting *t, cn_err *err) {
    cn_app app = *t->app;
    cn_stored_achievement stored;
    int64_t owner;
    app.store = t->store;
    if (!cn_store_achievement_owner(t->store, t->act->id, &owner, err) ||
        !cn_app_achievement_get(t->a, &app, owner, t->act->id, &t->is, err) ||
        !cn_app_flow(t->a, &app, t->now, &t->is, &t->flow, err) ||
        !cn_store_achievement(t->a, t->store, owner, t->act->id, &stored, err))
        return false;
    t->document = stored.draft;
    return true;
}

static bool work(cn_store *within, void *self, cn_err *err) {
    acting *t = self;
    t->store = within;
    return look(t, err) && check(t, err) && take(t, err) && tell_all(t, err);
}

bool cn_app_flow_act(cn_arena *a, const cn_app *app, cn_time now, const cn_flow_act *act, cn_err *err) {
    acting t = {.a = a, .app = app, .now = now, .act = act};
    if (!cn_store_together(app->store, work, &t, err)) return false;
    if (app->wake) app->wake(app->wake_self); /* letters, and files that waited */
    return true;
}

bool cn_app_flow_comment(cn_arena *a, const cn_app *app, cn_time now, int64_t organisation, int64_t by,
                         cn_slice id, cn_slice text, cn_err *err) {
    cn_achievement is;
    cn_flow flow;
    cn_audit why = {organisation, by, CN_S("review.commented"), id, now};
    if (!check_reason(text, true, err) || !cn_app_review_get(a, app, now, organisation, id, &is, &flow, err))
        return false;
    cn_stored_comment comment = {.achievement = is.number,
                                 .organisation = organisation,
                                 .person = by,
                                 .body = organisation == is.organisation ? flow.submitted_to : organisation,
                                 .text = cn_slice_trim(text)};
    return cn_store_comment_put(app->store, &comment, now, &why, err);
}

/* ---- Publishing ---- */

/* Who answers for all of it does it in one go. */
static bool be_approved(acting *t, cn_err *err) {
    if (cn_flow_allows(CN_FLOW_PUBLISH, t->flow.state, t->flow.changed)) return true;
    if (t->flow.next.number != t->is.organisation)
        return cn_fail(err, CN_CONFLICT, "flow.unapproved",
                       "the draft has not been approved by the organisation that reviews it.");
    bool waits = !t->flow.changed && t->flow.own && is_pending(t);
    return (waits || submit(t, err)) && approve(t, err);
}

/* What was retired is awarded again, as the version it is. */
static bool publish_again(acting *t, cn_err *err) {
    t->version = t->is.version;
    if (t->is.changed || !t->flow.retired)
        return cn_fail(err, CN_CONFLICT, "achievement.published", "version %d says the same already.", t->version);
    return be_approved(t, err) && put_rule(t, CN_FLOW_PUBLISH, t->version, err) &&
           cn_store_approval_retry(t->store, t->is.number, err);
}

static bool publish(cn_store *within, void *self, cn_err *err) {
    acting *t = self;
    t->store = within;
    if (!look(t, err) || !check_party(t, cn_flow_rule_of(CN_FLOW_PUBLISH), err)) return false;
    if (!t->what) return publish_again(t, err);
    if (!cn_slice_eq(t->document, t->what->draft))
        return cn_fail(err, CN_CONFLICT, "achievement.changed", "somebody else has changed the draft meanwhile.");
    int before = t->is.version;
    return be_approved(t, err) && cn_store_version_put(within, t->what, t->now, NULL, &t->version, err) &&
           cn_store_approval_publish(within, t->is.number, t->flow.digest, t->version, err) &&
           (!before || put(t, CN_FLOW_SUPERSEDED, before, CN_S("achievement.superseded"), err)) &&
           put_rule(t, CN_FLOW_PUBLISH, t->version, err);
}

bool cn_flow_publish(cn_arena *a, const cn_app *app, cn_time now, const cn_stored_achievement *is,
                     const cn_publication *what, int64_t by, int *version, cn_err *err) {
    cn_flow_act act = {.action = CN_FLOW_PUBLISH, .organisation = is->organisation, .by = by, .id = is->id};
    acting t = {.a = a, .app = app, .now = now, .act = &act, .what = what};
    if (!cn_store_together(app->store, publish, &t, err)) return false;
    if (app->wake) app->wake(app->wake_self); /* files that waited */
    *version = t.version;
    return true;
}
