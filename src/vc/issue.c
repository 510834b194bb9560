/* SPDX-License-Identifier: Apache-2.0
 *
 * Issuing: a credential that is checked, made ready for a proof, and signed.
 */
#include "vc/internal.h"
#include "vc/issue.h"

bool cn_issue_suite(cn_slice suite, const cn_key_kind *kind) {
    static const cn_key_kind all[] = {CN_KEY_ED25519, CN_KEY_P256, CN_KEY_P384};
    if (kind) return cn_suite_named(suite, *kind) != NULL;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (cn_suite_named(suite, all[i])) return true;
    return false;
}

/* The contexts of version 1.1 say nothing of DataIntegrityProof; those of 2.0 do. */
static bool knows_proofs(const cn_json *contexts) {
    static const cn_slice known[] = {CN_S_INIT(CN_VC_BASE_2),
                                     CN_S_INIT("https://w3id.org/security/data-integrity/v1"),
                                     CN_S_INIT("https://w3id.org/security/data-integrity/v2")};
    for (size_t i = 0; i < cn_json_many(contexts); i++)
        for (size_t k = 0; k < sizeof known / sizeof known[0]; k++)
            if (cn_json_is_string(cn_json_one(contexts, i), known[k])) return true;
    return false;
}

bool cn_issue_ready(cn_arena *a, const cn_json *credential, const cn_json **out, cn_err *err) {
    const cn_json *contexts = cn_json_get(credential, CN_S("@context"));
    *out = credential;
    if (!cn_json_many(contexts) || knows_proofs(contexts)) return true;
    cn_json *ready = cn_json_copy_shallow(a, credential), *more = cn_json_array(a);
    bool good = ready && more;
    for (size_t i = 0; good && i < cn_json_many(contexts); i++)
        good = cn_json_push(a, more, cn_json_one(contexts, i));
    good = good && cn_json_push(a, more, cn_json_string(a, CN_S("https://w3id.org/security/data-integrity/v2"))) &&
           cn_json_set(a, ready, CN_S("@context"), more);
    *out = ready;
    return good || cn_fail_memory(err);
}

bool cn_issue_stranger(cn_arena *a, const cn_json *document, cn_slice *out, cn_err *err) {
    cn_vc v = {.arena = a, .err = err};
    *out = (cn_slice){0};
    for (size_t i = 0; cn_json_is(document, CN_JSON_OBJECT) && i < cn_json_count(document) && !out->n; i++) {
        cn_slice key = document->object.v[i].key, url;
        if (key.n && key.p[0] == '@') continue;
        if (!cn_vc_defined_by(&v, key, &url)) return false;
        if (!url.n) *out = key;
    }
    return true;
}

/* Is one of the steps against it? */
static bool refused(const cn_report *r) {
    for (size_t i = 0; i < r->steps_n; i++)
        if (r->steps[i].outcome == CN_FAIL || r->steps[i].outcome == CN_UNKNOWN) return true;
    return false;
}

bool cn_issue(cn_arena *a, const cn_json *credential, const cn_sign_options *how, cn_report *report,
              const cn_json **out, cn_err *err) {
    cn_verify_options check = {.crypto = how->crypto,
                               .contexts = how->contexts,
                               .processed = how->processed,
                               .now = how->created,
                               .max_work = how->max_work};
    const cn_json *ready;
    *out = NULL;
    if (!cn_issue_ready(a, credential, &ready, err)) return false;
    if (!cn_verify_unsigned(a, ready, &check, report, err)) return false;
    return refused(report) || cn_integrity_add(a, ready, how, out, err);
}
