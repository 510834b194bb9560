/* SPDX-License-Identifier: Apache-2.0
 *
 * Compiling the keywords that look at one value: types, numbers, texts, counts
 * (2020-12 validation, 6).
 */
#include "schema/inside.h"

/* ---- type ---- */

static unsigned type_bits(cn_slice name) {
    static const struct {
        cn_slice name;
        unsigned bits;
    } types[] = {
        {CN_S_INIT("null"), 1u << CN_JSON_NULL},
        {CN_S_INIT("boolean"), 1u << CN_JSON_FALSE | 1u << CN_JSON_TRUE},
        {CN_S_INIT("number"), 1u << CN_JSON_NUMBER},
        {CN_S_INIT("integer"), 1u << CN_SCH_INTEGER},
        {CN_S_INIT("string"), 1u << CN_JSON_STRING},
        {CN_S_INIT("array"), 1u << CN_JSON_ARRAY},
        {CN_S_INIT("object"), 1u << CN_JSON_OBJECT},
    };
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (cn_slice_eq(types[i].name, name)) return types[i].bits;
    return 0;
}

bool cn_sch_compile_type(cn_sch_compiler *c, cn_sch_node *node, cn_slice name, const cn_json *value) {
    cn_sch_rule *rule = cn_sch_rule_add(c, node, name, value);
    if (!rule) return false;
    rule->run = cn_sch_run_type;
    for (size_t i = 0; i < cn_json_many(value); i++) {
        unsigned bits = type_bits(cn_json_text(cn_json_one(value, i)));
        if (!bits) return cn_sch_fail(c, node, name, "the name of a type, or a list of such names");
        rule->types |= bits;
    }
    return rule->types || cn_sch_fail(c, node, name, "the name of a type, or a list of such names");
}

/* ---- enum, const ---- */

bool cn_sch_compile_enum(cn_sch_compiler *c, cn_sch_node *node, cn_slice name, const cn_json *value) {
    if (!cn_json_is(value, CN_JSON_ARRAY)) return cn_sch_fail(c, node, name, "a list");
    cn_sch_rule *rule = cn_sch_rule_add(c, node, name, value);
    if (rule) rule->run = cn_sch_run_enum;
    return rule != NULL;
}

bool cn_sch_compile_const(cn_sch_compiler *c, cn_sch_node *node, cn_slice name, const cn_json *value) {
    cn_sch_rule *rule = cn_sch_rule_add(c, node, name, value);
    if (rule) rule->run = cn_sch_run_const;
    return rule != NULL;
}

/* ---- Numbers ---- */

bool cn_sch_compile_multiple(cn_sch_compiler *c, cn_sch_node *node, cn_slice name, const cn_json *value) {
    cn_sch_rule *rule = cn_sch_rule_add(c, node, name, value);
    if (!rule) return false;
    rule->run = cn_sch_run_multiple;
    if (!cn_json_is(value, CN_JSON_NUMBER)) return cn_sch_fail(c, node, name, "a number above zero");
    cn_decimal d = cn_decimal_of(value);
    if (cn_divisor_of(&d, &rule->divisor)) return true;
    if (d.negative || !d.n) return cn_sch_fail(c, node, name, "a number above zero");
    return cn_fail_at(c->err, CN_UNSUPPORTED, "schema.number", node->pointer,
                      "\"multipleOf\" has more than %d digits.", CN_DIVISOR_DIGITS);
}

bool cn_sch_compile_bound(cn_sch_compiler *c, cn_sch_node *node, cn_slice name, const cn_json *value) {
    if (!cn_json_is(value, CN_JSON_NUMBER)) return cn_sch_fail(c, node, name, "a number");
    cn_sch_rule *rule = cn_sch_rule_add(c, node, name, value);
    if (!rule) return false;
    bool maximum = cn_slice_ends(name, CN_S("aximum"));
    rule->run = cn_sch_run_bound;
    rule->sign = maximum ? 1 : -1;
    rule->decimal = cn_decimal_of(value);
    rule->exclusive = cn_slice_starts(name, CN_S("exclusive"));
    if (node->resource->dialect.bit != CN_D4) return true;
    /* Draft 4 says so beside it. */
    const cn_json *beside = cn_json_get(node->json, maximum ? CN_S("exclusiveMaximum") : CN_S("exclusiveMinimum"));
    rule->exclusive = cn_json_is(beside, CN_JSON_TRUE);
    return !beside || cn_json_is_bool(beside) ||
           cn_sch_fail(c, node, maximum ? CN_S("exclusiveMaximum") : CN_S("exclusiveMinimum"), "true or false");
}

/* ---- Counts: of characters, items, members ---- */

bool cn_sch_compile_count(cn_sch_compiler *c, cn_sch_node *node, cn_slice name, const cn_json *value) {
    cn_sch_rule *rule = cn_sch_rule_add(c, node, name, value);
    if (!rule) return false;
    rule->sign = cn_slice_starts(name, CN_S("max")) ? 1 : -1;
    if (cn_slice_ends(name, CN_S("Length"))) rule->run = cn_sch_run_length;
    else if (cn_slice_ends(name, CN_S("Items"))) rule->run = cn_sch_run_item_count;
    else rule->run = cn_sch_run_member_count;
    return cn_sch_count(c, node, name, value, &rule->count);
}

bool cn_sch_compile_unique(cn_sch_compiler *c, cn_sch_node *node, cn_slice name, const cn_json *value) {
    if (!cn_json_is_bool(value)) return cn_sch_fail(c, node, name, "true or false");
    if (cn_json_is(value, CN_JSON_FALSE)) return true;
    cn_sch_rule *rule = cn_sch_rule_add(c, node, name, value);
    if (rule) rule->run = cn_sch_run_unique;
    return rule != NULL;
}

/* ---- Texts ---- */

bool cn_sch_compile_pattern(cn_sch_compiler *c, cn_sch_node *node, cn_slice name, const cn_json *value) {
    if (!cn_json_is(value, CN_JSON_STRING)) return cn_sch_fail(c, node, name, "a text");
    cn_sch_rule *rule = cn_sch_rule_add(c, node, name, value);
    if (!rule) return false;
    rule->run = cn_sch_run_pattern;
    return cn_sch_pattern(c->arena, value->string, &rule->pattern, c->err) || cn_fail_place(c->err, node->pointer);
}

bool cn_sch_compile_format(cn_sch_compiler *c, cn_sch_node *node, cn_slice name, const cn_json *value) {
    if (!cn_json_is(value, CN_JSON_STRING)) return cn_sch_fail(c, node, name, "a text");
    cn_format *format = cn_format_find(value->string);
    if (!format) return true; /* 7.2.3: one that is not known asks for nothing */
    cn_sch_rule *rule = cn_sch_rule_add(c, node, name, value);
    if (!rule) return false;
    rule->run = cn_sch_run_format;
    rule->format = format;
    return true;
}

/* ---- Members that have to be there ---- */

static bool is_list_of_texts(const cn_json *value) {
    if (!cn_json_is(value, CN_JSON_ARRAY)) return false;
    for (size_t i = 0; i < value->array.n; i++)
        if (!cn_json_is(value->array.v[i], CN_JSON_STRING)) return false;
    return true;
}

bool cn_sch_compile_required(cn_sch_compiler *c, cn_sch_node *node, cn_slice name, const cn_json *value) {
    if (!is_list_of_texts(value)) return cn_sch_fail(c, node, name, "a list of names");
    cn_sch_rule *rule = cn_sch_rule_add(c, node, name, value);
    if (rule) rule->run = cn_sch_run_required;
    return rule != NULL;
}

bool cn_sch_compile_dependent_required(cn_sch_compiler *c, cn_sch_node *node, cn_slice name,
                                       const cn_json *value) {
    if (!cn_json_is(value, CN_JSON_OBJECT)) return cn_sch_fail(c, node, name, "an object");
    for (size_t i = 0; i < value->object.n; i++)
        if (!is_list_of_texts(value->object.v[i].value))
            return cn_sch_fail(c, node, name, "an object of lists of names");
    cn_sch_rule *rule = cn_sch_rule_add(c, node, name, value);
    if (rule) rule->run = cn_sch_run_dependent_required;
    return rule != NULL;
}
