/* SPDX-License-Identifier: Apache-2.0
 *
 * What the store keeps about offerings: when and where a micro-credential is offered. What the JSON says is the
 * business of app/offerings.h.
 *
 * Errors beside those of store.h: NOT_FOUND "store.none" where what is asked for is not there, or is another
 * organisation's. What is read is on the arena.
 */
#ifndef CN_STORE_OFFERINGS_H
#define CN_STORE_OFFERINGS_H

#include "store/people.h"

typedef struct cn_stored_offering {
    int64_t number;
    cn_slice id; /* used in addresses */
    int64_t achievement;
    cn_slice details;                          /* JSON */
    cn_time closed_at, created_at, updated_at; /* closed_at: 0, it is open */
} cn_stored_offering;

/* Which one: of an organisation, by the ids of the achievement and of the offering. */
typedef struct cn_offering_place {
    int64_t organisation;
    cn_slice achievement, id;
} cn_offering_place;

/* `why` has organisation, person and action; its subject is the achievement, here and below. */
CN_MUST_USE bool cn_store_offering_put(cn_store *s, const cn_offering_place *place, cn_slice details, cn_time now,
                                       const cn_audit *why, cn_err *err);
CN_MUST_USE bool cn_store_offering(cn_arena *a, cn_store *s, const cn_offering_place *place,
                                   cn_stored_offering *out, cn_err *err);
/* In the order of their making. */
CN_MUST_USE bool cn_store_offerings_of(cn_arena *a, cn_store *s, int64_t achievement, cn_stored_offering **out,
                                       size_t *n, cn_err *err);
/* NOT_FOUND also where the details are not `seen` any more. */
CN_MUST_USE bool cn_store_offering_set(cn_store *s, const cn_offering_place *place, cn_slice seen,
                                       cn_slice details, cn_time now, const cn_audit *why, cn_err *err);
/* Since `closed`; sec 0: it is open again. */
CN_MUST_USE bool cn_store_offering_close(cn_store *s, const cn_offering_place *place, cn_time closed, cn_time now,
                                         const cn_audit *why, cn_err *err);

#endif
