/* SPDX-License-Identifier: Apache-2.0
 *
 * An achievement's draft, or a version of it, held against frameworks: how each came out, and of one of them every
 * rule, with what there is to mend and where. What is published is not mended: the next version is.
 */
#include "web/check.h"
#include "app/design.h"
#include "app/record.h"
#include "web/design.h"
#include "web/messages.h"

#include "base/base.h"

/* ---- The record, and where its fields are mended ---- */

bool cn_check_record(const cn_desk *d, const cn_achievement *is, const cn_json **out, cn_err *err) {
    return cn_app_record(d->m.rq->arena, d->app, d->m.rq->now, &d->session->organisation, is, out, err);
}

/* What is no field of the design, or stands in it: the page behind the achievement's (or, with "@", behind the
 * organisation's), and its part; where that ends with "#", the rest of the path is the part. */
static const struct {
    cn_slice field;
    const char *page;
} elsewhere[] = {
    {CN_S_INIT("offering.title"), "/edit#name-en"},
    {CN_S_INIT("offering.description"), "/edit#description-en"},
    {CN_S_INIT("offering.learning_outcomes"), "/edit#outcomes-en"},
    {CN_S_INIT("offering.issuer.name"), "@/edit#name-en"},
    {CN_S_INIT("offering.issuer"), "@/profile#"},
    {CN_S_INIT("offering.awarding_body"), "@/edit#name-en"},
    {CN_S_INIT("offering.endorsements"), "/endorsements#ask"},
    {CN_S_INIT("offering.approval"), "#flow"},
    {CN_S_INIT("offering.price"), "/offerings#price"},
};

/* "offering.issuer.country" is within "offering.issuer"; "offering.title_names_entity" not in "offering.title". */
static bool is_within(cn_slice path, cn_slice outer) {
    return cn_slice_starts(path, outer) && (path.n == outer.n || path.p[outer.n] == '.');
}

static cn_url with_part(const cn_desk *d, cn_url page, cn_slice part) {
    cn_slice whole;
    return cn_arena_print(d->m.rq->arena, &whole, "%.*s#%.*s", CN_ARG(page.text), CN_ARG(part)) ? (cn_url){whole}
                                                                                                : page;
}

/* `rest`: the part where the page names none. */
static cn_url page_with(const cn_desk *d, const char *page, cn_slice rest) {
    cn_slice path, part, own = cn_slice_of(page), text = {0};
    bool of_organisation = own.n && own.p[0] == '@';
    (void)cn_slice_cut(of_organisation ? cn_slice_from(own, 1) : own, '#', &path, &part);
    bool fits = of_organisation ? cn_arena_print(d->m.rq->arena, &text, "/organisations/%.*s%.*s",
                                                 CN_ARG(d->session->organisation.id), CN_ARG(path))
                                : cn_arena_print(d->m.rq->arena, &text, "%.*s%.*s",
                                                 CN_ARG(cn_desk_path(d, d->id, "")), CN_ARG(path));
    cn_url url = cn_url_path(d->m.rq->arena, fits ? text : (cn_slice){0}, d->m.language);
    if (!part.n) part = rest;
    return part.n ? with_part(d, url, part) : url;
}

static cn_url page_of(const cn_desk *d, const char *page) {
    return page_with(d, page, (cn_slice){0});
}

bool cn_check_mend(const cn_desk *d, cn_slice field, cn_url *out) {
    static const cn_slice stated = CN_S_INIT("attestations.");
    if (cn_slice_starts(field, stated))
        return *out = with_part(d, page_of(d, "/statements"), cn_slice_from(field, stated.n)), true;
    for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++)
        if (is_within(field, elsewhere[i].field))
            return *out = page_with(d, elsewhere[i].page, cn_slice_from(field, elsewhere[i].field.n + 1)), true;
    const cn_blank *of_design = cn_design_field(field);
    if (!of_design) return false;
    *out = with_part(d, cn_design_section_url(d, (cn_design_section)of_design->section), of_design->path);
    return true;
}

/* ---- How a framework came out ---- */

/* What is held against the rules. */
typedef struct held {
    const cn_desk *d;
    const cn_json *record;
    cn_slice day;
    int version; /* 0: the draft */
} held;

static cn_url check_url(const held *h, cn_slice pack) {
    const cn_desk *d = h->d;
    cn_slice path, page = cn_desk_path(d, d->id, "/check");
    bool fits = h->version ? cn_arena_print(d->m.rq->arena, &path, "%.*s?version=%d&pack=%.*s", CN_ARG(page),
                                            h->version, CN_ARG(pack))
                           : cn_arena_print(d->m.rq->arena, &path, "%.*s?pack=%.*s", CN_ARG(page), CN_ARG(pack));
    return cn_url_path(d->m.rq->arena, fits ? path : (cn_slice){0}, d->m.language);
}

/* The bar's parts: fails first, then what is to be stated, what passes, what does not apply. */
static void cut_bar(cn_view_tally *t) {
    static const cn_rule_outcome order[] = {CN_RULE_FAIL, CN_RULE_ATTEST, CN_RULE_PASS, CN_RULE_SKIP};
    unsigned long long all = 0, before = 0;
    for (size_t i = 0; i < 4; i++) all += t->counts[i];
    for (size_t i = 0; i < 4 && all; i++) {
        cn_rule_outcome o = order[i];
        t->from[o] = before * 100 / all;
        before += t->counts[o];
        t->width[o] = before * 100 / all - t->from[o];
    }
}

static void tally(const held *h, const cn_pack *pack, const cn_rule_result *results, cn_view_tally *out) {
    *out = (cn_view_tally){.title = cn_words_of(&h->d->m, pack->title), .link = check_url(h, pack->id)};
    for (size_t i = 0; i < pack->rules_n; i++)
        if (cn_rule_of_achievement(results[i].rule) && results[i].rule->enforced)
            out->counts[results[i].outcome]++;
    cut_bar(out);
}

static bool is_at_home(const cn_pack *pack) {
    return cn_slice_starts(pack->jurisdiction, CN_S("CA"));
}

/* Those of the packs in force that `wanted` lets through, Canada's before others. */
static bool tallies(const held *h, bool (*wanted)(const void *self, const cn_pack *pack), const void *self,
                    cn_view_tally **out, size_t *n, cn_err *err) {
    const cn_packs *packs = h->d->m.web->packs;
    cn_arena *a = h->d->m.rq->arena;
    *n = 0;
    *out = CN_NEW_ARRAY(a, cn_view_tally, packs->n);
    if (!*out) return cn_fail_memory(err);
    for (int home = 1; home >= 0; home--)
        for (size_t i = 0; i < packs->n; i++) {
            const cn_rule_result *results;
            const cn_pack *pack = packs->v[i];
            if (is_at_home(pack) != (home == 1)) continue;
            if (!cn_framework_current(pack, h->day) || !wanted(self, pack)) continue;
            if (!cn_pack_check(a, pack, h->record, h->day, &results, err)) return false;
            tally(h, pack, results, &(*out)[(*n)++]);
        }
    return true;
}

static bool any(const void *self, const cn_pack *pack) {
    (void)self, (void)pack;
    return true;
}

static bool is_chosen(const void *self, const cn_pack *pack) {
    const cn_json *families = self;
    for (size_t i = 0; i < cn_json_count(families); i++)
        if (cn_json_is_string(cn_json_item(families, i), pack->family)) return true;
    return !cn_json_count(families) && cn_slice_eq(pack->family, CN_DESIGN_USUAL);
}

bool cn_view_report_fill(const cn_desk *d, const cn_achievement *is, cn_view_report *out, cn_err *err) {
    cn_desk of = *d;
    held h = {.d = &of, .day = cn_framework_today(d->m.rq)};
    of.id = is->id;
    *out = (cn_view_report){.all = cn_desk_url(d, is->id, "/check"),
                            .statements = cn_desk_url(d, is->id, "/statements")};
    return cn_check_record(d, is, &h.record, err) &&
           tallies(&h, is_chosen, cn_json_get(is->draft.design, CN_S("frameworks")), &out->v, &out->n, err);
}

/* ---- One framework, rule by rule ---- */

static bool add_rule(const held *h, const cn_pack *pack, const cn_rule_result *r, cn_page_check *v, cn_err *err) {
    const cn_desk *d = h->d;
    cn_view_rule *out = &v->rules.v[v->rules.n];
    bool to_mend = r->outcome == CN_RULE_FAIL || r->outcome == CN_RULE_ATTEST;
    if (v->open && !to_mend) return v->hidden++, true;
    if (!cn_view_rule_fill(&d->m, pack, r->rule, out, err)) return false;
    out->outcome_kind = cn_slice_of(cn_rule_outcome_name(r->outcome));
    out->outcome = cn_words_outcome(&d->m, r->outcome);
    if (to_mend) {
        bool stated = r->outcome == CN_RULE_ATTEST;
        out->mend = cn_making_text(&d->m, stated ? CN_MSG_report_state : CN_MSG_report_mend,
                                   cn_words_field(&d->m, r->field), (cn_slice){0});
        out->linked = d->may_design && !h->version && cn_check_mend(d, r->field, &out->mend_url);
    }
    v->rules.n++;
    return true;
}

static bool add_rules(const held *h, const cn_pack *pack, const cn_rule_result *results, cn_page_check *v,
                      cn_err *err) {
    static const cn_rule_outcome order[] = {CN_RULE_FAIL, CN_RULE_ATTEST, CN_RULE_PASS, CN_RULE_SKIP};
    v->rules.v = CN_NEW_ARRAY(h->d->m.rq->arena, cn_view_rule, pack->rules_n);
    if (!v->rules.v) return cn_fail_memory(err);
    for (size_t k = 0; k < 4; k++)
        for (size_t i = 0; i < pack->rules_n; i++)
            if (results[i].outcome == order[k] && cn_rule_of_achievement(results[i].rule) &&
                !add_rule(h, pack, &results[i], v, err))
                return false;
    for (size_t i = 0; i < pack->rules_n; i++) v->elsewhere += !cn_rule_of_achievement(results[i].rule);
    return true;
}

static bool check_one(const held *h, cn_slice id, cn_page_check *v, cn_err *err) {
    const cn_desk *d = h->d;
    const cn_pack *pack;
    const cn_rule_result *results;
    if (!cn_framework_find(&d->m, id, &pack, err)) return false;
    v->pack = cn_words_pack(&d->m, pack, h->day);
    if (!cn_pack_in_force(pack, h->day)) {
        v->wrong = cn_making_text(&d->m, CN_MSG_report_not_in_force, v->pack.title, v->pack.when);
        return true;
    }
    if (!cn_pack_check(d->m.rq->arena, pack, h->record, h->day, &results, err)) return false;
    tally(h, pack, results, &v->tally);
    v->one = true;
    return add_rules(h, pack, results, v, err);
}

/* ---- The draft, or a version ---- */

static bool read_version(const cn_request *rq, int *out, cn_err *err) {
    cn_slice typed = cn_request_arg(rq, CN_S("version"));
    uint64_t number = 0;
    if (typed.n && !cn_slice_to_u64(typed, INT32_MAX, &number))
        return cn_fail(err, CN_NOT_FOUND, "store.none", "There is no such version.");
    *out = (int)number;
    return true;
}

static bool hold(held *h, const cn_achievement *is, cn_page_check *v, cn_err *err) {
    const cn_desk *d = h->d;
    cn_version version;
    if (!h->version) return cn_check_record(d, is, &h->record, err);
    if (!cn_app_version_of(d->m.rq->arena, d->app, is->id, h->version, &version, err)) return false;
    v->about =
        cn_making_text(&d->m, CN_MSG_report_version, cn_making_number(&d->m, (unsigned long long)h->version),
                       cn_words_date(&d->m, version.published_at, false));
    return cn_app_record_version(d->m.rq->arena, d->app, d->m.rq->now, &d->session->organisation, &version,
                                 &h->record, err);
}

/* What can be checked: the draft, then the versions, the latest first. */
static bool add_versions(const held *h, const cn_achievement *is, cn_view_picks *out, cn_err *err) {
    const cn_making *m = &h->d->m;
    out->v = CN_NEW_ARRAY(m->rq->arena, cn_view_pick, (size_t)is->version + 1);
    if (!out->v) return cn_fail_memory(err);
    for (int version = is->version; is->version && version >= 0; version--) {
        cn_slice number = cn_making_number(m, (unsigned long long)version);
        cn_view_pick *pick = &out->v[version ? is->version - version + 1 : 0];
        *pick = (cn_view_pick){.chosen = version == h->version};
        pick->value = version ? number : (cn_slice){0};
        pick->text = version ? cn_making_text(m, CN_MSG_report_of_version, number, (cn_slice){0})
                             : cn_message(m->language, CN_MSG_report_of_draft);
        out->n++;
    }
    return true;
}

/* ---- The page ---- */

/* The page's own address, with what was asked. */
static cn_slice own_path(const held *h, const cn_page_check *v, cn_slice pack) {
    const cn_desk *d = h->d;
    cn_buf b = cn_buf_on(d->m.rq->arena, 0);
    cn_buf_print(&b, "%.*s?at=", CN_ARG(cn_desk_path(d, d->id, "/check")));
    cn_url_escape(&b, v->at);
    cn_buf_print(&b, "&pack=");
    cn_url_escape(&b, pack);
    if (h->version) cn_buf_print(&b, "&version=%d", h->version);
    if (v->open) cn_buf_add(&b, CN_S("&show=open"));
    return cn_buf_ok(&b) ? cn_buf_slice(&b) : cn_desk_path(d, d->id, "/check");
}

static bool check(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_desk d;
    held h = {.d = &d};
    cn_achievement is;
    cn_slice pack = cn_request_arg(rq, CN_S("pack")), at = cn_request_arg(rq, CN_S("at"));
    cn_desk_start(&d, app, rq);
    h.day = cn_rules_is_date(at) ? at : cn_framework_today(rq);
    cn_page_check v = {.at = h.day, .open = cn_slice_eq(cn_request_arg(rq, CN_S("show")), CN_S("open"))};
    if (!read_version(rq, &h.version, err) ||
        !cn_app_achievement_get(rq->arena, d.app, d.organisation, d.id, &is, err) || !hold(&h, &is, &v, err) ||
        !add_versions(&h, &is, &v.versions, err) || !cn_framework_choices(&d.m, pack, &v.packs, err))
        return false;
    if (at.n && !cn_rules_is_date(at)) v.wrong = cn_message(d.m.language, CN_MSG_report_no_date);
    else if (pack.n && !check_one(&h, pack, &v, err)) return false;
    if (!v.one && !tallies(&h, any, NULL, &v.tallies, &v.tallies_n, err)) return false;
    v.heading = cn_achievement_name(&is.draft, d.m.language, &v.heading_language);
    v.back = cn_desk_url(&d, is.id, "");
    v.action = cn_desk_url(&d, is.id, "/check");
    v.statements = cn_desk_url(&d, is.id, "/statements");
    v.impact = page_of(&d, "@/frameworks/impact");
    v.self_check = cn_url_path(rq->arena, CN_S("/self-check"), d.m.language);
    v.page = cn_making_page(&d.m, own_path(&h, &v, pack),
                            cn_making_text(&d.m, CN_MSG_report_title, v.heading, (cn_slice){0}));
    cn_tpl_check_page(&d.m.out, &v);
    return cn_making_finish(&d.m, 200, rs, err);
}

#define HERE "/organisations/:org/achievements/:achievement"
static const cn_route routes[] = {
    {.method = CN_GET, .path = HERE "/check", .handle = check, .permission = CN_VIEWER},
};
const cn_route_group cn_web_check_routes = {routes, sizeof routes / sizeof *routes};
