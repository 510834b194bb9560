/* SPDX-License-Identifier: Apache-2.0
 *
 * What changed in an achievement from one version to another, or to its draft, or to what was submitted: field by
 * field, what was added and removed marked as such. Texts are compared as they are; how long an award holds and
 * the design in the words in which they are shown.
 */
#include "web/design.h"
#include "web/messages.h"
#include "web/reviews.h"

#include "base/base.h"

/* Two drafts to be compared. */
typedef struct comparing {
    cn_draft before, after;
    cn_slice heading;
} comparing;

static cn_draft draft_of(const cn_version *v) {
    return (cn_draft){.en = v->en, .fr = v->fr, .valid_months = v->valid_months, .design = v->design};
}

/* The page that is made. */
typedef struct work {
    cn_making *m;
    const comparing *k;
    cn_page_changes page;
    cn_err *err;
} work;

/* ---- Texts ---- */

static bool add(work *w, cn_slice label, cn_language language, const cn_change_part *parts, size_t n) {
    w->page.v[w->page.n++] =
        (cn_view_change){.label = label, .language = cn_language_tag(language), .v = parts, .n = n};
    return true;
}

/* "name.en" is changes-field.name.en. The parts are shown as they may be printed. */
static bool add_text(work *w, const cn_change *c) {
    cn_hidden h = {.arena = w->m->rq->arena};
    cn_change_part *v = CN_NEW_ARRAY(w->m->rq->arena, cn_change_part, c->n);
    cn_msg message;
    bool known = cn_message_find(CN_MSG_FAMILY("changes-field"), c->field, NULL, &message);
    assert(known);
    if (!v) return cn_fail_memory(w->err);
    for (size_t i = 0; i < c->n; i++) v[i] = (cn_change_part){c->v[i].kind, cn_hidden_show(&h, c->v[i].text)};
    return add(w, cn_message(w->m->language, message), cn_slice_ends(c->field, CN_S(".fr")) ? CN_FR : CN_EN, v,
               c->n);
}

static bool add_texts(work *w, const cn_change *v, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (!add_text(w, &v[i])) return false;
    return true;
}

/* ---- What is compared in the words in which it is shown ---- */

static bool compare(work *w, cn_slice label, cn_language language, cn_slice before, cn_slice after, bool lines) {
    cn_change_part *v;
    size_t n;
    return cn_slice_eq(before, after) || (cn_text_changes(w->m->rq->arena, before, after, lines, &v, &n, w->err) &&
                                          add(w, label, language, v, n));
}

static cn_slice validity(const work *w, const cn_draft *d) {
    cn_slice words = cn_words_validity(w->m, d->valid_months), line;
    return cn_arena_print(w->m->rq->arena, &line, "%.*s\n", CN_ARG(words)) ? line : words;
}

static bool compare_validity(work *w) {
    return compare(w, cn_message(w->m->language, CN_MSG_achievement_valid), w->m->language,
                   validity(w, &w->k->before), validity(w, &w->k->after), true);
}

static bool is_in_languages(const cn_blank *f) {
    bool texts = f->kind == CN_BLANK_BOTH || f->kind == CN_BLANK_TEXTS || f->kind == CN_BLANK_LISTS;
    for (size_t i = 0; i < f->columns_n && !texts; i++) texts = is_in_languages(&f->columns[i]);
    return texts || f->kind == CN_BLANK_ALIGNMENT;
}

/* A design, and how its fields are called. */
static bool plan_of(const work *w, const cn_draft *d, cn_language texts, cn_blank_plan *out) {
    const cn_achievement_text *t = texts == CN_FR ? &d->fr : &d->en;
    if (!cn_design_plan(w->m, 0, d->design, out, w->err)) return false;
    out->aligned = t->outcomes;
    out->aligned_n = t->outcomes_n;
    return true;
}

/* Both sides of a comparison, with texts in one language. */
typedef struct sides {
    cn_blank_plan before, after;
    cn_language texts;
} sides;

static bool compare_field(work *w, const sides *s, const cn_blank *f) {
    const cn_json *was = cn_blank_value(s->before.values, f->path), *is = cn_blank_value(s->after.values, f->path);
    cn_slice label = cn_blank_label(w->m, &s->after, f->path), before, after;
    bool french = s->texts == CN_FR, texts = is_in_languages(f);
    if (!texts && s->texts != w->m->language) return true;
    if (!cn_view_design_said(w->m, &s->before, f, was, s->texts, &before, w->err) ||
        !cn_view_design_said(w->m, &s->after, f, is, s->texts, &after, w->err))
        return false;
    if (texts)
        label = cn_making_text(
            w->m, CN_MSG_changes_in, label,
            cn_message(w->m->language, french ? CN_MSG_achievement_in_french : CN_MSG_achievement_in_english));
    bool prose = f->kind == CN_BLANK_BOTH || f->kind == CN_BLANK_TEXTS;
    if (prose) return compare(w, label, s->texts, cn_slice_trim(before), cn_slice_trim(after), false);
    return compare(w, label, s->texts, before, after, true);
}

static bool sides_of(const work *w, cn_language texts, sides *out) {
    out->texts = texts;
    return plan_of(w, &w->k->before, texts, &out->before) && plan_of(w, &w->k->after, texts, &out->after);
}

/* Field by field, English before French, as the texts above. */
static bool compare_designs(work *w) {
    sides both[CN_LANGUAGES];
    for (cn_language l = 0; l < CN_LANGUAGES; l++)
        if (!sides_of(w, l, &both[l])) return false;
    for (size_t i = 0; i < cn_design_fields.n; i++)
        for (cn_language l = 0; l < CN_LANGUAGES; l++)
            if (!compare_field(w, &both[l], &cn_design_fields.v[i])) return false;
    return true;
}

/* ---- The page ---- */

static bool fill(work *w) {
    cn_arena *a = w->m->rq->arena;
    cn_change *texts;
    size_t n;
    if (!cn_app_changes(a, &w->k->before, &w->k->after, &texts, &n, w->err)) return false;
    w->page.v = CN_NEW_ARRAY(a, cn_view_change, n + 1 + CN_LANGUAGES * cn_design_fields.n);
    if (!w->page.v) return cn_fail_memory(w->err);
    return add_texts(w, texts, n) && compare_validity(w) && compare_designs(w);
}

static bool show(cn_making *m, const comparing *k, cn_url back, cn_response *rs, cn_err *err) {
    work w = {.m = m, .k = k, .page = {.back = back, .heading = k->heading}, .err = err};
    cn_page_changes *v = &w.page;
    if (!fill(&w)) return false;
    v->name = cn_achievement_name(&k->after, m->language, &v->name_language);
    v->page = cn_making_page(m, m->rq->path, cn_making_text(m, CN_MSG_changes_title, v->name, (cn_slice){0}));
    cn_tpl_changes(&m->out, v);
    return cn_making_finish(m, 200, rs, err);
}

/* The version that an argument names; 0 where it is left out, which is the draft. */
static bool read_version(const cn_request *rq, const char *name, uint64_t *out, cn_err *err) {
    cn_slice typed = cn_request_arg(rq, cn_slice_of(name));
    *out = 0;
    return !typed.n || (cn_slice_to_u64(typed, INT32_MAX, out) && *out) ||
           cn_fail(err, CN_NOT_FOUND, "store.none", "There is no such version.");
}

static bool version_of(const cn_desk *d, uint64_t number, cn_draft *out, cn_err *err) {
    cn_version version;
    if (!cn_app_version_of(d->m.rq->arena, d->app, d->id, (int)number, &version, err)) return false;
    *out = draft_of(&version);
    return true;
}

bool cn_web_achievement_changes(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_desk d;
    cn_achievement is;
    comparing k = {0};
    uint64_t from, to;
    cn_desk_start(&d, app, rq);
    if (!cn_app_achievement_get(rq->arena, d.app, d.organisation, d.id, &is, err) ||
        !read_version(rq, "from", &from, err) || !read_version(rq, "to", &to, err))
        return false;
    if (!from) from = (uint64_t)is.version;
    if (!version_of(&d, from, &k.before, err)) return false;
    k.after = is.draft;
    if (to && !version_of(&d, to, &k.after, err)) return false;
    k.heading = cn_making_text(&d.m, to ? CN_MSG_changes_versions : CN_MSG_changes_draft,
                               cn_making_number(&d.m, from), cn_making_number(&d.m, to));
    return show(&d.m, &k, cn_desk_url(&d, is.id, ""), rs, err);
}

bool cn_web_review_changes(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    const cn_session *s = cn_web_session(rq);
    cn_making m;
    cn_achievement is;
    cn_flow flow;
    cn_version version;
    comparing k = {0};
    cn_slice back, id = cn_request_arg(rq, CN_S("achievement"));
    cn_making_start(&m, app, rq);
    if (!cn_app_review_get(rq->arena, m.web->app, rq->now, s->organisation.number, id, &is, &flow, err) ||
        !cn_app_version_of(rq->arena, m.web->app, id, 0, &version, err))
        return false;
    k.before = draft_of(&version);
    k.after = is.draft;
    if (flow.document.n && !cn_app_flow_submitted(rq->arena, &flow, &k.after, err)) return false;
    if (!cn_arena_print(rq->arena, &back, "/organisations/%.*s/reviews/%.*s", CN_ARG(s->organisation.id),
                        CN_ARG(id)))
        return cn_fail_memory(err);
    k.heading = cn_making_text(&m, CN_MSG_changes_submitted,
                               cn_making_number(&m, (unsigned long long)version.version), (cn_slice){0});
    return show(&m, &k, cn_url_path(rq->arena, back, m.language), rs, err);
}
