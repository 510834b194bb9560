/* SPDX-License-Identifier: Apache-2.0
 *
 * May a version be awarded now, and if not, why not.
 */
#include "app/approval.h"

static bool is_begun(const cn_stored_approval *p, cn_time now) {
    return p->from.sec <= now.sec;
}

bool cn_approval_lasts(const cn_stored_approval *p, cn_time now) {
    return !p->withdrawn_at.sec && (!p->until.sec || p->until.sec > now.sec);
}

bool cn_approval_in_force(const cn_stored_approval *p, cn_time now) {
    return is_begun(p, now) && cn_approval_lasts(p, now);
}

const cn_stored_approval *cn_approval_of(const cn_stored_approval *v, size_t n, int64_t version, cn_time now) {
    const cn_stored_approval *latest = NULL;
    for (size_t i = 0; i < n; i++) {
        if (v[i].version != version) continue;
        if (cn_approval_in_force(&v[i], now)) return &v[i];
        if (!latest) latest = &v[i];
    }
    return latest;
}

static cn_may_award judge(const cn_stored_approval *p, cn_time now) {
    if (!p) return (cn_may_award){.word = CN_S("unapproved")};
    if (p->withdrawn_at.sec) return (cn_may_award){.word = CN_S("withdrawn"), .when = p->withdrawn_at};
    if (!cn_approval_lasts(p, now)) return (cn_may_award){.word = CN_S("lapsed"), .when = p->until};
    if (!is_begun(p, now)) return (cn_may_award){.word = CN_S("early"), .when = p->from};
    return (cn_may_award){.yes = true};
}

bool cn_app_may_award(cn_arena *a, const cn_app *app, cn_time now, const cn_version *version, cn_may_award *out,
                      cn_err *err) {
    cn_may_award may;
    cn_stored_approval *v;
    cn_time retired;
    size_t n;
    if (!cn_store_retired(app->store, version->achievement, &retired, err)) return false;
    if (retired.sec) return *out = (cn_may_award){.word = CN_S("retired"), .when = retired}, true;
    if (!cn_store_approvals_of(a, app->store, version->achievement, &v, &n, err)) return false;
    may = judge(cn_approval_of(v, n, version->number, now), now);
    if (may.yes) {
        if (!cn_app_scope_allows(a, app, version->organisation, CN_S("provide"), version->design, now, &may.scope,
                                 err))
            return false;
        may.yes = may.scope.allowed;
        if (!may.yes) may.word = CN_S("scope");
    }
    *out = may;
    return true;
}

bool cn_app_check_award(cn_arena *a, const cn_app *app, cn_time now, const cn_version *version, cn_err *err) {
    static const struct {
        cn_slice word;
        const char *id, *text;
    } refusals[] = {
        {CN_S_INIT("unapproved"), "award.unapproved", "this version has not been approved."},
        {CN_S_INIT("early"), "award.early", "its approval begins on"},
        {CN_S_INIT("lapsed"), "award.lapsed", "its approval lapsed on"},
        {CN_S_INIT("withdrawn"), "award.withdrawn", "its approval was withdrawn on"},
        {CN_S_INIT("retired"), "award.retired", "it was retired on"},
        {CN_S_INIT("scope"), "award.scope", ""},
    };
    cn_may_award may;
    cn_err why = {0};
    size_t i = 0;
    char more[32] = "";
    if (!cn_app_may_award(a, app, now, version, &may, err)) return false;
    if (may.yes) return true;
    while (!cn_slice_eq(refusals[i].word, may.word)) {
        i++;
        assert(i < sizeof refusals / sizeof *refusals);
    }
    if (may.when.sec) (void)snprintf(more, sizeof more, " %s.", cn_time_day(may.when).text);
    if (cn_slice_eq(may.word, CN_S("scope"))) (void)cn_scope_refuse(&may.scope, &why);
    return cn_fail(err, CN_CONFLICT, refusals[i].id, "It cannot be awarded: %s%s%s", refusals[i].text, more,
                   why.detail);
}
