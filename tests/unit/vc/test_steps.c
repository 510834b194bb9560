/* SPDX-License-Identifier: Apache-2.0 */
#include "bench.h"

/* A signed file and what it must come to: the verdict, the signatures alone, and the step that says why. */
typedef struct expected {
    const char *file;
    cn_verdict verdict;
    cn_outcome proof;
    const char *step;
    cn_outcome outcome;
    const char *problem, *where;
} expected;

static const expected files[] = {
    {"good", CN_VERIFIED, CN_PASS, "proof", CN_PASS, "", ""},
    {"two-proofs", CN_VERIFIED, CN_PASS, "proof", CN_PASS, "", ""},
    {"two-proofs-one-bad", CN_NOT_VERIFIED, CN_FAIL, "proof", CN_FAIL, "invalid-signature", "/proof/1/proofValue"},
    {"tampered", CN_NOT_VERIFIED, CN_FAIL, "proof", CN_FAIL, "invalid-signature", "/proof/proofValue"},
    {"no-proof", CN_NOT_VERIFIED, CN_FAIL, "proof", CN_FAIL, "no-proof", "/proof"},
    {"expired", CN_NOT_VERIFIED, CN_PASS, "validity", CN_FAIL, "expired", "/validUntil"},
    {"not-yet-valid", CN_NOT_VERIFIED, CN_PASS, "validity", CN_FAIL, "not-yet-valid", "/validFrom"},
    {"date-invalid", CN_NOT_VERIFIED, CN_PASS, "model", CN_FAIL, "date-invalid", "/validUntil"},
    {"status-clear", CN_VERIFIED, CN_PASS, "status", CN_PASS, "", ""},
    {"revoked", CN_NOT_VERIFIED, CN_PASS, "status", CN_FAIL, "revoked", "/credentialStatus"},
    {"revoked-by-number", CN_NOT_VERIFIED, CN_PASS, "status", CN_FAIL, "revoked", "/credentialStatus"},
    {"revoked-2021", CN_NOT_VERIFIED, CN_PASS, "status", CN_FAIL, "revoked", "/credentialStatus"},
    {"suspended", CN_NOT_VERIFIED, CN_PASS, "status", CN_FAIL, "suspended", "/credentialStatus"},
    {"list-unreachable", CN_VERDICT_UNKNOWN, CN_PASS, "status", CN_UNKNOWN, "status-list-unretrievable",
     "/credentialStatus"},
    {"list-short", CN_VERIFIED, CN_PASS, "status", CN_PASS, "", ""},
    {"list-expired", CN_NOT_VERIFIED, CN_PASS, "status", CN_FAIL, "status-list-invalid", "/credentialStatus"},
    {"list-unsigned", CN_NOT_VERIFIED, CN_PASS, "status", CN_FAIL, "status-list-invalid", "/credentialStatus"},
    {"list-bomb", CN_NOT_VERIFIED, CN_PASS, "status", CN_FAIL, "status-list-invalid", "/credentialStatus"},
    {"list-no-json", CN_NOT_VERIFIED, CN_PASS, "status", CN_FAIL, "status-list-invalid", "/credentialStatus"},
    {"list-other-purpose", CN_NOT_VERIFIED, CN_PASS, "status", CN_FAIL, "status-list-invalid",
     "/credentialStatus"},
    {"list-beyond", CN_NOT_VERIFIED, CN_PASS, "status", CN_FAIL, "status-list-invalid", "/credentialStatus"},
    {"list-future", CN_NOT_VERIFIED, CN_PASS, "status", CN_FAIL, "status-list-invalid", "/credentialStatus"},
    {"list-other-signer", CN_VERIFIED, CN_PASS, "status", CN_PASS, "status-list-issuer", "/credentialStatus"},
    {"status-message", CN_VERIFIED, CN_PASS, "status", CN_PASS, "status-message", "/credentialStatus"},
    {"status-message-unnamed", CN_VERIFIED, CN_PASS, "status", CN_PASS, "status-message", "/credentialStatus"},
    {"status-message-nought", CN_VERIFIED, CN_PASS, "status", CN_PASS, "status-message", "/credentialStatus"},
    {"status-refresh", CN_VERIFIED, CN_PASS, "status", CN_PASS, "refresh-available", "/credentialStatus"},
    {"status-both", CN_NOT_VERIFIED, CN_PASS, "status", CN_FAIL, "suspended", "/credentialStatus/1"},
    {"revoked-1edtech", CN_NOT_VERIFIED, CN_PASS, "status", CN_FAIL, "revoked", "/credentialStatus"},
    {"clear-1edtech", CN_VERIFIED, CN_PASS, "status", CN_PASS, "", ""},
    {"list-1edtech-no-list", CN_NOT_VERIFIED, CN_PASS, "status", CN_FAIL, "status-list-invalid",
     "/credentialStatus"},
    {"status-type-unknown", CN_VERDICT_UNKNOWN, CN_PASS, "status", CN_UNKNOWN, "status-type-unsupported",
     "/credentialStatus"},
    {"issuer-missing", CN_NOT_VERIFIED, CN_PASS, "model", CN_FAIL, "issuer-missing", "/issuer"},
    {"issuer-other", CN_NOT_VERIFIED, CN_PASS, "issuer", CN_FAIL, "issuer-key-mismatch", "/issuer"},
    {"term-dropped", CN_NOT_VERIFIED, CN_FAIL, "context", CN_FAIL, "data-loss", "/credentialSubject/grade"},
    {"term-dropped", CN_NOT_VERIFIED, CN_FAIL, "proof", CN_FAIL, "data-loss", "/credentialSubject/grade"},
    {"type-unmapped", CN_NOT_VERIFIED, CN_FAIL, "context", CN_FAIL, "data-loss", "/type"},
    {"context-unknown", CN_VERDICT_UNKNOWN, CN_UNKNOWN, "context", CN_UNKNOWN, "context-unavailable",
     "/@context/1"},
    {"context-order", CN_NOT_VERIFIED, CN_PASS, "model", CN_FAIL, "context-order", "/@context"},
    {"key-other", CN_NOT_VERIFIED, CN_FAIL, "proof", CN_FAIL, "invalid-signature", "/proof/proofValue"},
    {"purpose-other", CN_NOT_VERIFIED, CN_FAIL, "proof", CN_FAIL, "proof-purpose", "/proof/proofPurpose"},
    {"method-bare", CN_VERIFIED, CN_PASS, "proof", CN_PASS, "method-without-fragment",
     "/proof/verificationMethod"},
    {"method-no-url", CN_NOT_VERIFIED, CN_FAIL, "proof", CN_FAIL, "verification-method-unresolvable",
     "/proof/verificationMethod"},
    {"suite-unknown", CN_VERDICT_UNKNOWN, CN_UNKNOWN, "proof", CN_UNKNOWN, "unsupported-proof", "/proof"},
    {"proof-value-missing", CN_NOT_VERIFIED, CN_FAIL, "proof", CN_FAIL, "proof-malformed", "/proof/proofValue"},
    {"proof-value-short", CN_NOT_VERIFIED, CN_FAIL, "proof", CN_FAIL, "invalid-signature", "/proof/proofValue"},
    {"proof-expired", CN_NOT_VERIFIED, CN_FAIL, "proof", CN_FAIL, "proof-expired", "/proof/expires"},
    {"web", CN_VERIFIED, CN_PASS, "issuer", CN_PASS, "", ""},
    {"web-jwk", CN_VERIFIED, CN_PASS, "issuer", CN_PASS, "", ""},
    {"web-retired-before", CN_VERIFIED, CN_PASS, "proof", CN_PASS, "", ""},
    {"web-retired-after", CN_NOT_VERIFIED, CN_FAIL, "proof", CN_FAIL, "key-expired", "/proof/created"},
    {"web-revoked-after", CN_NOT_VERIFIED, CN_FAIL, "proof", CN_FAIL, "key-revoked", "/proof/created"},
    {"web-unlisted-purpose", CN_NOT_VERIFIED, CN_FAIL, "proof", CN_FAIL, "verification-method-purpose",
     "/proof/verificationMethod"},
    {"web-foreign-controller", CN_NOT_VERIFIED, CN_FAIL, "proof", CN_FAIL, "controller-mismatch",
     "/proof/verificationMethod"},
    {"web-absent", CN_NOT_VERIFIED, CN_FAIL, "proof", CN_FAIL, "verification-method-not-found",
     "/proof/verificationMethod"},
    {"web-unreachable", CN_VERDICT_UNKNOWN, CN_UNKNOWN, "proof", CN_UNKNOWN, "verification-method-unresolvable",
     "/proof/verificationMethod"},
    {"web-impostor", CN_NOT_VERIFIED, CN_FAIL, "proof", CN_FAIL, "controller-mismatch",
     "/proof/verificationMethod"},
    {"https", CN_VERIFIED, CN_PASS, "issuer", CN_PASS, "", ""},
    {"duplicate-keys", CN_NOT_VERIFIED, CN_FAIL, "read", CN_FAIL, "duplicate-key", NULL},
};

static cn_slice input_of(cn_arena *a, const char *name) {
    char path[80];
    (void)snprintf(path, sizeof path, "%s.json", name);
    return bench_file(a, path);
}

static void every_file_comes_to_what_it_must(void **state) {
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        const expected *e = &files[i];
        bench *b = *state;
        cn_report r = bench_verify(b, input_of(b->arena, e->file));
        const cn_step *s = bench_step(&r, e->step);
        bool same = r.verdict == e->verdict && r.proof == e->proof && s->outcome == e->outcome &&
                    !strcmp(s->problem, e->problem) && (!e->where || cn_slice_eq(s->where, cn_slice_of(e->where)));
        if (!same)
            fail_msg("%s: verdict %s, proof %s, step %s: %s \"%s\" at \"%.*s\": %.*s", e->file,
                     cn_verdict_name(r.verdict), cn_outcome_name(r.proof), s->id, cn_outcome_name(s->outcome),
                     s->problem, CN_ARG(s->where), CN_ARG(s->detail));
        /* What fails or is unknown is said in words; what is found is found at a place. */
        if (s->outcome == CN_FAIL || s->outcome == CN_UNKNOWN) assert_true(s->detail.n > 20 && s->where.n > 0);
    }
}

/* Anything but one bad signature leaves the other steps as they were. */
static void steps_do_not_hide_each_other(void **state) {
    bench *b = *state;
    cn_report r = bench_verify(b, input_of(b->arena, "revoked"));
    assert_true(r.steps_n > 1);
    for (size_t i = 0; i < r.steps_n; i++) {
        const char *id = r.steps[i].id;
        bool holds_none = !strcmp(id, "resources") || !strcmp(id, "endorsements") || !strcmp(id, "parts") ||
                          !strcmp(id, "schema");
        cn_outcome other = holds_none ? CN_NOT_APPLICABLE : CN_PASS;
        assert_int_equal(r.steps[i].outcome, strcmp(id, "status") ? other : CN_FAIL);
    }
    assert_true(cn_slice_starts(r.controller, CN_S("did:key:z6Mk")));
    assert_string_equal(bench_step(&r, "registry")->problem, "issuer-unlisted");
}

/* Each file that has come to its end is as it should be in every other way. */
static void what_has_expired_held_before(void **state) {
    static const char *const names[] = {"expired", "proof-expired"};
    bench *b = *state;
    assert_true(cn_time_read(CN_S("2025-06-01T00:00:00Z"), &b->options.now, NULL));
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        assert_int_equal(bench_verify(b, input_of(b->arena, names[i])).verdict, CN_VERIFIED);
}

static void offline_means_unknown(void **state) {
    bench *b = *state;
    b->options.resolver = NULL;
    cn_report web = bench_verify(b, input_of(b->arena, "web"));
    assert_int_equal(web.verdict, CN_VERDICT_UNKNOWN);
    assert_int_equal(web.proof, CN_UNKNOWN);
    cn_report revoked = bench_verify(b, input_of(b->arena, "revoked"));
    assert_int_equal(revoked.verdict, CN_VERDICT_UNKNOWN);
    assert_int_equal(revoked.proof, CN_PASS);
    assert_int_equal(bench_verify(b, input_of(b->arena, "good")).verdict, CN_VERIFIED);
}

static void a_short_list_is_refused_where_that_is_asked(void **state) {
    bench *b = *state;
    b->options.strict_bitstring = true;
    cn_report r = bench_verify(b, input_of(b->arena, "list-short"));
    assert_string_equal(bench_step(&r, "status")->problem, "status-list-invalid");
    assert_int_equal(bench_verify(b, input_of(b->arena, "status-clear")).verdict, CN_VERIFIED);
}

static void a_document_is_fetched_once(void **state) {
    bench *b = *state;
    b->fetches = 0;
    (void)bench_verify(b, input_of(b->arena, "web"));
    assert_int_equal(b->fetches, 1);
    const cn_json *two = bench_json(b->arena, input_of(b->arena, "web").p), *proof;
    cn_json *copy = cn_json_copy_shallow(b->arena, two), *set = cn_json_array(b->arena);
    proof = cn_json_get(two, CN_S("proof"));
    assert_true(cn_json_push(b->arena, set, proof) && cn_json_push(b->arena, set, proof) &&
                cn_json_set(b->arena, copy, CN_S("proof"), set));
    cn_buf text = cn_buf_on(b->arena, 0);
    cn_json_write(&text, copy);
    b->fetches = 0;
    assert_int_equal(bench_verify(b, cn_buf_slice(&text)).verdict, CN_VERIFIED);
    assert_int_equal(b->fetches, 1);
}

/* What the issuer has written for the value stands in the report; how long it may be kept, too. */
static void notes_of_a_list_are_told(void **state) {
    static const struct {
        const char *file, *about;
        uint64_t ttl;
    } cases[] = {
        {"status-message", "contested", 300000},           {"status-message-unnamed", "", 300000},
        {"status-message-nought", "under review", 300000}, {"status-both", "", 60000},
        {"revoked-1edtech", "Issued in error", 0},         {"status-clear", "", 0},
    };
    bench *b = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cn_report r = bench_verify(b, input_of(b->arena, cases[i].file));
        const cn_step *s = bench_step(&r, "status");
        assert_true(cn_slice_eq(s->about, cn_slice_of(cases[i].about)));
        assert_true(cn_slice_find(s->detail, s->about) != SIZE_MAX);
        assert_int_equal(r.status_ttl, cases[i].ttl);
    }
    cn_report r = bench_verify(b, input_of(b->arena, "status-message"));
    assert_true(cn_slice_ends(bench_step(&r, "status")->detail, CN_S("More: https://college.example/notes")));
}

/* Two entries, one list: verified once, so that its work is taken once. */
static void a_list_is_verified_once(void **state) {
    bench *b = *state;
    b->fetches = 0;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0), *one CN_ARENA_AUTO = cn_arena_new(0);
    cn_report r;
    cn_err err;
    assert_true(cn_verify(a, input_of(b->arena, "status-both"), &b->options, &r, &err));
    assert_int_equal(b->fetches, 1);
    assert_true(cn_verify(one, input_of(b->arena, "revoked"), &b->options, &r, &err));
    assert_true(cn_arena_used(a) < cn_arena_used(one) + cn_arena_used(one) / 4);
}

static void too_many_proofs_are_refused(void **state) {
    bench *b = *state;
    b->options.max_proofs = 1;
    cn_report r = bench_verify(b, input_of(b->arena, "two-proofs"));
    assert_string_equal(bench_step(&r, "proof")->problem, "too-complex");
    assert_int_equal(r.proof, CN_FAIL);
}

/* Allocations of a verification, and of writing its report, made to fail in turn, every one or every few: LIMIT
 * each time, until one run needs no more. */
static void fail_allocations(bench *b, const char *name, size_t stride) {
    cn_slice input = input_of(b->arena, name);
    size_t n = 1;
    for (bool done = false; !done; n += stride) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_report r;
        cn_err err;
        cn_arena_fail_after(a, n);
        cn_buf text = cn_buf_on(a, 0);
        done = cn_verify(a, input, &b->options, &r, &err) && cn_report_write(a, &r, CN_S("x"), &text, &err);
        if (!done) assert_string_equal(err.id, "memory.limit");
    }
    assert_true(n > 100);
}

static void no_memory_is_a_limit(void **state) {
    bench *b = *state;
    fail_allocations(b, "term-dropped", 1);
    fail_allocations(b, "tampered", 3);
    fail_allocations(b, "web", 7);
    fail_allocations(b, "revoked", 11);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_file_comes_to_what_it_must, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(steps_do_not_hide_each_other, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(what_has_expired_held_before, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(offline_means_unknown, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(a_short_list_is_refused_where_that_is_asked, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(a_document_is_fetched_once, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(notes_of_a_list_are_told, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(a_list_is_verified_once, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(too_many_proofs_are_refused, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(no_memory_is_a_limit, bench_new, bench_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
