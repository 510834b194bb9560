/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of the room `lib` share: the inside of an engine, and the frame of a call. A call has an arena of
 * its own; whatever it gives is copied out of it at the end.
 */
#ifndef CN_LIB_INSIDE_H
#define CN_LIB_INSIDE_H

#include <cairn/cairn.h>

#include "vc/registry.h"

struct cn_engine {
    cn_engine_options options;
    cn_crypto *crypto;
    cn_contexts *processed; /* what the built-in contexts mean */
    cn_lists *status_lists; /* those that were found good */
    cn_arena *arena;        /* of what was added */
    cn_map added;           /* contexts by URL: cn_slice */
    cn_map documents;       /* the same of documents */
    cn_loader others;       /* contexts that are not built in */
    cn_loader contexts;     /* all of them */
    cn_loader resolver;
    cn_random random;
    cn_registry_list *lists; /* what was added, and all of it as one */
    size_t lists_n, lists_cap;
    cn_registry registry;
};

struct cn_signer {
    cn_private_key key;
    char method[]; /* NUL-terminated */
};

typedef struct cn_slices {
    const cn_slice *v;
    size_t n;
} cn_slices;

typedef struct cn_call {
    const cn_engine *engine;
    cn_arena *arena;
    cn_err err;
} cn_call;

/* INVALID "argument.null" where there is no engine, or no place for the result. `c` is zeroed; cn_call_end in any
 * case. */
CN_MUST_USE bool cn_call_begin(cn_call *c, const cn_engine *engine, const void *out);
/* Gives back what the call took and passes `good` on; where it is false, with the error. */
CN_MUST_USE bool cn_call_end(cn_call *c, bool good, cn_error *error);

/* The bytes of an argument. INVALID "argument.null". */
CN_MUST_USE bool cn_call_bytes(cn_call *c, const void *bytes, size_t n, cn_slice *out);
/* A text that has to be there. INVALID "argument.null". */
CN_MUST_USE bool cn_call_text(cn_call *c, const char *text, cn_slice *out);
/* Texts that all have to be there; on the arena. INVALID "argument.null". */
CN_MUST_USE bool cn_call_texts(cn_call *c, const char *const *texts, size_t n, cn_slices *out);
/* The bytes of an argument as JSON, in which no key stands twice. */
CN_MUST_USE bool cn_call_json(cn_call *c, const void *bytes, size_t n, const cn_json **out);
/* INVALID "argument.null". */
CN_MUST_USE bool cn_call_signer(cn_call *c, const cn_signer *signer);
/* INVALID "engine.random" where the engine has no randomness. */
CN_MUST_USE bool cn_call_random(cn_call *c);
/* What the caller chose, in the form of this release: `known` bytes, zeroed so far, and so they stay where the
 * caller's release ended. INVALID "argument.size";
 * UNSUPPORTED "argument.newer". */
CN_MUST_USE bool cn_call_options(cn_call *c, const void *given, void *own, size_t known);
/* INVALID "argument.flags" where others than the known ones are set. */
CN_MUST_USE bool cn_call_flags(cn_call *c, uint64_t given, uint64_t known);
/* The time that was given, or else what the clock says. INVALID "engine.clock"; UNAVAILABLE "engine.clock-failed".
 */
CN_MUST_USE bool cn_call_time(cn_call *c, const int64_t *given, cn_time *out);

/* How the engine verifies, as of a time. The errors of cn_call_time. */
CN_MUST_USE bool cn_call_verify_options(cn_call *c, const int64_t *at, cn_verify_options *out);
/* What was chosen, or else what is usual for the key. */
cn_slice cn_suite_of(const char *given, const cn_signer *signer);
cn_slice cn_method_of(const char *given, const cn_signer *signer);

/* A copy for the caller. */
CN_MUST_USE bool cn_call_give(cn_slice s, cn_bytes *out);
/* The same of what was written, where all of it found room. */
CN_MUST_USE bool cn_call_give_buf(cn_call *c, const cn_buf *b, cn_bytes *out);

#endif
