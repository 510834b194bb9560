/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `web`: endorsements and acceptances as other pages show them.
 */
#ifndef CN_WEB_ENDORSED_H
#define CN_WEB_ENDORSED_H

#include "app/endorsements.h"
#include "web/pages.h"

typedef struct cn_view_endorsement {
    cn_slice organisation; /* who signed */
    cn_slice signer;  /* whose the key is, and how this site knows; empty: that was not looked at, or not shown */
    cn_slice subject; /* the name of what it is about, as signed */
    cn_url page, about, revoke;
    cn_view_claimed *claims;
    size_t claims_n;
    cn_slice scope, comment, since, until;
    cn_slice state, kind; /* in words; CSS of cairn-state */
    cn_slice revoked;     /* when and why, in neutral words; empty: it is not */
    bool holds, may_revoke, acceptance;
} cn_view_endorsement;

typedef struct cn_view_endorsements {
    cn_view_endorsement *v;
    size_t n;
} cn_view_endorsements;

/* Both, as a page of the achievement shows them. */
typedef struct cn_view_endorsed {
    cn_view_endorsements endorsements, acceptances;
    cn_url more; /* the page where others are asked */
} cn_view_endorsed;

/* All of an achievement, for its own organisation: of its draft, or of the latest version where that is the same.
 */
CN_MUST_USE bool cn_web_endorsed_fill(const cn_making *m, const cn_achievement *is, cn_view_endorsed *out,
                                      cn_err *err);
/* Those that hold for a version, for everybody. */
CN_MUST_USE bool cn_web_endorsed_public(const cn_making *m, const cn_version *is, cn_view_endorsed *out,
                                        cn_err *err);

#endif
