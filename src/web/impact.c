/* SPDX-License-Identifier: Apache-2.0
 *
 * What a draft framework would change for an organisation: a pack that is built in, or one that is pasted, beside
 * the one in force. Nothing is kept.
 */
#include "app/impact.h"
#include "web/check.h"
#include "web/messages.h"

#include "base/base.h"

/* ---- Which draft ---- */

static bool read_draft(const cn_desk *d, cn_page_impact *v, const cn_pack **out) {
    cn_err err;
    if (cn_pack_read(d->m.rq->arena, v->text, out, &err)) return true;
    v->wrong =
        cn_making_text(&d->m, CN_MSG_impact_malformed, cn_slice_of(err.where[0] ? err.where : "/"), (cn_slice){0});
    if (!cn_arena_copy(d->m.rq->arena, cn_slice_of(err.detail), &v->detail)) v->detail = (cn_slice){0};
    return false;
}

/* False: there is none, and the page says why where something was sent. */
static bool choose(const cn_desk *d, cn_page_impact *v, const cn_pack **out) {
    cn_slice id = cn_request_arg(d->m.rq, CN_S("pack"));
    cn_err err;
    if (d->m.rq->method == CN_POST && v->text.n) return read_draft(d, v, out);
    if (!id.n) return false;
    if (cn_framework_find(&d->m, id, out, &err)) return true;
    v->wrong = cn_message(d->m.language, CN_MSG_impact_unknown);
    return false;
}

/* ---- Rows ---- */

static bool fill_row(const cn_desk *d, const cn_pack *draft, const cn_impact_row *row, cn_view_impact *out,
                     cn_err *err) {
    cn_desk of = *d;
    of.id = row->achievement;
    bool french = d->m.language == CN_FR;
    *out = (cn_view_impact){.name = french ? row->name.fr : row->name.en,
                            .link = cn_desk_url(d, row->achievement, ""),
                            .version = row->version};
    out->rules.v = CN_NEW_ARRAY(d->m.rq->arena, cn_view_rule, row->n);
    if (!out->rules.v) return cn_fail_memory(err);
    for (; out->rules.n < row->n; out->rules.n++) {
        const cn_rule_result *r = row->fails[out->rules.n];
        cn_view_rule *rule = &out->rules.v[out->rules.n];
        if (!cn_view_rule_fill(&d->m, draft, r->rule, rule, err)) return false;
        rule->outcome_kind = CN_S("fail");
        rule->outcome = cn_words_outcome(&d->m, CN_RULE_FAIL);
        rule->mend = cn_making_text(&d->m, CN_MSG_report_mend, cn_words_field(&d->m, r->field), (cn_slice){0});
        rule->linked = d->may_design && cn_check_mend(&of, r->field, &rule->mend_url);
    }
    return true;
}

static bool add_rows(const cn_desk *d, const cn_pack *draft, cn_page_impact *v, cn_err *err) {
    cn_impact impact;
    cn_impact_ask ask = {d->m.web->packs, draft, v->at, d->organisation};
    if (!cn_app_impact(d->m.rq->arena, d->app, d->m.rq->now, &ask, &impact, err)) return false;
    v->rows = CN_NEW_ARRAY(d->m.rq->arena, cn_view_impact, impact.n);
    if (!v->rows) return cn_fail_memory(err);
    for (; v->rows_n < impact.n; v->rows_n++)
        if (!fill_row(d, draft, &impact.v[v->rows_n], &v->rows[v->rows_n], err)) return false;
    v->checked = true;
    v->published = impact.checked;
    v->draft = cn_words_of(&d->m, draft->title);
    v->itself = impact.current == draft;
    if (impact.current) v->current = cn_words_of(&d->m, impact.current->title);
    return true;
}

/* ---- The page ---- */

static bool impact(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_desk d;
    const cn_pack *draft;
    cn_slice path;
    bool posted = rq->method == CN_POST;
    cn_desk_start(&d, app, rq);
    cn_slice at = posted ? cn_request_text(rq, CN_S("at")) : cn_request_arg(rq, CN_S("at"));
    cn_page_impact v = {.at = cn_rules_is_date(at) ? at : cn_framework_today(rq),
                        .text = posted ? cn_request_text(rq, CN_S("draft")) : (cn_slice){0}};
    if (!cn_framework_choices(&d.m, cn_request_arg(rq, CN_S("pack")), &v.packs, err)) return false;
    if (at.n && !cn_rules_is_date(at)) v.wrong = cn_message(d.m.language, CN_MSG_report_no_date);
    else if (choose(&d, &v, &draft) && !add_rows(&d, draft, &v, err)) return false;
    if (!cn_arena_print(rq->arena, &path, "/organisations/%.*s/frameworks/impact",
                        CN_ARG(d.session->organisation.id)))
        return cn_fail_memory(err);
    v.organisation = d.organisation_name;
    v.back = cn_desk_url(&d, (cn_slice){0}, "");
    v.action = cn_url_path(rq->arena, path, d.m.language);
    v.page = cn_making_page(&d.m, path, cn_message(d.m.language, CN_MSG_impact_title));
    v.page.wrong = v.wrong.n;
    cn_tpl_impact(&d.m.out, &v);
    return cn_making_finish(&d.m, v.wrong.n ? 400 : 200, rs, err);
}

#define HERE "/organisations/:org/frameworks/impact"
enum { DRAFT_MAX = 1 << 20 };
static const cn_route routes[] = {
    {.method = CN_GET, .path = HERE, .handle = impact, .permission = CN_VIEWER},
    {.method = CN_POST,
     .path = HERE,
     .handle = impact,
     .permission = CN_VIEWER,
     .csrf = CN_CSRF_TOKEN,
     .changes_nothing = true,
     .max_body = DRAFT_MAX},
};
const cn_route_group cn_web_impact_routes = {routes, sizeof routes / sizeof *routes};
