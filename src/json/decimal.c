/* SPDX-License-Identifier: Apache-2.0
 *
 * Decimals: a number's text, seen as digits and an exponent.
 */
#include "json/decimal.h"

#define FARTHEST INT64_C(1000000000000000)

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* The exponent behind "e": a sign and digits. */
static int64_t read_exponent(cn_slice s) {
    bool negative = s.n && s.p[0] == '-';
    int64_t e = 0;
    for (size_t i = 0; i < s.n; i++)
        if (is_digit(s.p[i]) && e < FARTHEST) e = e * 10 + (s.p[i] - '0');
    if (e > FARTHEST) e = FARTHEST;
    return negative ? -e : e;
}

static size_t exponent_at(cn_slice s) {
    size_t i = 0;
    while (i < s.n && s.p[i] != 'e' && s.p[i] != 'E') i++;
    return i;
}

cn_decimal cn_decimal_of(const cn_json *number) {
    cn_slice s = number->string;
    cn_decimal d = {.negative = s.n && s.p[0] == '-'};
    size_t end = exponent_at(s), point = cn_slice_find_byte(cn_slice_sub(s, 0, end), '.');
    d.exponent = read_exponent(cn_slice_from(s, end + 1));
    if (point != SIZE_MAX) d.exponent -= (int64_t)(end - point - 1);
    size_t from = d.negative ? 1 : 0;
    while (from < end && (s.p[from] == '0' || s.p[from] == '.')) from++;
    for (; end > from && (s.p[end - 1] == '0' || s.p[end - 1] == '.'); end--)
        if (s.p[end - 1] == '0') d.exponent++;
    d.digits = cn_slice_sub(s, from, end);
    d.n = d.digits.n - (cn_slice_find_byte(d.digits, '.') != SIZE_MAX);
    if (!d.n) return (cn_decimal){0};
    return d;
}

/* The digit at *i, which moves on; '0' beyond the last. */
static char next_digit(const cn_decimal *d, size_t *i) {
    if (*i < d->digits.n && d->digits.p[*i] == '.') (*i)++;
    return *i < d->digits.n ? d->digits.p[(*i)++] : '0';
}

static int compare_magnitudes(const cn_decimal *x, const cn_decimal *y) {
    int64_t xs = (int64_t)x->n + x->exponent, ys = (int64_t)y->n + y->exponent;
    if (!x->n || !y->n) return (x->n != 0) - (y->n != 0);
    if (xs != ys) return xs < ys ? -1 : 1;
    size_t i = 0, j = 0;
    for (size_t left = x->n > y->n ? x->n : y->n; left; left--) {
        char a = next_digit(x, &i), b = next_digit(y, &j);
        if (a != b) return a < b ? -1 : 1;
    }
    return 0;
}

int cn_decimal_cmp(const cn_decimal *x, const cn_decimal *y) {
    if (x->negative != y->negative) return x->negative ? -1 : 1;
    int order = compare_magnitudes(x, y);
    return x->negative ? -order : order;
}

bool cn_decimal_is_integer(const cn_decimal *d) {
    return d->exponent >= 0;
}

bool cn_decimal_count(const cn_decimal *d, size_t *out) {
    if (d->negative || d->exponent < 0) return false;
    size_t value = 0, i = 0, n = d->n + (size_t)d->exponent;
    for (size_t k = 0; k < n && value != SIZE_MAX; k++) {
        size_t digit = (size_t)(next_digit(d, &i) - '0');
        value = value > (SIZE_MAX - digit) / 10 ? SIZE_MAX : value * 10 + digit;
    }
    *out = value;
    return true;
}

/* ---- Multiples ---- */

bool cn_divisor_of(const cn_decimal *d, cn_divisor *out) {
    uint64_t digits = 0;
    size_t i = 0;
    if (d->negative || !d->n || d->n > CN_DIVISOR_DIGITS) return false;
    for (size_t k = 0; k < d->n; k++) digits = digits * 10 + (uint64_t)(next_digit(d, &i) - '0');
    *out = (cn_divisor){digits, d->exponent};
    return true;
}

__extension__ typedef unsigned __int128 wide;

static uint64_t times_mod(uint64_t a, uint64_t b, uint64_t m) {
    return (uint64_t)((wide)a * b % m);
}

static uint64_t power_of_ten_mod(uint64_t exponent, uint64_t m) {
    uint64_t result = 1 % m, base = 10 % m;
    for (; exponent; exponent >>= 1) {
        if (exponent & 1) result = times_mod(result, base, m);
        base = times_mod(base, base, m);
    }
    return result;
}

bool cn_decimal_is_multiple(const cn_decimal *d, const cn_divisor *by) {
    if (!d->n) return true;
    /* The digits do not end with a zero, so no multiple of ten divides them. */
    if (d->exponent < by->exponent) return false;
    uint64_t rest = 0;
    size_t i = 0;
    for (size_t k = 0; k < d->n; k++)
        rest = (times_mod(rest, 10, by->digits) + (uint64_t)(next_digit(d, &i) - '0')) % by->digits;
    return times_mod(rest, power_of_ten_mod((uint64_t)(d->exponent - by->exponent), by->digits), by->digits) == 0;
}

/* ---- Equality ---- */

static bool equal_members(const cn_json *x, const cn_json *y) {
    if (x->object.n != y->object.n) return false;
    for (size_t i = 0; i < x->object.n; i++) {
        const cn_json *other = cn_json_get(y, x->object.v[i].key);
        if (!other || !cn_json_same(x->object.v[i].value, other)) return false;
    }
    return true;
}

static bool equal_items(const cn_json *x, const cn_json *y) {
    if (x->array.n != y->array.n) return false;
    for (size_t i = 0; i < x->array.n; i++)
        if (!cn_json_same(x->array.v[i], y->array.v[i])) return false;
    return true;
}

static bool equal_numbers(const cn_json *x, const cn_json *y) {
    cn_decimal a = cn_decimal_of(x), b = cn_decimal_of(y);
    return cn_decimal_cmp(&a, &b) == 0;
}

bool cn_json_same(const cn_json *x, const cn_json *y) {
    if (x == y) return true;
    if (x->type != y->type) return false;
    switch (x->type) {
    case CN_JSON_NUMBER: return equal_numbers(x, y);
    case CN_JSON_STRING: return cn_slice_eq(x->string, y->string);
    case CN_JSON_ARRAY: return equal_items(x, y);
    case CN_JSON_OBJECT: return equal_members(x, y);
    case CN_JSON_NULL:
    case CN_JSON_FALSE:
    case CN_JSON_TRUE: break;
    }
    return true;
}
