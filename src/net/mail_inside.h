/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files about e-mail share; nobody else includes it.
 */
#ifndef CN_NET_MAIL_INSIDE_H
#define CN_NET_MAIL_INSIDE_H

#include "net/mail.h"

/* ---- Headers (mail_header.c) ---- */

/* `where` names the member in an error. */
CN_MUST_USE bool cn_mail_check_header(cn_slice where, cn_slice value, cn_err *err);
/* Letters, digits and the others named, at least one of them. */
CN_MUST_USE bool cn_mail_check_token(cn_slice where, cn_slice value, cn_slice others, cn_err *err);

/* A header with its line end; what is put in has been checked. */
void cn_mail_put_text(cn_buf *b, cn_slice name, cn_slice value);
void cn_mail_put_party(cn_buf *b, cn_slice name, const cn_mail_party *party);
/* Not before 1970. */
void cn_mail_put_date(cn_buf *b, cn_time t);

/* ---- Bodies (mail_quoted.c) ---- */

/* RFC 2045, 6.7: quoted-printable. Line ends (LF, CR LF) become CR LF; the text ends without one of its own. */
void cn_mail_put_quoted_printable(cn_buf *b, cn_slice text);

/* ---- Ways out ---- */

/* Each begins with this, and is freed by `done`. */
struct cn_mailer {
    bool (*send)(cn_mailer *m, const cn_mail *mail, cn_slice bytes, cn_err *err);
    void (*done)(cn_mailer *m);
};

#endif
