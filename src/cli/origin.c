/* SPDX-License-Identifier: Apache-2.0
 *
 * The origin and the master key of a server.
 */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/origin.h"
#include "net/net.h"

#define ORIGIN CN_S("origin")

/* ---- The origin ---- */

/* RFC 6454, 6.2, for https alone: scheme, host in small letters, perhaps a port. */
static bool is_origin(cn_slice s) {
    static const cn_slice scheme = CN_S_INIT("https://");
    cn_slice host, port, rest = cn_slice_from(s, scheme.n);
    uint64_t number;
    if (!cn_slice_starts(s, scheme)) return false;
    if (cn_slice_cut(rest, ':', &host, &port) && (!cn_slice_to_u64(port, UINT16_MAX, &number) || !number))
        return false;
    for (size_t i = 0; i < host.n; i++)
        if (!islower((unsigned char)host.p[i]) && !isdigit((unsigned char)host.p[i]) && host.p[i] != '-' &&
            host.p[i] != '.')
            return false;
    return host.n && host.p[0] != '.' && host.p[0] != '-';
}

bool cn_origin_read(const char *text, char out[CN_ORIGIN_MAX], cn_err *err) {
    cn_slice s = cn_slice_of(text);
    if (cn_slice_ends(s, CN_S("/"))) s.n--;
    if (s.n >= CN_ORIGIN_MAX || !is_origin(s))
        return cn_fail(err, CN_INVALID, "origin.form",
                       "--origin takes https:// and a host in small letters, without a path, such as "
                       "https://cairn.example, not \"%s\".",
                       text);
    memcpy(out, s.p, s.n);
    out[s.n] = 0;
    return true;
}

bool cn_origin_kept(const char *db, cn_time now, char out[CN_ORIGIN_MAX], cn_err *err) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_store *s CN_STORE_AUTO = NULL;
    cn_slice kept;
    *out = 0;
    if (access(db, F_OK) != 0) return true;
    if (!cn_store_open(cn_slice_of(db), &(cn_store_options){.now = now}, &s, err)) return false;
    if (!cn_store_setting(a, s, ORIGIN, &kept, err)) return false;
    (void)snprintf(out, CN_ORIGIN_MAX, "%.*s", CN_ARG(kept));
    return true;
}

bool cn_origin_settle(cn_arena *a, cn_store *s, cn_slice origin, cn_origin_for what, cn_err *err) {
    bool demo = what == CN_ORIGIN_DEMO;
    cn_slice kept;
    int64_t awards;
    if (!cn_store_setting(a, s, ORIGIN, &kept, err) || !cn_store_awards_ever(s, &awards, err)) return false;
    if (cn_slice_eq(kept, origin)) return true;
    if (demo && kept.n)
        return cn_fail(err, CN_CONFLICT, "origin.other",
                       "this database belongs to %.*s: name another one for the demonstration with --db.",
                       CN_ARG(kept));
    if (demo) return true;
    if (awards && kept.n)
        return cn_fail(err, CN_CONFLICT, "origin.other",
                       "what this database has awarded stands under %.*s for good: its origin cannot be %.*s.",
                       CN_ARG(kept), CN_ARG(origin));
    if (awards)
        return cn_fail(err, CN_CONFLICT, "origin.other",
                       "this database holds the awards of a demonstration: name a new one with --db.");
    if (what == CN_ORIGIN_SERVE && kept.n)
        return cn_fail(err, CN_CONFLICT, "origin.other",
                       "this database was made for %.*s; \"cairn init --origin %.*s\" changes it.", CN_ARG(kept),
                       CN_ARG(origin));
    return cn_store_setting_set(s, ORIGIN, origin, err);
}

/* ---- The master key ---- */

bool cn_master_path(const char *db, const char *given, char out[CN_PATH_MAX], cn_err *err) {
    const char *slash = strrchr(db, '/');
    int beside = slash ? (int)(slash - db) + 1 : 0;
    int n =
        given ? snprintf(out, CN_PATH_MAX, "%s", given) : snprintf(out, CN_PATH_MAX, "%.*smaster.key", beside, db);
    return (n > 0 && n < CN_PATH_MAX) ||
           cn_fail(err, CN_INVALID, "master.file", "the name of the master key's file is too long.");
}

static bool fail_file(const char *path, const char *what, cn_err *err) {
    char buffer[128];
    return cn_fail(err, CN_UNAVAILABLE, "master.file", "the master key %s cannot be %s: %s.", path, what,
                   strerror_r(errno, buffer, sizeof buffer));
}

static void wipe(cn_slice text) {
    explicit_bzero((char *)text.p, text.n);
}

static bool read_key(cn_arena *a, const char *path, cn_master *out, cn_err *err) {
    enum { MAX_BYTES = 256 };
    cn_slice text, bytes;
    cn_err why;
    if (!cn_file_read(a, cn_slice_of(path), MAX_BYTES, &text, err)) return false;
    bool good = cn_hex_read(a, cn_slice_trim(text), &bytes, &why) && bytes.n == sizeof out->bytes;
    if (good) memcpy(out->bytes, bytes.p, bytes.n);
    if (good) wipe(bytes);
    wipe(text);
    return good || cn_fail(err, CN_INVALID, "master.form",
                           "%s is no master key: that is one line of 64 hexadecimal digits.", path);
}

/* On the disk, name and all, before anything is sealed with it. */
static bool sync_folder(const char *path) {
    char folder[CN_PATH_MAX];
    const char *slash = strrchr(path, '/');
    (void)snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) + 1 : 1, slash ? path : ".");
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0) close(fd);
    return good;
}

static bool write_key(cn_arena *a, const char *path, const cn_master *key, cn_err *err) {
    cn_buf text = cn_buf_on(a, 0);
    cn_hex_write(&text, cn_slice_bytes(key->bytes, sizeof key->bytes));
    cn_buf_byte(&text, '\n');
    if (!cn_buf_ok(&text)) return cn_fail_memory(err);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) return cn_always_false(fail_file(path, "made", err));
    bool good = write(fd, text.p, text.n) == (ssize_t)text.n && fsync(fd) == 0;
    good = close(fd) == 0 && good && sync_folder(path);
    wipe(cn_buf_slice(&text));
    return good || cn_always_false(fail_file(path, "written", err));
}

bool cn_master_make(cn_arena *a, const char *path, const cn_random *random, cn_master *out, cn_err *err) {
    cn_master key;
    if (!cn_master_new(random, &key, err)) return false;
    bool good = write_key(a, path, &key, err);
    if (good) *out = key;
    cn_master_wipe(&key);
    return good;
}

bool cn_master_is_loose(const char *path) {
    struct stat about;
    return stat(path, &about) == 0 && (about.st_mode & (S_IRWXG | S_IRWXO));
}

bool cn_master_open(cn_arena *a, cn_store *s, const char *path, const cn_random *random, cn_master *out,
                    bool *made, cn_err *err) {
    cn_stored_keys keys;
    *made = false;
    if (access(path, F_OK) == 0) return read_key(a, path, out, err);
    if (!cn_store_keys_of(a, s, 0, &keys, err)) return false;
    if (keys.n)
        return cn_fail(err, CN_UNAVAILABLE, "master.missing",
                       "the master key %s is missing. The %zu signing keys of the database are sealed with it: "
                       "put it back, or nothing can be signed with them.",
                       path, keys.n);
    *made = cn_master_make(a, path, random, out, err);
    return *made;
}
