/* SPDX-License-Identifier: Apache-2.0
 *
 * Pages of errors: what happened and what to do, in the language of the request. The words of the error itself
 * are for logs, and not shown.
 */
#include "web/messages.h"
#include "web/pages.h"

#include "base/base.h"

static const struct {
    int status;
    cn_msg heading, text;
} known[] = {
    {400, CN_MSG_error_400, CN_MSG_error_400_text}, {404, CN_MSG_error_404, CN_MSG_error_404_text},
    {405, CN_MSG_error_405, CN_MSG_error_405_text}, {413, CN_MSG_error_413, CN_MSG_error_413_text},
    {429, CN_MSG_error_429, CN_MSG_error_429_text}, {503, CN_MSG_error_503, CN_MSG_error_503_text},
    {500, CN_MSG_error_500, CN_MSG_error_500_text},
};

bool cn_web_error_page(void *app, const cn_request *rq, int status, const cn_err *why, cn_response *rs) {
    cn_making m;
    cn_err err;
    size_t i = 0, last = sizeof known / sizeof known[0] - 1;
    (void)why;
    while (i < last && known[i].status != status) i++;
    if (i == last && status >= 400 && status < 500) i = 0;
    cn_making_start(&m, app, rq);
    cn_page_error v = {
        .heading = cn_message(m.language, known[i].heading),
        .text = cn_message(m.language, known[i].text),
    };
    v.page = cn_making_page(&m, CN_S("/"), cn_making_text(&m, CN_MSG_error_title, v.heading, (cn_slice){0}));
    v.page.at_home = CN_S("false");
    cn_tpl_error(&m.out, &v);
    return cn_making_finish(&m, status, rs, &err);
}
