/* SPDX-License-Identifier: Apache-2.0
 *
 * /self-check: would I meet what the student-loan pack asks of learners and of applications? What is answered
 * makes a record, is held against the pack, and is forgotten: nothing is stored, nothing logged, no amount
 * computed.
 */
#include "app/blanks.h"
#include "web/frameworks.h"
#include "web/messages.h"

#include "base/base.h"

#define PACK "on-osap-mc"

/* ---- The questions ---- */

typedef enum question_kind { CHOICE, YES_NO, NUMBER, DATE } question_kind;

static const cn_slice statuses[] = {CN_S_INIT("citizen"), CN_S_INIT("permanent-resident"),
                                    CN_S_INIT("protected-person"), CN_S_INIT("none")};
static const cn_slice regions[] = {CN_S_INIT("CA-ON"), CN_S_INIT("elsewhere")};
static const cn_slice yes_no[] = {CN_S_INIT("yes"), CN_S_INIT("no")};

static const struct question {
    const char *id;
    cn_slice path; /* in the record; that of a member of a period goes with the one before it */
    question_kind kind;
    cn_msg label, hint;
    const cn_slice *values; /* whose names are self-check-answer.VALUE */
    size_t values_n;
} questions[] = {
    {"status", CN_S_INIT("learner.status"), CHOICE, CN_MSG_self_check_status, CN_MSG_self_check_status_hint,
     statuses, 4},
    {"region", CN_S_INIT("learner.residence_region"), CHOICE, CN_MSG_self_check_region,
     CN_MSG_self_check_region_hint, regions, 2},
    {"family", CN_S_INIT("learner.family_size"), NUMBER, CN_MSG_self_check_family, CN_MSG_self_check_family_hint,
     NULL, 0},
    {"income", CN_S_INIT("learner.household_income"), NUMBER, CN_MSG_self_check_income,
     CN_MSG_self_check_income_hint, NULL, 0},
    {"restricted", CN_S_INIT("learner.loan_restricted"), YES_NO, CN_MSG_self_check_restricted,
     CN_MSG_self_check_restricted_hint, yes_no, 2},
    {"registered", CN_S_INIT("learner.registered"), YES_NO, CN_MSG_self_check_registered,
     CN_MSG_self_check_registered_hint, yes_no, 2},
    {"start", CN_S_INIT("application.period.start"), DATE, CN_MSG_self_check_start, CN_MSG_self_check_start_hint,
     NULL, 0},
    {"end", CN_S_INIT("application.period.end"), DATE, CN_MSG_self_check_end, CN_MSG_self_check_end_hint, NULL, 0},
    {"other-start", CN_S_INIT("other.start"), DATE, CN_MSG_self_check_other_start,
     CN_MSG_self_check_other_start_hint, NULL, 0},
    {"other-end", CN_S_INIT("other.end"), DATE, CN_MSG_self_check_other_end, CN_MSG_self_check_other_end_hint,
     NULL, 0},
    {"count", CN_S_INIT("application.offering_count"), NUMBER, CN_MSG_self_check_count,
     CN_MSG_self_check_count_hint, NULL, 0},
    {"submitted", CN_S_INIT("application.submitted"), DATE, CN_MSG_self_check_submitted,
     CN_MSG_self_check_submitted_hint, NULL, 0},
};
enum { QUESTIONS = sizeof questions / sizeof *questions, START = 6, OTHER_START = 8 };
static_assert((int)QUESTIONS == (int)CN_SELF_CHECK_QUESTIONS, "the page has room for each");

/* ---- Answers ---- */

/* "80 000,50", "$80,000" and "80000.50" are what people type: without spaces and signs, with a point. A comma
 * before three digits and no more separates thousands. False: no number. */
static bool read_number(cn_arena *a, cn_slice typed, cn_slice *out) {
    cn_buf b = cn_buf_on(a, 0);
    size_t points = 0;
    for (size_t i = 0; i < typed.n;) {
        size_t from = i;
        uint32_t c = cn_utf8_next(typed, &i);
        bool thousands = c == ',' && typed.n - i >= 3 && (typed.n - i == 3 || typed.p[i + 3] < '0');
        if (c == ' ' || c == 0xa0 || c == 0x202f || c == '$' || thousands) continue;
        if (c == ',' || c == '.') {
            points++;
            cn_buf_byte(&b, '.');
        } else if (c >= '0' && c <= '9') cn_buf_add(&b, cn_slice_sub(typed, from, i));
        else return false;
    }
    *out = cn_buf_slice(&b);
    while (out->n > 1 && out->p[0] == '0' && out->p[1] != '.') *out = cn_slice_from(*out, 1);
    return cn_buf_ok(&b) && out->n && out->n <= 15 && points <= 1 && out->p[0] != '.' && out->p[out->n - 1] != '.';
}

/* The answer as a value of the record; NULL where there is none. False: an error stands by the question. */
static bool read_answer(const cn_making *m, const struct question *q, cn_view_question *v, const cn_json **out) {
    static const cn_json_options plain = {0};
    cn_slice number;
    cn_err err;
    *out = NULL;
    if (!v->value.n) return true;
    switch (q->kind) {
    case CHOICE: *out = cn_json_string(m->rq->arena, v->value); return true;
    case YES_NO: *out = cn_json_bool(cn_slice_eq(v->value, yes_no[0])); return true;
    case NUMBER:
        if (read_number(m->rq->arena, v->value, &number) && cn_json_read(m->rq->arena, number, &plain, out, &err))
            return true;
        v->error = cn_message(m->language, CN_MSG_self_check_error_number);
        return false;
    case DATE:
        if (cn_rules_is_date(v->value)) return *out = cn_json_string(m->rq->arena, v->value), true;
        v->error = cn_message(m->language, CN_MSG_self_check_error_date);
        return false;
    }
    return true;
}

/* The period that is funded already is one of a list; and a period ends after it began. */
static bool finish_record(const cn_making *m, cn_json *record, cn_page_self_check *v, cn_err *err) {
    cn_arena *a = m->rq->arena;
    static const size_t starts[] = {START, OTHER_START};
    for (size_t i = 0; i < 2; i++) {
        cn_view_question *from = &v->v[starts[i]], *to = from + 1;
        if (from->value.n && to->value.n && !from->error.n && !to->error.n &&
            cn_slice_cmp(to->value, from->value) < 0)
            to->error = cn_message(m->language, CN_MSG_self_check_error_order);
        else if (i && (from->value.n > 0) != (to->value.n > 0))
            to->error = cn_message(m->language, CN_MSG_self_check_error_both);
    }
    const cn_json *other = cn_json_get(record, CN_S("other"));
    cn_json *list = cn_json_array(a);
    if (!list) return cn_fail_memory(err);
    return !other ||
           (cn_json_push(a, list, other) && cn_blank_set(a, record, CN_S("learner.funded_periods"), list)) ||
           cn_fail_memory(err);
}

static bool read_answers(const cn_making *m, cn_page_self_check *v, const cn_json **out, cn_err *err) {
    cn_json *record = cn_json_object(m->rq->arena);
    if (!record) return cn_fail_memory(err);
    for (size_t i = 0; i < QUESTIONS; i++) {
        const cn_json *answer;
        if (read_answer(m, &questions[i], &v->v[i], &answer) && answer &&
            !cn_blank_set(m->rq->arena, record, questions[i].path, answer))
            return cn_fail_memory(err);
    }
    if (!finish_record(m, record, v, err)) return false;
    for (size_t i = 0; i < QUESTIONS; i++) v->page.wrong |= v->v[i].error.n > 0;
    *out = record;
    return true;
}

/* ---- What it comes to ---- */

static bool is_asked(const cn_rule *rule) {
    return cn_slice_eq(rule->scope, CN_S("learner")) || cn_slice_eq(rule->scope, CN_S("application"));
}

/* A rule that does not hold for want of an answer is no refusal. */
static bool lacks_answer(const cn_making *m, const cn_rule_result *r, const cn_json *record, bool *out,
                         cn_err *err) {
    const cn_slice *fields;
    size_t n;
    *out = false;
    if (r->outcome != CN_RULE_FAIL) return true;
    if (!cn_rule_fields(m->rq->arena, r->rule, &fields, &n, err)) return false;
    for (size_t i = 0; i < n; i++) *out |= !cn_blank_value(record, fields[i]);
    return true;
}

static bool judge(const cn_making *m, const cn_json *record, cn_page_self_check *v, cn_err *err) {
    const cn_pack *pack;
    const cn_rule_result *results;
    size_t fails = 0, open = 0;
    cn_slice today = cn_framework_today(m->rq);
    if (!cn_packs_choose(m->web->packs, CN_S(PACK), today, &pack, err) ||
        !cn_pack_check(m->rq->arena, pack, record, today, &results, err))
        return false;
    v->rules.v = CN_NEW_ARRAY(m->rq->arena, cn_view_rule, pack->rules_n);
    if (!v->rules.v) return cn_fail_memory(err);
    for (size_t i = 0; i < pack->rules_n; i++) {
        bool lacks;
        cn_view_rule *out = &v->rules.v[v->rules.n];
        if (!is_asked(results[i].rule)) continue;
        if (!cn_view_rule_fill(m, pack, results[i].rule, out, err) ||
            !lacks_answer(m, &results[i], record, &lacks, err))
            return false;
        bool fail = results[i].outcome == CN_RULE_FAIL && !lacks;
        fails += fail;
        open += lacks;
        out->outcome_kind = lacks ? CN_S("attest") : fail ? CN_S("fail") : CN_S("pass");
        out->outcome = cn_message(m->language, lacks  ? CN_MSG_self_check_unanswered
                                               : fail ? CN_MSG_self_check_fails
                                                      : CN_MSG_self_check_holds);
        v->rules.n++;
    }
    v->checked = true;
    v->kind = fails ? CN_S("failed") : open ? CN_S("unknown") : CN_S("verified");
    v->heading = cn_message(m->language, fails  ? CN_MSG_self_check_heading_fails
                                         : open ? CN_MSG_self_check_heading_open
                                                : CN_MSG_self_check_heading_holds);
    return true;
}

/* ---- The page ---- */

static bool fill(const cn_making *m, cn_page_self_check *v, cn_err *err) {
    for (size_t i = 0; i < QUESTIONS; i++) {
        const struct question *q = &questions[i];
        cn_view_question *out = &v->v[i];
        *out = (cn_view_question){.id = cn_slice_of(q->id),
                                  .label = q->label,
                                  .hint = q->hint,
                                  .date = q->kind == DATE,
                                  .number = q->kind == NUMBER,
                                  .value = cn_request_text(m->rq, cn_slice_of(q->id))};
        out->choices = CN_NEW_ARRAY(m->rq->arena, cn_view_pick, q->values_n);
        if (!out->choices) return cn_fail_memory(err);
        bool known = !q->values_n;
        for (; out->choices_n < q->values_n; out->choices_n++) {
            cn_slice value = q->values[out->choices_n];
            cn_msg message;
            bool named = cn_message_find(CN_MSG_FAMILY("self-check-answer"),
                                         cn_slice_eq(value, regions[0]) ? CN_S("ontario") : value, NULL, &message);
            out->choices[out->choices_n] = (cn_view_pick){value, named ? cn_message(m->language, message) : value,
                                                          cn_slice_eq(value, out->value)};
            known |= out->choices[out->choices_n].chosen;
        }
        if (!known) out->value = (cn_slice){0};
    }
    return true;
}

static bool show(cn_making *m, cn_page_self_check *v, cn_response *rs, cn_err *err) {
    bool wrong = v->page.wrong;
    v->page = cn_making_page(m, CN_S("/self-check"), cn_message(m->language, CN_MSG_self_check_title));
    v->page.wrong = wrong;
    v->action = cn_url_path(m->rq->arena, CN_S("/self-check"), m->language);
    v->pack = cn_framework_url(m, CN_S(PACK), (cn_slice){0});
    cn_tpl_self_check(&m->out, v);
    return (cn_response_header(m->rq, rs, CN_S("cache-control"), CN_S("no-store")) || cn_fail_memory(err)) &&
           cn_making_finish(m, wrong ? 400 : 200, rs, err);
}

static bool form(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_page_self_check v = {0};
    cn_making_start(&m, app, rq);
    return fill(&m, &v, err) && show(&m, &v, rs, err);
}

static bool answer(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_page_self_check v = {0};
    const cn_json *record;
    cn_making_start(&m, app, rq);
    return fill(&m, &v, err) && read_answers(&m, &v, &record, err) &&
           (v.page.wrong || judge(&m, record, &v, err)) && show(&m, &v, rs, err);
}

static const cn_route routes[] = {
    {.method = CN_GET, .path = "/self-check", .handle = form},
    {.method = CN_POST,
     .path = "/self-check",
     .handle = answer,
     .csrf = CN_CSRF_NONE,
     .changes_nothing = true,
     .max_body = 16 << 10,
     .cost = CN_FORM_COST},
};
const cn_route_group cn_web_self_check_routes = {routes, sizeof routes / sizeof *routes};
