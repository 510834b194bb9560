/* SPDX-License-Identifier: Apache-2.0
 *
 * Competency frameworks: what the readers of files tell, handed to the store, with its place among what is found.
 */
#include "app/frameworks.h"

/* The two rooms do not know each other, and say the same. */
static_assert((int)CN_IMPORT_TEXTS == (int)CN_ITEM_TEXTS && (int)CN_IMPORT_FRENCH == (int)CN_ITEM_FRENCH &&
                  (int)CN_IMPORT_CODE == (int)CN_ITEM_CODE && (int)CN_IMPORT_TYPE == (int)CN_ITEM_TYPE &&
                  (int)CN_IMPORT_LEVEL == (int)CN_ITEM_LEVEL,
              "texts of an item");
static_assert((int)CN_IMPORT_ABOUTS == (int)CN_FRAMEWORK_TEXTS &&
                  (int)CN_IMPORT_ATTRIBUTION == (int)CN_FRAMEWORK_ATTRIBUTION,
              "texts of a framework");
static_assert((int)CN_IMPORT_HOWS == (int)CN_ITEM_HOWS && (int)CN_IMPORT_PART == (int)CN_ITEM_PART,
              "how items stand to each other");

/* ---- Quality ---- */

/* Somebody who types a few letters looks for a competency rather than for a group of occupations, and for one that
 * many occupations need rather than for one that hardly any does. */
enum { STEP = 64, DEGREES = 32 };
static const struct {
    cn_slice type;
    int64_t class;
} classes[] = {
    {CN_S_INIT("skill"), 0},           {CN_S_INIT("knowledge"), 0},
    {CN_S_INIT("competency"), 0},      {CN_S_INIT("occupation"), 1},
    {CN_S_INIT("unit-group"), 1},      {CN_S_INIT("detailed-field"), 1},
    {CN_S_INIT("skill-group"), 2},     {CN_S_INIT("narrow-field"), 2},
    {CN_S_INIT("minor-group"), 2},     {CN_S_INIT("occupation-group"), 3},
    {CN_S_INIT("class"), 1},           {CN_S_INIT("subseries"), 2},
    {CN_S_INIT("series"), 3},          {CN_S_INIT("broad-field"), 3},
    {CN_S_INIT("sub-major-group"), 3}, {CN_S_INIT("major-group"), 4},
    {CN_S_INIT("broad-category"), 5},
};

static int64_t quality_of(const cn_import_item *item) {
    int64_t class = 0, bits = 0;
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (cn_slice_eq(classes[i].type, item->text[CN_IMPORT_TYPE])) class = classes[i].class;
    while (item->degree >> bits) bits++;
    return class * STEP + (DEGREES - bits);
}

/* ---- What is handed on ---- */

typedef struct handing {
    const cn_import_framework *from;
    const cn_framework_options *options;
    bool ranked;
} handing;

static cn_item_said said_item(void *self, size_t i) {
    const handing *h = self;
    const cn_import_item *from = &h->from->items[i];
    cn_item_said out = {.item = {.uri = from->uri, .list = from->list, .quality = quality_of(from)},
                        .says = from->says,
                        .ranked = h->ranked && (from->says >> CN_IMPORT_TYPE & 1),
                        .named = from->named};
    memcpy(out.item.text, from->text, sizeof out.item.text);
    return out;
}

static cn_item_relation said_relation(void *self, size_t i) {
    const cn_import_relation *r = &((const handing *)self)->from->relations[i];
    return (cn_item_relation){r->from, r->to, (cn_item_how)r->how, r->list};
}

static void tell(void *self, size_t done, size_t all) {
    const cn_framework_options *o = ((const handing *)self)->options;
    if (o->progress) o->progress(o->self, done, all);
}

static bool keep(cn_arena *a, const cn_app *app, cn_time now, const cn_import_framework *from,
                 const cn_framework_options *options, cn_framework_report *out, cn_err *err) {
    handing h = {.from = from, .options = options, .ranked = from->relation_lists != 0};
    cn_framework f = {.id = from->id, .kind = cn_import_kind_word(from->kind)};
    for (size_t i = 0; i < CN_FRAMEWORK_TEXTS; i++)
        f.text[i] = options->about[i].n ? options->about[i] : from->about[i];
    const cn_framework_said said = {.framework = &f,
                                    .self = &h,
                                    .items_n = from->items_n,
                                    .relations_n = from->relations_n,
                                    .item = said_item,
                                    .relation = said_relation,
                                    .item_lists = from->item_lists,
                                    .relation_lists = from->relation_lists,
                                    .progress = tell};
    cn_framework_report report = {.rows = from->rows};
    if (!cn_store_framework_put(app->store, &said, now, &report.counts, err) ||
        !cn_store_framework(a, app->store, from->id, &report.framework, err))
        return false;
    *out = report;
    return true;
}

static bool read_file(cn_import *im, const cn_framework_files *files, size_t i, cn_err *err) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_slice name, bytes;
    return files->read(files->self, a, i, &name, &bytes, err) && cn_import_add(im, name, bytes, err);
}

bool cn_app_framework_import(cn_arena *a, const cn_app *app, cn_time now, const cn_framework_files *files,
                             const cn_framework_options *options, cn_framework_report *out, cn_err *err) {
    cn_import *im CN_IMPORT_AUTO = cn_import_new(&options->reading);
    const cn_import_framework *from;
    for (size_t i = 0; i < files->n; i++)
        if (!read_file(im, files, i, err)) return false;
    return cn_import_finish(im, &from, err) && keep(a, app, now, from, options, out, err);
}

/* ---- Looking ---- */

bool cn_app_frameworks(cn_arena *a, const cn_app *app, cn_framework **out, size_t *n, cn_err *err) {
    return cn_store_frameworks(a, app->store, out, n, err);
}

bool cn_app_items_find(cn_arena *a, const cn_app *app, const cn_item_query *q, cn_item **out, size_t *n,
                       bool *more, cn_err *err) {
    return cn_store_items_find(a, app->store, q, out, n, more, err);
}

static bool framework_of(cn_arena *a, const cn_app *app, int64_t number, cn_framework *out, cn_err *err) {
    cn_framework *all;
    size_t n;
    if (!cn_store_frameworks(a, app->store, &all, &n, err)) return false;
    for (size_t i = 0; i < n; i++)
        if (all[i].number == number) return *out = all[i], true;
    return cn_fail(err, CN_NOT_FOUND, "store.none", "there is no such framework.");
}

static bool complete(cn_arena *a, const cn_app *app, cn_item_page *page, cn_err *err) {
    return framework_of(a, app, page->item.framework, &page->framework, err) &&
           cn_store_items_beside(a, app->store, page->item.number, CN_ITEM_BESIDE_MAX, &page->beside,
                                 &page->beside_n, err);
}

bool cn_app_item(cn_arena *a, const cn_app *app, int64_t number, cn_item_page *out, cn_err *err) {
    cn_item_page page = {0};
    if (!cn_store_item(a, app->store, number, &page.item, err) || !complete(a, app, &page, err)) return false;
    *out = page;
    return true;
}

bool cn_app_item_by_uri(cn_arena *a, const cn_app *app, cn_slice uri, cn_item_page *out, cn_err *err) {
    cn_item_page page = {0};
    if (!cn_store_item_by_uri(a, app->store, uri, &page.item, err) || !complete(a, app, &page, err)) return false;
    *out = page;
    return true;
}

cn_slice cn_item_label(const cn_item *item, bool want_french, bool *french) {
    cn_slice en = item->text[CN_ITEM_LABEL], fr = item->text[CN_ITEM_LABEL_FR];
    *french = fr.n && (want_french || !en.n);
    return *french ? fr : en.n ? en : item->uri;
}
