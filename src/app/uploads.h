/* SPDX-License-Identifier: Apache-2.0
 *
 * Awards from a file: a spreadsheet is read into an upload, previewed with what is wrong in each row, mended,
 * confirmed, and then worked at in the background until every row is awarded, once.
 *
 * Nothing is signed before the confirmation. What `confirm` has answered to is awarded exactly once, whatever
 * stops the program in between: a chunk of rows becomes awards in one transaction together with the rows' states.
 * An id of another organisation is NOT_FOUND "store.none".
 */
#ifndef CN_APP_UPLOADS_H
#define CN_APP_UPLOADS_H

#include "app/app.h"
#include "app/sheet.h"
#include "store/awards.h"
#include "store/uploads.h"

/* ---- Reading a file ---- */

/* What the columns of a file came to (a file that has a fault here is not kept). */
typedef struct cn_upload_report {
    size_t rows;           /* beside the header line */
    const cn_slice *words; /* of all columns, from the left; may be empty */
    size_t words_n;
    cn_sheet_field missing[CN_FIELDS];
    size_t missing_n;
    const cn_slice *unknown; /* words of columns that are not looked at; may be empty */
    size_t unknown_n;
    const cn_slice *twice; /* words of columns for what another is for already */
    size_t twice_n;
    bool good; /* nothing is missing or double, and there is a row */
} cn_upload_report;

typedef struct cn_upload_file {
    int64_t organisation, version; /* what is awarded: a version of the organisation's */
    int64_t person;                /* who uploads */
    cn_slice name;                 /* of the file */
    cn_slice language;             /* "en" or "fr": of rows that name none, to begin with */
    cn_slice bytes;
} cn_upload_file;

/* Reads a file and, when the report is good, keeps it as a new upload: then `id` is not empty. The errors of
 * cn_sheet_read. */
CN_MUST_USE bool cn_app_upload_new(cn_arena *a, const cn_app *app, cn_time now, const cn_upload_file *file,
                                   cn_upload_report *report, cn_slice *id, cn_err *err);

/* ---- The decision for the whole file ---- */

/* Of rows that say nothing themselves. Each may be empty. */
typedef struct cn_decision {
    cn_slice date;     /* "2026-05-28" */
    cn_slice method;   /* of assessment */
    cn_slice assessor; /* who decided */
    cn_slice language; /* "en" or "fr", of rows that name none */
    /* Read only: */
    cn_slice unknown;            /* columns of the file that are not looked at, "Telephone, Group" */
    cn_slice columns[CN_FIELDS]; /* the word of the column that each field was read from; empty: there is none */
} cn_decision;
CN_MUST_USE bool cn_app_upload_decision(cn_arena *a, const cn_upload *u, cn_decision *out, cn_err *err);
/* INVALID "upload.decision": `where` is the word of a field, `detail` that of a row's problem. CONFLICT
 * "upload.state", as for all changes below. */
CN_MUST_USE bool cn_app_upload_decide(cn_arena *a, const cn_app *app, cn_time now, const cn_upload *u,
                                      const cn_decision *decision, cn_err *err);

/* ---- Rows and what is wrong with them ---- */

/* What is wrong with a field of a row. */
typedef struct cn_row_problem {
    cn_sheet_field field;
    cn_slice word; /* static: "missing", "long", "control", "email", "language", "date", "date-none",
                      "date-future", "assessment", "not-passed", "evidence", "twin"; where field is CN_FIELDS, of
                      the row as a whole: "cells" (too many), "short" (too few), "quote" */
} cn_row_problem;
enum { CN_ROW_PROBLEMS_MAX = 12 };

/* Gives how many. `d` is of the whole file. */
size_t cn_row_check(cn_arena *a, cn_time now, const cn_upload_row *row, const cn_decision *d,
                    cn_row_problem out[CN_ROW_PROBLEMS_MAX]);
/* The row with what the whole file decides where it says nothing. */
cn_upload_row cn_row_decided(const cn_upload_row *row, const cn_decision *d);
/* Cells as they are kept: on one line, "Français" is "fr", "2026/05/28" is "2026-05-28". On the arena; false at
 * its maximum. */
CN_MUST_USE bool cn_row_tidy(cn_arena *a, cn_upload_row *row);

cn_row_kind cn_row_kind_of(cn_arena *a, cn_time now, const cn_upload_row *row, const cn_decision *d);
/* Its kind and marks, from all the rest of it. */
void cn_row_judge(cn_arena *a, cn_time now, cn_upload_row *row, const cn_decision *d);
/* Does a name begin as a formula does? A person's hardly ever would; it is signed as it stands. */
bool cn_row_is_formula(cn_slice name);

typedef struct cn_preview_list {
    cn_upload_row *rows; /* on the arena */
    size_t n;
    bool more; /* there are further ones */
} cn_preview_list;

typedef struct cn_preview {
    size_t counts[CN_ROW_KINDS];
    size_t unassessed; /* rows with neither a result nor a decision */
    size_t formulas;   /* rows with a name that begins as a formula does … */
    int64_t formula;   /* … and the line of the first */
    cn_preview_list lists[CN_ROW_KINDS];
} cn_preview;

/* Of each kind: the rows after a line (0: from the first), at most so many. */
typedef struct cn_preview_ask {
    int64_t after[CN_ROW_KINDS];
    size_t max[CN_ROW_KINDS];
} cn_preview_ask;
/* Rows are looked at one by one only after a change of the whole file, and after a while; what a row is is known
 * otherwise. */
CN_MUST_USE bool cn_app_upload_preview(cn_arena *a, const cn_app *app, cn_time now, const cn_upload *u,
                                       const cn_preview_ask *ask, cn_preview *out, cn_err *err);

/* ---- Working with an upload ---- */

CN_MUST_USE bool cn_app_upload_get(cn_arena *a, const cn_app *app, int64_t organisation, cn_slice id,
                                   cn_upload *out, cn_err *err);
typedef struct cn_uploads {
    cn_upload *v;
    size_t n;
} cn_uploads;
CN_MUST_USE bool cn_app_uploads_of(cn_arena *a, const cn_app *app, int64_t organisation, size_t max,
                                   cn_uploads *out, cn_err *err);
CN_MUST_USE bool cn_app_upload_row(cn_arena *a, const cn_app *app, const cn_upload *u, int64_t line,
                                   cn_upload_row *out, cn_err *err);
/* Keeps a row as it was mended (tidied), whatever is still wrong with it; a dropped one is back again. Of the
 * others only those of the same learner are looked at. */
CN_MUST_USE bool cn_app_upload_mend(cn_arena *a, const cn_app *app, cn_time now, const cn_upload *u,
                                    const cn_upload_row *row, cn_err *err);
CN_MUST_USE bool cn_app_upload_drop_row(cn_arena *a, const cn_app *app, cn_time now, const cn_upload *u,
                                        int64_t line, bool dropped, cn_err *err);
/* Drops every row that is wrong. */
CN_MUST_USE bool cn_app_upload_drop_wrong(cn_arena *a, const cn_app *app, cn_time now, const cn_upload *u,
                                          cn_err *err);
/* A text that changes with the upload's decision, with every row that is mended, dropped or taken back, and with
 * how many rows are of each kind: what a preview showed. */
CN_MUST_USE bool cn_app_upload_stamp(cn_arena *a, const cn_app *app, const cn_upload *u,
                                     const size_t counts[CN_ROW_KINDS], cn_slice *out, cn_err *err);
/* Confirms: rows become awards from now on. CONFLICT "upload.wrong": rows are wrong still; "upload.nothing": there
 * is nothing to award; "upload.changed": it is no more what it was when `shown` was its stamp (empty: whoever
 * confirms has looked just now); "award.…": the version may not be awarded (app/approval.h). Wakes the background
 * work. */
CN_MUST_USE bool cn_app_upload_confirm(cn_arena *a, const cn_app *app, cn_time now, const cn_upload *u,
                                       int64_t person, cn_slice shown, cn_err *err);
/* Drops the whole upload; nothing of it is kept but that it was there. */
CN_MUST_USE bool cn_app_upload_cancel(cn_arena *a, const cn_app *app, cn_time now, const cn_upload *u,
                                      int64_t person, cn_err *err);

/* ---- Background work ---- */

/* One chunk of a confirmed upload, drawn by lot, so that a small file does not wait for a large one: signs it,
 * keeps it in one transaction. `more`: there may be more to do at once. An upload that fails is set aside, for a
 * minute, then two, up to an hour, and the others go on; so does one whose version may not be awarded any more;
 * where nothing can be done for any (UNAVAILABLE), that is the answer. */
CN_MUST_USE bool cn_app_uploads_work(cn_arena *a, const cn_app *app, cn_time now, bool *more, cn_err *err);
/* CONFLICT "upload.stuck" while one is set aside. */
CN_MUST_USE bool cn_app_uploads_stuck(cn_arena *a, const cn_app *app, cn_err *err);

#endif
