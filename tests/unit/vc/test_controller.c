/* SPDX-License-Identifier: Apache-2.0 */
#include "bench.h"
#include "vc/internal.h"

#define JWK_P256                                                                                                  \
    "did:jwk:"                                                                                                    \
    "eyJjcnYiOiJQLTI1NiIsImt0eSI6IkVDIiwieCI6IldmVGk5M1l1aHNReEtiRDBmdG5qT1hKbmRxaG5KNWtnRFYtWkRHeXJoQlEi"        \
    "LCJ5IjoicVVkXzU1RWpYMG1qS1o2VzZtRjRVWFZZVFE0MUs2amZkbllGd041dVB5ayJ9"
#define JWK_P384                                                                                                  \
    "did:jwk:"                                                                                                    \
    "eyJjcnYiOiJQLTM4NCIsImt0eSI6IkVDIiwieCI6IlBCTTEzRzFyVS1OUGN6U3BGTzdRR2MtdVNVSHFvRFBaU2JzaGdSODIwbGln"        \
    "cUZCMnlHRmJFOTBWbnBUaVNzd0ciLCJ5IjoieDdtZEQ2cmV1blVsU1E1TG9DMkdEcExPcmpiSU1MbnQxVEVHZ3hveVhTYUtTY1BQUllZN2h" \
    "U"                                                                                                           \
    "cjNnZUN2RVpwZiJ9"
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

/* The same document whatever is asked for. */
static bool give(void *self, cn_arena *a, cn_slice url, cn_document *out, cn_err *err) {
    (void)a;
    (void)err;
    *out = (cn_document){.body = cn_slice_of(self), .final_url = url};
    return true;
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

static void the_key_stands_in_the_name(void **state) {
    static const struct {
        const char *method;
        cn_key_kind kind;
        cn_outcome outcome;
        const char *problem;
    } cases[] = {
        {JWK_P256 "#0", CN_KEY_P256, CN_PASS, ""},
        {JWK_P384 "#0", CN_KEY_P384, CN_PASS, ""},
        {JWK_P256, CN_KEY_P256, CN_PASS, "method-without-fragment"},
        {JWK_P256 "#1", CN_KEY_P256, CN_FAIL, "verification-method-not-found"},
        {"did:key:zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv#"
         "zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv",
         CN_KEY_P256, CN_PASS, ""},
        {"did:key:z82LkvCwHNreneWpsgPEbV3gu1C6NFJEBg4srfJ5gdxEsMGRJUz2sG9FE42shbn2xkZJh54", CN_KEY_P384, CN_PASS,
         "method-without-fragment"},
        {"did:key:"
         "z2J9gaYxrKVpdoG9A4gRnmpnRCcxU6agDtFVVBVdn1JedouoZN7SzcyREXXzWgt3gGiwpoHq7K68X4m32D8HgzG8wv3sY5j7",
         CN_KEY_P521, CN_PASS, "method-without-fragment"},
        {"did:jwk:e30#0", CN_KEY_P256, CN_FAIL, "key-malformed"},                     /* {} */
        {"did:jwk:e30=#0", CN_KEY_P256, CN_FAIL, "key-malformed"},                    /* padded */
        {"did:jwk:aGVsbG8#0", CN_KEY_P256, CN_FAIL, "key-malformed"},                 /* no JSON */
        {"did:jwk:eyJrdHkiOiJvY3QifQ#0", CN_KEY_P256, CN_UNKNOWN, "key-unsupported"}, /* {"kty":"oct"} */
        {"did:jwk:#0", CN_KEY_P256, CN_FAIL, "key-malformed"},
    };
    probe p = {.bench = *state};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cn_method m = {0};
        cn_step s = look_up(&p, cases[i].method, &m);
        if (s.outcome != cases[i].outcome || strcmp(s.problem, cases[i].problem) != 0)
            fail_msg("%s: %s %s", cases[i].method, cn_outcome_name(s.outcome), s.problem);
        assert_int_equal(p.url.n, 0);
        if (s.outcome != CN_PASS) continue;
        assert_int_equal(m.key.kind, cases[i].kind);
        assert_true(cn_slice_starts(cn_slice_of(cases[i].method), m.controller) && m.controller.n > 40);
    }
}

static void a_did_jwk_has_a_limit(void **state) {
    static char method[9000] = "did:jwk:";
    memset(method + 8, 'A', sizeof method - 9);
    probe p = {.bench = *state};
    cn_method m = {0};
    cn_step s = look_up(&p, method, &m);
    assert_int_equal(s.outcome, CN_FAIL);
    assert_string_equal(s.problem, "key-malformed");
}

#define ED_JWK "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\""
#define METHOD                                                                                                    \
    "\"id\":\"https://a.example/i#key-1\",\"type\":\"JsonWebKey\",\"controller\":\"https://a.example/i\""
#define DOCUMENT(kid, listed)                                                                                     \
    "{\"id\":\"https://a.example/i\",\"verificationMethod\":[{" METHOD ",\"publicKeyJwk\":{\"kid\":\"" kid        \
    "\"," ED_JWK "}}]," listed "}"
#define LISTED "\"assertionMethod\":[\"#key-1\"]"

/* What an address gives, for a proof and for the "kid" of a JWT. */
static void a_key_alone_says_nothing_about_whose_it_is(void **state) {
    static const struct {
        const char *document, *kid;
        const char *of_proof, *of_jwt; /* the problem; "" a pass */
        bool bare;
    } cases[] = {
        {"{" ED_JWK "}", "https://a.example/k", "controller-mismatch", "", true},
        {"{\"keys\":[{" ED_JWK "}]}", "https://a.example/k", "controller-mismatch", "", true},
        {"{\"keys\":[{\"kid\":\"x\"},{\"kid\":\"y\"," ED_JWK "}]}", "https://a.example/k#y", "controller-mismatch",
         "", true},
        {"{\"keys\":[{" ED_JWK "},{" ED_JWK "}]}", "https://a.example/k", "controller-mismatch",
         "verification-method-not-found", false},
        {"{\"keys\":[]}", "https://a.example/k#y", "controller-mismatch", "verification-method-not-found", false},
        {"{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"AA\"}", "https://a.example/k", "controller-mismatch",
         "key-unsupported", true},
        {"{\"id\":\"https://b.example\"," ED_JWK "}", "https://a.example/k", "controller-mismatch",
         "controller-mismatch", false},
        {DOCUMENT("t", LISTED), "https://a.example/i#key-1", "", "", false},
        {DOCUMENT("t", LISTED), "https://a.example/i#t", "verification-method-not-found", "", false},
        {DOCUMENT("t", LISTED), "https://a.example/i#u", "verification-method-not-found",
         "verification-method-not-found", false},
        {DOCUMENT("t", "\"authentication\":[\"#key-1\"]"), "https://a.example/i#t",
         "verification-method-not-found", "verification-method-purpose", false},
    };
    bench *b = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (int jwt = 0; jwt < 2; jwt++) {
            cn_loader resolver = {(void *)(uintptr_t)cases[i].document, give};
            cn_err err;
            cn_vc v = {.arena = b->arena, .options = &b->options, .err = &err, .resolver = &resolver};
            cn_step step = {.outcome = CN_PASS, .problem = ""};
            cn_method m = {0};
            assert_true((jwt ? cn_controller_key : cn_controller_method)(&v, &step, cn_slice_of(cases[i].kid),
                                                                         CN_S("/x"), &m));
            const char *wanted = jwt ? cases[i].of_jwt : cases[i].of_proof;
            if (strcmp(step.problem, wanted) != 0 || m.bare != (jwt && cases[i].bare))
                fail_msg("%zu %d: %s: %.*s", i, jwt, step.problem, CN_ARG(step.detail));
            if (!*wanted) assert_true(m.bare == !m.controller.n);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(did_web_names_a_url, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(what_is_no_did_web_asks_nobody, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(did_key_needs_no_network, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(the_key_stands_in_the_name, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(a_did_jwk_has_a_limit, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(a_key_alone_says_nothing_about_whose_it_is, bench_new, bench_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
