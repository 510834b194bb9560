/* SPDX-License-Identifier: Apache-2.0
 *
 * The rules that apply schemas to a value, its members and items (2020-12 core, 8.2.3,
 * 10 and 11).
 */
#include "schema/inside.h"

/* ---- References ---- */

bool cn_sch_run_ref(cn_sch_run *run, const cn_sch_rule *rule, const cn_sch_at *at, cn_sch_seen *seen) {
    return cn_sch_eval(run, rule->one, at, seen);
}

/* 8.2.3.2: of the resources that were entered, the outermost that has the dynamic anchor. */
bool cn_sch_run_dynamic_ref(cn_sch_run *run, const cn_sch_rule *rule, const cn_sch_at *at, cn_sch_seen *seen) {
    const cn_sch_node *target = rule->one;
    for (const cn_sch_scope *s = rule->anchor.p ? run->scope : NULL; s; s = s->outer) {
        const cn_sch_node *found = cn_map_get(&s->resource->dynamic, rule->anchor);
        if (!cn_sch_spend(run, 1)) return false;
        if (found) target = found;
    }
    return cn_sch_eval(run, target, at, seen);
}

/* 2019-09 core, 8.2.4.2 */
bool cn_sch_run_recursive_ref(cn_sch_run *run, const cn_sch_rule *rule, const cn_sch_at *at, cn_sch_seen *seen) {
    const cn_sch_node *target = rule->one;
    bool follows = target->resource->recursive && target->resource->root == target;
    for (const cn_sch_scope *s = follows ? run->scope : NULL; s; s = s->outer) {
        if (!cn_sch_spend(run, 1)) return false;
        if (s->resource->recursive) target = s->resource->root;
    }
    return cn_sch_eval(run, target, at, seen);
}

/* ---- Members ---- */

static cn_sch_at member_at(const cn_sch_at *at, size_t i) {
    const cn_json_member *m = &at->value->object.v[i];
    return (cn_sch_at){.up = at, .value = m->value, .key = m->key};
}

static cn_sch_at item_at(const cn_sch_at *at, size_t i) {
    return (cn_sch_at){.up = at, .value = at->value->array.v[i], .index = i, .item = true};
}

/* Every pattern that its name matches is asked. */
static bool try_patterns(cn_sch_run *run, const cn_sch_rule *rule, const cn_sch_at *member, bool *any) {
    bool holds = true, found;
    for (size_t p = 0; p < rule->n; p++) {
        const cn_sch_branch *b = &rule->branches[p];
        if (!cn_sch_pattern_find(run->arena, b->pattern, member->key, &run->work_left, &found, run->err))
            return cn_sch_stop(run);
        *any = *any || found;
        if (found && !cn_sch_eval(run, b->node, member, NULL)) holds = false;
    }
    return holds;
}

bool cn_sch_run_members(cn_sch_run *run, const cn_sch_rule *rule, const cn_sch_at *at, cn_sch_seen *seen) {
    bool holds = true;
    if (!cn_json_is(at->value, CN_JSON_OBJECT)) return true;
    for (size_t i = 0; i < at->value->object.n && (holds || !run->quiet) && cn_sch_spend(run, 1); i++) {
        cn_sch_at member = member_at(at, i);
        const cn_sch_node *named = cn_map_get(&rule->members, member.key);
        bool any = named != NULL;
        if (named && !cn_sch_eval(run, named, &member, NULL)) holds = false;
        if (!try_patterns(run, rule, &member, &any)) holds = false;
        if (!any && rule->other && !cn_sch_eval(run, rule->other, &member, NULL)) holds = false;
        if (any || rule->other) cn_sch_saw(seen, i);
    }
    return holds && !run->stopped;
}

bool cn_sch_run_names(cn_sch_run *run, const cn_sch_rule *rule, const cn_sch_at *at, cn_sch_seen *seen) {
    (void)seen;
    bool holds = true;
    if (!cn_json_is(at->value, CN_JSON_OBJECT)) return true;
    for (size_t i = 0; i < at->value->object.n && (holds || !run->quiet); i++) {
        cn_json name = {.type = CN_JSON_STRING, .string = at->value->object.v[i].key};
        cn_sch_at place = {.up = at, .value = &name, .key = name.string};
        if (!cn_sch_eval(run, rule->one, &place, NULL)) holds = false;
    }
    return holds && !run->stopped;
}

bool cn_sch_run_unevaluated_properties(cn_sch_run *run, const cn_sch_rule *rule, const cn_sch_at *at,
                                       cn_sch_seen *seen) {
    bool holds = true;
    if (!cn_json_is(at->value, CN_JSON_OBJECT)) return true;
    for (size_t i = 0; i < at->value->object.n && (holds || !run->quiet) && cn_sch_spend(run, 1); i++) {
        cn_sch_at member = member_at(at, i);
        if (!cn_sch_was_seen(seen, i) && !cn_sch_eval(run, rule->one, &member, NULL)) holds = false;
    }
    cn_sch_saw_all(seen);
    return holds && !run->stopped;
}

/* ---- Items ---- */

bool cn_sch_run_items(cn_sch_run *run, const cn_sch_rule *rule, const cn_sch_at *at, cn_sch_seen *seen) {
    bool holds = true;
    if (!cn_json_is(at->value, CN_JSON_ARRAY)) return true;
    size_t n = at->value->array.n;
    for (size_t i = 0; i < n && (holds || !run->quiet) && cn_sch_spend(run, 1); i++) {
        cn_sch_at item = item_at(at, i);
        const cn_sch_node *node = i < rule->n ? rule->branches[i].node : rule->other;
        if (!node) break;
        if (!cn_sch_eval(run, node, &item, NULL)) holds = false;
        cn_sch_saw(seen, i);
    }
    return holds && !run->stopped;
}

/* 10.3.1.3; and validation, 6.4.4 and 6.4.5 */
bool cn_sch_run_contains(cn_sch_run *run, const cn_sch_rule *rule, const cn_sch_at *at, cn_sch_seen *seen) {
    static const cn_slice nothing = {0};
    if (!cn_json_is(at->value, CN_JSON_ARRAY)) return true;
    size_t found = 0;
    bool quiet = run->quiet;
    run->quiet = true;
    for (size_t i = 0; i < at->value->array.n; i++) {
        cn_sch_at item = item_at(at, i);
        if (!cn_sch_eval(run, rule->one, &item, NULL)) continue;
        found++;
        if (rule->each_counts) cn_sch_saw(seen, i);
    }
    run->quiet = quiet;
    if (run->stopped) return false;
    if (found < rule->min)
        return cn_sch_tell(run, rule, at, nothing, "must contain at least %zu of a kind of item, but contains %zu",
                           rule->min, found);
    if (found <= rule->max) return true;
    return cn_sch_tell(run, rule, at, nothing, "must contain at most %zu of a kind of item, but contains %zu",
                       rule->max, found);
}

bool cn_sch_run_unevaluated_items(cn_sch_run *run, const cn_sch_rule *rule, const cn_sch_at *at,
                                  cn_sch_seen *seen) {
    bool holds = true;
    if (!cn_json_is(at->value, CN_JSON_ARRAY)) return true;
    for (size_t i = 0; i < at->value->array.n && (holds || !run->quiet) && cn_sch_spend(run, 1); i++) {
        cn_sch_at item = item_at(at, i);
        if (!cn_sch_was_seen(seen, i) && !cn_sch_eval(run, rule->one, &item, NULL)) holds = false;
    }
    cn_sch_saw_all(seen);
    return holds && !run->stopped;
}

/* ---- Putting together ---- */

/* Only the answer, and nothing told. */
static bool quietly(cn_sch_run *run, const cn_sch_node *node, const cn_sch_at *at, cn_sch_seen *seen) {
    bool quiet = run->quiet;
    run->quiet = true;
    bool holds = cn_sch_eval(run, node, at, seen);
    run->quiet = quiet;
    return holds;
}

bool cn_sch_run_if(cn_sch_run *run, const cn_sch_rule *rule, const cn_sch_at *at, cn_sch_seen *seen) {
    const cn_sch_node *next = quietly(run, rule->one, at, seen) ? rule->then : rule->other;
    return !next || cn_sch_eval(run, next, at, seen);
}

bool cn_sch_run_not(cn_sch_run *run, const cn_sch_rule *rule, const cn_sch_at *at, cn_sch_seen *seen) {
    (void)seen;
    static const cn_slice nothing = {0};
    if (!quietly(run, rule->one, at, NULL)) return true;
    return cn_sch_tell(run, rule, at, nothing, "is what the schema rules out");
}

bool cn_sch_run_all(cn_sch_run *run, const cn_sch_rule *rule, const cn_sch_at *at, cn_sch_seen *seen) {
    bool holds = true;
    for (size_t i = 0; i < rule->n && (holds || !run->quiet); i++)
        if (!cn_sch_eval(run, rule->branches[i].node, at, seen)) holds = false;
    return holds;
}

/* Whether the value is of the type that the node asks for first, also through a reference. */
static bool type_fits(const cn_sch_node *node, const cn_json *value) {
    enum { REFERENCES = 8 };
    for (size_t i = 0; i < REFERENCES && node->n; i++) {
        if (node->rules[0].run == cn_sch_run_type) return cn_sch_type_fits(&node->rules[0], value);
        if (node->rules[0].run != cn_sch_run_ref) return true;
        node = node->rules[0].one;
    }
    return true;
}

/* Where only one of the alternatives is for values of this type, what is wrong is said by it. */
static bool explain(cn_sch_run *run, const cn_sch_rule *rule, const cn_sch_at *at) {
    static const cn_slice nothing = {0};
    const cn_sch_node *only = NULL;
    size_t fitting = 0;
    for (size_t i = 0; i < rule->n && !run->quiet; i++) {
        if (!type_fits(rule->branches[i].node, at->value)) continue;
        only = rule->branches[i].node;
        fitting++;
    }
    if (fitting == 1) return cn_sch_eval(run, only, at, NULL);
    return cn_sch_tell(run, rule, at, nothing, "is as none of the %zu alternatives asks", rule->n);
}

bool cn_sch_run_any(cn_sch_run *run, const cn_sch_rule *rule, const cn_sch_at *at, cn_sch_seen *seen) {
    bool holds = false;
    for (size_t i = 0; i < rule->n && (!holds || seen); i++)
        if (quietly(run, rule->branches[i].node, at, seen)) holds = true;
    return holds || run->stopped ? holds : explain(run, rule, at);
}

bool cn_sch_run_one(cn_sch_run *run, const cn_sch_rule *rule, const cn_sch_at *at, cn_sch_seen *seen) {
    static const cn_slice nothing = {0};
    size_t fits = 0;
    for (size_t i = 0; i < rule->n && fits < 2; i++) fits += quietly(run, rule->branches[i].node, at, seen);
    if (fits == 1 || run->stopped) return true;
    if (!fits) return explain(run, rule, at);
    return cn_sch_tell(run, rule, at, nothing,
                       "is as more than one of the %zu alternatives asks, which leave no choice", rule->n);
}
