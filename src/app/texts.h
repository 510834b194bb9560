/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `app`: what people type, made tidy before it is kept.
 */
#ifndef CN_APP_TEXTS_H
#define CN_APP_TEXTS_H

#include "base/base.h"

/* One line: a control character is a space. Several: CR LF, and CR alone, are LF; other controls are gone. White
 * space at both ends goes. On the arena. */
CN_MUST_USE bool cn_text_tidy(cn_arena *a, cn_slice text, bool lines, cn_slice *out, cn_err *err);
size_t cn_text_characters(cn_slice text);
/* As cn_utf8_is_line, of several lines: what cannot be seen, or turns the others around, would be signed. */
bool cn_text_is_seen(cn_slice text);

#endif
