/* SPDX-License-Identifier: Apache-2.0
 *
 * Digests that a credential gives for contexts: those of the published files hold, others do not.
 */
#include "bench.h"

#include "base/base.h"

#define V2 "https://www.w3.org/ns/credentials/v2"
/* Of the file at that URL. */
#define SHA384 "sha384-l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU"
#define SHA256 "sha256-WZVc7WaX1h4D8rJVb+vlMIqxaEKEb1tYbX8fet7JJzQ="

/* What the context step says of a credential that gives this resource. */
static const char *problem_of(bench *b, const char *resource) {
    cn_json *credential =
        cn_json_copy_shallow(b->arena, bench_json(b->arena, bench_file(b->arena, "good.json").p));
    cn_buf text = cn_buf_on(b->arena, 0);
    assert_true(credential &&
                cn_json_set(b->arena, credential, CN_S("relatedResource"), bench_json(b->arena, resource)));
    cn_json_write(&text, credential);
    cn_report r = bench_verify(b, cn_buf_slice(&text));
    return bench_step(&r, "context")->problem;
}

static void digests_are_compared_with_those_published(void **state) {
    static const struct {
        const char *resource, *problem;
    } cases[] = {
        {"{\"id\":\"" V2 "\",\"digestSRI\":\"" SHA384 "\"}", ""},
        {"{\"id\":\"" V2 "\",\"digestSRI\":\"" SHA256 "\"}", ""},
        {"{\"id\":\"" V2 "\",\"digestSRI\":\"sha512-AAAA " SHA256 "\"}", ""},
        {"{\"id\":\"" V2 "\",\"digestSRI\":\"sha384-NSOcNpmdIVUxIJGvGUoe\"}", "resource-digest"},
        {"{\"id\":\"" V2 "\",\"digestSRI\":\"sha256-not base64\"}", "resource-digest"},
        {"[{\"id\":\"" V2 "\",\"digestSRI\":\"" SHA256 "\"},{\"id\":\"" V2 "\",\"digestMultibase\":\"uEgEA\"}]",
         "resource-digest"},
        {"{\"id\":\"https://other.example/\",\"digestSRI\":\"sha256-AAAA\"}", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(problem_of(*state, cases[i].resource), cases[i].problem);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(digests_are_compared_with_those_published, bench_new, bench_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
