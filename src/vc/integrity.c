/* SPDX-License-Identifier: Apache-2.0
 *
 * Steps "context" and "proof": Data Integrity.
 *
 * Data Integrity 1.0, section 4.4 (Verify Proof) and 4.5 (Verify Proof Sets and Chains). In a set every proof must
 * hold. What is particular to a suite stands behind its row in suites.c.
 */
#include "vc/proof.h"

enum { MAX_PROOFS = 16 };

/* ---- Context ---- */

/* Is every signature over the bytes, so that none depends on what they mean? */
static bool by_bytes(const cn_vc *v) {
    return v->jwt && !cn_json_get(v->credential, CN_S("proof"));
}

/* A context nobody has leaves the question open. */
/* A property that no context of the document defines may be a term of one that the issuer has left out. */
static bool data_lost(cn_vc *v, cn_step *step, cn_slice at, const cn_err *err) {
    cn_slice url = {0};
    size_t last = at.n;
    while (last && at.p[last - 1] != '/') last--;
    cn_slice term = cn_slice_from(at, last);
    bool property = !strcmp(err->id, "jsonld.dropped-property");
    if (property && !cn_vc_defined_by(v, term, &url)) return false;
    return cn_vc_find(v, step, CN_FAIL, "data-loss", at, "%s %s; the issuer has to correct the context.%s%.*s%s",
                      err->detail,
                      by_bytes(v) ? "What has no defined meaning is signed all the same, but other programs "
                                    "cannot make use of it"
                                  : "What has no defined meaning is not covered by the signature",
                      url.n ? " It is a term of " : "", CN_ARG(url), url.n ? "." : "");
}

bool cn_proof_refused(cn_vc *v, cn_step *step, cn_slice where, const cn_err *err) {
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
    if (cn_slice_starts(cn_slice_of(err->id), CN_S("jsonld.dropped-"))) return data_lost(v, step, at, err);
    return cn_vc_find(v, step, CN_FAIL, "jsonld-error", at, "%s", err->detail);
}

bool cn_step_context(cn_vc *v, cn_step *step) {
    cn_err err;
    v->document = cn_json_without(v->arena, v->credential, CN_S("proof"));
    if (!v->document) return cn_fail_memory(v->err);
    bool good = cn_canon_dataset(v->arena, &v->env, v->document, &v->dataset, &err);
    if (!good && !cn_proof_refused(v, step, CN_S(""), &err)) return false;
    v->context = *step; /* what follows says nothing against the signature */
    if (good && !(cn_vc_shown(v, step) && cn_vc_related(v, step))) return false;
    if (good && !by_bytes(v) && !cn_vc_plain(v, step)) return false;
    bool meaning = !strcmp(step->problem, "data-loss") || !strcmp(step->problem, "context-unavailable");
    if (meaning && by_bytes(v)) step->outcome = CN_PASS; /* a warning */
    return true;
}

/* ---- One proof at work ---- */

bool cn_proof_find(cn_vc *v, cn_step *step, const cn_proof *p, cn_outcome outcome, const char *problem,
                   cn_slice member, const char *detail) {
    cn_slice where = p->where;
    if (member.n && !cn_vc_where(v, p->where, member, &where)) return false;
    return cn_vc_find(v, step, outcome, problem, where, "%s", detail);
}

/* 4.4, step 3: type, verificationMethod and proofPurpose are there, and so is what is to be checked. */
static bool check_form(cn_vc *v, cn_step *step, cn_proof *p) {
    static const cn_slice needed[] = {CN_S_INIT("type"), CN_S_INIT("verificationMethod"),
                                      CN_S_INIT("proofPurpose"), CN_S_INIT("proofValue")};
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++)
        if (!cn_json_get_text(p->json, needed[i]).n)
            return cn_proof_find(
                v, step, p, CN_FAIL, "proof-malformed", needed[i],
                "The proof lacks a member that every proof needs, so there is nothing to check; the issuer "
                "has to sign again.");
    p->method_url = cn_json_get_text(p->json, CN_S("verificationMethod"));
    return true;
}

static bool check_suite(cn_vc *v, cn_step *step, cn_proof *p) {
    cn_slice type = cn_json_get_text(p->json, CN_S("type"));
    cn_slice cryptosuite = cn_json_get_text(p->json, CN_S("cryptosuite"));
    if (!cryptosuite.n && cn_slice_eq(type, CN_S("DataIntegrityProof")))
        return cn_proof_find(
            v, step, p, CN_FAIL, "proof-malformed", CN_S("cryptosuite"),
            "The proof does not say in which way it was made (cryptosuite); the issuer has to sign "
            "again.");
    p->suite = cn_suite_find(type, cryptosuite);
    if (p->suite) return true;
    cn_slice shown = cn_vc_quote(cryptosuite.n ? cryptosuite : type);
    return cn_vc_find_about(v, step, CN_UNKNOWN, "unsupported-proof", p->where, shown,
                            "The signature is of the kind \"%.*s\", which cannot be checked here.", CN_ARG(shown));
}

/* 4.4, step 4 */
static bool check_purpose(cn_vc *v, cn_step *step, cn_proof *p) {
    if (cn_json_is_string(cn_json_get(p->json, CN_S("proofPurpose")), cn_vc_purpose(v))) return true;
    return cn_proof_find(
        v, step, p, CN_FAIL, "proof-purpose", CN_S("proofPurpose"),
        "The signature was made for another purpose than to issue a credential (assertionMethod).");
}

static bool check_times(cn_vc *v, cn_step *step, cn_proof *p) {
    const cn_json *created = cn_json_get(p->json, CN_S("created"));
    const cn_json *expires = cn_json_get(p->json, CN_S("expires"));
    cn_time end;
    p->has_created = created && cn_time_read(cn_json_text(created), &p->created, NULL);
    if (created && !p->has_created)
        return cn_proof_find(v, step, p, CN_FAIL, "proof-malformed", CN_S("created"),
                             "The time of the signature is not a date and time.");
    if (!expires) return true;
    if (!cn_time_read(cn_json_text(expires), &end, NULL))
        return cn_proof_find(v, step, p, CN_FAIL, "proof-malformed", CN_S("expires"),
                             "The end of the signature's validity is not a date and time.");
    if (cn_time_cmp(v->options->now, end) <= 0) return true;
    return cn_proof_find(v, step, p, CN_FAIL, "proof-expired", CN_S("expires"),
                         "The signature has expired; ask the issuer to sign the credential again.");
}

static bool check_withdrawn(cn_vc *v, cn_step *step, cn_proof *p) {
    cn_slice where;
    return cn_vc_where(v, p->where, CN_S("created"), &where) &&
           cn_method_check_time(v, step, &p->method, p->has_created ? p->created : v->options->now, where);
}

static bool check_key(cn_vc *v, cn_step *step, cn_proof *p) {
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

static bool check_chain(cn_vc *v, cn_step *step, cn_proof *p) {
    return cn_chain_check(v, step, p);
}

/* ---- The signature ---- */

static bool check_signature(cn_vc *v, cn_step *step, cn_proof *p) {
    /* Without its meaning there are no statements that could have been signed; bytes there are. */
    if (p->suite->canon == CN_CANON_RDFC && v->context.outcome != CN_PASS) {
        cn_vc_merge(step, &v->context);
        return true;
    }
    return p->suite->check(v, step, p);
}

/* ---- All proofs ---- */

/* In this order; the first that does not pass ends the proof. */
static bool (*const checks[])(cn_vc *, cn_step *, cn_proof *) = {
    check_form, check_suite, check_purpose, check_times, check_chain, check_key, check_signature,
};

static bool check_proof(cn_vc *v, cn_step *step, const cn_json *all, size_t i, cn_proof_result *r) {
    cn_proof p = {.json = cn_json_one(all, i), .all = all};
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

bool cn_proofs_form(cn_vc *v, cn_step *step) {
    const cn_json *all = cn_json_get(v->credential, CN_S("proof"));
    for (size_t i = 0; i < cn_json_many(all); i++) {
        cn_proof p = {.json = cn_json_one(all, i)};
        if (!cn_vc_where_item(v, CN_S("/proof"), all, i, &p.where)) return false;
        if (!cn_json_get_text(p.json, CN_S("type")).n &&
            !cn_proof_find(v, step, &p, CN_FAIL, "proof-malformed", CN_S("type"),
                           "A proof that the credential has already does not say of which type it is."))
            return false;
    }
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
        if (good) cn_chain_settle(all, results + outer, n);
    }
    v->report.proof = step->outcome;
    return good;
}
