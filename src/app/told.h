/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `app`: what somebody is told of a change of their account, and the audit's row of it. Whoever
 * gets into an account can change it, but not that its owner hears of it.
 */
#ifndef CN_APP_TOLD_H
#define CN_APP_TOLD_H

#include "app/letters.h"
#include "store/people.h"

/* For the change's own transaction: a letter of a kind that has "about" to the person's main address as it is now,
 * and the audit's row in its words. `by`: who does it; 0: the operator. On the arena. */
CN_MUST_USE bool cn_app_told(cn_arena *a, const cn_app *app, cn_time now, int64_t by, const cn_person *person,
                             cn_letter_kind kind, cn_slice about, cn_told *out, cn_err *err);

/* Wakes the background work where the change was made: `good` again. */
bool cn_app_told_done(const cn_app *app, bool good);

#endif
