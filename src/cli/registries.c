/* SPDX-License-Identifier: Apache-2.0
 *
 * Registries that a command line names.
 */
#include "cli/registries.h"
#include "net/net.h"

enum { LIST_MAX = 16 << 20 };
#define REGISTRIES_MEMORY ((size_t)2 << 30)

bool cn_registries_add(cn_registries *r, const char *path, const cn_registry_options *options, cn_err *err) {
    cn_registry_options how = *options;
    cn_slice text;
    if (r->n == CN_REGISTRIES_MAX)
        return cn_fail(err, CN_LIMIT, "cli.registries", "At most %d registries can be named.", CN_REGISTRIES_MAX);
    if (!r->arena) r->arena = cn_arena_new(REGISTRIES_MEMORY);
    how.name = cn_slice_of(path);
    if (!cn_file_read(r->arena, cn_slice_of(path), LIST_MAX, &text, err) ||
        !cn_registry_read(r->arena, text, &how, &r->lists[r->n], err))
        return false;
    r->n++;
    return true;
}

bool cn_registries_join(cn_registries *r, cn_err *err) {
    if (!r->arena) r->arena = cn_arena_new(REGISTRIES_MEMORY);
    return cn_registry_join(r->arena, r->lists, r->n, &r->joined, err);
}

void cn_registries_done(cn_registries *r) {
    cn_arena_free(r->arena);
    *r = (cn_registries){0};
}
