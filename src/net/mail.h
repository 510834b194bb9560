/* SPDX-License-Identifier: Apache-2.0
 *
 * E-mails: values, the bytes they are on the way (RFC 5322, 2045 to 2047), and two ways out: SMTP and a folder.
 *
 * An error never holds an address, nor a word of the mail, nor what the other server said, which may repeat them:
 * it may be logged.
 */
#ifndef CN_NET_MAIL_H
#define CN_NET_MAIL_H

#include "base/base.h"

typedef struct cn_mail_party {
    cn_slice address; /* as cn_mail_address_ok gives it */
    cn_slice name;    /* shown beside it; may be empty */
} cn_mail_party;

/* All borrowed, all UTF-8. No control character may stand in from, to, subject, language and id: a line break
 * there would begin another header. */
typedef struct cn_mail {
    cn_mail_party from, to;
    cn_slice subject;
    cn_slice language; /* "en-CA": Content-Language */
    cn_slice text;     /* text/plain; lines end with \n */
    cn_slice html;     /* text/html: the same in another dress */
    cn_slice id;       /* Message-ID without its angle brackets: letters, digits, . - _ and one @ */
    cn_time date;
} cn_mail;

enum { CN_MAIL_HEADER_MAX = 1000, CN_MAIL_TEXT_MAX = 1 << 20 }; /* bytes of a subject or name; of text or html */

/* The mail as it is sent: lines of at most 76 ASCII characters that end with CR LF (longer where an address
 * or the id is).
 * On the arena. The same mail gives the same bytes. INVALID "mail.header" (where: the member), "mail.utf8",
 * "mail.address…"; LIMIT "mail.size", "memory.limit". */
CN_MUST_USE bool cn_mail_write(cn_arena *a, const cn_mail *mail, cn_slice *out, cn_err *err);

/* ---- Ways out ---- */

typedef struct cn_mailer cn_mailer;

/* Hands the mail over; `a` is scratch memory. One thread at a time. When it fails, the code tells what to do next:
 *   INVALID, LIMIT    this mail will never go, and what is wrong with it is what cn_mail_write says, or
 *                     "mail.recipient" (the server knows no such mailbox) or "mail.refused" (it does not take this
 *                     mail);
 *   UNAVAILABLE       another time perhaps: "mail.connect", "mail.timeout", "mail.tls", "mail.login",
 * "mail.sender" (the operator has to mend the last three), "mail.later" (the server asks for patience),
 *                     "mail.folder" (cannot be written to). */
CN_MUST_USE bool cn_mailer_send(cn_mailer *m, cn_arena *a, const cn_mail *mail, cn_err *err);
/* NULL is accepted. */
void cn_mailer_free(cn_mailer *m);
void cn_mailer_free_auto(cn_mailer **m);
#define CN_MAILER_AUTO __attribute__((cleanup(cn_mailer_free_auto)))

typedef struct cn_smtp_options {
    cn_slice url;        /* "smtp://HOST[:PORT]", "smtps://HOST[:PORT]" */
    cn_slice login_file; /* its first line is the user's name, its second the password; empty: no login */
    cn_slice hello;      /* the name this server greets with; empty: "localhost" */
    cn_slice ca_file;    /* PEM: the roots to trust instead of the system's; empty: the system's */
    long timeout_ms;     /* of one mail; 0: 60,000 */
} cn_smtp_options;

/* smtp:// must offer STARTTLS, but on loopback, where nothing is encrypted. A connection is kept for the next
 * mail. Owned by the caller. INVALID "mail.url", "mail.login"; UNAVAILABLE "file.open"; INTERNAL "net.start".
 */
CN_MUST_USE bool cn_mailer_smtp(const cn_smtp_options *options, cn_mailer **out, cn_err *err);

/* A folder, made where it is missing, for this user alone: each mail is a file ID.eml in it, whole or not there;
 * the same id again replaces it. Owned by the caller. UNAVAILABLE "mail.folder". */
CN_MUST_USE bool cn_mailer_folder(cn_slice path, cn_mailer **out, cn_err *err);

#endif
