/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading a test: the table of operators says which members each has, the table of members how each is read.
 * What does not fit is refused with its place.
 */
#include "rules/inside.h"

enum { NESTING = 16 };

/* ---- What "value" may be ---- */

static bool is_number(const cn_json *v) {
    return cn_json_is(v, CN_JSON_NUMBER);
}

static bool is_count(const cn_json *v) {
    size_t n;
    if (!is_number(v)) return false;
    cn_decimal d = cn_decimal_of(v);
    return cn_decimal_count(&d, &n);
}

static bool all_numbers(const cn_json *v) {
    for (size_t i = 0; i < cn_json_count(v); i++)
        if (!is_number(v->type == CN_JSON_OBJECT ? v->object.v[i].value : v->array.v[i])) return false;
    return cn_json_count(v) > 0;
}

static bool is_range(const cn_json *v) {
    if (!cn_json_is(v, CN_JSON_ARRAY) || v->array.n != 2 || !all_numbers(v)) return false;
    cn_decimal low = cn_decimal_of(v->array.v[0]), high = cn_decimal_of(v->array.v[1]);
    return cn_decimal_cmp(&low, &high) <= 0;
}

/* NULL where the value is as it must be; otherwise what it must be. */
static const char *value_problem(cn_value_kind kind, const cn_json *v) {
    bool list = cn_json_is(v, CN_JSON_ARRAY) && v->array.n;
    switch (kind) {
    case CN_VALUE_ANY: return NULL;
    case CN_VALUE_NUMBER: return is_number(v) ? NULL : "a number";
    case CN_VALUE_COUNT: return is_count(v) ? NULL : "a whole number that is not negative";
    case CN_VALUE_RANGE: return is_range(v) ? NULL : "two numbers, the lower one first";
    case CN_VALUE_SOME: return list ? NULL : "a list that is not empty";
    case CN_VALUE_NUMBERS: return list && all_numbers(v) ? NULL : "a list of numbers";
    case CN_VALUE_PATTERN: return cn_json_is(v, CN_JSON_STRING) ? NULL : "a pattern";
    case CN_VALUE_BY_NAME: return cn_json_is(v, CN_JSON_OBJECT) && all_numbers(v) ? NULL : "an object of numbers";
    }
    return NULL;
}

/* ---- Reading ---- */

cn_slice cn_rules_place(cn_arena *a, cn_slice place, cn_slice member, size_t index) {
    cn_buf b = cn_buf_on(a, 0);
    cn_buf_add(&b, place);
    if (member.p) cn_json_pointer_key(&b, member);
    else cn_json_pointer_index(&b, index);
    return cn_buf_slice(&b);
}

typedef struct reading {
    cn_arena *arena;
    cn_test *test;
    cn_slice place; /* of the test */
    size_t depth;
    cn_err *err;
} reading;

static bool read_test(cn_arena *a, const cn_json *v, cn_slice place, size_t depth, const cn_test **out,
                      cn_err *err);

static cn_slice place_of(const reading *r, cn_slice member) {
    return cn_rules_place(r->arena, r->place, member, 0);
}

static bool is_wrong(const reading *r, cn_slice place, const char *must) {
    return cn_fail_at(r->err, CN_INVALID, "pack.member", place, "This must be %s.", must);
}

static bool take_text(reading *r, cn_slice name, const cn_json *v, cn_slice *out) {
    if (!cn_json_text(v).n) return is_wrong(r, place_of(r, name), "a text");
    *out = v->string;
    return true;
}

/* "offering.hours.total": a path with a slip in it would lead nowhere, without a word. */
static bool is_path(cn_slice s) {
    bool good = s.n > 0, begun = false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
        good = good && (letter || (c == '.' && begun));
        begun = letter;
    }
    return good && begun;
}

static bool take_a_path(reading *r, cn_slice name, const cn_json *v, cn_slice *out) {
    *out = cn_json_text(v);
    return is_path(*out) || is_wrong(r, place_of(r, name), "a path, as offering.hours.total");
}
static bool take_path(reading *r, cn_slice name, const cn_json *v) {
    return take_a_path(r, name, v, &r->test->path);
}
static bool take_other(reading *r, cn_slice name, const cn_json *v) {
    return take_a_path(r, name, v, &r->test->other);
}
static bool take_key(reading *r, cn_slice name, const cn_json *v) {
    return take_text(r, name, v, &r->test->key);
}
static bool take_system(reading *r, cn_slice name, const cn_json *v) {
    return take_text(r, name, v, &r->test->system);
}
static bool take_framework(reading *r, cn_slice name, const cn_json *v) {
    return take_text(r, name, v, &r->test->framework);
}

static bool take_value(reading *r, cn_slice name, const cn_json *v) {
    const char *must = value_problem(r->test->op->value, v);
    if (must) return is_wrong(r, place_of(r, name), must);
    r->test->value = v;
    if (r->test->op->value != CN_VALUE_PATTERN) return true;
    if (cn_pattern_compile(r->arena, v->string, &r->test->pattern, r->err)) return true;
    if (r->err->code != CN_LIMIT) r->err->id = "pack.pattern";
    return cn_fail_place(r->err, place_of(r, name));
}

static bool take_list(reading *r, cn_slice name, const cn_json *v) {
    bool texts = cn_json_is(v, CN_JSON_ARRAY) && v->array.n;
    for (size_t i = 0; texts && i < v->array.n; i++) texts = cn_json_text(v->array.v[i]).n > 0;
    r->test->list = v;
    return texts || is_wrong(r, place_of(r, name), "a list of texts");
}

static bool take_min(reading *r, cn_slice name, const cn_json *v) {
    r->test->min = v;
    return is_count(v) || is_wrong(r, place_of(r, name), "a whole number that is not negative");
}
static bool take_hours(reading *r, cn_slice name, const cn_json *v) {
    r->test->hours = v;
    return (is_number(v) && v->number > 0) || is_wrong(r, place_of(r, name), "a number above 0");
}
static bool take_tolerance(reading *r, cn_slice name, const cn_json *v) {
    r->test->tolerance = v;
    return (is_number(v) && v->number >= 0 && v->number <= 1) ||
           is_wrong(r, place_of(r, name), "a number from 0 to 1");
}

static bool take_of(reading *r, cn_slice name, const cn_json *v) {
    bool alone = r->test->op->may & CN_T_ALONE;
    cn_slice list = place_of(r, name);
    if (!cn_json_is(v, CN_JSON_ARRAY) || !v->array.n || (alone && v->array.n != 1))
        return is_wrong(r, list, alone ? "a list of one test" : "a list of tests");
    r->test->of = CN_NEW_ARRAY(r->arena, const cn_test *, v->array.n);
    if (!r->test->of) return cn_fail_memory(r->err);
    for (size_t i = 0; i < v->array.n; i++) {
        cn_slice place = cn_rules_place(r->arena, list, (cn_slice){0}, i);
        if (!read_test(r->arena, v->array.v[i], place, r->depth + 1, &r->test->of[i], r->err)) return false;
    }
    r->test->of_n = v->array.n;
    return true;
}

static bool take_branch(reading *r, cn_slice name, const cn_json *v, size_t i) {
    if (!r->test->of) r->test->of = CN_NEW_ARRAY(r->arena, const cn_test *, 2);
    if (!r->test->of) return cn_fail_memory(r->err);
    r->test->of_n = 2;
    return read_test(r->arena, v, place_of(r, name), r->depth + 1, &r->test->of[i], r->err);
}
static bool take_if(reading *r, cn_slice name, const cn_json *v) {
    return take_branch(r, name, v, 0);
}
static bool take_then(reading *r, cn_slice name, const cn_json *v) {
    return take_branch(r, name, v, 1);
}

static const struct member {
    const char *name;
    unsigned bit;
    bool (*take)(reading *r, cn_slice name, const cn_json *v);
} members[] = {
    {"path", CN_T_PATH, take_path},
    {"other", CN_T_OTHER, take_other},
    {"others", CN_T_OTHER, take_other},
    {"key", CN_T_KEY, take_key},
    {"system", CN_T_SYSTEM, take_system},
    {"framework", CN_T_FRAMEWORK, take_framework},
    {"value", CN_T_VALUE, take_value},
    {"words", CN_T_LIST, take_list},
    {"keys", CN_T_LIST, take_list},
    {"values", CN_T_LIST, take_list},
    {"of", CN_T_OF, take_of},
    {"if", CN_T_IF, take_if},
    {"then", CN_T_THEN, take_then},
    {"min", CN_T_MIN, take_min},
    {"hours_per_credit", CN_T_HOURS, take_hours},
    {"tolerance", CN_T_TOLERANCE, take_tolerance},
};
enum { MEMBERS = sizeof members / sizeof *members };

static const struct member *find_member(const cn_operator *op, cn_slice name) {
    for (size_t i = 0; i < MEMBERS; i++)
        if (cn_slice_eq(name, cn_slice_of(members[i].name)))
            return (op->needs | op->may) & members[i].bit ? &members[i] : NULL;
    return NULL;
}

static bool lacks(const reading *r, unsigned missing) {
    for (size_t i = 0; i < MEMBERS; i++)
        if (members[i].bit & missing)
            return cn_fail_at(r->err, CN_INVALID, "pack.member", r->place, "The test \"%s\" lacks \"%s\".",
                              r->test->op->name, members[i].name);
    return true;
}

static bool read_members(reading *r, const cn_json *v) {
    unsigned seen = 0;
    for (size_t i = 0; i < v->object.n; i++) {
        cn_slice name = v->object.v[i].key;
        if (cn_slice_eq(name, CN_S("op"))) continue;
        const struct member *m = find_member(r->test->op, name);
        if (!m || seen & m->bit)
            return cn_fail_at(r->err, CN_INVALID, "pack.member", place_of(r, name),
                              "\"%.*s\" does not belong into a test \"%s\".", CN_ARG(cn_utf8_prefix(name, 60)),
                              r->test->op->name);
        seen |= m->bit;
        if (!m->take(r, name, v->object.v[i].value)) return false;
    }
    return lacks(r, r->test->op->needs & ~seen);
}

/* What people would mend. */
static bool name_field(reading *r) {
    cn_test *t = r->test;
    t->field = t->op->field ? cn_slice_of(t->op->field) : t->path;
    if (t->op->needs != CN_T_KEY) return true;
    return cn_arena_print(r->arena, &t->field, "attestations.%.*s", CN_ARG(t->key)) || cn_fail_memory(r->err);
}

static bool read_test(cn_arena *a, const cn_json *v, cn_slice place, size_t depth, const cn_test **out,
                      cn_err *err) {
    cn_test *test = CN_NEW(a, cn_test);
    if (!test) return cn_fail_memory(err);
    reading r = {a, test, place, depth, err};
    if (depth == NESTING)
        return cn_fail_at(err, CN_LIMIT, "pack.size", place, "More than %d tests are in each other.", NESTING);
    if (!cn_json_is(v, CN_JSON_OBJECT)) return is_wrong(&r, place, "a test: an object with \"op\"");
    cn_slice name = cn_json_get_text(v, CN_S("op"));
    test->op = cn_operator_find(name);
    if (!test->op)
        return cn_fail_at(err, CN_INVALID, "pack.operator", place, "There is no operator \"%.*s\".",
                          CN_ARG(cn_utf8_prefix(name, 60)));
    if (!read_members(&r, v) || !name_field(&r)) return false;
    *out = test;
    return true;
}

bool cn_test_read(cn_arena *a, const cn_json *v, cn_slice place, const cn_test **out, cn_err *err) {
    return read_test(a, v, place, 0, out, err);
}
