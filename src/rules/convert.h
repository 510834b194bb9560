/* SPDX-License-Identifier: Apache-2.0
 *
 * Credits and levels of one system said in another, by the tables of data/frameworks/credits.json and levels.json.
 *
 * Only what an authority has published is converted: a pair that no official table has comes back as not mapped.
 * So do credits whose worth was only recalled, and those whose worth was read in a secondary source, but for the
 * few that a worked example rests on: those come back with their confidence, to be told (docs/frameworks.md).
 * Credits take one of two routes, by hours or by year parity, which do not agree and are never mixed. Arithmetic
 * is exact: an amount is a fraction.
 */
#ifndef CN_RULES_CONVERT_H
#define CN_RULES_CONVERT_H

#include "rules/rules.h"

typedef struct cn_tables {
    const cn_json *credits, *levels;
} cn_tables;

CN_MUST_USE bool cn_tables_read(cn_arena *a, cn_tables *out, cn_err *err);

/* What can be chosen: systems of credits, the first being hours themselves ("hours"); frameworks of levels. */
typedef struct cn_scale {
    cn_slice id;
    cn_words title;
} cn_scale;
CN_MUST_USE bool cn_tables_systems(cn_arena *a, const cn_tables *t, const cn_scale **out, size_t *n, cn_err *err);
CN_MUST_USE bool cn_tables_frameworks(cn_arena *a, const cn_tables *t, const cn_scale **out, size_t *n,
                                      cn_err *err);

/* n / d in lowest terms; d is not 0. */
typedef struct cn_amount {
    uint64_t n, d;
} cn_amount;

/* As a decimal: exactly where it ends within three places, otherwise rounded down to them. False: rounded. */
bool cn_amount_write(cn_buf *out, const cn_amount *v, char point);

typedef enum cn_conversion_route { CN_BY_HOURS, CN_BY_YEAR, CN_CONVERSION_ROUTES } cn_conversion_route;
const char *cn_conversion_route_name(cn_conversion_route r); /* "hours", "year-parity" */

typedef struct cn_credit_conversion {
    cn_amount low, high;                 /* what is granted is the lower end */
    cn_slice from_source, to_source;     /* where the worth of each was read; empty for hours themselves */
    cn_slice agreement;                  /* where an agreement about the pair was read; or empty */
    char from_confidence, to_confidence; /* as of rules; 0 for hours themselves */
    char agreement_confidence;           /* 0 where there is none */
    bool mapped;                         /* false: no official mapping by this route, and nothing else counts */
} cn_credit_conversion;

/* The least of what the conversion rests on: 'V', or 'S' where a part was read in a secondary source. */
char cn_credit_conversion_confidence(const cn_credit_conversion *c);

/* `value` is written as in JSON: up to twelve digits, three of them behind the point. `out` has one for each
 * route. INVALID "convert.system" (there is none of this name), "convert.same", "convert.value". */
CN_MUST_USE bool cn_convert_credits(const cn_tables *t, cn_slice from, cn_slice value, cn_slice to,
                                    cn_credit_conversion out[CN_CONVERSION_ROUTES], cn_err *err);

enum { CN_LEVELS_MAX = 16 };
typedef struct cn_level_conversion {
    cn_slice levels[CN_LEVELS_MAX]; /* as written, each once, in the table's order; none: no official mapping */
    size_t n;
    cn_slice table, source; /* which table, and where it was read; empty where there is none */
    cn_words title;
} cn_level_conversion;

/* INVALID "convert.framework", "convert.same", "convert.value". Borrows the tables. */
CN_MUST_USE bool cn_convert_level(const cn_tables *t, cn_slice from, cn_slice level, cn_slice to,
                                  cn_level_conversion *out, cn_err *err);

#endif
