/* SPDX-License-Identifier: Apache-2.0
 *
 * What the store keeps about achievements: the draft of each, and its published versions, which never change. What
 * the JSON of either says is the business of app/achievements.h.
 *
 * Errors beside those of store.h: NOT_FOUND "store.none" where what is asked for is not there, or is another
 * organisation's. What is read is on the arena.
 */
#ifndef CN_STORE_ACHIEVEMENTS_H
#define CN_STORE_ACHIEVEMENTS_H

#include "store/people.h"

typedef struct cn_stored_achievement {
    int64_t number;
    cn_slice id; /* used in addresses */
    int64_t organisation;
    cn_slice draft;                               /* JSON */
    bool image;                                   /* one was uploaded; otherwise it is drawn */
    int version;                                  /* the latest that was published; 0: none yet */
    bool changed;                                 /* the draft is not what was published last */
    cn_time created_at, updated_at, published_at; /* published_at: of the latest version */
} cn_stored_achievement;

typedef struct cn_stored_version {
    int64_t number, achievement;
    cn_slice achievement_id;
    int64_t organisation;
    int version;       /* 1, 2, … */
    int latest;        /* the achievement's latest */
    cn_slice document; /* JSON: the draft as it was published */
    bool drawn;        /* the image was drawn: there is an SVG of it too */
    cn_time published_at;
} cn_stored_version;

/* What of a draft was taken from another achievement: a row that tells the other of it. */
typedef struct cn_stored_reuse {
    cn_slice source; /* the other's id */
    int version;     /* which of its versions */
    cn_slice part;   /* a word of app/source.h */
} cn_stored_reuse;

/* ---- Drafts ---- */

/* A new one: id, organisation and draft of `what`. `why` has organisation, person and action; its subject is the
 * achievement, here and below. */
CN_MUST_USE bool cn_store_achievement_put(cn_store *s, const cn_stored_achievement *what, cn_time now,
                                          const cn_audit *why, cn_err *err);
/* The same, made from another. */
CN_MUST_USE bool cn_store_achievement_reuse(cn_store *s, const cn_stored_achievement *what,
                                            const cn_stored_reuse *reuse, cn_time now, const cn_audit *why,
                                            cn_err *err);
CN_MUST_USE bool cn_store_achievement(cn_arena *a, cn_store *s, int64_t organisation, cn_slice id,
                                      cn_stored_achievement *out, cn_err *err);
/* In the order of their making. */
CN_MUST_USE bool cn_store_achievements_of(cn_arena *a, cn_store *s, int64_t organisation,
                                          cn_stored_achievement **out, size_t *n, cn_err *err);
/* The image that was uploaded; empty where none was. */
CN_MUST_USE bool cn_store_achievement_image(cn_arena *a, cn_store *s, int64_t organisation, cn_slice id,
                                            cn_slice *png, cn_err *err);

typedef struct cn_draft_change {
    int64_t organisation;
    cn_slice id;
    cn_slice seen;  /* the draft as it was when the change was begun; nothing to do with it now: CONFLICT
                       "achievement.changed" */
    cn_slice draft; /* as it shall be */
    enum { CN_IMAGE_KEEP, CN_IMAGE_SET, CN_IMAGE_DRAW } image;
    cn_slice png;                 /* of CN_IMAGE_SET */
    const cn_stored_reuse *reuse; /* what was taken into it; NULL: nothing */
} cn_draft_change;

CN_MUST_USE bool cn_store_achievement_set(cn_store *s, const cn_draft_change *what, cn_time now,
                                          const cn_audit *why, cn_err *err);
/* The same for a draft that is made of a version, whose image becomes its own: `image`, `png` and `reuse` say
 * nothing. */
CN_MUST_USE bool cn_store_achievement_restore(cn_store *s, const cn_draft_change *what, int version, cn_time now,
                                              const cn_audit *why, cn_err *err);

/* ---- Versions ---- */

typedef struct cn_publication {
    int64_t organisation;
    cn_slice id;
    cn_slice draft; /* what is published; CONFLICT "achievement.changed" where the draft is another by now */
    /* Drawn: one of each for each language. Uploaded: png_en alone. */
    cn_slice png_en, svg_en, png_fr, svg_fr;
} cn_publication;

/* Publishes the draft as the next version. */
CN_MUST_USE bool cn_store_version_put(cn_store *s, const cn_publication *what, cn_time now, const cn_audit *why,
                                      int *version, cn_err *err);
CN_MUST_USE bool cn_store_version(cn_arena *a, cn_store *s, int64_t number, cn_stored_version *out, cn_err *err);
/* By the achievement's id; version 0 is the latest. */
CN_MUST_USE bool cn_store_version_of(cn_arena *a, cn_store *s, cn_slice id, int version, cn_stored_version *out,
                                     cn_err *err);
/* The latest of each achievement of an organisation, in the order of their making. */
CN_MUST_USE bool cn_store_versions_of(cn_arena *a, cn_store *s, int64_t organisation, cn_stored_version **out,
                                      size_t *n, cn_err *err);
/* All of one achievement, the latest first. */
CN_MUST_USE bool cn_store_versions_all(cn_arena *a, cn_store *s, cn_slice id, cn_stored_version **out, size_t *n,
                                       cn_err *err);
/* What was made from an achievement, as it is published now, the latest first: whatever says so itself and is not
 * retired. */
CN_MUST_USE bool cn_store_reused(cn_arena *a, cn_store *s, cn_slice id, cn_stored_version **out, size_t *n,
                                 cn_err *err);
/* PNG and, of a drawn one, SVG (otherwise empty), with the names in one language. */
CN_MUST_USE bool cn_store_version_image(cn_arena *a, cn_store *s, int64_t number, bool french, cn_slice *png,
                                        cn_slice *svg, cn_err *err);

#endif
