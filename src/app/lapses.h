/* SPDX-License-Identifier: Apache-2.0
 *
 * Approvals and scopes that come to their end: administrators of whose they are get a letter 90, 30 and 7 days
 * before it, and when it has come. One that was given for less than that is told of from the next threshold on.
 */
#ifndef CN_APP_LAPSES_H
#define CN_APP_LAPSES_H

#include "app/app.h"

/* Background work: writes what is to be written by now, a part at a time; `more`: there may be more of it now. A
 * letter names what ends first and how many others end as well: an organisation whose approvals were all given on
 * one day gets one. What was told of is kept in the same transaction, so that nothing is told of twice, whoever
 * runs it and however often. */
CN_MUST_USE bool cn_app_lapses_work(cn_arena *a, const cn_app *app, cn_time now, bool *more, cn_err *err);

#endif
