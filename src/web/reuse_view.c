/* SPDX-License-Identifier: Apache-2.0
 *
 * Where an achievement comes from, what was made from it, and what its licence allows, in words.
 */
#include "web/messages.h"
#include "web/reuse.h"

#include "base/base.h"

enum { SHOWN = 20 };

static cn_slice shown(const cn_making *m, cn_slice text) {
    return cn_hidden_show(&(cn_hidden){.arena = m->rq->arena}, text);
}

/* In the page's language, or in the other. */
static cn_slice said(const cn_making *m, const cn_json *both) {
    cn_slice own = cn_json_get_text(both, cn_language_tag(m->language));
    cn_slice other = cn_json_get_text(both, cn_language_tag(m->language == CN_FR ? CN_EN : CN_FR));
    return shown(m, own.n ? own : other);
}

cn_slice cn_words_whose(const cn_making *m, cn_slice issuer, int version) {
    char number[16];
    (void)snprintf(number, sizeof number, "%d", version);
    if (!issuer.n) return issuer;
    return version ? cn_making_text(m, CN_MSG_source_by_version, issuer, cn_slice_of(number))
                   : cn_making_text(m, CN_MSG_source_by, issuer, (cn_slice){0});
}

/* ---- Where it comes from ---- */

static cn_slice licence_text(const cn_making *m, cn_slice address) {
    cn_slice name = cn_licence_of(m->rq->arena, address).name;
    return name.n ? name : shown(m, cn_host_of(address));
}

static cn_slice parts_text(const cn_making *m, const cn_json *parts) {
    cn_msg message;
    cn_slice word = cn_json_text(cn_json_one(parts, 0));
    bool known = word.n && cn_message_find(CN_MSG_FAMILY("source-part"), word, NULL, &message);
    return known ? cn_message(m->language, message) : (cn_slice){0};
}

static cn_slice taken_text(const cn_making *m, const cn_json *source) {
    cn_slice parts = parts_text(m, cn_json_get(source, CN_S("reused")));
    cn_time at;
    if (!cn_time_read_loose(cn_json_get_text(source, CN_S("at")), &at)) return (cn_slice){0};
    cn_slice day = cn_words_date(m, at, false);
    return parts.n ? cn_making_text(m, CN_MSG_source_taken_part, day, parts)
                   : cn_making_text(m, CN_MSG_source_taken, day, (cn_slice){0});
}

static cn_view_origin_one one_of(const cn_making *m, const cn_json *source) {
    cn_hidden h = {.arena = m->rq->arena};
    cn_slice address = cn_json_get_text(source, CN_S("achievement")),
             licence = cn_json_get_text(source, CN_S("licence"));
    const cn_json *version = cn_json_get(source, CN_S("version"));
    bool numbered = cn_json_is(version, CN_JSON_NUMBER) && version->number < INT32_MAX;
    cn_view_origin_one one = {
        .title = said(m, cn_json_get(source, CN_S("title"))),
        .by = cn_words_whose(m, said(m, cn_json_get(source, CN_S("issuer"))), numbered ? (int)version->number : 0),
        .taken = taken_text(m, source)};
    if (!one.title.n) one.title = shown(m, cn_host_of(address));
    one.linked = address.n && cn_hidden_link(&h, address, &one.link);
    if (licence.n) one.licence = licence_text(m, licence);
    one.licence_linked = licence.n && cn_hidden_link(&h, licence, &one.licence_link);
    return one;
}

/* Of one achievement; where neither has an address, of one name and one institution. */
static bool same(const cn_json *x, const cn_json *y) {
    static const char *const members[] = {"achievement", "title", "issuer"};
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        const cn_json *one = cn_json_get(x, cn_slice_of(members[i])),
                      *other = cn_json_get(y, cn_slice_of(members[i]));
        if (one || other) {
            if (!one || !other || !cn_json_equal(one, other)) return false;
            if (i == 0) return true;
        }
    }
    return x && y;
}

/* The competencies whose source is that of the row at `first`, unless an earlier row had it. */
static bool add_single(const cn_making *m, const cn_json *design, size_t first, cn_view_origin *out, cn_err *err) {
    const cn_json *source = cn_json_get(design, CN_SOURCE), *all = cn_json_get(design, CN_SOURCE_COMPETENCIES);
    const cn_json *own = cn_source_of_competency(source, cn_json_item(all, first));
    if (!own || same(own, source)) return true;
    cn_view_origin_one one = one_of(m, own);
    one.labels = CN_NEW_ARRAY(m->rq->arena, cn_slice, cn_json_count(all));
    if (!one.labels) return cn_fail_memory(err);
    for (size_t i = 0; i < cn_json_count(all); i++) {
        const cn_json *competency = cn_json_item(all, i);
        if (!same(own, cn_source_of_competency(source, competency))) continue;
        if (i < first) return true;
        one.labels[one.labels_n++] = said(m, cn_json_get(competency, CN_S("label")));
    }
    if (one.labels_n) out->v[out->n++] = one;
    return true;
}

bool cn_view_origin_fill(const cn_making *m, const cn_json *design, cn_view_origin *out, cn_err *err) {
    const cn_json *source = cn_json_get(design, CN_SOURCE), *others = cn_json_get(source, CN_S("others")),
                  *competencies = cn_json_get(design, CN_SOURCE_COMPETENCIES);
    size_t most = 1 + cn_json_count(others) + cn_json_count(competencies);
    cn_view_origin all = {.v = CN_NEW_ARRAY(m->rq->arena, cn_view_origin_one, most)};
    if (!all.v) return cn_fail_memory(err);
    if (cn_json_get(source, CN_S("achievement")) || cn_json_get(source, CN_S("title")))
        all.v[all.n++] = one_of(m, source);
    for (size_t i = 0; i < cn_json_count(others); i++) all.v[all.n++] = one_of(m, cn_json_item(others, i));
    for (size_t i = 0; source && i < cn_json_count(competencies); i++)
        if (!add_single(m, design, i, &all, err)) return false;
    *out = all;
    return true;
}

/* ---- What was made from it ---- */

static bool reused_one(const cn_making *m, const cn_version *is, cn_view_reused_one *out, cn_err *err) {
    cn_organisation who;
    cn_slice path;
    bool french = m->language == CN_FR;
    if (!cn_app_organisation_get(m->rq->arena, m->web->app, is->organisation, &who, err)) return false;
    if (!cn_arena_print(m->rq->arena, &path, "/achievements/%.*s/versions/%d", CN_ARG(is->achievement_id),
                        is->version))
        return cn_fail_memory(err);
    *out = (cn_view_reused_one){
        .name = shown(m, french ? is->fr.name : is->en.name),
        .by = cn_making_text(m, CN_MSG_source_by, french ? who.name.fr : who.name.en, (cn_slice){0}),
        .link = cn_url_path(m->rq->arena, path, m->language)};
    return true;
}

bool cn_view_reused_fill(const cn_making *m, cn_slice id, cn_view_reused *out, cn_err *err) {
    cn_versions made;
    if (!cn_app_reused(m->rq->arena, m->web->app, id, &made, err)) return false;
    cn_view_reused all = {.v = CN_NEW_ARRAY(m->rq->arena, cn_view_reused_one, SHOWN), .all = made.n};
    if (!all.v) return cn_fail_memory(err);
    for (; all.n < made.n && all.n < SHOWN; all.n++)
        if (!reused_one(m, &made.v[all.n], &all.v[all.n], err)) return false;
    *out = all;
    return true;
}

/* ---- Whether it may be used ---- */

bool cn_view_licence_fill(const cn_making *m, const cn_licence *licence, cn_slice whose, cn_view_text *out,
                          cn_err *err) {
    enum { SENTENCES = 3 };
    cn_view_text all = {.v = CN_NEW_ARRAY(m->rq->arena, cn_slice, SENTENCES)};
    if (!all.v) return cn_fail_memory(err);
    if (!licence->name.n) all.v[all.n++] = cn_making_text(m, CN_MSG_reuse_licence_unknown, whose, (cn_slice){0});
    else if (licence->closed)
        all.v[all.n++] = cn_making_text(m, CN_MSG_reuse_licence_closed, licence->name, whose);
    else all.v[all.n++] = cn_making_text(m, CN_MSG_reuse_licence_free, licence->name, (cn_slice){0});
    if (licence->alike && !licence->closed) all.v[all.n++] = cn_message(m->language, CN_MSG_reuse_licence_alike);
    if (licence->noncommercial && !licence->closed)
        all.v[all.n++] = cn_message(m->language, CN_MSG_reuse_licence_noncommercial);
    *out = all;
    return true;
}

/* Designs they for anybody? */
static bool designs(const cn_making *m, bool *out, cn_err *err) {
    cn_organisations all;
    *out = false;
    if (!cn_web_session(m->rq)) return true;
    if (!cn_app_organisations_of(m->rq->arena, m->web->app, cn_web_session(m->rq)->person.number, &all, err))
        return false;
    for (size_t i = 0; i < all.n; i++) *out = *out || cn_roles_allow(all.v[i].roles, CN_ROLE_DESIGNER);
    return true;
}

bool cn_view_reuse_link(const cn_making *m, const cn_version *is, bool *may, cn_url *out, cn_err *err) {
    cn_version found;
    cn_slice path;
    if (!designs(m, may, err)) return false;
    if (!*may) return true;
    if (!cn_app_reuse_find(m->rq->arena, m->web->app, m->rq->now, 0, is->achievement_id, is->version, &found, err))
        return *may = false, err->code == CN_NOT_FOUND;
    if (!cn_arena_print(m->rq->arena, &path, "/achievements/%.*s/versions/%d/use", CN_ARG(is->achievement_id),
                        is->version))
        return cn_fail_memory(err);
    *out = cn_url_path(m->rq->arena, path, m->language);
    return true;
}
