/* SPDX-License-Identifier: Apache-2.0
 *
 * Registries that a command line names.
 */
#include "cli/registries.h"
#include "net/net.h"

#define REGISTRIES_MEMORY ((size_t)2 << 30)

cn_arena *cn_registries_arena(cn_registries *r) {
    if (!r->arena) r->arena = cn_arena_new(REGISTRIES_MEMORY);
    return r->arena;
}

bool cn_registries_add_text(cn_registries *r, cn_slice text, const cn_registry_options *options, cn_err *err) {
    if (r->n == CN_REGISTRIES_MAX)
        return cn_fail(err, CN_LIMIT, "cli.registries", "At most %d registries can be named.", CN_REGISTRIES_MAX);
    if (!cn_registry_read(cn_registries_arena(r), text, options, &r->lists[r->n], err)) return false;
    r->n++;
    return true;
}

bool cn_registries_add(cn_registries *r, const char *path, const cn_registry_options *options, cn_err *err) {
    cn_registry_options how = *options;
    cn_slice text;
    how.name = cn_slice_of(path);
    return cn_file_read(cn_registries_arena(r), how.name, CN_REGISTRY_BYTES_MAX, &text, err) &&
           cn_registries_add_text(r, text, &how, err);
}

bool cn_registries_join(cn_registries *r, cn_err *err) {
    return cn_registry_join(cn_registries_arena(r), r->lists, r->n, &r->joined, err);
}

void cn_registries_done(cn_registries *r) {
    cn_arena_free(r->arena);
    *r = (cn_registries){0};
}
