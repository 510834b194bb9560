/* SPDX-License-Identifier: Apache-2.0
 *
 * A quality body's administrators give an organisation of this server a scope: for what, in which fields, up to
 * which level, from when to when.
 */
#include "web/claims.h"
#include "web/endorsements.h"
#include "web/messages.h"
#include "web/scopes.h"

#include "base/base.h"

enum { DAY = 86400 };

/* ---- The form ---- */

static const struct line {
    cn_slice id, type;
    cn_msg label, hint;
} known_lines[CN_SCOPE_LINES] = {
    [CN_SCOPE_ISCED] = {CN_S_INIT("isced"), CN_S_INIT("text"), CN_MSG_scope_new_isced,
                        CN_MSG_scope_new_isced_hint},
    [CN_SCOPE_CIP] = {CN_S_INIT("cip"), CN_S_INIT("text"), CN_MSG_scope_new_cip, CN_MSG_scope_new_cip_hint},
    [CN_SCOPE_NOC] = {CN_S_INIT("noc"), CN_S_INIT("text"), CN_MSG_scope_new_noc, CN_MSG_scope_new_noc_hint},
    [CN_SCOPE_FRAMEWORK] = {CN_S_INIT("framework"), CN_S_INIT("text"), CN_MSG_scope_new_framework,
                            CN_MSG_scope_new_framework_hint},
    [CN_SCOPE_LEVEL] = {CN_S_INIT("level"), CN_S_INIT("text"), CN_MSG_scope_new_level,
                        CN_MSG_scope_new_level_hint},
    [CN_SCOPE_FROM] = {CN_S_INIT("from"), CN_S_INIT("text"), CN_MSG_scope_new_from, CN_MSG_scope_new_from_hint},
    [CN_SCOPE_UNTIL] = {CN_S_INIT("until"), CN_S_INIT("text"), CN_MSG_scope_new_until,
                        CN_MSG_scope_new_until_hint},
};

static void finish_lines(const cn_issuing *k, cn_page_scope_new *v) {
    v->wrong = v->to.error.n || v->purpose.error.n;
    for (size_t i = 0; i < CN_SCOPE_LINES; i++) {
        cn_view_line *line = &v->lines[i];
        line->id = known_lines[i].id;
        line->type = known_lines[i].type;
        line->autocomplete = CN_S("off");
        line->label = cn_issuing_say(k, known_lines[i].label);
        line->hint = cn_issuing_say(k, known_lines[i].hint);
        cn_view_line_done(k->m.rq->arena, line);
        v->wrong = v->wrong || line->error.n;
    }
    cn_web_finish_field(&v->to, CN_S(""), CN_S(""), CN_S("to-error"));
}

/* All others on this server, by name. */
static bool list_organisations(const cn_issuing *k, cn_page_scope_new *v, cn_err *err) {
    cn_organisations all;
    if (!cn_app_organisations_of(k->m.rq->arena, k->app, 0, &all, err)) return false;
    v->organisations = CN_NEW_ARRAY(k->m.rq->arena, cn_view_option, all.n);
    if (!v->organisations) return cn_fail_memory(err);
    for (size_t i = 0; i < all.n; i++) {
        const cn_organisation *o = &all.v[i];
        if (o->number == k->organisation->number) continue;
        v->organisations[v->organisations_n++] = (cn_view_option){
            o->id, cn_making_choose(&k->m, o->name), cn_slice_eq(o->id, cn_request_text(k->m.rq, CN_S("to")))};
    }
    return true;
}

static void list_purposes(const cn_issuing *k, cn_page_scope_new *v) {
    const cn_view_option both[] = {{CN_S("provide"), cn_issuing_say(k, CN_MSG_scope_new_provide), false},
                                   {CN_S("endorse"), cn_issuing_say(k, CN_MSG_scope_new_endorse), false}};
    for (size_t i = 0; i < 2; i++) {
        v->purposes[i] = both[i];
        v->purposes[i].chosen = cn_slice_eq(both[i].value, cn_request_text(k->m.rq, CN_S("purpose")));
    }
}

static bool list_kinds(const cn_issuing *k, cn_page_scope_new *v, cn_err *err) {
    cn_kinds all;
    size_t ticked_n;
    const cn_slice *ticked = cn_web_ticked(k->m.rq, CN_S("kind"), &ticked_n);
    if (!cn_scope_kinds_all(k->m.rq->arena, &all, err)) return false;
    v->kinds = CN_NEW_ARRAY(k->m.rq->arena, cn_view_option, all.n);
    if (!v->kinds || !ticked) return cn_fail_memory(err);
    for (; v->kinds_n < all.n; v->kinds_n++) {
        const cn_kind *kind = &all.v[v->kinds_n];
        cn_view_option *option = &v->kinds[v->kinds_n];
        *option = (cn_view_option){.value = kind->id, .text = cn_making_choose(&k->m, kind->title)};
        for (size_t i = 0; i < ticked_n; i++) option->chosen = option->chosen || cn_slice_eq(ticked[i], kind->id);
    }
    return true;
}

static bool show(cn_issuing *k, cn_page_scope_new *v, int status, cn_response *rs, cn_err *err) {
    if (!k->organisation->quality_body)
        return cn_fail(err, CN_DENIED, "scope.body", "This organisation is no quality body here.");
    if (!list_organisations(k, v, err) || !list_kinds(k, v, err)) return false;
    list_purposes(k, v);
    finish_lines(k, v);
    v->organisation = k->organisation_name;
    v->back = cn_issuing_url(k, "/scopes");
    v->save = cn_issuing_url(k, "/scopes/new");
    v->page = cn_making_page(&k->m, k->m.rq->path, cn_issuing_say(k, CN_MSG_scope_new_title));
    v->page.wrong = v->wrong;
    cn_tpl_scope_new(&k->m.out, v);
    return cn_making_finish(&k->m, status, rs, err);
}

bool cn_web_scope_form(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_page_scope_new v = {0};
    cn_issuing k;
    cn_issuing_start(&k, app, rq);
    return show(&k, &v, 200, rs, err);
}

/* ---- What was typed ---- */

static bool read_fields(const cn_issuing *k, cn_page_scope_new *v, cn_slice *out, cn_err *err) {
    cn_buf b = cn_buf_on(k->m.rq->arena, 0);
    cn_err wrong;
    for (size_t i = CN_SCOPE_ISCED; i <= CN_SCOPE_NOC; i++)
        if (!cn_scope_fields_add(&b, known_lines[i].id, v->lines[i].value, &wrong))
            v->lines[i].error = cn_issuing_say(k, CN_MSG_scope_new_code_wrong);
    *out = cn_buf_slice(&b);
    return cn_buf_ok(&b) || cn_fail_memory(err);
}

/* Boxes that this page does not have are told of by the verb. */
static bool read_kinds(const cn_issuing *k, cn_slice *out, cn_err *err) {
    cn_buf b = cn_buf_on(k->m.rq->arena, 0);
    size_t n;
    const cn_slice *ticked = cn_web_ticked(k->m.rq, CN_S("kind"), &n);
    if (!ticked) return cn_fail_memory(err);
    for (size_t i = 0; i < n; i++) cn_buf_print(&b, "%.*s ", CN_ARG(ticked[i]));
    *out = cn_buf_slice(&b);
    return cn_buf_ok(&b) || cn_fail_memory(err);
}

static void read_level(const cn_issuing *k, cn_page_scope_new *v, cn_stored_scope *s) {
    cn_view_line *framework = &v->lines[CN_SCOPE_FRAMEWORK], *level = &v->lines[CN_SCOPE_LEVEL];
    uint64_t most = 0;
    s->level_framework = framework->value;
    if (!framework->value.n && !level->value.n) return;
    if (!framework->value.n) framework->error = cn_issuing_say(k, CN_MSG_scope_new_framework_wrong);
    if (!cn_slice_to_u64(level->value, 99, &most)) level->error = cn_issuing_say(k, CN_MSG_scope_new_level_wrong);
    s->level_most = (int64_t)most;
}

/* A day, from its first second or to its last. */
static void read_day(const cn_issuing *k, cn_view_line *line, bool last, cn_time *out) {
    cn_time day;
    if (!line->value.n) return;
    if (line->value.n != sizeof "2026-06-01" - 1 || !cn_time_read_loose(line->value, &day))
        line->error = cn_issuing_say(k, CN_MSG_scope_new_day_wrong);
    else *out = (cn_time){day.sec + (last ? DAY - 1 : 0), 0};
}

static void read_choices(const cn_issuing *k, cn_page_scope_new *v, cn_stored_scope *s) {
    cn_organisation to;
    cn_err none;
    s->purpose = cn_request_text(k->m.rq, CN_S("purpose"));
    if (!cn_slice_eq(s->purpose, CN_S("provide")) && !cn_slice_eq(s->purpose, CN_S("endorse")))
        v->purpose.error = cn_issuing_say(k, CN_MSG_scope_new_purpose_wrong);
    if (cn_app_organisation_by_id(k->m.rq->arena, k->app, cn_request_text(k->m.rq, CN_S("to")), &to, &none) &&
        to.number != k->organisation->number)
        s->organisation.number = to.number;
    else v->to.error = cn_issuing_say(k, CN_MSG_scope_new_to_wrong);
}

static bool is_good(const cn_page_scope_new *v) {
    bool good = !v->to.error.n && !v->purpose.error.n;
    for (size_t i = 0; i < CN_SCOPE_LINES; i++) good = good && !v->lines[i].error.n;
    return good;
}

/* What the verb found, by the line it is about. */
static bool place_error(const cn_issuing *k, const cn_err *why, cn_page_scope_new *v) {
    static const struct {
        const char *id;
        int line;
        cn_msg message;
    } known[] = {{"scope.fields", CN_SCOPE_ISCED, CN_MSG_scope_new_code_wrong},
                 {"scope.level", CN_SCOPE_FRAMEWORK, CN_MSG_scope_new_framework_wrong},
                 {"scope.dates", CN_SCOPE_UNTIL, CN_MSG_scope_new_until_wrong}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (!strcmp(why->id, known[i].id)) {
            v->lines[known[i].line].error = cn_issuing_say(k, known[i].message);
            return true;
        }
    return false;
}

bool cn_web_scope_give(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_page_scope_new v = {0};
    cn_stored_scope s = {0};
    cn_slice id;
    cn_issuing k;
    cn_issuing_start(&k, app, rq);
    s.body.number = k.organisation->number;
    for (size_t i = 0; i < CN_SCOPE_LINES; i++)
        v.lines[i].value = cn_slice_trim(cn_request_text(rq, known_lines[i].id));
    if (!read_fields(&k, &v, &s.fields, err) || !read_kinds(&k, &s.kinds, err)) return false;
    read_choices(&k, &v, &s);
    read_level(&k, &v, &s);
    read_day(&k, &v.lines[CN_SCOPE_FROM], false, &s.valid_from);
    read_day(&k, &v.lines[CN_SCOPE_UNTIL], true, &s.valid_until);
    if (!is_good(&v)) return show(&k, &v, 422, rs, err);
    if (cn_app_scope_grant(rq->arena, k.app, rq->now, k.session->person.number, &s, &id, err))
        return cn_web_go(rq, cn_issuing_path(&k, "/scopes?done=granted"), rs, err);
    return place_error(&k, err, &v) && show(&k, &v, 422, rs, err);
}
