/* SPDX-License-Identifier: Apache-2.0
 *
 * The public pages of published versions. Their addresses stand in signed credentials: they answer as long as the
 * site does, and what they show of the version never changes; beside it stand whether it is awarded now, and when
 * it is offered.
 */
#include "app/approval.h"
#include "app/people.h"
#include "web/exchange.h"
#include "web/messages.h"
#include "web/reuse.h"

#include "base/base.h"

static bool not_found(cn_err *err) {
    return cn_fail(err, CN_NOT_FOUND, "http.path", "There is no such version of an achievement.");
}

static bool find_numbered(const cn_app *app, const cn_request *rq, cn_slice text, cn_version *out, cn_err *err) {
    uint64_t number;
    if (!cn_slice_to_u64(text, INT32_MAX, &number) || !number) return not_found(err);
    return cn_app_version_of(rq->arena, app, cn_request_arg(rq, CN_S("achievement")), (int)number, out, err);
}

/* The version that the path names. */
static bool find(void *web, const cn_request *rq, cn_version *out, cn_err *err) {
    return find_numbered(((const cn_web *)web)->app, rq, cn_request_arg(rq, CN_S("version")), out, err);
}

static bool path_of(const cn_request *rq, const cn_version *v, int version, const char *rest, cn_slice *out,
                    cn_err *err) {
    return cn_arena_print(rq->arena, out, "/achievements/%.*s/versions/%d%s", CN_ARG(v->achievement_id), version,
                          rest) ||
           cn_fail_memory(err);
}

/* ---- The page ---- */

/* What is not awarded now says so; what is retired is not offered either. */
static bool fill_now(cn_making *m, const cn_version *is, cn_page_achievement_public *v, cn_err *err) {
    cn_may_award may;
    cn_msg message;
    if (!cn_app_may_award(m->rq->arena, m->web->app, m->rq->now, is, &may, err)) return false;
    if (!may.yes) {
        bool known = cn_message_find(CN_MSG_FAMILY("achievement-refusal"), may.word, NULL, &message);
        assert(known);
        v->refusal = cn_making_text(m, message, cn_words_date(m, may.when, false), (cn_slice){0});
    }
    return cn_slice_eq(may.word, CN_S("retired")) ||
           cn_view_offerings_open(m, is->achievement, &v->offerings, err);
}

static bool fill(cn_making *m, const cn_version *is, cn_page_achievement_public *v, cn_err *err) {
    cn_draft draft = {.en = is->en, .fr = is->fr, .valid_months = is->valid_months, .design = is->design};
    cn_organisation who;
    cn_slice image, newest, files;
    if (!cn_app_organisation_get(m->rq->arena, m->web->app, is->organisation, &who, err)) return false;
    if (!cn_view_achievement_fill(m, &draft, m->language, &v->text, err) || !fill_now(m, is, v, err) ||
        !cn_view_design_facts_fill(m, is->design, &v->facts, err) ||
        !cn_view_size_fill(m, is->design, v->text.name, &v->size, err) ||
        !cn_view_met_fill(m, is, &who, &v->met, err))
        return false;
    if (!path_of(m->rq, is, is->version, m->language == CN_FR ? "/fr/image.png" : "/en/image.png", &image, err) ||
        !path_of(m->rq, is, is->latest, "", &newest, err) || !path_of(m->rq, is, is->version, "", &files, err) ||
        !cn_view_exchange_files(m, files, &v->files, err) ||
        !cn_view_origin_fill(m, is->design, &v->source, err) ||
        !cn_view_reused_fill(m, is->achievement_id, &v->reused, err) ||
        !cn_view_reuse_link(m, is, &v->may_use, &v->use, err))
        return false;
    v->text.image = (cn_url){image};
    v->newest = cn_url_path(m->rq->arena, newest, m->language);
    v->organisation = cn_making_choose(m, who.name);
    v->fictional = who.fictional;
    cn_hidden h = {.arena = m->rq->arena};
    v->site.linked = who.url.n && cn_hidden_link(&h, who.url, &v->site.url);
    if (v->site.linked) v->site.host = cn_host_of(who.url);
    v->version = is->version;
    v->latest = is->latest;
    v->when = cn_words_date(m, is->published_at, false);
    return cn_web_endorsed_public(m, is, &v->endorsed, err);
}

/* `own` is the page's address; `other` the one that has it in the other language, where that is not the same. */
static bool show(cn_making *m, const cn_version *is, cn_slice own, cn_slice other, cn_response *rs, cn_err *err) {
    cn_page_achievement_public v = {0};
    if (!fill(m, is, &v, err)) return false;
    v.page = cn_making_page(m, own, cn_making_text(m, CN_MSG_achievement_title, v.text.name, (cn_slice){0}));
    if (other.n) v.page.other = cn_url_path(m->rq->arena, other, m->language == CN_FR ? CN_EN : CN_FR);
    cn_tpl_achievement_public(&m->out, &v);
    return cn_making_finish(m, 200, rs, err);
}

/* As a file: "2.ctdl.json" stands where a page has "2". */
static bool file(const cn_making *m, cn_slice name, cn_response *rs, cn_err *err) {
    cn_slice number, format;
    cn_version is;
    (void)cn_slice_cut(name, '.', &number, &format);
    return find_numbered(m->web->app, m->rq, number, &is, err) && cn_web_exchange_version(m, &is, name, rs, err);
}

static bool version(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_version is;
    cn_slice own, name = cn_request_arg(rq, CN_S("version"));
    cn_making_start(&m, app, rq);
    if (cn_slice_find_byte(name, '.') != SIZE_MAX) return file(&m, name, rs, err);
    return find(app, rq, &is, err) && path_of(rq, &is, is.version, "", &own, err) &&
           show(&m, &is, own, (cn_slice){0}, rs, err);
}

/* In one language, whoever asks: what is signed names it as the other form of the achievement. */
static bool version_in(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_request in_language = *rq;
    cn_making m;
    cn_version is;
    cn_slice own, other;
    in_language.language = cn_request_arg(rq, CN_S("language"));
    bool french = cn_slice_eq(in_language.language, CN_S("fr"));
    if (!french && !cn_slice_eq(in_language.language, CN_S("en"))) return not_found(err);
    cn_making_start(&m, app, &in_language);
    return find(app, rq, &is, err) && path_of(rq, &is, is.version, french ? "/fr" : "/en", &own, err) &&
           path_of(rq, &is, is.version, french ? "/en" : "/fr", &other, err) && show(&m, &is, own, other, rs, err);
}

/* The latest version has an address of its own: this leads there. */
static bool latest(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_version is;
    cn_slice path, address;
    if (!cn_app_version_of(rq->arena, ((const cn_web *)app)->app, cn_request_arg(rq, CN_S("achievement")), 0, &is,
                           err))
        return false;
    if (!path_of(rq, &is, is.version, "", &path, err)) return false;
    address = cn_url_path(rq->arena, path, cn_language_of(rq->language)).text;
    return cn_response_see_other(rq, rs, address) || cn_fail_memory(err);
}

/* ---- The image ---- */

/* Other sites' pages show it too: it is named in what people hold. */
static bool for_everybody(const cn_request *rq, cn_response *rs) {
    return cn_response_header(rq, rs, CN_S("cross-origin-resource-policy"), CN_S("cross-origin")) &&
           cn_response_header(rq, rs, CN_S("access-control-allow-origin"), CN_S("*"));
}

static bool image(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_slice language = cn_request_arg(rq, CN_S("language")), png, svg;
    bool french = cn_slice_eq(language, CN_S("fr")), drawing = cn_slice_ends(rq->path, CN_S(".svg"));
    cn_version is;
    if (language.n && !french && !cn_slice_eq(language, CN_S("en"))) return not_found(err);
    if (!find(app, rq, &is, err)) return false;
    if (drawing && !is.drawn) return not_found(err);
    rs->media_type = drawing ? CN_S("image/svg+xml") : CN_S("image/png");
    rs->immutable = true;
    if (!for_everybody(rq, rs)) return cn_fail_memory(err);
    if (!cn_app_version_image(rq->arena, ((const cn_web *)app)->app, is.number, french, &png, &svg, err))
        return false;
    rs->body = drawing ? svg : png;
    return true;
}

/* ---- Routes ---- */

#define HERE "/achievements/:achievement"
static const cn_route routes[] = {
    {.method = CN_GET, .path = HERE, .handle = latest},
    {.method = CN_GET, .path = HERE "/versions/:version", .handle = version},
    {.method = CN_GET, .path = HERE "/versions/:version/image.png", .handle = image},
    {.method = CN_GET, .path = HERE "/versions/:version/:language", .handle = version_in},
    {.method = CN_GET, .path = HERE "/versions/:version/:language/image.png", .handle = image},
    {.method = CN_GET, .path = HERE "/versions/:version/:language/image.svg", .handle = image},
};

const cn_route_group cn_web_achievement_public_routes = {routes, sizeof routes / sizeof routes[0]};
