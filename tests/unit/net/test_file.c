/* SPDX-License-Identifier: Apache-2.0 */
#include "net/net.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/base.h"

/* A temporary file with these bytes; its name is written into the buffer. */
static cn_slice make_file(char name[32], const char *bytes, size_t n) {
    memcpy(name, "/tmp/cairn-file-XXXXXX", sizeof "/tmp/cairn-file-XXXXXX");
    int fd = mkstemp(name);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, n), (ssize_t)n);
    close(fd);
    return cn_slice_of(name);
}

static void reads_to_the_maximum(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    char name[32];
    cn_slice path = make_file(name, "a\0b\xff", 4), got;
    cn_err err;
    assert_true(cn_file_read(a, path, 4, &got, &err));
    assert_true(cn_slice_eq(got, cn_slice_bytes("a\0b\xff", 4)));
    assert_false(cn_file_read(a, path, 3, &got, &err));
    assert_int_equal(err.code, CN_LIMIT);
    assert_string_equal(err.id, "file.size");
    assert_non_null(strstr(err.detail, name));
    unlink(name);
}

static void reads_an_empty_and_a_large_file(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    static char big[300000];
    memset(big, 'x', sizeof big);
    char name[32];
    cn_slice got;
    cn_err err;
    cn_slice path = make_file(name, big, sizeof big);
    assert_true(cn_file_read(a, path, 1 << 20, &got, &err));
    assert_true(cn_slice_eq(got, cn_slice_bytes(big, sizeof big)));
    unlink(name);
    path = make_file(name, "", 0);
    assert_true(cn_file_read(a, path, 0, &got, &err));
    assert_int_equal(got.n, 0);
    unlink(name);
}

/* What has no size in advance is counted while it is read. */
static void stops_on_endless_input(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_slice got;
    cn_err err;
    assert_false(cn_file_read(a, CN_S("/dev/zero"), 1 << 20, &got, &err));
    assert_string_equal(err.id, "file.size");
}

static void names_what_cannot_be_opened(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    static const cn_slice paths[] = {CN_S_INIT("/nonexistent/x"), CN_S_INIT("/tmp"), CN_S_INIT("/dev/null\0x"),
                                     CN_S_INIT("")};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        cn_slice got;
        cn_err err;
        assert_false(cn_file_read(a, paths[i], 100, &got, &err));
        assert_int_equal(err.code, CN_UNAVAILABLE);
        assert_string_equal(err.id, "file.open");
    }
}

static void reads_standard_input(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    int ends[2], kept = dup(STDIN_FILENO);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "from a pipe", 11), 11);
    close(ends[1]);
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    cn_slice got;
    cn_err err;
    assert_true(cn_file_read(a, CN_S("-"), 100, &got, &err));
    assert_true(cn_slice_eq(got, CN_S("from a pipe")));
    dup2(kept, STDIN_FILENO);
    close(kept);
}

static void says_when_memory_ends(void **state) {
    (void)state;
    char name[32];
    cn_slice path = make_file(name, "hello", 5), got;
    bool done = false;
    for (size_t nth = 1; !done; nth++) {
        assert_true(nth < 100);
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_arena_fail_after(a, nth);
        cn_err err;
        done = cn_file_read(a, path, 100, &got, &err);
        if (!done) assert_int_equal(err.code, CN_LIMIT);
    }
    unlink(name);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_to_the_maximum),   cmocka_unit_test(reads_an_empty_and_a_large_file),
        cmocka_unit_test(stops_on_endless_input), cmocka_unit_test(names_what_cannot_be_opened),
        cmocka_unit_test(reads_standard_input),   cmocka_unit_test(says_when_memory_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
