/* SPDX-License-Identifier: Apache-2.0
 *
 * Achievements as files in the formats of others, and files of others as drafts (docs/exchange.md).
 */
#ifndef CN_APP_EXCHANGE_H
#define CN_APP_EXCHANGE_H

#include "app/achievements.h"
#include "app/people.h"

/* ---- To others ---- */

/* The words for the formats, "cairn", "ob3", "ctdl", "case", "elm": an empty slice ends them. Static. */
extern const cn_slice cn_exchange_words[];

typedef struct cn_exchange_file {
    cn_slice text, media_type;
} cn_exchange_file;

/* A version, as anybody may have it. NOT_FOUND "exchange.format": there is no format of this name. */
CN_MUST_USE bool cn_app_exchange_version(cn_arena *a, const cn_app *app, cn_time now, const cn_version *version,
                                         cn_slice format, cn_exchange_file *out, cn_err *err);
/* A draft as it stands. */
CN_MUST_USE bool cn_app_exchange_draft(cn_arena *a, const cn_app *app, cn_time now, const cn_organisation *org,
                                       const cn_achievement *is, cn_slice format, cn_exchange_file *out,
                                       cn_err *err);

/* ---- From others ---- */

enum { CN_EXCHANGE_TOLD_MAX = 250 };

/* What was not taken over. `at`: a JSON pointer into the file, or a place in the draft ("description.en",
 * "design/hours"); `why`: "member" (we have no place for it), "value" (it is not of the form that is read there),
 * "language" (neither English nor French), "long" (it was cut), "many" (the last were left out). Static, but for
 * pointers. */
typedef struct cn_exchange_untaken {
    cn_slice at, why;
} cn_exchange_untaken;

typedef struct cn_exchange_taken {
    cn_slice format; /* a word of cn_exchange_words */
    cn_draft draft;  /* with the file's provenance as `source` of its design */
    cn_exchange_untaken *untaken;
    size_t untaken_n; /* at most CN_EXCHANGE_TOLD_MAX */
    size_t missed;    /* all that was not understood in the file */
} cn_exchange_taken;

/* Reads a file, known by its content. Texts that name no language are taken as French or English. INVALID
 * "exchange.nameless", UNSUPPORTED "exchange.unknown", the errors of cn_json_read. On the arena, borrows the text.
 */
CN_MUST_USE bool cn_app_exchange_read(cn_arena *a, cn_time now, cn_slice text, bool french, cn_exchange_taken *out,
                                      cn_err *err);
/* The same, and makes a draft of it; `by` is the person. */
CN_MUST_USE bool cn_app_exchange_take(cn_arena *a, const cn_app *app, cn_time now, int64_t organisation,
                                      int64_t by, cn_slice text, bool french, cn_exchange_taken *taken,
                                      cn_slice *id, cn_err *err);

#endif
