/* SPDX-License-Identifier: Apache-2.0
 *
 * Achievements: what an organisation awards, written in English and in French. A designer works at a draft; what
 * is published is a version, which never changes under those who hold it; the draft goes on to be the next
 * version.
 *
 * An id of another organisation is NOT_FOUND "store.none", like one that nobody has.
 */
#ifndef CN_APP_ACHIEVEMENTS_H
#define CN_APP_ACHIEVEMENTS_H

#include "app/app.h"
#include "store/achievements.h"

/* What it says in one language. */
typedef struct cn_achievement_text {
    cn_slice name;        /* one line */
    cn_slice description; /* plain text */
    cn_slice criteria;    /* Markdown */
    cn_slice *outcomes;   /* learning outcomes, one line each */
    size_t outcomes_n;
} cn_achievement_text;

/* In characters. */
enum {
    CN_ACHIEVEMENT_NAME_MAX = 120,
    CN_ACHIEVEMENT_DESCRIPTION_MAX = 1000,
    CN_ACHIEVEMENT_CRITERIA_MAX = 8000,
    CN_ACHIEVEMENT_OUTCOME_MAX = 300,
    CN_ACHIEVEMENT_OUTCOMES_MAX = 20,
    CN_ACHIEVEMENT_MONTHS_MAX = 600
};

typedef struct cn_draft {
    cn_achievement_text en, fr;
    int valid_months;      /* an award holds so long; 0: without end */
    const cn_json *design; /* what frameworks ask beside (app/design.h): an object; NULL: nothing is said */
} cn_draft;

/* ---- Drafts ---- */

typedef struct cn_achievement {
    int64_t number;
    cn_slice id; /* used in addresses */
    int64_t organisation;
    cn_draft draft;
    cn_slice seen; /* stands for the draft as it is: who changes it says which one was seen */
    bool image;    /* one was uploaded; otherwise it is drawn */
    int version;   /* the latest that was published; 0: none yet */
    bool changed;  /* the draft is not what was published last */
    cn_time created_at, updated_at, published_at;
} cn_achievement;

typedef struct cn_achievements {
    cn_achievement *v;
    size_t n;
} cn_achievements;

CN_MUST_USE bool cn_app_achievement_get(cn_arena *a, const cn_app *app, int64_t organisation, cn_slice id,
                                        cn_achievement *out, cn_err *err);
CN_MUST_USE bool cn_app_achievements_of(cn_arena *a, const cn_app *app, int64_t organisation, cn_achievements *out,
                                        cn_err *err);

/* What is wrong with a draft. `field`: "name", "description", "criteria", "outcomes" with ".en" or ".fr" behind
 * it, or "months"; `id`: "missing", "long", "many", "number",
 * "control" (characters that cannot be seen, or that turn the others around), "uneven". Both static. */
typedef struct cn_draft_problem {
    cn_slice field, id;
} cn_draft_problem;
enum { CN_DRAFT_PROBLEMS_MAX = 9 };

/* In the order of the fields; gives how many. A draft that is saved may lack anything but a name in one language
 * ("name.en" "missing" stands for both); one that is published needs name, description and criteria in both, and
 * as many outcomes in one as in the other ("outcomes.fr" "uneven"). */
size_t cn_draft_check(const cn_draft *draft, bool publish, cn_draft_problem out[CN_DRAFT_PROBLEMS_MAX]);

/* As it is kept: line ends are LF, white space at ends and control characters are gone, empty outcomes too. On the
 * arena. */
CN_MUST_USE bool cn_draft_tidy(cn_arena *a, const cn_draft *from, cn_draft *out, cn_err *err);

/* Makes one; `by` is the person. INVALID "achievement.draft" where cn_draft_check finds something. */
CN_MUST_USE bool cn_app_achievement_new(cn_arena *a, const cn_app *app, cn_time now, int64_t organisation,
                                        int64_t by, const cn_draft *draft, cn_slice *id, cn_err *err);

typedef struct cn_achievement_change {
    int64_t organisation, by;
    cn_slice id;
    cn_slice seen;                /* of cn_achievement; empty: whatever it was */
    const cn_draft *draft;        /* its design NULL: the one that is there stays */
    bool draw;                    /* the uploaded image goes, one is drawn again */
    cn_slice upload;              /* a new image, as it came (cn_draw_image_clean); empty: none */
    const cn_stored_reuse *reuse; /* what was taken into it (app/reuse.h); NULL: nothing */
} cn_achievement_change;

/* Where the design comes from stays, whatever the draft says (app/source.h).
 * CONFLICT "achievement.changed": somebody else has saved it meanwhile. The errors of cn_draw_image_clean. */
CN_MUST_USE bool cn_app_achievement_save(cn_arena *a, const cn_app *app, cn_time now,
                                         const cn_achievement_change *change, cn_err *err);
/* What an upload is by its first bytes, in any language: "JPEG", "SVG"; empty where nobody knows. Static. */
cn_slice cn_app_image_kind(cn_slice upload);
/* The draft becomes what a version says, but for where it comes from, which stays: a new one can be made from any.
 * CONFLICT "achievement.changed": somebody saved it at the same moment. */
CN_MUST_USE bool cn_app_achievement_restore(cn_arena *a, const cn_app *app, cn_time now, int64_t organisation,
                                            int64_t by, cn_slice id, int version, cn_err *err);
/* The image of the draft as a PNG: the uploaded one, or as it would be drawn, with the names in one language. */
CN_MUST_USE bool cn_app_achievement_image(cn_arena *a, const cn_app *app, const cn_achievement *achievement,
                                          bool french, cn_slice *png, cn_err *err);

/* ---- Versions ---- */

typedef struct cn_version {
    int64_t number, achievement;
    cn_slice achievement_id;
    int version; /* 1, 2, … */
    int latest;  /* the achievement's latest version */
    int64_t organisation;
    cn_achievement_text en, fr;
    int valid_months;      /* 0: without end */
    const cn_json *design; /* as of a draft */
    bool drawn;            /* the image was drawn: there is an SVG of it too */
    cn_time published_at;
} cn_version;

typedef struct cn_versions {
    cn_version *v;
    size_t n;
} cn_versions;

/* Publishes the draft that was seen as the next version. INVALID "achievement.draft", CONFLICT
 * "achievement.changed", CONFLICT "achievement.published": the latest version says the same already; CONFLICT
 * "flow.unapproved": somebody else has to approve that very draft first (app/approval.h); an organisation that
 * nobody else reviews submits, approves and publishes in one go. UNAVAILABLE "draw.font". */
CN_MUST_USE bool cn_app_achievement_publish(cn_arena *a, const cn_app *app, cn_time now, int64_t organisation,
                                            int64_t by, cn_slice id, cn_slice seen, int *version, cn_err *err);

CN_MUST_USE bool cn_app_version_get(cn_arena *a, const cn_app *app, int64_t number, cn_version *out, cn_err *err);
/* By the achievement's id, for anybody; version 0 is the latest. */
CN_MUST_USE bool cn_app_version_of(cn_arena *a, const cn_app *app, cn_slice id, int version, cn_version *out,
                                   cn_err *err);
/* What an organisation can award: the latest version of each achievement. */
CN_MUST_USE bool cn_app_versions_of(cn_arena *a, const cn_app *app, int64_t organisation, cn_versions *out,
                                    cn_err *err);
/* All of one achievement, the latest first. */
CN_MUST_USE bool cn_app_versions_all(cn_arena *a, const cn_app *app, cn_slice id, cn_versions *out, cn_err *err);
/* The image: PNG and, of a drawn one, SVG (otherwise empty). A drawn one has the names in one language. */
CN_MUST_USE bool cn_app_version_image(cn_arena *a, const cn_app *app, int64_t number, bool french, cn_slice *png,
                                      cn_slice *svg, cn_err *err);

#endif
