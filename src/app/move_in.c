/* SPDX-License-Identifier: Apache-2.0
 *
 * A file of an organisation, read: every line is checked on its way into a transaction that ends well only when
 * the seal at the end is that of all lines before it.
 */
#include "app/move_inside.h"
#include "store/move.h"

typedef struct reading {
    const cn_app *app;
    const cn_move_reader *from;
    cn_move_derive *derive;
    cn_arena *a; /* of the summary */
    cn_time now;
    cn_master key;
    cn_digest sum;
    cn_move_summary *summary;
    size_t line, rows;
    double organisation; /* its number in the file */
    bool ended, noted;
} reading;

static bool fail_changed(const reading *r, const char *why, cn_err *err) {
    cn_slice place;
    (void)cn_fail(err, CN_INVALID, "move.changed", "%s: the file was changed, or it is damaged.", why);
    return cn_arena_print(r->a, &place, "line %zu", r->line) ? cn_fail_place(err, place) : false;
}

static bool next_line(reading *r, cn_slice *line, cn_err *err) {
    bool more;
    if (!r->from->next(r->from->self, line, &more, err)) return false;
    r->line++;
    if (more) return true;
    return cn_fail(err, CN_INVALID, "move.cut",
                   "the file ends after %zu lines, before its own end: it was cut off.", r->line - 1);
}

static bool read_json(const reading *r, cn_arena *a, cn_slice line, const cn_json **out, cn_err *err) {
    cn_json_options how = {.max_bytes = CN_MOVE_LINE_MAX, .refuse_duplicates = true};
    cn_err why;
    if (cn_json_read(a, line, &how, out, &why)) return true;
    if (why.code == CN_LIMIT) return *err = why, false;
    return fail_changed(r, "A line is no JSON", err);
}

/* ---- The head ---- */

static bool read_salt(const reading *r, const cn_json *head, uint8_t *salt, cn_err *err) {
    cn_slice bytes;
    if (!cn_base64_read(r->a, CN_BASE64, cn_json_get_text(head, CN_S("salt")), &bytes, err) ||
        bytes.n != CN_SALT_BYTES)
        return fail_changed(r, "Its salt is malformed", err);
    memcpy(salt, bytes.p, CN_SALT_BYTES);
    return true;
}

/* Tells a wrong passphrase before anything else is read. */
static bool open_key(reading *r, const cn_json *head, cn_slice passphrase, cn_err *err) {
    uint8_t salt[CN_SALT_BYTES];
    cn_slice sealed, plain;
    if (!read_salt(r, head, salt, err) || !r->derive(passphrase, salt, &r->key, err)) return false;
    if (!cn_base64_read(r->a, CN_BASE64, cn_json_get_text(head, CN_S("check")), &sealed, err))
        return fail_changed(r, "Its head is malformed", err);
    if (cn_unseal(r->a, &r->key, sealed, &plain, err) && cn_slice_eq(plain, CN_MOVE_FORMAT)) return true;
    return cn_fail(err, CN_DENIED, "move.passphrase", "the file was made with another passphrase.");
}

static bool copy(const reading *r, const cn_json *head, const char *member, cn_slice *out) {
    return cn_arena_copy(r->a, cn_json_get_text(head, cn_slice_of(member)), out);
}

static bool read_head(reading *r, cn_slice passphrase, cn_err *err) {
    cn_slice line, at;
    const cn_json *head;
    cn_err why;
    if (!next_line(r, &line, err)) return false;
    const cn_json *version;
    if (!cn_json_read(r->a, line, NULL, &head, &why) ||
        !cn_json_is_string(cn_json_get(head, CN_S("format")), CN_MOVE_FORMAT))
        return cn_fail(err, CN_INVALID, "move.format", "this is no file made by \"cairn export\".");
    version = cn_json_get(head, CN_S("version"));
    if (!cn_json_is(version, CN_JSON_NUMBER) || version->number != (double)CN_MOVE_VERSION)
        return cn_fail(err, CN_INVALID, "move.format",
                       "the file has another version than %d: use the Cairn that made it.", CN_MOVE_VERSION);
    if (!copy(r, head, "origin", &r->summary->origin) || !copy(r, head, "at", &at) ||
        !copy(r, head, "organisation", &r->summary->organisation) || !copy(r, head, "en", &r->summary->name_en) ||
        !copy(r, head, "fr", &r->summary->name_fr))
        return cn_fail_memory(err);
    if (!cn_time_read(at, &r->summary->at, NULL)) return fail_changed(r, "It has no date", err);
    r->sum = cn_move_sum(r->app->crypto, &r->sum, line);
    return open_key(r, head, passphrase, err);
}

/* ---- Rows ---- */

/* What was done stands in the audit, as a last row in the same transaction. */
static bool note(reading *r, cn_arena *a, cn_slice *table, const cn_json **row, cn_err *err) {
    cn_json *audit = cn_json_object(a);
    if (!audit || !cn_json_set(a, audit, CN_S("number"), cn_json_number(a, 1)) ||
        !cn_json_set(a, audit, CN_S("at"), cn_json_number(a, (double)r->now.sec)) ||
        !cn_json_set(a, audit, CN_S("organisation"), cn_json_number(a, r->organisation)) ||
        !cn_json_set(a, audit, CN_S("person"), cn_json_null()) ||
        !cn_json_set(a, audit, CN_S("action"), cn_json_string(a, CN_S("organisation.imported"))) ||
        !cn_json_set(a, audit, CN_S("subject"), cn_json_string(a, r->summary->organisation)) ||
        !cn_json_set(a, audit, CN_S("step"), cn_json_null()))
        return cn_fail_memory(err);
    *table = CN_S("audit");
    *row = audit;
    return r->noted = true;
}

static bool read_end(reading *r, cn_arena *a, const cn_json *end, cn_err *err) {
    cn_slice sealed, plain, after;
    bool more;
    if (!cn_base64_read(a, CN_BASE64, cn_json_get_text(end, CN_S("seal")), &sealed, err) ||
        !cn_unseal(a, &r->key, sealed, &plain, err) || !cn_equal_secret(plain, cn_digest_slice(&r->sum)))
        return fail_changed(r, "The seal at the end is not that of the file", err);
    if (!r->from->next(r->from->self, &after, &more, err)) return false;
    return !more || fail_changed(r, "Something follows the end", err);
}

static bool read_row(reading *r, cn_arena *a, const cn_json *line, cn_slice *table, const cn_json **row,
                     cn_err *err) {
    cn_json *own = NULL;
    const cn_json *given = cn_json_get(line, CN_S("row"));
    *table = cn_json_get_text(line, CN_S("table"));
    if (!table->n || !cn_json_is(given, CN_JSON_OBJECT)) return fail_changed(r, "A line is no row", err);
    if (cn_slice_eq(*table, CN_S("signing_key"))) {
        own = cn_json_copy_shallow(a, given);
        if (!own) return cn_fail_memory(err);
        if (!cn_move_reseal(a, r->app, &r->key, r->app->master, own, err)) return false;
    }
    if (cn_slice_eq(*table, CN_S("organisation"))) {
        const cn_json *number = cn_json_get(given, CN_S("number"));
        r->organisation = cn_json_is(number, CN_JSON_NUMBER) ? number->number : 0;
    }
    *row = own ? own : given;
    return cn_move_add(r->a, r->summary, *table) || cn_fail_memory(err);
}

static bool next_row(void *self, cn_arena *a, cn_slice *table, const cn_json **row, cn_err *err) {
    reading *r = self;
    const cn_json *json;
    cn_slice line;
    if (r->ended) {
        *table = (cn_slice){0};
        return r->noted || note(r, a, table, row, err);
    }
    if (!next_line(r, &line, err) || !read_json(r, a, line, &json, err)) return false;
    if (cn_json_get(json, CN_S("end"))) {
        r->ended = true;
        return read_end(r, a, json, err) && next_row(self, a, table, row, err);
    }
    r->sum = cn_move_sum(r->app->crypto, &r->sum, line);
    r->rows++;
    return read_row(r, a, json, table, row, err);
}

/* The number of a row in the file is its line. */
static bool place(const reading *r, cn_err *err) {
    cn_slice line;
    if (err->code == CN_INVALID && cn_arena_print(r->a, &line, "line %zu", r->line))
        return cn_fail_place(err, line);
    return false;
}

bool cn_move_in_by(cn_arena *a, const cn_app *app, cn_time now, cn_move_derive *derive, cn_slice passphrase,
                   const cn_move_reader *from, cn_move_summary *out, cn_err *err) {
    cn_move_summary summary = {.at = now};
    reading r = {.app = app, .from = from, .derive = derive, .a = a, .now = now, .summary = &summary};
    cn_move_source source = {&r, next_row};
    if (!cn_move_can(app, err)) return false;
    r.sum = cn_hash_of(app->crypto, CN_SHA256, (cn_slice){0});
    bool good = read_head(&r, passphrase, err) && cn_store_move_in(app->store, &source, err);
    cn_master_wipe(&r.key);
    if (!good) return place(&r, err);
    *out = summary;
    return true;
}

bool cn_app_move_in(cn_arena *a, const cn_app *app, cn_time now, cn_slice passphrase, const cn_move_reader *from,
                    cn_move_summary *out, cn_err *err) {
    return cn_move_in_by(a, app, now, cn_master_derive, passphrase, from, out, err);
}
