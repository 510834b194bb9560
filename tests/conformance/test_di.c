/* SPDX-License-Identifier: Apache-2.0
 *
 * The vectors of Data Integrity EdDSA Cryptosuites 1.0: canonical forms and
 * hashes step by step, the signature remade from its key, the signed documents verified, sets and chains.
 * Vectors of suites that we do not have are left out.
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

static bool read_secret(const bench *t, cn_private_key *key) {
    cn_slice text = cn_json_get_text(json_of(t, "key_pair"), CN_S("privateKeyMultibase"));
    cn_err err;
    return text.n && cn_secret_multikey_read(t->arena, text, key, &err);
}

/* Signed again with the published key: EdDSA is deterministic. */
static void expect_signature(const bench *t, const cn_suite *suite, const cn_json *document) {
    const cn_json *proof = cn_json_get(json_of(t, "signed_document"), CN_S("proof")), *again;
    cn_sign_options o = {.crypto = t->crypto,
                         .contexts = &t->contexts,
                         .suite = suite->name,
                         .method = cn_json_get_text(proof, CN_S("verificationMethod"))};
    cn_private_key key;
    cn_err err = {.detail = "no key or time"};
    o.key = &key;
    bool made = read_secret(t, &key) && cn_time_read(cn_json_get_text(proof, CN_S("created")), &o.created, NULL) &&
                cn_integrity_add(t->arena, document, &o, &again, &err);
    expect(t, "signature", made && cn_json_equal(cn_json_get(again, CN_S("proof")), proof),
           cn_slice_of(err.detail));
}

static const cn_step *step_of(const cn_report *r, const char *id) {
    for (size_t i = 0; i < r->steps_n; i++)
        if (!strcmp(r->steps[i].id, id)) return &r->steps[i];
    return NULL;
}

static void expect_verified(const bench *t, bool verifies) {
    cn_verify_options o = {.crypto = t->crypto, .contexts = &t->contexts, .now = {.sec = 1780272000}};
    cn_report r;
    cn_err err;
    if (!cn_verify(t->arena, file_of(t, "signed_document"), &o, &r, &err)) {
        expect(t, "proof", false, cn_slice_of(err.detail));
        return;
    }
    const cn_step *proof = step_of(&r, "proof");
    expect(t, "proof", (r.proof == CN_PASS) == verifies, proof ? proof->detail : r.steps[0].detail);
}

static void run(bench *t) {
    cn_slice suite_name = cn_json_get_text(t->vector, CN_S("cryptosuite"));
    const cn_suite *suite = cn_suite_named(suite_name, CN_KEY_ED25519);
    cn_slice path = cn_json_get_text(t->vector, CN_S("signed_document"));
    if (!suite) return;
    t->name = path;
    if (cn_json_get(t->vector, CN_S("canonical_document"))) {
        /* The published unsigned document of Ed25519Signature2020 lacks the suite's own context. */
        const cn_json *document = cn_json_without(t->arena, json_of(t, "signed_document"), CN_S("proof"));
        expect_canon(t, suite, document, "canonical_document", "document_hash_hex");
        expect_canon(t, suite, json_of(t, "proof_config"), "canonical_proof_config", "proof_hash_hex");
        expect_signature(t, suite, document);
        expect_verified(t, true);
        return;
    }
    expect_verified(t, cn_json_is(cn_json_get(t->vector, CN_S("verifies")), CN_JSON_TRUE));
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
