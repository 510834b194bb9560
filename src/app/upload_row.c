/* SPDX-License-Identifier: Apache-2.0
 *
 * One row of an upload: its cells tidied, and what is wrong with it.
 */
#include "app/uploads.h"
#include "base/mail_address.h"

/* ---- Tidying ---- */

static bool is_space(uint32_t c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xa0 || c == 0x2028 || c == 0x2029;
}

/* On one line, with one space where there was white space, and none around it. */
static bool one_line(cn_arena *a, cn_slice *text) {
    cn_buf b = cn_buf_on(a, 0);
    bool gap = false;
    for (size_t at = 0, from = 0; at < text->n; from = at) {
        bool space = is_space(cn_utf8_next(*text, &at));
        if (!space && gap && b.n) cn_buf_byte(&b, ' ');
        gap = space;
        if (!space) cn_buf_add(&b, cn_slice_sub(*text, from, at));
    }
    *text = cn_buf_slice(&b);
    return cn_buf_ok(&b);
}

static const struct {
    cn_slice word, tag;
} languages[] = {
    {CN_S_INIT("fr"), CN_S_INIT("fr")},
    {CN_S_INIT("fra"), CN_S_INIT("fr")},
    {CN_S_INIT("fre"), CN_S_INIT("fr")},
    {CN_S_INIT("f"), CN_S_INIT("fr")},
    {CN_S_INIT("fr-ca"), CN_S_INIT("fr")},
    {CN_S_INIT("fr_ca"), CN_S_INIT("fr")},
    {CN_S_INIT("french"), CN_S_INIT("fr")},
    {CN_S_INIT("francais"), CN_S_INIT("fr")},
    {CN_S_INIT("fran\u00e7ais"), CN_S_INIT("fr")},
    {CN_S_INIT("FRAN\u00c7AIS"), CN_S_INIT("fr")},
    {CN_S_INIT("en"), CN_S_INIT("en")},
    {CN_S_INIT("eng"), CN_S_INIT("en")},
    {CN_S_INIT("e"), CN_S_INIT("en")},
    {CN_S_INIT("a"), CN_S_INIT("en")},
    {CN_S_INIT("en-ca"), CN_S_INIT("en")},
    {CN_S_INIT("en_ca"), CN_S_INIT("en")},
    {CN_S_INIT("english"), CN_S_INIT("en")},
    {CN_S_INIT("anglais"), CN_S_INIT("en")},
};

static cn_slice language_of(cn_slice written) {
    for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++)
        if (cn_slice_eq_nocase(written, languages[i].word)) return languages[i].tag;
    return written;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* "2026-05-28" of "2026/05/28", "2026.5.28" and "2026-05-28 00:00:00". Where the year does not come first a day
 * cannot be told from a month: what is written stays, and is wrong. */
static bool date_of(cn_arena *a, cn_slice *written) {
    uint64_t year, month, day;
    cn_slice date = *written, time, y, m, d, rest;
    if (cn_slice_cut(date, 'T', &y, &time) || cn_slice_cut(date, ' ', &y, &time)) date = y;
    char separator = date.n > 4 && !is_digit(date.p[4]) ? date.p[4] : '-';
    (void)cn_slice_cut(date, separator, &y, &rest);
    (void)cn_slice_cut(rest, separator, &m, &d);
    bool good = strchr("-/.", separator) && y.n == 4 && cn_slice_to_u64(y, 9999, &year) &&
                cn_slice_to_u64(m, 12, &month) && m.n <= 2 && cn_slice_to_u64(d, 31, &day) && d.n <= 2;
    if (!good) return true;
    return cn_arena_print(a, written, "%04u-%02u-%02u", (unsigned)year, (unsigned)month, (unsigned)day);
}

bool cn_row_tidy(cn_arena *a, cn_upload_row *r) {
    cn_slice *const texts[] = {&r->learner_key, &r->name,       &r->email,  &r->language, &r->result,
                               &r->decision,    &r->decided_on, &r->method, &r->assessor, &r->evidence};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (!one_line(a, texts[i])) return false;
    r->language = language_of(r->language);
    return date_of(a, &r->decided_on);
}

/* ---- The whole file's decision ---- */

static cn_slice or_else(cn_slice own, cn_slice files) {
    return own.n ? own : files;
}

cn_upload_row cn_row_decided(const cn_upload_row *row, const cn_decision *d) {
    cn_upload_row out = *row;
    out.language = or_else(row->language, d->language);
    out.decided_on = or_else(row->decided_on, d->date);
    out.method = or_else(row->method, d->method);
    out.assessor = or_else(row->assessor, d->assessor);
    return out;
}

/* ---- What is wrong ---- */

typedef struct checking {
    cn_arena *a;
    cn_row_problem *found;
    size_t n;
} checking;

static void find(checking *k, cn_sheet_field field, cn_slice word) {
    bool known = false;
    for (size_t i = 0; i < k->n; i++) known = known || k->found[i].field == field;
    if (!known && k->n < CN_ROW_PROBLEMS_MAX) k->found[k->n++] = (cn_row_problem){field, word};
}

static void check_texts(checking *k, const cn_upload_row *r) {
    const struct {
        cn_slice text;
        size_t max; /* bytes */
        cn_sheet_field field;
        bool needed;
    } texts[] = {
        {r->learner_key, 100, CN_FIELD_KEY, true},    {r->name, 200, CN_FIELD_NAME, true},
        {r->email, 254, CN_FIELD_EMAIL, true},        {r->result, 100, CN_FIELD_RESULT, false},
        {r->decision, 500, CN_FIELD_DECISION, false}, {r->method, 200, CN_FIELD_METHOD, false},
        {r->assessor, 200, CN_FIELD_ASSESSOR, false}, {r->evidence, 2000, CN_FIELD_EVIDENCE, false},
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (texts[i].needed && !texts[i].text.n) find(k, texts[i].field, CN_S("missing"));
        if (texts[i].text.n > texts[i].max) find(k, texts[i].field, CN_S("long"));
        if (!cn_utf8_is_line(texts[i].text)) find(k, texts[i].field, CN_S("control"));
    }
}

static void check_email(checking *k, cn_slice email) {
    cn_mail_address address;
    cn_err err;
    if (email.n && !cn_mail_address_ok(k->a, email, true, &address, &err)) find(k, CN_FIELD_EMAIL, CN_S("email"));
}

/* A web address with a host, without spaces. */
static void check_evidence(checking *k, cn_slice link) {
    size_t scheme = cn_slice_starts(link, CN_S("https://")) ? 8 : cn_slice_starts(link, CN_S("http://")) ? 7 : 0;
    bool good = scheme && link.n > scheme && link.p[scheme] != '/' && cn_slice_find_byte(link, ' ') == SIZE_MAX;
    if (link.n && !good) find(k, CN_FIELD_EVIDENCE, CN_S("evidence"));
}

/* "2026-11-31" is written well, and no day. */
static bool is_in_form(cn_slice date) {
    static const char form[] = "0000-00-00";
    bool good = date.n == sizeof form - 1;
    for (size_t i = 0; good && i < date.n; i++) good = form[i] == '0' ? is_digit(date.p[i]) : date.p[i] == form[i];
    return good;
}

static void check_date(checking *k, cn_time now, cn_slice date) {
    cn_time day, latest = {now.sec + 14 * 3600, 0}; /* it is tomorrow already in the east */
    if (!date.n) return;
    if (date.n != 10 || !cn_time_read_loose(date, &day))
        find(k, CN_FIELD_DATE, is_in_form(date) ? CN_S("date-none") : CN_S("date"));
    else if (cn_time_cmp(day, latest) > 0) find(k, CN_FIELD_DATE, CN_S("date-future"));
}

/* Attendance alone awards nothing: there is a result, or somebody decided, on a day and in some way. */
static void check_assessment(checking *k, const cn_upload_row *r) {
    bool part = r->decision.n || r->method.n || r->assessor.n;
    bool whole = r->decided_on.n && r->method.n && r->assessor.n;
    if (!r->result.n && !whole) find(k, CN_FIELD_RESULT, CN_S("assessment"));
    else if (part && !r->decided_on.n) find(k, CN_FIELD_DATE, CN_S("missing"));
}

/* What says, in so many words, that somebody did not pass; a line each. A grade is the institution's to read. */
static const cn_slice not_passed = CN_S_INIT(
    "fail\nfailed\nfailing\nnot passed\ndid not pass\nno pass\nnot met\nnot achieved\nnot competent\n"
    "not yet competent\nnot successful\nunsuccessful\nincomplete\nnot complete\nnot completed\nabsent\nabsente\n"
    "withdrawn\nno\nnot awarded\nno show\n0%\n0 "
    "%\nnon\n\u00e9chec\n\u00c9chec\n\u00c9CHEC\nechec\n\u00e9chou\u00e9\n"
    "\u00e9chou\u00e9e\n\u00c9chou\u00e9\n\u00c9chou\u00e9e\nechoue\nnon r\u00e9ussi\nnon r\u00e9ussie\npas "
    "r\u00e9ussi\n"
    "non reussi\nnon atteint\nnon acquis\nnon comp\u00e9tent\nnon "
    "comp\u00e9tente\nincomplet\nabandon\nrefus\u00e9\n"
    "refus\u00e9e\nnon d\u00e9cern\u00e9");

static bool says_not_passed(cn_slice text) {
    cn_slice word, rest = not_passed;
    while (text.n && strchr(".!", text.p[text.n - 1])) text.n--;
    for (bool more = text.n > 0; more;) {
        more = cn_slice_cut(rest, '\n', &word, &rest);
        if (cn_slice_eq_nocase(text, word)) return true;
    }
    return false;
}

static void check_fault(checking *k, cn_slice fault) {
    static const cn_slice known[] = {CN_S_INIT("cells"), CN_S_INIT("short"), CN_S_INIT("quote")};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (cn_slice_eq(fault, known[i])) find(k, CN_FIELDS, known[i]);
}

size_t cn_row_check(cn_arena *a, cn_time now, const cn_upload_row *row, const cn_decision *d,
                    cn_row_problem out[CN_ROW_PROBLEMS_MAX]) {
    cn_upload_row r = cn_row_decided(row, d);
    checking k = {a, out, 0};
    check_fault(&k, r.fault);
    check_texts(&k, &r);
    check_email(&k, r.email);
    if (!cn_slice_eq(r.language, CN_S("en")) && !cn_slice_eq(r.language, CN_S("fr")))
        find(&k, CN_FIELD_LANGUAGE, CN_S("language"));
    check_date(&k, now, r.decided_on);
    check_assessment(&k, &r);
    if (says_not_passed(r.result)) find(&k, CN_FIELD_RESULT, CN_S("not-passed"));
    if (says_not_passed(r.decision)) find(&k, CN_FIELD_DECISION, CN_S("not-passed"));
    check_evidence(&k, r.evidence);
    if (r.twin && !r.before) find(&k, CN_FIELD_KEY, CN_S("twin"));
    return k.n;
}

bool cn_row_is_formula(cn_slice name) {
    return name.n && strchr("=+-@", name.p[0]);
}

void cn_row_judge(cn_arena *a, cn_time now, cn_upload_row *row, const cn_decision *d) {
    cn_row_problem found[CN_ROW_PROBLEMS_MAX];
    size_t n = row->state == CN_ROW_DROPPED ? 0 : cn_row_check(a, now, row, d, found);
    row->kind = row->state == CN_ROW_DROPPED ? CN_ROW_IS_DROPPED
                : n                          ? CN_ROW_IS_WRONG
                : row->before                ? CN_ROW_IS_BEFORE
                                             : CN_ROW_IS_READY;
    row->marks = row->kind < CN_ROW_IS_BEFORE && cn_row_is_formula(row->name) ? CN_ROW_FORMULA : 0;
    for (size_t i = 0; i < n; i++)
        if (cn_slice_eq(found[i].word, CN_S("assessment"))) row->marks |= CN_ROW_UNASSESSED;
}

cn_row_kind cn_row_kind_of(cn_arena *a, cn_time now, const cn_upload_row *row, const cn_decision *d) {
    cn_upload_row judged = *row;
    cn_row_judge(a, now, &judged, d);
    return judged.kind;
}
