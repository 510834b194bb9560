/* SPDX-License-Identifier: Apache-2.0
 *
 * Competency frameworks, as the store keeps them: the frameworks, their items in both languages, how items stand
 * to each other, and an index of their words.
 *
 * Errors beside those of store.h: NOT_FOUND "store.none". What is read is on the arena.
 */
#ifndef CN_STORE_FRAMEWORKS_H
#define CN_STORE_FRAMEWORKS_H

#include "store/store.h"

typedef enum cn_framework_text {
    CN_FRAMEWORK_TITLE,
    CN_FRAMEWORK_TITLE_FR,
    CN_FRAMEWORK_PUBLISHER,
    CN_FRAMEWORK_VERSION,
    CN_FRAMEWORK_LICENCE, /* its address */
    CN_FRAMEWORK_ATTRIBUTION,
    CN_FRAMEWORK_ATTRIBUTION_FR,
    CN_FRAMEWORK_TEXTS
} cn_framework_text;

typedef struct cn_framework {
    int64_t number; /* given by the store */
    cn_slice id, kind;
    cn_slice text[CN_FRAMEWORK_TEXTS];
    cn_time changed_at;
    int64_t items, withdrawn; /* read only: how many it has; those withdrawn are not among the items */
    int64_t english, french;  /* read only: how many of the items have a label in the language */
} cn_framework;

/* What is true of the English texts at i is true of the French ones at i + CN_ITEM_FRENCH. */
typedef enum cn_item_text {
    CN_ITEM_LABEL,
    CN_ITEM_ALTERNATIVES, /* other labels, one a line */
    CN_ITEM_DESCRIPTION,
    CN_ITEM_FRENCH,
    CN_ITEM_LABEL_FR = CN_ITEM_FRENCH,
    CN_ITEM_ALTERNATIVES_FR,
    CN_ITEM_DESCRIPTION_FR,
    CN_ITEM_CODE,
    CN_ITEM_TYPE,
    CN_ITEM_LEVEL,
    CN_ITEM_TEXTS
} cn_item_text;

typedef struct cn_item {
    int64_t number; /* given by the store, and stays */
    int64_t framework;
    cn_slice uri;
    cn_slice text[CN_ITEM_TEXTS];
    int64_t list;    /* which of the publisher's lists has it, as a bit; 0: others speak of it */
    int64_t quality; /* its place among what is found: 0 comes first; below CN_ITEM_QUALITIES */
    cn_time withdrawn_at;
} cn_item;
enum { CN_ITEM_QUALITIES = 1024 };

/* How the first item stands to the second. */
typedef enum cn_item_how {
    CN_ITEM_BROADER = 1, /* the second is above it */
    CN_ITEM_ESSENTIAL,   /* it needs the second */
    CN_ITEM_OPTIONAL,    /* it can use the second */
    CN_ITEM_RELATED,
    CN_ITEM_EXACT,
    CN_ITEM_PART, /* of the second */
    CN_ITEM_REPLACED_BY,
    CN_ITEM_PRECEDES,
    CN_ITEM_HOWS
} cn_item_how;

/* ---- Putting in ---- */

/* An item as an import tells it. */
typedef struct cn_item_said {
    cn_item item;  /* number, framework and withdrawn_at are not looked at */
    unsigned says; /* bits: 1 << cn_item_text; the other texts stay as they are */
    bool ranked;   /* `quality` is known; otherwise it stays */
    bool named;    /* a relation of the import leads to it or from it */
} cn_item_said;

typedef struct cn_item_relation {
    size_t from, to; /* places in the items of the import */
    cn_item_how how;
    int64_t list;
} cn_item_relation;

/* All that an import tells, item by item and relation by relation. */
typedef struct cn_framework_said {
    const cn_framework *framework; /* empty texts stay as they are */
    void *self;
    size_t items_n, relations_n;
    cn_item_said (*item)(void *self, size_t i);
    cn_item_relation (*relation)(void *self, size_t i);
    int64_t item_lists, relation_lists; /* lists that the import holds whole: what it leaves out of them is gone */
    void (*progress)(void *self, size_t done, size_t all); /* items and relations; may be NULL */
} cn_framework_said;

typedef struct cn_framework_counts {
    size_t added, changed, withdrawn, unchanged; /* items; one that comes back is changed */
    size_t unmatched; /* items of which the import only tells texts, and which nobody listed: not kept */
    size_t nameless;  /* among those added: without any label, because relations alone name them */
    size_t relations_added, relations_removed, relations_unchanged;
} cn_framework_counts;

/* Keeps what is new and what changed, in parts, and writes nothing else: the same again writes nothing. What was
 * interrupted is finished by the same again. The last part writes the audit: "framework.imported", by the
 * operator, of "ID items +1 ~2 -3 relations +4 -5". */
CN_MUST_USE bool cn_store_framework_put(cn_store *s, const cn_framework_said *said, cn_time now,
                                        cn_framework_counts *out, cn_err *err);

/* ---- Looking ---- */

CN_MUST_USE bool cn_store_framework(cn_arena *a, cn_store *s, cn_slice id, cn_framework *out, cn_err *err);
/* All of them, by their English titles, with their counts. */
CN_MUST_USE bool cn_store_frameworks(cn_arena *a, cn_store *s, cn_framework **out, size_t *n, cn_err *err);
CN_MUST_USE bool cn_store_item(cn_arena *a, cn_store *s, int64_t number, cn_item *out, cn_err *err);
/* Of several frameworks that have it, the first that was imported. */
CN_MUST_USE bool cn_store_item_by_uri(cn_arena *a, cn_store *s, cn_slice uri, cn_item *out, cn_err *err);

typedef struct cn_item_query {
    cn_slice text;     /* as somebody types it: beginnings of words, with accents or none */
    int language;      /* whose words: 'e', 'f', or 0 for both */
    int64_t framework; /* 0: of any */
    cn_slice type;     /* empty: of any */
    bool competencies; /* no occupations, and no classes of NOC, CIP and ISCED-F: they classify */
    size_t max;        /* at most 200 */
} cn_item_query;

/* Those whose label is the text, then those whose label begins so, then labels that have words that begin so, then
 * other labels and codes; in each by quality. `more`: there are others. A text without a letter or digit finds
 * nothing. */
CN_MUST_USE bool cn_store_items_find(cn_arena *a, cn_store *s, const cn_item_query *q, cn_item **out, size_t *n,
                                     bool *more, cn_err *err);

/* An item beside another. */
typedef struct cn_item_beside {
    cn_item item; /* without its descriptions and alternatives */
    cn_item_how how;
    bool back; /* it is the first of the two */
} cn_item_beside;

/* What stands beside an item, by how, those that are withdrawn left out; at most `max` of each how and direction.
 */
CN_MUST_USE bool cn_store_items_beside(cn_arena *a, cn_store *s, int64_t number, size_t max, cn_item_beside **out,
                                       size_t *n, cn_err *err);

#endif
