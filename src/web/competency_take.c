/* SPDX-License-Identifier: Apache-2.0
 *
 * Single competencies of another achievement, for a draft that is there: looked at by the other's address, chosen,
 * taken. A part of the page where competencies are picked.
 */
#include "web/competencies.h"
#include "web/messages.h"
#include "web/reuse.h"

#include "base/base.h"

/* ---- Which achievement ---- */

static cn_slice until(cn_slice text, cn_slice ends) {
    for (size_t i = 0; i < text.n; i++)
        if (cn_slice_find_byte(ends, text.p[i]) != SIZE_MAX) return cn_slice_sub(text, 0, i);
    return text;
}

/* What follows `before` in the address, up to the next part of it; empty where it is not there. */
static cn_slice part_of(cn_slice address, cn_slice before) {
    size_t at = cn_slice_find(address, before);
    return at == SIZE_MAX ? (cn_slice){0} : until(cn_slice_from(address, at + before.n), CN_S("/?#."));
}

/* An address of this server's, or an id alone. */
static bool read_address(const cn_making *m, cn_slice typed, cn_slice *id, int *version) {
    cn_slice text = cn_slice_trim(typed);
    uint64_t number = 0;
    bool whole = cn_slice_find(text, CN_S("/")) != SIZE_MAX;
    bool ours = cn_slice_starts(text, m->web->origin) || cn_slice_starts(text, CN_S("/"));
    if (whole && !ours) return false;
    *id = whole ? part_of(text, CN_S("/achievements/")) : text;
    cn_slice typed_version = part_of(text, CN_S("/versions/"));
    if (typed_version.n && !cn_slice_to_u64(typed_version, INT32_MAX, &number)) return false;
    *version = (int)number;
    return id->n > 0;
}

static bool find(const cn_desk *d, cn_slice typed, cn_version *out, bool *found, cn_err *err) {
    cn_slice id;
    int version;
    *found = read_address(&d->m, typed, &id, &version);
    if (!*found) return true;
    *found = cn_app_reuse_find(d->m.rq->arena, d->app, d->m.rq->now, d->organisation, id, version, out, err);
    return *found || err->code == CN_NOT_FOUND;
}

/* ---- The page's part ---- */

cn_view_design_competency cn_view_competency_at(const cn_making *m, const cn_json *competencies, size_t place) {
    cn_hidden h = {.arena = m->rq->arena};
    const cn_json *one = cn_json_item(competencies, place), *label = cn_json_get(one, CN_S("label"));
    cn_language other = m->language == CN_FR ? CN_EN : CN_FR;
    cn_slice own = cn_json_get_text(label, cn_language_tag(m->language));
    return (cn_view_design_competency){
        .label = cn_hidden_show(&h, own.n ? own : cn_json_get_text(label, cn_language_tag(other))),
        .language = cn_language_tag(own.n ? m->language : other),
        .framework = cn_hidden_show(&h, cn_json_get_text(one, CN_S("framework"))),
        .code = cn_hidden_show(&h, cn_json_get_text(one, CN_S("code"))),
        .place = place};
}

static bool add_all(const cn_making *m, const cn_json *all, const cn_json *there, cn_view_take *out, cn_err *err) {
    const cn_json *own = cn_json_get(there, CN_SOURCE_COMPETENCIES);
    out->v = CN_NEW_ARRAY(m->rq->arena, cn_view_design_competency, cn_json_count(all));
    if (!out->v) return cn_fail_memory(err);
    for (; out->n < cn_json_count(all); out->n++) {
        cn_view_design_competency *v = &out->v[out->n];
        cn_slice key = cn_source_key(cn_json_item(all, out->n));
        *v = cn_view_competency_at(m, all, out->n);
        for (size_t i = 0; i < cn_json_count(own); i++)
            v->chosen = v->chosen || cn_slice_eq(cn_source_key(cn_json_item(own, i)), key);
        out->free += !v->chosen;
    }
    return true;
}

static bool add_version(const cn_desk *d, const cn_achievement *is, const cn_version *from, cn_view_take *out,
                        cn_err *err) {
    const cn_making *m = &d->m;
    const cn_draft draft = {.en = from->en, .fr = from->fr};
    cn_licence licence = cn_reuse_licence(m->rq->arena, from);
    bool own = from->organisation == d->organisation;
    cn_organisation owner;
    if (!cn_app_organisation_get(m->rq->arena, d->app, from->organisation, &owner, err)) return false;
    cn_slice whose = m->language == CN_FR ? owner.name.fr : owner.name.en;
    out->found = true;
    out->id = from->achievement_id;
    out->version = (unsigned long long)from->version;
    out->name = cn_achievement_name(&draft, m->language, &out->name_language);
    out->by = cn_words_whose(m, whose, from->version);
    out->unsure = !own && !licence.name.n;
    if (!own && !cn_view_licence_fill(m, &licence, whose, &out->licence, err)) return false;
    if (!own && licence.closed) return true;
    return add_all(m, cn_json_get(from->design, CN_SOURCE_COMPETENCIES), is->draft.design, out, err);
}

bool cn_view_take_fill(const cn_desk *d, const cn_achievement *is, cn_slice path, cn_view_take *out, cn_err *err) {
    const cn_request *rq = d->m.rq;
    cn_slice posted = cn_request_text(rq, CN_S("from")),
             typed = posted.n ? posted : cn_request_arg(rq, CN_S("from"));
    cn_hidden h = {.arena = rq->arena};
    cn_version from;
    bool found = false;
    out->look = cn_url_path(d->m.rq->arena, path, d->m.language);
    out->take = cn_desk_url(d, is->id, "/competencies/take");
    out->tag = cn_language_tag(d->m.language);
    out->csrf = d->session->csrf;
    out->seen = is->seen;
    if (!typed.n) return true;
    out->from = cn_hidden_show(&h, typed);
    if (!find(d, typed, &from, &found, err)) return false;
    if (!found) return out->error = cn_message(d->m.language, CN_MSG_take_error_none), true;
    return add_version(d, is, &from, out, err);
}

/* The page's own address with what was asked here. */
cn_slice cn_take_path(const cn_making *m, cn_slice path, const cn_view_take *take) {
    cn_buf b = cn_buf_on(m->rq->arena, 8192);
    cn_buf_add(&b, path);
    cn_buf_add(&b, CN_S("?from="));
    cn_url_escape(&b, take->from);
    return cn_buf_ok(&b) ? cn_buf_slice(&b) : path;
}

/* ---- Taken ---- */

/* Those that were ticked, by their places. */
static bool read_places(const cn_making *m, size_t most, size_t **out, size_t *n, cn_err *err) {
    size_t *places = CN_NEW_ARRAY(m->rq->arena, size_t, most);
    if (!places) return cn_fail_memory(err);
    *n = 0;
    for (size_t i = 0; i < most; i++) {
        cn_slice name;
        if (!cn_arena_print(m->rq->arena, &name, "place-%zu", i)) return cn_fail_memory(err);
        if (cn_request_text(m->rq, name).n) places[(*n)++] = i;
    }
    *out = places;
    return *n || cn_fail(err, CN_INVALID, "take.none", "no competency is chosen.");
}

static bool find_posted(const cn_desk *d, cn_version *out, cn_err *err) {
    uint64_t version;
    const cn_request *rq = d->m.rq;
    if (!cn_slice_to_u64(cn_request_text(rq, CN_S("version")), INT32_MAX, &version) || !version)
        return cn_fail(err, CN_NOT_FOUND, "store.none", "There is no such version of an achievement.");
    return cn_app_reuse_find(rq->arena, d->app, rq->now, d->organisation, cn_request_text(rq, CN_S("from")),
                             (int)version, out, err);
}

bool cn_competency_take(const cn_desk *d, cn_err *err) {
    const cn_request *rq = d->m.rq;
    cn_version from;
    size_t *places, n;
    if (!find_posted(d, &from, err)) return false;
    size_t most = cn_json_count(cn_json_get(from.design, CN_SOURCE_COMPETENCIES));
    if (!read_places(&d->m, most, &places, &n, err)) return false;
    cn_reuse how = {.organisation = d->organisation,
                    .by = d->session->person.number,
                    .from = &from,
                    .sure = cn_request_text(rq, CN_S("sure")).n > 0};
    cn_reuse_take what = {.id = d->id, .seen = cn_request_text(rq, CN_S("seen")), .places = places, .n = n};
    return cn_app_reuse_take(rq->arena, d->app, rq->now, &how, &what, err);
}
