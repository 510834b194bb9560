/* SPDX-License-Identifier: Apache-2.0
 *
 * Fuzzing multipart forms. The first line is the media type, the rest the body. What is accepted has names, its
 * fields are text, and no part holds the delimiter; cut anywhere before its end it is refused.
 */
#include "http/http.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_part(const cn_form_part *p) {
    assert(p->name.p && cn_utf8_invalid(p->name) == SIZE_MAX && cn_utf8_invalid(p->filename) == SIZE_MAX);
    assert(cn_slice_find_byte(p->filename, '/') == SIZE_MAX && cn_slice_find_byte(p->filename, '\\') == SIZE_MAX);
    assert(p->file || !p->filename.n);
    assert(p->file || (cn_utf8_invalid(p->value) == SIZE_MAX && cn_slice_find_byte(p->value, 0) == SIZE_MAX));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(8 << 20);
    cn_slice type, body;
    cn_form form, other;
    cn_err err;
    (void)cn_slice_cut(cn_slice_bytes(data, size), '\n', &type, &body);
    if (!cn_form_read_multipart(a, body, type, &form, &err)) {
        assert(err.code == CN_INVALID || err.code == CN_LIMIT);
        return 0;
    }
    for (size_t i = 0; i < form.n; i++) check_part(&form.v[i]);
    /* The last line end may be missing, nothing else. */
    cn_slice cut = cn_slice_sub(body, 0, body.n - (cn_slice_ends(body, CN_S("--\r\n")) ? 3 : 1));
    assert(!cn_form_read_multipart(a, cut, type, &other, &err));
    return 0;
}
