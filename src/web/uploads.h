/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `web`: the pages of awards from a file, and of an organisation's register.
 */
#ifndef CN_WEB_UPLOADS_H
#define CN_WEB_UPLOADS_H

#include "app/awards.h"
#include "app/uploads.h"
#include "web/account.h"

/* ---- What templates print ---- */

typedef struct cn_view_option {
    cn_slice value, text;
    bool chosen;
} cn_view_option;

/* The form for a file. */
typedef struct cn_page_upload {
    cn_page page;
    cn_slice organisation;
    cn_url back, action, model, achievements;
    cn_view_option *versions;
    size_t versions_n;
    cn_view_field version, file;
    bool wrong;
    const cn_slice *problems; /* further ones of the file, sentences */
    size_t problems_n;
} cn_page_upload;

/* A row of the preview. */
typedef struct cn_view_upload_row {
    long long line;
    cn_slice name, email, key, result;
    const cn_slice *problems; /* sentences */
    size_t problems_n;
    cn_slice warning; /* a sentence; or empty */
    cn_url mend, drop;
    cn_slice page_csrf;
    bool dropped, may;
} cn_view_upload_row;

typedef struct cn_view_row_tab {
    cn_slice text, current; /* value of aria-current */
    unsigned long long count;
    cn_url link;
} cn_view_row_tab;

/* What a stranger can read who holds the file of the first one. */
typedef struct cn_view_sample {
    cn_slice name, achievement, issuer, result, assessment, until;
} cn_view_sample;

/* A column of the file: "Matricule", and what it was read as. */
typedef struct cn_view_column {
    cn_slice header, field;
} cn_view_column;

typedef struct cn_page_preview {
    cn_page page;
    cn_slice organisation, achievement, file_name;
    cn_slice failed, done; /* sentences; or empty */
    cn_slice refusal;      /* why what the file awards cannot be awarded; or empty */
    cn_slice unknown;      /* columns that are not looked at; may be empty */
    cn_view_column columns[CN_FIELDS];
    size_t columns_n;
    unsigned long long unassessed, formulas;
    long long formula; /* line of the first */
    cn_url formula_row;
    cn_url back, decide, confirm, cancel, drop_wrong, next;
    cn_view_row_tab tabs[CN_ROW_KINDS];
    unsigned long long counts[CN_ROW_KINDS];
    unsigned long long ready, wrong, before;
    cn_slice nothing; /* where no row is of the kind that is shown */
    cn_view_upload_row *rows;
    size_t rows_n;
    bool more, may_confirm;
    cn_slice shown;        /* goes with the confirmation: what of the upload was seen */
    cn_view_line lines[3]; /* of the decision: date, method, assessor */
    cn_view_option languages[CN_LANGUAGES];
    bool sampled;
    cn_view_sample sample;
} cn_page_preview;

/* One row, to be mended. */
typedef struct cn_page_upload_row {
    cn_page page;
    cn_slice file_name;
    long long line;
    cn_slice error; /* of the row as a whole, with … */
    cn_slice raw;   /* … the line; empty: there is none */
    cn_url back, action, drop;
    cn_view_line lines[CN_FIELDS];
    size_t lines_n, wrong;
    bool dropped;
} cn_page_upload_row;

/* After the confirmation. */
typedef struct cn_page_progress {
    cn_page page;
    cn_slice organisation, achievement, file_name, heading, text;
    cn_slice problem;           /* why it waits; empty: it does not */
    unsigned long long minutes; /* until it is tried again */
    bool done;
    unsigned long long total, finished, counts[CN_ROW_STATES];
    unsigned long long awarded, before, refused, dropped;
    cn_url back, self, awards, again;
} cn_page_progress;

/* The register. */
typedef struct cn_view_register_row {
    cn_url link;
    cn_slice name, key, achievement, when, state, state_kind;
} cn_view_register_row;

typedef struct cn_view_upload {
    cn_url link;
    cn_slice file_name, when, state;
} cn_view_upload;

typedef struct cn_page_awards {
    cn_page page;
    cn_slice organisation, words;
    cn_url back, upload, csv, action, older;
    unsigned long long count;
    cn_view_register_row *v;
    size_t n;
    cn_view_upload *uploads; /* those that are not done */
    size_t uploads_n;
    bool may_issue, more;
} cn_page_awards;

/* ---- What their files share (uploads.c) ---- */

/* A page of an organisation's awards at work. */
typedef struct cn_issuing {
    cn_making m;
    const cn_app *app;
    const cn_session *session;
    const cn_organisation *organisation;
    cn_slice organisation_name; /* in the page's language */
    bool may_issue;
} cn_issuing;

/* k must stay where it is. */
void cn_issuing_start(cn_issuing *k, void *web, const cn_request *rq);
/* A path of the organisation: "/awards". Empty at the arena's maximum. */
cn_slice cn_issuing_path(const cn_issuing *k, const char *rest);
cn_url cn_issuing_url(const cn_issuing *k, const char *rest);
/* A path of an upload: "" or "/confirm". */
cn_slice cn_issuing_upload_path(const cn_issuing *k, const cn_upload *u, const char *rest);
cn_url cn_issuing_upload_url(const cn_issuing *k, const cn_upload *u, const char *rest);
cn_slice cn_issuing_say(const cn_issuing *k, cn_msg message);
/* A number as text. On the arena; empty at its maximum. */
cn_slice cn_issuing_number(const cn_issuing *k, unsigned long long number);
/* The upload that the path names. */
CN_MUST_USE bool cn_issuing_upload(const cn_issuing *k, cn_upload *out, cn_err *err);
/* The name of what a version awards, in the page's language. */
CN_MUST_USE bool cn_issuing_achievement(const cn_issuing *k, int64_t version, cn_slice *out, cn_err *err);

/* "Student number", "Name": what a field is called in the page's language; as "the student number" within
 * sentences it stands in messages of its own. */
cn_slice cn_words_sheet_field(const cn_issuing *k, cn_sheet_field field);
/* A sentence about what is wrong with a row. */
cn_slice cn_words_row_problem(const cn_issuing *k, const cn_row_problem *problem, int64_t twin);
/* The row in the page's words, with what is wrong. `told`: that rows are not assessed has been said of all. */
CN_MUST_USE bool cn_view_upload_row_fill(const cn_issuing *k, const cn_upload *u, const cn_upload_row *row,
                                         const cn_decision *d, bool told, cn_view_upload_row *out, cn_err *err);

/* Handlers of upload_preview.c, upload_row.c, awards.c. */
bool cn_web_upload(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_upload_decide(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_upload_confirm(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_upload_cancel(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_upload_drop_wrong(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_upload_row(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_upload_row_mend(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_upload_row_drop(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_awards(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
bool cn_web_awards_csv(void *app, const cn_request *rq, cn_response *rs, cn_err *err);
/* After the confirmation (upload_progress.c). */
CN_MUST_USE bool cn_web_upload_progress(cn_issuing *k, const cn_upload *u, cn_response *rs, cn_err *err);

#endif
