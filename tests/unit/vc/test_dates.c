/* SPDX-License-Identifier: Apache-2.0 */
#include "bench.h"
#include "vc/internal.h"

static void bounds_hold_to_the_second(void **state) {
    static const struct {
        const char *credential;
        const char *now;
        cn_outcome outcome;
        const char *problem;
    } cases[] = {
        {"{}", "2026-06-01T00:00:00Z", CN_NOT_APPLICABLE, ""},
        {"{\"validFrom\":\"2026-06-01T00:00:00Z\"}", "2026-06-01T00:00:00Z", CN_PASS, ""},
        {"{\"validFrom\":\"2026-06-01T00:00:00.001Z\"}", "2026-06-01T00:00:00Z", CN_FAIL, "not-yet-valid"},
        {"{\"validUntil\":\"2026-06-01T00:00:00Z\"}", "2026-06-01T00:00:00Z", CN_PASS, ""},
        {"{\"validUntil\":\"2026-06-01T00:00:00Z\"}", "2026-06-01T00:00:01Z", CN_FAIL, "expired"},
        {"{\"validUntil\":\"2026-06-01T00:00:00-05:00\"}", "2026-06-01T04:59:59Z", CN_PASS, ""},
        {"{\"issuanceDate\":\"2026-06-02T00:00:00Z\"}", "2026-06-01T00:00:00Z", CN_FAIL, "not-yet-valid"},
        {"{\"expirationDate\":\"2026-05-01T00:00:00Z\"}", "2026-06-01T00:00:00Z", CN_FAIL, "expired"},
        {"{\"validUntil\":\"soon\"}", "2026-06-01T00:00:00Z", CN_FAIL, "date-invalid"},
        {"{\"validUntil\":\"9999-12-31T23:59:59Z\"}", "2026-06-01T00:00:00Z", CN_PASS, ""},
    };
    bench *b = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cn_err err;
        cn_step s = {.outcome = CN_PASS, .problem = ""};
        cn_vc v = {.arena = b->arena, .options = &b->options, .err = &err};
        v.credential = bench_json(b->arena, cases[i].credential);
        assert_true(cn_time_read(cn_slice_of(cases[i].now), &b->options.now, NULL));
        assert_true(cn_step_validity(&v, &s));
        if (s.outcome != cases[i].outcome || strcmp(s.problem, cases[i].problem) != 0)
            fail_msg("%s: %s %s", cases[i].credential, cn_outcome_name(s.outcome), s.problem);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(bounds_hold_to_the_second, bench_new, bench_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
