/* SPDX-License-Identifier: Apache-2.0
 *
 * Competency frameworks, read from the files that their publishers give.
 *
 * One import is a handful of files that belong together: a zip of tables, the same labels in another language,
 * relations between items. Each is added as it comes (zip, gzip, plain); what it is, its content says. All of them
 * are joined by the URI of an item. What an import does not say is left alone by whoever keeps it: an item says
 * which of its texts it says, and the import which lists it holds whole.
 */
#ifndef CN_EXCHANGE_IMPORT_H
#define CN_EXCHANGE_IMPORT_H

#include "base/base.h"

/* ---- What was read ---- */

typedef enum cn_import_kind {
    CN_IMPORT_NONE, /* not known yet */
    CN_IMPORT_ESCO,
    CN_IMPORT_CASE,
    CN_IMPORT_CTDL_ASN,
    CN_IMPORT_NOC,
    CN_IMPORT_CIP,
    CN_IMPORT_ISCED_F,
    CN_IMPORT_CSV,
    CN_IMPORT_KINDS
} cn_import_kind;

/* "esco", "case", "ctdl-asn", …; static. */
cn_slice cn_import_kind_word(cn_import_kind kind);
/* By that word, or by the one of an edition: "cip-2021". */
bool cn_import_kind_find(cn_slice word, cn_import_kind *out);

/* The URI of the class with a code, in a classification that gives its classes no names but codes: NOC, CIP,
 * ISCED-F; on the arena. */
CN_MUST_USE bool cn_import_class_uri(cn_arena *a, cn_import_kind kind, cn_slice code, cn_slice *out, cn_err *err);

/* Texts of an item. Those that exist in both languages stand one language behind the other: what is true of the
 * English ones at i is true of the French ones at i + CN_IMPORT_FRENCH. */
typedef enum cn_import_text {
    CN_IMPORT_LABEL,
    CN_IMPORT_ALTERNATIVES, /* other labels, each on a line of its own */
    CN_IMPORT_DESCRIPTION,
    CN_IMPORT_FRENCH,
    CN_IMPORT_LABEL_FR = CN_IMPORT_FRENCH,
    CN_IMPORT_ALTERNATIVES_FR,
    CN_IMPORT_DESCRIPTION_FR,
    CN_IMPORT_CODE,  /* of the publisher: "2166.1", "00010" */
    CN_IMPORT_TYPE,  /* "skill", "occupation", "unit-group", or the publisher's own word */
    CN_IMPORT_LEVEL, /* the publisher's word: "transversal", a TEER from "0" to "5", grades */
    CN_IMPORT_TEXTS
} cn_import_text;

typedef struct cn_import_item {
    cn_slice uri;
    cn_slice text[CN_IMPORT_TEXTS];
    unsigned says;   /* bits: 1 << cn_import_text: the import says this text, be it empty */
    unsigned list;   /* which of the lists below has it, as a bit; 0: none has, others speak of it */
    bool named;      /* a relation leads to it or from it */
    uint32_t degree; /* how many do */
} cn_import_item;

/* How the first item stands to the second. */
typedef enum cn_import_how {
    CN_IMPORT_BROADER = 1, /* it is narrower than the second: a child of it */
    CN_IMPORT_ESSENTIAL,   /* it needs the second */
    CN_IMPORT_OPTIONAL,    /* it can use the second */
    CN_IMPORT_RELATED,
    CN_IMPORT_EXACT, /* the same in other words */
    CN_IMPORT_PART,  /* it is a part of the second */
    CN_IMPORT_REPLACED_BY,
    CN_IMPORT_PRECEDES,
    CN_IMPORT_HOWS
} cn_import_how;

typedef struct cn_import_relation {
    uint32_t from, to; /* places in the items */
    cn_import_how how;
    unsigned list; /* as a bit */
} cn_import_relation;

typedef enum cn_import_about {
    CN_IMPORT_TITLE,
    CN_IMPORT_TITLE_FR,
    CN_IMPORT_PUBLISHER,
    CN_IMPORT_VERSION,
    CN_IMPORT_LICENCE,     /* its address */
    CN_IMPORT_ATTRIBUTION, /* the sentence that the licence asks for */
    CN_IMPORT_ATTRIBUTION_FR,
    CN_IMPORT_ABOUTS
} cn_import_about;

typedef struct cn_import_framework {
    cn_import_kind kind;
    cn_slice id;                      /* its URI */
    cn_slice about[CN_IMPORT_ABOUTS]; /* empty: the import does not say */
    cn_import_item *items;            /* in the order in which the files first speak of them */
    size_t items_n;
    cn_import_relation *relations;
    size_t relations_n;
    unsigned item_lists,
        relation_lists; /* the lists that were read whole: what was in them and is no more is gone */
    size_t rows;        /* read of all files */
} cn_import_framework;

/* ---- Reading ---- */

typedef struct cn_import cn_import;

typedef struct cn_import_options {
    cn_import_kind kind; /* CN_IMPORT_NONE: the content says */
    cn_slice id;         /* of the framework; empty: the content says. A plain CSV needs it */
    bool french;         /* of texts that do not say their language */
    bool named;          /* `french` was chosen, not assumed */
    void *self;          /* passed to the next two; either may be NULL */
    void (*progress)(void *self, cn_slice file, size_t done, size_t all); /* bytes of the file as it came */
    void (*skipped)(void *self, cn_slice file);                           /* of an archive: nothing for us */
} cn_import_options;

/* Owned by the caller; the options' slices must live as long. */
cn_import *cn_import_new(const cn_import_options *options);
void cn_import_free(cn_import *im);
void cn_import_free_auto(cn_import **im);
#define CN_IMPORT_AUTO __attribute__((cleanup(cn_import_free_auto)))

/* Reads one more file; `bytes` are not needed after it. After a failure nothing more is done with the import.
 * Where two files say the same text of an item, the first one counts.
 * INVALID: import.zip, import.gzip: damaged; import.encoding; import.quote; import.column: the row lacks what it
 * must have; import.json, import.shape: of no kind that is known; import.language: the file does not say which,
 * and nobody else does; import.id: a plain list, and nobody says of which framework; import.uri, import.code.
 * CONFLICT import.kinds: the files belong to different frameworks. LIMIT import.size, import.ratio,
 * import.entries, import.rows, memory.limit. UNSUPPORTED import.language: neither English nor French;
 * import.encrypted. err->where is "FILE: line 7, column 3" as far as there is one. */
CN_MUST_USE bool cn_import_add(cn_import *im, cn_slice name, cn_slice bytes, cn_err *err);
/* What all files come to: borrowed from the import. INVALID import.empty: nothing was in them. */
CN_MUST_USE bool cn_import_finish(cn_import *im, const cn_import_framework **out, cn_err *err);

#endif
