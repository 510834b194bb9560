/* SPDX-License-Identifier: Apache-2.0
 *
 * Making proofs of ecdsa-sd-2023: the issuer's base proof, and the holder's derived one. ECDSA Cryptosuites 1.0,
 * sections 3.6.1 to 3.6.6, 3.5.4 and 3.5.5.
 */
#include "vc/sd.h"

/* ---- The base proof ---- */

/* A key for this proof alone; its private half is forgotten when the signatures are made. */
static bool new_key(cn_arena *a, const cn_sign_options *o, cn_private_key *key, cn_slice *multikey, cn_err *err) {
    cn_public_key public;
    cn_buf bytes = cn_buf_on(a, 0);
    if (!cn_key_new(CN_KEY_P256, o->random, key, err)) return false;
    if (!cn_key_public(o->crypto, a, key, &public, err)) return false;
    cn_buf_add(&bytes, CN_S("\x80\x24"));
    cn_buf_add(&bytes, public.bytes);
    if (!cn_buf_ok(&bytes)) return cn_fail_memory(err);
    *multikey = cn_buf_slice(&bytes);
    return true;
}

/* 3.6.5: each statement that is not mandatory by itself. */
static bool sign_each(cn_arena *a, const cn_sign_options *o, const cn_sd_list *quads, const bool *mandatory,
                      cn_sd_base *base, cn_err *err) {
    cn_private_key key = {0};
    bool good = new_key(a, o, &key, &base->public_key, err);
    base->signatures.v = CN_NEW_ARRAY(a, cn_slice, quads->n);
    if (good && !base->signatures.v) good = cn_fail_memory(err);
    for (size_t i = 0; good && i < quads->n; i++)
        if (!mandatory[i])
            good = cn_sign(o->crypto, a, &key, CN_SHA256, quads->v[i], &base->signatures.v[base->signatures.n++],
                           err);
    cn_private_key_wipe(&key);
    return good;
}

static bool sign_base(cn_arena *a, const cn_canon_env *env, const cn_suite *suite, const cn_sign_options *o,
                      const cn_json *config, const cn_digest *mandatory, cn_sd_base *base, cn_err *err) {
    cn_buf message = cn_buf_on(a, 0);
    cn_slice text;
    if (!cn_canon_text(a, env, suite, config, &text, err)) return false;
    cn_digest d = cn_hash_of(o->crypto, suite->hash, text);
    cn_buf_add(&message, cn_digest_slice(&d));
    cn_buf_add(&message, base->public_key);
    cn_buf_add(&message, cn_digest_slice(mandatory));
    if (!cn_buf_ok(&message)) return cn_fail_memory(err);
    return cn_sign(o->crypto, a, o->key, suite->hash, cn_buf_slice(&message), &base->signature, err);
}

static bool check_options(const cn_sign_options *o, cn_err *err) {
    if (o->previous_n)
        return cn_fail(err, CN_UNSUPPORTED, "sign.chain",
                       "A signature for selective disclosure cannot build on another: it could not be checked any "
                       "more where something is left out.");
    return o->random || cn_fail(err, CN_INTERNAL, "crypto.random", "There is no randomness to sign with.");
}

static bool check_count(const cn_sd_list *quads, const bool *mandatory, cn_err *err) {
    size_t n = 0;
    for (size_t i = 0; i < quads->n; i++) n += !mandatory[i];
    return n <= CN_SD_SIGNATURES_MAX ||
           cn_fail(
               err, CN_LIMIT, "sd.size",
               "The document makes %zu statements that are not mandatory; at most %d can be signed one by one.", n,
               CN_SD_SIGNATURES_MAX);
}

bool cn_sd_sign(cn_arena *a, const cn_suite *suite, const cn_sign_options *o, const cn_json *document,
                const cn_json *proof, cn_slice *value, cn_err *err) {
    size_t work_left = o->max_work ? o->max_work : CN_RDFC_MAX_WORK;
    cn_canon_env env = {
        .crypto = o->crypto, .contexts = o->contexts, .processed = o->processed, .work_left = &work_left};
    cn_sd_base base = {.pointers = {.v = CN_NEW_ARRAY(a, cn_slice, o->mandatory_n), .n = o->mandatory_n}};
    const cn_json *config = cn_proof_config(a, suite, document, proof);
    uint8_t *hmac_key = cn_arena_alloc(a, CN_SD_DIGEST);
    cn_sd_ready ready;
    cn_digest hash;
    if (!base.pointers.v || !config || !hmac_key) return cn_fail_memory(err);
    if (!check_options(o, err)) return false;
    for (size_t i = 0; i < o->mandatory_n; i++) base.pointers.v[i] = o->mandatory[i];
    if (!o->random->fill(o->random->self, hmac_key, CN_SD_DIGEST))
        return cn_fail(err, CN_INTERNAL, "crypto.random", "There is no randomness to sign with.");
    base.hmac_key = cn_slice_bytes(hmac_key, CN_SD_DIGEST);
    if (!cn_sd_prepare(a, &env, document, base.hmac_key, &ready, err)) return false;
    bool *mandatory = CN_NEW_ARRAY(a, bool, ready.quads.n);
    if (!mandatory) return cn_fail_memory(err);
    if (!cn_sd_mark(a, &env, &ready, &base.pointers, mandatory, NULL, err)) return false;
    if (!cn_sd_hash(a, o->crypto, &ready.quads, mandatory, &hash)) return cn_fail_memory(err);
    return check_count(&ready.quads, mandatory, err) && sign_each(a, o, &ready.quads, mandatory, &base, err) &&
           sign_base(a, &env, suite, o, config, &hash, &base, err) && cn_sd_base_write(a, &base, value, err);
}

/* ---- The derived proof ---- */

typedef struct derivation {
    cn_arena *arena;
    const cn_derive_options *options;
    cn_canon_env env;
    cn_sd_base base;
    cn_sd_list combined; /* pointers: the mandatory ones, then those that were asked for */
    cn_sd_ready ready;
    bool *mandatory, *shown; /* a mark for each statement */
    cn_dataset part;         /* what is shown */
} derivation;

static bool join_pointers(derivation *t) {
    const cn_derive_options *o = t->options;
    size_t n = t->base.pointers.n;
    t->combined = (cn_sd_list){.v = CN_NEW_ARRAY(t->arena, cn_slice, n + o->pointers_n), .n = n + o->pointers_n};
    for (size_t i = 0; t->combined.v && i < t->combined.n; i++)
        t->combined.v[i] = i < n ? t->base.pointers.v[i] : o->pointers[i - n];
    return t->combined.v != NULL;
}

static bool mark_all(derivation *t, cn_err *err) {
    size_t n = t->ready.quads.n;
    t->mandatory = CN_NEW_ARRAY(t->arena, bool, n);
    t->shown = CN_NEW_ARRAY(t->arena, bool, n);
    if (!t->mandatory || !t->shown) return cn_fail_memory(err);
    return cn_sd_mark(t->arena, &t->env, &t->ready, &t->base.pointers, t->mandatory, NULL, err) &&
           cn_sd_mark(t->arena, &t->env, &t->ready, &t->combined, t->shown, &t->part, err);
}

/* The places of the mandatory statements among those that are shown, and the signatures of the others: 3.5.4. */
static bool filter(derivation *t, cn_sd_derived *out, cn_err *err) {
    size_t place = 0, signature = 0, single = 0;
    for (size_t i = 0; i < t->ready.quads.n; i++) single += !t->mandatory[i];
    if (single != t->base.signatures.n)
        return cn_fail(err, CN_INVALID, "sd.value", "The signature does not fit the document.");
    out->mandatory = CN_NEW_ARRAY(t->arena, uint64_t, t->ready.quads.n);
    out->signatures.v = CN_NEW_ARRAY(t->arena, cn_slice, t->ready.quads.n);
    if (!out->mandatory || !out->signatures.v) return cn_fail_memory(err);
    for (size_t i = 0; i < t->ready.quads.n; i++) {
        if (t->mandatory[i]) out->mandatory[out->mandatory_n++] = place;
        place += t->shown[i];
        if (t->mandatory[i]) continue;
        if (t->shown[i]) out->signatures.v[out->signatures.n++] = t->base.signatures.v[signature];
        signature++;
    }
    return true;
}

static int by_number(const void *x, const void *y) {
    const cn_sd_label *l = x, *r = y;
    return (l->number > r->number) - (l->number < r->number);
}

/* From the labels that who checks it will find to those that were signed. */
static bool label(derivation *t, cn_sd_derived *out, cn_err *err) {
    cn_rdfc canonical;
    if (!cn_canon_rdfc(t->arena, &t->env, CN_SHA256, &t->part, &canonical, err)) return false;
    out->labels = CN_NEW_ARRAY(t->arena, cn_sd_label, canonical.map_n);
    if (!out->labels) return cn_fail_memory(err);
    for (size_t i = 0; i < canonical.map_n; i++) {
        const cn_slice *text = cn_map_get(&t->ready.labels, canonical.map[i].from);
        cn_sd_label *l = &out->labels[out->labels_n++];
        assert(text && cn_slice_to_u64(cn_slice_from(canonical.map[i].to, 4), SIZE_MAX, &l->number));
        if (!cn_base64_read(t->arena, CN_BASE64_URL, cn_slice_from(*text, 1), &l->digest, err)) return false;
    }
    if (out->labels_n) qsort(out->labels, out->labels_n, sizeof *out->labels, by_number);
    return true;
}

static const cn_json *base_proof(const cn_json *document) {
    const cn_json *all = cn_json_get(document, CN_S("proof"));
    for (size_t i = 0; i < cn_json_many(all); i++) {
        const cn_json *proof = cn_json_one(all, i);
        if (cn_json_is_string(cn_json_get(proof, CN_S("cryptosuite")), CN_S("ecdsa-sd-2023")) &&
            cn_sd_kind_of(cn_json_get_text(proof, CN_S("proofValue"))) == CN_SD_BASE)
            return proof;
    }
    return NULL;
}

static bool derive(derivation *t, const cn_json *document, cn_slice *value, cn_err *err) {
    cn_sd_derived out = {.signature = t->base.signature, .public_key = t->base.public_key};
    if (!join_pointers(t)) return cn_fail_memory(err);
    if (!t->combined.n)
        return cn_fail(err, CN_INVALID, "sd.nothing", "Nothing was chosen to be shown, and nothing is mandatory.");
    return cn_sd_prepare(t->arena, &t->env, document, t->base.hmac_key, &t->ready, err) && mark_all(t, err) &&
           filter(t, &out, err) && label(t, &out, err) && cn_sd_derived_write(t->arena, &out, value, err);
}

/* The document is selected from as it stands; what it says must be what was marked. */
static bool check_reveal(derivation *t, const cn_json *reveal, cn_err *err) {
    cn_dataset d = {0};
    cn_rdfc asked, shown;
    if (!cn_canon_dataset(t->arena, &t->env, reveal, &d, err) ||
        !cn_canon_rdfc(t->arena, &t->env, CN_SHA256, &d, &shown, err) ||
        !cn_canon_rdfc(t->arena, &t->env, CN_SHA256, &t->part, &asked, err))
        return false;
    return cn_slice_eq(asked.nquads, shown.nquads) || cn_sd_fail_form(err);
}

bool cn_sd_derive(cn_arena *a, const cn_json *document, const cn_derive_options *options, const cn_json **out,
                  cn_err *err) {
    size_t work_left = options->max_work ? options->max_work : CN_RDFC_MAX_WORK;
    derivation t = {.arena = a,
                    .options = options,
                    .env = {.crypto = options->crypto,
                            .contexts = options->contexts,
                            .processed = options->processed,
                            .work_left = &work_left}};
    const cn_json *proof = base_proof(document), *part;
    cn_slice value;
    if (!proof)
        return cn_fail_at(err, CN_UNSUPPORTED, "sd.no-base", CN_S("/proof"),
                          "The document has no base proof of ecdsa-sd-2023, from which a part could be shown.");
    const cn_json *bare = cn_json_without(a, document, CN_S("proof"));
    if (!bare) return cn_fail_memory(err);
    if (!cn_sd_base_read(a, cn_json_get_text(proof, CN_S("proofValue")), &t.base, err)) return false;
    if (!derive(&t, bare, &value, err) || !cn_sd_select(a, bare, &t.combined, &part, err) ||
        !check_reveal(&t, part, err))
        return false;
    cn_json *reveal = cn_json_copy_shallow(a, part), *derived = cn_json_copy_shallow(a, proof);
    if (!reveal || !derived || !cn_json_set(a, derived, CN_S("proofValue"), cn_json_string(a, value)) ||
        !cn_json_set(a, reveal, CN_S("proof"), derived))
        return cn_fail_memory(err);
    *out = reveal;
    return true;
}
