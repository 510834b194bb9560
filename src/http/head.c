/* SPDX-License-Identifier: Apache-2.0
 *
 * The head of a request, held to RFC 9112 before its body is read: where a message ends must be beyond doubt
 * (6.3), and a header field must be one. libmicrohttpd lets most of this pass.
 */
#include "http/inside.h"

static bool refuse(int answer, int *status, cn_err *err, const char *id, const char *why) {
    *status = answer;
    return cn_fail(err, CN_INVALID, id, "%s", why);
}

static size_t count(const cn_fields *f, cn_slice name) {
    size_t n = 0;
    for (size_t i = 0; i < f->n; i++) n += cn_slice_eq(f->v[i].name, name);
    return n;
}

/* RFC 9110, 5.5: visible characters, spaces and tabs; bytes above ASCII are opaque. */
static bool is_value(cn_slice s) {
    for (size_t i = 0; i < s.n; i++)
        if (((uint8_t)s.p[i] < 0x20 && s.p[i] != '\t') || s.p[i] == 0x7f) return false;
    return true;
}

/* RFC 9110, 7.2: host and port; nothing that belongs to another part of a URL. */
static bool is_host(cn_slice s) {
    for (size_t i = 0; i < s.n; i++)
        if ((uint8_t)s.p[i] <= 0x20 || (uint8_t)s.p[i] >= 0x7f || strchr("/?#@\\,<>\"", s.p[i])) return false;
    return true;
}

static bool check_fields(const cn_fields *h, int *status, cn_err *err) {
    for (size_t i = 0; i < h->n; i++)
        if (!cn_http_is_token(h->v[i].name) || !is_value(h->v[i].value))
            return refuse(400, status, err, "http.header", "A header field is malformed.");
    return true;
}

/* RFC 9112, 3.2 */
static bool check_host(const cn_fields *h, bool since_1_1, int *status, cn_err *err) {
    size_t hosts = count(h, CN_S("host"));
    if (hosts > 1 || (since_1_1 && !hosts))
        return refuse(400, status, err, "http.host", "There must be one Host header.");
    const cn_slice *host = cn_fields_find(h, CN_S("host"));
    if (host && !is_host(*host)) return refuse(400, status, err, "http.host", "The Host header is malformed.");
    return true;
}

/* RFC 9112, 6.1 to 6.3 */
static bool check_length(const cn_fields *h, bool since_1_1, cn_head *out, int *status, cn_err *err) {
    const cn_slice *length = cn_fields_find(h, CN_S("content-length"));
    const cn_slice *coding = cn_fields_find(h, CN_S("transfer-encoding"));
    if (count(h, CN_S("content-length")) > 1 || count(h, CN_S("transfer-encoding")) > 1 || (length && coding))
        return refuse(400, status, err, "http.length", "The length of the body is given twice.");
    if (coding && !since_1_1)
        return refuse(400, status, err, "http.length", "A transfer coding came with HTTP/1.0.");
    if (coding && !cn_slice_eq_nocase(*coding, CN_S("chunked")))
        return refuse(501, status, err, "http.coding", "Of transfer codings only \"chunked\" is understood.");
    out->chunked = coding != NULL;
    if (length && !cn_slice_to_u64(*length, INT64_MAX, &out->content_length))
        return refuse(400, status, err, "http.length", "The Content-Length is no number.");
    return true;
}

/* RFC 9110, 10.1.1 */
static bool check_expect(const cn_fields *h, cn_head *out, int *status, cn_err *err) {
    const cn_slice *expect = cn_fields_find(h, CN_S("expect"));
    if (expect && !cn_slice_eq_nocase(*expect, CN_S("100-continue")))
        return refuse(417, status, err, "http.expect", "Only \"100-continue\" can be expected.");
    out->expects_continue = expect != NULL;
    return true;
}

bool cn_head_check(const cn_fields *headers, cn_slice version, cn_head *out, int *status, cn_err *err) {
    bool since_1_1 = cn_slice_eq(version, CN_S("HTTP/1.1"));
    cn_head head = {0};
    if (!since_1_1 && !cn_slice_eq(version, CN_S("HTTP/1.0")))
        return refuse(505, status, err, "http.version", "Only HTTP/1.1 and HTTP/1.0 are spoken.");
    if (!check_fields(headers, status, err) || !check_host(headers, since_1_1, status, err) ||
        !check_length(headers, since_1_1, &head, status, err) || !check_expect(headers, &head, status, err))
        return false;
    *out = head;
    return true;
}
