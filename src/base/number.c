/* SPDX-License-Identifier: Apache-2.0
 *
 * Numbers: doubles from JSON text, and back as ECMAScript and XML Schema write them.
 *
 * strtod and printf follow the locale's decimal point; nobody in Cairn calls
 * setlocale, so it is '.'. glibc rounds both correctly.
 */
#define CN_MAY_STRTOD
#include <math.h>

#include "base/base.h"

static size_t skip_digits(cn_slice s, size_t i) {
    while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9') i++;
    return i;
}

/* RFC 8259, section 6. */
static bool is_number(cn_slice s) {
    size_t i = s.n && s.p[0] == '-', start = i;
    i = skip_digits(s, i);
    if (i == start || (s.p[start] == '0' && i > start + 1)) return false;
    if (i < s.n && s.p[i] == '.') {
        start = ++i;
        i = skip_digits(s, i);
        if (i == start) return false;
    }
    if (i < s.n && (s.p[i] == 'e' || s.p[i] == 'E')) {
        i++;
        if (i < s.n && (s.p[i] == '+' || s.p[i] == '-')) i++;
        start = i;
        i = skip_digits(s, i);
        if (i == start) return false;
    }
    return i == s.n;
}

/* Most numbers are small integers: exact without strtod. */
static bool read_small_integer(cn_slice s, double *out) {
    bool negative = s.p[0] == '-';
    uint64_t v;
    if (s.n > 15 || !cn_slice_to_u64(cn_slice_from(s, negative), UINT64_MAX, &v)) return false;
    *out = negative ? -(double)v : (double)v;
    return true;
}

bool cn_number_read(cn_slice s, double *out) {
    if (!is_number(s)) return false;
    if (read_small_integer(s, out)) return true;
    /* strtod wants a NUL; a long number is copied whole, so that rounding is exact. */
    char small[64], *text = s.n < sizeof small ? small : malloc(s.n + 1);
    if (!text) cn_no_memory();
    memcpy(text, s.p, s.n);
    text[s.n] = 0;
    *out = strtod(text, NULL);
    if (text != small) free(text);
    return true;
}

/* ---- The shortest digits ---- */

typedef struct decimal {
    char digits[20]; /* without point or trailing zeros; at least one */
    int n;           /* how many */
    int exponent;    /* of the first digit: v = d.ddd * 10^exponent */
} decimal;

static double value_of(const decimal *d) {
    char text[40];
    (void)snprintf(text, sizeof text, "%c.%.*se%d", d->digits[0], d->n - 1, d->digits + 1, d->exponent);
    return strtod(text, NULL);
}

static decimal rounded(double v, int n) {
    char text[40];
    decimal d = {.n = n};
    (void)snprintf(text, sizeof text, "%.*e", n - 1, v);
    d.digits[0] = text[0];
    if (n > 1) memcpy(d.digits + 1, text + 2, (size_t)n - 1);
    const char *e = text + (n > 1 ? n + 1 : 1) + 1;
    d.exponent = (int)strtol(e, NULL, 10);
    return d;
}

/* The same with the last digit one larger, where that needs no carry. */
static bool next_up(decimal *d) {
    if (d->digits[d->n - 1] == '9') return false;
    d->digits[d->n - 1]++;
    return true;
}

/* The fewest digits that read back as v; among those the nearest to v. "%.*e" gives the nearest
 * decimal of n digits; at a power of two, where the gap below is half the gap above, that one may
 * miss while the next larger one still reads back: ECMAScript takes it. */
static decimal shortest(double v) {
    for (int n = 1; n < 17; n++) {
        decimal d = rounded(v, n);
        if (value_of(&d) == v || (next_up(&d) && value_of(&d) == v)) {
            while (d.n > 1 && d.digits[d.n - 1] == '0') d.n--;
            return d;
        }
    }
    return rounded(v, 17);
}

/* ---- Writing ---- */

typedef struct text {
    char *p;
    size_t n;
} text;

static void put(text *t, const char *p, int n) {
    memcpy(t->p + t->n, p, (size_t)n);
    t->n += (size_t)n;
}

static void put_zeros(text *t, int n) {
    for (; n > 0; n--) put(t, "0", 1);
}

static void put_exponent(text *t, int exponent) {
    t->n += (size_t)snprintf(t->p + t->n, 8, "e%+d", exponent);
}

/* ECMA-262, 6.1.6.1.20: n there is exponent + 1 here, k is d.n. */
static void put_ecmascript(text *t, const decimal *d) {
    int n = d->exponent + 1, k = d->n;
    if (k <= n && n <= 21) { /* 7 */
        put(t, d->digits, k);
        put_zeros(t, n - k);
    } else if (0 < n && n <= 21) { /* 8 */
        put(t, d->digits, n);
        put(t, ".", 1);
        put(t, d->digits + n, k - n);
    } else if (-6 < n && n <= 0) { /* 9 */
        put(t, "0.", 2);
        put_zeros(t, -n);
        put(t, d->digits, k);
    } else { /* 10 to 13 */
        put(t, d->digits, 1);
        if (k > 1) put(t, ".", 1);
        put(t, d->digits + 1, k - 1);
        put_exponent(t, n - 1);
    }
}

static size_t write_integer(double v, char out[CN_NUMBER_MAX]) {
    return (size_t)snprintf(out, CN_NUMBER_MAX, "%lld", (long long)v);
}

size_t cn_number_write(double v, char out[CN_NUMBER_MAX]) {
    assert(isfinite(v));
    if (fabs(v) < 1e15 && v == trunc(v)) return write_integer(v, out); /* -0 becomes 0, as the spec has it */
    text t = {out, 0};
    if (v < 0) put(&t, "-", 1);
    decimal d = shortest(fabs(v));
    put_ecmascript(&t, &d);
    return t.n;
}

size_t cn_number_write_xsd(double v, char out[CN_NUMBER_MAX]) {
    assert(isfinite(v));
    decimal d = v == 0 ? (decimal){.digits = "0", .n = 1} : rounded(fabs(v), 16);
    while (d.n > 1 && d.digits[d.n - 1] == '0') d.n--;
    text t = {out, 0};
    if (signbit(v)) put(&t, "-", 1);
    put(&t, d.digits, 1);
    put(&t, ".", 1);
    if (d.n == 1) put(&t, "0", 1);
    else put(&t, d.digits + 1, d.n - 1);
    t.n += (size_t)snprintf(out + t.n, 8, "E%d", d.exponent);
    return t.n;
}
