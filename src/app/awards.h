/* SPDX-License-Identifier: Apache-2.0
 *
 * The register of awards of an organisation: one award, lists, and the register as a spreadsheet. Awards are made
 * from uploads (app/uploads.h).
 */
#ifndef CN_APP_AWARDS_H
#define CN_APP_AWARDS_H

#include "app/app.h"
#include "store/awards.h"

typedef struct cn_awards {
    cn_award *v;
    size_t n;
} cn_awards;

/* Of any organisation. NOT_FOUND "store.none". */
CN_MUST_USE bool cn_app_award_get(cn_arena *a, const cn_app *app, cn_slice id, cn_award *out, cn_err *err);
/* The newest first; documents are left out. */
CN_MUST_USE bool cn_app_awards_of(cn_arena *a, const cn_app *app, const cn_award_query *q, cn_awards *out,
                                  cn_err *err);
CN_MUST_USE bool cn_app_awards_count(cn_arena *a, const cn_app *app, const cn_award_query *q, size_t *out,
                                     cn_err *err);

/* The words of the register's header line, in the order of its columns. */
enum { CN_REGISTER_COLUMNS = 18 };
/* All awards of the query as CSV (app/sheet.h), with the words as its header line; `french`: names of achievements
 * in French, and semicolons between the cells, as Excel expects them there. LIMIT "memory.limit". */
CN_MUST_USE bool cn_app_awards_csv(cn_arena *a, const cn_app *app, const cn_award_query *q, bool french,
                                   const cn_slice words[CN_REGISTER_COLUMNS], cn_slice *out, cn_err *err);

#endif
