/* SPDX-License-Identifier: Apache-2.0 */
#include "../check.h"
#include "bench.h"

#include "vc/bake.h"

#define JSON "{\"name\":\"\xc3\x89t\xc3\xa9\"}"
#define JWS "eyJhbGciOiJFZERTQSJ9.e30.c2ln"
#define KEYWORD "openbadgecredential"
#define ITXT KEYWORD "\0\0\0\0\0"

/* CRC-32 of PNG, annex D, bit by bit: not the one under test. */
static uint32_t crc_of(const char *p, size_t n) {
    uint32_t crc = 0xffffffffu;
    for (size_t i = 0; i < n; i++) {
        crc ^= (uint8_t)p[i];
        for (int bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320u ^ (crc >> 1) : crc >> 1;
    }
    return ~crc;
}

static void add_u32(cn_buf *b, uint32_t v) {
    for (int shift = 24; shift >= 0; shift -= 8) cn_buf_byte(b, (char)(uint8_t)(v >> shift));
}

static void add_chunk(cn_buf *b, const char *name, cn_slice data) {
    add_u32(b, (uint32_t)data.n);
    size_t start = b->n;
    cn_buf_add(b, cn_slice_of(name));
    cn_buf_add(b, data);
    add_u32(b, crc_of(b->p + start, b->n - start));
}

/* The beginning of an image of one pixel, and its end. */
static cn_buf begin(cn_arena *a) {
    cn_buf b = cn_buf_on(a, 0);
    cn_buf_add(&b, CN_S("\x89PNG\r\n\x1a\n"));
    add_chunk(&b, "IHDR", CN_S("\0\0\0\1\0\0\0\1\x8\0\0\0\0"));
    return b;
}

static cn_slice end(cn_buf *b) {
    add_chunk(b, "IDAT", CN_S("x\x9c\x63\0\0\0\2\0\1"));
    add_chunk(b, "IEND", CN_S(""));
    assert_true(cn_buf_ok(b));
    return cn_buf_slice(b);
}

static cn_slice with_chunk(cn_arena *a, const char *name, cn_slice data) {
    cn_buf b = begin(a);
    add_chunk(&b, name, data);
    return end(&b);
}

static cn_slice plain(cn_arena *a) {
    cn_buf b = begin(a);
    return end(&b);
}

static void check_problem(cn_arena *a, cn_slice image, cn_code code, const char *id, const char *where) {
    cn_slice format, payload;
    cn_err err = {0};
    assert_false(cn_unbake(a, image, &format, &payload, &err));
    check_err(err, code, id);
    if (where) assert_string_equal(err.where, where);
}

static void what_is_baked_comes_out(void **state) {
    bench *b = *state;
    static const cn_slice payloads[] = {CN_S_INIT(JSON), CN_S_INIT(JWS)};
    for (size_t i = 0; i < 2; i++) {
        cn_slice image = plain(b->arena), baked, format, payload;
        cn_err err = {0};
        assert_true(cn_bake(b->arena, image, payloads[i], &baked, &err));
        assert_true(cn_unbake(b->arena, baked, &format, &payload, &err));
        check_text(format, "png");
        assert_true(cn_slice_eq(payload, payloads[i]));
        /* Nothing else has changed: our chunk stands before IEND, which takes 12 bytes. */
        assert_int_equal(baked.n, image.n + 12 + sizeof ITXT - 1 + payload.n);
        assert_memory_equal(baked.p, image.p, image.n - 12);
        assert_memory_equal(baked.p + baked.n - 12, image.p + image.n - 12, 12);
        assert_false(cn_bake(b->arena, baked, payloads[i], &baked, &err));
        check_err(err, CN_CONFLICT, "baked-already");
    }
}

/* The chunk that is written, checked by the CRC of this file. */
static void the_chunk_is_as_the_specification_says(void **state) {
    bench *b = *state;
    cn_slice baked;
    cn_buf want = cn_buf_on(b->arena, 0);
    cn_err err = {0};
    assert_true(cn_bake(b->arena, plain(b->arena), CN_S(" " JWS "\n"), &baked, &err));
    add_chunk(&want, "iTXt", CN_S(ITXT JWS));
    assert_int_not_equal(cn_slice_find(baked, cn_buf_slice(&want)), SIZE_MAX);
}

static void a_language_and_a_translation_are_passed_over(void **state) {
    bench *b = *state;
    cn_slice format, payload;
    cn_err err = {0};
    cn_slice image = with_chunk(b->arena, "iTXt", CN_S(KEYWORD "\0\0\0fr-CA\0Justificatif\0" JSON));
    assert_true(cn_unbake(b->arena, image, &format, &payload, &err));
    check_text(payload, JSON);
}

static void every_problem_has_its_word(void **state) {
    bench *b = *state;
    cn_arena *a = b->arena;
    check_problem(a, plain(a), CN_NOT_FOUND, "no-credential-in-image", NULL);
    check_problem(a, CN_S("\xff\xd8\xff\xe0"), CN_NOT_FOUND, "no-credential-in-image", NULL);
    check_problem(a, CN_S("hello"), CN_INVALID, "not-an-image", "byte 0");
    check_problem(a, CN_S(""), CN_INVALID, "not-an-image", "byte 0");
    check_problem(a, CN_S("\x89PNG\n\x1a\n"), CN_INVALID, "not-an-image", "byte 0");
    check_problem(a, with_chunk(a, "iTXt", CN_S(KEYWORD "\0\1\0\0\0x\x9c")), CN_UNSUPPORTED, "png-compressed-text",
                  "byte 33 (chunk iTXt)");
    check_problem(a, with_chunk(a, "zTXt", CN_S(KEYWORD "\0\0x\x9c")), CN_UNSUPPORTED, "png-compressed-text",
                  "byte 33 (chunk zTXt)");
    check_problem(a, with_chunk(a, "tEXt", CN_S(KEYWORD "\0" JWS)), CN_INVALID, "png-malformed-text", NULL);
    check_problem(a, with_chunk(a, "iTXt", CN_S(KEYWORD "\0\0\0\0")), CN_INVALID, "png-malformed-text", NULL);
    check_problem(a, with_chunk(a, "iTXt", CN_S(KEYWORD "\0")), CN_INVALID, "png-malformed-text", NULL);
    check_problem(a, with_chunk(a, "iTXt", CN_S(KEYWORD "\0\2\0\0\0{}")), CN_INVALID, "png-malformed-text", NULL);
    check_problem(a, with_chunk(a, "iTXt", CN_S("openbadges\0\1\0\0\0x")), CN_UNSUPPORTED, "open-badges-2",
                  "byte 33 (chunk iTXt)");
    check_problem(a, with_chunk(a, "zTXt", CN_S("openbadges\0\0x\x9c")), CN_UNSUPPORTED, "open-badges-2", NULL);
    check_problem(a, with_chunk(a, "iTXt", CN_S(KEYWORD "s\0\0\0\0\0{}")), CN_NOT_FOUND, "no-credential-in-image",
                  NULL);
}

static void an_older_badge_comes_out_too(void **state) {
    bench *b = *state;
    static const struct {
        const char *chunk;
        cn_slice data, payload;
    } rows[] = {
        {"iTXt", CN_S_INIT("openbadges\0\0\0\0\0{}"), CN_S_INIT("{}")},
        {"tEXt", CN_S_INIT("openbadges\0https://a.example/"), CN_S_INIT("https://a.example/")},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        cn_slice payload;
        cn_err err;
        assert_true(cn_unbake_png(b->arena, with_chunk(b->arena, rows[i].chunk, rows[i].data), &payload, &err));
        assert_true(cn_slice_eq(payload, rows[i].payload));
    }
}

static void two_credentials_are_none(void **state) {
    bench *b = *state;
    cn_buf image = begin(b->arena);
    add_chunk(&image, "iTXt", CN_S(ITXT JSON));
    add_chunk(&image, "iTXt", CN_S(ITXT JSON));
    check_problem(b->arena, end(&image), CN_INVALID, "png-two-credentials", "byte 85 (chunk iTXt)");
}

/* An older badge beside a new one does no harm. */
static void both_versions_at_once(void **state) {
    bench *b = *state;
    cn_slice format, payload;
    cn_err err = {0};
    cn_buf image = begin(b->arena);
    add_chunk(&image, "iTXt", CN_S("openbadges\0\0\0\0\0{}"));
    add_chunk(&image, "iTXt", CN_S(ITXT JSON));
    assert_true(cn_unbake(b->arena, end(&image), &format, &payload, &err));
    check_text(payload, JSON);
}

static void a_picture_without_its_header(void **state) {
    bench *b = *state;
    cn_buf image = cn_buf_on(b->arena, 0);
    cn_buf_add(&image, CN_S("\x89PNG\r\n\x1a\n"));
    check_problem(b->arena, end(&image), CN_INVALID, "not-an-image", "byte 8 (chunk IDAT)");
}

/* Cut anywhere, it is truncated; changed anywhere behind the signature, it is never read as it was. */
static void damage_is_found_everywhere(void **state) {
    bench *b = *state;
    cn_arena *a = b->arena;
    cn_slice baked, format, payload;
    cn_err err = {0};
    assert_true(cn_bake(a, plain(a), CN_S(JSON), &baked, &err));
    for (size_t n = 4; n < baked.n; n++)
        check_problem(a, cn_slice_sub(baked, 0, n), CN_INVALID, "truncated-image", NULL);
    for (size_t i = 8; i < baked.n; i++) {
        cn_slice copy;
        assert_true(cn_arena_copy(a, baked, &copy));
        ((char *)(uintptr_t)copy.p)[i] ^= 0x41;
        assert_false(cn_unbake(a, copy, &format, &payload, &err));
        assert_true(!strcmp(err.id, "png-crc") || !strcmp(err.id, "truncated-image"));
        assert_true(cn_utf8_invalid(cn_slice_of(err.where)) == SIZE_MAX);
    }
}

static void a_crc_is_told_with_its_chunk(void **state) {
    bench *b = *state;
    cn_slice image = plain(b->arena), copy;
    assert_true(cn_arena_copy(b->arena, image, &copy));
    ((char *)(uintptr_t)copy.p)[45] ^= 1; /* in IDAT's content */
    check_problem(b->arena, copy, CN_INVALID, "png-crc", "byte 33 (chunk IDAT)");
}

static void the_longest_length_there_is(void **state) {
    bench *b = *state;
    cn_buf image = begin(b->arena);
    cn_buf_add(&image, CN_S("\xff\xff\xff\xffiTXt" ITXT JSON));
    check_problem(b->arena, cn_buf_slice(&image), CN_INVALID, "truncated-image", "byte 33 (chunk iTXt)");
}

static void a_million_chunks_and_sixteen_megabytes_end_soon(void **state) {
    bench *b = *state;
    cn_arena *a = b->arena;
    cn_slice format, payload;
    cn_err err = {0};
    cn_buf chunks = begin(a), large = begin(a);
    for (int i = 0; i < 1000000; i++) cn_buf_add(&chunks, CN_S("\0\0\0\0IDAT\x35\xaf\x06\x1e"));
    char *zeros = cn_arena_alloc(a, CN_IMAGE_MAX - 200);
    assert_non_null(zeros);
    add_chunk(&large, "IDAT", cn_slice_bytes(zeros, CN_IMAGE_MAX - 200));
    add_chunk(&large, "iTXt", CN_S(ITXT JSON));
    cn_slice whole = end(&large);
    size_t before = cn_arena_used(a);
    check_problem(a, end(&chunks), CN_LIMIT, "png-too-many-chunks", NULL);
    assert_true(cn_unbake(a, whole, &format, &payload, &err));
    assert_true(cn_arena_used(a) - before < 4096);
    check_problem(a, cn_slice_bytes(whole.p, CN_IMAGE_MAX + 1), CN_LIMIT, "image-too-large", NULL);
}

static void what_is_no_credential_is_not_baked(void **state) {
    bench *b = *state;
    static const cn_slice refused[] = {CN_S_INIT(""),       CN_S_INIT("[]"),      CN_S_INIT("hello"),
                                       CN_S_INIT("a.b"),    CN_S_INIT("a.b.c.d"), CN_S_INIT("{\0}"),
                                       CN_S_INIT("{\xff}"), CN_S_INIT("a.b\".c"), CN_S_INIT("{}.")};
    cn_slice out;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        cn_err err = {0};
        assert_false(cn_bake(b->arena, plain(b->arena), refused[i], &out, &err));
        check_err(err, CN_INVALID, "bake-payload");
    }
    cn_err err = {0};
    assert_false(cn_bake(b->arena, CN_S("GIF89a"), CN_S(JSON), &out, &err));
    check_err(err, CN_INVALID, "not-an-image");
    cn_arena_fail_after(b->arena, 1);
    assert_false(cn_bake_png(b->arena, CN_S("\x89PNG\r\n\x1a\n"), CN_S(JSON), &out, &err));
    cn_arena_fail_after(b->arena, 0);
    cn_slice image = plain(b->arena);
    cn_arena_fail_after(b->arena, 1);
    assert_false(cn_bake_png(b->arena, image, CN_S(JSON), &out, &err));
    check_err(err, CN_LIMIT, "memory.limit");
    cn_arena_fail_after(b->arena, 0);
}

/* Through the whole verification: a signed file, baked. */
static void a_baked_credential_verifies(void **state) {
    bench *b = *state;
    cn_slice baked;
    cn_err err = {0};
    assert_true(cn_bake(b->arena, plain(b->arena), bench_file(b->arena, "good.json"), &baked, &err));
    cn_report r = bench_verify(b, baked);
    assert_int_equal(r.verdict, CN_VERIFIED);
    check_text(r.format, "png");
    r = bench_verify(b, plain(b->arena));
    assert_int_equal(r.verdict, CN_NOT_VERIFIED);
    assert_string_equal(bench_step(&r, "read")->problem, "no-credential-in-image");
    /* A picture inside a picture is no credential. */
    cn_buf nested = begin(b->arena);
    add_chunk(&nested, "iTXt", CN_S(ITXT "<svg/>"));
    r = bench_verify(b, end(&nested));
    assert_string_equal(bench_step(&r, "read")->problem, "not-json");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_baked_comes_out, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(the_chunk_is_as_the_specification_says, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(a_language_and_a_translation_are_passed_over, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(every_problem_has_its_word, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(an_older_badge_comes_out_too, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(two_credentials_are_none, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(both_versions_at_once, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(a_picture_without_its_header, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(damage_is_found_everywhere, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(a_crc_is_told_with_its_chunk, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(the_longest_length_there_is, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(a_million_chunks_and_sixteen_megabytes_end_soon, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(what_is_no_credential_is_not_baked, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(a_baked_credential_verifies, bench_new, bench_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
