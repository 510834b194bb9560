/* SPDX-License-Identifier: Apache-2.0
 *
 * Files with people to award, as the store keeps them: the upload and its rows, from the preview to the end of the
 * work. What is wrong with a row is found when it is looked at (app/uploads.h); of that only the kind is kept, so
 * that rows can be counted and listed by it.
 *
 * Errors beside those of store.h: NOT_FOUND "store.none"; CONFLICT "upload.state": it is too late for that, the
 * upload has been confirmed or dropped. What is read is on the arena.
 */
#ifndef CN_STORE_UPLOADS_H
#define CN_STORE_UPLOADS_H

#include "store/people.h"

typedef enum cn_upload_state {
    CN_UPLOAD_PREVIEW,
    CN_UPLOAD_CONFIRMED, /* being worked at */
    CN_UPLOAD_DONE,
    CN_UPLOAD_DROPPED, /* its rows are gone */
    CN_UPLOAD_READING  /* its rows are coming in: no verb finds it */
} cn_upload_state;

typedef enum cn_row_state {
    CN_ROW_WAITING,
    CN_ROW_DROPPED,
    CN_ROW_AWARDED,
    CN_ROW_BEFORE,  /* the learner had the award already */
    CN_ROW_REFUSED, /* it could not be signed */
    CN_ROW_STATES
} cn_row_state;

/* What a row is, in the preview. */
typedef enum cn_row_kind {
    CN_ROW_IS_READY,
    CN_ROW_IS_WRONG,
    CN_ROW_IS_BEFORE, /* awarded before: it will not be again */
    CN_ROW_IS_DROPPED,
    CN_ROW_KINDS
} cn_row_kind;

/* Bits of a row's marks, beside its kind. */
enum { CN_ROW_UNASSESSED = 1, CN_ROW_FORMULA = 2 };

/* `looked` of an upload of which every row has been looked at. */
#define CN_LOOKED_ALL ((int64_t)UINT32_MAX)

typedef struct cn_upload {
    int64_t number; /* given by the store */
    cn_slice id;    /* used in addresses */
    int64_t organisation, version;
    cn_slice file_name;
    cn_slice decision; /* JSON, see app/uploads.h */
    cn_upload_state state;
    int64_t person;                            /* who uploaded it; 0: an account that is gone */
    cn_time created_at, confirmed_at, done_at; /* whole seconds; 0: not yet */
    int64_t looked;                            /* read only: kinds of rows up to this line are known … */
    cn_time looked_at;                         /* … since this look at them */
    int64_t failures;                          /* read only: of the work after the confirmation, in a row … */
    cn_slice problem;                          /* … the error's id … */
    cn_time retry_at;                          /* … and when it is tried again */
    size_t rows[CN_ROW_STATES];                /* read only: how many are in each state */
    int64_t changes;                           /* read only: of rows in the preview, up to now */
} cn_upload;

typedef struct cn_upload_row {
    int64_t line; /* in the file, from 1 */
    cn_slice learner_key, name, email, language;
    cn_slice result, decision, decided_on, method, assessor, evidence;
    cn_slice fault; /* how its line was not as it should be: "cells", "short", "quote"; empty: it was … */
    cn_slice raw;   /* … and the line, then */
    cn_row_state state;
    int64_t award; /* the row of the award it led to, or found; 0: none */
    cn_row_kind kind;
    unsigned marks;
    /* Read only: */
    int64_t before; /* an award that the learner has of the same achievement and date; 0: none */
    int64_t twin;   /* an earlier line, not dropped, with the same learner and date; 0: none */
} cn_upload_row;

/* Rows that are made one after the other, so that not all need be there at once. */
typedef struct cn_row_source {
    void *self;
    size_t n;
    bool (*row)(void *self, size_t i, cn_upload_row *out, cn_err *err);
} cn_row_source;

/* Keeps an upload with all its rows, in parts: others may write meanwhile, and nobody sees it before it is whole.
 */
CN_MUST_USE bool cn_store_upload_put(cn_store *s, const cn_upload *u, const cn_row_source *rows,
                                     const cn_audit *why, cn_time now, cn_err *err);
CN_MUST_USE bool cn_store_upload(cn_arena *a, cn_store *s, int64_t organisation, cn_slice id, cn_upload *out,
                                 cn_err *err);
/* The same without counting rows, by its number. */
CN_MUST_USE bool cn_store_upload_brief(cn_arena *a, cn_store *s, int64_t number, cn_upload *out, cn_err *err);
/* The newest first, without those that were dropped. */
CN_MUST_USE bool cn_store_uploads_of(cn_arena *a, cn_store *s, int64_t organisation, size_t max, cn_upload **out,
                                     size_t *n, cn_err *err);
/* One of those that are confirmed and not done, by lot; not one that failed and whose time has not come. */
CN_MUST_USE bool cn_store_upload_next(cn_arena *a, cn_store *s, cn_time now, cn_upload *out, cn_err *err);
/* Its work failed. */
CN_MUST_USE bool cn_store_upload_failed(cn_store *s, int64_t number, cn_slice problem, cn_time retry_at,
                                        cn_err *err);
/* What one of those failed with that cannot be worked at. */
CN_MUST_USE bool cn_store_upload_stuck(cn_arena *a, cn_store *s, cn_slice *problem, cn_err *err);

/* Rows in the order of lines: those after a line (0: from the first), at most `max`. `date` is what stands for an
 * empty decided_on. */
typedef struct cn_row_query {
    const cn_upload *upload;
    cn_slice date;
    int64_t after;
    size_t max;
} cn_row_query;
CN_MUST_USE bool cn_store_upload_rows(cn_arena *a, cn_store *s, const cn_row_query *q, cn_upload_row **out,
                                      size_t *n, cn_err *err);
CN_MUST_USE bool cn_store_upload_rows_kind(cn_arena *a, cn_store *s, const cn_row_query *q, cn_row_kind kind,
                                           cn_upload_row **out, size_t *n, cn_err *err);
CN_MUST_USE bool cn_store_upload_rows_key(cn_arena *a, cn_store *s, const cn_row_query *q, cn_slice learner_key,
                                          cn_upload_row **out, size_t *n, cn_err *err);
/* Those in one state, from the first, whatever `after` says; without `twin`. */
CN_MUST_USE bool cn_store_upload_rows_in(cn_arena *a, cn_store *s, const cn_row_query *q, cn_row_state state,
                                         cn_upload_row **out, size_t *n, cn_err *err);

typedef struct cn_row_counts {
    size_t kinds[CN_ROW_KINDS];
    size_t unassessed, formulas;
    int64_t formula; /* the first line of these; 0: none */
} cn_row_counts;
CN_MUST_USE bool cn_store_upload_counts(cn_store *s, const cn_upload *u, cn_row_counts *out, cn_err *err);

/* What a look at rows found: kind and marks of one, and how far the look has come. */
CN_MUST_USE bool cn_store_upload_judge(cn_store *s, const cn_upload *u, const cn_upload_row *row, cn_err *err);
CN_MUST_USE bool cn_store_upload_looked(cn_store *s, const cn_upload *u, int64_t line, cn_time at, cn_err *err);

/* Each only in the preview. A row that was mended has no fault any more. */
CN_MUST_USE bool cn_store_upload_row_set(cn_store *s, const cn_upload *u, const cn_upload_row *row, cn_err *err);
CN_MUST_USE bool cn_store_upload_row_drop(cn_store *s, const cn_upload *u, int64_t line, bool dropped,
                                          cn_err *err);
/* Every row whose kind is wrong, in parts. */
CN_MUST_USE bool cn_store_upload_drop_wrong(cn_store *s, const cn_upload *u, cn_err *err);
/* The kinds of rows are not known any more. */
CN_MUST_USE bool cn_store_upload_decide(cn_store *s, const cn_upload *u, cn_slice decision, cn_err *err);
/* From now on it is worked at. CONFLICT "upload.state" too where a row was changed since `u` was read, unless its
 * `changes` are CN_ANY_CHANGES. */
#define CN_ANY_CHANGES ((int64_t)-1)
CN_MUST_USE bool cn_store_upload_confirm(cn_store *s, const cn_upload *u, const cn_audit *why, cn_time now,
                                         cn_err *err);
CN_MUST_USE bool cn_store_upload_drop(cn_store *s, const cn_upload *u, const cn_audit *why, cn_time now,
                                      cn_err *err);

/* Retention: deletes the rows of uploads done, and previews begun, more than 30 days ago; of those whose reading
 * was stopped in the middle. In parts. */
CN_MUST_USE bool cn_store_uploads_tidy(cn_store *s, cn_time now, cn_err *err);

#endif
