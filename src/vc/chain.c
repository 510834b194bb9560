/* SPDX-License-Identifier: Apache-2.0
 *
 * Proof sets and chains: Data Integrity 1.0, sections 4.3 (Add Proof Set/Chain) and 4.5 (Verify Proof Sets and
 * Chains).
 *
 * A proof names the earlier ones it builds on by their ids; they are then part of the document that it signs. The
 * text does not say what two proofs of one id are, nor proofs that build on each other: both are refused.
 */
#include "vc/proof.h"

static cn_slice id_of(const cn_json *proof) {
    return cn_json_get_text(proof, CN_S("id"));
}

static bool names(const cn_json *wanted, cn_slice id) {
    for (size_t i = 0; i < cn_json_many(wanted); i++)
        if (id.n && cn_json_is_string(cn_json_one(wanted, i), id)) return true;
    return false;
}

static size_t count_of(const cn_json *all, cn_slice id) {
    size_t n = 0;
    for (size_t i = 0; i < cn_json_many(all); i++) n += id.n && cn_slice_eq(id_of(cn_json_one(all, i)), id);
    return n;
}

bool cn_chain_match(cn_arena *a, const cn_json *all, const cn_json *wanted, cn_json *out, bool *complete) {
    *complete = true;
    for (size_t i = 0; i < cn_json_many(wanted); i++)
        if (count_of(all, cn_json_text(cn_json_one(wanted, i))) != 1) *complete = false;
    for (size_t i = 0; i < cn_json_many(all); i++) {
        const cn_json *proof = cn_json_one(all, i);
        if (names(wanted, id_of(proof)) && !cn_json_push(a, out, proof)) return false;
    }
    return true;
}

static const cn_json *previous(const cn_json *proof) {
    return cn_json_get(proof, CN_S("previousProof"));
}

/* Do the ids lead back to where they began? After as many steps as there are proofs no new one can be reached. */
static bool in_ring(const cn_json *all, const cn_json *from, bool *reached) {
    size_t n = cn_json_many(all);
    for (size_t i = 0; i < n; i++) reached[i] = names(previous(from), id_of(cn_json_one(all, i)));
    for (size_t round = 0; round < n; round++)
        for (size_t i = 0; i < n; i++)
            for (size_t k = 0; reached[i] && k < n; k++)
                if (names(previous(cn_json_one(all, i)), id_of(cn_json_one(all, k)))) reached[k] = true;
    for (size_t i = 0; i < n; i++)
        if (reached[i] && cn_json_one(all, i) == from) return true;
    return false;
}

bool cn_chain_check(cn_vc *v, cn_step *step, const cn_proof *p) {
    bool complete = true;
    cn_json *earlier = cn_json_array(v->arena);
    bool *reached = CN_NEW_ARRAY(v->arena, bool, cn_json_many(p->all));
    if (!earlier || !reached || !cn_chain_match(v->arena, p->all, previous(p->json), earlier, &complete))
        return cn_fail_memory(v->err);
    if (count_of(p->all, id_of(p->json)) > 1)
        return cn_proof_find(v, step, p, CN_FAIL, "proof-malformed", CN_S("id"),
                             "Two signatures bear the same name, so that it is open which of them is meant; the "
                             "issuer has to sign again.");
    if (!complete)
        return cn_proof_find(v, step, p, CN_FAIL, "previous-proof-missing", CN_S("previousProof"),
                             "The signature builds on an earlier one that is not in the credential.");
    return !in_ring(p->all, p->json, reached) ||
           cn_proof_find(v, step, p, CN_FAIL, "proof-malformed", CN_S("previousProof"),
                         "The signatures build on each other in a ring, so none of them can have been the first; "
                         "the issuer has to sign again.");
}

void cn_chain_settle(const cn_json *all, cn_proof_result *results, size_t n) {
    for (size_t round = 0; round < n; round++)
        for (size_t i = 0; i < n; i++)
            for (size_t k = 0; results[i].outcome == CN_PASS && k < n; k++)
                if (results[k].outcome != CN_PASS &&
                    names(previous(cn_json_one(all, i)), id_of(cn_json_one(all, k)))) {
                    results[i].outcome = results[k].outcome;
                    results[i].controller = CN_S("");
                }
}
