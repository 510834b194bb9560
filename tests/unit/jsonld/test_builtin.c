/* SPDX-License-Identifier: Apache-2.0
 *
 * src/jsonld/builtin.c and what tools/embed-contexts made.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "crypto/crypto.h"
#include "jsonld/jsonld.h"

#include "base/base.h"

static void test_sorted(void **state) {
    (void)state;
    size_t n;
    const cn_builtin_context *all = cn_builtin_contexts(&n);
    assert_true(n >= 20);
    for (size_t i = 1; i < n; i++)
        assert_true(cn_slice_cmp(cn_slice_of(all[i - 1].url), cn_slice_of(all[i].url)) < 0);
}

static void test_every_one_is_found_and_is_a_context(void **state) {
    (void)state;
    size_t n;
    const cn_builtin_context *all = cn_builtin_contexts(&n);
    for (size_t i = 0; i < n; i++) {
        CN_ARENA_AUTO cn_arena *a = cn_arena_new(0);
        cn_err err;
        const cn_json *v;
        assert_ptr_equal(cn_builtin_context_find(cn_slice_of(all[i].url)), &all[i]);
        assert_true(cn_json_read(a, cn_slice_bytes(all[i].body, all[i].length), NULL, &v, &err));
        assert_non_null(cn_json_get(v, CN_S("@context")));
        assert_true(all[i].source[0] != 0);
    }
}

static void test_digests(void **state) {
    (void)state;
    size_t n;
    const cn_builtin_context *all = cn_builtin_contexts(&n);
    CN_CRYPTO_AUTO cn_crypto *c = NULL;
    cn_err err;
    assert_true(cn_crypto_new(&c, &err));
    for (size_t i = 0; i < n; i++) {
        CN_ARENA_AUTO cn_arena *a = cn_arena_new(0);
        cn_digest d = cn_hash_of(c, CN_SHA256, cn_slice_bytes(all[i].body, all[i].length));
        cn_buf hex = cn_buf_on(a, 0);
        cn_hex_write(&hex, cn_digest_slice(&d));
        assert_true(cn_slice_eq(cn_buf_slice(&hex), cn_slice_of(all[i].sha256)));
        assert_int_equal(strlen(all[i].published_sha256), 64);
    }
}

static void test_absent(void **state) {
    (void)state;
    const cn_slice urls[] = {CN_S_INIT(""), CN_S_INIT("https://www.w3.org/ns/credentials/"),
                             CN_S_INIT("https://www.w3.org/ns/credentials/v2 "), CN_S_INIT("zzz")};
    for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++) assert_null(cn_builtin_context_find(urls[i]));
}

static bool answer(void *self, cn_arena *a, cn_slice url, cn_document *out, cn_err *err) {
    (void)a;
    (void)err;
    *(int *)self += 1;
    *out = (cn_document){.body = CN_S("{}"), .final_url = url};
    return true;
}

static void test_loader(void **state) {
    (void)state;
    CN_ARENA_AUTO cn_arena *a = cn_arena_new(0);
    int asked = 0;
    cn_loader next = {.self = &asked, .load = answer};
    cn_loader alone = cn_builtin_loader(NULL), chained = cn_builtin_loader(&next);
    cn_document d;
    cn_err err = {0};
    cn_slice known = CN_S("https://www.w3.org/ns/credentials/v2"), unknown = CN_S("https://example.org/unknown");
    assert_true(alone.load(alone.self, a, known, &d, &err));
    assert_ptr_equal(d.body.p, cn_builtin_context_find(known)->body);
    assert_false(alone.load(alone.self, a, unknown, &d, &err));
    assert_int_equal(err.code, CN_NOT_FOUND);
    assert_string_equal(err.id, "jsonld.context-unknown");
    assert_non_null(strstr(err.detail, "https://example.org/unknown"));
    assert_true(chained.load(chained.self, a, known, &d, &err));
    assert_int_equal(asked, 0);
    assert_true(chained.load(chained.self, a, unknown, &d, &err));
    assert_int_equal(asked, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sorted),  cmocka_unit_test(test_every_one_is_found_and_is_a_context),
        cmocka_unit_test(test_digests), cmocka_unit_test(test_absent),
        cmocka_unit_test(test_loader),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
