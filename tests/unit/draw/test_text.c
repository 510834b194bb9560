/* SPDX-License-Identifier: Apache-2.0
 *
 * Texts in boxes: as large as they can be, never larger than the box.
 */
#include "../check.h"
#include "draw/inside.h"

enum { WIDTH = 544, HEIGHT = 200 };

static PangoContext *start(void) {
    PangoFontMap *fonts = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    PangoContext *context = pango_font_map_create_context(fonts);
    g_object_unref(fonts);
    return context;
}

static PangoLayout *fit(PangoContext *c, cn_slice text, int lines) {
    return cn_text_fit(c, &(cn_text_box){.text = text,
                                         .bold = true,
                                         .width = WIDTH,
                                         .height = HEIGHT,
                                         .largest = 60,
                                         .smallest = 24,
                                         .lines = lines});
}

static int size_of(PangoLayout *layout) {
    return pango_font_description_get_size(pango_layout_get_font_description(layout)) / PANGO_SCALE;
}

static void test_sizes(void **state) {
    (void)state;
    PangoContext *c = start();
    const struct {
        cn_slice text;
        bool largest, whole;
        int lines; /* 0: any */
    } cases[] = {
        {CN_S("Java"), true, true, 1},
        {CN_S("Tenue de livres"), true, true, 1},
        {CN_S("Computer Support Service Essentials"), false, true, 0},
        {CN_S("Anticonstitutionnellement"), false, true, 1},
        {CN_S("Intergouvernementalisationnellementissimementabracadabrant"), false, true, 0},
        {CN_S("Essentials of bookkeeping, payroll, inventory, taxes and reporting for the small enterprises of "
              "rural "
              "communities, with an introduction to cooperatives, their governance and their annual assemblies, "
              "and "
              "to what the law asks of those who keep books for others in each province and territory"),
         false, false, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        PangoLayout *layout = fit(c, cases[i].text, 4);
        int width, height;
        cn_text_size(layout, &width, &height);
        assert_in_range(width, 1, WIDTH);
        assert_in_range(height, 1, HEIGHT);
        assert_in_range(size_of(layout), 24, 60);
        if (cases[i].largest) assert_int_equal(size_of(layout), 60);
        if (cases[i].lines) assert_int_equal(pango_layout_get_line_count(layout), cases[i].lines);
        assert_int_equal(pango_layout_is_ellipsized(layout), !cases[i].whole);
        g_object_unref(layout);
    }
    g_object_unref(c);
}

/* No last line with one short word: both lines of this one are about as long. */
static void test_balance(void **state) {
    (void)state;
    PangoContext *c = start();
    PangoLayout *layout = fit(c, CN_S("Computer Support Essentials for All of Us"), 2);
    assert_int_equal(pango_layout_get_line_count(layout), 2);
    int width[2];
    for (int i = 0; i < 2; i++) {
        PangoRectangle r;
        pango_layout_line_get_extents(pango_layout_get_line_readonly(layout, i), NULL, &r);
        width[i] = r.width;
    }
    assert_true(width[1] > width[0] / 2);
    g_object_unref(layout);
    g_object_unref(c);
}

/* What is spoken in Canada has its letters: a missing one would be drawn as a box with a number. */
static void test_letters(void **state) {
    (void)state;
    PangoContext *c = start();
    const cn_slice texts[] = {
        CN_S("\xc3\x89l\xc3\xa8ve \xc3\xa0 l\xe2\x80\x99\xc5\x93uvre \xe2\x80\x94 "
             "\xc2\xab\xc2\xa0no\xc3\xabl\xc2\xa0\xc2\xbb"),
        CN_S("E\xcc\x81le\xcc\x80ve"), /* the same letters, with combining accents */
        CN_S("\xe1\x90\x83\xe1\x93\x84\xe1\x92\x83\xe1\x91\x8e\xe1\x91\x90\xe1\x91\xa6"), /* Inuktitut */
        CN_S("\xc5\xaa\xc5\x81\xc4\xbc\xc6\x9b\xca\xb7"),
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        PangoLayout *layout = fit(c, texts[i], 4);
        assert_int_equal(pango_layout_get_unknown_glyphs_count(layout), 0);
        g_object_unref(layout);
    }
    g_object_unref(c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_balance),
        cmocka_unit_test(test_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
