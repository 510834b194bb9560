/* SPDX-License-Identifier: Apache-2.0
 *
 * The envelope "jwt": from a payload to a credential, and what its claims say beside it.
 *
 * VC Data Model 1.1, section 6.3.1 (the credential stands in the claim "vc", and claims may stand for
 * members); VC-JOSE-COSE 1.0, sections 3.1 and 3.2, and Open Badges 3.0, section 8.2.4 (the payload is the
 * credential, in an SD-JWT once its disclosures are put in). What is said twice has to be said alike.
 * Presentations come alike. The signature is jwt_proof.c's.
 */
#include "vc/internal.h"

/* ---- Claims and the members they stand for ---- */

typedef struct claim {
    cn_slice name;
    cn_slice member, older;     /* older: as data model 1.1 names it; empty where it is the same */
    bool date, of_presentation; /* of a presentation, and of a credential otherwise */
    const char *problem;        /* where the two do not agree */
} claim;

static const claim claims[] = {
    {CN_S_INIT("iss"), CN_S_INIT("issuer"), CN_S_INIT(""), false, false, "jwt-iss-mismatch"},
    {CN_S_INIT("jti"), CN_S_INIT("id"), CN_S_INIT(""), false, false, "jwt-jti-mismatch"},
    {CN_S_INIT("sub"), CN_S_INIT("credentialSubject"), CN_S_INIT(""), false, false, "jwt-sub-mismatch"},
    {CN_S_INIT("nbf"), CN_S_INIT("validFrom"), CN_S_INIT("issuanceDate"), true, false, "jwt-nbf-mismatch"},
    {CN_S_INIT("exp"), CN_S_INIT("validUntil"), CN_S_INIT("expirationDate"), true, false, "jwt-exp-mismatch"},
    {CN_S_INIT("iss"), CN_S_INIT("holder"), CN_S_INIT(""), false, true, "jwt-iss-mismatch"},
    {CN_S_INIT("jti"), CN_S_INIT("id"), CN_S_INIT(""), false, true, "jwt-jti-mismatch"},
};
enum { CLAIMS = sizeof claims / sizeof claims[0] };

/* RFC 7519, section 2: a NumericDate; up to the year 9999. */
static bool read_date(const cn_json *value, cn_time *out) {
    if (!cn_json_is(value, CN_JSON_NUMBER) || value->number < 0 || value->number >= 253402300800.0) return false;
    out->sec = (int64_t)value->number;
    out->ns = (int32_t)((value->number - (double)out->sec) * 1e9);
    return true;
}

bool cn_jwt_date(const cn_vc *v, cn_slice name, cn_time *out) {
    return read_date(cn_json_get(v->jwt->claims, name), out);
}

static bool well_formed(const claim *c, const cn_json *value) {
    cn_time t;
    return c->date ? read_date(value, &t) : cn_json_text(value).n > 0;
}

/* The member as the credential writes it; NULL where it has none. */
static const cn_json *member_of(const cn_json *credential, const claim *c) {
    const cn_json *value = c->older.n ? cn_json_get(credential, c->older) : NULL;
    return value ? value : cn_json_get(credential, c->member);
}

/* ---- Opening ---- */

/* Characters of base64url and dots from the start; "{" and a quotation mark or white space begin "ey" or "ew". */
bool cn_jwt_recognise(cn_slice input) {
    cn_slice text = cn_slice_trim(input);
    return text.n > 2 && text.p[0] == 'e' && (text.p[1] == 'y' || text.p[1] == 'w') &&
           cn_slice_find_byte(cn_slice_sub(text, 0, 40), ' ') == SIZE_MAX;
}

/* 6.3.1, decoding: the text or date of a claim as a member of a credential. NULL at the maximum. */
static const cn_json *member_value(cn_vc *v, const claim *c, const cn_json *value) {
    cn_time t;
    if (!c->date || !read_date(value, &t)) return value;
    cn_buf b = cn_buf_on(v->arena, 0);
    cn_time_write(&b, t);
    return cn_buf_ok(&b) ? cn_json_string(v->arena, cn_buf_slice(&b)) : NULL;
}

/* Sets the member a claim stands for where the credential does not say it itself. */
static bool fill(cn_vc *v, cn_json *credential, const claim *c, bool first) {
    const cn_json *value = cn_json_get(v->jwt->claims, c->name), *there = member_of(credential, c);
    cn_slice member = first && c->older.n ? c->older : c->member;
    bool within = !c->date && !cn_slice_eq(c->member, CN_S("id")); /* it is the member's "id" */
    if (!value || !well_formed(c, value)) return true;
    if (within && cn_json_is(there, CN_JSON_OBJECT) && !cn_json_get(there, CN_S("id"))) {
        cn_json *named = cn_json_copy_shallow(v->arena, there);
        return named && cn_json_set(v->arena, named, CN_S("id"), value) &&
               cn_json_set(v->arena, credential, member, named);
    }
    if (there || cn_slice_eq(c->member, CN_S("credentialSubject"))) return true;
    return cn_json_set(v->arena, credential, member, member_value(v, c, value));
}

static bool open_wrapped(cn_vc *v, const cn_json *vc) {
    cn_json *credential = cn_json_copy_shallow(v->arena, vc);
    bool first = cn_json_is_string(cn_json_one(cn_json_get(vc, CN_S("@context")), 0), CN_S(CN_VC_BASE_1));
    if (!credential) return cn_fail_memory(v->err);
    for (size_t i = 0; i < CLAIMS; i++)
        if (claims[i].of_presentation == v->presentation && !fill(v, credential, &claims[i], first))
            return cn_fail_memory(v->err);
    v->credential = credential;
    return true;
}

/* The payload without the claims of RFC 7519, section 4.1, RFC 7800 and OpenID Connect Core, which are no terms of
 * a credential. */
static bool open_bare(cn_vc *v) {
    static const cn_slice registered[] = {CN_S_INIT("iss"), CN_S_INIT("sub"), CN_S_INIT("aud"),
                                          CN_S_INIT("exp"), CN_S_INIT("nbf"), CN_S_INIT("iat"),
                                          CN_S_INIT("jti"), CN_S_INIT("cnf"), CN_S_INIT("nonce")};
    const cn_json *payload = v->jwt->claims;
    cn_json *credential = cn_json_object(v->arena);
    if (!credential) return cn_fail_memory(v->err);
    for (size_t i = 0; i < cn_json_count(payload); i++) {
        const cn_json_member *m = &payload->object.v[i];
        bool skip = false;
        for (size_t k = 0; k < sizeof registered / sizeof registered[0]; k++)
            skip = skip || cn_slice_eq(m->key, registered[k]);
        if (!skip && !cn_json_set(v->arena, credential, m->key, m->value)) return cn_fail_memory(v->err);
    }
    v->credential = credential;
    return true;
}

static bool refuse(cn_vc *v, cn_step *step, const char *problem, const char *detail) {
    return cn_vc_find(v, step, CN_FAIL, problem, CN_S("payload"), "%s", detail);
}

static bool nested(cn_vc *v, cn_step *step) {
    return refuse(
        v, step, "jwt-nested",
        "Inside this JWT there is another one instead of a credential, and only one level is opened; ask "
        "the issuer for the credential itself.");
}

/* VC-JOSE-COSE 1.0, section 3.1: what calls itself by a type of that document holds no claim "vc" or "vp". */
static bool is_newer(const cn_json *header) {
    cn_slice typ = cn_jose_type(header);
    return typ.n && !cn_slice_eq_nocase(typ, CN_S("JWT"));
}

/* The claim that holds the credential or presentation; NULL where the payload is one. The step says what is wrong
 * with it. */
static bool find_wrapped(cn_vc *v, cn_step *step, const cn_json **out) {
    const cn_json *payload = v->jwt->claims, *vc = cn_json_get(payload, CN_S("vc")),
                  *vp = cn_json_get(payload, CN_S("vp"));
    *out = vp ? vp : vc;
    if (!*out) return true;
    if ((vc && vp) || cn_json_get(payload, CN_S("@context")))
        return refuse(
            v, step, "jwt-two-credentials",
            "The payload is a credential and has another one in its claim \"vc\" or \"vp\", so nobody can say "
            "which was meant; the issuer has to correct it.");
    if (is_newer(v->jwt->jws.header))
        return refuse(
            v, step, "jwt-vc-claim",
            "The JWT says of itself that its payload is the credential (\"typ\"), and has one in its claim \"vc\" "
            "or \"vp\" all the same; the issuer has to correct it.");
    if (!cn_json_is(*out, CN_JSON_OBJECT))
        return refuse(v, step, "not-a-credential", "The claim \"vc\" or \"vp\" of this JWT is not a JSON object.");
    return true;
}

static bool open_payload(cn_vc *v, cn_step *step) {
    const cn_json *payload = v->jwt->claims, *vc = cn_json_get(payload, CN_S("vc")), *inner;
    bool wanted = true;
    if (cn_vc_has_type(payload, CN_S("EnvelopedVerifiableCredential")) || cn_jwt_recognise(cn_json_text(vc)) ||
        cn_vc_has_type(vc, CN_S("EnvelopedVerifiableCredential")))
        return nested(v, step);
    if (!find_wrapped(v, step, &inner)) return false;
    if (step->outcome != CN_PASS) return true;
    if ((inner && inner != vc) || cn_vc_has_type(inner ? inner : payload, CN_S("VerifiablePresentation"))) {
        if (!cn_vc_begin_presentation(v, step, &wanted)) return false;
        if (!wanted) return true;
    }
    v->jwt->wrapped = inner != NULL;
    return inner ? open_wrapped(v, inner) : open_bare(v);
}

/* What jose.c and sd_jwt.c refuse, as a finding. What may be a good credential all the same is unknown. */
static bool unreadable(cn_vc *v, cn_step *step, const cn_err *err) {
    static const struct {
        const char *id, *problem;
        cn_outcome outcome;
    } words[] = {
        {"jws.parts", "jwt-parts", CN_FAIL},        {"jws.encrypted", "jwt-encrypted", CN_UNKNOWN},
        {"jws.base64", "jwt-base64", CN_FAIL},      {"jws.header", "jwt-header", CN_FAIL},
        {"jws.header-size", "too-large", CN_FAIL},  {"jws.duplicate-key", "jwt-header-duplicate-key", CN_FAIL},
        {"sd-jwt.hash", "sd-jwt-hash", CN_UNKNOWN}, {"sd-jwt.unused", "sd-jwt-unused", CN_FAIL},
        {"sd-jwt.depth", "too-deep", CN_FAIL},      {"sd-jwt.disclosures", "too-complex", CN_FAIL},
        {"", "sd-jwt-malformed", CN_FAIL},
    };
    if (cn_vc_fatal(v, err)) return false;
    size_t i = 0;
    while (i + 1 < sizeof words / sizeof words[0] && strcmp(words[i].id, err->id) != 0) i++;
    if (words[i].outcome == CN_UNKNOWN) v->report.proof = CN_UNKNOWN;
    return cn_vc_find(v, step, words[i].outcome, words[i].problem,
                      cn_slice_of(err->where[0] ? err->where : "byte 0"), "%s", err->detail);
}

bool cn_sd_jwt_recognise(cn_slice input) {
    return cn_jwt_recognise(input) && cn_slice_find_byte(input, '~') != SIZE_MAX;
}

/* That something is withheld is no fault, but whoever verifies is to know. */
static bool tell_withheld(cn_vc *v, cn_step *step) {
    char count[24];
    int n = snprintf(count, sizeof count, "%zu", v->report.withheld);
    if (!v->report.withheld) return true;
    return cn_vc_find_about(v, step, CN_PASS, "claims-withheld", CN_S("payload"), cn_slice_bytes(count, (size_t)n),
                            "Whoever shows this credential keeps back up to %zu of the things that it states.",
                            v->report.withheld);
}

static bool disclose(cn_vc *v, cn_step *step, cn_jwt *jwt) {
    cn_err err;
    v->report.disclosed = jwt->sd->n;
    if (!cn_sd_jwt_hash(jwt->claims, &jwt->sd_hash, &err) ||
        !cn_sd_jwt_reveal(v->env.crypto, v->arena, jwt->sd, jwt->claims, &jwt->claims, &v->report.withheld, &err))
        return unreadable(v, step, &err);
    return tell_withheld(v, step);
}

bool cn_jwt_open(cn_vc *v, cn_slice input, cn_step *step) {
    cn_slice text = cn_slice_trim(input);
    cn_err err;
    cn_jwt *jwt = CN_NEW(v->arena, cn_jwt);
    if (!jwt) return cn_fail_memory(v->err);
    if (cn_slice_find_byte(text, '~') != SIZE_MAX) {
        jwt->sd = CN_NEW(v->arena, cn_sd_jwt);
        if (!jwt->sd) return cn_fail_memory(v->err);
        if (!cn_sd_jwt_read(v->arena, text, jwt->sd, &err)) return unreadable(v, step, &err);
        text = jwt->sd->jwt;
    }
    if (!cn_jws_read(v->arena, text, &jwt->jws, &err)) return unreadable(v, step, &err);
    if (cn_jwt_recognise(jwt->jws.payload)) return nested(v, step);
    if (!cn_vc_read_object(v, step, jwt->jws.payload, &jwt->claims)) return false;
    if (jwt->claims && jwt->sd && !disclose(v, step, jwt)) return false;
    if (!jwt->claims || step->outcome != CN_PASS) return true;
    if (!jwt->sd && cn_ob2_recognise(jwt->claims)) return cn_ob2_open(v, jwt->claims, &jwt->jws);
    v->jwt = jwt;
    return open_payload(v, step);
}

/* ---- Agreement (step "model") ---- */

static bool says_id(const cn_json *value, cn_slice id, bool *any) {
    for (size_t i = 0; i < cn_json_many(value); i++) {
        cn_slice own = cn_vc_id(cn_json_one(value, i));
        *any = *any || own.n;
        if (cn_slice_eq(own, id)) return true;
    }
    return false;
}

/* Dates agree to the second: NumericDates are mostly written without fraction. */
static bool agrees(const claim *c, const cn_json *value, const cn_json *member) {
    cn_time t = {0}, own;
    bool any = false;
    if (!c->date) return says_id(member, cn_json_text(value), &any) || !any;
    return !cn_time_read(cn_json_text(member), &own, NULL) || (read_date(value, &t) && t.sec == own.sec);
}

static bool check_claim(cn_vc *v, cn_step *step, const claim *c) {
    const cn_json *value = cn_json_get(v->jwt->claims, c->name), *member = member_of(v->credential, c);
    cn_slice where;
    if (!value) return true;
    if (!cn_vc_where(v, CN_S("payload"), c->name, &where)) return false;
    if (!well_formed(c, value))
        return cn_vc_find_about(v, step, CN_FAIL, "jwt-claim-invalid", where, c->name,
                                "The claim \"%.*s\" of the JWT is not %s; the issuer has to correct it.",
                                CN_ARG(c->name), c->date ? "a time in seconds since 1970" : "text");
    if (!member || agrees(c, value, member)) return true;
    /* VC-JOSE-COSE, 3.1.3: where the payload is the credential, "nbf" and "exp" may be the signature's own
     * times. Both are kept to (step "validity"), so a difference is only worth a warning. */
    bool own = c->date && !v->jwt->wrapped;
    return cn_vc_find_about(
        v, step, own ? CN_PASS : CN_FAIL, c->problem, where, c->member,
        "The claim \"%.*s\" of the JWT and \"%.*s\" of the credential in it do not say the same%s",
        CN_ARG(c->name), CN_ARG(c->member),
        own ? "; the credential holds only where both allow it." : "; the issuer has to correct it.");
}

bool cn_jwt_claims(cn_vc *v, cn_step *step) {
    for (size_t i = 0; i < CLAIMS; i++)
        if (claims[i].of_presentation == v->presentation && !check_claim(v, step, &claims[i])) return false;
    return true;
}
