/* SPDX-License-Identifier: Apache-2.0
 *
 * Who is signed in, what they may do, and whether a form is theirs: what the router asks for every route.
 */
#include "web/session.h"

#include "base/base.h"

#define COOKIE CN_S("session")
enum { COOKIE_SECONDS = 30 * 86400 }; /* the session itself may end before */

const cn_session *cn_web_session(const cn_request *rq) {
    return rq->session;
}

/* ---- May they? ---- */

static bool fail_path(cn_err *err) {
    return cn_fail(err, CN_NOT_FOUND, "http.path", "There is nothing at this address.");
}

/* A session that has ended is none; it is no error on a page for anybody. */
bool cn_web_find_session(const cn_web *web, cn_request *rq, cn_err *err) {
    cn_slice token = cn_request_cookie(rq, COOKIE);
    if (!web->app || !token.n) return true;
    cn_session *s = CN_NEW(rq->arena, cn_session);
    if (!s) return cn_fail_memory(err);
    if (!cn_app_session_find(rq->arena, web->app, rq->now, token, s, err)) return err->code == CN_NOT_FOUND;
    rq->session = s;
    return true;
}

static const unsigned roles_for[CN_PERMISSIONS] = {
    [CN_VIEWER] = CN_ROLE_VIEWER,
    [CN_ISSUER] = CN_ROLE_ISSUER,
    [CN_DESIGNER] = CN_ROLE_DESIGNER,
    [CN_REVIEWER] = CN_ROLE_REVIEWER,
    [CN_ADMINISTRATOR] = CN_ROLE_ADMINISTRATOR,
};

/* A link by mail is good for whoever reads the mailbox: not for what is signed in an organisation's name. */
static bool check_way(const cn_web *web, const cn_request *rq, const cn_session *s, cn_err *err) {
    bool signs = (roles_for[rq->route->permission] & CN_ROLES_SIGN) != 0;
    return !signs || web->demo || cn_app_session_by_passkey(s) ||
           cn_fail(err, CN_DENIED, "passkey.needed", "This is for a session that was begun with a passkey.");
}

/* A claim's link lives for weeks and may have been passed on: it opens what it is for, and decides neither how its
 * account is entered nor whether there is one. */
static bool check_proven(const cn_request *rq, cn_err *err) {
    return rq->route->permission != CN_PROVEN || !cn_app_session_by_claim(cn_web_session(rq)) ||
           cn_fail(err, CN_DENIED, "sign-in.claimed",
                   "This is for a session that proves an address or a passkey.");
}

/* Who is no member is told nothing of an organisation, not even that there is one. */
static bool check_role(const cn_web *web, cn_request *rq, cn_session *s, cn_err *err) {
    cn_slice id = cn_request_arg(rq, CN_S("org"));
    if (!cn_app_organisation_by_id(rq->arena, web->app, id, &s->organisation, err))
        return err->code == CN_NOT_FOUND && fail_path(err);
    if (!cn_app_member_roles(rq->arena, web->app, s->organisation.number, s->person.number, &s->roles, err))
        return false;
    if (!s->roles) return fail_path(err);
    if (!cn_roles_allow(s->roles, roles_for[rq->route->permission]))
        return cn_fail(err, CN_DENIED, "role.small", "The role does not allow this.");
    return check_way(web, rq, s, err);
}

bool cn_web_permit(void *app, cn_request *rq, cn_err *err) {
    const cn_web *web = app;
    cn_permission asks = rq->route->permission;
    if (!cn_web_find_session(web, rq, err)) return false;
    if (asks == CN_PUBLIC) return true;
    if (asks == CN_DEMO) return web->demo || fail_path(err);
    if (!rq->session)
        return cn_fail(err, CN_DENIED, "sign-in.needed", "This page is for people who are signed in.");
    return asks == CN_SIGNED_IN || asks == CN_PROVEN ? check_proven(rq, err)
                                                     : check_role(web, rq, rq->session, err);
}

bool cn_web_check_csrf(void *app, const cn_request *rq) {
    const cn_session *s = cn_web_session(rq);
    (void)app;
    return s && cn_app_session_csrf(s, cn_request_text(rq, CN_S("csrf")));
}

/* ---- In and out ---- */

static bool end_session(const cn_web *web, const cn_request *rq, cn_err *err) {
    const cn_session *s = cn_web_session(rq);
    return !s || cn_app_session_end(web->app, s, err);
}

bool cn_web_signed_in(const cn_web *web, const cn_request *rq, cn_slice token, cn_response *rs, cn_err *err) {
    return end_session(web, rq, err) &&
           (cn_response_cookie(rq, rs, COOKIE, token, COOKIE_SECONDS) || cn_fail_memory(err));
}

bool cn_web_sign_in(const cn_web *web, const cn_request *rq, int64_t person, const char *way, cn_response *rs,
                    cn_err *err) {
    cn_slice token, agent = cn_request_header(rq, CN_S("user-agent"));
    return cn_app_session_start(rq->arena, web->app, rq->now, person, way, agent, &token, err) &&
           cn_web_signed_in(web, rq, token, rs, err);
}

bool cn_web_sign_out(const cn_web *web, const cn_request *rq, cn_response *rs, cn_err *err) {
    return end_session(web, rq, err) && (cn_response_cookie_remove(rq, rs, COOKIE) || cn_fail_memory(err));
}
