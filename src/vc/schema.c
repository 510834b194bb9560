/* SPDX-License-Identifier: Apache-2.0
 *
 * Step "schema": is the credential as the schemas ask that it names (data model 2.0, section 4.11; VC JSON Schema
 * 1.0; 1EdTech's JSON Schema Validator 2019)?
 *
 * A schema says how a credential should be written, and not who signed what. Most badges in the field depart from
 * their own. So what is found is a warning, and counts only where the caller asks for it.
 */
#include "schema/schema.h"
#include "vc/internal.h"

enum { MAX_SCHEMAS = 4, TOLD = 3 };

typedef struct named {
    const cn_json *json; /* the entry of "credentialSchema" */
    cn_slice where, url;
    cn_dialect dialect;
    bool credential; /* the schema comes in a credential */
} named;

static const struct {
    cn_slice type;
    cn_dialect dialect;
    bool credential;
} types[] = {
    {CN_S_INIT("JsonSchema"), CN_DIALECT_2020_12, false},
    {CN_S_INIT("JsonSchemaCredential"), CN_DIALECT_2020_12, true},
    {CN_S_INIT("1EdTechJsonSchemaValidator2019"), CN_DIALECT_2019_09, false},
    {CN_S_INIT("JsonSchemaValidator2018"), CN_DIALECT_DRAFT_7, false},
};

/* What the step comes to: a warning, unless it counts. */
static cn_outcome weigh(const cn_vc *v, cn_outcome outcome) {
    return v->options->schema_counts ? outcome : CN_PASS;
}

static bool unusable(cn_vc *v, cn_step *step, const named *s, const char *problem, const char *why) {
    cn_slice url = cn_vc_quote(s->url);
    return cn_vc_find_about(v, step, weigh(v, CN_UNKNOWN), problem, s->where, url,
                            "The credential could not be held against its schema \"%.*s\": %s", CN_ARG(url), why);
}

/* ---- Getting the schema ---- */

/* VC JSON Schema 1.0, 4.2: the schema is what a credential of its own says, which has to verify. */
static bool open_credential(cn_vc *v, cn_step *step, const named *s, cn_slice body, const cn_json **out) {
    cn_report r;
    *out = NULL;
    if (!cn_vc_nested_bytes(v, CN_DEPTH_LIST, body, &r)) return false;
    const cn_json *subject = cn_json_one(cn_json_get(r.credential, CN_S("credentialSubject")), 0);
    if (r.verdict != CN_VERIFIED)
        return unusable(v, step, s, "schema-unusable", "the credential that it comes in does not verify.");
    *out = cn_json_get(subject, CN_S("jsonSchema"));
    return *out || unusable(v, step, s, "schema-unusable", "the credential at its address holds no schema.");
}

/* NULL where there is none; the step says why. */
static bool get_schema(cn_vc *v, cn_step *step, const named *s, const cn_json **out) {
    cn_document document;
    cn_err err;
    bool differs;
    *out = NULL;
    if (!v->resolver->load(v->resolver->self, v->arena, s->url, &document, &err))
        return !cn_vc_fatal(v, &err) && unusable(v, step, s, "schema-unavailable", err.detail);
    if (!cn_vc_digest_differs(v, s->json, document.body, &differs)) return false;
    if (differs)
        return unusable(v, step, s, "schema-unusable",
                        "what is at its address has another digest than it should.");
    if (s->credential) return open_credential(v, step, s, document.body, out);
    if (cn_json_read(v->arena, document.body, NULL, out, &err)) return true;
    *out = NULL;
    return !cn_vc_fatal(v, &err) && unusable(v, step, s, "schema-unusable", "what is at its address is no JSON.");
}

/* ---- Telling ---- */

/* The place of what is missing is where it should be. */
static bool place_of(cn_vc *v, const named *s, const cn_violation *one, cn_slice *out) {
    bool missing =
        cn_slice_eq(one->keyword, CN_S("required")) || cn_slice_eq(one->keyword, CN_S("dependentRequired"));
    *out = one->instance.n ? one->instance : s->where;
    return !missing || cn_vc_where(v, one->instance, one->property, out);
}

/* Of a member that is one too many: which vocabulary it is from. */
static bool add_context(cn_vc *v, cn_buf *b, const cn_violation *one) {
    cn_slice url;
    if (!cn_slice_ends(one->keyword, CN_S("Properties")) || !cn_slice_ends(one->schema, one->keyword)) return true;
    if (!cn_vc_defined_by(v, one->property, &url)) return false;
    cn_slice property = cn_vc_quote(one->property);
    if (url.n) cn_buf_print(b, " \"%.*s\" is a term of %.*s.", CN_ARG(property), CN_ARG(url));
    return true;
}

static bool tell(cn_vc *v, cn_step *step, const named *s, const cn_schema_result *r) {
    cn_buf b = cn_buf_on(v->arena, 0);
    cn_slice where, property = cn_vc_quote(r->violations[0].property);
    for (size_t i = 0; i < r->n && i < TOLD; i++) {
        cn_buf_print(&b, "%s%.*s", i ? " " : "", CN_ARG(r->violations[i].detail));
        if (!add_context(v, &b, &r->violations[i])) return false;
    }
    if (r->n > TOLD) cn_buf_print(&b, " More differences: %zu%s.", r->n - TOLD, r->more ? " and others" : "");
    if (!cn_buf_ok(&b)) return cn_fail_memory(v->err);
    cn_slice text = cn_buf_slice(&b);
    if (!place_of(v, s, &r->violations[0], &where)) return false;
    return cn_vc_find_about(v, step, weigh(v, CN_FAIL), "schema-violated", where, property,
                            "The credential is not written as its own schema asks. %.*s", CN_ARG(text));
}

/* ---- The step ---- */

static bool validate(cn_vc *v, cn_step *step, const named *s, const cn_json *json) {
    const cn_schema *schema;
    cn_schema_result result;
    cn_err err;
    cn_schema_options options = {
        .loader = v->resolver, .base = s->credential ? (cn_slice){0} : s->url, .dialect = s->dialect};
    if (!cn_schema_compile(v->arena, json, &options, &schema, &err) ||
        !cn_schema_validate(v->arena, schema, v->credential, NULL, &result, &err))
        return !cn_vc_fatal(v, &err) && unusable(v, step, s, "schema-unusable", err.detail);
    return result.valid || tell(v, step, s, &result);
}

static bool check(cn_vc *v, cn_step *step, named *s) {
    const cn_json *json;
    size_t i = 0;
    s->url = cn_vc_id(s->json);
    while (i < sizeof types / sizeof types[0] && !cn_vc_has_type(s->json, types[i].type)) i++;
    if (i == sizeof types / sizeof types[0])
        return unusable(v, step, s, "schema-unusable", "it is of a kind that is not known here.");
    if (!cn_vc_is_url(s->url)) return unusable(v, step, s, "schema-unusable", "it has no address.");
    s->dialect = types[i].dialect;
    s->credential = types[i].credential;
    return get_schema(v, step, s, &json) && (!json || validate(v, step, s, json));
}

bool cn_step_schema(cn_vc *v, cn_step *step) {
    const cn_json *all = cn_json_get(v->credential, CN_S("credentialSchema"));
    size_t n = cn_json_many(all);
    if (!n) step->outcome = CN_NOT_APPLICABLE;
    if (n > MAX_SCHEMAS)
        return cn_vc_find(v, step, weigh(v, CN_UNKNOWN), "too-complex", CN_S("/credentialSchema"),
                          "The credential names %zu schemas, and it is held against at most %d.", n, MAX_SCHEMAS);
    for (size_t i = 0; i < n; i++) {
        named s = {.json = cn_json_one(all, i)};
        if (!cn_vc_where_item(v, CN_S("/credentialSchema"), all, i, &s.where) || !check(v, step, &s)) return false;
    }
    return true;
}
