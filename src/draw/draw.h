/* SPDX-License-Identifier: Apache-2.0
 *
 * The door of the room `draw`: badge images, drawn from a name or made fit from what somebody uploads. It alone
 * sees cairo, Pango and libpng.
 *
 * No files, no clock, no randomness of its own. What Pango reads by itself are the fonts of the system, once, when
 * a cn_draw is born: with the same fonts the same input gives the same bytes. What must not change (the image of
 * a published achievement) is kept as bytes, not drawn again.
 */
#ifndef CN_DRAW_DRAW_H
#define CN_DRAW_DRAW_H

#include "base/arena.h"
#include "base/err.h"

/* The fonts. Threads may share it; inside they take turns. */
typedef struct cn_draw cn_draw;

/* Owned by the caller. UNAVAILABLE "draw.font" where the system has no font at all. */
CN_MUST_USE bool cn_draw_new(cn_draw **out, cn_err *err);
void cn_draw_free(cn_draw *d);
void cn_draw_free_auto(cn_draw **d);
#define CN_DRAW_AUTO __attribute__((cleanup(cn_draw_free_auto)))

/* ---- A drawn badge: a stack of stones over the name and the organisation ---- */

enum { CN_BADGE_SIDE = 640, CN_BADGE_TEXT_MAX = 2000 };

typedef struct cn_badge {
    cn_slice name;         /* of the achievement */
    cn_slice organisation; /* may be empty */
    cn_slice seed;         /* any bytes: chooses colours and stones; an achievement keeps its own */
} cn_badge;

/* CN_BADGE_PNG: a square of CN_BADGE_SIDE pixels with round corners. CN_BADGE_SVG: the same picture, without
 * scripts and references; its texts are drawn as outlines, so that it looks the same where other fonts are
 * installed, and they stand once more in <title> and <desc> for those who hear it. */
typedef enum cn_badge_form { CN_BADGE_PNG, CN_BADGE_SVG } cn_badge_form;

/* On the arena. A long name wraps, then shrinks; what even then has no room ends in "…". Control characters are
 * spaces. INVALID "draw.text" where a text is not UTF-8 or the name is empty, LIMIT "draw.text" above
 * CN_BADGE_TEXT_MAX bytes. */
CN_MUST_USE bool cn_draw_badge(cn_arena *a, cn_draw *d, const cn_badge *badge, cn_badge_form form, cn_slice *out,
                               cn_err *err);

/* ---- An uploaded image ---- */

enum {
    CN_IMAGE_BYTES_MAX = 4 << 20, /* of the file that comes in */
    CN_IMAGE_SIDE_MAX = 3000,     /* pixels */
    CN_IMAGE_SIDE_MIN = 64,
    CN_IMAGE_RATIO_MAX = 3,        /* longer side to shorter */
    CN_IMAGE_CLEAN_SIDE_MAX = 800, /* of the image that goes out */
};

/* Decodes an uploaded PNG (untrusted bytes) and writes it anew, on the arena: a square of at most
 * CN_IMAGE_CLEAN_SIDE_MAX pixels, scaled down where it is larger, in the middle of transparent ground where it is
 * no square. Nothing else of the file is kept: no text, no place, no colour profile, no second picture.
 *
 * UNSUPPORTED "image.kind": no PNG; cn_image_kind says what it is. LIMIT "image.bytes", "image.size": above the
 * limits. INVALID "image.empty", "image.small", "image.shape" (too long and thin), "image.broken". */
CN_MUST_USE bool cn_draw_image_clean(cn_arena *a, cn_slice image, cn_slice *out, cn_err *err);

/* What the first bytes are those of, "JPEG", "PNG", "SVG": a name that is the same in every language. Empty when
 * it is nothing we know. Static. */
cn_slice cn_image_kind(cn_slice image);

#endif
