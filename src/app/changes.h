/* SPDX-License-Identifier: Apache-2.0
 *
 * What changed between two drafts, or two versions, of an achievement, field by field; and a design as a list of
 * fields with what each says.
 */
#ifndef CN_APP_CHANGES_H
#define CN_APP_CHANGES_H

#include "app/achievements.h"

/* A field of a design: its path in a record, "offering.hours.total", what people call it, and what it says as
 * text, a line for each of several values; both languages where it is said in both. */
typedef struct cn_design_line {
    cn_slice path;
    cn_bilingual label; /* the path where nobody has named it */
    cn_slice text;
} cn_design_line;

/* In the order in which they were said; `design` may be NULL. On the arena. */
CN_MUST_USE bool cn_app_design_lines(cn_arena *a, const cn_json *design, cn_design_line **out, size_t *n,
                                     cn_err *err);

typedef enum cn_change_kind { CN_CHANGE_SAME, CN_CHANGE_ADDED, CN_CHANGE_REMOVED } cn_change_kind;

/* A run of a text. */
typedef struct cn_change_part {
    cn_change_kind kind;
    cn_slice text;
} cn_change_part;

typedef struct cn_change {
    cn_slice field; /* "name.en", "description.fr", "criteria.en", "outcomes.fr", "months", or a design's path */
    cn_bilingual label; /* of a design's field; otherwise empty */
    const cn_change_part *v;
    size_t n;
} cn_change;

/* The fields that differ, texts first, in the order of the form. A text is compared word by word; outcomes, and
 * the values of a design, line by line. On the arena, borrows the drafts. */
CN_MUST_USE bool cn_app_changes(cn_arena *a, const cn_draft *before, const cn_draft *after, cn_change **out,
                                size_t *n, cn_err *err);

/* The parts of two texts, cut into words with what follows them, or into lines: what both have in the same order,
 * as much of it as there is, and what only one of them has; what was removed stands before what was added. Very
 * long texts that differ are given whole. On the arena, borrows the texts. */
CN_MUST_USE bool cn_text_changes(cn_arena *a, cn_slice before, cn_slice after, bool lines, cn_change_part **out,
                                 size_t *n, cn_err *err);

#endif
