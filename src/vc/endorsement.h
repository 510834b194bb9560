/* SPDX-License-Identifier: Apache-2.0
 *
 * What an endorsement states one by one (docs/decisions/0015-endorsements.md): this competency is in demand, this
 * assessment reflects the job; or, of an employer, for what it accepts an achievement.
 *
 * Open Badges has one free text for it, "endorsementComment". The claims stand beside it, under terms of a context
 * that is written out in the credential and is always this one, as with texts in a second language
 * (vc/languages.h). They are read only where the credential has exactly this context, whose terms are protected.
 */
#ifndef CN_VC_ENDORSEMENT_H
#define CN_VC_ENDORSEMENT_H

#include "json/json.h"

/* The context as JSON. It never changes: what was signed with it has to be read for good. */
#define CN_ENDORSEMENT_CONTEXT                                                                                    \
    "{\"@protected\":true,"                                                                                       \
    "\"confirms\":{\"@id\":\"https://schema.org/positiveNotes\"},"                                                \
    "\"claim\":{\"@id\":\"https://schema.org/reviewAspect\"},"                                                    \
    "\"part\":{\"@id\":\"https://schema.org/about\",\"@type\":\"@id\"},"                                          \
    "\"occupation\":{\"@id\":\"https://schema.org/occupationalCategory\"},"                                       \
    "\"scope\":{\"@id\":\"http://purl.org/dc/terms/coverage\"},"                                                  \
    "\"scopeIn\":{\"@id\":\"http://www.w3.org/2004/02/skos/core#scopeNote\",\"@container\":\"@language\"},"       \
    "\"endorsementCommentIn\":{\"@id\":\"https://schema.org/reviewBody\",\"@container\":\"@language\"}}"

/* The context as a value on the arena; NULL at its maximum. */
const cn_json *cn_endorsement_context(cn_arena *a);

/* One claim; borrowed from the credential. */
typedef struct cn_endorsed {
    cn_slice claim;      /* "in_demand", "assessment_reflects_job", "accepted_for_hiring" … */
    cn_slice part;       /* URL of what it is about; may be empty */
    cn_slice occupation; /* a code, "NOC 12200"; may be empty */
    const cn_json *name; /* of the part: as cn_languages_joined leaves it; may be NULL */
} cn_endorsed;

typedef struct cn_endorsements_read {
    cn_endorsed *v;
    size_t n;
    cn_slice scope, comment; /* in the language asked for, or in the first */
} cn_endorsements_read;

enum { CN_ENDORSED_MAX = 64 }; /* claims of one credential that are read */

/* What a credential confirms: `credential` as a report has it. Nothing where it has not our context; the comment
 * is read of any. On the arena, borrowed. LIMIT at its maximum. */
CN_MUST_USE bool cn_endorsement_read(cn_arena *a, const cn_json *credential, cn_slice language,
                                     cn_endorsements_read *out, cn_err *err);

#endif
