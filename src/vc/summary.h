/* SPDX-License-Identifier: Apache-2.0
 *
 * What a credential says, for people: who, what, by whom, when, on which grounds.
 * Read from the JSON by the terms of Verifiable Credentials, Open Badges 2.0 and 3.0 and CLR 2.0;
 * what is missing stays empty. Nothing here is checked: that is what cn_verify is for.
 */
#ifndef CN_VC_SUMMARY_H
#define CN_VC_SUMMARY_H

#include "json/json.h"

/* A thing that is named and can be looked up: an alignment, a piece of evidence, an endorsement, a
 * result, a credential inside a CLR. Which fields are filled follows from the kind. */
typedef struct cn_summary_item {
    cn_slice name;
    cn_slice text;  /* description, narrative, or the value of a result */
    cn_slice url;   /* http or https only */
    cn_slice group; /* alignment: the framework; endorsement, contained credential: the issuer; subject: its
                       achievement */
    cn_slice code;  /* alignment: targetCode; result: its status or level */
} cn_summary_item;

typedef struct cn_summary_list {
    cn_summary_item *v;
    size_t n, cap;
} cn_summary_list;

typedef struct cn_summary {
    cn_slice id, type; /* type: the most telling of the types, "OpenBadgeCredential" */
    cn_slice language; /* inLanguage, or empty */
    cn_slice name, description;
    cn_slice issuer_id, issuer_name, issuer_url;
    size_t subjects_n;
    cn_slice subject_id, subject_name; /* where there is one subject, and so what is said of its achievement */
    cn_slice valid_from, valid_until;  /* as written: 1.1 issuanceDate, expirationDate too */
    cn_slice achievement_id, achievement_name, achievement_type, achievement_description;
    cn_slice criteria, criteria_url; /* criteria: Markdown */
    cn_slice image;                  /* a URL or data: URL, as written */
    cn_summary_list subjects; /* where there are several, all of them: nobody signs which of them comes first */
    cn_summary_list results, outcomes, alignments, evidence, endorsements, credentials;
} cn_summary;

/* language: "en", "fr": which text to take where there are several; empty takes the first. Borrows from the
 * credential; lists are on the arena. LIMIT at its maximum. */
CN_MUST_USE bool cn_summary_read(cn_arena *a, const cn_json *credential, cn_slice language, cn_summary *out,
                                 cn_err *err);

/* A string's text, or a value object's (data model 2.0, section 11.1); empty for anything else. Borrows. */
cn_slice cn_text_value(const cn_json *v);

#endif
