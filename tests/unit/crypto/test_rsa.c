/* SPDX-License-Identifier: Apache-2.0
 *
 * RSASSA-PKCS1-v1_5: the example of RFC 7515, appendix A.2, and keys that are refused.
 */
#include "help.h"
#include "vectors.h"

static cn_slice from_base64(world *w, const char *text) {
    cn_slice out;
    assert_true(cn_base64_read(w->a, CN_BASE64_URL, cn_slice_of(text), &out, &w->err));
    return out;
}

static cn_public_key rsa_key(world *w) {
    return (cn_public_key){
        .kind = CN_KEY_RSA, .bytes = from_base64(w, RFC7515_N), .exponent = CN_S("\x01\x00\x01")};
}

static void rfc7515(void **state) {
    world *w = *state;
    cn_public_key key = rsa_key(w);
    cn_slice message = CN_S("eyJhbGciOiJSUzI1NiJ9." RFC7515_PAYLOAD);
    cn_slice signature = from_base64(w, RFC7515_RSA_SIGNATURE);
    assert_signature(w, &key, CN_SHA256, message, signature);
    assert_false(is_valid(w, &key, CN_SHA384, message, signature));
    assert_false(is_valid(w, &key, CN_SHA512, message, signature));
}

/* What takes the number for the bytes would take the signature with a zero before it, or one above the modulus. */
static void one_form_only(void **state) {
    world *w = *state;
    cn_public_key key = rsa_key(w);
    cn_slice message = CN_S("eyJhbGciOiJSUzI1NiJ9." RFC7515_PAYLOAD);
    char *longer = cn_arena_alloc(w->a, 257);
    assert_non_null(longer);
    memcpy(longer + 1, from_base64(w, RFC7515_RSA_SIGNATURE).p, 256);
    assert_false(is_valid(w, &key, CN_SHA256, message, cn_slice_bytes(longer, 257)));
    memset(longer, 0, 257);
    assert_false(is_valid(w, &key, CN_SHA256, message, cn_slice_bytes(longer, 256)));
    memset(longer, 0xff, 257);
    assert_false(is_valid(w, &key, CN_SHA256, message, cn_slice_bytes(longer, 256)));
    assert_false(is_valid(w, &key, CN_SHA256, message, key.bytes));
}

static void assert_refused(world *w, cn_slice n, cn_slice e, cn_code code, const char *id) {
    cn_public_key key = {.kind = CN_KEY_RSA, .bytes = n, .exponent = e};
    bool valid;
    cn_slice signature = from_base64(w, RFC7515_RSA_SIGNATURE);
    assert_error(w, cn_signature_check(w->c, &key, CN_SHA256, CN_S(""), signature, &valid, &w->err), code, id);
}

static void exponents(void **state) {
    world *w = *state;
    cn_slice n = rsa_key(w).bytes;
    static const cn_slice bad[] = {CN_S_INIT(""),     CN_S_INIT("\0"),           CN_S_INIT("\x01"),
                                   CN_S_INIT("\x02"), CN_S_INIT("\x01\x00\x00"), CN_S_INIT("\x00\x01\x00\x01")};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_refused(w, n, bad[i], CN_INVALID, "key.rsa");
    assert_refused(w, n, CN_S("\x01\x01\x01\x01\x01\x01\x01\x01\x01"), CN_LIMIT, "key.size");
    assert_refused(w, n, n, CN_LIMIT, "key.size");
    cn_public_key key = {.kind = CN_KEY_RSA, .bytes = n, .exponent = CN_S("\x03")};
    assert_false(is_valid(w, &key, CN_SHA256, CN_S(""), from_base64(w, RFC7515_RSA_SIGNATURE)));
    key.exponent = CN_S("\xff\xff\xff\xff\xff\xff\xff\xff"); /* 64 bits can be */
    assert_false(is_valid(w, &key, CN_SHA256, CN_S(""), from_base64(w, RFC7515_RSA_SIGNATURE)));
}

static void moduli(void **state) {
    world *w = *state;
    cn_slice e = CN_S("\x01\x00\x01");
    char *n = cn_arena_alloc(w->a, 1025);
    assert_non_null(n);
    memset(n, 0xff, 1025);
    assert_refused(w, cn_slice_bytes(n, 0), e, CN_INVALID, "key.rsa");
    assert_refused(w, cn_slice_bytes(n, 128), e, CN_LIMIT, "key.size");
    assert_refused(w, cn_slice_bytes(n, 255), e, CN_LIMIT, "key.size");
    assert_refused(w, cn_slice_bytes(n, 1025), e, CN_LIMIT, "key.size");
    cn_public_key largest = {.kind = CN_KEY_RSA, .bytes = cn_slice_bytes(n, 1024), .exponent = e};
    assert_false(is_valid(w, &largest, CN_SHA256, CN_S(""), cn_slice_bytes(n + 1, 1024)));
    n[0] = 0x7f; /* 2,047 bits */
    assert_refused(w, cn_slice_bytes(n, 256), e, CN_LIMIT, "key.size");
    n[0] = 0;
    assert_refused(w, cn_slice_bytes(n, 257), e, CN_INVALID, "key.rsa");
    n[0] = (char)0xff, n[255] = (char)0xfe;
    assert_refused(w, cn_slice_bytes(n, 256), e, CN_INVALID, "key.rsa");
}

static void never_signs(void **state) {
    world *w = *state;
    cn_private_key key = {.kind = CN_KEY_RSA};
    cn_public_key public;
    cn_slice signature;
    assert_error(w, cn_sign(w->c, w->a, &key, CN_SHA256, CN_S(""), &signature, &w->err), CN_UNSUPPORTED,
                 "key.kind");
    assert_error(w, cn_key_public(w->c, w->a, &key, &public, &w->err), CN_UNSUPPORTED, "key.kind");
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(rfc7515), TEST(one_form_only), TEST(exponents), TEST(moduli),
                                       TEST(never_signs)};
    return cmocka_run_group_tests_name("crypto/rsa", tests, NULL, NULL);
}
