/* SPDX-License-Identifier: Apache-2.0
 *
 * Pictures in memory, and an uploaded one made fit: its kind, its shape, its size.
 */
#include "draw/inside.h"

#include "base/base.h"

cn_picture cn_picture_new(cn_arena *a, size_t width, size_t height) {
    assert(width && height && width <= CN_IMAGE_SIDE_MAX && height <= CN_IMAGE_SIDE_MAX);
    return (cn_picture){CN_NEW_ARRAY(a, uint32_t, width * height), width, height};
}

static cairo_surface_t *surface_of(const cn_picture *p) {
    return cairo_image_surface_create_for_data((unsigned char *)p->pixels, CAIRO_FORMAT_ARGB32, (int)p->width,
                                               (int)p->height, (int)(p->width * sizeof *p->pixels));
}

cairo_t *cn_picture_paint(const cn_picture *picture) {
    cairo_surface_t *surface = surface_of(picture);
    cairo_t *c = cairo_create(surface);
    cairo_surface_destroy(surface);
    return c;
}

/* ---- Kinds, by their first bytes ---- */

typedef struct kind {
    cn_slice name, first;
    size_t at; /* where `first` stands */
} kind;

static const kind kinds[] = {
    {CN_S_INIT("PNG"), CN_S_INIT("\x89PNG\r\n\x1a\n"), 0},
    {CN_S_INIT("JPEG"), CN_S_INIT("\xff\xd8\xff"), 0},
    {CN_S_INIT("GIF"), CN_S_INIT("GIF8"), 0},
    {CN_S_INIT("WebP"), CN_S_INIT("WEBP"), 8},
    {CN_S_INIT("AVIF"), CN_S_INIT("ftypavif"), 4},
    {CN_S_INIT("HEIC"), CN_S_INIT("ftyphe"), 4},
    {CN_S_INIT("HEIC"), CN_S_INIT("ftypmif1"), 4},
    {CN_S_INIT("TIFF"), CN_S_INIT("II*\0"), 0},
    {CN_S_INIT("TIFF"), CN_S_INIT("MM\0*"), 0},
    {CN_S_INIT("JPEG XL"), CN_S_INIT("\xff\x0a"), 0},
    {CN_S_INIT("PDF"), CN_S_INIT("%PDF-"), 0},
    {CN_S_INIT("BMP"), CN_S_INIT("BM"), 0},
    {CN_S_INIT("ZIP"), CN_S_INIT("PK\x03\x04"), 0},
};

/* A text is an SVG where <svg stands near its beginning. */
static bool is_svg(cn_slice image) {
    cn_slice text = cn_slice_trim(image);
    if (cn_slice_starts(text, CN_S("\xef\xbb\xbf"))) text = cn_slice_from(text, 3);
    return cn_slice_starts(text, CN_S("<")) &&
           cn_slice_find(cn_slice_sub(text, 0, 4096), CN_S("<svg")) != SIZE_MAX;
}

cn_slice cn_image_kind(cn_slice image) {
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (cn_slice_starts(cn_slice_from(image, kinds[i].at), kinds[i].first)) return kinds[i].name;
    return is_svg(image) ? CN_S("SVG") : (cn_slice){0};
}

static bool check_kind(cn_slice image, cn_err *err) {
    cn_slice name = cn_image_kind(image);
    if (!image.n) return cn_fail(err, CN_INVALID, "image.empty", "The image is empty.");
    if (cn_slice_eq(name, CN_S("PNG"))) return true;
    if (!name.n)
        return cn_fail(err, CN_UNSUPPORTED, "image.kind", "This is no image of a kind we know: save it as PNG.");
    return cn_fail(err, CN_UNSUPPORTED, "image.kind", "This is a file of the kind %.*s: save the image as PNG.",
                   CN_ARG(name));
}

/* ---- Made fit ---- */

static size_t larger(size_t a, size_t b) {
    return a > b ? a : b;
}

static bool check_shape(const cn_picture *p, cn_err *err) {
    size_t longer = larger(p->width, p->height), shorter = p->width + p->height - longer;
    if (shorter < CN_IMAGE_SIDE_MIN)
        return cn_fail(err, CN_INVALID, "image.small",
                       "The image has %zu by %zu pixels; at least %d by %d are needed.", p->width, p->height,
                       CN_IMAGE_SIDE_MIN, CN_IMAGE_SIDE_MIN);
    if (longer > shorter * CN_IMAGE_RATIO_MAX)
        return cn_fail(err, CN_INVALID, "image.shape",
                       "The image has %zu by %zu pixels, which is too long and thin: a badge is about a square.",
                       p->width, p->height);
    return true;
}

/* Scaled down where it must be, in the middle of a square. */
static bool fit(cn_arena *a, const cn_picture *from, cn_picture *out, cn_err *err) {
    size_t longer = larger(from->width, from->height);
    size_t side = longer < CN_IMAGE_CLEAN_SIDE_MAX ? longer : CN_IMAGE_CLEAN_SIDE_MAX;
    double scale = (double)side / (double)longer;
    *out = cn_picture_new(a, side, side);
    if (!out->pixels) return cn_fail_memory(err);
    cairo_surface_t *source = surface_of(from);
    cairo_t *c = cn_picture_paint(out);
    cairo_translate(c, (double)(longer - from->width) * scale / 2, (double)(longer - from->height) * scale / 2);
    cairo_scale(c, scale, scale);
    cairo_set_source_surface(c, source, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(c), CAIRO_FILTER_GOOD);
    cairo_paint(c);
    cairo_surface_flush(cairo_get_target(c));
    bool ok = cairo_status(c) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(c);
    cairo_surface_destroy(source);
    return ok || cn_fail(err, CN_INTERNAL, "draw.cairo", "The image could not be scaled.");
}

bool cn_draw_image_clean(cn_arena *a, cn_slice image, cn_slice *out, cn_err *err) {
    cn_picture given, made;
    if (!check_kind(image, err)) return false;
    if (image.n > CN_IMAGE_BYTES_MAX)
        return cn_fail(err, CN_LIMIT, "image.bytes", "The image has %zu bytes; at most %d are read.", image.n,
                       CN_IMAGE_BYTES_MAX);
    return cn_png_read(a, image, &given, err) && check_shape(&given, err) && fit(a, &given, &made, err) &&
           cn_png_write(a, &made, false, out, err);
}
