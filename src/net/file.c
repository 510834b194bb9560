/* SPDX-License-Identifier: Apache-2.0
 *
 * Reads a whole file, or standard input, up to a maximum; writes all there is to write.
 */
#include "net/net.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"

enum { CHUNK = 64 * 1024 };

static void close_fd(int *fd) {
    if (*fd > STDIN_FILENO) close(*fd);
}

static bool fail_errno(cn_err *err, const char *what, cn_slice path) {
    const char *why = strerrordesc_np(errno);
    return cn_fail(err, CN_UNAVAILABLE, "file.open", "Cannot %s %.*s: %s.", what, CN_ARG(path),
                   why ? why : "unknown error");
}

static bool fail_size(cn_err *err, cn_slice path, size_t max) {
    return cn_fail(err, CN_LIMIT, "file.size", "%.*s is larger than %zu bytes.", CN_ARG(path), max);
}

/* Standard input is opened by no name; a NUL inside a path would name another file. */
static bool open_path(cn_arena *a, cn_slice path, int *fd, cn_err *err) {
    if (cn_slice_eq(path, CN_S("-"))) {
        *fd = STDIN_FILENO;
        return true;
    }
    cn_slice name;
    if (!cn_arena_copy(a, path, &name)) return cn_fail_memory(err);
    if (cn_slice_find_byte(path, '\0') != SIZE_MAX) {
        errno = EINVAL;
        return fail_errno(err, "open", path);
    }
    *fd = open(name.p, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    return *fd >= 0 || fail_errno(err, "open", path);
}

/* The size in advance is only a hint: pipes have none, and a file may grow meanwhile. */
static bool read_all(int fd, cn_buf *b, size_t max, size_t hint, cn_slice path, cn_err *err) {
    for (;;) {
        size_t room = b->cap > b->n ? b->cap - b->n : hint > b->n ? hint - b->n + 1 : CHUNK;
        if (room > max + 1 - b->n) room = max + 1 - b->n;
        if (!cn_buf_reserve(b, room)) return cn_fail_memory(err);
        ssize_t got = read(fd, b->p + b->n, room);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fail_errno(err, "read", path);
        if (got == 0) return true;
        b->n += (size_t)got;
        if (b->n > max) return fail_size(err, path, max);
    }
}

bool cn_file_read(cn_arena *a, cn_slice path, size_t max, cn_slice *out, cn_err *err) {
    assert(max < SIZE_MAX);
    int fd __attribute__((cleanup(close_fd))) = -1;
    if (!open_path(a, path, &fd, err)) return false;
    struct stat st;
    if (fstat(fd, &st) != 0) return fail_errno(err, "read", path);
    size_t hint = S_ISREG(st.st_mode) && st.st_size > 0 ? (size_t)st.st_size : 0;
    /* Standard input may be a file that was partly read already: only reading tells. */
    if (hint > max && fd != STDIN_FILENO) return fail_size(err, path, max);
    cn_buf b = cn_buf_on(a, max + 1);
    if (!read_all(fd, &b, max, hint, path, err)) return false;
    *out = cn_buf_slice(&b);
    return true;
}

bool cn_file_write_all(int fd, cn_slice bytes) {
    while (bytes.n) {
        ssize_t n = write(fd, bytes.p, bytes.n);
        if (n < 0 && errno != EINTR) return false;
        if (n > 0) bytes = cn_slice_from(bytes, (size_t)n);
    }
    return true;
}
