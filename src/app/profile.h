/* SPDX-License-Identifier: Apache-2.0
 *
 * What frameworks ask about the organisation that issues a micro-credential: where it is, what it is, and who
 * assures its quality. It is said by the organisation, and may all be left unsaid.
 */
#ifndef CN_APP_PROFILE_H
#define CN_APP_PROFILE_H

#include "app/app.h"
#include "app/blanks.h"

typedef enum cn_said { CN_UNSAID, CN_SAID_YES, CN_SAID_NO } cn_said;

typedef struct cn_profile {
    cn_slice country; /* ISO 3166-1, two letters: "CA" */
    cn_slice type;    /* one of cn_profile_types */
    cn_slice sector;  /* one of cn_profile_sectors */
    cn_said regulated, quality_assured, delivers;
} cn_profile;

/* The same as a form: what cn_profile_write gives is an object of these. */
extern const cn_blanks_table cn_profile_fields;

CN_MUST_USE bool cn_app_profile_get(cn_arena *a, const cn_app *app, int64_t organisation, cn_profile *out,
                                    cn_err *err);
/* INVALID "profile.country", "profile.type", "profile.sector". */
CN_MUST_USE bool cn_profile_check(const cn_profile *profile, cn_err *err);
/* The errors of cn_profile_check. */
CN_MUST_USE bool cn_app_profile_set(cn_arena *a, const cn_app *app, cn_time now, int64_t by, int64_t organisation,
                                    const cn_profile *profile, cn_err *err);
/* Of an object of cn_profile_fields. Borrows. */
cn_profile cn_profile_of(const cn_json *object);
/* As the issuer stands in a record: only what is said. */
CN_MUST_USE bool cn_profile_write(cn_arena *a, const cn_profile *profile, cn_json *to, cn_err *err);

#endif
