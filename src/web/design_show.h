/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `web`: a design in words, for whoever reads about a micro-credential, and how large it is beside
 * other kinds of credentials.
 */
#ifndef CN_WEB_DESIGN_SHOW_H
#define CN_WEB_DESIGN_SHOW_H

#include "web/blanks.h"

/* ---- What templates design_facts and design_size print ---- */

typedef struct cn_view_design_fact_line {
    cn_slice text;
    cn_url link;
    bool linked;
} cn_view_design_fact_line;

typedef struct cn_view_design_fact {
    cn_slice label;
    cn_view_design_fact_line *lines;
    size_t n;
} cn_view_design_fact;

typedef struct cn_view_design_facts_section {
    cn_slice heading;
    cn_view_design_fact *v;
    size_t n;
} cn_view_design_facts_section;

typedef struct cn_view_design_facts {
    cn_view_design_facts_section *v;
    size_t n;
} cn_view_design_facts;

/* Of a bar that is 1,000 wide. */
typedef struct cn_view_size_row {
    cn_slice name, size, source;
    unsigned from, width; /* width 0: no bar */
    bool own, holds;      /* it is the micro-credential itself; it is as large as this kind */
} cn_view_size_row;

typedef struct cn_view_size {
    cn_view_size_row *v;
    size_t n; /* 0: its hours are not said */
} cn_view_size;

/* Of a design, which may be NULL, in the page's language. What single frameworks ask is left out. */
CN_MUST_USE bool cn_view_design_facts_fill(const cn_making *m, const cn_json *design, cn_view_design_facts *out,
                                           cn_err *err);
/* One section of any table, without a heading. */
CN_MUST_USE bool cn_view_blanks_show(const cn_making *m, const cn_blank_plan *plan,
                                     cn_view_design_facts_section *out, cn_err *err);
CN_MUST_USE bool cn_view_size_fill(const cn_making *m, const cn_json *design, cn_slice name, cn_view_size *out,
                                   cn_err *err);
/* All that a field says, a line for each value, in words of the page's language; texts in `texts` alone, so that
 * two designs can be compared. `v`: its value in a design; NULL: nothing. On the arena. */
CN_MUST_USE bool cn_view_design_said(const cn_making *m, const cn_blank_plan *plan, const cn_blank *field,
                                     const cn_json *v, cn_language texts, cn_slice *out, cn_err *err);
/* The kind of the nth outcome, in words; empty where it is not said. */
cn_slice cn_view_outcome_kind(const cn_making *m, const cn_json *design, size_t n);

#endif
