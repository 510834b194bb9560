/* SPDX-License-Identifier: Apache-2.0
 *
 * What changed between two drafts, or two versions, of an achievement: its texts, field by field. A design is
 * compared in the words in which it is shown (web/changes.c).
 */
#ifndef CN_APP_CHANGES_H
#define CN_APP_CHANGES_H

#include "app/achievements.h"

typedef enum cn_change_kind { CN_CHANGE_SAME, CN_CHANGE_ADDED, CN_CHANGE_REMOVED } cn_change_kind;

/* A run of a text. */
typedef struct cn_change_part {
    cn_change_kind kind;
    cn_slice text;
} cn_change_part;

typedef struct cn_change {
    cn_slice field; /* "name.en", "description.fr", "criteria.en", "outcomes.fr" */
    const cn_change_part *v;
    size_t n;
} cn_change;

/* The texts that differ, in the order of the form. A text is compared word by word, outcomes line by line. On the
 * arena, borrows the drafts. */
CN_MUST_USE bool cn_app_changes(cn_arena *a, const cn_draft *before, const cn_draft *after, cn_change **out,
                                size_t *n, cn_err *err);

/* The parts of two texts, cut into words with what follows them, or into lines: what both have in the same order,
 * as much of it as there is, and what only one of them has; what was removed stands before what was added. Very
 * long texts that differ are given whole. On the arena, borrows the texts. */
CN_MUST_USE bool cn_text_changes(cn_arena *a, cn_slice before, cn_slice after, bool lines, cn_change_part **out,
                                 size_t *n, cn_err *err);

#endif
