/* SPDX-License-Identifier: Apache-2.0
 *
 * The VC-API: issuing, and deriving what a holder shows.
 */
#include "vc/issue.h"
#include "web/vc_api.h"

#include "base/base.h"

enum { POINTERS_MAX = 1024 };

/* ---- What is asked for ---- */

/* Whatever the engine calls it, it is what was sent that is wrong. */
static bool fail_sent(cn_err *err) {
    if (err->code == CN_UNSUPPORTED || err->code == CN_NOT_FOUND || err->code == CN_DENIED) err->code = CN_INVALID;
    return false;
}

static bool read_suite(const cn_request *rq, cn_slice *out, cn_err *err) {
    *out = cn_request_arg(rq, CN_S("suite"));
    return cn_issue_suite(*out, NULL) ||
           cn_fail(err, CN_NOT_FOUND, "vc-api.suite", "There is no signature suite of this name.");
}

/* A list of JSON pointers among the options; none is an empty list. */
static bool read_pointers(cn_arena *a, const cn_json *options, cn_slice name, const cn_slice **out, size_t *n,
                          cn_err *err) {
    const cn_json *list = cn_json_get(options, name);
    size_t count = cn_json_count(list);
    cn_slice *pointers = CN_NEW_ARRAY(a, cn_slice, count + 1);
    bool good = !list || (cn_json_is(list, CN_JSON_ARRAY) && count <= POINTERS_MAX);
    if (!pointers) return cn_fail_memory(err);
    for (size_t i = 0; good && i < count; i++) {
        good = cn_json_is(cn_json_item(list, i), CN_JSON_STRING);
        pointers[i] = cn_json_text(cn_json_item(list, i));
    }
    if (!good)
        return cn_fail_at(err, CN_INVALID, "vc-api.pointers", CN_S("/options"),
                          "\"%.*s\" is a list of JSON pointers, %d at most.", CN_ARG(name), POINTERS_MAX);
    *out = pointers;
    *n = count;
    return true;
}

/* ---- Keys ---- */

static cn_slice id_of(const cn_json *party) {
    cn_slice id = cn_json_get_text(party, CN_S("id"));
    return id.n ? id : cn_json_text(party);
}

/* The one that is asked for, or else the issuer's, or else the first that the suite takes. */
static const cn_vc_key *choose_key(const cn_vc_api *api, cn_slice suite, cn_slice method, cn_slice issuer) {
    const cn_vc_key *first = NULL;
    for (size_t i = 0; i < api->keys_n; i++) {
        const cn_vc_key *k = &api->keys[i];
        if (!cn_issue_suite(suite, &k->key.kind) || (method.n && !cn_slice_eq(k->method, method))) continue;
        if (cn_slice_eq(k->controller, issuer)) return k;
        if (!first) first = k;
    }
    return first;
}

/* ---- Issuing ---- */

static bool show(const cn_request *rq, const cn_json *document, cn_response *rs, cn_err *err) {
    cn_buf b = cn_buf_on(rq->arena, 0);
    cn_json_write(&b, document);
    return cn_vc_api_answer(&b, CN_VC_API_ISSUED, rs, err);
}

bool cn_vc_api_sign(const cn_web *web, const cn_request *rq, cn_slice suite, const cn_json *credential,
                    const cn_json *options, cn_response *rs, cn_err *err) {
    cn_slice method, challenge, domain;
    if (!cn_vc_api_option(options, CN_S("verificationMethod"), &method, err) ||
        !cn_vc_api_option(options, CN_S("challenge"), &challenge, err) ||
        !cn_vc_api_option(options, CN_S("domain"), &domain, err))
        return false;
    const cn_vc_key *key = choose_key(web->vc_api, suite, method, id_of(cn_json_get(credential, CN_S("issuer"))));
    if (!key)
        return cn_fail(err, CN_INVALID, "vc-api.key", "This server has no such key for the suite \"%.*s\".",
                       CN_ARG(suite));
    cn_sign_options how = {.crypto = web->crypto,
                           .contexts = web->contexts,
                           .processed = web->processed,
                           .key = &key->key,
                           .suite = suite,
                           .method = key->method,
                           .created = {.sec = rq->now.sec},
                           .challenge = challenge,
                           .domain = domain,
                           .random = web->app->random};
    cn_report report;
    const cn_json *out;
    if (!read_pointers(rq->arena, options, CN_S("mandatoryPointers"), &how.mandatory, &how.mandatory_n, err))
        return false;
    if (!cn_issue(rq->arena, credential, &how, &report, &out, err)) return fail_sent(err);
    return out ? show(rq, out, rs, err) : cn_vc_api_refuse(rq, &report, rs, err);
}

bool cn_vc_api_issue(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    const cn_web *web = app;
    const cn_json *request;
    cn_slice suite;
    return cn_vc_api_request(web, rq, CN_S("credential"), &request, err) && read_suite(rq, &suite, err) &&
           cn_vc_api_sign(web, rq, suite, cn_json_get(request, CN_S("credential")),
                          cn_json_get(request, CN_S("options")), rs, err);
}

/* ---- Deriving ---- */

bool cn_vc_api_derive(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    const cn_web *web = app;
    const cn_json *request, *out;
    cn_slice suite;
    cn_derive_options how = {.crypto = web->crypto, .contexts = web->contexts, .processed = web->processed};
    if (!cn_vc_api_request(web, rq, CN_S("verifiableCredential"), &request, err) || !read_suite(rq, &suite, err))
        return false;
    if (!cn_slice_eq(suite, CN_S("ecdsa-sd-2023")))
        return cn_fail(err, CN_INVALID, "vc-api.suite", "What \"%.*s\" signs can be shown as a whole only.",
                       CN_ARG(suite));
    if (!read_pointers(rq->arena, cn_json_get(request, CN_S("options")), CN_S("selectivePointers"), &how.pointers,
                       &how.pointers_n, err))
        return false;
    if (!cn_sd_derive(rq->arena, cn_json_get(request, CN_S("verifiableCredential")), &how, &out, err))
        return fail_sent(err);
    return show(rq, out, rs, err);
}
