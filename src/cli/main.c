/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn: finds the command in the table of the program and runs it.
 */
#include "cli/cli.h"

static void print_help(FILE *to) {
    fputs("usage: cairn COMMAND [OPTION]... [ARGUMENT]...\n\n", to);
    for (size_t i = 0; cn_commands[i]; i++)
        fprintf(to, "  %-12s %s\n", cn_commands[i]->name, cn_commands[i]->about);
    fputs("\nEach command has --help. Cairn " CN_VERSION ", Apache-2.0.\n", to);
}

static const cn_command *find(cn_slice name) {
    size_t i = 0;
    while (cn_commands[i] && !cn_slice_eq(name, cn_slice_of(cn_commands[i]->name))) i++;
    return cn_commands[i];
}

/* What is no command of this program. */
static int run_other(int argc, char **argv) {
    cn_err err = {0};
    cn_slice first = argc > 1 ? cn_slice_of(argv[1]) : (cn_slice){0};
    if (!cn_cli_whole(argv, &err)) cn_cli_complain("cairn", &err);
    if (cn_slice_eq(first, CN_S("--help")) || cn_slice_eq(first, CN_S("-h")) || cn_slice_eq(first, CN_S("help"))) {
        print_help(stdout);
        return CN_EXIT_OK;
    }
    if (argc > 1) fprintf(stderr, "cairn: there is no command \"%s\"; \"cairn --help\" lists them.\n", argv[1]);
    else print_help(stderr);
    return CN_EXIT_USAGE;
}

static int start(int argc, char **argv) {
    const cn_command *command = argc > 1 ? find(cn_slice_of(argv[1])) : NULL;
    if (command) return command->run(argc - 1, argv + 1);
    if (argc < 2 || !cn_slice_eq(cn_slice_of(argv[1]), CN_S("--version"))) return run_other(argc, argv);
    puts("cairn " CN_VERSION);
    return CN_EXIT_OK;
}

/* What could not be written is no verdict: 1 would be one. */
int main(int argc, char **argv) {
    int status = start(argc, argv);
    if (fflush(stdout) == 0 && !ferror(stdout)) return status;
    fputs("cairn: standard output could not be written.\n", stderr);
    return status == CN_EXIT_OK ? CN_EXIT_UNKNOWN : status;
}
