/* SPDX-License-Identifier: Apache-2.0
 *
 * Signatures over a whole document: the hash of the proof options, then the hash of the document.
 *
 * Data Integrity EdDSA Cryptosuites 1.0 (3.2 and 3.3) and ECDSA Cryptosuites 1.0 (3.2 and 3.3) differ in nothing
 * but the hash and the kind of key, which are columns of the table in suites.c.
 *
 * Where JSON is signed (JCS), the proof keeps the @context of the document as it was signed: more contexts may
 * have been appended to the document's since (3.3.2, step 4).
 */
#include "vc/proof.h"

const cn_json *cn_proof_config(cn_arena *a, const cn_suite *suite, const cn_json *document,
                               const cn_json *options) {
    cn_json *config = cn_json_without(a, options, CN_S("proofValue"));
    const cn_json *context = cn_json_get(document, CN_S("@context"));
    if (!config || suite->canon == CN_CANON_JCS) return config;
    return !context || cn_json_set(a, config, CN_S("@context"), context) ? config : NULL;
}

/* ---- Checking ---- */

bool cn_proof_invalid(cn_vc *v, cn_step *step, const cn_proof *p, const char *why) {
    return cn_proof_find(v, step, p, CN_FAIL, "invalid-signature", CN_S("proofValue"), why);
}

/* The limits of a signature have to stand where they are looked for; signed bytes cannot hide them. */
static bool check_shown(cn_vc *v, cn_step *step, const cn_proof *p, cn_slice canonical) {
    cn_slice hidden;
    if (p->suite->canon == CN_CANON_JCS || cn_vc_proof_shown(p->json, canonical, &hidden)) return true;
    return cn_vc_find_about(v, step, CN_FAIL, "not-compacted", p->where, hidden,
                            "The signature states its \"%.*s\" in an unusual form, in which it would be "
                            "overlooked; somebody may have tried to hide it. Get the credential anew from the "
                            "issuer.",
                            CN_ARG(hidden));
}

bool cn_proof_config_digest(cn_vc *v, cn_step *step, const cn_proof *p, cn_digest *out) {
    cn_slice text;
    cn_err err;
    const cn_json *config = cn_proof_config(v->arena, p->suite, v->document, p->json);
    if (!config) return cn_fail_memory(v->err);
    if (!cn_canon_text(v->arena, &v->env, p->suite, config, &text, &err))
        return cn_proof_refused(v, step, p->where, &err);
    *out = cn_hash_of(v->env.crypto, p->suite->hash, text);
    return check_shown(v, step, p, text);
}

/* The digest of the document's quads, once for all proofs that hash alike. */
static bool quads_digest(cn_vc *v, cn_step *step, const cn_proof *p, cn_digest *out) {
    cn_hash hash = p->suite->hash;
    cn_slice text;
    cn_err err;
    if (!v->have_digest[hash]) {
        cn_arena_mark mark = cn_arena_get_mark(v->arena); /* the text is not needed once it is hashed */
        if (!cn_canon_quads(v->arena, &v->env, p->suite, &v->dataset, &text, &err))
            return cn_proof_refused(v, step, p->where, &err);
        v->digest[hash] = cn_hash_of(v->env.crypto, hash, text);
        cn_arena_reset(v->arena, mark);
        v->have_digest[hash] = true;
    }
    *out = v->digest[hash];
    return true;
}

/* Does the document's @context begin with all that the proof's has? */
static bool begins_with(const cn_json *context, const cn_json *start) {
    if (cn_json_many(start) > cn_json_many(context)) return false;
    for (size_t i = 0; i < cn_json_many(start); i++)
        if (!cn_json_equal(cn_json_one(context, i), cn_json_one(start, i))) return false;
    return true;
}

/* The document as it was signed: with the proofs that this one builds on, and the proof's own @context. */
static bool document_as_signed(cn_vc *v, const cn_proof *p, const cn_json *context, const cn_json **out) {
    const cn_json *wanted = cn_json_get(p->json, CN_S("previousProof"));
    cn_json *document = cn_json_copy_shallow(v->arena, v->document), *earlier = cn_json_array(v->arena);
    bool complete;
    if (!document || !earlier || !cn_chain_match(v->arena, p->all, wanted, earlier, &complete)) return false;
    if (wanted && !cn_json_set(v->arena, document, CN_S("proof"), earlier)) return false;
    if (context && !cn_json_set(v->arena, document, CN_S("@context"), context)) return false;
    *out = document;
    return true;
}

static bool document_digest(cn_vc *v, cn_step *step, const cn_proof *p, cn_digest *out) {
    bool json = p->suite->canon == CN_CANON_JCS;
    const cn_json *document, *context = json ? cn_json_get(p->json, CN_S("@context")) : NULL;
    cn_slice text;
    cn_err err;
    if (!json && !cn_json_get(p->json, CN_S("previousProof"))) return quads_digest(v, step, p, out);
    if (context && !begins_with(cn_json_get(v->document, CN_S("@context")), context))
        return cn_proof_find(v, step, p, CN_FAIL, "invalid-signature", CN_S("@context"),
                             "The signature was made for a credential with other contexts than this one has. Get "
                             "it anew from the issuer.");
    if (!document_as_signed(v, p, context, &document)) return cn_fail_memory(v->err);
    if (!cn_canon_text(v->arena, &v->env, p->suite, document, &text, &err))
        return cn_proof_refused(v, step, CN_S(""), &err);
    *out = cn_hash_of(v->env.crypto, p->suite->hash, text);
    return true;
}

static bool check_digests(cn_vc *v, cn_step *step, const cn_proof *p, const cn_digest *config,
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
        return cn_proof_invalid(v, step, p,
                                "The signature is damaged: its text is not base58; get the credential anew.");
    }
    if (signature.n != p->suite->signature_size)
        return cn_proof_invalid(v, step, p,
                                "The signature is damaged: it has the wrong length; get the credential anew.");
    if (!cn_signature_check(v->env.crypto, &p->method.key, p->suite->hash,
                            cn_slice_bytes(message, config->n + document->n), signature, &good, &err))
        return cn_vc_fatal(v, &err) ? false : cn_proof_invalid(v, step, p, err.detail);
    return good ||
           cn_proof_invalid(v, step, p,
                            "The signature does not match: the credential was changed after it was signed, or it "
                            "was signed with another key. Get it anew from the issuer.");
}

bool cn_whole_check(cn_vc *v, cn_step *step, const cn_proof *p) {
    cn_digest config = {0}, document = {0};
    if (!cn_proof_config_digest(v, step, p, &config)) return false;
    if (step->outcome != CN_PASS) return true;
    if (!document_digest(v, step, p, &document)) return false;
    return step->outcome != CN_PASS || check_digests(v, step, p, &config, &document);
}

/* ---- Making ---- */

/* The hash of the options, then the hash of the document, at `out`. */
static bool hash_both(cn_arena *a, const cn_suite *suite, const cn_sign_options *o, const cn_json *document,
                      const cn_json *proof, cn_buf *out, cn_err *err) {
    size_t work_left = o->max_work ? o->max_work : CN_RDFC_MAX_WORK;
    cn_canon_env env = {
        .crypto = o->crypto, .contexts = o->contexts, .processed = o->processed, .work_left = &work_left};
    const cn_json *parts[] = {cn_proof_config(a, suite, document, proof), document};
    for (size_t i = 0; i < 2; i++) {
        cn_slice text;
        cn_dataset unused;
        if (!parts[i]) return cn_fail_memory(err);
        /* JSON would be signed whatever it means; what means nothing is not to be signed. */
        if (suite->canon == CN_CANON_JCS && !cn_canon_dataset(a, &env, parts[i], &unused, err)) return false;
        if (!cn_canon_text(a, &env, suite, parts[i], &text, err)) return false;
        cn_digest d = cn_hash_of(o->crypto, suite->hash, text);
        cn_buf_add(out, cn_digest_slice(&d));
    }
    return cn_buf_ok(out) || cn_fail_memory(err);
}

bool cn_whole_sign(cn_arena *a, const cn_suite *suite, const cn_sign_options *o, const cn_json *document,
                   const cn_json *proof, cn_slice *value, cn_err *err) {
    cn_buf message = cn_buf_on(a, 0), text = cn_buf_on(a, 0);
    cn_slice signature;
    if (!hash_both(a, suite, o, document, proof, &message, err)) return false;
    if (!cn_sign(o->crypto, a, o->key, suite->hash, cn_buf_slice(&message), &signature, err)) return false;
    cn_buf_byte(&text, 'z');
    cn_base58_write(&text, signature);
    if (!cn_buf_ok(&text)) return cn_fail_memory(err);
    *value = cn_buf_slice(&text);
    return true;
}
