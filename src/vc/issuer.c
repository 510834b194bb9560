/* SPDX-License-Identifier: Apache-2.0
 *
 * Steps "issuer" and "registry": who holds the key, and who knows them.
 *
 * A signature proves that a controller's key was used; that this controller is the one whom the
 * credential calls its issuer is another question (Verifiable Credentials 2.0, section 4.7).
 */
#include "vc/internal.h"

/* In a set the issuer's own signature is enough: the others are co-signers. */
bool cn_step_issuer(cn_vc *v, cn_step *step) {
    cn_slice issuer = cn_vc_id(cn_json_get(v->credential, CN_S("issuer")));
    if (v->report.proof != CN_PASS)
        return cn_vc_find(v, step, CN_NOT_APPLICABLE, "", CN_S(""),
                          "No signature is known to be good, so nothing shows who signed this.");
    v->report.controller = v->report.proofs[0].controller;
    for (size_t i = 0; i < v->report.proofs_n; i++) {
        if (!issuer.n || !cn_slice_eq(v->report.proofs[i].controller, issuer)) continue;
        v->report.controller = issuer;
        return true;
    }
    if (!issuer.n)
        return cn_vc_find(v, step, CN_NOT_APPLICABLE, "", CN_S("/issuer"),
                          "The credential names no issuer whose key this could be.");
    cn_slice holder = cn_vc_quote(v->report.controller), shown = cn_vc_quote(issuer);
    return cn_vc_find(v, step, CN_FAIL, "issuer-key-mismatch", CN_S("/issuer"),
                      "The credential says it is from \"%.*s\", but it was signed with a key of \"%.*s\"; ask the "
                      "issuer whether it is theirs.",
                      CN_ARG(shown), CN_ARG(holder));
}

/* What the badge calls its issuer; v1.1 has no language objects, 2.0 has. */
static cn_slice claimed_name(const cn_vc *v) {
    return cn_vc_label(cn_json_get(cn_json_get(v->credential, CN_S("issuer")), CN_S("name")));
}

static bool unlisted(cn_vc *v, cn_step *step) {
    cn_slice holder = cn_vc_quote(v->report.controller);
    return cn_vc_find(v, step, CN_PASS, "issuer-unlisted", CN_S("/issuer"),
                      "The issuer is not in a registry we know; its key belongs to \"%.*s\". Check that this is "
                      "whom you expect.",
                      CN_ARG(holder));
}

static bool name_taken(cn_vc *v, cn_step *step) {
    cn_slice shown = cn_vc_quote(claimed_name(v));
    return cn_vc_find(
        v, step, CN_PASS, "issuer-name-taken", CN_S("/issuer/name"),
        "The credential calls its issuer \"%.*s\", which is the name of a registered organisation with "
        "other keys; do not take it for theirs.",
        CN_ARG(shown));
}

bool cn_step_registry(cn_vc *v, cn_step *step) {
    const cn_registry *registry = v->options->registry;
    cn_slice issuer = cn_vc_id(cn_json_get(v->credential, CN_S("issuer")));
    bool proven = issuer.n && cn_slice_eq(v->report.controller, issuer), known = false, imposes = false;
    cn_known_issuer entry = {0};
    cn_err err;
    if (registry &&
        !registry->find(registry->self, v->arena, issuer, claimed_name(v), &known, &entry, &imposes, &err)) {
        if (cn_vc_fatal(v, &err)) return false;
        return cn_vc_find(v, step, CN_PASS, "registry-unavailable", CN_S("/issuer"),
                          "The registries could not be asked: %s", err.detail);
    }
    v->report.name_withheld = imposes || (known && !proven);
    if (!proven)
        return cn_vc_find(v, step, CN_NOT_APPLICABLE, "", CN_S(""),
                          "Nothing shows who signed this, so there is nobody to look up.");
    if (known) v->report.issuer = entry;
    if (imposes) return name_taken(v, step);
    return known || unlisted(v, step);
}
