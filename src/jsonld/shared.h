/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `jsonld`: processed contexts that calls and threads share (shared.c).
 *
 * What a built-in context means is worked out once for each context that it is applied to, and hangs on that one:
 * the initial context, then the first of a document's list, then the second, then the scoped contexts of terms.
 * A reader follows atomic pointers and waits for nobody. Where nothing is found and somebody else is at
 * work, a call processes for itself, as it would with nothing shared.
 */
#ifndef CN_JSONLD_SHARED_H
#define CN_JSONLD_SHARED_H

#include "jsonld/internal.h"

/* The initial context, where this call's is the shared one; otherwise NULL. */
const cn_ctx *cn_shared_initial(const cn_ld *ld);
/* The value of "@context" of a built-in document, read once; NULL where it is not built in, or nobody can read it
 * now. */
const cn_json *cn_shared_document(cn_ld *ld, cn_slice url, cn_slice *final);
/* `active` with a remote context, or with the scoped context of a term, applied; NULL where it has to be
 * processed: it is not built in, or fails, or is beyond a limit. */
const cn_ctx *cn_shared_remote(cn_ld *ld, const cn_ctx *active, cn_slice url, bool override_protected);
const cn_ctx *cn_shared_scope(cn_ld *ld, const cn_ctx *active, const cn_term_def *def, bool property);

#endif
