/* SPDX-License-Identifier: Apache-2.0
 *
 * One organisation whole, row by row, out of one database and into another.
 *
 * What belongs to an organisation stands in a table of move.c; sessions, tickets, passkeys and mails on their way
 * do not. A row is a JSON object: its columns by name, bytes as {"base64": "…"}. Rows of one file name each other
 * by the numbers they had where they come from; each gets another number where it goes to.
 */
#ifndef CN_STORE_MOVE_H
#define CN_STORE_MOVE_H

#include "json/json.h"
#include "store/store.h"

/* Takes a row; the arena is emptied after it. The table's name is static; the row may be changed. */
typedef struct cn_move_sink {
    void *self;
    bool (*take)(void *self, cn_arena *a, cn_slice table, cn_json *row, cn_err *err);
} cn_move_sink;
/* Every row of an organisation as of one moment, rows that others name before those. CONFLICT "move.working": an
 * upload is being awarded; NOT_FOUND "store.none". */
CN_MUST_USE bool cn_store_move_out(cn_store *s, int64_t organisation, const cn_move_sink *to, cn_err *err);

/* Gives the next row, or an empty table at the end; the arena is emptied after it. */
typedef struct cn_move_source {
    void *self;
    bool (*next)(void *self, cn_arena *a, cn_slice *table, const cn_json **row, cn_err *err);
} cn_move_source;
/* All rows, or none where one is refused or `from` fails. A person who is here already, by the main address or the
 * id, stays as they are and gains the organisation's roles and awards. CONFLICT "move.there": the organisation is
 * here already; CONFLICT "move.conflict": something else of it is; INVALID "move.row": not a row of this program's
 * database. */
CN_MUST_USE bool cn_store_move_in(cn_store *s, const cn_move_source *from, cn_err *err);

#endif
