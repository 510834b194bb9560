/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `web`: what each template prints, and what the pages share.
 */
#ifndef CN_WEB_PAGES_H
#define CN_WEB_PAGES_H

#include "vc/endorsement.h"
#include "web/html.h"
#include "web/web.h"

/* ---- What templates print ---- */

/* What surrounds every page. */
typedef struct cn_page {
    cn_slice title;
    cn_slice language, other_language; /* tags */
    cn_url home, verify, accessibility, frameworks, competencies, other, style, desk_style, mark;
    cn_slice at_home, at_verify, at_accessibility, at_frameworks,
        at_competencies; /* values of aria-current: "page" or "false" */
    cn_slice user, csrf; /* who is signed in; what template csrf prints into every form of such a page */
    cn_url sign_in, sign_out, account, credentials, organisations;
    cn_slice at_sign_in, at_account, at_credentials, at_organisations;
    cn_url mailbox; /* of a demonstration */
    bool demo, signed_in, staff;
    bool wrong;    /* a form came back with an error, which its title says first */
    bool at_desk;  /* it has the styles of desk.css too */
    bool to_form;  /* the page cannot be had in the other language: the link leads to the form */
    bool unlisted; /* search engines are asked to leave it alone: cn_making_unlisted */
} cn_page;

typedef struct cn_page_home {
    cn_page page;
    cn_url claim, check, credentials, organisations;
} cn_page_home;

typedef struct cn_page_error {
    cn_page page;
    cn_slice heading, text;
    cn_slice todo; /* what can be done at `url`; empty: nothing */
    cn_url url;
} cn_page_error;

typedef struct cn_page_accessibility {
    cn_page page;
    cn_slice contact, date;
} cn_page_accessibility;

/* A field of the form of /verify. */
typedef struct cn_view_field {
    cn_slice value;       /* what was typed */
    cn_slice error;       /* empty: none */
    cn_slice group_class; /* the CSS class that marks an error, with a space before it */
    cn_slice input_class;
    cn_slice described; /* ids for aria-describedby */
} cn_view_field;

typedef struct cn_page_verify {
    cn_page page;
    cn_url action, check; /* check: where the code of a printed credential is typed */
    bool wrong;           /* one of the fields has an error */
    cn_view_field file, text, link;
} cn_page_verify;

/* A step of the verification, in words. `kind`: "pass", "warning", "fail", "unknown", "na". */
typedef struct cn_view_step {
    cn_slice kind, name, outcome, text, todo;
    cn_slice problem, where, about, detail; /* technical; each may be empty */
    bool technical;                         /* one of them is not */
    bool silent; /* about something that few credentials have, and this one has not: the page leaves it out */
} cn_view_step;

/* A text of somebody else's, in paragraphs. */
typedef struct cn_view_text {
    cn_slice *v;
    size_t n;
} cn_view_text;

/* What is named, and perhaps linked, within a credential. */
typedef struct cn_view_item {
    cn_slice name, code, group, says_from;
    cn_view_text text;
    bool linked;
    cn_url url;
    cn_slice host;
} cn_view_item;

typedef struct cn_view_items {
    cn_view_item *v;
    size_t n;
    bool claims;                      /* `group` is who somebody says to be: says_from is shown */
    cn_slice language, page_language; /* of the texts; of the words around them */
} cn_view_items;

/* One claim of an endorsement: "is in demand", of what; or the whole sentence where it is about no part. */
typedef struct cn_view_claimed {
    cn_slice words, name;
} cn_view_claimed;

/* An endorsement in a credential, and what its verification came to. */
typedef struct cn_view_part {
    cn_slice who, note;   /* who is proven to have signed, by a registry; or what it says of itself */
    cn_slice source;      /* of `who`: which registry; otherwise empty */
    cn_slice state, kind; /* in words; CSS of cairn-state */
    cn_view_claimed *claims;
    size_t claims_n;
    cn_slice scope, comment, from, until; /* each may be empty */
} cn_view_part;

typedef struct cn_view_parts {
    cn_view_part *v;
    size_t n;
} cn_view_parts;

/* A credential as drawn. Texts are as cn_view_shown() leaves them. */
typedef struct cn_view_credential {
    cn_slice language; /* of its texts; the page's where it names none */
    cn_slice name, to, issuer, issuer_note, key, from, until;
    cn_slice to_id, key_id;             /* an identifier that tells people little, under the words; or empty */
    cn_view_text description, criteria; /* criteria: where criteria_formatted is empty */
    cn_html criteria_formatted;
    cn_view_item criteria_link, issuer_link; /* issuer_link: the one its registry gives */
    cn_view_items subjects;                  /* where there are several */
    cn_view_items results, outcomes, alignments, evidence, endorsements, credentials;
    cn_view_parts endorsed; /* those endorsements that were verified; where there are any they stand for all */
} cn_view_credential;

/* What a verification came to. */
typedef struct cn_view_result cn_view_result;
struct cn_view_result {
    cn_verdict verdict;
    cn_slice kind; /* "verified", "warning", "failed", "unknown": CSS */
    bool warned;   /* it verifies, but not as what it says it is */
    cn_slice heading, why, todo, also, when;
    bool drawn; /* there is a credential */
    cn_view_credential credential;
    cn_view_step *steps;
    size_t steps_n;
    bool presentation;           /* of credentials, each with a result of its own */
    cn_slice holder;             /* who was proven to present them */
    cn_view_result *credentials; /* with `title` ("Credential 1 of 2") and `id`, for links within the page */
    size_t credentials_n;
    cn_slice title, id;
};

typedef struct cn_page_result {
    cn_page page;
    cn_view_result result;
} cn_page_result;

#include "web/templates.h"

/* ---- What pages share (page.c) ---- */

/* A page at work: the request, its language, and where it is printed to. */
typedef struct cn_making {
    const cn_web *web;
    const cn_request *rq;
    cn_language language;
    cn_buf body;
    cn_html_out out; /* prints to body */
} cn_making;

/* m must stay where it is: `out` points into it. */
void cn_making_start(cn_making *m, const cn_web *web, const cn_request *rq);
/* `path` is the page's own address. */
cn_page cn_making_page(cn_making *m, cn_slice path, cn_slice title);
/* Asks search engines to leave the page alone, in its head and in the answer's. */
CN_MUST_USE bool cn_making_unlisted(const cn_making *m, cn_page *page, cn_response *rs, cn_err *err);
/* Scripts of our own (cn_url_static) may run on this page, and ask this server. */
CN_MUST_USE bool cn_web_allow_script(const cn_request *rq, cn_response *rs, cn_err *err);
/* The printed page as the response. */
CN_MUST_USE bool cn_making_finish(cn_making *m, int status, cn_response *rs, cn_err *err);

/* The text of the two in the page's language. */
cn_slice cn_making_choose(const cn_making *m, cn_bilingual text);
/* The same, or the other one where that is empty; `language`, which may be NULL, is the tag of what is given. */
cn_slice cn_making_either(const cn_making *m, cn_bilingual text, cn_slice *language);
/* A message in the page's language, with one or two arguments put in; on the arena, empty at its maximum. */
cn_slice cn_making_text(const cn_making *m, cn_msg message, cn_slice first, cn_slice second);
/* The form of a message that goes with the number, which is its one argument. */
cn_slice cn_making_plural(const cn_making *m, cn_msg message, unsigned long long count);
/* Its digits. */
cn_slice cn_making_number(const cn_making *m, unsigned long long number);

/* The answer is a file to keep, by a name in the page's language: letters of ASCII, a dot, an ending. */
CN_MUST_USE bool cn_web_attachment(const cn_making *m, cn_msg name, cn_response *rs, cn_err *err);

/* ---- Handlers ---- */

enum { CN_FORM_COST = 1 }; /* of CN_VERIFY_COST, what the form alone takes */

bool cn_web_home(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_verify_form(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_verify(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_accessibility(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_static(void *app, const cn_request *rq, cn_response *rs, cn_err *err);

/* A finished verification in words, and its page (result.c). */
CN_MUST_USE bool cn_web_result_view(const cn_making *m, const cn_report *report, cn_view_result *out, cn_err *err);
CN_MUST_USE bool cn_web_result(cn_making *m, const cn_report *report, cn_response *rs, cn_err *err);

/* ---- Texts of strangers (shown.c) ---- */

/* What must not be seen: the names a credential gives its issuer where they are another's. */
typedef struct cn_hidden {
    cn_arena *arena;
    cn_slice instead; /* what stands in place of a text that holds such a name */
    cn_slice *names;  /* as cn_name_skeleton() leaves them */
    size_t n;
} cn_hidden;

CN_MUST_USE bool cn_hidden_collect(cn_hidden *h, const cn_report *report, cn_err *err);
/* The text as it may be printed: control characters and those that reorder text are replaced, and a text with a
 * hidden name in it is not given out. Empty at the arena's maximum. */
cn_slice cn_hidden_show(const cn_hidden *h, cn_slice text);
/* Does the text hold a hidden name? So it is taken to at the arena's maximum. */
bool cn_hidden_names(const cn_hidden *h, cn_slice text);
/* An address of the web that may be linked to: one with a hidden name in it may not, nor one that names a user,
 * which could lead elsewhere than it seems to. False: "#". Borrows. */
bool cn_hidden_link(const cn_hidden *h, cn_slice address, cn_url *out);
/* "college.example" of an https: or did:web: address, the whole of anything else. Borrows. */
cn_slice cn_host_of(cn_slice address);

/* ---- Markdown (markdown.c) ---- */

/* Markdown of a stranger, not yet shown, as markup of the page's own: paragraphs, headings of levels 4 and 5,
 * lists, emphasis, code, quotes, rules, links of http and https. Nothing is loaded from elsewhere. Empty where the
 * text is empty, or so long or so nested that it is better shown as it stands. On the arena of h. LIMIT
 * "memory.limit". */
CN_MUST_USE bool cn_markdown_show(const cn_hidden *h, cn_slice text, cn_language page, cn_html *out, cn_err *err);

/* ---- Words (words.c) ---- */

/* "June 1, 2026", "1er juin 2026"; with the time "… at 14:30 UTC". On the arena; empty at its maximum. */
cn_slice cn_words_date(const cn_making *m, cn_time t, bool with_time);
/* A date as a credential writes it: without the time where that is midnight UTC; what is no date stays as it is.
 */
cn_slice cn_words_date_of(const cn_making *m, cn_slice written);
/* What a step came to. */
void cn_words_step(const cn_making *m, const cn_hidden *h, const cn_step *step, cn_view_step *out);
/* Which todo.NAME goes with a problem; empty where nothing can be done. */
cn_slice cn_words_todo(cn_slice problem);

/* The endorsements in a credential (draw_endorsed.c), the claims of one, and a text of several languages in the
 * page's, or else in the first. */
CN_MUST_USE bool cn_draw_endorsed(const cn_making *m, const cn_hidden *h, const cn_report *report,
                                  cn_view_parts *out, cn_err *err);
CN_MUST_USE bool cn_draw_claims(const cn_making *m, const cn_hidden *h, const cn_endorsements_read *read,
                                cn_view_claimed **out, size_t *n, cn_err *err);
cn_slice cn_draw_language(const cn_making *m, const cn_json *texts);
/* The credential as drawn (draw.c). */
CN_MUST_USE bool cn_draw_credential(const cn_making *m, const cn_hidden *h, const cn_report *report,
                                    cn_view_credential *out, cn_err *err);

#endif
