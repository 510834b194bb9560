/* SPDX-License-Identifier: Apache-2.0
 *
 * Files that hold a private key. Their text is wiped as soon as the key has been taken out of it.
 */
#include <string.h>
#include <sys/stat.h>

#include "cli/keyfile.h"
#include "net/net.h"

enum { FILE_MAX = 16 << 10 };

/* What others can read is no secret, but it may be meant so, as the keys of tests are. */
static void warn_of_others(const char *path) {
    struct stat s;
    if (strcmp(path, "-") && stat(path, &s) == 0 && S_ISREG(s.st_mode) && (s.st_mode & (S_IRGRP | S_IROTH)))
        fprintf(stderr, "cairn: others on this machine can read the private key: chmod 600 %s\n", path);
}

bool cn_keyfile_read(cn_arena *a, const cn_crypto *crypto, const char *path, cn_keyfile *out, cn_err *err) {
    cn_slice text;
    if (!cn_file_read(a, cn_slice_of(path), FILE_MAX, &text, err)) return false;
    warn_of_others(path);
    cn_keyfile got = {0};
    bool good = cn_private_key_read(crypto, a, text, &got.key, &got.method, err);
    if (good) *out = got;
    cn_private_key_wipe(&got.key);
    explicit_bzero((void *)text.p, text.n);
    return good;
}
