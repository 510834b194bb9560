/* SPDX-License-Identifier: Apache-2.0
 *
 * What the letters of app/letters.h say: in the reader's language, as text and as HTML, from the same words.
 */
#ifndef CN_WEB_LETTER_H
#define CN_WEB_LETTER_H

#include "app/letters.h"

typedef struct cn_letter_words {
    cn_slice subject;
    cn_slice language; /* "en-CA", "fr-CA" */
    cn_slice from;     /* who is shown as the sender: the organisation, where the letter is of one, or Cairn */
    cn_slice text, html;
} cn_letter_words;

/* The letter in words, on the arena. Its link is given the reader's language where it names none, and so is what
 * it leads to. */
CN_MUST_USE bool cn_web_letter(cn_arena *a, const cn_app *app, const cn_letter *letter, cn_letter_words *out,
                               cn_err *err);

/* award.mail_problem, or the problem of a mail, in a sentence for staff, in "en" or "fr"; static. Empty where
 * there is none. */
cn_slice cn_web_mail_problem(cn_slice language, cn_slice problem);

#endif
