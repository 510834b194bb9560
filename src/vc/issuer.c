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
    if (v->jwt && v->jwt->unvouched) return cn_jwt_vouched(v, step, issuer);
    cn_slice holder = cn_vc_quote(v->report.controller), shown = cn_vc_quote(issuer);
    return cn_vc_find_about(
        v, step, CN_FAIL, "issuer-key-mismatch", CN_S("/issuer"), holder,
        "The credential says it is from \"%.*s\", but it was signed with a key of \"%.*s\"; ask the "
        "issuer whether it is theirs.",
        CN_ARG(shown), CN_ARG(holder));
}

static bool unlisted(cn_vc *v, cn_step *step) {
    cn_slice holder = cn_vc_quote(v->report.controller);
    return cn_vc_find_about(
        v, step, CN_PASS, "issuer-unlisted", CN_S("/issuer"), holder,
        "The issuer is not in a registry we know; its key belongs to \"%.*s\". Check that this is "
        "whom you expect.",
        CN_ARG(holder));
}

/* The sentence does not repeat the name: it is to be seen nowhere. */
static bool name_taken(cn_vc *v, cn_step *step) {
    cn_slice holder = cn_vc_quote(v->report.controller);
    return cn_vc_find_about(
        v, step, CN_PASS, "issuer-name-taken", CN_S("/issuer/name"), holder,
        "The name that the credential gives its issuer is not shown: it belongs to a registered "
        "organisation with other keys. The key here belongs to \"%.*s\"; do not take it for theirs.",
        CN_ARG(holder));
}

static bool listed(cn_vc *v, cn_step *step) {
    const cn_known_issuer *who = &v->report.issuer;
    cn_slice name = cn_vc_quote(who->name), list = cn_vc_quote(who->list);
    return cn_arena_print(v->arena, &step->detail, "The issuer is \"%.*s\" in the registry \"%.*s\".",
                          CN_ARG(name), CN_ARG(list)) ||
           cn_fail_memory(v->err);
}

/* Asks for every name that the badge gives its issuer: which one is shown depends on the reader's language. */
static bool look_up(cn_vc *v, cn_slice issuer, bool *known, bool *imposes, cn_known_issuer *entry, cn_err *err) {
    const cn_registry *registry = v->options->registry;
    const cn_json *names = cn_json_get(cn_json_get(v->report.credential, CN_S("issuer")), CN_S("name"));
    size_t n = cn_json_many(names);
    for (size_t i = 0; i < (n ? n : 1); i++) {
        bool anothers;
        cn_slice name = cn_vc_label(cn_json_one(names, i));
        if (!registry->find(registry->self, v->arena, issuer, name, known, entry, &anothers, err)) return false;
        *imposes = *imposes || anothers;
    }
    return true;
}

bool cn_step_registry(cn_vc *v, cn_step *step) {
    cn_slice issuer = cn_vc_id(cn_json_get(v->credential, CN_S("issuer")));
    bool proven = issuer.n && cn_slice_eq(v->report.controller, issuer), known = false, imposes = false;
    cn_known_issuer entry = {0};
    cn_err err;
    if (v->options->registry && !look_up(v, issuer, &known, &imposes, &entry, &err)) {
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
    return known ? listed(v, step) : unlisted(v, step);
}
