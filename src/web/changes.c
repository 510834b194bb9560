/* SPDX-License-Identifier: Apache-2.0
 *
 * What changed in an achievement from one version to another, or to its draft, or to what was submitted: field by
 * field, what was added and removed marked as such.
 */
#include "web/messages.h"
#include "web/reviews.h"

#include "base/base.h"

/* Two drafts to be compared. */
typedef struct comparing {
    cn_draft before, after;
    cn_slice heading;
} comparing;

static cn_slice number_text(const cn_making *m, uint64_t number) {
    cn_slice text;
    return cn_arena_print(m->rq->arena, &text, "%llu", (unsigned long long)number) ? text : CN_S("");
}

static cn_draft draft_of(const cn_version *v) {
    return (cn_draft){.en = v->en, .fr = v->fr, .valid_months = v->valid_months, .design = v->design};
}

/* "name.en" is changes-field.name.en. */
static cn_slice label_of(const cn_making *m, const cn_change *c) {
    cn_msg message;
    if (c->label.en.n) return m->language == CN_FR ? c->label.fr : c->label.en;
    bool known = cn_message_find(CN_MSG_FAMILY("changes-field"), c->field, NULL, &message);
    assert(known);
    return cn_message(m->language, message);
}

/* What a design says is in both languages, or in none. */
static cn_slice language_of(const cn_making *m, const cn_change *c) {
    bool text = !c->label.en.n;
    if (text && cn_slice_ends(c->field, CN_S(".en"))) return cn_language_tag(CN_EN);
    if (text && cn_slice_ends(c->field, CN_S(".fr"))) return cn_language_tag(CN_FR);
    return cn_language_tag(m->language);
}

/* The parts as they may be printed. */
static bool fill(const cn_making *m, const cn_change *c, cn_view_change *out, cn_err *err) {
    cn_hidden h = {.arena = m->rq->arena};
    cn_change_part *v = CN_NEW_ARRAY(m->rq->arena, cn_change_part, c->n);
    if (!v) return cn_fail_memory(err);
    for (size_t i = 0; i < c->n; i++) v[i] = (cn_change_part){c->v[i].kind, cn_hidden_show(&h, c->v[i].text)};
    *out = (cn_view_change){.label = label_of(m, c), .language = language_of(m, c), .v = v, .n = c->n};
    return true;
}

static bool show(cn_making *m, const comparing *k, cn_url back, cn_response *rs, cn_err *err) {
    cn_arena *a = m->rq->arena;
    cn_page_changes v = {.back = back, .heading = k->heading};
    cn_change *all;
    size_t n;
    if (!cn_app_changes(a, &k->before, &k->after, &all, &n, err)) return false;
    v.v = CN_NEW_ARRAY(a, cn_view_change, n);
    if (!v.v) return cn_fail_memory(err);
    for (; v.n < n; v.n++)
        if (!fill(m, &all[v.n], &v.v[v.n], err)) return false;
    v.name = cn_achievement_name(&k->after, m->language, &v.name_language);
    v.page = cn_making_page(m, m->rq->path, cn_making_text(m, CN_MSG_changes_title, v.name, (cn_slice){0}));
    cn_tpl_changes(&m->out, &v);
    return cn_making_finish(m, 200, rs, err);
}

/* The version that an argument names; 0 where it is left out, which is the draft. */
static bool read_version(const cn_request *rq, const char *name, uint64_t *out, cn_err *err) {
    cn_slice typed = cn_request_arg(rq, cn_slice_of(name));
    *out = 0;
    return !typed.n || (cn_slice_to_u64(typed, INT32_MAX, out) && *out) ||
           cn_fail(err, CN_NOT_FOUND, "store.none", "There is no such version.");
}

static bool version_of(const cn_desk *d, uint64_t number, cn_draft *out, cn_err *err) {
    cn_version version;
    if (!cn_app_version_of(d->m.rq->arena, d->app, d->id, (int)number, &version, err)) return false;
    *out = draft_of(&version);
    return true;
}

bool cn_web_achievement_changes(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_desk d;
    cn_achievement is;
    comparing k = {0};
    uint64_t from, to;
    cn_desk_start(&d, app, rq);
    if (!cn_app_achievement_get(rq->arena, d.app, d.organisation, d.id, &is, err) ||
        !read_version(rq, "from", &from, err) || !read_version(rq, "to", &to, err))
        return false;
    if (!from) from = (uint64_t)is.version;
    if (!version_of(&d, from, &k.before, err)) return false;
    k.after = is.draft;
    if (to && !version_of(&d, to, &k.after, err)) return false;
    k.heading = cn_making_text(&d.m, to ? CN_MSG_changes_versions : CN_MSG_changes_draft, number_text(&d.m, from),
                               number_text(&d.m, to));
    return show(&d.m, &k, cn_desk_url(&d, is.id, ""), rs, err);
}

bool cn_web_review_changes(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    const cn_session *s = cn_web_session(rq);
    cn_making m;
    cn_achievement is;
    cn_flow flow;
    cn_version version;
    comparing k = {0};
    cn_slice back, id = cn_request_arg(rq, CN_S("achievement"));
    cn_making_start(&m, app, rq);
    if (!cn_app_review_get(rq->arena, m.web->app, rq->now, s->organisation.number, id, &is, &flow, err) ||
        !cn_app_version_of(rq->arena, m.web->app, id, 0, &version, err))
        return false;
    k.before = draft_of(&version);
    k.after = is.draft;
    if (flow.document.n && !cn_app_flow_submitted(rq->arena, &flow, &k.after, err)) return false;
    if (!cn_arena_print(rq->arena, &back, "/organisations/%.*s/reviews/%.*s", CN_ARG(s->organisation.id),
                        CN_ARG(id)))
        return cn_fail_memory(err);
    k.heading =
        cn_making_text(&m, CN_MSG_changes_submitted, number_text(&m, (uint64_t)version.version), (cn_slice){0});
    return show(&m, &k, cn_url_path(rq->arena, back, m.language), rs, err);
}
