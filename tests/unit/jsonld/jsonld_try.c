/* SPDX-License-Identifier: Apache-2.0
 *
 * See jsonld_try.h.
 */
#include "jsonld_try.h"

#include "base/base.h"

static const struct {
    const char *url, *body;
} documents[] = {
    {"http://example.org/self", "{\"@context\": \"self\"}"},
    {"http://example.org/a", "{\"@context\": \"b\"}"},
    {"http://example.org/b", "{\"@context\": [\"a\"]}"},
    {"http://example.org/term", "{\"@context\": {\"@vocab\": \"http://v/\", \"p\": \"http://x/p\"}}"},
    {"http://example.org/scoped", "{\"@context\": {\"p\": {\"@id\": \"http://x/p\", \"@context\": \"scoped\"}}}"},
    {"http://example.org/list", "{\"@context\": [{}]}"},
    {"http://example.org/imports", "{\"@context\": {\"@import\": \"term\"}}"},
    {"http://example.org/none", "{}"},
    {"http://example.org/text", "not JSON"},
};

static bool load(void *self, cn_arena *a, cn_slice url, cn_document *out, cn_err *err) {
    (void)self;
    (void)a;
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        if (!cn_slice_eq(url, cn_slice_of(documents[i].url))) continue;
        *out = (cn_document){.body = cn_slice_of(documents[i].body), .final_url = url};
        return true;
    }
    return cn_fail(err, CN_NOT_FOUND, "document.not-found", "Not here.");
}

const cn_loader try_loader = {.load = load};

static const cn_jsonld_options usual = {.loader = &try_loader, .base = CN_S_INIT("http://example.org/doc")};

static const cn_json *read_json(cn_arena *a, const char *text) {
    const cn_json *v;
    cn_err err;
    if (!cn_json_read(a, cn_slice_of(text), NULL, &v, &err)) fail_msg("%s: %s", text, err.detail);
    return v;
}

void try_one(const try_case *c, const cn_jsonld_options *options) {
    CN_ARENA_AUTO cn_arena *a = cn_arena_new(0);
    cn_err err = {0};
    const cn_json *out;
    bool ok = cn_jsonld_expand(a, read_json(a, c->input), options ? options : &usual, &out, &err);
    if (!ok) {
        if (c->expect) fail_msg("%s\ngave %s %s: %s", c->input, err.id, err.where, err.detail);
        assert_string_equal(err.id, c->id);
        if (c->where) assert_string_equal(err.where, c->where);
        assert_true(err.detail[0] != 0);
        return;
    }
    cn_buf got = cn_buf_on(a, 0);
    cn_json_write(&got, out);
    cn_buf_byte(&got, 0);
    if (!c->expect) fail_msg("%s\ngave %s and not %s", c->input, got.p, c->id);
    if (!cn_json_equal(out, read_json(a, c->expect)))
        fail_msg("%s\ngave %s\nand not %s", c->input, got.p, c->expect);
}

void try_all(const try_case *cases, size_t n, const cn_jsonld_options *options) {
    for (size_t i = 0; i < n; i++) try_one(&cases[i], options);
}

void try_without_memory(const char *input, const cn_jsonld_options *options) {
    CN_ARENA_AUTO cn_arena *text = cn_arena_new(0);
    const cn_json *json = read_json(text, input), *out;
    size_t n = 0;
    for (bool ok = false; !ok; n++) {
        CN_ARENA_AUTO cn_arena *a = cn_arena_new(0);
        cn_err err = {0};
        cn_arena_fail_after(a, n + 1);
        ok = cn_jsonld_expand(a, json, options ? options : &usual, &out, &err);
        if (ok) break;
        assert_int_equal(err.code, CN_LIMIT);
        assert_string_equal(err.id, "memory.limit");
    }
    assert_true(n > 10);
}
