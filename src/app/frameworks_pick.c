/* SPDX-License-Identifier: Apache-2.0
 *
 * Items of competency frameworks that become a part of a design.
 */
#include "app/frameworks.h"

#include "base/base.h"

enum { LABEL_MAX = 200 }; /* characters, as design_fields.c has it */

/* A label that is a whole paragraph, as standards of schools are, ends where the design's does. */
static cn_slice short_label(cn_slice label) {
    size_t at = 0;
    for (int n = 0; at < label.n && n < LABEL_MAX; n++) (void)cn_utf8_next(label, &at);
    return cn_slice_trim(cn_slice_sub(label, 0, at));
}

/* Members that are empty are left out. */
static bool add_text(cn_arena *a, cn_json *o, cn_slice key, cn_slice text) {
    return !text.n || cn_json_set(a, o, key, cn_json_string(a, text));
}

static cn_slice type_of(const cn_item *item) {
    static const cn_slice known[] = {CN_S_INIT("knowledge"), CN_S_INIT("skill"), CN_S_INIT("attitude")};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (cn_slice_eq(known[i], item->text[CN_ITEM_TYPE])) return known[i];
    return CN_S("competency");
}

static const cn_json *competency_of(cn_arena *a, const cn_item *item, const cn_framework *f) {
    cn_json *o = cn_json_object(a), *label = cn_json_object(a);
    cn_slice title = f->text[f->text[CN_FRAMEWORK_TITLE].n ? CN_FRAMEWORK_TITLE : CN_FRAMEWORK_TITLE_FR];
    bool good = o && label && add_text(a, label, CN_S("en"), short_label(item->text[CN_ITEM_LABEL])) &&
                add_text(a, label, CN_S("fr"), short_label(item->text[CN_ITEM_LABEL_FR])) &&
                cn_json_set(a, o, CN_S("label"), label) &&
                add_text(a, o, CN_S("framework"), short_label(title.n ? title : f->id)) &&
                add_text(a, o, CN_S("uri"), item->uri) && add_text(a, o, CN_S("code"), item->text[CN_ITEM_CODE]) &&
                add_text(a, o, CN_S("type"), type_of(item));
    return good ? o : NULL;
}

bool cn_framework_classifies(const cn_framework *f) {
    static const cn_import_kind kinds[] = {CN_IMPORT_NOC, CN_IMPORT_CIP, CN_IMPORT_ISCED_F};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (cn_slice_eq(f->kind, cn_import_kind_word(kinds[i]))) return true;
    return false;
}

/* As items_find.sql has it. */
static bool is_class(const cn_item_page *page) {
    cn_slice type = page->item.text[CN_ITEM_TYPE];
    return cn_framework_classifies(&page->framework) || cn_slice_eq(type, CN_S("occupation")) ||
           cn_slice_eq(type, CN_S("occupation-group"));
}

bool cn_design_has_item(const cn_json *design, cn_slice uri) {
    const cn_json *all = cn_json_get(design, CN_S("competencies"));
    for (size_t i = 0; i < cn_json_count(all); i++)
        if (cn_slice_eq(cn_json_get_text(cn_json_item(all, i), CN_S("uri")), uri)) return true;
    return false;
}

/* The list without the one at `leave`, and with `more` at its end; either may be none. */
static const cn_json *changed(cn_arena *a, const cn_json *design, size_t leave, const cn_json *more) {
    const cn_json *all = cn_json_get(design, CN_S("competencies"));
    cn_json *out = design ? cn_json_copy_shallow(a, design) : cn_json_object(a), *list = cn_json_array(a);
    if (!out || !list) return NULL;
    for (size_t i = 0; i < cn_json_count(all); i++)
        if (i != leave && !cn_json_push(a, list, cn_json_item(all, i))) return NULL;
    if (more && !cn_json_push(a, list, more)) return NULL;
    return cn_json_set(a, out, CN_S("competencies"), list) ? out : NULL;
}

bool cn_design_add_item(cn_arena *a, const cn_app *app, const cn_json *design, int64_t number, const cn_json **out,
                        cn_err *err) {
    cn_item_page page;
    if (!cn_app_item(a, app, number, &page, err)) return false;
    if (is_class(&page))
        return cn_fail(err, CN_INVALID, "item.class", "it is an occupation or a class, and no competency.");
    if (cn_design_has_item(design, page.item.uri)) return *out = design, true;
    const cn_json *competency = competency_of(a, &page.item, &page.framework);
    const cn_json *new = competency ? changed(a, design, SIZE_MAX, competency) : NULL;
    if (!new) return cn_fail_memory(err);
    *out = new;
    return true;
}

bool cn_design_remove_item(cn_arena *a, const cn_json *design, size_t place, const cn_json **out, cn_err *err) {
    const cn_json *new = changed(a, design, place, NULL);
    if (!new) return cn_fail_memory(err);
    *out = new;
    return true;
}
