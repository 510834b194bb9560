/* SPDX-License-Identifier: Apache-2.0
 *
 * Hashes against the examples of FIPS 180-4; comparing without a clock's help.
 */
#include "help.h"

static void assert_hash(world *w, cn_hash kind, cn_slice data, const char *hex) {
    cn_digest d = cn_hash_of(w->c, kind, data);
    assert_slice(cn_digest_slice(&d), from_hex(w, hex));
}

static void examples(void **state) {
    world *w = *state;
    assert_hash(w, CN_SHA256, CN_S("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_hash(
        w, CN_SHA384, CN_S("abc"),
        "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7");
    assert_hash(w, CN_SHA512, CN_S("abc"),
                "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
}

static void nothing(void **state) {
    world *w = *state;
    const char *empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_hash(w, CN_SHA256, CN_S(""), empty);
    assert_hash(w, CN_SHA256, (cn_slice){NULL, 0}, empty);
}

static void a_million_letters(void **state) {
    world *w = *state;
    char *text = cn_arena_alloc(w->a, 1000000);
    assert_non_null(text);
    memset(text, 'a', 1000000);
    assert_hash(w, CN_SHA256, cn_slice_bytes(text, 1000000),
                "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

/* RFC 4231, 4.3 and 4.7: a short key, and one longer than a block. */
static void hmac(void **state) {
    world *w = *state;
    cn_digest d = cn_hmac_sha256(CN_S("Jefe"), CN_S("what do ya want for nothing?"));
    assert_slice(cn_digest_slice(&d),
                 from_hex(w, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
    char key[131];
    memset(key, 0xaa, sizeof key);
    d = cn_hmac_sha256(cn_slice_bytes(key, sizeof key),
                       CN_S("Test Using Larger Than Block-Size Key - Hash Key First"));
    assert_slice(cn_digest_slice(&d),
                 from_hex(w, "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"));
}

static void equal_secrets(void **state) {
    (void)state;
    assert_true(cn_equal_secret(CN_S("key"), CN_S("key")));
    assert_true(cn_equal_secret(CN_S(""), (cn_slice){NULL, 0}));
    assert_false(cn_equal_secret(CN_S("key"), CN_S("kez")));
    assert_false(cn_equal_secret(CN_S("key"), CN_S("keys")));
}

/* Two at a time, one freed before the other; and NULL. */
static void lives(void **state) {
    world *w = *state;
    cn_crypto *other CN_CRYPTO_AUTO = NULL;
    assert_true(cn_crypto_new(&other, &w->err));
    cn_digest x = cn_hash_of(other, CN_SHA512, CN_S("x")), y = cn_hash_of(w->c, CN_SHA512, CN_S("x"));
    assert_true(cn_equal_secret(cn_digest_slice(&x), cn_digest_slice(&y)));
    cn_crypto_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(examples), TEST(nothing),       TEST(a_million_letters),
                                       TEST(hmac),     TEST(equal_secrets), TEST(lives)};
    return cmocka_run_group_tests_name("crypto/hash", tests, NULL, NULL);
}
