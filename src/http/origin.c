/* SPDX-License-Identifier: Apache-2.0
 *
 * Whether a form was sent from a page of this site, by what the browser says of it: Sec-Fetch-Site (Fetch
 * Metadata), which no page can forge, else Origin (RFC 6454, 7), else Referer (RFC 9110, 10.1.3).
 */
#include "http/inside.h"

/* The referrer is of the origin, and not only of a host that begins like it. */
static bool is_of(cn_slice address, cn_slice origin) {
    cn_slice rest = cn_slice_from(address, origin.n);
    return cn_slice_starts(address, origin) && (!rest.n || rest.p[0] == '/' || rest.p[0] == '?');
}

bool cn_http_is_own(const cn_request *rq) {
    const cn_slice *site = cn_fields_find(&rq->headers, CN_S("sec-fetch-site"));
    if (site) return cn_slice_eq(*site, CN_S("same-origin")) || cn_slice_eq(*site, CN_S("none"));
    const cn_slice *origin = cn_fields_find(&rq->headers, CN_S("origin"));
    if (origin) return rq->origin.n && cn_slice_eq(*origin, rq->origin);
    const cn_slice *referrer = cn_fields_find(&rq->headers, CN_S("referer"));
    return !referrer || (rq->origin.n && is_of(*referrer, rq->origin));
}
