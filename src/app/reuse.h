/* SPDX-License-Identifier: Apache-2.0
 *
 * A published achievement used as a start: a new draft made from it, or competencies of it taken into a draft, by
 * whoever designs for any organisation. Where they come from stays with them (app/source.h), and the other's page
 * tells of what was made.
 *
 * One's own is copied whole. Of another institution's nothing is taken that is true of it alone: contact, brand,
 * quality assurance, partners (the fields marked `own`), nor its image, offerings, approvals, endorsements and
 * awards.
 *
 * What was retired, or whose approval was withdrawn, is NOT_FOUND "store.none" for others.
 */
#ifndef CN_APP_REUSE_H
#define CN_APP_REUSE_H

#include "app/design.h"
#include "app/licence.h"
#include "app/source.h"

/* A version, where the organisation (0: whichever) may use it. 0 is the latest. NOT_FOUND "store.none",
 * "reuse.withdrawn". */
CN_MUST_USE bool cn_app_reuse_find(cn_arena *a, const cn_app *app, cn_time now, int64_t organisation, cn_slice id,
                                   int version, cn_version *out, cn_err *err);
/* Under which licence a version is given; what it allows. */
cn_licence cn_reuse_licence(cn_arena *a, const cn_version *version);

typedef struct cn_reuse {
    int64_t organisation, by; /* who takes; 0: the operator */
    const cn_version *from;
    cn_source_part part; /* CN_SOURCE_WHOLE, CN_SOURCE_OUTCOMES */
    bool sure;           /* they may, they say, though no licence that is known here says so */
} cn_reuse;

/* Both, of another's: DENIED "reuse.closed": its licence forbids it; INVALID "reuse.unsure": its licence is
 * unknown and they do not say that they may. CONFLICT "reuse.origin": this server does not know its own address.
 */

/* A new draft. What comes under a licence that has to be kept comes under it. */
CN_MUST_USE bool cn_app_reuse_begin(cn_arena *a, const cn_app *app, cn_time now, const cn_reuse *how, cn_slice *id,
                                    cn_err *err);

/* Competencies into a draft that is there. Those that it has stay as they are. INVALID "design.wrong": they are
 * too many; CONFLICT "achievement.changed". */
typedef struct cn_reuse_take {
    cn_slice id;          /* of the draft */
    cn_slice seen;        /* of cn_achievement */
    const size_t *places; /* of the version's competencies, from 0; what is none is left out */
    size_t n;
} cn_reuse_take;
CN_MUST_USE bool cn_app_reuse_take(cn_arena *a, const cn_app *app, cn_time now, const cn_reuse *how,
                                   const cn_reuse_take *what, cn_err *err);

/* What was made from an achievement and is published, the latest first. */
CN_MUST_USE bool cn_app_reused(cn_arena *a, const cn_app *app, cn_slice id, cn_versions *out, cn_err *err);

#endif
