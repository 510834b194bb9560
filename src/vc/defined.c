/* SPDX-License-Identifier: Apache-2.0
 *
 * Which built-in context defines a term: for sentences that tell an issuer what to add.
 */
#include "vc/internal.h"

/* What badges use most comes first. */
static const cn_slice preferred[] = {
    CN_S_INIT("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"),
    CN_S_INIT("https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"),
    CN_S_INIT(CN_VC_BASE_2),
};

/* Terms stand in the context itself, and in those that its terms bring with them. */
static bool defines(const cn_json *context, cn_slice term, unsigned depth) {
    enum { DEPTH = 6 };
    if (depth == DEPTH) return false;
    for (size_t i = 0; i < cn_json_many(context); i++) {
        const cn_json *one = cn_json_one(context, i);
        if (!cn_json_is(one, CN_JSON_OBJECT)) continue;
        if (cn_json_get(one, term)) return true;
        for (size_t k = 0; k < one->object.n; k++)
            if (defines(cn_json_get(one->object.v[k].value, CN_S("@context")), term, depth + 1)) return true;
    }
    return false;
}

/* False at the arena's maximum. */
static bool try_context(cn_vc *v, const cn_builtin_context *c, cn_slice term, cn_slice *url) {
    const cn_json *document;
    cn_err err;
    cn_arena_mark mark = cn_arena_get_mark(v->arena);
    if (!cn_json_read(v->arena, cn_slice_bytes(c->body, c->length), NULL, &document, &err))
        return !cn_vc_fatal(v, &err);
    if (defines(cn_json_get(document, CN_S("@context")), term, 0)) *url = cn_slice_of(c->url);
    cn_arena_reset(v->arena, mark);
    return true;
}

bool cn_vc_defined_by(cn_vc *v, cn_slice term, cn_slice *url) {
    size_t n;
    const cn_builtin_context *all = cn_builtin_contexts(&n);
    *url = (cn_slice){0};
    if (!term.n || term.p[0] == '@') return true;
    for (size_t i = 0; i < sizeof preferred / sizeof preferred[0] && !url->n; i++) {
        const cn_builtin_context *c = cn_builtin_context_find(preferred[i]);
        if (c && !try_context(v, c, term, url)) return false;
    }
    for (size_t i = 0; i < n && !url->n; i++)
        if (!try_context(v, &all[i], term, url)) return false;
    return true;
}
