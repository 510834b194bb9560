/* SPDX-License-Identifier: Apache-2.0
 *
 * /organisations: where somebody works, what there is to do there, and who else may do it.
 */
#include "web/account.h"
#include "web/messages.h"
#include "web/templates.h"

#include "base/base.h"

enum { FORM_MAX = 16 << 10, ASK_COST = 20 };

/* ---- Roles ---- */

static const struct role {
    unsigned bit;
    const char *id;
    cn_msg name, text;
} known_roles[CN_VIEW_ROLES] = {
    {CN_ROLE_ADMINISTRATOR, "administrator", CN_MSG_role_administrator, CN_MSG_role_administrator_text},
    {CN_ROLE_DESIGNER, "designer", CN_MSG_role_designer, CN_MSG_role_designer_text},
    {CN_ROLE_REVIEWER, "reviewer", CN_MSG_role_reviewer, CN_MSG_role_reviewer_text},
    {CN_ROLE_ISSUER, "issuer", CN_MSG_role_issuer, CN_MSG_role_issuer_text},
    {CN_ROLE_VIEWER, "viewer", CN_MSG_role_viewer, CN_MSG_role_viewer_text},
};

cn_slice cn_web_roles_in_words(const cn_making *m, unsigned roles) {
    cn_buf b = cn_buf_on(m->rq->arena, 0);
    for (size_t i = 0; i < CN_VIEW_ROLES; i++) {
        if (!(roles & known_roles[i].bit)) continue;
        if (b.n) cn_buf_add(&b, CN_S(", "));
        cn_buf_add(&b, cn_message(m->language, known_roles[i].name));
    }
    return cn_buf_ok(&b) ? cn_buf_slice(&b) : (cn_slice){0};
}

static bool view_roles(const cn_making *m, unsigned has, cn_view_role **out, size_t *n, cn_err *err) {
    cn_view_role *v = CN_NEW_ARRAY(m->rq->arena, cn_view_role, CN_VIEW_ROLES);
    if (!v) return cn_fail_memory(err);
    for (size_t i = 0; i < CN_VIEW_ROLES; i++)
        v[i] = (cn_view_role){cn_slice_of(known_roles[i].id), cn_message(m->language, known_roles[i].name),
                              cn_message(m->language, known_roles[i].text), (has & known_roles[i].bit) != 0};
    *out = v;
    *n = CN_VIEW_ROLES;
    return true;
}

/* The boxes that were ticked, all named "role". */
static unsigned ticked(const cn_request *rq) {
    unsigned roles = 0;
    for (size_t i = 0; i < rq->form.n; i++)
        for (size_t r = 0; r < CN_VIEW_ROLES; r++)
            if (cn_slice_eq(rq->form.v[i].name, CN_S("role")) &&
                cn_slice_eq(rq->form.v[i].value, cn_slice_of(known_roles[r].id)))
                roles |= known_roles[r].bit;
    return roles;
}

/* ---- Organisations ---- */

static cn_url to(const cn_making *m, const cn_organisation *o, const char *rest, cn_slice last) {
    cn_slice path;
    if (!cn_arena_print(m->rq->arena, &path, "/organisations/%.*s%s%.*s", CN_ARG(o->id), rest, CN_ARG(last)))
        return (cn_url){CN_S("#")};
    return cn_url_path(m->rq->arena, path, m->language);
}

static cn_view_organisation view_organisation(const cn_making *m, const cn_organisation *o, unsigned roles) {
    return (cn_view_organisation){cn_making_choose(m, o->name), cn_web_roles_in_words(m, roles),
                                  to(m, o, "", CN_S("")), o->fictional};
}

static bool organisations(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_organisations list;
    cn_making_start(&m, app, rq);
    if (!cn_app_organisations_of(rq->arena, m.web->app, cn_web_session(rq)->person.number, &list, err))
        return false;
    cn_page_organisations v = {.v = CN_NEW_ARRAY(rq->arena, cn_view_organisation, list.n)};
    if (!v.v) return cn_fail_memory(err);
    for (; v.n < list.n; v.n++) v.v[v.n] = view_organisation(&m, &list.v[v.n], list.v[v.n].roles);
    v.page = cn_making_page(&m, CN_S("/organisations"), cn_message(m.language, CN_MSG_organisations_title));
    cn_tpl_organisations(&m.out, &v);
    return cn_making_finish(&m, 200, rs, err);
}

static const struct card {
    unsigned role;
    const char *path;
    cn_msg heading, text;
} known_cards[] = {
    {CN_ROLE_VIEWER, "/achievements", CN_MSG_organisation_achievements, CN_MSG_organisation_achievements_text},
    {CN_ROLE_VIEWER, "/reviews", CN_MSG_organisation_reviews, CN_MSG_organisation_reviews_text},
    {CN_ROLE_VIEWER, "/awards", CN_MSG_organisation_awards, CN_MSG_organisation_awards_text},
    {CN_ROLE_VIEWER, "/endorsements", CN_MSG_organisation_endorsements, CN_MSG_organisation_endorsements_text},
    {CN_ROLE_VIEWER, "/scopes", CN_MSG_organisation_scopes, CN_MSG_organisation_scopes_text},
    {CN_ROLE_ADMINISTRATOR, "/members", CN_MSG_organisation_members, CN_MSG_organisation_members_text},
    {CN_ROLE_ADMINISTRATOR, "/keys", CN_MSG_organisation_keys, CN_MSG_organisation_keys_text},
    {CN_ROLE_ADMINISTRATOR, "/audit", CN_MSG_organisation_audit, CN_MSG_organisation_audit_text},
};
enum { CARDS = sizeof known_cards / sizeof *known_cards };

static bool view_cards(const cn_making *m, const cn_session *s, cn_page_organisation *v, cn_err *err) {
    cn_organisation_counts n;
    if (!cn_app_organisation_counts(m->rq->arena, m->web->app, s->organisation.number, &n, err)) return false;
    const int64_t counts[CARDS] = {n.achievements, n.reviews, n.awards, n.requests,
                                   n.scopes,       n.members, n.keys,   n.audit};
    v->cards = CN_NEW_ARRAY(m->rq->arena, cn_view_card, CARDS);
    if (!v->cards) return cn_fail_memory(err);
    for (size_t i = 0; i < CARDS; i++) {
        const struct card *c = &known_cards[i];
        if (!cn_roles_allow(s->roles, c->role)) continue;
        cn_view_card *card = &v->cards[v->cards_n++];
        *card = (cn_view_card){.heading = cn_message(m->language, c->heading),
                               .text = cn_message(m->language, c->text),
                               .url = to(m, &s->organisation, c->path, CN_S(""))};
        if (!cn_arena_print(m->rq->arena, &card->count, "%lld", (long long)counts[i])) return cn_fail_memory(err);
    }
    return true;
}

static bool organisation(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    const cn_session *s = cn_web_session(rq);
    cn_making m;
    cn_making_start(&m, app, rq);
    cn_page_organisation v = {.organisation = view_organisation(&m, &s->organisation, s->roles),
                              .all = cn_url_path(rq->arena, CN_S("/organisations"), m.language)};
    v.may_edit = cn_roles_allow(s->roles, CN_ROLE_ADMINISTRATOR);
    v.edit = to(&m, &s->organisation, "/edit", CN_S(""));
    v.profile = to(&m, &s->organisation, "/profile", CN_S(""));
    if (cn_slice_eq(cn_request_arg(rq, CN_S("done")), CN_S("profile")))
        v.saved = cn_message(m.language, CN_MSG_profile_saved);
    if (cn_slice_eq(cn_request_arg(rq, CN_S("done")), CN_S("saved")))
        v.saved = cn_message(m.language, CN_MSG_organisation_edit_saved);
    if (!view_cards(&m, s, &v, err)) return false;
    v.page =
        cn_making_page(&m, rq->path, cn_making_text(&m, CN_MSG_people_title, v.organisation.name, (cn_slice){0}));
    cn_tpl_organisation(&m.out, &v);
    return cn_making_finish(&m, 200, rs, err);
}

/* ---- Members ---- */

static cn_view_member view_member(const cn_making *m, const cn_session *s, const cn_member *one) {
    const cn_person *p = &one->person;
    return (cn_view_member){.id = p->id,
                            .name = p->name.n ? p->name : p->email,
                            .email = p->email,
                            .roles = cn_web_roles_in_words(m, one->roles),
                            .since = cn_words_date(m, one->since_at, false),
                            .self = p->number == s->person.number,
                            .named = p->name.n > 0,
                            .unsafe = !m->web->demo && (one->roles & CN_ROLES_SIGN) && !one->passkey,
                            .url = to(m, &s->organisation, "/members/", p->id)};
}

static bool view_members(const cn_making *m, const cn_session *s, cn_page_members *v, cn_err *err) {
    cn_members list;
    cn_tickets invited;
    if (!cn_app_members(m->rq->arena, m->web->app, s->organisation.number, &list, err) ||
        !cn_app_invitations(m->rq->arena, m->web->app, m->rq->now, s->organisation.number, &invited, err))
        return false;
    v->members = CN_NEW_ARRAY(m->rq->arena, cn_view_member, list.n);
    v->invited = CN_NEW_ARRAY(m->rq->arena, cn_view_member, invited.n);
    if (!v->members || !v->invited) return cn_fail_memory(err);
    for (; v->members_n < list.n; v->members_n++)
        v->members[v->members_n] = view_member(m, s, &list.v[v->members_n]);
    for (; v->invited_n < invited.n; v->invited_n++) {
        const cn_ticket *t = &invited.v[v->invited_n];
        v->invited[v->invited_n] = (cn_view_member){.email = t->email,
                                                    .roles = cn_web_roles_in_words(m, t->roles),
                                                    .since = cn_words_date(m, t->created_at, false)};
    }
    return true;
}

static bool show_members(cn_making *m, cn_page_members *v, unsigned roles, int status, cn_response *rs,
                         cn_err *err) {
    const cn_session *s = cn_web_session(m->rq);
    cn_msg done;
    cn_slice word = cn_request_arg(m->rq, CN_S("done"));
    if (word.n && cn_message_find(CN_MSG_FAMILY("members.done"), word, NULL, &done))
        v->saved = cn_message(m->language, done);
    if (!view_members(m, s, v, err) || !view_roles(m, roles, &v->roles, &v->roles_n, err)) return false;
    v->organisation = cn_making_choose(m, s->organisation.name);
    v->choice.id = CN_S("roles");
    v->email.id = CN_S("email");
    v->email.type = CN_S("email");
    v->email.autocomplete = CN_S("off");
    v->email.label = cn_message(m->language, CN_MSG_people_email);
    cn_view_line_done(m->rq->arena, &v->email);
    v->back = to(m, &s->organisation, "", CN_S(""));
    v->invite = to(m, &s->organisation, "/members", CN_S(""));
    v->drop = to(m, &s->organisation, "/invitations/drop", CN_S(""));
    v->page =
        cn_making_page(m, m->rq->path, cn_making_text(m, CN_MSG_members_title, v->organisation, (cn_slice){0}));
    v->page.wrong = v->email.error.n || v->choice.error.n;
    cn_tpl_members(&m->out, v);
    return cn_making_finish(m, status, rs, err);
}

static bool members(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_page_members v = {0};
    cn_making_start(&m, app, rq);
    return show_members(&m, &v, 0, 200, rs, err);
}

static bool go_members(const cn_request *rq, const char *done, cn_response *rs, cn_err *err) {
    cn_slice path;
    if (!cn_arena_print(rq->arena, &path, "/organisations/%.*s/members?done=%s",
                        CN_ARG(cn_web_session(rq)->organisation.id), done))
        return cn_fail_memory(err);
    return cn_web_go(rq, path, rs, err);
}

static bool invite(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    const cn_session *s = cn_web_session(rq);
    cn_making m;
    cn_page_members v = {.email.value = cn_request_text(rq, CN_S("email"))};
    cn_ticket_ask ask = {.purpose = "invitation",
                         .email = v.email.value,
                         .language = rq->language,
                         .person = s->person.number,
                         .organisation = &s->organisation,
                         .roles = ticked(rq)};
    cn_making_start(&m, app, rq);
    if (!ask.roles) {
        v.choice.error = cn_message(m.language, CN_MSG_members_roles_none);
        return show_members(&m, &v, 0, 422, rs, err);
    }
    if (cn_app_ticket_new(rq->arena, m.web->app, rq->now, &ask, err)) return go_members(rq, "invited", rs, err);
    bool many = !strcmp(err->id, "ticket.many");
    if (err->code != CN_INVALID && !many) return false;
    v.email.error = cn_message(m.language, cn_web_address_problem(err));
    return show_members(&m, &v, ask.roles, many ? 429 : 422, rs, err);
}

static bool drop(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    const cn_web *web = app;
    const cn_session *s = cn_web_session(rq);
    return cn_app_invitation_drop(web->app, rq->now, s->person.number, s->organisation.number,
                                  cn_request_text(rq, CN_S("email")), err) &&
           go_members(rq, "dropped", rs, err);
}

/* ---- One member ---- */

static bool find_member(const cn_making *m, const cn_session *s, cn_member *out, cn_err *err) {
    cn_slice id = cn_request_arg(m->rq, CN_S("person"));
    cn_members list;
    if (!cn_app_members(m->rq->arena, m->web->app, s->organisation.number, &list, err)) return false;
    for (size_t i = 0; i < list.n; i++)
        if (cn_slice_eq(list.v[i].person.id, id)) return *out = list.v[i], true;
    return cn_fail(err, CN_NOT_FOUND, "store.none", "There is no such member.");
}

static bool show_member(cn_making *m, cn_slice error, int status, cn_response *rs, cn_err *err) {
    const cn_session *s = cn_web_session(m->rq);
    cn_member one;
    cn_page_member v = {.organisation = cn_making_choose(m, s->organisation.name),
                        .choice = {.id = CN_S("roles"), .error = error}};
    if (!find_member(m, s, &one, err) || !view_roles(m, one.roles, &v.roles, &v.roles_n, err)) return false;
    v.member = view_member(m, s, &one);
    v.back = to(m, &s->organisation, "/members", CN_S(""));
    v.save = v.member.url;
    v.remove = to(m, &s->organisation, "/members/remove/", v.member.id);
    v.page = cn_making_page(m, m->rq->path, cn_making_text(m, CN_MSG_people_title, v.member.name, (cn_slice){0}));
    v.page.wrong = error.n > 0;
    cn_tpl_member(&m->out, &v);
    return cn_making_finish(m, status, rs, err);
}

static bool member(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_making_start(&m, app, rq);
    return show_member(&m, (cn_slice){0}, 200, rs, err);
}

static bool change(void *app, const cn_request *rq, unsigned roles, const char *done, cn_response *rs,
                   cn_err *err) {
    const cn_session *s = cn_web_session(rq);
    cn_making m;
    cn_making_start(&m, app, rq);
    if (cn_app_member_change(rq->arena, m.web->app, rq->now, s->person.number, s->organisation.number,
                             cn_request_arg(rq, CN_S("person")), roles, err))
        return go_members(rq, done, rs, err);
    if (strcmp(err->id, "member.last") != 0) return false;
    return show_member(&m, cn_message(m.language, CN_MSG_members_last), 409, rs, err);
}

static bool save_member(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    unsigned roles = ticked(rq);
    cn_making m;
    if (roles) return change(app, rq, roles, "saved", rs, err);
    cn_making_start(&m, app, rq);
    return show_member(&m, cn_message(m.language, CN_MSG_members_roles_none), 422, rs, err);
}

static bool remove_form(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    const cn_session *s = cn_web_session(rq);
    cn_making m;
    cn_member one;
    cn_making_start(&m, app, rq);
    if (!find_member(&m, s, &one, err)) return false;
    cn_page_member_remove v = {.member = view_member(&m, s, &one)};
    v.heading = cn_making_text(&m, CN_MSG_members_remove_sure, v.member.name, (cn_slice){0});
    v.back = v.member.url;
    v.remove = to(&m, &s->organisation, "/members/remove/", v.member.id);
    v.page = cn_making_page(&m, rq->path, cn_making_text(&m, CN_MSG_people_title, v.heading, (cn_slice){0}));
    cn_tpl_member_remove(&m.out, &v);
    return cn_making_finish(&m, 200, rs, err);
}

static bool remove_member(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    bool self = cn_slice_eq(cn_request_arg(rq, CN_S("person")), cn_web_session(rq)->person.id);
    if (!change(app, rq, 0, "removed", rs, err)) return false;
    /* Who leaves may not see the members any more, and is signed out. */
    if (!self || rs->status != 303) return true;
    rs->headers = (cn_fields){0};
    return cn_web_go(rq, CN_S("/sign-in"), rs, err);
}

/* ---- Routes ---- */

#define ADMINISTRATOR_POST(at, run, tokens)                                                                       \
    {                                                                                                             \
        .method = CN_POST, .path = at, .handle = run, .permission = CN_ADMINISTRATOR, .csrf = CN_CSRF_TOKEN,      \
        .max_body = FORM_MAX, .cost = tokens                                                                      \
    }

static const cn_route routes[] = {
    {.method = CN_GET, .path = "/organisations", .handle = organisations, .permission = CN_SIGNED_IN},
    {.method = CN_GET, .path = "/organisations/:org", .handle = organisation, .permission = CN_VIEWER},
    {.method = CN_GET, .path = "/organisations/:org/members", .handle = members, .permission = CN_ADMINISTRATOR},
    ADMINISTRATOR_POST("/organisations/:org/members", invite, ASK_COST),
    ADMINISTRATOR_POST("/organisations/:org/invitations/drop", drop, 0),
    {.method = CN_GET,
     .path = "/organisations/:org/members/:person",
     .handle = member,
     .permission = CN_ADMINISTRATOR},
    ADMINISTRATOR_POST("/organisations/:org/members/:person", save_member, 0),
    {.method = CN_GET,
     .path = "/organisations/:org/members/remove/:person",
     .handle = remove_form,
     .permission = CN_ADMINISTRATOR},
    ADMINISTRATOR_POST("/organisations/:org/members/remove/:person", remove_member, 0),
};
const cn_route_group cn_web_members_routes = {routes, sizeof routes / sizeof routes[0]};
