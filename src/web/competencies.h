/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `web`: competency frameworks, their items, and a search that several pages have.
 */
#ifndef CN_WEB_COMPETENCIES_H
#define CN_WEB_COMPETENCIES_H

#include "app/frameworks.h"
#include "web/achievements.h"
#include "web/reuse.h"

/* ---- What templates print ---- */

/* An item in a list. */
typedef struct cn_view_competency {
    cn_url link;
    cn_slice label, language;       /* in the page's language, or in the one there is */
    cn_slice other, other_language; /* the same in the other; or empty */
    cn_slice type, code, framework, uri;
    unsigned long long number;
    bool chosen; /* a part of the design at hand */
} cn_view_competency;

/* A list of items with a heading. */
typedef struct cn_view_competency_list {
    cn_slice heading;
    cn_view_competency *v;
    size_t n;
} cn_view_competency_list;

typedef struct cn_view_competency_option {
    unsigned long long number;
    cn_slice name;
    bool chosen;
} cn_view_competency_option;

/* The form, and what it found. */
typedef struct cn_view_competency_search {
    cn_url action, answers, script; /* answers: what was found alone, for search.js */
    cn_slice language, text;
    unsigned long long framework; /* its number; 0: any */
    bool asked, more;
    cn_view_competency_option *frameworks;
    size_t frameworks_n;
    cn_slice found; /* "12 items", "Nothing …" */
    cn_view_competency *v;
    size_t n;
    bool picks; /* each has a button that adds it: a form of the page's own */
    cn_url add;
    cn_slice csrf, seen;
    cn_url classification; /* of what is none: the section that has a place for it */
} cn_view_competency_search;

typedef struct cn_view_competency_framework {
    cn_slice name, language, publisher, version, counts, attribution, when;
    cn_url licence, search;
    bool licensed;
} cn_view_competency_framework;

typedef struct cn_page_competencies {
    cn_page page;
    cn_view_competency_search search;
    cn_view_competency_framework *v;
    size_t n;
} cn_page_competencies;

/* What an item says in one language. */
typedef struct cn_view_competency_side {
    cn_slice heading, language, label, description;
    cn_view_text others; /* other labels */
} cn_view_competency_side;

typedef struct cn_page_competency {
    cn_page page;
    cn_url back, uri;
    cn_slice heading, heading_language, uri_text, type, code, level;
    bool linked, withdrawn;
    cn_slice withdrawn_when;
    cn_view_competency_framework framework;
    cn_view_competency_side sides[CN_LANGUAGES]; /* the page's own language first */
    size_t sides_n;
    cn_view_competency_list *beside;
    size_t beside_n;
} cn_page_competency;

typedef struct cn_page_competency_pick {
    cn_page page;
    cn_slice name, name_language, done, failed, seen;
    cn_url back, design, remove;
    cn_view_design_competency *v;
    size_t n;
    cn_view_competency_search search;
    cn_view_take take; /* from another achievement */
} cn_page_competency_pick;

/* ---- What the files share (competencies.c) ---- */

/* Looks for what the request's `q` and `framework` ask; where it `picks`, among competencies alone. `path` is that
 * of the page with the form; what was found alone is at "/found" behind it. */
CN_MUST_USE bool cn_competency_search_fill(const cn_making *m, cn_slice path, cn_view_competency_search *out,
                                           cn_err *err);
/* What was found as the whole answer. */
CN_MUST_USE bool cn_competency_search_answer(cn_making *m, const cn_view_competency_search *s, cn_response *rs,
                                             cn_err *err);
/* The page's own address with what was asked, for the other language. Empty at the arena's maximum. */
cn_slice cn_competency_search_path(const cn_making *m, cn_slice path);
/* A word such as "skill", in the page's language; a publisher's own stays. */
cn_slice cn_words_competency_type(const cn_making *m, cn_slice type);

#endif
