/* SPDX-License-Identifier: Apache-2.0
 *
 * Between the files of `cairn frameworks`.
 */
#ifndef CN_CLI_FRAMEWORKS_H
#define CN_CLI_FRAMEWORKS_H

#include "cli/cli.h"
#include "rules/rules.h"

typedef struct cn_convert_ask {
    const char *from, *to, *value; /* NULL: not said */
    bool french, json;
} cn_convert_ask;

/* cairn frameworks convert: prints what the tables say of credits, or of a level. */
CN_MUST_USE bool cn_frameworks_convert(cn_arena *a, const cn_convert_ask *ask, cn_buf *out, cn_err *err);

/* cairn frameworks impact. */
typedef struct cn_impact_ask_cli {
    const cn_packs *in_force; /* without the draft, where it is no pack that is built in */
    const cn_pack *draft;
    cn_slice date;
    const char *db, *organisation; /* NULL: the usual one; all */
    bool french, json;
} cn_impact_ask_cli;
CN_MUST_USE bool cn_frameworks_impact(cn_arena *a, const cn_impact_ask_cli *ask, cn_buf *out, cn_err *err);

#endif
