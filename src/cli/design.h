/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside `cairn achievement`: the design of one, shown and filled from a file.
 */
#ifndef CN_CLI_DESIGN_H
#define CN_CLI_DESIGN_H

#include "app/people.h"
#include "cli/handle.h"

typedef struct cn_cli_show {
    cn_slice version; /* "2"; "draft" or empty: the draft */
    bool record;      /* the record that `cairn frameworks check` reads, and not the design */
} cn_cli_show;
/* To standard output, as JSON. */
CN_MUST_USE bool cn_cli_design_show(cn_handle *h, const cn_organisation *organisation, cn_slice id,
                                    const cn_cli_show *how, cn_err *err);

typedef struct cn_cli_fill {
    const char *file;     /* "-": standard input */
    bool replace, partly; /* what the design says already gives way; what is wrong in the file is left out */
} cn_cli_fill;
/* What is wrong in the file is told on standard error, by its place. */
CN_MUST_USE bool cn_cli_design_fill(cn_handle *h, const cn_organisation *organisation, cn_slice id,
                                    const cn_cli_fill *how, cn_err *err);

#endif
