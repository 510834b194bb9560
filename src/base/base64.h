/* SPDX-License-Identifier: Apache-2.0
 *
 * Bytes as text: base64 and base64url (RFC 4648), base58btc and multibase
 * (Controlled Identifiers 1.0, section 2.4), hex.
 */
#ifndef CN_BASE_BASE64_H
#define CN_BASE_BASE64_H

#include "base/buf.h"
#include "base/err.h"

typedef enum cn_base64 { CN_BASE64, CN_BASE64_URL /* without padding */ } cn_base64;

void cn_base64_write(cn_buf *b, cn_base64 kind, cn_slice bytes);
/* Strict: no white space, no stray bits; padding is required for CN_BASE64 and refused
 * for CN_BASE64_URL. INVALID "base64.syntax" with the place; LIMIT at the arena's maximum. */
CN_MUST_USE bool cn_base64_read(cn_arena *a, cn_base64 kind, cn_slice text, cn_slice *out, cn_err *err);

void cn_base58_write(cn_buf *b, cn_slice bytes);
/* INVALID "base58.syntax"; LIMIT above 1,024 characters (the algorithm is quadratic). */
CN_MUST_USE bool cn_base58_read(cn_arena *a, cn_slice text, cn_slice *out, cn_err *err);

/* Multibase: 'z' base58btc, 'u' base64url without padding; anything else is INVALID "multibase.prefix". */
CN_MUST_USE bool cn_multibase_read(cn_arena *a, cn_slice text, cn_slice *out, cn_err *err);

void cn_hex_write(cn_buf *b, cn_slice bytes);
CN_MUST_USE bool cn_hex_read(cn_arena *a, cn_slice text, cn_slice *out, cn_err *err);

#endif
