/* SPDX-License-Identifier: Apache-2.0
 *
 * The fields of a table as inputs: labels, hints, what stands in them, what is wrong with them.
 */
#include "web/blanks.h"
#include "web/messages.h"

#include "base/base.h"

typedef struct work {
    const cn_making *m;
    cn_arena *a;
    const cn_blank_plan *plan;
    cn_view_form *form;
    bool *told; /* of each problem: an input shows it */
    cn_err *err;
} work;

/* ---- Words ---- */

static cn_slice message_of(const cn_making *m, const char *family, cn_slice word) {
    cn_msg message;
    return cn_message_find(family, word, NULL, &message) ? cn_message(m->language, message) : (cn_slice){0};
}

cn_slice cn_blank_word(const cn_making *m, const char *family, cn_slice word) {
    cn_slice text = message_of(m, family, word);
    return text.n ? text : word;
}

cn_slice cn_blank_label(const cn_making *m, const cn_blank_plan *plan, cn_slice path) {
    cn_slice own = message_of(m, plan->labels, path), whole;
    if (own.n || !plan->known) return own.n ? own : path;
    if (!cn_arena_print(m->rq->arena, &whole, "%s%.*s", plan->before, CN_ARG(path))) return path;
    cn_words known = cn_field_label(plan->known, whole);
    cn_slice found = cn_making_choose(m, (cn_bilingual){known.en, known.fr});
    return found.n ? found : path;
}

cn_slice cn_blank_says(const cn_making *m, const cn_blank_problem *problem, cn_slice label) {
    cn_slice most;
    cn_msg message;
    bool known = cn_message_find(CN_MSG_FAMILY("field-problem"), problem->id, NULL, &message);
    assert(known);
    if (!cn_arena_print(m->rq->arena, &most, "%u", problem->field ? problem->field->max : 0)) return label;
    return cn_making_text(m, message, label, problem->said.n ? problem->said : most);
}

static cn_slice typed_text(const void *self, cn_slice name) {
    return cn_request_text(self, name);
}

cn_typed cn_web_typed(const cn_making *m) {
    return (cn_typed){typed_text, m->rq, m->language == CN_FR};
}

/* ---- Problems ---- */

/* "/credits/0/value" as "credits.0.value". Escapes of pointers do not come in paths. */
static cn_slice dotted(cn_arena *a, cn_slice at) {
    cn_slice out;
    if (!at.n || !cn_arena_copy(a, cn_slice_from(at, 1), &out)) return (cn_slice){0};
    for (size_t i = 0; i < out.n; i++)
        if (out.p[i] == '/') ((char *)out.p)[i] = '.';
    return out;
}

/* Is the problem one of this input? `tag` is its language, where the field has two. */
static bool concerns(cn_slice problem, cn_slice path, cn_slice tag) {
    if (cn_slice_eq(problem, path)) return true;
    if (problem.n <= path.n || !cn_slice_starts(problem, path) || problem.p[path.n] != '.') return false;
    cn_slice rest = cn_slice_from(problem, path.n + 1);
    if (!tag.n || cn_slice_eq(rest, tag)) return true;
    return rest.n > tag.n && cn_slice_ends(rest, tag) && rest.p[rest.n - tag.n - 1] == '.';
}

static bool add_wrong(work *w, cn_slice name, cn_slice text) {
    w->form->wrong[w->form->wrong_n++] = (cn_view_wrong){name, text};
    return true;
}

static void find_problem(work *w, cn_view_input *in, cn_slice path, cn_slice tag, cn_slice label) {
    const cn_blank_problems *all = w->plan->problems;
    for (size_t i = 0; all && i < all->n && !in->error.n; i++) {
        if (w->told[i] || !concerns(dotted(w->a, all->v[i].at), path, tag)) continue;
        w->told[i] = true;
        in->error = cn_blank_says(w->m, &all->v[i], label);
        (void)add_wrong(w, in->name, in->error);
    }
}

/* ---- Inputs ---- */

/* ONE, or ONE and TWO with something between. */
static bool join(work *w, cn_slice *out, cn_slice one, const char *between, cn_slice two) {
    return cn_arena_print(w->a, out, "%.*s%s%.*s", CN_ARG(one), between, CN_ARG(two)) || cn_fail_memory(w->err);
}

/* Ids are those of field_input.html. */
static bool finish_input(work *w, cn_view_input *in) {
    const char *hint = in->hint.n ? "-hint" : "", *error = in->error.n ? "-error" : "";
    if (in->error.n) {
        in->group_class = CN_S(" govuk-form-group--error");
        in->input_class = in->shape == CN_VIEW_AREA     ? CN_S(" govuk-textarea--error")
                          : in->shape == CN_VIEW_SELECT ? CN_S(" govuk-select--error")
                                                        : CN_S(" govuk-input--error");
    }
    return cn_arena_print(w->a, &in->described, "%.*s%s%s%.*s%s", CN_ARG(*hint ? in->name : (cn_slice){0}), hint,
                          *hint && *error ? " " : "", CN_ARG(*error ? in->name : (cn_slice){0}), error) ||
           cn_fail_memory(w->err);
}

static bool add_option(work *w, cn_view_input *in, cn_slice value, cn_slice text, bool chosen) {
    cn_view_blank_option *o = &in->options[in->options_n++];
    *o = (cn_view_blank_option){.value = value, .text = text, .chosen = chosen};
    bool first = in->options_n == 1;
    return (first ? (o->id = in->name, true) : join(w, &o->id, in->name, "-", value)) &&
           join(w, &o->name, in->name, in->shape == CN_VIEW_CHECKS ? "." : "",
                in->shape == CN_VIEW_CHECKS ? value : (cn_slice){0});
}

static bool said_options(work *w, cn_view_input *in) {
    static const struct {
        cn_slice value;
        cn_msg text;
    } said[] = {{CN_S_INIT("yes"), CN_MSG_fields_yes},
                {CN_S_INIT("no"), CN_MSG_fields_no},
                {CN_S_INIT(""), CN_MSG_fields_unsaid}};
    in->options = CN_NEW_ARRAY(w->a, cn_view_blank_option, sizeof said / sizeof *said);
    if (!in->options) return cn_fail_memory(w->err);
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (!add_option(w, in, said[i].value, cn_message(w->m->language, said[i].text),
                        cn_slice_eq(in->value, said[i].value)))
            return false;
    return true;
}

static bool word_options(work *w, cn_view_input *in, const cn_blank *f, const cn_json *v) {
    size_t n = 1;
    for (const cn_slice *word = f->words; word->n; word++) n++;
    in->options = CN_NEW_ARRAY(w->a, cn_view_blank_option, n);
    if (!in->options) return cn_fail_memory(w->err);
    if (in->shape == CN_VIEW_SELECT &&
        !add_option(w, in, (cn_slice){0}, cn_message(w->m->language, CN_MSG_fields_unsaid), !in->value.n))
        return false;
    for (const cn_slice *word = f->words; word->n; word++)
        if (!add_option(w, in, *word, cn_blank_word(w->m, w->plan->words, *word), cn_blank_chosen(v, *word)))
            return false;
    return true;
}

static bool add_options(work *w, cn_view_input *in, const cn_blank *f, const cn_json *v) {
    if (f->kind == CN_BLANK_SAID) return said_options(w, in);
    return (f->kind != CN_BLANK_ONE && f->kind != CN_BLANK_SOME && f->kind != CN_BLANK_ALIGNMENT) ||
           word_options(w, in, f, v);
}

static const struct {
    cn_view_shape shape;
    int rows;
    cn_slice mode, width;
} looks[CN_BLANK_KINDS] = {
    [CN_BLANK_TEXTS] = {CN_VIEW_AREA, 4, {0}, {0}},
    [CN_BLANK_LINES] = {CN_VIEW_AREA, 4, {0}, {0}},
    [CN_BLANK_LISTS] = {CN_VIEW_AREA, 4, {0}, {0}},
    [CN_BLANK_NUMBER] = {CN_VIEW_LINE, 0, CN_S_INIT("decimal"), CN_S_INIT(" cairn-number")},
    [CN_BLANK_COUNT] = {CN_VIEW_LINE, 0, CN_S_INIT("numeric"), CN_S_INIT(" cairn-number")},
    [CN_BLANK_LEVEL] = {CN_VIEW_LINE, 0, {0}, CN_S_INIT(" cairn-number")},
    [CN_BLANK_DATE] = {CN_VIEW_LINE, 0, CN_S_INIT("numeric"), CN_S_INIT(" cairn-date")},
    [CN_BLANK_URL] = {CN_VIEW_LINE, 0, CN_S_INIT("url"), {0}},
    [CN_BLANK_SAID] = {CN_VIEW_RADIOS, 0, {0}, {0}},
    [CN_BLANK_ONE] = {CN_VIEW_SELECT, 0, {0}, {0}},
    [CN_BLANK_SOME] = {CN_VIEW_CHECKS, 0, {0}, {0}},
};

static bool is_in_both(const cn_blank *f) {
    return f->kind == CN_BLANK_BOTH || f->kind == CN_BLANK_TEXTS || f->kind == CN_BLANK_LISTS;
}

/* One input of a field that stands at `path`; `both`: it is the one of `language`. */
static bool fill_input(work *w, const cn_blank *f, cn_slice path, cn_slice label, cn_slice hint, const cn_json *v,
                       bool both, cn_language language, cn_view_input *in) {
    cn_slice tag = both ? cn_language_tag(language) : (cn_slice){0};
    bool french = w->m->language == CN_FR;
    *in = (cn_view_input){.shape = looks[f->kind].shape,
                          .rows = looks[f->kind].rows,
                          .mode = looks[f->kind].mode.n ? looks[f->kind].mode : CN_S("text"),
                          .width = looks[f->kind].width,
                          .type = CN_S("text"),
                          .label = label,
                          .hint = hint,
                          .language = cn_language_tag(both ? language : w->m->language),
                          .value = cn_blank_text(w->a, f, v, language == CN_FR, french)};
    cn_msg in_one = language == CN_FR ? CN_MSG_fields_in_french : CN_MSG_fields_in_english;
    if (both) in->label = cn_making_text(w->m, in_one, label, (cn_slice){0});
    if (!join(w, &in->name, path, both ? "." : "", tag)) return false;
    find_problem(w, in, path, tag, in->label);
    return add_options(w, in, f, v) && finish_input(w, in);
}

static bool fill_inputs(work *w, const cn_blank *f, cn_slice path, cn_slice label, cn_slice hint, const cn_json *v,
                        cn_view_inputs *out) {
    cn_language own = w->m->language;
    if (!is_in_both(f)) return out->n = 1, fill_input(w, f, path, label, hint, v, false, own, &out->v[0]);
    out->n = CN_LANGUAGES;
    return fill_input(w, f, path, label, hint, v, true, own, &out->v[0]) &&
           fill_input(w, f, path, label, hint, v, true, own == CN_FR ? CN_EN : CN_FR, &out->v[1]);
}

/* ---- Rows ---- */

enum { ROWS_SPARE = 1, ROWS_MORE = 3 };

static bool fill_row(work *w, const cn_blank *f, const cn_json *v, size_t at, cn_view_row *row) {
    row->columns = CN_NEW_ARRAY(w->a, cn_view_inputs, f->columns_n);
    if (!row->columns) return cn_fail_memory(w->err);
    for (; row->columns_n < f->columns_n; row->columns_n++) {
        const cn_blank *column = &f->columns[row->columns_n];
        cn_slice name, path, label;
        if (!join(w, &name, f->path, ".", column->path)) return false;
        label = cn_blank_label(w->m, w->plan, name);
        if (!cn_arena_print(w->a, &path, "%.*s.%zu.%.*s", CN_ARG(f->path), at, CN_ARG(column->path)))
            return cn_fail_memory(w->err);
        cn_slice hint = at ? (cn_slice){0} : message_of(w->m, w->plan->hints, name);
        cn_view_inputs *to = &row->columns[row->columns_n];
        if (!fill_inputs(w, column, path, label, hint, cn_json_get(v, column->path), to)) return false;
        if (column->kind == CN_BLANK_SAID) to->v[0].shape = CN_VIEW_SELECT;
    }
    return true;
}

static const cn_json *aligned_row(const cn_json *v, size_t at) {
    for (size_t i = 0; i < cn_json_count(v); i++) {
        const cn_json *place = cn_json_get(cn_json_item(v, i), CN_S("outcome"));
        if (cn_json_is(place, CN_JSON_NUMBER) && place->number == (double)at + 1) return cn_json_item(v, i);
    }
    return NULL;
}

/* An outcome, and its kind to choose. */
static bool fill_aligned(work *w, const cn_blank *f, const cn_json *v, size_t at, cn_view_row *row) {
    const cn_blank *kind = &f->columns[1];
    cn_slice path;
    row->text = w->plan->aligned[at];
    row->columns = CN_NEW_ARRAY(w->a, cn_view_inputs, 1);
    if (!row->columns || !cn_arena_print(w->a, &path, "%.*s.%zu.kind", CN_ARG(f->path), at))
        return cn_fail_memory(w->err);
    row->columns_n = 1;
    return fill_inputs(w, kind, path, row->text, (cn_slice){0}, cn_json_get(aligned_row(v, at), CN_S("kind")),
                       &row->columns[0]);
}

static bool fill_rows(work *w, const cn_blank *f, const cn_json *v, cn_view_fields_field *out) {
    bool aligned = f->kind == CN_BLANK_ALIGNMENT, more = cn_slice_eq(w->plan->more, f->path);
    size_t n = aligned ? w->plan->aligned_n : cn_json_count(v) + (more ? ROWS_MORE : ROWS_SPARE);
    if (n > f->max) n = f->max > cn_json_count(v) ? f->max : cn_json_count(v);
    out->in_rows = true;
    out->fixed = aligned;
    out->rows = CN_NEW_ARRAY(w->a, cn_view_row, n);
    if (!out->rows || !join(w, &out->count, f->path, ".n", (cn_slice){0})) return cn_fail_memory(w->err);
    for (; out->rows_n < n; out->rows_n++) {
        cn_view_row *row = &out->rows[out->rows_n];
        cn_slice number;
        if (!cn_arena_print(w->a, &number, "%zu", out->rows_n + 1)) return cn_fail_memory(w->err);
        row->heading = cn_making_text(w->m, CN_MSG_fields_row, out->label, number);
        if (!(aligned ? fill_aligned : fill_row)(w, f, aligned ? v : cn_json_item(v, out->rows_n), out->rows_n,
                                                 row))
            return false;
    }
    cn_view_input whole = {.name = f->path};
    find_problem(w, &whole, f->path, (cn_slice){0}, out->label);
    out->error = whole.error;
    return true;
}

/* ---- The form ---- */

static bool fill_field(work *w, const cn_blank *f, cn_view_fields_field *out) {
    const cn_json *v = cn_blank_value(w->plan->values, f->path);
    out->path = f->path;
    out->hint = message_of(w->m, w->plan->hints, f->path);
    out->label = cn_blank_label(w->m, w->plan, f->path);
    if (f->columns) return fill_rows(w, f, v, out);
    return fill_inputs(w, f, f->path, out->label, out->hint, v, &out->inputs);
}

bool cn_view_form_fill(const cn_making *m, const cn_blank_plan *plan, cn_view_form *out, cn_err *err) {
    work w = {.m = m, .a = m->rq->arena, .plan = plan, .form = out, .err = err};
    size_t problems = plan->problems ? plan->problems->n : 0;
    *out = (cn_view_form){.v = CN_NEW_ARRAY(w.a, cn_view_fields_field, plan->table.n),
                          .wrong = CN_NEW_ARRAY(w.a, cn_view_wrong, problems)};
    w.told = CN_NEW_ARRAY(w.a, bool, problems);
    if (!out->v || !out->wrong || !w.told) return cn_fail_memory(err);
    for (size_t i = 0; i < plan->table.n; i++)
        if (plan->table.v[i].section == plan->section && !fill_field(&w, &plan->table.v[i], &out->v[out->n++]))
            return false;
    return true;
}
