/* SPDX-License-Identifier: Apache-2.0
 *
 * The home page: what each of those who come here can do.
 */
#include "web/messages.h"
#include "web/pages.h"

#include "base/base.h"

bool cn_web_home(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_making_start(&m, app, rq);
    cn_page_home v = {
        .page = cn_making_page(&m, CN_S("/"), cn_message(m.language, CN_MSG_home_title)),
        .claim = cn_url_path(rq->arena, CN_S("/claim"), m.language),
        .check = cn_url_path(rq->arena, CN_S("/check"), m.language),
        .credentials = cn_url_path(rq->arena, CN_S("/credentials"), m.language),
        .organisations = cn_url_path(rq->arena, CN_S("/organisations"), m.language),
    };
    cn_tpl_home(&m.out, &v);
    return cn_making_finish(&m, 200, rs, err);
}
