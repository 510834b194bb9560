/* SPDX-License-Identifier: Apache-2.0
 *
 * What verifiers ask for, at addresses that stand in signed credentials: issuers, for people and as a controller
 * document; status lists.
 */
#include "web/keys.h"
#include "web/messages.h"

#include "base/base.h"

/* ---- For programs ---- */

/* Anybody's page may read it: it says nothing about who asks. */
static bool open_to_all(const cn_request *rq, cn_response *rs, cn_slice cache, cn_err *err) {
    const cn_field headers[] = {{CN_S("access-control-allow-origin"), CN_S("*")},
                                {CN_S("cross-origin-resource-policy"), CN_S("cross-origin")},
                                {CN_S("cache-control"), cache}};
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++)
        if (!cn_response_header(rq, rs, headers[i].name, headers[i].value)) return cn_fail_memory(err);
    return true;
}

/* A strong tag of the bytes: 128 bits of their digest. */
static bool tag_of(const cn_request *rq, const cn_web *web, cn_slice body, cn_slice *out, cn_err *err) {
    cn_digest digest = cn_hash_of(web->crypto, CN_SHA256, body);
    cn_buf b = cn_buf_on(rq->arena, 64);
    cn_buf_byte(&b, '"');
    cn_hex_write(&b, cn_slice_sub(cn_digest_slice(&digest), 0, 16));
    cn_buf_byte(&b, '"');
    if (!cn_buf_ok(&b)) return cn_fail_memory(err);
    *out = cn_buf_slice(&b);
    return true;
}

/* A list may be kept for a minute, so that a revocation is known within one; while the server is off, what was
 * kept may serve for a day. */
static bool status_list(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    const cn_web *web = app;
    cn_stored_status list;
    cn_slice tag;
    if (!cn_app_status_get(rq->arena, web->app, cn_request_arg(rq, CN_S("list")), &list, err)) return false;
    if (!tag_of(rq, web, list.document, &tag, err)) return false;
    if (!open_to_all(rq, rs, CN_S("public, max-age=60, stale-if-error=86400"), err)) return false;
    if (!cn_response_header(rq, rs, CN_S("etag"), tag)) return cn_fail_memory(err);
    rs->media_type =
        CN_S("application/json"); /* application/vc is its own; verifiers in the field read this one */
    if (cn_slice_find(cn_request_header(rq, CN_S("if-none-match")), tag) != SIZE_MAX)
        return rs->status = 304, true;
    rs->body = list.document;
    return true;
}

static bool controller(const cn_web *web, const cn_request *rq, const cn_organisation *o, cn_response *rs,
                       cn_err *err) {
    rs->media_type = CN_S("application/json");
    return cn_app_controller(rq->arena, web->app, o, &rs->body, err) &&
           open_to_all(rq, rs, CN_S("public, max-age=60"), err) &&
           (cn_response_header(rq, rs, CN_S("vary"), CN_S("Accept")) || cn_fail_memory(err));
}

/* ---- For people ---- */

static bool page(void *app, const cn_request *rq, const cn_organisation *o, cn_slice own, cn_response *rs,
                 cn_err *err) {
    cn_making m;
    cn_stored_keys keys;
    cn_page_issuer v = {.fictional = o->fictional};
    cn_making_start(&m, app, rq);
    cn_hidden h = {.arena = rq->arena};
    if (!cn_store_keys_of(rq->arena, m.web->app->store, o->number, &keys, err)) return false;
    if (!cn_view_keys_fill(&m, &keys, &v.keys, err)) return false;
    v.name = cn_making_choose(&m, o->name);
    v.page = cn_making_page(&m, own, cn_making_text(&m, CN_MSG_issuer_title, v.name, (cn_slice){0}));
    v.site.linked = o->url.n && cn_hidden_link(&h, o->url, &v.site.url);
    if (v.site.linked) v.site.host = cn_host_of(o->url);
    if (!cn_arena_print(rq->arena, &v.json.text, "%.*s.json", CN_ARG(own))) return cn_fail_memory(err);
    cn_tpl_issuer(&m.out, &v);
    return cn_making_finish(&m, 200, rs, err) &&
           (cn_response_header(rq, rs, CN_S("vary"), CN_S("Accept, Accept-Language")) || cn_fail_memory(err));
}

/* JSON for who asks for JSON and not for a page, or adds ".json". */
static bool issuer(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    const cn_web *web = app;
    cn_organisation o;
    cn_slice id = cn_request_arg(rq, CN_S("organisation")), own, accept = cn_request_header(rq, CN_S("accept"));
    bool file = cn_slice_ends(id, CN_S(".json"));
    bool json =
        cn_slice_find(accept, CN_S("json")) != SIZE_MAX && cn_slice_find(accept, CN_S("text/html")) == SIZE_MAX;
    if (file) id.n -= sizeof ".json" - 1;
    if (!cn_app_organisation_by_id(rq->arena, web->app, id, &o, err)) return false;
    if (file || json) return controller(web, rq, &o, rs, err);
    if (!cn_arena_print(rq->arena, &own, "/issuers/%.*s", CN_ARG(id))) return cn_fail_memory(err);
    return page(app, rq, &o, own, rs, err);
}

static const cn_route routes[] = {
    {.method = CN_GET, .path = "/issuers/:organisation", .handle = issuer},
    {.method = CN_GET, .path = "/status/:list", .handle = status_list},
};
const cn_route_group cn_web_issuer_routes = {routes, sizeof routes / sizeof routes[0]};
