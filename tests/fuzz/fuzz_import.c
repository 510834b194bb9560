/* SPDX-License-Identifier: Apache-2.0
 *
 * Fuzzing imports of competency frameworks: archives, tables and JSON. What is accepted has items with URIs, each
 * text is valid UTF-8, relations lead from item to item; what is refused has an error with words.
 */
#include "exchange/import.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_items(const cn_import_framework *f) {
    for (size_t i = 0; i < f->items_n; i++) {
        const cn_import_item *item = &f->items[i];
        assert(item->uri.n && cn_utf8_invalid(item->uri) == SIZE_MAX);
        assert((item->list & ~f->item_lists) == 0);
        for (size_t k = 0; k < CN_IMPORT_TEXTS; k++) {
            assert(cn_utf8_invalid(item->text[k]) == SIZE_MAX);
            assert((item->says >> k & 1) || !item->text[k].n);
        }
    }
}

static void check_relations(const cn_import_framework *f) {
    for (size_t i = 0; i < f->relations_n; i++) {
        const cn_import_relation *r = &f->relations[i];
        assert(r->from < f->items_n && r->to < f->items_n);
        assert(r->how > 0 && r->how < CN_IMPORT_HOWS && (r->list & ~f->relation_lists) == 0);
        assert(f->items[r->from].named && f->items[r->to].named);
    }
}

static void check_error(const cn_err *err) {
    assert(err->code == CN_INVALID || err->code == CN_LIMIT || err->code == CN_CONFLICT ||
           err->code == CN_UNSUPPORTED);
    assert(err->id && err->detail[0] && cn_utf8_invalid(cn_slice_of(err->detail)) == SIZE_MAX);
    assert(cn_utf8_invalid(cn_slice_of(err->where)) == SIZE_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    cn_import *im CN_IMPORT_AUTO =
        cn_import_new(&(cn_import_options){.id = CN_S("https://example.org/f"), .named = true});
    const cn_import_framework *f;
    cn_err err = {0};
    if (!cn_import_add(im, CN_S("file_en.csv"), cn_slice_bytes(data, size), &err) ||
        !cn_import_finish(im, &f, &err)) {
        check_error(&err);
        return 0;
    }
    assert(f->kind != CN_IMPORT_NONE && f->id.n);
    check_items(f);
    check_relations(f);
    return 0;
}
