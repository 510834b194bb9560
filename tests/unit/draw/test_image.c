/* SPDX-License-Identifier: Apache-2.0
 *
 * Uploaded images: every kind of PNG comes out as the same clean square; everything else is told what it is.
 */
#include <png.h>

#include "../check.h"
#include "draw/inside.h"

#include "base/base.h"

/* ---- PNGs as others write them ---- */

typedef struct given {
    uint32_t width, height;
    int depth, kind; /* as PNG has them */
    bool interlaced, text;
} given;

static void on_write(png_structp png, png_bytep bytes, size_t n) {
    cn_buf_add(png_get_io_ptr(png), cn_slice_bytes(bytes, n));
}

static void on_flush(png_structp png) {
    (void)png;
}

/* Left half red (or dark, or the first of the palette), right half as transparent as the kind allows. */
static void put_row(const given *g, uint8_t *row) {
    size_t channels = g->kind == PNG_COLOR_TYPE_RGB ? 3 : g->kind == PNG_COLOR_TYPE_RGB_ALPHA ? 4 : 1;
    size_t bytes = channels * (size_t)g->depth / 8, used = g->depth == 16 ? 2 : 1;
    for (size_t x = 0; x < g->width; x++)
        for (size_t c = 0; c < channels; c++) {
            bool left = x < g->width / 2, on = left && (c == 0 || c == 3);
            uint8_t v = channels == 1 ? (g->kind == PNG_COLOR_TYPE_PALETTE ? !left
                                         : left                            ? 0x40
                                                                           : 0xc0)
                        : on          ? 0xff
                                      : 0;
            for (size_t i = 0; i < used; i++) row[x * bytes + c * used + i] = v;
        }
}

static void put_head(png_structp png, png_infop info, const given *g) {
    png_set_IHDR(png, info, g->width, g->height, g->depth, g->kind,
                 g->interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    if (g->kind == PNG_COLOR_TYPE_PALETTE) {
        png_set_PLTE(png, info, (png_color[2]){{255, 0, 0}, {0, 0, 255}}, 2);
        png_set_tRNS(png, info, (png_byte[2]){255, 0}, 2, NULL);
    }
    if (g->text) {
        char key[] = "Author", value[] = "Somebody-Secret";
        png_set_text(png, info, &(png_text){.compression = PNG_TEXT_COMPRESSION_NONE, .key = key, .text = value},
                     1);
        png_set_gAMA(png, info, 0.45);
    }
    png_write_info(png, info);
}

static cn_slice make(cn_arena *a, const given *g) {
    cn_buf *b = CN_NEW(a, cn_buf);
    uint8_t *row = cn_arena_alloc(a, (size_t)g->width * 8);
    assert_non_null(b);
    assert_non_null(row);
    *b = cn_buf_on(a, 0);
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    png_set_write_fn(png, b, on_write, on_flush);
    put_head(png, info, g);
    int passes = g->interlaced ? png_set_interlace_handling(png) : 1;
    put_row(g, row);
    while (passes--)
        for (uint32_t y = 0; y < g->height; y++) png_write_row(png, row);
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    return cn_buf_slice(b);
}

/* ---- What comes out ---- */

static cn_picture clean(cn_arena *a, cn_slice image, cn_slice *out) {
    cn_err err;
    cn_picture p;
    if (!cn_draw_image_clean(a, image, out, &err)) fail_msg("%s", err.detail);
    if (!cn_png_read(a, *out, &p, &err)) fail_msg("%s", err.detail);
    assert_int_equal(p.width, p.height);
    return p;
}

static uint32_t at(const cn_picture *p, size_t x, size_t y) {
    return p->pixels[y * p->width + x];
}

static void test_kinds_of_png(void **state) {
    (void)state;
    const struct {
        given given;
        uint32_t left, right; /* ARGB */
    } cases[] = {
        {{.depth = 8, .kind = PNG_COLOR_TYPE_RGB_ALPHA}, 0xffff0000, 0},
        {{.depth = 16, .kind = PNG_COLOR_TYPE_RGB_ALPHA}, 0xffff0000, 0},
        {{.depth = 8, .kind = PNG_COLOR_TYPE_RGB}, 0xffff0000, 0xff000000},
        {{.depth = 8, .kind = PNG_COLOR_TYPE_GRAY}, 0xff404040, 0xffc0c0c0},
        {{.depth = 16, .kind = PNG_COLOR_TYPE_GRAY}, 0xff404040, 0xffc0c0c0},
        {{.depth = 8, .kind = PNG_COLOR_TYPE_PALETTE}, 0xffff0000, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        for (int way = 0; way < 2; way++) {
            cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
            given g = cases[i].given;
            cn_slice out;
            g.width = g.height = 100;
            g.interlaced = way;
            g.text = true;
            cn_picture p = clean(a, make(a, &g), &out);
            assert_int_equal(p.width, 100);
            assert_int_equal(at(&p, 10, 50), cases[i].left);
            assert_int_equal(at(&p, 90, 50), cases[i].right);
        }
}

/* Nothing of the file but its pixels: three kinds of chunks, none of them a text. */
static void test_nothing_kept(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_slice given_png =
        make(a, &(given){.width = 80, .height = 80, .depth = 8, .kind = PNG_COLOR_TYPE_RGB, .text = true});
    cn_slice out;
    assert_true(cn_slice_find(given_png, CN_S("Secret")) != SIZE_MAX);
    assert_true(cn_slice_find(given_png, CN_S("gAMA")) != SIZE_MAX);
    (void)clean(a, given_png, &out);
    size_t at_byte = 8;
    while (at_byte < out.n) {
        const uint8_t *b = (const uint8_t *)out.p + at_byte;
        size_t length = (size_t)b[0] << 24 | (size_t)b[1] << 16 | (size_t)b[2] << 8 | b[3];
        cn_slice name = cn_slice_sub(out, at_byte + 4, at_byte + 8);
        assert_true(cn_slice_eq(name, CN_S("IHDR")) || cn_slice_eq(name, CN_S("IDAT")) ||
                    cn_slice_eq(name, CN_S("IEND")));
        at_byte += length + 12;
    }
    assert_int_equal(at_byte, out.n);
}

static void test_square(void **state) {
    (void)state;
    const struct {
        uint32_t width, height, side;
    } cases[] = {{64, 64, 64},    {300, 100, 300},   {100, 200, 200},
                 {800, 800, 800}, {1600, 1600, 800}, {3000, 1500, 800}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_slice out;
        cn_picture p = clean(a,
                             make(a, &(given){.width = cases[i].width,
                                              .height = cases[i].height,
                                              .depth = 8,
                                              .kind = PNG_COLOR_TYPE_RGB}),
                             &out);
        size_t side = cases[i].side;
        assert_int_equal(p.width, side);
        assert_int_equal(at(&p, side / 4 + side / 8, side / 2), 0xffff0000);
        assert_int_equal(at(&p, side - side / 4 - side / 8, side / 2), 0xff000000);
        if (cases[i].width > cases[i].height) assert_int_equal(at(&p, side / 2, 1), 0);
        if (cases[i].width < cases[i].height) assert_int_equal(at(&p, 1, side / 2), 0);
    }
}

/* ---- What is refused ---- */

static void refuse(cn_slice image, cn_code code, const char *id) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_slice out;
    cn_err err;
    assert_false(cn_draw_image_clean(a, image, &out, &err));
    check_err(err, code, id);
}

static void test_other_kinds(void **state) {
    (void)state;
    const struct {
        cn_slice image, name;
    } cases[] = {
        {CN_S("\xff\xd8\xff\xe0\0\x10JFIF"), CN_S("JPEG")},
        {CN_S("GIF89a"), CN_S("GIF")},
        {CN_S("RIFF\x10\0\0\0WEBPVP8 "), CN_S("WebP")},
        {CN_S("\0\0\0\x1c"
              "ftypheic"),
         CN_S("HEIC")},
        {CN_S("\0\0\0\x1c"
              "ftypavif"),
         CN_S("AVIF")},
        {CN_S("II*\0abcd"), CN_S("TIFF")},
        {CN_S("%PDF-1.7"), CN_S("PDF")},
        {CN_S("BM1234"), CN_S("BMP")},
        {CN_S("<svg xmlns='http://www.w3.org/2000/svg'/>"), CN_S("SVG")},
        {CN_S("\xef\xbb\xbf<?xml version='1.0'?>\n<!-- a --><svg/>"), CN_S("SVG")},
        {CN_S("<html>"), CN_S("")},
        {CN_S("hello"), CN_S("")},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_true(cn_slice_eq(cn_image_kind(cases[i].image), cases[i].name));
        refuse(cases[i].image, CN_UNSUPPORTED, "image.kind");
    }
    refuse(CN_S(""), CN_INVALID, "image.empty");
}

static void test_limits(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    const int gray = PNG_COLOR_TYPE_GRAY;
    refuse(make(a, &(given){.width = 3001, .height = 1500, .depth = 8, .kind = gray}), CN_LIMIT, "image.size");
    refuse(make(a, &(given){.width = 1500, .height = 3001, .depth = 8, .kind = gray}), CN_LIMIT, "image.size");
    refuse(make(a, &(given){.width = 63, .height = 100, .depth = 8, .kind = gray}), CN_INVALID, "image.small");
    refuse(make(a, &(given){.width = 301, .height = 100, .depth = 8, .kind = gray}), CN_INVALID, "image.shape");
    char *big = cn_arena_alloc(a, CN_IMAGE_BYTES_MAX + 1);
    assert_non_null(big);
    memcpy(big, "\x89PNG\r\n\x1a\n", 8);
    refuse(cn_slice_bytes(big, CN_IMAGE_BYTES_MAX + 1), CN_LIMIT, "image.bytes");
}

/* Broken off at every byte, and every byte of the beginning changed: an error or an image, and no harm. */
static void test_broken(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_slice good = make(a, &(given){.width = 70, .height = 70, .depth = 8, .kind = PNG_COLOR_TYPE_PALETTE}), copy;
    for (size_t n = 8; n < good.n; n++) refuse(cn_slice_sub(good, 0, n), CN_INVALID, "image.broken");
    if (!cn_arena_copy(a, good, &copy)) fail();
    char *p = (char *)(uintptr_t)copy.p;
    for (size_t i = 8; i < good.n - 12; i++) { /* each is under a check sum */
        p[i] = (char)(p[i] ^ 0x55);
        cn_arena *scratch CN_ARENA_AUTO = cn_arena_new(0);
        cn_slice out;
        cn_err err;
        if (!cn_draw_image_clean(scratch, copy, &out, &err))
            assert_non_null(strstr("image.broken image.size", err.id));
        p[i] = good.p[i];
    }
    refuse(CN_S("\x89PNG\r\n\x1a\n"), CN_INVALID, "image.broken");
}

/* 3,000 by 3,000 pixels of nothing: 9 kB of file, read within what the arena allows, or not at all. */
static void test_memory(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_slice image = make(a, &(given){.width = 3000, .height = 3000, .depth = 8, .kind = PNG_COLOR_TYPE_GRAY}),
             out;
    cn_arena *small CN_ARENA_AUTO = cn_arena_new(8 << 20);
    cn_err err;
    assert_false(cn_draw_image_clean(small, image, &out, &err));
    check_err(err, CN_LIMIT, "memory.limit");
    cn_arena *enough CN_ARENA_AUTO = cn_arena_new(48 << 20);
    assert_true(cn_draw_image_clean(enough, image, &out, &err));
    cn_slice little = make(a, &(given){.width = 64, .height = 64, .depth = 8, .kind = PNG_COLOR_TYPE_GRAY});
    bool done = false;
    for (size_t i = 1; !done; i++) {
        cn_arena *failing CN_ARENA_AUTO = cn_arena_new(0);
        assert_true(i < 200);
        cn_arena_fail_after(failing, i);
        done = cn_draw_image_clean(failing, little, &out, &err);
        if (!done) check_err(err, CN_LIMIT, "memory.limit");
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kinds_of_png), cmocka_unit_test(test_nothing_kept), cmocka_unit_test(test_square),
        cmocka_unit_test(test_other_kinds),  cmocka_unit_test(test_limits),       cmocka_unit_test(test_broken),
        cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
