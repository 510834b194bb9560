/* SPDX-License-Identifier: Apache-2.0
 *
 * Maps: each level of the trie takes two bits of the key's hash.
 */
#include "base/base.h"

static cn_map_entry *find(const cn_map *m, uint64_t hash, cn_slice key) {
    uint64_t bits = hash;
    for (cn_map_entry *e = m->root; e; e = e->child[bits & 3], bits >>= 2)
        if (e->hash == hash && cn_slice_eq(e->key, key)) return e;
    return NULL;
}

void *cn_map_get(const cn_map *m, cn_slice key) {
    cn_map_entry *e = find(m, cn_slice_hash(key), key);
    return e ? e->value : NULL;
}

bool cn_map_has(const cn_map *m, cn_slice key) {
    return find(m, cn_slice_hash(key), key) != NULL;
}

cn_map_entry *cn_map_at(cn_arena *a, cn_map *m, cn_slice key) {
    uint64_t hash = cn_slice_hash(key), bits = hash;
    cn_map_entry **link = &m->root;
    for (; *link; link = &(*link)->child[bits & 3], bits >>= 2)
        if ((*link)->hash == hash && cn_slice_eq((*link)->key, key)) return *link;
    cn_map_entry *e = CN_NEW(a, cn_map_entry);
    if (!e) return NULL;
    e->key = key;
    e->hash = hash;
    *link = e;
    if (m->last) m->last->next = e;
    else m->first = e;
    m->last = e;
    m->count++;
    return e;
}

bool cn_map_put(cn_arena *a, cn_map *m, cn_slice key, void *value) {
    cn_map_entry *e = cn_map_at(a, m, key);
    if (e) e->value = value;
    return e != NULL;
}
