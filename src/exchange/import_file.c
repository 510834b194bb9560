/* SPDX-License-Identifier: Apache-2.0
 *
 * A file as it comes: a zip archive, gzip, or plain; and whether what is inside is a table or JSON. What is packed
 * is unpacked a piece at a time, and no further than the limits of import_inside.h allow.
 */
#include <zip.h>
#include <zlib.h>

#include "exchange/import_inside.h"

enum { PIECE = 64 << 10 };

/* ---- A file or an entry, piece by piece ---- */

typedef struct feed {
    cn_import_file file;
    bool begun, json, ignored;
    size_t n; /* bytes so far */
    cn_arena *arena;
    cn_import_table table;
    cn_import_rows *rows;
    cn_buf text; /* of JSON */
} feed;

static void feed_begin(feed *f) {
    f->arena = cn_arena_new(CN_IMPORT_MEMORY_MAX);
    f->text = cn_buf_on(NULL, CN_IMPORT_JSON_MAX);
    f->table = (cn_import_table){.file = &f->file, .scratch = f->arena};
    f->table.mark = cn_arena_get_mark(f->arena);
}

static void feed_done(feed *f) {
    cn_import_rows_free(f->rows);
    cn_buf_done(&f->text);
    cn_arena_free(f->arena);
}
#define FEED_AUTO __attribute__((cleanup(feed_done)))

/* What people have instead of the file they mean, by how it begins, in letters of any case. */
static const struct {
    cn_slice begins;
    const char *says;
} others[] = {
    {CN_S_INIT("<!doctype html"),
     "this is a web page, perhaps about an error, and not the file: download it again."},
    {CN_S_INIT("<html"), "this is a web page, perhaps about an error, and not the file: download it again."},
    {CN_S_INIT("<"), "this is XML: take the tables (CSV) or the JSON that the publisher gives."},
    {CN_S_INIT("@prefix"), "this is RDF: take the tables (CSV) or the JSON that the publisher gives."},
    {CN_S_INIT("%PDF-"), "this is a PDF: take the tables (CSV) or the JSON that the publisher gives."},
    {CN_S_INIT("\xd0\xcf\x11\xe0"), "this is a spreadsheet: save its table as \"CSV UTF-8\"."},
    {CN_S_INIT("7z\xbc\xaf"), "this is packed by 7-Zip: unpack it first, or take zip or gzip."},
    {CN_S_INIT("Rar!\x1a"), "this is packed by RAR: unpack it first, or take zip or gzip."},
    {CN_S_INIT("BZh91AY&SY"), "this is packed by bzip2: unpack it first, or take zip or gzip."},
    {CN_S_INIT("\xfd"
               "7zXZ"),
     "this is packed by xz: unpack it first, or take zip or gzip."},
    {CN_S_INIT("\x28\xb5\x2f\xfd"), "this is packed by zstd: unpack it first, or take zip or gzip."},
};

static cn_slice content_of(cn_slice bytes) {
    cn_slice mark = CN_S("\xef\xbb\xbf");
    if (cn_slice_starts(bytes, mark)) bytes = cn_slice_from(bytes, mark.n);
    return cn_slice_trim(bytes);
}

/* NULL: it may be a table or JSON. */
static const char *what_else(cn_slice content) {
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (cn_slice_eq_nocase(cn_slice_sub(content, 0, others[i].begins.n), others[i].begins))
            return others[i].says;
    return NULL;
}

static bool looks_like_json(cn_slice name, cn_slice content) {
    bool named = name.n > 5 && cn_slice_eq_nocase(cn_slice_from(name, name.n - 5), CN_S(".json"));
    return named || (content.n && (content.p[0] == '{' || content.p[0] == '['));
}

/* In an archive there may be anything beside the tables. */
static bool begin_feed(feed *f, cn_slice bytes, cn_err *err) {
    const cn_import_options *o = &f->file.im->options;
    cn_slice content = content_of(bytes);
    const char *other = what_else(content);
    f->begun = true;
    if (other && !f->file.archived)
        return cn_import_fail(err, &f->file, CN_INVALID, "import.shape", 0, 0, "%s", other);
    f->ignored = other != NULL;
    if (f->ignored && o->skipped) o->skipped(o->self, f->file.name);
    f->json = !f->ignored && looks_like_json(f->file.inner, content);
    if (!f->ignored && !f->json) f->rows = cn_import_rows_new(&f->file, cn_import_table_take, &f->table);
    return true;
}

static bool feed_more(feed *f, cn_slice bytes, cn_err *err) {
    cn_import *im = f->file.im;
    f->n += bytes.n;
    im->opened += bytes.n;
    if (im->opened > CN_IMPORT_OPEN_MAX)
        return cn_import_fail(err, &f->file, CN_LIMIT, "import.size", 0, 0,
                              "the files come to more than %d MiB when they are unpacked.",
                              CN_IMPORT_OPEN_MAX >> 20);
    if (!f->begun && !begin_feed(f, bytes, err)) return false;
    if (f->ignored) return true;
    if (!f->json) return cn_import_rows_feed(f->rows, bytes, err);
    cn_buf_add(&f->text, bytes);
    return cn_buf_ok(&f->text) || cn_import_fail(err, &f->file, CN_LIMIT, "import.size", 0, 0,
                                                 "the JSON has more than %d MiB.", CN_IMPORT_JSON_MAX >> 20);
}

static bool feed_end(feed *f, cn_err *err) {
    if (!f->begun || f->ignored) return true;
    if (f->json) return cn_import_json(&f->file, cn_buf_slice(&f->text), err);
    if (!cn_import_rows_end(f->rows, err)) return false;
    return !f->table.shape || f->table.skipped || !f->table.shape->end || f->table.shape->end(&f->table, err);
}

/* More came out than honest tables, which repeat themselves ten- or twentyfold, ever do? */
static bool within_ratio(const feed *f, size_t packed, cn_err *err) {
    return f->n <= CN_IMPORT_RATIO_FREE || f->n / CN_IMPORT_RATIO_MAX <= packed ||
           cn_import_fail(err, &f->file, CN_LIMIT, "import.ratio", 0, 0,
                          "what is inside is more than %d times as large as what is packed.", CN_IMPORT_RATIO_MAX);
}

static void tell_progress(const cn_import *im, cn_slice name, size_t done, size_t all) {
    if (im->options.progress) im->options.progress(im->options.self, name, done, all);
}

/* ---- Plain ---- */

static bool add_plain(cn_import *im, cn_slice name, cn_slice bytes, cn_err *err) {
    feed f FEED_AUTO = {.file = {im, name, name, false}};
    feed_begin(&f);
    for (size_t at = 0; at < bytes.n; at += PIECE) {
        if (!feed_more(&f, cn_slice_sub(bytes, at, at + PIECE), err)) return false;
        tell_progress(im, name, at, bytes.n);
    }
    return feed_end(&f, err);
}

/* ---- gzip ---- */

typedef struct gunzip {
    z_stream z;
    feed feed;
    char piece[PIECE];
} gunzip;

static bool damaged_gzip(gunzip *g, cn_err *err) {
    return cn_import_fail(err, &g->feed.file, CN_INVALID, "import.gzip", 0, 0,
                          "the gzip file is damaged, or not whole.");
}

/* A gzip file may be several, one behind the other. */
static bool unpack(gunzip *g, cn_slice bytes, cn_err *err) {
    int rc = Z_OK;
    g->z.next_in = (Bytef *)(uintptr_t)bytes.p;
    g->z.avail_in = (uInt)bytes.n;
    while (g->z.avail_in || rc == Z_OK) {
        if (rc == Z_STREAM_END && inflateReset(&g->z) != Z_OK) return damaged_gzip(g, err);
        g->z.next_out = (Bytef *)g->piece;
        g->z.avail_out = PIECE;
        rc = inflate(&g->z, Z_NO_FLUSH);
        if (rc == Z_MEM_ERROR) cn_no_memory();
        if (rc != Z_OK && rc != Z_STREAM_END) return damaged_gzip(g, err);
        size_t packed = bytes.n - g->z.avail_in;
        if (!feed_more(&g->feed, cn_slice_bytes(g->piece, PIECE - g->z.avail_out), err) ||
            !within_ratio(&g->feed, packed, err))
            return false;
        tell_progress(g->feed.file.im, g->feed.file.name, packed, bytes.n);
    }
    return rc == Z_STREAM_END ? feed_end(&g->feed, err) : damaged_gzip(g, err);
}

static bool add_gzip(cn_import *im, cn_slice name, cn_slice bytes, cn_err *err) {
    gunzip *g = calloc(1, sizeof *g);
    if (!g || inflateInit2(&g->z, MAX_WBITS + 16) != Z_OK) cn_no_memory();
    g->feed.file = (cn_import_file){im, name, name, false};
    feed_begin(&g->feed);
    bool good = unpack(g, bytes, err);
    feed_done(&g->feed);
    (void)inflateEnd(&g->z);
    free(g);
    return good;
}

/* ---- zip ---- */

typedef struct archive {
    cn_import *im;
    cn_slice name;
    zip_t *zip;
    size_t all; /* bytes of the archive */
    cn_arena *arena;
} archive;

static bool damaged_zip(const cn_import_file *f, const char *why, cn_err *err) {
    return cn_import_fail(err, f, CN_INVALID, "import.zip", 0, 0, "the zip archive is damaged, or not whole: %s.",
                          why);
}

static bool read_entry(feed *f, zip_file_t *from, const zip_stat_t *st, cn_err *err) {
    char piece[PIECE];
    for (zip_int64_t n; (n = zip_fread(from, piece, PIECE)) != 0;) {
        if (n < 0) return damaged_zip(&f->file, zip_file_strerror(from), err);
        if (!feed_more(f, cn_slice_bytes(piece, (size_t)n), err) || !within_ratio(f, (size_t)st->comp_size, err))
            return false;
    }
    return feed_end(f, err);
}

/* The name goes no further than into messages: nothing is written. */
static bool entry_names(archive *z, const zip_stat_t *st, cn_import_file *out, cn_err *err) {
    cn_slice entry = cn_slice_of(st->name), base = entry;
    if (!cn_utf8_is_line(entry)) return damaged_zip(out, "an entry's name is no text", err);
    for (size_t at; (at = cn_slice_find_byte(base, '/')) != SIZE_MAX;) base = cn_slice_from(base, at + 1);
    out->inner = base;
    return cn_arena_print(z->arena, &out->name, "%.*s: %.*s", CN_ARG(z->name), CN_ARG(entry)) ||
           cn_fail_memory(err);
}

/* Folders, and what systems leave beside files. */
static bool is_nothing(cn_slice inner) {
    return !inner.n || inner.p[0] == '.';
}

static bool add_entry(archive *z, zip_uint64_t i, size_t *done, cn_err *err) {
    feed f FEED_AUTO = {.file = {z->im, z->name, z->name, true}};
    zip_stat_t st;
    feed_begin(&f);
    if (zip_stat_index(z->zip, i, 0, &st) != 0) return damaged_zip(&f.file, zip_strerror(z->zip), err);
    if (!entry_names(z, &st, &f.file, err)) return false;
    if (is_nothing(f.file.inner)) return true;
    if (st.encryption_method != ZIP_EM_NONE)
        return cn_import_fail(err, &f.file, CN_UNSUPPORTED, "import.encrypted", 0, 0,
                              "the archive is protected by a password: unpack it first.");
    tell_progress(z->im, f.file.name, *done < z->all ? *done : z->all, z->all);
    zip_file_t *from = zip_fopen_index(z->zip, i, 0);
    if (!from) return damaged_zip(&f.file, zip_strerror(z->zip), err);
    bool good = read_entry(&f, from, &st, err);
    (void)zip_fclose(from);
    *done += (size_t)st.comp_size;
    return good;
}

static bool add_entries(archive *z, cn_err *err) {
    cn_import_file f = {z->im, z->name, z->name, true};
    zip_int64_t n = zip_get_num_entries(z->zip, 0);
    if (n > CN_IMPORT_ENTRIES_MAX)
        return cn_import_fail(err, &f, CN_LIMIT, "import.entries", 0, 0, "the archive holds more than %d files.",
                              CN_IMPORT_ENTRIES_MAX);
    if (zip_name_locate(z->zip, "xl/workbook.xml", 0) >= 0 || zip_name_locate(z->zip, "content.xml", 0) >= 0)
        return cn_import_fail(err, &f, CN_INVALID, "import.shape", 0, 0,
                              "this is a spreadsheet: save its table as \"CSV UTF-8\".");
    size_t done = 0, before = z->im->named;
    for (zip_int64_t i = 0; i < n; i++)
        if (!add_entry(z, (zip_uint64_t)i, &done, err)) return false;
    return z->im->named > before || cn_import_fail(err, &f, CN_INVALID, "import.shape", 0, 0,
                                                   "the archive holds no file of a framework that is known.");
}

static bool add_zip(cn_import *im, cn_slice name, cn_slice bytes, cn_err *err) {
    cn_import_file f = {im, name, name, true};
    zip_error_t e;
    zip_error_init(&e);
    archive z = {.im = im, .name = name, .all = bytes.n};
    zip_source_t *source = zip_source_buffer_create(bytes.p, bytes.n, 0, &e);
    if (!source) cn_no_memory();
    z.zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &e);
    if (!z.zip) {
        (void)damaged_zip(&f, zip_error_strerror(&e), err);
        zip_source_free(source);
        zip_error_fini(&e);
        return false;
    }
    z.arena = cn_arena_new(0);
    bool good = add_entries(&z, err);
    zip_discard(z.zip);
    zip_error_fini(&e);
    cn_arena_free(z.arena);
    return good;
}

/* ---- Any file ---- */

static const struct {
    cn_slice begins;
    bool (*add)(cn_import *im, cn_slice name, cn_slice bytes, cn_err *err);
} kinds[] = {
    {CN_S_INIT("PK\x03\x04"), add_zip},
    {CN_S_INIT("PK\x05\x06"), add_zip},
    {CN_S_INIT("\x1f\x8b"), add_gzip},
    {CN_S_INIT(""), add_plain},
};

static cn_slice base_name(cn_slice path) {
    for (size_t at; (at = cn_slice_find_byte(path, '/')) != SIZE_MAX;) path = cn_slice_from(path, at + 1);
    return path;
}

/* Messages tell the file's own name: its folder says nothing of it, and may say much of whoever keeps it. */
bool cn_import_add(cn_import *im, cn_slice name, cn_slice bytes, cn_err *err) {
    size_t i = 0;
    cn_slice base = base_name(name);
    while (!cn_slice_starts(bytes, kinds[i].begins)) i++;
    if (!kinds[i].add(im, base, bytes, err)) return false;
    tell_progress(im, base, bytes.n, bytes.n);
    return true;
}
