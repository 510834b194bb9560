/* SPDX-License-Identifier: Apache-2.0
 *
 * An organisation's register of awards: the list, searched, and as a spreadsheet.
 */
#include "web/messages.h"
#include "web/uploads.h"

#include "base/base.h"

enum { SHOWN = 50, UPLOADS_SHOWN = 20 };

/* ---- Which awards ---- */

static bool query_of(const cn_issuing *k, cn_award_query *out, cn_err *err) {
    const cn_request *rq = k->m.rq;
    cn_slice upload = cn_request_arg(rq, CN_S("upload"));
    cn_upload u = {0};
    uint64_t before;
    if (upload.n && !cn_app_upload_get(rq->arena, k->app, k->organisation->number, upload, &u, err)) return false;
    *out = (cn_award_query){.organisation = k->organisation->number,
                            .words = cn_slice_trim(cn_slice_sub(cn_request_arg(rq, CN_S("q")), 0, 100)),
                            .upload = u.number,
                            .max = SHOWN};
    out->words = cn_utf8_invalid(out->words) == SIZE_MAX ? out->words : CN_S("");
    if (cn_slice_to_u64(cn_request_arg(rq, CN_S("before")), INT64_MAX, &before)) out->before = (int64_t)before;
    return true;
}

/* The same awards at another address: "/awards" or "/awards.csv". */
static cn_slice address_of(const cn_issuing *k, const char *at, int64_t before) {
    const cn_request *rq = k->m.rq;
    cn_buf b = cn_buf_on(rq->arena, 0);
    cn_slice words = cn_request_arg(rq, CN_S("q")), upload = cn_request_arg(rq, CN_S("upload"));
    cn_buf_print(&b, "%s?", at);
    if (before) cn_buf_print(&b, "before=%lld&", (long long)before);
    if (upload.n) cn_buf_print(&b, "upload=%.*s&", CN_ARG(upload));
    cn_buf_add(&b, CN_S("q="));
    for (size_t i = 0; i < words.n; i++) cn_buf_print(&b, "%%%02X", (unsigned)(uint8_t)words.p[i]);
    cn_buf_byte(&b, 0);
    return cn_buf_ok(&b) ? cn_issuing_path(k, b.p) : CN_S("");
}

/* ---- The list ---- */

static void add_state(const cn_issuing *k, const cn_award *w, cn_view_register_row *out) {
    cn_msg message = CN_MSG_awards_state_waiting;
    out->state_kind = CN_S("waiting");
    if (w->claimed_at.sec) message = CN_MSG_awards_state_claimed, out->state_kind = CN_S("claimed");
    else if (w->mail_problem.n) message = CN_MSG_awards_state_mail, out->state_kind = CN_S("problem");
    if (w->valid_until.sec && w->valid_until.sec < k->m.rq->now.sec)
        message = CN_MSG_awards_state_expired, out->state_kind = CN_S("expired");
    if (w->revoked_at.sec) message = CN_MSG_awards_state_revoked, out->state_kind = CN_S("revoked");
    out->state = cn_issuing_say(k, message);
}

static bool add_award(const cn_issuing *k, const cn_award *w, cn_view_register_row *out, cn_err *err) {
    cn_slice at;
    if (!cn_arena_print(k->m.rq->arena, &at, "/awards/%.*s", CN_ARG(w->id))) return cn_fail_memory(err);
    *out = (cn_view_register_row){.link = cn_issuing_url(k, at.p),
                                  .name = w->name,
                                  .key = w->learner_key,
                                  .when = cn_words_date(&k->m, w->awarded_at, false)};
    add_state(k, w, out);
    return cn_issuing_achievement(k, w->version, &out->achievement, err);
}

static bool add_awards(const cn_issuing *k, const cn_award_query *q, cn_page_awards *v, cn_err *err) {
    cn_arena *a = k->m.rq->arena;
    cn_awards list;
    size_t count;
    if (!cn_app_awards_of(a, k->app, q, &list, err) || !cn_app_awards_count(a, k->app, q, &count, err))
        return false;
    v->count = count;
    v->v = CN_NEW_ARRAY(a, cn_view_register_row, list.n);
    if (!v->v) return cn_fail_memory(err);
    for (; v->n < list.n; v->n++)
        if (!add_award(k, &list.v[v->n], &v->v[v->n], err)) return false;
    v->more = list.n == SHOWN;
    if (v->more) v->older = cn_url_path(a, address_of(k, "/awards", list.v[list.n - 1].number), k->m.language);
    return true;
}

/* Files that somebody has begun with, or that are being worked at. */
static bool add_uploads(const cn_issuing *k, cn_page_awards *v, cn_err *err) {
    cn_uploads list;
    if (!k->may_issue) return true;
    if (!cn_app_uploads_of(k->m.rq->arena, k->app, k->organisation->number, UPLOADS_SHOWN, &list, err))
        return false;
    v->uploads = CN_NEW_ARRAY(k->m.rq->arena, cn_view_upload, list.n);
    if (!v->uploads) return cn_fail_memory(err);
    for (size_t i = 0; i < list.n; i++) {
        const cn_upload *u = &list.v[i];
        cn_msg state = u->state == CN_UPLOAD_PREVIEW ? CN_MSG_awards_upload_preview : CN_MSG_awards_upload_work;
        if (u->state == CN_UPLOAD_DONE) continue;
        v->uploads[v->uploads_n++] = (cn_view_upload){.link = cn_issuing_upload_url(k, u, ""),
                                                      .file_name = u->file_name,
                                                      .when = cn_words_date(&k->m, u->created_at, false),
                                                      .state = cn_issuing_say(k, state)};
    }
    return true;
}

bool cn_web_awards(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_issuing k;
    cn_award_query q;
    cn_page_awards v = {0};
    cn_issuing_start(&k, app, rq);
    if (!query_of(&k, &q, err) || !add_awards(&k, &q, &v, err) || !add_uploads(&k, &v, err)) return false;
    v.organisation = k.organisation_name;
    v.words = q.words;
    v.may_issue = k.may_issue;
    v.back = cn_issuing_url(&k, "");
    v.upload = cn_issuing_url(&k, "/awards/upload");
    v.action = cn_issuing_url(&k, "/awards");
    v.csv = cn_url_path(rq->arena, address_of(&k, "/awards.csv", 0), k.m.language);
    v.page = cn_making_page(&k.m, address_of(&k, "/awards", q.before), cn_issuing_say(&k, CN_MSG_awards_title));
    cn_tpl_awards(&k.m.out, &v);
    return cn_making_finish(&k.m, 200, rs, err);
}

/* ---- As a spreadsheet ---- */

bool cn_web_awards_csv(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    static const cn_msg more[] = {CN_MSG_register_awarded, CN_MSG_register_until, CN_MSG_register_claimed,
                                  CN_MSG_register_revoked, CN_MSG_register_code,  CN_MSG_register_mail,
                                  CN_MSG_register_page};
    static const cn_sheet_field fields[] = {CN_FIELD_RESULT, CN_FIELD_DECISION, CN_FIELD_DATE,
                                            CN_FIELD_METHOD, CN_FIELD_ASSESSOR, CN_FIELD_EVIDENCE};
    cn_issuing k;
    cn_award_query q;
    cn_slice words[CN_REGISTER_COLUMNS];
    cn_issuing_start(&k, app, rq);
    words[0] = cn_words_sheet_field(&k, CN_FIELD_KEY);
    words[1] = cn_words_sheet_field(&k, CN_FIELD_NAME);
    words[2] = cn_words_sheet_field(&k, CN_FIELD_EMAIL);
    words[3] = cn_words_sheet_field(&k, CN_FIELD_LANGUAGE);
    words[4] = cn_issuing_say(&k, CN_MSG_register_achievement);
    for (size_t i = 0; i < 6; i++) words[5 + i] = cn_words_sheet_field(&k, fields[i]);
    for (size_t i = 0; i < 7; i++) words[11 + i] = cn_issuing_say(&k, more[i]);
    if (!query_of(&k, &q, err)) return false;
    q.before = 0;
    if (!cn_app_awards_csv(rq->arena, k.app, &q, k.m.language == CN_FR, words, &rs->body, err)) return false;
    rs->media_type = CN_S("text/csv; charset=utf-8");
    return cn_web_attachment(&k.m, CN_MSG_register_file, rs, err);
}
