/* SPDX-License-Identifier: Apache-2.0
 *
 * An organisation's audit, for its administrators: what was done, by whom and when; of one person or one kind, and
 * as a spreadsheet.
 */
#include "web/audit.h"
#include "app/sheet.h"
#include "web/messages.h"

#include "base/base.h"

enum { SHOWN = 50, AT_ONCE = 500, CSV_MAX = 96 << 20 };

/* ---- Which entries ---- */

/* How the actions begin that belong together, and what they are called: audit-kind.WORD. */
static const struct kind {
    cn_slice word, further;
} known_kinds[] = {
    {CN_S_INIT("award"), CN_S_INIT("claim")},        {CN_S_INIT("upload"), CN_S_INIT("")},
    {CN_S_INIT("achievement"), CN_S_INIT("review")}, {CN_S_INIT("member"), CN_S_INIT("invitation")},
    {CN_S_INIT("key"), CN_S_INIT("domain")},         {CN_S_INIT("organisation"), CN_S_INIT("scope")},
};
enum { KINDS = sizeof known_kinds / sizeof *known_kinds };

static cn_audit_query query_of(const cn_issuing *k) {
    const cn_request *rq = k->m.rq;
    cn_slice kind = cn_request_arg(rq, CN_S("kind")), person = cn_request_arg(rq, CN_S("person"));
    cn_audit_query q = {.organisation = k->organisation->number, .max = SHOWN};
    uint64_t before;
    for (size_t i = 0; i < KINDS; i++)
        if (cn_slice_eq(kind, known_kinds[i].word)) {
            q.kinds[0] = known_kinds[i].word;
            q.kinds[1] = known_kinds[i].further;
        }
    if (cn_utf8_invalid(person) == SIZE_MAX) q.person = person;
    if (cn_slice_to_u64(cn_request_arg(rq, CN_S("before")), INT64_MAX, &before)) q.before = (int64_t)before;
    return q;
}

/* The same entries at another address: "/audit" or "/audit.csv". */
static cn_slice address_of(const cn_issuing *k, const cn_audit_query *q, const char *at, int64_t before) {
    cn_buf b = cn_buf_on(k->m.rq->arena, 0);
    cn_buf_print(&b, "%s?kind=%.*s&person=", at, CN_ARG(q->kinds[0]));
    for (size_t i = 0; i < q->person.n; i++) cn_buf_print(&b, "%%%02X", (unsigned)(uint8_t)q->person.p[i]);
    if (before) cn_buf_print(&b, "&before=%lld", (long long)before);
    cn_buf_byte(&b, 0);
    return cn_buf_ok(&b) ? cn_issuing_path(k, b.p) : CN_S("");
}

/* ---- In words ---- */

static cn_slice what_of(const cn_issuing *k, const cn_audit_entry *e) {
    cn_msg message;
    bool known = cn_message_find(CN_MSG_FAMILY("audit-action"), e->action, NULL, &message);
    return known ? cn_issuing_say(k, message) : e->action;
}

/* The address of who is no member any more is not told. */
static cn_slice name_of(const cn_issuing *k, cn_slice name, cn_slice email) {
    return name.n ? name : email.n ? email : cn_issuing_say(k, CN_MSG_audit_former);
}

static cn_slice who_of(const cn_issuing *k, const cn_audit_entry *e) {
    if (e->person_id.n) return name_of(k, e->person_name, e->person_email);
    bool claimed = cn_slice_eq(e->action, CN_S("award.claimed"));
    return cn_issuing_say(k, claimed ? CN_MSG_audit_holder : CN_MSG_audit_nobody);
}

/* The page of what it was done to, where there is one for sure. */
static bool link_of(const cn_issuing *k, const cn_audit_entry *e, cn_url *out, cn_err *err) {
    static const struct {
        cn_slice begins;
        const char *folder;
    } pages[] = {{CN_S_INIT("award."), "awards"},
                 {CN_S_INIT("claim."), "awards"},
                 {CN_S_INIT("achievement."), "achievements"},
                 {CN_S_INIT("review."), "reviews"},
                 {CN_S_INIT("upload.confirmed"), "uploads"}};
    cn_slice rest;
    *out = (cn_url){0};
    for (size_t i = 0; i < sizeof pages / sizeof *pages && e->subject_name.n; i++) {
        if (!cn_slice_starts(e->action, pages[i].begins)) continue;
        if (!cn_arena_print(k->m.rq->arena, &rest, "/%s/%.*s", pages[i].folder, CN_ARG(e->subject)))
            return cn_fail_memory(err);
        *out = cn_issuing_url(k, rest.p);
    }
    return true;
}

/* ---- The page ---- */

static bool add_entries(const cn_issuing *k, const cn_audit_query *q, cn_page_audit *v, cn_err *err) {
    cn_arena *a = k->m.rq->arena;
    cn_audit_entries list;
    if (!cn_app_audit_of(a, k->app, q, k->m.language == CN_FR, &list, err)) return false;
    v->v = CN_NEW_ARRAY(a, cn_view_audit_entry, list.n);
    if (!v->v) return cn_fail_memory(err);
    for (; v->n < list.n; v->n++) {
        const cn_audit_entry *e = &list.v[v->n];
        cn_view_audit_entry *out = &v->v[v->n];
        *out = (cn_view_audit_entry){.what = what_of(k, e),
                                     .subject = e->subject_name,
                                     .who = who_of(k, e),
                                     .when = cn_words_date(&k->m, e->at, true)};
        if (!link_of(k, e, &out->url, err)) return false;
        out->linked = out->url.text.n;
    }
    v->more = list.n == SHOWN;
    if (v->more) v->older = cn_url_path(a, address_of(k, q, "/audit", list.v[list.n - 1].number), k->m.language);
    return true;
}

static bool add_choices(const cn_issuing *k, const cn_audit_query *q, cn_page_audit *v, cn_err *err) {
    cn_arena *a = k->m.rq->arena;
    cn_persons people;
    cn_msg message;
    if (!cn_app_audit_people(a, k->app, q->organisation, &people, err)) return false;
    v->people = CN_NEW_ARRAY(a, cn_view_option, people.n);
    v->kinds = CN_NEW_ARRAY(a, cn_view_option, KINDS);
    if (!v->people || !v->kinds) return cn_fail_memory(err);
    for (; v->people_n < people.n; v->people_n++) {
        const cn_person *p = &people.v[v->people_n];
        v->people[v->people_n] =
            (cn_view_option){p->id, name_of(k, p->name, p->email), cn_slice_eq(p->id, q->person)};
    }
    for (; v->kinds_n < KINDS; v->kinds_n++) {
        cn_slice word = known_kinds[v->kinds_n].word;
        bool named = cn_message_find(CN_MSG_FAMILY("audit-kind"), word, NULL, &message);
        v->kinds[v->kinds_n] =
            (cn_view_option){word, named ? cn_issuing_say(k, message) : word, cn_slice_eq(word, q->kinds[0])};
    }
    return true;
}

/* In words: since when, and how many links were looked at. */
static bool add_chain(const cn_issuing *k, cn_page_audit *v, cn_err *err) {
    cn_chain_report chain;
    if (!cn_app_audit_chain(k->app, &chain, err)) return false;
    v->chained = chain.looked > 0;
    v->broken = chain.faults_n > 0;
    v->since = cn_words_date(&k->m, chain.since, false);
    v->looked = cn_making_plural(&k->m, CN_MSG_audit_chain_looked, (unsigned long long)chain.looked);
    return true;
}

static bool audit(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_issuing k;
    cn_page_audit v = {0};
    cn_issuing_start(&k, app, rq);
    cn_audit_query q = query_of(&k);
    if (!add_entries(&k, &q, &v, err) || !add_choices(&k, &q, &v, err) || !add_chain(&k, &v, err)) return false;
    v.organisation = k.organisation_name;
    v.back = cn_issuing_url(&k, "");
    v.action = cn_issuing_url(&k, "/audit");
    v.csv = cn_url_path(rq->arena, address_of(&k, &q, "/audit.csv", 0), k.m.language);
    v.page = cn_making_page(&k.m, address_of(&k, &q, "/audit", q.before),
                            cn_making_text(&k.m, CN_MSG_audit_title, v.organisation, (cn_slice){0}));
    cn_tpl_audit(&k.m.out, &v);
    return cn_making_finish(&k.m, 200, rs, err);
}

/* ---- As a spreadsheet ---- */

static void write_entry(const cn_issuing *k, const cn_audit_entry *e, cn_arena *scratch, cn_sheet_writer *w) {
    cn_buf at = cn_buf_on(scratch, 64);
    cn_time_write(&at, e->at);
    const cn_slice cells[] = {cn_buf_slice(&at), who_of(k, e),    e->person_email, what_of(k, e),
                              e->action,         e->subject_name, e->subject};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) cn_sheet_write(w, cells[i]);
    cn_sheet_end_row(w);
}

static bool write_all(const cn_issuing *k, cn_audit_query q, cn_sheet_writer *w, cn_err *err) {
    cn_arena *scratch CN_ARENA_AUTO = cn_arena_new(0);
    cn_arena_mark mark = cn_arena_get_mark(scratch);
    q.before = 0;
    q.max = AT_ONCE;
    for (size_t n = AT_ONCE; n == AT_ONCE;) {
        cn_audit_entries list;
        cn_arena_reset(scratch, mark);
        if (!cn_app_audit_of(scratch, k->app, &q, k->m.language == CN_FR, &list, err)) return false;
        for (size_t i = 0; i < list.n; i++) write_entry(k, &list.v[i], scratch, w);
        n = list.n;
        if (n) q.before = list.v[n - 1].number;
    }
    return true;
}

static bool audit_csv(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    static const cn_msg heads[] = {CN_MSG_audit_csv_when, CN_MSG_audit_csv_who,  CN_MSG_audit_csv_email,
                                   CN_MSG_audit_csv_what, CN_MSG_audit_csv_word, CN_MSG_audit_csv_subject,
                                   CN_MSG_audit_csv_id};
    cn_issuing k;
    cn_buf b = cn_buf_on(rq->arena, CSV_MAX);
    cn_issuing_start(&k, app, rq);
    cn_sheet_writer w = {.out = &b, .separator = k.m.language == CN_FR ? ';' : ','};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) cn_sheet_write(&w, cn_issuing_say(&k, heads[i]));
    cn_sheet_end_row(&w);
    if (!write_all(&k, query_of(&k), &w, err)) return false;
    if (!cn_buf_ok(&b)) return cn_fail_memory(err);
    rs->body = cn_buf_slice(&b);
    rs->media_type = CN_S("text/csv; charset=utf-8");
    return cn_web_attachment(&k.m, CN_MSG_audit_csv_file, rs, err);
}

static const cn_route routes[] = {
    {.method = CN_GET, .path = "/organisations/:org/audit", .handle = audit, .permission = CN_ADMINISTRATOR},
    {.method = CN_GET,
     .path = "/organisations/:org/audit.csv",
     .handle = audit_csv,
     .permission = CN_ADMINISTRATOR},
};
const cn_route_group cn_web_audit_routes = {routes, sizeof routes / sizeof *routes};
