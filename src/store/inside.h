/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the store: connections for its verbs, and the form of the database.
 */
#ifndef CN_STORE_INSIDE_H
#define CN_STORE_INSIDE_H

#include "store/claims.h"
#include "store/db.h"
#include "store/keys.h"
#include "store/mails.h"
#include "store/store.h"

/* Brings a database to this program's form: every migration in a transaction of its own. */
CN_MUST_USE bool cn_store_migrate(cn_db *db, const char *path, cn_time now, cn_err *err);

/* A connection for one verb, given back after it. */
CN_MUST_USE bool cn_store_take(cn_store *s, cn_db **out, cn_err *err);
void cn_store_give(cn_store *s, cn_db *db);

/* A mail as part of the transaction at hand (mails.c). */
CN_MUST_USE bool cn_mail_insert(cn_db *db, const cn_stored_mail *mail, cn_err *err);

/* A signing key in the transaction at hand (keys.c). */
CN_MUST_USE bool cn_key_find(cn_arena *a, cn_db *db, int64_t number, cn_stored_key *out, cn_err *err);

/* A claim as part of the transaction that makes its award, or another claim of it (claims.c). */
CN_MUST_USE bool cn_claim_insert(cn_db *db, const cn_stored_claim *claim, cn_err *err);

/* ---- Verbs of one statement, or of one transaction (verb.c) ---- */

/* Reads the columns of the row at hand into what `out` points at, copies on the arena. */
typedef bool cn_row_reader(cn_arena *a, const cn_rows *rows, void *out, cn_err *err);

/* The first row of a statement; its end is run to, so that what it changes is changed. NOT_FOUND "store.none"
 * where it answers with none. */
CN_MUST_USE bool cn_db_one(cn_arena *a, cn_db *db, const cn_sql *sql, const cn_value *values, cn_row_reader *read,
                           void *out, cn_err *err);
/* All its rows, as an array of items of `size` bytes on the arena. */
CN_MUST_USE bool cn_db_all(cn_arena *a, cn_db *db, const cn_sql *sql, const cn_value *values, cn_row_reader *read,
                           size_t size, void **out, size_t *n, cn_err *err);
/* A reader of one number, into an int64_t. */
bool cn_row_int(cn_arena *a, const cn_rows *rows, void *out, cn_err *err);

/* The same with a connection of their own. */
CN_MUST_USE bool cn_store_run(cn_store *s, const cn_sql *sql, const cn_value *values, int64_t *changed,
                              cn_err *err);
CN_MUST_USE bool cn_store_one(cn_arena *a, cn_store *s, const cn_sql *sql, const cn_value *values,
                              cn_row_reader *read, void *out, cn_err *err);
CN_MUST_USE bool cn_store_all(cn_arena *a, cn_store *s, const cn_sql *sql, const cn_value *values,
                              cn_row_reader *read, size_t size, void **out, size_t *n, cn_err *err);
/* Work in one transaction: all of it when `work` answers true, and nothing otherwise. */
CN_MUST_USE bool cn_store_change(cn_store *s, bool (*work)(cn_db *db, void *self, cn_err *err), void *self,
                                 cn_err *err);

#endif
