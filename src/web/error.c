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
    {400, CN_MSG_error_400, CN_MSG_error_400_text}, {403, CN_MSG_error_403, CN_MSG_error_403_text},
    {404, CN_MSG_error_404, CN_MSG_error_404_text}, {405, CN_MSG_error_405, CN_MSG_error_405_text},
    {413, CN_MSG_error_413, CN_MSG_error_413_text}, {429, CN_MSG_error_429, CN_MSG_error_429_text},
    {503, CN_MSG_error_503, CN_MSG_error_503_text}, {500, CN_MSG_error_500, CN_MSG_error_500_text},
};

/* A target of this site as the value of an argument (RFC 3986, 2.1). */
static void escape(cn_buf *b, cn_slice s) {
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i], lower = c | 0x20;
        bool plain = (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || (c && strchr("-._~/", c));
        if (plain) cn_buf_byte(b, (char)c);
        else cn_buf_print(b, "%%%02X", c);
    }
}

/* A path in `next` is escaped once to be one, and once more to be a value. */
static bool see_sign_in(const cn_request *rq, cn_response *rs) {
    cn_buf target = cn_buf_on(rq->arena, 0), b = cn_buf_on(rq->arena, 0);
    escape(&target, rq->path);
    if (rq->query.n) cn_buf_byte(&target, '?');
    cn_buf_add(&target, rq->query);
    cn_buf_add(&b, CN_S("/sign-in?next="));
    escape(&b, cn_buf_slice(&target));
    if (!cn_buf_ok(&target) || !cn_buf_ok(&b)) return false;
    return cn_response_see_other(rq, rs,
                                 cn_url_path(rq->arena, cn_buf_slice(&b), cn_language_of(rq->language)).text);
}

bool cn_web_error_page(void *app, const cn_request *rq, int status, const cn_err *why, cn_response *rs) {
    cn_making m;
    cn_err err;
    bool asks = rq->method == CN_GET || rq->method == CN_HEAD;
    if (why && asks && !strcmp(why->id, "sign-in.needed")) return see_sign_in(rq, rs);
    size_t i = 0, last = sizeof known / sizeof known[0] - 1;
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
