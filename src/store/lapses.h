/* SPDX-License-Identifier: Apache-2.0
 *
 * What the store knows of ends that come near: approvals and scopes whose organisation has not been reminded of
 * since the last threshold. Whom it writes to, and what, is the business of app/lapses.h.
 *
 * Errors are those of store.h. What is read is on the arena.
 */
#ifndef CN_STORE_LAPSES_H
#define CN_STORE_LAPSES_H

#include "store/store.h"

typedef enum cn_lapse_kind { CN_LAPSE_APPROVAL, CN_LAPSE_SCOPE, CN_LAPSE_KINDS } cn_lapse_kind;

typedef struct cn_stored_lapse {
    int64_t number;       /* of the approval or the scope */
    int64_t organisation; /* whose it is: whose achievement, or who has the scope … */
    cn_slice organisation_id, organisation_en, organisation_fr;
    cn_slice document; /* of an approval: the version that it is of, JSON; otherwise empty */
    int days;          /* the threshold that was reached: 90, 30, 7; 0: it has ended */
    cn_time until;
} cn_stored_lapse;

/* At most `max`: those of an organisation together, what has ended behind what will, the next to end first. */
CN_MUST_USE bool cn_store_lapses(cn_arena *a, cn_store *s, cn_lapse_kind kind, cn_time now, size_t max,
                                 cn_stored_lapse **out, size_t *n, cn_err *err);
/* It is told of no more until it reaches the next threshold. */
CN_MUST_USE bool cn_store_lapse_told(cn_store *s, cn_lapse_kind kind, int64_t number, int days, cn_err *err);

#endif
