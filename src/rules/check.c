/* SPDX-License-Identifier: Apache-2.0
 *
 * Holding a record against a pack.
 */
#include "rules/inside.h"

enum { WORK = 2000000 }; /* of patterns, in one check */

const char *cn_severity_name(cn_severity s) {
    static const char *const names[] = {"must", "should", "may"};
    return names[s];
}

const char *cn_rule_outcome_name(cn_rule_outcome o) {
    static const char *const names[] = {"pass", "fail", "attest", "skip"};
    return names[o];
}

/* ---- Variants ---- */

bool cn_variant_in_force(const cn_variant *v, cn_slice date) {
    return v->from.n && cn_slice_cmp(v->from, date) <= 0 && (!v->to.n || cn_slice_cmp(date, v->to) <= 0);
}

static bool applies(const cn_variant *v, const cn_json *record, cn_slice date) {
    if (!cn_variant_in_force(v, date)) return false;
    const cn_json *named = cn_json_get(record, CN_S("variants"));
    for (size_t i = 0; i < cn_json_many(named); i++)
        if (cn_json_is_string(cn_json_one(named, i), v->name)) return true;
    return false;
}

static const cn_test *test_of(const cn_pack *pack, const cn_rule *rule, const cn_json *record, cn_slice date) {
    for (size_t i = 0; i < pack->variants_n; i++) {
        const cn_variant *v = &pack->variants[i];
        if (!applies(v, record, date)) continue;
        for (size_t k = 0; k < v->overrides_n; k++)
            if (v->overrides[k].rule == rule) return v->overrides[k].test;
    }
    return rule->test;
}

/* ---- Checking ---- */

bool cn_pack_check(cn_arena *a, const cn_pack *pack, const cn_json *record, cn_slice date,
                   const cn_rule_result **out, cn_err *err) {
    cn_run run = {.arena = a, .record = record, .work = WORK, .err = err};
    if (!cn_json_is(record, CN_JSON_OBJECT))
        return cn_fail(err, CN_INVALID, "record.shape", "The record is no JSON object.");
    if (!cn_rules_is_date(date)) return cn_fail(err, CN_INVALID, "pack.date", "This is no date.");
    cn_rule_result *results = CN_NEW_ARRAY(a, cn_rule_result, pack->rules_n);
    if (!results) return cn_fail_memory(err);
    for (size_t i = 0; i < pack->rules_n; i++) {
        cn_rule_result *r = &results[i];
        r->rule = &pack->rules[i];
        r->outcome = cn_rules_decide(&run, test_of(pack, r->rule, record, date), &r->field);
        if (run.failed) return false;
    }
    *out = results;
    return true;
}
