/* SPDX-License-Identifier: Apache-2.0
 *
 * The preview of an upload: how many rows will be awarded and which are wrong, what the whole file decides, what a
 * stranger will read; and the way on.
 */
#include "app/achievements.h"
#include "web/messages.h"
#include "web/reviews.h"
#include "web/uploads.h"

#include "base/base.h"

enum { ROWS_SHOWN = 50 };

static const cn_slice kind_words[CN_ROW_KINDS] = {
    [CN_ROW_IS_READY] = CN_S_INIT("ready"),
    [CN_ROW_IS_WRONG] = CN_S_INIT("wrong"),
    [CN_ROW_IS_BEFORE] = CN_S_INIT("before"),
    [CN_ROW_IS_DROPPED] = CN_S_INIT("dropped"),
};

/* ---- Rows ---- */

cn_slice cn_words_row_problem(const cn_issuing *k, const cn_row_problem *problem, int64_t twin) {
    char word[32];
    cn_msg message;
    (void)snprintf(word, sizeof word, "%.*s", CN_ARG(problem->word));
    cn_slice field = cn_sheet_field_word(problem->field), none = {0};
    if (cn_message_find(CN_MSG_FAMILY("row-problem"), field, word, &message))
        return cn_making_text(&k->m, message, cn_issuing_number(k, (unsigned long long)twin), none);
    if (!cn_message_find(CN_MSG_FAMILY("row-problem"), problem->word, NULL, &message)) return problem->word;
    return cn_making_text(&k->m, message, cn_words_sheet_field(k, problem->field), none);
}

bool cn_view_upload_row_fill(const cn_issuing *k, const cn_upload *u, const cn_upload_row *row,
                             const cn_decision *d, bool told, cn_view_upload_row *out, cn_err *err) {
    cn_row_problem found[CN_ROW_PROBLEMS_MAX];
    cn_arena *a = k->m.rq->arena;
    char at[64];
    size_t n = row->state == CN_ROW_DROPPED ? 0 : cn_row_check(a, k->m.rq->now, row, d, found);
    cn_slice *problems = CN_NEW_ARRAY(a, cn_slice, n);
    if (!problems) return cn_fail_memory(err);
    for (size_t i = 0; i < n; i++)
        problems[i] = told && cn_slice_eq(found[i].word, CN_S("assessment"))
                          ? cn_issuing_say(k, CN_MSG_preview_unassessed_row)
                          : cn_words_row_problem(k, &found[i], row->twin);
    (void)snprintf(at, sizeof at, "/rows/%lld", (long long)row->line);
    *out = (cn_view_upload_row){
        .line = row->line,
        .name = row->name.n ? row->name : cn_issuing_say(k, CN_MSG_preview_nameless),
        .email = row->email,
        .key = row->learner_key,
        .result = row->result,
        .problems = problems,
        .problems_n = n,
        .mend = cn_issuing_upload_url(k, u, at),
        .page_csrf = k->session->csrf,
        .warning = row->marks & CN_ROW_FORMULA ? cn_issuing_say(k, CN_MSG_preview_formula_row) : CN_S(""),
        .dropped = row->state == CN_ROW_DROPPED,
        .may = !row->before || row->state == CN_ROW_DROPPED || n};
    (void)snprintf(at, sizeof at, "/rows/%lld/drop", (long long)row->line);
    out->drop = cn_issuing_upload_url(k, u, at);
    return true;
}

static bool add_rows(const cn_issuing *k, const cn_upload *u, const cn_decision *d, const cn_preview_list *p,
                     cn_page_preview *v, cn_err *err) {
    v->rows = CN_NEW_ARRAY(k->m.rq->arena, cn_view_upload_row, p->n);
    if (!v->rows) return cn_fail_memory(err);
    for (; v->rows_n < p->n; v->rows_n++)
        if (!cn_view_upload_row_fill(k, u, &p->rows[v->rows_n], d, v->unassessed > 1, &v->rows[v->rows_n], err))
            return false;
    v->more = p->more;
    return true;
}

/* What concerns many rows is said once, above them. */
static void add_notes(const cn_issuing *k, const cn_upload *u, const cn_preview *p, const cn_decision *d,
                      cn_page_preview *v) {
    char at[64];
    for (cn_sheet_field f = 0; f < CN_FIELDS; f++)
        if (d->columns[f].n)
            v->columns[v->columns_n++] = (cn_view_column){d->columns[f], cn_words_sheet_field(k, f)};
    v->unknown = d->unknown;
    v->unassessed = p->unassessed;
    v->formulas = p->formulas;
    v->formula = p->formula;
    (void)snprintf(at, sizeof at, "/rows/%lld", (long long)p->formula);
    v->formula_row = cn_issuing_upload_url(k, u, at);
}

/* ---- Which rows are shown ---- */

/* CN_ROW_KINDS: the address says none. */
static cn_row_kind asked_kind(const cn_request *rq) {
    cn_slice asked = cn_request_arg(rq, CN_S("show"));
    cn_row_kind i = 0;
    while (i < CN_ROW_KINDS && !cn_slice_eq(asked, kind_words[i])) i++;
    return i;
}

/* Those that are asked for; else those that are wrong, where there are any. */
static cn_row_kind kind_of(const cn_request *rq, const size_t counts[CN_ROW_KINDS]) {
    cn_row_kind asked = asked_kind(rq);
    if (asked < CN_ROW_KINDS) return asked;
    return counts[CN_ROW_IS_WRONG]   ? CN_ROW_IS_WRONG
           : counts[CN_ROW_IS_READY] ? CN_ROW_IS_READY
                                     : CN_ROW_IS_BEFORE;
}

static cn_url kind_url(const cn_issuing *k, const cn_upload *u, cn_row_kind kind, int64_t after) {
    char rest[64];
    (void)snprintf(rest, sizeof rest, "?show=%s&after=%lld", kind_words[kind].p, (long long)after);
    return cn_issuing_upload_url(k, u, rest);
}

static void add_tabs(const cn_issuing *k, const cn_upload *u, cn_row_kind shown, const size_t counts[CN_ROW_KINDS],
                     cn_page_preview *v) {
    static const cn_msg texts[CN_ROW_KINDS] = {
        [CN_ROW_IS_READY] = CN_MSG_preview_tab_ready,
        [CN_ROW_IS_WRONG] = CN_MSG_preview_tab_wrong,
        [CN_ROW_IS_BEFORE] = CN_MSG_preview_tab_before,
        [CN_ROW_IS_DROPPED] = CN_MSG_preview_tab_dropped,
    };
    static const cn_msg nothing[CN_ROW_KINDS] = {
        [CN_ROW_IS_READY] = CN_MSG_preview_none_ready,
        [CN_ROW_IS_WRONG] = CN_MSG_preview_none_wrong,
        [CN_ROW_IS_BEFORE] = CN_MSG_preview_none_before,
        [CN_ROW_IS_DROPPED] = CN_MSG_preview_none_dropped,
    };
    for (cn_row_kind i = 0; i < CN_ROW_KINDS; i++)
        v->tabs[i] = (cn_view_row_tab){cn_issuing_say(k, texts[i]), i == shown ? CN_S("true") : CN_S("false"),
                                       counts[i], kind_url(k, u, i, 0)};
    v->nothing = cn_issuing_say(k, nothing[shown]);
    v->ready = counts[CN_ROW_IS_READY];
    v->wrong = counts[CN_ROW_IS_WRONG];
    v->before = counts[CN_ROW_IS_BEFORE];
    v->may_confirm = v->ready && !v->wrong;
}

/* ---- What a stranger reads ---- */

/* "Achieved, May 28, 2026, practical exam, Ann Lee" */
static cn_slice assessment_of(const cn_issuing *k, const cn_upload_row *row) {
    cn_time day;
    bool dated = cn_time_read_loose(row->decided_on, &day);
    const cn_slice parts[] = {row->decision, dated ? cn_words_date(&k->m, day, false) : CN_S(""), row->method,
                              row->assessor};
    cn_buf b = cn_buf_on(k->m.rq->arena, 0);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (parts[i].n) cn_buf_print(&b, "%s%.*s", b.n ? ", " : "", CN_ARG(parts[i]));
    return cn_buf_ok(&b) ? cn_buf_slice(&b) : CN_S("");
}

/* Of the first row that is ready. */
static void add_sample(const cn_issuing *k, const cn_preview_list *ready, const cn_decision *d,
                       cn_page_preview *v) {
    if (!ready->n) return;
    cn_upload_row row = cn_row_decided(&ready->rows[0], d);
    v->sampled = true;
    v->sample = (cn_view_sample){.name = row.name,
                                 .achievement = v->achievement,
                                 .issuer = k->organisation_name,
                                 .result = row.result,
                                 .assessment = assessment_of(k, &row)};
}

/* ---- The decision of the whole file ---- */

static void add_decision(const cn_issuing *k, const cn_decision *d, const cn_err *why, cn_page_preview *v) {
    const struct {
        cn_sheet_field field;
        cn_slice value, hint;
    } lines[] = {
        {CN_FIELD_DATE, d->date, cn_issuing_say(k, CN_MSG_preview_date_hint)},
        {CN_FIELD_METHOD, d->method, CN_S("")},
        {CN_FIELD_ASSESSOR, d->assessor, CN_S("")},
    };
    for (size_t i = 0; i < 3; i++) {
        cn_slice id = cn_sheet_field_word(lines[i].field);
        v->lines[i] = (cn_view_line){.id = id,
                                     .type = CN_S("text"),
                                     .autocomplete = CN_S("off"),
                                     .label = cn_words_sheet_field(k, lines[i].field),
                                     .hint = lines[i].hint,
                                     .value = lines[i].value};
        cn_row_problem p = {lines[i].field, cn_slice_of(why ? why->detail : "")};
        if (why && cn_slice_eq(id, cn_slice_of(why->where))) v->lines[i].error = cn_words_row_problem(k, &p, 0);
        cn_view_line_done(k->m.rq->arena, &v->lines[i]);
    }
    for (cn_language l = 0; l < CN_LANGUAGES; l++) {
        cn_slice tag = cn_language_tag(l);
        cn_msg name = l == CN_FR ? CN_MSG_preview_french : CN_MSG_preview_english;
        v->languages[l] = (cn_view_option){tag, cn_issuing_say(k, name), cn_slice_eq(tag, d->language)};
    }
}

/* ---- The page ---- */

static cn_slice done_of(const cn_issuing *k) {
    cn_msg message;
    cn_slice word = cn_request_arg(k->m.rq, CN_S("done"));
    bool known = word.n && cn_message_find(CN_MSG_FAMILY("preview-done"), word, NULL, &message);
    return known ? cn_issuing_say(k, message) : CN_S("");
}

static void add_addresses(const cn_issuing *k, const cn_upload *u, cn_page_preview *v) {
    v->back = cn_issuing_url(k, "/awards");
    v->decide = cn_issuing_upload_url(k, u, "/decision");
    v->confirm = cn_issuing_upload_url(k, u, "/confirm");
    v->cancel = cn_issuing_upload_url(k, u, "/cancel");
    v->drop_wrong = cn_issuing_upload_url(k, u, "/drop-wrong");
}

static int64_t after_of(const cn_request *rq) {
    uint64_t line;
    return cn_slice_to_u64(cn_request_arg(rq, CN_S("after")), UINT32_MAX, &line) ? (int64_t)line : 0;
}

/* What is shown of those that are asked for, and the first ones that are ready or wrong. A page further on begins
 * behind a line; its sample is of the first row there. */
static bool look(const cn_issuing *k, const cn_upload *u, cn_preview *out, cn_err *err) {
    const cn_request *rq = k->m.rq;
    cn_row_kind asked = asked_kind(rq);
    cn_preview_ask ask = {0};
    for (cn_row_kind i = 0; i < CN_ROW_KINDS; i++) ask.max[i] = ROWS_SHOWN;
    if (asked < CN_ROW_KINDS) ask.after[asked] = after_of(rq);
    return cn_app_upload_preview(rq->arena, k->app, rq->now, u, &ask, out, err);
}

/* What cannot be awarded now is not confirmed; the file waits. */
static bool add_refusal(const cn_issuing *k, const cn_upload *u, cn_page_preview *v, cn_err *err) {
    cn_arena *a = k->m.rq->arena;
    cn_version version;
    cn_may_award may;
    if (!cn_app_version_get(a, k->app, u->version, &version, err) ||
        !cn_app_may_award(a, k->app, k->m.rq->now, &version, &may, err))
        return false;
    if (may.yes) return true;
    v->refusal = cn_words_refusal(&k->m, &may, version.version);
    v->may_confirm = false;
    return true;
}

/* `typed`: a decision that is wrong, with why; NULL: the one that is kept. */
static bool show_preview(cn_issuing *k, const cn_upload *u, const cn_decision *typed, const cn_err *why,
                         cn_slice failed, cn_response *rs, cn_err *err) {
    const cn_request *rq = k->m.rq;
    cn_page_preview v = {.failed = failed, .file_name = u->file_name, .organisation = k->organisation_name};
    cn_preview p;
    cn_decision d;
    if (!look(k, u, &p, err) || !cn_app_upload_decision(rq->arena, u, &d, err) ||
        !cn_issuing_achievement(k, u->version, &v.achievement, err))
        return false;
    cn_row_kind kind = kind_of(rq, p.counts);
    const cn_preview_list *list = &p.lists[kind];
    add_notes(k, u, &p, &d, &v);
    if (!add_rows(k, u, &d, list, &v, err)) return false;
    add_tabs(k, u, kind, p.counts, &v);
    if (!add_refusal(k, u, &v, err)) return false;
    if (!cn_app_upload_stamp(rq->arena, k->app, u, p.counts, &v.shown, err)) return false;
    if (list->n) v.next = kind_url(k, u, kind, list->rows[list->n - 1].line);
    add_sample(k, &p.lists[CN_ROW_IS_READY], &d, &v);
    add_decision(k, typed ? typed : &d, why, &v);
    add_addresses(k, u, &v);
    v.done = failed.n || why ? CN_S("") : done_of(k);
    cn_slice title = cn_making_text(&k->m, CN_MSG_preview_title, v.achievement, (cn_slice){0});
    v.page = cn_making_page(&k->m, cn_issuing_upload_path(k, u, ""), title);
    v.page.wrong = failed.n || why;
    cn_tpl_preview(&k->m.out, &v);
    return cn_making_finish(&k->m, failed.n || why ? 422 : 200, rs, err);
}

bool cn_web_upload(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_issuing k;
    cn_upload u;
    cn_issuing_start(&k, app, rq);
    if (!cn_issuing_upload(&k, &u, err)) return false;
    if (u.state != CN_UPLOAD_PREVIEW) return cn_web_upload_progress(&k, &u, rs, err);
    return show_preview(&k, &u, NULL, NULL, CN_S(""), rs, err);
}

/* ---- Changes of the whole ---- */

/* What came too late leads to where the upload is now. */
static bool go_on(const cn_issuing *k, const cn_upload *u, bool good, const char *done, cn_response *rs,
                  cn_err *err) {
    if (!good && strcmp(err->id, "upload.state") != 0) return false;
    return cn_web_go(k->m.rq, cn_issuing_upload_path(k, u, good ? done : ""), rs, err);
}

bool cn_web_upload_decide(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_issuing k;
    cn_upload u;
    cn_decision d = {.date = cn_request_text(rq, CN_S("date")),
                     .method = cn_request_text(rq, CN_S("method")),
                     .assessor = cn_request_text(rq, CN_S("assessor")),
                     .language = cn_request_text(rq, CN_S("language"))};
    cn_issuing_start(&k, app, rq);
    if (!cn_issuing_upload(&k, &u, err)) return false;
    bool good = cn_app_upload_decide(rq->arena, k.app, rq->now, &u, &d, err);
    if (!good && !strcmp(err->id, "upload.decision")) {
        cn_err why = *err;
        return show_preview(&k, &u, &d, &why, CN_S(""), rs, err);
    }
    return go_on(&k, &u, good, "?done=decided", rs, err);
}

bool cn_web_upload_confirm(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_issuing k;
    cn_upload u;
    cn_issuing_start(&k, app, rq);
    if (!cn_issuing_upload(&k, &u, err)) return false;
    bool good = cn_app_upload_confirm(rq->arena, k.app, rq->now, &u, k.session->person.number,
                                      cn_request_text(rq, CN_S("shown")), err);
    if (!good && !strcmp(err->id, "upload.changed"))
        return show_preview(&k, &u, NULL, NULL, cn_issuing_say(&k, CN_MSG_preview_changed), rs, err);
    if (!good && !strcmp(err->id, "upload.wrong"))
        return show_preview(&k, &u, NULL, NULL, cn_issuing_say(&k, CN_MSG_preview_still_wrong), rs, err);
    if (!good && !strcmp(err->id, "upload.nothing"))
        return show_preview(&k, &u, NULL, NULL, cn_issuing_say(&k, CN_MSG_preview_none_ready), rs, err);
    if (!good && !strncmp(err->id, "award.", 6))
        return show_preview(&k, &u, NULL, NULL, cn_issuing_say(&k, CN_MSG_flow_refused), rs, err);
    return go_on(&k, &u, good, "", rs, err);
}

bool cn_web_upload_cancel(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_issuing k;
    cn_upload u;
    cn_issuing_start(&k, app, rq);
    if (!cn_issuing_upload(&k, &u, err)) return false;
    if (!cn_app_upload_cancel(rq->arena, k.app, rq->now, &u, k.session->person.number, err))
        return go_on(&k, &u, false, "", rs, err);
    return cn_web_go(rq, cn_issuing_path(&k, "/awards"), rs, err);
}

bool cn_web_upload_drop_wrong(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_issuing k;
    cn_upload u;
    cn_issuing_start(&k, app, rq);
    if (!cn_issuing_upload(&k, &u, err)) return false;
    bool good = cn_app_upload_drop_wrong(rq->arena, k.app, rq->now, &u, err);
    return go_on(&k, &u, good, "?done=dropped", rs, err);
}
