/* SPDX-License-Identifier: Apache-2.0
 *
 * The form that endorses: the achievement as it was written, a box for each claim, and what goes with the
 * signature; the fields that it shares with the form that accepts; declining.
 */
#include "web/endorsements.h"
#include "web/messages.h"

#include "base/base.h"

/* ---- Fields that two forms share ---- */

static const struct {
    const char *id, *language;
    cn_msg label, hint;
    int rows;
} fields[CN_ENDORSE_TEXTS][CN_LANGUAGES] = {
    {{"scope-en", "en", CN_MSG_endorse_scope_en, CN_MSG_endorse_scope_hint, 0},
     {"scope-fr", "fr", CN_MSG_endorse_scope_fr, CN_MSG_endorse_scope_hint, 0}},
    {{"comment-en", "en", CN_MSG_endorse_comment_en, CN_MSG_endorse_comment_hint, 4},
     {"comment-fr", "fr", CN_MSG_endorse_comment_fr, CN_MSG_endorse_comment_hint, 4}},
};

void cn_web_statement_show(cn_making *m, cn_view_statement *v) {
    int chosen = cn_web_statement_months(m->rq);
    for (size_t i = 0; i < CN_ENDORSE_TEXTS; i++) {
        for (cn_language l = 0; l < CN_LANGUAGES; l++) {
            cn_view_draft_input *in = &v->texts[i].both[l == m->language ? 0 : 1];
            cn_slice id = cn_slice_of(fields[i][l].id), hint = (cn_slice){0};
            if (!cn_arena_print(m->rq->arena, &hint, "%.*s-hint", CN_ARG(id))) hint = (cn_slice){0};
            *in = (cn_view_draft_input){.id = id,
                                        .language = cn_slice_of(fields[i][l].language),
                                        .label = fields[i][l].label,
                                        .hint = fields[i][l].hint,
                                        .rows = fields[i][l].rows,
                                        .value = cn_request_text(m->rq, id),
                                        .described = hint};
        }
    }
    for (const int *one = cn_endorsement_months; *one && v->terms_n < CN_ENDORSE_TERMS; one++) {
        cn_view_tick *tick = &v->terms[v->terms_n++];
        bool years = *one % 12 == 0;
        tick->text = cn_making_plural(m, years ? CN_MSG_endorse_years : CN_MSG_endorse_months,
                                      (unsigned long long)(years ? *one / 12 : *one));
        tick->chosen = *one == (chosen ? chosen : 12);
        if (!cn_arena_print(m->rq->arena, &tick->key, "%d", *one)) tick->key = CN_S("12");
    }
}

cn_bilingual cn_web_statement_scope(const cn_request *rq) {
    return (cn_bilingual){cn_slice_trim(cn_request_text(rq, CN_S("scope-en"))),
                          cn_slice_trim(cn_request_text(rq, CN_S("scope-fr")))};
}

cn_bilingual cn_web_statement_comment(const cn_request *rq) {
    return (cn_bilingual){cn_slice_trim(cn_request_text(rq, CN_S("comment-en"))),
                          cn_slice_trim(cn_request_text(rq, CN_S("comment-fr")))};
}

int cn_web_statement_months(const cn_request *rq) {
    uint64_t months;
    return cn_slice_to_u64(cn_request_text(rq, CN_S("months")), 600, &months) ? (int)months : 0;
}

cn_slice *cn_web_ticked(const cn_request *rq, cn_slice name, size_t *n) {
    cn_slice *all = CN_NEW_ARRAY(rq->arena, cn_slice, rq->form.n);
    *n = 0;
    for (size_t i = 0; all && i < rq->form.n; i++)
        if (cn_slice_eq(rq->form.v[i].name, name)) all[(*n)++] = rq->form.v[i].value;
    return all;
}

/* "scope.field" is the message endorse-scope.field; what else is refused has a message of its own. */
bool cn_web_statement_refused(const cn_making *m, const cn_err *err, cn_slice *failed, int *status) {
    static const struct {
        const char *id;
        cn_msg words;
        int status;
    } all[] = {
        {"endorsement.claims", CN_MSG_endorse_error_claims, 422},
        {"form.claims", CN_MSG_endorse_error_claims, 422},
        {"endorsement.scope", CN_MSG_endorse_error_scope, 422},
        {"endorsement.comment", CN_MSG_endorse_error_comment, 422},
        {"endorsement.text", CN_MSG_endorse_error_text, 422},
        {"endorsement.months", CN_MSG_endorse_error_months, 422},
        {"endorsement.occupation", CN_MSG_endorse_error_occupation, 422},
        {"endorsement.whom", CN_MSG_accept_error_own, 422},
        {"endorsement.changed", CN_MSG_endorse_error_changed, 409},
        {"endorsement.answered", CN_MSG_endorse_error_answered, 409},
        {"keys.master", CN_MSG_endorse_error_keys, 503},
    };
    cn_slice scope = CN_S("scope."), id = cn_slice_of(err->id);
    cn_msg words;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (cn_slice_eq(id, cn_slice_of(all[i].id))) {
            *failed = cn_message(m->language, all[i].words);
            *status = all[i].status;
            return true;
        }
    if (!cn_slice_starts(id, scope)) return false;
    bool known = cn_message_find(CN_MSG_FAMILY("endorse-scope"), cn_slice_from(id, scope.n), NULL, &words);
    *failed = cn_message(m->language, known ? words : CN_MSG_endorse_scope_field);
    *status = 403;
    return true;
}

/* ---- The form ---- */

typedef struct desk {
    cn_making m;
    cn_endorsement_request request;
    cn_endorsable what;
    cn_organisation asker;
} desk;

static bool start(desk *d, void *web, const cn_request *rq, cn_err *err) {
    cn_making_start(&d->m, web, rq);
    const cn_app *app = d->m.web->app;
    return cn_app_endorsement_request(rq->arena, app, cn_web_session(rq)->organisation.number,
                                      cn_request_arg(rq, CN_S("request")), &d->request, err) &&
           cn_app_endorsable(rq->arena, app, d->request.asker, d->request.achievement_id, d->request.version,
                             &d->what, err) &&
           cn_app_organisation_get(rq->arena, app, d->request.asker, &d->asker, err);
}

static bool is_ticked(const cn_request *rq, cn_slice key) {
    for (size_t i = 0; i < rq->form.n; i++)
        if (cn_slice_eq(rq->form.v[i].name, CN_S("claim")) && cn_slice_eq(rq->form.v[i].value, key)) return true;
    return false;
}

static bool fill_ticks(const desk *d, cn_page_endorse *v, cn_err *err) {
    cn_hidden h = {.arena = d->m.rq->arena};
    v->demanded = CN_NEW_ARRAY(d->m.rq->arena, cn_view_tick, d->what.parts_n);
    if (!v->demanded) return cn_fail_memory(err);
    for (size_t i = 0; i < d->what.parts_n; i++) {
        const cn_endorsable_part *p = &d->what.parts[i];
        cn_view_tick tick = {.key = p->key,
                             .text = cn_hidden_show(&h, cn_making_choose(&d->m, p->name)),
                             .language = cn_language_tag(d->m.language),
                             .chosen = is_ticked(d->m.rq, p->key)};
        if (cn_slice_eq(p->claim, CN_S("in_demand"))) v->demanded[v->demanded_n++] = tick;
        else v->reflects = tick;
    }
    return true;
}

static bool show(desk *d, cn_slice failed, int status, cn_response *rs, cn_err *err) {
    cn_hidden h = {.arena = d->m.rq->arena};
    cn_page_endorse v = {.asker = cn_making_choose(&d->m, d->asker.name),
                         .message = cn_hidden_show(&h, d->request.message),
                         .failed = failed,
                         .wrong = failed.n > 0,
                         .draft = !d->what.published,
                         .version = d->what.version,
                         .seen = d->what.digest,
                         .back = cn_web_endorsements_url(&d->m, "", (cn_slice){0}, ""),
                         .action = cn_web_endorsements_url(&d->m, "/requests/", d->request.id, ""),
                         .decline = cn_web_endorsements_url(&d->m, "/requests/", d->request.id, "/decline")};
    for (cn_language l = 0; l < CN_LANGUAGES; l++) {
        cn_view_achievement *side = &v.both[l == d->m.language ? 0 : 1];
        if (!cn_view_achievement_fill(&d->m, &d->what.draft, l, side, err)) return false;
        side->heading =
            cn_message(d->m.language, l == CN_FR ? CN_MSG_achievement_french : CN_MSG_achievement_english);
    }
    if (!fill_ticks(d, &v, err)) return false;
    cn_web_statement_show(&d->m, &v.statement);
    v.page = cn_making_page(&d->m, d->m.rq->path, cn_message(d->m.language, CN_MSG_endorse_title));
    v.page.wrong = v.wrong;
    cn_tpl_endorse(&d->m.out, &v);
    return cn_making_finish(&d->m, status, rs, err);
}

bool cn_web_endorse_form(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    desk d;
    return start(&d, app, rq, err) && show(&d, (cn_slice){0}, 200, rs, err);
}

static bool done(const desk *d, const char *word, cn_response *rs, cn_err *err) {
    cn_slice more;
    return (cn_arena_print(d->m.rq->arena, &more, "?done=%s", word) &&
            cn_response_see_other(d->m.rq, rs, cn_web_endorsements_url(&d->m, "", more, "").text)) ||
           cn_fail_memory(err);
}

static bool again(desk *d, cn_response *rs, cn_err *err) {
    cn_slice failed;
    int status;
    return cn_web_statement_refused(&d->m, err, &failed, &status) && show(d, failed, status, rs, err);
}

bool cn_web_endorse(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    desk d;
    cn_slice id;
    if (!start(&d, app, rq, err)) return false;
    cn_endorse what = {.organisation = cn_web_session(rq)->organisation.number,
                       .by = cn_web_session(rq)->person.number,
                       .request = d.request.id,
                       .seen = cn_request_text(rq, CN_S("seen")),
                       .language = cn_language_tag(d.m.language),
                       .scope = cn_web_statement_scope(rq),
                       .comment = cn_web_statement_comment(rq),
                       .months = cn_web_statement_months(rq)};
    what.keys = cn_web_ticked(rq, CN_S("claim"), &what.keys_n);
    if (!what.keys) return cn_fail_memory(err);
    if (!cn_app_endorsement_give(rq->arena, d.m.web->app, rq->now, &what, &id, err)) return again(&d, rs, err);
    return done(&d, "given", rs, err);
}

bool cn_web_endorse_decline(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    const cn_session *s = cn_web_session(rq);
    desk d = {0};
    cn_making_start(&d.m, app, rq);
    cn_slice id = cn_request_arg(rq, CN_S("request")), reason = cn_request_text(rq, CN_S("reason"));
    if (cn_app_endorsement_decline(rq->arena, d.m.web->app, rq->now, s->organisation.number, s->person.number, id,
                                   reason, err))
        return done(&d, "declined", rs, err);
    cn_err why = *err;
    return why.code != CN_NOT_FOUND && start(&d, app, rq, err) && (*err = why, again(&d, rs, err));
}
