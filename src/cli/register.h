/* SPDX-License-Identifier: Apache-2.0
 *
 * What `cairn award` does with awards that were made (register.c).
 */
#ifndef CN_CLI_REGISTER_H
#define CN_CLI_REGISTER_H

#include "base/base.h"

/* Is it the name of one of its verbs? Then argv[0] is that name, and an exit status comes back. */
bool cn_register_knows(const char *name);
int cn_register_run(int argc, char **argv);

#endif
