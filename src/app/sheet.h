/* SPDX-License-Identifier: Apache-2.0
 *
 * Spreadsheets as CSV (RFC 4180, and what spreadsheets really write): read from untrusted bytes, their columns
 * known by the words of the header line, and written.
 *
 * Nothing is lost or refused silently: what cannot be read is an error with its line, and a column that is not
 * known is listed.
 */
#ifndef CN_APP_SHEET_H
#define CN_APP_SHEET_H

#include "base/base.h"

/* ---- Reading ---- */

#define CN_SHEET_MAX_BYTES ((size_t)32 << 20)
#define CN_SHEET_MAX_ROWS 300000 /* beside the header line */
#define CN_SHEET_MAX_COLUMNS 64
#define CN_SHEET_MAX_CELL 4096 /* bytes of UTF-8 */

typedef enum cn_sheet_encoding { CN_SHEET_UTF8, CN_SHEET_UTF16, CN_SHEET_WINDOWS_1252 } cn_sheet_encoding;

typedef struct cn_sheet_row {
    uint32_t line;   /* where it begins in the file, from 1 */
    uint32_t cells;  /* how many it has */
    uint32_t first;  /* for cn_sheet_cell */
    uint32_t strays; /* quotation marks inside cells that do not stand in quotation marks: taken as they are */
} cn_sheet_row;

typedef struct cn_sheet {
    const cn_sheet_row
        *rows; /* on the arena; the first is the header line; rows without any content are left out */
    size_t n;  /* at least 1 */
    cn_sheet_encoding encoding;
    char separator;       /* ',' ';' or a tab */
    const uint32_t *ends; /* on the arena: cell i begins at ends[i] and ends before ends[i + 1] … */
    const char *text;     /* … of this */
} cn_sheet;

/* Reads a whole file. UTF-8 with and without a byte order mark, UTF-16 with one, Windows-1252 where it is no
 * UTF-8; the separator is the one found most often in the header line, or the one that a first line "sep=;"
 * names. Cells without quotes lose the spaces around them; quoted ones keep everything.
 * A quotation mark inside a cell
 * without quotes is taken as it is, and counted with its row.
 * INVALID: sheet.xlsx, .xls, .ods, .numbers, .zip, .pdf, .rtf, .html, .xml: this is no CSV but that;
 * sheet.empty; sheet.nul; sheet.encoding; sheet.quote: a quotation mark inside a quoted cell that is not doubled;
 * sheet.quote-open: one that is never closed, its place the line where it was opened.
 * LIMIT: sheet.bytes, sheet.rows, sheet.columns, sheet.cell. err->where is "line 7" wherever there is a line. */
CN_MUST_USE bool cn_sheet_read(cn_arena *a, cn_slice bytes, cn_sheet *out, cn_err *err);

/* Valid UTF-8, borrowed from the sheet; empty where the row has no such cell. row < s->n. */
cn_slice cn_sheet_cell(const cn_sheet *s, size_t row, size_t column);
/* The line that an error of this file names; 0 when it names none. */
size_t cn_sheet_err_line(const cn_err *err);

/* ---- Columns ---- */

typedef enum cn_sheet_field {
    CN_FIELD_KEY,
    CN_FIELD_NAME,
    CN_FIELD_GIVEN,  /* given and family name stand for the name */
    CN_FIELD_FAMILY, /* beside a given name, a column that is called just "name" too */
    CN_FIELD_EMAIL,
    CN_FIELD_LANGUAGE,
    CN_FIELD_RESULT,
    CN_FIELD_DECISION,
    CN_FIELD_DATE,
    CN_FIELD_METHOD,
    CN_FIELD_ASSESSOR,
    CN_FIELD_EVIDENCE,
    CN_FIELDS
} cn_sheet_field;

#define CN_NO_COLUMN SIZE_MAX

typedef struct cn_columns {
    size_t n;                          /* columns of the header line, without empty ones at its end */
    size_t at[CN_FIELDS];              /* its column, or CN_NO_COLUMN */
    cn_sheet_field missing[CN_FIELDS]; /* key, name and e-mail must be there */
    size_t missing_n;
    size_t unknown[CN_SHEET_MAX_COLUMNS]; /* columns whose word is not known, or that have none */
    size_t unknown_n;
    size_t twice[CN_SHEET_MAX_COLUMNS]; /* columns for what an earlier column is for already */
    size_t twice_n;
} cn_columns;

/* Finds the columns by the words of the header line, in English and French, with or without accents, in any case.
 * Missing, unknown and double columns are a result. */
CN_MUST_USE bool cn_columns_find(cn_arena *a, const cn_sheet *s, cn_columns *out, cn_err *err);
/* "key", "name", "given", …: a stable word; "row" for CN_FIELDS, the whole. Static. */
cn_slice cn_sheet_field_word(cn_sheet_field field);
/* The cell of a field, without the spaces around it (no-break spaces too); empty where there is none. */
cn_slice cn_columns_cell(const cn_columns *c, const cn_sheet *s, size_t row, cn_sheet_field field);
/* The whole name of the row: the name's cell, or given and family name. On the arena or borrowed from the sheet;
 * false at the arena's maximum. */
CN_MUST_USE bool cn_columns_name(cn_arena *a, const cn_columns *c, const cn_sheet *s, size_t row, cn_slice *out);
/* Whether the row has content beyond the columns of the header line: most often a separator inside a cell that
 * is not quoted, so that all further cells stand in the wrong column. */
bool cn_columns_overflow(const cn_columns *c, const cn_sheet *s, size_t row);

/* ---- Writing ---- */

/* Begin with {.out = b, .separator = ','}; ';' is what Excel expects under French and French Canadian settings.
 * What is written begins with a byte order mark, so that Excel reads UTF-8; lines end in CR LF. Ask cn_buf_ok() at
 * the end. */
typedef struct cn_sheet_writer {
    cn_buf *out; /* borrowed */
    char separator;
    bool begun, in_row;
} cn_sheet_writer;

/* A cell. One that begins with = + - @, a tab, CR or LF would be a formula to a spreadsheet: it gets an apostrophe
 * before it, negative numbers too. */
void cn_sheet_write(cn_sheet_writer *w, cn_slice cell);
void cn_sheet_end_row(cn_sheet_writer *w);

#endif
