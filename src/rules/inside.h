/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `rules`: what a test is made of, and the table of operators.
 */
#ifndef CN_RULES_INSIDE_H
#define CN_RULES_INSIDE_H

#include "json/decimal.h"
#include "pattern/pattern.h"
#include "rules/rules.h"

/* The members of a test, as bits: what an operator needs, and what it may have. */
enum {
    CN_T_PATH = 1,
    CN_T_OTHER = 2,
    CN_T_KEY = 4,
    CN_T_SYSTEM = 8,
    CN_T_FRAMEWORK = 16,
    CN_T_VALUE = 32,
    CN_T_LIST = 64, /* "words", "keys" or "values": texts */
    CN_T_OF = 128,
    CN_T_IF = 256,
    CN_T_THEN = 512,
    CN_T_MIN = 1024,
    CN_T_HOURS = 2048,
    CN_T_TOLERANCE = 4096,
    CN_T_ALONE = 8192, /* no member: "of" holds one test */
};

/* What "value" has to be. */
typedef enum cn_value_kind {
    CN_VALUE_ANY,
    CN_VALUE_NUMBER,
    CN_VALUE_COUNT, /* a whole number that is not negative */
    CN_VALUE_RANGE, /* two numbers, the lower one first */
    CN_VALUE_SOME,  /* a list that is not empty */
    CN_VALUE_NUMBERS,
    CN_VALUE_PATTERN,
    CN_VALUE_BY_NAME, /* an object of numbers */
} cn_value_kind;

typedef struct cn_run cn_run;
typedef struct cn_operator {
    const char *name;
    unsigned needs, may;
    cn_value_kind value;
    const char *field; /* what it looks at, where no path says so; static */
    /* One that looks at the record: whether it holds. NULL for those made of other tests. */
    bool (*holds)(cn_run *run, const cn_test *test);
    /* One made of other tests, or of people's word. */
    cn_rule_outcome (*decide)(cn_run *run, const cn_test *test, cn_slice *field);
} cn_operator;

struct cn_test {
    const cn_operator *op;
    cn_slice path, other, key, system, framework;
    cn_slice field; /* what people would mend; of a test made of others empty */
    const cn_json *value, *list, *min, *hours, *tolerance;
    const cn_pattern *pattern;
    const cn_test **of; /* for `when`: the condition, then what it asks for */
    size_t of_n;
};

struct cn_run {
    cn_arena *arena;
    const cn_json *record;
    size_t work;
    cn_err *err;
    bool failed; /* err says why: no outcome counts */
};

/* NULL where there is none of this name; static. */
const cn_operator *cn_operator_find(cn_slice name);
/* A test and all in it; `place` is its JSON pointer. */
CN_MUST_USE bool cn_test_read(cn_arena *a, const cn_json *v, cn_slice place, const cn_test **out, cn_err *err);

/* The JSON pointer of what stands in `place` under `member` or, where that is no text at all, at `index`. For
 * complaints: one that does not fit the arena is cut short. */
cn_slice cn_rules_place(cn_arena *a, cn_slice place, cn_slice member, size_t index);

/* What is at "a.b.c"; NULL where the path leads nowhere. */
const cn_json *cn_rules_at(const cn_json *record, cn_slice path);
/* Null, "", [] and {} are empty; 0 and false are values. NULL is empty. */
bool cn_rules_empty(const cn_json *v);
/* Equal in type and value; 1 and 1.0 are of two types. */
bool cn_rules_equal(const cn_json *x, const cn_json *y);
/* Whether v begins with a date that exists, as "YYYY-MM-DD". */
bool cn_rules_date(const cn_json *v, cn_slice *out);
/* Whether v is a number of a range, a list of two. */
bool cn_rules_between(const cn_json *v, const cn_json *range);
/* The outcome of a test, and what decided. */
cn_rule_outcome cn_rules_decide(cn_run *run, const cn_test *test, cn_slice *field);

/* Operators (lists.c, learning.c). */
typedef bool cn_holds(cn_run *run, const cn_test *test);
cn_holds cn_op_present, cn_op_count_ge, cn_op_count_between, cn_op_eq, cn_op_in, cn_op_ge, cn_op_gt, cn_op_le,
    cn_op_lt, cn_op_between, cn_op_regex, cn_op_all_regex, cn_op_date, cn_op_date_le, cn_op_exists_where,
    cn_op_all_have, cn_op_all_contain;
cn_holds cn_op_title_contains_word, cn_op_title_not_contains, cn_op_credits_between, cn_op_level_in,
    cn_op_level_in_list, cn_op_hours_match, cn_op_contact_per_credit_ge, cn_op_credits_below_by_level,
    cn_op_no_overlap;

#endif
