/* SPDX-License-Identifier: Apache-2.0
 *
 * Between the files of endorsements.
 */
#ifndef CN_APP_ENDORSEMENTS_INSIDE_H
#define CN_APP_ENDORSEMENTS_INSIDE_H

#include "app/endorsements.h"

/* At most `max` bytes of text without control characters but line ends. INVALID "endorsement.text". */
CN_MUST_USE bool cn_endorsement_check_text(cn_slice text, size_t max, cn_err *err);

/* Signs the facts and keeps the endorsement: id, document, place and dates are filled in here, as are issuer,
 * organisation, dates and status of the facts. */
typedef struct cn_endorsing {
    int64_t by;
    int months;
    cn_endorsement *row; /* organisation, achievement_id, version, acceptance, digest */
    cn_form_endorsement *facts;
    cn_slice request;   /* that it answers; empty: none */
    const char *action; /* for the audit */
} cn_endorsing;
CN_MUST_USE bool cn_endorsement_sign(cn_arena *a, const cn_app *app, cn_time now, const cn_endorsing *what,
                                     cn_err *err);

#endif
