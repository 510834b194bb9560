/* SPDX-License-Identifier: Apache-2.0
 *
 * Operators that know the form of a record: its title, credits, levels and hours.
 */
#include "rules/inside.h"

/* ---- Titles ---- */

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* Also of the letters with accents of French: À to Þ are 32 before à to þ, × aside. */
static char lower_at(cn_slice text, size_t i) {
    unsigned char c = (unsigned char)text.p[i];
    bool accented = i && (unsigned char)text.p[i - 1] == 0xc3 && c >= 0x80 && c <= 0x9e && c != 0x97;
    return accented ? (char)(c + 0x20) : lower(text.p[i]);
}

static bool is_word(char c) {
    c = lower(c);
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool stands_at(cn_slice text, size_t at, cn_slice word) {
    if (text.n - at < word.n) return false;
    for (size_t i = 0; i < word.n; i++)
        if (lower_at(text, at + i) != lower_at(word, i)) return false;
    size_t end = at + word.n;
    return (at == 0 || !is_word(text.p[at - 1])) && (end == text.n || !is_word(text.p[end]));
}

static bool has_word(cn_slice text, cn_slice word) {
    for (size_t at = 0; at < text.n; at++)
        if (stands_at(text, at, word)) return true;
    return false;
}

static bool has_any_word(cn_slice text, const cn_json *words) {
    for (size_t i = 0; i < words->array.n; i++)
        if (has_word(text, words->array.v[i]->string)) return true;
    return false;
}

/* The title is in one language; "title_other" beside it has it in the others. */
static bool other_has_any(cn_run *run, const cn_test *t) {
    cn_slice path;
    if (!cn_arena_print(run->arena, &path, "%.*s_other", CN_ARG(t->path))) {
        run->failed = true;
        return cn_fail_memory(run->err);
    }
    const cn_json *others = cn_rules_at(run->record, path);
    for (size_t i = 0; i < cn_json_many(others); i++)
        if (has_any_word(cn_json_text(cn_json_one(others, i)), t->list)) return true;
    return false;
}

bool cn_op_title_contains_word(cn_run *run, const cn_test *t) {
    return has_any_word(cn_json_text(cn_rules_at(run->record, t->path)), t->list) || other_has_any(run, t);
}

bool cn_op_title_not_contains(cn_run *run, const cn_test *t) {
    cn_slice title = cn_json_text(cn_rules_at(run->record, t->path));
    return title.n && !has_any_word(title, t->list) && !other_has_any(run, t);
}

/* ---- Credits and levels ---- */

/* The next entry from *i on whose `key` is `name`; NULL when there is none. */
static const cn_json *next_entry(const cn_json *list, cn_slice key, cn_slice name, size_t *i) {
    while (cn_json_is(list, CN_JSON_ARRAY) && *i < list->array.n) {
        const cn_json *entry = list->array.v[(*i)++];
        if (cn_json_is_string(cn_json_get(entry, key), name)) return entry;
    }
    return NULL;
}

static const cn_json *credits_of(cn_run *run) {
    return cn_rules_at(run->record, CN_S("offering.credits"));
}

static const cn_json *levels_of(cn_run *run) {
    return cn_rules_at(run->record, CN_S("offering.levels"));
}

static const cn_json *first_credit(cn_run *run, const cn_test *t) {
    size_t i = 0;
    return cn_json_get(next_entry(credits_of(run), CN_S("system"), t->system, &i), CN_S("value"));
}

bool cn_op_credits_between(cn_run *run, const cn_test *t) {
    const cn_json *list = credits_of(run), *entry;
    size_t i = 0, n = 0;
    for (; (entry = next_entry(list, CN_S("system"), t->system, &i)); n++)
        if (!cn_rules_between(cn_json_get(entry, CN_S("value")), t->value)) return false;
    return n > 0;
}

bool cn_op_level_in(cn_run *run, const cn_test *t) {
    const cn_json *list = levels_of(run), *entry;
    size_t i = 0, n = 0;
    for (; (entry = next_entry(list, CN_S("framework"), t->framework, &i)); n++)
        if (!cn_rules_between(cn_json_get(entry, CN_S("level")), t->value)) return false;
    return n > 0;
}

static bool is_one_of(const cn_json *number, const cn_json *list) {
    if (!cn_json_is(number, CN_JSON_NUMBER)) return false;
    for (size_t i = 0; i < list->array.n; i++)
        if (cn_json_same(number, list->array.v[i])) return true;
    return false;
}

bool cn_op_level_in_list(cn_run *run, const cn_test *t) {
    const cn_json *list = levels_of(run), *entry;
    size_t i = 0, n = 0;
    for (; (entry = next_entry(list, CN_S("framework"), t->framework, &i)); n++)
        if (!is_one_of(cn_json_get(entry, CN_S("level")), t->value)) return false;
    return n > 0;
}

/* The entry of an object whose name is the number. */
static const cn_json *entry_of_level(const cn_json *by_level, const cn_json *level) {
    size_t n;
    if (!cn_json_is(level, CN_JSON_NUMBER)) return NULL;
    cn_decimal d = cn_decimal_of(level);
    if (!cn_decimal_count(&d, &n)) return NULL;
    for (size_t i = 0; i < by_level->object.n; i++) {
        uint64_t key;
        if (cn_slice_to_u64(by_level->object.v[i].key, UINT64_MAX, &key) && key == n)
            return by_level->object.v[i].value;
    }
    return NULL;
}

bool cn_op_credits_below_by_level(cn_run *run, const cn_test *t) {
    size_t i = 0;
    const cn_json *level = next_entry(levels_of(run), CN_S("framework"), t->framework, &i);
    const cn_json *limit = entry_of_level(t->value, cn_json_get(level, CN_S("level")));
    const cn_json *credit = first_credit(run, t);
    if (!limit || !cn_json_is(credit, CN_JSON_NUMBER)) return false;
    cn_decimal x = cn_decimal_of(credit), y = cn_decimal_of(limit);
    return cn_decimal_cmp(&x, &y) < 0;
}

/* ---- Hours ---- */

/* Numbers as whole billionths, so that a product of two is exact in 128 bits. */
enum { PLACES = 9 };
__extension__ typedef __int128 wide;

static bool billionths(const cn_json *number, int64_t *out) {
    static const int64_t most = INT64_C(9000000000000000000);
    if (!cn_json_is(number, CN_JSON_NUMBER)) return false;
    cn_decimal d = cn_decimal_of(number);
    int64_t value = 0;
    if (d.n && (d.exponent < -PLACES || d.exponent > PLACES)) return false;
    for (size_t i = 0; i < d.digits.n; i++) {
        if (d.digits.p[i] == '.') continue;
        if (value > most / 10 - 9) return false;
        value = value * 10 + (d.digits.p[i] - '0');
    }
    for (int64_t k = d.n ? -d.exponent : PLACES; k < PLACES; k++) {
        if (value > most / 10) return false;
        value *= 10;
    }
    *out = d.negative ? -value : value;
    return true;
}

static wide magnitude(wide x) {
    return x < 0 ? -x : x;
}

/* |total - credits × hours| ≤ tolerance × total. Hours that nine places cannot write match nothing. */
bool cn_op_hours_match(cn_run *run, const cn_test *t) {
    static const int64_t one = 1000000000;
    int64_t total, credit, hours, tolerance;
    if (!billionths(cn_rules_at(run->record, CN_S("offering.hours.total")), &total) ||
        !billionths(first_credit(run, t), &credit) || !billionths(t->hours, &hours) ||
        !billionths(t->tolerance, &tolerance))
        return false;
    return magnitude((wide)total * one - (wide)credit * hours) <= (wide)tolerance * total;
}

bool cn_op_contact_per_credit_ge(cn_run *run, const cn_test *t) {
    static const int64_t one = 1000000000;
    int64_t contact, credit, value;
    if (!billionths(cn_rules_at(run->record, CN_S("offering.hours.contact")), &contact) ||
        !billionths(first_credit(run, t), &credit) || !billionths(t->value, &value))
        return false;
    return (wide)contact * one >= (wide)credit * value;
}
