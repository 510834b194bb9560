/* SPDX-License-Identifier: Apache-2.0
 *
 * Competency frameworks: importing them from their publishers' files, and finding items in them.
 *
 * What is read is on the arena. Errors are those of exchange/import.h and store/frameworks.h.
 */
#ifndef CN_APP_FRAMEWORKS_H
#define CN_APP_FRAMEWORKS_H

#include "app/app.h"
#include "app/blanks.h"
#include "exchange/import.h"
#include "json/json.h"
#include "store/frameworks.h"

/* ---- Importing ---- */

/* The files of one import; one is in memory at a time. */
typedef struct cn_framework_files {
    void *self;
    size_t n;
    /* The name and the bytes of a file, on the arena, which is given back after it. */
    bool (*read)(void *self, cn_arena *a, size_t i, cn_slice *name, cn_slice *bytes, cn_err *err);
} cn_framework_files;

typedef struct cn_framework_options {
    cn_import_options reading;
    cn_slice about[CN_FRAMEWORK_TEXTS]; /* instead of what the files say; empty: what they say */
    void *self;
    void (*progress)(void *self, size_t done, size_t all); /* of keeping it; may be NULL */
} cn_framework_options;

typedef struct cn_framework_report {
    cn_framework framework; /* as it is now */
    size_t rows;            /* read */
    cn_framework_counts counts;
} cn_framework_report;

/* Reads the files, and keeps what is new or changed. The same again writes nothing. */
CN_MUST_USE bool cn_app_framework_import(cn_arena *a, const cn_app *app, cn_time now,
                                         const cn_framework_files *files, const cn_framework_options *options,
                                         cn_framework_report *out, cn_err *err);

/* ---- Looking ---- */

CN_MUST_USE bool cn_app_frameworks(cn_arena *a, const cn_app *app, cn_framework **out, size_t *n, cn_err *err);
CN_MUST_USE bool cn_app_items_find(cn_arena *a, const cn_app *app, const cn_item_query *q, cn_item **out,
                                   size_t *n, bool *more, cn_err *err);

/* An item with what stands beside it, and its framework. */
typedef struct cn_item_page {
    cn_item item;
    cn_framework framework;
    cn_item_beside *beside; /* by how; at most CN_ITEM_BESIDE_MAX of each */
    size_t beside_n;
} cn_item_page;
enum { CN_ITEM_BESIDE_MAX = 200 };
CN_MUST_USE bool cn_app_item(cn_arena *a, const cn_app *app, int64_t number, cn_item_page *out, cn_err *err);
CN_MUST_USE bool cn_app_item_by_uri(cn_arena *a, const cn_app *app, cn_slice uri, cn_item_page *out, cn_err *err);

/* ---- Classes (classes.c) ---- */

/* A code that a design is classified with, as its list says; CIP, NOC, ISCED-F. */
typedef struct cn_design_class {
    const cn_blank *field;
    size_t place; /* among the field's codes, from 0 */
    cn_slice code;
    const cn_item *item; /* NULL: the list has no such class */
} cn_design_class;
/* Those of which a list was imported and that are written as they should be. `design` may be NULL. */
CN_MUST_USE bool cn_app_design_classes(cn_arena *a, const cn_app *app, const cn_json *design,
                                       cn_design_class **out, size_t *n, cn_err *err);
/* Leaves codes out of the design that their list does not have, and tells them (app/blanks.h); but for those that
 * `kept` has too (may be NULL): a list that is imported later makes no kept design wrong. */
CN_MUST_USE bool cn_app_design_known(cn_arena *a, const cn_app *app, const cn_json *kept, const cn_json **design,
                                     cn_blank_problems *problems, cn_err *err);

/* ---- In designs ---- */

/* Are its items classes, which a design is classified with, and no competencies? NOC, CIP, ISCED-F. */
bool cn_framework_classifies(const cn_framework *f);
/* Has the design (NULL: nothing said) a competency of this URI? */
bool cn_design_has_item(const cn_json *design, cn_slice uri);
/* The design with an item among its competencies: {framework, uri, label {en, fr}, code, type}; as it is where it
 * has the item already. Not kept: cn_app_design_save does that. INVALID "item.class": an occupation, or a class.
 */
CN_MUST_USE bool cn_design_add_item(cn_arena *a, const cn_app *app, const cn_json *design, int64_t number,
                                    const cn_json **out, cn_err *err);
/* The design without the competency at a place, from 0. */
CN_MUST_USE bool cn_design_remove_item(cn_arena *a, const cn_json *design, size_t place, const cn_json **out,
                                       cn_err *err);

/* The label in the language wanted, else in the other one, else the URI; `french` tells which it is. */
cn_slice cn_item_label(const cn_item *item, bool want_french, bool *french);

#endif
