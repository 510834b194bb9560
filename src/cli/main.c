/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn: finds the command in the table and runs it.
 */
#include "cli/cli.h"

static const cn_command *const commands[] = {
    &cn_command_verify,   &cn_command_serve,    &cn_command_init,         &cn_command_keys,
    &cn_command_registry, &cn_command_contexts, &cn_command_bake,         &cn_command_unbake,
    &cn_command_export,   &cn_command_import,   &cn_command_organisation, &cn_command_achievement,
    &cn_command_award,    &cn_command_people,   &cn_command_issue,        &cn_command_derive,
    &cn_command_present,  &cn_command_jose,     &cn_command_json,         &cn_command_jsonld,
    &cn_command_rdf,      &cn_command_schema,   &cn_command_frameworks,   &cn_command_privacy,
    &cn_command_licences,
};
enum { COMMANDS = sizeof commands / sizeof *commands };

static void print_help(FILE *to) {
    fputs("usage: cairn COMMAND [OPTION]... [ARGUMENT]...\n\n", to);
    for (int i = 0; i < COMMANDS; i++) fprintf(to, "  %-12s %s\n", commands[i]->name, commands[i]->about);
    fputs("\nEach command has --help. Cairn " CN_VERSION ", Apache-2.0.\n", to);
}

static int run(int argc, char **argv) {
    cn_slice name = cn_slice_of(argv[1]);
    for (int i = 0; i < COMMANDS; i++)
        if (cn_slice_eq(name, cn_slice_of(commands[i]->name))) return commands[i]->run(argc - 1, argv + 1);
    fprintf(stderr, "cairn: there is no command \"%s\"; \"cairn --help\" lists them.\n", argv[1]);
    return CN_EXIT_USAGE;
}

static int start(int argc, char **argv) {
    if (argc < 2) {
        print_help(stderr);
        return CN_EXIT_USAGE;
    }
    cn_slice first = cn_slice_of(argv[1]);
    if (cn_slice_eq(first, CN_S("--help")) || cn_slice_eq(first, CN_S("-h")) || cn_slice_eq(first, CN_S("help"))) {
        print_help(stdout);
        return CN_EXIT_OK;
    }
    if (cn_slice_eq(first, CN_S("--version"))) {
        puts("cairn " CN_VERSION);
        return CN_EXIT_OK;
    }
    return run(argc, argv);
}

/* What could not be written is no verdict: 1 would be one. */
int main(int argc, char **argv) {
    int status = start(argc, argv);
    if (fflush(stdout) == 0 && !ferror(stdout)) return status;
    fputs("cairn: standard output could not be written.\n", stderr);
    return status == CN_EXIT_OK ? CN_EXIT_UNKNOWN : status;
}
