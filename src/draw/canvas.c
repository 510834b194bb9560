/* SPDX-License-Identifier: Apache-2.0
 *
 * A canvas: what is filled in cairo is written as a path of SVG too (SVG 2, 9.3), so that a picture is told once.
 *
 * Numbers are whole and relative to the point before: short, and the same in every locale. Each is the difference
 * of two rounded places, so that rounding does not add up.
 */
#include <math.h>

#include "draw/inside.h"

#include "base/base.h"

typedef struct pen {
    cn_buf *b;
    long x, y; /* where it stands */
} pen;

static void number(cn_buf *b, bool first, long v) {
    cn_buf_print(b, first || v < 0 ? "%ld" : " %ld", v);
}

/* All points of a command are relative to where it begins. */
static void points(pen *p, char command, const cairo_path_data_t *data, int n) {
    long x = p->x, y = p->y;
    cn_buf_byte(p->b, command);
    for (int i = 1; i <= n; i++) {
        x = lround(data[i].point.x * CN_CANVAS_UNITS);
        y = lround(data[i].point.y * CN_CANVAS_UNITS);
        number(p->b, i == 1, x - p->x);
        number(p->b, false, y - p->y);
    }
    p->x = x;
    p->y = y;
}

/* cairo follows every "close" with a "move to" the point it went back to, or to where the next part begins. */
static void write_path(cn_buf *b, const cairo_path_t *path) {
    static const char commands[] = {[CAIRO_PATH_MOVE_TO] = 'm',
                                    [CAIRO_PATH_LINE_TO] = 'l',
                                    [CAIRO_PATH_CURVE_TO] = 'c',
                                    [CAIRO_PATH_CLOSE_PATH] = 'z'};
    pen p = {.b = b};
    long start_x = 0, start_y = 0;
    for (int i = 0; i < path->num_data; i += path->data[i].header.length) {
        const cairo_path_data_t *data = &path->data[i];
        cairo_path_data_type_t type = data->header.type;
        bool last = i + data->header.length >= path->num_data;
        if (type == CAIRO_PATH_MOVE_TO && last) return;
        if (type == CAIRO_PATH_CLOSE_PATH) {
            cn_buf_byte(b, 'z');
            p.x = start_x;
            p.y = start_y;
            continue;
        }
        points(&p, commands[type], data, data->header.length - 1);
        if (type == CAIRO_PATH_MOVE_TO) {
            start_x = p.x;
            start_y = p.y;
        }
    }
}

void cn_canvas_fill(const cn_canvas *c, uint32_t colour) {
    if (c->svg) {
        cairo_path_t *path = cairo_copy_path(c->cairo);
        cn_buf_print(c->svg, "<path fill=\"#%06x\" d=\"", colour);
        write_path(c->svg, path);
        cn_buf_add(c->svg, CN_S("\"/>\n"));
        cairo_path_destroy(path);
    }
    cairo_set_source_rgb(c->cairo, (colour >> 16 & 0xff) / 255.0, (colour >> 8 & 0xff) / 255.0,
                         (colour & 0xff) / 255.0);
    cairo_fill(c->cairo);
}
