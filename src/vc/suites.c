/* SPDX-License-Identifier: Apache-2.0
 *
 * The table of signature suites, and the canonical forms they sign.
 *
 * Data Integrity EdDSA Cryptosuites 1.0: eddsa-rdfc-2022 (3.2), eddsa-jcs-2022 (3.3), and the suite they grew out
 * of, Ed25519Signature2020 (appendix): the same hashing, under a proof type of its own. Data Integrity ECDSA
 * Cryptosuites 1.0: ecdsa-rdfc-2019 (3.2), ecdsa-jcs-2019 (3.3); the hash is as long as the curve's numbers.
 */
#include "vc/sd.h"

/* A suite that takes several kinds of keys has a row for each, one below the other. */
#define INTEGRITY(title, kind, digest, form, size)                                                                \
    {                                                                                                             \
        .name = CN_S_INIT(title), .type = CN_S_INIT("DataIntegrityProof"), .cryptosuite = CN_S_INIT(title),       \
        .key = (kind), .hash = (digest), .canon = (form), .signature_size = (size), .check = cn_whole_check,      \
        .sign = cn_whole_sign                                                                                     \
    }

static const cn_suite suites[] = {
    INTEGRITY("eddsa-rdfc-2022", CN_KEY_ED25519, CN_SHA256, CN_CANON_RDFC, 64),
    INTEGRITY("eddsa-jcs-2022", CN_KEY_ED25519, CN_SHA256, CN_CANON_JCS, 64),
    INTEGRITY("ecdsa-rdfc-2019", CN_KEY_P256, CN_SHA256, CN_CANON_RDFC, 64),
    INTEGRITY("ecdsa-rdfc-2019", CN_KEY_P384, CN_SHA384, CN_CANON_RDFC, 96),
    INTEGRITY("ecdsa-jcs-2019", CN_KEY_P256, CN_SHA256, CN_CANON_JCS, 64),
    INTEGRITY("ecdsa-jcs-2019", CN_KEY_P384, CN_SHA384, CN_CANON_JCS, 96),
    {CN_S_INIT("ecdsa-sd-2023"), CN_S_INIT("DataIntegrityProof"), CN_S_INIT("ecdsa-sd-2023"), CN_KEY_P256,
     CN_SHA256, CN_CANON_RDFC, CN_SD_SIGNATURE, cn_sd_check, cn_sd_sign},
    {CN_S_INIT("Ed25519Signature2020"), CN_S_INIT("Ed25519Signature2020"), CN_S_INIT(""), CN_KEY_ED25519,
     CN_SHA256, CN_CANON_RDFC, 64, cn_whole_check, cn_whole_sign},
};
static const size_t suites_n = sizeof suites / sizeof suites[0];

const cn_suite *cn_suite_find(cn_slice type, cn_slice cryptosuite) {
    for (size_t i = 0; i < suites_n; i++) {
        if (!cn_slice_eq(suites[i].type, type)) continue;
        if (!suites[i].cryptosuite.n || cn_slice_eq(suites[i].cryptosuite, cryptosuite)) return &suites[i];
    }
    return NULL;
}

const cn_suite *cn_suite_named(cn_slice name, cn_key_kind kind) {
    for (size_t i = 0; i < suites_n; i++)
        if (suites[i].key == kind && cn_slice_eq(suites[i].name, name)) return &suites[i];
    return NULL;
}

const cn_suite *cn_suite_for_key(const cn_suite *suite, cn_key_kind kind) {
    return cn_suite_named(suite->name, kind);
}

/* ---- Canonical forms ---- */

bool cn_canon_dataset(cn_arena *a, const cn_canon_env *env, const cn_json *document, cn_dataset *out,
                      cn_err *err) {
    /* The suites leave the direction of text open (vc-data-integrity, issue 366); as an i18n datatype it is signed
     * too, which is what implementations in the field do. */
    cn_jsonld_options options = {
        .loader = env->contexts, .processed = env->processed, .safe = true, .direction = CN_DIRECTION_I18N};
    return cn_jsonld_to_rdf(a, document, &options, out, err);
}

bool cn_canon_rdfc(cn_arena *a, const cn_canon_env *env, cn_hash hash, const cn_dataset *d, cn_rdfc *out,
                   cn_err *err) {
    size_t own = CN_RDFC_MAX_WORK, *left = env->work_left ? env->work_left : &own;
    cn_rdfc_options options = {.hash = hash, .max_work = *left};
    cn_rdfc canonical = {.work = *left};
    if (!*left)
        return cn_fail(err, CN_LIMIT, "rdfc.work",
                       "Telling blank nodes apart has taken all the steps that there are for one credential.");
    bool good = cn_rdfc_canonize(env->crypto, a, d, &options, &canonical, err);
    *left -= canonical.work; /* one that failed has taken all: what follows is not tried */
    if (good) *out = canonical;
    return good;
}

bool cn_canon_quads(cn_arena *a, const cn_canon_env *env, const cn_suite *suite, const cn_dataset *d,
                    cn_slice *out, cn_err *err) {
    cn_rdfc canonical;
    if (!cn_canon_rdfc(a, env, suite->hash, d, &canonical, err)) return false;
    *out = canonical.nquads;
    return true;
}

bool cn_canon_text(cn_arena *a, const cn_canon_env *env, const cn_suite *suite, const cn_json *document,
                   cn_slice *out, cn_err *err) {
    if (suite->canon == CN_CANON_JCS) {
        cn_buf text = cn_buf_on(a, 0);
        if (!cn_json_canonize(a, document, &text, err)) return false;
        *out = cn_buf_slice(&text);
        return true;
    }
    cn_dataset d;
    return cn_canon_dataset(a, env, document, &d, err) && cn_canon_quads(a, env, suite, &d, out, err);
}
