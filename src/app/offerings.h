/* SPDX-License-Identifier: Apache-2.0
 *
 * Offerings: when, where and how a micro-credential can be taken. They come and go, while what was published
 * stays.
 *
 * An id of another organisation is NOT_FOUND "store.none", like one that nobody has.
 */
#ifndef CN_APP_OFFERINGS_H
#define CN_APP_OFFERINGS_H

#include "app/achievements.h"
#include "app/blanks.h"

/* What an offering says: dates or any time, mode, language, place, hours a week, price, seats, funding, access. */
extern const cn_blanks_table cn_offering_fields;

typedef struct cn_offering {
    int64_t number;
    cn_slice id;
    const cn_json *details; /* an object of cn_offering_fields */
    cn_slice seen;          /* stands for the details as they are */
    bool closed;
    cn_time updated_at;
} cn_offering;

typedef struct cn_offerings {
    cn_offering *v;
    size_t n;
} cn_offerings;

/* All of an achievement, in the order of their making. */
CN_MUST_USE bool cn_app_offerings_of(cn_arena *a, const cn_app *app, int64_t achievement, cn_offerings *out,
                                     cn_err *err);
/* Those that somebody can still take: not closed, and not over. */
CN_MUST_USE bool cn_app_offerings_open(cn_arena *a, const cn_app *app, cn_time now, int64_t achievement,
                                       cn_offerings *out, cn_err *err);
CN_MUST_USE bool cn_app_offering_get(cn_arena *a, const cn_app *app, int64_t organisation, cn_slice achievement,
                                     cn_slice id, cn_offering *out, cn_err *err);

/* What is wrong beside what cn_blanks_read tells: "/starts" "missing" (neither a day nor any time), "/ends"
 * "order" (before it starts). `details` is tidy. */
void cn_offering_check(const cn_json *details, cn_blank_problems *problems);

typedef struct cn_offering_change {
    int64_t organisation, by;
    cn_slice achievement, id; /* id empty: a new one */
    cn_slice seen;            /* of cn_offering; empty: whatever it was */
    const cn_json *details;
} cn_offering_change;
/* Gives its id. INVALID "offering.wrong", whose `where` is the first problem's place; CONFLICT "offering.changed".
 */
CN_MUST_USE bool cn_app_offering_save(cn_arena *a, const cn_app *app, cn_time now,
                                      const cn_offering_change *change, cn_slice *id, cn_err *err);
/* Nobody can register any more; or can again. */
CN_MUST_USE bool cn_app_offering_close(const cn_app *app, cn_time now, int64_t organisation, int64_t by,
                                       cn_slice achievement, cn_slice id, bool close, cn_err *err);

#endif
