/* SPDX-License-Identifier: Apache-2.0
 *
 * The table of verification steps, and the verdict they come to: any failure
 * is "not verified", otherwise anything that could not be checked is "unknown".
 */
#include "vc/internal.h"
#include "vc/languages.h"

/* Different URLs that one verification asks for. */
enum { MAX_DOCUMENTS = 12, MAX_CONTEXTS = 64, MAX_STATEMENTS = 2048 };

typedef struct row {
    const char *id;
    bool (*run)(cn_vc *v, cn_step *step);
    cn_depth deepest; /* not for what lies deeper */
} row;

/* The first rows of a table of JSON: they look at what is written, signed or not. */
enum { UNSIGNED_ROWS = 2 };

/* To add a step: write it, and put it where it belongs in this table. */
static const row table[] = {
    {"model", cn_step_model, CN_DEPTH_LIST},
    {"context", cn_step_context, CN_DEPTH_LIST},
    {"proof", cn_step_proof, CN_DEPTH_LIST},
    {"issuer", cn_step_issuer, CN_DEPTH_LIST},
    {"registry", cn_step_registry, CN_DEPTH_PART},
    {"validity", cn_step_validity, CN_DEPTH_LIST},
    {"status", cn_step_status, CN_DEPTH_PART},
    {"resources", cn_step_resources, CN_DEPTH_WHOLE},
    {"endorsements", cn_step_endorsements, CN_DEPTH_WHOLE},
    {"parts", cn_step_parts, CN_DEPTH_WHOLE},
    {"schema", cn_step_schema, CN_DEPTH_WHOLE},
};

/* Of a presentation. What is within it is verified by the table above, each for itself. */
static const row presented[] = {
    {"model", cn_step_model, CN_DEPTH_WHOLE},       {"context", cn_step_context, CN_DEPTH_WHOLE},
    {"proof", cn_step_proof, CN_DEPTH_WHOLE},       {"holder", cn_step_holder, CN_DEPTH_WHOLE},
    {"validity", cn_step_validity, CN_DEPTH_WHOLE}, {"credentials", cn_step_credentials, CN_DEPTH_WHOLE},
};

/* Of a badge of Open Badges 2.0 or older. */
static const row older[] = {
    {"standard", cn_step_ob2_standard, CN_DEPTH_LIST}, {"model", cn_step_ob2_model, CN_DEPTH_LIST},
    {"proof", cn_step_ob2_proof, CN_DEPTH_LIST},       {"issuer", cn_step_ob2_issuer, CN_DEPTH_LIST},
    {"registry", cn_step_registry, CN_DEPTH_LIST},     {"validity", cn_step_validity, CN_DEPTH_LIST},
    {"status", cn_step_ob2_status, CN_DEPTH_LIST},
};

/* What a caller may leave out. */
typedef struct left_out {
    const char *id;
    cn_leave leave;
    bool warns; /* it is run, and what it finds is a warning */
} left_out;

static const left_out left[] = {
    {"issuer", CN_LEAVE_ISSUER, true},  {"validity", CN_LEAVE_VALIDITY, true},
    {"status", CN_LEAVE_STATUS, false}, {"resources", CN_LEAVE_STATUS, false},
    {"parts", CN_LEAVE_STATUS, false},  {"endorsements", CN_LEAVE_STATUS, false},
    {"schema", CN_LEAVE_STATUS, false},
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

/* Whether the caller judges by itself what the step would. Not of what a status list depends on. */
static const left_out *left_of(const cn_vc *v, const row *r) {
    if (!v->options->leave || v->depth == CN_DEPTH_LIST) return NULL;
    for (size_t i = 0; i < sizeof left / sizeof left[0]; i++)
        if ((v->options->leave & left[i].leave) && !strcmp(left[i].id, r->id)) return &left[i];
    return NULL;
}

static bool run_row(cn_vc *v, const row *r) {
    const left_out *out = left_of(v, r);
    if (v->depth > r->deepest || (out && !out->warns)) return true;
    cn_step *step = new_step(v, r->id);
    if (!r->run(v, step)) return false;
    if (out && (step->outcome == CN_FAIL || step->outcome == CN_UNKNOWN)) step->outcome = CN_PASS;
    return true;
}

static bool run_rows(cn_vc *v, const row *rows, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (!run_row(v, &rows[i])) return false;
    return true;
}

static bool run_steps(cn_vc *v) {
    if (v->ob2) return run_rows(v, older, sizeof older / sizeof older[0]);
    if (v->presentation) {
        v->report.presentation = v->credential;
        return run_rows(v, presented, sizeof presented / sizeof presented[0]);
    }
    v->report.credential = cn_languages_joined(v->arena, v->credential);
    if (!v->report.credential) return cn_fail_memory(v->err);
    if (!run_rows(v, table, sizeof table / sizeof table[0])) return false;
    return !cn_holder_matters(v) || cn_step_holder(v, new_step(v, "holder"));
}

/* `object` is what has been read already, or NULL. */
static bool run(cn_vc *v, const cn_json *object, cn_slice input) {
    cn_step *read = new_step(v, "read");
    v->report.proof = CN_FAIL; /* until a proof is found */
    if (object) v->report.format = CN_S("json");
    if (!(object ? cn_vc_open_object(v, object, read) : cn_step_read(v, input, read))) return false;
    if (v->credential && !run_steps(v)) return false;
    v->report.verdict = verdict_of(&v->report);
    return true;
}

typedef bool work(cn_vc *v, const cn_json *value, cn_slice input);

static bool begin(cn_arena *a, const cn_json *value, cn_slice input, const cn_verify_options *options, work *how,
                  cn_report *out, cn_err *err) {
    size_t credentials = options->asked ? CN_PRESENTED_MAX : 1;
    size_t documents_max = options->max_documents ? options->max_documents : MAX_DOCUMENTS * credentials;
    cn_memo documents = {.arena = a, .of = options->resolver, .max = documents_max};
    cn_memo contexts = {.arena = a, .of = options->contexts, .max = MAX_CONTEXTS};
    cn_loader resolver = cn_memo_loader(&documents), known = cn_memo_loader(&contexts);
    size_t work_left = options->max_work ? options->max_work : CN_RDFC_MAX_WORK;
    size_t statements_left = MAX_STATEMENTS;
    cn_map lists = {0};
    cn_vc v = {.arena = a,
               .options = options,
               .err = err,
               .env = {.crypto = options->crypto,
                       .contexts = options->contexts ? &known : NULL,
                       .processed = options->processed,
                       .work_left = &work_left},
               .resolver = &resolver,
               .lists = &lists,
               .statements_left = &statements_left};
    bool ok = how(&v, value, input);
    cn_kept_release(&lists);
    if (ok) *out = v.report;
    return ok;
}

bool cn_verify(cn_arena *a, cn_slice input, const cn_verify_options *options, cn_report *out, cn_err *err) {
    return begin(a, NULL, input, options, run, out, err);
}

bool cn_verify_value(cn_arena *a, const cn_json *value, const cn_verify_options *options, cn_report *out,
                     cn_err *err) {
    const cn_json *object = cn_json_is(value, CN_JSON_OBJECT) ? value : NULL;
    return begin(a, object, cn_json_text(value), options, run, out, err);
}

static bool run_unsigned(cn_vc *v, const cn_json *value, cn_slice input) {
    cn_step *read = new_step(v, "read");
    (void)input;
    if (!cn_vc_take_object(v, read, value, &v->credential)) return false;
    if (!v->credential) return true;
    v->presentation = v->options->asked && cn_vc_has_type(value, CN_S("VerifiablePresentation"));
    return run_rows(v, v->presentation ? presented : table, UNSIGNED_ROWS) &&
           cn_proofs_form(v, &v->report.steps[1]);
}

bool cn_verify_unsigned(cn_arena *a, const cn_json *credential, const cn_verify_options *options, cn_report *out,
                        cn_err *err) {
    return begin(a, credential, CN_S(""), options, run_unsigned, out, err);
}

static cn_vc inside(cn_vc *parent, cn_depth depth) {
    assert(depth > parent->depth);
    return (cn_vc){.arena = parent->arena,
                   .options = parent->options,
                   .err = parent->err,
                   .env = parent->env,
                   .resolver = parent->resolver,
                   .lists = parent->lists,
                   .statements_left = parent->statements_left,
                   .depth = depth};
}

bool cn_vc_nested_bytes(cn_vc *parent, cn_depth depth, cn_slice input, cn_report *out) {
    cn_vc v = inside(parent, depth);
    if (!run(&v, NULL, input)) return false;
    *out = v.report;
    return true;
}

bool cn_vc_nested(cn_vc *parent, cn_depth depth, const cn_json *credential, cn_report *out) {
    cn_vc v = inside(parent, depth);
    v.credential = credential;
    v.report.proof = CN_FAIL;
    if (!run_steps(&v)) return false;
    v.report.verdict = verdict_of(&v.report);
    *out = v.report;
    return true;
}

bool cn_vc_presented(cn_vc *parent, const cn_json *credential, cn_report *out) {
    cn_verify_options options = *parent->options;
    options.asked = NULL; /* that was of the presentation; and none is in another */
    cn_vc v = {.arena = parent->arena,
               .options = &options,
               .err = parent->err,
               .env = parent->env,
               .resolver = parent->resolver,
               .lists = parent->lists,
               .statements_left = parent->statements_left};
    bool object = cn_json_is(credential, CN_JSON_OBJECT);
    if (!run(&v, object ? credential : NULL, cn_json_text(credential))) return false;
    *out = v.report;
    return true;
}
