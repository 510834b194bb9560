/* SPDX-License-Identifier: Apache-2.0
 *
 * What the commands for one layer of the engine share (json, jsonld, rdf): a verb, then a file or standard input.
 */
#ifndef CN_CLI_LAYER_H
#define CN_CLI_LAYER_H

#include "cli/cli.h"
#include "json/json.h"

enum { CN_LAYER_MAX = 16 << 20 }; /* bytes of an input */

/* "COMMAND VERB [FILE|-]" from `operand` on: the place of the verb in the table (ended by NULL) and the file's
 * name,
 * "-" where none is given. -1 to go on; otherwise the exit status, after a message. */
int cn_layer_operands(const cn_command *command, int argc, char **argv, int operand, const char *const *verbs,
                      size_t *verb, const char **file);
CN_MUST_USE bool cn_layer_read(cn_arena *a, const char *file, cn_slice *out, cn_err *err);
CN_MUST_USE bool cn_layer_read_json(cn_arena *a, const char *file, const cn_json **out, cn_err *err);
/* Tells the file, what is wrong, where, and the error's name. Returns CN_EXIT_FAILED. */
int cn_layer_complain(const char *file, const cn_err *err);
/* Writes to standard output; complains where the buffer was too small. Returns the exit status. */
int cn_layer_write(const char *file, const cn_buf *b);

#endif
