/* SPDX-License-Identifier: Apache-2.0
 *
 * Where a design comes from: its member `source`, which is written when it is made from another and which nobody
 * can take away afterwards, whatever form or file a change comes by.
 *
 *   issuer, achievement, title, version, licence, at, reused
 *                 whose it was, its address, its name and version then, under which licence it was given, the day,
 *                 and what was taken: words of cn_source_words
 *   others        the same of whatever else it was made from: what that was made from, and what was put in later
 *   competencies  the same of single competencies, each by its key: its URI or else its label
 *
 * A pure part of the room: JSON in, JSON out, on the arena; values are borrowed.
 */
#ifndef CN_APP_SOURCE_H
#define CN_APP_SOURCE_H

#include "json/json.h"

enum { CN_SOURCE_OTHERS_MAX = 12, CN_SOURCE_COMPETENCIES_MAX = 24 };

/* Members of a design. */
#define CN_SOURCE CN_S("source")
#define CN_SOURCE_COMPETENCIES CN_S("competencies")

/* What was taken: all of it, its outcomes with their competencies, or single competencies. Static. */
typedef enum cn_source_part {
    CN_SOURCE_WHOLE,
    CN_SOURCE_OUTCOMES,
    CN_SOURCE_SINGLE,
    CN_SOURCE_PARTS
} cn_source_part;
cn_slice cn_source_word(cn_source_part part);
/* CN_SOURCE_PARTS: none has this name. */
cn_source_part cn_source_part_find(cn_slice word);

/* By what a competency is known among those of a design; empty: it says nothing. */
cn_slice cn_source_key(const cn_json *competency);
/* What is said of where it comes from; NULL: nothing. */
const cn_json *cn_source_of_competency(const cn_json *source, const cn_json *competency);

/* The `source` of what is made from `design`, which is what `first` says (the members of a source, without the
 * lists): `first`, what the design itself was made from behind it, and where each competency that `kept` has comes
 * from. LIMIT "memory.limit". */
CN_MUST_USE bool cn_source_derive(cn_arena *a, const cn_json *first, const cn_json *design, const cn_json *kept,
                                  const cn_json **out, cn_err *err);
/* Where both come from; either may be NULL, and so is what comes of two of them. */
CN_MUST_USE bool cn_source_join(cn_arena *a, const cn_json *source, const cn_json *other, const cn_json **out,
                                cn_err *err);
/* The design with the `source` that it has to have: all that `before` said of it, whatever the design itself says,
 * and what the design says beside. A competency that was renamed keeps where it came from, and one that takes the
 * place of another in the same change counts as that, unless the design says itself where it comes from; of one
 * that is gone nothing is said any more. Either may be NULL. */
CN_MUST_USE bool cn_source_keep(cn_arena *a, const cn_json *before, const cn_json *design, const cn_json **out,
                                cn_err *err);

#endif
