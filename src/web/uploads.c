/* SPDX-License-Identifier: Apache-2.0
 *
 * Awards from a file: the form for the file, what is wrong with it, and what the pages after it share.
 */
#include "web/uploads.h"
#include "app/approval.h"
#include "app/achievements.h"
#include "web/messages.h"

#include "base/base.h"

enum {
    FILE_BODY_MAX = (33 << 20),
    FORM_BODY_MAX = 64 << 10,
    PROBLEMS_MAX = 2 * CN_SHEET_MAX_COLUMNS,
    LINE_SHOWN = 120,
    UPLOAD_COST = 5
};

/* ---- What the pages share ---- */

void cn_issuing_start(cn_issuing *k, void *web, const cn_request *rq) {
    *k = (cn_issuing){.session = cn_web_session(rq)};
    cn_making_start(&k->m, web, rq);
    k->app = k->m.web->app;
    k->organisation = &k->session->organisation;
    k->organisation_name = cn_making_choose(&k->m, k->organisation->name);
    k->may_issue = cn_roles_allow(k->session->roles, CN_ROLE_ISSUER);
}

cn_slice cn_issuing_path(const cn_issuing *k, const char *rest) {
    cn_slice path;
    bool fits = cn_arena_print(k->m.rq->arena, &path, "/organisations/%.*s%s", CN_ARG(k->organisation->id), rest);
    return fits ? path : CN_S("");
}

cn_url cn_issuing_url(const cn_issuing *k, const char *rest) {
    return cn_url_path(k->m.rq->arena, cn_issuing_path(k, rest), k->m.language);
}

cn_slice cn_issuing_upload_path(const cn_issuing *k, const cn_upload *u, const char *rest) {
    cn_slice path;
    bool fits = cn_arena_print(k->m.rq->arena, &path, "/organisations/%.*s/uploads/%.*s%s",
                               CN_ARG(k->organisation->id), CN_ARG(u->id), rest);
    return fits ? path : CN_S("");
}

cn_url cn_issuing_upload_url(const cn_issuing *k, const cn_upload *u, const char *rest) {
    return cn_url_path(k->m.rq->arena, cn_issuing_upload_path(k, u, rest), k->m.language);
}

cn_slice cn_issuing_say(const cn_issuing *k, cn_msg message) {
    return cn_message(k->m.language, message);
}

cn_slice cn_issuing_number(const cn_issuing *k, unsigned long long number) {
    cn_slice text;
    return cn_arena_print(k->m.rq->arena, &text, "%llu", number) ? text : CN_S("");
}

bool cn_issuing_upload(const cn_issuing *k, cn_upload *out, cn_err *err) {
    const cn_request *rq = k->m.rq;
    return cn_app_upload_get(rq->arena, k->app, k->organisation->number, cn_request_arg(rq, CN_S("upload")), out,
                             err);
}

bool cn_issuing_achievement(const cn_issuing *k, int64_t version, cn_slice *out, cn_err *err) {
    cn_version v;
    if (!cn_app_version_get(k->m.rq->arena, k->app, version, &v, err)) return false;
    *out = cn_making_choose(&k->m, (cn_bilingual){v.en.name, v.fr.name});
    return true;
}

cn_slice cn_words_sheet_field(const cn_issuing *k, cn_sheet_field field) {
    cn_msg message;
    bool found = cn_message_find(CN_MSG_FAMILY("sheet-field"), cn_sheet_field_word(field), NULL, &message);
    return found ? cn_issuing_say(k, message) : cn_sheet_field_word(field);
}

/* ---- The form ---- */

static bool add_versions(const cn_issuing *k, cn_slice chosen, cn_page_upload *v, cn_err *err) {
    cn_versions all;
    cn_arena *a = k->m.rq->arena;
    if (!cn_app_versions_of(a, k->app, k->organisation->number, &all, err)) return false;
    v->versions = CN_NEW_ARRAY(a, cn_view_option, all.n);
    if (!v->versions) return cn_fail_memory(err);
    for (; v->versions_n < all.n; v->versions_n++) {
        const cn_version *one = &all.v[v->versions_n];
        cn_slice value = cn_issuing_number(k, (unsigned long long)one->number);
        cn_slice name = cn_making_choose(&k->m, (cn_bilingual){one->en.name, one->fr.name});
        cn_may_award may;
        if (!cn_app_may_award(a, k->app, k->m.rq->now, one, &may, err)) return false;
        if (!may.yes) name = cn_making_text(&k->m, CN_MSG_flow_not_now, name, (cn_slice){0});
        v->versions[v->versions_n] = (cn_view_option){value, name, cn_slice_eq(value, chosen) || all.n == 1};
    }
    return true;
}

static void mark_field(cn_view_field *f, cn_slice input_class, cn_slice hint, cn_slice hint_and_error) {
    f->described = f->error.n ? hint_and_error : hint;
    if (!f->error.n) return;
    f->group_class = CN_S(" govuk-form-group--error");
    f->input_class = input_class;
}

static bool show_form(cn_issuing *k, cn_page_upload *v, int status, cn_response *rs, cn_err *err) {
    if (!add_versions(k, cn_request_text(k->m.rq, CN_S("version")), v, err)) return false;
    v->wrong = v->version.error.n || v->file.error.n;
    mark_field(&v->version, CN_S(" govuk-select--error"), CN_S("version-hint"),
               CN_S("version-hint version-error"));
    mark_field(&v->file, CN_S(" govuk-file-upload--error"), CN_S("file-hint"), CN_S("file-hint file-error"));
    v->page = cn_making_page(&k->m, cn_issuing_path(k, "/awards/upload"), cn_issuing_say(k, CN_MSG_upload_title));
    v->organisation = k->organisation_name;
    v->back = cn_issuing_url(k, "/awards");
    v->action = cn_issuing_url(k, "/awards/upload");
    v->model = cn_issuing_url(k, "/awards/model.csv");
    v->achievements = cn_issuing_url(k, "/achievements");
    v->page.wrong = v->wrong;
    cn_tpl_upload(&k->m.out, v);
    return cn_making_finish(&k->m, status, rs, err);
}

static bool form(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_issuing k;
    cn_page_upload v = {0};
    cn_issuing_start(&k, app, rq);
    return show_form(&k, &v, 200, rs, err);
}

/* ---- A file ---- */

/* Its beginning; empty where it is not UTF-8, or too far down to be found by lines that end in LF. */
static cn_slice line_of(cn_slice bytes, size_t number) {
    cn_slice line = {0}, rest = bytes;
    for (size_t i = 0; i < number && (rest.n || !i); i++) (void)cn_slice_cut(rest, '\n', &line, &rest);
    cn_slice shown = cn_utf8_prefix(cn_slice_trim(line), LINE_SHOWN);
    return cn_utf8_invalid(shown) == SIZE_MAX ? shown : CN_S("");
}

/* The line, and how it is written right. */
static bool explain_quote(const cn_issuing *k, const cn_err *why, cn_slice bytes, cn_page_upload *v, cn_err *err) {
    cn_slice *all = CN_NEW_ARRAY(k->m.rq->arena, cn_slice, 2), none = {0};
    cn_slice line = line_of(bytes, cn_sheet_err_line(why));
    size_t n = 0;
    if (!all) return cn_fail_memory(err);
    if (line.n) all[n++] = cn_making_text(&k->m, CN_MSG_upload_line_reads, line, none);
    all[n++] = cn_making_text(&k->m, CN_MSG_upload_quote_example, CN_S("\"Anne \"\"Annie\"\" Roy\""), none);
    v->problems = all;
    v->problems_n = n;
    return true;
}

/* What the file is that could not be read; it is ours to say where it can be. */
static bool explain(const cn_issuing *k, const cn_err *why, cn_page_upload *v) {
    static const cn_slice prefix = CN_S_INIT("sheet.");
    cn_slice id = cn_slice_of(why->id);
    cn_msg message;
    if (!cn_slice_starts(id, prefix) ||
        !cn_message_find(CN_MSG_FAMILY("sheet-error"), cn_slice_from(id, prefix.n), NULL, &message))
        return false;
    v->file.error = cn_making_text(&k->m, message, cn_issuing_number(k, cn_sheet_err_line(why)), (cn_slice){0});
    return true;
}

/* All that is wrong with the columns, a sentence each; the first stands by the field. */
static bool explain_columns(const cn_issuing *k, const cn_upload_report *r, cn_page_upload *v, cn_err *err) {
    cn_slice *all = CN_NEW_ARRAY(k->m.rq->arena, cn_slice, PROBLEMS_MAX), none = {0};
    size_t n = 0;
    if (!all) return cn_fail_memory(err);
    for (size_t i = 0; i < r->missing_n; i++)
        all[n++] = cn_making_text(&k->m, CN_MSG_upload_missing, cn_words_sheet_field(k, r->missing[i]), none);
    for (size_t i = 0; i < r->twice_n; i++)
        all[n++] = cn_making_text(&k->m, CN_MSG_upload_twice, r->twice[i], none);
    if (!r->rows) all[n++] = cn_issuing_say(k, CN_MSG_upload_no_rows);
    v->file.error = all[0];
    v->problems = all + 1;
    v->problems_n = n - 1;
    return true;
}

static int64_t chosen_version(const cn_request *rq) {
    uint64_t number;
    return cn_slice_to_u64(cn_request_text(rq, CN_S("version")), INT64_MAX, &number) ? (int64_t)number : 0;
}

static bool read_file(cn_issuing *k, const cn_form_part *part, cn_page_upload *v, cn_slice *id, cn_err *err) {
    const cn_request *rq = k->m.rq;
    cn_upload_report report;
    cn_upload_file file = {.organisation = k->organisation->number,
                           .version = chosen_version(rq),
                           .person = k->session->person.number,
                           .name = part->filename,
                           .language = rq->language,
                           .bytes = part->value};
    if (!cn_app_upload_new(rq->arena, k->app, rq->now, &file, &report, id, err)) {
        *id = CN_S("");
        if (err->code == CN_NOT_FOUND) v->version.error = cn_issuing_say(k, CN_MSG_upload_version_none);
        if (err->code == CN_NOT_FOUND) return true;
        cn_err why = *err;
        bool quote = !strncmp(why.id, "sheet.quote", 11);
        return explain(k, &why, v) && (!quote || explain_quote(k, &why, part->value, v, err));
    }
    return report.good || explain_columns(k, &report, v, err);
}

static bool upload(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_issuing k;
    cn_page_upload v = {0};
    cn_slice id = {0};
    const cn_form_part *part = cn_request_part(rq, CN_S("file"));
    cn_issuing_start(&k, app, rq);
    bool chosen = part && part->file && (part->filename.n || part->value.n);
    if (!chosen_version(rq)) v.version.error = cn_issuing_say(&k, CN_MSG_upload_version_none);
    if (!chosen) v.file.error = cn_issuing_say(&k, CN_MSG_upload_file_none);
    if (!v.version.error.n && chosen && !read_file(&k, part, &v, &id, err)) return false;
    if (!id.n) return show_form(&k, &v, 422, rs, err);
    return cn_web_go(rq, cn_issuing_upload_path(&k, &(cn_upload){.id = id}, ""), rs, err);
}

/* A file to begin with: the words of the columns, and nobody. */
static bool model(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    static const cn_sheet_field columns[] = {
        CN_FIELD_KEY,      CN_FIELD_NAME, CN_FIELD_EMAIL,  CN_FIELD_LANGUAGE, CN_FIELD_RESULT,
        CN_FIELD_DECISION, CN_FIELD_DATE, CN_FIELD_METHOD, CN_FIELD_ASSESSOR, CN_FIELD_EVIDENCE};
    cn_issuing k;
    cn_buf b = cn_buf_on(rq->arena, 0);
    cn_issuing_start(&k, app, rq);
    cn_sheet_writer w = {.out = &b, .separator = k.m.language == CN_FR ? ';' : ','};
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        cn_sheet_write(&w, cn_words_sheet_field(&k, columns[i]));
    cn_sheet_end_row(&w);
    if (!cn_buf_ok(&b)) return cn_fail_memory(err);
    rs->media_type = CN_S("text/csv; charset=utf-8");
    rs->body = cn_buf_slice(&b);
    return cn_response_header(rq, rs, CN_S("content-disposition"), CN_S("attachment; filename=\"cairn.csv\"")) ||
           cn_fail_memory(err);
}

/* ---- Routes ---- */

#define UPLOAD "/organisations/:org/uploads/:upload"
#define ISSUER_POST(at, does)                                                                                     \
    {                                                                                                             \
        .method = CN_POST, .path = at, .handle = does, .permission = CN_ISSUER, .csrf = CN_CSRF_TOKEN,            \
        .max_body = FORM_BODY_MAX                                                                                 \
    }

static const cn_route routes[] = {
    {.method = CN_GET, .path = "/organisations/:org/awards", .handle = cn_web_awards, .permission = CN_VIEWER},
    {.method = CN_GET,
     .path = "/organisations/:org/awards.csv",
     .handle = cn_web_awards_csv,
     .permission = CN_VIEWER},
    {.method = CN_GET, .path = "/organisations/:org/awards/model.csv", .handle = model, .permission = CN_ISSUER},
    {.method = CN_GET, .path = "/organisations/:org/awards/upload", .handle = form, .permission = CN_ISSUER},
    {.method = CN_POST,
     .path = "/organisations/:org/awards/upload",
     .handle = upload,
     .permission = CN_ISSUER,
     .csrf = CN_CSRF_TOKEN,
     .max_body = FILE_BODY_MAX,
     .cost = UPLOAD_COST},
    {.method = CN_GET, .path = UPLOAD, .handle = cn_web_upload, .permission = CN_ISSUER},
    ISSUER_POST(UPLOAD "/decision", cn_web_upload_decide),
    ISSUER_POST(UPLOAD "/confirm", cn_web_upload_confirm),
    ISSUER_POST(UPLOAD "/cancel", cn_web_upload_cancel),
    ISSUER_POST(UPLOAD "/drop-wrong", cn_web_upload_drop_wrong),
    {.method = CN_GET, .path = UPLOAD "/rows/:line", .handle = cn_web_upload_row, .permission = CN_ISSUER},
    ISSUER_POST(UPLOAD "/rows/:line", cn_web_upload_row_mend),
    ISSUER_POST(UPLOAD "/rows/:line/drop", cn_web_upload_row_drop),
};

const cn_route_group cn_web_awards_routes = {routes, sizeof routes / sizeof routes[0]};
