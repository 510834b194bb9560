/* SPDX-License-Identifier: Apache-2.0
 *
 * Verification methods: from the URL in a proof to a key that its controller
 * stands for.
 *
 * Controlled Identifiers 1.0, section 3.3 (Retrieve Verification Method); the did:key and did:jwk methods, whose
 * documents are made here, without network; the did:web method; https: URLs. A URL may also lead to a JWK or to a
 * set of them (RFC 7517): these say nothing about whose the keys are.
 */
#include "vc/internal.h"

enum {
    MAX_LISTED = 64,    /* methods of one document that are looked at one by one */
    MAX_DID_JWK = 8192, /* characters of a did:jwk */
};

/* What is looked for. */
typedef struct query {
    cn_slice method;     /* the whole URL */
    cn_slice controller; /* before the '#' */
    cn_slice fragment;   /* behind it; empty where there is none */
    cn_slice where;      /* of the verificationMethod in the credential */
    bool bare;           /* a JWK without a controller will do */
} query;

static bool lost(cn_vc *v, cn_step *step, const query *q, cn_outcome outcome, const char *problem,
                 const char *why) {
    cn_slice shown = cn_vc_quote(q->method);
    return cn_vc_find_about(v, step, outcome, problem, q->where, shown, "The key \"%.*s\" cannot be used: %s",
                            CN_ARG(shown), why);
}

/* A key that could not be read: a kind we do not handle leaves the question open, anything else is wrong. */
static bool bad_key(cn_vc *v, cn_step *step, const query *q, const cn_err *err) {
    if (cn_vc_fatal(v, err)) return false;
    if (err->code == CN_UNSUPPORTED) return lost(v, step, q, CN_UNKNOWN, "key-unsupported", err->detail);
    return lost(v, step, q, CN_FAIL, "key-malformed", err->detail);
}

/* ---- did:key ---- */

#define UNRESOLVABLE "verification-method-unresolvable"

static bool method_did_key(cn_vc *v, cn_step *step, const query *q, cn_method *out) {
    cn_slice text = cn_slice_from(q->controller, sizeof "did:key:" - 1);
    cn_err err;
    if (!cn_multikey_read(v->arena, text, &out->key, &err)) return bad_key(v, step, q, &err);
    if (q->fragment.n && !cn_slice_eq(q->fragment, text))
        return lost(v, step, q, CN_FAIL, "verification-method-not-found",
                    "this did:key has only one key, and its name behind the # is another.");
    out->controller = q->controller;
    if (q->fragment.n) return true;
    return cn_vc_find_about(v, step, CN_PASS, "method-without-fragment", q->where, q->method,
                            "The proof names a did:key without saying which key of it; its only key was used.");
}

/* ---- did:jwk ---- */

/* The key in the name, or the step says what is wrong with it. */
static bool key_of_did_jwk(cn_vc *v, cn_step *step, const query *q, cn_public_key *out) {
    cn_slice text = cn_slice_from(q->controller, sizeof "did:jwk:" - 1), bytes;
    cn_json_options strict = {.refuse_duplicates = true};
    const cn_json *jwk;
    cn_err err;
    if (text.n > MAX_DID_JWK) return lost(v, step, q, CN_FAIL, "key-malformed", "it is too long for a did:jwk.");
    bool good = cn_base64_read(v->arena, CN_BASE64_URL, text, &bytes, &err) &&
                cn_json_read(v->arena, bytes, &strict, &jwk, &err) && cn_jwk_read(v->arena, jwk, out, &err);
    return good || bad_key(v, step, q, &err);
}

/* The did:jwk method, "Read": the one key is "#0". */
static bool method_did_jwk(cn_vc *v, cn_step *step, const query *q, cn_method *out) {
    if (!key_of_did_jwk(v, step, q, &out->key)) return false;
    if (step->outcome != CN_PASS) return true;
    if (q->fragment.n && !cn_slice_eq(q->fragment, CN_S("0")))
        return lost(v, step, q, CN_FAIL, "verification-method-not-found",
                    "this did:jwk has only one key, #0, and its name behind the # is another.");
    out->controller = q->controller;
    if (q->fragment.n) return true;
    return cn_vc_find_about(v, step, CN_PASS, "method-without-fragment", q->where, q->method,
                            "The proof names a did:jwk without saying which key of it; its only key was used.");
}

/* ---- Controller documents ---- */

static bool read_key(cn_vc *v, cn_step *step, const query *q, const cn_json *method, cn_method *out) {
    cn_err err;
    const cn_json *jwk = cn_json_get(method, CN_S("publicKeyJwk"));
    cn_slice multibase = cn_json_get_text(method, CN_S("publicKeyMultibase"));
    if (!multibase.n && !jwk)
        return lost(v, step, q, CN_UNKNOWN, "key-unsupported",
                    "its controller publishes it in a form other than publicKeyMultibase and publicKeyJwk.");
    bool good = multibase.n ? cn_multikey_read(v->arena, multibase, &out->key, &err)
                            : cn_jwk_read(v->arena, jwk, &out->key, &err);
    return good || bad_key(v, step, q, &err);
}

static bool read_time(cn_vc *v, cn_step *step, const query *q, const cn_json *method, cn_slice member, bool *has,
                      cn_time *out) {
    const cn_json *value = cn_json_get(method, member);
    if (!value) return true;
    *has = cn_time_read(cn_json_text(value), out, NULL);
    return *has || lost(v, step, q, CN_FAIL, "key-malformed",
                        "its controller says when it was withdrawn, but not in the form of a date.");
}

/* Is `ref`, absolute or only a fragment, the method we look for? */
static bool names(const query *q, cn_slice ref) {
    if (ref.n && ref.p[0] == '#') return q->fragment.n && cn_slice_eq(cn_slice_from(ref, 1), q->fragment);
    return cn_slice_eq(ref, q->method);
}

/* The entry of a list that is the method, or refers to it; NULL when there is none. */
static const cn_json *entry_of(const query *q, const cn_json *document, cn_slice list) {
    const cn_json *entries = cn_json_get(document, list);
    for (size_t i = 0; i < cn_json_many(entries); i++)
        if (names(q, cn_vc_id(cn_json_one(entries, i)))) return cn_json_one(entries, i);
    return NULL;
}

/* The method whose key goes by this name ("kid") in a JWK; NULL when there is none. A JWT may call it so
 * (VC-JOSE-COSE 1.0, section 4.1). */
static const cn_json *method_of_kid(cn_slice kid, const cn_json *document) {
    const cn_json *all = cn_json_get(document, CN_S("verificationMethod"));
    for (size_t i = 0; kid.n && i < cn_json_many(all) && i < MAX_LISTED; i++) {
        const cn_json *jwk = cn_json_get(cn_json_one(all, i), CN_S("publicKeyJwk"));
        if (cn_json_is_string(cn_json_get(jwk, CN_S("kid")), kid)) return cn_json_one(all, i);
    }
    return NULL;
}

cn_slice cn_vc_purpose(const cn_vc *v) {
    return v->purpose.n ? v->purpose : CN_S("assertionMethod");
}

static bool not_for_this(cn_vc *v, cn_step *step, const query *q) {
    bool issuing = !v->purpose.n;
    return lost(v, step, q, CN_FAIL, "verification-method-purpose",
                issuing
                    ? "its controller does not list it under assertionMethod, so it may not sign credentials."
                    : "its controller does not list it under authentication, so it may not sign presentations.");
}

/* 3.3, steps 7 to 12 */
static bool method_in(cn_vc *v, cn_step *step, const query *q, const cn_json *document, cn_method *out) {
    if (!cn_slice_eq(cn_json_get_text(document, CN_S("id")), q->controller))
        return lost(v, step, q, CN_FAIL, "controller-mismatch",
                    "the document found at its address is about somebody else; ask the issuer to correct it.");
    const cn_json *asserted = entry_of(q, document, cn_vc_purpose(v));
    const cn_json *method = entry_of(q, document, CN_S("verificationMethod"));
    if (q->bare && !asserted && !method && (method = method_of_kid(q->fragment, document))) {
        query named = {.method = cn_vc_id(method), .controller = q->controller};
        cn_slice before;
        (void)cn_slice_cut(named.method, '#', &before, &named.fragment);
        asserted = entry_of(&named, document, cn_vc_purpose(v));
    }
    if (cn_json_is(asserted, CN_JSON_OBJECT)) method = asserted;
    if (!cn_json_is(method, CN_JSON_OBJECT))
        return lost(v, step, q, CN_FAIL, "verification-method-not-found",
                    "its controller does not publish it; the credential may be forged, or the issuer may have "
                    "removed an old key. Ask the issuer.");
    if (!asserted) return not_for_this(v, step, q);
    if (!cn_slice_eq(cn_json_get_text(method, CN_S("controller")), q->controller))
        return lost(v, step, q, CN_FAIL, "controller-mismatch",
                    "its \"controller\" is not the one in whose document it stands.");
    out->controller = q->controller;
    return read_key(v, step, q, method, out) &&
           read_time(v, step, q, method, CN_S("revoked"), &out->has_revoked, &out->revoked) &&
           read_time(v, step, q, method, CN_S("expires"), &out->has_expires, &out->expires);
}

static bool document_at(cn_vc *v, cn_step *step, const query *q, cn_slice url, const cn_json **out) {
    cn_document got;
    cn_err err;
    cn_json_options strict = {.refuse_duplicates = true};
    *out = NULL;
    if (!v->resolver->load(v->resolver->self, v->arena, url, &got, &err)) {
        if (cn_vc_fatal(v, &err)) return false;
        return lost(v, step, q, CN_UNKNOWN, UNRESOLVABLE, err.detail);
    }
    if (!cn_json_read(v->arena, got.body, &strict, out, &err)) {
        if (cn_vc_fatal(v, &err)) return false;
        return lost(v, step, q, CN_UNKNOWN, UNRESOLVABLE,
                    "what was found at its address is not the JSON of a controller document; try again later.");
    }
    return true;
}

/* ---- Keys that nobody stands for ---- */

/* RFC 7517, section 5: the key that the fragment names, or the only one; NULL when there is none. */
static const cn_json *key_of_set(const cn_json *keys, cn_slice kid) {
    if (!kid.n) return cn_json_count(keys) == 1 ? cn_json_item(keys, 0) : NULL;
    for (size_t i = 0; i < cn_json_count(keys) && i < MAX_LISTED; i++)
        if (cn_json_is_string(cn_json_get(cn_json_item(keys, i), CN_S("kid")), kid)) return cn_json_item(keys, i);
    return NULL;
}

static bool is_bare(const cn_json *document) {
    bool key =
        cn_json_get(document, CN_S("kty")) || cn_json_is(cn_json_get(document, CN_S("keys")), CN_JSON_ARRAY);
    return key && !cn_json_get(document, CN_S("id"));
}

static bool bare_key(cn_vc *v, cn_step *step, const query *q, const cn_json *document, cn_method *out) {
    const cn_json *keys = cn_json_get(document, CN_S("keys")),
                  *jwk = keys ? key_of_set(keys, q->fragment) : document;
    cn_err err;
    if (!q->bare)
        return lost(v, step, q, CN_FAIL, "controller-mismatch",
                    "at its address there is only a key (JWK), which does not say whose it is.");
    if (!jwk)
        return lost(v, step, q, CN_FAIL, "verification-method-not-found",
                    "it is not among the keys (JWK Set) at its address.");
    out->bare = true;
    return cn_jwk_read(v->arena, jwk, &out->key, &err) || bad_key(v, step, q, &err);
}

static bool method_at(cn_vc *v, cn_step *step, const query *q, cn_slice url, cn_method *out) {
    const cn_json *document;
    if (!document_at(v, step, q, url, &document)) return false;
    if (!document) return true;
    return (is_bare(document) ? bare_key : method_in)(v, step, q, document, out);
}

static bool method_url(cn_vc *v, cn_step *step, const query *q, cn_method *out) {
    return method_at(v, step, q, q->controller, out);
}

/* ---- did:web ---- */

/* did-core's idchar; a percent sign is looked at by the caller. */
static bool is_id_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
           c == '_' || c == '%';
}

static bool good_segment(cn_slice s) {
    for (size_t i = 0; i < s.n; i++)
        if (!is_id_char(s.p[i])) return false;
    return s.n && !cn_slice_eq(s, CN_S(".")) && !cn_slice_eq(s, CN_S(".."));
}

/* "example.com" or "example.com%3A8443"; no other escape may stand in it. */
static bool add_host(cn_buf *b, cn_slice host) {
    cn_slice name, port;
    bool has_port = cn_slice_cut(host, '%', &name, &port);
    if (!good_segment(name)) return false;
    cn_buf_add(b, name);
    if (!has_port) return true;
    uint64_t number;
    if (port.n < 3 || port.p[0] != '3' || (port.p[1] != 'A' && port.p[1] != 'a')) return false;
    if (!cn_slice_to_u64(cn_slice_from(port, 2), 65535, &number)) return false;
    cn_buf_byte(b, ':');
    cn_buf_u64(b, number);
    return true;
}

/* did:web, "Read (Resolve)": false when it is no did:web. */
static bool add_did_web_url(cn_buf *b, cn_slice did) {
    cn_slice rest = cn_slice_from(did, sizeof "did:web:" - 1), part;
    bool more = cn_slice_cut(rest, ':', &part, &rest);
    cn_buf_add(b, CN_S("https://"));
    if (!add_host(b, part)) return false;
    if (!more) cn_buf_add(b, CN_S("/.well-known"));
    while (more) {
        more = cn_slice_cut(rest, ':', &part, &rest);
        if (!good_segment(part)) return false;
        cn_buf_byte(b, '/');
        cn_buf_add(b, part);
    }
    cn_buf_add(b, CN_S("/did.json"));
    return true;
}

static bool method_did_web(cn_vc *v, cn_step *step, const query *q, cn_method *out) {
    cn_buf url = cn_buf_on(v->arena, 0);
    if (!add_did_web_url(&url, q->controller))
        return lost(v, step, q, CN_FAIL, UNRESOLVABLE, "it is not a well-formed did:web.");
    if (!cn_buf_ok(&url)) return cn_fail_memory(v->err);
    return method_at(v, step, q, cn_buf_slice(&url), out);
}

/* ---- The table ---- */

static const struct {
    cn_slice prefix;
    bool (*find)(cn_vc *v, cn_step *step, const query *q, cn_method *out);
} schemes[] = {
    {CN_S_INIT("did:key:"), method_did_key}, {CN_S_INIT("did:jwk:"), method_did_jwk},
    {CN_S_INIT("did:web:"), method_did_web}, {CN_S_INIT("https:"), method_url},
    {CN_S_INIT("http:"), method_url}, /* whether anybody may be asked so is for the resolver to say */
};

static bool find(cn_vc *v, cn_step *step, cn_slice method, cn_slice where, bool bare, cn_method *out) {
    query q = {.method = method, .where = where, .bare = bare};
    (void)cn_slice_cut(method, '#', &q.controller, &q.fragment);
    if (!cn_vc_is_url(method))
        return lost(v, step, &q, CN_FAIL, UNRESOLVABLE,
                    "it is not a URL, so it says nothing about whose key it is; the issuer has to correct it.");
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
        if (cn_slice_starts(method, schemes[i].prefix)) return schemes[i].find(v, step, &q, out);
    return lost(v, step, &q, CN_UNKNOWN, UNRESOLVABLE,
                "only did:key, did:jwk, did:web and https: keys can be looked up here.");
}

bool cn_controller_method(cn_vc *v, cn_step *step, cn_slice method, cn_slice where, cn_method *out) {
    return find(v, step, method, where, false, out);
}

bool cn_controller_key(cn_vc *v, cn_step *step, cn_slice kid, cn_slice where, cn_method *out) {
    return find(v, step, kid, where, true, out);
}

/* ---- Keys that come from elsewhere ---- */

static bool same_key(const cn_public_key *x, const cn_public_key *y) {
    return x->kind == y->kind && cn_slice_eq(x->bytes, y->bytes) && cn_slice_eq(x->exponent, y->exponent);
}

/* The ids that the document's controller lists for the purpose, each looked up like any other method. */
static bool listed_in(cn_vc *v, cn_slice controller, const cn_json *document, const cn_public_key *key,
                      bool *found, cn_method *out) {
    const cn_json *asserted = cn_json_get(document, cn_vc_purpose(v));
    for (size_t i = 0; i < cn_json_many(asserted) && i < MAX_LISTED && !*found; i++) {
        query q = {.method = cn_vc_id(cn_json_one(asserted, i)), .controller = controller};
        cn_slice before;
        cn_step step = {.outcome = CN_PASS, .problem = ""};
        cn_method method = {0};
        (void)cn_slice_cut(q.method, '#', &before, &q.fragment);
        if (!method_in(v, &step, &q, document, &method)) return false;
        *found = step.outcome == CN_PASS && same_key(&method.key, key);
        if (*found) *out = method;
    }
    return true;
}

bool cn_controller_lists(cn_vc *v, cn_slice controller, const cn_public_key *key, bool *found, cn_method *out) {
    query q = {.method = controller, .controller = controller};
    cn_step step = {.outcome = CN_PASS, .problem = ""};
    cn_buf url = cn_buf_on(v->arena, 0);
    const cn_json *document;
    *found = false;
    bool jwk = cn_slice_starts(controller, CN_S("did:jwk:"));
    if (jwk || cn_slice_starts(controller, CN_S("did:key:"))) {
        if (!(jwk ? method_did_jwk : method_did_key)(v, &step, &q, out)) return false;
        *found = step.outcome == CN_PASS && same_key(&out->key, key);
        return true;
    }
    if (cn_slice_starts(controller, CN_S("did:web:"))) {
        if (!add_did_web_url(&url, controller)) return true;
    } else if (cn_slice_starts(controller, CN_S("https:")) || cn_slice_starts(controller, CN_S("http:"))) {
        cn_buf_add(&url, controller);
    }
    if (!cn_buf_ok(&url)) return cn_fail_memory(v->err);
    if (!url.n) return true;
    if (!document_at(v, &step, &q, cn_buf_slice(&url), &document)) return false;
    return !document || listed_in(v, controller, document, key, found, out);
}

/* ---- Withdrawn keys ---- */

/* A key that was withdrawn still vouches for what was signed before. */
bool cn_method_check_time(cn_vc *v, cn_step *step, const cn_method *m, cn_time signed_at, cn_slice where) {
    if (m->has_revoked && cn_time_cmp(signed_at, m->revoked) >= 0)
        return cn_vc_find(v, step, CN_FAIL, "key-revoked", where,
                          "The key had been revoked by its owner before this signature was made; ask the issuer.");
    if (m->has_expires && cn_time_cmp(signed_at, m->expires) >= 0)
        return cn_vc_find(v, step, CN_FAIL, "key-expired", where,
                          "The key had been retired by its owner before this signature was made; ask the issuer.");
    return true;
}
