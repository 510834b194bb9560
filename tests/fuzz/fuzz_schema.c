/* SPDX-License-Identifier: Apache-2.0
 *
 * Fuzzing JSON Schema. The input is a list: a schema, values, and under "documents" what the
 * schema may refer to by URL. What is told and what is only answered must agree, and nothing may
 * take more than the work that was allowed.
 */
#include "schema/schema.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct documents {
    const cn_json *all;
} documents;

static bool load(void *self, cn_arena *a, cn_slice url, cn_document *out, cn_err *err) {
    const documents *d = self;
    const cn_json *found = cn_json_get(d->all, url);
    cn_buf body = cn_buf_on(a, 0);
    if (!found) return cn_fail(err, CN_NOT_FOUND, "fuzz.not-found", "Nobody has it.");
    cn_json_write(&body, found);
    *out = (cn_document){.body = cn_buf_slice(&body), .final_url = url};
    return cn_buf_ok(&body) || cn_fail_memory(err);
}

static void check_refusal(const cn_err *err) {
    assert(err->code != CN_OK && err->code != CN_INTERNAL && err->id && err->detail[0]);
    assert(cn_utf8_invalid(cn_slice_of(err->detail)) == SIZE_MAX);
}

static void check_violation(const cn_json *value, const cn_violation *v) {
    assert(cn_utf8_invalid(v->detail) == SIZE_MAX && cn_slice_ends(v->detail, CN_S(".")));
    assert(cn_utf8_invalid(v->instance) == SIZE_MAX && cn_utf8_invalid(v->schema) == SIZE_MAX);
    assert(v->keyword.n && cn_slice_find_byte(v->schema, '#') != SIZE_MAX);
    assert(cn_json_point(value, v->instance));
}

/* Told in full, told once, and only answered: the same verdict. */
static void check_value(cn_arena *a, const cn_schema *schema, const cn_json *value) {
    const size_t work = 20000;
    cn_schema_result all, one;
    cn_err err;
    cn_schema_run full = {.max_work = work, .formats = true},
                  few = {.max_work = work, .formats = true, .max_violations = 1};
    if (!cn_schema_validate(a, schema, value, &full, &all, &err)) {
        check_refusal(&err);
        return;
    }
    bool ok = cn_schema_validate(a, schema, value, &few, &one, &err);
    assert(ok && one.valid == all.valid && one.n == (all.valid ? 0 : 1));
    assert(all.valid == (all.n == 0));
    for (size_t i = 0; i < all.n; i++) check_violation(value, &all.violations[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new((size_t)64 << 20);
    const cn_json *input;
    const cn_schema *schema;
    cn_err err;
    if (!cn_json_read(a, cn_slice_bytes(data, size), NULL, &input, &err)) return 0;
    if (!cn_json_is(input, CN_JSON_ARRAY) || !cn_json_count(input)) return 0;
    documents known = {cn_json_get(cn_json_item(input, cn_json_count(input) - 1), CN_S("documents"))};
    cn_loader loader = {.self = &known, .load = load};
    cn_schema_options options = {.loader = &loader, .dialect = (cn_dialect)(size % 5), .max_schemas = 5000};
    if (!cn_schema_compile(a, cn_json_item(input, 0), &options, &schema, &err)) {
        check_refusal(&err);
        return 0;
    }
    for (size_t i = 1; i < cn_json_count(input); i++) check_value(a, schema, cn_json_item(input, i));
    return 0;
}
