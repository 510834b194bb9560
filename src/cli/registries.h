/* SPDX-License-Identifier: Apache-2.0
 *
 * Registries that a command line names: files read into lists, lists joined.
 */
#ifndef CN_CLI_REGISTRIES_H
#define CN_CLI_REGISTRIES_H

#include "vc/registry.h"

enum { CN_REGISTRIES_MAX = 64, CN_REGISTRY_BYTES_MAX = 16 << 20 };

typedef struct cn_registries {
    cn_arena *arena; /* owned */
    cn_registry_list lists[CN_REGISTRIES_MAX];
    size_t n;
    cn_registry joined; /* over the lists, once cn_registries_join() has run */
} cn_registries;

/* Reads one more list from its bytes, which must live as long as the registries; so must the name in the options.
 */
CN_MUST_USE bool cn_registries_add_text(cn_registries *r, cn_slice text, const cn_registry_options *options,
                                        cn_err *err);
/* The same from a file; `path` must live as long. A list without a name goes by its path. */
CN_MUST_USE bool cn_registries_add(cn_registries *r, const char *path, const cn_registry_options *options,
                                   cn_err *err);
/* For what must live as long as the registries. */
cn_arena *cn_registries_arena(cn_registries *r);
CN_MUST_USE bool cn_registries_join(cn_registries *r, cn_err *err);
void cn_registries_done(cn_registries *r);

#endif
