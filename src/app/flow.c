/* SPDX-License-Identifier: Apache-2.0
 *
 * How far an achievement is on its way to what may be awarded: which step may follow which, the steps that were
 * taken, who reviews, and what waits for somebody.
 */
#include "app/flow.h"
#include "app/draft.h"

enum { DAY = 86400 };

/* ---- What may follow what ---- */

#define AT(state) (1u << CN_FLOW_##state)
#define RESTING (AT(DRAFT) | AT(APPROVED) | AT(RETURNED) | AT(PUBLISHED) | AT(WITHDRAWN))

/* What is submitted, or in review, or approved, may be submitted again where the draft has changed: the newer
 * submission takes the older one's place. */
static const cn_flow_rule rules[CN_FLOW_ACTIONS] = {
    [CN_FLOW_SUBMIT] = {.word = CN_S_INIT("submit"),
                        .from = RESTING | AT(SUBMITTED) | AT(IN_REVIEW) | AT(RETIRED),
                        .to = CN_FLOW_SUBMITTED,
                        .role = CN_ROLE_DESIGNER,
                        .audit_word = CN_S_INIT("achievement.submitted")},
    [CN_FLOW_RECALL] = {.word = CN_S_INIT("recall"),
                        .from = AT(SUBMITTED) | AT(IN_REVIEW),
                        .to = CN_FLOW_DRAFT,
                        .role = CN_ROLE_DESIGNER,
                        .audit_word = CN_S_INIT("achievement.recalled")},
    [CN_FLOW_TAKE] = {.word = CN_S_INIT("take"),
                      .from = AT(SUBMITTED),
                      .to = CN_FLOW_IN_REVIEW,
                      .body = true,
                      .role = CN_ROLE_REVIEWER,
                      .audit_word = CN_S_INIT("review.begun")},
    [CN_FLOW_APPROVE] = {.word = CN_S_INIT("approve"),
                         .from = AT(SUBMITTED) | AT(IN_REVIEW),
                         .to = CN_FLOW_APPROVED,
                         .body = true,
                         .role = CN_ROLE_REVIEWER,
                         .audit_word = CN_S_INIT("review.approved")},
    [CN_FLOW_RETURN] = {.word = CN_S_INIT("return"),
                        .from = AT(SUBMITTED) | AT(IN_REVIEW),
                        .to = CN_FLOW_RETURNED,
                        .body = true,
                        .role = CN_ROLE_REVIEWER,
                        .reason = true,
                        .audit_word = CN_S_INIT("review.returned")},
    [CN_FLOW_PUBLISH] = {.word = CN_S_INIT("publish"),
                         .from = AT(APPROVED),
                         .to = CN_FLOW_PUBLISHED,
                         .role = CN_ROLE_ADMINISTRATOR,
                         .audit_word = CN_S_INIT("achievement.published")},
    [CN_FLOW_WITHDRAW] = {.word = CN_S_INIT("withdraw"),
                          .from = AT(DRAFT) | AT(APPROVED) | AT(RETURNED) | AT(PUBLISHED),
                          .to = CN_FLOW_WITHDRAWN,
                          .body = true,
                          .role = CN_ROLE_REVIEWER,
                          .reason = true,
                          .audit_word = CN_S_INIT("review.withdrawn")},
    [CN_FLOW_RETIRE] = {.word = CN_S_INIT("retire"),
                        .from = RESTING,
                        .to = CN_FLOW_RETIRED,
                        .role = CN_ROLE_ADMINISTRATOR,
                        .reason = true,
                        .audit_word = CN_S_INIT("achievement.retired")},
};

const cn_flow_rule *cn_flow_rule_of(cn_flow_action action) {
    assert(action < CN_FLOW_ACTIONS);
    return &rules[action];
}

bool cn_flow_allows(cn_flow_action action, cn_flow_state from, bool changed) {
    unsigned pending = AT(SUBMITTED) | AT(IN_REVIEW) | AT(APPROVED), at = 1u << from;
    if (!(rules[action].from & at)) return false;
    if (action == CN_FLOW_SUBMIT) return changed || !(pending & at);
    return !changed || (action != CN_FLOW_APPROVE && action != CN_FLOW_PUBLISH);
}

cn_slice cn_flow_state_word(cn_flow_state state) {
    static const cn_slice words[CN_FLOW_STATES] = {
        [CN_FLOW_DRAFT] = CN_S_INIT("draft"),           [CN_FLOW_SUBMITTED] = CN_S_INIT("submitted"),
        [CN_FLOW_IN_REVIEW] = CN_S_INIT("in-review"),   [CN_FLOW_APPROVED] = CN_S_INIT("approved"),
        [CN_FLOW_RETURNED] = CN_S_INIT("returned"),     [CN_FLOW_PUBLISHED] = CN_S_INIT("published"),
        [CN_FLOW_SUPERSEDED] = CN_S_INIT("superseded"), [CN_FLOW_RETIRED] = CN_S_INIT("retired"),
        [CN_FLOW_WITHDRAWN] = CN_S_INIT("withdrawn"),
    };
    assert(state < CN_FLOW_STATES);
    return words[state];
}

/* ---- The draft, and who reviews it ---- */

bool cn_flow_digest(cn_arena *a, const cn_app *app, cn_slice draft, cn_slice image, cn_slice *out, cn_err *err) {
    cn_digest picture = cn_hash_of(app->crypto, CN_SHA256, image);
    cn_buf both = cn_buf_on(a, 0), hex = cn_buf_on(a, 0);
    cn_buf_add(&both, draft);
    cn_buf_byte(&both, 0); /* ends the draft, which is JSON and holds none */
    if (image.n) cn_buf_add(&both, cn_digest_slice(&picture));
    if (!cn_buf_ok(&both)) return cn_fail_memory(err);
    cn_digest whole = cn_hash_of(app->crypto, CN_SHA256, cn_buf_slice(&both));
    cn_hex_write(&hex, cn_digest_slice(&whole));
    *out = cn_buf_slice(&hex);
    return cn_buf_ok(&hex) || cn_fail_memory(err);
}

bool cn_app_flow_body(cn_arena *a, const cn_app *app, cn_time now, int64_t organisation, const cn_json *design,
                      cn_organisation *out, cn_err *err) {
    cn_scope_answer answer;
    if (!cn_app_scope_allows(a, app, organisation, CN_S("provide"), design, now, &answer, err)) return false;
    int64_t body = answer.bound && answer.scope.id.n ? answer.scope.body.number : organisation;
    return cn_app_organisation_get(a, app, body, out, err);
}

/* ---- How far one is ---- */

static int64_t days_between(cn_time from, cn_time to) {
    return to.sec > from.sec ? (to.sec - from.sec) / DAY : 0;
}

static bool is_bodys(cn_flow_state state) {
    return state == CN_FLOW_IN_REVIEW || state == CN_FLOW_APPROVED || state == CN_FLOW_RETURNED ||
           state == CN_FLOW_WITHDRAWN;
}

/* The draft is the first step, though nothing is written of it. */
static bool fill_steps(cn_arena *a, cn_time now, cn_time begun, const cn_stored_step *steps, size_t n,
                       cn_flow *out, cn_err *err) {
    cn_flow_step *v = CN_NEW_ARRAY(a, cn_flow_step, n + 1);
    if (!v) return cn_fail_memory(err);
    v[0] = (cn_flow_step){.state = CN_FLOW_DRAFT, .at = begun};
    for (size_t i = 0; i < n; i++) {
        const cn_stored_step *s = &steps[i];
        v[i + 1] = (cn_flow_step){
            .state = s->state, .version = s->version, .at = s->at, .person = s->person_name, .reason = s->reason};
        if (is_bodys(s->state)) v[i + 1].body = (cn_bilingual){s->body_en, s->body_fr};
    }
    for (size_t i = 0; i <= n; i++) v[i].days = days_between(v[i].at, i < n ? v[i + 1].at : now);
    v[n].last = true;
    out->v = v;
    out->n = n + 1;
    return true;
}

static void find_submitted(const cn_stored_step *steps, size_t n, cn_flow *out) {
    for (size_t i = n; i-- > 0;) {
        if (steps[i].state != CN_FLOW_SUBMITTED) continue;
        out->submitted = steps[i].digest;
        out->document = steps[i].document;
        out->submitted_to = steps[i].body;
        out->submitted_by = steps[i].person;
        out->submitted_at = steps[i].at;
        return;
    }
}

static bool digest_now(cn_arena *a, const cn_app *app, const cn_achievement *is, cn_slice *out, cn_err *err) {
    cn_stored_achievement stored;
    cn_slice image = {0};
    return cn_store_achievement(a, app->store, is->organisation, is->id, &stored, err) &&
           (!stored.image || cn_store_achievement_image(a, app->store, is->organisation, is->id, &image, err)) &&
           cn_flow_digest(a, app, stored.draft, image, out, err);
}

bool cn_app_flow(cn_arena *a, const cn_app *app, cn_time now, const cn_achievement *is, cn_flow *out,
                 cn_err *err) {
    cn_stored_step *steps;
    cn_stored_approval *approvals;
    cn_flow f = {.achievement = is->number};
    size_t n;
    if (!digest_now(a, app, is, &f.digest, err) ||
        !cn_store_steps_of(a, app->store, is->number, &steps, &n, err) ||
        !cn_store_approvals_of(a, app->store, is->number, &approvals, &f.approvals_n, err) ||
        !cn_app_flow_body(a, app, now, is->organisation, is->draft.design, &f.body, err) ||
        !fill_steps(a, now, is->created_at, steps, n, &f, err))
        return false;
    f.approvals = approvals;
    f.own = f.body.number == is->organisation;
    find_submitted(steps, n, &f);
    const cn_stored_step *last = n ? &steps[n - 1] : NULL;
    if (last) f.last = last->number, f.state = last->state;
    /* What was published before there were reviews has no digest. */
    f.changed = last && last->digest.n ? !cn_slice_eq(last->digest, f.digest) : is->changed;
    *out = f;
    return true;
}

bool cn_app_flow_submitted(cn_arena *a, const cn_flow *flow, cn_draft *out, cn_err *err) {
    if (!flow->document.n) return cn_fail(err, CN_NOT_FOUND, "store.none", "nothing was submitted.");
    return cn_draft_read(a, flow->document, out, err);
}

bool cn_app_flow_comments(cn_arena *a, const cn_app *app, int64_t achievement, cn_flow_comment **out, size_t *n,
                          cn_err *err) {
    cn_stored_comment *stored;
    size_t found;
    if (!cn_store_comments_of(a, app->store, achievement, &stored, &found, err)) return false;
    cn_flow_comment *v = CN_NEW_ARRAY(a, cn_flow_comment, found);
    if (!v) return cn_fail_memory(err);
    for (size_t i = 0; i < found; i++)
        v[i] = (cn_flow_comment){.person = stored[i].person_name,
                                 .organisation = {stored[i].organisation_en, stored[i].organisation_fr},
                                 .text = stored[i].text,
                                 .at = stored[i].at};
    *out = v;
    *n = found;
    return true;
}

bool cn_app_review_get(cn_arena *a, const cn_app *app, cn_time now, int64_t body, cn_slice id, cn_achievement *is,
                       cn_flow *flow, cn_err *err) {
    int64_t owner;
    cn_flow f;
    if (!cn_store_achievement_owner(app->store, id, &owner, err) ||
        !cn_app_achievement_get(a, app, owner, id, is, err) || !cn_app_flow(a, app, now, is, &f, err))
        return false;
    if (owner != body && f.submitted_to != body)
        return cn_fail(err, CN_NOT_FOUND, "store.none", "nothing of that name was submitted.");
    *flow = f;
    return true;
}

/* ---- What somebody has to do ---- */

static bool names_of(cn_arena *a, cn_slice document, cn_bilingual *out, cn_err *err) {
    cn_draft draft;
    if (!cn_draft_read(a, document, &draft, err)) return false;
    *out = (cn_bilingual){draft.en.name, draft.fr.name};
    return true;
}

bool cn_app_review_queue(cn_arena *a, const cn_app *app, cn_time now, int64_t body, cn_review_waiting **out,
                         size_t *n, cn_err *err) {
    cn_stored_waiting *stored;
    size_t found;
    if (!cn_store_review_queue(a, app->store, body, &stored, &found, err)) return false;
    cn_review_waiting *v = CN_NEW_ARRAY(a, cn_review_waiting, found);
    if (!v) return cn_fail_memory(err);
    for (size_t i = 0; i < found; i++) {
        const cn_stored_waiting *s = &stored[i];
        v[i] = (cn_review_waiting){.id = s->id,
                                   .organisation = {s->organisation_en, s->organisation_fr},
                                   .state = s->state,
                                   .days = days_between(s->since, now)};
        if (!names_of(a, s->document, &v[i].name, err)) return false;
    }
    *out = v;
    *n = found;
    return true;
}

bool cn_app_reviews_due(cn_arena *a, const cn_app *app, cn_time now, int64_t organisation, int days,
                        cn_review_due **out, size_t *n, cn_err *err) {
    cn_time before = {now.sec + (int64_t)days * DAY, 0};
    cn_stored_due *stored;
    size_t found;
    if (!cn_store_reviews_due(a, app->store, organisation, before, &stored, &found, err)) return false;
    cn_review_due *v = CN_NEW_ARRAY(a, cn_review_due, found);
    if (!v) return cn_fail_memory(err);
    for (size_t i = 0; i < found; i++) {
        const cn_stored_due *s = &stored[i];
        v[i] = (cn_review_due){.id = s->id,
                               .own = s->organisation == organisation,
                               .version = s->version,
                               .organisation = {s->organisation_en, s->organisation_fr},
                               .body = {s->body_en, s->body_fr},
                               .until = s->until,
                               .lapsed = s->until.sec <= now.sec};
        if (!names_of(a, s->document, &v[i].name, err)) return false;
    }
    *out = v;
    *n = found;
    return true;
}
