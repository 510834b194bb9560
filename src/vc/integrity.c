/* SPDX-License-Identifier: Apache-2.0
 *
 * Steps "context" and "proof": Data Integrity.
 *
 * Data Integrity 1.0, section 4.4 (Verify Proof) and 4.5 (Verify Proof Sets and Chains); the hashing
 * of Data Integrity EdDSA Cryptosuites 1.0, sections 3.2.3 to 3.2.7. In a set every proof must hold.
 */
#include "vc/internal.h"

enum { MAX_PROOFS = 16 };

/* ---- Context ---- */

/* Is every signature over the bytes, so that none depends on what they mean? */
static bool by_bytes(const cn_vc *v) {
    return v->jwt && !cn_json_get(v->credential, CN_S("proof"));
}

/* What another room refused, as a finding. A context nobody has leaves the question open. */
static bool refused(cn_vc *v, cn_step *step, cn_slice where, const cn_err *err) {
    if (cn_vc_fatal(v, err)) return false;
    cn_buf place = cn_buf_on(v->arena, 0);
    bool pointer = err->where[0] == '/' || !err->where[0];
    if (pointer) cn_buf_add(&place, where);
    cn_buf_add(&place, cn_slice_of(err->where));
    if (!cn_buf_ok(&place)) return cn_fail_memory(v->err);
    cn_slice at = cn_buf_slice(&place);
    if (err->code == CN_NOT_FOUND || err->code == CN_UNAVAILABLE || err->code == CN_DENIED)
        return cn_vc_find(v, step, CN_UNKNOWN, "context-unavailable", at, "%s", err->detail);
    if (err->code == CN_LIMIT) return cn_vc_find(v, step, CN_FAIL, "too-complex", at, "%s", err->detail);
    if (cn_slice_starts(cn_slice_of(err->id), CN_S("jsonld.dropped-")))
        return cn_vc_find(v, step, CN_FAIL, "data-loss", at, "%s %s; the issuer has to correct the context.",
                          err->detail,
                          by_bytes(v) ? "What has no defined meaning is signed all the same, but other programs "
                                        "cannot make use of it"
                                      : "What has no defined meaning is not covered by the signature");
    return cn_vc_find(v, step, CN_FAIL, "jsonld-error", at, "%s", err->detail);
}

bool cn_step_context(cn_vc *v, cn_step *step) {
    cn_err err;
    v->document = cn_json_without(v->arena, v->credential, CN_S("proof"));
    if (!v->document) return cn_fail_memory(v->err);
    bool good = cn_canon_dataset(v->arena, &v->env, v->document, &v->dataset, &err);
    if (!good && !refused(v, step, CN_S(""), &err)) return false;
    v->context = *step; /* what follows says nothing against the signature */
    if (good && !(cn_vc_shown(v, step) && cn_vc_related(v, step))) return false;
    if (good && !by_bytes(v) && !cn_vc_plain(v, step)) return false;
    bool meaning = !strcmp(step->problem, "data-loss") || !strcmp(step->problem, "context-unavailable");
    if (meaning && by_bytes(v)) step->outcome = CN_PASS; /* a warning */
    return true;
}

/* ---- One proof at work ---- */

typedef struct proof {
    const cn_json *json;
    const cn_json *all; /* the value of the member "proof" */
    cn_slice where;
    const cn_suite *suite; /* the first row of its name, then the row for its key */
    cn_slice method_url;
    cn_method method;
    bool has_created;
    cn_time created;
} proof;

static bool found(cn_vc *v, cn_step *step, const proof *p, cn_outcome outcome, const char *problem,
                  cn_slice member, const char *detail) {
    cn_slice where = p->where;
    if (member.n && !cn_vc_where(v, p->where, member, &where)) return false;
    return cn_vc_find(v, step, outcome, problem, where, "%s", detail);
}

/* 4.4, step 3: type, verificationMethod and proofPurpose are there, and so is what is to be checked. */
static bool check_form(cn_vc *v, cn_step *step, proof *p) {
    static const cn_slice needed[] = {CN_S_INIT("type"), CN_S_INIT("verificationMethod"),
                                      CN_S_INIT("proofPurpose"), CN_S_INIT("proofValue")};
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++)
        if (!cn_json_get_text(p->json, needed[i]).n)
            return found(
                v, step, p, CN_FAIL, "proof-malformed", needed[i],
                "The proof lacks a member that every proof needs, so there is nothing to check; the issuer "
                "has to sign again.");
    p->method_url = cn_json_get_text(p->json, CN_S("verificationMethod"));
    return true;
}

static bool check_suite(cn_vc *v, cn_step *step, proof *p) {
    cn_slice type = cn_json_get_text(p->json, CN_S("type"));
    cn_slice cryptosuite = cn_json_get_text(p->json, CN_S("cryptosuite"));
    p->suite = cn_suite_find(type, cryptosuite);
    if (p->suite) return true;
    cn_slice shown = cn_vc_quote(cryptosuite.n ? cryptosuite : type);
    return cn_vc_find_about(v, step, CN_UNKNOWN, "unsupported-proof", p->where, shown,
                            "The signature is of the kind \"%.*s\", which cannot be checked here.", CN_ARG(shown));
}

/* 4.4, step 4 */
static bool check_purpose(cn_vc *v, cn_step *step, proof *p) {
    if (cn_json_is_string(cn_json_get(p->json, CN_S("proofPurpose")), CN_S("assertionMethod"))) return true;
    return found(v, step, p, CN_FAIL, "proof-purpose", CN_S("proofPurpose"),
                 "The signature was made for another purpose than to issue a credential (assertionMethod).");
}

static bool check_times(cn_vc *v, cn_step *step, proof *p) {
    const cn_json *created = cn_json_get(p->json, CN_S("created"));
    const cn_json *expires = cn_json_get(p->json, CN_S("expires"));
    cn_time end;
    p->has_created = created && cn_time_read(cn_json_text(created), &p->created, NULL);
    if (created && !p->has_created)
        return found(v, step, p, CN_FAIL, "proof-malformed", CN_S("created"),
                     "The time of the signature is not a date and time.");
    if (!expires) return true;
    if (!cn_time_read(cn_json_text(expires), &end, NULL))
        return found(v, step, p, CN_FAIL, "proof-malformed", CN_S("expires"),
                     "The end of the signature's validity is not a date and time.");
    if (cn_time_cmp(v->options->now, end) <= 0) return true;
    return found(v, step, p, CN_FAIL, "proof-expired", CN_S("expires"),
                 "The signature has expired; ask the issuer to sign the credential again.");
}

static bool check_withdrawn(cn_vc *v, cn_step *step, proof *p) {
    cn_slice where;
    return cn_vc_where(v, p->where, CN_S("created"), &where) &&
           cn_method_check_time(v, step, &p->method, p->has_created ? p->created : v->options->now, where);
}

static bool check_key(cn_vc *v, cn_step *step, proof *p) {
    cn_slice where;
    if (!cn_vc_where(v, p->where, CN_S("verificationMethod"), &where)) return false;
    if (!cn_controller_method(v, step, p->method_url, where, &p->method)) return false;
    if (step->outcome != CN_PASS) return true;
    p->suite = cn_suite_for_key(p->suite, p->method.key.kind);
    if (!p->suite)
        return cn_vc_find(v, step, CN_FAIL, "key-wrong-kind", where,
                          "The key is of a kind that this sort of signature is not made with.");
    return check_withdrawn(v, step, p);
}

/* ---- Hashing ---- */

const cn_json *cn_integrity_config(cn_arena *a, const cn_json *document, const cn_json *options) {
    cn_json *config = cn_json_without(a, options, CN_S("proofValue"));
    const cn_json *context = cn_json_get(document, CN_S("@context"));
    if (!config || (context && !cn_json_set(a, config, CN_S("@context"), context))) return NULL;
    return config;
}

/* The proofs a chained one builds on (4.5, step 4.2): each id named must be there. */
static bool previous_of(cn_vc *v, cn_step *step, const proof *p, cn_json *out) {
    const cn_json *wanted = cn_json_get(p->json, CN_S("previousProof"));
    for (size_t i = 0; i < cn_json_many(wanted); i++) {
        cn_slice id = cn_json_text(cn_json_one(wanted, i));
        const cn_json *match = NULL;
        for (size_t k = 0; k < cn_json_many(p->all) && !match; k++)
            if (id.n && cn_json_is_string(cn_json_get(cn_json_one(p->all, k), CN_S("id")), id))
                match = cn_json_one(p->all, k);
        if (!match)
            return found(v, step, p, CN_FAIL, "previous-proof-missing", CN_S("previousProof"),
                         "The signature builds on an earlier one that is not in the credential.");
        if (!cn_json_push(v->arena, out, match)) return cn_fail_memory(v->err);
    }
    return true;
}

/* The digest of the document, once for all proofs that hash alike. */
static bool document_digest(cn_vc *v, cn_step *step, const proof *p, cn_digest *out) {
    const cn_suite *s = p->suite;
    cn_slice text;
    cn_err err;
    if (!v->have_digest[s->canon][s->hash]) {
        if (!cn_canon_quads(v->arena, &v->env, s, &v->dataset, &text, &err))
            return refused(v, step, p->where, &err);
        v->digest[s->canon][s->hash] = cn_hash_of(v->env.crypto, s->hash, text);
        v->have_digest[s->canon][s->hash] = true;
    }
    *out = v->digest[s->canon][s->hash];
    return true;
}

/* The digest of the document with the earlier proofs of a chain in it. */
static bool chained_digest(cn_vc *v, cn_step *step, const proof *p, cn_digest *out) {
    cn_json *earlier = cn_json_array(v->arena), *document = cn_json_copy_shallow(v->arena, v->document);
    cn_slice text;
    cn_err err;
    if (!earlier || !document) return cn_fail_memory(v->err);
    if (!previous_of(v, step, p, earlier)) return false;
    if (step->outcome != CN_PASS) return true;
    if (!cn_json_set(v->arena, document, CN_S("proof"), earlier)) return cn_fail_memory(v->err);
    if (!cn_canon_text(v->arena, &v->env, p->suite, document, &text, &err))
        return refused(v, step, CN_S(""), &err);
    *out = cn_hash_of(v->env.crypto, p->suite->hash, text);
    return true;
}

static bool config_digest(cn_vc *v, cn_step *step, const proof *p, cn_digest *out) {
    cn_slice text, hidden;
    cn_err err;
    const cn_json *config = cn_integrity_config(v->arena, v->document, p->json);
    if (!config) return cn_fail_memory(v->err);
    if (!cn_canon_text(v->arena, &v->env, p->suite, config, &text, &err)) return refused(v, step, p->where, &err);
    if (!cn_vc_proof_shown(p->json, text, &hidden))
        return cn_vc_find_about(v, step, CN_FAIL, "not-compacted", p->where, hidden,
                                "The signature states its \"%.*s\" in an unusual form, in which it would be "
                                "overlooked; somebody may have tried to hide it. Get the credential anew from the "
                                "issuer.",
                                CN_ARG(hidden));
    *out = cn_hash_of(v->env.crypto, p->suite->hash, text);
    return true;
}

/* ---- The signature ---- */

static bool invalid(cn_vc *v, cn_step *step, const proof *p, const char *why) {
    return found(v, step, p, CN_FAIL, "invalid-signature", CN_S("proofValue"), why);
}

/* EdDSA cryptosuites, 3.2.7: over the hash of the proof options and the hash of the document. */
static bool check_digests(cn_vc *v, cn_step *step, const proof *p, const cn_digest *config,
                          const cn_digest *document) {
    uint8_t message[2 * sizeof config->bytes];
    cn_slice signature;
    bool good;
    cn_err err;
    memcpy(message, config->bytes, config->n);
    memcpy(message + config->n, document->bytes, document->n);
    cn_slice text = cn_json_get_text(p->json, CN_S("proofValue"));
    if (text.p[0] != 'z' || !cn_base58_read(v->arena, cn_slice_from(text, 1), &signature, &err)) {
        if (text.p[0] == 'z' && cn_vc_fatal(v, &err)) return false;
        return invalid(v, step, p, "The signature is damaged: its text is not base58; get the credential anew.");
    }
    if (signature.n != p->suite->signature_size)
        return invalid(v, step, p, "The signature is damaged: it has the wrong length; get the credential anew.");
    if (!cn_signature_check(v->env.crypto, &p->method.key, p->suite->hash,
                            cn_slice_bytes(message, config->n + document->n), signature, &good, &err))
        return cn_vc_fatal(v, &err) ? false : invalid(v, step, p, err.detail);
    return good ||
           invalid(v, step, p,
                   "The signature does not match: the credential was changed after it was signed, or it was "
                   "signed with another key. Get it anew from the issuer.");
}

static bool check_signature(cn_vc *v, cn_step *step, proof *p) {
    cn_digest config = {0}, document = {0};
    if (v->context.outcome != CN_PASS) {
        cn_vc_merge(step, &v->context);
        return true;
    }
    bool chained = cn_json_get(p->json, CN_S("previousProof")) != NULL;
    if (!config_digest(v, step, p, &config)) return false;
    if (step->outcome != CN_PASS) return true;
    if (!(chained ? chained_digest : document_digest)(v, step, p, &document)) return false;
    return step->outcome != CN_PASS || check_digests(v, step, p, &config, &document);
}

/* ---- All proofs ---- */

/* In this order; the first that does not pass ends the proof. */
static bool (*const checks[])(cn_vc *, cn_step *, proof *) = {
    check_form, check_suite, check_purpose, check_times, check_key, check_signature,
};

static bool check_proof(cn_vc *v, cn_step *step, const cn_json *all, size_t i, cn_proof_result *r) {
    proof p = {.json = cn_json_one(all, i), .all = all};
    cn_step own = {.outcome = CN_PASS, .problem = ""};
    if (!cn_vc_where_item(v, CN_S("/proof"), all, i, &p.where)) return false;
    for (size_t k = 0; k < sizeof checks / sizeof checks[0] && own.outcome == CN_PASS; k++)
        if (!checks[k](v, &own, &p)) return false;
    cn_slice cryptosuite = cn_json_get_text(p.json, CN_S("cryptosuite"));
    r->suite = cryptosuite.n ? cryptosuite : cn_json_get_text(p.json, CN_S("type"));
    r->method = p.method_url;
    r->outcome = own.outcome;
    r->controller = own.outcome == CN_PASS ? p.method.controller : CN_S("");
    cn_vc_merge(step, &own);
    return true;
}

bool cn_step_proof(cn_vc *v, cn_step *step) {
    const cn_json *all = cn_json_get(v->credential, CN_S("proof"));
    size_t n = cn_json_is(all, CN_JSON_NULL) ? 0 : cn_json_many(all), outer = v->jwt != NULL;
    size_t max = v->options->max_proofs ? v->options->max_proofs : MAX_PROOFS;
    bool good = true;
    if (!n && !outer) {
        good = cn_vc_find(v, step, CN_FAIL, "no-proof", CN_S("/proof"),
                          "The credential is not signed, so anybody could have written it; ask the issuer for the "
                          "signed one.");
    } else if (n > max) {
        good = cn_vc_find(v, step, CN_FAIL, "too-complex", CN_S("/proof"),
                          "The credential has %zu signatures, and at most %zu are checked.", n, max);
    } else {
        cn_proof_result *results = CN_NEW_ARRAY(v->arena, cn_proof_result, outer + n);
        if (!results) return cn_fail_memory(v->err);
        v->report.proofs = results;
        v->report.proofs_n = outer + n;
        if (outer) good = cn_jwt_proof(v, step, &results[0]);
        for (size_t i = 0; i < n && good; i++) good = check_proof(v, step, all, i, &results[outer + i]);
    }
    v->report.proof = step->outcome;
    return good;
}
