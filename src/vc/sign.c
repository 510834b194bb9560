/* SPDX-License-Identifier: Apache-2.0
 *
 * Adding a proof: Data Integrity 1.0, sections 4.2 (Add Proof) and 4.3 (Add Proof Set/Chain),
 * with the first steps of the suites' own algorithms.
 */
#include "vc/proof.h"

static bool set_text(cn_arena *a, cn_json *object, cn_slice key, cn_slice text) {
    return cn_json_set(a, object, key, cn_json_string(a, text));
}

/* A "previousProof": a string, or a list of them. NULL at the arena's maximum. */
static const cn_json *previous_of(cn_arena *a, const cn_sign_options *o) {
    if (o->previous_n == 1) return cn_json_string(a, o->previous[0]);
    cn_json *list = cn_json_array(a);
    for (size_t i = 0; list && i < o->previous_n; i++)
        if (!cn_json_push(a, list, cn_json_string(a, o->previous[i]))) return NULL;
    return list;
}

/* The options, without proofValue. NULL at the arena's maximum. */
static cn_json *new_proof(cn_arena *a, const cn_suite *suite, const cn_sign_options *o, const cn_json *context) {
    cn_json *proof = cn_json_object(a);
    cn_buf created = cn_buf_on(a, 64), expires = cn_buf_on(a, 64);
    cn_time_write(&created, o->created);
    if (o->expires) cn_time_write(&expires, *o->expires);
    cn_slice purpose = o->purpose.n ? o->purpose : CN_S("assertionMethod");
    bool own_context = context && suite->canon == CN_CANON_JCS;
    bool good = proof && cn_buf_ok(&created) && cn_buf_ok(&expires) &&
                (!o->id.n || set_text(a, proof, CN_S("id"), o->id)) &&
                set_text(a, proof, CN_S("type"), suite->type) &&
                (!suite->cryptosuite.n || set_text(a, proof, CN_S("cryptosuite"), suite->cryptosuite)) &&
                set_text(a, proof, CN_S("created"), cn_buf_slice(&created)) &&
                (!o->expires || set_text(a, proof, CN_S("expires"), cn_buf_slice(&expires))) &&
                set_text(a, proof, CN_S("verificationMethod"), o->method) &&
                set_text(a, proof, CN_S("proofPurpose"), purpose) &&
                (!o->challenge.n || set_text(a, proof, CN_S("challenge"), o->challenge)) &&
                (!o->domain.n || set_text(a, proof, CN_S("domain"), o->domain)) &&
                (!o->previous_n || cn_json_set(a, proof, CN_S("previousProof"), previous_of(a, o))) &&
                (!own_context || cn_json_set(a, proof, CN_S("@context"), context));
    return good ? proof : NULL;
}

/* 4.3, steps 3 to 6: the document that is signed, with the proofs that the new one builds on. */
static bool with_earlier(cn_arena *a, const cn_json *bare, const cn_json *all, const cn_json *wanted,
                         const cn_json **out, cn_err *err) {
    cn_json *document = cn_json_copy_shallow(a, bare), *earlier = cn_json_array(a);
    bool complete;
    if (!document || !earlier || !cn_chain_match(a, all, wanted, earlier, &complete)) return cn_fail_memory(err);
    if (!complete)
        return cn_fail_at(err, CN_INVALID, "sign.previous-proof", CN_S("/proof"),
                          "A signature that the new one is to build on is not in the document, or there is more "
                          "than one of its name.");
    if (wanted && !cn_json_set(a, document, CN_S("proof"), earlier)) return cn_fail_memory(err);
    *out = document;
    return true;
}

/* 4.3: one proof stands alone, several in a list. NULL at the arena's maximum. */
static const cn_json *joined(cn_arena *a, const cn_json *present, const cn_json *proof) {
    if (!cn_json_many(present)) return proof;
    cn_json *all = cn_json_array(a);
    for (size_t i = 0; all && i < cn_json_many(present); i++)
        if (!cn_json_push(a, all, cn_json_one(present, i))) return NULL;
    return all && cn_json_push(a, all, proof) ? all : NULL;
}

static bool id_is_taken(const cn_json *all, cn_slice id) {
    for (size_t i = 0; id.n && i < cn_json_many(all); i++)
        if (cn_slice_eq(cn_json_get_text(cn_json_one(all, i), CN_S("id")), id)) return true;
    return false;
}

/* What the options and the document may not be. */
static bool check_options(const cn_json *document, const cn_suite *suite, const cn_sign_options *o, cn_slice name,
                          cn_err *err) {
    if (!cn_json_is(document, CN_JSON_OBJECT))
        return cn_fail(err, CN_UNSUPPORTED, "sign.document", "Only a JSON object can be signed.");
    if (!suite)
        return cn_fail(err, CN_UNSUPPORTED, "sign.suite",
                       "There is no signature suite \"%.*s\" for this kind of key.", CN_ARG(cn_vc_quote(name)));
    if (o->mandatory_n && suite->sign == cn_whole_sign)
        return cn_fail(err, CN_UNSUPPORTED, "sign.mandatory",
                       "The suite \"%.*s\" signs the whole document: nothing can be left out of it.",
                       CN_ARG(suite->name));
    if (id_is_taken(cn_json_get(document, CN_S("proof")), o->id))
        return cn_fail_at(err, CN_INVALID, "sign.id", CN_S("/proof"),
                          "A signature of this name is in the document already.");
    return true;
}

bool cn_integrity_add(cn_arena *a, const cn_json *document, const cn_sign_options *options, const cn_json **out,
                      cn_err *err) {
    cn_slice name = options->suite.n ? options->suite : CN_S("eddsa-rdfc-2022"), value;
    const cn_suite *suite = cn_suite_named(name, options->key->kind);
    if (!check_options(document, suite, options, name, err)) return false;
    const cn_json *all = cn_json_get(document, CN_S("proof")), *to_sign;
    cn_json *signed_document = cn_json_without(a, document, CN_S("proof"));
    cn_json *proof = new_proof(a, suite, options, cn_json_get(document, CN_S("@context")));
    if (!signed_document || !proof) return cn_fail_memory(err);
    const cn_json *wanted = cn_json_get(proof, CN_S("previousProof"));
    if (!with_earlier(a, signed_document, all, wanted, &to_sign, err)) return false;
    if (!suite->sign(a, suite, options, to_sign, proof, &value, err)) return false;
    if (!set_text(a, proof, CN_S("proofValue"), value)) return cn_fail_memory(err);
    const cn_json *proofs = joined(a, all, proof);
    if (!proofs || !cn_json_set(a, signed_document, CN_S("proof"), proofs)) return cn_fail_memory(err);
    *out = signed_document;
    return true;
}
