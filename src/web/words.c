/* SPDX-License-Identifier: Apache-2.0
 *
 * What a verification found, in words: the messages of steps and problems, and dates.
 *
 * A step's texts are named by its id (step.ID, step.ID.pass, step.ID.na), a finding's by its word (problem.WORD,
 * problem.WORD.bare where the sentence needs what the finding is about and there is none). What has no message yet
 * is told in general words, never in English on a French page; tools/check-problems finds it.
 */
#include "web/messages.h"
#include "web/pages.h"

#include "base/base.h"

/* ---- Dates ---- */

/* Appends nothing where the message is not there, which compile-messages sees to. */
static cn_slice month_of(const cn_making *m, int month) {
    char number[4];
    cn_msg message = CN_MSG_month_1;
    (void)snprintf(number, sizeof number, "%d", month % 100);
    (void)!cn_message_find(CN_MSG_FAMILY("month"), cn_slice_of(number), NULL, &message);
    return cn_message(m->language, message);
}

cn_slice cn_words_date(const cn_making *m, cn_time t, bool with_time) {
    cn_date d = cn_time_date(t);
    char day[4], year[16], hour[4], minute[4];
    (void)snprintf(day, sizeof day, "%d", d.day % 100);
    (void)snprintf(year, sizeof year, "%d", d.year);
    (void)snprintf(hour, sizeof hour, "%d", d.hour % 100);
    (void)snprintf(minute, sizeof minute, "%02d", d.minute % 100);
    cn_message_arg date[] = {
        cn_message_arg_slice(d.day == 1 ? cn_message(m->language, CN_MSG_date_first) : cn_slice_of(day)),
        cn_message_arg_slice(month_of(m, d.month)), cn_message_arg_cstr(year)};
    cn_buf b = cn_buf_on(m->rq->arena, 0);
    cn_message_plain(&b, m->language, CN_MSG_date_day, 3, date);
    cn_slice text = cn_buf_ok(&b) ? cn_buf_slice(&b) : (cn_slice){0};
    if (!with_time) return text;
    cn_slice time = cn_making_text(m, CN_MSG_date_time, cn_slice_of(hour), cn_slice_of(minute));
    return cn_making_text(m, CN_MSG_page_time, text, time);
}

cn_slice cn_words_date_of(const cn_making *m, cn_slice written) {
    cn_time t;
    if (!cn_time_read(written, &t, NULL)) return written;
    return cn_words_date(m, t, t.sec % 86400 != 0);
}

/* ---- What one can do ---- */

/* By problem; sorted. What is not here has no better advice than the sentence itself. */
static const struct {
    const char *problem, *todo;
} todos[] = {
    {"base-proof", "fresh"},
    {"challenge-mismatch", "fresh"},
    {"context-invalid", "correct"},
    {"context-missing", "correct"},
    {"context-order", "correct"},
    {"context-unavailable", "ask"},
    {"controller-mismatch", "ask"},
    {"data-loss", "correct"},
    {"date-invalid", "correct"},
    {"date-missing", "correct"},
    {"dates-reversed", "correct"},
    {"description-invalid", "correct"},
    {"domain-mismatch", "fresh"},
    {"duplicate-key", "correct"},
    {"empty", "original"},
    {"endorsement-invalid", "ask"},
    {"endorsement-of-other", "ask"},
    {"endorsement-unverifiable", "later"},
    {"envelope-invalid", "correct"},
    {"envelope-unsupported", "other-form"},
    {"evidence-invalid", "correct"},
    {"expired", "renew"},
    {"holder-invalid", "correct"},
    {"holder-key", "ask"},
    {"holder-key-mismatch", "fresh"},
    {"holder-malformed", "fresh"},
    {"holder-missing", "fresh"},
    {"holder-signature", "fresh"},
    {"id-invalid", "correct"},
    {"image-too-large", "original"},
    {"invalid-signature", "fresh"},
    {"issuer-invalid", "correct"},
    {"issuer-key-mismatch", "ask"},
    {"issuer-missing", "correct"},
    {"issuer-name-taken", "impostor"},
    {"issuer-unlisted", "expected"},
    {"jsonld-error", "correct"},
    {"jwt-alg-missing", "correct"},
    {"jwt-alg-none", "correct"},
    {"jwt-alg-symmetric", "other-form"},
    {"jwt-alg-unsupported", "other-form"},
    {"jwt-b64", "correct"},
    {"jwt-base64", "fresh"},
    {"jwt-claim-invalid", "correct"},
    {"jwt-crit", "other-form"},
    {"jwt-encrypted", "other-form"},
    {"jwt-exp-mismatch", "correct"},
    {"jwt-header", "fresh"},
    {"jwt-header-duplicate-key", "correct"},
    {"jwt-iss-mismatch", "correct"},
    {"jwt-jti-mismatch", "correct"},
    {"jwt-key-elsewhere", "other-form"},
    {"jwt-nbf-mismatch", "correct"},
    {"jwt-nested", "other-form"},
    {"jwt-parts", "fresh"},
    {"jwt-presentation", "one"},
    {"jwt-sub-mismatch", "correct"},
    {"jwt-two-credentials", "correct"},
    {"jwt-typ", "original"},
    {"jwt-vc-claim", "correct"},
    {"key-expired", "ask"},
    {"key-malformed", "correct"},
    {"key-not-vouched", "ask"},
    {"key-revoked", "ask"},
    {"key-unsupported", "other-form"},
    {"key-wrong-kind", "correct"},
    {"name-invalid", "correct"},
    {"no-credential-in-image", "original"},
    {"no-proof", "fresh"},
    {"not-a-credential", "original"},
    {"not-an-image", "original"},
    {"not-compacted", "fresh"},
    {"not-json", "original"},
    {"not-yet-valid", "wait"},
    {"ob2-differs", "fresh"},
    {"ob2-invalid", "correct"},
    {"ob2-unavailable", "later"},
    {"open-badges-2", "other-form"},
    {"part-invalid", "ask"},
    {"part-unverifiable", "later"},
    {"png-compressed-text", "correct"},
    {"png-crc", "fresh"},
    {"png-malformed-text", "correct"},
    {"png-too-many-chunks", "correct"},
    {"png-two-credentials", "correct"},
    {"presented-invalid", "one"},
    {"presented-unknown", "one"},
    {"previous-proof-missing", "fresh"},
    {"proof-expired", "renew"},
    {"proof-malformed", "correct"},
    {"proof-purpose", "correct"},
    {"refresh-available", "renew"},
    {"refresh-invalid", "correct"},
    {"registry-unavailable", "expected"},
    {"resource-changed", "ask"},
    {"resource-digest", "correct"},
    {"resource-invalid", "correct"},
    {"resource-unavailable", "later"},
    {"revoked", "ask"},
    {"schema-invalid", "correct"},
    {"sd-jwt-hash", "other-form"},
    {"sd-jwt-malformed", "fresh"},
    {"sd-jwt-unused", "fresh"},
    {"status-invalid", "correct"},
    {"status-list-invalid", "ask"},
    {"status-list-unretrievable", "later"},
    {"status-list-unverifiable", "later"},
    {"status-message", "ask"},
    {"status-type-unsupported", "ask"},
    {"subject-invalid", "correct"},
    {"subject-missing", "correct"},
    {"suspended", "ask"},
    {"svg-dtd", "plain-svg"},
    {"svg-encoding", "plain-svg"},
    {"svg-entity", "plain-svg"},
    {"svg-syntax", "original"},
    {"svg-too-complex", "plain-svg"},
    {"svg-two-credentials", "correct"},
    {"terms-invalid", "correct"},
    {"too-complex", "correct"},
    {"too-deep", "original"},
    {"too-large", "original"},
    {"truncated-image", "fresh"},
    {"type-invalid", "correct"},
    {"type-missing", "correct"},
    {"unsupported-proof", "other-form"},
    {"unusual-form", "fresh"},
    {"utf-16", "encode"},
    {"verification-method-not-found", "ask"},
    {"verification-method-purpose", "ask"},
    {"verification-method-unresolvable", "later"},
};

cn_slice cn_words_todo(cn_slice problem) {
    size_t from = 0, to = sizeof todos / sizeof todos[0];
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = cn_slice_cmp(problem, cn_slice_of(todos[middle].problem));
        if (order == 0) return cn_slice_of(todos[middle].todo);
        if (order < 0) to = middle;
        else from = middle + 1;
    }
    return (cn_slice){0};
}

/* ---- Steps ---- */

static cn_slice message_or(const cn_making *m, const char *family, cn_slice word, const char *suffix,
                           cn_msg otherwise) {
    cn_msg message = otherwise;
    (void)!cn_message_find(family, word, suffix, &message);
    return cn_message(m->language, message);
}

static cn_slice step_text(const cn_making *m, const cn_step *step) {
    const char *family = CN_MSG_FAMILY("step");
    cn_slice id = cn_slice_of(step->id);
    if (step->outcome == CN_NOT_APPLICABLE) return message_or(m, family, id, "na", CN_MSG_step_other_na);
    return message_or(m, family, id, "pass", CN_MSG_step_other_pass);
}

/* A date within is written as the language does. */
static cn_slice problem_text(const cn_making *m, cn_slice word, cn_slice about) {
    const char *family = CN_MSG_FAMILY("problem");
    cn_msg message;
    if (!about.n && cn_message_find(family, word, "bare", &message)) return cn_message(m->language, message);
    if (!cn_message_find(family, word, NULL, &message)) return cn_message(m->language, CN_MSG_problem_other);
    return cn_making_text(m, message, cn_words_date_of(m, about), (cn_slice){0});
}

/* A pass with a finding is a warning. */
static void name_outcome(const cn_making *m, const cn_step *step, cn_view_step *out) {
    static const struct {
        cn_slice kind;
        cn_msg word;
    } outcomes[] = {
        [CN_PASS] = {CN_S_INIT("pass"), CN_MSG_outcome_pass},
        [CN_FAIL] = {CN_S_INIT("fail"), CN_MSG_outcome_fail},
        [CN_UNKNOWN] = {CN_S_INIT("unknown"), CN_MSG_outcome_unknown},
        [CN_NOT_APPLICABLE] = {CN_S_INIT("na"), CN_MSG_outcome_na},
    };
    bool warned = step->outcome == CN_PASS && *step->problem;
    out->kind = warned ? CN_S("warning") : outcomes[step->outcome].kind;
    out->outcome = cn_message(m->language, warned ? CN_MSG_outcome_warning : outcomes[step->outcome].word);
}

/* Nobody misses these where there is nothing to check. */
static bool is_silent(const cn_step *step) {
    static const cn_slice rare[] = {CN_S_INIT("resources"), CN_S_INIT("endorsements"), CN_S_INIT("parts"),
                                    CN_S_INIT("schema")};
    for (size_t i = 0; i < sizeof rare / sizeof rare[0]; i++)
        if (cn_slice_eq(cn_slice_of(step->id), rare[i])) return step->outcome == CN_NOT_APPLICABLE;
    return false;
}

void cn_words_step(const cn_making *m, const cn_hidden *h, const cn_step *step, cn_view_step *out) {
    cn_slice problem = cn_slice_of(step->problem), todo = cn_words_todo(problem);
    *out = (cn_view_step){
        .name = message_or(m, CN_MSG_FAMILY("step"), cn_slice_of(step->id), NULL, CN_MSG_step_other),
        .problem = problem,
        .where = cn_hidden_show(h, step->where),
        .about = cn_hidden_show(h, step->about),
        /* the engine's own sentence is English: pages in other languages do without */
        .detail = m->language == CN_EN ? cn_hidden_show(h, step->detail) : (cn_slice){0},
    };
    out->silent = is_silent(step);
    name_outcome(m, step, out);
    out->text = problem.n ? problem_text(m, problem, out->about) : step_text(m, step);
    if (todo.n) out->todo = message_or(m, CN_MSG_FAMILY("todo"), todo, NULL, CN_MSG_todo_ask);
    /* why a step does not apply is said already */
    out->technical =
        step->outcome != CN_NOT_APPLICABLE && (problem.n || out->where.n || out->about.n || out->detail.n);
}
