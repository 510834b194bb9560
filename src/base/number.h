/* SPDX-License-Identifier: Apache-2.0
 *
 * Numbers as text: the only place that calls strtod.
 */
#ifndef CN_BASE_NUMBER_H
#define CN_BASE_NUMBER_H

#include "base/buf.h"

/* Reads a JSON number (RFC 8259, section 6) exactly: no locale, no hex, no "inf".
 * False when it is none. A magnitude too large gives an infinity: the caller decides. */
bool cn_number_read(cn_slice s, double *out);

#define CN_NUMBER_MAX 32
/* Writes as ECMAScript's Number::toString does (ECMA-262, 6.1.6.1.20), which RFC 8785,
 * 3.2.2.3 asks for. v must be finite. Returns the length. */
size_t cn_number_write(double v, char out[CN_NUMBER_MAX]);
/* Writes the canonical form of xsd:double as JSON-LD 1.1 asks for ("1.0E0", "1.5E-7"):
 * at most 15 digits after the point. v must be finite. Returns the length. */
size_t cn_number_write_xsd(double v, char out[CN_NUMBER_MAX]);

#endif
