/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of `draw` share: pictures in memory, PNG, and a canvas that paints and writes SVG alike.
 */
#ifndef CN_DRAW_INSIDE_H
#define CN_DRAW_INSIDE_H

#include <pango/pangocairo.h>

#include "base/buf.h"
#include "draw/draw.h"

/* ---- Pictures ---- */

/* As cairo has them: a uint32_t a pixel, alpha uppermost, colours multiplied by it, rows without a gap. */
typedef struct cn_picture {
    uint32_t *pixels;
    size_t width, height;
} cn_picture;

/* On the arena. Errors as cn_draw_image_clean tells them, but for the kind and the shape. */
CN_MUST_USE bool cn_png_read(cn_arena *a, cn_slice image, cn_picture *out, cn_err *err);
/* Without alpha where every pixel is opaque; without any further chunk. `drawn`: areas of one colour, which are a
 * quarter smaller without the filters that a photograph wants. */
CN_MUST_USE bool cn_png_write(cn_arena *a, const cn_picture *picture, bool drawn, cn_slice *out, cn_err *err);

/* Transparent, on the arena. NULL pixels at its maximum. */
cn_picture cn_picture_new(cn_arena *a, size_t width, size_t height);
/* Paints on the picture: owned, freed with cairo_destroy. */
cairo_t *cn_picture_paint(const cn_picture *picture);

/* ---- A canvas ---- */

typedef struct cn_canvas {
    cairo_t *cairo; /* borrowed */
    cn_buf *svg;    /* borrowed; NULL where no SVG is made */
} cn_canvas;

/* Units of the SVG in one of the canvas: its numbers are whole. */
enum { CN_CANVAS_UNITS = 10 };

/* Fills the path that stands in `cairo` with 0xRRGGBB, and ends it. */
void cn_canvas_fill(const cn_canvas *c, uint32_t colour);

/* ---- Texts ---- */

/* Has the letters of every language spoken in Canada; then whatever else there is. */
#define CN_FONT "DejaVu Sans, sans-serif"

/* A text in a box: the largest size that fits of those between. Sizes in pixels; `lines` lines of the smallest
 * have room in the height. */
typedef struct cn_text_box {
    cn_slice text; /* valid UTF-8 without control characters */
    bool bold;
    int width, height, largest, smallest, lines;
} cn_text_box;

/* A layout that is no larger than the box, centred in its width; owned, freed with g_object_unref. */
PangoLayout *cn_text_fit(PangoContext *context, const cn_text_box *box);
/* Width and height in pixels, rounded up. */
void cn_text_size(PangoLayout *layout, int *width, int *height);

#endif
