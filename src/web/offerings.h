/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `web`: when and where a micro-credential can be taken.
 */
#ifndef CN_WEB_OFFERINGS_H
#define CN_WEB_OFFERINGS_H

#include "web/blanks.h"
#include "web/design_show.h"

/* ---- What templates print ---- */

typedef struct cn_view_offering {
    cn_slice heading; /* its name, or its days */
    cn_view_design_facts_section facts;
    cn_slice state, state_kind; /* "Open", "Closed"; CSS */
    bool closed;
    cn_url edit, close;
} cn_view_offering;

/* Printed by template achievement_offerings. */
typedef struct cn_view_offerings {
    cn_view_offering *v;
    size_t n;
} cn_view_offerings;

typedef struct cn_page_offerings {
    cn_page page;
    cn_slice name, name_language, done;
    cn_url back, begin;
    bool may_design;
    cn_view_offerings list;
} cn_page_offerings;

typedef struct cn_page_offering {
    cn_page page;
    cn_slice name, name_language, heading, seen;
    cn_url back, action;
    cn_view_form form;
} cn_page_offering;

/* Those that somebody can still take, in the page's language. */
CN_MUST_USE bool cn_view_offerings_open(const cn_making *m, int64_t achievement, cn_view_offerings *out,
                                        cn_err *err);

#endif
