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

/* The report on a credential with one member more. */
static cn_report report_with(bench *b, const char *member, const char *value) {
    cn_json *credential =
        cn_json_copy_shallow(b->arena, bench_json(b->arena, bench_file(b->arena, "good.json").p));
    cn_buf text = cn_buf_on(b->arena, 0);
    assert_true(credential && cn_json_set(b->arena, credential, cn_slice_of(member), bench_json(b->arena, value)));
    cn_json_write(&text, credential);
    return bench_verify(b, cn_buf_slice(&text));
}

/* What the context step says of a credential that gives this resource. */
static const char *problem_of(bench *b, const char *resource) {
    cn_report r = report_with(b, "relatedResource", resource);
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
        {"[{\"id\":\"https://other.example/\",\"digestSRI\":\"" SHA256 "\"},{\"id\":\"" V2
         "\",\"digestMultibase\":\"uEgEA\"}]",
         "resource-digest"},
        {"{\"id\":\"" V2 "\",\"digestSRI\":\"" SHA256 "\",\"digestMultibase\":\"uEgEA\"}", "resource-digest"},
        {"{\"id\":\"" V2 "\",\"digestSRI\":\"sha384-AAAA " SHA384 "?x\"}", ""},
        {"{\"id\":\"" V2 "\",\"digestSRI\":\"sha384-AAAA " SHA256 "\"}", "resource-digest"},
        {"[{\"id\":\"https://other.example/\",\"digestSRI\":\"sha256-AAAA\"},"
         "{\"id\":\"https://other.example/\",\"digestMultibase\":\"uEgEA\"}]",
         "resource-invalid"},
        {"{\"id\":\"https://other.example/\",\"digestSRI\":\"sha256-AAAA\"}", ""},
        /* bare hashes: of the file, and of another */
        {"{\"id\":\"" V2 "\",\"digestMultibase\":\"uWZVc7WaX1h4D8rJVb-vlMIqxaEKEb1tYbX8fet7JJzQ\"}", ""},
        {"{\"id\":\"" V2 "\",\"digestMultibase\":\"uAAVc7WaX1h4D8rJVb-vlMIqxaEKEb1tYbX8fet7JJzQ\"}",
         "resource-digest"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(problem_of(*state, cases[i].resource), cases[i].problem);
}

/* It stood at that URL before: what it gives its terms is told to be the same, but for some. */
static void an_earlier_edition_is_a_warning(void **state) {
    static const char *const digests[] = {
        "\"digestSRI\":\"sha384-NSOcNpmdIVUxIJGvGUoe22FjTWrXiaXlsZ8q6912LdnR3KraQO2n75Ica4wK4Qeg\"",
        "\"digestMultibase\":\"uJKGMkOmFbVJhEfKTduMC2XCyvRAYLjOVmZWwIH1wQ7k\"",
        "\"digestMultibase\":\"uEiAkoYyQ6YVtUmER8pN24wLZcLK9EBguM5WZlbAgfXBDuQ\"",
    };
    bench *b = *state;
    for (size_t i = 0; i < sizeof digests / sizeof *digests; i++) {
        cn_slice text;
        assert_true(cn_arena_print(b->arena, &text, "{\"id\":\"" V2 "\",%s}", digests[i]));
        cn_report r = report_with(b, "relatedResource", text.p);
        const cn_step *s = bench_step(&r, "context");
        assert_string_equal(s->problem, "resource-digest");
        assert_int_equal(s->outcome, CN_PASS);
        assert_int_not_equal(cn_slice_find(s->detail, CN_S("2024-07-20")), SIZE_MAX);
    }
}

/* tests/data/vc/net/no-json.json */
#define PLACE "https://college.example/status/no-json"
#define PLACE_SHA256 "sha256-SiQTACzw23ZvKJIi902QFqfNo5X/fg6xn6DZr3Bchu4="
#define PLACE_SHA512                                                                                              \
    "sha512-IJHg8ozzsEMbmPgZoos3Kr0dbxOTGbmPpgiSlL6d2YAqg48z0+21oh82LaAgrtHBUpCMv+OQm60aWE1vKtCT9g=="
#define PLACE_MULTIHASH "uIDB4WNZfFM4LcN48YRsAQ8YYNIc0pOmNJsHA3Ipb7CueQFPf05XPxf10axTQ55N6JsU"

static void other_things_are_fetched_when_asked(void **state) {
    static const struct {
        const char *member, *value;
        bool ask;
        cn_outcome outcome;
        const char *problem, *where;
        size_t fetches;
    } cases[] = {
        {"evidence", "{\"type\":\"Evidence\",\"id\":\"" PLACE "\"}", true, CN_NOT_APPLICABLE, "", "", 0},
        {"evidence", "{\"type\":\"Evidence\",\"id\":\"" PLACE "\",\"digestSRI\":\"sha256-AAAA\"}", false,
         CN_NOT_APPLICABLE, "resources-not-checked", "", 0},
        {"evidence", "{\"type\":\"Evidence\",\"id\":\"" PLACE "\",\"digestSRI\":\"" PLACE_SHA256 "\"}", true,
         CN_PASS, "", "", 1},
        {"evidence", "[{\"type\":\"Evidence\",\"id\":\"" PLACE "\",\"digestMultibase\":\"" PLACE_MULTIHASH "\"}]",
         true, CN_PASS, "", "", 1},
        {"relatedResource", "{\"id\":\"" PLACE "\",\"digestSRI\":\"" PLACE_SHA512 "\"}", true, CN_PASS, "", "", 1},
        {"relatedResource", "{\"id\":\"" PLACE "\",\"digestSRI\":\"" PLACE_SHA256 " sha512-AAAA\"}", true, CN_FAIL,
         "resource-changed", "/relatedResource", 1},
        {"evidence", "[{},{\"type\":\"Evidence\",\"id\":\"" PLACE "\",\"digestSRI\":\"sha384-AAAA\"}]", true,
         CN_FAIL, "resource-changed", "/evidence/1", 1},
        {"relatedResource", "{\"id\":\"" PLACE "\",\"digestSRI\":\"md5-AAAA\"}", true, CN_UNKNOWN,
         "resource-unavailable", "/relatedResource", 1},
        {"relatedResource", "{\"id\":\"https://gone.example/\",\"digestSRI\":\"" PLACE_SHA256 "\"}", true,
         CN_UNKNOWN, "resource-unavailable", "/relatedResource", 1},
        {"relatedResource", "{\"id\":\"" V2 "\",\"digestSRI\":\"" SHA384 "\"}", true, CN_NOT_APPLICABLE, "", "",
         0},
    };
    bench *b = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        b->options.check_resources = cases[i].ask;
        b->fetches = 0;
        cn_report r = report_with(b, cases[i].member, cases[i].value);
        const cn_step *s = bench_step(&r, "resources");
        if (s->outcome != cases[i].outcome || strcmp(s->problem, cases[i].problem) ||
            !cn_slice_eq(s->where, cn_slice_of(cases[i].where)) || b->fetches != cases[i].fetches)
            fail_msg("%s: %s \"%s\" at %.*s, %zu fetched: %.*s", cases[i].value, cn_outcome_name(s->outcome),
                     s->problem, CN_ARG(s->where), b->fetches, CN_ARG(s->detail));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(digests_are_compared_with_those_published, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(an_earlier_edition_is_a_warning, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(other_things_are_fetched_when_asked, bench_new, bench_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
