/* SPDX-License-Identifier: Apache-2.0
 *
 * Kinds of credentials and how large they are, where somebody has said so (data/kinds.json): so that a
 * micro-credential can be seen beside a certificate, a diploma, a degree.
 */
#ifndef CN_APP_KINDS_H
#define CN_APP_KINDS_H

#include "app/app.h"

/* From the least to the most; an end that is open, or a band that nobody has given, is NULL. */
typedef struct cn_band {
    const cn_json *least, *most;
} cn_band;

typedef struct cn_kind {
    cn_slice id; /* those that a design's `credential_type` may be, and others */
    cn_bilingual title;
    cn_band hours, weeks, credits;
    cn_slice credits_system;
    cn_bilingual source;
    cn_slice confidence; /* as of rules: "V", "S", "R" */
} cn_kind;

typedef struct cn_kinds {
    cn_kind *v; /* from the smallest */
    size_t n;
} cn_kinds;

CN_MUST_USE bool cn_kinds_all(cn_arena *a, cn_kinds *out, cn_err *err);
/* Is there such a band, and does the number lie in it, both ends included? */
bool cn_band_holds(const cn_band *band, const cn_json *number);

#endif
