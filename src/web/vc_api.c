/* SPDX-License-Identifier: Apache-2.0
 *
 * The VC-API: who may call it, verifying, and its routes.
 */
#include "web/vc_api.h"

#include "base/base.h"

enum { BODY_MAX = 8 << 20, SMALL_MAX = 64 << 10, ISSUE_COST = 5 };

/* ---- Who may, and with what ---- */

/* A proxy on this machine would make everybody look near: it says for whom it asks. */
static bool is_near(const cn_request *rq) {
    bool loopback = cn_slice_starts(rq->peer, CN_S("127.")) || cn_slice_eq(rq->peer, CN_S("::1")) ||
                    cn_slice_starts(rq->peer, CN_S("::ffff:127."));
    static const cn_slice proxied[] = {CN_S_INIT("x-forwarded-for"), CN_S_INIT("forwarded"), CN_S_INIT("via"),
                                       CN_S_INIT("x-real-ip")};
    for (size_t i = 0; i < sizeof proxied / sizeof *proxied; i++)
        if (cn_request_header(rq, proxied[i]).n) return false;
    return loopback;
}

static bool is_json(const cn_request *rq) {
    cn_slice type, parameters;
    (void)cn_slice_cut(cn_request_header(rq, CN_S("content-type")), ';', &type, &parameters);
    type = cn_slice_trim(type);
    return cn_slice_eq_nocase(type, CN_S("application/json")) ||
           cn_slice_eq_nocase(type, CN_S("application/ld+json"));
}

bool cn_vc_api_request(const cn_web *web, const cn_request *rq, cn_slice member, const cn_json **out,
                       cn_err *err) {
    if (!web->vc_api) return cn_fail(err, CN_NOT_FOUND, "http.path", "There is nothing at this address.");
    if (!web->vc_api->open && !is_near(rq))
        return cn_fail(err, CN_DENIED, "vc-api.elsewhere",
                       "The VC-API of this server is for programs on the same machine.");
    if (!is_json(rq))
        return cn_fail(err, CN_UNSUPPORTED, "vc-api.media-type", "The VC-API takes application/json.");
    if (!cn_json_read(rq->arena, rq->body, &(cn_json_options){.refuse_duplicates = true}, out, err)) return false;
    return cn_json_get(*out, member) ||
           cn_fail(err, CN_INVALID, "vc-api.request", "The request is a JSON object with a member \"%.*s\".",
                   CN_ARG(member));
}

bool cn_vc_api_option(const cn_json *options, cn_slice name, cn_slice *out, cn_err *err) {
    const cn_json *value = cn_json_get(options, name);
    *out = cn_json_text(value);
    return !value || out->n ||
           cn_fail_at(err, CN_INVALID, "vc-api.option", CN_S("/options"), "\"%.*s\" is a text that is not empty.",
                      CN_ARG(name));
}

/* ---- Answers ---- */

bool cn_vc_api_answer(const cn_buf *b, int status, cn_response *rs, cn_err *err) {
    if (!cn_buf_ok(b)) return cn_fail_memory(err);
    rs->status = status;
    rs->media_type = CN_S("application/json");
    rs->body = cn_buf_slice(b);
    return true;
}

#define VC "https://www.w3.org/TR/vc-data-model#"
#define SECURITY "https://w3id.org/security#"
#define STATUS "https://www.w3.org/ns/credentials/status-list#"

/* Problem types of the Data Model 2.0 (7.3), Data Integrity 1.0 (4.7) and Bitstring Status List 1.0 (3.5), by the
 * step and what it found; the first that fits. */
static const struct {
    const char *step, *problem; /* NULL: any */
    const char *type, *title;
} types[] = {
    {"read", NULL, VC "PARSING_ERROR", "It could not be read"},
    {NULL, "data-loss", SECURITY "DATA_LOSS_DETECTION_ERROR", "Something in it has no meaning"},
    {NULL, "challenge-mismatch", SECURITY "INVALID_CHALLENGE_ERROR", "It answers another challenge"},
    {NULL, "domain-mismatch", SECURITY "INVALID_DOMAIN_ERROR", "It was made for another domain"},
    {"proof", NULL, SECURITY "PROOF_VERIFICATION_ERROR", "A proof does not verify"},
    {NULL, "status-list-unretrievable", STATUS "STATUS_RETRIEVAL_ERROR", "The status cannot be had"},
    {"status", NULL, STATUS "STATUS_VERIFICATION_ERROR", "The status does not allow it"},
    {"model", NULL, VC "MALFORMED_VALUE_ERROR", "It is not as the data model has it"},
    {"context", NULL, VC "MALFORMED_VALUE_ERROR", "Its context does not give it one meaning"},
    {"validity", NULL, VC "RANGE_ERROR", "It does not hold now"},
    {NULL, NULL, VC "CRYPTOGRAPHIC_SECURITY_ERROR", "It is not shown to be genuine"},
};

static size_t type_of(const cn_step *s) {
    size_t i = 0;
    while ((types[i].step && strcmp(types[i].step, s->id) != 0) ||
           (types[i].problem && strcmp(types[i].problem, s->problem) != 0))
        i++;
    return i;
}

static void add_member(cn_buf *b, const char *name, cn_slice text) {
    cn_buf_print(b, ",\"%s\":", name);
    cn_json_write_string(b, text);
}

/* RFC 9457. */
static void add_details(cn_buf *b, const cn_step *s) {
    size_t i = type_of(s);
    cn_buf_print(b, "{\"type\":\"%s\",\"title\":\"%s\",\"status\":400", types[i].type, types[i].title);
    add_member(b, "detail", s->detail);
    add_member(b, "code", cn_slice_of(s->problem));
    add_member(b, "step", cn_slice_of(s->id));
    if (s->where.n) add_member(b, "where", s->where);
    cn_buf_byte(b, '}');
}

static bool says_no(const cn_step *s) {
    return s->outcome == CN_FAIL || s->outcome == CN_UNKNOWN;
}

/* That nobody asked a list of issuers is no warning here. */
static bool warns(const cn_step *s) {
    return s->outcome == CN_PASS && *s->problem && strcmp(s->id, "registry") != 0;
}

static void add_steps(cn_buf *b, const cn_report *r, bool (*which)(const cn_step *s), bool details) {
    bool any = false;
    cn_buf_byte(b, '[');
    for (size_t i = 0; i < r->steps_n; i++) {
        if (!which(&r->steps[i])) continue;
        if (any) cn_buf_byte(b, ',');
        if (details) add_details(b, &r->steps[i]);
        else cn_json_write_string(b, r->steps[i].detail);
        any = true;
    }
    cn_buf_byte(b, ']');
}

bool cn_vc_api_refuse(const cn_request *rq, const cn_report *report, cn_response *rs, cn_err *err) {
    cn_buf b = cn_buf_on(rq->arena, 0);
    cn_buf_add(&b, CN_S("{\"errors\":"));
    add_steps(&b, report, says_no, false);
    cn_buf_add(&b, CN_S(",\"problemDetails\":"));
    add_steps(&b, report, says_no, true);
    cn_buf_byte(&b, '}');
    return cn_vc_api_answer(&b, 400, rs, err);
}

/* ---- What is checked ---- */

/* "proof" always; the others where they are named. Where none is, all but "issuer": that the key is of whom the
 * credential calls its issuer is then a warning, since the examples of the specifications break it. */
static const struct {
    cn_slice name;
    unsigned leave; /* where it is not asked for */
} checks[] = {
    {CN_S_INIT("proof"), 0},
    {CN_S_INIT("issuer"), CN_LEAVE_ISSUER},
    {CN_S_INIT("validity"), CN_LEAVE_VALIDITY},
    {CN_S_INIT("credentialStatus"), CN_LEAVE_STATUS},
};
enum { CHECKS = sizeof checks / sizeof checks[0] };

static bool read_check(cn_slice name, unsigned *leave, cn_err *err) {
    for (size_t i = 0; i < CHECKS; i++) {
        if (!cn_slice_eq(name, checks[i].name)) continue;
        *leave &= ~checks[i].leave;
        return true;
    }
    return cn_fail_at(err, CN_INVALID, "vc-api.check", CN_S("/options/checks"),
                      "The checks are \"proof\", \"issuer\", \"validity\" and \"credentialStatus\".");
}

static bool read_checks(const cn_json *options, unsigned *leave, cn_err *err) {
    const cn_json *asked = cn_json_get(options, CN_S("checks"));
    *leave = CN_LEAVE_ISSUER;
    for (size_t i = 0; i < CHECKS && cn_json_many(asked); i++) *leave |= checks[i].leave;
    for (size_t i = 0; i < cn_json_many(asked); i++)
        if (!read_check(cn_json_text(cn_json_one(asked, i)), leave, err)) return false;
    return true;
}

static void add_checks(cn_buf *b, unsigned leave) {
    cn_buf_add(b, CN_S("[\"proof\""));
    for (size_t i = 1; i < CHECKS; i++)
        if (!(leave & checks[i].leave)) cn_buf_print(b, ",\"%.*s\"", CN_ARG(checks[i].name));
    cn_buf_byte(b, ']');
}

static bool show(const cn_request *rq, const cn_report *report, unsigned leave, cn_response *rs, cn_err *err) {
    bool good = report->verdict == CN_VERIFIED;
    cn_buf b = cn_buf_on(rq->arena, 0);
    cn_buf_print(&b, "{\"verified\":%s,\"checks\":", good ? "true" : "false");
    add_checks(&b, leave);
    cn_buf_add(&b, CN_S(",\"warnings\":"));
    add_steps(&b, report, warns, false);
    cn_buf_add(&b, CN_S(",\"errors\":"));
    add_steps(&b, report, says_no, false);
    if (!good) {
        cn_buf_add(&b, CN_S(",\"problemDetails\":"));
        add_steps(&b, report, says_no, true);
    }
    cn_buf_byte(&b, '}');
    return cn_vc_api_answer(&b, good ? 200 : 400, rs, err);
}

/* ---- Verifying ---- */

/* An object, or a text that is a JWT: a JSON text in a JSON text is neither. */
static bool is_secured(const cn_json *v) {
    return cn_json_is(v, CN_JSON_OBJECT) || cn_slice_starts(cn_json_text(v), CN_S("ey"));
}

static bool verify(const cn_web *web, const cn_request *rq, cn_slice member, cn_asked *asked, cn_response *rs,
                   cn_err *err) {
    const cn_json *request;
    cn_report report;
    cn_verify_options how = {.crypto = web->crypto,
                             .contexts = web->contexts,
                             .processed = web->processed,
                             .lists = web->lists,
                             .resolver = web->resolver,
                             .now = rq->now,
                             .max_documents = CN_WEB_DOCUMENTS,
                             .asked = asked};
    if (!cn_vc_api_request(web, rq, member, &request, err)) return false;
    const cn_json *secured = cn_json_get(request, member), *options = cn_json_get(request, CN_S("options"));
    if (!read_checks(options, &how.leave, err)) return false;
    if (!is_secured(secured))
        return cn_fail(err, CN_INVALID, "vc-api.request", "\"%.*s\" is an object, or the text of a JWT.",
                       CN_ARG(member));
    if (asked && (!cn_vc_api_option(options, CN_S("challenge"), &asked->challenge, err) ||
                  !cn_vc_api_option(options, CN_S("domain"), &asked->domain, err)))
        return false;
    if (!cn_verify_value(rq->arena, secured, &how, &report, err)) return false;
    if (asked && report.credential)
        return cn_fail(err, CN_INVALID, "vc-api.request", "\"%.*s\" is no presentation.", CN_ARG(member));
    return show(rq, &report, how.leave, rs, err);
}

bool cn_vc_api_verify_credential(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    return verify(app, rq, CN_S("verifiableCredential"), NULL, rs, err);
}

bool cn_vc_api_verify_presentation(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_asked asked = {0};
    return verify(app, rq, CN_S("verifiablePresentation"), &asked, rs, err);
}

/* ---- Routes ---- */

static const cn_route routes[] = {
    {.method = CN_POST,
     .path = "/vc-api/credentials/verify",
     .handle = cn_vc_api_verify_credential,
     .max_body = BODY_MAX,
     .cost = CN_VERIFY_COST,
     .changes_nothing = true,
     .json = true},
    {.method = CN_POST,
     .path = "/vc-api/presentations/verify",
     .handle = cn_vc_api_verify_presentation,
     .max_body = BODY_MAX,
     .cost = CN_VERIFY_COST,
     .changes_nothing = true,
     .json = true},
    {.method = CN_POST,
     .path = "/vc-api/status/credentials/issue",
     .handle = cn_vc_api_issue_with_status,
     .csrf = CN_CSRF_ORIGIN,
     .max_body = BODY_MAX,
     .cost = ISSUE_COST,
     .json = true},
    {.method = CN_POST,
     .path = "/vc-api/:suite/credentials/issue",
     .handle = cn_vc_api_issue,
     .csrf = CN_CSRF_ORIGIN,
     .max_body = BODY_MAX,
     .cost = ISSUE_COST,
     .json = true},
    {.method = CN_POST,
     .path = "/vc-api/:suite/credentials/derive",
     .handle = cn_vc_api_derive,
     .max_body = BODY_MAX,
     .cost = CN_VERIFY_COST,
     .changes_nothing = true,
     .json = true},
    {.method = CN_POST,
     .path = "/vc-api/credentials/status",
     .handle = cn_vc_api_set_status,
     .csrf = CN_CSRF_ORIGIN,
     .max_body = SMALL_MAX,
     .cost = ISSUE_COST,
     .json = true},
    {.method = CN_GET, .path = "/vc-api/status-lists/:purpose", .handle = cn_vc_api_status_list, .json = true},
};
const cn_route_group cn_web_vc_api_routes = {routes, sizeof routes / sizeof routes[0]};
