/* SPDX-License-Identifier: Apache-2.0
 *
 * Terms of an active context: a persistent 4-way hash trie. A context that is
 * derived from another starts with the same root; a node is changed in place by the
 * context that made it, and copied first by any other.
 */
#include <stdlib.h>

#include "jsonld/internal.h"

#include "base/base.h"

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

/* As deep as the trie: its 64 bits of hash make 32 levels, and equal hashes cannot be made at will. */
static bool collect(cn_arena *a, const cn_terms *t, cn_term_list *list) {
    if (!t) return true;
    if (t->def) {
        cn_term_entry *v = cn_arena_grow(a, list->v, list->n, &list->cap, list->n + 1, sizeof *v);
        if (!v) return false;
        list->v = v;
        v[list->n++] = (cn_term_entry){t->term, t->def};
    }
    for (size_t i = 0; i < 4; i++)
        if (!collect(a, t->child[i], list)) return false;
    return true;
}

static int shortest_least(const void *x, const void *y) {
    const cn_term_entry *a = x, *b = y;
    if (a->term.n != b->term.n) return a->term.n < b->term.n ? -1 : 1;
    return cn_slice_cmp(a->term, b->term);
}

bool cn_terms_list(cn_arena *a, const cn_terms *t, cn_term_list *out) {
    cn_term_list list = {0};
    if (!collect(a, t, &list)) return false;
    if (list.n > 1) qsort(list.v, list.n, sizeof *list.v, shortest_least);
    *out = list;
    return true;
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
