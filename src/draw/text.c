/* SPDX-License-Identifier: Apache-2.0
 *
 * Texts in boxes: the largest size at which whole words fit, lines of about one length; a word too long for the
 * box at any size is broken, and what has no room at the smallest size ends in an ellipsis.
 */
#include "draw/inside.h"

#include "base/base.h"

#ifdef __SANITIZE_ADDRESS__
/* fontconfig keeps what it has read of the system's fonts until the program ends, and says so to nobody. */
__attribute__((visibility("default"))) const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void) {
    return "leak:libfontconfig";
}
#endif

void cn_text_size(PangoLayout *layout, int *width, int *height) {
    PangoRectangle r;
    pango_layout_get_extents(layout, NULL, &r);
    *width = PANGO_PIXELS_CEIL(r.width);
    *height = PANGO_PIXELS_CEIL(r.height);
}

static bool fits(PangoLayout *layout, const cn_text_box *box, int width) {
    int w, h;
    cn_text_size(layout, &w, &h);
    return w <= width && h <= box->height && pango_layout_get_line_count(layout) <= box->lines;
}

static void set_size(PangoLayout *layout, const cn_text_box *box, int size) {
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family_static(font, CN_FONT);
    pango_font_description_set_weight(font, box->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(font, (double)size * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
}

static bool find_size(PangoLayout *layout, const cn_text_box *box, PangoWrapMode wrap) {
    pango_layout_set_wrap(layout, wrap);
    for (int size = box->largest; size >= box->smallest; size -= size > 40 ? 4 : 2) {
        set_size(layout, box, size);
        if (fits(layout, box, box->width)) return true;
    }
    return false;
}

/* As narrow as the number of lines allows: no line with one short word left over. */
static void balance(PangoLayout *layout, const cn_text_box *box) {
    int lines = pango_layout_get_line_count(layout), width = box->width, step = width / 32;
    for (int narrower = width - step; narrower > box->width / 2; narrower -= step) {
        pango_layout_set_width(layout, narrower * PANGO_SCALE);
        if (!fits(layout, box, narrower) || pango_layout_get_line_count(layout) > lines) break;
        width = narrower;
    }
    pango_layout_set_width(layout, width * PANGO_SCALE);
}

/* French names would otherwise be hyphenated where a word is broken, which is no break of a syllable. */
static void no_hyphens(PangoLayout *layout) {
    PangoAttrList *list = pango_attr_list_new();
    pango_attr_list_insert(list, pango_attr_insert_hyphens_new(FALSE));
    pango_layout_set_attributes(layout, list);
    pango_attr_list_unref(list);
}

PangoLayout *cn_text_fit(PangoContext *context, const cn_text_box *box) {
    PangoLayout *layout = pango_layout_new(context);
    pango_layout_set_text(layout, box->text.p, (int)box->text.n);
    pango_layout_set_alignment(layout, PANGO_ALIGN_CENTER);
    pango_layout_set_width(layout, box->width * PANGO_SCALE);
    no_hyphens(layout);
    if (find_size(layout, box, PANGO_WRAP_WORD)) {
        balance(layout, box);
    } else if (!find_size(layout, box, PANGO_WRAP_WORD_CHAR)) {
        pango_layout_set_height(layout, -box->lines);
        pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    }
    return layout;
}
