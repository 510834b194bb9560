/* SPDX-License-Identifier: Apache-2.0
 *
 * A loader that asks another one once for each URL, and remembers errors too:
 * within one verification everybody sees the same answer, and nobody is asked twice.
 *
 * A credential names the documents that it depends on, and each may take the resolver
 * its whole timeout: so there is a limit to how many are asked for.
 */
#include "vc/internal.h"

typedef struct answer {
    bool good;
    cn_document document;
    cn_err err;
} answer;

static bool ask(const cn_memo *m, cn_slice url, cn_document *out, cn_err *err) {
    if (m->of) return m->of->load(m->of->self, m->arena, url, out, err);
    return cn_fail(err, CN_UNAVAILABLE, "resolver.offline",
                   "it would have to be fetched, and this verification is offline.");
}

/* The memo outlives the call that asks, so answers are on its own arena. */
static bool load(void *self, cn_arena *a, cn_slice url, cn_document *out, cn_err *err) {
    (void)a;
    cn_memo *m = self;
    answer *known = cn_map_get(&m->known, url);
    m->asked++;
    if (!known) {
        cn_slice key;
        if (m->of && m->known.count >= m->max)
            return cn_fail(err, CN_UNAVAILABLE, "resolver.too-many",
                           "it is one of more than %zu that this credential depends on.", m->max);
        known = CN_NEW(m->arena, answer);
        if (!known || !cn_arena_copy(m->arena, url, &key) || !cn_map_put(m->arena, &m->known, key, known))
            return cn_fail_memory(err);
        known->good = ask(m, key, &known->document, &known->err);
    }
    if (known->good) *out = known->document;
    else *err = known->err;
    return known->good;
}

cn_loader cn_memo_loader(cn_memo *m) {
    return (cn_loader){m, load};
}
