/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `web`: the pages on which the design of an achievement is written.
 */
#ifndef CN_WEB_DESIGN_H
#define CN_WEB_DESIGN_H

#include "app/design.h"
#include "web/achievements.h"
#include "web/blanks.h"

/* ---- What templates print ---- */

/* What a framework still misses in a section. */
typedef struct cn_view_design_miss {
    cn_slice framework, text;
} cn_view_design_miss;

typedef struct cn_view_design_task {
    cn_slice name, about;
    cn_url link;
    cn_slice state, state_kind; /* in words; "not-begun", "begun", "complete": CSS */
    cn_slice id;                /* of the state, for aria-describedby */
    cn_view_design_miss *misses;
    size_t misses_n;
} cn_view_design_task;

/* A rule that a field of the design does not decide. */
typedef struct cn_view_design_else {
    cn_slice framework, text, rule;
    cn_url link; /* where to mend it */
    bool linked;
} cn_view_design_else;

typedef struct cn_page_design {
    cn_page page;
    cn_slice heading, heading_language, done;
    cn_url back, fill, download;
    bool may_design;
    bool chosen; /* frameworks to meet */
    cn_url choose;
    cn_slice progress;
    cn_view_design_task *tasks;
    size_t tasks_n;
    cn_view_design_else *others;
    size_t others_n;
    cn_view_origin source;
} cn_page_design;

typedef struct cn_page_design_section {
    cn_page page;
    cn_slice heading, about, name, name_language;
    cn_slice done;
    cn_slice seen;
    cn_url back, action;
    cn_slice next; /* the name of the next section; empty: it is the last */
    cn_view_form form;
    cn_view_blank_option *frameworks; /* to choose from, in the section of frameworks */
    size_t frameworks_n;
    cn_view_blank_option *variants; /* experiments of theirs */
    size_t variants_n;
} cn_page_design_section;

typedef struct cn_view_design_source {
    cn_slice value, name, text;
    bool chosen;
} cn_view_design_source;

typedef struct cn_page_design_fill {
    cn_page page;
    cn_slice name, name_language, seen;
    cn_url back, action, download;
    cn_slice failed;
    cn_slice *problems;
    size_t problems_n;
    cn_view_design_source *sources;
    size_t sources_n;
} cn_page_design_fill;

/* ---- What the files share ---- */

/* The achievement of the desk, as it is. */
CN_MUST_USE bool cn_design_page_get(const cn_desk *d, cn_achievement *out, cn_err *err);
/* How a design's fields are called and shown. */
CN_MUST_USE bool cn_design_plan(const cn_making *m, int section, const cn_json *values, cn_blank_plan *out,
                                cn_err *err);
cn_url cn_design_section_url(const cn_desk *d, cn_design_section section);
/* A framework and what it asks, in the page's language. */
cn_slice cn_design_asks(const cn_making *m, const cn_design_gap *gap);

/* Pages of design_section.c and design_fill.c. */
bool cn_web_design_section(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_design_section_save(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_design_fill(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_design_fill_take(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_design_download(void *app, const cn_request *rq, cn_response *rs, cn_err *err);

#endif
