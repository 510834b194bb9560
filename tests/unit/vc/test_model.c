/* SPDX-License-Identifier: Apache-2.0 */
#include "bench.h"
#include "vc/internal.h"

/* Members put into a credential that is right otherwise (null takes one out), and what the step finds. */
typedef struct expected {
    const char *members, *problem, *where;
} expected;

static const char base_2[] =
    "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\"],\"type\":[\"VerifiableCredential\"],"
    "\"issuer\":\"did:example:i\",\"credentialSubject\":{\"id\":\"did:example:s\"}}";
static const char base_1[] =
    "{\"@context\":[\"https://www.w3.org/2018/credentials/v1\"],"
    "\"type\":[\"VerifiableCredential\"],\"issuer\":\"did:example:i\","
    "\"issuanceDate\":\"2025-01-01T00:00:00Z\",\"credentialSubject\":{\"id\":\"did:example:s\"}}";

static const expected cases_2[] = {
    {"{}", "", ""},
    {"{\"@context\":\"https://www.w3.org/ns/credentials/v2\"}", "", ""},
    {"{\"@context\":null}", "context-missing", "/@context"},
    {"{\"@context\":[\"https://x.example/\",\"https://www.w3.org/ns/credentials/v2\"]}", "context-order",
     "/@context"},
    {"{\"@context\":[\"https://www.w3.org/ns/credentials/v2\",\"relative\"]}", "context-invalid", "/@context/1"},
    {"{\"@context\":[\"https://www.w3.org/ns/credentials/v2\",7]}", "context-invalid", "/@context/1"},
    {"{\"type\":null}", "type-missing", "/type"},
    {"{\"type\":\"VerifiableCredential\"}", "", ""},
    {"{\"type\":[\"VerifiablePresentation\"]}", "type-invalid", "/type"},
    {"{\"type\":[\"VerifiableCredential\",7]}", "type-invalid", "/type"},
    {"{\"id\":\"no url\"}", "id-invalid", "/id"},
    {"{\"id\":[\"urn:a:b\"]}", "id-invalid", "/id"},
    {"{\"issuer\":null}", "issuer-missing", "/issuer"},
    {"{\"issuer\":\"nobody\"}", "issuer-invalid", "/issuer"},
    {"{\"issuer\":{\"name\":\"X\"}}", "issuer-invalid", "/issuer"},
    {"{\"issuer\":{\"id\":\"https://x.example/a b\"}}", "issuer-invalid", "/issuer"},
    {"{\"credentialSubject\":null}", "subject-missing", "/credentialSubject"},
    {"{\"credentialSubject\":[]}", "subject-missing", "/credentialSubject"},
    {"{\"credentialSubject\":{}}", "subject-invalid", "/credentialSubject"},
    {"{\"credentialSubject\":[{\"id\":\"urn:a:b\"},{}]}", "subject-invalid", "/credentialSubject/1"},
    {"{\"credentialSubject\":\"urn:a:b\"}", "subject-invalid", "/credentialSubject"},
    {"{\"validFrom\":\"2025-01-01\"}", "date-invalid", "/validFrom"},
    {"{\"validFrom\":\"2025-01-01T00:00:00\"}", "date-invalid", "/validFrom"},
    {"{\"validFrom\":\"2025-01-01T00:00:00+05:30\"}", "", ""},
    {"{\"validFrom\":1735689600}", "date-invalid", "/validFrom"},
    {"{\"validUntil\":\"2025-13-01T00:00:00Z\"}", "date-invalid", "/validUntil"},
    {"{\"validFrom\":\"2025-01-02T00:00:00Z\",\"validUntil\":\"2025-01-01T00:00:00Z\"}", "dates-reversed",
     "/validUntil"},
    {"{\"credentialStatus\":{\"id\":\"urn:a:b\"}}", "status-invalid", "/credentialStatus"},
    {"{\"credentialSchema\":[{\"id\":\"urn:a:b\",\"type\":\"S\"},{\"type\":\"S\"}]}", "schema-invalid",
     "/credentialSchema/1"},
    {"{\"evidence\":[{\"type\":[]}]}", "evidence-invalid", "/evidence/0"},
    {"{\"name\":[{\"@value\":\"A\",\"@language\":\"en\"},{\"@value\":\"B\",\"@language\":\"fr\"}]}", "", ""},
    {"{\"name\":{\"@value\":\"A\",\"url\":\"urn:a:b\"}}", "name-invalid", "/name"},
    {"{\"relatedResource\":{\"id\":\"https://x.example/\"}}", "resource-invalid", "/relatedResource"},
};

static const expected cases_1[] = {
    {"{}", "", ""},
    {"{\"issuanceDate\":null}", "date-missing", "/issuanceDate"},
    {"{\"issuanceDate\":\"2025-01-01T00:00:00\"}", "", ""}, /* 1.1 has dateTime, whose zone is optional */
    {"{\"issuanceDate\":\"yesterday\"}", "date-invalid", "/issuanceDate"},
    {"{\"expirationDate\":\"2025-02-29T00:00:00Z\"}", "date-invalid", "/expirationDate"},
};

static const cn_json *with(cn_arena *a, const char *base, const char *members) {
    const cn_json *patch = bench_json(a, members);
    cn_json *v = cn_json_copy_shallow(a, bench_json(a, base));
    for (size_t i = 0; i < patch->object.n; i++) {
        const cn_json_member *m = &patch->object.v[i];
        if (cn_json_is(m->value, CN_JSON_NULL)) v = cn_json_without(a, v, m->key);
        else assert_true(cn_json_set(a, v, m->key, m->value));
    }
    return v;
}

static void run(bench *b, const char *base, const expected *cases, size_t n) {
    for (size_t i = 0; i < n; i++) {
        cn_err err;
        cn_step s = {.outcome = CN_PASS, .problem = ""};
        cn_vc v = {.arena = b->arena, .options = &b->options, .err = &err};
        v.credential = with(b->arena, base, cases[i].members);
        assert_true(cn_step_model(&v, &s));
        bool same = !strcmp(s.problem, cases[i].problem) && cn_slice_eq(s.where, cn_slice_of(cases[i].where));
        if (!same) fail_msg("%s: \"%s\" at \"%.*s\"", cases[i].members, s.problem, CN_ARG(s.where));
        assert_int_equal(s.outcome, *s.problem ? CN_FAIL : CN_PASS);
    }
}

static void data_model_2(void **state) {
    run(*state, base_2, cases_2, sizeof cases_2 / sizeof cases_2[0]);
}

static void data_model_1(void **state) {
    run(*state, base_1, cases_1, sizeof cases_1 / sizeof cases_1[0]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(data_model_2, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(data_model_1, bench_new, bench_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
