/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `web`: the W3C VC-API, for programs and the test suites that drive it (docs/vc-api.md).
 *
 * It signs what it is given. So it answers nothing unless whoever runs the server has turned it on, and then to
 * programs on the same machine alone unless they have said otherwise. Only JSON is taken, which no page of another
 * site can make a browser send without asking first.
 */
#ifndef CN_WEB_VC_API_H
#define CN_WEB_VC_API_H

#include "web/web.h"

enum { CN_VC_API_ISSUED = 201 };

/* Whether the caller may: the API is on, they are near enough, and they sent JSON. The request's object is in
 * *out. NOT_FOUND "http.path"; DENIED "vc-api.elsewhere"; UNSUPPORTED "vc-api.media-type"; INVALID
 * "vc-api.request" (it is no object, or lacks the member) and the errors of JSON. */
CN_MUST_USE bool cn_vc_api_request(const cn_web *web, const cn_request *rq, cn_slice member, const cn_json **out,
                                   cn_err *err);
/* A text among the options; empty where it is not there. INVALID "vc-api.option": it is no text, or an empty one.
 */
CN_MUST_USE bool cn_vc_api_option(const cn_json *options, cn_slice name, cn_slice *out, cn_err *err);
/* One JSON text as the answer. */
CN_MUST_USE bool cn_vc_api_answer(const cn_buf *b, int status, cn_response *rs, cn_err *err);
/* The steps that say no as 400 with problem details: `verified` and what follows it is not for an issuer. */
CN_MUST_USE bool cn_vc_api_refuse(const cn_request *rq, const cn_report *report, cn_response *rs, cn_err *err);

/* vc_api.c */
CN_MUST_USE bool cn_vc_api_verify_credential(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
CN_MUST_USE bool cn_vc_api_verify_presentation(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
/* vc_api_issue.c */
/* Issues by that suite, with the key that the options name, or the issuer's. */
CN_MUST_USE bool cn_vc_api_sign(const cn_web *web, const cn_request *rq, cn_slice suite, const cn_json *credential,
                                const cn_json *options, cn_response *rs, cn_err *err);
CN_MUST_USE bool cn_vc_api_issue(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
CN_MUST_USE bool cn_vc_api_derive(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
/* vc_api_status.c */
CN_MUST_USE bool cn_vc_api_issue_with_status(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
CN_MUST_USE bool cn_vc_api_set_status(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
CN_MUST_USE bool cn_vc_api_status_list(void *app, const cn_request *rq, cn_response *rs, cn_err *err);

#endif
