/* SPDX-License-Identifier: Apache-2.0
 *
 * A design held against the frameworks that it is meant to meet: which rules do not hold, and which field each of
 * them is about.
 */
#include "app/design.h"
#include "app/record.h"
#include "rules/rules.h"

static bool is_guide(const cn_pack *pack) {
    return cn_slice_eq(pack->status, CN_S("proposal")) || cn_slice_eq(pack->status, CN_S("historic")) ||
           cn_slice_eq(pack->status, CN_S("reference"));
}

/* The day as packs have it. */
static int by_jurisdiction(const void *x, const void *y) {
    const cn_design_framework *one = x, *other = y;
    bool here = cn_slice_starts(one->jurisdiction, CN_S("CA")),
         there = cn_slice_starts(other->jurisdiction, CN_S("CA"));
    if (here != there) return here ? -1 : 1;
    int order = cn_slice_cmp(one->jurisdiction, other->jurisdiction);
    return order ? order : cn_slice_cmp(one->family, other->family);
}

static bool is_chosen(const cn_json *chosen, cn_slice family) {
    return cn_json_count(chosen) ? cn_blank_chosen(chosen, family) : cn_slice_eq(family, CN_DESIGN_USUAL);
}

/* One of each family that is in force: Canada's first. */
static bool list_frameworks(cn_arena *a, const cn_packs *packs, cn_slice day, const cn_json *chosen,
                            cn_design_gaps *out, cn_err *err) {
    out->frameworks = CN_NEW_ARRAY(a, cn_design_framework, packs->n);
    if (!out->frameworks) return cn_fail_memory(err);
    out->usual = !cn_json_count(chosen);
    for (size_t i = 0; i < packs->n; i++) {
        const cn_pack *p = packs->v[i];
        if (is_guide(p) || !cn_pack_in_force(p, day)) continue;
        out->frameworks[out->frameworks_n++] = (cn_design_framework){.family = p->family,
                                                                     .title = {p->title.en, p->title.fr},
                                                                     .jurisdiction = p->jurisdiction,
                                                                     .chosen = is_chosen(chosen, p->family)};
    }
    if (out->frameworks_n) qsort(out->frameworks, out->frameworks_n, sizeof *out->frameworks, by_jurisdiction);
    return true;
}

static bool add_gap(cn_arena *a, const cn_design_framework *framework, const cn_rule_result *r, size_t *cap,
                    cn_design_gaps *out, cn_err *err) {
    cn_design_gap *v = cn_arena_grow(a, out->v, out->n, cap, out->n + 1, sizeof *v);
    if (!v) return cn_fail_memory(err);
    out->v = v;
    v[out->n++] = (cn_design_gap){.framework = framework,
                                  .rule = r->rule->id,
                                  .severity = cn_slice_of(cn_severity_name(r->rule->severity)),
                                  .message = {r->rule->message.en, r->rule->message.fr},
                                  .about = r->field,
                                  .stated = r->outcome == CN_RULE_ATTEST,
                                  .field = cn_design_field(r->field)};
    return true;
}

static bool add_variants(cn_arena *a, const cn_design_framework *framework, const cn_pack *pack, cn_slice day,
                         const cn_json *chosen, size_t *cap, cn_design_gaps *out, cn_err *err) {
    for (size_t i = 0; i < pack->variants_n; i++) {
        const cn_variant *v = &pack->variants[i];
        if (!cn_variant_in_force(v, day)) continue;
        cn_design_variant *all =
            cn_arena_grow(a, out->variants, out->variants_n, cap, out->variants_n + 1, sizeof *all);
        if (!all) return cn_fail_memory(err);
        out->variants = all;
        all[out->variants_n++] = (cn_design_variant){
            .framework = framework,
            .name = v->name,
            .title = {v->title.en.n ? v->title.en : v->name, v->title.fr.n ? v->title.fr : v->name},
            .chosen = cn_blank_chosen(chosen, v->name)};
    }
    return true;
}

/* The experiments of all frameworks that are listed. */
static bool list_variants(cn_arena *a, const cn_packs *packs, cn_slice day, const cn_json *chosen,
                          cn_design_gaps *out, cn_err *err) {
    size_t cap = 0;
    for (size_t i = 0; i < out->frameworks_n; i++) {
        const cn_pack *pack;
        if (!cn_packs_choose(packs, out->frameworks[i].family, day, &pack, err) ||
            !add_variants(a, &out->frameworks[i], pack, day, chosen, &cap, out, err))
            return false;
    }
    return true;
}

/* Rules about learners and applications for funding are none of a design's. */
static bool is_of_design(const cn_rule *rule) {
    return !cn_slice_eq(rule->scope, CN_S("learner")) && !cn_slice_eq(rule->scope, CN_S("application"));
}

static bool hold(cn_arena *a, const cn_packs *packs, cn_slice day, const cn_json *record, cn_design_gaps *out,
                 cn_err *err) {
    size_t cap = 0;
    for (size_t i = 0; i < out->frameworks_n; i++) {
        const cn_rule_result *results;
        const cn_pack *pack;
        if (!out->frameworks[i].chosen) continue;
        if (!cn_packs_choose(packs, out->frameworks[i].family, day, &pack, err) ||
            !cn_pack_check(a, pack, record, day, &results, err))
            return false;
        for (size_t r = 0; r < pack->rules_n; r++) {
            bool open = results[r].outcome == CN_RULE_FAIL || results[r].outcome == CN_RULE_ATTEST,
                 gap = open && results[r].rule->enforced;
            if (gap && is_of_design(results[r].rule) &&
                !add_gap(a, &out->frameworks[i], &results[r], &cap, out, err))
                return false;
        }
    }
    return true;
}

bool cn_app_design_gaps(cn_arena *a, const cn_app *app, cn_time now, const cn_organisation *org,
                        const cn_achievement *achievement, cn_design_gaps *out, cn_err *err) {
    cn_design_gaps gaps = {0};
    const cn_json *record;
    cn_packs builtin;
    const cn_packs *packs = app->packs ? app->packs : &builtin;
    cn_slice day = cn_time_day_text(a, now);
    if (!day.n) return cn_fail_memory(err);
    if ((!app->packs && !cn_packs_builtin(a, &builtin, err)) ||
        !list_frameworks(a, packs, day, cn_json_get(achievement->draft.design, CN_S("frameworks")), &gaps, err) ||
        !list_variants(a, packs, day, cn_json_get(achievement->draft.design, CN_S("variants")), &gaps, err) ||
        !cn_app_record(a, app, now, org, achievement, &record, err) || !hold(a, packs, day, record, &gaps, err))
        return false;
    *out = gaps;
    return true;
}
