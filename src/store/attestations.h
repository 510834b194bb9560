/* SPDX-License-Identifier: Apache-2.0
 *
 * What the store keeps about attestations: what members state about an achievement, where a rule can only be
 * stated.
 *
 * Errors beside those of store.h: NOT_FOUND "store.none". What is read is on the arena.
 */
#ifndef CN_STORE_ATTESTATIONS_H
#define CN_STORE_ATTESTATIONS_H

#include "store/people.h"

typedef struct cn_attestation {
    int64_t number;
    cn_slice id;
    int version;        /* of which: published, or to come */
    cn_slice statement; /* a key of data/frameworks/attestations.json */
    cn_slice name;      /* of the member, at that time */
    cn_slice document;  /* the signed statement */
    cn_time stated_at;
    cn_time withdrawn_at; /* 0: it stands */
} cn_attestation;

typedef struct cn_attestations {
    cn_attestation *v;
    size_t n;
} cn_attestations;

/* A new one, stated at `now`. CONFLICT "attestation.stated": the same of the same version stands already. */
CN_MUST_USE bool cn_store_attestation_put(cn_store *s, int64_t achievement, const cn_attestation *what,
                                          cn_time now, const cn_audit *why, cn_err *err);
/* NOT_FOUND "store.none": there is none of the achievement that stands. */
CN_MUST_USE bool cn_store_attestation_withdraw(cn_store *s, int64_t achievement, cn_slice id, cn_time now,
                                               const cn_audit *why, cn_err *err);
/* Of an achievement, those that are withdrawn too, in the order in which they were stated. */
CN_MUST_USE bool cn_store_attestations_of(cn_arena *a, cn_store *s, int64_t achievement, cn_attestations *out,
                                          cn_err *err);

#endif
