/* SPDX-License-Identifier: Apache-2.0
 *
 * JSON numbers as the decimals they are written as, compared and divided exactly.
 */
#ifndef CN_JSON_DECIMAL_H
#define CN_JSON_DECIMAL_H

#include "json/json.h"

/* digits × 10^exponent. The digits neither begin nor end with a zero; zero has none. */
typedef struct cn_decimal {
    bool negative;
    cn_slice digits; /* borrowed from the number's text: one '.' may stand in them, which does not count */
    size_t n;        /* digits */
    int64_t exponent;
} cn_decimal;

/* Exponents beyond 10^15 count as that. */
cn_decimal cn_decimal_of(const cn_json *number);
int cn_decimal_cmp(const cn_decimal *x, const cn_decimal *y);
bool cn_decimal_is_integer(const cn_decimal *d);
/* The value of a whole number that is not negative; larger ones count as SIZE_MAX. False for any other. */
bool cn_decimal_count(const cn_decimal *d, size_t *out);

/* A divisor: up to 18 digits. */
typedef struct cn_divisor {
    uint64_t digits; /* not 0 */
    int64_t exponent;
} cn_divisor;
enum { CN_DIVISOR_DIGITS = 18 };

/* False where it is not above zero, or has more digits. */
bool cn_divisor_of(const cn_decimal *d, cn_divisor *out);
bool cn_decimal_is_multiple(const cn_decimal *d, const cn_divisor *by);

/* Deep equality, numbers exactly; objects without regard to order. Both are at most as deep as the reader allows.
 */
bool cn_json_same(const cn_json *x, const cn_json *y);

#endif
