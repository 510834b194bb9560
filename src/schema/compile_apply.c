/* SPDX-License-Identifier: Apache-2.0
 *
 * Compiling the keywords that apply schemas: references, members, items, and the
 * ways of putting schemas together (2020-12 core, 8.2.3 and 10, 11).
 */
#include "schema/inside.h"

/* Where a schema stands below a node: /name, /name/key or /name/index. */
static bool below(cn_sch_compiler *c, const cn_sch_node *node, cn_slice name, const cn_slice *key,
                  const size_t *index, cn_slice *out) {
    cn_buf b = cn_buf_on(c->arena, 0);
    cn_buf_add(&b, node->pointer);
    cn_json_pointer_key(&b, name);
    if (key) cn_json_pointer_key(&b, *key);
    if (index) cn_json_pointer_index(&b, *index);
    *out = cn_buf_slice(&b);
    return cn_buf_ok(&b) || cn_fail_memory(c->err);
}

static bool child(cn_sch_compiler *c, const cn_sch_node *node, cn_slice name, const cn_json *json,
                  cn_sch_node **out) {
    cn_slice place;
    return below(c, node, name, NULL, NULL, &place) && cn_sch_node_of(c, json, node->resource, place, name, out);
}

/* The schema of a keyword beside this one; NULL where it is absent, or not of this dialect. */
static bool beside(cn_sch_compiler *c, const cn_sch_node *node, cn_slice name, cn_sch_node **out) {
    const cn_json *json = cn_json_get(node->json, name);
    *out = NULL;
    return !json || child(c, node, name, json, out);
}

static bool list(cn_sch_compiler *c, const cn_sch_node *node, cn_slice name, const cn_json *value,
                 cn_sch_rule *rule) {
    cn_slice place;
    if (!cn_json_is(value, CN_JSON_ARRAY)) return cn_sch_fail(c, node, name, "a list of schemas");
    rule->branches = CN_NEW_ARRAY(c->arena, cn_sch_branch, value->array.n);
    if (!rule->branches) return cn_fail_memory(c->err);
    for (size_t i = 0; i < value->array.n; i++)
        if (!below(c, node, name, NULL, &i, &place) ||
            !cn_sch_node_of(c, value->array.v[i], node->resource, place, name, &rule->branches[i].node))
            return false;
    rule->n = value->array.n;
    return true;
}

static bool map(cn_sch_compiler *c, const cn_sch_node *node, cn_slice name, const cn_json *value,
                cn_sch_rule *rule) {
    cn_slice place;
    if (!cn_json_is(value, CN_JSON_OBJECT)) return cn_sch_fail(c, node, name, "an object of schemas");
    rule->branches = CN_NEW_ARRAY(c->arena, cn_sch_branch, value->object.n);
    if (!rule->branches) return cn_fail_memory(c->err);
    for (size_t i = 0; i < value->object.n; i++) {
        const cn_json_member *m = &value->object.v[i];
        rule->branches[i].name = m->key;
        if (!below(c, node, name, &m->key, NULL, &place) ||
            !cn_sch_node_of(c, m->value, node->resource, place, name, &rule->branches[i].node))
            return false;
    }
    rule->n = value->object.n;
    return true;
}

static cn_sch_rule *add(cn_sch_compiler *c, cn_sch_node *node, cn_slice name, const cn_json *value,
                        cn_sch_rule_run *run) {
    cn_sch_rule *rule = cn_sch_rule_add(c, node, name, value);
    if (rule) rule->run = run;
    return rule;
}

/* ---- References ---- */

static cn_sch_rule *refer(cn_sch_compiler *c, cn_sch_node *node, cn_slice name, const cn_json *value,
                          cn_sch_rule_run *run) {
    cn_slice anchor;
    if (!cn_json_is(value, CN_JSON_STRING)) return (void)cn_sch_fail(c, node, name, "a URL reference"), NULL;
    cn_sch_rule *rule = add(c, node, name, value, run);
    if (!rule || !cn_sch_refer(c, node, value->string, &rule->one, &anchor)) return NULL;
    /* 8.2.3.2: it is dynamic only where what it first leads to was made with the same dynamic anchor. */
    bool dynamic = anchor.n && cn_map_get(&rule->one->resource->dynamic, anchor) == rule->one;
    if (dynamic) rule->anchor = anchor;
    return rule;
}

bool cn_sch_compile_ref(cn_sch_compiler *c, cn_sch_node *node, cn_slice name, const cn_json *value) {
    return refer(c, node, name, value, cn_sch_run_ref) != NULL;
}

bool cn_sch_compile_dynamic_ref(cn_sch_compiler *c, cn_sch_node *node, cn_slice name, const cn_json *value) {
    return refer(c, node, name, value, cn_sch_run_dynamic_ref) != NULL;
}

bool cn_sch_compile_recursive_ref(cn_sch_compiler *c, cn_sch_node *node, cn_slice name, const cn_json *value) {
    if (!cn_json_is_string(value, CN_S("#"))) return cn_sch_fail(c, node, name, "\"#\"");
    return refer(c, node, name, value, cn_sch_run_recursive_ref) != NULL;
}

/* ---- Members ---- */

static bool dependency(cn_sch_compiler *c, const cn_sch_node *node, cn_slice name, const cn_json_member *m,
                       cn_sch_branch *out) {
    cn_slice place;
    out->name = m->key;
    if (cn_json_is(m->value, CN_JSON_ARRAY)) {
        for (size_t i = 0; i < m->value->array.n; i++)
            if (!cn_json_is(m->value->array.v[i], CN_JSON_STRING))
                return cn_sch_fail(c, node, name, "an object of schemas and lists of names");
        out->names = m->value;
        return true;
    }
    return below(c, node, name, &m->key, NULL, &place) &&
           cn_sch_node_of(c, m->value, node->resource, place, name, &out->node);
}

bool cn_sch_compile_dependencies(cn_sch_compiler *c, cn_sch_node *node, cn_slice name, const cn_json *value) {
    if (!cn_json_is(value, CN_JSON_OBJECT)) return cn_sch_fail(c, node, name, "an object");
    cn_sch_rule *rule = add(c, node, name, value, cn_sch_run_dependent);
    if (!rule) return false;
    rule->branches = CN_NEW_ARRAY(c->arena, cn_sch_branch, value->object.n);
    if (!rule->branches) return cn_fail_memory(c->err);
    for (; rule->n < value->object.n; rule->n++)
        if (!dependency(c, node, name, &value->object.v[rule->n], &rule->branches[rule->n])) return false;
    return true;
}

bool cn_sch_compile_dependent_schemas(cn_sch_compiler *c, cn_sch_node *node, cn_slice name, const cn_json *value) {
    cn_sch_rule *rule = add(c, node, name, value, cn_sch_run_dependent);
    return rule && map(c, node, name, value, rule);
}

bool cn_sch_compile_names(cn_sch_compiler *c, cn_sch_node *node, cn_slice name, const cn_json *value) {
    cn_sch_rule *rule = add(c, node, name, value, cn_sch_run_names);
    return rule && child(c, node, name, value, &rule->one);
}

static bool by_name(cn_sch_compiler *c, cn_sch_node *node, cn_sch_rule *rule) {
    cn_slice name = CN_S("properties");
    cn_sch_rule made = {0};
    const cn_json *value = cn_json_get(node->json, name);
    if (!value) return true;
    if (!map(c, node, name, value, &made)) return false;
    for (size_t i = 0; i < made.n; i++)
        if (!cn_map_put(c->arena, &rule->members, made.branches[i].name, made.branches[i].node))
            return cn_fail_memory(c->err);
    return true;
}

static bool by_pattern(cn_sch_compiler *c, cn_sch_node *node, cn_sch_rule *rule) {
    cn_slice name = CN_S("patternProperties");
    const cn_json *value = cn_json_get(node->json, name);
    if (!value) return true;
    if (!map(c, node, name, value, rule)) return false;
    for (size_t i = 0; i < rule->n; i++)
        if (!cn_sch_pattern(c->arena, rule->branches[i].name, &rule->branches[i].pattern, c->err))
            return cn_fail_place(c->err, node->pointer);
    return true;
}

bool cn_sch_compile_members(cn_sch_compiler *c, cn_sch_node *node, cn_slice name, const cn_json *value) {
    if (node->n && node->rules[node->n - 1].run == cn_sch_run_members) return true; /* made with one before */
    cn_sch_rule *rule = add(c, node, name, value, cn_sch_run_members);
    return rule && by_name(c, node, rule) && by_pattern(c, node, rule) &&
           beside(c, node, CN_S("additionalProperties"), &rule->other);
}

/* ---- Items ---- */

bool cn_sch_compile_items(cn_sch_compiler *c, cn_sch_node *node, cn_slice name, const cn_json *value) {
    cn_slice more = CN_S("items");
    if (node->n && node->rules[node->n - 1].run == cn_sch_run_items) return true;
    cn_sch_rule *rule = add(c, node, name, value, cn_sch_run_items);
    if (!rule) return false;
    bool new = node->resource->dialect.bit == CN_D20;
    if (!new &&cn_json_is(value, CN_JSON_ARRAY)) more = CN_S("additionalItems");
    bool first = cn_slice_eq(name, CN_S("prefixItems")) || !cn_slice_eq(more, CN_S("items"));
    if (first && !list(c, node, name, value, rule)) return false;
    return beside(c, node, more, &rule->other);
}

bool cn_sch_compile_contains(cn_sch_compiler *c, cn_sch_node *node, cn_slice name, const cn_json *value) {
    const cn_sch_dialect *d = &node->resource->dialect;
    const cn_json *min = cn_json_get(node->json, CN_S("minContains"));
    const cn_json *max = cn_json_get(node->json, CN_S("maxContains"));
    cn_sch_rule *rule = add(c, node, name, value, cn_sch_run_contains);
    if (!rule) return false;
    bool counted = (d->bit & CN_D_NEW) && (d->vocabularies & CN_V_VALIDATION);
    rule->min = 1;
    rule->max = SIZE_MAX;
    rule->each_counts = d->bit == CN_D20;
    if (counted && min && !cn_sch_count(c, node, CN_S("minContains"), min, &rule->min)) return false;
    if (counted && max && !cn_sch_count(c, node, CN_S("maxContains"), max, &rule->max)) return false;
    return child(c, node, name, value, &rule->one);
}

/* ---- Putting together ---- */

bool cn_sch_compile_if(cn_sch_compiler *c, cn_sch_node *node, cn_slice name, const cn_json *value) {
    cn_sch_rule *rule = add(c, node, name, value, cn_sch_run_if);
    return rule && child(c, node, name, value, &rule->one) && beside(c, node, CN_S("then"), &rule->then) &&
           beside(c, node, CN_S("else"), &rule->other);
}

static bool several(cn_sch_compiler *c, cn_sch_node *node, cn_slice name, const cn_json *value,
                    cn_sch_rule_run *run) {
    if (!cn_json_count(value)) return cn_sch_fail(c, node, name, "a list of at least one schema");
    cn_sch_rule *rule = add(c, node, name, value, run);
    return rule && list(c, node, name, value, rule);
}

bool cn_sch_compile_all(cn_sch_compiler *c, cn_sch_node *node, cn_slice name, const cn_json *value) {
    return several(c, node, name, value, cn_sch_run_all);
}

bool cn_sch_compile_any(cn_sch_compiler *c, cn_sch_node *node, cn_slice name, const cn_json *value) {
    return several(c, node, name, value, cn_sch_run_any);
}

bool cn_sch_compile_one(cn_sch_compiler *c, cn_sch_node *node, cn_slice name, const cn_json *value) {
    return several(c, node, name, value, cn_sch_run_one);
}

bool cn_sch_compile_not(cn_sch_compiler *c, cn_sch_node *node, cn_slice name, const cn_json *value) {
    cn_sch_rule *rule = add(c, node, name, value, cn_sch_run_not);
    return rule && child(c, node, name, value, &rule->one);
}

/* ---- What is left over ---- */

static bool left_over(cn_sch_compiler *c, cn_sch_node *node, cn_slice name, const cn_json *value,
                      cn_sch_rule_run *run) {
    cn_sch_rule *rule = add(c, node, name, value, run);
    if (!rule) return false;
    rule->last = node->wants_seen = true;
    return child(c, node, name, value, &rule->one);
}

bool cn_sch_compile_unevaluated_items(cn_sch_compiler *c, cn_sch_node *node, cn_slice name, const cn_json *value) {
    return left_over(c, node, name, value, cn_sch_run_unevaluated_items);
}

bool cn_sch_compile_unevaluated_properties(cn_sch_compiler *c, cn_sch_node *node, cn_slice name,
                                           const cn_json *value) {
    return left_over(c, node, name, value, cn_sch_run_unevaluated_properties);
}
