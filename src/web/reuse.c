/* SPDX-License-Identifier: Apache-2.0
 *
 * /achievements/…/use: a published version as a start for a new draft of an organisation that whoever is signed in
 * designs for.
 */
#include "web/reuse.h"
#include "web/messages.h"

#include "base/base.h"

typedef struct using {
    cn_making m;
    const cn_session *session;
    cn_version from;
    cn_organisation owner;
    cn_licence licence;
    cn_organisations mine; /* those that may take it */
    bool designs;          /* for any organisation, be it one that may not */
    cn_page_reuse v;
    cn_err *err;
}
using;

/* ---- Who may take what ---- */

/* What was withdrawn is there for its own organisation alone; so is what a licence closes. */
static bool find_mine(using *u, bool open) {
    cn_organisations all;
    if (!cn_app_organisations_of(u->m.rq->arena, u->m.web->app, u->session->person.number, &all, u->err))
        return false;
    u->mine.v = CN_NEW_ARRAY(u->m.rq->arena, cn_organisation, all.n);
    if (!u->mine.v) return cn_fail_memory(u->err);
    for (size_t i = 0; i < all.n; i++) {
        bool own = all.v[i].number == u->from.organisation;
        if (!cn_roles_allow(all.v[i].roles, CN_ROLE_DESIGNER)) continue;
        u->designs = u->designs || open || own;
        if (own || (open && !u->licence.closed)) u->mine.v[u->mine.n++] = all.v[i];
    }
    if (!u->designs && open) return cn_fail(u->err, CN_DENIED, "role.small", "The role does not allow this.");
    return u->designs || cn_fail(u->err, CN_NOT_FOUND, "store.none", "It has been withdrawn.");
}

static bool find_version(using *u, cn_version *out) {
    uint64_t number;
    const cn_request *rq = u->m.rq;
    if (!cn_slice_to_u64(cn_request_arg(rq, CN_S("version")), INT32_MAX, &number) || !number)
        return cn_fail(u->err, CN_NOT_FOUND, "store.none", "There is no such version of an achievement.");
    return cn_app_version_of(rq->arena, u->m.web->app, cn_request_arg(rq, CN_S("achievement")), (int)number, out,
                             u->err);
}

static bool start(using *u, void *web, const cn_request *rq) {
    cn_version found;
    cn_making_start(&u->m, web, rq);
    u->session = cn_web_session(rq);
    if (!find_version(u, &u->from) ||
        !cn_app_organisation_get(rq->arena, u->m.web->app, u->from.organisation, &u->owner, u->err))
        return false;
    bool open = cn_app_reuse_find(rq->arena, u->m.web->app, rq->now, 0, u->from.achievement_id, u->from.version,
                                  &found, u->err);
    if (!open && u->err->code != CN_NOT_FOUND) return false;
    u->licence = cn_reuse_licence(rq->arena, &u->from);
    return find_mine(u, open);
}

/* ---- The page ---- */

static cn_slice in_language(const using *u, cn_bilingual text) {
    return u->m.language == CN_FR ? text.fr : text.en;
}

static bool fill_organisations(using *u, cn_slice chosen) {
    cn_page_reuse *v = &u->v;
    v->organisations = CN_NEW_ARRAY(u->m.rq->arena, cn_view_reuse_option, u->mine.n);
    if (!v->organisations) return cn_fail_memory(u->err);
    for (; v->organisations_n < u->mine.n; v->organisations_n++) {
        const cn_organisation *one = &u->mine.v[v->organisations_n];
        v->organisations[v->organisations_n] = (cn_view_reuse_option){
            .id = one->id, .name = in_language(u, one->name), .chosen = cn_slice_eq(one->id, chosen)};
        v->unsure = v->unsure || (!u->licence.name.n && one->number != u->from.organisation);
    }
    v->own = u->mine.n == 1 && u->mine.v[0].number == u->from.organisation;
    return true;
}

static bool show(using *u, int status, cn_response *rs) {
    cn_making *m = &u->m;
    cn_page_reuse *v = &u->v;
    cn_slice path, page, owner = in_language(u, u->owner.name);
    const cn_draft draft = {.en = u->from.en, .fr = u->from.fr};
    if (!cn_arena_print(m->rq->arena, &page, "/achievements/%.*s/versions/%d", CN_ARG(u->from.achievement_id),
                        u->from.version) ||
        !cn_arena_print(m->rq->arena, &path, "%.*s/use", CN_ARG(page)) ||
        !cn_arena_print(m->rq->arena, &v->address, "%.*s%.*s", CN_ARG(m->web->origin), CN_ARG(page)))
        return cn_fail_memory(u->err);
    if (!fill_organisations(u, cn_request_text(m->rq, CN_S("organisation")))) return false;
    if (!v->own && !cn_view_licence_fill(m, &u->licence, owner, &v->licence, u->err)) return false;
    v->name = cn_achievement_name(&draft, m->language, &v->name_language);
    v->by = cn_words_whose(m, owner, u->from.version);
    v->page = cn_making_page(m, path, cn_making_text(m, CN_MSG_reuse_title, v->name, (cn_slice){0}));
    v->page.wrong = v->sure_error.n || v->organisation_error.n;
    v->back = cn_url_path(m->rq->arena, page, m->language);
    v->action = cn_url_path(m->rq->arena, path, m->language);
    cn_tpl_reuse(&m->out, v);
    return cn_making_finish(m, status, rs, u->err);
}

static bool form(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    using u = {.err = err};
    return start(&u, app, rq) && show(&u, 200, rs);
}

/* ---- Taken ---- */

static const cn_organisation *chosen_of(const using *u) {
    cn_slice id = cn_request_text(u->m.rq, CN_S("organisation"));
    for (size_t i = 0; i < u->mine.n; i++)
        if (cn_slice_eq(u->mine.v[i].id, id)) return &u->mine.v[i];
    return NULL;
}

static bool go_on(const using *u, const cn_organisation *to, cn_slice id, cn_response *rs) {
    cn_slice path;
    return (cn_arena_print(u->m.rq->arena, &path, "/organisations/%.*s/achievements/%.*s?done=copied&lang=%.*s",
                           CN_ARG(to->id), CN_ARG(id), CN_ARG(cn_language_tag(u->m.language))) &&
            cn_response_see_other(u->m.rq, rs, path)) ||
           cn_fail_memory(u->err);
}

static bool take(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    using u = {.err = err};
    cn_slice id;
    if (!start(&u, app, rq)) return false;
    const cn_organisation *to = chosen_of(&u);
    u.v.outcomes = cn_slice_eq(cn_request_text(rq, CN_S("part")), cn_source_word(CN_SOURCE_OUTCOMES));
    u.v.sure = cn_request_text(rq, CN_S("sure")).n > 0;
    if (!to) {
        u.v.organisation_error = cn_message(u.m.language, CN_MSG_reuse_error_organisation);
        return show(&u, 422, rs);
    }
    cn_reuse how = {.organisation = to->number,
                    .by = u.session->person.number,
                    .from = &u.from,
                    .part = u.v.outcomes ? CN_SOURCE_OUTCOMES : CN_SOURCE_WHOLE,
                    .sure = u.v.sure};
    if (cn_app_reuse_begin(rq->arena, u.m.web->app, rq->now, &how, &id, err)) return go_on(&u, to, id, rs);
    if (strcmp(err->id, "reuse.unsure") != 0) return false;
    u.v.sure_error = cn_message(u.m.language, CN_MSG_reuse_error_sure);
    return show(&u, 422, rs);
}

/* ---- Routes ---- */

#define HERE "/achievements/:achievement/versions/:version/use"
enum { FORM_MAX = 4 << 10 };

static const cn_route routes[] = {
    {.method = CN_GET, .path = HERE, .handle = form, .permission = CN_SIGNED_IN},
    {.method = CN_POST,
     .path = HERE,
     .handle = take,
     .permission = CN_SIGNED_IN,
     .csrf = CN_CSRF_TOKEN,
     .max_body = FORM_MAX},
};

const cn_route_group cn_web_reuse_routes = {routes, sizeof routes / sizeof *routes};
