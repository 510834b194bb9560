/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the server: the small network of a demonstration, made up and marked so.
 */
#ifndef CN_SERVER_DEMO_H
#define CN_SERVER_DEMO_H

#include "app/app.h"

/* Makes the network of data/demo in a database without organisations, by the same verbs as the pages, and says so
 * on standard output. One that was stopped half way is finished at the next start; one that is there is left
 * alone. */
CN_MUST_USE bool cn_demo_make(const cn_app *app, cn_time now, cn_err *err);
/* Where the network is, prints a link to sign in, good once and for a day, for each person of the network that has
 * a part to show. */
CN_MUST_USE bool cn_demo_print_links(const cn_app *app, cn_time now, cn_err *err);

#endif
