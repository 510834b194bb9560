/* SPDX-License-Identifier: Apache-2.0
 *
 * The server whose database `cairn verify --db` names: it answers for its own lists and keys, and tells when and
 * why it revoked an award.
 */
#ifndef CN_CLI_OWN_H
#define CN_CLI_OWN_H

#include "vc/vc.h"

typedef struct cn_own cn_own;
struct cn_own {
    cn_loader loader; /* of the documents under its origin */
    cn_slice origin;  /* empty: it has none, as that of a demonstration */
    /* Adds to the report of one of its awards. */
    bool (*tell)(const cn_own *o, cn_arena *a, cn_report *report, cn_err *err);
    void (*close)(cn_own *o);
};

/* Owned: out->close(out) frees it. `argv` is that of the command: a program without databases runs the one that
 * has them with it, and comes back with UNAVAILABLE "program.missing" where that cannot be. */
CN_MUST_USE bool cn_own_open(const char *db, char **argv, cn_own **out, cn_err *err);

#endif
