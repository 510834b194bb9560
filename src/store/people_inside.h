/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the store: what the files about people share.
 */
#ifndef CN_STORE_PEOPLE_INSIDE_H
#define CN_STORE_PEOPLE_INSIDE_H

#include "store/inside.h"
#include "store/people.h"

/* Writes it with its link of the chain, in the transaction that is under way; NULL: nothing. */
CN_MUST_USE bool cn_audit_insert(cn_db *db, const cn_audit *what, cn_time now, cn_err *err);
/* The same, of a step of a review, which is written already. */
CN_MUST_USE bool cn_audit_insert_step(cn_db *db, const cn_audit *what, int64_t step, cn_time now, cn_err *err);
CN_MUST_USE bool cn_told_insert(cn_db *db, const cn_told *told, cn_err *err);

/* The first columns of a row as person_get.sql names them. */
enum { CN_PERSON_COLUMNS = 6 };
bool cn_row_person(cn_arena *a, const cn_rows *rows, void *out, cn_err *err);

#endif
