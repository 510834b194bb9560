/* SPDX-License-Identifier: Apache-2.0 */
#include "bench.h"

/* The text with `by` in place of the first `what`. */
static cn_slice with(bench *b, const char *file, const char *what, const char *by) {
    cn_slice text = bench_file(b->arena, file);
    size_t at = cn_slice_find(text, cn_slice_of(what)), n = cn_slice_of(what).n;
    cn_buf out = cn_buf_on(b->arena, 0);
    if (at == SIZE_MAX) fail_msg("%s holds no %s", file, what);
    cn_buf_add(&out, cn_slice_sub(text, 0, at));
    cn_buf_add(&out, cn_slice_of(by));
    cn_buf_add(&out, cn_slice_from(text, at + n));
    return cn_buf_slice(&out);
}

/* Other ways to write the same statements: the RDF, and so the signature, stays what it was. */
static void what_is_hidden_is_found(void **state) {
    static const struct {
        const char *file, *what, *by;
    } cases[] = {
        {"revoked.json", "\"credentialStatus\":", "\"https://www.w3.org/2018/credentials#credentialStatus\":"},
        {"expired.json", "\"validUntil\":\"2026-01-01T00:00:00Z\"",
         "\"https://www.w3.org/2018/credentials#validUntil\":{\"@type\":"
         "\"http://www.w3.org/2001/XMLSchema#dateTime\",\"@value\":\"2026-01-01T00:00:00Z\"}"},
        {"expired.json", "\"validUntil\":\"2026-01-01T00:00:00Z\"",
         "\"@included\":[{\"id\":\"urn:uuid:5c0e1f6a-3f0a-4d1e-9a39-2f6f1a1d7c01\","
         "\"https://www.w3.org/2018/credentials#validUntil\":{\"@type\":"
         "\"http://www.w3.org/2001/XMLSchema#dateTime\",\"@value\":\"2026-01-01T00:00:00Z\"}}]"},
    };
    bench *b = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cn_report r = bench_verify(b, with(b, cases[i].file, cases[i].what, cases[i].by));
        const cn_step *s = bench_step(&r, "context");
        if (strcmp(s->problem, "not-compacted") != 0) fail_msg("%zu: %s %.*s", i, s->problem, CN_ARG(s->detail));
        assert_int_equal(r.verdict, CN_NOT_VERIFIED);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_hidden_is_found, bench_new, bench_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
