/* SPDX-License-Identifier: Apache-2.0
 *
 * Validating: a node's rules are tried in turn. Work and depth are counted, what was looked
 * at is kept as bits, and only where a schema asks for it.
 */
#include "schema/inside.h"

enum { MAX_DEPTH = 1500, MAX_VIOLATIONS = 20 };

bool cn_sch_stop(cn_sch_run *run) {
    run->stopped = true;
    return false;
}

bool cn_sch_stop_memory(cn_sch_run *run) {
    (void)cn_fail_memory(run->err);
    return cn_sch_stop(run);
}

bool cn_sch_spend(cn_sch_run *run, size_t work) {
    if (run->stopped) return false;
    if (work <= run->work_left) {
        run->work_left -= work;
        return true;
    }
    (void)cn_fail(run->err, CN_LIMIT, "schema.work", "Holding the value against the schema takes too much work.");
    return cn_sch_stop(run);
}

/* ---- What was looked at ---- */

enum { BITS = 64 };

static bool make_seen(cn_sch_run *run, const cn_json *value, cn_sch_seen *seen) {
    seen->n = cn_json_count(value);
    seen->bits = CN_NEW_ARRAY(run->arena, uint64_t, seen->n / BITS + 1);
    return seen->bits ? cn_sch_spend(run, seen->n / BITS) : cn_sch_stop_memory(run);
}

void cn_sch_saw(cn_sch_seen *seen, size_t i) {
    if (seen) seen->bits[i / BITS] |= (uint64_t)1 << (i % BITS);
}

void cn_sch_saw_all(cn_sch_seen *seen) {
    for (size_t i = 0; seen && i <= seen->n / BITS; i++) seen->bits[i] = UINT64_MAX;
}

bool cn_sch_was_seen(const cn_sch_seen *seen, size_t i) {
    return seen->bits[i / BITS] >> (i % BITS) & 1;
}

static void add_seen(cn_sch_seen *to, const cn_sch_seen *from) {
    for (size_t i = 0; i <= to->n / BITS; i++) to->bits[i] |= from->bits[i];
}

/* ---- Nodes ---- */

static bool try_rules(cn_sch_run *run, const cn_sch_node *node, const cn_sch_at *at, cn_sch_seen *seen) {
    bool holds = true;
    for (size_t i = 0; i < node->n; i++) {
        const cn_sch_rule *rule = &node->rules[i];
        if (!holds && (run->quiet || rule->last)) break;
        if (!cn_sch_spend(run, 1)) return false;
        if (!rule->run(run, rule, at, seen)) holds = false;
        if (run->stopped) return false;
    }
    return holds;
}

/* Enters the node's resource, where it is another one than before. */
static bool try_in_scope(cn_sch_run *run, const cn_sch_node *node, const cn_sch_at *at, cn_sch_seen *seen) {
    const cn_sch_scope *outer = run->scope, inner = {node->resource, outer};
    if (!outer || outer->resource != node->resource) run->scope = &inner;
    run->depth++;
    bool holds = try_rules(run, node, at, seen);
    run->depth--;
    run->scope = outer;
    return holds;
}

static bool too_deep(cn_sch_run *run) {
    (void)cn_fail(run->err, CN_LIMIT, "schema.depth",
                  "The schema leads into itself, or is nested too deeply, to hold the value against it.");
    return cn_sch_stop(run);
}

bool cn_sch_eval(cn_sch_run *run, const cn_sch_node *node, const cn_sch_at *at, cn_sch_seen *outer) {
    if (!cn_sch_spend(run, 1)) return false;
    if (cn_json_is(node->json, CN_JSON_FALSE)) return cn_sch_tell_never(run, node, at);
    if (!node->n) return true;
    if (run->depth == MAX_DEPTH) return too_deep(run);
    cn_arena_mark mark = cn_arena_get_mark(run->arena);
    size_t told = run->n;
    cn_sch_seen own, *seen = outer || node->wants_seen ? &own : NULL;
    if (seen && !make_seen(run, at->value, seen)) return false;
    bool holds = try_in_scope(run, node, at, seen);
    if (holds && outer && !run->stopped) add_seen(outer, &own);
    /* What was told stands behind the mark. */
    if (run->n == told) cn_arena_reset(run->arena, mark);
    return holds;
}

bool cn_schema_validate(cn_arena *a, const cn_schema *schema, const cn_json *instance,
                        const cn_schema_run *options, cn_schema_result *out, cn_err *err) {
    static const cn_schema_run none = {0};
    if (!options) options = &none;
    cn_sch_run run = {.arena = a,
                      .err = err,
                      .formats = options->formats,
                      .work_left = options->max_work ? options->max_work : CN_SCHEMA_MAX_WORK,
                      .max = options->max_violations ? options->max_violations : MAX_VIOLATIONS};
    cn_sch_at root = {.value = instance};
    run.violations = CN_NEW_ARRAY(a, cn_violation, run.max);
    if (!run.violations) return cn_fail_memory(err);
    bool valid = cn_sch_eval(&run, schema->root, &root, NULL);
    if (run.stopped) return false;
    *out = (cn_schema_result){.valid = valid, .violations = run.violations, .n = run.n, .more = run.more};
    return true;
}
