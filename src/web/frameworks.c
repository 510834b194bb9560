/* SPDX-License-Identifier: Apache-2.0
 *
 * /frameworks: the packs of rules, by jurisdiction, and the rules of each.
 */
#include "web/frameworks.h"
#include "web/messages.h"

#include "base/base.h"

static cn_slice label(const cn_making *m, cn_msg message) {
    return cn_message(m->language, message);
}

static cn_url at(const cn_making *m, const char *path) {
    return cn_url_path(m->rq->arena, cn_slice_of(path), m->language);
}

/* ---- All of them ---- */

static cn_view_packs *group_of(cn_page_frameworks *v, cn_slice jurisdiction) {
    size_t i = 0;
    while (i < v->n && !cn_slice_eq(v->v[i].jurisdiction, jurisdiction)) i++;
    if (i == v->n) v->v[v->n++].jurisdiction = jurisdiction;
    return &v->v[i];
}

/* Those of Canada, or all others. */
static bool add_packs(const cn_making *m, cn_page_frameworks *v, bool canada, cn_err *err) {
    const cn_packs *packs = m->web->packs;
    cn_slice today = cn_framework_today(m->rq);
    for (size_t i = 0; i < packs->n; i++) {
        const cn_pack *p = packs->v[i];
        if (cn_slice_starts(p->jurisdiction, CN_S("CA")) != canada) continue;
        cn_view_packs *group = group_of(v, cn_words_jurisdiction(m, p->jurisdiction));
        if (!group->v) group->v = CN_NEW_ARRAY(m->rq->arena, cn_view_pack, packs->n);
        if (!group->v) return cn_fail_memory(err);
        group->v[group->n++] = cn_words_pack(m, p, today);
        v->rules += p->rules_n;
    }
    return true;
}

static bool list(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_making_start(&m, app, rq);
    cn_page_frameworks v = {.page = cn_making_page(&m, CN_S("/frameworks"), label(&m, CN_MSG_frameworks_title)),
                            .compare = at(&m, "/frameworks/compare"),
                            .core = at(&m, "/frameworks/core"),
                            .convert = at(&m, "/frameworks/convert"),
                            .self_check = at(&m, "/self-check"),
                            .packs = m.web->packs->n};
    v.v = CN_NEW_ARRAY(rq->arena, cn_view_packs, m.web->packs->n);
    if (!v.v) return cn_fail_memory(err);
    if (!add_packs(&m, &v, true, err) || !add_packs(&m, &v, false, err)) return false;
    cn_tpl_frameworks(&m.out, &v);
    return cn_making_finish(&m, 200, rs, err);
}

/* ---- One of them ---- */

static bool add_rules(const cn_making *m, const cn_pack *pack, cn_page_framework *v, cn_err *err) {
    v->rules.v = CN_NEW_ARRAY(m->rq->arena, cn_view_rule, pack->rules_n);
    if (!v->rules.v) return cn_fail_memory(err);
    for (; v->rules.n < pack->rules_n; v->rules.n++) {
        if (!cn_view_rule_fill(m, pack, &pack->rules[v->rules.n], &v->rules.v[v->rules.n], err)) return false;
        v->unconfirmed |= v->rules.v[v->rules.n].unconfirmed;
    }
    return true;
}

static bool add_sources(const cn_making *m, const cn_pack *pack, cn_page_framework *v, cn_err *err) {
    size_t n = cn_json_count(pack->sources);
    v->sources = CN_NEW_ARRAY(m->rq->arena, cn_view_source, n);
    if (!v->sources) return cn_fail_memory(err);
    for (; v->sources_n < n; v->sources_n++)
        v->sources[v->sources_n] = cn_words_source(m, cn_json_text(pack->sources->object.v[v->sources_n].value));
    return true;
}

static bool one(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    const cn_pack *pack;
    cn_view_pack words;
    cn_msg meaning;
    cn_slice path;
    cn_making_start(&m, app, rq);
    if (!cn_framework_find(&m, cn_request_arg(rq, CN_S("id")), &pack, err)) return false;
    words = cn_words_pack(&m, pack, cn_framework_today(rq));
    cn_page_framework v = {.title = words.title,
                           .back = at(&m, "/frameworks"),
                           .jurisdiction = cn_words_jurisdiction(&m, pack->jurisdiction),
                           .status = words.status,
                           .when = words.when,
                           .note = cn_words_of(&m, pack->note)};
    if (cn_message_find(CN_MSG_FAMILY("pack-status"), pack->status, "meaning", &meaning))
        v.meaning = label(&m, meaning);
    if (!add_rules(&m, pack, &v, err) || !add_sources(&m, pack, &v, err)) return false;
    if (!cn_arena_print(rq->arena, &path, "/frameworks/compare?a=%.*s", CN_ARG(pack->id)))
        return cn_fail_memory(err);
    v.compare = cn_url_path(rq->arena, path, m.language);
    if (!cn_arena_print(rq->arena, &path, "/frameworks/%.*s", CN_ARG(pack->id))) return cn_fail_memory(err);
    v.page = cn_making_page(&m, path, cn_making_text(&m, CN_MSG_frameworks_one_title, v.title, (cn_slice){0}));
    cn_tpl_framework(&m.out, &v);
    return cn_making_finish(&m, 200, rs, err);
}

static const cn_route routes[] = {
    {.method = CN_GET, .path = "/frameworks", .handle = list},
    {.method = CN_GET, .path = "/frameworks/compare", .handle = cn_web_compare},
    {.method = CN_GET, .path = "/frameworks/core", .handle = cn_web_core},
    {.method = CN_GET, .path = "/frameworks/convert", .handle = cn_web_convert},
    {.method = CN_GET, .path = "/frameworks/:id", .handle = one},
};
const cn_route_group cn_web_framework_routes = {routes, sizeof routes / sizeof *routes};
