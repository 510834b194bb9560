/* SPDX-License-Identifier: Apache-2.0
 *
 * Adding a proof: Data Integrity 1.0, sections 4.2 (Add Proof) and 4.3 (Add Proof Set/Chain),
 * with Data Integrity EdDSA Cryptosuites 1.0, section 3.2.1.
 */
#include "vc/internal.h"

static bool set_text(cn_arena *a, cn_json *object, cn_slice key, cn_slice text) {
    return cn_json_set(a, object, key, cn_json_string(a, text));
}

/* 3.2.1, step 1: the options, without proofValue. NULL at the arena's maximum. */
static cn_json *new_proof(cn_arena *a, const cn_suite *suite, const cn_sign_options *o) {
    cn_json *proof = cn_json_object(a);
    cn_buf created = cn_buf_on(a, 64), expires = cn_buf_on(a, 64);
    cn_time_write(&created, o->created);
    if (o->expires) cn_time_write(&expires, *o->expires);
    cn_slice purpose = o->purpose.n ? o->purpose : CN_S("assertionMethod");
    bool good = proof && cn_buf_ok(&created) && cn_buf_ok(&expires) &&
                set_text(a, proof, CN_S("type"), suite->type) &&
                (!suite->cryptosuite.n || set_text(a, proof, CN_S("cryptosuite"), suite->cryptosuite)) &&
                set_text(a, proof, CN_S("created"), cn_buf_slice(&created)) &&
                (!o->expires || set_text(a, proof, CN_S("expires"), cn_buf_slice(&expires))) &&
                set_text(a, proof, CN_S("verificationMethod"), o->method) &&
                set_text(a, proof, CN_S("proofPurpose"), purpose);
    return good ? proof : NULL;
}

/* The hash of the options, then the hash of the document, at `out`. */
static bool hash_both(cn_arena *a, const cn_suite *suite, const cn_sign_options *o, const cn_json *document,
                      const cn_json *proof, cn_buf *out, cn_err *err) {
    size_t work_left = o->max_work ? o->max_work : CN_RDFC_MAX_WORK;
    cn_canon_env env = {.crypto = o->crypto, .contexts = o->contexts, .work_left = &work_left};
    const cn_json *parts[] = {cn_integrity_config(a, document, proof), document};
    for (size_t i = 0; i < 2; i++) {
        cn_slice text;
        if (!parts[i]) return cn_fail_memory(err);
        if (!cn_canon_text(a, &env, suite, parts[i], &text, err)) return false;
        cn_digest d = cn_hash_of(o->crypto, suite->hash, text);
        cn_buf_add(out, cn_digest_slice(&d));
    }
    return cn_buf_ok(out) || cn_fail_memory(err);
}

/* Signs, and sets proofValue. */
static bool sign(cn_arena *a, const cn_suite *suite, const cn_sign_options *o, const cn_json *document,
                 cn_json *proof, cn_err *err) {
    cn_buf message = cn_buf_on(a, 0), text = cn_buf_on(a, 0);
    cn_slice signature;
    if (!hash_both(a, suite, o, document, proof, &message, err)) return false;
    if (!cn_sign(o->crypto, a, o->key, suite->hash, cn_buf_slice(&message), &signature, err)) return false;
    cn_buf_byte(&text, 'z');
    cn_base58_write(&text, signature);
    if (!cn_buf_ok(&text) || !set_text(a, proof, CN_S("proofValue"), cn_buf_slice(&text)))
        return cn_fail_memory(err);
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

bool cn_integrity_add(cn_arena *a, const cn_json *document, const cn_sign_options *options, const cn_json **out,
                      cn_err *err) {
    cn_slice name = options->suite.n ? options->suite : CN_S("eddsa-rdfc-2022");
    const cn_suite *suite = cn_suite_named(name, options->key->kind);
    if (!cn_json_is(document, CN_JSON_OBJECT))
        return cn_fail(err, CN_UNSUPPORTED, "sign.document", "Only a JSON object can be signed.");
    if (!suite)
        return cn_fail(err, CN_UNSUPPORTED, "sign.suite",
                       "There is no signature suite \"%.*s\" for this kind of key.", CN_ARG(cn_vc_quote(name)));
    cn_json *unsigned_document = cn_json_without(a, document, CN_S("proof"));
    cn_json *proof = new_proof(a, suite, options);
    if (!unsigned_document || !proof) return cn_fail_memory(err);
    if (!sign(a, suite, options, unsigned_document, proof, err)) return false;
    const cn_json *proofs = joined(a, cn_json_get(document, CN_S("proof")), proof);
    if (!proofs || !cn_json_set(a, unsigned_document, CN_S("proof"), proofs)) return cn_fail_memory(err);
    *out = unsigned_document;
    return true;
}
