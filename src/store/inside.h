/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the store: connections for its verbs, and the form of the database.
 */
#ifndef CN_STORE_INSIDE_H
#define CN_STORE_INSIDE_H

#include "store/db.h"
#include "store/store.h"

/* Brings a database to this program's form: every migration in a transaction of its own. */
CN_MUST_USE bool cn_store_migrate(cn_db *db, const char *path, cn_time now, cn_err *err);

/* A connection for one verb, given back after it. */
CN_MUST_USE bool cn_store_take(cn_store *s, cn_db **out, cn_err *err);
void cn_store_give(cn_store *s, cn_db *db);

#endif
