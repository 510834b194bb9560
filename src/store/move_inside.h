/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the store: which tables belong to an organisation, and which of their columns are numbers of rows.
 */
#ifndef CN_STORE_MOVE_INSIDE_H
#define CN_STORE_MOVE_INSIDE_H

#include "store/inside.h"
#include "store/move.h"

enum { CN_MOVED_REFERENCES = 6 };

typedef struct cn_moved {
    const char *table;
    const cn_sql *rows; /* those of an organisation, $1 */
    struct {
        const char *column, *table; /* the column holds the number of a row of the table */
        bool loose;                 /* NULL where that row is not moved */
    } references[CN_MOVED_REFERENCES];
} cn_moved;

extern const cn_moved cn_moved_tables[];
extern const size_t cn_moved_tables_n;
/* Its place in the table; SIZE_MAX: not moved. */
size_t cn_moved_find(cn_slice table);

/* Beside the columns of a person: the address by which the person is known elsewhere. */
#define CN_MOVED_EMAIL "main_email"

#endif
