/* SPDX-License-Identifier: Apache-2.0
 *
 * Checking a derived proof of ecdsa-sd-2023: ECDSA Cryptosuites 1.0, sections 3.5.9 and 3.6.7.
 */
#include <inttypes.h>

#include "vc/sd.h"

/* What refused to be read. */
static bool refused(cn_vc *v, cn_step *step, const cn_proof *p, const cn_err *err) {
    if (cn_vc_fatal(v, err)) return false;
    if (err->code != CN_LIMIT) return cn_proof_invalid(v, step, p, err->detail);
    return cn_proof_find(v, step, p, CN_FAIL, "too-complex", CN_S("proofValue"), err->detail);
}

/* ---- The statements, named as they were when they were signed ---- */

static bool labels_of(cn_arena *a, const cn_sd_derived *d, cn_sd_labels *out) {
    for (size_t i = 0; i < d->labels_n; i++) {
        cn_slice canonical, *label = CN_NEW(a, cn_slice);
        if (!label || !cn_sd_label_text(a, d->labels[i].digest, label) ||
            !cn_arena_print(a, &canonical, "c14n%" PRIu64, d->labels[i].number) ||
            !cn_map_put(a, out, canonical, label))
            return false;
    }
    return true;
}

static bool statements(cn_vc *v, cn_step *step, const cn_proof *p, const cn_sd_derived *d, cn_sd_list *out) {
    cn_sd_labels labels = {0};
    cn_rdfc canonical;
    cn_err err;
    if (!labels_of(v->arena, d, &labels)) return cn_fail_memory(v->err);
    if (!cn_canon_rdfc(v->arena, &v->env, CN_SHA256, &v->dataset, &canonical, &err))
        return cn_proof_refused(v, step, p->where, &err);
    return cn_sd_relabel(v->arena, canonical.nquads, &labels, out, &err) || refused(v, step, p, &err);
}

/* Marks the mandatory ones; false where a place is not there. */
static bool mark(const cn_sd_derived *d, size_t n, bool *mandatory) {
    for (size_t i = 0; i < d->mandatory_n; i++) {
        if (d->mandatory[i] >= n) return false;
        mandatory[d->mandatory[i]] = true;
    }
    return true;
}

/* ---- Signatures ---- */

static bool is_good(cn_vc *v, const cn_public_key *key, cn_slice message, cn_slice signature, bool *good) {
    cn_err err;
    *good = false; /* a key that is no point has signed nothing */
    return cn_signature_check(v->env.crypto, key, CN_SHA256, message, signature, good, &err) ||
           !cn_vc_fatal(v, &err);
}

/* The issuer's: over the proof options, the key of this proof, and the mandatory statements. */
static bool check_base(cn_vc *v, cn_step *step, const cn_proof *p, const cn_sd_derived *d, const cn_sd_list *quads,
                       const bool *mandatory) {
    cn_digest config = {0}, hash;
    cn_buf message = cn_buf_on(v->arena, 0);
    bool good;
    if (!cn_proof_config_digest(v, step, p, &config)) return false;
    if (step->outcome != CN_PASS) return true;
    if (!cn_sd_hash(v->arena, v->env.crypto, quads, mandatory, &hash)) return cn_fail_memory(v->err);
    cn_buf_add(&message, cn_digest_slice(&config));
    cn_buf_add(&message, d->public_key);
    cn_buf_add(&message, cn_digest_slice(&hash));
    if (!cn_buf_ok(&message)) return cn_fail_memory(v->err);
    if (!is_good(v, &p->method.key, cn_buf_slice(&message), d->signature, &good)) return false;
    return good ||
           cn_proof_invalid(v, step, p,
                            "The signature does not match: the credential was changed after it was signed, "
                            "or it was signed with another key. Get it anew from the issuer.");
}

/* The others, one by one, with the key that the issuer's signature vouches for. */
static bool check_each(cn_vc *v, cn_step *step, const cn_proof *p, const cn_sd_derived *d, const cn_sd_list *quads,
                       const bool *mandatory) {
    const cn_public_key key = {.kind = CN_KEY_P256, .bytes = cn_slice_from(d->public_key, 2)};
    cn_slice *signed_alone = CN_NEW_ARRAY(v->arena, cn_slice, d->signatures.n);
    size_t n = 0;
    bool good;
    cn_err err;
    if (!signed_alone) return cn_fail_memory(v->err);
    for (size_t i = 0; i < quads->n; i++)
        if (!mandatory[i]) signed_alone[n++] = quads->v[i];
    assert(n == d->signatures.n);
    if (!cn_signatures_check(v->env.crypto, &key, CN_SHA256, signed_alone, d->signatures.v, n, &good, &err)) {
        if (cn_vc_fatal(v, &err)) return false;
        good = false;
    }
    return good ||
           cn_proof_invalid(v, step, p,
                            "What the credential says was not all signed: a statement was changed or added. "
                            "Get it anew from its holder.");
}

static bool check_derived(cn_vc *v, cn_step *step, const cn_proof *p, const cn_sd_derived *d) {
    cn_sd_list quads = {0};
    if (!statements(v, step, p, d, &quads)) return false;
    if (step->outcome != CN_PASS) return true;
    bool *mandatory = CN_NEW_ARRAY(v->arena, bool, quads.n);
    if (!mandatory) return cn_fail_memory(v->err);
    size_t left = quads.n;
    bool marked = mark(d, quads.n, mandatory);
    for (size_t i = 0; i < quads.n; i++) left -= mandatory[i];
    if (!marked || left != d->signatures.n)
        return cn_proof_invalid(v, step, p,
                                "The signature does not fit the credential: there are more statements, or fewer, "
                                "than it is for. Get it anew from its holder.");
    if (!check_base(v, step, p, d, &quads, mandatory)) return false;
    return step->outcome != CN_PASS || check_each(v, step, p, d, &quads, mandatory);
}

bool cn_sd_check(cn_vc *v, cn_step *step, const cn_proof *p) {
    cn_slice text = cn_json_get_text(p->json, CN_S("proofValue"));
    cn_sd_derived derived;
    cn_err err;
    if (cn_json_get(p->json, CN_S("previousProof")))
        return cn_proof_find(
            v, step, p, CN_UNKNOWN, "unsupported-proof", CN_S("previousProof"),
            "A signature for selective disclosure that builds on another cannot be checked here.");
    if (cn_sd_kind_of(text) == CN_SD_BASE)
        return cn_proof_find(
            v, step, p, CN_FAIL, "base-proof", CN_S("proofValue"),
            "This is the form of the credential that is for its holder alone, and cannot be checked; "
            "the holder makes one for others from it, which shows what they choose.");
    if (!cn_sd_derived_read(v->arena, text, &derived, &err)) return refused(v, step, p, &err);
    if (derived.signatures.n > *v->statements_left)
        return cn_proof_find(v, step, p, CN_FAIL, "too-complex", CN_S("proofValue"),
                             "There are more statements that were signed one by one than are checked.");
    *v->statements_left -= derived.signatures.n;
    return check_derived(v, step, p, &derived);
}
