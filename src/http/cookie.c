/* SPDX-License-Identifier: Apache-2.0
 *
 * Cookies (RFC 6265): read from a request, set and removed by a response. What they mean is the site's business.
 */
#include "http/inside.h"

/* RFC 6265bis, 4.1.3.2: a browser takes it only over TLS, from this very host, for the whole of it. */
#define HOST_PREFIX "__Host-"

static bool is_secure(const cn_request *rq) {
    return cn_slice_starts(rq->origin, CN_S("https://"));
}

static cn_slice prefix_of(const cn_request *rq) {
    return is_secure(rq) ? CN_S(HOST_PREFIX) : CN_S("");
}

/* RFC 6265, 5.4: pairs parted by semicolons. The first of a name counts. */
static bool find(cn_slice header, cn_slice prefix, cn_slice name, cn_slice *out) {
    cn_slice pair, key, value;
    while (header.n) {
        (void)cn_slice_cut(header, ';', &pair, &header);
        if (!cn_slice_cut(pair, '=', &key, &value)) continue;
        key = cn_slice_trim(key);
        if (!cn_slice_starts(key, prefix) || !cn_slice_eq(cn_slice_from(key, prefix.n), name)) continue;
        *out = cn_slice_trim(value);
        return true;
    }
    return false;
}

cn_slice cn_request_cookie(const cn_request *rq, cn_slice name) {
    cn_slice value = {0};
    for (size_t i = 0; i < rq->headers.n; i++)
        if (cn_slice_eq(rq->headers.v[i].name, CN_S("cookie")) &&
            find(rq->headers.v[i].value, prefix_of(rq), name, &value))
            return value;
    return value;
}

/* RFC 6265, 4.1.1: cookie-octet. */
static bool is_value(cn_slice s) {
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] <= ' ' || s.p[i] >= 0x7f || strchr("\",;\\", s.p[i])) return false;
    return true;
}

static bool set(const cn_request *rq, cn_response *rs, cn_slice name, cn_slice value, const char *age) {
    cn_slice line;
    if (!cn_http_is_token(name) || !is_value(value)) return false;
    return cn_arena_print(rq->arena, &line, "%.*s%.*s=%.*s; Path=/%s; HttpOnly; SameSite=Lax%s",
                          CN_ARG(prefix_of(rq)), CN_ARG(name), CN_ARG(value), age,
                          is_secure(rq) ? "; Secure" : "") &&
           cn_response_header(rq, rs, CN_S("set-cookie"), line);
}

bool cn_response_cookie(const cn_request *rq, cn_response *rs, cn_slice name, cn_slice value, int64_t max_age) {
    char age[40] = "";
    if (max_age > 0) (void)snprintf(age, sizeof age, "; Max-Age=%lld", (long long)max_age);
    return set(rq, rs, name, value, age);
}

bool cn_response_cookie_remove(const cn_request *rq, cn_response *rs, cn_slice name) {
    return set(rq, rs, name, CN_S(""), "; Max-Age=0");
}
