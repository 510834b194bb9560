/* SPDX-License-Identifier: Apache-2.0
 *
 * The codes a design is classified with, looked up in the lists of classes that were imported. Where a list is not
 * here, its codes are checked by their form alone (design_fields.c).
 */
#include "app/design.h"
#include "app/frameworks.h"

static const struct {
    cn_slice key, path;
    cn_import_kind kind;
    cn_slice problem;
} systems[] = {
    {CN_S_INIT("cip"), CN_S_INIT("classification.cip"), CN_IMPORT_CIP, CN_S_INIT("no-cip")},
    {CN_S_INIT("noc"), CN_S_INIT("classification.noc"), CN_IMPORT_NOC, CN_S_INIT("no-noc")},
    {CN_S_INIT("isced"), CN_S_INIT("classification.isced"), CN_IMPORT_ISCED_F, CN_S_INIT("no-isced")},
};
enum { SYSTEMS = sizeof systems / sizeof *systems };

/* ---- Looking up ---- */

typedef struct lists {
    cn_arena *arena;
    const cn_app *app;
    bool here[SYSTEMS];
} lists;

static bool find_lists(lists *l, const cn_json *design, cn_err *err) {
    cn_framework *all = NULL;
    size_t n = 0;
    if (cn_blank_value(design, CN_S("classification")) && !cn_app_frameworks(l->arena, l->app, &all, &n, err))
        return false;
    for (size_t i = 0; i < n; i++)
        for (size_t s = 0; s < SYSTEMS; s++)
            l->here[s] = l->here[s] || cn_slice_eq(all[i].kind, cn_import_kind_word(systems[s].kind));
    return true;
}

/* A code in its form; empty: what stands there is none, as has been told. */
static cn_slice code_at(const cn_blank *field, const cn_json *v, size_t i) {
    cn_slice code = cn_slice_trim(cn_json_text(cn_json_one(v, i)));
    return code.n && field->good(code) ? code : (cn_slice){0};
}

static bool look_up(const lists *l, size_t system, cn_slice code, const cn_item **out, cn_err *err) {
    cn_slice uri;
    cn_item *item = CN_NEW(l->arena, cn_item);
    *out = NULL;
    if (!item) return cn_fail_memory(err);
    if (!cn_import_class_uri(l->arena, systems[system].kind, code, &uri, err)) return false;
    if (!cn_store_item_by_uri(l->arena, l->app->store, uri, item, err)) return err->code == CN_NOT_FOUND;
    if (item->list && !item->withdrawn_at.sec) *out = item;
    return true;
}

bool cn_app_design_classes(cn_arena *a, const cn_app *app, const cn_json *design, cn_design_class **out, size_t *n,
                           cn_err *err) {
    lists l = {.arena = a, .app = app};
    size_t most = 0, found = 0;
    if (!find_lists(&l, design, err)) return false;
    for (size_t s = 0; s < SYSTEMS; s++) most += cn_json_many(cn_blank_value(design, systems[s].path));
    cn_design_class *all = CN_NEW_ARRAY(a, cn_design_class, most);
    if (!all) return cn_fail_memory(err);
    for (size_t s = 0; s < SYSTEMS; s++) {
        const cn_blank *field = cn_design_find(systems[s].path);
        const cn_json *v = l.here[s] ? cn_blank_value(design, systems[s].path) : NULL;
        for (size_t i = 0; i < cn_json_many(v); i++) {
            cn_design_class *one = &all[found];
            *one = (cn_design_class){.field = field, .place = i, .code = code_at(field, v, i)};
            if (one->code.n && !look_up(&l, s, one->code, &one->item, err)) return false;
            found += one->code.n > 0;
        }
    }
    *out = all;
    *n = found;
    return true;
}

/* ---- Holding a design to it ---- */

static size_t system_of(const cn_blank *field) {
    size_t s = 0;
    while (!cn_slice_eq(systems[s].path, field->path)) s++;
    return s;
}

static bool is_in(const cn_json *design, const cn_design_class *one) {
    return design && cn_blank_chosen(cn_blank_value(design, one->field->path), one->code);
}

static bool tell(cn_arena *a, const cn_json *design, const cn_design_class *one, cn_blank_problems *problems,
                 cn_err *err) {
    size_t s = system_of(one->field);
    bool list = cn_json_is(cn_blank_value(design, one->field->path), CN_JSON_ARRAY);
    if (problems->n == CN_BLANK_PROBLEMS_MAX) return true;
    cn_blank_problem *p = &problems->v[problems->n];
    *p = (cn_blank_problem){.id = systems[s].problem, .field = one->field, .said = one->code};
    bool fits = list ? cn_arena_print(a, &p->at, "/classification/%.*s/%zu", CN_ARG(systems[s].key), one->place)
                     : cn_arena_print(a, &p->at, "/classification/%.*s", CN_ARG(systems[s].key));
    problems->n += fits;
    return fits || cn_fail_memory(err);
}

/* The value of a field without a code; NULL: nothing is left. */
static const cn_json *without_code(cn_arena *a, const cn_json *v, cn_slice code, bool *full) {
    cn_json *left = cn_json_array(a);
    for (size_t i = 0; left && cn_json_is(v, CN_JSON_ARRAY) && i < cn_json_count(v); i++)
        if (!cn_slice_eq(cn_slice_trim(cn_json_text(cn_json_item(v, i))), code) &&
            !cn_json_push(a, left, cn_json_item(v, i)))
            left = NULL;
    *full = !left;
    return cn_json_count(left) ? left : NULL;
}

static bool leave_out(cn_arena *a, const cn_json **design, const cn_design_class *one, cn_err *err) {
    cn_slice key = systems[system_of(one->field)].key;
    bool full;
    const cn_json *left = without_code(a, cn_blank_value(*design, one->field->path), one->code, &full);
    cn_json *whole = cn_json_copy_shallow(a, *design),
            *inner = cn_json_copy_shallow(a, cn_json_get(*design, CN_S("classification")));
    if (full || !whole || !inner) return cn_fail_memory(err);
    if (left && !cn_json_set(a, inner, key, left)) return cn_fail_memory(err);
    if (!left) inner = cn_json_without(a, inner, key);
    if (!inner || !cn_json_set(a, whole, CN_S("classification"), inner)) return cn_fail_memory(err);
    *design = cn_json_count(inner) ? whole : cn_json_without(a, whole, CN_S("classification"));
    return *design || cn_fail_memory(err);
}

bool cn_app_design_known(cn_arena *a, const cn_app *app, const cn_json *kept, const cn_json **design,
                         cn_blank_problems *problems, cn_err *err) {
    const cn_json *from = *design, *to = from;
    cn_design_class *classes;
    size_t n;
    if (!cn_app_design_classes(a, app, from, &classes, &n, err)) return false;
    for (size_t i = 0; i < n; i++) {
        if (classes[i].item || is_in(kept, &classes[i])) continue;
        if (!tell(a, from, &classes[i], problems, err) || !leave_out(a, &to, &classes[i], err)) return false;
    }
    *design = to;
    return true;
}
