/* SPDX-License-Identifier: Apache-2.0
 *
 * The table of operators, and those among them that are made of other tests or of people's word.
 */
#include "rules/inside.h"

/* ---- Those made of other tests ---- */

/* Of several outcomes, the one that stands first in `order` among the members that count; its member's field. */
static cn_rule_outcome strongest(cn_run *run, const cn_test *test, const cn_rule_outcome order[3],
                                 cn_slice *field) {
    cn_slice fields[3] = {{0}};
    bool seen[3] = {false};
    for (size_t i = 0; i < test->of_n; i++) {
        cn_slice at = {0};
        cn_rule_outcome o = cn_rules_decide(run, test->of[i], &at);
        for (size_t k = 0; k < 3; k++) {
            if (order[k] != o || seen[k]) continue;
            seen[k] = true;
            fields[k] = at;
        }
        if (!field->n) *field = at;
    }
    for (size_t k = 0; k < 3; k++) {
        if (!seen[k]) continue;
        *field = fields[k];
        return order[k];
    }
    return CN_RULE_SKIP;
}

/* What is skipped counts as passed. */
static cn_rule_outcome decide_all(cn_run *run, const cn_test *test, cn_slice *field) {
    static const cn_rule_outcome order[] = {CN_RULE_FAIL, CN_RULE_ATTEST, CN_RULE_PASS};
    cn_rule_outcome o = strongest(run, test, order, field);
    return o == CN_RULE_SKIP ? CN_RULE_PASS : o;
}

/* What is skipped does not. */
static cn_rule_outcome decide_any(cn_run *run, const cn_test *test, cn_slice *field) {
    static const cn_rule_outcome order[] = {CN_RULE_PASS, CN_RULE_ATTEST, CN_RULE_FAIL};
    cn_rule_outcome o = strongest(run, test, order, field);
    return o == CN_RULE_SKIP ? CN_RULE_FAIL : o;
}

static cn_rule_outcome decide_not(cn_run *run, const cn_test *test, cn_slice *field) {
    switch (cn_rules_decide(run, test->of[0], field)) {
    case CN_RULE_PASS: return CN_RULE_FAIL;
    case CN_RULE_FAIL: return CN_RULE_PASS;
    case CN_RULE_ATTEST:
    case CN_RULE_SKIP: break;
    }
    return CN_RULE_ATTEST;
}

static cn_rule_outcome decide_when(cn_run *run, const cn_test *test, cn_slice *field) {
    if (cn_rules_decide(run, test->of[0], field) != CN_RULE_PASS) return CN_RULE_SKIP;
    return cn_rules_decide(run, test->of[1], field);
}

/* A person's word, with a name and a date. */
static cn_rule_outcome decide_attest(cn_run *run, const cn_test *test, cn_slice *field) {
    const cn_json *stated = cn_json_get(cn_json_get(run->record, CN_S("attestations")), test->key);
    cn_slice day;
    bool good = cn_json_get_text(stated, CN_S("name")).n && cn_rules_date(cn_json_get(stated, CN_S("date")), &day);
    *field = test->field;
    return good ? CN_RULE_PASS : CN_RULE_ATTEST;
}

/* ---- The operators ---- */

enum { P = CN_T_PATH, V = CN_T_VALUE, L = CN_T_LIST, S = CN_T_SYSTEM, F = CN_T_FRAMEWORK, K = CN_T_KEY };
#define LOOKS(name, needs, may, value, field)                                                                     \
    { #name, needs, may, CN_VALUE_##value, field, cn_op_##name, NULL }
#define MADE(name, needs, may)                                                                                    \
    { #name, needs, may, CN_VALUE_ANY, "", NULL, decide_##name }
#define CREDITS "offering.credits"
#define LEVELS "offering.levels"

static const cn_operator operators[] = {
    LOOKS(present, P, 0, ANY, NULL),
    LOOKS(count_ge, P | V, 0, COUNT, NULL),
    LOOKS(count_between, P | V, 0, RANGE, NULL),
    LOOKS(eq, P | V, 0, ANY, NULL),
    LOOKS(in, P | V, 0, SOME, NULL),
    LOOKS(ge, P | V, 0, NUMBER, NULL),
    LOOKS(gt, P | V, 0, NUMBER, NULL),
    LOOKS(le, P | V, 0, NUMBER, NULL),
    LOOKS(lt, P | V, 0, NUMBER, NULL),
    LOOKS(between, P | V, 0, RANGE, NULL),
    LOOKS(regex, P | V, 0, PATTERN, NULL),
    LOOKS(all_regex, P | V, 0, PATTERN, NULL),
    LOOKS(date, P, 0, ANY, NULL),
    LOOKS(date_le, P | CN_T_OTHER, 0, ANY, NULL),
    LOOKS(exists_where, P | K | V, 0, ANY, NULL),
    LOOKS(all_have, P | L, CN_T_MIN, ANY, NULL),
    LOOKS(all_contain, P | K | L, 0, ANY, NULL),
    LOOKS(title_contains_word, P | L, 0, ANY, NULL),
    LOOKS(title_not_contains, P | L, 0, ANY, NULL),
    LOOKS(no_overlap, P | CN_T_OTHER, 0, ANY, NULL),
    LOOKS(credits_between, S | V, 0, RANGE, CREDITS),
    LOOKS(level_in, F | V, 0, RANGE, LEVELS),
    LOOKS(level_in_list, F | V, 0, NUMBERS, LEVELS),
    LOOKS(hours_match, S | CN_T_HOURS | CN_T_TOLERANCE, 0, ANY, "offering.hours.total"),
    LOOKS(contact_per_credit_ge, S | V, 0, NUMBER, "offering.hours.contact"),
    LOOKS(credits_below_by_level, S | F | V, 0, BY_NAME, CREDITS),
    MADE(attest, K, 0),
    MADE(all, CN_T_OF, 0),
    MADE(any, CN_T_OF, 0),
    MADE(not, CN_T_OF, CN_T_ALONE),
    MADE(when, CN_T_IF | CN_T_THEN, 0),
};

const cn_operator *cn_operator_find(cn_slice name) {
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (cn_slice_eq(name, cn_slice_of(operators[i].name))) return &operators[i];
    return NULL;
}

cn_rule_outcome cn_rules_decide(cn_run *run, const cn_test *test, cn_slice *field) {
    if (test->op->decide) return test->op->decide(run, test, field);
    *field = test->field;
    return test->op->holds(run, test) ? CN_RULE_PASS : CN_RULE_FAIL;
}
