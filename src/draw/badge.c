/* SPDX-License-Identifier: Apache-2.0
 *
 * What a drawn badge looks like: a cairn on a hill before the sun; in the hill stand the name and the
 * organisation. The seed chooses the colours, the side of the sun, and the stones: two achievements look alike but
 * not the same.
 */
#include <math.h>

#include "draw/badge.h"

#include "base/base.h"

/* White and `sky` are texts on `hill`: at least 7 : 1 and 4.5 : 1, which a test computes from the pictures. */
typedef struct palette {
    uint32_t hill, sky, sun, stones[3];
} palette;

static const palette palettes[] = {
    {0x1f5560, 0xdcebec, 0xf6e3bd, {0x3f6c77, 0x6b98a1, 0xb98f63}},
    {0x2f4f2f, 0xe3ecd9, 0xf5e4b5, {0x4f7350, 0x85a57c, 0xb98a5b}},
    {0x4d2f5c, 0xece2ef, 0xf7dcc0, {0x6f4d80, 0xa183b0, 0xc08a6a}},
    {0x6b2d22, 0xf5e4dc, 0xf7d79f, {0x934d3d, 0xc08670, 0x8a8f86}},
    {0x2a3a73, 0xe0e5f3, 0xf8dfb0, {0x4a5c9a, 0x8594c6, 0xbf9a68}},
    {0x38434b, 0xe6e9eb, 0xf3dcb4, {0x5a6770, 0x93a0a8, 0xb3835a}},
    {0x5f4211, 0xf3ead6, 0xcfe0e2, {0x86652b, 0xb99a5c, 0x6d8f94}},
    {0x6a274a, 0xf4e1e8, 0xf6dfb8, {0x94496f, 0xc087a3, 0x8f9a86}},
};

enum { SIDE = CN_BADGE_SIDE, CORNER = 56, HILL_TOP = 322, HILL_SIDE = 352, MARGIN = 48, TEXT_TOP = 356 };
enum { TEXT_BOTTOM = 604, TEXT_WIDTH = SIDE - 2 * MARGIN, TEXT_GAP = 14 };

/* Numbers that follow from the seed: SplitMix64, of which each step is a good hash of its count. */
typedef struct dice {
    uint64_t state;
} dice;

static uint64_t roll(dice *d) {
    uint64_t z = d->state += 0x9e3779b97f4a7c15;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
}

static double between(dice *d, double low, double high) {
    return low + (high - low) * (double)(roll(d) >> 11) / 0x1p53;
}

/* ---- Ground ---- */

static void round_square(cairo_t *c, double y, double radius) {
    cairo_new_sub_path(c);
    cairo_arc(c, SIDE - radius, y + radius, radius, -M_PI / 2, 0);
    cairo_arc(c, SIDE - radius, SIDE - radius, radius, 0, M_PI / 2);
    cairo_arc(c, radius, SIDE - radius, radius, M_PI / 2, M_PI);
    cairo_arc(c, radius, y + radius, radius, M_PI, 3 * M_PI / 2);
    cairo_close_path(c);
}

static void paint_hill(cairo_t *c) {
    cairo_move_to(c, 0, HILL_SIDE);
    cairo_curve_to(c, SIDE * 0.3, HILL_TOP - 10, SIDE * 0.7, HILL_TOP - 10, SIDE, HILL_SIDE);
    cairo_arc(c, SIDE - CORNER, SIDE - CORNER, CORNER, 0, M_PI / 2);
    cairo_arc(c, CORNER, SIDE - CORNER, CORNER, M_PI / 2, M_PI);
    cairo_close_path(c);
}

static void paint_ground(const cn_canvas *c, const palette *p, dice *d) {
    double side = roll(d) & 1 ? 1 : -1;
    round_square(c->cairo, 0, CORNER);
    cn_canvas_fill(c, p->sky);
    cairo_new_sub_path(c->cairo);
    cairo_arc(c->cairo, SIDE / 2.0 + side * between(d, 60, 150), between(d, 150, 200), between(d, 76, 104), 0,
              2 * M_PI);
    cairo_close_path(c->cairo);
    cn_canvas_fill(c, p->sun);
    paint_hill(c->cairo);
    cn_canvas_fill(c, p->hill);
}

/* ---- Stones ---- */

typedef struct stone {
    double x, y, width, height; /* its middle */
    double lean, belly;         /* where top and bottom are, of half the width */
    double turn;                /* radians */
} stone;

static void stone_path(cairo_t *c, const stone *s) {
    double w = s->width / 2, h = s->height / 2, k = h * 0.62;
    cairo_save(c);
    cairo_translate(c, s->x, s->y);
    cairo_rotate(c, s->turn);
    cairo_move_to(c, -w, 0);
    cairo_curve_to(c, -w, -k, w * (s->lean - 0.5), -h, w * s->lean, -h);
    cairo_curve_to(c, w * (s->lean + 0.5), -h, w, -k, w, 0);
    cairo_curve_to(c, w, k, w * (s->belly + 0.55), h, w * s->belly, h);
    cairo_curve_to(c, w * (s->belly - 0.55), h, -w, k, -w, 0);
    cairo_close_path(c);
    cairo_restore(c);
}

/* Each lies on the one below, its middle well within it, so that the stack stands. */
static void paint_stones(const cn_canvas *c, const palette *p, dice *d) {
    int count = 4 + (int)(roll(d) % 2);
    double x = SIDE / 2.0, floor = HILL_TOP + 8, width = between(d, 220, 256), height = count == 4 ? 72 : 60;
    size_t colour = (size_t)(roll(d) % 3);
    for (int i = 0; i < count; i++) {
        stone s = {.x = x,
                   .y = floor - height / 2,
                   .width = width,
                   .height = height,
                   .lean = between(d, -0.25, 0.25),
                   .belly = between(d, -0.15, 0.15),
                   .turn = i ? between(d, -0.09, 0.09) : 0};
        stone_path(c->cairo, &s);
        cn_canvas_fill(c, p->stones[(colour + (size_t)i) % 3]);
        floor -= height - 4;
        x += between(d, -0.07, 0.07) * width;
        width *= between(d, 0.68, 0.82);
        height *= between(d, 0.8, 0.92);
    }
}

/* ---- Texts ---- */

static void paint_text(const cn_canvas *c, PangoLayout *layout, double y, uint32_t colour) {
    double margin = (SIDE - pango_units_to_double(pango_layout_get_width(layout))) / 2;
    cairo_move_to(c->cairo, margin, y);
    pango_cairo_layout_path(c->cairo, layout);
    cn_canvas_fill(c, colour);
}

/* The organisation first, which is small; the name has what it leaves. Both stand in the middle of the hill. */
static void paint_texts(const cn_canvas *c, const palette *p, PangoContext *context, const cn_badge *badge) {
    PangoLayout *organisation = NULL;
    int width, name_height, height = 0;
    if (badge->organisation.n) {
        organisation = cn_text_fit(context, &(cn_text_box){.text = badge->organisation,
                                                           .width = TEXT_WIDTH - 40,
                                                           .height = 60,
                                                           .largest = 30,
                                                           .smallest = 20,
                                                           .lines = 2});
        cn_text_size(organisation, &width, &height);
        height += TEXT_GAP;
    }
    PangoLayout *name = cn_text_fit(context, &(cn_text_box){.text = badge->name,
                                                            .bold = true,
                                                            .width = TEXT_WIDTH,
                                                            .height = TEXT_BOTTOM - TEXT_TOP - height,
                                                            .largest = 60,
                                                            .smallest = 28,
                                                            .lines = 5});
    cn_text_size(name, &width, &name_height);
    double y = TEXT_TOP + (TEXT_BOTTOM - TEXT_TOP - height - name_height) / 2.0;
    paint_text(c, name, y, 0xffffff);
    if (organisation) paint_text(c, organisation, y + name_height + TEXT_GAP, p->sky);
    g_clear_object(&organisation);
    g_object_unref(name);
}

void cn_badge_paint(const cn_canvas *c, PangoContext *context, const cn_badge *badge) {
    dice d = {cn_slice_hash(badge->seed)};
    const palette *p = &palettes[roll(&d) % (sizeof palettes / sizeof palettes[0])];
    paint_ground(c, p, &d);
    paint_stones(c, p, &d);
    paint_texts(c, p, context, badge);
}
