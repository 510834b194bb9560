/* SPDX-License-Identifier: Apache-2.0
 *
 * The contexts built into the program. tools/embed-contexts writes the table at
 * build time, sorted by URL; this finds things in it and makes it a loader.
 */
#include "jsonld/jsonld.h"

#include "base/base.h"

#include "builtin_contexts.inc"

enum { TABLE_N = sizeof table / sizeof table[0] };

const cn_builtin_context *cn_builtin_contexts(size_t *count) {
    *count = TABLE_N;
    return table;
}

const cn_builtin_context *cn_builtin_context_find(cn_slice url) {
    size_t from = 0, to = TABLE_N;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = cn_slice_cmp(url, cn_slice_of(table[middle].url));
        if (order == 0) return &table[middle];
        if (order < 0) to = middle;
        else from = middle + 1;
    }
    return NULL;
}

static bool load(void *self, cn_arena *a, cn_slice url, cn_document *out, cn_err *err) {
    const cn_builtin_context *found = cn_builtin_context_find(url);
    const cn_loader *next = self;
    if (found) {
        *out = (cn_document){.body = cn_slice_bytes(found->body, found->length),
                             .media_type = CN_S("application/ld+json"),
                             .final_url = cn_slice_of(found->url)};
        return true;
    }
    if (next) return next->load(next->self, a, url, out, err);
    return cn_fail(err, CN_NOT_FOUND, "jsonld.context-unknown", "The context %.*s is not built in.", CN_ARG(url));
}

cn_loader cn_builtin_loader(const cn_loader *next) {
    /* The port's self is not const; load() gives it back its const. */
    union {
        const cn_loader *from;
        void *to;
    } self = {.from = next};
    return (cn_loader){.self = self.to, .load = load};
}
