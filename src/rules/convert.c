/* SPDX-License-Identifier: Apache-2.0
 *
 * Converting credits and levels.
 *
 * By hours, one credit stands for a few hours more or fewer, so that the answer is an interval: its lower end is
 * the fewest hours over the most that a credit of the other system takes. By year parity, a full-time year here is
 * a full-time year there.
 */
#include "rules/convert.h"
#include "rules/inside.h"

#include "tables.inc"

enum { THOUSAND = 1000, WHOLE_DIGITS = 9 };
static const cn_scale hours_scale = {CN_S_INIT("hours"),
                                     {CN_S_INIT("Hours of work"), CN_S_INIT("Heures de travail")}};

/* ---- The tables ---- */

bool cn_tables_read(cn_arena *a, cn_tables *out, cn_err *err) {
    cn_tables t;
    if (!cn_json_read(a, cn_slice_bytes(text_credits, sizeof text_credits), NULL, &t.credits, err) ||
        !cn_json_read(a, cn_slice_bytes(text_levels, sizeof text_levels), NULL, &t.levels, err))
        return false;
    *out = t;
    return true;
}

static cn_words words_of(const cn_json *v) {
    return (cn_words){cn_json_get_text(v, CN_S("en")), cn_json_get_text(v, CN_S("fr"))};
}

bool cn_tables_systems(cn_arena *a, const cn_tables *t, const cn_scale **out, size_t *n, cn_err *err) {
    const cn_json *systems = cn_json_get(t->credits, CN_S("systems"));
    cn_scale *all = CN_NEW_ARRAY(a, cn_scale, cn_json_count(systems) + 1);
    if (!all) return cn_fail_memory(err);
    *n = 0;
    all[(*n)++] = hours_scale;
    for (size_t i = 0; i < cn_json_count(systems); i++) {
        const cn_json *one = cn_json_item(systems, i);
        all[(*n)++] = (cn_scale){cn_json_get_text(one, CN_S("id")), words_of(cn_json_get(one, CN_S("title")))};
    }
    *out = all;
    return true;
}

bool cn_tables_frameworks(cn_arena *a, const cn_tables *t, const cn_scale **out, size_t *n, cn_err *err) {
    const cn_json *frameworks = cn_json_get(t->levels, CN_S("frameworks"));
    size_t count = cn_json_count(frameworks);
    cn_scale *all = CN_NEW_ARRAY(a, cn_scale, count);
    if (!all) return cn_fail_memory(err);
    for (size_t i = 0; i < count; i++)
        all[i] = (cn_scale){frameworks->object.v[i].key, words_of(frameworks->object.v[i].value)};
    *out = all;
    *n = count;
    return true;
}

static const cn_json *row_with(const cn_json *rows, cn_slice key, cn_slice id) {
    for (size_t i = 0; i < cn_json_count(rows); i++)
        if (cn_json_is_string(cn_json_get(cn_json_item(rows, i), key), id)) return cn_json_item(rows, i);
    return NULL;
}

/* ---- Fractions ---- */

static uint64_t common(uint64_t x, uint64_t y) {
    while (y) {
        uint64_t rest = x % y;
        x = y;
        y = rest;
    }
    return x;
}

/* v × by / over. What the tables hold and a value of twelve digits stay far below 2^64. */
static cn_amount scaled(cn_amount v, uint64_t by, uint64_t over) {
    uint64_t n = v.n * by, d = v.d * over, divisor = common(n, d);
    return (cn_amount){n / divisor, d / divisor};
}

bool cn_amount_write(cn_buf *out, const cn_amount *v, char point) {
    uint64_t rest = v->n % v->d * THOUSAND, places = rest / v->d;
    cn_buf_print(out, "%llu", (unsigned long long)(v->n / v->d));
    if (places) {
        char digits[4] = {(char)('0' + places / 100), (char)('0' + places / 10 % 10), (char)('0' + places % 10),
                          0};
        for (size_t n = 3; n > 1 && digits[n - 1] == '0'; n--) digits[n - 1] = 0;
        cn_buf_print(out, "%c%s", point, digits);
    }
    return rest % v->d == 0;
}

static bool refuse_value(cn_slice value, cn_err *err) {
    return cn_fail(err, CN_INVALID, "convert.value",
                   "\"%.*s\" is no amount: up to nine digits, and up to three behind a point.",
                   CN_ARG(cn_utf8_prefix(value, 40)));
}

static bool refuse_same(cn_err *err) {
    return cn_fail(err, CN_INVALID, "convert.same", "From one to the same there is nothing to convert.");
}

static bool read_amount(cn_slice value, cn_amount *out, cn_err *err) {
    cn_slice whole, places;
    uint64_t n, thousandths = 0;
    bool pointed = cn_slice_cut(value, '.', &whole, &places);
    if (!whole.n || whole.n > WHOLE_DIGITS || (pointed && !places.n) || places.n > 3 ||
        !cn_slice_to_u64(whole, UINT32_MAX, &n) || (places.n && !cn_slice_to_u64(places, 999, &thousandths)))
        return refuse_value(value, err);
    for (size_t i = places.n; i && i < 3; i++) thousandths *= 10;
    *out = scaled((cn_amount){n * THOUSAND + thousandths, THOUSAND}, 1, 1);
    return true;
}

/* ---- Credits ---- */

/* What a system is worth. */
typedef struct worth {
    uint64_t fewest, most; /* hours of a credit; 0: not known */
    uint64_t year;         /* credits of a full-time year; 0: not known */
    cn_slice source;
    char confidence;
} worth;

static uint64_t count_of(const cn_json *v) {
    size_t n;
    if (!cn_json_is(v, CN_JSON_NUMBER)) return 0;
    cn_decimal d = cn_decimal_of(v);
    return cn_decimal_count(&d, &n) && n < UINT16_MAX ? n : 0;
}

static char confidence_of(const cn_json *row) {
    cn_slice confidence = cn_json_get_text(row, CN_S("confidence"));
    return confidence.n ? confidence.p[0] : 'R';
}

static bool worth_of(const cn_tables *t, cn_slice system, worth *out, cn_err *err) {
    if (cn_slice_eq(system, hours_scale.id)) return *out = (worth){.fewest = 1, .most = 1}, true;
    const cn_json *row = row_with(cn_json_get(t->credits, CN_S("systems")), CN_S("id"), system);
    if (!row)
        return cn_fail(err, CN_INVALID, "convert.system", "There are no credits \"%.*s\" here.",
                       CN_ARG(cn_utf8_prefix(system, 40)));
    const cn_json *hours = cn_json_get(row, CN_S("hours_per_credit"));
    *out = (worth){.source = cn_json_get_text(row, CN_S("source")), .confidence = confidence_of(row)};
    bool worked = cn_json_count(cn_json_get(row, CN_S("worked_examples"))) > 0;
    if (out->confidence != 'V' && !(out->confidence == 'S' && worked)) return true; /* no official table */
    out->fewest = count_of(cn_json_item(hours, 0));
    out->most = count_of(cn_json_item(hours, 1));
    out->year = count_of(cn_json_get(row, CN_S("year_credits")));
    return true;
}

/* An agreement about the pair, in either direction; NULL: there is none. */
static const cn_json *agreement_of(const cn_tables *t, cn_slice from, cn_slice to, cn_conversion_route route) {
    const cn_json *all = cn_json_get(t->credits, CN_S("agreements"));
    for (size_t i = 0; i < cn_json_count(all); i++) {
        const cn_json *one = cn_json_item(all, i), *x = cn_json_get(one, CN_S("from")),
                      *y = cn_json_get(one, CN_S("to"));
        bool pair = (cn_json_is_string(x, from) && cn_json_is_string(y, to)) ||
                    (cn_json_is_string(x, to) && cn_json_is_string(y, from));
        if (pair &&
            cn_json_is_string(cn_json_get(one, CN_S("route")), cn_slice_of(cn_conversion_route_name(route))))
            return one;
    }
    return NULL;
}

const char *cn_conversion_route_name(cn_conversion_route r) {
    return r == CN_BY_HOURS ? "hours" : "year-parity";
}

char cn_credit_conversion_confidence(const cn_credit_conversion *c) {
    bool secondary = c->from_confidence == 'S' || c->to_confidence == 'S' || c->agreement_confidence == 'S';
    return secondary ? 'S' : 'V';
}

bool cn_convert_credits(const cn_tables *t, cn_slice from, cn_slice value, cn_slice to,
                        cn_credit_conversion out[CN_CONVERSION_ROUTES], cn_err *err) {
    worth x, y;
    cn_amount v;
    if (cn_slice_eq(from, to)) return refuse_same(err);
    if (!worth_of(t, from, &x, err) || !worth_of(t, to, &y, err) || !read_amount(value, &v, err)) return false;
    for (size_t r = 0; r < CN_CONVERSION_ROUTES; r++) {
        const cn_json *agreement = agreement_of(t, from, to, (cn_conversion_route)r);
        out[r] = (cn_credit_conversion){.from_source = x.source,
                                        .to_source = y.source,
                                        .from_confidence = x.confidence,
                                        .to_confidence = y.confidence,
                                        .agreement = cn_json_get_text(agreement, CN_S("source")),
                                        .agreement_confidence = agreement ? confidence_of(agreement) : 0};
    }
    cn_credit_conversion *hours = &out[CN_BY_HOURS], *year = &out[CN_BY_YEAR];
    hours->mapped = x.fewest && x.most && y.fewest && y.most;
    if (hours->mapped) {
        hours->low = scaled(v, x.fewest, y.most);
        hours->high = scaled(v, x.most, y.fewest);
    }
    year->mapped = x.year && y.year;
    if (year->mapped) year->low = year->high = scaled(v, y.year, x.year);
    return true;
}

/* ---- Levels ---- */

static bool has_text(const cn_json *list, cn_slice text) {
    for (size_t i = 0; i < cn_json_count(list); i++)
        if (cn_json_is_string(cn_json_item(list, i), text)) return true;
    return false;
}

/* The official table that has both. */
static const cn_json *table_of(const cn_tables *t, cn_slice from, cn_slice to) {
    const cn_json *tables = cn_json_get(t->levels, CN_S("tables"));
    for (size_t i = 0; i < cn_json_count(tables); i++) {
        const cn_json *one = cn_json_item(tables, i), *names = cn_json_get(one, CN_S("frameworks"));
        if (cn_json_is(cn_json_get(one, CN_S("official")), CN_JSON_TRUE) && has_text(names, from) &&
            has_text(names, to))
            return one;
    }
    return NULL;
}

static void add_level(cn_level_conversion *out, const cn_json *level) {
    if (!cn_json_is(level, CN_JSON_NUMBER) || out->n == CN_LEVELS_MAX) return;
    for (size_t i = 0; i < out->n; i++)
        if (cn_slice_eq(out->levels[i], level->string)) return;
    out->levels[out->n++] = level->string;
}

static bool known_framework(const cn_tables *t, cn_slice id, cn_err *err) {
    return cn_json_get(cn_json_get(t->levels, CN_S("frameworks")), id) ||
           cn_fail(err, CN_INVALID, "convert.framework", "There is no framework \"%.*s\" here.",
                   CN_ARG(cn_utf8_prefix(id, 40)));
}

bool cn_convert_level(const cn_tables *t, cn_slice from, cn_slice level, cn_slice to, cn_level_conversion *out,
                      cn_err *err) {
    cn_amount v;
    if (cn_slice_eq(from, to)) return refuse_same(err);
    if (!known_framework(t, from, err) || !known_framework(t, to, err) || !read_amount(level, &v, err))
        return false;
    *out = (cn_level_conversion){0};
    const cn_json *table = table_of(t, from, to), *rows = cn_json_get(table, CN_S("rows"));
    for (size_t i = 0; i < cn_json_count(rows); i++) {
        const cn_json *is = cn_json_get(cn_json_item(rows, i), from);
        if (v.d == 1 && cn_json_is(is, CN_JSON_NUMBER) && count_of(is) == v.n)
            add_level(out, cn_json_get(cn_json_item(rows, i), to));
    }
    if (!table) return true;
    out->table = cn_json_get_text(table, CN_S("id"));
    out->source = cn_json_get_text(table, CN_S("source"));
    out->title = words_of(cn_json_get(table, CN_S("title")));
    return true;
}
