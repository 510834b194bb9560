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
                          .from = RESTING | AT(SUBMITTED) | AT(IN_REVIEW) | AT(RETIRED),
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

static bool is_pending(cn_flow_state state) {
    return state == CN_FLOW_SUBMITTED || state == CN_FLOW_IN_REVIEW;
}

/* What was read of an achievement, and for whom: whose it is, or a body. */
typedef struct telling {
    cn_time now;
    int64_t organisation, viewer;
    const cn_stored_step *steps;
    size_t n;
    const cn_stored_approval *approvals;
    size_t approvals_n;
    bool *led; /* of each step: it led on; the others are withdrawals that changed nothing */
    size_t at; /* how many steps led to where it is; 0: it is the draft that was begun */
} telling;

/* Did a withdrawal, at that time, take back what stood behind the step before it? Which body gave an approval is
 * not known any more once it has moved without that body, but when it was withdrawn. */
static bool takes_back(const telling *t, const cn_stored_step *before, cn_time at) {
    bool taken = false;
    for (size_t i = 0; i < t->approvals_n; i++) {
        const cn_stored_approval *p = &t->approvals[i];
        bool withdrawn = p->withdrawn_at.sec && p->withdrawn_at.sec <= at.sec;
        if (!cn_slice_eq(p->digest, before->digest) || p->made_at.sec > at.sec) continue;
        if (!withdrawn && (!p->until.sec || p->until.sec > at.sec)) return false;
        taken = taken || p->withdrawn_at.sec == at.sec;
    }
    return taken;
}

/* Where the steps lead. A withdrawal takes back what its own body approved, and nothing else: what waits, was
 * returned or is retired stays so, and what another body approved stands. */
static void follow(telling *t, cn_flow *out) {
    for (size_t i = 0; i < t->n; i++) {
        const cn_stored_step *s = &t->steps[i];
        bool approved = out->state == CN_FLOW_APPROVED || out->state == CN_FLOW_PUBLISHED;
        if (s->state == CN_FLOW_WITHDRAWN && !(approved && takes_back(t, &t->steps[t->at - 1], s->at))) continue;
        if (s->state == CN_FLOW_RETIRED || s->state == CN_FLOW_PUBLISHED)
            out->retired = s->state == CN_FLOW_RETIRED;
        out->state = s->state;
        t->led[i] = true;
        t->at = i + 1;
    }
    out->last = t->n ? t->steps[t->n - 1].number : 0;
}

/* What the organisation and one body write to each other is nothing to another body. */
static bool may_read(const telling *t, const cn_stored_step *s) {
    bool between = is_bodys(s->state) || s->state == CN_FLOW_SUBMITTED;
    return !between || t->viewer == t->organisation || t->viewer == s->body;
}

/* It stays as it is until the next step that led on; what did not is told with the days up to then. */
static void count_days(const telling *t, cn_flow_step *v) {
    cn_time until = t->now;
    for (size_t i = t->n + 1; i-- > 0;) {
        v[i].days = days_between(v[i].at, until);
        if (!i || t->led[i - 1]) until = v[i].at;
    }
}

/* The draft is the first step, though nothing is written of it. */
static bool fill_steps(cn_arena *a, const telling *t, cn_time begun, cn_flow *out, cn_err *err) {
    cn_flow_step *v = CN_NEW_ARRAY(a, cn_flow_step, t->n + 1);
    if (!v) return cn_fail_memory(err);
    v[0] = (cn_flow_step){.state = CN_FLOW_DRAFT, .at = begun};
    for (size_t i = 0; i < t->n; i++) {
        const cn_stored_step *s = &t->steps[i];
        v[i + 1] = (cn_flow_step){.state = s->state, .version = s->version, .at = s->at};
        if (may_read(t, s)) v[i + 1].person = s->person_name, v[i + 1].reason = s->reason;
        if (is_bodys(s->state)) v[i + 1].body = (cn_bilingual){s->body_en, s->body_fr};
    }
    count_days(t, v);
    v[t->at].last = true;
    out->v = v;
    out->n = t->n + 1;
    return true;
}

/* Of a body: what was submitted to it. */
static void find_submitted(const telling *t, cn_flow *out) {
    bool owns = t->viewer == t->organisation, first = true;
    for (size_t i = t->n; i-- > 0 && !out->document.n;) {
        const cn_stored_step *s = &t->steps[i];
        if (s->state != CN_FLOW_SUBMITTED) continue;
        if (first) {
            out->submitted_to = s->body;
            out->submitted_by = s->person;
        }
        first = false;
        if (!owns && s->body != t->viewer) continue;
        out->submitted = s->digest;
        out->document = s->document;
        out->submitted_at = s->at;
    }
}

static bool digest_now(cn_arena *a, const cn_app *app, const cn_achievement *is, cn_slice *out, cn_err *err) {
    cn_stored_achievement stored;
    cn_slice image = {0};
    return cn_store_achievement(a, app->store, is->organisation, is->id, &stored, err) &&
           (!stored.image || cn_store_achievement_image(a, app->store, is->organisation, is->id, &image, err)) &&
           cn_flow_digest(a, app, stored.draft, image, out, err);
}

/* What waits is decided by whom it was submitted to, though the draft says something else by now. */
static bool find_bodies(cn_arena *a, const cn_app *app, cn_time now, const cn_achievement *is, cn_flow *out,
                        cn_err *err) {
    if (!cn_app_flow_body(a, app, now, is->organisation, is->draft.design, &out->next, err)) return false;
    bool waits = is_pending(out->state) && out->submitted_to && out->submitted_to != out->next.number;
    out->body = out->next;
    if (waits && !cn_app_organisation_get(a, app, out->submitted_to, &out->body, err)) return false;
    out->own = out->body.number == is->organisation;
    return true;
}

static bool flow_for(cn_arena *a, const cn_app *app, cn_time now, const cn_achievement *is, int64_t viewer,
                     cn_flow *out, cn_err *err) {
    cn_stored_step *steps;
    cn_stored_approval *approvals;
    cn_flow f = {.achievement = is->number};
    telling t = {.now = now, .organisation = is->organisation, .viewer = viewer};
    if (!digest_now(a, app, is, &f.digest, err) ||
        !cn_store_steps_of(a, app->store, is->number, &steps, &t.n, err) ||
        !cn_store_approvals_of(a, app->store, is->number, &approvals, &f.approvals_n, err))
        return false;
    f.approvals = approvals;
    t.steps = steps;
    t.led = CN_NEW_ARRAY(a, bool, t.n);
    if (!t.led) return cn_fail_memory(err);
    t.approvals = approvals;
    t.approvals_n = f.approvals_n;
    follow(&t, &f);
    find_submitted(&t, &f);
    /* What was published before there were reviews has no digest. */
    cn_slice spoken = t.at ? steps[t.at - 1].digest : (cn_slice){0};
    f.changed = spoken.n ? !cn_slice_eq(spoken, f.digest) : is->changed;
    if (!find_bodies(a, app, now, is, &f, err) || !fill_steps(a, &t, is->created_at, &f, err)) return false;
    *out = f;
    return true;
}

bool cn_app_flow(cn_arena *a, const cn_app *app, cn_time now, const cn_achievement *is, cn_flow *out,
                 cn_err *err) {
    return flow_for(a, app, now, is, is->organisation, out, err);
}

bool cn_flow_gave(const cn_flow *flow, const cn_stored_approval *p, int64_t organisation) {
    return p->body ? p->body == organisation : flow->next.number == organisation;
}

bool cn_flow_has_given(const cn_flow *flow, int64_t organisation, cn_time now) {
    for (size_t i = 0; i < flow->approvals_n; i++) {
        const cn_stored_approval *p = &flow->approvals[i];
        if (cn_flow_gave(flow, p, organisation) && cn_approval_lasts(p, now)) return true;
    }
    return false;
}

bool cn_app_flow_submitted(cn_arena *a, const cn_flow *flow, cn_draft *out, cn_err *err) {
    if (!flow->document.n) return cn_fail(err, CN_NOT_FOUND, "store.none", "nothing was submitted.");
    return cn_draft_read(a, flow->document, out, err);
}

bool cn_app_flow_comments(cn_arena *a, const cn_app *app, const cn_achievement *is, int64_t reader,
                          cn_flow_comment **out, size_t *n, cn_err *err) {
    cn_stored_comment *stored;
    int64_t body = reader == is->organisation ? 0 : reader;
    size_t found;
    if (!cn_store_comments_of(a, app->store, is->number, body, &stored, &found, err)) return false;
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
        !cn_app_achievement_get(a, app, owner, id, is, err) || !flow_for(a, app, now, is, body, &f, err))
        return false;
    bool reads = owner == body || f.submitted_to == body;
    for (size_t i = 0; i < f.approvals_n; i++) reads = reads || f.approvals[i].body == body;
    if (!reads) return cn_fail(err, CN_NOT_FOUND, "store.none", "nothing of that name was submitted.");
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
    if (!cn_store_reviews_due(a, app->store, organisation, now, before, &stored, &found, err)) return false;
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
