/* SPDX-License-Identifier: Apache-2.0
 *
 * Compiling a schema: a queue of nodes, begun with the root, to which every
 * reference and subschema adds.
 */
#include "schema/inside.h"

bool cn_sch_fail(cn_sch_compiler *c, const cn_sch_node *node, cn_slice name, const char *must) {
    cn_buf where = cn_buf_on(c->arena, 0);
    cn_buf_add(&where, node->pointer);
    cn_json_pointer_key(&where, name);
    if (!cn_buf_ok(&where)) return cn_fail_memory(c->err);
    return cn_fail_at(c->err, CN_INVALID, "schema.keyword", cn_buf_slice(&where), "\"%.*s\" has to be %s.",
                      CN_ARG(name), must);
}

cn_sch_rule *cn_sch_rule_add(cn_sch_compiler *c, cn_sch_node *node, cn_slice name, const cn_json *value) {
    cn_sch_rule *rules = cn_arena_grow(c->arena, node->rules, node->n, &node->cap, node->n + 1, sizeof *rules);
    if (!rules) return (void)cn_fail_memory(c->err), NULL;
    node->rules = rules;
    rules[node->n] = (cn_sch_rule){.node = node, .keyword = name, .value = value};
    return &rules[node->n++];
}

bool cn_sch_count(cn_sch_compiler *c, const cn_sch_node *node, cn_slice name, const cn_json *value, size_t *out) {
    if (cn_json_is(value, CN_JSON_NUMBER)) {
        cn_decimal d = cn_decimal_of(value);
        if (cn_decimal_count(&d, out)) return true;
    }
    return cn_sch_fail(c, node, name, "a whole number, zero or more");
}

static bool compile_node(cn_sch_compiler *c, cn_sch_node *node) {
    size_t n;
    const cn_sch_keyword *all = cn_sch_keywords(&n);
    const cn_sch_dialect *d = &node->resource->dialect;
    if (!cn_json_is(node->json, CN_JSON_OBJECT)) return true;
    if (cn_sch_only_ref(d, node->json)) n = 1;
    for (size_t i = 0; i < n; i++) {
        const cn_json *value = cn_json_get(node->json, all[i].name);
        if (!value || !all[i].compile || !cn_sch_has(d, &all[i])) continue;
        if (!all[i].compile(c, node, all[i].name, value)) return false;
    }
    return true;
}

static bool compile_queue(cn_sch_compiler *c) {
    for (; c->first; c->first = c->first->next)
        if (!compile_node(c, c->first)) return false;
    return true;
}

bool cn_schema_compile(cn_arena *a, const cn_json *schema, const cn_schema_options *options, const cn_schema **out,
                       cn_err *err) {
    static const cn_schema_options none = {0};
    cn_sch_resource *resource;
    cn_sch_node *root;
    cn_slice base, fragment;
    cn_sch_compiler c = {.arena = a, .err = err, .options = options ? options : &none};
    cn_sch_dialect dialect = cn_sch_dialect_of(c.options->dialect);
    (void)cn_slice_cut(c.options->base, '#', &base, &fragment);
    cn_schema *made = CN_NEW(a, cn_schema);
    if (!made) return cn_fail_memory(err);
    if (!cn_sch_document(&c, schema, base, &dialect, &resource)) return false;
    if (!cn_sch_node_of(&c, schema, resource, CN_S(""), CN_S(""), &root) || !compile_queue(&c)) return false;
    made->root = root;
    *out = made;
    return true;
}
