/* SPDX-License-Identifier: Apache-2.0
 *
 * PNG (Third Edition) through libpng, from bytes nobody vouches for to pixels, and from pixels to bytes.
 *
 * libpng leaves by longjmp: what it needs stands in a struct beside it, and no local variable changes behind
 * setjmp. Its memory is the arena, so that the arena's maximum bounds it too.
 */
#include <png.h>
#include <setjmp.h>

#include "draw/inside.h"

#include "base/base.h"

enum { CHUNK_MAX = 1 << 20 };

typedef struct file {
    cn_arena *a;
    cn_err *err;
    png_structp png;
    png_infop info;
    cn_slice image; /* read: what is left of it */
    cn_buf made;    /* written */
    cn_picture picture;
    png_bytepp rows;
    bool no_memory, drawn;
} file;

static png_voidp on_memory(png_structp png, png_alloc_size_t n) {
    file *f = png_get_mem_ptr(png);
    void *p = cn_arena_alloc(f->a, n);
    if (!p) f->no_memory = true;
    return p;
}

static void on_free(png_structp png, png_voidp p) {
    (void)png;
    (void)p; /* the arena's */
}

__attribute__((noreturn)) static void on_error(png_structp png, png_const_charp message) {
    file *f = png_get_error_ptr(png);
    if (f->no_memory) (void)cn_fail_memory(f->err);
    else
        (void)cn_fail(f->err, CN_INVALID, "image.broken",
                      "The image is damaged or was not uploaded whole (%s): save it as PNG again.", message);
    png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp message) {
    (void)png;
    (void)message; /* of what we do not keep */
}

/* ---- Reading ---- */

static void on_read(png_structp png, png_bytep out, size_t n) {
    file *f = png_get_io_ptr(png);
    if (n > f->image.n) png_error(png, "it ends too early");
    memcpy(out, f->image.p, n);
    f->image = cn_slice_from(f->image, n);
}

/* What is not needed to see the picture is passed over unread: texts, times, places, profiles. */
static void pass_over(png_structp png) {
    static const png_byte names[] =
        "bKGD\0cHRM\0cICP\0eXIf\0gAMA\0hIST\0iCCP\0iTXt\0oFFs\0pCAL\0pHYs\0sBIT\0sCAL\0"
        "sPLT\0sRGB\0sTER\0tEXt\0tIME\0zTXt";
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, 0);
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, names, (int)(sizeof names / 5));
    png_set_chunk_malloc_max(png, CHUNK_MAX);
}

static bool check_size(file *f) {
    size_t width = png_get_image_width(f->png, f->info), height = png_get_image_height(f->png, f->info);
    if (width > CN_IMAGE_SIDE_MAX || height > CN_IMAGE_SIDE_MAX)
        return cn_fail(f->err, CN_LIMIT, "image.size",
                       "The image has %zu by %zu pixels; at most %d by %d are read.", width, height,
                       CN_IMAGE_SIDE_MAX, CN_IMAGE_SIDE_MAX);
    f->picture = cn_picture_new(f->a, width, height);
    f->rows = CN_NEW_ARRAY(f->a, png_bytep, height);
    if (!f->picture.pixels || !f->rows) return cn_fail_memory(f->err);
    for (size_t i = 0; i < height; i++) f->rows[i] = (png_bytep)(f->picture.pixels + i * width);
    return true;
}

/* Whatever it is, eight bits each of red, green, blue and alpha come of it. */
static void ask_for_rgba(file *f) {
    png_set_expand(f->png);
    png_set_scale_16(f->png);
    png_set_gray_to_rgb(f->png);
    png_set_add_alpha(f->png, 0xff, PNG_FILLER_AFTER);
    (void)png_set_interlace_handling(f->png);
    png_read_update_info(f->png, f->info);
}

static bool read_all(file *f) {
    if (setjmp(png_jmpbuf(f->png))) return false;
    png_set_read_fn(f->png, f, on_read);
    pass_over(f->png);
    png_read_info(f->png, f->info);
    if (!check_size(f)) return false;
    ask_for_rgba(f);
    assert(png_get_rowbytes(f->png, f->info) == f->picture.width * sizeof *f->picture.pixels);
    png_read_image(f->png, f->rows);
    png_read_end(f->png, NULL);
    return true;
}

static uint32_t times(uint32_t colour, uint32_t alpha) {
    return (colour * alpha + 127) / 255;
}

static void to_cairo(cn_picture *p) {
    for (size_t i = 0; i < p->width * p->height; i++) {
        uint8_t c[4];
        memcpy(c, &p->pixels[i], sizeof c);
        p->pixels[i] = (uint32_t)c[3] << 24 | times(c[0], c[3]) << 16 | times(c[1], c[3]) << 8 | times(c[2], c[3]);
    }
}

bool cn_png_read(cn_arena *a, cn_slice image, cn_picture *out, cn_err *err) {
    file f = {.a = a, .err = err, .image = image};
    f.png = png_create_read_struct_2(PNG_LIBPNG_VER_STRING, &f, on_error, on_warning, &f, on_memory, on_free);
    f.info = f.png ? png_create_info_struct(f.png) : NULL;
    bool ok = f.info ? read_all(&f) : cn_fail_memory(err);
    png_destroy_read_struct(&f.png, &f.info, NULL);
    if (!ok) return false;
    to_cairo(&f.picture);
    *out = f.picture;
    return true;
}

/* ---- Writing ---- */

static void on_write(png_structp png, png_bytep bytes, size_t n) {
    file *f = png_get_io_ptr(png);
    cn_buf_add(&f->made, cn_slice_bytes(bytes, n));
}

static void on_flush(png_structp png) {
    (void)png;
}

static bool opaque(const cn_picture *p) {
    for (size_t i = 0; i < p->width * p->height; i++)
        if (p->pixels[i] >> 24 != 0xff) return false;
    return true;
}

/* Back from colours multiplied by alpha. */
static uint8_t over(uint32_t colour, uint32_t alpha) {
    uint32_t v = alpha ? (colour * 255 + alpha / 2) / alpha : 0;
    return (uint8_t)(v > 255 ? 255 : v);
}

static void row_of(const cn_picture *p, size_t y, size_t channels, uint8_t *out) {
    for (size_t x = 0; x < p->width; x++, out += channels) {
        uint32_t v = p->pixels[y * p->width + x], alpha = v >> 24;
        for (size_t i = 0; i < 3; i++) out[i] = over(v >> (16 - 8 * i) & 0xff, alpha);
        if (channels == 4) out[3] = (uint8_t)alpha;
    }
}

static bool write_all(file *f, size_t channels, uint8_t *row) {
    if (setjmp(png_jmpbuf(f->png))) return false;
    png_set_write_fn(f->png, f, on_write, on_flush);
    png_set_IHDR(f->png, f->info, (png_uint_32)f->picture.width, (png_uint_32)f->picture.height, 8,
                 channels == 4 ? PNG_COLOR_TYPE_RGB_ALPHA : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    if (f->drawn) {
        /* few colours in large areas: made once, then sent to everybody who looks at an award */
        png_set_filter(f->png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
        png_set_compression_level(f->png, 9);
        png_set_compression_mem_level(f->png, 9);
    }
    png_write_info(f->png, f->info);
    for (size_t y = 0; y < f->picture.height; y++) {
        row_of(&f->picture, y, channels, row);
        png_write_row(f->png, row);
    }
    png_write_end(f->png, NULL);
    return true;
}

bool cn_png_write(cn_arena *a, const cn_picture *picture, bool drawn, cn_slice *out, cn_err *err) {
    size_t channels = opaque(picture) ? 3 : 4;
    uint8_t *row = CN_NEW_ARRAY(a, uint8_t, picture->width * channels);
    if (!row) return cn_fail_memory(err);
    file f = {.a = a, .err = err, .made = cn_buf_on(a, 0), .picture = *picture, .drawn = drawn};
    f.png = png_create_write_struct_2(PNG_LIBPNG_VER_STRING, &f, on_error, on_warning, &f, on_memory, on_free);
    f.info = f.png ? png_create_info_struct(f.png) : NULL;
    bool ok = f.info ? write_all(&f, channels, row) : cn_fail_memory(err);
    png_destroy_write_struct(&f.png, &f.info);
    if (!ok) return false;
    if (!cn_buf_ok(&f.made)) return cn_fail_memory(err);
    *out = cn_buf_slice(&f.made);
    return true;
}
