/* SPDX-License-Identifier: Apache-2.0
 *
 * Multikey: keys that the did:key specification and others publish, and texts that are none.
 */
#include "help.h"

static const struct vector {
    const char *text;
    cn_key_kind kind;
    const char *hex;
} vectors[] = {
    {"z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp", CN_KEY_ED25519,
     "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29"},
    {"zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169", CN_KEY_P256,
     "037f235830dd3defa722ef1aa249d6a0ddbba4f990b0817538933f573640653542"},
    {"z82Lm1MpAkeJcix9K8TMiLd5NMAhnwkjjCBeWHXyu3U4oT2MVJJKXkcVBgjGhnLBn2Kaau9", CN_KEY_P384,
     "0394" /* x is 9489d3c6…, y is odd */},
    {"z2J9gaYxrKVpdoG9A4gRnmpnRCcxU6agDtFVVBVdn1JedouoZN7SzcyREXXzWgt3gGiwpoHq7K68X4m32D8HgzG8wv3sY5j7",
     CN_KEY_P521,
     "020125073ccca272143441b1d9f687cdc7f978cbb96e9dc9f97de28ba373a92769d26d9a02ee67dfa258f9bb2eece8a48a5c59a7356c"
     "46278d883ab8d9e3baaac2ac92"},
};

static void published(void **state) {
    world *w = *state;
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        cn_public_key key;
        cn_slice text = cn_slice_of(vectors[i].text), start = from_hex(w, vectors[i].hex);
        assert_true(cn_multikey_read(w->a, text, &key, &w->err));
        assert_int_equal(key.kind, vectors[i].kind);
        assert_true(cn_slice_starts(key.bytes, start));
        cn_buf b = cn_buf_on(w->a, 0);
        assert_true(cn_multikey_write(&b, &key, &w->err));
        assert_slice(cn_buf_slice(&b), text);
    }
}

/* The bytes as a multikey would write them. */
static cn_slice text_of(world *w, const char *hex) {
    cn_buf b = cn_buf_on(w->a, 0);
    cn_buf_byte(&b, 'z');
    cn_base58_write(&b, from_hex(w, hex));
    return cn_buf_slice(&b);
}

#define KEY32 "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29"

static void none(void **state) {
    world *w = *state;
    cn_slice texts[] = {CN_S(""),
                        CN_S("z"),
                        CN_S("u7QE7aie8zrakLWKjqNAqbw1zZTIVdx3iQ6Y6wEihi1naKQ"),
                        CN_S("6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"),
                        CN_S("z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooW0"),
                        CN_S("z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp "),
                        text_of(w, "ed01"),
                        text_of(w, "ed"),
                        text_of(w, "ed01" KEY32 "00"),
                        text_of(w, "ed8100" KEY32), /* a varint longer than it need be */
                        text_of(w, "ffffffffffffffffff01" KEY32),
                        text_of(w, "802402"),
                        text_of(w, "802404" KEY32),  /* neither 2 nor 3: no compressed point */
                        text_of(w, "802400" KEY32)}; /* the point at infinity has no key's length, nor this */
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        cn_public_key key;
        assert_error(w, cn_multikey_read(w->a, texts[i], &key, &w->err), CN_INVALID, "key.multikey");
    }
}

static void other_kinds(void **state) {
    world *w = *state;
    cn_public_key key;
    cn_private_key secret;
    assert_error(w, cn_multikey_read(w->a, text_of(w, "ec01" KEY32), &key, &w->err), CN_UNSUPPORTED, "key.kind");
    assert_non_null(strstr(w->err.detail, "0xec"));
    assert_error(w, cn_multikey_read(w->a, text_of(w, "8026" KEY32), &key, &w->err), CN_UNSUPPORTED, "key.kind");
    assert_error(w, cn_secret_multikey_read(w->a, text_of(w, "ed01" KEY32), &secret, &w->err), CN_UNSUPPORTED,
                 "key.kind");
    key = (cn_public_key){.kind = CN_KEY_RSA};
    cn_buf b = cn_buf_on(w->a, 0);
    assert_error(w, cn_multikey_write(&b, &key, &w->err), CN_UNSUPPORTED, "key.kind");
    assert_int_equal(b.n, 0);
}

static void too_long(void **state) {
    world *w = *state;
    char *text = cn_arena_alloc(w->a, 2000);
    assert_non_null(text);
    memset(text, 'z', 2000);
    cn_public_key key;
    assert_false(cn_multikey_read(w->a, cn_slice_bytes(text, 2000), &key, &w->err));
    assert_int_equal(w->err.code, CN_LIMIT);
}

/* The key pairs with which the examples of the W3C cryptosuites are signed (EdDSA, B.1; ECDSA, A.1 and A.4). */
static const struct pair {
    const char *secret, *public;
} pairs[] = {
    {"z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq", "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"},
    {"z42twTcNeSYcnqg1FLuSFs2bsGH3ZqbRHFmvS9XMsYhjxvHN", "zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP"},
    {"z42tqvNGyzyXRzotAYn43UhcFtzDUVdxJ7461fwrfhBPLmfY", "zDnaeTHfhmSaQKBc7CmdL3K7oYg3D6SC7yowe2eBeVd2DH32r"},
    {"z2fanyY7zgwNpZGxX5fXXibvScNaUWNprHU9dKx7qpVj7mws9J8LLt4mDB5TyH2GLHWkUc",
     "z82LkuBieyGShVBhvtE2zoiD6Kma4tJGFtkAhxR5pfkp5QPw4LutoYWhvQCnGjdVn14kujQ"},
};

static void secrets(void **state) {
    world *w = *state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        cn_private_key key;
        cn_public_key public;
        cn_buf b = cn_buf_on(w->a, 0);
        assert_true(cn_secret_multikey_read(w->a, cn_slice_of(pairs[i].secret), &key, &w->err));
        assert_true(cn_key_public(w->c, w->a, &key, &public, &w->err));
        assert_true(cn_multikey_write(&b, &public, &w->err));
        assert_slice(cn_buf_slice(&b), cn_slice_of(pairs[i].public));
        cn_buf_clear(&b);
        assert_true(cn_secret_multikey_write(&b, &key, &w->err));
        assert_slice(cn_buf_slice(&b), cn_slice_of(pairs[i].secret));
    }
    cn_private_key key;
    assert_error(w, cn_secret_multikey_read(w->a, text_of(w, "8626" KEY32 "00"), &key, &w->err), CN_INVALID,
                 "key.multikey");
}

static void no_memory(void **state) {
    world *w = *state;
    bool done = false;
    for (size_t n = 1; !done; n++) {
        cn_public_key key;
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_arena_fail_after(a, n);
        done = cn_multikey_read(a, cn_slice_of(vectors[0].text), &key, &w->err);
        if (!done) assert_int_equal(w->err.code, CN_LIMIT);
        else assert_true(n > 1);
    }
    cn_public_key key = {.kind = CN_KEY_ED25519, .bytes = from_hex(w, KEY32)};
    cn_buf b = cn_buf_on(w->a, 10);
    assert_error(w, cn_multikey_write(&b, &key, &w->err), CN_LIMIT, "memory.limit");
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(published), TEST(none),    TEST(other_kinds),
                                       TEST(too_long),  TEST(secrets), TEST(no_memory)};
    return cmocka_run_group_tests_name("crypto/multikey", tests, NULL, NULL);
}
