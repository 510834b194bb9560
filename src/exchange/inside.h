/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `exchange`: templates, and the two directions in which they are followed.
 *
 * A template is JSON that looks like what is written. An object whose first member begins with "$" is no part of
 * it, but says what stands in that place:
 *
 *   {"$": PATH, "as": CODEC, "need": true}   the value at PATH of the achievement (codec.c); where it is needed
 *                                            and not there, the object around it is not there either;
 *       "else": TEMPLATE                     stands there instead where nothing is said
 *   {"$each": PATH, "in": TEMPLATE}          one for each item of the list at PATH, whose paths begin at the item;
 *       "has", "lacks": [PATH…]              those alone that say something there, or nothing
 *       "only", "not": OBJECT                those alone that have these members, or not; "first": one alone, and
 *                                            no list; "always": also where nothing of it is said; "merge": in
 *                                            reading, the k-th belongs to the k-th item that is there already.
 * PATH may begin with "^" as below
 *   {"$print": TEXT}, {"$uuid": TEXT}        derived, so never read: {PATH}, {^PATH} from the achievement's top,
 *                                            {n} the number of the item, from 1, {up} of the one around it; a
 *                                            "prefix" stands before a UUID; "as": "iri" where it has to be one,
 *                                            "number" where it is one
 *   {"$is": VALUE}                           stands there, and has to where the template is to be read
 *   {"$use": NAME}                           the template of this name among the format's "parts",
 *                                            or "write"
 *   {"$read": TEMPLATE}, {"$write": TEMPLATE}  in that direction alone
 *   {"$skip": true}                          may stand there, and says nothing to us
 *   {"$language": true}                      the language of the texts in the object around it, which is always
 *                                            there
 *   {"$rest": true}                          what the format has no words for
 *
 * A text in two languages is printed in the language of the texts that stand alone, or in the one that is there.
 * Where the format says "graph", a node that has an "@id" stands in "@graph" and is named by it where it belongs.
 *
 * In an array each template is written after the other; in reading, each item goes to the first that it fits.
 */
#ifndef CN_EXCHANGE_INSIDE_H
#define CN_EXCHANGE_INSIDE_H

#include "exchange/exchange.h"

typedef enum cn_ex_kind {
    CN_EX_CONSTANT,
    CN_EX_ARRAY,
    CN_EX_OBJECT,
    CN_EX_VALUE,
    CN_EX_EACH,
    CN_EX_PRINT,
    CN_EX_UUID,
    CN_EX_IS,
    CN_EX_USE,
    CN_EX_READ,
    CN_EX_WRITE,
    CN_EX_SKIP,
    CN_EX_LANGUAGE,
    CN_EX_REST
} cn_ex_kind;

cn_ex_kind cn_ex_kind_of(const cn_json *template);
/* The value of the directive: its first member. */
const cn_json *cn_ex_directive(const cn_json *template);
/* Whether anything in it stands for what an achievement says. */
bool cn_ex_says(const cn_json *template);

/* A format at work, in either direction. `good` turns false at the arena's maximum and stays so. */
typedef struct cn_ex {
    cn_arena *arena;
    const cn_json *format; /* the file: "write", "read", "parts", "tables" */
    cn_slice language;     /* of texts that stand alone: "en" or "fr"; empty: any other */
    bool good;
} cn_ex;

/* The value, or NULL with `good` turned false. */
const cn_json *cn_ex_made(cn_ex *x, const cn_json *value);
void cn_ex_set(cn_ex *x, cn_json *object, cn_slice key, const cn_json *value);
void cn_ex_push(cn_ex *x, cn_json *array, const cn_json *value);
const cn_json *cn_ex_text(cn_ex *x, cn_slice text);
const cn_json *cn_ex_part(const cn_ex *x, const cn_json *use);

/* ---- Values (codec.c): NULL where the value is not of the kind, or says nothing ---- */

const cn_json *cn_ex_encode(cn_ex *x, const cn_json *template, const cn_json *value);
const cn_json *cn_ex_decode(cn_ex *x, const cn_json *template, const cn_json *found);
/* "en" or "fr" for a tag of either, "en-CA"; empty for any other. Static. */
cn_slice cn_ex_language(cn_slice tag);

/* Durations (ISO 8601): an amount of one unit, exactly; NULL where it is none (duration.c). */
typedef enum cn_ex_unit { CN_EX_HOURS, CN_EX_WEEKS, CN_EX_MONTHS } cn_ex_unit;
const cn_json *cn_ex_duration(cn_ex *x, const cn_json *amount, cn_ex_unit unit);
const cn_json *cn_ex_amount(cn_ex *x, cn_slice duration, cn_ex_unit unit);

/* ---- Values that are joined and told apart (rest.c) ---- */

/* Two readings of the same place: members of both, items side by side. NULL where they contradict each other. */
const cn_json *cn_ex_join(cn_ex *x, const cn_json *one, const cn_json *other);
/* The object with the value at the path, joined with what is there; NULL where they contradict each other. */
const cn_json *cn_ex_with(cn_ex *x, const cn_json *object, cn_slice path, const cn_json *value);
/* The object without what stands at the path. */
const cn_json *cn_ex_without(cn_ex *x, const cn_json *object, cn_slice path);
/* The patch (RFC 7396) that makes `wanted` of `have`; NULL where they are the same. */
const cn_json *cn_ex_difference(cn_ex *x, const cn_json *have, const cn_json *wanted);
const cn_json *cn_ex_patched(cn_ex *x, const cn_json *have, const cn_json *patch);
/* The value without members that are null, but for those within lists. */
const cn_json *cn_ex_tidy(cn_ex *x, const cn_json *value);

/* ---- The two directions ---- */

/* `root` is the part of the file that the format's template is about, at the place `at`. */
typedef struct cn_ex_found {
    const cn_json *root, *template;
    cn_slice at;
} cn_ex_found;

/* `rest` may be NULL. `found` is what the format's template is about in what was written. */
const cn_json *cn_ex_write(cn_ex *x, const cn_json *achievement, const cn_json *rest, cn_ex_found *found);
/* The document with its nodes beside each other in "@graph", the first the one it is about (graph.c). */
const cn_json *cn_ex_graph(cn_ex *x, const cn_json *document);

/* The rest is patched in. */
bool cn_ex_read(cn_ex *x, const cn_json *file, const cn_ex_found *found, cn_exchange_reading *out);
/* The part of a file that one of the format's templates is about. */
bool cn_ex_find(cn_ex *x, const cn_json *file, cn_ex_found *out);

#endif
