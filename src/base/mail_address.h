/* SPDX-License-Identifier: Apache-2.0
 *
 * E-mail addresses as people type them: what is accepted, and the one form in which it is kept.
 *
 * Less than RFC 5321 allows: no quoted local parts, no comments, no address literals, nothing beyond ASCII. So an
 * address that is accepted can stand in a header and in an SMTP command as it is.
 */
#ifndef CN_BASE_MAIL_ADDRESS_H
#define CN_BASE_MAIL_ADDRESS_H

#include "base/arena.h"
#include "base/err.h"

enum { CN_MAIL_ADDRESS_MAX = 254, CN_MAIL_LOCAL_MAX = 64 }; /* bytes; RFC 5321, 4.5.3.1 */

/* All on the arena. */
typedef struct cn_mail_address {
    cn_slice text;   /* where mail goes: the local part as it was typed, the domain in small letters */
    cn_slice key;    /* what two are compared by: all in small letters */
    cn_slice domain; /* a part of text */
} cn_mail_address;

/* Reads an address, without the white space around it. `demo` lets a domain do without a dot ("anna@localhost").
 * INVALID, with a sentence that does not repeat the address: "mail.address.empty", ".at" (not exactly one @),
 * ".characters" (beyond ASCII, a space), ".local" (before the @), ".domain" (after it), ".long". LIMIT at the
 * arena's maximum. */
CN_MUST_USE bool cn_mail_address_ok(cn_arena *a, cn_slice typed, bool demo, cn_mail_address *out, cn_err *err);

#endif
