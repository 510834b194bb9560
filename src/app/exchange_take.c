/* SPDX-License-Identifier: Apache-2.0
 *
 * A file of another program becomes a draft: its texts within what a draft can hold, its design, and where it came
 * from. What was not taken over is told, and nothing is guessed.
 */
#include "app/design.h"
#include "app/exchange.h"
#include "app/source.h"
#include "exchange/exchange.h"

typedef struct take_work {
    cn_arena *arena;
    const cn_json *from;
    bool french; /* texts of no language */
    cn_exchange_taken *taken;
    bool good;
} take_work;

static void tell(take_work *w, cn_slice at, cn_slice why) {
    cn_exchange_taken *t = w->taken;
    if (t->untaken_n < CN_EXCHANGE_TOLD_MAX) t->untaken[t->untaken_n++] = (cn_exchange_untaken){at, why};
}

/* ---- Texts ---- */

/* What it says in a language; a text of no language counts as the one that was chosen. */
static cn_slice said(const take_work *w, const cn_json *text, bool french) {
    if (cn_json_is(text, CN_JSON_STRING)) return french == w->french ? cn_json_text(text) : (cn_slice){0};
    return cn_json_get_text(text, french ? CN_S("fr") : CN_S("en"));
}

/* Where the character begins that is one too many; SIZE_MAX where none is. */
static size_t end_of(cn_slice text, size_t max) {
    for (size_t i = 0, n = 0; i < text.n; i++) {
        bool begins = ((unsigned char)text.p[i] & 0xc0) != 0x80;
        if (begins && n++ == max) return i;
    }
    return SIZE_MAX;
}

static cn_slice cut(take_work *w, cn_slice text, size_t max, cn_slice field) {
    size_t end = end_of(text, max);
    if (end == SIZE_MAX) return text;
    tell(w, field, CN_S("long"));
    return cn_slice_sub(text, 0, end);
}

static void take_outcomes(take_work *w, bool french, cn_achievement_text *out) {
    const cn_json *list = cn_json_get(w->from, CN_S("outcomes"));
    cn_slice field = french ? CN_S("outcomes.fr") : CN_S("outcomes.en");
    out->outcomes = CN_NEW_ARRAY(w->arena, cn_slice, CN_ACHIEVEMENT_OUTCOMES_MAX);
    w->good = w->good && out->outcomes;
    for (size_t i = 0; w->good && cn_json_is(list, CN_JSON_ARRAY) && i < cn_json_count(list); i++) {
        cn_slice one = said(w, cn_json_item(list, i), french);
        if (!one.n) continue;
        if (out->outcomes_n == CN_ACHIEVEMENT_OUTCOMES_MAX) {
            tell(w, field, CN_S("many"));
            return;
        }
        out->outcomes[out->outcomes_n++] = cut(w, one, CN_ACHIEVEMENT_OUTCOME_MAX, field);
    }
}

static void take_texts(take_work *w, bool french, cn_achievement_text *out) {
    const cn_json *name = cn_json_get(w->from, CN_S("name")),
                  *description = cn_json_get(w->from, CN_S("description")),
                  *criteria = cn_json_get(w->from, CN_S("criteria"));
    out->name = cut(w, said(w, name, french), CN_ACHIEVEMENT_NAME_MAX, french ? CN_S("name.fr") : CN_S("name.en"));
    out->description = cut(w, said(w, description, french), CN_ACHIEVEMENT_DESCRIPTION_MAX,
                           french ? CN_S("description.fr") : CN_S("description.en"));
    out->criteria = cut(w, said(w, criteria, french), CN_ACHIEVEMENT_CRITERIA_MAX,
                        french ? CN_S("criteria.fr") : CN_S("criteria.en"));
    take_outcomes(w, french, out);
}

static int months_of(const cn_json *from) {
    const cn_json *months = cn_json_get(from, CN_S("valid_months"));
    bool whole =
        cn_json_is(months, CN_JSON_NUMBER) && months->number >= 0 && months->number <= CN_ACHIEVEMENT_MONTHS_MAX;
    return whole ? (int)months->number : 0;
}

/* ---- The design ---- */

static void put(take_work *w, cn_json *to, cn_slice key, const cn_json *value) {
    if (value) w->good = w->good && to && cn_json_set(w->arena, to, key, value);
}

/* Whose it was, which it was, in which version. */
static const cn_json *source_of(take_work *w, cn_time now) {
    cn_json *source = cn_json_object(w->arena), *part = cn_json_array(w->arena);
    const cn_json *organisation = cn_json_get(w->from, CN_S("organisation"));
    uint64_t version;
    cn_slice day = cn_time_day_text(w->arena, now);
    put(w, source, CN_S("issuer"), cn_json_get(organisation, CN_S("name")));
    put(w, source, CN_S("achievement"), cn_json_get(w->from, CN_S("id")));
    put(w, source, CN_S("title"), cn_json_get(w->from, CN_S("name")));
    if (cn_slice_to_u64(cn_json_get_text(w->from, CN_S("version")), 1000000, &version))
        put(w, source, CN_S("version"), cn_json_number(w->arena, (double)version));
    put(w, source, CN_S("licence"), cn_json_point(w->from, CN_S("/design/licence")));
    put(w, source, CN_S("at"), cn_json_string(w->arena, day));
    w->good = w->good && source && day.n && part &&
              cn_json_push(w->arena, part, cn_json_string(w->arena, cn_source_word(CN_SOURCE_WHOLE)));
    put(w, source, CN_S("reused"), part);
    return source;
}

/* Where that came from itself stands behind it. */
static bool design_of(take_work *w, cn_time now, const cn_json **out, cn_err *err) {
    const cn_json *design = cn_json_get(w->from, CN_S("design")), *first = source_of(w, now), *source;
    bool there = cn_json_is(design, CN_JSON_OBJECT);
    cn_json *copy = there ? cn_json_copy_shallow(w->arena, design) : cn_json_object(w->arena);
    if (!w->good) return cn_fail_memory(err);
    if (!cn_source_derive(w->arena, first, design, design, &source, err)) return false;
    put(w, copy, CN_SOURCE, source);
    *out = copy;
    return w->good || cn_fail_memory(err);
}

/* As its own reader takes it; what that leaves out is told by its place in the design. */
static bool take_design(take_work *w, cn_time now, cn_err *err) {
    cn_blank_problems problems;
    const cn_json *design;
    if (!design_of(w, now, &design, err)) return false;
    if (!cn_blanks_read(w->arena, cn_design_fields, design, w->french ? CN_S("fr") : CN_S("en"),
                        &w->taken->draft.design, &problems, err))
        return false;
    for (size_t i = 0; i < problems.n; i++) {
        cn_slice id = problems.v[i].id, at = {0};
        bool as_it_is = cn_slice_eq(id, CN_S("long")) || cn_slice_eq(id, CN_S("many"));
        if (!cn_arena_print(w->arena, &at, "design%.*s", CN_ARG(problems.v[i].at))) return cn_fail_memory(err);
        tell(w, at, as_it_is ? id : cn_slice_eq(id, CN_S("unknown")) ? CN_S("member") : CN_S("value"));
    }
    return true;
}

/* ---- The whole ---- */

static bool take(take_work *w, cn_time now, const cn_exchange_reading *r, cn_err *err) {
    cn_exchange_taken *t = w->taken;
    t->format = cn_slice_of(cn_exchange_name(r->format));
    t->untaken = CN_NEW_ARRAY(w->arena, cn_exchange_untaken, CN_EXCHANGE_TOLD_MAX);
    if (!t->untaken) return cn_fail_memory(err);
    t->missed = r->missed;
    for (size_t i = 0; i < r->notes_n; i++) tell(w, r->notes[i].at, cn_slice_of(r->notes[i].why));
    take_texts(w, false, &t->draft.en);
    take_texts(w, true, &t->draft.fr);
    t->draft.valid_months = months_of(w->from);
    if (cn_json_count(cn_json_get(w->from, CN_S("offerings")))) tell(w, CN_S("offerings"), CN_S("member"));
    if (!w->good) return cn_fail_memory(err);
    if (!take_design(w, now, err)) return false;
    return t->draft.en.name.n || t->draft.fr.name.n ||
           cn_fail(err, CN_INVALID, "exchange.nameless", "The file names no achievement in English or French.");
}

/* Some programs begin a file with a byte order mark, which JSON does not have. */
static cn_slice without_mark(cn_slice text) {
    return cn_slice_starts(text, CN_S("\xef\xbb\xbf")) ? cn_slice_from(text, 3) : text;
}

bool cn_app_exchange_read(cn_arena *a, cn_time now, cn_slice text, bool french, cn_exchange_taken *out,
                          cn_err *err) {
    cn_exchange_taken taken = {0};
    cn_exchange_reading r;
    const cn_json *file;
    if (!cn_json_read(a, without_mark(text), NULL, &file, err) || !cn_exchange_read(a, file, &r, err))
        return false;
    take_work w = {.arena = a, .from = r.achievement, .french = french, .taken = &taken, .good = true};
    if (!take(&w, now, &r, err)) return false;
    *out = taken;
    return true;
}

bool cn_app_exchange_take(cn_arena *a, const cn_app *app, cn_time now, int64_t organisation, int64_t by,
                          cn_slice text, bool french, cn_exchange_taken *taken, cn_slice *id, cn_err *err) {
    return cn_app_exchange_read(a, now, text, french, taken, err) &&
           cn_app_achievement_new(a, app, now, organisation, by, &taken->draft, id, err);
}
