/* SPDX-License-Identifier: Apache-2.0
 *
 * The home page.
 */
#include "web/messages.h"
#include "web/pages.h"

#include "base/base.h"

bool cn_web_home(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_making_start(&m, app, rq);
    cn_page page = cn_making_page(&m, CN_S("/"), cn_message(m.language, CN_MSG_home_title));
    cn_tpl_home(&m.out, &page);
    return cn_making_finish(&m, 200, rs, err);
}
