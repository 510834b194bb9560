/* SPDX-License-Identifier: Apache-2.0
 *
 * Part of the steps "context" and "proof": what is signed about how long a credential or a signature holds stands
 * under the name by which the later steps look for it.
 *
 * A signed statement can be written under another name without harm to the signature (see plain.c), and so it can
 * in another place: in an object inside that has the credential's own id. One that limits the credential would be
 * overlooked so: a revoked or expired credential would pass. So the credential itself states no more of them than
 * it has members at its top. What it contains is verified by itself.
 */
#include "vc/internal.h"

#define CRED "https://www.w3.org/2018/credentials#"

/* What a holder would gain from hiding. */
static const struct {
    cn_slice member, iri;
} guarded[] = {
    {CN_S_INIT("credentialStatus"), CN_S_INIT(CRED "credentialStatus")},
    {CN_S_INIT("validFrom"), CN_S_INIT(CRED "validFrom")},
    {CN_S_INIT("validUntil"), CN_S_INIT(CRED "validUntil")},
    {CN_S_INIT("issuanceDate"), CN_S_INIT(CRED "issuanceDate")},
    {CN_S_INIT("expirationDate"), CN_S_INIT(CRED "expirationDate")},
};

/* The quads of the outermost node come first (jsonld.h), and it has a type. What another graph says of it is said
 * by a credential within. */
static size_t stated(const cn_dataset *d, cn_slice predicate) {
    size_t n = 0;
    for (size_t i = 0; i < d->n; i++)
        n += cn_slice_eq(d->v[i].p.value, predicate) && cn_term_eq(&d->v[i].s, &d->v[0].s) &&
             d->v[i].g.kind == CN_TERM_DEFAULT;
    return n;
}

/* Does an earlier item of the list state the same? Then this one states nothing. */
static bool repeated(const cn_json *list, size_t at) {
    const cn_json *v = cn_json_one(list, at);
    cn_slice id = cn_vc_id(v);
    for (size_t i = 0; i < at; i++) {
        const cn_json *before = cn_json_one(list, i);
        if (cn_json_equal(before, v) || (id.n && cn_slice_eq(cn_vc_id(before), id))) return true;
    }
    return false;
}

/* Each item counts that is not there already. Lists longer than what the status step looks up are refused
 * there. */
static size_t written(const cn_json *credential, cn_slice name) {
    enum { ITEMS_MAX = 64 };
    const cn_json *value = cn_json_get(credential, name);
    size_t n = 0;
    for (size_t k = 0; k < cn_json_many(value) && k < ITEMS_MAX; k++) n += !repeated(value, k);
    return n;
}

bool cn_vc_shown(cn_vc *v, cn_step *step) {
    for (size_t i = 0; i < sizeof guarded / sizeof guarded[0]; i++) {
        size_t n = stated(&v->dataset, guarded[i].iri);
        if (!n || n <= written(v->document, guarded[i].member)) continue;
        return cn_vc_find_about(
            v, step, CN_FAIL, "not-compacted", CN_S(""), guarded[i].member,
            "The credential states its \"%.*s\" in an unusual form, in which it would be overlooked; "
            "somebody may have tried to hide it. Get the credential anew from the issuer.",
            CN_ARG(guarded[i].member));
    }
    return true;
}

bool cn_vc_proof_shown(const cn_json *proof, cn_slice canonical, cn_slice *hidden) {
    static const struct {
        cn_slice member, predicate;
    } limits[] = {
        {CN_S_INIT("expires"), CN_S_INIT("<https://w3id.org/security#expiration>")},
        {CN_S_INIT("created"), CN_S_INIT("<http://purl.org/dc/terms/created>")},
    };
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        if (cn_json_get(proof, limits[i].member)) continue;
        if (cn_slice_find(canonical, limits[i].predicate) == SIZE_MAX) continue;
        *hidden = limits[i].member;
        return false;
    }
    return true;
}
