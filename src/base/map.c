/* SPDX-License-Identifier: Apache-2.0
 *
 * Maps: while there are few entries they are looked at one after the other; then each level of the trie takes two
 * bits of the key's hash.
 */
#include "base/base.h"

enum { FEW = 8 };

static cn_map_entry *find_of_few(const cn_map *m, cn_slice key) {
    cn_map_entry *e = m->first;
    while (e && !cn_slice_eq(e->key, key)) e = e->next;
    return e;
}

static cn_map_entry *find(const cn_map *m, cn_slice key) {
    if (!m->root) return find_of_few(m, key);
    uint64_t hash = cn_slice_hash(key), bits = hash;
    for (cn_map_entry *e = m->root; e; e = e->child[bits & 3], bits >>= 2)
        if (e->hash == hash && cn_slice_eq(e->key, key)) return e;
    return NULL;
}

void *cn_map_get(const cn_map *m, cn_slice key) {
    cn_map_entry *e = find(m, key);
    return e ? e->value : NULL;
}

bool cn_map_has(const cn_map *m, cn_slice key) {
    return find(m, key) != NULL;
}

/* Where in the trie the key is, or would be. */
static cn_map_entry **link_of(cn_map *m, uint64_t hash, cn_slice key) {
    cn_map_entry **link = &m->root;
    for (uint64_t bits = hash; *link; link = &(*link)->child[bits & 3], bits >>= 2)
        if ((*link)->hash == hash && cn_slice_eq((*link)->key, key)) break;
    return link;
}

/* Makes the trie, now that the entries are no longer few. */
static void plant(cn_map *m) {
    for (cn_map_entry *e = m->first; e; e = e->next) {
        e->hash = cn_slice_hash(e->key);
        *link_of(m, e->hash, e->key) = e;
    }
}

static cn_map_entry *append(cn_arena *a, cn_map *m, cn_slice key) {
    cn_map_entry *e = CN_NEW(a, cn_map_entry);
    if (!e) return NULL;
    e->key = key;
    if (m->last) m->last->next = e;
    else m->first = e;
    m->last = e;
    m->count++;
    return e;
}

cn_map_entry *cn_map_at(cn_arena *a, cn_map *m, cn_slice key) {
    if (!m->root) {
        cn_map_entry *e = find_of_few(m, key);
        if (e || !(e = append(a, m, key))) return e;
        if (m->count > FEW) plant(m);
        return e;
    }
    uint64_t hash = cn_slice_hash(key);
    cn_map_entry **link = link_of(m, hash, key);
    if (*link) return *link;
    cn_map_entry *e = append(a, m, key);
    if (!e) return NULL;
    e->hash = hash;
    *link = e;
    return e;
}

bool cn_map_put(cn_arena *a, cn_map *m, cn_slice key, void *value) {
    cn_map_entry *e = cn_map_at(a, m, key);
    if (e) e->value = value;
    return e != NULL;
}
