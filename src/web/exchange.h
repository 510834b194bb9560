/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `web`: achievements as files in the formats of others.
 */
#ifndef CN_WEB_EXCHANGE_H
#define CN_WEB_EXCHANGE_H

#include "app/exchange.h"
#include "web/achievements.h"

/* ---- What templates print ---- */

/* What was not taken over, and where it stands in the file. */
typedef struct cn_view_untaken {
    cn_slice at, why;
} cn_view_untaken;

typedef struct cn_page_exchange {
    cn_page page;
    cn_slice organisation;
    cn_url back, action;
    cn_view_field file;
    bool french; /* of texts that name no language */
} cn_page_exchange;

typedef struct cn_page_exchange_done {
    cn_page page;
    cn_slice name, name_language, format;
    cn_url draft;
    cn_view_untaken *untaken;
    size_t untaken_n;
} cn_page_exchange_done;

/* ---- What pages of achievements share ---- */

/* The formats, each with its link: BEFORE.ob3.json and so on. */
CN_MUST_USE bool cn_view_exchange_files(const cn_making *m, cn_slice before, cn_view_files *out, cn_err *err);
/* A version as a file, for everybody; `name` is "2.ctdl.json". */
CN_MUST_USE bool cn_web_exchange_version(const cn_making *m, const cn_version *is, cn_slice name, cn_response *rs,
                                         cn_err *err);

#endif
