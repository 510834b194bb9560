/* SPDX-License-Identifier: Apache-2.0
 *
 * Opening a store, and its connections: a verb takes one that is idle, or a new one, and gives it back.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "store/inside.h"

enum { IDLE_MAX = 8, BUSY_MS = 5000, REST_MAX_US = 50000 };

struct cn_store {
    char *path;
    int busy_ms;
    cn_crypto *crypto;
    pthread_mutex_t lock; /* of what follows */
    cn_db *idle[IDLE_MAX];
    int idle_n;
    cn_db *held; /* of what is done together: every verb joins its transaction */
};

/* ---- Files ---- */

static bool fail_file(const char *what, const char *path, cn_err *err) {
    char buffer[128];
    return cn_fail(err, CN_UNAVAILABLE, "store.file", "the %s %s cannot be made: %s.", what, path,
                   strerror_r(errno, buffer, sizeof buffer));
}

static bool make_folder(char *path, cn_err *err) {
    char *slash = strrchr(path, '/');
    if (!slash || slash == path) return true;
    *slash = 0;
    bool good = mkdir(path, 0700) == 0 || errno == EEXIST || fail_file("folder", path, err);
    *slash = '/';
    return good;
}

/* SQLite would make it readable by everybody. A file that is there is not opened here: closing it would give up
 * the locks that this process may hold on it. */
static bool make_file(const char *path, cn_err *err) {
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) return errno == EEXIST || fail_file("database", path, err);
    close(fd);
    return true;
}

/* A name such as ":memory:" is a file's name and nothing else. */
static char *path_of(cn_slice path) {
    char *out = NULL;
    if (asprintf(&out, "%s%.*s", path.p[0] == '/' ? "" : "./", CN_ARG(path)) < 0) cn_no_memory();
    return out;
}

/* ---- The store ---- */

static bool prepare(cn_store *s, cn_time now, cn_err *err) {
    cn_db *db;
    if (!make_folder(s->path, err) || !make_file(s->path, err) ||
        !cn_db_open(s->path, s->busy_ms, s->crypto, &db, err))
        return false;
    bool good = cn_store_migrate(db, s->path, now, err);
    cn_store_give(s, db);
    return good;
}

bool cn_store_open(cn_slice path, const cn_store_options *options, cn_store **out, cn_err *err) {
    if (!path.n || memchr(path.p, 0, path.n))
        return cn_fail(err, CN_UNAVAILABLE, "store.file", "the name of the database is empty.");
    cn_store *s = calloc(1, sizeof *s);
    if (!s) cn_no_memory();
    s->path = path_of(path);
    s->busy_ms = options->busy_ms ? options->busy_ms : BUSY_MS;
    pthread_mutex_init(&s->lock, NULL);
    if (!cn_crypto_new(&s->crypto, err) || !prepare(s, options->now, err)) return cn_store_close(s), false;
    *out = s;
    return true;
}

void cn_store_close(cn_store *s) {
    if (!s) return;
    for (int i = 0; i < s->idle_n; i++) cn_db_close(s->idle[i]);
    cn_crypto_free(s->crypto);
    pthread_mutex_destroy(&s->lock);
    free(s->path);
    free(s);
}

void cn_store_close_auto(cn_store **s) {
    cn_store_close(*s);
}

bool cn_store_take(cn_store *s, cn_db **out, cn_err *err) {
    cn_db *db = NULL;
    if (s->held) return *out = s->held, true;
    pthread_mutex_lock(&s->lock);
    if (s->idle_n) db = s->idle[--s->idle_n];
    pthread_mutex_unlock(&s->lock);
    if (!db) return cn_db_open(s->path, s->busy_ms, s->crypto, out, err);
    *out = db;
    return true;
}

void cn_store_give(cn_store *s, cn_db *db) {
    if (db == s->held) return;
    pthread_mutex_lock(&s->lock);
    if (s->idle_n < IDLE_MAX) {
        s->idle[s->idle_n++] = db;
        db = NULL;
    }
    pthread_mutex_unlock(&s->lock);
    cn_db_close(db);
}

/* ---- Several verbs in one transaction ---- */

typedef struct together {
    bool (*work)(cn_store *within, void *self, cn_err *err);
    void *self;
} together;

static bool join(cn_db *db, void *self, cn_err *err) {
    const together *t = self;
    cn_store within = {.held = db};
    return t->work(&within, t->self, err);
}

bool cn_store_together(cn_store *s, bool (*work)(cn_store *within, void *self, cn_err *err), void *self,
                       cn_err *err) {
    together t = {work, self};
    return cn_store_change(s, join, &t, err);
}

/* ---- Long work ---- */

typedef struct parts {
    bool (*part)(cn_store *within, void *self, bool *more, cn_err *err);
    void *self;
    bool more;
} parts;

static bool do_part(cn_store *within, void *self, cn_err *err) {
    parts *p = self;
    p->more = false;
    return p->part(within, p->self, &p->more, err);
}

static int64_t clock_us(void) {
    struct timespec t;
    int failed = clock_gettime(CLOCK_MONOTONIC, &t);
    assert(!failed);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* Who waits for the file looks at it from time to time, and would hardly ever look into a gap that is small beside
 * the parts. */
static void rest_since(int64_t began_us) {
    int64_t took = clock_us() - began_us, rest = took / 2 < REST_MAX_US ? took / 2 : REST_MAX_US;
    usleep((useconds_t)rest);
}

bool cn_store_in_parts(cn_store *s, bool (*part)(cn_store *within, void *self, bool *more, cn_err *err),
                       void *self, cn_err *err) {
    parts p = {part, self, true};
    while (p.more) {
        int64_t began = clock_us();
        if (!cn_store_together(s, do_part, &p, err)) return false;
        if (p.more && !s->held) rest_since(began);
    }
    return true;
}
