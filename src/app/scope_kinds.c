/* SPDX-License-Identifier: Apache-2.0
 *
 * The kinds of credentials that a scope is limited to: those of data/kinds.json that a design can say it is.
 */
#include "app/design.h"
#include "app/scopes.h"

static bool is_of_designs(cn_slice id) {
    const cn_blank *field = cn_design_find(CN_S("credential_type"));
    assert(field);
    for (const cn_slice *word = field->words; word->n; word++)
        if (cn_slice_eq(*word, id)) return true;
    return false;
}

bool cn_scope_kinds_all(cn_arena *a, cn_kinds *out, cn_err *err) {
    cn_kinds all;
    size_t n = 0;
    if (!cn_kinds_all(a, &all, err)) return false;
    for (size_t i = 0; i < all.n; i++)
        if (is_of_designs(all.v[i].id)) all.v[n++] = all.v[i];
    *out = (cn_kinds){all.v, n};
    return true;
}

bool cn_scope_kinds_next(cn_slice *rest, cn_slice *kind) {
    cn_slice text = cn_slice_trim(*rest);
    if (!text.n) return false;
    (void)cn_slice_cut(text, ' ', kind, rest);
    return true;
}

bool cn_scope_kinds_hold(cn_slice kinds, cn_slice kind) {
    cn_slice one;
    while (cn_scope_kinds_next(&kinds, &one))
        if (cn_slice_eq(one, kind)) return true;
    return false;
}

bool cn_scope_kinds_read(cn_arena *a, cn_slice text, cn_slice *out, cn_err *err) {
    cn_kinds all;
    cn_buf b = cn_buf_on(a, 0);
    cn_slice kind, rest = text;
    if (!cn_scope_kinds_all(a, &all, err)) return false;
    while (cn_scope_kinds_next(&rest, &kind))
        if (!is_of_designs(kind))
            return cn_fail(err, CN_INVALID, "scope.kinds",
                           "\"%.*s\" is no kind of credential, as micro-credential and digital-badge are.",
                           CN_ARG(kind));
    /* In one order, so that two lists of the same kinds are the same text. */
    for (size_t i = 0; i < all.n; i++)
        if (cn_scope_kinds_hold(text, all.v[i].id))
            cn_buf_print(&b, "%s%.*s", b.n ? " " : "", CN_ARG(all.v[i].id));
    if (!cn_buf_ok(&b)) return cn_fail_memory(err);
    *out = cn_buf_slice(&b);
    return true;
}
