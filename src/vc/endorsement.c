/* SPDX-License-Identifier: Apache-2.0
 *
 * What an endorsement states: the context of its terms, and reading it.
 */
#include "vc/endorsement.h"
#include "vc/summary.h"

const cn_json *cn_endorsement_context(cn_arena *a) {
    const cn_json *context = NULL;
    cn_err err;
    return cn_json_read(a, CN_S(CN_ENDORSEMENT_CONTEXT), NULL, &context, &err) ? context : NULL;
}

static bool has_context(const cn_json *credential, const cn_json *ours) {
    const cn_json *contexts = cn_json_get(credential, CN_S("@context"));
    for (size_t i = 0; i < cn_json_many(contexts); i++)
        if (cn_json_equal(cn_json_one(contexts, i), ours)) return true;
    return false;
}

/* The text, or what stands beside it where that is in the language. */
static cn_slice chosen(const cn_json *object, cn_slice first, cn_slice others, cn_slice language) {
    cn_slice beside = cn_text_value(cn_json_get(cn_json_get(object, others), language));
    return beside.n ? beside : cn_text_value(cn_json_one(cn_json_get(object, first), 0));
}

static void read_claims(const cn_json *all, cn_endorsements_read *out) {
    for (size_t i = 0; i < cn_json_many(all) && out->n < CN_ENDORSED_MAX; i++) {
        const cn_json *one = cn_json_one(all, i);
        cn_endorsed e = {.claim = cn_json_get_text(one, CN_S("claim")),
                         .part = cn_json_get_text(one, CN_S("part")),
                         .occupation = cn_json_get_text(one, CN_S("occupation")),
                         .name = cn_json_get(one, CN_S("name"))};
        if (e.claim.n) out->v[out->n++] = e;
    }
}

bool cn_endorsement_read(cn_arena *a, const cn_json *credential, cn_slice language, cn_endorsements_read *out,
                         cn_err *err) {
    const cn_json *ours = cn_endorsement_context(a);
    const cn_json *subject = cn_json_one(cn_json_get(credential, CN_S("credentialSubject")), 0);
    cn_endorsements_read read = {.v = CN_NEW_ARRAY(a, cn_endorsed, CN_ENDORSED_MAX)};
    if (!ours || !read.v) return cn_fail_memory(err);
    bool known = has_context(credential, ours);
    if (known) {
        read_claims(cn_json_get(subject, CN_S("confirms")), &read);
        read.scope = chosen(subject, CN_S("scope"), CN_S("scopeIn"), language);
    }
    read.comment = chosen(subject, CN_S("endorsementComment"),
                          known ? CN_S("endorsementCommentIn") : CN_S("endorsementComment"), language);
    *out = read;
    return true;
}
