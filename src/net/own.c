/* SPDX-License-Identifier: Apache-2.0
 *
 * Which URLs are Cairn's own, however they are spelled: to ask for one over the
 * network would be to wait for oneself.
 *
 * Scheme, host and port are compared as libcurl would connect to them: in small letters, with the
 * scheme's port where none is written, and without the dot that may end a host's name (RFC 3986, 6.2.2 and 6.2.3).
 */
#include "net/inside.h"

#include <curl/curl.h>

#include "base/base.h"

static void free_url(CURLU **u) {
    curl_url_cleanup(*u);
}

static void free_part(char **part) {
    curl_free(*part);
}

#define PART_AUTO __attribute__((cleanup(free_part)))

static CURLU *parse(cn_slice url) {
    char text[CN_NET_MAX_URL + 1];
    if (url.n > CN_NET_MAX_URL) return NULL;
    (void)snprintf(text, sizeof text, "%.*s", CN_ARG(url));
    CURLU *u = curl_url();
    if (!u) cn_no_memory();
    if (curl_url_set(u, CURLUPART_URL, text, 0) == CURLUE_OK) return u;
    curl_url_cleanup(u);
    return NULL;
}

static cn_slice without_dot(cn_slice host) {
    return host.n && host.p[host.n - 1] == '.' ? cn_slice_sub(host, 0, host.n - 1) : host;
}

static bool same(CURLU *a, CURLU *b, CURLUPart part, unsigned flags) {
    char *x PART_AUTO = NULL, *y PART_AUTO = NULL;
    return curl_url_get(a, part, &x, flags) == CURLUE_OK && curl_url_get(b, part, &y, flags) == CURLUE_OK &&
           cn_slice_eq_nocase(without_dot(cn_slice_of(x)), without_dot(cn_slice_of(y)));
}

bool cn_net_own(const cn_net *n, cn_slice url) {
    if (!n->options.own) return false;
    CURLU *asked __attribute__((cleanup(free_url))) = parse(url);
    CURLU *own __attribute__((cleanup(free_url))) = parse(n->options.own_origin);
    return asked && own && same(asked, own, CURLUPART_SCHEME, 0) &&
           same(asked, own, CURLUPART_HOST, CURLU_PUNYCODE) &&
           same(asked, own, CURLUPART_PORT, CURLU_DEFAULT_PORT);
}
