/* SPDX-License-Identifier: Apache-2.0
 *
 * Baked badges: credentials inside images (Open Badges 3.0, section 5.3).
 *
 * The payload is the text of a credential: JSON, or a compact JWS. Images are untrusted:
 * no pixel is decompressed, no DTD is read, no entity expanded, nothing is fetched. An
 * image has at most CN_IMAGE_MAX bytes.
 *
 * Errors name what is wrong by the word that reports use: "not-an-image", "truncated-image",
 * "image-too-large" (LIMIT), "no-credential-in-image" (NOT_FOUND), "open-badges-2" (UNSUPPORTED: an older
 * badge that cannot be taken out; one that can is answered like a credential, where there is no credential);
 * "png-crc", "png-two-credentials", "png-compressed-text", "png-malformed-text",
 * "png-too-many-chunks" (LIMIT); "svg-syntax", "svg-dtd", "svg-entity", "svg-encoding",
 * "svg-two-credentials", "svg-too-complex" and "too-deep" (LIMIT). Their place is a byte, or a line and a column.
 */
#ifndef CN_VC_BAKE_H
#define CN_VC_BAKE_H

#include "base/base.h"

#define CN_IMAGE_MAX ((size_t)16 << 20)

/* By the first bytes alone. SVG: anything that may be XML. Other pictures: JPEG, GIF, WebP, which hold no badge.
 */
bool cn_is_png(cn_slice bytes);
bool cn_is_svg(cn_slice bytes);
bool cn_is_other_picture(cn_slice bytes);

/* The credential in an image of either kind: *format is "png" or "svg" (static), *payload on the arena or borrowed
 * from the bytes. */
CN_MUST_USE bool cn_unbake(cn_arena *a, cn_slice bytes, cn_slice *format, cn_slice *payload, cn_err *err);
CN_MUST_USE bool cn_unbake_png(cn_arena *a, cn_slice image, cn_slice *payload, cn_err *err);
CN_MUST_USE bool cn_unbake_svg(cn_arena *a, cn_slice image, cn_slice *payload, cn_err *err);

/* The image with the payload in it, all its other bytes as they were; on the arena. White space around the
 * payload goes; in SVG its line ends become LF, as XML reads them. INVALID "bake-payload" where it is neither a
 * JSON object nor a compact JWS, or cannot stand in such an image; CONFLICT "baked-already". */
CN_MUST_USE bool cn_bake(cn_arena *a, cn_slice image, cn_slice payload, cn_slice *out, cn_err *err);
CN_MUST_USE bool cn_bake_png(cn_arena *a, cn_slice image, cn_slice payload, cn_slice *out, cn_err *err);
CN_MUST_USE bool cn_bake_svg(cn_arena *a, cn_slice image, cn_slice payload, cn_slice *out, cn_err *err);

/* ---- Between the files of baking ---- */

/* The payload without the white space around it, once it is sure that it can be baked. */
CN_MUST_USE bool cn_bake_payload(cn_slice given, cn_slice *payload, cn_err *err);
CN_MUST_USE bool cn_image_size_ok(cn_slice image, cn_err *err);
/* The answers both kinds of image share; always false. */
bool cn_no_credential(cn_err *err);
bool cn_open_badges_2(cn_slice where, cn_err *err);
bool cn_baked_already(cn_err *err);

#endif
