/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of the sheet share.
 */
#ifndef CN_APP_SHEET_INSIDE_H
#define CN_APP_SHEET_INSIDE_H

#include "app/sheet.h"

/* The bytes as UTF-8 without a byte order mark: borrowed, or on the arena. Refuses what is no text (see sheet.h).
 */
CN_MUST_USE bool cn_sheet_text(cn_arena *a, cn_slice bytes, cn_slice *text, cn_sheet_encoding *encoding,
                               cn_err *err);
/* The line, from 1, of a byte: CR LF, LF and CR alone end one. */
size_t cn_sheet_line_of(cn_slice text, size_t pos);
/* Up to and with the end of line, from the start of `rest`, which is not empty. */
cn_slice cn_sheet_next_line(cn_slice rest);
/* cn_fail with "line 7" as its place. */
__attribute__((format(printf, 5, 6))) bool cn_sheet_fail(cn_err *err, cn_code code, const char *id, size_t line,
                                                         const char *format, ...);

#endif
