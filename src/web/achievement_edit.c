/* SPDX-License-Identifier: Apache-2.0
 *
 * The form in which an achievement is written, in both languages side by side. What was typed comes back with
 * every error.
 */
#include "web/achievements.h"
#include "web/messages.h"

#include "base/base.h"

/* ---- Fields ---- */

typedef enum field { NAME, DESCRIPTION, CRITERIA, OUTCOMES } field;

static const struct {
    const char *name;
    cn_msg label[CN_LANGUAGES], hint;
    int rows;
} fields[CN_DRAFT_PAIRS] = {
    [NAME] = {"name", {CN_MSG_achievement_name_en, CN_MSG_achievement_name_fr}, CN_MSG_achievement_name_hint, 0},
    [DESCRIPTION] = {"description",
                     {CN_MSG_achievement_description_en, CN_MSG_achievement_description_fr},
                     CN_MSG_achievement_description_hint,
                     5},
    [CRITERIA] = {"criteria",
                  {CN_MSG_achievement_criteria_en, CN_MSG_achievement_criteria_fr},
                  CN_MSG_achievement_criteria_hint,
                  8},
    [OUTCOMES] = {"outcomes",
                  {CN_MSG_achievement_outcomes_en, CN_MSG_achievement_outcomes_fr},
                  CN_MSG_achievement_outcomes_hint,
                  5},
};

static bool set_input(cn_arena *a, const char *name, cn_language l, cn_view_draft_input *out, cn_err *err) {
    out->language = cn_language_tag(l);
    return cn_arena_print(a, &out->id, "%s-%.*s", name, CN_ARG(out->language)) || cn_fail_memory(err);
}

static bool start_form(cn_desk *d, cn_page_achievement_edit *v, cn_err *err) {
    for (int i = 0; i < CN_DRAFT_PAIRS; i++)
        for (cn_language l = 0; l < CN_LANGUAGES; l++) {
            cn_view_draft_input *in = &v->pairs[i].both[l];
            *in =
                (cn_view_draft_input){.label = fields[i].label[l], .hint = fields[i].hint, .rows = fields[i].rows};
            if (!set_input(d->m.rq->arena, fields[i].name, l, in, err)) return false;
        }
    v->months = (cn_view_draft_input){
        .id = CN_S("months"), .label = CN_MSG_achievement_months, .hint = CN_MSG_achievement_months_hint};
    v->organisation = d->organisation_name;
    return true;
}

/* ---- Filled from a draft ---- */

static bool lines_of(cn_arena *a, const cn_achievement_text *t, cn_slice *out, cn_err *err) {
    cn_buf b = cn_buf_on(a, 0);
    for (size_t i = 0; i < t->outcomes_n; i++) {
        cn_buf_add(&b, t->outcomes[i]);
        cn_buf_byte(&b, '\n');
    }
    if (!cn_buf_ok(&b)) return cn_fail_memory(err);
    *out = cn_buf_slice(&b);
    return true;
}

static bool fill_from_draft(cn_desk *d, const cn_draft *draft, cn_page_achievement_edit *v, cn_err *err) {
    for (cn_language l = 0; l < CN_LANGUAGES; l++) {
        const cn_achievement_text *t = l == CN_FR ? &draft->fr : &draft->en;
        v->pairs[NAME].both[l].value = t->name;
        v->pairs[DESCRIPTION].both[l].value = t->description;
        v->pairs[CRITERIA].both[l].value = t->criteria;
        if (!lines_of(d->m.rq->arena, t, &v->pairs[OUTCOMES].both[l].value, err)) return false;
    }
    if (!draft->valid_months) return true;
    return cn_arena_print(d->m.rq->arena, &v->months.value, "%d", draft->valid_months) || cn_fail_memory(err);
}

/* ---- Filled from a form, and taken from it ---- */

static void fill_from_form(const cn_request *rq, cn_page_achievement_edit *v) {
    for (int i = 0; i < CN_DRAFT_PAIRS; i++)
        for (cn_language l = 0; l < CN_LANGUAGES; l++) {
            cn_view_draft_input *in = &v->pairs[i].both[l];
            in->value = cn_request_text(rq, in->id);
        }
    v->months.value = cn_request_text(rq, v->months.id);
    v->seen = cn_request_text(rq, CN_S("seen"));
}

/* A line an outcome; a mark of a list before it is taken away, since people write lists so. */
static bool take_outcomes(cn_arena *a, cn_slice text, cn_achievement_text *out, cn_err *err) {
    cn_slice rest = text, line;
    size_t cap = 0;
    while (rest.n) {
        (void)cn_slice_cut(rest, '\n', &line, &rest);
        line = cn_slice_trim(line);
        if (cn_slice_starts(line, CN_S("- ")) || cn_slice_starts(line, CN_S("* "))) line = cn_slice_from(line, 2);
        cn_slice *grown = cn_arena_grow(a, out->outcomes, out->outcomes_n, &cap, out->outcomes_n + 1, sizeof line);
        if (!grown) return cn_fail_memory(err);
        out->outcomes = grown;
        grown[out->outcomes_n++] = line;
    }
    return true;
}

/* What is no number is a number no draft may have. */
static int months_of(cn_slice text) {
    uint64_t months = 0;
    if (!text.n) return 0;
    return cn_slice_to_u64(text, CN_ACHIEVEMENT_MONTHS_MAX, &months) ? (int)months : -1;
}

static bool take_draft(cn_desk *d, const cn_page_achievement_edit *v, cn_draft *out, cn_err *err) {
    cn_draft typed = {.valid_months = months_of(v->months.value)};
    for (cn_language l = 0; l < CN_LANGUAGES; l++) {
        cn_achievement_text *t = l == CN_FR ? &typed.fr : &typed.en;
        t->name = v->pairs[NAME].both[l].value;
        t->description = v->pairs[DESCRIPTION].both[l].value;
        t->criteria = v->pairs[CRITERIA].both[l].value;
        if (!take_outcomes(d->m.rq->arena, v->pairs[OUTCOMES].both[l].value, t, err)) return false;
    }
    return cn_draft_tidy(d->m.rq->arena, &typed, out, err);
}

/* ---- Errors by their fields ---- */

static cn_view_draft_input *find_input(cn_page_achievement_edit *v, cn_slice id) {
    for (int i = 0; i < CN_DRAFT_PAIRS; i++)
        for (cn_language l = 0; l < CN_LANGUAGES; l++)
            if (cn_slice_eq(v->pairs[i].both[l].id, id)) return &v->pairs[i].both[l];
    return &v->months;
}

static bool add_errors(cn_desk *d, const cn_draft *draft, cn_page_achievement_edit *v) {
    cn_draft_problem found[CN_DRAFT_PROBLEMS_MAX];
    size_t n = cn_draft_check(draft, false, found);
    for (size_t i = 0; i < n; i++) {
        cn_view_draft_input *in = find_input(v, cn_draft_input_id(d->m.rq->arena, found[i].field));
        in->error = cn_words_draft_problem(&d->m, &found[i]);
    }
    return n > 0;
}

/* ---- The page ---- */

/* Ids are those of achievement_input.html. */
static bool finish_input(cn_desk *d, cn_view_draft_input *in, bool *wrong, cn_err *err) {
    const char *error = in->error.n ? "-error" : "";
    if (in->error.n) {
        *wrong = true;
        in->group_class = CN_S(" govuk-form-group--error");
        in->input_class = in->rows ? CN_S(" govuk-textarea--error") : CN_S(" govuk-input--error");
    }
    return cn_arena_print(d->m.rq->arena, &in->described, "%.*s-hint%s%.*s%s", CN_ARG(in->id), *error ? " " : "",
                          CN_ARG(*error ? in->id : (cn_slice){0}), error) ||
           cn_fail_memory(err);
}

/* The visitor's own language stands first. From here on nothing asks for a side by its language. */
static void put_own_first(cn_language own, cn_page_achievement_edit *v) {
    for (int i = 0; own == CN_FR && i < CN_DRAFT_PAIRS; i++) {
        cn_view_draft_pair was = v->pairs[i];
        v->pairs[i] = (cn_view_draft_pair){{was.both[CN_FR], was.both[CN_EN]}};
    }
}

static bool show_form(cn_desk *d, cn_page_achievement_edit *v, int status, cn_response *rs, cn_err *err) {
    v->wrong = v->failed.n > 0;
    for (int i = 0; i < CN_DRAFT_PAIRS; i++)
        for (cn_language l = 0; l < CN_LANGUAGES; l++)
            if (!finish_input(d, &v->pairs[i].both[l], &v->wrong, err)) return false;
    if (!finish_input(d, &v->months, &v->wrong, err)) return false;
    v->begins = !d->id.n;
    cn_slice path = v->begins ? cn_desk_path(d, CN_S("new"), "") : cn_desk_path(d, d->id, "/edit");
    v->heading = cn_message(d->m.language, v->begins ? CN_MSG_achievement_new : CN_MSG_achievement_edit);
    v->action = cn_url_path(d->m.rq->arena, path, d->m.language);
    v->back = cn_desk_url(d, d->id, "");
    v->page =
        cn_making_page(&d->m, path, cn_making_text(&d->m, CN_MSG_achievement_title, v->heading, (cn_slice){0}));
    v->page.wrong = v->wrong;
    put_own_first(d->m.language, v);
    cn_tpl_achievement_edit(&d->m.out, v);
    return cn_making_finish(&d->m, status, rs, err);
}

bool cn_web_achievement_new(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_desk d;
    cn_page_achievement_edit v = {0};
    cn_desk_start(&d, app, rq);
    return start_form(&d, &v, err) && show_form(&d, &v, 200, rs, err);
}

bool cn_web_achievement_edit(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_desk d;
    cn_achievement is;
    cn_page_achievement_edit v = {0};
    cn_desk_start(&d, app, rq);
    if (!cn_app_achievement_get(rq->arena, d.app, d.organisation, d.id, &is, err)) return false;
    if (!start_form(&d, &v, err) || !fill_from_draft(&d, &is.draft, &v, err)) return false;
    v.seen = is.seen;
    return show_form(&d, &v, 200, rs, err);
}

/* False with *shown: the form stands there again, with its errors. */
static bool read_form(cn_desk *d, cn_page_achievement_edit *v, cn_draft *out, bool *wrong, cn_err *err) {
    if (!start_form(d, v, err)) return false;
    fill_from_form(d->m.rq, v);
    if (!take_draft(d, v, out, err)) return false;
    *wrong = add_errors(d, out, v);
    return true;
}

bool cn_web_achievement_begin(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_desk d;
    cn_draft draft;
    cn_page_achievement_edit v = {0};
    cn_slice id;
    bool wrong;
    cn_desk_start(&d, app, rq);
    if (!read_form(&d, &v, &draft, &wrong, err)) return false;
    if (wrong) return show_form(&d, &v, 422, rs, err);
    return cn_app_achievement_new(rq->arena, d.app, rq->now, d.organisation, d.session->person.number, &draft, &id,
                                  err) &&
           cn_desk_done(&d, id, "saved", rs, err);
}

bool cn_web_achievement_save(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_desk d;
    cn_draft draft;
    cn_page_achievement_edit v = {0};
    bool wrong;
    cn_desk_start(&d, app, rq);
    if (!read_form(&d, &v, &draft, &wrong, err)) return false;
    if (wrong) return show_form(&d, &v, 422, rs, err);
    cn_achievement_change change = {.organisation = d.organisation,
                                    .by = d.session->person.number,
                                    .id = d.id,
                                    .seen = v.seen,
                                    .draft = &draft};
    if (cn_app_achievement_save(rq->arena, d.app, rq->now, &change, err))
        return cn_desk_done(&d, d.id, "saved", rs, err);
    if (strcmp(err->id, "achievement.changed") != 0) return false;
    /* What was typed stays to be copied; sending it again tells that one means it. */
    cn_achievement is;
    if (!cn_app_achievement_get(rq->arena, d.app, d.organisation, d.id, &is, err)) return false;
    v.seen = is.seen;
    v.failed = cn_message(d.m.language, CN_MSG_achievement_error_overwrite);
    return show_form(&d, &v, 409, rs, err);
}
