/* SPDX-License-Identifier: Apache-2.0
 *
 * Files that come with the program: the style sheet and the mark. Their addresses carry a digest, so that they may
 * be kept for good (RFC 9111, RFC 8246).
 */
#include "web/pages.h"

#include "base/base.h"

/* RFC 9110, 12.5.3: is gzip among what is accepted, and not with a weight of 0? */
static bool accepts_gzip(const cn_request *rq) {
    cn_slice rest = cn_request_header(rq, CN_S("accept-encoding")), one, name, weight;
    while (rest.n) {
        (void)cn_slice_cut(rest, ',', &one, &rest);
        (void)cn_slice_cut(one, ';', &name, &weight);
        if (!cn_slice_eq_nocase(cn_slice_trim(name), CN_S("gzip"))) continue;
        weight = cn_slice_trim(weight);
        while (cn_slice_ends(weight, CN_S("0"))) weight.n--;
        return !cn_slice_eq(weight, CN_S("q=")) && !cn_slice_eq(weight, CN_S("q=0."));
    }
    return false;
}

/* RFC 9110, 13.1.2: a list of tags, or "*"; the comparison is weak. */
static bool has_it(const cn_request *rq, cn_slice etag) {
    cn_slice tags = cn_request_header(rq, CN_S("if-none-match"));
    return cn_slice_eq(cn_slice_trim(tags), CN_S("*")) || cn_slice_find(tags, etag) != SIZE_MAX;
}

bool cn_web_static(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    const cn_static_file *file = cn_static_find(rq->path);
    (void)app;
    if (!file) return cn_fail(err, CN_NOT_FOUND, "static.not-found", "There is no such file.");
    bool gzip = file->gzip_n && accepts_gzip(rq), unchanged = has_it(rq, cn_slice_of(file->etag));
    rs->status = unchanged ? 304 : 200;
    rs->media_type = cn_slice_of(file->media_type);
    rs->immutable = true;
    if (!unchanged)
        rs->body = gzip ? cn_slice_bytes(file->gzip, file->gzip_n) : cn_slice_bytes(file->bytes, file->n);
    /* One tag stands for both forms, so it is a weak one. */
    cn_slice etag;
    bool fits = cn_arena_print(rq->arena, &etag, "W/%s", file->etag) &&
                cn_response_header(rq, rs, CN_S("etag"), etag) &&
                cn_response_header(rq, rs, CN_S("vary"), CN_S("Accept-Encoding"));
    if (gzip && !unchanged) fits = fits && cn_response_header(rq, rs, CN_S("content-encoding"), CN_S("gzip"));
    return fits || cn_fail_memory(err);
}
