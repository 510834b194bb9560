/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `app`: letters to members of an organisation about its work, by what they may do there.
 */
#ifndef CN_APP_NOTICES_H
#define CN_APP_NOTICES_H

#include "app/achievements.h"
#include "app/letters.h"

typedef struct cn_notice {
    cn_letter letter;     /* all but the reader */
    int64_t organisation; /* whose members */
    unsigned role;        /* those who may do that, CN_ROLE_… … */
    int64_t person;       /* … or, while they are a member, this one alone; 0: nobody in particular */
    int64_t but;          /* who does it needs no letter; 0: the operator */
} cn_notice;

/* For the change's own transaction, whose store `app` has. Who has no address gets none. Whoever makes the change
 * wakes the background work. */
CN_MUST_USE bool cn_app_notify(cn_arena *a, const cn_app *app, cn_time now, const cn_notice *what, cn_err *err);

/* What an achievement is called, in both languages: one name stands in for the other. */
cn_bilingual cn_notice_name(const cn_draft *draft);

/* "ORIGIN/organisations/ORGANISATION/FOLDER/ID" and the rest; of id and rest either may be empty. */
CN_MUST_USE bool cn_notice_link(cn_arena *a, const cn_app *app, cn_slice organisation, const char *folder,
                                cn_slice id, const char *rest, cn_slice *out, cn_err *err);

#endif
