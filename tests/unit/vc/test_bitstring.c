/* SPDX-License-Identifier: Apache-2.0
 *
 * src/vc/bitstring.c: texts that hold bits and texts that do not, and which bit is which.
 */
#include <libdeflate.h>

#include "bench.h"
#include "vc/internal.h"

#include "base/base.h"

static cn_slice gzip_of(cn_arena *a, cn_slice bits) {
    struct libdeflate_compressor *c = libdeflate_alloc_compressor(9);
    assert_non_null(c);
    size_t room = libdeflate_gzip_compress_bound(c, bits.n);
    char *out = cn_arena_alloc(a, room);
    assert_non_null(out);
    size_t n = libdeflate_gzip_compress(c, bits.p, bits.n, out, room);
    libdeflate_free_compressor(c);
    return (cn_slice){out, n};
}

static cn_slice text_of(cn_arena *a, const char *prefix, cn_slice gzip, const char *after) {
    cn_buf b = cn_buf_on(a, 0);
    cn_buf_add(&b, cn_slice_of(prefix));
    cn_base64_write(&b, CN_BASE64_URL, gzip);
    cn_buf_add(&b, cn_slice_of(after));
    return cn_buf_slice(&b);
}

static void what_was_compressed_comes_back(void **state) {
    (void)state;
    static const struct {
        const char *prefix, *after;
        bool prefixed;
    } ways[] = {{"u", "", true}, {"u", "", false}, {"", "", false}, {"", "==", false}};
    const cn_slice bits = CN_S("\x80\x00\x01 the bits \xff");
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        CN_ARENA_AUTO cn_arena *a = cn_arena_new(0);
        cn_slice text = text_of(a, ways[i].prefix, gzip_of(a, bits), ways[i].after), got;
        cn_err err;
        assert_true(cn_bitstring_read(a, text, ways[i].prefixed, bits.n, &got, &err));
        assert_true(cn_slice_eq(got, bits));
    }
}

static void expect(cn_slice text, bool prefixed, size_t max, const char *id) {
    CN_ARENA_AUTO cn_arena *a = cn_arena_new(0);
    cn_slice got;
    cn_err err;
    assert_false(cn_bitstring_read(a, text, prefixed, max, &got, &err));
    assert_string_equal(err.id, id);
}

static void what_is_no_list_is_refused(void **state) {
    (void)state;
    CN_ARENA_AUTO cn_arena *a = cn_arena_new(0);
    cn_slice gzip = gzip_of(a, CN_S("\x80\x00\x01 the bits \xff")), changed, lying;
    assert_true(cn_arena_copy(a, gzip, &changed) && cn_arena_copy(a, gzip, &lying));
    ((char *)(uintptr_t)changed.p)[gzip.n - 5] ^= 1; /* the check sum */
    ((char *)(uintptr_t)lying.p)[gzip.n - 4] ^= 1;   /* the size */
    expect(text_of(a, "", gzip, ""), true, 100, "bitstring.prefix");
    expect(text_of(a, "z", gzip, ""), true, 100, "bitstring.prefix");
    expect(CN_S(""), true, 100, "bitstring.prefix");
    expect(text_of(a, "u", gzip, "=="), true, 100, "bitstring.base64");
    expect(text_of(a, "u", gzip, " "), false, 100, "bitstring.base64");
    expect(CN_S("u"), true, 100, "bitstring.empty");
    expect(CN_S(""), false, 100, "bitstring.empty");
    expect(text_of(a, "u", gzip_of(a, CN_S("")), ""), true, 100, "bitstring.empty");
    expect(text_of(a, "u", cn_slice_sub(gzip, 0, 17), ""), true, 100, "bitstring.empty");
    expect(text_of(a, "u", changed, ""), true, 100, "bitstring.damaged");
    expect(text_of(a, "u", lying, ""), true, 100, "bitstring.damaged");
    expect(text_of(a, "u", gzip, ""), true, 13, "bitstring.size");
}

static void the_first_bit_is_the_leftmost(void **state) {
    (void)state;
    const cn_slice bits = CN_S("\x80\x01\x00\xb0\xff\xff\xff\xff\xff\xff\xff\xff");
    static const struct {
        uint64_t first, count, value;
    } cases[] = {{0, 1, 1}, {1, 14, 0}, {1, 15, 1}, {15, 1, 1},      {16, 8, 0},           {24, 0, 0},
                 {0, 0, 0}, {24, 2, 2}, {26, 3, 6}, {0, 16, 0x8001}, {32, 64, UINT64_MAX}, {96, 0, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(cn_bitstring_value(bits, cases[i].first, cases[i].count), cases[i].value);
}

static void no_memory_is_a_limit(void **state) {
    (void)state;
    CN_ARENA_AUTO cn_arena *made = cn_arena_new(0);
    cn_slice text = text_of(made, "u", gzip_of(made, CN_S("bits")), ""), got;
    for (size_t n = 1; n <= 2; n++) {
        CN_ARENA_AUTO cn_arena *a = cn_arena_new(0);
        cn_err err;
        cn_arena_fail_after(a, n);
        assert_false(cn_bitstring_read(a, text, true, 100, &got, &err));
        assert_string_equal(err.id, "memory.limit");
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_compressed_comes_back),
        cmocka_unit_test(what_is_no_list_is_refused),
        cmocka_unit_test(the_first_bit_is_the_leftmost),
        cmocka_unit_test(no_memory_is_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
