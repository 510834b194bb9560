/* SPDX-License-Identifier: Apache-2.0
 *
 * Fuzzing designs of strangers. What is read is tidy: written and read again it is the same, and nothing is wrong
 * with it. What is wrong is told by a place that is in the file.
 */
#include "app/design.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static cn_slice written(cn_arena *a, const cn_json *v) {
    cn_buf b = cn_buf_on(a, 0);
    cn_json_write(&b, v);
    return cn_buf_slice(&b);
}

static void check_again(cn_arena *a, const cn_json *design) {
    cn_blank_problems problems;
    const cn_json *again;
    cn_err err;
    cn_slice text = written(a, design);
    bool good = cn_design_read(a, text, &again, &problems, &err);
    assert(good && !problems.n && cn_slice_eq(text, written(a, again)));
}

static void check_shown(cn_arena *a, const cn_json *design) {
    for (size_t i = 0; i < cn_design_fields.n; i++) {
        const cn_blank *f = &cn_design_fields.v[i];
        const cn_json *v = cn_blank_value(design, f->path);
        if (!v || f->columns) continue;
        assert(cn_utf8_invalid(cn_blank_text(a, f, v, false, true)) == SIZE_MAX);
        assert(cn_utf8_invalid(cn_blank_text(a, f, v, true, false)) == SIZE_MAX);
    }
    for (cn_design_section s = 0; s < CN_DESIGN_SECTIONS; s++) (void)cn_design_state_of(design, s);
}

/* What is said of outcomes is said of those of the draft, each once. */
static void check_aligned(cn_arena *a, cn_slice file) {
    static cn_slice outcomes[] = {CN_S_INIT("o1"), CN_S_INIT("o2")};
    static const cn_draft draft = {.en = {.outcomes = outcomes, .outcomes_n = 2}};
    cn_blank_problems problems;
    const cn_json *design;
    cn_err err;
    bool good = cn_design_read_for(a, file, &draft, &design, &problems, &err);
    assert(good);
    assert(!cn_json_get(design, CN_S("outcomes")));
    assert(cn_json_count(cn_json_get(design, CN_S("outcome_alignment"))) <= CN_ACHIEVEMENT_OUTCOMES_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new((size_t)64 << 20);
    cn_blank_problems problems;
    const cn_json *design;
    cn_err err;
    if (!cn_design_read(a, cn_slice_bytes(data, size), &design, &problems, &err)) {
        assert(err.code != CN_OK && err.code != CN_INTERNAL && err.id && err.detail[0]);
        return 0;
    }
    for (size_t i = 0; i < problems.n; i++) assert(problems.v[i].at.n && problems.v[i].id.n);
    check_again(a, design);
    check_shown(a, design);
    check_aligned(a, cn_slice_bytes(data, size));
    return 0;
}
