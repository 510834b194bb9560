/* SPDX-License-Identifier: Apache-2.0
 *
 * What the readers of an import find, joined: items by their URI, each text as the first file said it, relations
 * by the places of their items.
 */
#define CN_IMPORT_C
#include <stdarg.h>

#include "exchange/import_inside.h"

/* ---- Kinds ---- */

static const cn_slice words[CN_IMPORT_KINDS] = {
    [CN_IMPORT_NONE] = CN_S_INIT(""),           [CN_IMPORT_ESCO] = CN_S_INIT("esco"),
    [CN_IMPORT_CASE] = CN_S_INIT("case"),       [CN_IMPORT_CTDL_ASN] = CN_S_INIT("ctdl-asn"),
    [CN_IMPORT_NOC] = CN_S_INIT("noc"),         [CN_IMPORT_CIP] = CN_S_INIT("cip"),
    [CN_IMPORT_ISCED_F] = CN_S_INIT("isced-f"), [CN_IMPORT_CSV] = CN_S_INIT("csv"),
};

cn_slice cn_import_kind_word(cn_import_kind kind) {
    return words[kind];
}

/* Of a classification there is one edition here: its year may be said. */
static const struct {
    cn_slice word;
    cn_import_kind kind;
} editions[] = {
    {CN_S_INIT("noc-2021"), CN_IMPORT_NOC},
    {CN_S_INIT("cip-2021"), CN_IMPORT_CIP},
    {CN_S_INIT("isced-f-2013"), CN_IMPORT_ISCED_F},
};

bool cn_import_kind_find(cn_slice word, cn_import_kind *out) {
    for (size_t i = 1; i < CN_IMPORT_KINDS; i++)
        if (cn_slice_eq(words[i], word)) return *out = (cn_import_kind)i, true;
    for (size_t i = 0; i < sizeof editions / sizeof *editions; i++)
        if (cn_slice_eq(editions[i].word, word)) return *out = editions[i].kind, true;
    return false;
}

/* ---- Errors ---- */

static void put_place(cn_buf *b, const cn_import_file *f, size_t line, size_t column) {
    cn_buf_add(b, cn_utf8_prefix(f->name, 120));
    if (line) cn_buf_print(b, ": line %zu", line);
    if (line && column) cn_buf_print(b, ", column %zu", column);
}

bool cn_import_fail(cn_err *err, const cn_import_file *f, cn_code code, const char *id, size_t line, size_t column,
                    const char *format, ...) {
    char detail[sizeof err->detail];
    cn_buf b CN_BUF_AUTO = cn_buf_on(NULL, sizeof err->where);
    va_list args;
    va_start(args, format);
    (void)vsnprintf(detail, sizeof detail, format, args);
    va_end(args);
    put_place(&b, f, line, column);
    return cn_fail_at(err, code, id, cn_buf_slice(&b), "%s", detail);
}

/* ---- An import ---- */

cn_import *cn_import_new(const cn_import_options *options) {
    cn_import *im = calloc(1, sizeof *im);
    if (!im) cn_no_memory();
    im->options = *options;
    im->arena = cn_arena_new(CN_IMPORT_MEMORY_MAX);
    return im;
}

void cn_import_free(cn_import *im) {
    if (!im) return;
    cn_arena_free(im->arena);
    free(im);
}

void cn_import_free_auto(cn_import **im) {
    cn_import_free(*im);
}

bool cn_import_is(cn_import *im, const cn_import_file *f, cn_import_kind kind, cn_slice id, cn_err *err) {
    cn_slice own = im->options.id.n ? im->options.id : id;
    im->named++;
    if (im->out.kind == CN_IMPORT_NONE) {
        im->out.kind = kind;
        return cn_arena_copy(im->arena, own, &im->out.id) || cn_fail_memory(err);
    }
    if (im->out.kind == kind && cn_slice_eq(im->out.id, own)) return true;
    return cn_import_fail(err, f, CN_CONFLICT, "import.kinds", 0, 0,
                          "this file is of the framework %.*s (%.*s), the one before of %.*s (%.*s): import them "
                          "apart.",
                          CN_ARG(own), CN_ARG(words[kind]), CN_ARG(im->out.id), CN_ARG(words[im->out.kind]));
}

bool cn_import_tell(cn_import *im, cn_import_about what, cn_slice text, cn_err *err) {
    if (im->out.about[what].n) return true;
    return cn_arena_copy(im->arena, cn_slice_trim(text), &im->out.about[what]) || cn_fail_memory(err);
}

static bool add_item(cn_import *im, cn_map_entry *entry, cn_err *err) {
    cn_import_framework *f = &im->out;
    cn_import_item *v = cn_arena_grow(im->arena, f->items, f->items_n, &im->items_cap, f->items_n + 1, sizeof *v);
    if (!v) return cn_fail_memory(err);
    f->items = v;
    f->items[f->items_n++] = (cn_import_item){.uri = entry->key};
    entry->value = (void *)(uintptr_t)f->items_n;
    return true;
}

bool cn_import_item_at(cn_import *im, cn_slice uri, uint32_t *out, cn_err *err) {
    uintptr_t place = (uintptr_t)cn_map_get(&im->by_uri, uri);
    if (!place) {
        cn_slice key;
        cn_map_entry *entry = NULL;
        if (cn_arena_copy(im->arena, uri, &key)) entry = cn_map_at(im->arena, &im->by_uri, key);
        if (!entry) return cn_fail_memory(err);
        if (!add_item(im, entry, err)) return false;
        place = (uintptr_t)entry->value;
    }
    *out = (uint32_t)(place - 1);
    return true;
}

cn_slice cn_import_trim(cn_slice s) {
    static const cn_slice blanks[] = {CN_S_INIT("\xc2\xa0"), CN_S_INIT("\xe2\x80\x8b"), CN_S_INIT("\xef\xbb\xbf")};
    for (size_t before = SIZE_MAX; s.n != before;) {
        before = s.n;
        s = cn_slice_trim(s);
        for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
            if (cn_slice_starts(s, blanks[i])) s = cn_slice_from(s, blanks[i].n);
            if (cn_slice_ends(s, blanks[i])) s = cn_slice_sub(s, 0, s.n - blanks[i].n);
        }
    }
    return s;
}

bool cn_import_say(cn_import *im, uint32_t item, unsigned text, cn_slice value, cn_err *err) {
    cn_import_item *i = &im->out.items[item];
    if (i->says >> text & 1) return true;
    if (!cn_arena_copy(im->arena, cn_import_trim(value), &i->text[text])) return cn_fail_memory(err);
    i->says |= 1U << text;
    return true;
}

void cn_import_listed(cn_import *im, uint32_t item, unsigned list) {
    cn_import_item *i = &im->out.items[item];
    if (!i->list) i->list = list;
    im->out.item_lists |= list;
}

bool cn_import_relate(cn_import *im, uint32_t from, cn_import_how how, uint32_t to, unsigned list, cn_err *err) {
    cn_import_framework *f = &im->out;
    cn_import_relation *v =
        cn_arena_grow(im->arena, f->relations, f->relations_n, &im->relations_cap, f->relations_n + 1, sizeof *v);
    if (!v) return cn_fail_memory(err);
    f->relations = v;
    f->relations[f->relations_n++] = (cn_import_relation){from, to, how, list};
    f->relation_lists |= list;
    f->items[from].named = f->items[to].named = true;
    f->items[from].degree++;
    f->items[to].degree++;
    return true;
}

bool cn_import_finish(cn_import *im, const cn_import_framework **out, cn_err *err) {
    if (!im->named || !im->out.items_n)
        return cn_fail(err, CN_INVALID, "import.empty", "the files hold no item of a framework.");
    *out = &im->out;
    return true;
}

/* ---- Texts ---- */

typedef struct others {
    cn_arena *arena;
    cn_slice label;
    cn_map seen;
    cn_buf lines;
} others;

/* A cell may hold very many: each is looked up, not searched for. */
static bool add_other(others *o, cn_slice one) {
    one = cn_import_trim(one);
    if (!one.n || cn_slice_eq_nocase(one, o->label)) return true;
    cn_map_entry *e = cn_map_at(o->arena, &o->seen, one);
    if (!e) return false;
    if (e->value) return true;
    e->value = o;
    if (o->lines.n) cn_buf_byte(&o->lines, '\n');
    cn_buf_add(&o->lines, one);
    return cn_buf_ok(&o->lines);
}

bool cn_import_alternatives(cn_arena *a, cn_slice cell, cn_slice label, cn_slice *out, cn_err *err) {
    others o = {.arena = a, .label = label, .lines = cn_buf_on(a, CN_IMPORT_ROW_MAX)};
    for (size_t from = 0, i = 0; i <= cell.n; i++) {
        if (i < cell.n && cell.p[i] != '\n' && cell.p[i] != '|') continue;
        if (!add_other(&o, cn_slice_sub(cell, from, i))) return cn_fail_memory(err);
        from = i + 1;
    }
    *out = cn_buf_slice(&o.lines);
    return true;
}

bool cn_import_language(cn_slice tag, bool *french) {
    cn_slice primary, rest;
    (void)cn_slice_cut(tag, '-', &primary, &rest);
    bool fr = cn_slice_eq_nocase(primary, CN_S("fr")), en = cn_slice_eq_nocase(primary, CN_S("en"));
    if (fr || en) *french = fr;
    return fr || en;
}
