/* SPDX-License-Identifier: Apache-2.0
 *
 * What members state about an achievement, where a rule can only be stated: giving a statement, which is signed
 * with the organisation's key, and withdrawing it.
 */
#include "web/check.h"
#include "web/messages.h"

#include "base/base.h"

/* ---- Which rules a statement answers ---- */

static bool add_asked(const cn_making *m, cn_slice field, cn_view_attested *out, cn_err *err) {
    const cn_packs *packs = m->web->packs;
    cn_slice today = cn_framework_today(m->rq);
    size_t cap = 0;
    for (size_t p = 0; p < packs->n; p++) {
        if (!cn_pack_in_force(packs->v[p], today)) continue;
        for (size_t i = 0; i < packs->v[p]->rules_n; i++) {
            const cn_rule *rule = &packs->v[p]->rules[i];
            const cn_slice *fields;
            size_t n;
            bool asks = false;
            if (!cn_rule_fields(m->rq->arena, rule, &fields, &n, err)) return false;
            for (size_t k = 0; k < n; k++) asks |= cn_slice_eq(fields[k], field);
            if (!asks) continue;
            cn_view_asked *v =
                cn_arena_grow(m->rq->arena, out->asked, out->asked_n, &cap, out->asked_n + 1, sizeof *v);
            if (!v) return cn_fail_memory(err);
            out->asked = v;
            out->at_home |= cn_slice_starts(packs->v[p]->jurisdiction, CN_S("CA"));
            v[out->asked_n++] = (cn_view_asked){.rule = rule->id,
                                                .pack = cn_words_of(m, packs->v[p]->title),
                                                .link = cn_framework_url(m, packs->v[p]->id, rule->id)};
        }
    }
    return true;
}

/* What stands first: what is to be confirmed, what is stated, then what packs of Canada ask for. */
static int rank_of(const cn_view_attested *v) {
    return v->before.n ? 0 : v->stated ? 1 : v->at_home ? 2 : 3;
}

static void sort_in(cn_view_attested *v, size_t n) {
    cn_view_attested one = v[n];
    for (; n && rank_of(&one) < rank_of(&v[n - 1]); n--) v[n] = v[n - 1];
    v[n] = one;
}

/* ---- The page ---- */

/* The latest that stands, of versions up to this one. */
static const cn_attestation *standing(const cn_attestations *all, cn_slice statement, int version) {
    const cn_attestation *found = NULL;
    for (size_t i = 0; i < all->n; i++) {
        const cn_attestation *one = &all->v[i];
        if (one->withdrawn_at.sec || one->version > version || !cn_slice_eq(one->statement, statement)) continue;
        if (!found || one->version > found->version) found = one;
    }
    return found;
}

static cn_slice version_text(const cn_making *m, cn_msg message, int version) {
    return cn_making_text(m, message, cn_making_number(m, (unsigned long long)version), (cn_slice){0});
}

static cn_url beside(const cn_desk *d, const cn_attestation *one, const char *rest) {
    cn_slice path;
    bool fits = cn_arena_print(d->m.rq->arena, &path, "%.*s/%.*s%s", CN_ARG(cn_desk_path(d, d->id, "/statements")),
                               CN_ARG(one->id), rest);
    return cn_url_path(d->m.rq->arena, fits ? path : (cn_slice){0}, d->m.language);
}

/* One that was stated of an earlier version is not stated of this one until somebody confirms it. */
static bool fill_one(const cn_desk *d, const cn_attestations *all, int version, const cn_json_member *m,
                     cn_view_attested *out, cn_err *err) {
    const cn_attestation *is = standing(all, m->key, version);
    bool stated = is && is->version == version;
    cn_slice field;
    if (!cn_arena_print(d->m.rq->arena, &field, "attestations.%.*s", CN_ARG(m->key))) return cn_fail_memory(err);
    *out = (cn_view_attested){.key = m->key, .text = cn_words_field(&d->m, field), .stated = stated};
    if (is) {
        out->who = is->name;
        out->when = cn_words_date(&d->m, is->stated_at, false);
        out->document = beside(d, is, ".json");
        out->withdraw = beside(d, is, "/withdraw");
        if (!stated) out->before = version_text(&d->m, CN_MSG_statements_before, is->version);
    }
    return add_asked(&d->m, field, out, err);
}

static cn_slice done_of(const cn_making *m) {
    cn_msg message;
    cn_slice word = cn_request_arg(m->rq, CN_S("done"));
    bool known = word.n && cn_message_find(CN_MSG_FAMILY("statements-done"), word, NULL, &message);
    return known ? cn_message(m->language, message) : (cn_slice){0};
}

static bool show(cn_desk *d, cn_slice failed, int status, cn_response *rs, cn_err *err) {
    const cn_json *statements = d->m.web->labels->statements;
    cn_attestations all;
    cn_achievement is;
    int version;
    cn_page_statements v = {.failed = failed, .may_state = d->may_design, .name = d->session->person.name};
    if (!cn_app_achievement_get(d->m.rq->arena, d->app, d->organisation, d->id, &is, err) ||
        !cn_app_attestations_of(d->m.rq->arena, d->app, is.number, &all, err))
        return false;
    version = cn_app_attestable(&is);
    v.about =
        version_text(&d->m, version > is.version ? CN_MSG_statements_to_come : CN_MSG_statements_of, version);
    v.v = CN_NEW_ARRAY(d->m.rq->arena, cn_view_attested, cn_json_count(statements));
    if (!v.v) return cn_fail_memory(err);
    for (; v.n < cn_json_count(statements); v.n++) {
        if (!fill_one(d, &all, version, &statements->object.v[v.n], &v.v[v.n], err)) return false;
        sort_in(v.v, v.n);
    }
    v.heading = cn_achievement_name(&is.draft, d->m.language, &v.heading_language);
    v.done = failed.n ? (cn_slice){0} : done_of(&d->m);
    v.back = cn_desk_url(d, is.id, "");
    v.action = cn_desk_url(d, is.id, "/statements");
    v.account = cn_url_path(d->m.rq->arena, CN_S("/account"), d->m.language);
    v.page = cn_making_page(&d->m, cn_desk_path(d, is.id, "/statements"),
                            cn_making_text(&d->m, CN_MSG_statements_title, v.heading, (cn_slice){0}));
    cn_tpl_statements(&d->m.out, &v);
    return cn_making_finish(&d->m, status, rs, err);
}

static bool statements(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_desk d;
    cn_desk_start(&d, app, rq);
    return show(&d, (cn_slice){0}, 200, rs, err);
}

/* ---- Giving and withdrawing ---- */

static bool go_on(const cn_desk *d, const char *word, cn_slice statement, cn_response *rs, cn_err *err) {
    cn_slice path;
    return (cn_arena_print(d->m.rq->arena, &path, "%.*s?done=%s&lang=%.*s#%.*s",
                           CN_ARG(cn_desk_path(d, d->id, "/statements")), word,
                           CN_ARG(cn_language_tag(d->m.language)), CN_ARG(statement)) &&
            cn_response_see_other(d->m.rq, rs, path)) ||
           cn_fail_memory(err);
}

static const struct {
    const char *id;
    int status;
    cn_msg message;
} refusals[] = {
    {"attestation.stated", 409, CN_MSG_statements_error_stated},
    {"attestation.name", 400, CN_MSG_statements_error_name},
    {"keys.master", 503, CN_MSG_statements_error_key},
};

static bool refuse(cn_desk *d, cn_response *rs, cn_err *err) {
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
        if (!strcmp(refusals[i].id, err->id))
            return show(d, cn_message(d->m.language, refusals[i].message), refusals[i].status, rs, err);
    return false;
}

static bool state(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_desk d;
    cn_desk_start(&d, app, rq);
    cn_attest what = {.organisation = d.organisation,
                      .by = d.session->person.number,
                      .achievement = d.id,
                      .statement = cn_request_text(rq, CN_S("statement")),
                      .name = d.session->person.name};
    if (!cn_app_attest(rq->arena, d.app, rq->now, &what, err)) return refuse(&d, rs, err);
    return go_on(&d, "stated", what.statement, rs, err);
}

static bool withdraw(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_desk d;
    cn_desk_start(&d, app, rq);
    return cn_app_attestation_withdraw(rq->arena, d.app, rq->now, d.organisation, d.session->person.number, d.id,
                                       cn_request_arg(rq, CN_S("statement")), err) &&
           go_on(&d, "withdrawn", (cn_slice){0}, rs, err);
}

/* The signed statement, for whoever wants to verify it. */
static bool document(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_desk d;
    cn_achievement is;
    cn_attestations all;
    cn_slice id = cn_request_arg(rq, CN_S("statement"));
    cn_desk_start(&d, app, rq);
    if (!cn_app_achievement_get(rq->arena, d.app, d.organisation, d.id, &is, err) ||
        !cn_app_attestations_of(rq->arena, d.app, is.number, &all, err))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        if (!cn_slice_ends(id, CN_S(".json")) || !cn_slice_eq(all.v[i].id, cn_slice_sub(id, 0, id.n - 5)))
            continue;
        rs->media_type = CN_S("application/vc");
        rs->body = all.v[i].document;
        return true;
    }
    return cn_fail(err, CN_NOT_FOUND, "store.none", "There is no such statement.");
}

#define HERE "/organisations/:org/achievements/:achievement/statements"
enum { FORM_MAX = 4 << 10 };
static const cn_route routes[] = {
    {.method = CN_GET, .path = HERE, .handle = statements, .permission = CN_VIEWER},
    {.method = CN_POST,
     .path = HERE,
     .handle = state,
     .permission = CN_DESIGNER,
     .csrf = CN_CSRF_TOKEN,
     .max_body = FORM_MAX},
    {.method = CN_GET, .path = HERE "/:statement", .handle = document, .permission = CN_VIEWER},
    {.method = CN_POST,
     .path = HERE "/:statement/withdraw",
     .handle = withdraw,
     .permission = CN_DESIGNER,
     .csrf = CN_CSRF_TOKEN,
     .max_body = FORM_MAX},
};
const cn_route_group cn_web_statement_routes = {routes, sizeof routes / sizeof *routes};
