/* SPDX-License-Identifier: Apache-2.0
 *
 * Slices: comparing, cutting, decimal numbers, and the hash against its paper.
 */
#include "../check.h"

static int sign(int v) {
    return (v > 0) - (v < 0);
}

static void test_equality_and_order(void **state) {
    (void)state;
    assert_true(cn_slice_eq((cn_slice){0}, CN_S("")));
    assert_true(cn_slice_eq(CN_S("a\0b"), CN_S("a\0b")));
    assert_false(cn_slice_eq(CN_S("a\0b"), CN_S("a\0c")));
    assert_int_equal(cn_slice_cmp((cn_slice){0}, CN_S("")), 0);
    assert_int_equal(sign(cn_slice_cmp(CN_S("a"), CN_S("ab"))), -1);
    assert_int_equal(sign(cn_slice_cmp(CN_S("b"), CN_S("ab"))), 1);
    assert_int_equal(sign(cn_slice_cmp(CN_S("\xff"), CN_S("a"))), 1);
    assert_int_equal(sign(cn_slice_cmp(CN_S(""), CN_S("\0"))), -1);
    assert_true(cn_slice_eq_nocase(CN_S("Content-TYPE"), CN_S("content-type")));
    assert_false(cn_slice_eq_nocase(CN_S("@"), CN_S("`")));
    assert_false(cn_slice_eq_nocase(CN_S("É"), CN_S("é")));
    assert_false(cn_slice_eq_nocase(CN_S("a"), CN_S("aa")));
    assert_int_equal(cn_slice_of(NULL).n, 0);
    assert_int_equal(cn_slice_of("abc").n, 3);
}

static void test_prefix_suffix_and_parts(void **state) {
    (void)state;
    cn_slice s = CN_S("abcdef");
    assert_true(cn_slice_starts(s, CN_S("")));
    assert_true(cn_slice_starts(s, s));
    assert_false(cn_slice_starts(s, CN_S("abcdefg")));
    assert_true(cn_slice_ends(s, CN_S("ef")));
    assert_false(cn_slice_ends(s, CN_S("de")));
    assert_true(cn_slice_ends(s, (cn_slice){0}));
    check_text(cn_slice_sub(s, 1, 3), "bc");
    check_text(cn_slice_sub(s, 4, 99), "ef");
    check_text(cn_slice_sub(s, 5, 2), "");
    check_text(cn_slice_sub(s, 99, SIZE_MAX), "");
    check_text(cn_slice_from(s, 5), "f");
    check_text(cn_slice_from(s, 7), "");
    assert_int_equal(cn_slice_sub((cn_slice){0}, 1, 2).n, 0);
}

static void test_finding(void **state) {
    (void)state;
    cn_slice s = CN_S("a\0bab");
    assert_int_equal(cn_slice_find(s, CN_S("ab")), 3);
    assert_int_equal(cn_slice_find(s, CN_S("\0b")), 1);
    assert_int_equal(cn_slice_find(s, CN_S("")), 0);
    assert_true(cn_slice_find(s, CN_S("ba\0")) == SIZE_MAX);
    assert_true(cn_slice_find((cn_slice){0}, CN_S("a")) == SIZE_MAX);
    assert_int_equal(cn_slice_find_byte(s, '\0'), 1);
    assert_true(cn_slice_find_byte(s, 'z') == SIZE_MAX);
    assert_true(cn_slice_find_byte((cn_slice){0}, 'z') == SIZE_MAX);
}

static void test_cutting(void **state) {
    (void)state;
    cn_slice head, tail;
    assert_true(cn_slice_cut(CN_S("a=b=c"), '=', &head, &tail));
    check_text(head, "a");
    check_text(tail, "b=c");
    assert_true(cn_slice_cut(CN_S("="), '=', &head, &tail));
    check_text(head, "");
    check_text(tail, "");
    assert_false(cn_slice_cut(CN_S("abc"), '=', &head, &tail));
    check_text(head, "abc");
    check_text(tail, "");
    assert_false(cn_slice_cut((cn_slice){0}, '=', &head, &tail));
    check_text(head, "");
    cn_slice same = CN_S("x,y");
    assert_true(cn_slice_cut(same, ',', &same, &tail));
    check_text(same, "x");
    check_text(tail, "y");
}

static void test_trimming(void **state) {
    (void)state;
    check_text(cn_slice_trim(CN_S(" \t\r\n\v\fa b \n")), "a b");
    check_text(cn_slice_trim(CN_S(" \n ")), "");
    check_text(cn_slice_trim(CN_S("")), "");
    check_text(cn_slice_trim(CN_S("\0 ")), "\0");
}

static void test_decimal(void **state) {
    (void)state;
    uint64_t v = 7;
    assert_true(cn_slice_to_u64(CN_S("0"), 0, &v));
    assert_int_equal(v, 0);
    assert_true(cn_slice_to_u64(CN_S("007"), 7, &v));
    assert_int_equal(v, 7);
    assert_true(cn_slice_to_u64(CN_S("18446744073709551615"), UINT64_MAX, &v));
    assert_true(v == UINT64_MAX);
    assert_false(cn_slice_to_u64(CN_S("18446744073709551616"), UINT64_MAX, &v));
    assert_false(cn_slice_to_u64(CN_S("99999999999999999999999"), UINT64_MAX, &v));
    assert_true(cn_slice_to_u64(CN_S("131072"), 131072, &v));
    assert_false(cn_slice_to_u64(CN_S("131073"), 131072, &v));
    assert_false(cn_slice_to_u64(CN_S("5"), 4, &v));
    const cn_slice bad[] = {CN_S(""), CN_S("-1"), CN_S("+1"), CN_S(" 1"), CN_S("1 "), CN_S("1.0"), CN_S("1\0")};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_false(cn_slice_to_u64(bad[i], 100, &v));
    assert_int_equal(v, 131072);
}

/* No two of many short and similar inputs share a value, nor do lengths hide in zero bytes. */
static void test_hash_tells_apart(void **state) {
    (void)state;
    const char zeros[64] = {0};
    uint64_t seen[64];
    for (size_t n = 0; n < 64; n++) {
        seen[n] = cn_slice_hash(cn_slice_bytes(zeros, n));
        for (size_t i = 0; i < n; i++) assert_true(seen[i] != seen[n]);
    }
    char text[33] = "abcdefghijklmnopqrstuvwxyz012345";
    uint64_t whole = cn_slice_hash(cn_slice_bytes(text, 32));
    for (size_t i = 0; i < 32; i++) {
        text[i] ^= 1;
        assert_true(cn_slice_hash(cn_slice_bytes(text, 32)) != whole);
        text[i] ^= 1;
    }
    assert_true(cn_slice_hash(cn_slice_bytes(text, 32)) == whole);
}

/* A plain SipHash-2-4 straight from the paper, on the fixed key, byte by byte. */
static uint64_t sip_plain(const uint8_t *in, size_t n) {
    uint64_t k[2] = {0x436169726e206973, 0x206120737461636b};
    uint64_t v[4] = {k[0] ^ 0x736f6d6570736575, k[1] ^ 0x646f72616e646f6d, k[0] ^ 0x6c7967656e657261,
                     k[1] ^ 0x7465646279746573};
    for (size_t word = 0; word <= n / 8 + 1; word++) {
        uint64_t m = word == n / 8 ? (uint64_t)n << 56 : 0;
        for (size_t i = word * 8; i < n && i < word * 8 + 8; i++) m |= (uint64_t)in[i] << (i % 8 * 8);
        bool last = word == n / 8 + 1;
        if (last) v[2] ^= 0xff;
        else v[3] ^= m;
        for (int round = 0; round < (last ? 4 : 2); round++) {
            v[0] += v[1], v[1] = v[1] << 13 | v[1] >> 51, v[1] ^= v[0], v[0] = v[0] << 32 | v[0] >> 32;
            v[2] += v[3], v[3] = v[3] << 16 | v[3] >> 48, v[3] ^= v[2];
            v[0] += v[3], v[3] = v[3] << 21 | v[3] >> 43, v[3] ^= v[0];
            v[2] += v[1], v[1] = v[1] << 17 | v[1] >> 47, v[1] ^= v[2], v[2] = v[2] << 32 | v[2] >> 32;
        }
        if (!last) v[0] ^= m;
    }
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

static void test_hash_is_siphash(void **state) {
    (void)state;
    uint8_t in[64];
    for (size_t i = 0; i < sizeof in; i++) in[i] = (uint8_t)(i * 37 + 129);
    for (size_t n = 0; n <= sizeof in; n++) assert_true(cn_slice_hash(cn_slice_bytes(in, n)) == sip_plain(in, n));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_equality_and_order),
        cmocka_unit_test(test_prefix_suffix_and_parts),
        cmocka_unit_test(test_finding),
        cmocka_unit_test(test_cutting),
        cmocka_unit_test(test_trimming),
        cmocka_unit_test(test_decimal),
        cmocka_unit_test(test_hash_tells_apart),
        cmocka_unit_test(test_hash_is_siphash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
