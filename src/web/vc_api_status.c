/* SPDX-License-Identifier: Apache-2.0
 *
 * The VC-API: credentials whose status can be changed, and the lists that tell it (Bitstring Status List 1.0).
 *
 * Which credential a place belongs to is kept nowhere: to change it, its entry is given back.
 */
#include "vc/issue.h"
#include "web/vc_api.h"

#include "base/base.h"

#define LISTS "/vc-api/status-lists/"

/* ---- Entries ---- */

static bool list_url(const cn_request *rq, cn_slice purpose, cn_slice *out, cn_err *err) {
    return cn_arena_print(rq->arena, out, "%.*s" LISTS "%.*s", CN_ARG(rq->origin), CN_ARG(purpose)) ||
           cn_fail_memory(err);
}

static bool set_text(cn_arena *a, cn_json *object, cn_slice key, cn_slice text) {
    return cn_json_set(a, object, key, cn_json_string(a, text));
}

static bool make_entry(const cn_request *rq, cn_slice purpose, uint64_t index, const cn_json **out, cn_err *err) {
    cn_arena *a = rq->arena;
    cn_json *entry = cn_json_object(a);
    cn_slice url, id, place;
    if (!list_url(rq, purpose, &url, err)) return false;
    *out = entry;
    return (entry && cn_arena_print(a, &place, "%llu", (unsigned long long)index) &&
            cn_arena_print(a, &id, "%.*s#%.*s", CN_ARG(url), CN_ARG(place)) &&
            set_text(a, entry, CN_S("id"), id) &&
            set_text(a, entry, CN_S("type"), CN_S("BitstringStatusListEntry")) &&
            set_text(a, entry, CN_S("statusPurpose"), purpose) &&
            set_text(a, entry, CN_S("statusListIndex"), place) &&
            set_text(a, entry, CN_S("statusListCredential"), url)) ||
           cn_fail_memory(err);
}

/* Beside the entries that it has. */
static bool with_entry(cn_arena *a, const cn_json *credential, const cn_json *entry, const cn_json **out,
                       cn_err *err) {
    const cn_json *present = cn_json_get(credential, CN_S("credentialStatus"));
    cn_json *whole = cn_json_copy_shallow(a, credential), *all = cn_json_array(a);
    bool good = whole && all;
    for (size_t i = 0; good && i < cn_json_many(present); i++)
        good = cn_json_push(a, all, cn_json_one(present, i));
    good = good && cn_json_push(a, all, entry);
    *out = whole;
    return (good && cn_json_set(a, whole, CN_S("credentialStatus"), cn_json_count(all) == 1 ? entry : all)) ||
           cn_fail_memory(err);
}

/* ---- Issuing ---- */

static cn_slice default_suite(const cn_vc_api *api) {
    cn_slice eddsa = CN_S("eddsa-rdfc-2022");
    for (size_t i = 0; i < api->keys_n; i++)
        if (cn_issue_suite(eddsa, &api->keys[i].key.kind)) return eddsa;
    return CN_S("ecdsa-rdfc-2019");
}

bool cn_vc_api_issue_with_status(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    const cn_web *web = app;
    const cn_json *request, *entry, *credential;
    uint64_t index;
    if (!cn_vc_api_request(web, rq, CN_S("credential"), &request, err)) return false;
    const cn_vc_lists *lists = &web->vc_api->lists;
    const cn_json *options = cn_json_get(request, CN_S("options"));
    cn_slice purpose, suite;
    if (!cn_vc_api_option(options, CN_S("statusPurpose"), &purpose, err) ||
        !cn_vc_api_option(options, CN_S("cryptosuite"), &suite, err))
        return false;
    if (!purpose.n) purpose = CN_S("revocation");
    if (!suite.n) suite = default_suite(web->vc_api);
    credential = cn_json_get(request, CN_S("credential"));
    if (!cn_json_is(credential, CN_JSON_OBJECT))
        return cn_fail_at(err, CN_INVALID, "vc-api.request", CN_S("/credential"),
                          "A credential is a JSON object.");
    if (!lists->take(lists->self, purpose, &index, err)) return false;
    bool done = make_entry(rq, purpose, index, &entry, err) &&
                with_entry(rq->arena, credential, entry, &credential, err) &&
                cn_vc_api_sign(web, rq, suite, credential, options, rs, err);
    if (!done || rs->status != CN_VC_API_ISSUED) lists->give_back(lists->self, purpose, index);
    return done;
}

/* ---- Changing ---- */

static bool not_ours(cn_err *err) {
    return cn_fail_at(err, CN_INVALID, "vc-api.status", CN_S("/credentialStatus"),
                      "\"credentialStatus\" is an entry as this server has issued it, with its \"statusPurpose\", "
                      "\"statusListCredential\" and \"statusListIndex\".");
}

bool cn_vc_api_set_status(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    const cn_web *web = app;
    const cn_json *request;
    cn_slice url;
    uint64_t index;
    cn_buf b = cn_buf_on(rq->arena, 0);
    if (!cn_vc_api_request(web, rq, CN_S("credentialStatus"), &request, err)) return false;
    const cn_vc_lists *lists = &web->vc_api->lists;
    const cn_json *entry = cn_json_get(request, CN_S("credentialStatus")),
                  *on = cn_json_get(request, CN_S("status"));
    cn_slice purpose = cn_json_get_text(entry, CN_S("statusPurpose"));
    if (!cn_json_is_bool(on))
        return cn_fail_at(err, CN_INVALID, "vc-api.status", CN_S("/status"), "\"status\" is true or false.");
    if (!list_url(rq, purpose, &url, err)) return false;
    if (!cn_json_is_string(cn_json_get(entry, CN_S("statusListCredential")), url) ||
        !cn_slice_to_u64(cn_json_get_text(entry, CN_S("statusListIndex")), UINT32_MAX, &index))
        return not_ours(err);
    if (!lists->set(lists->self, purpose, index, cn_json_is(on, CN_JSON_TRUE), rq->now, err)) return false;
    cn_json_write(&b, request);
    return cn_vc_api_answer(&b, 200, rs, err);
}

/* ---- Lists ---- */

/* For whoever verifies, wherever they are; it says nothing about who asks. */
bool cn_vc_api_status_list(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    const cn_web *web = app;
    if (!web->vc_api) return cn_fail(err, CN_NOT_FOUND, "http.path", "There is nothing at this address.");
    const cn_vc_lists *lists = &web->vc_api->lists;
    if (!lists->document(lists->self, rq->arena, cn_request_arg(rq, CN_S("purpose")), &rs->body, err))
        return false;
    rs->media_type = CN_S("application/json");
    return (cn_response_header(rq, rs, CN_S("access-control-allow-origin"), CN_S("*")) &&
            cn_response_header(rq, rs, CN_S("cross-origin-resource-policy"), CN_S("cross-origin"))) ||
           cn_fail_memory(err);
}
