/* SPDX-License-Identifier: Apache-2.0
 *
 * A design in words: section by section what is said, in one language; and its size beside other kinds.
 */
#include "web/design_show.h"
#include "app/frameworks.h"
#include "app/kinds.h"
#include "web/design.h"
#include "web/frameworks.h"
#include "web/messages.h"

#include "base/base.h"

typedef struct work {
    const cn_making *m;
    cn_hidden hidden;
    cn_blank_plan plan;
    bool whole; /* all that is said, so that no change of it is left out; texts in the language `texts` alone */
    cn_language texts;
    const cn_design_class *classes; /* what codes stand for */
    size_t classes_n;
    cn_err *err;
} work;

/* ---- One value in words ---- */

static cn_slice in_language(const work *w, const cn_json *v) {
    bool french = (w->whole ? w->texts : w->m->language) == CN_FR;
    cn_slice own = cn_json_get_text(v, french ? CN_S("fr") : CN_S("en"));
    return own.n || w->whole ? own : cn_json_get_text(v, french ? CN_S("en") : CN_S("fr"));
}

/* A framework's family is kept; its latest pack has a title. */
static cn_slice framework_text(const work *w, cn_slice family) {
    const cn_packs *packs = w->m->web->packs;
    for (size_t i = packs->n; i-- > 0;)
        if (cn_slice_eq(packs->v[i]->family, family)) return cn_words_of(w->m, packs->v[i]->title);
    return family;
}

static cn_slice date_text(const work *w, cn_slice written) {
    cn_time t;
    return cn_time_read_loose(written, &t) ? cn_words_date(w->m, t, false) : written;
}

/* Amounts of money have two digits behind the point, or none: "249.50". */
static cn_slice price_text(const work *w, cn_slice number) {
    char point = w->m->language == CN_FR ? ',' : '.';
    size_t at = cn_slice_find_byte(number, point);
    cn_slice out;
    bool tenths = at != SIZE_MAX && at + 2 == number.n;
    return tenths && cn_arena_print(w->m->rq->arena, &out, "%.*s0", CN_ARG(number)) ? out : number;
}

static cn_slice value_text(const work *w, const cn_blank *f, const cn_json *v) {
    bool french = w->m->language == CN_FR;
    if (cn_json_is(v, CN_JSON_OBJECT)) return cn_hidden_show(&w->hidden, in_language(w, v));
    if (f->kind == CN_BLANK_DATE) return date_text(w, cn_json_text(v));
    if (cn_json_is_bool(v))
        return cn_message(w->m->language, cn_json_is(v, CN_JSON_TRUE) ? CN_MSG_fields_yes : CN_MSG_fields_no);
    if (f->words) return cn_blank_word(w->m, w->plan.words, cn_json_text(v));
    if (cn_slice_eq(f->path, CN_S("frameworks"))) return framework_text(w, cn_json_text(v));
    cn_slice text = cn_blank_text(w->m->rq->arena, f, v, french, french);
    if (cn_slice_eq(f->path, CN_S("price"))) return price_text(w, text);
    return cn_json_is(v, CN_JSON_NUMBER) ? text : cn_hidden_show(&w->hidden, text);
}

/* "11.0701 – Computer science", where the list has a title in the reader's language. */
static cn_slice class_text(const work *w, const cn_blank *f, const cn_json *v) {
    cn_slice code = value_text(w, f, v), out;
    for (size_t i = 0; i < w->classes_n; i++) {
        const cn_design_class *one = &w->classes[i];
        if (one->field != f || !one->item || !cn_json_is_string(v, one->code)) continue;
        cn_slice title = one->item->text[w->m->language == CN_FR ? CN_ITEM_LABEL_FR : CN_ITEM_LABEL];
        title = cn_hidden_show(&w->hidden, title);
        if (title.n && cn_arena_print(w->m->rq->arena, &out, "%.*s \u2013 %.*s", CN_ARG(code), CN_ARG(title)))
            return out;
    }
    return code;
}

static bool join(const work *w, cn_buf *b, cn_slice between, cn_slice text) {
    (void)w;
    if (text.n && b->n) cn_buf_add(b, between);
    cn_buf_add(b, text);
    return true;
}

/* All values of a list in a column: "weak / good". */
static cn_slice list_text(const work *w, const cn_blank *f, const cn_json *v) {
    cn_buf b = cn_buf_on(w->m->rq->arena, 0);
    for (size_t i = 0; i < cn_json_many(v); i++)
        (void)join(w, &b, CN_S(" / "), value_text(w, f, cn_json_one(v, i)));
    return cn_buf_ok(&b) ? cn_buf_slice(&b) : (cn_slice){0};
}

/* ---- Lines ---- */

static bool is_address(const cn_blank *f) {
    return f->kind == CN_BLANK_URL;
}

static void link_line(const work *w, cn_slice address, cn_view_design_fact_line *line) {
    line->linked = line->linked || cn_hidden_link(&w->hidden, address, &line->link);
}

/* What is so stands by its name alone. */
static cn_slice said_text(const work *w, const cn_blank *f, const cn_blank *column, const cn_json *v) {
    cn_slice name;
    if (!cn_arena_print(w->m->rq->arena, &name, "%.*s.%.*s", CN_ARG(f->path), CN_ARG(column->path)))
        return (cn_slice){0};
    cn_slice label = cn_blank_label(w->m, &w->plan, name);
    if (w->whole) return cn_making_text(w->m, CN_MSG_changes_said, label, value_text(w, column, v));
    return cn_json_is(v, CN_JSON_TRUE) ? label : (cn_slice){0};
}

/* An outcome is named by its place. */
static cn_slice outcome_text(const work *w, const cn_blank *column, const cn_json *v) {
    double place = cn_json_is(v, CN_JSON_NUMBER) ? v->number : 0;
    if (place < 1 || place > (double)w->plan.aligned_n) return value_text(w, column, v);
    return cn_hidden_show(&w->hidden, w->plan.aligned[(size_t)place - 1]);
}

static cn_slice column_text(const work *w, const cn_blank *f, const cn_blank *column, const cn_json *v) {
    if (column->kind == CN_BLANK_SAID) return said_text(w, f, column, v);
    bool outcome = f->kind == CN_BLANK_ALIGNMENT && column == f->columns;
    return outcome ? outcome_text(w, column, v) : list_text(w, column, v);
}

/* "https://college.example/work – Employers can see it". */
static cn_slice by_address(const work *w, cn_slice address, cn_slice said) {
    cn_buf b = cn_buf_on(w->m->rq->arena, 0);
    (void)join(w, &b, CN_S(" – "), cn_hidden_show(&w->hidden, address));
    (void)join(w, &b, CN_S(" – "), said);
    return cn_buf_ok(&b) ? cn_buf_slice(&b) : said;
}

/* "3.125 QC", "Criterion: weak / good": the values of a row, its address behind them all. What has no name but its
 * address goes by that, before what is said of it. */
static void row_line(const work *w, const cn_blank *f, const cn_json *row, cn_view_design_fact_line *line) {
    cn_buf b = cn_buf_on(w->m->rq->arena, 0);
    cn_slice address = {0};
    bool named = false;
    for (size_t c = 0; c < f->columns_n; c++) {
        const cn_blank *column = &f->columns[c];
        const cn_json *v = cn_json_get(row, column->path);
        if (!v) continue;
        if (is_address(column)) {
            address = cn_json_text(v);
            continue;
        }
        named = named || column->kind != CN_BLANK_SAID;
        (void)join(w, &b, c == 1 && f->columns[0].kind == CN_BLANK_LINE ? CN_S(" ") : CN_S(" – "),
                   column_text(w, f, column, v));
    }
    if (w->whole) (void)join(w, &b, CN_S(" – "), cn_hidden_show(&w->hidden, address));
    line->text = cn_buf_ok(&b) ? cn_buf_slice(&b) : (cn_slice){0};
    if (!w->whole && !named) line->text = by_address(w, address, line->text);
    if (!line->text.n) line->text = cn_hidden_show(&w->hidden, address);
    if (address.n) link_line(w, address, line);
}

static bool fill_lines(const work *w, const cn_blank *f, const cn_json *v, cn_view_design_fact *fact) {
    fact->lines = CN_NEW_ARRAY(w->m->rq->arena, cn_view_design_fact_line, cn_json_many(v));
    if (!fact->lines) return cn_fail_memory(w->err);
    for (size_t i = 0; i < cn_json_many(v); i++) {
        const cn_json *one = cn_json_one(v, i);
        cn_view_design_fact_line *line = &fact->lines[fact->n++];
        if (f->columns) row_line(w, f, one, line);
        else line->text = class_text(w, f, one);
        if (is_address(f)) link_line(w, cn_json_text(one), line);
    }
    return true;
}

/* ---- Sections ---- */

static bool fill_section(const work *w, int section, cn_view_design_facts_section *out) {
    out->v = CN_NEW_ARRAY(w->m->rq->arena, cn_view_design_fact, w->plan.table.n);
    if (!out->v) return cn_fail_memory(w->err);
    for (size_t i = 0; i < w->plan.table.n; i++) {
        const cn_blank *f = &w->plan.table.v[i];
        const cn_json *v = f->section == section ? cn_blank_value(w->plan.values, f->path) : NULL;
        if (!v || f->kind == CN_BLANK_ALIGNMENT) continue;
        cn_view_design_fact *fact = &out->v[out->n++];
        fact->label = cn_blank_label(w->m, &w->plan, f->path);
        if (!fill_lines(w, f, v, fact)) return false;
    }
    return true;
}

bool cn_view_blanks_show(const cn_making *m, const cn_blank_plan *plan, cn_view_design_facts_section *out,
                         cn_err *err) {
    work w = {.m = m, .hidden = {.arena = m->rq->arena}, .plan = *plan, .err = err};
    *out = (cn_view_design_facts_section){0};
    return fill_section(&w, plan->section, out);
}

bool cn_view_design_facts_fill(const cn_making *m, const cn_json *design, cn_view_design_facts *out, cn_err *err) {
    work w = {.m = m, .hidden = {.arena = m->rq->arena}, .err = err};
    *out =
        (cn_view_design_facts){.v = CN_NEW_ARRAY(m->rq->arena, cn_view_design_facts_section, CN_DESIGN_SECTIONS)};
    if (!out->v) return cn_fail_memory(err);
    cn_design_class *classes;
    if (!cn_design_plan(m, 0, design, &w.plan, err) ||
        !cn_app_design_classes(m->rq->arena, m->web->app, design, &classes, &w.classes_n, err))
        return false;
    w.classes = classes;
    for (cn_design_section s = 0; s < CN_DESIGN_PARTICULARS; s++) {
        cn_view_design_facts_section *section = &out->v[out->n];
        section->heading = cn_blank_word(m, CN_MSG_FAMILY("design-section"), cn_design_section_name(s));
        if (!fill_section(&w, (int)s, section)) return false;
        out->n += section->n > 0;
    }
    return true;
}

bool cn_view_design_said(const cn_making *m, const cn_blank_plan *plan, const cn_blank *field, const cn_json *v,
                         cn_language texts, cn_slice *out, cn_err *err) {
    work w = {.m = m, .hidden = {.arena = m->rq->arena}, .plan = *plan, .whole = true, .texts = texts, .err = err};
    cn_view_design_fact fact = {0};
    cn_buf b = cn_buf_on(m->rq->arena, 0);
    if (v && !fill_lines(&w, field, v, &fact)) return false;
    for (size_t i = 0; i < fact.n; i++) {
        if (!fact.lines[i].text.n) continue;
        cn_buf_add(&b, fact.lines[i].text);
        cn_buf_byte(&b, '\n');
    }
    *out = cn_buf_slice(&b);
    return cn_buf_ok(&b) || cn_fail_memory(err);
}

cn_slice cn_view_outcome_kind(const cn_making *m, const cn_json *design, size_t n) {
    const cn_json *rows = cn_json_get(design, CN_S("outcome_alignment"));
    for (size_t i = 0; i < cn_json_count(rows); i++) {
        const cn_json *row = cn_json_item(rows, i), *place = cn_json_get(row, CN_S("outcome"));
        if (cn_json_is(place, CN_JSON_NUMBER) && place->number == (double)n + 1)
            return cn_blank_word(m, CN_MSG_FAMILY("design-word"), cn_json_get_text(row, CN_S("kind")));
    }
    return (cn_slice){0};
}

/* ---- Size ---- */

enum { BAR = 1000, BAR_LEAST = 8, HOURS_MOST = 2100 };

static unsigned scaled(const cn_json *hours, unsigned otherwise) {
    if (!hours) return otherwise;
    double at = hours->number / HOURS_MOST * BAR;
    return at > BAR ? BAR : (unsigned)at;
}

static cn_slice number_text(const cn_making *m, const cn_json *n) {
    static const cn_blank number = {.kind = CN_BLANK_NUMBER};
    return cn_blank_text(m->rq->arena, &number, n, false, m->language == CN_FR);
}

/* "100 to 249 hours", "at most 99 hours", "90 to 120 credits (ON)". */
static cn_slice band_text(const cn_making *m, const cn_kind *k) {
    bool hours = k->hours.least || k->hours.most;
    const cn_band *band = hours ? &k->hours : &k->credits;
    cn_slice least = number_text(m, band->least), most = number_text(m, band->most);
    if (!hours && !band->least) return (cn_slice){0};
    if (!hours) return cn_making_text(m, CN_MSG_size_credits, least, most);
    if (!band->least) return cn_making_text(m, CN_MSG_size_most, most, (cn_slice){0});
    if (!band->most) return cn_making_text(m, CN_MSG_size_least, least, (cn_slice){0});
    return cn_making_text(m, CN_MSG_size_between, least, most);
}

static void kind_row(const cn_making *m, const cn_kind *k, const cn_json *hours, cn_view_size_row *row) {
    *row = (cn_view_size_row){.name = cn_making_choose(m, k->title),
                              .size = band_text(m, k),
                              .source = cn_making_choose(m, k->source),
                              .holds = cn_band_holds(&k->hours, hours)};
    if (!k->hours.least && !k->hours.most) return;
    unsigned to = scaled(k->hours.most, BAR);
    row->from = scaled(k->hours.least, 0);
    row->width = to > row->from + BAR_LEAST ? to - row->from : BAR_LEAST;
}

bool cn_view_size_fill(const cn_making *m, const cn_json *design, cn_slice name, cn_view_size *out, cn_err *err) {
    const cn_json *hours = cn_blank_value(design, CN_S("hours.total"));
    cn_kinds kinds;
    *out = (cn_view_size){0};
    if (!cn_json_is(hours, CN_JSON_NUMBER)) return true;
    if (!cn_kinds_all(m->rq->arena, &kinds, err)) return false;
    out->v = CN_NEW_ARRAY(m->rq->arena, cn_view_size_row, kinds.n + 1);
    if (!out->v) return cn_fail_memory(err);
    unsigned width = scaled(hours, 0);
    out->v[out->n++] =
        (cn_view_size_row){.name = name,
                           .size = cn_making_text(m, CN_MSG_size_hours, number_text(m, hours), (cn_slice){0}),
                           .width = width > BAR_LEAST ? width : BAR_LEAST,
                           .own = true};
    for (size_t i = 0; i < kinds.n; i++) kind_row(m, &kinds.v[i], hours, &out->v[out->n++]);
    return true;
}
