/* SPDX-License-Identifier: Apache-2.0
 *
 * The table of verification steps, and the verdict they come to: any failure
 * is "not verified", otherwise anything that could not be checked is "unknown".
 */
#include "vc/internal.h"
#include "vc/languages.h"

/* Different URLs that one verification asks for. */
enum { MAX_DOCUMENTS = 12, MAX_CONTEXTS = 64 };

typedef struct row {
    const char *id;
    bool (*run)(cn_vc *v, cn_step *step);
    bool outermost; /* not for documents that a verification depends on */
} row;

/* To add a step: write it, and put it where it belongs in this table. */
static const row table[] = {
    {"model", cn_step_model, false},   {"context", cn_step_context, false},  {"proof", cn_step_proof, false},
    {"issuer", cn_step_issuer, false}, {"registry", cn_step_registry, true}, {"validity", cn_step_validity, false},
    {"status", cn_step_status, true},
};

const char *cn_outcome_name(cn_outcome o) {
    static const char *const names[] = {
        [CN_PASS] = "pass",
        [CN_FAIL] = "fail",
        [CN_UNKNOWN] = "unknown",
        [CN_NOT_APPLICABLE] = "not applicable",
    };
    return names[o];
}

const char *cn_verdict_name(cn_verdict v) {
    static const char *const names[] = {
        [CN_VERIFIED] = "verified",
        [CN_NOT_VERIFIED] = "not verified",
        [CN_VERDICT_UNKNOWN] = "unknown",
    };
    return names[v];
}

static cn_verdict verdict_of(const cn_report *r) {
    cn_verdict verdict = CN_VERIFIED;
    for (size_t i = 0; i < r->steps_n; i++) {
        if (r->steps[i].outcome == CN_FAIL) return CN_NOT_VERIFIED;
        if (r->steps[i].outcome == CN_UNKNOWN) verdict = CN_VERDICT_UNKNOWN;
    }
    return verdict;
}

static cn_step *new_step(cn_vc *v, const char *id) {
    assert(v->report.steps_n < CN_STEPS_MAX);
    cn_step *step = &v->report.steps[v->report.steps_n++];
    *step = (cn_step){.id = id, .outcome = CN_PASS, .problem = ""};
    return step;
}

static bool run(cn_vc *v, cn_slice input) {
    v->report.proof = CN_FAIL; /* until a proof is found */
    cn_step *read = new_step(v, "read");
    if (!cn_step_read(v, input, read)) return false;
    if (v->credential) v->report.credential = cn_languages_joined(v->arena, v->credential);
    if (v->credential && !v->report.credential) return cn_fail_memory(v->err);
    for (size_t i = 0; v->credential && i < sizeof table / sizeof table[0]; i++) {
        if (table[i].outermost && v->depth) continue;
        if (!table[i].run(v, new_step(v, table[i].id))) return false;
    }
    v->report.verdict = verdict_of(&v->report);
    return true;
}

bool cn_verify(cn_arena *a, cn_slice input, const cn_verify_options *options, cn_report *out, cn_err *err) {
    cn_memo documents = {.arena = a, .of = options->resolver, .max = MAX_DOCUMENTS};
    cn_memo contexts = {.arena = a, .of = options->contexts, .max = MAX_CONTEXTS};
    cn_loader resolver = cn_memo_loader(&documents), known = cn_memo_loader(&contexts);
    size_t work_left = options->max_work ? options->max_work : CN_RDFC_MAX_WORK;
    cn_vc v = {
        .arena = a,
        .options = options,
        .err = err,
        .env = {.crypto = options->crypto, .contexts = options->contexts ? &known : NULL, .work_left = &work_left},
        .resolver = &resolver};
    if (!run(&v, input)) return false;
    *out = v.report;
    return true;
}

bool cn_vc_nested(cn_vc *parent, cn_slice input, cn_report *out) {
    cn_vc v = {.arena = parent->arena,
               .options = parent->options,
               .err = parent->err,
               .env = parent->env,
               .resolver = parent->resolver,
               .depth = parent->depth + 1};
    assert(v.depth == 1);
    if (!run(&v, input)) return false;
    *out = v.report;
    return true;
}
