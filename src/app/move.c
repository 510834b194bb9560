/* SPDX-License-Identifier: Apache-2.0
 *
 * A file of an organisation, written; and what reading it shares.
 */
#include "app/move_inside.h"
#include "store/move.h"
#include "store/people.h"

/* ---- Shared ---- */

cn_digest cn_move_sum(const cn_crypto *crypto, const cn_digest *before, cn_slice line) {
    uint8_t both[sizeof before->bytes * 2];
    cn_digest own = cn_hash_of(crypto, CN_SHA256, line);
    memcpy(both, before->bytes, before->n);
    memcpy(both + before->n, own.bytes, own.n);
    return cn_hash_of(crypto, CN_SHA256, cn_slice_bytes(both, before->n + own.n));
}

bool cn_move_add(cn_arena *a, cn_move_summary *s, cn_slice table) {
    size_t i = 0;
    while (i < s->counts_n && !cn_slice_eq(s->counts[i].table, table)) i++;
    if (i == CN_MOVE_TABLES_MAX) return false;
    if (i == s->counts_n) {
        if (!cn_arena_copy(a, table, &s->counts[i].table)) return false;
        s->counts_n++;
    }
    s->counts[i].n++;
    return true;
}

size_t cn_move_count(const cn_move_summary *s, cn_slice table) {
    for (size_t i = 0; i < s->counts_n; i++)
        if (cn_slice_eq(s->counts[i].table, table)) return s->counts[i].n;
    return 0;
}

const cn_json *cn_move_bytes(cn_arena *a, cn_slice bytes) {
    cn_buf text = cn_buf_on(a, 0);
    cn_base64_write(&text, CN_BASE64, bytes);
    return cn_buf_ok(&text) ? cn_json_string(a, cn_buf_slice(&text)) : NULL;
}

bool cn_move_can(const cn_app *app, cn_err *err) {
    return app->master || cn_fail(err, CN_UNAVAILABLE, "keys.master",
                                  "without the master key the organisation's signing keys cannot be moved.");
}

bool cn_move_reseal(cn_arena *a, const cn_app *app, const cn_master *from, const cn_master *to, cn_json *row,
                    cn_err *err) {
    cn_slice sealed, plain;
    cn_json *object = cn_json_object(a);
    const cn_json *was = cn_json_get(cn_json_get(row, CN_S("sealed")), CN_S("base64"));
    if (!object) return cn_fail_memory(err);
    if (!cn_json_is(was, CN_JSON_STRING))
        return cn_fail(err, CN_INVALID, "move.row", "a row of \"signing_key\" has no sealed key.");
    if (!cn_base64_read(a, CN_BASE64, cn_json_text(was), &sealed, err) || !cn_unseal(a, from, sealed, &plain, err))
        return false;
    bool good = cn_seal(a, to, app->random, plain, &sealed, err);
    explicit_bzero((char *)plain.p, plain.n);
    if (!good) return false;
    return (cn_json_set(a, object, CN_S("base64"), cn_move_bytes(a, sealed)) &&
            cn_json_set(a, row, CN_S("sealed"), object)) ||
           cn_fail_memory(err);
}

/* ---- Writing ---- */

typedef struct writing {
    const cn_app *app;
    const cn_move_writer *to;
    cn_arena *a; /* of the summary */
    cn_master key;
    cn_digest sum;
    cn_move_summary *summary;
    size_t rows;
} writing;

static bool put_line(writing *w, cn_arena *a, const cn_json *line, cn_err *err) {
    cn_buf text = cn_buf_on(a, CN_MOVE_LINE_MAX);
    cn_json_write(&text, line);
    if (!cn_buf_ok(&text)) return cn_fail_memory(err);
    w->sum = cn_move_sum(w->app->crypto, &w->sum, cn_buf_slice(&text));
    cn_buf_byte(&text, '\n');
    return cn_buf_ok(&text) ? w->to->write(w->to->self, cn_buf_slice(&text), err) : cn_fail_memory(err);
}

static bool take_row(void *self, cn_arena *a, cn_slice table, cn_json *row, cn_err *err) {
    writing *w = self;
    cn_json *line = cn_json_object(a);
    if (cn_slice_eq(table, CN_S("signing_key")) && !cn_move_reseal(a, w->app, w->app->master, &w->key, row, err))
        return false;
    w->rows++;
    if (!cn_move_add(w->a, w->summary, table) || !line ||
        !cn_json_set(a, line, CN_S("table"), cn_json_string(a, table)) || !cn_json_set(a, line, CN_S("row"), row))
        return cn_fail_memory(err);
    return put_line(w, a, line, err);
}

static bool sealed_json(writing *w, cn_arena *a, cn_slice plain, const cn_json **out, cn_err *err) {
    cn_slice sealed;
    if (!cn_seal(a, &w->key, w->app->random, plain, &sealed, err)) return false;
    *out = cn_move_bytes(a, sealed);
    return *out || cn_fail_memory(err);
}

static bool put_head(writing *w, const uint8_t *salt, cn_err *err) {
    cn_arena *a = w->a;
    cn_json *head = cn_json_object(a);
    cn_buf at = cn_buf_on(a, 0);
    const cn_json *check;
    cn_time_write(&at, w->summary->at);
    if (!sealed_json(w, a, CN_MOVE_FORMAT, &check, err)) return false;
    if (!head || !cn_buf_ok(&at) || !cn_json_set(a, head, CN_S("format"), cn_json_string(a, CN_MOVE_FORMAT)) ||
        !cn_json_set(a, head, CN_S("version"), cn_json_number(a, CN_MOVE_VERSION)) ||
        !cn_json_set(a, head, CN_S("origin"), cn_json_string(a, w->summary->origin)) ||
        !cn_json_set(a, head, CN_S("organisation"), cn_json_string(a, w->summary->organisation)) ||
        !cn_json_set(a, head, CN_S("en"), cn_json_string(a, w->summary->name_en)) ||
        !cn_json_set(a, head, CN_S("fr"), cn_json_string(a, w->summary->name_fr)) ||
        !cn_json_set(a, head, CN_S("at"), cn_json_string(a, cn_buf_slice(&at))) ||
        !cn_json_set(a, head, CN_S("salt"), cn_move_bytes(a, cn_slice_bytes(salt, CN_SALT_BYTES))) ||
        !cn_json_set(a, head, CN_S("check"), check))
        return cn_fail_memory(err);
    return put_line(w, a, head, err);
}

static bool put_end(writing *w, cn_err *err) {
    cn_json *end = cn_json_object(w->a);
    const cn_json *seal;
    if (!sealed_json(w, w->a, cn_digest_slice(&w->sum), &seal, err)) return false;
    if (!end || !cn_json_set(w->a, end, CN_S("end"), cn_json_number(w->a, (double)w->rows)) ||
        !cn_json_set(w->a, end, CN_S("seal"), seal))
        return cn_fail_memory(err);
    return put_line(w, w->a, end, err);
}

static bool begin(writing *w, cn_slice passphrase, uint8_t *salt, cn_err *err) {
    if (!cn_move_can(w->app, err)) return false;
    if (passphrase.n < CN_MOVE_PASSPHRASE_MIN)
        return cn_fail(err, CN_INVALID, "move.passphrase", "a passphrase has at least %d characters.",
                       CN_MOVE_PASSPHRASE_MIN);
    if (!w->app->random->fill(w->app->random->self, salt, CN_SALT_BYTES))
        return cn_fail(err, CN_INTERNAL, "secret.random", "there is no randomness.");
    w->sum = cn_hash_of(w->app->crypto, CN_SHA256, (cn_slice){0});
    return cn_master_derive(passphrase, salt, &w->key, err);
}

bool cn_app_move_out(cn_arena *a, const cn_app *app, cn_time now, cn_slice organisation, cn_slice passphrase,
                     const cn_move_writer *to, cn_move_summary *out, cn_err *err) {
    cn_move_summary summary = {.origin = app->origin, .at = now};
    writing w = {.app = app, .to = to, .a = a, .summary = &summary};
    cn_move_sink sink = {&w, take_row};
    cn_stored_organisation o;
    uint8_t salt[CN_SALT_BYTES];
    if (!cn_store_organisation_by_id(a, app->store, organisation, &o, err) || !begin(&w, passphrase, salt, err))
        return false;
    summary.organisation = o.id, summary.name_en = o.name_en, summary.name_fr = o.name_fr;
    cn_audit audit = {.organisation = o.number, .action = CN_S("organisation.exported"), .subject = o.id};
    bool good = put_head(&w, salt, err) && cn_store_move_out(app->store, o.number, &sink, err) &&
                put_end(&w, err) && cn_store_audit(app->store, &audit, now, err);
    cn_master_wipe(&w.key);
    if (good) *out = summary;
    return good;
}
