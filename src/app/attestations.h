/* SPDX-License-Identifier: Apache-2.0
 *
 * Attestations: what a named member states for the organisation about an achievement, where no field can show that
 * a rule holds. Each is signed with the organisation's key, and can be withdrawn; what was signed stays.
 *
 * A statement is of one version, whose address it names: the published one as long as the draft says the same, or
 * else the one that the draft becomes. The next version begins without any: members confirm what still holds.
 */
#ifndef CN_APP_ATTESTATIONS_H
#define CN_APP_ATTESTATIONS_H

#include "app/achievements.h"
#include "store/attestations.h"

typedef struct cn_attest {
    int64_t organisation, by; /* by: the member's person */
    cn_slice achievement;     /* id */
    cn_slice statement;       /* a key of data/frameworks/attestations.json */
    cn_slice name;            /* of the member, as it is shown with the statement */
} cn_attest;

/* The version that statements are about now. */
int cn_app_attestable(const cn_achievement *is);
/* States it of that version. NOT_FOUND "store.none"; INVALID "attestation.statement" (no such key),
 * "attestation.name" (empty, longer than 200 bytes, or with what cannot be seen); CONFLICT "attestation.stated";
 * UNAVAILABLE "keys.master".
 */
CN_MUST_USE bool cn_app_attest(cn_arena *a, const cn_app *app, cn_time now, const cn_attest *what, cn_err *err);
/* NOT_FOUND "store.none": none of that id stands. */
CN_MUST_USE bool cn_app_attestation_withdraw(cn_arena *a, const cn_app *app, cn_time now, int64_t organisation,
                                             int64_t by, cn_slice achievement, cn_slice id, cn_err *err);
/* Of all versions; those that were withdrawn too. */
CN_MUST_USE bool cn_app_attestations_of(cn_arena *a, const cn_app *app, int64_t achievement, cn_attestations *out,
                                        cn_err *err);
/* Of a record: {"outcome_based": {"name": "A. Person", "date": "2026-05-01"}, …}, of those that stand for a
 * version.
 */
CN_MUST_USE bool cn_app_attestations_record(cn_arena *a, const cn_app *app, int64_t achievement, int version,
                                            const cn_json **out, cn_err *err);

#endif
