/* SPDX-License-Identifier: Apache-2.0
 *
 * One document over the network, by libcurl: https only, behind the address
 * guard, with limits of size, time and redirects.
 *
 * The guard looks at the address the socket is about to connect to, after name resolution and for
 * each redirect anew: no spelling of a host name and no answer of a name server gets around it.
 * Redirects are followed here and not by curl, so that each passes the same checks as the first URL.
 */
#include "net/guard.h"
#include "net/inside.h"

#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/base.h"

enum { MAX_HEADER_BYTES = 64 << 10 };

typedef struct fetch {
    const cn_net *net;
    cn_arena *arena;
    CURL *curl;       /* owned */
    cn_buf body;      /* owned */
    size_t header_n;  /* bytes of headers so far */
    int64_t deadline; /* in milliseconds of the monotonic clock */
    cn_slice url;     /* of this hop, on the arena, followed by NUL */
    cn_slice host;    /* of this hop, on the arena */
    bool plain;       /* this hop is http */
    bool too_large;
    const char *refused; /* the name of an address class that was not connected to; static */
    bool refused_plain;  /* … because only its scheme forbids it */
} fetch;

static int64_t now_ms(void) {
    struct timespec t;
    int failed = clock_gettime(CLOCK_MONOTONIC, &t);
    assert(!failed);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- What curl calls ---- */

static size_t on_body(char *data, size_t size, size_t n, void *self) {
    fetch *f = self;
    size_t bytes = size * n, max = f->net->options.max_bytes;
    if (bytes > max - f->body.n) {
        f->too_large = true;
        return 0;
    }
    cn_buf_add(&f->body, cn_slice_bytes(data, bytes));
    return cn_buf_ok(&f->body) ? bytes : 0;
}

static size_t on_header(char *data, size_t size, size_t n, void *self) {
    (void)data;
    fetch *f = self;
    size_t bytes = size * n;
    f->header_n += bytes;
    if (f->header_n <= MAX_HEADER_BYTES) return bytes;
    f->too_large = true;
    return 0;
}

static bool classify(const struct curl_sockaddr *address, cn_address_class *out) {
    if (address->family == AF_INET) {
        const struct sockaddr_in *v4 = (const void *)&address->addr;
        *out = cn_guard_ipv4((const uint8_t *)&v4->sin_addr);
        return true;
    }
    if (address->family != AF_INET6 || address->addrlen < sizeof(struct sockaddr_in6)) return false;
    /* The struct's tail is longer than its declared type: curl says so with addrlen. */
    const struct sockaddr_in6 *v6 = (const void *)&address->addr;
    *out = cn_guard_ipv6(v6->sin6_addr.s6_addr);
    return true;
}

/* http is for the operator's own nets, https for the world and, where allowed, for those nets. */
static curl_socket_t on_socket(void *self, curlsocktype purpose, struct curl_sockaddr *address) {
    fetch *f = self;
    cn_address_class class = {CN_PLACE_FORBIDDEN, "of an unknown family"};
    if (purpose == CURLSOCKTYPE_IPCXN) (void)classify(address, &class);
    bool plain_to_public = class.place == CN_PLACE_PUBLIC && f->plain;
    bool allowed = (class.place == CN_PLACE_PUBLIC && !f->plain) ||
                   (class.place == CN_PLACE_PRIVATE && f->net->options.allow_private);
    if (!allowed) {
        f->refused = class.name;
        f->refused_plain = plain_to_public;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* ---- The URL of a hop ---- */

static bool fail_url(cn_err *err, cn_slice url, const char *why) {
    return cn_fail(err, CN_INVALID, "net.url", "%.*s %s.", CN_ARG(cn_slice_sub(url, 0, 200)), why);
}

static bool scheme_allowed(fetch *f) {
    bool https = cn_slice_eq_nocase(cn_slice_sub(f->url, 0, 8), CN_S("https://"));
    f->plain = cn_slice_eq_nocase(cn_slice_sub(f->url, 0, 7), CN_S("http://"));
    return https || (f->plain && f->net->options.allow_private);
}

static void free_url(CURLU **u) {
    curl_url_cleanup(*u);
}

static bool take_host(fetch *f, CURLU *u, cn_err *err) {
    char *host = NULL;
    if (curl_url_get(u, CURLUPART_HOST, &host, 0) != CURLUE_OK) return fail_url(err, f->url, "names no host");
    bool ok = cn_arena_copy(f->arena, cn_slice_of(host), &f->host);
    curl_free(host);
    return ok || cn_fail_memory(err);
}

/* A password in a URL would be sent on; a URL that needs one is no public document. */
static bool has_part(CURLU *u, CURLUPart part) {
    char *text = NULL;
    bool has = curl_url_get(u, part, &text, 0) == CURLUE_OK;
    curl_free(text);
    return has;
}

static bool check_url(fetch *f, cn_err *err) {
    if (f->url.n > CN_NET_MAX_URL)
        return cn_fail(err, CN_LIMIT, "net.size", "A URL is longer than %d bytes.", CN_NET_MAX_URL);
    for (size_t i = 0; i < f->url.n; i++)
        if ((uint8_t)f->url.p[i] <= ' ' || f->url.p[i] == 0x7f)
            return fail_url(err, f->url, "holds a space or a control character");
    if (!scheme_allowed(f))
        return cn_fail(err, CN_DENIED, "net.scheme", "%.*s is not an https URL.",
                       CN_ARG(cn_slice_sub(f->url, 0, 200)));
    CURLU *u __attribute__((cleanup(free_url))) = curl_url();
    if (!u) cn_no_memory();
    /* curl would take "https:///x" for a slip and ask the host x. */
    bool no_host = cn_slice_find(f->url, CN_S(":///")) < sizeof "https";
    if (no_host || curl_url_set(u, CURLUPART_URL, f->url.p, 0) != CURLUE_OK)
        return fail_url(err, f->url, "is no URL");
    if (!take_host(f, u, err)) return false;
    if (has_part(u, CURLUPART_USER) || has_part(u, CURLUPART_PASSWORD))
        return cn_fail(err, CN_DENIED, "net.user", "A URL with a user name is not fetched from %.*s.",
                       CN_ARG(f->host));
    return true;
}

/* ---- One request ---- */

static void set_options(fetch *f, struct curl_slist *headers, long remaining) {
    CURL *c = f->curl;
    const cn_net_options *o = &f->net->options;
    curl_easy_setopt(c, CURLOPT_URL, f->url.p);
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, o->allow_private ? "https,http" : "https");
    curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(c, CURLOPT_USERAGENT, "cairn");
    curl_easy_setopt(c, CURLOPT_HTTPGET, 1L);
    /* Neither the environment nor a file of the user's may say where a request goes or what it carries. */
    curl_easy_setopt(c, CURLOPT_PROXY, "");
    curl_easy_setopt(c, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 2L);
    if (o->ca_file.n) curl_easy_setopt(c, CURLOPT_CAINFO, o->ca_file.p);
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, remaining);
    /* A name server that does not answer must not hold the caller beyond the timeout. */
    curl_easy_setopt(c, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(c, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)o->max_bytes);
    curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, on_socket);
    curl_easy_setopt(c, CURLOPT_OPENSOCKETDATA, f);
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, f);
    curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(c, CURLOPT_HEADERDATA, f);
}

static const struct {
    CURLcode curl;
    cn_code code;
    const char *id, *says;
} failures[] = {
    {CURLE_OPERATION_TIMEDOUT, CN_UNAVAILABLE, "net.timeout", "did not answer in time"},
    {CURLE_FILESIZE_EXCEEDED, CN_LIMIT, "net.size", "sent a document that is too large"},
    {CURLE_URL_MALFORMAT, CN_INVALID, "net.url", "stands in a malformed URL"},
    {CURLE_UNSUPPORTED_PROTOCOL, CN_DENIED, "net.scheme", "was to be asked by another scheme than https"},
    {CURLE_COULDNT_RESOLVE_HOST, CN_UNAVAILABLE, "net.connect", "has no address"},
    {CURLE_COULDNT_CONNECT, CN_UNAVAILABLE, "net.connect", "cannot be connected to"},
    {CURLE_PEER_FAILED_VERIFICATION, CN_UNAVAILABLE, "net.tls", "has a certificate that is not trusted"},
    {CURLE_SSL_CONNECT_ERROR, CN_UNAVAILABLE, "net.tls", "could not agree on TLS"},
    {CURLE_SSL_CACERT_BADFILE, CN_UNAVAILABLE, "net.tls", "cannot be trusted: the trusted roots cannot be read"},
    {CURLE_SSL_INVALIDCERTSTATUS, CN_UNAVAILABLE, "net.tls", "has a certificate that was withdrawn"},
};

static bool fail_transfer(const fetch *f, CURLcode code, cn_err *err) {
    if (!cn_buf_ok(&f->body) || code == CURLE_OUT_OF_MEMORY) return cn_fail_memory(err);
    if (f->too_large) code = CURLE_FILESIZE_EXCEEDED;
    if (f->refused && code == CURLE_COULDNT_CONNECT)
        return cn_fail(err, CN_DENIED, f->refused_plain ? "net.scheme" : "net.address",
                       f->refused_plain ? "%.*s has a public address, which is asked by https only (%s)."
                                        : "%.*s has an address that is not allowed: %s.",
                       CN_ARG(f->host), f->refused);
    for (size_t i = 0; i < sizeof failures / sizeof failures[0]; i++)
        if (failures[i].curl == code)
            return cn_fail(err, failures[i].code, failures[i].id, "%.*s %s.", CN_ARG(f->host), failures[i].says);
    return cn_fail(err, CN_UNAVAILABLE, "net.connect", "%.*s: %s.", CN_ARG(f->host), curl_easy_strerror(code));
}

static void free_headers(struct curl_slist **list) {
    curl_slist_free_all(*list);
}

static bool request(fetch *f, long *status, cn_err *err) {
    if (!check_url(f, err)) return false;
    int64_t remaining = f->deadline - now_ms();
    if (remaining <= 0) return fail_transfer(f, CURLE_OPERATION_TIMEDOUT, err);
    struct curl_slist *headers __attribute__((cleanup(free_headers))) = curl_slist_append(
        NULL, "Accept: application/ld+json, application/json;q=0.9, application/vc, image/*;q=0.8, */*;q=0.5");
    if (!headers) cn_no_memory();
    cn_buf_clear(&f->body);
    f->header_n = 0;
    f->refused = NULL;
    set_options(f, headers, (long)remaining);
    CURLcode code = curl_easy_perform(f->curl);
    if (code != CURLE_OK) return fail_transfer(f, code, err);
    curl_easy_getinfo(f->curl, CURLINFO_RESPONSE_CODE, status);
    return true;
}

static bool answer(fetch *f, long status, cn_document *out, cn_err *err) {
    if (status < 200 || status > 299)
        return cn_fail(err, status == 404 || status == 410 ? CN_NOT_FOUND : CN_UNAVAILABLE, "net.status",
                       "%.*s answered %ld.", CN_ARG(f->host), status);
    char *type = NULL;
    curl_easy_getinfo(f->curl, CURLINFO_CONTENT_TYPE, &type);
    cn_document d = {.final_url = f->url};
    if (!cn_net_media_type(f->arena, cn_slice_of(type), &d.media_type, err)) return false;
    if (!cn_arena_copy(f->arena, cn_buf_slice(&f->body), &d.body)) return cn_fail_memory(err);
    *out = d;
    return true;
}

/* The URL a redirect leads to, made absolute by curl; NULL when the answer is none. */
static const char *redirect_of(const fetch *f, long status) {
    if (status != 301 && status != 302 && status != 303 && status != 307 && status != 308) return NULL;
    char *url = NULL;
    curl_easy_getinfo(f->curl, CURLINFO_REDIRECT_URL, &url);
    return url;
}

static bool follow(fetch *f, cn_document *out, cn_err *err) {
    const cn_net_options *o = &f->net->options;
    for (long hops = 0;; hops++) {
        long status = 0;
        if (!request(f, &status, err)) return false;
        const char *next = redirect_of(f, status);
        if (!next) return answer(f, status, out, err);
        if (hops >= o->max_redirects)
            return cn_fail(err, CN_LIMIT, "net.redirects", "%.*s redirects more than %ld times.", CN_ARG(f->host),
                           o->max_redirects);
        if (!cn_arena_copy(f->arena, cn_slice_of(next), &f->url)) return cn_fail_memory(err);
        if (cn_net_own(f->net, f->url)) return o->own->load(o->own->self, f->arena, f->url, out, err);
    }
}

static void fetch_done(fetch *f) {
    curl_easy_cleanup(f->curl);
    cn_buf_done(&f->body);
}

bool cn_net_fetch(const cn_net *n, cn_arena *a, cn_slice url, cn_document *out, cn_err *err) {
    fetch f __attribute__((cleanup(fetch_done))) = {
        .net = n, .arena = a, .body = cn_buf_on(NULL, n->options.max_bytes)};
    f.deadline = now_ms() + n->options.timeout_ms;
    if (!cn_arena_copy(a, url, &f.url)) return cn_fail_memory(err);
    f.curl = curl_easy_init();
    if (!f.curl) cn_no_memory();
    return follow(&f, out, err);
}
