/* SPDX-License-Identifier: Apache-2.0
 *
 * Fuzzing what a request says of where and in which language: the first line is the target, the second an
 * Accept-Language header, the third a header with parameters. A path that is accepted is text without dot
 * segments.
 */
#include "http/inside.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_path(cn_slice path) {
    assert(path.n && path.p[0] == '/' && cn_utf8_invalid(path) == SIZE_MAX && !cn_http_has_control(path));
    cn_slice segment;
    while (path.n) {
        (void)cn_slice_cut(path, '/', &segment, &path);
        assert(!cn_slice_eq(segment, CN_S(".")) && !cn_slice_eq(segment, CN_S("..")));
    }
}

static void read_target(cn_arena *a, cn_slice target) {
    cn_request rq = {.arena = a};
    cn_err err;
    if (!cn_request_target(&rq, target, &err)) {
        assert(err.code == CN_INVALID || err.code == CN_LIMIT);
        return;
    }
    check_path(rq.path);
    for (size_t i = 0; i < rq.args.n; i++)
        assert(cn_utf8_invalid(rq.args.v[i].name) == SIZE_MAX && cn_utf8_invalid(rq.args.v[i].value) == SIZE_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const cn_slice languages[] = {CN_S_INIT("en"), CN_S_INIT("fr")};
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(8 << 20);
    cn_slice target, rest, accept, header, value;
    cn_err err;
    (void)cn_slice_cut(cn_slice_bytes(data, size), '\n', &target, &rest);
    (void)cn_slice_cut(rest, '\n', &accept, &header);
    read_target(a, target);
    cn_slice chosen = cn_language_choose(accept, languages, 2);
    assert(cn_slice_eq(chosen, languages[0]) || cn_slice_eq(chosen, languages[1]));
    if (!cn_http_parameter(a, header, CN_S("name"), &value, &err))
        assert(err.code == CN_INVALID || err.code == CN_LIMIT);
    return 0;
}
