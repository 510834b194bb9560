/* SPDX-License-Identifier: Apache-2.0
 *
 * Operators that look at whatever a path leads to: values, numbers, texts, dates, lists.
 */
#include "rules/inside.h"

/* ---- Values ---- */

const cn_json *cn_rules_at(const cn_json *record, cn_slice path) {
    const cn_json *v = record;
    while (v && path.n) {
        cn_slice name = path, rest = {0};
        if (!cn_slice_cut(path, '.', &name, &rest)) name = path;
        v = cn_json_get(v, name);
        path = rest;
    }
    return v;
}

bool cn_rules_empty(const cn_json *v) {
    if (!v || v->type == CN_JSON_NULL) return true;
    if (v->type == CN_JSON_STRING) return v->string.n == 0;
    return (v->type == CN_JSON_ARRAY || v->type == CN_JSON_OBJECT) && cn_json_count(v) == 0;
}

static bool is_whole(const cn_json *number) {
    return cn_slice_find_byte(number->string, '.') == SIZE_MAX &&
           cn_slice_find_byte(number->string, 'e') == SIZE_MAX &&
           cn_slice_find_byte(number->string, 'E') == SIZE_MAX;
}

static bool equal_lists(const cn_json *x, const cn_json *y) {
    if (x->array.n != y->array.n) return false;
    for (size_t i = 0; i < x->array.n; i++)
        if (!cn_rules_equal(x->array.v[i], y->array.v[i])) return false;
    return true;
}

static bool equal_objects(const cn_json *x, const cn_json *y) {
    if (x->object.n != y->object.n) return false;
    for (size_t i = 0; i < x->object.n; i++)
        if (!cn_rules_equal(x->object.v[i].value, cn_json_get(y, x->object.v[i].key))) return false;
    return true;
}

/* A value that is not there is null. */
bool cn_rules_equal(const cn_json *x, const cn_json *y) {
    if (!x) x = cn_json_null();
    if (!y) y = cn_json_null();
    if (x->type != y->type) return false;
    switch (x->type) {
    case CN_JSON_NUMBER: return is_whole(x) == is_whole(y) && cn_json_same(x, y);
    case CN_JSON_ARRAY: return equal_lists(x, y);
    case CN_JSON_OBJECT: return equal_objects(x, y);
    case CN_JSON_STRING: return cn_slice_eq(x->string, y->string);
    case CN_JSON_NULL:
    case CN_JSON_FALSE:
    case CN_JSON_TRUE: break;
    }
    return true;
}

static const cn_json *value_of(cn_run *run, const cn_test *t) {
    return cn_rules_at(run->record, t->path);
}

bool cn_op_present(cn_run *run, const cn_test *t) {
    return !cn_rules_empty(value_of(run, t));
}

bool cn_op_eq(cn_run *run, const cn_test *t) {
    return cn_rules_equal(value_of(run, t), t->value);
}

bool cn_op_in(cn_run *run, const cn_test *t) {
    const cn_json *v = value_of(run, t);
    for (size_t i = 0; i < t->value->array.n; i++)
        if (cn_rules_equal(v, t->value->array.v[i])) return true;
    return false;
}

/* ---- Numbers ---- */

/* The order of two numbers as -1, 0, 1; 2 where one is none. */
static int order(const cn_json *x, const cn_json *y) {
    if (!cn_json_is(x, CN_JSON_NUMBER) || !cn_json_is(y, CN_JSON_NUMBER)) return 2;
    cn_decimal a = cn_decimal_of(x), b = cn_decimal_of(y);
    return cn_decimal_cmp(&a, &b);
}

bool cn_rules_between(const cn_json *v, const cn_json *range) {
    int low = order(v, range->array.v[0]), high = order(v, range->array.v[1]);
    return (low == 0 || low == 1) && high <= 0;
}

bool cn_op_ge(cn_run *run, const cn_test *t) {
    int o = order(value_of(run, t), t->value);
    return o == 0 || o == 1;
}

bool cn_op_gt(cn_run *run, const cn_test *t) {
    return order(value_of(run, t), t->value) == 1;
}

bool cn_op_le(cn_run *run, const cn_test *t) {
    return order(value_of(run, t), t->value) <= 0;
}

bool cn_op_lt(cn_run *run, const cn_test *t) {
    return order(value_of(run, t), t->value) < 0;
}

bool cn_op_between(cn_run *run, const cn_test *t) {
    return cn_rules_between(value_of(run, t), t->value);
}

/* ---- Lists ---- */

/* A list that is not there has no members; what is no list fails. */
static bool count_members(const cn_json *v, size_t *n) {
    *n = cn_json_count(v);
    return cn_json_is(v, CN_JSON_ARRAY) || !v || v->type == CN_JSON_NULL;
}

static const cn_json *number_of(cn_run *run, size_t n) {
    const cn_json *number = cn_json_number(run->arena, (double)n);
    if (!number) run->failed = !cn_fail_memory(run->err);
    return number;
}

bool cn_op_count_ge(cn_run *run, const cn_test *t) {
    size_t n;
    if (!count_members(value_of(run, t), &n)) return false;
    int o = order(number_of(run, n), t->value);
    return o == 0 || o == 1;
}

bool cn_op_count_between(cn_run *run, const cn_test *t) {
    size_t n;
    return count_members(value_of(run, t), &n) && cn_rules_between(number_of(run, n), t->value);
}

bool cn_op_exists_where(cn_run *run, const cn_test *t) {
    const cn_json *list = value_of(run, t);
    for (size_t i = 0; cn_json_is(list, CN_JSON_ARRAY) && i < list->array.n; i++)
        if (cn_json_get(list->array.v[i], t->key) &&
            cn_rules_equal(cn_json_get(list->array.v[i], t->key), t->value))
            return true;
    return false;
}

static bool has_all_keys(const cn_json *member, const cn_json *keys) {
    for (size_t i = 0; i < keys->array.n; i++) {
        const cn_json *v = cn_json_get(member, keys->array.v[i]->string);
        if (cn_rules_empty(v) || v->type == CN_JSON_FALSE) return false;
    }
    return true;
}

bool cn_op_all_have(cn_run *run, const cn_test *t) {
    const cn_json *list = value_of(run, t);
    size_t min = 1;
    if (t->min) {
        cn_decimal d = cn_decimal_of(t->min);
        (void)cn_decimal_count(&d, &min);
    }
    if (!cn_json_is(list, CN_JSON_ARRAY)) return min == 0 && cn_rules_empty(list);
    for (size_t i = 0; i < list->array.n; i++)
        if (!has_all_keys(list->array.v[i], t->list)) return false;
    return list->array.n >= min;
}

static bool contains(const cn_json *list, const cn_json *wanted) {
    for (size_t i = 0; cn_json_is(list, CN_JSON_ARRAY) && i < list->array.n; i++)
        if (cn_rules_equal(list->array.v[i], wanted)) return true;
    return false;
}

/* Of no member it holds: whether there has to be one is another rule's. */
bool cn_op_all_contain(cn_run *run, const cn_test *t) {
    const cn_json *list = value_of(run, t);
    if (!cn_json_is(list, CN_JSON_ARRAY)) return cn_rules_empty(list);
    for (size_t i = 0; i < list->array.n; i++)
        for (size_t k = 0; k < t->list->array.n; k++)
            if (!contains(cn_json_get(list->array.v[i], t->key), t->list->array.v[k])) return false;
    return true;
}

/* ---- Texts ---- */

static bool matches(cn_run *run, const cn_test *t, const cn_json *v) {
    bool found = false;
    if (!cn_json_is(v, CN_JSON_STRING)) return false;
    if (!cn_pattern_find(run->arena, t->pattern, v->string, &run->work, &found, run->err)) run->failed = true;
    return found;
}

bool cn_op_regex(cn_run *run, const cn_test *t) {
    return matches(run, t, value_of(run, t));
}

bool cn_op_all_regex(cn_run *run, const cn_test *t) {
    const cn_json *list = value_of(run, t);
    if (!cn_json_is(list, CN_JSON_ARRAY) || !list->array.n) return false;
    for (size_t i = 0; i < list->array.n; i++)
        if (!matches(run, t, list->array.v[i])) return false;
    return true;
}

/* ---- Dates ---- */

bool cn_rules_is_date(cn_slice s) {
    cn_time time;
    return s.n == 10 && cn_time_read_loose(s, &time);
}

bool cn_rules_date(const cn_json *v, cn_slice *out) {
    cn_slice day = cn_slice_sub(cn_json_text(v), 0, 10);
    if (!cn_rules_is_date(day)) return false;
    *out = day;
    return true;
}

bool cn_op_date(cn_run *run, const cn_test *t) {
    cn_slice day;
    return cn_rules_date(value_of(run, t), &day);
}

bool cn_op_date_le(cn_run *run, const cn_test *t) {
    cn_slice day, other;
    return cn_rules_date(value_of(run, t), &day) && cn_rules_date(cn_rules_at(run->record, t->other), &other) &&
           cn_slice_cmp(day, other) <= 0;
}

/* First and last day of a period. */
static bool period(const cn_json *v, cn_slice *from, cn_slice *to) {
    return cn_rules_date(cn_json_get(v, CN_S("start")), from) && cn_rules_date(cn_json_get(v, CN_S("end")), to) &&
           cn_slice_cmp(*from, *to) <= 0;
}

/* A period that cannot be read may meet any. */
bool cn_op_no_overlap(cn_run *run, const cn_test *t) {
    const cn_json *others = cn_rules_at(run->record, t->other);
    cn_slice from, to, other_from, other_to;
    if (!period(value_of(run, t), &from, &to)) return false;
    if (!cn_json_is(others, CN_JSON_ARRAY)) return cn_rules_empty(others);
    for (size_t i = 0; i < others->array.n; i++) {
        if (!period(others->array.v[i], &other_from, &other_to)) return false;
        if (cn_slice_cmp(from, other_to) <= 0 && cn_slice_cmp(other_from, to) <= 0) return false;
    }
    return true;
}
