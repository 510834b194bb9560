/* SPDX-License-Identifier: Apache-2.0
 *
 * The accessibility statement.
 */
#include "web/messages.h"
#include "web/pages.h"

#include "base/base.h"

/* When the statement was last gone through: change it with the text. */
static const cn_time written = {.sec = 1795305600}; /* 2026-11-22 */

bool cn_web_accessibility(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_making_start(&m, app, rq);
    cn_page_accessibility v = {
        .page = cn_making_page(&m, CN_S("/accessibility"), cn_message(m.language, CN_MSG_accessibility_title)),
        .contact = m.web->contact,
        .date = cn_words_date(&m, written, false),
    };
    cn_tpl_accessibility(&m.out, &v);
    return cn_making_finish(&m, 200, rs, err);
}
