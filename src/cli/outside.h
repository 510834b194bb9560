/* SPDX-License-Identifier: Apache-2.0
 *
 * What a command line names to stand for the world outside.
 */
#ifndef CN_CLI_OUTSIDE_H
#define CN_CLI_OUTSIDE_H

#include "net/net.h"

/* "URL=FILE": a JSON-LD context from a file. */
CN_MUST_USE bool cn_outside_add_context(cn_net *net, const char *value, cn_err *err);

/* The wall clock. */
cn_time cn_outside_now(void);

/* The kernel's randomness; static. */
const cn_random *cn_outside_random(void);

#endif
