/* SPDX-License-Identifier: Apache-2.0
 *
 * Terms of an active context: a persistent 4-way hash trie. A context that is
 * derived from another starts with the same root; a node is changed in place by the
 * context that made it, and copied first by any other.
 */
#include "jsonld/internal.h"

struct cn_terms {
    cn_terms *child[4];
    const void *owner; /* who may change this node */
    cn_slice term;
    uint64_t hash;
    const cn_term_def *def;
};

const cn_term_def *cn_terms_get(const cn_terms *t, cn_slice term) {
    if (!t) return NULL;
    uint64_t hash = cn_slice_hash(term), bits = hash;
    for (; t; t = t->child[bits & 3], bits >>= 2)
        if (t->hash == hash && cn_slice_eq(t->term, term)) return t->def;
    return NULL;
}

bool cn_terms_put(cn_arena *a, cn_terms **t, const void *owner, cn_slice term, const cn_term_def *def) {
    uint64_t hash = cn_slice_hash(term), bits = hash;
    for (;; bits >>= 2) {
        if (!*t || (*t)->owner != owner) {
            cn_terms *node = CN_NEW(a, cn_terms);
            if (!node) return false;
            *node = *t ? **t : (cn_terms){.term = term, .hash = hash};
            node->owner = owner;
            *t = node;
        }
        if ((*t)->hash == hash && cn_slice_eq((*t)->term, term)) break;
        t = &(*t)->child[bits & 3];
    }
    (*t)->def = def;
    return true;
}
