/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside `cairn achievement`: copy.
 */
#ifndef CN_CLI_ACHIEVEMENT_COPY_H
#define CN_CLI_ACHIEVEMENT_COPY_H

#include "app/people.h"
#include "cli/handle.h"

typedef struct cn_achievement_copy {
    cn_slice id;         /* of what is copied */
    const char *version; /* NULL: the latest */
    const char *part;    /* NULL: "whole" */
    bool sure;           /* its licence is unknown, and they may */
} cn_achievement_copy;

/* Prints the id of the new draft. */
CN_MUST_USE bool cn_cli_achievement_copy(cn_handle *h, const cn_organisation *organisation,
                                         const cn_achievement_copy *how, cn_err *err);

#endif
