/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the imports: what their readers share. A file goes through import_file.c (archives), which feeds
 * import_rows.c (CSV) or hands a whole JSON text on; shapes of tables stand in import_esco.c, import_statcan.c and
 * import_lists.c, those of JSON in import_case.c and import_asn.c; all of them tell import.c what they found.
 */
#ifndef CN_EXCHANGE_IMPORT_INSIDE_H
#define CN_EXCHANGE_IMPORT_INSIDE_H

#include "exchange/import.h"
#include "json/json.h"

enum {
    CN_IMPORT_COLUMNS_MAX = 64,
    CN_IMPORT_ROW_MAX = 1 << 20,      /* bytes */
    CN_IMPORT_ROWS_MAX = 2000000,     /* of all files together */
    CN_IMPORT_ENTRIES_MAX = 1000,     /* of an archive */
    CN_IMPORT_OPEN_MAX = 512 << 20,   /* bytes of all files together, unpacked */
    CN_IMPORT_JSON_MAX = 64 << 20,    /* bytes of one JSON text */
    CN_IMPORT_RATIO_MAX = 200,        /* of what comes out of an archive to what went in, … */
    CN_IMPORT_RATIO_FREE = 1 << 20,   /* … beyond so many bytes */
    CN_IMPORT_MEMORY_MAX = 384 << 20, /* for what is kept of all files */
};

struct cn_import {
    cn_import_options options;
    cn_arena *arena; /* of what is kept */
    cn_import_framework out;
    cn_map by_uri; /* place in the items + 1 */
    size_t items_cap, relations_cap;
    size_t opened; /* bytes unpacked of all files */
    size_t named;  /* files of which something was read */
};

/* The file, or the entry of an archive, being read. */
typedef struct cn_import_file {
    cn_import *im;
    cn_slice name;  /* as it is told: "relations.zip: skills.csv" */
    cn_slice inner; /* its own name: "skills.csv" */
    bool archived;
} cn_import_file;

/* Fails at a line and a column of a file; 0: not told. */
__attribute__((format(printf, 7, 8))) bool cn_import_fail(cn_err *err, const cn_import_file *f, cn_code code,
                                                          const char *id, size_t line, size_t column,
                                                          const char *format, ...);
#ifndef CN_IMPORT_C
#define cn_import_fail(...) cn_always_false(cn_import_fail(__VA_ARGS__))
#endif

/* ---- Telling what was found (import.c) ---- */

/* The framework that a file belongs to: all have to agree. */
CN_MUST_USE bool cn_import_is(cn_import *im, const cn_import_file *f, cn_import_kind kind, cn_slice id,
                              cn_err *err);
/* A fact about the framework, unless one is known already; a copy is kept. */
CN_MUST_USE bool cn_import_tell(cn_import *im, cn_import_about what, cn_slice text, cn_err *err);
/* The item of a URI, made where there is none: its place. */
CN_MUST_USE bool cn_import_item_at(cn_import *im, cn_slice uri, uint32_t *out, cn_err *err);
/* A text of an item, unless an earlier file said it; a copy without the spaces at its ends is kept. */
CN_MUST_USE bool cn_import_say(cn_import *im, uint32_t item, unsigned text, cn_slice value, cn_err *err);
/* Without white space at its ends, such as files really have: no-break and zero-width spaces too. */
cn_slice cn_import_trim(cn_slice s);
/* The item is one of a list (a bit). */
void cn_import_listed(cn_import *im, uint32_t item, unsigned list);
CN_MUST_USE bool cn_import_relate(cn_import *im, uint32_t from, cn_import_how how, uint32_t to, unsigned list,
                                  cn_err *err);
/* The alternatives that stand in one cell, by lines or by bars, each once and on its line, without the label. On
 * the arena. */
CN_MUST_USE bool cn_import_alternatives(cn_arena *a, cn_slice cell, cn_slice label, cn_slice *out, cn_err *err);
/* "fr", "fr-CA": French; "en…": English; whatever else: false. */
bool cn_import_language(cn_slice tag, bool *french);

/* ---- CSV (import_rows.c) ---- */

typedef struct cn_import_row {
    size_t line; /* where it begins, from 1 */
    size_t n;
    cn_slice cell[CN_IMPORT_COLUMNS_MAX]; /* valid UTF-8; borrowed until the next row */
} cn_import_row;

typedef struct cn_import_rows cn_import_rows;
/* `take` is given every row that has any content, the header line first. Owned by the caller. */
cn_import_rows *cn_import_rows_new(const cn_import_file *f,
                                   bool (*take)(void *self, const cn_import_row *row, cn_err *err), void *self);
CN_MUST_USE bool cn_import_rows_feed(cn_import_rows *r, cn_slice bytes, cn_err *err);
CN_MUST_USE bool cn_import_rows_end(cn_import_rows *r, cn_err *err);
void cn_import_rows_free(cn_import_rows *r);

/* ---- Tables (import_table.c) ---- */

enum { CN_IMPORT_PLACES = 24 };

/* What an item of a list says is above it, until all of the list is known. */
typedef struct cn_import_parent {
    struct cn_import_parent *next;
    uint32_t item;
    cn_slice parent;
} cn_import_parent;

/* A table being read: its columns by what they are for. */
typedef struct cn_import_table {
    const cn_import_file *file;
    const struct cn_import_shape *shape; /* NULL: the header line has not come yet, or is of no shape */
    int at[CN_IMPORT_PLACES];            /* by the places of the shape; -1: no such column */
    bool french;                         /* of texts without a language of their own */
    bool skipped;                        /* of an archive, and nothing for us */
    cn_arena *scratch;                   /* emptied to the mark after every row */
    cn_arena_mark mark;
    bool begun, isced; /* of a list, which only its first row tells */
    cn_map keys;       /* of a list: place in the items + 1 by URI, code and key */
    cn_import_parent *parents;
} cn_import_table;

typedef struct cn_import_word {
    int place;
    const char
        *word; /* small letters and digits of the header, without anything else; "x*": those that begin so */
} cn_import_word;

/* A kind of table, known by its columns. */
typedef struct cn_import_shape {
    cn_import_kind kind;
    const char *name;            /* for people: "ESCO's concepts" */
    const cn_import_word *words; /* in any order; of two for one place the first that is there; ends with NULL */
    uint32_t must, must_not;     /* bits of places */
    bool (*begin)(cn_import_table *t, cn_err *err);                         /* may be NULL */
    bool (*row)(cn_import_table *t, const cn_import_row *row, cn_err *err); /* NULL: nothing for us */
    bool (*end)(cn_import_table *t, cn_err *err);                           /* may be NULL */
} cn_import_shape;

/* By their first fit. */
extern const cn_import_shape cn_import_shapes_esco[], cn_import_shapes_statcan[], cn_import_shapes_lists[];
extern const size_t cn_import_shapes_esco_n, cn_import_shapes_statcan_n, cn_import_shapes_lists_n;

/* For cn_import_rows_new. */
bool cn_import_table_take(void *table, const cn_import_row *row, cn_err *err);
/* Without the white space at its ends; empty where there is no such column. */
cn_slice cn_import_cell(const cn_import_table *t, const cn_import_row *row, int place);
/* The same where it must not be empty. */
CN_MUST_USE bool cn_import_need(const cn_import_table *t, const cn_import_row *row, int place, cn_slice *out,
                                cn_err *err);
/* The same where it must be an absolute IRI. */
CN_MUST_USE bool cn_import_need_uri(const cn_import_table *t, const cn_import_row *row, int place, cn_slice *out,
                                    cn_err *err);

/* ---- Classifications (import_statcan.c, import_lists.c) ---- */

/* What goes before a code in the URI of a class. */
#define CN_IMPORT_NOC_ID "https://www.statcan.gc.ca/en/subjects/standard/noc/2021/indexV1"
#define CN_IMPORT_CIP_ID "https://www.statcan.gc.ca/en/subjects/standard/cip/2021/index"
#define CN_IMPORT_ISCED_BASE "http://data.europa.eu/snb/isced-f/"

bool cn_import_digits(cn_slice s); /* one or more, and nothing else */
/* The class of a code, listed and told its code; below the class of another, unless that is empty. */
CN_MUST_USE bool cn_import_code_item(cn_import_table *t, cn_slice base, cn_slice code, cn_slice above,
                                     unsigned list, uint32_t *out, cn_err *err);

/* ---- JSON ---- */

CN_MUST_USE bool cn_import_json(const cn_import_file *f, cn_slice text, cn_err *err);
CN_MUST_USE bool cn_import_case(const cn_import_file *f, cn_arena *a, const cn_json *doc, cn_err *err);
CN_MUST_USE bool cn_import_asn(const cn_import_file *f, cn_arena *a, const cn_json *doc, cn_err *err);

#endif
