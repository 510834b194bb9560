/* SPDX-License-Identifier: Apache-2.0
 *
 * The key binding of an SD-JWT: RFC 9901, sections 4.3 and 7.3. The issuer names a key of the holder's in the
 * claim "cnf" (RFC 7800); the holder signs with it what they disclose, to whom, and for which occasion.
 */
#include "vc/internal.h"

enum { CLOCKS_DIFFER = 300 }; /* seconds that "iat" may lie ahead */

/* A binding at work. */
typedef struct binding {
    cn_jws jws;
    const cn_json *claims; /* an object */
    const cn_jose_alg *alg;
    cn_method method;
} binding;

static bool bad(cn_vc *v, cn_step *step, const char *detail) {
    return cn_vc_find(v, step, CN_FAIL, "holder-malformed", CN_S("key binding"), "%s", detail);
}

static bool read_all(cn_vc *v, cn_step *step, binding *b) {
    cn_json_options strict = {.refuse_duplicates = true};
    cn_err err;
    if (!cn_jws_read(v->arena, v->jwt->sd->binding, &b->jws, &err) ||
        !cn_json_read(v->arena, b->jws.payload, &strict, &b->claims, &err))
        return cn_vc_fatal(v, &err) ? false : bad(v, step, "What the holder signed cannot be read.");
    return cn_json_is(b->claims, CN_JSON_OBJECT) || bad(v, step, "What the holder signed is no JSON object.");
}

/* 7.3, step 3.a to 3.c */
static bool check_header(cn_vc *v, cn_step *step, binding *b) {
    b->alg = cn_jose_alg_find(cn_json_get_text(b->jws.header, CN_S("alg")));
    if (!cn_slice_eq_nocase(cn_jose_type(b->jws.header), CN_S("kb+jwt")))
        return bad(v, step, "What the holder signed is no key binding (\"typ\").");
    if (cn_json_get(b->jws.header, CN_S("crit")) || cn_json_get(b->jws.header, CN_S("b64")))
        return bad(v, step, "The holder's signature asks for extensions that are not known here.");
    return b->alg || bad(v, step, "The holder's signature is of no kind that can be checked here.");
}

/* RFC 7800, 3.2 and 3.4, of the claims that the issuer signed. */
static bool check_key(cn_vc *v, cn_step *step, binding *b) {
    const cn_json *cnf = cn_json_get(v->jwt->claims, CN_S("cnf")), *jwk = cn_json_get(cnf, CN_S("jwk"));
    cn_slice kid = cn_json_get_text(cnf, CN_S("kid")), kept = v->purpose;
    cn_err err;
    if (jwk) {
        if (cn_jwk_read(v->arena, jwk, &b->method.key, &err)) return true;
        if (cn_vc_fatal(v, &err)) return false;
        return cn_vc_find(v, step, err.code == CN_UNSUPPORTED ? CN_UNKNOWN : CN_FAIL, "holder-key",
                          CN_S("payload/cnf"), "%s", err.detail);
    }
    if (!cn_vc_is_url(kid))
        return cn_vc_find(
            v, step, CN_UNKNOWN, "holder-key", CN_S("payload/cnf"),
            "The credential does not say which key its holder has, so nothing shows that they showed it.");
    v->purpose = CN_S("authentication");
    bool good = cn_controller_method(v, step, kid, CN_S("payload/cnf"), &b->method);
    v->purpose = kept;
    return good;
}

static bool check_signature(cn_vc *v, cn_step *step, binding *b) {
    bool good = false;
    cn_err err = {0};
    assert(b->alg);
    if (b->method.key.kind != b->alg->key)
        return cn_vc_find(v, step, CN_FAIL, "key-wrong-kind", CN_S("key binding"),
                          "The holder's key is of a kind that this sort of signature is not made with.");
    if (!cn_jws_check(v->env.crypto, &b->jws, b->alg, &b->method.key, &good, &err) && cn_vc_fatal(v, &err))
        return false;
    return good || cn_vc_find(v, step, CN_FAIL, "holder-signature", CN_S("key binding"),
                              "The holder's signature does not match: somebody else made it, or it was changed.");
}

/* 4.3: made for exactly what is disclosed, not in the future. */
static bool check_claims(cn_vc *v, cn_step *step, binding *b) {
    const cn_json *iat = cn_json_get(b->claims, CN_S("iat"));
    cn_slice digest;
    if (!cn_json_get_text(b->claims, CN_S("nonce")).n || !cn_json_get(b->claims, CN_S("aud")) ||
        !cn_json_is(iat, CN_JSON_NUMBER))
        return bad(v, step,
                   "The holder's signature does not say when, for whom and for which occasion it was made.");
    if (!cn_sd_jwt_digest(v->env.crypto, v->arena, v->jwt->sd_hash, v->jwt->sd->shown, &digest))
        return cn_fail_memory(v->err);
    if (!cn_json_is_string(cn_json_get(b->claims, CN_S("sd_hash")), digest))
        return cn_vc_find(v, step, CN_FAIL, "holder-signature", CN_S("key binding/sd_hash"),
                          "The holder signed for something else than what is shown here.");
    if (iat->number > (double)v->options->now.sec + CLOCKS_DIFFER)
        return bad(v, step, "The holder's signature was made in the future.");
    return true;
}

static bool check_answers(cn_vc *v, cn_step *step, binding *b) {
    return cn_holder_answers(v, step, cn_json_get(b->claims, CN_S("nonce")), cn_json_get(b->claims, CN_S("aud")),
                             CN_S("key binding"));
}

/* In this order; the first that does not pass ends it. */
static bool (*const checks[])(cn_vc *, cn_step *, binding *) = {
    read_all, check_header, check_key, check_signature, check_claims, check_answers,
};

bool cn_key_binding(cn_vc *v, cn_step *step) {
    binding b = {0};
    if (v->report.proof != CN_PASS)
        return cn_vc_find(
            v, step, CN_NOT_APPLICABLE, "", CN_S(""),
            "The issuer's signature is not known to be good, so nothing shows whose key the holder has.");
    for (size_t k = 0; k < sizeof checks / sizeof checks[0] && step->outcome == CN_PASS; k++)
        if (!checks[k](v, step, &b)) return false;
    if (step->outcome == CN_PASS) v->report.holder = b.method.controller;
    return true;
}
