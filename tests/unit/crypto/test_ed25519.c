/* SPDX-License-Identifier: Apache-2.0
 *
 * Ed25519: the vectors of RFC 8032, section 7.1, and keys and signatures no verifier should take.
 */
#include "help.h"

static const struct vector {
    const char *seed, *public, *message, *signature;
} vectors[] = {
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
     "d25bf5f0595bbe24655141438e7a100b"},
    {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
     "387b2eaeb4302aeeb00d291612bb0c00"},
    {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
     "4a7c15e9716ed28dc027beceea1ec40a"},
};

static void rfc8032(void **state) {
    world *w = *state;
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        cn_private_key key = {.kind = CN_KEY_ED25519, .n = 32};
        memcpy(key.bytes, from_hex(w, vectors[i].seed).p, 32);
        cn_public_key public;
        cn_slice signature, message = from_hex(w, vectors[i].message);
        assert_true(cn_key_public(w->c, w->a, &key, &public, &w->err));
        assert_slice(public.bytes, from_hex(w, vectors[i].public));
        assert_true(cn_sign(w->c, w->a, &key, CN_SHA256, message, &signature, &w->err));
        assert_slice(signature, from_hex(w, vectors[i].signature));
        cn_private_key_pair(&key);
        assert_true(key.paired);
        assert_true(cn_key_public(w->c, w->a, &key, &public, &w->err));
        assert_slice(public.bytes, from_hex(w, vectors[i].public));
        assert_true(cn_sign(w->c, w->a, &key, CN_SHA256, message, &signature, &w->err));
        assert_slice(signature, from_hex(w, vectors[i].signature));
        assert_signature(w, &public, CN_SHA512, message, signature); /* the hash is not used */
    }
}

static cn_public_key key_of(world *w, const char *hex) {
    return (cn_public_key){.kind = CN_KEY_ED25519, .bytes = from_hex(w, hex)};
}

/* With a key of small order one signature is good for every message. */
static void small_order(void **state) {
    world *w = *state;
    static const char *const keys[] = {
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    };
    uint8_t signature[64] = {1}; /* R is the neutral point, S is 0 */
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        cn_public_key key = key_of(w, keys[i]);
        assert_false(is_valid(w, &key, CN_SHA256, CN_S("any"), cn_slice_bytes(signature, 64)));
    }
}

/* S and S + L would both be good if S were not compared with the order L. */
static void malleable(void **state) {
    world *w = *state;
    static const uint8_t order[32] = {0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58,       0xd6,
                                      0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, [31] = 0x10};
    cn_public_key key = key_of(w, vectors[0].public);
    uint8_t signature[64];
    memcpy(signature, from_hex(w, vectors[0].signature).p, 64);
    assert_true(is_valid(w, &key, CN_SHA256, CN_S(""), cn_slice_bytes(signature, 64)));
    for (unsigned i = 0, carry = 0; i < 32; i++) {
        carry += (unsigned)signature[32 + i] + order[i];
        signature[32 + i] = (uint8_t)carry;
        carry >>= 8;
    }
    assert_false(is_valid(w, &key, CN_SHA256, CN_S(""), cn_slice_bytes(signature, 64)));
}

static void wrong_lengths(void **state) {
    world *w = *state;
    bool valid;
    cn_public_key public = {.kind = CN_KEY_ED25519, .bytes = CN_S("short")};
    assert_error(w, cn_signature_check(w->c, &public, CN_SHA256, CN_S(""), CN_S(""), &valid, &w->err), CN_INVALID,
                 "key.public");
    public.bytes = (cn_slice){NULL, 0};
    assert_error(w, cn_signature_check(w->c, &public, CN_SHA256, CN_S(""), CN_S(""), &valid, &w->err), CN_INVALID,
                 "key.public");
    cn_private_key key = {.kind = CN_KEY_ED25519, .n = 31};
    cn_slice signature;
    assert_error(w, cn_sign(w->c, w->a, &key, CN_SHA256, CN_S(""), &signature, &w->err), CN_INVALID,
                 "key.private");
    assert_error(w, cn_key_public(w->c, w->a, &key, &public, &w->err), CN_INVALID, "key.private");
}

static bool count_up(void *self, uint8_t *out, size_t n) {
    uint8_t *next = self;
    for (size_t i = 0; i < n; i++) out[i] = (*next)++;
    return true;
}

static bool refuse(void *self, uint8_t *out, size_t n) {
    (void)self, (void)out, (void)n;
    return false;
}

static void new_keys(void **state) {
    world *w = *state;
    uint8_t next = 0;
    cn_random random = {&next, count_up}, none = {NULL, refuse};
    cn_private_key key;
    assert_true(cn_key_new(CN_KEY_ED25519, &random, &key, &w->err));
    assert_slice(cn_slice_bytes(key.bytes, key.n),
                 from_hex(w, "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));
    assert_error(w, cn_key_new(CN_KEY_ED25519, &none, &key, &w->err), CN_INTERNAL, "crypto.random");
    assert_error(w, cn_key_new(CN_KEY_RSA, &random, &key, &w->err), CN_UNSUPPORTED, "key.kind");
    for (cn_key_kind kind = CN_KEY_P256; kind <= CN_KEY_P521; kind++) {
        cn_public_key public;
        next = 0;
        assert_true(cn_key_new(kind, &random, &key, &w->err));
        assert_int_equal(key.bytes[1], 1);
        assert_true(cn_key_public(w->c, w->a, &key, &public, &w->err));
        assert_error(w, cn_key_new(kind, &none, &key, &w->err), CN_INTERNAL, "crypto.random");
    }
    cn_private_key_wipe(&key);
    static const uint8_t zero[66];
    assert_memory_equal(key.bytes, zero, sizeof zero);
    cn_private_key_wipe(NULL);
}

static void no_memory(void **state) {
    world *w = *state;
    cn_private_key key = {.kind = CN_KEY_ED25519, .n = 32};
    cn_slice signature;
    cn_public_key public;
    cn_arena_fail_after(w->a, 1);
    assert_error(w, cn_sign(w->c, w->a, &key, CN_SHA256, CN_S(""), &signature, &w->err), CN_LIMIT, "memory.limit");
    assert_error(w, cn_key_public(w->c, w->a, &key, &public, &w->err), CN_LIMIT, "memory.limit");
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(rfc8032),       TEST(small_order), TEST(malleable),
                                       TEST(wrong_lengths), TEST(new_keys),    TEST(no_memory)};
    return cmocka_run_group_tests_name("crypto/ed25519", tests, NULL, NULL);
}
