/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `vc`: Data Integrity. One proof at work, and what the files that check and make
 * proofs ask of each other. As in internal.h, what takes a cn_vc answers false only where the verification cannot
 * go on.
 */
#ifndef CN_VC_PROOF_H
#define CN_VC_PROOF_H

#include "vc/internal.h"

struct cn_proof {
    const cn_json *json;
    const cn_json *all; /* the value of the member "proof" */
    cn_slice where;
    const cn_suite *suite; /* the first row of its name, then the row for its key */
    cn_slice method_url;
    cn_method method;
    bool has_created;
    cn_time created;
};

/* ---- Findings (integrity.c) ---- */

/* About a member of the proof; about the proof itself where the name is empty. */
CN_MUST_USE bool cn_proof_find(cn_vc *v, cn_step *step, const cn_proof *p, cn_outcome outcome, const char *problem,
                               cn_slice member, const char *detail);
/* What another room refused, under `where`. */
CN_MUST_USE bool cn_proof_refused(cn_vc *v, cn_step *step, cn_slice where, const cn_err *err);

/* ---- Sets and chains (chain.c) ---- */

/* Appends to `out` the proofs of `all` whose ids a "previousProof" (a string or a list of them) names, in their
 * own order; *complete where each id names exactly one. False at the arena's maximum. */
CN_MUST_USE bool cn_chain_match(cn_arena *a, const cn_json *all, const cn_json *wanted, cn_json *out,
                                bool *complete);
/* Part of the proof's check: what it builds on is there, once, and does not build on it in turn. */
CN_MUST_USE bool cn_chain_check(cn_vc *v, cn_step *step, const cn_proof *p);
/* A proof is no better than those it builds on: the outcomes of all, once each is known. */
void cn_chain_settle(const cn_json *all, cn_proof_result *results, size_t n);

/* ---- Signatures over a whole document (hashing.c) ---- */

/* The proof options as they are hashed: without proofValue; for RDF with the document's @context, for JSON with
 * the one that they have themselves. NULL at the arena's maximum. */
const cn_json *cn_proof_config(cn_arena *a, const cn_suite *suite, const cn_json *document,
                               const cn_json *options);
/* The digest of the proof options; a finding where they cannot be had. */
CN_MUST_USE bool cn_proof_config_digest(cn_vc *v, cn_step *step, const cn_proof *p, cn_digest *out);
/* A signature that does not match, or is damaged: `why` is a sentence. */
CN_MUST_USE bool cn_proof_invalid(cn_vc *v, cn_step *step, const cn_proof *p, const char *why);

cn_suite_check cn_whole_check;
cn_suite_sign cn_whole_sign;

#endif
