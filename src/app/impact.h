/* SPDX-License-Identifier: Apache-2.0
 *
 * What a draft of a pack of rules would change: which published achievements would newly fail.
 */
#ifndef CN_APP_IMPACT_H
#define CN_APP_IMPACT_H

#include "app/people.h"
#include "rules/rules.h"

typedef struct cn_impact_ask {
    const cn_packs *packs; /* those that are in force are on this shelf */
    const cn_pack *draft;
    cn_slice date;        /* "2026-06-01": on which both are held against what is published */
    int64_t organisation; /* 0: all of this server */
} cn_impact_ask;

/* An achievement, in its latest version, of which the draft fails an enforced "must" that it does not fail in the
 * pack in force, or that is no enforced "must" there. */
typedef struct cn_impact_row {
    cn_organisation organisation;
    cn_slice achievement; /* id */
    cn_bilingual name;
    int version;
    const cn_rule_result **fails; /* every enforced rule that would newly fail, whatever its severity */
    size_t n;
} cn_impact_row;

typedef struct cn_impact {
    const cn_pack *current; /* of the draft's family, in force then; NULL: none is */
    size_t checked;         /* achievements that are published */
    cn_impact_row *v;
    size_t n;
} cn_impact;

/* Rules about learners and applications are left out: no achievement decides them. INVALID "pack.date". */
CN_MUST_USE bool cn_app_impact(cn_arena *a, const cn_app *app, cn_time now, const cn_impact_ask *ask,
                               cn_impact *out, cn_err *err);

#endif
