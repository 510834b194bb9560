/* SPDX-License-Identifier: Apache-2.0
 *
 * The picture of a drawn badge.
 */
#ifndef CN_DRAW_BADGE_H
#define CN_DRAW_BADGE_H

#include "draw/inside.h"

/* Paints the badge, whose texts are valid UTF-8 on one line, on a canvas of CN_BADGE_SIDE. */
void cn_badge_paint(const cn_canvas *c, PangoContext *context, const cn_badge *badge);

#endif
