/* SPDX-License-Identifier: Apache-2.0
 *
 * The record of an achievement: the form in which packs of rules look at it (docs/frameworks.md).
 */
#ifndef CN_APP_RECORD_H
#define CN_APP_RECORD_H

#include "app/achievements.h"
#include "app/people.h"

/* The draft of `achievement` as a record: `offering` joins texts, design and what the organisation says of itself;
 * `award` is what every award of Cairn is, as of `now`. Texts are in English, or in French where that is all there
 * is. What is not said is not there. On the arena, borrows the draft. */
CN_MUST_USE bool cn_app_record(cn_arena *a, const cn_app *app, cn_time now, const cn_organisation *org,
                               const cn_achievement *achievement, const cn_json **out, cn_err *err);
/* The same of a published version: its own texts and design, the approval it has, what is stated of it. Profile,
 * endorsements and offerings are as of `now`. On the arena, borrows the version. */
CN_MUST_USE bool cn_app_record_version(cn_arena *a, const cn_app *app, cn_time now, const cn_organisation *org,
                                       const cn_version *version, const cn_json **out, cn_err *err);

#endif
