/* SPDX-License-Identifier: Apache-2.0
 *
 * Ports: what the engine must be given because it has no files, sockets,
 * clock or randomness of its own.
 */
#ifndef CN_BASE_PORTS_H
#define CN_BASE_PORTS_H

#include "base/arena.h"
#include "base/err.h"
#include "base/time.h"

/* A document as it was had. All on the arena that was passed to the call, or static. */
typedef struct cn_document {
    cn_slice body;
    cn_slice media_type; /* without parameters; may be empty */
    cn_slice final_url;  /* after redirects; the asked URL where there were none */
} cn_document;

/* Gets the document of a URL. Used for contexts (a loader that knows only what is built
 * in and what the operator named) and, as another value of the same type, for controller
 * documents and status lists (a resolver, which may go out to the network).
 * NOT_FOUND: nobody has it. UNAVAILABLE: could not be asked. DENIED: not allowed. */
typedef struct cn_loader {
    void *self; /* borrowed; passed back */
    bool (*load)(void *self, cn_arena *a, cn_slice url, cn_document *out, cn_err *err);
} cn_loader;

/* Fills n bytes with cryptographic randomness. */
typedef struct cn_random {
    void *self;
    bool (*fill)(void *self, uint8_t *out, size_t n);
} cn_random;

#endif
