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

#endif
