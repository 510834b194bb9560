/* SPDX-License-Identifier: Apache-2.0
 *
 * Step "model": what the data model demands of a credential's members, as a
 * table: Verifiable Credentials Data Model 2.0, section 4, and 1.1, sections 4 and 5. Which
 * of the two it is, the first context says. Meaning of terms is the context step's affair.
 */
#include "vc/internal.h"

typedef struct rule rule;
/* Looks at one value; the finding goes to the step under rule->problem. */
typedef bool check(cn_vc *v, cn_step *step, const rule *r, const cn_json *value, cn_slice where);

struct rule {
    cn_slice member;
    const char *missing; /* the problem when it is absent; NULL: it is optional */
    const char *problem;
    check *run;
    unsigned models;           /* bits: 1 << CN_MODEL_1 | 1 << CN_MODEL_2 | PRESENTATION */
    bool many;                 /* the value may be a list: each item is checked */
    bool needs_type, needs_id; /* for check_object */
};

enum {
    V1 = 1 << CN_MODEL_1,
    V2 = 1 << CN_MODEL_2,
    BOTH = V1 | V2,
    PRESENTATION = 1 << 3,
    ALL = BOTH | PRESENTATION
};

/* ---- Context ---- */

static cn_model model_of(cn_slice context) {
    if (cn_slice_eq(context, CN_S(CN_VC_BASE_2))) return CN_MODEL_2;
    return cn_slice_eq(context, CN_S(CN_VC_BASE_1)) ? CN_MODEL_1 : CN_MODEL_NONE;
}

static bool check_context_item(cn_vc *v, cn_step *step, const cn_json *contexts, size_t i) {
    const cn_json *item = cn_json_one(contexts, i);
    cn_slice where;
    if (cn_json_is(item, CN_JSON_OBJECT) || cn_vc_is_url(cn_json_text(item))) return true;
    if (!cn_vc_where_item(v, CN_S("/@context"), contexts, i, &where)) return false;
    return cn_vc_find(
        v, step, CN_FAIL, "context-invalid", where,
        "An entry of \"@context\" is neither a URL nor an object, so the terms of this credential have "
        "no fixed meaning; the issuer has to correct it.");
}

/* 2.0, 4.3; 1.1, 4.1: the first entry is the base context. */
static bool check_context(cn_vc *v, cn_step *step) {
    const cn_json *contexts = cn_json_get(v->credential, CN_S("@context"));
    size_t n = cn_json_many(contexts), base = SIZE_MAX;
    for (size_t i = 0; i < n; i++) {
        if (!check_context_item(v, step, contexts, i)) return false;
        if (base == SIZE_MAX && model_of(cn_json_text(cn_json_one(contexts, i)))) base = i;
    }
    if (base != SIZE_MAX) v->model = model_of(cn_json_text(cn_json_one(contexts, base)));
    if (base == SIZE_MAX)
        return cn_vc_find(
            v, step, CN_FAIL, "context-missing", CN_S("/@context"),
            "\"@context\" does not name the base context of Verifiable Credentials (%s or %s), so this "
            "is not a verifiable credential; the issuer has to correct it.",
            CN_VC_BASE_2, CN_VC_BASE_1);
    if (base > 0)
        return cn_vc_find(
            v, step, CN_FAIL, "context-order", CN_S("/@context"),
            "The base context has to be the first entry of \"@context\" and here it is entry %zu; the "
            "issuer has to correct it.",
            base + 1);
    return true;
}

/* ---- Values ---- */

static bool bad(cn_vc *v, cn_step *step, const rule *r, cn_slice where, const char *what) {
    return cn_vc_find_about(v, step, CN_FAIL, r->problem, where, r->member,
                            "\"%.*s\" %s; the issuer has to correct it and issue the credential again.",
                            CN_ARG(r->member), what);
}

static bool check_types(cn_vc *v, cn_step *step, const rule *r, const cn_json *value, cn_slice where) {
    for (size_t i = 0; i < cn_json_many(value); i++)
        if (!cn_json_text(cn_json_one(value, i)).n)
            return bad(v, step, r, where, "holds something other than the name of a type");
    if (!v->presentation && !cn_vc_has_type(v->credential, CN_S("VerifiableCredential")))
        return bad(v, step, r, where, "does not include \"VerifiableCredential\", so this is no credential");
    return true;
}

static bool check_url(cn_vc *v, cn_step *step, const rule *r, const cn_json *value, cn_slice where) {
    return cn_vc_is_url(cn_json_text(value)) || bad(v, step, r, where, "is not a single URL");
}

static bool check_issuer(cn_vc *v, cn_step *step, const rule *r, const cn_json *value, cn_slice where) {
    return cn_vc_is_url(cn_vc_id(value)) ||
           bad(v, step, r, where, "is neither a URL nor an object whose \"id\" is a URL");
}

/* An "id" that is there must be a URL, and so must one that has to be there. */
static bool good_id(const cn_json *object, bool needed) {
    const cn_json *id = cn_json_get(object, CN_S("id"));
    return id ? cn_vc_is_url(cn_json_text(id)) : !needed;
}

static bool good_type(const cn_json *object, bool needed) {
    const cn_json *types = cn_json_get(object, CN_S("type"));
    if (!types) return !needed;
    for (size_t i = 0; i < cn_json_many(types); i++)
        if (!cn_json_text(cn_json_one(types, i)).n) return false;
    return cn_json_many(types) > 0;
}

static bool check_object(cn_vc *v, cn_step *step, const rule *r, const cn_json *value, cn_slice where) {
    if (!cn_json_is(value, CN_JSON_OBJECT)) return bad(v, step, r, where, "is not an object");
    if (!cn_json_count(value)) return bad(v, step, r, where, "is empty");
    if (!good_type(value, r->needs_type)) return bad(v, step, r, where, "has no proper \"type\"");
    if (!good_id(value, r->needs_id)) return bad(v, step, r, where, "has no \"id\" that is a single URL");
    return true;
}

/* 2.0, 4.9 asks for a dateTimeStamp, which names its zone; 1.1, 4.6 for a dateTime. */
static bool check_date(cn_vc *v, cn_step *step, const rule *r, const cn_json *value, cn_slice where) {
    cn_time t;
    bool zoned;
    if (!cn_time_read(cn_json_text(value), &t, &zoned))
        return bad(v, step, r, where, "is not a date and time like 2026-06-01T00:00:00Z");
    if (v->model == CN_MODEL_2 && !zoned)
        return bad(v, step, r, where, "names no time zone, so nobody can say when it is");
    return true;
}

/* 2.0, 11.1: text, or a language value object with nothing else in it. */
static bool check_label(cn_vc *v, cn_step *step, const rule *r, const cn_json *value, cn_slice where) {
    if (cn_json_is(value, CN_JSON_STRING)) return true;
    size_t known = cn_json_is(cn_json_get(value, CN_S("@value")), CN_JSON_STRING);
    if (!known) return bad(v, step, r, where, "is neither text nor a language object with a \"@value\"");
    known += cn_json_get(value, CN_S("@language")) != NULL;
    known += cn_json_get(value, CN_S("@direction")) != NULL;
    return known == cn_json_count(value) ||
           bad(v, step, r, where, "has members that a language object does not have");
}

/* 2.0, 5.3: what the credential points at, by its digest. */
static bool check_resource(cn_vc *v, cn_step *step, const rule *r, const cn_json *value, cn_slice where) {
    if (!good_id(value, true)) return bad(v, step, r, where, "has no \"id\" that is a URL");
    bool digest = cn_json_get(value, CN_S("digestSRI")) || cn_json_get(value, CN_S("digestMultibase"));
    return digest || bad(v, step, r, where, "has no digest");
}

/* 2.0, 4.13: objects, secured or enveloped; 1.1 has JWTs as texts too. */
static bool check_presented(cn_vc *v, cn_step *step, const rule *r, const cn_json *value, cn_slice where) {
    return cn_json_is(value, CN_JSON_OBJECT) || v->model != CN_MODEL_2 ||
           bad(v, step, r, where, "holds something other than an object");
}

/* ---- The table ---- */

static const rule rules[] = {
    {.member = CN_S_INIT("type"),
     .models = ALL,
     .missing = "type-missing",
     .problem = "type-invalid",
     .run = check_types},
    {.member = CN_S_INIT("id"), .models = ALL, .problem = "id-invalid", .run = check_url},
    {.member = CN_S_INIT("holder"), .models = PRESENTATION, .problem = "holder-invalid", .run = check_issuer},
    {.member = CN_S_INIT("verifiableCredential"),
     .models = PRESENTATION,
     .many = true,
     .problem = "presented-invalid",
     .run = check_presented},
    {.member = CN_S_INIT("issuer"),
     .models = BOTH,
     .missing = "issuer-missing",
     .problem = "issuer-invalid",
     .run = check_issuer},
    {.member = CN_S_INIT("credentialSubject"),
     .models = BOTH,
     .many = true,
     .missing = "subject-missing",
     .problem = "subject-invalid",
     .run = check_object},
    {.member = CN_S_INIT("issuanceDate"),
     .models = V1,
     .missing = "date-missing",
     .problem = "date-invalid",
     .run = check_date},
    {.member = CN_S_INIT("expirationDate"), .models = V1, .problem = "date-invalid", .run = check_date},
    {.member = CN_S_INIT("validFrom"), .models = BOTH, .problem = "date-invalid", .run = check_date},
    {.member = CN_S_INIT("validUntil"), .models = BOTH, .problem = "date-invalid", .run = check_date},
    {.member = CN_S_INIT("credentialStatus"),
     .models = BOTH,
     .many = true,
     .problem = "status-invalid",
     .run = check_object,
     .needs_type = true},
    {.member = CN_S_INIT("credentialSchema"),
     .models = BOTH,
     .many = true,
     .problem = "schema-invalid",
     .run = check_object,
     .needs_type = true,
     .needs_id = true},
    {.member = CN_S_INIT("refreshService"),
     .models = BOTH,
     .many = true,
     .problem = "refresh-invalid",
     .run = check_object,
     .needs_type = true},
    {.member = CN_S_INIT("termsOfUse"),
     .models = BOTH,
     .many = true,
     .problem = "terms-invalid",
     .run = check_object,
     .needs_type = true},
    {.member = CN_S_INIT("evidence"),
     .models = BOTH,
     .many = true,
     .problem = "evidence-invalid",
     .run = check_object,
     .needs_type = true},
    {.member = CN_S_INIT("name"), .models = V2, .many = true, .problem = "name-invalid", .run = check_label},
    {.member = CN_S_INIT("description"),
     .models = V2,
     .many = true,
     .problem = "description-invalid",
     .run = check_label},
    {.member = CN_S_INIT("relatedResource"),
     .models = V2,
     .many = true,
     .problem = "resource-invalid",
     .run = check_resource},
};

static bool apply(cn_vc *v, cn_step *step, const rule *r) {
    const cn_json *value = cn_json_get(v->credential, r->member);
    size_t n = r->many ? cn_json_many(value) : value != NULL;
    cn_slice where, item;
    if (!cn_vc_where(v, CN_S(""), r->member, &where)) return false;
    if (!n && r->missing)
        return cn_vc_find_about(
            v, step, CN_FAIL, r->missing, where, r->member,
            "The credential has no \"%.*s\", which every credential needs; the issuer has to add it.",
            CN_ARG(r->member));
    if (!r->many) return !value || r->run(v, step, r, value, where);
    for (size_t i = 0; i < n; i++) {
        if (!cn_vc_where_item(v, where, value, i, &item)) return false;
        if (!r->run(v, step, r, cn_json_one(value, i), item)) return false;
    }
    return true;
}

/* 2.0, 4.9: validUntil is not before validFrom. */
static bool check_interval(cn_vc *v, cn_step *step) {
    cn_time from, until;
    if (!cn_time_read(cn_json_get_text(v->credential, CN_S("validFrom")), &from, NULL)) return true;
    if (!cn_time_read(cn_json_get_text(v->credential, CN_S("validUntil")), &until, NULL)) return true;
    if (cn_time_cmp(from, until) <= 0) return true;
    return cn_vc_find(v, step, CN_FAIL, "dates-reversed", CN_S("/validUntil"),
                      "\"validUntil\" is before \"validFrom\", so the credential never holds; the issuer has to "
                      "correct it.");
}

bool cn_step_model(cn_vc *v, cn_step *step) {
    if (!check_context(v, step)) return false;
    /* Without a base context it is judged by the current data model. */
    unsigned model = v->presentation ? PRESENTATION : 1U << (v->model ? v->model : CN_MODEL_2);
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        if ((rules[i].models & model) && !apply(v, step, &rules[i])) return false;
    if (!check_interval(v, step)) return false;
    return !v->jwt || cn_jwt_claims(v, step);
}
