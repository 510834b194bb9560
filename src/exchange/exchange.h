/* SPDX-License-Identifier: Apache-2.0
 *
 * The door of the room `exchange`: what an achievement says, to and from the formats in which others write it.
 *
 * An achievement is one JSON object, the format "cairn" (docs/exchange.md): its texts in both languages, its
 * design, its organisation, its offerings. What it says in another format stands in a template of that format
 * (data/exchange/FORMAT.json), which is read in both directions, so that writer and reader cannot disagree.
 *
 * Nothing is lost: what a format has no words for stands in it once more under one term of our own, as the JSON
 * that is missing when our own reader has read the rest (RFC 7396).
 */
#ifndef CN_EXCHANGE_EXCHANGE_H
#define CN_EXCHANGE_EXCHANGE_H

#include "json/json.h"

typedef enum cn_exchange_format {
    CN_EXCHANGE_CAIRN,
    CN_EXCHANGE_OB3,  /* Open Badges 3.0: an Achievement */
    CN_EXCHANGE_CTDL, /* Credential Transparency Description Language: a MicroCredential */
    CN_EXCHANGE_CASE, /* Competencies and Academic Standards Exchange 1.1: a CFPackage */
    CN_EXCHANGE_ELM,  /* European Learning Model 3: a Qualification */
    CN_EXCHANGE_FORMATS
} cn_exchange_format;

/* "cairn", "ob3", "ctdl", "case", "elm": also the first half of a file's ending, "ctdl.json". Static. */
const char *cn_exchange_name(cn_exchange_format format);
const char *cn_exchange_media_type(cn_exchange_format format);
/* False where no format has this name. */
bool cn_exchange_named(cn_slice name, cn_exchange_format *out);

/* The achievement in a format. Members that are null count as not there. On the arena; borrows from the
 * achievement. INVALID "exchange.achievement": it is no object. */
CN_MUST_USE bool cn_exchange_write(cn_arena *a, const cn_json *achievement, cn_exchange_format format,
                                   const cn_json **out, cn_err *err);

typedef struct cn_exchange_note {
    cn_slice at;     /* a JSON pointer into the file */
    const char *why; /* "member": the format's reader has no place for it; "value": it is not of the form that is
                        read there; "language": neither English nor French. Static */
} cn_exchange_note;
enum { CN_EXCHANGE_NOTES_MAX = 200 };

typedef struct cn_exchange_reading {
    cn_exchange_format format;
    const cn_json *achievement; /* an object; it may lack anything */
    cn_exchange_note *notes;    /* what was not understood, in the order of the file */
    size_t notes_n;             /* at most CN_EXCHANGE_NOTES_MAX */
    size_t missed;              /* all that was not understood */
} cn_exchange_reading;

/* Reads a file of any of the formats, known by its content: one of ours, or anybody's. UNSUPPORTED
 * "exchange.unknown": it is of none. On the arena; borrows from the file. */
CN_MUST_USE bool cn_exchange_read(cn_arena *a, const cn_json *file, cn_exchange_reading *out, cn_err *err);

#endif
