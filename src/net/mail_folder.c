/* SPDX-License-Identifier: Apache-2.0
 *
 * A folder as a way out for e-mail: for development, and for a program of the operator's that takes them from
 * there.
 *
 * A mail is written under a name of its own and renamed: nobody sees half of one, and after a power cut it is
 * whole or not there.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "net/mail_inside.h"
#include "net/net.h"

#include "base/base.h"

typedef struct folder {
    cn_mailer base;
    int fd; /* owned */
} folder;

static bool fail_errno(cn_err *err, const char *what) {
    const char *why = strerrordesc_np(errno);
    return cn_fail(err, CN_UNAVAILABLE, "mail.folder", "Cannot %s the folder for mails: %s.", what,
                   why ? why : "unknown error");
}

static void close_fd(int *fd) {
    if (*fd >= 0) close(*fd);
}

static bool write_file(int at, const char *name, cn_slice bytes) {
    int fd __attribute__((cleanup(close_fd))) =
        openat(at, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    return fd >= 0 && cn_file_write_all(fd, bytes) && fsync(fd) == 0;
}

static bool send_to_folder(cn_mailer *m, const cn_mail *mail, cn_slice bytes, cn_err *err) {
    const folder *f = (const folder *)m;
    char name[CN_MAIL_ADDRESS_MAX + 8], half[sizeof name + 8];
    /* An id holds no slash and begins with no dot: cn_mail_write has seen to that. */
    (void)snprintf(name, sizeof name, "%.*s.eml", CN_ARG(mail->id));
    (void)snprintf(half, sizeof half, ".%s.half", name);
    if (write_file(f->fd, half, bytes) && renameat(f->fd, half, f->fd, name) == 0 && fsync(f->fd) == 0)
        return true;
    bool failed = fail_errno(err, "write to");
    (void)unlinkat(f->fd, half, 0);
    return failed;
}

static void folder_done(cn_mailer *m) {
    folder *f = (folder *)m;
    close(f->fd);
    free(f);
}

bool cn_mailer_folder(cn_slice path, cn_mailer **out, cn_err *err) {
    char name[PATH_MAX];
    if (path.n >= sizeof name || cn_slice_find_byte(path, '\0') != SIZE_MAX) {
        errno = ENAMETOOLONG;
        return fail_errno(err, "make");
    }
    (void)snprintf(name, sizeof name, "%.*s", CN_ARG(path));
    if (mkdir(name, 0700) != 0 && errno != EEXIST) return fail_errno(err, "make");
    int fd = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return fail_errno(err, "open");
    folder *f = calloc(1, sizeof *f);
    if (!f) cn_no_memory();
    *f = (folder){.base = {send_to_folder, folder_done}, .fd = fd};
    *out = &f->base;
    return true;
}
