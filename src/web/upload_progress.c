/* SPDX-License-Identifier: Apache-2.0
 *
 * An upload after its confirmation: how far the work is, and what it came to.
 */
#include "web/messages.h"
#include "web/uploads.h"

#include "base/base.h"

static void count(const cn_upload *u, cn_page_progress *v) {
    for (size_t i = 0; i < CN_ROW_STATES; i++) v->total += i == CN_ROW_DROPPED ? 0 : u->rows[i];
    v->finished = v->total - u->rows[CN_ROW_WAITING];
    v->awarded = u->rows[CN_ROW_AWARDED];
    v->before = u->rows[CN_ROW_BEFORE];
    v->refused = u->rows[CN_ROW_REFUSED];
    v->dropped = u->rows[CN_ROW_DROPPED];
}

static cn_msg heading_of(const cn_upload *u) {
    if (u->state == CN_UPLOAD_DROPPED) return CN_MSG_progress_dropped_heading;
    return u->state == CN_UPLOAD_DONE ? CN_MSG_progress_done_heading : CN_MSG_progress_heading;
}

static cn_msg text_of(const cn_upload *u) {
    if (u->state == CN_UPLOAD_DROPPED) return CN_MSG_progress_dropped_text;
    return u->state == CN_UPLOAD_DONE ? CN_MSG_progress_done_text : CN_MSG_progress_text;
}

/* Words for what the work failed with, else its id. */
static void say_problem(const cn_issuing *k, const cn_upload *u, cn_page_progress *v) {
    char rest[64];
    cn_slice word, detail, none = {0};
    cn_msg message;
    if (u->state != CN_UPLOAD_CONFIRMED || !u->failures) return;
    (void)cn_slice_cut(u->problem, '.', &word, &detail);
    (void)snprintf(rest, sizeof rest, "%.*s", CN_ARG(detail));
    v->problem = cn_message_find(CN_MSG_FAMILY("progress-problem"), word, rest, &message)
                     ? cn_issuing_say(k, message)
                     : cn_making_text(&k->m, CN_MSG_progress_problem_other, u->problem, none);
    int64_t left = u->retry_at.sec - k->m.rq->now.sec;
    v->minutes = left > 60 ? ((unsigned long long)left + 59) / 60 : 1;
}

bool cn_web_upload_progress(cn_issuing *k, const cn_upload *u, cn_response *rs, cn_err *err) {
    cn_page_progress v = {.organisation = k->organisation_name,
                          .file_name = u->file_name,
                          .heading = cn_issuing_say(k, heading_of(u)),
                          .text = cn_issuing_say(k, text_of(u)),
                          .done = u->state != CN_UPLOAD_CONFIRMED};
    char rest[64];
    if (!cn_issuing_achievement(k, u->version, &v.achievement, err)) return false;
    count(u, &v);
    say_problem(k, u, &v);
    (void)snprintf(rest, sizeof rest, "/awards?upload=%.*s", CN_ARG(u->id));
    v.back = cn_issuing_url(k, "/awards");
    v.awards = cn_issuing_url(k, rest);
    v.again = cn_issuing_url(k, "/awards/upload");
    v.self = cn_issuing_upload_url(k, u, "");
    v.page = cn_making_page(&k->m, cn_issuing_upload_path(k, u, ""),
                            cn_making_text(&k->m, CN_MSG_progress_title, v.heading, (cn_slice){0}));
    cn_tpl_progress(&k->m.out, &v);
    /* The page looks again by itself until the work is done. */
    if (!v.done && !cn_response_header(k->m.rq, rs, CN_S("refresh"), CN_S("3"))) return cn_fail_memory(err);
    return cn_making_finish(&k->m, 200, rs, err);
}
