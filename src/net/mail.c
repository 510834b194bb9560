/* SPDX-License-Identifier: Apache-2.0
 *
 * An e-mail as bytes: its header, then multipart/alternative (RFC 2046, 5.1.4) with the text and its HTML form,
 * each quoted-printable.
 */
#include "net/mail.h"

#include "net/mail_inside.h"

/* "=_" cannot stand in quoted-printable text (RFC 2045, 6.7), so that no part can hold the boundary. */
#define BOUNDARY "=_cairn_part_=_"

/* ---- What is asked of a mail ---- */

static bool check_party(cn_arena *a, cn_slice where, const cn_mail_party *p, cn_err *err) {
    cn_mail_address m;
    if (!cn_mail_check_header(where, p->name, err)) return false;
    if (!cn_mail_address_ok(a, p->address, true, &m, err)) return cn_fail_place(err, where);
    return cn_slice_eq(m.text, p->address) ||
           cn_fail_at(err, CN_INVALID, "mail.address", where, "The address is not in its normal form.");
}

static bool check_text(cn_slice where, cn_slice text, cn_err *err) {
    if (text.n > CN_MAIL_TEXT_MAX)
        return cn_fail_at(err, CN_LIMIT, "mail.size", where, "The text is longer than %d bytes.",
                          CN_MAIL_TEXT_MAX);
    return cn_utf8_invalid(text) == SIZE_MAX ||
           cn_fail_at(err, CN_INVALID, "mail.utf8", where, "The text is no valid UTF-8.");
}

static bool check_id(cn_slice id, cn_err *err) {
    cn_slice left, right;
    if (!cn_mail_check_token(CN_S("id"), id, CN_S(".-_@"), err)) return false;
    bool two = cn_slice_cut(id, '@', &left, &right) && left.n && right.n && left.p[0] != '.';
    return (two && cn_slice_find_byte(right, '@') == SIZE_MAX) ||
           cn_fail_at(err, CN_INVALID, "mail.header", CN_S("id"), "A Message-ID has two parts with an @ between.");
}

static bool check(cn_arena *a, const cn_mail *m, cn_err *err) {
    assert(m->date.sec >= 0);
    return check_party(a, CN_S("from"), &m->from, err) && check_party(a, CN_S("to"), &m->to, err) &&
           cn_mail_check_header(CN_S("subject"), m->subject, err) &&
           cn_mail_check_token(CN_S("language"), m->language, CN_S("-"), err) && check_id(m->id, err) &&
           check_text(CN_S("text"), m->text, err) && check_text(CN_S("html"), m->html, err);
}

/* ---- Writing ---- */

static void put_header(cn_buf *b, const cn_mail *m) {
    cn_mail_put_party(b, CN_S("From"), &m->from);
    cn_mail_put_party(b, CN_S("To"), &m->to);
    cn_mail_put_text(b, CN_S("Subject"), m->subject);
    cn_mail_put_date(b, m->date);
    cn_buf_print(b, "Message-ID: <%.*s>\r\n", CN_ARG(m->id));
    cn_buf_print(b, "Content-Language: %.*s\r\n", CN_ARG(m->language));
    /* RFC 3834: nobody's absence is to be answered to us. */
    cn_buf_add(b, CN_S("Auto-Submitted: auto-generated\r\n"
                       "MIME-Version: 1.0\r\n"
                       "Content-Type: multipart/alternative; boundary=\"" BOUNDARY "\"\r\n"));
}

static void put_part(cn_buf *b, const char *type, cn_slice text) {
    cn_buf_print(b,
                 "\r\n--" BOUNDARY "\r\n"
                 "Content-Type: %s; charset=utf-8\r\n"
                 "Content-Transfer-Encoding: quoted-printable\r\n\r\n",
                 type);
    cn_mail_put_quoted_printable(b, text);
}

bool cn_mail_write(cn_arena *a, const cn_mail *mail, cn_slice *out, cn_err *err) {
    if (!check(a, mail, err)) return false;
    cn_buf b = cn_buf_on(a, 0);
    put_header(&b, mail);
    put_part(&b, "text/plain", mail->text);
    put_part(&b, "text/html", mail->html);
    cn_buf_add(&b, CN_S("\r\n--" BOUNDARY "--\r\n"));
    if (!cn_buf_ok(&b)) return cn_fail_memory(err);
    *out = cn_buf_slice(&b);
    return true;
}

/* ---- Ways out ---- */

bool cn_mailer_send(cn_mailer *m, cn_arena *a, const cn_mail *mail, cn_err *err) {
    cn_slice bytes;
    return cn_mail_write(a, mail, &bytes, err) && m->send(m, mail, bytes, err);
}

void cn_mailer_free(cn_mailer *m) {
    if (m) m->done(m);
}

void cn_mailer_free_auto(cn_mailer **m) {
    cn_mailer_free(*m);
}
