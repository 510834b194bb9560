/* SPDX-License-Identifier: Apache-2.0
 *
 * Drafts of achievements as values: made tidy, checked, and to and from the JSON in which they are kept.
 */
#include "app/draft.h"
#include "app/texts.h"

/* ---- Tidy ---- */

static bool tidy_outcomes(cn_arena *a, const cn_achievement_text *from, cn_achievement_text *out, cn_err *err) {
    out->outcomes = CN_NEW_ARRAY(a, cn_slice, from->outcomes_n);
    if (!out->outcomes) return cn_fail_memory(err);
    for (size_t i = 0; i < from->outcomes_n; i++) {
        cn_slice *one = &out->outcomes[out->outcomes_n];
        if (!cn_text_tidy(a, from->outcomes[i], false, one, err)) return false;
        out->outcomes_n += one->n > 0;
    }
    return true;
}

static bool tidy_language(cn_arena *a, const cn_achievement_text *from, cn_achievement_text *out, cn_err *err) {
    return cn_text_tidy(a, from->name, false, &out->name, err) &&
           cn_text_tidy(a, from->description, true, &out->description, err) &&
           cn_text_tidy(a, from->criteria, true, &out->criteria, err) && tidy_outcomes(a, from, out, err);
}

bool cn_draft_tidy(cn_arena *a, const cn_draft *from, cn_draft *out, cn_err *err) {
    cn_draft d = {.valid_months = from->valid_months, .design = from->design};
    if (!tidy_language(a, &from->en, &d.en, err) || !tidy_language(a, &from->fr, &d.fr, err)) return false;
    *out = d;
    return true;
}

/* ---- Checked ---- */

typedef struct problems {
    cn_draft_problem *v;
    size_t n;
} problems;

static void add(problems *p, cn_slice field, cn_slice id) {
    assert(p->n < CN_DRAFT_PROBLEMS_MAX);
    p->v[p->n++] = (cn_draft_problem){field, id};
}

static void check_text(problems *p, cn_slice field, cn_slice text, size_t max, bool needed) {
    if (needed && !text.n) add(p, field, CN_S("missing"));
    else if (cn_text_characters(text) > max) add(p, field, CN_S("long"));
    else if (!cn_text_is_seen(text)) add(p, field, CN_S("control"));
}

static void check_outcomes(problems *p, cn_slice field, const cn_achievement_text *t) {
    bool too_long = false, seen = true;
    for (size_t i = 0; i < t->outcomes_n; i++) {
        too_long |= cn_text_characters(t->outcomes[i]) > CN_ACHIEVEMENT_OUTCOME_MAX;
        seen = seen && cn_text_is_seen(t->outcomes[i]);
    }
    if (t->outcomes_n > CN_ACHIEVEMENT_OUTCOMES_MAX) add(p, field, CN_S("many"));
    else if (too_long) add(p, field, CN_S("long"));
    else if (!seen) add(p, field, CN_S("control"));
}

/* A name, a description and criteria, in one language. */
static void check_language(problems *p, const cn_achievement_text *t, bool french, bool name, bool all) {
    check_text(p, french ? CN_S("name.fr") : CN_S("name.en"), t->name, CN_ACHIEVEMENT_NAME_MAX, name);
    check_text(p, french ? CN_S("description.fr") : CN_S("description.en"), t->description,
               CN_ACHIEVEMENT_DESCRIPTION_MAX, all);
    check_text(p, french ? CN_S("criteria.fr") : CN_S("criteria.en"), t->criteria, CN_ACHIEVEMENT_CRITERIA_MAX,
               all);
    check_outcomes(p, french ? CN_S("outcomes.fr") : CN_S("outcomes.en"), t);
}

size_t cn_draft_check(const cn_draft *d, bool publish, cn_draft_problem out[CN_DRAFT_PROBLEMS_MAX]) {
    problems p = {.v = out};
    check_language(&p, &d->en, false, publish || !d->fr.name.n, publish);
    check_language(&p, &d->fr, true, publish, publish);
    bool french_outcomes = p.n && cn_slice_eq(out[p.n - 1].field, CN_S("outcomes.fr"));
    if (publish && !french_outcomes && d->en.outcomes_n != d->fr.outcomes_n)
        add(&p, CN_S("outcomes.fr"), CN_S("uneven"));
    if (d->valid_months < 0 || d->valid_months > CN_ACHIEVEMENT_MONTHS_MAX)
        add(&p, CN_S("months"), CN_S("number"));
    return p.n;
}

/* ---- Kept ---- */

static bool write_language(cn_arena *a, const cn_achievement_text *t, cn_json **out) {
    cn_json *o = cn_json_object(a), *outcomes = cn_json_array(a);
    if (!o || !outcomes) return false;
    for (size_t i = 0; i < t->outcomes_n; i++) {
        const cn_json *one = cn_json_string(a, t->outcomes[i]);
        if (!one || !cn_json_push(a, outcomes, one)) return false;
    }
    *out = o;
    return cn_json_set(a, o, CN_S("name"), cn_json_string(a, t->name)) &&
           cn_json_set(a, o, CN_S("description"), cn_json_string(a, t->description)) &&
           cn_json_set(a, o, CN_S("criteria"), cn_json_string(a, t->criteria)) &&
           cn_json_set(a, o, CN_S("outcomes"), outcomes);
}

bool cn_draft_write(cn_arena *a, const cn_draft *d, cn_slice *out, cn_err *err) {
    cn_json *o = cn_json_object(a), *en, *fr;
    if (!o || !write_language(a, &d->en, &en) || !write_language(a, &d->fr, &fr) ||
        !cn_json_set(a, o, CN_S("en"), en) || !cn_json_set(a, o, CN_S("fr"), fr) ||
        !cn_json_set(a, o, CN_S("valid_months"), cn_json_number(a, d->valid_months)) ||
        (cn_json_count(d->design) && !cn_json_set(a, o, CN_S("design"), d->design)))
        return cn_fail_memory(err);
    cn_buf b = cn_buf_on(a, 0);
    cn_json_write(&b, o);
    if (!cn_buf_ok(&b)) return cn_fail_memory(err);
    *out = cn_buf_slice(&b);
    return true;
}

static bool read_language(cn_arena *a, const cn_json *o, cn_achievement_text *out, cn_err *err) {
    const cn_json *outcomes = cn_json_get(o, CN_S("outcomes"));
    out->name = cn_json_get_text(o, CN_S("name"));
    out->description = cn_json_get_text(o, CN_S("description"));
    out->criteria = cn_json_get_text(o, CN_S("criteria"));
    out->outcomes_n = cn_json_count(outcomes);
    out->outcomes = CN_NEW_ARRAY(a, cn_slice, out->outcomes_n);
    if (!out->outcomes) return cn_fail_memory(err);
    for (size_t i = 0; i < out->outcomes_n; i++) out->outcomes[i] = cn_json_text(cn_json_item(outcomes, i));
    return true;
}

bool cn_draft_read(cn_arena *a, cn_slice text, cn_draft *out, cn_err *err) {
    const cn_json *o;
    cn_draft d = {0};
    if (!cn_json_read(a, text, NULL, &o, err)) {
        if (err->code == CN_LIMIT) return false;
        return cn_fail(err, CN_INTERNAL, "achievement.stored", "what is stored of an achievement is no JSON.");
    }
    const cn_json *months = cn_json_get(o, CN_S("valid_months"));
    if (!read_language(a, cn_json_get(o, CN_S("en")), &d.en, err) ||
        !read_language(a, cn_json_get(o, CN_S("fr")), &d.fr, err))
        return false;
    if (cn_json_is(months, CN_JSON_NUMBER)) d.valid_months = (int)months->number;
    const cn_json *design = cn_json_get(o, CN_S("design"));
    if (cn_json_is(design, CN_JSON_OBJECT)) d.design = design;
    *out = d;
    return true;
}
