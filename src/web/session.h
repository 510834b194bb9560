/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `web`: who is signed in.
 */
#ifndef CN_WEB_SESSION_H
#define CN_WEB_SESSION_H

#include "app/people.h"
#include "web/web.h"

/* Fills rq->session where the cookie is of a session. On routes cn_web_permit has done so. */
CN_MUST_USE bool cn_web_find_session(const cn_web *web, cn_request *rq, cn_err *err);

/* NULL: nobody. On routes with ":org" its organisation and roles are filled. */
const cn_session *cn_web_session(const cn_request *rq);

/* Begins a session and sets its cookie; one that there was ends. `way`: "mail", "passkey", "claim". */
CN_MUST_USE bool cn_web_sign_in(const cn_web *web, const cn_request *rq, int64_t person, const char *way,
                                cn_response *rs, cn_err *err);

/* The same with the token of a session that has begun. */
CN_MUST_USE bool cn_web_signed_in(const cn_web *web, const cn_request *rq, cn_slice token, cn_response *rs,
                                  cn_err *err);

/* Ends this session and removes its cookie. */
CN_MUST_USE bool cn_web_sign_out(const cn_web *web, const cn_request *rq, cn_response *rs, cn_err *err);

#endif
