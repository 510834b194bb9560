/* SPDX-License-Identifier: Apache-2.0
 *
 * The form in which an employer declares for what it accepts an achievement; and revoking what was signed.
 */
#include "web/endorsements.h"
#include "web/messages.h"

#include "base/base.h"

enum { REASON_MAX = 1000 }; /* bytes, as cn_app_endorsement_revoke has it */

/* ---- Accepting ---- */

/* "https://cairn.example/achievements/ID/versions/2?lang=fr", or the id alone. */
static cn_slice id_in(cn_slice typed) {
    cn_slice folder = CN_S("/achievements/"), id = cn_slice_trim(typed), rest;
    size_t at = cn_slice_find(id, folder);
    if (at != SIZE_MAX) id = cn_slice_from(id, at + folder.n);
    (void)cn_slice_cut(id, '/', &id, &rest);
    (void)cn_slice_cut(id, '?', &id, &rest);
    return id;
}

/* The code as people write it: "NOC 12200", "CNP 12200". */
static cn_slice code_in(cn_slice typed) {
    cn_slice code = cn_slice_trim(typed);
    bool named = cn_slice_eq_nocase(cn_slice_sub(code, 0, 3), CN_S("noc")) ||
                 cn_slice_eq_nocase(cn_slice_sub(code, 0, 3), CN_S("cnp"));
    return named ? cn_slice_trim(cn_slice_from(code, 3)) : code;
}

static bool fill_ticks(const cn_making *m, cn_page_accept *v, cn_err *err) {
    v->ticks = CN_NEW_ARRAY(m->rq->arena, cn_view_tick, cn_form_claims_n);
    if (!v->ticks) return cn_fail_memory(err);
    for (size_t i = 0; i < cn_form_claims_n; i++) {
        cn_msg words;
        if (!cn_form_claims[i].acceptance ||
            !cn_message_find(CN_MSG_FAMILY("endorsement-claim"), cn_form_claims[i].word, NULL, &words))
            continue;
        cn_view_tick *tick = &v->ticks[v->ticks_n++];
        *tick = (cn_view_tick){.key = cn_form_claims[i].word, .text = cn_message(m->language, words)};
        for (size_t k = 0; k < m->rq->form.n; k++)
            tick->chosen = tick->chosen || cn_slice_eq(m->rq->form.v[k].value, tick->key);
    }
    return true;
}

static cn_view_line line(const cn_making *m, const char *id, cn_msg label, cn_msg hint, cn_slice value) {
    return (cn_view_line){.id = cn_slice_of(id),
                          .type = CN_S("text"),
                          .autocomplete = CN_S("off"),
                          .label = cn_message(m->language, label),
                          .hint = cn_message(m->language, hint),
                          .value = value};
}

static bool show(cn_making *m, cn_slice failed, int status, cn_response *rs, cn_err *err) {
    cn_slice asked = cn_request_text(m->rq, CN_S("achievement"));
    if (!asked.n) asked = cn_request_arg(m->rq, CN_S("achievement"));
    cn_page_accept v = {.failed = failed,
                        .wrong = failed.n > 0,
                        .back = cn_web_endorsements_url(m, "", (cn_slice){0}, ""),
                        .action = cn_web_endorsements_url(m, "/accept", (cn_slice){0}, "")};
    v.achievement = line(m, "achievement", CN_MSG_accept_achievement, CN_MSG_accept_achievement_hint, asked);
    v.occupation = line(m, "occupation", CN_MSG_accept_occupation, CN_MSG_accept_occupation_hint,
                        cn_request_text(m->rq, CN_S("occupation")));
    cn_view_line_done(m->rq->arena, &v.achievement);
    cn_view_line_done(m->rq->arena, &v.occupation);
    if (!fill_ticks(m, &v, err)) return false;
    cn_web_statement_show(m, &v.statement);
    v.page = cn_making_page(m, m->rq->path, cn_message(m->language, CN_MSG_accept_title));
    v.page.wrong = v.wrong;
    cn_tpl_accept(&m->out, &v);
    return cn_making_finish(m, status, rs, err);
}

bool cn_web_accept_form(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_making_start(&m, app, rq);
    return show(&m, (cn_slice){0}, 200, rs, err);
}

static bool done(const cn_making *m, const char *word, cn_response *rs, cn_err *err) {
    cn_slice more;
    return (cn_arena_print(m->rq->arena, &more, "?done=%s", word) &&
            cn_response_see_other(m->rq, rs, cn_web_endorsements_url(m, "", more, "").text)) ||
           cn_fail_memory(err);
}

bool cn_web_accept(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_slice id, failed;
    int status = 422;
    cn_making_start(&m, app, rq);
    cn_accept what = {.organisation = cn_web_session(rq)->organisation.number,
                      .by = cn_web_session(rq)->person.number,
                      .achievement_id = id_in(cn_request_text(rq, CN_S("achievement"))),
                      .language = cn_language_tag(m.language),
                      .occupation = code_in(cn_request_text(rq, CN_S("occupation"))),
                      .scope = cn_web_statement_scope(rq),
                      .comment = cn_web_statement_comment(rq),
                      .months = cn_web_statement_months(rq)};
    what.words = cn_web_ticked(rq, CN_S("for"), &what.words_n);
    if (!what.words) return cn_fail_memory(err);
    if (cn_app_acceptance_give(rq->arena, m.web->app, rq->now, &what, &id, err))
        return done(&m, "accepted", rs, err);
    bool unknown = err->code == CN_NOT_FOUND;
    if (!unknown && !cn_web_statement_refused(&m, err, &failed, &status)) return false;
    if (unknown) failed = cn_message(m.language, CN_MSG_accept_error_unknown);
    return show(&m, failed, status, rs, err);
}

/* ---- Revoking ---- */

static bool find_own(const cn_making *m, cn_endorsement *out, cn_err *err) {
    cn_endorsement e;
    if (!cn_app_endorsement_get(m->rq->arena, m->web->app, cn_request_arg(m->rq, CN_S("endorsement")), &e, err))
        return false;
    if (e.organisation != cn_web_session(m->rq)->organisation.number)
        return cn_fail(err, CN_NOT_FOUND, "store.none", "The organisation has signed no such endorsement.");
    *out = e;
    return true;
}

static void list_choices(const cn_making *m, cn_slice chosen, cn_page_endorsement_revoke *v) {
    cn_msg text;
    assert(cn_revoke_codes_n <= CN_REVOKE_CODES);
    for (size_t i = 0; i < cn_revoke_codes_n; i++)
        if (cn_message_find(CN_MSG_FAMILY("endorsement-revoke-choice"), cn_revoke_codes[i], NULL, &text))
            v->choices[v->choices_n++] = (cn_view_choice){.word = cn_revoke_codes[i],
                                                          .text = cn_message(m->language, text),
                                                          .chosen = cn_slice_eq(cn_revoke_codes[i], chosen)};
}

static bool show_revoke(cn_making *m, const cn_endorsement *e, cn_page_endorsement_revoke *v, cn_response *rs,
                        cn_err *err) {
    bool wrong = v->code_error.n || v->reason.error.n;
    if (!cn_web_endorsement_fill(m, e, NULL, false, &v->endorsement, err)) return false;
    v->reason.value = cn_request_text(m->rq, CN_S("reason"));
    cn_web_finish_field(&v->reason, CN_S(" govuk-textarea--error"), CN_S("reason-hint"),
                        CN_S("reason-hint reason-error"));
    list_choices(m, cn_request_text(m->rq, CN_S("code")), v);
    v->back = cn_web_endorsements_url(m, "", (cn_slice){0}, "");
    v->action = cn_web_endorsements_url(m, "/", e->id, "/revoke");
    v->page = cn_making_page(m, m->rq->path, cn_message(m->language, CN_MSG_endorsement_revoke_title));
    v->page.wrong = wrong;
    cn_tpl_endorsement_revoke(&m->out, v);
    return cn_making_finish(m, wrong ? 422 : 200, rs, err);
}

bool cn_web_endorsement_revoke_form(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_endorsement e;
    cn_page_endorsement_revoke v = {0};
    cn_making_start(&m, app, rq);
    return find_own(&m, &e, err) && show_revoke(&m, &e, &v, rs, err);
}

static bool is_code(cn_slice word) {
    for (size_t i = 0; i < cn_revoke_codes_n; i++)
        if (cn_slice_eq(word, cn_revoke_codes[i])) return true;
    return false;
}

/* One that is revoked already stays as it is: the first reason counts. */
bool cn_web_endorsement_revoke(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_endorsement e;
    cn_page_endorsement_revoke v = {0};
    cn_slice code = cn_request_text(rq, CN_S("code")), reason = cn_request_text(rq, CN_S("reason"));
    bool revoked;
    cn_making_start(&m, app, rq);
    if (!find_own(&m, &e, err)) return false;
    if (!is_code(code)) v.code_error = cn_message(m.language, CN_MSG_endorsement_revoke_why_error);
    if (!reason.n || reason.n > REASON_MAX) v.reason.error = cn_message(m.language, CN_MSG_revoke_reason_error);
    if (v.code_error.n || v.reason.error.n) return show_revoke(&m, &e, &v, rs, err);
    cn_revoke what = {.organisation = e.organisation,
                      .by = cn_web_session(rq)->person.number,
                      .award = e.id,
                      .code = code,
                      .reason = reason};
    return cn_app_endorsement_revoke(rq->arena, m.web->app, rq->now, &what, &revoked, err) &&
           done(&m, "revoked", rs, err);
}
