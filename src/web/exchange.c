/* SPDX-License-Identifier: Apache-2.0
 *
 * Achievements as files: a version for everybody, a draft for those who work at it, and the file of another
 * program as a draft.
 */
#include "web/exchange.h"
#include "web/messages.h"

#include "base/base.h"

/* ---- To others ---- */

bool cn_view_exchange_files(const cn_making *m, cn_slice before, cn_view_files *out, cn_err *err) {
    size_t count = 0;
    while (cn_exchange_words[count].n) count++;
    cn_view_files list = {.v = CN_NEW_ARRAY(m->rq->arena, cn_view_file, count)};
    if (!list.v) return cn_fail_memory(err);
    for (; list.n < count; list.n++) {
        cn_msg message;
        cn_slice word = cn_exchange_words[list.n], path;
        bool known = cn_message_find(CN_MSG_FAMILY("exchange-format"), word, NULL, &message);
        assert(known);
        if (!cn_arena_print(m->rq->arena, &path, "%.*s.%.*s.json", CN_ARG(before), CN_ARG(word)))
            return cn_fail_memory(err);
        list.v[list.n] = (cn_view_file){cn_message(m->language, message), {path}};
    }
    *out = list;
    return true;
}

/* "2.ctdl.json": the part before the first dot, and the format. */
static bool take_apart(cn_slice name, cn_slice *stem, cn_slice *format) {
    cn_slice rest, ending;
    return cn_slice_cut(name, '.', stem, &rest) && cn_slice_cut(rest, '.', format, &ending) &&
           cn_slice_eq(ending, CN_S("json"));
}

static bool none(cn_err *err) {
    return cn_fail(err, CN_NOT_FOUND, "exchange.format", "There is no such file.");
}

/* Other sites' programs read it too. */
static bool send_file(const cn_making *m, const cn_exchange_file *file, cn_response *rs, cn_err *err) {
    rs->media_type = file->media_type;
    rs->body = file->text;
    return (cn_response_header(m->rq, rs, CN_S("cross-origin-resource-policy"), CN_S("cross-origin")) &&
            cn_response_header(m->rq, rs, CN_S("access-control-allow-origin"), CN_S("*"))) ||
           cn_fail_memory(err);
}

bool cn_web_exchange_version(const cn_making *m, const cn_version *is, cn_slice name, cn_response *rs,
                             cn_err *err) {
    cn_slice stem, format;
    cn_exchange_file file;
    if (!take_apart(name, &stem, &format)) return none(err);
    return cn_app_exchange_version(m->rq->arena, m->web->app, m->rq->now, is, format, &file, err) &&
           send_file(m, &file, rs, err);
}

/* The draft, as it stands: "draft.ctdl.json". */
static bool draft_file(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_desk d;
    cn_achievement is;
    cn_exchange_file file;
    cn_slice stem, format;
    cn_desk_start(&d, app, rq);
    if (!take_apart(cn_request_arg(rq, CN_S("file")), &stem, &format) || !cn_slice_eq(stem, CN_S("draft")))
        return none(err);
    if (!cn_app_achievement_get(rq->arena, d.app, d.organisation, d.id, &is, err) ||
        !cn_app_exchange_draft(rq->arena, d.app, rq->now, &d.session->organisation, &is, format, &file, err))
        return false;
    rs->media_type = file.media_type;
    rs->body = file.text;
    return true;
}

/* ---- From others ---- */

static bool show_form(cn_desk *d, cn_slice error, int status, cn_response *rs, cn_err *err) {
    cn_page_exchange v = {.file = {.error = error, .described = CN_S("file-hint")}};
    if (error.n)
        v.file = (cn_view_field){.error = error,
                                 .described = CN_S("file-hint file-error"),
                                 .group_class = CN_S(" govuk-form-group--error"),
                                 .input_class = CN_S(" govuk-file-upload--error")};
    v.page = cn_making_page(&d->m, cn_desk_path(d, CN_S("import"), ""),
                            cn_message(d->m.language, CN_MSG_exchange_title));
    v.page.wrong = error.n > 0;
    v.organisation = d->organisation_name;
    v.back = cn_desk_url(d, (cn_slice){0}, "");
    v.action = cn_desk_url(d, CN_S("import"), "");
    v.french = status == 200 ? d->m.language == CN_FR
                             : cn_slice_eq(cn_request_text(d->m.rq, CN_S("language")), CN_S("fr"));
    cn_tpl_exchange(&d->m.out, &v);
    return cn_making_finish(&d->m, status, rs, err);
}

static bool form(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_desk d;
    cn_desk_start(&d, app, rq);
    return show_form(&d, (cn_slice){0}, 200, rs, err);
}

/* What was left out, so that who brought the file can add it by hand. */
static bool show_done(cn_desk *d, const cn_exchange_taken *taken, cn_slice id, cn_response *rs, cn_err *err) {
    cn_page_exchange_done v = {.draft = cn_desk_url(d, id, "")};
    cn_hidden h = {.arena = d->m.rq->arena};
    cn_msg message;
    v.untaken = CN_NEW_ARRAY(d->m.rq->arena, cn_view_untaken, taken->untaken_n);
    if (!v.untaken) return cn_fail_memory(err);
    bool named = cn_message_find(CN_MSG_FAMILY("exchange-format"), taken->format, NULL, &message);
    assert(named);
    v.format = cn_message(d->m.language, message);
    for (; v.untaken_n < taken->untaken_n; v.untaken_n++) {
        const cn_exchange_untaken *one = &taken->untaken[v.untaken_n];
        bool known = cn_message_find(CN_MSG_FAMILY("exchange-why"), one->why, NULL, &message);
        assert(known);
        v.untaken[v.untaken_n] =
            (cn_view_untaken){cn_hidden_show(&h, one->at), cn_message(d->m.language, message)};
    }
    v.name = cn_hidden_show(&h, cn_achievement_name(&taken->draft, d->m.language, &v.name_language));
    v.page = cn_making_page(&d->m, cn_desk_path(d, CN_S("import"), ""),
                            cn_making_text(&d->m, CN_MSG_exchange_done_title, v.name, (cn_slice){0}));
    cn_tpl_exchange_done(&d->m.out, &v);
    return cn_making_finish(&d->m, 200, rs, err);
}

/* For whoever brought the file; empty where the error is none of theirs. */
static cn_slice sentence(const cn_making *m, const cn_err *err) {
    if (!strcmp(err->id, "exchange.unknown")) return cn_message(m->language, CN_MSG_exchange_error_unknown);
    if (!strcmp(err->id, "exchange.nameless")) return cn_message(m->language, CN_MSG_exchange_error_nameless);
    if (!strncmp(err->id, "json.", 5)) return cn_message(m->language, CN_MSG_exchange_error_json);
    if (err->code == CN_INVALID) return cn_message(m->language, CN_MSG_exchange_error_draft);
    return (cn_slice){0};
}

static bool take(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_desk d;
    cn_exchange_taken taken;
    cn_slice id;
    const cn_form_part *file = cn_request_part(rq, CN_S("file"));
    bool french = cn_slice_eq(cn_request_text(rq, CN_S("language")), CN_S("fr"));
    cn_desk_start(&d, app, rq);
    if (!file || !file->file || !file->value.n)
        return show_form(&d, cn_message(d.m.language, CN_MSG_exchange_error_none), 422, rs, err);
    if (!cn_app_exchange_take(rq->arena, d.app, rq->now, d.organisation, d.session->person.number, file->value,
                              french, &taken, &id, err)) {
        cn_slice why = sentence(&d.m, err);
        return why.n && show_form(&d, why, 422, rs, err);
    }
    return taken.untaken_n ? show_done(&d, &taken, id, rs, err) : cn_desk_done(&d, id, "taken", rs, err);
}

/* ---- Routes ---- */

#define HERE "/organisations/:org/achievements"
enum { FILE_MAX = 2 << 20 };

static const cn_route routes[] = {
    {.method = CN_GET, .path = HERE "/import", .handle = form, .permission = CN_DESIGNER},
    {.method = CN_POST,
     .path = HERE "/import",
     .handle = take,
     .permission = CN_DESIGNER,
     .csrf = CN_CSRF_TOKEN,
     .max_body = FILE_MAX},
    {.method = CN_GET, .path = HERE "/:achievement/files/:file", .handle = draft_file, .permission = CN_VIEWER},
};

const cn_route_group cn_web_exchange_routes = {routes, sizeof routes / sizeof routes[0]};
