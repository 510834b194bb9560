/* SPDX-License-Identifier: Apache-2.0
 *
 * Part of step "context": what is signed about the credential's validity is
 * where the later steps look for it.
 *
 * A signature over RDF does not cover how a statement is written. Whoever holds a credential can write
 * "credentialStatus" as a full IRI, under a term of an added context, or inside "@included", and the
 * signature stays good, while a verifier that looks for the member finds none: a revoked credential
 * would pass. So each such statement about the credential has to appear as the member it is known by.
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

static size_t count(const cn_dataset *d, cn_slice subject, cn_slice predicate) {
    size_t n = 0;
    for (size_t i = 0; i < d->n; i++) {
        const cn_quad *q = &d->v[i];
        n += q->g.kind == CN_TERM_DEFAULT && cn_slice_eq(q->p.value, predicate) && q->s.kind == CN_TERM_IRI &&
             cn_slice_eq(q->s.value, subject);
    }
    return n;
}

/* A credential without id is a blank node, whose label tells nothing; under an id of our own it can be found. */
static bool named_dataset(cn_vc *v, cn_slice id, cn_dataset *out, cn_err *err) {
    cn_json *named = cn_json_copy_shallow(v->arena, v->document);
    if (!named || !cn_json_set(v->arena, named, CN_S("id"), cn_json_string(v->arena, id)))
        return cn_fail_memory(err);
    return cn_canon_dataset(v->arena, &v->env, named, out, err);
}

bool cn_vc_shown(cn_vc *v, cn_step *step) {
    cn_slice id = cn_json_get_text(v->document, CN_S("id"));
    cn_dataset dataset = v->dataset;
    cn_err err;
    if (!id.n) {
        id = CN_S("urn:cairn:credential");
        if (!named_dataset(v, id, &dataset, &err)) {
            if (cn_vc_fatal(v, &err)) return false;
            return cn_vc_find(v, step, CN_FAIL, "not-compacted", CN_S("/id"),
                              "The credential's id is not written as \"id\": %s", err.detail);
        }
    }
    for (size_t i = 0; i < sizeof guarded / sizeof guarded[0]; i++) {
        size_t written = cn_json_many(cn_json_get(v->document, guarded[i].member));
        if (count(&dataset, id, guarded[i].iri) <= written) continue;
        return cn_vc_find_about(
            v, step, CN_FAIL, "not-compacted", CN_S(""), guarded[i].member,
            "The credential states its \"%.*s\" in an unusual form, in which it would be overlooked; "
            "somebody may have tried to hide it. Get the credential anew from the issuer.",
            CN_ARG(guarded[i].member));
    }
    return true;
}
