/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `app`: drafts as the store keeps them.
 */
#ifndef CN_APP_DRAFT_H
#define CN_APP_DRAFT_H

#include "app/achievements.h"

/* JSON: {"en": {"name", "description", "criteria", "outcomes"}, "fr": …, "valid_months", "design"}. The same draft
 * gives the same text; a design that says nothing is left out. */
CN_MUST_USE bool cn_draft_write(cn_arena *a, const cn_draft *draft, cn_slice *out, cn_err *err);
/* INTERNAL "achievement.stored": it is none of ours. */
CN_MUST_USE bool cn_draft_read(cn_arena *a, cn_slice text, cn_draft *out, cn_err *err);

#endif
