/* SPDX-License-Identifier: Apache-2.0
 *
 * UTF-8 (Unicode 15, section 3.9, table 3-7): no surrogates, no overlong
 * forms, nothing above U+10FFFF.
 */
#ifndef CN_BASE_UTF8_H
#define CN_BASE_UTF8_H

#include "base/slice.h"

/* The position of the first byte that is not valid UTF-8, or SIZE_MAX when all is. */
size_t cn_utf8_invalid(cn_slice s);
/* Reads the code point at *pos and moves *pos behind it; s must be valid and *pos < s.n. */
uint32_t cn_utf8_next(cn_slice s, size_t *pos);
/* Writes 1 to 4 bytes; returns how many. cp must be a scalar value. */
size_t cn_utf8_put(uint32_t cp, char out[4]);
/* The longest prefix of at most max bytes that does not split a character. */
cn_slice cn_utf8_prefix(cn_slice s, size_t max);
/* Is it valid, on one line, and read as it is written: no controls, nothing that reorders the letters around it?
 */
bool cn_utf8_is_line(cn_slice s);
/* Order of UTF-16 code units, which RFC 8785 sorts by; both valid UTF-8. */
int cn_utf8_cmp_utf16(cn_slice a, cn_slice b);
/* Line and column (in characters, both from 1) of a byte position. */
void cn_utf8_place(cn_slice s, size_t pos, size_t *line, size_t *column);

#endif
