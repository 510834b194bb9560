/* SPDX-License-Identifier: Apache-2.0
 *
 * The impact of a draft pack: every published achievement is held against it and against the pack in force.
 */
#include "app/impact.h"
#include "app/record.h"

typedef struct work {
    cn_arena *a;
    const cn_app *app;
    cn_time now;
    const cn_impact_ask *ask;
    cn_impact *out;
    size_t cap;
} work;

/* ---- Two packs, one record ---- */

/* Did the rule of this id fail in the other pack, and weigh as much there? What was advice and becomes what must
 * be is new to those who left the advice. */
static bool failed_before(const cn_pack *current, const cn_rule_result *before, const cn_rule *rule) {
    for (size_t i = 0; current && i < current->rules_n; i++) {
        const cn_rule *was = &current->rules[i];
        if (cn_slice_eq(was->id, rule->id))
            return before[i].outcome == CN_RULE_FAIL && was->enforced && was->severity <= rule->severity;
    }
    return false;
}

static bool counts(const cn_rule_result *r) {
    return r->outcome == CN_RULE_FAIL && r->rule->enforced && !cn_slice_eq(r->rule->scope, CN_S("learner")) &&
           !cn_slice_eq(r->rule->scope, CN_S("application"));
}

static bool compare(const work *w, const cn_json *record, cn_impact_row *row, bool *newly, cn_err *err) {
    const cn_pack *draft = w->ask->draft, *current = w->out->current;
    const cn_rule_result *after, *before = NULL;
    if (!cn_pack_check(w->a, draft, record, w->ask->date, &after, err) ||
        (current && !cn_pack_check(w->a, current, record, w->ask->date, &before, err)))
        return false;
    row->fails = CN_NEW_ARRAY(w->a, const cn_rule_result *, draft->rules_n);
    if (!row->fails) return cn_fail_memory(err);
    *newly = false;
    for (size_t i = 0; i < draft->rules_n; i++) {
        if (!counts(&after[i]) || failed_before(current, before, after[i].rule)) continue;
        row->fails[row->n++] = &after[i];
        *newly |= after[i].rule->severity == CN_MUST;
    }
    return true;
}

/* ---- What is published ---- */

static bool look_at(work *w, const cn_organisation *org, const cn_version *v, cn_err *err) {
    cn_impact_row row = {.organisation = *org,
                         .achievement = v->achievement_id,
                         .name = {v->en.name, v->fr.name},
                         .version = v->version};
    const cn_json *record;
    bool newly;
    if (!cn_app_record_version(w->a, w->app, w->now, org, v, &record, err) ||
        !compare(w, record, &row, &newly, err))
        return false;
    w->out->checked++;
    if (!newly) return true;
    cn_impact_row *rows = cn_arena_grow(w->a, w->out->v, w->out->n, &w->cap, w->out->n + 1, sizeof *rows);
    if (!rows) return cn_fail_memory(err);
    w->out->v = rows;
    rows[w->out->n++] = row;
    return true;
}

static bool look_at_all_of(work *w, const cn_organisation *org, cn_err *err) {
    cn_versions all;
    if (!cn_app_versions_of(w->a, w->app, org->number, &all, err)) return false;
    for (size_t i = 0; i < all.n; i++)
        if (!look_at(w, org, &all.v[i], err)) return false;
    return true;
}

static bool organisations(const work *w, cn_organisations *out, cn_err *err) {
    if (!w->ask->organisation) return cn_app_organisations_of(w->a, w->app, 0, out, err);
    *out = (cn_organisations){CN_NEW_ARRAY(w->a, cn_organisation, 1), 1};
    if (!out->v) return cn_fail_memory(err);
    return cn_app_organisation_get(w->a, w->app, w->ask->organisation, out->v, err);
}

bool cn_app_impact(cn_arena *a, const cn_app *app, cn_time now, const cn_impact_ask *ask, cn_impact *out,
                   cn_err *err) {
    cn_impact impact = {0};
    cn_organisations all;
    work w = {a, app, now, ask, &impact, 0};
    if (!cn_packs_choose(ask->packs, ask->draft->family, ask->date, &impact.current, err)) {
        if (err->code != CN_NOT_FOUND && err->code != CN_CONFLICT) return false;
        impact.current = NULL; /* none of the family is in force */
    }
    if (!organisations(&w, &all, err)) return false;
    for (size_t i = 0; i < all.n; i++)
        if (!look_at_all_of(&w, &all.v[i], err)) return false;
    *out = impact;
    return true;
}
