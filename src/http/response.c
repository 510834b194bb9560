/* SPDX-License-Identifier: Apache-2.0
 *
 * Responses: their headers, among them those that every answer carries, the one table from error codes to
 * statuses, and problem details (RFC 9457).
 */
#include "http/inside.h"

/* What every answer says, unless its handler says otherwise of that one. Nothing is loaded from elsewhere, no
 * script runs, no other site may frame a page or learn where a visitor came from. Our own may: without a referrer,
 * browsers send "Origin: null" with our own forms. */
static const cn_field secure[] = {
    {CN_S_INIT("content-security-policy"),
     CN_S_INIT("default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
               "frame-ancestors 'none'")},
    {CN_S_INIT("x-content-type-options"), CN_S_INIT("nosniff")},
    {CN_S_INIT("referrer-policy"), CN_S_INIT("same-origin")},
    {CN_S_INIT("cross-origin-opener-policy"), CN_S_INIT("same-origin")},
    {CN_S_INIT("cross-origin-resource-policy"), CN_S_INIT("same-origin")},
    {CN_S_INIT("permissions-policy"), CN_S_INIT("camera=(), geolocation=(), microphone=(), payment=(), usb=()")},
};

typedef struct status_row {
    int status;
    const char *phrase;
} status_row;

static const status_row phrases[] = {
    {200, "OK"},
    {201, "Created"},
    {204, "No Content"},
    {303, "See Other"},
    {304, "Not Modified"},
    {400, "Bad Request"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {409, "Conflict"},
    {410, "Gone"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
    {505, "HTTP Version Not Supported"},
};

static const int status_of_code[] = {
    [CN_OK] = 200,    [CN_INVALID] = 400,     [CN_NOT_FOUND] = 404,   [CN_DENIED] = 403,   [CN_CONFLICT] = 409,
    [CN_LIMIT] = 413, [CN_UNAVAILABLE] = 503, [CN_UNSUPPORTED] = 415, [CN_INTERNAL] = 500,
};

const char *cn_status_phrase(int status) {
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++)
        if (phrases[i].status == status) return phrases[i].phrase;
    return "Error";
}

int cn_status_of(const cn_err *err) {
    /* The one limit that is ours and not of what was sent. */
    if (err->code == CN_LIMIT && !strcmp(err->id, "memory.limit")) return 503;
    return (size_t)err->code < sizeof status_of_code / sizeof *status_of_code ? status_of_code[err->code] : 500;
}

bool cn_response_header(const cn_request *rq, cn_response *rs, cn_slice name, cn_slice value) {
    cn_slice n, v;
    if (!cn_http_is_token(name) || cn_http_has_control(value)) return false;
    return cn_arena_copy(rq->arena, name, &n) && cn_arena_copy(rq->arena, value, &v) &&
           cn_fields_add(rq->arena, &rs->headers, n, v);
}

bool cn_response_see_other(const cn_request *rq, cn_response *rs, cn_slice path) {
    /* "//host" and "/\host" lead elsewhere. */
    if (!cn_slice_starts(path, CN_S("/")) || (path.n > 1 && (path.p[1] == '/' || path.p[1] == '\\'))) return false;
    rs->status = 303;
    rs->media_type = CN_S("text/plain; charset=utf-8");
    rs->body = CN_S("");
    return cn_response_header(rq, rs, CN_S("location"), path);
}

bool cn_response_wait(const cn_request *rq, cn_response *rs, int seconds) {
    cn_slice text;
    rs->status = 429;
    return cn_arena_print(rq->arena, &text, "%d", seconds) &&
           cn_response_header(rq, rs, CN_S("retry-after"), text);
}

/* What one person is shown is kept by nobody, whatever its handler says; what comes with a cookie neither. */
static bool is_personal(const cn_request *rq, const cn_response *rs) {
    bool session = rq->session && !rs->immutable;
    for (size_t i = 0; !session && i < rs->headers.n; i++)
        session = cn_slice_eq_nocase(rs->headers.v[i].name, CN_S("set-cookie"));
    return session;
}

static void drop(cn_response *rs, cn_slice name) {
    size_t kept = 0;
    for (size_t i = 0; i < rs->headers.n; i++)
        if (!cn_slice_eq_nocase(rs->headers.v[i].name, name)) rs->headers.v[kept++] = rs->headers.v[i];
    rs->headers.n = kept;
}

static bool has(const cn_response *rs, cn_slice name) {
    for (size_t i = 0; i < rs->headers.n; i++)
        if (cn_slice_eq_nocase(rs->headers.v[i].name, name)) return true;
    return false;
}

static bool add_absent(const cn_request *rq, cn_response *rs, cn_slice name, cn_slice value) {
    return has(rs, name) || cn_fields_add(rq->arena, &rs->headers, name, value);
}

bool cn_response_secure(const cn_request *rq, cn_response *rs) {
    for (size_t i = 0; i < sizeof secure / sizeof *secure; i++)
        if (!add_absent(rq, rs, secure[i].name, secure[i].value)) return false;
    bool personal = is_personal(rq, rs);
    if (personal) drop(rs, CN_S("cache-control"));
    cn_slice cache = rs->immutable && !personal ? CN_S("public, max-age=31536000, immutable") : CN_S("no-store");
    if (!add_absent(rq, rs, CN_S("cache-control"), cache)) return false;
    if (!cn_slice_starts(rs->media_type, CN_S("text/html"))) return true;
    return add_absent(rq, rs, CN_S("content-language"), rq->language.n ? rq->language : CN_S("en")) &&
           add_absent(rq, rs, CN_S("vary"), CN_S("Accept-Language"));
}

void cn_response_bare(int status, cn_response *rs) {
    *rs = (cn_response){.status = status,
                        .media_type = CN_S("text/plain; charset=utf-8"),
                        .body = cn_slice_of(cn_status_phrase(status))};
}

static bool build_problem(cn_arena *a, int status, const cn_err *why, cn_json *object) {
    return cn_json_set(a, object, CN_S("type"), cn_json_string(a, CN_S("about:blank"))) &&
           cn_json_set(a, object, CN_S("title"), cn_json_string(a, cn_slice_of(cn_status_phrase(status)))) &&
           cn_json_set(a, object, CN_S("status"), cn_json_number(a, status)) &&
           cn_json_set(a, object, CN_S("code"), cn_json_string(a, cn_slice_of(why->id))) &&
           cn_json_set(a, object, CN_S("detail"), cn_json_string(a, cn_slice_of(why->detail))) &&
           (!why->where[0] || cn_json_set(a, object, CN_S("where"), cn_json_string(a, cn_slice_of(why->where))));
}

bool cn_response_problem(const cn_request *rq, int status, const cn_err *why, cn_response *rs) {
    cn_arena *a = rq->arena;
    /* The object borrows the error's texts: it is written before this returns. */
    cn_json *object = cn_json_object(a);
    if (!object || !build_problem(a, status, why, object)) return false;
    cn_buf b = cn_buf_on(a, 0);
    cn_json_write(&b, object);
    if (!cn_buf_ok(&b)) return false;
    rs->status = status;
    rs->media_type = CN_S("application/problem+json");
    rs->body = cn_buf_slice(&b);
    return true;
}
