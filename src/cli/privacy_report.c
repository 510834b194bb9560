/* SPDX-License-Identifier: Apache-2.0
 *
 * The privacy report: the columns of store/privacy.h, with the words of web/locale/privacy.*.po.
 *
 * Nothing is written by hand of what a column holds but its name for people: a column that the database has and
 * the words have not is an error, which a test finds.
 */
#include "cli/privacy_report.h"
#include "json/json.h"
#include "store/privacy.h"
#include "web/messages.h"

typedef struct report {
    cn_buf *out;
    cn_language language;
    cn_err *err;
} report;

/* ---- Words ---- */

static bool find(const char *family, cn_slice word, const char *suffix, cn_msg *out, cn_err *err) {
    return cn_message_find(family, word, suffix, out) ||
           cn_fail(err, CN_INTERNAL, "privacy.word", "web/locale/privacy.*.po have no %s.%.*s%s%s.", family,
                   CN_ARG(word), suffix ? "." : "", suffix ? suffix : "");
}

static bool say(const report *r, const char *family, const char *word, const char *suffix) {
    cn_msg message;
    if (!find(family, cn_slice_of(word), suffix, &message, r->err)) return false;
    cn_buf_add(r->out, cn_message(r->language, message));
    return true;
}

static void line(const report *r, const char *before, cn_msg message, const char *after) {
    cn_buf_add(r->out, cn_slice_of(before));
    cn_buf_add(r->out, cn_message(r->language, message));
    cn_buf_add(r->out, cn_slice_of(after));
}

static const char *const purpose_family = CN_MSG_FAMILY("privacy.purpose");
static const char *const reader_family = CN_MSG_FAMILY("privacy.reader");
static const char *const keep_family = CN_MSG_FAMILY("privacy.keep");
static const char *const table_family = CN_MSG_FAMILY("privacy.table");
static const char *const data_family = CN_MSG_FAMILY("privacy.data");

/* "award.name", as its message is named. */
static bool data_message(const cn_privacy_column *c, cn_msg *out, cn_err *err) {
    char name[128];
    int n = snprintf(name, sizeof name, "%s.%s", c->table, c->column);
    assert(n > 0 && (size_t)n < sizeof name);
    return find(data_family, cn_slice_bytes(name, (size_t)n), NULL, out, err);
}

/* ---- Tables of the database: rows of cn_privacy_columns that stand together ---- */

typedef struct span {
    size_t from, to, personal;
} span;

static span next_table(size_t from) {
    span s = {.from = from, .to = from};
    const char *name = cn_privacy_columns[from].table;
    for (; s.to < cn_privacy_columns_n && !strcmp(cn_privacy_columns[s.to].table, name); s.to++)
        if (cn_privacy_columns[s.to].purpose != CN_PURPOSE_NONE) s.personal++;
    return s;
}

static bool readers(const report *r, unsigned bits) {
    bool first = true;
    for (size_t i = 0; cn_privacy_readers[i]; i++) {
        if (!(bits & (1u << i))) continue;
        if (!first) cn_buf_add(r->out, CN_S(", "));
        if (!say(r, reader_family, cn_privacy_readers[i], NULL)) return false;
        first = false;
    }
    return true;
}

static bool row(const report *r, const cn_privacy_column *c) {
    cn_msg data;
    if (!data_message(c, &data, r->err)) return false;
    line(r, "| ", data, " ");
    cn_buf_print(r->out, "(`%s`) | ", c->column);
    if (!say(r, purpose_family, cn_privacy_purposes[c->purpose], NULL)) return false;
    cn_buf_add(r->out, CN_S(" | "));
    if (!readers(r, c->readers)) return false;
    cn_buf_add(r->out, CN_S(" | "));
    if (!say(r, keep_family, cn_privacy_keeps[c->keep], NULL)) return false;
    cn_buf_add(r->out, CN_S(" |\n"));
    return true;
}

/* A message whose one argument is the names of columns, or of tables. */
static bool listed(const report *r, cn_msg message, const cn_buf *names, const char *after) {
    cn_message_arg arg = cn_message_arg_slice(cn_buf_slice(names));
    if (!cn_buf_ok(names)) return cn_fail_memory(r->err);
    cn_message_plain(r->out, r->language, message, 1, &arg);
    cn_buf_add(r->out, cn_slice_of(after));
    return true;
}

static void add_name(cn_buf *names, const char *name) {
    cn_buf_print(names, "%s`%s`", names->n ? ", " : "", name);
}

static bool table(const report *r, cn_arena *a, span s) {
    cn_buf others = cn_buf_on(a, 0);
    cn_buf_add(r->out, CN_S("### "));
    if (!say(r, table_family, cn_privacy_columns[s.from].table, NULL)) return false;
    cn_buf_print(r->out, " (`%s`)\n\n", cn_privacy_columns[s.from].table);
    line(r, "| ", CN_MSG_privacy_data, " | ");
    line(r, "", CN_MSG_privacy_why, " | ");
    line(r, "", CN_MSG_privacy_who, " | ");
    line(r, "", CN_MSG_privacy_long, " |\n|---|---|---|---|\n");
    for (size_t i = s.from; i < s.to; i++) {
        const cn_privacy_column *c = &cn_privacy_columns[i];
        if (c->purpose == CN_PURPOSE_NONE) add_name(&others, c->column);
        else if (!row(r, c)) return false;
    }
    cn_buf_byte(r->out, '\n');
    return !others.n || listed(r, CN_MSG_privacy_also, &others, "\n\n");
}

static bool tables(const report *r, cn_arena *a) {
    cn_buf without = cn_buf_on(a, 0);
    line(r, "## ", CN_MSG_privacy_kept, "\n\n");
    for (size_t at = 0; at < cn_privacy_columns_n;) {
        span s = next_table(at);
        if (!s.personal) add_name(&without, cn_privacy_columns[at].table);
        else if (!table(r, a, s)) return false;
        at = s.to;
    }
    line(r, "### ", CN_MSG_privacy_nothing, "\n\n");
    return listed(r, CN_MSG_privacy_nothing_text, &without, "\n\n");
}

/* ---- Words explained ---- */

static bool words(const report *r, cn_msg heading, const char *family, const char *const *list) {
    line(r, "## ", heading, "\n\n");
    for (; *list; list++) {
        if (!strcmp(*list, "none")) continue;
        cn_buf_add(r->out, CN_S("- **"));
        if (!say(r, family, *list, NULL)) return false;
        cn_buf_add(r->out, CN_S("** \u2013 "));
        if (!say(r, family, *list, "text")) return false;
        cn_buf_byte(r->out, '\n');
    }
    cn_buf_byte(r->out, '\n');
    return true;
}

static void outside(const report *r) {
    static const cn_msg items[] = {CN_MSG_privacy_outside_logs, CN_MSG_privacy_outside_outbox,
                                   CN_MSG_privacy_outside_files, CN_MSG_privacy_outside_verify,
                                   CN_MSG_privacy_outside_copies};
    line(r, "## ", CN_MSG_privacy_outside, "\n\n");
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) line(r, "- ", items[i], "\n");
}

bool cn_privacy_report(cn_arena *a, cn_language language, const char *version, cn_buf *out, cn_err *err) {
    report r = {out, language, err};
    cn_message_arg arg = cn_message_arg_cstr(version);
    cn_buf_add(out, CN_S("# "));
    cn_message_plain(out, language, CN_MSG_privacy_title, 1, &arg);
    line(&r, "\n\n", CN_MSG_privacy_intro, "\n\n");
    line(&r, "", CN_MSG_privacy_scope, "\n\n");
    if (!tables(&r, a) || !words(&r, CN_MSG_privacy_purposes, purpose_family, cn_privacy_purposes) ||
        !words(&r, CN_MSG_privacy_readers, reader_family, cn_privacy_readers))
        return false;
    line(&r, "", CN_MSG_privacy_readers_text, "\n\n");
    if (!words(&r, CN_MSG_privacy_keeps, keep_family, cn_privacy_keeps)) return false;
    outside(&r);
    return cn_buf_ok(out) || cn_fail_memory(err);
}

/* ---- For programs ---- */

typedef struct spoken {
    cn_arena *a;
    const cn_language *v;
    size_t n;
    cn_err *err;
} spoken;

/* {"en": …, "fr": …}; NULL at the arena's maximum. */
static const cn_json *texts(const spoken *in, cn_msg message) {
    cn_json *out = cn_json_object(in->a);
    for (size_t i = 0; out && i < in->n; i++)
        if (!cn_json_set(in->a, out, cn_language_tag(in->v[i]),
                         cn_json_string(in->a, cn_message(in->v[i], message))))
            return NULL;
    return out;
}

static bool set_text(const spoken *in, cn_json *object, const char *key, const char *text) {
    return cn_json_set(in->a, object, cn_slice_of(key), cn_json_string(in->a, cn_slice_of(text)));
}

static bool add_word(const spoken *in, cn_json *words, const char *family, const char *word) {
    cn_msg name, text;
    if (!find(family, cn_slice_of(word), NULL, &name, in->err) ||
        !find(family, cn_slice_of(word), "text", &text, in->err))
        return false;
    cn_json *both = cn_json_object(in->a);
    return (both && cn_json_set(in->a, both, CN_S("name"), texts(in, name)) &&
            cn_json_set(in->a, both, CN_S("text"), texts(in, text)) &&
            cn_json_set(in->a, words, cn_slice_of(word), both)) ||
           cn_fail_memory(in->err);
}

static bool add_words(const spoken *in, cn_json *root, const char *key, const char *family,
                      const char *const *list) {
    cn_json *words = cn_json_object(in->a);
    if (!words) return cn_fail_memory(in->err);
    for (; *list; list++)
        if (strcmp(*list, "none") && !add_word(in, words, family, *list)) return false;
    return cn_json_set(in->a, root, cn_slice_of(key), words) || cn_fail_memory(in->err);
}

static const cn_json *reader_list(const spoken *in, unsigned bits) {
    cn_json *out = cn_json_array(in->a);
    for (size_t i = 0; out && cn_privacy_readers[i]; i++) {
        if (!(bits & (1u << i))) continue;
        const cn_json *name = cn_json_string(in->a, cn_slice_of(cn_privacy_readers[i]));
        if (!name || !cn_json_push(in->a, out, name)) return NULL;
    }
    return out;
}

static bool set_personal(const spoken *in, cn_json *object, const cn_privacy_column *c) {
    cn_msg data;
    if (!data_message(c, &data, in->err)) return false;
    return (cn_json_set(in->a, object, CN_S("holds"), texts(in, data)) &&
            set_text(in, object, "purpose", cn_privacy_purposes[c->purpose]) &&
            cn_json_set(in->a, object, CN_S("readers"), reader_list(in, c->readers)) &&
            set_text(in, object, "retention", cn_privacy_keeps[c->keep])) ||
           cn_fail_memory(in->err);
}

static bool add_column(const spoken *in, cn_json *columns, const cn_privacy_column *c) {
    bool personal = c->purpose != CN_PURPOSE_NONE;
    cn_json *object = cn_json_object(in->a);
    if (!object || !set_text(in, object, "table", c->table) || !set_text(in, object, "column", c->column) ||
        !cn_json_set(in->a, object, CN_S("personal"), cn_json_bool(personal)) ||
        !cn_json_push(in->a, columns, object))
        return cn_fail_memory(in->err);
    return !personal || set_personal(in, object, c);
}

bool cn_privacy_report_json(cn_arena *a, const cn_language *languages, size_t n, const char *version, cn_buf *out,
                            cn_err *err) {
    spoken in = {a, languages, n, err};
    cn_json *root = cn_json_object(a), *columns = cn_json_array(a);
    if (!root || !columns || !set_text(&in, root, "format", "cairn-privacy-report") ||
        !set_text(&in, root, "program", version))
        return cn_fail_memory(err);
    if (!add_words(&in, root, "purposes", purpose_family, cn_privacy_purposes) ||
        !add_words(&in, root, "readers", reader_family, cn_privacy_readers) ||
        !add_words(&in, root, "retention", keep_family, cn_privacy_keeps))
        return false;
    for (size_t i = 0; i < cn_privacy_columns_n; i++)
        if (!add_column(&in, columns, &cn_privacy_columns[i])) return false;
    if (!cn_json_set(a, root, CN_S("columns"), columns)) return cn_fail_memory(err);
    cn_json_write_pretty(out, root);
    cn_buf_byte(out, '\n');
    return cn_buf_ok(out) || cn_fail_memory(err);
}
