/* SPDX-License-Identifier: Apache-2.0
 *
 * The signature of a JWT: its algorithm, its key, and who vouches for the key.
 *
 * RFC 7515, sections 4.1 and 5.2; RFC 8725, sections 3.1 (the algorithm is one that we chose, for
 * one kind of key), 3.2 and 3.11 (typ); VC-JOSE-COSE 1.0, section 4 (kid). A key that comes with the JWT
 * itself shows that it was not changed, and nothing about who signed it.
 */
#include "vc/internal.h"

/* One signature at work. */
typedef struct signature {
    cn_slice alg_name;
    const cn_jose_alg *alg;
    cn_slice method_url; /* from "kid", absolute; empty where there is none */
    cn_method method;
} signature;

static bool found(cn_vc *v, cn_step *step, cn_outcome outcome, const char *problem, cn_slice member,
                  const char *detail) {
    cn_slice where = CN_S("signature");
    if (member.n && !cn_vc_where(v, CN_S("header"), member, &where)) return false;
    return cn_vc_find(v, step, outcome, problem, where, "%s", detail);
}

/* ---- The header ---- */

static bool check_alg(cn_vc *v, cn_step *step, signature *s) {
    s->alg_name = cn_json_get_text(v->jwt->jws.header, CN_S("alg"));
    s->alg = cn_jose_alg_find(s->alg_name);
    if (s->alg) return true;
    if (!s->alg_name.n)
        return found(v, step, CN_FAIL, "jwt-alg-missing", CN_S("alg"),
                     "The header of the JWT does not say how it was signed (\"alg\").");
    if (cn_slice_eq_nocase(s->alg_name, CN_S("none")))
        return found(v, step, CN_FAIL, "jwt-alg-none", CN_S("alg"),
                     "The JWT says of itself that it is not signed (\"alg\" is \"none\"), so anybody could have "
                     "written it.");
    if (cn_slice_starts(s->alg_name, CN_S("HS")))
        return found(v, step, CN_FAIL, "jwt-alg-symmetric", CN_S("alg"),
                     "The JWT is signed with a shared secret, which is not supported: whoever could check such a "
                     "signature could also have made it.");
    cn_slice shown = cn_vc_quote(s->alg_name);
    return cn_vc_find_about(v, step, CN_UNKNOWN, "jwt-alg-unsupported", CN_S("header/alg"), s->alg_name,
                            "The signature is of the kind \"%.*s\", which cannot be checked here.", CN_ARG(shown));
}

/* RFC 7515, 4.1.11: no extension is understood here. */
static bool check_crit(cn_vc *v, cn_step *step, signature *s) {
    (void)s;
    if (!cn_json_get(v->jwt->jws.header, CN_S("crit"))) return true;
    return found(
        v, step, CN_FAIL, "jwt-crit", CN_S("crit"),
        "The JWT asks that whoever cannot handle its extensions (\"crit\") does not accept it, and they are "
        "not known here.");
}

/* RFC 7797: a payload that is not encoded. Such a header is in "crit", which is refused; one that keeps silent
 * there would be read in two ways. */
static bool check_encoding(cn_vc *v, cn_step *step, signature *s) {
    const cn_json *b64 = cn_json_get(v->jwt->jws.header, CN_S("b64"));
    (void)s;
    if (!b64 || cn_json_is(b64, CN_JSON_TRUE)) return true;
    return found(
        v, step, CN_FAIL, "jwt-b64", CN_S("b64"),
        "The JWT says of itself that its payload is not encoded (\"b64\"), so that programs could read it in "
        "different ways.");
}

/* VC-JOSE-COSE 1.0, section 6.1, and the names that drafts of it had; an old JWT says only that it is one. */
static const struct {
    cn_slice name;
    bool presentation, disclosing;
} types[] = {
    {CN_S_INIT("vc+jwt"), false, false},   {CN_S_INIT("vc+ld+jwt"), false, false},
    {CN_S_INIT("vp+jwt"), true, false},    {CN_S_INIT("vp+ld+jwt"), true, false},
    {CN_S_INIT("vc+sd-jwt"), false, true}, {CN_S_INIT("vc+ld+json+sd-jwt"), false, true},
    {CN_S_INIT("vp+sd-jwt"), true, true},  {CN_S_INIT("vp+ld+json+sd-jwt"), true, true},
};

static bool check_type(cn_vc *v, cn_step *step, signature *s) {
    cn_slice typ = cn_jose_type(v->jwt->jws.header);
    bool disclosing = v->jwt->sd != NULL;
    (void)s;
    if (!cn_json_get(v->jwt->jws.header, CN_S("typ")) || cn_slice_eq_nocase(typ, CN_S("JWT"))) return true;
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (cn_slice_eq_nocase(typ, types[i].name) && types[i].presentation == v->presentation &&
            types[i].disclosing == disclosing)
            return true;
    return found(v, step, CN_FAIL, "jwt-typ", CN_S("typ"),
                 "The JWT says of itself that it is something other than what it is here (\"typ\").");
}

/* ---- The key ---- */

/* Who is said to have issued it: "iss", or else the credential's issuer or the presentation's holder. */
static cn_slice claimed_issuer(const cn_vc *v) {
    cn_slice iss = cn_json_get_text(v->jwt->claims, CN_S("iss"));
    return iss.n ? iss : cn_vc_id(cn_json_get(v->credential, v->presentation ? CN_S("holder") : CN_S("issuer")));
}

/* A "kid" that is no URL names one of the issuer's keys. */
static bool absolute(cn_vc *v, cn_slice kid, cn_slice *out) {
    *out = kid;
    if (!kid.n || cn_vc_is_url(kid)) return true;
    cn_slice issuer, rest, name = cn_slice_from(kid, kid.p[0] == '#');
    (void)cn_slice_cut(claimed_issuer(v), '#', &issuer, &rest);
    return cn_arena_print(v->arena, out, "%.*s#%.*s", CN_ARG(issuer), CN_ARG(name)) || cn_fail_memory(v->err);
}

static bool take_header_key(cn_vc *v, cn_step *step, signature *s, const cn_json *jwk) {
    cn_err err;
    v->jwt->unvouched = true;
    if (cn_jwk_read(v->arena, jwk, &s->method.key, &err)) return true;
    if (cn_vc_fatal(v, &err)) return false;
    bool unknown = err.code == CN_UNSUPPORTED;
    return found(v, step, unknown ? CN_UNKNOWN : CN_FAIL, unknown ? "key-unsupported" : "key-malformed",
                 CN_S("jwk"), err.detail);
}

/* RFC 7515, 4.1.2, 4.1.5 and 4.1.6: none of them is followed. */
static bool has_foreign_key(const cn_json *header) {
    return cn_json_get(header, CN_S("jku")) || cn_json_get(header, CN_S("x5u")) ||
           cn_json_get(header, CN_S("x5c"));
}

/* A "kid" that is a URL comes first; a key in the header next, also where the first could not be had; last a "kid"
 * that only makes sense with the issuer. */
static bool check_key(cn_vc *v, cn_step *step, signature *s) {
    const cn_json *header = v->jwt->jws.header, *jwk = cn_json_get(header, CN_S("jwk"));
    cn_slice kid = cn_json_get_text(header, CN_S("kid"));
    cn_step own = {.outcome = CN_UNKNOWN, .problem = ""};
    if (!kid.n && !jwk && has_foreign_key(header))
        return found(
            v, step, CN_UNKNOWN, "jwt-key-elsewhere", CN_S(""),
            "The JWT brings a certificate or the address of its key (\"x5c\", \"x5u\", \"jku\") of its own "
            "choosing, which would show nothing about who signed it; ask the issuer for a credential that "
            "names a key of theirs (\"kid\").");
    if (!kid.n && !jwk)
        return found(v, step, CN_UNKNOWN, "verification-method-unresolvable", CN_S("kid"),
                     "The JWT does not say with whose key it was signed (\"kid\"), so its signature cannot be "
                     "checked; ask the issuer for a credential that does.");
    if (!absolute(v, kid, &s->method_url)) return false;
    if (kid.n && (cn_vc_is_url(kid) || !jwk)) {
        own.outcome = CN_PASS;
        if (!cn_controller_key(v, &own, s->method_url, CN_S("header/kid"), &s->method)) return false;
        v->jwt->unvouched = s->method.bare;
    }
    if (own.outcome == CN_UNKNOWN && jwk) return take_header_key(v, step, s, jwk);
    cn_vc_merge(step, &own);
    return true;
}

/* RFC 7519, 4.1.6: "iat" is when it was signed. */
static bool check_withdrawn(cn_vc *v, cn_step *step, signature *s) {
    cn_time t;
    bool known = cn_jwt_date(v, CN_S("iat"), &t);
    return cn_method_check_time(v, step, &s->method, known ? t : v->options->now, CN_S("payload/iat"));
}

/* ---- The signature ---- */

static bool check_signature(cn_vc *v, cn_step *step, signature *s) {
    bool good;
    cn_err err;
    if (s->method.key.kind != s->alg->key)
        return found(v, step, CN_FAIL, "key-wrong-kind", CN_S("alg"),
                     "The key is of a kind that this sort of signature is not made with.");
    if (!cn_jws_check(v->env.crypto, &v->jwt->jws, s->alg, &s->method.key, &good, &err))
        return cn_vc_fatal(v, &err) ? false : found(v, step, CN_FAIL, "invalid-signature", CN_S(""), err.detail);
    v->jwt->key = s->method.key;
    return good || found(v, step, CN_FAIL, "invalid-signature", CN_S(""),
                         "The signature does not match: the credential was changed after it was signed, or it was "
                         "signed with another key. Get it anew from the issuer.");
}

/* In this order; the first that does not pass ends it. */
static bool (*const checks[])(cn_vc *, cn_step *, signature *) = {
    check_alg, check_crit, check_encoding, check_type, check_key, check_withdrawn, check_signature,
};

bool cn_jwt_proof(cn_vc *v, cn_step *step, cn_proof_result *out) {
    signature s = {0};
    cn_step own = {.outcome = CN_PASS, .problem = ""};
    for (size_t k = 0; k < sizeof checks / sizeof checks[0] && own.outcome == CN_PASS; k++)
        if (!checks[k](v, &own, &s)) return false;
    cn_slice shown = cn_vc_quote(s.alg_name);
    if (!cn_arena_print(v->arena, &out->suite, v->jwt->sd ? "sd-jwt %.*s" : "vc-jwt %.*s", CN_ARG(shown)))
        return cn_fail_memory(v->err);
    out->method = s.method_url;
    out->outcome = own.outcome;
    out->controller = own.outcome == CN_PASS ? s.method.controller : CN_S("");
    cn_vc_merge(step, &own);
    return true;
}

/* ---- Vouching (step "issuer") ---- */

bool cn_jwt_vouched(cn_vc *v, cn_step *step, cn_slice issuer) {
    bool listed = false;
    cn_method method = {0};
    if (!cn_controller_lists(v, issuer, &v->jwt->key, &listed, &method)) return false;
    if (listed) {
        if (!check_withdrawn(v, step, &(signature){.method = method})) return false;
        if (step->outcome == CN_PASS) v->report.controller = v->report.proofs[0].controller = issuer;
        return true;
    }
    cn_slice shown = cn_vc_quote(issuer);
    if (cn_slice_starts(issuer, CN_S("did:key:")) || cn_slice_starts(issuer, CN_S("did:jwk:")))
        return cn_vc_find_about(
            v, step, CN_FAIL, "issuer-key-mismatch", CN_S("/issuer"), issuer,
            "The credential says it is from \"%.*s\", whose only key is another than the one it was "
            "signed with.",
            CN_ARG(shown));
    bool came = cn_json_get(v->jwt->jws.header, CN_S("jwk")) != NULL;
    return cn_vc_find_about(
        v, step, CN_UNKNOWN, "key-not-vouched", came ? CN_S("header/jwk") : CN_S("header/kid"), issuer,
        "The signature is good, but its key %s, and nothing shows that it is a key of \"%.*s\"; ask the issuer to "
        "publish it.",
        came ? "came with the credential itself" : "was found at an address that does not say whose it is",
        CN_ARG(shown));
}
