/* SPDX-License-Identifier: Apache-2.0
 *
 * Step "validity": the time the issuer says the credential holds.
 *
 * Verifiable Credentials 2.0, section 4.9 (validFrom, validUntil); 1.1, sections 4.6 and 4.7
 * (issuanceDate, expirationDate). The clock is the caller's.
 */
#include "vc/internal.h"

typedef struct bound {
    cn_slice member;
    bool upper;
} bound;

static const bound bounds[] = {
    {CN_S_INIT("validFrom"), false},
    {CN_S_INIT("issuanceDate"), false},
    {CN_S_INIT("validUntil"), true},
    {CN_S_INIT("expirationDate"), true},
};

static bool check_bound(cn_vc *v, cn_step *step, const bound *b, cn_slice text) {
    cn_slice where;
    cn_time t;
    if (!cn_vc_where(v, CN_S(""), b->member, &where)) return false;
    cn_slice shown = cn_vc_quote(text);
    if (!cn_time_read(text, &t, NULL))
        return cn_vc_find_about(
            v, step, CN_FAIL, "date-invalid", where, shown,
            "\"%.*s\" is not a date and time, so nobody can say whether the credential holds now.", CN_ARG(shown));
    int order = cn_time_cmp(v->options->now, t);
    if (b->upper && order > 0)
        return cn_vc_find_about(
            v, step, CN_FAIL, "expired", where, shown,
            "The credential was valid until %.*s, which is past; ask the issuer for a renewed one.",
            CN_ARG(shown));
    if (!b->upper && order < 0)
        return cn_vc_find_about(v, step, CN_FAIL, "not-yet-valid", where, shown,
                                "The credential is valid from %.*s, which is still to come; verify it again then.",
                                CN_ARG(shown));
    return true;
}

/* RFC 7519, 4.1.4 and 4.1.5: "exp" and "nbf" hold beside the credential's own dates. */
static bool check_claims(cn_vc *v, cn_step *step, bool *any) {
    cn_time from, until;
    bool has_from = cn_jwt_date(v, CN_S("nbf"), &from), has_until = cn_jwt_date(v, CN_S("exp"), &until);
    *any = *any || has_from || has_until;
    if (has_from && cn_time_cmp(v->options->now, from) < 0 &&
        !cn_vc_find(v, step, CN_FAIL, "not-yet-valid", CN_S("payload/nbf"),
                    "The signed message (JWT) is not to be accepted yet; verify it again later."))
        return false;
    return !has_until || cn_time_cmp(v->options->now, until) < 0 ||
           cn_vc_find(v, step, CN_FAIL, "expired", CN_S("payload/exp"),
                      "The signed message (JWT) is no longer to be accepted; ask the issuer for a renewed one.");
}

bool cn_step_validity(cn_vc *v, cn_step *step) {
    bool any = false;
    for (size_t i = 0; i < sizeof bounds / sizeof bounds[0]; i++) {
        const cn_json *value = cn_json_get(v->credential, bounds[i].member);
        if (!value) continue;
        any = true;
        if (!check_bound(v, step, &bounds[i], cn_json_text(value))) return false;
    }
    if (v->jwt && !check_claims(v, step, &any)) return false;
    if (!any) step->outcome = CN_NOT_APPLICABLE; /* it names no dates: it holds without end */
    return true;
}
