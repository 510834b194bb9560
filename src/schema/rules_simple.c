/* SPDX-License-Identifier: Apache-2.0
 *
 * The rules that look at one value (2020-12 validation, 6). Each holds for values of
 * the types that it does not speak of.
 */
#include "schema/inside.h"

static const cn_slice nothing = {0};

/* ---- type ---- */

static bool is_integer(const cn_sch_rule *type, const cn_json *value) {
    if (!cn_json_is(value, CN_JSON_NUMBER)) return false;
    /* Draft 4, 3.5: a number without a fraction or exponent part; later it is by value. */
    if (type->node->resource->dialect.bit == CN_D4)
        return cn_slice_find_byte(value->string, '.') == SIZE_MAX &&
               cn_slice_find_byte(value->string, 'e') == SIZE_MAX &&
               cn_slice_find_byte(value->string, 'E') == SIZE_MAX;
    cn_decimal d = cn_decimal_of(value);
    return cn_decimal_is_integer(&d);
}

bool cn_sch_type_fits(const cn_sch_rule *type, const cn_json *value) {
    if (type->types >> value->type & 1) return true;
    return (type->types >> CN_SCH_INTEGER & 1) && is_integer(type, value);
}

static const char *type_name(const cn_json *value) {
    static const char *const names[] = {
        [CN_JSON_NULL] = "null",        [CN_JSON_FALSE] = "false",   [CN_JSON_TRUE] = "true",
        [CN_JSON_NUMBER] = "a number",  [CN_JSON_STRING] = "a text", [CN_JSON_ARRAY] = "a list",
        [CN_JSON_OBJECT] = "an object",
    };
    return names[value->type];
}

/* "a text or a number": the types that are asked for. */
static void write_types(unsigned types, char *out, size_t size) {
    static const char *const names[] = {
        [CN_JSON_NULL] = "null",        [CN_JSON_FALSE] = "true or false",   [CN_JSON_TRUE] = "",
        [CN_JSON_NUMBER] = "a number",  [CN_JSON_STRING] = "a text",         [CN_JSON_ARRAY] = "a list",
        [CN_JSON_OBJECT] = "an object", [CN_SCH_INTEGER] = "a whole number",
    };
    size_t n = 0;
    for (unsigned i = 0; i <= CN_SCH_INTEGER; i++) {
        if (!(types >> i & 1) || i == CN_JSON_TRUE) continue;
        int wrote = snprintf(out + n, size - n, "%s%s", n ? " or " : "", names[i]);
        n += (size_t)wrote < size - n ? (size_t)wrote : 0;
    }
}

bool cn_sch_run_type(cn_sch_run *run, const cn_sch_rule *rule, const cn_sch_at *at, cn_sch_seen *seen) {
    (void)seen;
    char wanted[128] = "";
    if (cn_sch_type_fits(rule, at->value)) return true;
    write_types(rule->types, wanted, sizeof wanted);
    return cn_sch_tell(run, rule, at, nothing, "must be %s, but is %s", wanted, type_name(at->value));
}

/* ---- enum, const ---- */

bool cn_sch_run_enum(cn_sch_run *run, const cn_sch_rule *rule, const cn_sch_at *at, cn_sch_seen *seen) {
    (void)seen;
    if (!cn_sch_spend(run, rule->value->array.n)) return false;
    for (size_t i = 0; i < rule->value->array.n; i++)
        if (cn_json_same(rule->value->array.v[i], at->value)) return true;
    return cn_sch_tell(run, rule, at, nothing, "is none of the values that are allowed");
}

bool cn_sch_run_const(cn_sch_run *run, const cn_sch_rule *rule, const cn_sch_at *at, cn_sch_seen *seen) {
    (void)seen;
    if (cn_json_same(rule->value, at->value)) return true;
    return cn_sch_tell(run, rule, at, nothing, "is not the one value that is allowed");
}

/* ---- Numbers ---- */

bool cn_sch_run_multiple(cn_sch_run *run, const cn_sch_rule *rule, const cn_sch_at *at, cn_sch_seen *seen) {
    (void)seen;
    if (!cn_json_is(at->value, CN_JSON_NUMBER)) return true;
    cn_decimal d = cn_decimal_of(at->value);
    if (!cn_sch_spend(run, d.n / 8)) return false;
    if (cn_decimal_is_multiple(&d, &rule->divisor)) return true;
    return cn_sch_tell(run, rule, at, nothing, "must be a multiple of %.*s", CN_ARG(rule->value->string));
}

bool cn_sch_run_bound(cn_sch_run *run, const cn_sch_rule *rule, const cn_sch_at *at, cn_sch_seen *seen) {
    (void)seen;
    if (!cn_json_is(at->value, CN_JSON_NUMBER)) return true;
    cn_decimal d = cn_decimal_of(at->value);
    int order = cn_decimal_cmp(&d, &rule->decimal) * rule->sign;
    if (order < 0 || (order == 0 && !rule->exclusive)) return true;
    const char *how = rule->sign > 0 ? "at most" : "at least";
    if (rule->exclusive) how = rule->sign > 0 ? "less than" : "more than";
    return cn_sch_tell(run, rule, at, nothing, "must be %s %.*s", how, CN_ARG(rule->value->string));
}

/* ---- Counts ---- */

static bool count(cn_sch_run *run, const cn_sch_rule *rule, const cn_sch_at *at, size_t n, const char *what) {
    if (rule->sign > 0 ? n <= rule->count : n >= rule->count) return true;
    return cn_sch_tell(run, rule, at, nothing, "must have at %s %zu %s%s, but has %zu",
                       rule->sign > 0 ? "most" : "least", rule->count, what, rule->count == 1 ? "" : "s", n);
}

static size_t characters(cn_slice s) {
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
    return n;
}

bool cn_sch_run_length(cn_sch_run *run, const cn_sch_rule *rule, const cn_sch_at *at, cn_sch_seen *seen) {
    (void)seen;
    if (!cn_json_is(at->value, CN_JSON_STRING)) return true;
    return cn_sch_spend(run, at->value->string.n / 64) &&
           count(run, rule, at, characters(at->value->string), "character");
}

bool cn_sch_run_item_count(cn_sch_run *run, const cn_sch_rule *rule, const cn_sch_at *at, cn_sch_seen *seen) {
    (void)seen;
    if (!cn_json_is(at->value, CN_JSON_ARRAY)) return true;
    return count(run, rule, at, at->value->array.n, "item");
}

bool cn_sch_run_member_count(cn_sch_run *run, const cn_sch_rule *rule, const cn_sch_at *at, cn_sch_seen *seen) {
    (void)seen;
    if (!cn_json_is(at->value, CN_JSON_OBJECT)) return true;
    return count(run, rule, at, at->value->object.n, "member");
}

/* ---- uniqueItems ---- */

static bool tell_equal(cn_sch_run *run, const cn_sch_rule *rule, const cn_sch_at *at, size_t i, size_t k) {
    return cn_sch_tell(run, rule, at, nothing, "must not hold anything twice, but items %zu and %zu are equal",
                       i + 1, k + 1);
}

static bool unique_by_pairs(cn_sch_run *run, const cn_sch_rule *rule, const cn_sch_at *at) {
    const cn_json *list = at->value;
    for (size_t k = 1; k < list->array.n; k++) {
        if (!cn_sch_spend(run, k)) return false;
        for (size_t i = 0; i < k; i++)
            if (cn_json_same(list->array.v[i], list->array.v[k])) return tell_equal(run, rule, at, i, k);
    }
    return true;
}

/* By their canonical forms, in which numbers that differ beyond a double are alike: then pairs decide. */
static bool unique_by_form(cn_sch_run *run, const cn_sch_rule *rule, const cn_sch_at *at) {
    const cn_json *list = at->value;
    cn_map forms = {0};
    for (size_t k = 0; k < list->array.n; k++) {
        cn_buf form = cn_buf_on(run->arena, 0);
        if (!cn_json_canonize(run->arena, list->array.v[k], &form, run->err)) return cn_sch_stop(run);
        if (!cn_sch_spend(run, 1 + form.n / 16)) return false;
        cn_map_entry *entry = cn_map_at(run->arena, &forms, cn_buf_slice(&form));
        if (!entry) return cn_sch_stop_memory(run);
        if (entry->value) return unique_by_pairs(run, rule, at);
        entry->value = (void *)(uintptr_t)(k + 1); // NOLINT(performance-no-int-to-ptr)
    }
    return true;
}

bool cn_sch_run_unique(cn_sch_run *run, const cn_sch_rule *rule, const cn_sch_at *at, cn_sch_seen *seen) {
    (void)seen;
    enum { FEW = 16 };
    if (!cn_json_is(at->value, CN_JSON_ARRAY)) return true;
    if (at->value->array.n <= FEW) return unique_by_pairs(run, rule, at);
    cn_arena_mark mark = cn_arena_get_mark(run->arena);
    size_t told = run->n;
    bool holds = unique_by_form(run, rule, at);
    if (run->n == told) cn_arena_reset(run->arena, mark);
    return holds;
}

/* ---- Texts ---- */

bool cn_sch_run_pattern(cn_sch_run *run, const cn_sch_rule *rule, const cn_sch_at *at, cn_sch_seen *seen) {
    (void)seen;
    bool found;
    if (!cn_json_is(at->value, CN_JSON_STRING)) return true;
    if (!cn_sch_pattern_find(run->arena, rule->pattern, at->value->string, &run->work_left, &found, run->err))
        return cn_sch_stop(run);
    if (found) return true;
    return cn_sch_tell(run, rule, at, nothing, "does not match the pattern %.*s", CN_ARG(rule->value->string));
}

bool cn_sch_run_format(cn_sch_run *run, const cn_sch_rule *rule, const cn_sch_at *at, cn_sch_seen *seen) {
    (void)seen;
    bool held = run->formats || rule->node->resource->dialect.formats;
    if (!held || !cn_json_is(at->value, CN_JSON_STRING)) return true;
    if (!cn_sch_spend(run, at->value->string.n / 16) || rule->format(at->value->string)) return !run->stopped;
    return cn_sch_tell(run, rule, at, nothing, "is not in the format \"%.*s\"", CN_ARG(rule->value->string));
}

/* ---- Members that have to be there ---- */

static bool require(cn_sch_run *run, const cn_sch_rule *rule, const cn_sch_at *at, const cn_json *names,
                    const cn_slice *because) {
    bool holds = true;
    if (!cn_sch_spend(run, names->array.n)) return false;
    for (size_t i = 0; i < names->array.n && (holds || !run->quiet); i++) {
        cn_slice name = names->array.v[i]->string;
        if (cn_json_get(at->value, name)) continue;
        if (because)
            holds = cn_sch_tell(run, rule, at, name, "lacks \"%.*s\", which goes with \"%.*s\"", CN_ARG(name),
                                CN_ARG(*because));
        else holds = cn_sch_tell(run, rule, at, name, "lacks \"%.*s\"", CN_ARG(name));
    }
    return holds;
}

bool cn_sch_run_required(cn_sch_run *run, const cn_sch_rule *rule, const cn_sch_at *at, cn_sch_seen *seen) {
    (void)seen;
    return !cn_json_is(at->value, CN_JSON_OBJECT) || require(run, rule, at, rule->value, NULL);
}

bool cn_sch_run_dependent_required(cn_sch_run *run, const cn_sch_rule *rule, const cn_sch_at *at,
                                   cn_sch_seen *seen) {
    (void)seen;
    bool holds = true;
    if (!cn_json_is(at->value, CN_JSON_OBJECT)) return true;
    for (size_t i = 0; i < rule->value->object.n && (holds || !run->quiet); i++) {
        const cn_json_member *m = &rule->value->object.v[i];
        if (cn_json_get(at->value, m->key) && !require(run, rule, at, m->value, &m->key)) holds = false;
    }
    return holds;
}

/* "dependencies" and "dependentSchemas": names, or a schema, that go with a member. */
bool cn_sch_run_dependent(cn_sch_run *run, const cn_sch_rule *rule, const cn_sch_at *at, cn_sch_seen *seen) {
    bool holds = true;
    if (!cn_json_is(at->value, CN_JSON_OBJECT) || !cn_sch_spend(run, rule->n)) return !run->stopped;
    for (size_t i = 0; i < rule->n && (holds || !run->quiet); i++) {
        const cn_sch_branch *b = &rule->branches[i];
        if (!cn_json_get(at->value, b->name)) continue;
        if (b->names ? !require(run, rule, at, b->names, &b->name) : !cn_sch_eval(run, b->node, at, seen))
            holds = false;
    }
    return holds;
}
