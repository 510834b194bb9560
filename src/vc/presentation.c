/* SPDX-License-Identifier: Apache-2.0
 *
 * Presentations: who shows which credentials, to whom.
 *
 * VC Data Model 2.0, section 4.13 (presentations; credentials in envelopes), and 1.1, section 4.10; Data Integrity
 * 1.0, section 4.4, steps 5 and 6 (domain, challenge); VC-JOSE-COSE 1.0, section 3.1.2. The holder's signature is
 * checked by the step "proof" as any other is; the credentials within by the table of steps, each for itself.
 */
#include "vc/internal.h"

/* ---- Envelopes ---- */

static bool refuse(cn_vc *v, cn_step *step, cn_outcome outcome, const char *problem, const char *detail) {
    return cn_vc_find(v, step, outcome, problem, CN_S("/id"), "%s", detail);
}

/* RFC 2397: "data:application/vc+jwt,eyJ…"; a token needs no escapes. Parameters say nothing here. */
static bool open_data(cn_vc *v, cn_step *step, cn_slice url) {
    static const cn_slice known[] = {CN_S_INIT("vc+jwt"),    CN_S_INIT("vc+ld+jwt"),        CN_S_INIT("vc+sd-jwt"),
                                     CN_S_INIT("vp+jwt"),    CN_S_INIT("vp+ld+jwt"),        CN_S_INIT("vp+sd-jwt"),
                                     CN_S_INIT("vc-ld+jwt"), CN_S_INIT("vc+ld+json+sd-jwt")};
    cn_slice prefix = CN_S("data:application/"), head, payload, type, parameters;
    if (!cn_slice_starts(url, prefix) || !cn_slice_cut(cn_slice_from(url, prefix.n), ',', &head, &payload))
        return refuse(v, step, CN_FAIL, "envelope-invalid",
                      "The envelope holds no credential: its \"id\" is not one of a data: URL of a known form.");
    (void)cn_slice_cut(head, ';', &type, &parameters);
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (!cn_slice_eq_nocase(type, known[i])) continue;
        v->report.format = cn_slice_find_byte(payload, '~') == SIZE_MAX ? CN_S("jwt") : CN_S("sd-jwt");
        return cn_vc_open_inside(v, payload, step);
    }
    v->report.proof = CN_UNKNOWN;
    cn_slice shown = cn_vc_quote(type);
    return cn_vc_find_about(v, step, CN_UNKNOWN, "envelope-unsupported", CN_S("/id"), shown,
                            "What is in the envelope is of the kind \"%.*s\", which cannot be read here.",
                            CN_ARG(shown));
}

bool cn_vc_open_object(cn_vc *v, const cn_json *object, cn_step *step) {
    bool wanted = true;
    if (cn_vc_has_type(object, CN_S("EnvelopedVerifiableCredential")) ||
        cn_vc_has_type(object, CN_S("EnvelopedVerifiablePresentation"))) {
        if (v->enveloped)
            return refuse(v, step, CN_FAIL, "envelope-invalid", "An envelope is inside another one.");
        v->enveloped = true;
        return open_data(v, step, cn_json_get_text(object, CN_S("id")));
    }
    if (cn_vc_has_type(object, CN_S("VerifiablePresentation")) && !cn_vc_begin_presentation(v, step, &wanted))
        return false;
    if (wanted) v->credential = object;
    return true;
}

bool cn_vc_begin_presentation(cn_vc *v, cn_step *step, bool *wanted) {
    *wanted = v->options->asked && !v->depth;
    v->presentation = *wanted;
    if (*wanted) v->purpose = CN_S("authentication");
    return *wanted ||
           cn_vc_find(v, step, CN_FAIL, "jwt-presentation", v->jwt ? CN_S("payload") : CN_S("/type"),
                      "This is a presentation, which may hold several credentials; choose one of them.");
}

/* ---- Step "holder" ---- */

static bool mismatch(cn_vc *v, cn_step *step, const char *problem, cn_slice where, const char *detail) {
    return cn_vc_find(v, step, CN_FAIL, problem, where, "%s", detail);
}

static bool says(const cn_json *answer, cn_slice wanted) {
    for (size_t i = 0; i < cn_json_many(answer); i++)
        if (cn_json_is_string(cn_json_one(answer, i), wanted)) return true;
    return false;
}

bool cn_holder_answers(cn_vc *v, cn_step *step, const cn_json *challenge, const cn_json *domain, cn_slice where) {
    const cn_asked none = {0}, *asked = v->options->asked ? v->options->asked : &none;
    if (asked->challenge.n && !cn_json_is_string(challenge, asked->challenge))
        return mismatch(
            v, step, "challenge-mismatch", where,
            "The holder's signature does not answer the challenge that was given, so it may have been made "
            "for another occasion.");
    if (asked->domain.n && !says(domain, asked->domain))
        return mismatch(v, step, "domain-mismatch", where,
                        "The holder's signature was made for somebody else than the domain that was given.");
    if (asked->challenge.n) return true;
    return cn_vc_find(
        v, step, CN_PASS, "holder-not-asked", where,
        "No challenge was given to compare the holder's answer with, so it may be a copy of what was shown "
        "to somebody else before.");
}

/* Every signature of the holder's answers. */
static bool proofs_answer(cn_vc *v, cn_step *step) {
    const cn_json *all = cn_json_get(v->credential, CN_S("proof"));
    for (size_t i = 0; i < cn_json_many(all); i++) {
        const cn_json *proof = cn_json_one(all, i);
        cn_slice where;
        if (!cn_vc_where_item(v, CN_S("/proof"), all, i, &where) ||
            !cn_holder_answers(v, step, cn_json_get(proof, CN_S("challenge")), cn_json_get(proof, CN_S("domain")),
                               where))
            return false;
    }
    return true;
}

static bool answers(cn_vc *v, cn_step *step) {
    if (v->jwt && !cn_holder_answers(v, step, cn_json_get(v->jwt->claims, CN_S("nonce")),
                                     cn_json_get(v->jwt->claims, CN_S("aud")), CN_S("payload")))
        return false;
    return proofs_answer(v, step);
}

/* Whose key signed; the holder named has to be one of them. */
static bool find_holder(cn_vc *v, cn_step *step) {
    cn_slice holder = cn_vc_id(cn_json_get(v->credential, CN_S("holder"))), signer = CN_S("");
    for (size_t i = 0; i < v->report.proofs_n; i++) {
        if (!signer.n) signer = v->report.proofs[i].controller;
        if (!holder.n || !cn_slice_eq(v->report.proofs[i].controller, holder)) continue;
        v->report.holder = holder;
        return true;
    }
    if (!holder.n || !signer.n) v->report.holder = holder.n ? CN_S("") : signer;
    if (!signer.n)
        return cn_vc_find(v, step, CN_UNKNOWN, "holder-key", CN_S("/holder"),
                          "The signature is good, but nothing shows whose key it was made with.");
    if (!holder.n) return true;
    cn_slice shown = cn_vc_quote(signer), named = cn_vc_quote(holder);
    return cn_vc_find_about(v, step, CN_FAIL, "holder-key-mismatch", CN_S("/holder"), shown,
                            "The presentation says it is from \"%.*s\", but it was signed with a key of \"%.*s\".",
                            CN_ARG(named), CN_ARG(shown));
}

bool cn_holder_matters(const cn_vc *v) {
    if (v->depth) return false;
    const cn_asked *asked = v->options->asked;
    return (v->jwt && v->jwt->sd && v->jwt->sd->binding.n) || (asked && (asked->challenge.n || asked->domain.n));
}

bool cn_step_holder(cn_vc *v, cn_step *step) {
    if (!v->presentation && v->jwt && v->jwt->sd && v->jwt->sd->binding.n) return cn_key_binding(v, step);
    if (!v->presentation)
        return cn_vc_find(v, step, CN_FAIL, "holder-missing", CN_S(""),
                          "Whoever shows this was asked to sign for it and has not; ask for a presentation of the "
                          "credential.");
    if (v->report.proof != CN_PASS)
        return cn_vc_find(v, step, CN_NOT_APPLICABLE, "", CN_S(""),
                          "No signature is known to be good, so nothing shows who presents this.");
    return find_holder(v, step) && answers(v, step);
}

/* ---- Step "credentials" ---- */

static bool judge(cn_vc *v, cn_step *step, const cn_report *r, cn_slice where) {
    if (r->verdict == CN_VERIFIED) return true;
    bool failed = r->verdict == CN_NOT_VERIFIED;
    for (size_t i = 0; i < r->steps_n; i++) {
        const cn_step *s = &r->steps[i];
        if (s->outcome != (failed ? CN_FAIL : CN_UNKNOWN)) continue;
        return cn_vc_find(v, step, s->outcome, failed ? "presented-invalid" : "presented-unknown", where,
                          "A credential that is presented %s (%s). %.*s",
                          failed ? "does not verify" : "could not be checked", s->problem, CN_ARG(s->detail));
    }
    return true;
}

bool cn_step_credentials(cn_vc *v, cn_step *step) {
    const cn_json *all = cn_json_get(v->credential, CN_S("verifiableCredential"));
    size_t n = cn_json_many(all);
    if (!n)
        return cn_vc_find(v, step, CN_NOT_APPLICABLE, "", CN_S("/verifiableCredential"),
                          "The presentation holds no credential.");
    if (n > CN_PRESENTED_MAX)
        return cn_vc_find(v, step, CN_FAIL, "too-complex", CN_S("/verifiableCredential"),
                          "The presentation holds %zu credentials, and at most %d are verified.", n,
                          CN_PRESENTED_MAX);
    cn_report *reports = CN_NEW_ARRAY(v->arena, cn_report, n);
    if (!reports) return cn_fail_memory(v->err);
    for (size_t i = 0; i < n; i++) {
        cn_slice where;
        if (!cn_vc_presented(v, cn_json_one(all, i), &reports[i]) ||
            !cn_vc_where_item(v, CN_S("/verifiableCredential"), all, i, &where) ||
            !judge(v, step, &reports[i], where))
            return false;
    }
    v->report.credentials = reports;
    v->report.credentials_n = n;
    return true;
}
