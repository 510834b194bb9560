/* SPDX-License-Identifier: Apache-2.0
 *
 * src/vc/status_kept.c: a list that was found good is not verified anew while its bytes and the time allow it, and
 * otherwise is.
 */
#include "bench.h"

#include "base/base.h"

/* A resolver that answers every URL with the same bytes. */
static bool answer(void *self, cn_arena *a, cn_slice url, cn_document *out, cn_err *err) {
    (void)a, (void)err;
    *out = (cn_document){.body = *(const cn_slice *)self, .final_url = url};
    return true;
}

/* The problem of step "status", and what memory the verification took. */
static const char *status_of(const bench *b, const char *file, cn_slice list, size_t *took) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_loader resolver = {&list, answer};
    cn_verify_options how = b->options;
    cn_report r;
    cn_err err;
    how.resolver = &resolver;
    assert_true(cn_verify(a, bench_file(b->arena, file), &how, &r, &err));
    *took = cn_arena_used(a);
    return bench_step(&r, "status")->problem;
}

static void test_the_same_bytes(void **state) {
    const bench *b = *state;
    cn_slice list = bench_file(b->arena, "net/list-set.json");
    size_t first, then, other;
    assert_string_equal(status_of(b, "revoked.json", list, &first), "revoked");
    assert_string_equal(status_of(b, "revoked.json", list, &then), "revoked");
    assert_true(then < first);
    /* A list at another address is another one. */
    (void)status_of(b, "status-clear.json", list, &other);
    assert_true(other > then);
}

static void test_other_bytes(void **state) {
    const bench *b = *state;
    cn_slice set = bench_file(b->arena, "net/list-set.json"), clear = bench_file(b->arena, "net/list-clear.json");
    cn_slice forged = bench_file(b->arena, "net/list-set.json");
    size_t at = cn_slice_find(forged, CN_S("validFrom")), took;
    assert_true(at != SIZE_MAX);
    ((char *)(uintptr_t)forged.p)[at + sizeof "validFrom\":\"2"] = '9';
    for (int i = 0; i < 3; i++) {
        assert_string_equal(status_of(b, "revoked.json", set, &took), "revoked");
        assert_string_equal(status_of(b, "revoked.json", forged, &took), "status-list-invalid");
        assert_string_equal(status_of(b, "revoked.json", clear, &took), "");
        assert_string_equal(status_of(b, "revoked.json", CN_S("{}"), &took), "status-list-invalid");
    }
}

/* Signs the list anew, with these members; null takes one away. */
static cn_slice list_with(bench *b, const cn_loader *contexts, const char *members) {
    cn_private_key key = {.kind = CN_KEY_ED25519, .n = 32};
    cn_public_key public;
    cn_slice text, method, did;
    cn_err err;
    cn_buf multikey = cn_buf_on(b->arena, 0), out = cn_buf_on(b->arena, 0);
    const cn_json *document, *signed_document;
    assert_true(cn_key_public(b->crypto, b->arena, &key, &public, &err));
    assert_true(cn_multikey_write(&multikey, &public, &err));
    assert_true(cn_arena_print(b->arena, &did, "did:key:%.*s", CN_ARG(cn_buf_slice(&multikey))));
    assert_true(cn_arena_print(b->arena, &method, "%.*s#%.*s", CN_ARG(did), CN_ARG(cn_buf_slice(&multikey))));
    text = bench_file(b->arena, "net/list-set.json");
    assert_true(cn_json_read(b->arena, text, NULL, &document, &err));
    cn_json *changed = cn_json_without(b->arena, document, CN_S("proof"));
    assert_non_null(changed);
    assert_true(cn_json_set(b->arena, changed, CN_S("issuer"), cn_json_string(b->arena, did)));
    const cn_json *more = bench_json(b->arena, members);
    for (size_t i = 0; i < more->object.n; i++) {
        cn_json_member m = more->object.v[i];
        assert_true(cn_json_set(b->arena, changed, m.key, m.value));
        if (m.value->type == CN_JSON_NULL) changed = cn_json_without(b->arena, changed, m.key);
        assert_non_null(changed);
    }
    cn_sign_options how = {
        .crypto = b->crypto, .contexts = contexts, .key = &key, .method = method, .created = {1735689600, 0}};
    assert_true(cn_integrity_add(b->arena, changed, &how, &signed_document, &err));
    cn_json_write(&out, signed_document);
    assert_true(cn_buf_ok(&out));
    return cn_buf_slice(&out);
}

static void test_time(void **state) {
    bench *b = *state;
    cn_slice list = list_with(b, &b->contexts, "{\"validUntil\":\"2026-06-02T00:00:00Z\"}");
    cn_time now = b->options.now;
    size_t first, then;
    assert_string_equal(status_of(b, "revoked.json", list, &first), "revoked");
    assert_string_equal(status_of(b, "revoked.json", list, &then), "revoked");
    assert_true(then < first);
    b->options.now.sec += 86400;
    assert_string_equal(status_of(b, "revoked.json", list, &then), "revoked");
    assert_true(then < first);
    b->options.now.sec++;
    assert_string_equal(status_of(b, "revoked.json", list, &then), "status-list-invalid");
    b->options.now = now;
    b->options.now.sec -= 86400; /* earlier than it was ever looked at */
    assert_string_equal(status_of(b, "revoked.json", list, &then), "revoked");
    assert_int_equal(then, first);
}

/* A list of data model 1.1 may name two ends: the first one counts. */
static void test_two_ends(void **state) {
    bench *b = *state;
    cn_slice list = list_with(b, &b->contexts,
                              "{\"@context\":[\"https://www.w3.org/2018/credentials/v1\","
                              "\"https://www.w3.org/ns/credentials/status/v1\","
                              "\"https://w3id.org/security/data-integrity/v2\"],\"validFrom\":null,"
                              "\"issuanceDate\":\"2025-01-01T00:00:00Z\",\"validUntil\":\"2099-01-01T00:00:00Z\","
                              "\"expirationDate\":\"2026-06-02T00:00:00Z\"}");
    size_t took;
    assert_string_equal(status_of(b, "revoked.json", list, &took), "revoked");
    b->options.now.sec += 86401;
    assert_string_equal(status_of(b, "revoked.json", list, &took), "status-list-invalid");
}

/* What other documents vouch for can change while the bytes do not. */
static void test_what_depends_on_more(void **state) {
    bench *b = *state;
    cn_slice context = CN_S("{\"@context\":{}}");
    cn_loader contexts = {&context, answer}, known = cn_builtin_loader(&contexts);
    cn_slice list = list_with(b, &known,
                              "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\","
                              "\"https://college.example/context\"]}");
    size_t first, then;
    b->options.contexts = &known;
    assert_string_equal(status_of(b, "revoked.json", list, &first), "revoked");
    assert_string_equal(status_of(b, "revoked.json", list, &then), "revoked");
    assert_int_equal(then, first);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_the_same_bytes, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(test_other_bytes, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(test_time, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(test_two_ends, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(test_what_depends_on_more, bench_new, bench_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
