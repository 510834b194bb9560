/* SPDX-License-Identifier: Apache-2.0
 *
 * Fuzzing the file that `cairn import` reads. Where the first byte is "r" the rest are rows, which the target puts
 * between a good head and a good end, so that they come to the database; otherwise it is the whole file. What is
 * refused is refused for a reason of its own; what is accepted holds one organisation and the rows it was counted
 * with. Nothing stays: each attempt is part of a transaction that is undone.
 */
#include <ftw.h>
#include <unistd.h>

#include "app/move_inside.h"
#include "base/base.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const cn_time now = {1780000000, 0};
static const cn_slice passphrase = CN_S_INIT("a passphrase of the target");

/* ---- A database for the whole run ---- */

static char folder[] = "/tmp/cairn-fuzz-XXXXXX";

static int remove_one(const char *path, const struct stat *s, int flag, struct FTW *at) {
    (void)s, (void)flag, (void)at;
    return remove(path);
}

static void remove_folder(void) {
    (void)nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static cn_store *open_store(void) {
    cn_store *s = NULL;
    cn_err err;
    char path[64];
    if (!mkdtemp(folder)) abort();
    (void)atexit(remove_folder);
    (void)snprintf(path, sizeof path, "%s/cairn.db", folder);
    if (!cn_store_open(cn_slice_of(path), &(cn_store_options){.now = now}, &s, &err)) abort();
    return s;
}

/* ---- A file ---- */

static bool fill(void *self, uint8_t *out, size_t n) {
    (void)self;
    memset(out, 'n', n);
    return true;
}

static bool derive(cn_slice given, const uint8_t salt[CN_SALT_BYTES], cn_master *out, cn_err *err) {
    (void)given, (void)salt, (void)err;
    memset(out->bytes, 'k', sizeof out->bytes);
    return true;
}

typedef struct file {
    cn_arena *a;
    cn_app app;
    cn_slice rest;
    cn_move_summary summary;
    bool accepted;
    cn_err why;
} file;

static bool next(void *self, cn_slice *line, bool *more, cn_err *err) {
    file *f = self;
    (void)err;
    *more = f->rest.n != 0;
    if (*more) (void)cn_slice_cut(f->rest, '\n', line, &f->rest);
    return true;
}

static void seal(const file *f, cn_buf *out, cn_slice plain) {
    cn_master key;
    cn_slice sealed;
    cn_err err;
    if (!derive(passphrase, NULL, &key, &err) || !cn_seal(f->a, &key, f->app.random, plain, &sealed, &err))
        abort();
    cn_base64_write(out, CN_BASE64, sealed);
}

/* `b` holds whole lines: the digest of all of them, as cn_app_move_out seals it. */
static cn_digest sum_of(const file *f, cn_slice lines) {
    cn_digest sum = cn_hash_of(f->app.crypto, CN_SHA256, (cn_slice){0});
    while (lines.n) {
        cn_slice line;
        (void)cn_slice_cut(lines, '\n', &line, &lines);
        sum = cn_move_sum(f->app.crypto, &sum, line);
    }
    return sum;
}

static cn_slice framed(const file *f, cn_slice rows) {
    cn_buf b = cn_buf_on(f->a, 0);
    cn_buf_print(&b,
                 "{\"format\":\"cairn-organisation\",\"version\":%d,\"origin\":\"https://old.example\","
                 "\"organisation\":\"o\",\"en\":\"E\",\"fr\":\"F\",\"at\":\"2026-05-28T00:00:00Z\","
                 "\"salt\":\"c3Nzc3Nzc3Nzc3Nzc3Nzcw==\",\"check\":\"",
                 CN_MOVE_VERSION);
    seal(f, &b, CN_MOVE_FORMAT);
    cn_buf_add(&b, CN_S("\"}\n"));
    cn_buf_add(&b, rows);
    if (rows.n && rows.p[rows.n - 1] != '\n') cn_buf_byte(&b, '\n');
    cn_digest sum = sum_of(f, cn_buf_slice(&b));
    cn_buf_add(&b, CN_S("{\"end\":1,\"seal\":\""));
    seal(f, &b, cn_digest_slice(&sum));
    cn_buf_add(&b, CN_S("\"}\n"));
    return cn_buf_ok(&b) ? cn_buf_slice(&b) : (cn_slice){0};
}

/* ---- Trying it ---- */

static bool attempt(cn_store *within, void *self, cn_err *err) {
    file *f = self;
    cn_app app = f->app;
    const cn_move_reader from = {f, next};
    app.store = within;
    f->accepted = cn_move_in_by(f->a, &app, now, derive, passphrase, &from, &f->summary, &f->why);
    return cn_fail(err, CN_CONFLICT, "fuzz.undo", "nothing stays.");
}

static void check(const file *f) {
    size_t rows = 0;
    if (!f->accepted) {
        cn_code code = f->why.code;
        assert(code == CN_INVALID || code == CN_LIMIT || code == CN_DENIED || code == CN_CONFLICT);
        assert(f->why.id && f->why.detail[0] && cn_utf8_invalid(cn_slice_of(f->why.detail)) == SIZE_MAX);
        return;
    }
    for (size_t i = 0; i < f->summary.counts_n; i++) rows += f->summary.counts[i].n;
    assert(cn_move_count(&f->summary, CN_S("organisation")) == 1 && rows >= 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static cn_store *store;
    static cn_crypto *crypto;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(64 << 20);
    const cn_random random = {NULL, fill};
    const cn_master master = {{1}};
    cn_err err;
    if (!store) store = open_store();
    if (!crypto && !cn_crypto_new(&crypto, &err)) abort();
    file f = {.a = a,
              .app = {.store = store,
                      .crypto = crypto,
                      .random = &random,
                      .origin = CN_S("https://new.example"),
                      .master = &master}};
    cn_slice given = cn_slice_bytes(data, size);
    f.rest = size && data[0] == 'r' ? framed(&f, cn_slice_from(given, 1)) : given;
    bool kept = cn_store_together(store, attempt, &f, &err);
    assert(!kept && !strcmp(err.id, "fuzz.undo"));
    check(&f);
    return 0;
}
