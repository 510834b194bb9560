/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the server: the endorsements of a demonstration. What is there already is left as it is.
 */
#ifndef CN_SERVER_DEMO_ENDORSE_H
#define CN_SERVER_DEMO_ENDORSE_H

#include "app/achievements.h"
#include "app/people.h"
#include "json/json.h"

/* The body lets another organisation endorse, in every field. */
CN_MUST_USE bool cn_demo_allow(cn_arena *a, const cn_app *app, cn_time now, const cn_organisation *body,
                               const cn_organisation *endorser, cn_err *err);
/* An entry of "endorsements" of data/demo/network.json. */
CN_MUST_USE bool cn_demo_endorse(cn_arena *a, const cn_app *app, cn_time now, const cn_organisation *by,
                                 const cn_version *version, const cn_json *from, cn_err *err);

#endif
