/* SPDX-License-Identifier: Apache-2.0
 *
 * Which frameworks a published version meets, for everybody: of those that its design says it is meant to meet,
 * how many of the rules that are in force today and must hold do. Which rules, its organisation's members see
 * (check.c).
 */
#include "app/record.h"
#include "web/achievements.h"
#include "web/frameworks.h"
#include "web/messages.h"

#include "base/base.h"

/* Of the rules that must hold and apply. */
typedef struct count {
    unsigned long long asked, hold;
} count;

static count count_of(const cn_pack *pack, const cn_rule_result *results) {
    count c = {0};
    for (size_t i = 0; i < pack->rules_n; i++) {
        const cn_rule_result *r = &results[i];
        if (!cn_rule_of_achievement(r->rule) || !r->rule->enforced || r->rule->severity != CN_MUST) continue;
        c.asked += r->outcome != CN_RULE_SKIP;
        c.hold += r->outcome == CN_RULE_PASS;
    }
    return c;
}

static cn_slice text_of(const cn_making *m, count c) {
    if (c.asked == c.hold) return cn_making_plural(m, CN_MSG_met_all, c.asked);
    return cn_making_text(m, CN_MSG_met_some, cn_making_number(m, c.hold), cn_making_number(m, c.asked));
}

static bool is_chosen(const cn_json *families, cn_slice family) {
    for (size_t i = 0; i < cn_json_count(families); i++)
        if (cn_json_is_string(cn_json_item(families, i), family)) return true;
    return false;
}

static bool add(const cn_making *m, const cn_pack *pack, const cn_json *record, cn_slice day, cn_view_met *out,
                cn_err *err) {
    const cn_rule_result *results;
    if (!cn_pack_check(m->rq->arena, pack, record, day, &results, err)) return false;
    count c = count_of(pack, results);
    cn_view_pack words = cn_words_pack(m, pack, day);
    out->v[out->n++] = (cn_view_met_one){.title = words.title,
                                         .status = words.status,
                                         .text = text_of(m, c),
                                         .whole = c.asked == c.hold,
                                         .link = words.link};
    return true;
}

bool cn_view_met_fill(const cn_making *m, const cn_version *is, const cn_organisation *org, cn_view_met *out,
                      cn_err *err) {
    const cn_json *families = cn_json_get(is->design, CN_S("frameworks")), *record;
    const cn_packs *packs = m->web->packs;
    cn_slice day = cn_framework_today(m->rq);
    *out = (cn_view_met){.when = cn_words_date(m, m->rq->now, false)};
    if (!cn_json_count(families)) return true;
    out->v = CN_NEW_ARRAY(m->rq->arena, cn_view_met_one, packs->n);
    if (!out->v) return cn_fail_memory(err);
    if (!cn_app_record_version(m->rq->arena, m->web->app, m->rq->now, org, is, &record, err)) return false;
    for (size_t i = 0; i < packs->n; i++)
        if (is_chosen(families, packs->v[i]->family) && cn_framework_current(packs->v[i], day) &&
            !add(m, packs->v[i], record, day, out, err))
            return false;
    return true;
}
