/* SPDX-License-Identifier: Apache-2.0 */
#include "bench.h"
#include "vc/internal.h"

#define KEY1 "z6Mkon3Necd6NkkyfoGoHxid2znGc59LU3K7mubaRcFbLfLX"

/* What the resolver was asked for last. */
typedef struct probe {
    bench *bench;
    cn_slice url;
} probe;

static bool note(void *self, cn_arena *a, cn_slice url, cn_document *out, cn_err *err) {
    probe *p = self;
    (void)a;
    (void)out;
    p->url = url;
    return cn_fail(err, CN_UNAVAILABLE, "test.none", "there is no network in this test.");
}

/* Looks the method up; the step tells what came of it. */
static cn_step look_up(probe *p, const char *method, cn_method *out) {
    cn_loader resolver = {p, note};
    cn_err err;
    cn_vc v = {.arena = p->bench->arena, .options = &p->bench->options, .err = &err, .resolver = &resolver};
    cn_step step = {.outcome = CN_PASS, .problem = ""};
    p->url = CN_S("");
    assert_true(cn_controller_method(&v, &step, cn_slice_of(method), CN_S("/x"), out));
    return step;
}

static void did_web_names_a_url(void **state) {
    static const struct {
        const char *method, *url;
    } cases[] = {
        {"did:web:example.com#k", "https://example.com/.well-known/did.json"},
        {"did:web:example.com:a:b-1#k", "https://example.com/a/b-1/did.json"},
        {"did:web:example.com%3A8443#k", "https://example.com:8443/.well-known/did.json"},
        {"did:web:example.com%3a8443:u:x%20y#k", "https://example.com:8443/u/x%20y/did.json"},
        {"https://example.com/issuer?x=1#k", "https://example.com/issuer?x=1"},
        {"http://example.com/#k", "http://example.com/"}, /* whether to go there is the resolver's to say */
    };
    probe p = {.bench = *state};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cn_method m = {0};
        cn_step s = look_up(&p, cases[i].method, &m);
        assert_int_equal(s.outcome, CN_UNKNOWN);
        assert_true(cn_slice_eq(p.url, cn_slice_of(cases[i].url)));
    }
}

static void what_is_no_did_web_asks_nobody(void **state) {
    static const char *const cases[] = {
        "did:web:#k",
        "did:web::a#k",
        "did:web:example.com:#k",
        "did:web:example.com:..:a#k",
        "did:web:a@b.com#k",
        "did:web:example.com/a#k",
        "did:web:a%2Fb#k",
        "did:web:a%3A99999#k",
        "did:web:a%3A#k",
        "did:web:a?x=1#k",
        "did:web:[::1]#k",
    };
    probe p = {.bench = *state};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cn_method m = {0};
        cn_step s = look_up(&p, cases[i], &m);
        if (s.outcome != CN_FAIL || p.url.n) fail_msg("%s: %s %.*s", cases[i], s.problem, CN_ARG(p.url));
    }
}

static void did_key_needs_no_network(void **state) {
    static const struct {
        const char *method;
        cn_outcome outcome;
        const char *problem;
    } cases[] = {
        {"did:key:" KEY1 "#" KEY1, CN_PASS, ""},
        {"did:key:" KEY1, CN_PASS, "method-without-fragment"},
        {"did:key:" KEY1 "#other", CN_FAIL, "verification-method-not-found"},
        {"did:key:z6MkNOTBASE58!#x", CN_FAIL, "key-malformed"},
        {"did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme#x", CN_UNKNOWN, "key-unsupported"},
        {"did:ion:EiClk#x", CN_UNKNOWN, "verification-method-unresolvable"},
        {"urn:uuid:7#x", CN_UNKNOWN, "verification-method-unresolvable"},
        {KEY1, CN_FAIL, "verification-method-unresolvable"},
    };
    probe p = {.bench = *state};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cn_method m = {0};
        cn_step s = look_up(&p, cases[i].method, &m);
        if (s.outcome != cases[i].outcome || strcmp(s.problem, cases[i].problem) != 0)
            fail_msg("%s: %s %s", cases[i].method, cn_outcome_name(s.outcome), s.problem);
        assert_int_equal(p.url.n, 0);
        if (s.outcome == CN_PASS) assert_int_equal(m.key.kind, CN_KEY_ED25519);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(did_web_names_a_url, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(what_is_no_did_web_asks_nobody, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(did_key_needs_no_network, bench_new, bench_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
