/* SPDX-License-Identifier: Apache-2.0
 *
 * What the pages of endorsements share: one of them in words, as it was signed, and whether it holds.
 */
#include "vc/languages.h"
#include "web/endorsements.h"
#include "web/messages.h"

#include "base/base.h"

cn_url cn_web_endorsements_url(const cn_making *m, const char *rest, cn_slice id, const char *more) {
    cn_slice path;
    bool fits = cn_arena_print(m->rq->arena, &path, "/organisations/%.*s/endorsements%s%.*s%s",
                               CN_ARG(cn_web_session(m->rq)->organisation.id), rest, CN_ARG(id), more);
    return cn_url_path(m->rq->arena, fits ? path : CN_S("/"), m->language);
}

cn_slice cn_web_endorsement_done(const cn_making *m) {
    cn_msg message;
    cn_slice word = cn_request_arg(m->rq, CN_S("done"));
    bool known = word.n && cn_message_find(CN_MSG_FAMILY("endorsement-done"), word, NULL, &message);
    return known ? cn_message(m->language, message) : (cn_slice){0};
}

/* ---- State ---- */

static const struct {
    cn_msg words;
    cn_slice kind;
} states[] = {
    [CN_ENDORSEMENT_HOLDS] = {CN_MSG_endorsement_state_holds, CN_S_INIT("published")},
    [CN_ENDORSEMENT_REVOKED] = {CN_MSG_endorsement_state_revoked, CN_S_INIT("draft")},
    [CN_ENDORSEMENT_ENDED] = {CN_MSG_endorsement_state_ended, CN_S_INIT("draft")},
    [CN_ENDORSEMENT_OTHER] = {CN_MSG_endorsement_state_other, CN_S_INIT("changed")},
};

/* What the signature and the status list say counts before what the row says. */
static void say_state(const cn_making *m, const cn_endorsement *e, cn_endorsement_state state,
                      const cn_report *report, cn_view_endorsement *out) {
    bool doubted = state == CN_ENDORSEMENT_HOLDS && report && report->verdict != CN_VERIFIED;
    out->holds = state == CN_ENDORSEMENT_HOLDS && !doubted;
    out->kind = doubted ? CN_S("changed") : states[state].kind;
    cn_msg words = states[state].words;
    if (doubted)
        words = report->verdict == CN_VERDICT_UNKNOWN ? CN_MSG_endorsement_state_unknown
                                                      : CN_MSG_endorsement_state_doubted;
    else if (out->holds && report) words = CN_MSG_endorsement_state_verified;
    out->state = cn_message(m->language, words);
    cn_msg why = CN_MSG_endorsement_revoke_code_withdrawn;
    bool known = cn_message_find(CN_MSG_FAMILY("endorsement-revoke-code"), e->revoke_code, NULL, &why);
    if (e->revoked_at.sec && known)
        out->revoked = cn_making_text(m, CN_MSG_endorsement_revoked, cn_words_date(m, e->revoked_at, false),
                                      cn_message(m->language, why));
}

/* Whose the key is that signed, and how this site knows: from the keys that it keeps; of a domain, which the
 * organisation has shown to be its own, that too. */
static void say_signer(const cn_making *m, const cn_report *report, cn_view_endorsement *out) {
    cn_slice host = cn_host_of(report->controller);
    if (report->verdict != CN_VERIFIED) return;
    out->signer = cn_slice_starts(report->controller, CN_S("did:web:"))
                      ? cn_making_text(m, CN_MSG_endorsement_signer_domain, host, (cn_slice){0})
                      : cn_message(m->language, CN_MSG_endorsement_signer_here);
}

/* ---- One ---- */

static bool read_document(const cn_making *m, const cn_endorsement *e, bool checked, cn_report *report,
                          const cn_json **out, cn_err *err) {
    const cn_json *document;
    if (checked) {
        if (!cn_app_endorsement_check(m->rq->arena, m->web->app, m->rq->now, e, report, err)) return false;
        *out = report->credential;
        return true;
    }
    if (!cn_json_read(m->rq->arena, e->document, NULL, &document, err)) return false;
    *out = cn_languages_joined(m->rq->arena, document);
    return *out || cn_fail_memory(err);
}

/* The page of what it is of; empty where that was endorsed as a draft and is not published yet. */
static bool find_page(const cn_making *m, const cn_endorsement *e, cn_url *out, cn_err *err) {
    cn_arena *a = m->rq->arena;
    cn_version version;
    cn_slice path;
    bool there = cn_app_version_of(a, m->web->app, e->achievement_id, e->version, &version, err);
    if (!there) return *out = (cn_url){0}, err->code == CN_NOT_FOUND;
    if (!(e->version
              ? cn_arena_print(a, &path, "/achievements/%.*s/versions/%d", CN_ARG(e->achievement_id), e->version)
              : cn_arena_print(a, &path, "/achievements/%.*s", CN_ARG(e->achievement_id))))
        return cn_fail_memory(err);
    *out = cn_url_path(a, path, m->language);
    return true;
}

bool cn_web_endorsement_fill(const cn_making *m, const cn_endorsement *e, const cn_endorsable *what, bool checked,
                             cn_view_endorsement *out, cn_err *err) {
    cn_arena *a = m->rq->arena;
    cn_hidden h = {.arena = a};
    cn_report report;
    const cn_json *document;
    cn_endorsements_read read;
    cn_slice path;
    cn_url about;
    cn_endorsement_state state;
    if (!cn_app_endorsement_state(a, m->web->app, e, what, m->rq->now, &state, err) ||
        !read_document(m, e, checked, &report, &document, err) || !find_page(m, e, &about, err))
        return false;
    if (!cn_endorsement_read(a, document, cn_language_tag(m->language), &read, err)) return false;
    if (!cn_arena_print(a, &path, "/endorsements/%.*s", CN_ARG(e->id))) return cn_fail_memory(err);
    *out = (cn_view_endorsement){
        .organisation =
            cn_hidden_show(&h, cn_making_choose(m, (cn_bilingual){e->organisation_en, e->organisation_fr})),
        .subject = cn_hidden_show(&h, cn_draw_language(m, cn_json_get(document, CN_S("name")))),
        .page = cn_url_path(a, path, m->language),
        .about = about,
        .scope = cn_hidden_show(&h, read.scope),
        .comment = cn_hidden_show(&h, read.comment),
        .since = cn_words_date(m, e->given_at, false),
        .until = cn_words_date(m, e->valid_until, false),
        .acceptance = e->acceptance,
    };
    say_state(m, e, state, checked ? &report : NULL, out);
    if (checked) say_signer(m, &report, out);
    return cn_draw_claims(m, &h, &read, &out->claims, &out->claims_n, err);
}

bool cn_web_endorsements_fill(const cn_making *m, const cn_endorsements *all, const cn_endorsable *what,
                              bool checked, cn_view_endorsements *out, cn_err *err) {
    out->n = 0;
    out->v = CN_NEW_ARRAY(m->rq->arena, cn_view_endorsement, all->n);
    if (!out->v) return cn_fail_memory(err);
    for (; out->n < all->n; out->n++)
        if (!cn_web_endorsement_fill(m, &all->v[out->n], what, checked, &out->v[out->n], err)) return false;
    return true;
}

/* ---- Those of an achievement ---- */

bool cn_web_endorsed_fill(const cn_making *m, const cn_achievement *is, cn_view_endorsed *out, cn_err *err) {
    cn_endorsable what;
    cn_endorsements endorsed, accepted;
    if (!cn_app_endorsements_of(m->rq->arena, m->web->app, is->id, false, &endorsed, err) ||
        !cn_app_endorsements_of(m->rq->arena, m->web->app, is->id, true, &accepted, err))
        return false;
    if (!endorsed.n && !accepted.n) return true;
    return cn_app_endorsable_draft(m->rq->arena, m->web->app, is, &what, err) &&
           cn_web_endorsements_fill(m, &endorsed, &what, true, &out->endorsements, err) &&
           cn_web_endorsements_fill(m, &accepted, NULL, true, &out->acceptances, err);
}

enum { SHOWN_MAX = 12 }; /* each is verified for whoever looks */

bool cn_web_endorsed_public(const cn_making *m, const cn_version *is, cn_view_endorsed *out, cn_err *err) {
    cn_arena *a = m->rq->arena;
    const cn_app *app = m->web->app;
    cn_endorsable what;
    cn_endorsements endorsed, accepted;
    return cn_app_endorsable(a, app, is->organisation, is->achievement_id, is->version, &what, err) &&
           cn_app_endorsements_holding(a, app, m->rq->now, &what, SHOWN_MAX, &endorsed, err) &&
           cn_app_acceptances_holding(a, app, m->rq->now, is->achievement_id, &accepted, err) &&
           cn_web_endorsements_fill(m, &endorsed, &what, true, &out->endorsements, err) &&
           cn_web_endorsements_fill(m, &accepted, NULL, accepted.n <= SHOWN_MAX, &out->acceptances, err);
}
