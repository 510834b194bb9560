/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `app`: the steps of a publication.
 */
#ifndef CN_APP_FLOW_H
#define CN_APP_FLOW_H

#include "app/approval.h"

/* Of a draft as it is kept, with its image (empty: it is drawn). */
CN_MUST_USE bool cn_flow_digest(cn_arena *a, const cn_app *app, cn_slice draft, cn_slice image, cn_slice *out,
                                cn_err *err);
/* Publishes what is approved. An organisation that nobody else reviews has it submitted and approved first, in the
 * same transaction, each step in the audit. Without `what`: what is published as it is, and was retired, is
 * awarded again. CONFLICT "flow.unapproved": somebody else has to approve it; "achievement.published": it is not
 * retired. */
CN_MUST_USE bool cn_flow_publish(cn_arena *a, const cn_app *app, cn_time now, const cn_stored_achievement *is,
                                 const cn_publication *what, int64_t by, int *version, cn_err *err);

#endif
