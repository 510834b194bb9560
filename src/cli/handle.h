/* SPDX-License-Identifier: Apache-2.0
 *
 * The handle of the domain's verbs, for commands that work on a server's database.
 */
#ifndef CN_CLI_HANDLE_H
#define CN_CLI_HANDLE_H

#include "app/app.h"
#include "cli/origin.h"

typedef struct cn_handle {
    cn_arena *arena;
    cn_store *store;
    cn_crypto *crypto;
    cn_loader contexts;
    cn_master master;
    char origin[CN_ORIGIN_MAX];
    cn_app app;
} cn_handle;

typedef struct cn_handle_options {
    const char *db;         /* NULL: CN_DB_DEFAULT */
    const char *master_key; /* NULL: beside the database */
} cn_handle_options;

/* Opens what is there: UNAVAILABLE "handle.db" where there is no database. Without a master key the handle cannot
 * sign. `h` stays where it is; cn_handle_done in any case. */
CN_MUST_USE bool cn_handle_open(cn_handle *h, const cn_handle_options *options, cn_err *err);
void cn_handle_done(cn_handle *h);

#endif
