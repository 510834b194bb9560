/* SPDX-License-Identifier: Apache-2.0
 *
 * The command line: a table of commands, one file each, and what they share.
 * Results go to standard output, everything else to standard error.
 */
#ifndef CN_CLI_CLI_H
#define CN_CLI_CLI_H

#include "base/base.h"

/* The database of a server and of the commands that look after it, where --db names none. */
#define CN_DB_DEFAULT "var/cairn.db"

/* Exit statuses. A command returns one of these and no other. */
enum { CN_EXIT_OK = 0, CN_EXIT_FAILED = 1, CN_EXIT_UNKNOWN = 2, CN_EXIT_USAGE = 64 };

typedef struct cn_command {
    const char *name;
    const char *usage;                 /* after "cairn NAME": "[--json] [FILE|URL|-]..." */
    const char *about;                 /* one line */
    int (*run)(int argc, char **argv); /* argv[0] is the command's name; before it stands the program's */
} cn_command;

/* One row an option; a table ends with a zeroed row. */
typedef struct cn_option {
    const char *name;  /* "json" for --json */
    const char *value; /* the placeholder shown in the help, or NULL for a switch */
    const char *help;
    int key; /* what cn_options_next returns, from 1 */
} cn_option;

enum { CN_OPTIONS_END = -1, CN_OPTIONS_BAD = -2, CN_OPTIONS_HELP = -3 };

/* The next option's key, its value in *value; CN_OPTIONS_END with the first operand's index in
 * *operand; CN_OPTIONS_BAD after a message on standard error; CN_OPTIONS_HELP when --help was asked for. */
int cn_options_next(int argc, char **argv, const cn_option *table, const char **value, int *operand);
/* Prints the command's help. */
void cn_options_help(const cn_command *command, const cn_option *table, const char *more);
/* "cairn: WHAT: detail (where)" on standard error. */
void cn_cli_complain(const char *what, const cn_err *err);

/* The commands of the program; the last row is NULL. `cairn` has those that need the engine alone (short.c),
 * `cairn-server` has all (whole.c). */
extern const cn_command *const cn_commands[];
/* Runs the program that has all commands in the place of this one, with the same arguments. Comes back with true
 * in that program itself, with UNAVAILABLE "program.missing" where it cannot be run. */
CN_MUST_USE bool cn_cli_whole(char **argv, cn_err *err);

extern const cn_command cn_command_verify, cn_command_registry, cn_command_contexts, cn_command_bake,
    cn_command_unbake, cn_command_licences, cn_command_privacy, cn_command_export, cn_command_import,
    cn_command_serve, cn_command_init, cn_command_keys, cn_command_organisation, cn_command_award,
    cn_command_people, cn_command_issue, cn_command_derive, cn_command_present, cn_command_achievement,
    cn_command_endorse, cn_command_json, cn_command_jsonld, cn_command_rdf, cn_command_schema,
    cn_command_frameworks, cn_command_competencies, cn_command_jose, cn_command_audit;

#endif
