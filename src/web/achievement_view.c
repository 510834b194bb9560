/* SPDX-License-Identifier: Apache-2.0
 *
 * What the pages of achievements share: an achievement in words, and the desk at which one is written.
 */
#include "web/achievements.h"
#include "web/messages.h"

#include "base/base.h"

/* ---- In words ---- */

static const cn_achievement_text *text_of(const cn_draft *draft, cn_language language) {
    return language == CN_FR ? &draft->fr : &draft->en;
}

cn_slice cn_achievement_name(const cn_draft *draft, cn_language page, cn_slice *language) {
    bool there = text_of(draft, page)->name.n > 0;
    cn_language is = there ? page : page == CN_FR ? CN_EN : CN_FR;
    *language = cn_language_tag(is);
    return text_of(draft, is)->name;
}

/* Whole years are said as such. */
cn_slice cn_words_validity(const cn_making *m, int months) {
    if (!months) return cn_message(m->language, CN_MSG_achievement_valid_always);
    bool years = months % 12 == 0;
    return cn_making_plural(m, years ? CN_MSG_achievement_valid_years : CN_MSG_achievement_valid_months,
                            (unsigned long long)(years ? months / 12 : months));
}

bool cn_view_achievement_fill(const cn_making *m, const cn_draft *draft, cn_language language,
                              cn_view_achievement *out, cn_err *err) {
    const cn_achievement_text *t = text_of(draft, language);
    cn_hidden h = {.arena = m->rq->arena};
    *out = (cn_view_achievement){.language = cn_language_tag(language),
                                 .name = cn_hidden_show(&h, t->name),
                                 .description = cn_hidden_show(&h, t->description),
                                 .criteria_plain = cn_hidden_show(&h, t->criteria),
                                 .validity = cn_words_validity(m, draft->valid_months)};
    out->outcomes = CN_NEW_ARRAY(m->rq->arena, cn_slice, t->outcomes_n);
    out->outcome_kinds = CN_NEW_ARRAY(m->rq->arena, cn_slice, t->outcomes_n);
    if (!out->outcomes || !out->outcome_kinds) return cn_fail_memory(err);
    for (; out->outcomes_n < t->outcomes_n; out->outcomes_n++) {
        out->outcomes[out->outcomes_n] = cn_hidden_show(&h, t->outcomes[out->outcomes_n]);
        out->outcome_kinds[out->outcomes_n] = cn_view_outcome_kind(m, draft->design, out->outcomes_n);
    }
    out->image_alt = cn_making_text(m, CN_MSG_achievement_image_alt, out->name, (cn_slice){0});
    return cn_markdown_show(&h, t->criteria, m->language, &out->criteria, err);
}

/* "name.en" "missing" is the message draft-problem.name-missing, of which %1 is "in English". */
cn_slice cn_words_draft_problem(const cn_making *m, const cn_draft_problem *problem) {
    cn_slice field, language, word;
    cn_msg message;
    (void)cn_slice_cut(problem->field, '.', &field, &language);
    cn_msg in = cn_slice_eq(language, CN_S("fr")) ? CN_MSG_achievement_in_french : CN_MSG_achievement_in_english;
    if (!cn_arena_print(m->rq->arena, &word, "%.*s-%.*s", CN_ARG(field), CN_ARG(problem->id)))
        return (cn_slice){0};
    bool known = cn_message_find(CN_MSG_FAMILY("draft-problem"), word, NULL, &message);
    assert(known);
    return cn_making_text(m, message, cn_message(m->language, in), (cn_slice){0});
}

cn_slice cn_draft_input_id(cn_arena *a, cn_slice field) {
    cn_slice name, language, out;
    bool both = cn_slice_cut(field, '.', &name, &language);
    if (!both) return field;
    return cn_arena_print(a, &out, "%.*s-%.*s", CN_ARG(name), CN_ARG(language)) ? out : (cn_slice){0};
}

/* ---- The desk ---- */

void cn_desk_start(cn_desk *d, void *web, const cn_request *rq) {
    const cn_session *s = cn_web_session(rq);
    assert(s && s->organisation.number);
    cn_making_start(&d->m, web, rq);
    d->app = d->m.web->app;
    d->session = s;
    d->organisation = s->organisation.number;
    d->organisation_name = cn_making_choose(&d->m, s->organisation.name);
    d->may_design = cn_roles_allow(s->roles, CN_ROLE_DESIGNER);
    d->id = cn_request_arg(rq, CN_S("achievement"));
}

cn_slice cn_desk_path(const cn_desk *d, cn_slice id, const char *rest) {
    cn_slice out;
    return cn_arena_print(d->m.rq->arena, &out, "/organisations/%.*s/achievements%s%.*s%s",
                          CN_ARG(d->session->organisation.id), id.n ? "/" : "", CN_ARG(id), rest)
               ? out
               : (cn_slice){0};
}

cn_url cn_desk_url(const cn_desk *d, cn_slice id, const char *rest) {
    return cn_url_path(d->m.rq->arena, cn_desk_path(d, id, rest), d->m.language);
}

bool cn_desk_done(const cn_desk *d, cn_slice id, const char *word, cn_response *rs, cn_err *err) {
    cn_slice path;
    return (cn_arena_print(d->m.rq->arena, &path, "%.*s?done=%s&lang=%.*s", CN_ARG(cn_desk_path(d, id, "")), word,
                           CN_ARG(cn_language_tag(d->m.language))) &&
            cn_response_see_other(d->m.rq, rs, path)) ||
           cn_fail_memory(err);
}
