/* SPDX-License-Identifier: Apache-2.0 */
#include "bench.h"
#include "vc/internal.h"
#include "vc/jwt.h"

/* Key n: 32 equal bytes, as in make_fixtures.c. */
#define KEY1 "did:key:z6Mkon3Necd6NkkyfoGoHxid2znGc59LU3K7mubaRcFbLfLX"
#define KID1 KEY1 "#z6Mkon3Necd6NkkyfoGoHxid2znGc59LU3K7mubaRcFbLfLX"
#define CONTEXT "\"@context\":[\"https://www.w3.org/ns/credentials/v2\"]"
#define TYPE "\"type\":[\"VerifiablePresentation\"]"
#define HOLDER "\"holder\":\"" KEY1 "\""
#define HEAD "{" CONTEXT "," TYPE

static cn_private_key private_key(int number) {
    cn_private_key k = {.kind = CN_KEY_ED25519, .n = 32};
    memset(k.bytes, number, k.n);
    return k;
}

static cn_slice as_jwt(bench *b, const cn_json *document, const char *typ) {
    cn_private_key key = private_key(1);
    cn_jose_options o = {.crypto = b->crypto,
                         .key = &key,
                         .kid = CN_S(KID1),
                         .typ = cn_slice_of(typ),
                         .challenge = CN_S("c1"),
                         .domain = CN_S("https://b.example")};
    cn_slice out;
    cn_err err;
    if (!cn_jose_sign(b->arena, document, &o, &out, &err)) fail_msg("%s", err.detail);
    return out;
}

/* "$name" stands for a file of tests/data/vc; "$jwt" for good.json as a vc+jwt by its issuer. */
static cn_slice filled(bench *b, const char *text) {
    cn_buf out = cn_buf_on(b->arena, 0);
    for (; *text; text++) {
        char name[64];
        if (*text != '$') {
            cn_buf_byte(&out, *text);
            continue;
        }
        size_t n = strspn(text + 1, "abcdefghijklmnopqrstuvwxyz-");
        (void)snprintf(name, sizeof name, "%.*s.json", (int)n, text + 1);
        bool jwt = !strcmp(name, "jwt.json");
        cn_slice file = bench_file(b->arena, jwt ? "good.json" : name);
        if (jwt) {
            cn_json *bare = cn_json_without(b->arena, bench_json(b->arena, file.p), CN_S("proof"));
            file = as_jwt(b, bare, "vc+jwt");
        }
        cn_buf_add(&out, file);
        text += n;
    }
    cn_buf_byte(&out, 0);
    return (cn_slice){out.p, out.n - 1};
}

static cn_slice with_proof(bench *b, const char *text, const char *purpose, const char *challenge,
                           const char *domain) {
    cn_private_key key = private_key(1);
    cn_sign_options o = {.crypto = b->crypto,
                         .contexts = &b->contexts,
                         .key = &key,
                         .method = CN_S(KID1),
                         .purpose = cn_slice_of(purpose),
                         .created = {.sec = 1767225600},
                         .challenge = cn_slice_of(challenge),
                         .domain = cn_slice_of(domain)};
    const cn_json *out;
    cn_err err;
    cn_buf b_text = cn_buf_on(b->arena, 0);
    if (!cn_integrity_add(b->arena, bench_json(b->arena, filled(b, text).p), &o, &out, &err))
        fail_msg("%s", err.detail);
    cn_json_write(&b_text, out);
    return cn_buf_slice(&b_text);
}

#define SHOWS(what) HEAD "," HOLDER ",\"verifiableCredential\":" what "}"
#define ENVELOPE(id) "{" CONTEXT ",\"type\":\"EnvelopedVerifiableCredential\",\"id\":\"" id "\"}"

typedef struct expected {
    const char *name, *text;
    cn_verdict verdict;
    const char *step, *problem;
    cn_outcome outcome;
    size_t credentials;
} expected;

/* Signed by key 1, for the challenge c1 and the domain https://b.example. */
static const expected cases[] = {
    {"one", SHOWS("[$good]"), CN_VERIFIED, "credentials", "", CN_PASS, 1},
    {"one, no list", SHOWS("$good"), CN_VERIFIED, "credentials", "", CN_PASS, 1},
    {"two", SHOWS("[$good,$two-proofs]"), CN_VERIFIED, "holder", "", CN_PASS, 2},
    {"an enveloped one", SHOWS("[" ENVELOPE("data:application/vc+jwt,$jwt") ",$good]"), CN_VERIFIED, "credentials",
     "", CN_PASS, 2},
    {"one that was changed", SHOWS("[$good,$tampered]"), CN_NOT_VERIFIED, "credentials", "presented-invalid",
     CN_FAIL, 2},
    {"one that was revoked", SHOWS("[$revoked]"), CN_NOT_VERIFIED, "credentials", "presented-invalid", CN_FAIL, 1},
    {"one unsigned", SHOWS("[$no-proof]"), CN_NOT_VERIFIED, "credentials", "presented-invalid", CN_FAIL, 1},
    {"no credential", HEAD "," HOLDER "}", CN_VERIFIED, "credentials", "", CN_NOT_APPLICABLE, 0},
    {"no holder", HEAD ",\"verifiableCredential\":[$good]}", CN_VERIFIED, "holder", "", CN_PASS, 1},
    {"another holder", HEAD ",\"holder\":\"did:web:college.example\",\"verifiableCredential\":[$good]}",
     CN_NOT_VERIFIED, "holder", "holder-key-mismatch", CN_FAIL, 1},
    {"a holder of no name", HEAD ",\"holder\":{\"type\":\"VerifiablePresentation\"}}", CN_NOT_VERIFIED, "model",
     "holder-invalid", CN_FAIL, 0},
    {"an envelope of nothing", SHOWS("[" ENVELOPE("urn:x:1") "]"), CN_NOT_VERIFIED, "credentials",
     "presented-invalid", CN_FAIL, 1},
    {"an envelope of another kind", SHOWS("[" ENVELOPE("data:application/vc+cose;base64,0oRE") "]"),
     CN_VERDICT_UNKNOWN, "credentials", "presented-unknown", CN_UNKNOWN, 1},
    {"a presentation in it", SHOWS("[" HEAD "}]"), CN_NOT_VERIFIED, "credentials", "presented-invalid", CN_FAIL,
     1},
};

static const char *problem_of(const cn_report *r, const char *step) {
    return bench_step(r, step)->problem;
}

static void every_presentation_comes_to_what_it_must(void **state) {
    bench *b = *state;
    static cn_asked asked = {CN_S_INIT("c1"), CN_S_INIT("https://b.example")};
    b->options.asked = &asked;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const expected *e = &cases[i];
        const cn_slice forms[] = {with_proof(b, e->text, "authentication", "c1", "https://b.example"),
                                  as_jwt(b, bench_json(b->arena, filled(b, e->text).p), "vp+jwt")};
        for (size_t k = 0; k < 2; k++) {
            cn_report r = bench_verify(b, forms[k]);
            const cn_step *s = bench_step(&r, e->step);
            if (r.verdict != e->verdict || strcmp(s->problem, e->problem) != 0 || s->outcome != e->outcome ||
                r.credentials_n != e->credentials)
                fail_msg("%s, %zu: %s, %s \"%s\": %.*s", e->name, k, cn_verdict_name(r.verdict), s->id, s->problem,
                         CN_ARG(s->detail));
            assert_non_null(r.presentation);
            assert_null(r.credential);
            assert_int_equal(r.proof, CN_PASS);
            assert_true(cn_slice_eq(r.format, k ? CN_S("jwt") : CN_S("json")));
            if (r.verdict == CN_VERIFIED) assert_true(cn_slice_eq(r.holder, CN_S(KEY1)));
        }
    }
}

static void a_holder_signs_for_an_occasion(void **state) {
    static const struct {
        const char *purpose, *challenge, *domain; /* signed */
        cn_asked asked;
        const char *step, *problem;
        cn_verdict verdict;
    } rows[] = {
        {"authentication", "c1", "d1", {CN_S_INIT("c1"), CN_S_INIT("d1")}, "holder", "", CN_VERIFIED},
        {"authentication", "c1", "d1", {CN_S_INIT("c1"), {0}}, "holder", "", CN_VERIFIED},
        {"authentication", "c1", "d1", {{0}, {0}}, "holder", "holder-not-asked", CN_VERIFIED},
        {"authentication",
         "c1",
         "d1",
         {CN_S_INIT("c2"), CN_S_INIT("d1")},
         "holder",
         "challenge-mismatch",
         CN_NOT_VERIFIED},
        {"authentication",
         "c1",
         "d1",
         {CN_S_INIT("c1"), CN_S_INIT("d2")},
         "holder",
         "domain-mismatch",
         CN_NOT_VERIFIED},
        {"authentication", "", "", {CN_S_INIT("c1"), {0}}, "holder", "challenge-mismatch", CN_NOT_VERIFIED},
        {"authentication",
         "c1",
         "",
         {CN_S_INIT("c1"), CN_S_INIT("d1")},
         "holder",
         "domain-mismatch",
         CN_NOT_VERIFIED},
        {"assertionMethod",
         "c1",
         "d1",
         {CN_S_INIT("c1"), CN_S_INIT("d1")},
         "proof",
         "proof-purpose",
         CN_NOT_VERIFIED},
    };
    bench *b = *state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        b->options.asked = &rows[i].asked;
        cn_report r =
            bench_verify(b, with_proof(b, SHOWS("[$good]"), rows[i].purpose, rows[i].challenge, rows[i].domain));
        if (r.verdict != rows[i].verdict || strcmp(problem_of(&r, rows[i].step), rows[i].problem) != 0)
            fail_msg("%zu: %s %s", i, cn_verdict_name(r.verdict), problem_of(&r, rows[i].step));
    }
}

/* Nobody signed the whole: what is in it is verified all the same. */
static void an_unsigned_one_is_no_presentation(void **state) {
    bench *b = *state;
    static cn_asked asked = {0};
    b->options.asked = &asked;
    cn_report r = bench_verify(b, filled(b, SHOWS("[$good]")));
    assert_int_equal(r.verdict, CN_NOT_VERIFIED);
    assert_string_equal(problem_of(&r, "proof"), "no-proof");
    assert_int_equal(r.credentials[0].verdict, CN_VERIFIED);
    assert_int_equal(r.holder.n, 0);
}

static void what_was_changed_is_seen(void **state) {
    bench *b = *state;
    static cn_asked asked = {0};
    b->options.asked = &asked;
    const cn_json *good = bench_json(b->arena, with_proof(b, SHOWS("[$good]"), "authentication", "c", "d").p);
    cn_json *changed = cn_json_copy_shallow(b->arena, good);
    cn_buf text = cn_buf_on(b->arena, 0);
    assert_true(cn_json_set(b->arena, changed, CN_S("verifiableCredential"),
                            bench_json(b->arena, bench_file(b->arena, "status-clear.json").p)));
    cn_json_write(&text, changed);
    cn_report r = bench_verify(b, cn_buf_slice(&text));
    assert_string_equal(problem_of(&r, "proof"), "invalid-signature");
    assert_int_equal(r.verdict, CN_NOT_VERIFIED);
}

/* A credential's own proof says nothing of who shows it. */
static void a_credential_alone_answers_nobody(void **state) {
    bench *b = *state;
    static cn_asked asked = {CN_S_INIT("c1"), {0}};
    b->options.asked = &asked;
    cn_report r = bench_verify(b, bench_file(b->arena, "good.json"));
    assert_int_equal(r.verdict, CN_NOT_VERIFIED);
    assert_string_equal(problem_of(&r, "holder"), "holder-missing");
    asked.challenge = CN_S("");
    r = bench_verify(b, bench_file(b->arena, "good.json"));
    assert_int_equal(r.verdict, CN_VERIFIED);
}

static void nobody_asked_for_a_presentation(void **state) {
    bench *b = *state;
    cn_report r = bench_verify(b, with_proof(b, SHOWS("[$good]"), "authentication", "c", "d"));
    assert_string_equal(problem_of(&r, "read"), "jwt-presentation");
    assert_int_equal(r.steps_n, 1);
    assert_null(r.credential);
    /* an envelope alone is opened */
    r = bench_verify(b, filled(b, ENVELOPE("data:application/vc+jwt,$jwt")));
    assert_int_equal(r.verdict, CN_VERIFIED);
    assert_true(cn_slice_eq(r.format, CN_S("jwt")));
    r = bench_verify(b, filled(b, ENVELOPE("data:application/vc+jwt,eyJ")));
    assert_string_equal(problem_of(&r, "read"), "jwt-parts");
    r = bench_verify(b, filled(b, ENVELOPE("data:application/vc+jwt,{}")));
    assert_int_equal(r.verdict, CN_NOT_VERIFIED);
}

static void so_many_credentials_and_no_more(void **state) {
    bench *b = *state;
    static cn_asked asked = {0};
    cn_json *all = cn_json_array(b->arena);
    cn_json *vp = cn_json_copy_shallow(b->arena, bench_json(b->arena, HEAD "}"));
    b->options.asked = &asked;
    for (int i = 0; i < 17; i++)
        assert_true(cn_json_push(b->arena, all, bench_json(b->arena, ENVELOPE("data:application/vc+jwt,eyJ"))));
    assert_true(cn_json_set(b->arena, vp, CN_S("verifiableCredential"), all));
    cn_report r = bench_verify(b, as_jwt(b, vp, "vp+jwt"));
    assert_string_equal(problem_of(&r, "credentials"), "too-complex");
    assert_int_equal(r.credentials_n, 0);
}

static void claims_say_what_the_presentation_says(void **state) {
    static const struct {
        const char *text, *step, *problem;
        cn_verdict verdict;
    } rows[] = {
        {"{\"vp\":{\"@context\":[\"https://www.w3.org/2018/credentials/v1\"]," TYPE
         ",\"verifiableCredential\":[\"$jwt\"]},"
         "\"iss\":\"" KEY1 "\"}",
         "holder", "", CN_VERIFIED},
        {HEAD "," HOLDER ",\"iss\":\"did:web:college.example\"}", "model", "jwt-iss-mismatch", CN_NOT_VERIFIED},
        {HEAD "," HOLDER ",\"exp\":1767225600}", "validity", "expired", CN_NOT_VERIFIED},
        {"{\"vp\":{" CONTEXT "," TYPE "},\"vc\":{}}", "read", "jwt-two-credentials", CN_NOT_VERIFIED},
        {"{\"vp\":1}", "read", "not-a-credential", CN_NOT_VERIFIED},
    };
    bench *b = *state;
    static cn_asked asked = {CN_S_INIT("c1"), {0}};
    b->options.asked = &asked;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        cn_private_key key = private_key(1);
        cn_json *header = cn_json_object(b->arena);
        cn_json *claims = cn_json_copy_shallow(b->arena, bench_json(b->arena, filled(b, rows[i].text).p));
        cn_buf payload = cn_buf_on(b->arena, 0);
        cn_slice token;
        cn_err err;
        assert_true(cn_json_set(b->arena, header, CN_S("kid"), cn_json_string(b->arena, CN_S(KID1))) &&
                    cn_json_set(b->arena, claims, CN_S("nonce"), cn_json_string(b->arena, CN_S("c1"))));
        cn_json_write(&payload, claims);
        assert_true(cn_jws_write(b->crypto, b->arena, &key, header, cn_buf_slice(&payload), &token, &err));
        cn_report r = bench_verify(b, token);
        if (r.verdict != rows[i].verdict || strcmp(problem_of(&r, rows[i].step), rows[i].problem) != 0)
            fail_msg("%zu: %s %s", i, cn_verdict_name(r.verdict), problem_of(&r, rows[i].step));
    }
}

static void a_report_tells_of_each(void **state) {
    bench *b = *state;
    static cn_asked asked = {CN_S_INIT("c1"), {0}};
    cn_buf text = cn_buf_on(b->arena, 0);
    cn_err err;
    b->options.asked = &asked;
    cn_report r = bench_verify(b, with_proof(b, SHOWS("[$good,$revoked]"), "authentication", "c1", "d"));
    assert_true(cn_report_write(b->arena, &r, CN_S("x"), &text, &err));
    cn_buf_byte(&text, 0);
    const cn_json *json = bench_json(b->arena, text.p);
    assert_true(cn_json_is_string(cn_json_point(json, CN_S("/presentation/holder")), CN_S(KEY1)));
    assert_true(cn_json_is_string(cn_json_point(json, CN_S("/credentials/0/verdict")), CN_S("verified")));
    assert_true(cn_json_is_string(cn_json_point(json, CN_S("/credentials/1/verdict")), CN_S("not verified")));
    assert_null(cn_json_point(json, CN_S("/credentials/1/input")));
    assert_true(cn_json_is(cn_json_point(json, CN_S("/credential")), CN_JSON_NULL));
}

static void no_memory_is_a_limit(void **state) {
    bench *b = *state;
    static cn_asked asked = {CN_S_INIT("c1"), {0}};
    cn_slice text =
        with_proof(b, SHOWS("[" ENVELOPE("data:application/vc+jwt,$jwt") "]"), "authentication", "c1", "d");
    size_t n = 1;
    b->options.asked = &asked;
    for (bool done = false; !done; n += 1 + n / 32) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_report r;
        cn_err err;
        cn_arena_fail_after(a, n);
        done = cn_verify(a, text, &b->options, &r, &err);
        if (done) assert_int_equal(r.verdict, CN_VERIFIED);
        else assert_string_equal(err.id, "memory.limit");
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_presentation_comes_to_what_it_must, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(a_holder_signs_for_an_occasion, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(an_unsigned_one_is_no_presentation, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(what_was_changed_is_seen, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(a_credential_alone_answers_nobody, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(nobody_asked_for_a_presentation, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(so_many_credentials_and_no_more, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(claims_say_what_the_presentation_says, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(a_report_tells_of_each, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(no_memory_is_a_limit, bench_new, bench_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
