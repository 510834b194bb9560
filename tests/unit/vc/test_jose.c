/* SPDX-License-Identifier: Apache-2.0 */
#include "bench.h"
#include "vc/internal.h"

/* RFC 7515, appendix A.2: the example signed with RS256. */
#define A2_HEADER "eyJhbGciOiJSUzI1NiJ9"
#define A2_PAYLOAD "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
#define A2_SIGNATURE                                                                                              \
    "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9"  \
    "CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOL"  \
    "n6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtV"  \
    "rBp0igcN_IoypGlUPQGe77Rw"
static const char a2_key[] =
    "{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":"
    "\"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-"
    "SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-"
    "KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-"
    "DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ\"}";

static cn_public_key key_of(bench *b, const char *jwk) {
    cn_public_key key;
    cn_err err;
    assert_true(cn_jwk_read(b->arena, bench_json(b->arena, jwk), &key, &err));
    return key;
}

static bool check(bench *b, const char *text, const char *alg, const cn_public_key *key) {
    cn_jws jws;
    cn_err err;
    bool valid;
    assert_true(cn_jws_read(b->arena, cn_slice_of(text), &jws, &err));
    assert_true(cn_jws_check(b->crypto, &jws, cn_jose_alg_find(cn_slice_of(alg)), key, &valid, &err));
    return valid;
}

static void the_example_of_the_rfc_is_good(void **state) {
    bench *b = *state;
    cn_public_key rsa = key_of(b, a2_key);
    assert_true(check(b, A2_HEADER "." A2_PAYLOAD "." A2_SIGNATURE, "RS256", &rsa));
    /* RFC 8037, appendix A.4 */
    cn_public_key ed =
        key_of(b, "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}");
    cn_jws jws;
    cn_err err;
    assert_true(check(b,
                      "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-"
                      "09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg",
                      "EdDSA", &ed));
    assert_true(cn_jws_read(b->arena, CN_S(A2_HEADER "." A2_PAYLOAD "." A2_SIGNATURE), &jws, &err));
    assert_true(cn_slice_eq(jws.signing_input, CN_S(A2_HEADER "." A2_PAYLOAD)));
    assert_true(cn_slice_starts(jws.payload, CN_S("{\"iss\":\"joe\"")));
    assert_int_equal(jws.signature.n, 256);
}

static void what_was_changed_is_not_good(void **state) {
    bench *b = *state;
    cn_public_key rsa = key_of(b, a2_key);
    assert_false(check(b, A2_HEADER ".eyJpc3MiOiJqb2wifQ." A2_SIGNATURE, "RS256", &rsa));
    assert_false(check(b, "eyJhbGciOiJSUzI1NiIgfQ." A2_PAYLOAD "." A2_SIGNATURE, "RS256", &rsa));
    assert_false(check(b, A2_HEADER "." A2_PAYLOAD ".AAAA", "RS256", &rsa));
    assert_false(check(b, A2_HEADER "." A2_PAYLOAD ".", "RS256", &rsa));
}

static void an_algorithm_takes_one_kind_of_key(void **state) {
    static const char *const others[] = {"EdDSA", "ES256", "ES384", "ES512"};
    bench *b = *state;
    cn_public_key rsa = key_of(b, a2_key);
    cn_jws jws;
    cn_err err;
    bool valid;
    assert_true(cn_jws_read(b->arena, CN_S(A2_HEADER "." A2_PAYLOAD "." A2_SIGNATURE), &jws, &err));
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        const cn_jose_alg *alg = cn_jose_alg_find(cn_slice_of(others[i]));
        assert_non_null(alg);
        assert_false(cn_jws_check(b->crypto, &jws, alg, &rsa, &valid, &err));
        assert_string_equal(err.id, "jws.key-kind");
    }
    static const char *const never[] = {"", "none", "None", "HS256", "HS384", "HS512", "eddsa", "RS1"};
    for (size_t i = 0; i < sizeof never / sizeof never[0]; i++)
        assert_null(cn_jose_alg_find(cn_slice_of(never[i])));
    assert_null(cn_jose_alg_find(CN_S("RS256\0")));
}

/* Signed here by each curve's key, and read back. */
static void every_curve_signs_and_checks(void **state) {
    static const struct {
        const char *alg;
        cn_key_kind kind;
        size_t n;
    } rows[] = {{"EdDSA", CN_KEY_ED25519, 32},
                {"ES256", CN_KEY_P256, 32},
                {"ES384", CN_KEY_P384, 48},
                {"ES512", CN_KEY_P521, 66}};
    bench *b = *state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const cn_jose_alg *alg = cn_jose_alg_find(cn_slice_of(rows[i].alg));
        cn_private_key key = {.kind = rows[i].kind, .n = rows[i].n};
        cn_public_key public;
        cn_slice signature;
        cn_err err;
        memset(key.bytes + 1, 7, key.n - 1);
        assert_true(cn_key_public(b->crypto, b->arena, &key, &public, &err));
        assert_true(cn_sign(b->crypto, b->arena, &key, alg->hash, CN_S("e30.e30"), &signature, &err));
        cn_buf text = cn_buf_on(b->arena, 0);
        cn_buf_add(&text, CN_S("e30.e30."));
        cn_base64_write(&text, CN_BASE64_URL, signature);
        cn_buf_byte(&text, 0);
        assert_true(check(b, text.p, rows[i].alg, &public));
        text.p[5] = 'z';
        assert_false(check(b, text.p, rows[i].alg, &public));
    }
}

static void a_form_that_is_not_compact_is_refused(void **state) {
    static const struct {
        const char *text, *id, *where;
    } cases[] = {
        {"", "jws.parts", ""},
        {"e30", "jws.parts", ""},
        {"e30.e30", "jws.parts", ""},
        {"e30.e30.e30.e30", "jws.parts", ""},
        {"e30.e30.e30.e30.e30", "jws.encrypted", ""},
        {"e30.e30.e30.e30.e30.e30", "jws.parts", ""},
        {"e30=.e30.", "jws.base64", "header, character"},
        {"e30.e30=.", "jws.base64", "payload, character"},
        {"e30.e30.e30=", "jws.base64", "signature, character"},
        {"e30.e3+.", "jws.base64", "payload, character 2"},
        {"e30.e3/.", "jws.base64", "payload, character 2"},
        {"e30.e 0.", "jws.base64", "payload, character 1"},
        {"e30.e\n0.", "jws.base64", "payload, character 1"},
        {"e30.e31.", "jws.base64", "payload"}, /* stray bits */
        {"e30.e.", "jws.base64", "payload"},   /* a length that no bytes have */
        {"..", "jws.header", "header"},
        {"W10.e30.", "jws.header", "header"},                       /* [] */
        {"eyJh.e30.", "jws.header", "header"},                      /* {"a */
        {"eyJhIjoxLCJhIjoyfQ.e30.", "jws.duplicate-key", "header"}, /* {"a":1,"a":2} */
        {"eyJhIjp7ImIiOjEsImIiOjF9fQ.e30.", "jws.duplicate-key", "header"},
    };
    bench *b = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cn_jws jws;
        cn_err err;
        if (cn_jws_read(b->arena, cn_slice_of(cases[i].text), &jws, &err)) fail_msg("%s is read", cases[i].text);
        if (strcmp(err.id, cases[i].id) != 0 || strncmp(err.where, cases[i].where, strlen(cases[i].where)) != 0)
            fail_msg("%s: %s at %s", cases[i].text, err.id, err.where);
        assert_true(strlen(err.detail) > 20);
    }
}

static void a_header_has_a_limit(void **state) {
    bench *b = *state;
    cn_buf text = cn_buf_on(b->arena, 0);
    cn_jws jws;
    cn_err err;
    for (int i = 0; i < 70000; i++) cn_buf_byte(&text, 'A');
    cn_buf_add(&text, CN_S(".e30."));
    assert_false(cn_jws_read(b->arena, cn_buf_slice(&text), &jws, &err));
    assert_string_equal(err.id, "jws.header-size");
    assert_int_equal(err.code, CN_LIMIT);
    /* and of depth: [[[… */
    cn_buf_clear(&text);
    for (int i = 0; i < 40; i++) cn_buf_add(&text, CN_S("W1tb"));
    cn_buf_add(&text, CN_S(".e30."));
    assert_false(cn_jws_read(b->arena, cn_buf_slice(&text), &jws, &err));
    assert_string_equal(err.id, "jws.header");
}

static void no_memory_is_a_limit(void **state) {
    (void)state;
    size_t n = 1;
    for (bool done = false; !done; n++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_jws jws;
        cn_err err;
        cn_arena_fail_after(a, n);
        done = cn_jws_read(a, CN_S(A2_HEADER "." A2_PAYLOAD "." A2_SIGNATURE), &jws, &err);
        if (!done) assert_string_equal(err.id, "memory.limit");
    }
    assert_true(n > 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_example_of_the_rfc_is_good, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(what_was_changed_is_not_good, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(an_algorithm_takes_one_kind_of_key, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(every_curve_signs_and_checks, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(a_form_that_is_not_compact_is_refused, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(a_header_has_a_limit, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(no_memory_is_a_limit, bench_new, bench_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
