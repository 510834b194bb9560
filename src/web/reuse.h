/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `web`: an achievement used as a start for another, and where one comes from.
 */
#ifndef CN_WEB_REUSE_H
#define CN_WEB_REUSE_H

#include "app/reuse.h"
#include "web/achievements.h"

/* ---- What templates print ---- */

/* Achievements of an organisation that somebody designs for. */
typedef struct cn_view_reuse_option {
    cn_slice id, name;
    bool chosen;
} cn_view_reuse_option;

typedef struct cn_page_reuse {
    cn_page page;
    cn_slice name, name_language, by, address;
    cn_url back, action;
    cn_view_text licence; /* sentences */
    bool own;             /* of the one organisation that may take it */
    bool unsure;          /* they have to say that they may */
    bool sure, outcomes;  /* as it was typed */
    cn_slice sure_error, organisation_error;
    cn_view_reuse_option *organisations;
    size_t organisations_n; /* 0: nobody may */
} cn_page_reuse;

/* A competency of a design: by its place there. */
typedef struct cn_view_design_competency {
    cn_slice label, language, framework, code;
    unsigned long long place;
    bool chosen; /* of another's: the draft has it */
} cn_view_design_competency;
/* The one at a place, in the page's language or the other. The texts are borrowed from the document. */
cn_view_design_competency cn_view_competency_at(const cn_making *m, const cn_json *competencies, size_t place);

/* Competencies of another achievement, for a draft that is there: a part of the page where they are picked. */
typedef struct cn_view_take {
    cn_url look, take;
    cn_slice tag, from, error, name, name_language, by;
    cn_slice id, csrf, seen;
    unsigned long long version;
    cn_view_text licence;
    bool found, unsure;
    cn_slice sure_error;
    cn_view_design_competency *v;
    size_t n, free; /* free: those that the draft has not */
} cn_view_take;

/* ---- What the files share (reuse_view.c) ---- */

/* Fills `out` with what a design says of where it comes from (a member of cn_view_origin in achievements.h). */
CN_MUST_USE bool cn_view_origin_fill(const cn_making *m, const cn_json *design, cn_view_origin *out, cn_err *err);
/* What was made from an achievement and is published. */
CN_MUST_USE bool cn_view_reused_fill(const cn_making *m, cn_slice id, cn_view_reused *out, cn_err *err);
/* What a licence allows, as sentences; empty of one's own. */
CN_MUST_USE bool cn_view_licence_fill(const cn_making *m, const cn_licence *licence, cn_slice whose,
                                      cn_view_text *out, cn_err *err);
/* "by North Shore College, version 2"; empty at the arena's maximum. */
cn_slice cn_words_whose(const cn_making *m, cn_slice issuer, int version);
/* Where the page to use a version is; `may` is false where whoever looks may not. */
CN_MUST_USE bool cn_view_reuse_link(const cn_making *m, const cn_version *is, bool *may, cn_url *out, cn_err *err);

/* ---- A part of the page where competencies are picked (competency_take.c), whose path is `path` ---- */

CN_MUST_USE bool cn_view_take_fill(const cn_desk *d, const cn_achievement *is, cn_slice path, cn_view_take *out,
                                   cn_err *err);
/* The page's own address with what was asked here. */
cn_slice cn_take_path(const cn_making *m, cn_slice path, const cn_view_take *take);
/* Takes what was chosen. INVALID "take.none": nothing was; the errors of cn_app_reuse_find and cn_app_reuse_take.
 */
CN_MUST_USE bool cn_competency_take(const cn_desk *d, cn_err *err);

#endif
