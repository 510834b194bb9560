/* SPDX-License-Identifier: Apache-2.0
 *
 * Between the files of keys.
 */
#ifndef CN_APP_KEYS_INSIDE_H
#define CN_APP_KEYS_INSIDE_H

#include "app/keys.h"

/* The key an organisation awards with, made if there is none. */
CN_MUST_USE bool cn_key_at_work(cn_arena *a, const cn_app *app, cn_time now, int64_t organisation,
                                cn_stored_key *out, cn_err *err);

/* Makes nothing that counts: a demonstration, or an origin that nobody but this machine reaches. */
bool cn_app_demonstrates(const cn_app *app);

/* A cn_status_maker's `make`, with this as its `self`. */
typedef struct cn_list_making {
    const cn_app *app;
    cn_time now;
} cn_list_making;
bool cn_list_make(void *self, cn_arena *a, const cn_stored_status *list, const cn_stored_key *key, cn_slice bits,
                  cn_slice *document, cn_err *err);

/* INVALID "revoke.code", "revoke.reason". */
CN_MUST_USE bool cn_revoke_check(const cn_revoke *what, cn_err *err);

#endif
