/* SPDX-License-Identifier: Apache-2.0
 *
 * Fuzzing the JSON room: whatever is read comes back equal after writing, in
 * either layout, and its canonical form is its own canonical form.
 */
#include "json/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const cn_json *read_back(cn_arena *a, const cn_buf *b) {
    const cn_json *v = NULL;
    cn_err err;
    assert(cn_buf_ok(b));
    bool ok = cn_json_read(a, cn_buf_slice(b), &(cn_json_options){.refuse_duplicates = true}, &v, &err);
    assert(ok);
    return v;
}

static void check_layouts(cn_arena *a, const cn_json *v) {
    cn_buf line = cn_buf_on(a, 0), pretty = cn_buf_on(a, 0);
    cn_json_write(&line, v);
    cn_json_write_pretty(&pretty, v);
    assert(cn_json_equal(v, read_back(a, &line)));
    assert(cn_json_equal(read_back(a, &pretty), v));
}

static void check_canonical(cn_arena *a, const cn_json *v) {
    cn_buf once = cn_buf_on(a, 0), twice = cn_buf_on(a, 0);
    cn_err err;
    bool ok = cn_json_canonize(a, v, &once, &err);
    assert(ok);
    const cn_json *again = read_back(a, &once);
    assert(cn_json_equal(v, again));
    ok = cn_json_canonize(a, again, &twice, &err);
    assert(ok && cn_slice_eq(cn_buf_slice(&once), cn_buf_slice(&twice)));
}

/* A refusal says what, where and in which words; with a small arena it may also be for memory. */
static void check_refusal(const cn_err *err) {
    assert(err->code == CN_INVALID || err->code == CN_LIMIT);
    assert(err->id && err->detail[0]);
    assert(cn_utf8_invalid(cn_slice_of(err->detail)) == SIZE_MAX);
}

static void read_in_small_arena(cn_slice text) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(1024);
    const cn_json *v;
    cn_err err;
    if (!cn_json_read(a, text, NULL, &v, &err)) check_refusal(&err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_slice text = cn_slice_bytes(data, size);
    const cn_json *v;
    cn_err err;
    read_in_small_arena(text);
    if (!cn_json_read(a, text, NULL, &v, &err)) return check_refusal(&err), 0;
    check_layouts(a, v);
    check_canonical(a, v);
    return 0;
}
