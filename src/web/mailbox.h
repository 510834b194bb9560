/* SPDX-License-Identifier: Apache-2.0
 *
 * What the templates of letters and of the demonstration's mailbox print.
 */
#ifndef CN_WEB_MAILBOX_H
#define CN_WEB_MAILBOX_H

#include "app/letters.h"
#include "web/pages.h"

/* A letter, paragraph by paragraph; those that may be empty are left out. */
typedef struct cn_view_letter {
    cn_slice language; /* "en-CA" */
    cn_slice subject, hello, what;
    cn_url link;
    cn_slice link_text;   /* the address itself */
    cn_slice typed, code; /* may be empty */
    cn_slice lasts;       /* how long link and code work; may be empty */
    cn_slice last, sent_by;
    cn_slice demo; /* in a demonstration only */
} cn_view_letter;

/* The letter in words (letter.c). */
CN_MUST_USE bool cn_view_letter_fill(cn_arena *a, const cn_app *app, const cn_letter *letter, cn_view_letter *out,
                                     cn_err *err);
/* As plain text. */
void cn_view_letter_text(cn_buf *b, const cn_view_letter *v);

typedef struct cn_view_mail {
    cn_url url;
    cn_slice subject, language, to, when, state;
} cn_view_mail;

typedef struct cn_page_mailbox {
    cn_page page;
    cn_view_mail *v;
    size_t n;
} cn_page_mailbox;

typedef struct cn_page_mailbox_mail {
    cn_page page;
    cn_url back;
    cn_view_mail mail;
    cn_slice problem;      /* may be empty */
    cn_view_letter letter; /* where there is a text */
    cn_slice text;         /* empty: what it said is not kept */
} cn_page_mailbox_mail;

#endif
