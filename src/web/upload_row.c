/* SPDX-License-Identifier: Apache-2.0
 *
 * One row of an upload: mended, dropped, taken back.
 */
#include "web/messages.h"
#include "web/uploads.h"

#include "base/base.h"

static bool row_of(const cn_issuing *k, const cn_upload *u, cn_upload_row *out, cn_err *err) {
    uint64_t line;
    if (!cn_slice_to_u64(cn_request_arg(k->m.rq, CN_S("line")), UINT32_MAX, &line))
        return cn_fail(err, CN_NOT_FOUND, "store.none", "there is no such row.");
    return cn_app_upload_row(k->m.rq->arena, k->app, u, (int64_t)line, out, err);
}

/* Where each field of the form is kept. The name is one here, however many columns it came in. */
static cn_slice *text_of(cn_upload_row *row, cn_sheet_field field) {
    cn_slice *const texts[CN_FIELDS] = {
        [CN_FIELD_KEY] = &row->learner_key,   [CN_FIELD_NAME] = &row->name,
        [CN_FIELD_EMAIL] = &row->email,       [CN_FIELD_LANGUAGE] = &row->language,
        [CN_FIELD_RESULT] = &row->result,     [CN_FIELD_DECISION] = &row->decision,
        [CN_FIELD_DATE] = &row->decided_on,   [CN_FIELD_METHOD] = &row->method,
        [CN_FIELD_ASSESSOR] = &row->assessor, [CN_FIELD_EVIDENCE] = &row->evidence,
    };
    return texts[field];
}

static cn_slice hint_of(const cn_issuing *k, cn_sheet_field field) {
    cn_msg hint;
    return cn_message_find(CN_MSG_FAMILY("row-hint"), cn_sheet_field_word(field), NULL, &hint)
               ? cn_issuing_say(k, hint)
               : CN_S("");
}

static void add_line(const cn_issuing *k, cn_sheet_field field, cn_slice value, const cn_row_problem *found,
                     size_t n, int64_t twin, cn_page_upload_row *v) {
    cn_view_line *line = &v->lines[v->lines_n++];
    *line = (cn_view_line){.id = cn_sheet_field_word(field),
                           .type = CN_S("text"),
                           .autocomplete = CN_S("off"),
                           .label = cn_words_sheet_field(k, field),
                           .hint = hint_of(k, field),
                           .value = value};
    for (size_t i = 0; i < n; i++)
        if (found[i].field == field) line->error = cn_words_row_problem(k, &found[i], twin);
    v->wrong += line->error.n > 0;
    cn_view_line_done(k->m.rq->arena, line);
}

static bool show_row(cn_issuing *k, const cn_upload *u, cn_upload_row *row, int status, cn_response *rs,
                     cn_err *err) {
    cn_page_upload_row v = {.file_name = u->file_name, .line = row->line, .dropped = row->state == CN_ROW_DROPPED};
    cn_row_problem found[CN_ROW_PROBLEMS_MAX];
    cn_arena *a = k->m.rq->arena;
    cn_decision d;
    char at[64];
    if (!cn_app_upload_decision(a, u, &d, err)) return false;
    size_t n = cn_row_check(a, k->m.rq->now, row, &d, found);
    for (cn_sheet_field f = 0; f < CN_FIELDS; f++) {
        cn_slice *text = text_of(row, f);
        if (text) add_line(k, f, *text, found, n, row->twin, &v);
    }
    for (size_t i = 0; i < n; i++)
        if (found[i].field == CN_FIELDS) v.error = cn_words_row_problem(k, &found[i], 0);
    v.raw = row->raw;
    v.wrong += v.error.n > 0;
    (void)snprintf(at, sizeof at, "/rows/%lld", v.line);
    v.back = cn_issuing_upload_url(k, u, "");
    v.action = cn_issuing_upload_url(k, u, at);
    cn_slice path = cn_issuing_upload_path(k, u, at);
    (void)snprintf(at, sizeof at, "/rows/%lld/drop", v.line);
    v.drop = cn_issuing_upload_url(k, u, at);
    v.page = cn_making_page(
        &k->m, path,
        cn_making_text(&k->m, CN_MSG_row_title, cn_issuing_number(k, (unsigned long long)v.line), (cn_slice){0}));
    v.page.wrong = v.wrong > 0;
    cn_tpl_upload_row(&k->m.out, &v);
    return cn_making_finish(&k->m, status, rs, err);
}

/* An upload that is no longer previewed is shown as it is now. */
static bool begin(cn_issuing *k, void *app, const cn_request *rq, cn_upload *u, cn_upload_row *row, cn_err *err) {
    cn_issuing_start(k, app, rq);
    return cn_issuing_upload(k, u, err) && row_of(k, u, row, err);
}

bool cn_web_upload_row(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_issuing k;
    cn_upload u;
    cn_upload_row row;
    if (!begin(&k, app, rq, &u, &row, err)) return false;
    if (u.state != CN_UPLOAD_PREVIEW) return cn_web_go(rq, cn_issuing_upload_path(&k, &u, ""), rs, err);
    return show_row(&k, &u, &row, 200, rs, err);
}

static bool go_back(const cn_issuing *k, const cn_upload *u, bool good, const char *done, cn_response *rs,
                    cn_err *err) {
    if (!good && strcmp(err->id, "upload.state") != 0) return false;
    return cn_web_go(k->m.rq, cn_issuing_upload_path(k, u, good ? done : ""), rs, err);
}

bool cn_web_upload_row_mend(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_issuing k;
    cn_upload u;
    cn_upload_row row;
    cn_decision d;
    if (!begin(&k, app, rq, &u, &row, err)) return false;
    for (cn_sheet_field f = 0; f < CN_FIELDS; f++) {
        cn_slice *text = text_of(&row, f);
        if (text) *text = cn_request_text(rq, cn_sheet_field_word(f));
    }
    if (!cn_app_upload_mend(rq->arena, k.app, rq->now, &u, &row, err)) return go_back(&k, &u, false, "", rs, err);
    /* What is still wrong is shown at once, with what was typed. */
    if (!cn_app_upload_row(rq->arena, k.app, &u, row.line, &row, err) ||
        !cn_app_upload_decision(rq->arena, &u, &d, err))
        return false;
    if (cn_row_kind_of(rq->arena, rq->now, &row, &d) == CN_ROW_IS_WRONG)
        return show_row(&k, &u, &row, 422, rs, err);
    return go_back(&k, &u, true, "?done=mended", rs, err);
}

bool cn_web_upload_row_drop(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_issuing k;
    cn_upload u;
    cn_upload_row row;
    if (!begin(&k, app, rq, &u, &row, err)) return false;
    bool dropped = !cn_slice_eq(cn_request_text(rq, CN_S("back")), CN_S("1"));
    bool good = cn_app_upload_drop_row(rq->arena, k.app, rq->now, &u, row.line, dropped, err);
    return go_back(&k, &u, good, dropped ? "?done=dropped-one" : "?done=back", rs, err);
}
