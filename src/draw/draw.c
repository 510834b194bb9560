/* SPDX-License-Identifier: Apache-2.0
 *
 * The fonts, and a drawn badge from its input to its bytes.
 */
#include <pthread.h>

#include "draw/badge.h"

#include "base/base.h"

struct cn_draw {
    pthread_mutex_t lock; /* a font map of Pango serves one thread at a time */
    PangoFontMap *fonts;
};

/* A system without fonts still has the families that Pango makes up; only loading one tells. */
static bool has_font(PangoFontMap *fonts) {
    PangoContext *context = pango_font_map_create_context(fonts);
    PangoFontDescription *sought = pango_font_description_from_string(CN_FONT " 20");
    PangoFont *font = pango_font_map_load_font(fonts, context, sought);
    bool found = font != NULL;
    g_clear_object(&font);
    pango_font_description_free(sought);
    g_object_unref(context);
    return found;
}

bool cn_draw_new(cn_draw **out, cn_err *err) {
    PangoFontMap *fonts = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    if (!fonts || !has_font(fonts)) {
        g_clear_object(&fonts);
        return cn_fail(
            err, CN_UNAVAILABLE, "draw.font",
            "No font is installed, so that no badge can be drawn: install the package fonts-dejavu-core.");
    }
    cn_draw *d = malloc(sizeof *d);
    if (!d) cn_no_memory();
    d->fonts = fonts;
    (void)pthread_mutex_init(&d->lock, NULL);
    *out = d;
    return true;
}

void cn_draw_free(cn_draw *d) {
    if (!d) return;
    g_object_unref(d->fonts);
    (void)pthread_mutex_destroy(&d->lock);
    free(d);
}

void cn_draw_free_auto(cn_draw **d) {
    cn_draw_free(*d);
}

/* ---- What comes in ---- */

/* A copy on one line: control characters are spaces, and the ends are trimmed. XML and Pango want it so. */
static bool take_text(cn_arena *a, cn_slice text, cn_slice *out, cn_err *err) {
    cn_slice copy;
    if (text.n > CN_BADGE_TEXT_MAX)
        return cn_fail(err, CN_LIMIT, "draw.text", "A text on a badge has at most %d bytes.", CN_BADGE_TEXT_MAX);
    if (cn_utf8_invalid(text) != SIZE_MAX)
        return cn_fail(err, CN_INVALID, "draw.text", "A text on a badge must be valid UTF-8.");
    if (!cn_arena_copy(a, text, &copy)) return cn_fail_memory(err);
    char *p = (char *)(uintptr_t)copy.p;
    for (size_t i = 0; i < copy.n; i++)
        if ((unsigned char)p[i] < ' ' || p[i] == 0x7f) p[i] = ' ';
    *out = cn_slice_trim(copy);
    return true;
}

/* ---- What goes out ---- */

/* Where outlines are all that is wanted: unhinted, as large as they are, the same at every place. */
static PangoContext *text_context(PangoFontMap *fonts) {
    PangoContext *context = pango_font_map_create_context(fonts);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string("en")); /* not that of the environment */
    return context;
}

static void add_xml(cn_buf *b, cn_slice text) {
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '&') cn_buf_add(b, CN_S("&amp;"));
        else if (c == '<') cn_buf_add(b, CN_S("&lt;"));
        else if (c == '>') cn_buf_add(b, CN_S("&gt;"));
        else cn_buf_byte(b, c);
    }
}

static void svg_head(cn_buf *b, const cn_badge *badge) {
    int side = CN_BADGE_SIDE, units = side * CN_CANVAS_UNITS;
    cn_buf_print(b,
                 "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" "
                 "role=\"img\">\n<title>",
                 side, side, units, units);
    add_xml(b, badge->name);
    cn_buf_add(b, CN_S("</title>\n"));
    if (!badge->organisation.n) return;
    cn_buf_add(b, CN_S("<desc>"));
    add_xml(b, badge->organisation);
    cn_buf_add(b, CN_S("</desc>\n"));
}

/* An SVG is painted too: cairo leaves out the letters that would stand beyond a smaller picture. */
static bool draw(cn_arena *a, PangoContext *context, const cn_badge *badge, cn_buf *svg, cn_picture *out,
                 cn_err *err) {
    *out = cn_picture_new(a, CN_BADGE_SIDE, CN_BADGE_SIDE);
    if (!out->pixels) return cn_fail_memory(err);
    cairo_t *cairo = cn_picture_paint(out);
    /* Seventeen shades at an edge instead of 256: no eye sees it, and the PNG is half as large. */
    cairo_set_antialias(cairo, CAIRO_ANTIALIAS_FAST);
    cn_badge_paint(&(cn_canvas){.cairo = cairo, .svg = svg}, context, badge);
    cairo_surface_flush(cairo_get_target(cairo));
    cairo_status_t status = cairo_status(cairo);
    cairo_destroy(cairo);
    if (status != CAIRO_STATUS_SUCCESS)
        return cn_fail(err, CN_INTERNAL, "draw.cairo", "The badge could not be drawn: %s.",
                       cairo_status_to_string(status));
    return true;
}

static bool make(cn_arena *a, PangoContext *context, const cn_badge *badge, cn_badge_form form, cn_slice *out,
                 cn_err *err) {
    cn_picture picture;
    if (form == CN_BADGE_PNG)
        return draw(a, context, badge, NULL, &picture, err) && cn_png_write(a, &picture, true, out, err);
    cn_buf svg = cn_buf_on(a, 0);
    svg_head(&svg, badge);
    if (!draw(a, context, badge, &svg, &picture, err)) return false;
    cn_buf_add(&svg, CN_S("</svg>\n"));
    if (!cn_buf_ok(&svg)) return cn_fail_memory(err);
    *out = cn_buf_slice(&svg);
    return true;
}

bool cn_draw_badge(cn_arena *a, cn_draw *d, const cn_badge *badge, cn_badge_form form, cn_slice *out,
                   cn_err *err) {
    cn_badge b = {.seed = badge->seed};
    if (!take_text(a, badge->name, &b.name, err) || !take_text(a, badge->organisation, &b.organisation, err))
        return false;
    if (!b.name.n) return cn_fail(err, CN_INVALID, "draw.text", "A badge needs a name.");
    (void)pthread_mutex_lock(&d->lock);
    PangoContext *context = text_context(d->fonts);
    bool ok = make(a, context, &b, form, out, err);
    g_object_unref(context);
    (void)pthread_mutex_unlock(&d->lock);
    return ok;
}
