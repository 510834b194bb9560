/* SPDX-License-Identifier: Apache-2.0
 *
 * Fuzzing urlencoded forms: what is accepted is text, and the same when it is escaped and read again.
 */
#include "http/http.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void escape(cn_buf *b, cn_slice s) {
    for (size_t i = 0; i < s.n; i++) cn_buf_print(b, "%%%02X", (unsigned)(uint8_t)s.p[i]);
}

static void read_again(cn_arena *a, const cn_form *form) {
    cn_buf b = cn_buf_on(a, 0);
    cn_form again;
    cn_err err;
    for (size_t i = 0; i < form->n; i++) {
        escape(&b, form->v[i].name);
        cn_buf_byte(&b, '=');
        escape(&b, form->v[i].value);
        cn_buf_byte(&b, '&');
    }
    if (!cn_buf_ok(&b) || !cn_form_read_urlencoded(a, cn_buf_slice(&b), &again, &err)) return;
    assert(again.n == form->n);
    for (size_t i = 0; i < form->n; i++) {
        assert(cn_slice_eq(again.v[i].name, form->v[i].name));
        assert(cn_slice_eq(again.v[i].value, form->v[i].value));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(8 << 20);
    cn_form form;
    cn_err err;
    if (!cn_form_read_urlencoded(a, cn_slice_bytes(data, size), &form, &err)) {
        assert(err.code == CN_INVALID || err.code == CN_LIMIT);
        return 0;
    }
    for (size_t i = 0; i < form.n; i++) {
        assert(cn_utf8_invalid(form.v[i].name) == SIZE_MAX && cn_utf8_invalid(form.v[i].value) == SIZE_MAX);
        assert(cn_slice_find_byte(form.v[i].value, 0) == SIZE_MAX && !form.v[i].file);
    }
    read_again(a, &form);
    return 0;
}
