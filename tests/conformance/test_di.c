/* SPDX-License-Identifier: Apache-2.0
 *
 * The vectors of Data Integrity EdDSA and ECDSA Cryptosuites 1.0: canonical forms and hashes step by step, the
 * signature remade from its key (EdDSA gives the same one again; one by ECDSA is verified), the signed documents
 * verified, sets and chains. ecdsa-sd-2023 has a file of its own.
 */
#include "url_files.h"
#include "vc/internal.h"

typedef struct bench {
    cn_arena *arena;
    cn_crypto *crypto;
    cn_loader contexts;
    const cn_json *vector;
    cn_slice name;
} bench;

/* The file that a member of the vector names; the empty slice without it. */
static cn_slice file_of(const bench *t, const char *member) {
    cn_slice path = cn_json_get_text(t->vector, cn_slice_of(member)), text = {0};
    if (path.n && !corpus_read(t->arena, corpus_path(t->arena, "di/%.*s", CN_ARG(path)), &text)) text.n = 0;
    return text;
}

static void expect(const bench *t, const char *part, bool passed, cn_slice problem) {
    cn_slice name;
    if (!cn_arena_print(t->arena, &name, "%.*s %s", CN_ARG(t->name), part)) abort();
    corpus_case(passed, "di", name, passed ? CN_S("") : problem);
}

static const cn_json *json_of(const bench *t, const char *member) {
    cn_err err;
    const cn_json *value = NULL;
    if (!cn_json_read(t->arena, file_of(t, member), NULL, &value, &err)) return NULL;
    return value;
}

/* The canonical form of a file equals another file, and its hash a third. */
static void expect_canon(const bench *t, const cn_suite *suite, const cn_json *document, const char *canonical,
                         const char *hash) {
    cn_canon_env env = {.crypto = t->crypto, .contexts = &t->contexts};
    cn_slice text;
    cn_err err;
    if (!cn_canon_text(t->arena, &env, suite, document, &text, &err)) {
        expect(t, canonical, false, cn_slice_of(err.detail));
        return;
    }
    expect(t, canonical, cn_slice_eq(cn_slice_trim(text), cn_slice_trim(file_of(t, canonical))), text);
    cn_digest d = cn_hash_of(t->crypto, suite->hash, text);
    cn_buf hex = cn_buf_on(t->arena, 0);
    cn_hex_write(&hex, cn_digest_slice(&d));
    expect(t, hash, cn_slice_eq(cn_buf_slice(&hex), cn_slice_trim(file_of(t, hash))), cn_buf_slice(&hex));
}

static cn_slice hex_of(const bench *t, cn_slice bytes) {
    cn_buf hex = cn_buf_on(t->arena, 0);
    cn_hex_write(&hex, bytes);
    return cn_buf_slice(&hex);
}

/* What is signed, and the signature as it is written in two ways. */
static void expect_bytes(const bench *t) {
    cn_slice parts[] = {cn_slice_trim(file_of(t, "proof_hash_hex")),
                        cn_slice_trim(file_of(t, "document_hash_hex"))};
    cn_slice text =
        cn_json_get_text(cn_json_get(json_of(t, "signed_document"), CN_S("proof")), CN_S("proofValue"));
    cn_slice both, signature;
    cn_err err;
    if (!cn_arena_print(t->arena, &both, "%.*s%.*s", CN_ARG(parts[0]), CN_ARG(parts[1]))) abort();
    expect(t, "combined_hash_hex", cn_slice_eq(both, cn_slice_trim(file_of(t, "combined_hash_hex"))), both);
    expect(t, "signature_base58btc", cn_slice_eq(text, cn_slice_trim(file_of(t, "signature_base58btc"))), text);
    bool read = cn_multibase_read(t->arena, text, &signature, &err);
    cn_slice hex = read ? hex_of(t, signature) : CN_S("not read");
    expect(t, "signature_hex", cn_slice_eq(hex, cn_slice_trim(file_of(t, "signature_hex"))), hex);
}

static bool read_secret(const bench *t, cn_private_key *key) {
    const cn_json *pair = json_of(t, "key_pair");
    cn_slice text = cn_json_get_text(pair, CN_S("secretKeyMultibase"));
    if (!text.n) text = cn_json_get_text(pair, CN_S("privateKeyMultibase"));
    cn_err err;
    return text.n && cn_secret_multikey_read(t->arena, text, key, &err);
}

static const cn_step *step_of(const cn_report *r, const char *id) {
    for (size_t i = 0; i < r->steps_n; i++)
        if (!strcmp(r->steps[i].id, id)) return &r->steps[i];
    return NULL;
}

/* What became of the signatures of a document. */
static cn_outcome proof_of(const bench *t, cn_slice document, cn_slice *why) {
    cn_verify_options o = {.crypto = t->crypto, .contexts = &t->contexts, .now = {.sec = 1780272000}};
    cn_report r;
    cn_err err;
    if (!cn_verify(t->arena, document, &o, &r, &err)) {
        if (!cn_arena_copy(t->arena, cn_slice_of(err.detail), why)) abort();
        return CN_FAIL;
    }
    const cn_step *proof = step_of(&r, "proof");
    *why = proof ? proof->detail : r.steps[0].detail;
    return r.proof;
}

static void expect_verified(const bench *t, bool verifies) {
    cn_slice why;
    cn_outcome outcome = proof_of(t, file_of(t, "signed_document"), &why);
    expect(t, "proof", (outcome == CN_PASS) == verifies, why);
}

/* Signed again with the published key. */
static void expect_signature(const bench *t, const cn_suite *suite, const cn_private_key *key,
                             const cn_json *document) {
    const cn_json *proof = cn_json_get(json_of(t, "signed_document"), CN_S("proof")), *again;
    cn_sign_options o = {.crypto = t->crypto,
                         .contexts = &t->contexts,
                         .key = key,
                         .suite = suite->name,
                         .method = cn_json_get_text(proof, CN_S("verificationMethod"))};
    cn_buf text = cn_buf_on(t->arena, 0);
    cn_slice why;
    cn_err err = {.detail = "no time"};
    if (!cn_time_read(cn_json_get_text(proof, CN_S("created")), &o.created, NULL) ||
        !cn_integrity_add(t->arena, document, &o, &again, &err)) {
        expect(t, "signature", false, cn_slice_of(err.detail));
        return;
    }
    cn_json_write(&text, again);
    if (suite->key == CN_KEY_ED25519)
        expect(t, "signature", cn_json_equal(cn_json_get(again, CN_S("proof")), proof), cn_buf_slice(&text));
    bool good = proof_of(t, cn_buf_slice(&text), &why) == CN_PASS;
    expect(t, "signed again", good, why);
}

static void run(bench *t) {
    cn_slice name = cn_json_get_text(t->vector, CN_S("cryptosuite"));
    t->name = cn_json_get_text(t->vector, CN_S("signed_document"));
    if (cn_slice_eq(name, CN_S("ecdsa-sd-2023"))) return;
    if (!cn_json_get(t->vector, CN_S("canonical_document"))) {
        expect_verified(t, cn_json_is(cn_json_get(t->vector, CN_S("verifies")), CN_JSON_TRUE));
        return;
    }
    cn_private_key key;
    const cn_suite *suite = read_secret(t, &key) ? cn_suite_named(name, key.kind) : NULL;
    expect(t, "suite", suite != NULL, CN_S("there is no row for it"));
    if (!suite) return;
    /* The published unsigned document of Ed25519Signature2020 lacks the suite's own context. */
    const cn_json *document = cn_json_without(t->arena, json_of(t, "signed_document"), CN_S("proof"));
    expect_canon(t, suite, document, "canonical_document", "document_hash_hex");
    expect_canon(t, suite, json_of(t, "proof_config"), "canonical_proof_config", "proof_hash_hex");
    expect_bytes(t);
    expect_signature(t, suite, &key, document);
    expect_verified(t, true);
}

int main(void) {
    if (!corpus_present("di")) return 0;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_crypto *crypto CN_CRYPTO_AUTO = NULL;
    cn_err err;
    if (!cn_crypto_new(&crypto, &err)) return 1;
    cn_loader builtin = cn_builtin_loader(NULL);
    url_files files = {corpus_json(a, corpus_path(a, "contexts/index.json")), corpus_path(a, "contexts"),
                       &builtin};
    const cn_json *vectors = cn_json_get(corpus_json(a, corpus_path(a, "di/index.json")), CN_S("vectors"));
    for (size_t i = 0; i < cn_json_count(vectors); i++) {
        bench t = {.arena = a,
                   .crypto = crypto,
                   .contexts = url_files_loader(&files),
                   .vector = cn_json_item(vectors, i)};
        run(&t);
    }
    return corpus_end();
}
