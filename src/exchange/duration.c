/* SPDX-License-Identifier: Apache-2.0
 *
 * Amounts of time as durations (ISO 8601, as XML Schema part 2, 3.3.6 has them) and back.
 *
 * A unit is never guessed: "P60M" is sixty months, so as hours it is nothing, although the European Union's own
 * sample writes it for an hour of work.
 */
#include "exchange/inside.h"

enum { MINUTE = 60, HOUR = 3600, MOST = 1000000 };

static const cn_json *text_of(cn_ex *x, uint64_t seconds) {
    cn_buf b = cn_buf_on(x->arena, 64);
    uint64_t hours = seconds / HOUR, minutes = seconds % HOUR / MINUTE, rest = seconds % MINUTE;
    cn_buf_add(&b, CN_S("PT"));
    if (hours) cn_buf_print(&b, "%lluH", (unsigned long long)hours);
    if (minutes) cn_buf_print(&b, "%lluM", (unsigned long long)minutes);
    if (rest || !seconds) cn_buf_print(&b, "%lluS", (unsigned long long)rest);
    return cn_ex_text(x, cn_buf_slice(&b));
}

const cn_json *cn_ex_duration(cn_ex *x, const cn_json *amount, cn_ex_unit unit) {
    if (!cn_json_is(amount, CN_JSON_NUMBER) || amount->number < 0 || amount->number > MOST) return NULL;
    double all = amount->number * (unit == CN_EX_HOURS ? HOUR : 1);
    uint64_t whole = (uint64_t)(all + 0.5);
    double off = all - (double)whole;
    if (off > 1e-6 || off < -1e-6) return NULL;
    if (unit == CN_EX_HOURS) return text_of(x, whole);
    cn_slice text = {0};
    x->good = x->good && cn_arena_print(x->arena, &text, "P%llu%c", (unsigned long long)whole,
                                        unit == CN_EX_WEEKS ? 'W' : 'M');
    return cn_ex_text(x, text);
}

/* One number with its letter, "37H"; the letter is 0 at the end. */
static bool next(cn_slice *rest, uint64_t *n, char *letter) {
    size_t i = 0;
    *letter = 0;
    if (!rest->n) return true;
    while (i < rest->n && rest->p[i] >= '0' && rest->p[i] <= '9') i++;
    if (i == rest->n || !cn_slice_to_u64(cn_slice_sub(*rest, 0, i), MOST, n)) return false;
    *letter = rest->p[i];
    *rest = cn_slice_from(*rest, i + 1);
    return true;
}

static bool read_hours(cn_slice rest, double *out) {
    uint64_t n = 0, seconds = 0;
    char letter;
    if (!rest.n) return false;
    for (const char *order = "HMS"; next(&rest, &n, &letter); order++) {
        if (!letter) return *out = (double)seconds / HOUR, true;
        while (*order && *order != letter) order++;
        if (!*order) return false;
        seconds += n * (letter == 'H' ? HOUR : letter == 'M' ? MINUTE : 1);
    }
    return false;
}

/* A single number of weeks or months; seven days are a week and a year is twelve months. */
static bool read_date(cn_slice rest, cn_ex_unit unit, double *out) {
    uint64_t n = 0;
    char letter;
    if (!next(&rest, &n, &letter) || !letter || rest.n) return false;
    bool days = unit == CN_EX_WEEKS && letter == 'D' && n % 7 == 0, years = unit == CN_EX_MONTHS && letter == 'Y';
    if (letter != (unit == CN_EX_WEEKS ? 'W' : 'M') && !days && !years) return false;
    *out = (double)(days ? n / 7 : years ? n * 12 : n);
    return true;
}

const cn_json *cn_ex_amount(cn_ex *x, cn_slice duration, cn_ex_unit unit) {
    double amount;
    bool time = cn_slice_starts(duration, CN_S("PT"));
    if (!cn_slice_starts(duration, CN_S("P")) || time != (unit == CN_EX_HOURS)) return NULL;
    cn_slice rest = cn_slice_from(duration, time ? 2 : 1);
    if (!(time ? read_hours(rest, &amount) : read_date(rest, unit, &amount))) return NULL;
    return cn_ex_made(x, cn_json_number(x->arena, amount));
}
