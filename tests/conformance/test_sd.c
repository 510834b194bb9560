/* SPDX-License-Identifier: Apache-2.0
 *
 * The vectors of ecdsa-sd-2023: what they give for each step of making a base proof, deriving from it and checking
 * what was derived, made here and compared. A signature of our own cannot equal the published one: it is checked
 * instead, and theirs stand in for it in what follows.
 */
#include "url_files.h"
#include "vc/sd.h"

typedef struct bench {
    cn_arena *arena;
    cn_crypto *crypto;
    cn_loader contexts;
    cn_canon_env env;
    const cn_json *vector;
    cn_slice directory;
    const cn_json *unsigned_document, *keys;
    cn_sd_list mandatory, selective, combined; /* pointers */
    cn_slice hmac_key;
    cn_sd_base base; /* the published one */
    cn_sd_ready ready;
    bool *is_mandatory, *is_selective, *is_shown; /* of the statements of `ready` */
} bench;

/* ---- Reading and comparing ---- */

static cn_slice file_text(const bench *t, cn_slice path) {
    cn_slice text = {0};
    if (!corpus_read(t->arena, corpus_path(t->arena, "di/%.*s", CN_ARG(path)), &text)) text.n = 0;
    return text;
}

static const cn_json *json_of(const bench *t, cn_slice text) {
    const cn_json *value = NULL;
    cn_err err;
    return cn_json_read(t->arena, text, NULL, &value, &err) ? value : cn_json_null();
}

static cn_slice step_text(const bench *t, const char *name) {
    cn_slice path;
    if (!cn_arena_print(t->arena, &path, "%.*s/%s", CN_ARG(t->directory), name)) abort();
    return file_text(t, path);
}

static const cn_json *step_json(const bench *t, const char *name) {
    return json_of(t, step_text(t, name));
}

static const cn_json *named(const bench *t, const char *member) {
    return json_of(t, file_text(t, cn_json_get_text(t->vector, cn_slice_of(member))));
}

static void expect(const bench *t, const char *what, bool passed, cn_slice got) {
    cn_slice name;
    if (!cn_arena_print(t->arena, &name, "%.*s %s", CN_ARG(t->directory), what)) abort();
    corpus_case(passed, "di", name, passed ? CN_S("") : got);
}

static void expect_json(const bench *t, const char *what, const cn_json *got, const cn_json *wanted) {
    cn_buf text = cn_buf_on(t->arena, 0);
    cn_json_write(&text, got);
    expect(t, what, cn_json_equal(got, wanted), cn_buf_slice(&text));
}

static void expect_done(const bench *t, const char *what, bool done, const cn_err *err) {
    if (!done) expect(t, what, false, cn_slice_of(err->detail));
}

/* ---- Making what the files hold ---- */

static const cn_json *text_of(const bench *t, cn_slice text) {
    return cn_json_string(t->arena, text);
}

static const cn_json *hex_of(const bench *t, cn_slice bytes) {
    cn_buf hex = cn_buf_on(t->arena, 0);
    cn_hex_write(&hex, bytes);
    return text_of(t, cn_buf_slice(&hex));
}

static void push(const bench *t, cn_json *list, const cn_json *item) {
    if (!cn_json_push(t->arena, list, item)) abort();
}

static void set(const bench *t, cn_json *object, const char *key, const cn_json *value) {
    if (!cn_json_set(t->arena, object, cn_slice_of(key), value)) abort();
}

static const cn_json *texts_of(const bench *t, const cn_sd_list *list, bool as_hex) {
    cn_json *out = cn_json_array(t->arena);
    for (size_t i = 0; i < list->n; i++) push(t, out, as_hex ? hex_of(t, list->v[i]) : text_of(t, list->v[i]));
    return out;
}

/* Which places are marked so; with the statements where they are given. */
static const cn_json *marks_of(const bench *t, const bool *marked, bool as, bool with_quads) {
    cn_json *out = cn_json_array(t->arena);
    for (size_t i = 0; i < t->ready.quads.n; i++) {
        if (marked[i] != as) continue;
        const cn_json *place = cn_json_number(t->arena, (double)i);
        cn_json *entry = cn_json_array(t->arena);
        push(t, entry, place);
        push(t, entry, text_of(t, t->ready.quads.v[i]));
        push(t, out, with_quads ? entry : place);
    }
    return out;
}

static const cn_json *map_of(const bench *t, const cn_json *entries) {
    cn_json *map = cn_json_object(t->arena);
    set(t, map, "dataType", text_of(t, CN_S("Map")));
    set(t, map, "value", entries);
    return map;
}

static const cn_json *multikey_of(const bench *t, cn_slice bytes) {
    cn_buf text = cn_buf_on(t->arena, 0);
    cn_buf_byte(&text, 'z');
    cn_base58_write(&text, bytes);
    return text_of(t, cn_buf_slice(&text));
}

static const cn_json *numbers_of(const bench *t, const uint64_t *v, size_t n) {
    cn_json *out = cn_json_array(t->arena);
    for (size_t i = 0; i < n; i++) push(t, out, cn_json_number(t->arena, (double)v[i]));
    return out;
}

static const cn_json *labels_of(const bench *t, const cn_sd_derived *d) {
    cn_json *out = cn_json_array(t->arena);
    for (size_t i = 0; i < d->labels_n; i++) {
        cn_slice from, to;
        cn_json *entry = cn_json_array(t->arena);
        if (!cn_arena_print(t->arena, &from, "c14n%zu", (size_t)d->labels[i].number) ||
            !cn_sd_label_text(t->arena, d->labels[i].digest, &to))
            abort();
        push(t, entry, text_of(t, from));
        push(t, entry, text_of(t, to));
        push(t, out, entry);
    }
    return out;
}

static const cn_json *derived_of(const bench *t, const cn_sd_derived *d, bool map) {
    cn_json *out = cn_json_object(t->arena);
    set(t, out, "baseSignature", hex_of(t, d->signature));
    set(t, out, "publicKey", multikey_of(t, d->public_key));
    set(t, out, "signatures", texts_of(t, &d->signatures, true));
    set(t, out, "labelMap", map ? map_of(t, labels_of(t, d)) : labels_of(t, d));
    set(t, out, "mandatoryIndexes", numbers_of(t, d->mandatory, d->mandatory_n));
    return out;
}

/* ---- The base proof ---- */

static void statements(bench *t) {
    cn_dataset d = {0};
    cn_rdfc canonical = {0};
    cn_err err = {0};
    cn_sd_list lines = {.v = CN_NEW_ARRAY(t->arena, cn_slice, 1000)};
    bool done = cn_canon_dataset(t->arena, &t->env, t->unsigned_document, &d, &err) &&
                cn_canon_rdfc(t->arena, &t->env, CN_SHA256, &d, &canonical, &err);
    expect_done(t, "addBaseDocCanon", done, &err);
    for (cn_slice rest = canonical.nquads; rest.n && lines.n < 1000;) {
        size_t end = cn_slice_find_byte(rest, '\n') + 1;
        lines.v[lines.n++] = cn_slice_sub(rest, 0, end);
        rest = cn_slice_from(rest, end);
    }
    expect_json(t, "addBaseDocCanon", texts_of(t, &lines, false), step_json(t, "addBaseDocCanon.json"));
    done = cn_sd_prepare(t->arena, &t->env, t->unsigned_document, t->hmac_key, &t->ready, &err);
    expect_done(t, "addBaseDocHMACCanon", done, &err);
    expect_json(t, "addBaseDocHMACCanon", texts_of(t, &t->ready.quads, false),
                step_json(t, "addBaseDocHMACCanon.json"));
}

static bool *mark(const bench *t, const cn_sd_list *pointers) {
    bool *marked = CN_NEW_ARRAY(t->arena, bool, t->ready.quads.n);
    cn_err err;
    expect_done(t, "marks", cn_sd_mark(t->arena, &t->env, &t->ready, pointers, marked, NULL, &err), &err);
    return marked;
}

static void groups(bench *t) {
    t->is_mandatory = mark(t, &t->mandatory);
    t->is_selective = mark(t, &t->selective);
    t->is_shown = mark(t, &t->combined);
    cn_json *transform = cn_json_object(t->arena), *indexes = cn_json_object(t->arena);
    const cn_json *wanted = step_json(t, "addBaseTransform.json");
    set(t, transform, "mandatoryPointers", texts_of(t, &t->mandatory, false));
    set(t, transform, "mandatory", map_of(t, marks_of(t, t->is_mandatory, true, true)));
    set(t, transform, "nonMandatory", map_of(t, marks_of(t, t->is_mandatory, false, true)));
    set(t, transform, "hmacKeyString", cn_json_get(t->keys, CN_S("hmacKeyString")));
    expect_json(t, "addBaseTransform", transform, wanted);
    set(t, indexes, "combinedIndexes", marks_of(t, t->is_shown, true, false));
    set(t, indexes, "mandatoryIndexes", marks_of(t, t->is_mandatory, true, false));
    set(t, indexes, "nonMandatoryIndexes", marks_of(t, t->is_mandatory, false, false));
    set(t, indexes, "selectiveIndexes", marks_of(t, t->is_selective, true, false));
    expect_json(t, "derivedGroupIndexes", indexes, step_json(t, "derivedGroupIndexes.json"));
}

/* Their blank nodes have random names: these are left out. */
static void all_groups(const bench *t) {
    const struct {
        const char *name;
        const bool *marked;
    } all[] = {{"mandatory", t->is_mandatory}, {"selective", t->is_selective}, {"combined", t->is_shown}};
    const cn_json *wanted = cn_json_get(step_json(t, "derivedAllGroupData.json"), CN_S("groups"));
    for (size_t i = 0; i < 3; i++) {
        cn_json *got = cn_json_object(t->arena);
        set(t, got, "matching", map_of(t, marks_of(t, all[i].marked, true, true)));
        set(t, got, "nonMatching", map_of(t, marks_of(t, all[i].marked, false, true)));
        cn_slice what;
        if (!cn_arena_print(t->arena, &what, "derivedAllGroupData %s", all[i].name)) abort();
        expect_json(
            t, what.p, got,
            cn_json_without(t->arena, cn_json_get(wanted, cn_slice_of(all[i].name)), CN_S("deskolemizedNQuads")));
    }
}

static cn_digest config_hash(const bench *t) {
    const cn_suite *suite = cn_suite_named(CN_S("ecdsa-sd-2023"), CN_KEY_P256);
    cn_slice text = {0};
    cn_err err;
    const cn_json *config = step_json(t, "addProofConfig.json");
    const cn_json *proof =
        cn_json_without(t->arena, cn_json_get(named(t, "base_document"), CN_S("proof")), CN_S("none"));
    expect_json(t, "addProofConfig", cn_proof_config(t->arena, suite, t->unsigned_document, proof), config);
    expect_done(t, "addProofConfigCanon", cn_canon_text(t->arena, &t->env, suite, config, &text, &err), &err);
    expect(t, "addProofConfigCanon",
           cn_slice_eq(cn_slice_trim(text), cn_slice_trim(step_text(t, "addProofConfigCanon.txt"))), text);
    return cn_hash_of(t->crypto, CN_SHA256, text);
}

static void hashes(const bench *t) {
    cn_digest config = config_hash(t), mandatory;
    cn_json *got = cn_json_object(t->arena);
    if (!cn_sd_hash(t->arena, t->crypto, &t->ready.quads, t->is_mandatory, &mandatory)) abort();
    set(t, got, "proofHash", hex_of(t, cn_digest_slice(&config)));
    set(t, got, "mandatoryHash", hex_of(t, cn_digest_slice(&mandatory)));
    expect_json(t, "addHashData", got, step_json(t, "addHashData.json"));
}

static void base_value(bench *t) {
    cn_slice text = cn_json_get_text(cn_json_get(named(t, "base_document"), CN_S("proof")), CN_S("proofValue")),
             again;
    cn_err err = {0};
    expect_done(t, "derivedRecoveredBaseData", cn_sd_base_read(t->arena, text, &t->base, &err), &err);
    cn_json *raw = cn_json_object(t->arena), *recovered = cn_json_object(t->arena);
    set(t, raw, "baseSignature", hex_of(t, t->base.signature));
    set(t, raw, "publicKey", multikey_of(t, t->base.public_key));
    set(t, raw, "signatures", texts_of(t, &t->base.signatures, true));
    set(t, raw, "mandatoryPointers", texts_of(t, &t->base.pointers, false));
    expect_json(t, "addRawBaseSignatureInfo", raw, step_json(t, "addRawBaseSignatureInfo.json"));
    set(t, recovered, "baseSignature", hex_of(t, t->base.signature));
    set(t, recovered, "proofPublicKey", multikey_of(t, t->base.public_key));
    set(t, recovered, "hmacKey", hex_of(t, t->base.hmac_key));
    set(t, recovered, "signatures", texts_of(t, &t->base.signatures, true));
    set(t, recovered, "mandatoryPointers", texts_of(t, &t->base.pointers, false));
    expect_json(t, "derivedRecoveredBaseData", recovered, step_json(t, "derivedRecoveredBaseData.json"));
    expect_done(t, "addSignedSDBase", cn_sd_base_write(t->arena, &t->base, &again, &err), &err);
    expect(t, "addSignedSDBase", cn_slice_eq(again, text), again);
}

/* ---- Deriving and checking ---- */

static const cn_json *derive(const bench *t, const cn_json *document) {
    cn_derive_options o = {
        .crypto = t->crypto, .contexts = &t->contexts, .pointers = t->selective.v, .pointers_n = t->selective.n};
    const cn_json *out = cn_json_null();
    cn_err err;
    expect_done(t, "derive", cn_sd_derive(t->arena, document, &o, &out, &err), &err);
    return out;
}

/* From the statements that are shown, as who checks them has them. */
static void verify_data(const bench *t, const cn_sd_derived *d, const cn_sd_list *quads) {
    bool *mandatory = CN_NEW_ARRAY(t->arena, bool, quads->n);
    cn_sd_list single = {.v = CN_NEW_ARRAY(t->arena, cn_slice, quads->n)};
    cn_json *got = cn_json_object(t->arena);
    cn_digest hash, config = config_hash(t);
    for (size_t i = 0; i < d->mandatory_n; i++) mandatory[d->mandatory[i]] = true;
    for (size_t i = 0; i < quads->n; i++)
        if (!mandatory[i]) single.v[single.n++] = quads->v[i];
    if (!cn_sd_hash(t->arena, t->crypto, quads, mandatory, &hash)) abort();
    set(t, got, "baseSignature", hex_of(t, d->signature));
    set(t, got, "proofHash", hex_of(t, cn_digest_slice(&config)));
    set(t, got, "publicKey", multikey_of(t, d->public_key));
    set(t, got, "signatures", texts_of(t, &d->signatures, true));
    set(t, got, "nonMandatory", texts_of(t, &single, false));
    set(t, got, "mandatoryHash", hex_of(t, cn_digest_slice(&hash)));
    expect_json(t, "verifyCreateVerifyData", got, step_json(t, "verifyCreateVerifyData.json"));
}

static void derived(const bench *t) {
    const cn_json *got = derive(t, named(t, "base_document"));
    cn_sd_derived d = {0};
    cn_sd_list quads = {0};
    cn_err err = {0};
    expect_json(t, "derivedRevealDocument", got, named(t, "derived_document"));
    expect_json(t, "derivedUnsignedReveal", cn_json_without(t->arena, got, CN_S("proof")),
                step_json(t, "derivedUnsignedReveal.json"));
    bool read = cn_sd_derived_read(t->arena, cn_json_get_text(cn_json_get(got, CN_S("proof")), CN_S("proofValue")),
                                   &d, &err);
    expect_done(t, "verifyDerivedProofValue", read, &err);
    expect_json(t, "derivedDisclosureData", derived_of(t, &d, true), step_json(t, "derivedDisclosureData.json"));
    expect_json(t, "verifyDerivedProofValue", derived_of(t, &d, false),
                step_json(t, "verifyDerivedProofValue.json"));
    const cn_json *places =
        cn_json_get(step_json(t, "derivedAdjMandatoryIndexes.json"), CN_S("adjMandatoryIndexes"));
    expect_json(t, "derivedAdjMandatoryIndexes", numbers_of(t, d.mandatory, d.mandatory_n), places);
    const cn_json *filtered = cn_json_get(step_json(t, "derivedAdjSignatures.json"), CN_S("filteredSignatures"));
    expect_json(t, "derivedAdjSignatures", texts_of(t, &d.signatures, true), filtered);
    for (size_t i = 0; i < t->ready.quads.n; i++) quads.n += t->is_shown[i];
    quads.v = CN_NEW_ARRAY(t->arena, cn_slice, quads.n);
    quads.n = 0;
    for (size_t i = 0; i < t->ready.quads.n; i++)
        if (t->is_shown[i]) quads.v[quads.n++] = t->ready.quads.v[i];
    expect_json(t, "verifyNQuads", texts_of(t, &quads, false), step_json(t, "verifyNQuads.json"));
    verify_data(t, &d, &quads);
}

static void expect_verified(const bench *t, const char *what, const cn_json *document, cn_outcome outcome,
                            const char *problem) {
    cn_verify_options o = {.crypto = t->crypto, .contexts = &t->contexts, .now = {.sec = 1735689600}};
    cn_buf text = cn_buf_on(t->arena, 0);
    cn_report r = {0};
    cn_err err = {0};
    cn_json_write(&text, document);
    expect_done(t, what, cn_verify(t->arena, cn_buf_slice(&text), &o, &r, &err), &err);
    for (size_t i = 0; i < r.steps_n; i++)
        if (!strcmp(r.steps[i].id, "proof"))
            expect(t, what, r.proof == outcome && !strcmp(r.steps[i].problem, problem), r.steps[i].detail);
}

/* The randomness of the vectors: the key of the HMAC, then the proof's own. */
typedef struct fixed {
    cn_slice next[2];
    size_t i;
} fixed;

static bool give(void *self, uint8_t *out, size_t n) {
    fixed *f = self;
    if (f->i >= 2 || f->next[f->i].n != n) return false;
    memcpy(out, f->next[f->i++].p, n);
    return true;
}

static cn_private_key secret(const bench *t, const char *pair) {
    cn_slice text = cn_json_get_text(cn_json_get(t->keys, cn_slice_of(pair)), CN_S("secretKeyMultibase"));
    cn_private_key key = {0};
    cn_err err;
    expect_done(t, pair, cn_secret_multikey_read(t->arena, text, &key, &err), &err);
    return key;
}

/* With their keys: all but the signatures is the same. */
static void sign_again(const bench *t) {
    cn_private_key key = secret(t, "baseKeyPair"), own = secret(t, "proofKeyPair");
    fixed values = {{t->hmac_key, cn_slice_bytes(own.bytes, own.n)}, 0};
    const cn_json *proof = cn_json_get(named(t, "base_document"), CN_S("proof")), *again = cn_json_null();
    cn_sign_options o = {.crypto = t->crypto,
                         .contexts = &t->contexts,
                         .key = &key,
                         .suite = CN_S("ecdsa-sd-2023"),
                         .method = cn_json_get_text(proof, CN_S("verificationMethod")),
                         .mandatory = t->mandatory.v,
                         .mandatory_n = t->mandatory.n,
                         .random = &(cn_random){&values, give}};
    cn_sd_base base = {0};
    cn_err err = {0};
    bool made = cn_time_read(cn_json_get_text(proof, CN_S("created")), &o.created, NULL) &&
                cn_integrity_add(t->arena, t->unsigned_document, &o, &again, &err) &&
                cn_sd_base_read(t->arena, cn_json_get_text(cn_json_get(again, CN_S("proof")), CN_S("proofValue")),
                                &base, &err);
    expect_done(t, "sign", made, &err);
    expect(t, "sign",
           cn_slice_eq(base.public_key, t->base.public_key) && cn_slice_eq(base.hmac_key, t->hmac_key) &&
               base.signatures.n == t->base.signatures.n,
           CN_S("another key, or other statements"));
    expect_verified(t, "signed again, derived", derive(t, again), CN_PASS, "");
    expect_verified(t, "signed again", again, CN_FAIL, "base-proof");
}

static cn_sd_list pointers_of(const bench *t, const char *member) {
    const cn_json *v = named(t, member);
    cn_sd_list out = {.v = CN_NEW_ARRAY(t->arena, cn_slice, cn_json_count(v))};
    for (size_t i = 0; i < cn_json_count(v); i++) out.v[out.n++] = cn_json_text(cn_json_item(v, i));
    return out;
}

static void run(bench *t) {
    cn_err err;
    t->directory = cn_json_get_text(t->vector, CN_S("directory"));
    /* The published prCredUnsigned.json has another description than what was signed. */
    t->unsigned_document = cn_json_without(t->arena, named(t, "base_document"), CN_S("proof"));
    t->keys = named(t, "key_material");
    t->mandatory = pointers_of(t, "mandatory_pointers");
    t->selective = pointers_of(t, "selective_pointers");
    t->combined.v = CN_NEW_ARRAY(t->arena, cn_slice, t->mandatory.n + t->selective.n);
    for (size_t i = 0; i < t->mandatory.n; i++) t->combined.v[t->combined.n++] = t->mandatory.v[i];
    for (size_t i = 0; i < t->selective.n; i++) t->combined.v[t->combined.n++] = t->selective.v[i];
    if (!cn_hex_read(t->arena, cn_json_get_text(t->keys, CN_S("hmacKeyString")), &t->hmac_key, &err)) abort();
    const cn_json *values = step_json(t, "addPointerValues.json");
    for (size_t i = 0; i < cn_json_count(values); i++) {
        const cn_json *v = cn_json_item(values, i);
        expect_json(t, "addPointerValues",
                    cn_json_point(t->unsigned_document, cn_json_get_text(v, CN_S("pointer"))),
                    cn_json_get(v, CN_S("value")));
    }
    statements(t);
    groups(t);
    all_groups(t);
    hashes(t);
    base_value(t);
    derived(t);
    expect_verified(t, "derived document", named(t, "derived_document"), CN_PASS, "");
    expect_verified(t, "base document", named(t, "base_document"), CN_FAIL, "base-proof");
    sign_again(t);
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
        t.env = (cn_canon_env){.crypto = crypto, .contexts = &t.contexts};
        if (cn_json_is_string(cn_json_get(t.vector, CN_S("cryptosuite")), CN_S("ecdsa-sd-2023"))) run(&t);
    }
    return corpus_end();
}
