/* SPDX-License-Identifier: Apache-2.0
 *
 * /organisations/:org/scopes: what quality bodies let the organisation do, and what it lets others do where it is
 * one.
 */
#include "web/scopes.h"
#include "web/claims.h"
#include "web/messages.h"

#include "base/base.h"

enum { FORM_MAX = 16 << 10 };

/* ---- A scope in words ---- */

static cn_slice named(const cn_making *m, const char *family, cn_slice word) {
    cn_msg message;
    return cn_message_find(family, word, NULL, &message) ? cn_message(m->language, message) : word;
}

static cn_slice party_name(const cn_making *m, const cn_scope_party *party) {
    return cn_making_choose(m, (cn_bilingual){party->name_en, party->name_fr});
}

/* "ISCED-F 061, CIP 11"; the name of every field where it names none. */
static bool write_fields(const cn_making *m, cn_slice fields, cn_slice *out, cn_err *err) {
    cn_buf b = cn_buf_on(m->rq->arena, 0);
    cn_slice system, prefix;
    if (!fields.n) cn_buf_add(&b, cn_message(m->language, CN_MSG_scopes_all_fields));
    while (cn_scope_fields_next(&fields, &system, &prefix)) {
        if (b.n) cn_buf_add(&b, CN_S(", "));
        cn_buf_print(&b, "%.*s %.*s", CN_ARG(named(m, CN_MSG_FAMILY("scope-system"), system)), CN_ARG(prefix));
    }
    *out = cn_buf_slice(&b);
    return cn_buf_ok(&b) || cn_fail_memory(err);
}

/* "Micro-credential, Digital badge"; empty where every kind will do. */
static bool write_kinds(const cn_making *m, cn_slice kinds, cn_slice *out, cn_err *err) {
    cn_buf b = cn_buf_on(m->rq->arena, 0);
    cn_kinds all;
    if (!cn_scope_kinds_all(m->rq->arena, &all, err)) return false;
    for (size_t i = 0; i < all.n; i++)
        if (cn_scope_kinds_hold(kinds, all.v[i].id))
            cn_buf_print(&b, "%s%.*s", b.n ? ", " : "", CN_ARG(cn_making_choose(m, all.v[i].title)));
    *out = cn_buf_slice(&b);
    return cn_buf_ok(&b) || cn_fail_memory(err);
}

bool cn_view_scope_fill(const cn_making *m, const cn_stored_scope *s, bool given, cn_view_scope *out,
                        cn_err *err) {
    cn_slice most, state = cn_scope_state(s, m->rq->now), from = cn_words_date(m, s->valid_from, false);
    *out = (cn_view_scope){.purpose = named(m, CN_MSG_FAMILY("scope-purpose"), s->purpose),
                           .party = party_name(m, given ? &s->organisation : &s->body),
                           .state = named(m, CN_MSG_FAMILY("scope-state"), state),
                           .state_kind = state,
                           .reason = s->reason};
    out->dates = s->valid_until.sec
                     ? cn_making_text(m, CN_MSG_scopes_dates, from, cn_words_date(m, s->valid_until, false))
                     : cn_making_text(m, CN_MSG_scopes_from, from, (cn_slice){0});
    if (s->withdrawn_at.sec)
        out->withdrawn =
            cn_making_text(m, CN_MSG_scopes_withdrawn_on, cn_words_date(m, s->withdrawn_at, false), (cn_slice){0});
    if (!cn_arena_print(m->rq->arena, &most, "%lld", (long long)s->level_most)) return cn_fail_memory(err);
    if (s->level_framework.n) out->level = cn_making_text(m, CN_MSG_scopes_level_most, s->level_framework, most);
    return write_fields(m, s->fields, &out->fields, err) && write_kinds(m, s->kinds, &out->kinds, err);
}

/* "ISCED-F 0321", of "isced 0321". */
static cn_slice code_text(const cn_making *m, cn_slice outside) {
    cn_slice system, code, out;
    bool fits = cn_slice_cut(outside, ' ', &system, &code) &&
                cn_arena_print(m->rq->arena, &out, "%.*s %.*s",
                               CN_ARG(named(m, CN_MSG_FAMILY("scope-system"), system)), CN_ARG(code));
    return fits ? out : outside;
}

/* What the second argument of a sentence is. */
static cn_slice detail_of(const cn_making *m, const cn_scope_answer *no) {
    static const struct {
        cn_slice word;
        size_t at;
    } times[] = {{CN_S_INIT("withdrawn"), offsetof(cn_stored_scope, withdrawn_at)},
                 {CN_S_INIT("ended"), offsetof(cn_stored_scope, valid_until)},
                 {CN_S_INIT("early"), offsetof(cn_stored_scope, valid_from)}};
    cn_err ignored;
    cn_slice fields, kinds;
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        cn_time at;
        memcpy(&at, (const char *)&no->scope + times[i].at, sizeof at);
        if (cn_slice_eq(no->word, times[i].word)) return cn_words_date(m, at, false);
    }
    if (cn_slice_eq(no->word, CN_S("kind")))
        return write_kinds(m, no->outside, &kinds, &ignored) && kinds.n ? kinds : no->outside;
    if (cn_slice_eq(no->word, CN_S("kind-unstated")))
        return write_kinds(m, no->scope.kinds, &kinds, &ignored) ? kinds : (cn_slice){0};
    if (cn_slice_eq(no->word, CN_S("field"))) return code_text(m, no->outside);
    if (no->outside.n) return no->outside;
    if (cn_slice_eq(no->word, CN_S("level-unstated"))) return no->scope.level_framework;
    return write_fields(m, no->scope.fields, &fields, &ignored) ? fields : (cn_slice){0};
}

cn_slice cn_words_scope_why(const cn_making *m, const cn_scope_answer *no) {
    cn_msg message;
    if (!cn_message_find(CN_MSG_FAMILY("scope-why"), no->word, NULL, &message)) return no->word;
    return cn_making_text(m, message, party_name(m, &no->scope.body), detail_of(m, no));
}

/* ---- The page ---- */

static bool list(const cn_issuing *k, const cn_scopes *all, bool given, cn_view_scopes *out, cn_err *err) {
    cn_slice rest;
    out->v = CN_NEW_ARRAY(k->m.rq->arena, cn_view_scope, all->n);
    if (!out->v) return cn_fail_memory(err);
    for (; out->n < all->n; out->n++) {
        const cn_stored_scope *s = &all->v[out->n];
        cn_view_scope *v = &out->v[out->n];
        if (!cn_view_scope_fill(&k->m, s, given, v, err)) return false;
        v->may_withdraw =
            given && !s->withdrawn_at.sec && cn_roles_allow(k->session->roles, CN_ROLE_ADMINISTRATOR);
        if (!cn_arena_print(k->m.rq->arena, &rest, "/scopes/%.*s/withdraw", CN_ARG(s->id)))
            return cn_fail_memory(err);
        v->withdraw = cn_issuing_url(k, rest.p);
    }
    return true;
}

static bool scopes(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_page_scopes v = {0};
    cn_scopes had, given;
    cn_msg done;
    cn_issuing k;
    cn_issuing_start(&k, app, rq);
    const cn_organisation *o = k.organisation;
    if (!cn_app_scopes_had(rq->arena, k.app, o->number, CN_S(""), &had, err) ||
        !cn_app_scopes_given(rq->arena, k.app, o->number, &given, err) || !list(&k, &had, false, &v.had, err) ||
        !list(&k, &given, true, &v.given, err))
        return false;
    v.body = o->quality_body;
    v.may_give = v.body && cn_roles_allow(k.session->roles, CN_ROLE_ADMINISTRATOR);
    if (cn_message_find(CN_MSG_FAMILY("scope-done"), cn_request_arg(rq, CN_S("done")), NULL, &done))
        v.done = cn_issuing_say(&k, done);
    v.organisation = k.organisation_name;
    v.back = cn_issuing_url(&k, "");
    v.give = cn_issuing_url(&k, "/scopes/new");
    v.page =
        cn_making_page(&k.m, rq->path, cn_making_text(&k.m, CN_MSG_scopes_title, v.organisation, (cn_slice){0}));
    cn_tpl_scopes(&k.m.out, &v);
    return cn_making_finish(&k.m, 200, rs, err);
}

/* ---- Withdrawing ---- */

/* The one that the path names, of those that this body gave and has not withdrawn. */
static bool find(const cn_issuing *k, cn_stored_scope *out, cn_err *err) {
    cn_slice id = cn_request_arg(k->m.rq, CN_S("scope"));
    if (!cn_app_scope_get(k->m.rq->arena, k->app, id, out, err)) return false;
    return (out->body.number == k->organisation->number && !out->withdrawn_at.sec) ||
           cn_fail(err, CN_NOT_FOUND, "store.none", "There is no such scope.");
}

static bool show_withdraw(cn_issuing *k, cn_page_scope_withdraw *v, int status, cn_response *rs, cn_err *err) {
    cn_stored_scope s;
    if (!find(k, &s, err) || !cn_view_scope_fill(&k->m, &s, true, &v->scope, err)) return false;
    cn_web_finish_field(&v->reason, CN_S(" govuk-textarea--error"), CN_S("reason-hint"),
                        CN_S("reason-hint reason-error"));
    v->back = cn_issuing_url(k, "/scopes");
    v->save = cn_url_path(k->m.rq->arena, k->m.rq->path, k->m.language);
    v->page = cn_making_page(&k->m, k->m.rq->path,
                             cn_making_text(&k->m, CN_MSG_scope_withdraw_title, v->scope.party, (cn_slice){0}));
    v->page.wrong = status != 200;
    cn_tpl_scope_withdraw(&k->m.out, v);
    return cn_making_finish(&k->m, status, rs, err);
}

static bool withdraw_form(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_page_scope_withdraw v = {0};
    cn_issuing k;
    cn_issuing_start(&k, app, rq);
    return show_withdraw(&k, &v, 200, rs, err);
}

static bool withdraw(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_page_scope_withdraw v = {.reason = {.value = cn_slice_trim(cn_request_text(rq, CN_S("reason")))}};
    cn_issuing k;
    cn_issuing_start(&k, app, rq);
    if (cn_app_scope_withdraw(k.app, rq->now, k.session->person.number, k.organisation->number,
                              cn_request_arg(rq, CN_S("scope")), v.reason.value, err))
        return cn_web_go(rq, cn_issuing_path(&k, "/scopes?done=withdrawn"), rs, err);
    if (strcmp(err->id, "scope.reason") != 0) return false;
    v.reason.error = cn_issuing_say(&k, CN_MSG_scope_withdraw_reason_wrong);
    return show_withdraw(&k, &v, 422, rs, err);
}

/* ---- Routes ---- */

#define HERE "/organisations/:org/scopes"
#define ADMINISTRATOR_POST(at, run)                                                                               \
    {                                                                                                             \
        .method = CN_POST, .path = at, .handle = run, .permission = CN_ADMINISTRATOR, .csrf = CN_CSRF_TOKEN,      \
        .max_body = FORM_MAX                                                                                      \
    }

static const cn_route routes[] = {
    {.method = CN_GET, .path = HERE, .handle = scopes, .permission = CN_VIEWER},
    {.method = CN_GET, .path = HERE "/new", .handle = cn_web_scope_form, .permission = CN_ADMINISTRATOR},
    ADMINISTRATOR_POST(HERE "/new", cn_web_scope_give),
    {.method = CN_GET, .path = HERE "/:scope/withdraw", .handle = withdraw_form, .permission = CN_ADMINISTRATOR},
    ADMINISTRATOR_POST(HERE "/:scope/withdraw", withdraw),
};
const cn_route_group cn_web_scopes_routes = {routes, sizeof routes / sizeof *routes};
