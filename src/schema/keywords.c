/* SPDX-License-Identifier: Apache-2.0
 *
 * The table of keywords: which dialects have them, in which vocabulary, where in
 * them schemas stand, and who compiles them.
 */
#include "schema/inside.h"

#define ROW(text, dialects, vocabulary, shape, compile)                                                           \
    { CN_S_INIT(text), dialects, vocabulary, vocabulary, shape, compile }

/* The rules of a schema are tried in this order; those that ask what the others have looked at come last. */
static const cn_sch_keyword table[] = {
    ROW("$ref", CN_D_ALL, CN_V_CORE, CN_SHAPE_NONE, cn_sch_compile_ref),
    ROW("$dynamicRef", CN_D20, CN_V_CORE, CN_SHAPE_NONE, cn_sch_compile_dynamic_ref),
    ROW("$recursiveRef", CN_D19, CN_V_CORE, CN_SHAPE_NONE, cn_sch_compile_recursive_ref),
    ROW("$defs", CN_D_NEW, CN_V_CORE, CN_SHAPE_MAP, NULL),
    ROW("definitions", CN_D_ALL, CN_V_CORE, CN_SHAPE_MAP, NULL),

    ROW("type", CN_D_ALL, CN_V_VALIDATION, CN_SHAPE_NONE, cn_sch_compile_type),
    ROW("enum", CN_D_ALL, CN_V_VALIDATION, CN_SHAPE_NONE, cn_sch_compile_enum),
    ROW("const", CN_D_ALL & ~CN_D4, CN_V_VALIDATION, CN_SHAPE_NONE, cn_sch_compile_const),
    ROW("multipleOf", CN_D_ALL, CN_V_VALIDATION, CN_SHAPE_NONE, cn_sch_compile_multiple),
    ROW("maximum", CN_D_ALL, CN_V_VALIDATION, CN_SHAPE_NONE, cn_sch_compile_bound),
    ROW("exclusiveMaximum", CN_D_ALL & ~CN_D4, CN_V_VALIDATION, CN_SHAPE_NONE, cn_sch_compile_bound),
    ROW("minimum", CN_D_ALL, CN_V_VALIDATION, CN_SHAPE_NONE, cn_sch_compile_bound),
    ROW("exclusiveMinimum", CN_D_ALL & ~CN_D4, CN_V_VALIDATION, CN_SHAPE_NONE, cn_sch_compile_bound),
    ROW("maxLength", CN_D_ALL, CN_V_VALIDATION, CN_SHAPE_NONE, cn_sch_compile_count),
    ROW("minLength", CN_D_ALL, CN_V_VALIDATION, CN_SHAPE_NONE, cn_sch_compile_count),
    ROW("pattern", CN_D_ALL, CN_V_VALIDATION, CN_SHAPE_NONE, cn_sch_compile_pattern),
    ROW("format", CN_D_ALL, CN_V_FORMAT, CN_SHAPE_NONE, cn_sch_compile_format),
    ROW("maxItems", CN_D_ALL, CN_V_VALIDATION, CN_SHAPE_NONE, cn_sch_compile_count),
    ROW("minItems", CN_D_ALL, CN_V_VALIDATION, CN_SHAPE_NONE, cn_sch_compile_count),
    ROW("uniqueItems", CN_D_ALL, CN_V_VALIDATION, CN_SHAPE_NONE, cn_sch_compile_unique),
    ROW("maxProperties", CN_D_ALL, CN_V_VALIDATION, CN_SHAPE_NONE, cn_sch_compile_count),
    ROW("minProperties", CN_D_ALL, CN_V_VALIDATION, CN_SHAPE_NONE, cn_sch_compile_count),
    ROW("required", CN_D_ALL, CN_V_VALIDATION, CN_SHAPE_NONE, cn_sch_compile_required),
    ROW("dependentRequired", CN_D_NEW, CN_V_VALIDATION, CN_SHAPE_NONE, cn_sch_compile_dependent_required),

    ROW("dependencies", CN_D_ALL, CN_V_APPLICATOR, CN_SHAPE_MAP, cn_sch_compile_dependencies),
    ROW("dependentSchemas", CN_D_NEW, CN_V_APPLICATOR, CN_SHAPE_MAP, cn_sch_compile_dependent_schemas),
    ROW("propertyNames", CN_D_ALL & ~CN_D4, CN_V_APPLICATOR, CN_SHAPE_ONE, cn_sch_compile_names),
    /* One rule for the three: whichever is there first makes it. */
    ROW("properties", CN_D_ALL, CN_V_APPLICATOR, CN_SHAPE_MAP, cn_sch_compile_members),
    ROW("patternProperties", CN_D_ALL, CN_V_APPLICATOR, CN_SHAPE_MAP, cn_sch_compile_members),
    ROW("additionalProperties", CN_D_ALL, CN_V_APPLICATOR, CN_SHAPE_ONE, cn_sch_compile_members),
    ROW("prefixItems", CN_D20, CN_V_APPLICATOR, CN_SHAPE_LIST, cn_sch_compile_items),
    ROW("items", CN_D_ALL & ~CN_D20, CN_V_APPLICATOR, CN_SHAPE_ONE_OR_LIST, cn_sch_compile_items),
    ROW("items", CN_D20, CN_V_APPLICATOR, CN_SHAPE_ONE, cn_sch_compile_items),
    ROW("additionalItems", CN_D_ALL & ~CN_D20, CN_V_APPLICATOR, CN_SHAPE_ONE, NULL),
    ROW("contains", CN_D_ALL & ~CN_D4, CN_V_APPLICATOR, CN_SHAPE_ONE, cn_sch_compile_contains),
    ROW("if", CN_D_NEW | CN_D7, CN_V_APPLICATOR, CN_SHAPE_ONE, cn_sch_compile_if),
    ROW("then", CN_D_NEW | CN_D7, CN_V_APPLICATOR, CN_SHAPE_ONE, NULL),
    ROW("else", CN_D_NEW | CN_D7, CN_V_APPLICATOR, CN_SHAPE_ONE, NULL),
    ROW("allOf", CN_D_ALL, CN_V_APPLICATOR, CN_SHAPE_LIST, cn_sch_compile_all),
    ROW("anyOf", CN_D_ALL, CN_V_APPLICATOR, CN_SHAPE_LIST, cn_sch_compile_any),
    ROW("oneOf", CN_D_ALL, CN_V_APPLICATOR, CN_SHAPE_LIST, cn_sch_compile_one),
    ROW("not", CN_D_ALL, CN_V_APPLICATOR, CN_SHAPE_ONE, cn_sch_compile_not),
    ROW("contentSchema", CN_D_NEW, CN_V_OTHER, CN_SHAPE_ONE, NULL),

    {CN_S_INIT("unevaluatedItems"), CN_D_NEW, CN_V_APPLICATOR, CN_V_UNEVALUATED, CN_SHAPE_ONE,
     cn_sch_compile_unevaluated_items},
    {CN_S_INIT("unevaluatedProperties"), CN_D_NEW, CN_V_APPLICATOR, CN_V_UNEVALUATED, CN_SHAPE_ONE,
     cn_sch_compile_unevaluated_properties},
};

const cn_sch_keyword *cn_sch_keywords(size_t *count) {
    *count = sizeof table / sizeof table[0];
    return table;
}

bool cn_sch_has(const cn_sch_dialect *d, const cn_sch_keyword *k) {
    unsigned vocabulary = d->bit == CN_D19 ? k->vocabulary_19 : k->vocabulary_20;
    return (k->dialects & d->bit) && (vocabulary & d->vocabularies);
}
