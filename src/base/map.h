/* SPDX-License-Identifier: Apache-2.0
 *
 * Maps from byte strings to pointers, on an arena: a short list, and where it grows long a 4-way hash trie, which
 * never moves an entry, needs no resize, and stays 32 levels shallow whatever the
 * keys are. Iteration is in order of insertion. Keys are borrowed: they must live
 * as long as the map. A zeroed cn_map is an empty one.
 */
#ifndef CN_BASE_MAP_H
#define CN_BASE_MAP_H

#include "base/arena.h"

typedef struct cn_map_entry {
    struct cn_map_entry *child[4];
    struct cn_map_entry *next; /* in order of insertion */
    cn_slice key;
    uint64_t hash;
    void *value;
} cn_map_entry;

typedef struct cn_map {
    cn_map_entry *root, *first, *last;
    size_t count;
} cn_map;

/* The value, or NULL when the key is absent (or its value is NULL). */
void *cn_map_get(const cn_map *m, cn_slice key);
bool cn_map_has(const cn_map *m, cn_slice key);
/* The entry of the key, made (value NULL) where it is absent; NULL at the arena's maximum. */
__attribute__((warn_unused_result)) cn_map_entry *cn_map_at(cn_arena *a, cn_map *m, cn_slice key);
/* Sets or replaces; false at the arena's maximum. */
__attribute__((warn_unused_result)) bool cn_map_put(cn_arena *a, cn_map *m, cn_slice key, void *value);

#define CN_MAP_EACH(entry, m) for (cn_map_entry *entry = (m)->first; entry; entry = entry->next)

#endif
